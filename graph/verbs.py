"""Where the word of a name is a verb: "the person who holds the rope" speaks of no hold.

In English nearly every noun is a verb, too. The words beside it tell which it is: what stands before an
object and behind "who", "to", "can" or "you" is one. Where they tell nothing, it is the noun: only what is
sure is left out. A concept that is something done ("To tack is to turn ...") is spoken of by the verb, too.
"""

import re

from corpus.labels import singular

_NEAR = 60  # characters
_FAR = 120
_BEFORE = re.compile(r"[\w'’-]+|[^\w\s]")
_NEXT = re.compile(r"\s+(?P<word>[a-z][\w'’]*)(?:\s+(?P<second>[a-z][\w'’]*))?")
_GERUND = re.compile(r"[a-z]*[aeiouy][a-z]*ing\Z")

# What an object begins with: after a noun these stand hardly ever.
_OBJECTS = frozenset(
    "a an the its their his her your our my it them him us you me one another every any some no this these "
    "those itself themselves yourself two three several".split()
)
# "It cuts drift the most", "stock the day before": how much, and when.
_MEASURES = frozenset(
    "bit day days evening first last least less little lot minute moment more morning most next night "
    "same second size time times way week year".split()
)
_SUBJECT_OF = frozenset(
    "is are was were has have had can could will would may might must shall should does did cannot isn't "
    "aren't doesn't can't won't".split()
)
_PREPOSITIONS = frozenset(
    "about above across after against along among around as at before behind below beside between beyond by "
    "despite during for from in inside into like near of off on onto out outside over per than through "
    "toward towards under until up upon via with within without".split()
)
_CONJUNCTIONS = frozenset("after as before like than until".split())
_ADVERBS = frozenset(
    "also neither nor hardly rarely then always never often usually sometimes only just still now not "
    "really first typically already again either both thus further later".split()
)
_THIRD_PERSONS = frozenset(
    "he she it who everyone everybody someone somebody anyone anybody nobody nothing something".split()
)
_SUBJECTS = frozenset(("he", "she", "who"))
_RELATIVES = frozenset(("that", "which"))
_PERSONS = frozenset(("i", "we", "you", "they", "who"))
_MODALS = frozenset(
    "can could must will would should may might shall cannot can't couldn't mustn't won't wouldn't shouldn't "
    "don't doesn't didn't let's i'll we'll you'll they'll it'll".split()
)
_DO = frozenset("do does did".split())
_ASKING = frozenset("how what when where why whose".split())
# After these and a person stands a thing: "gives it waves", "call it tides", "a thank you note".
_GIVING = re.compile(
    r"(?:g[ia]v|show|br[io]|offer|get|got|sav|sen[dt]|cost|teach|taught|ask|tell|told|call|ma[dk]|nam|thank)",
    re.IGNORECASE,
)
# "Phase two begins" counts phases, as "hold two ropes" does ropes.
_COUNTS = frozenset("one two three".split())
# Behind what "I" is somebody and no numeral, as it is in "a phase I trial".
_BEFORE_I = frozenset(
    "after although and as because before but if or since so than that then though unless until what when "
    "whenever where which while who whom whose".split()
)
# "The can opener", "a will clause"; but "this can", "one can".
_ARTICLES = frozenset("a an the its their his her your our my every no".split())
# "How to belay", "used to anchor boats", "need to stock up".
_BEFORE_TO = frozenset(
    "able allowed best chance designed difficult easier easy enough fail fails going had hard has have "
    "having helps how impossible learn learns likely made meant need needed needs not order ought possible "
    "ready required refuse refuses supposed taught time tried tries try trying used want wants "
    "way ways wish".split()
)
_JOINS = frozenset("and or but then so please".split())
# Verbs that have no ending of their own in "is set by".
_UNCHANGED = frozenset(
    "broadcast burst cast cut forecast hit input knit let output preset put reset set shut split "
    "spread".split()
)
_BEING = frozenset("is are was were be been being gets get".split())
_HAVING = _BEING | {"has", "have", "had", "use", "uses", "open", "opens"}
_AGENTS = frozenset("by to into on onto in at with up from aside for as when before after so".split())
# What a clause with "that" says more of; after these it only says what they are: "the fact that holds break".
_FACTS = frozenset(
    "advantage assumption belief case chance claim conclusion condition danger evidence fact hope idea "
    "knowledge news point proof reason result risk rule said sign so such view way".split()
)
_ONE = frozenset("a an the one any each every".split())
_DETERMINERS = "an?|the|each|every|any|one|this|that|its|their|his|her|your|our|my|no|another|some"
_NOT_PLAIN = (
    "of|in|on|at|to|for|with|from|by|as|that|which|who|and|or|is|are|was|were|be|has|have|had|can|will|may|must|"
    "an?|the|its|their|not|than|if|when|it"
)
_PLAIN = rf"(?!(?:{_NOT_PLAIN})\b)[^\W\d_][\w-]*"
# A clause from its beginning up to its subject: "when the end of the rope".
_A_SUBJECT = re.compile(
    r"(?:\A|[.!?;:,(–—]\s*|\b(?:and|but|so|or|when|while|where|whenever|if|because|until|unless|since|as|that|which|"
    rf"then|sure|how|whether|once)\s+)(?:{_DETERMINERS})\s+(?:{_PLAIN}\s+){{1,3}}"
    rf"(?:(?:of|in|on|at)\s+(?:(?:{_DETERMINERS})\s+)?(?:{_PLAIN}\s+){{1,2}})?\Z",
    re.IGNORECASE,
)


def is_verb(text: str, start: int, end: int) -> bool:
    """Whether a word of a text is surely a verb where it stands, and no noun.

    >>> is_verb("the person who holds the rope", 15, 20), is_verb("the holds on the wall", 4, 9)
    (True, False)
    """
    word = text[start:end]
    if not word.isalpha() or not word[1:].islower() or _GERUND.match(word):
        return False
    after = _NEXT.match(text, end)
    following, second = (after["word"], after["second"]) if after else ("", "")
    if following in _SUBJECT_OF:
        return False
    low = max(0, start - _NEAR)
    before = [w.replace("’", "'") for w in _BEFORE.findall(text[low:start].casefold())][::-1]
    if low and before:
        before.pop()  # it may have been cut
    denied = before[:1] == ["not"]
    while before and (before[0] in _ADVERBS or before[0].endswith("ly")):
        before.pop(0)
    acts = following in _OBJECTS and second not in _MEASURES
    opens = not before or not before[0].isalnum() or before[0] in _JOINS
    if opens and following in _COUNTS and not (following == "one" and _is_counted(second)):
        return False
    if before[:1] and before[0] in _MODALS and _is_thing(before[1:], not acts, text[:1].islower()):
        return False
    if word[0].isupper() and (before[:1] and before[0] not in ".!?:"):
        return False
    if word.endswith("s") and singular(word) != word:
        things = singular(following) != following
        return _is_third_person(before, acts, things, text[max(0, start - _FAR) : start])
    return _is_bare(before, acts, denied) or (
        word in _UNCHANGED and before[:1] != [] and before[0] in _BEING and following in _AGENTS
    )


def _is_third_person(before: list[str], acts: bool, things: bool, clause: str) -> bool:
    """Whether "holds" is what somebody does; `acts` tells that an object follows, `things` that a plural
    does. In "the wall that holds hang on" they are the subject."""
    first, *others = before or [""]
    behind = others[0] if others else ""
    if first in _THIRD_PERSONS:
        given = first not in _SUBJECTS and _GIVING.match(behind)
        return acts or not (behind in _PREPOSITIONS or given)
    if first in _RELATIVES:
        return behind not in _PREPOSITIONS and (acts or (things and _is_antecedent(others)))
    return acts and bool(_A_SUBJECT.search(clause))


def _is_antecedent(before: list[str]) -> bool:
    """Whether what stands before "that" is one thing, of which it says more: "a bolt that anchors ropes"."""
    for count, word in enumerate(before[:4]):
        if word in _ONE:
            return count > 0 and before[0] not in _FACTS and singular(before[0]) == before[0]
        if not word.isalpha() or word in _SUBJECT_OF or word in _PREPOSITIONS:
            return False
    return False


def _is_bare(before: list[str], acts: bool, denied: bool) -> bool:
    """Whether "hold" is what somebody does or shall do; `denied` tells that "not" stands before it."""
    first, *others = before or [""]
    behind = others[0] if others else ""
    if first == "to":
        return acts or behind in _BEFORE_TO
    if first in _MODALS or first in _DO:
        asks = not behind[:1].isalpha() or behind in _ASKING
        return acts or denied or not (asks or first in _DO)
    if first == "i" and behind.isalpha() and behind not in _BEFORE_I:
        return acts
    if first in _PERSONS:
        return acts or not (behind in _PREPOSITIONS - _CONJUNCTIONS or _GIVING.match(behind))
    if first in _RELATIVES:
        return acts and behind not in _PREPOSITIONS
    # An order ("Hold the rope"), the next of several things done, or what several things do.
    several = first.isalpha() and len(first) > 3 and singular(first) != first
    return acts and (not first[:1].isalnum() or first in _JOINS or several)


def _is_counted(word: str) -> bool:
    """Whether it is things that a number before a word counts: "hold one end", but not "knot one is easy"."""
    return bool(word) and word not in _SUBJECT_OF and singular(word) == word


def _is_thing(before: list[str], alone: bool, phrase: bool) -> bool:
    """Whether "can" or "will" behind these words is a noun: "the can opener", "it has a tin can seal".
    `alone` tells that no object follows, `phrase` that the text begins as no sentence does."""
    first, second, third = [*before, "", "", ""][:3]
    behind = third in _HAVING or (phrase and not third)
    return first in _ARTICLES or (alone and second in _ARTICLES and behind)


_DONE = re.compile(
    r"(?:[^.;:]{0,60}?\s(?:is|are|means?|refers\s+to|describes)\s+)?(?:to\s+[a-z]|when\s|"
    r"(?:(?:an?|the|one)\s+)?(?:[\w-]+\s+){0,2}?(?:act|action|activity|process|procedure|movement|move|manoeuvre|maneuver|"
    r"operation|practice|method|technique|way|step|task|change|turn)\s+(?:of|that|which|in|by|when|where|to|from)\s|"
    r"(?:the\s+)?[a-z]*[aeiouy][a-z]*ing\s)",
    re.IGNORECASE,
)


def is_something_done(definition: str) -> bool:
    """Whether a definition says that its term is something done, so that the verb speaks of it, too.

    >>> is_something_done("Turning the boat"), is_something_done("A hold is a place")
    (True, False)
    """
    return bool(_DONE.match(definition))


def uses_as_verb(text: str, word: str) -> bool:
    """Whether a text uses a word of small letters, or its form with an ending, surely as a verb.

    >>> uses_as_verb("A sieve is a net. Who sieves the flour?", "sieve")
    True
    """
    place = text.find(word[1:], 1)
    while place >= 0:
        start, end = place - 1, place + len(word) - 1
        end += next((n for n in (2, 1) if text[end : end + n] in ("es", "s")), 0)
        whole = not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum()
        if whole and text[start].casefold() == word[0] and is_verb(text, start, end):
            return True
        place = text.find(word[1:], end)
    return False
