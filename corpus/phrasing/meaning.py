"""Whether a text that stands under a name says what that is: as every shape of definition asks."""

import re

from corpus.labels import IMPERATIVES, label_key, singular
from corpus.phrasing.noun_phrases import (
    DETERMINER,
    VERB_WITH_OBJECT,
    begins_with_genus,
    is_noun_phrase,
    says_how_much,
)
from corpus.phrasing.subjects import (
    ALL_THAT,
    PREPOSITIONS,
    SUBORDINATE,
    is_subject,
    restated,
    same_head,
    says_of_another,
    scope_end,
    subject_of,
)
from corpus.phrasing.talk import DETERMINERS, asks, instructs, opens_an_aside, points_elsewhere, tells
from corpus.sentences import first_sentence

_REFERS = re.compile(
    r"(?:(?:often|usually|generally|typically|commonly|sometimes)\s+)?(?:refers?\s+to|means?|describes?|denotes?|"
    r"(?:occur|happen|arise)s?\s+when(?:ever)?)\s",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"to\s+(?P<verb>[a-z]+)\s", re.IGNORECASE)
_WHAT = re.compile(r"(?i:how|what|whether)\s|what['’]s\s")
_WHAT_IS = re.compile(
    r"what\s+(?:is|are|was|were)\s+(?:[a-z]+(?:ed|en|wn|ept|elt|ut)|made|held|sold|paid)\b", re.IGNORECASE
)
_BEING = re.compile(r"\s(?:is|are|was|were)\s")
# "A group of sails.", but not "A bit of history."
_IN_FOUR_WORDS = re.compile(
    r"an?\s+(?!(?:lot|bit|few|couple|number|list|collection|selection|summary|note|word|look|matter|bunch|series)\b)"
    r"[\w-]+\s+(?:of|for|with|without|between|in|on|from|that)\s+[\w-]+\.",
    re.IGNORECASE,
)


def says_what_it_is(term: str, text: str, shortest: int = 5) -> bool:
    """Whether a text that stands under a name says what that is. `shortest` counts words."""
    sentence = first_sentence(text)
    if points_elsewhere(text):
        return True
    if (len(text.split()) < shortest and not _IN_FOUR_WORDS.fullmatch(text.strip())) or asks(sentence):
        return False
    if is_subject(term, text):
        return True
    if begins := restated(term, text) or _after_other_name(text):
        return says_what_it_is(term, text[begins:], shortest)
    scope = 0 if _is_infinitive(term, sentence) else scope_end(sentence)
    rest = sentence[scope:]
    if scope and _REFERS.match(rest):
        return True
    if _WHAT.match(rest):
        # "What you need is flour" is no such clause, "how much of what was sown comes up" and "what is
        # tied in a rope" are.
        opens = _WHAT_IS.match(rest)
        verb = _BEING.search(rest, opens.end() if opens else 0)
        return rest[0].islower() or not verb or bool(SUBORDINATE.search(rest, 5, verb.start() + 1))
    if _TO_DO.match(rest):
        return _is_infinitive(term, rest)
    goes_on = opens_an_aside(sentence) and not _is_clause(sentence)
    if not rest or instructs(rest) or goes_on or says_of_another(term, rest):
        return False
    if _is_told_by_clause(rest):
        return True
    subject = subject_of(rest)
    if subject is not None:
        return same_head(term, subject) and not tells(rest[len(subject) :].lstrip())
    return _is_fragment(term, rest)


def _is_fragment(term: str, rest: str) -> bool:
    """Whether words without a verb of their own say what a term is."""
    opening = rest.split(maxsplit=1)[0].casefold()
    if _has_own_verb(rest):
        return False
    if DETERMINER.match(rest) or _HAVING.match(rest) or ALL_THAT.match(rest):
        return True
    if opening.endswith("ing") and len(opening) > 4:
        return opening not in _IDLE_GERUND or term.split(maxsplit=1)[0].endswith("ing")
    fragment = _OPENS_FRAGMENT.match(rest)
    described = fragment is not None and not fragment["head"].casefold().endswith("ed")
    return (
        described
        or _repeats_head(term, rest)
        or bool(_REFERS.match(rest) or _ACTS.match(rest))
        or opening in ("how", "whether", "what", "where", "when", "who")
    )


_ACTS = re.compile(
    r"(?:[a-z]+(?:s|es|ies))\s+(?:an?|the|its|their|each|every|all|one|two|how|what|whether|your|you|"
    r"track|up|down|out|other|any|some|many|several|both|no|more)\s",
    re.IGNORECASE,
)
_HAVING = re.compile(r"having\s+(?:an?|the|no|one|two|three|more|at|several|many|only)\s", re.IGNORECASE)
_OPENS_FRAGMENT = re.compile(
    r"(?P<head>[\w'’-]+)(?:\s+[\w'’-]+){0,2}?\s+(?:that|which|of|used|whose|who|containing|consisting|where|for|between|"
    r"such\s+as|below|above|beneath|behind|with|made|given|needed|required|applied|added|held|in\s+which|by\s+which|designed|intended|written|"
    r"(?:built|cut|put|set|kept|laid|hung|worn|tied|bent|grown|spun|wound|dug)\s+(?:to|of|by|from|into|for|with|around|across))\s",
    re.IGNORECASE,
)
_IDLE_GERUND = frozenset(
    "using working looking according depending following starting having getting nothing everything".split()
)
# "A pot goes through the fire", "the sea rises twice", "a song of three minutes repeats itself": a verb that
# is in no list is told by its ending, and by what follows.
_NO_CLAUSE = r"(?!(?:that|which|who|whose|where|when|while|if|as|than|to)\s)"
_NO_JOIN = (
    r"(?!(?:of|that|which|who|whose|where|when|in|for|to|with|on|by|from|at|or|and|as|than|between|made|used"
    r")\s)"
)
_DOES = r"[a-z]{2,}(?<![su'’])s\s+"
_OWN_VERB = re.compile(
    rf"(?:an?|each|every|another|one)\s+(?:{_NO_JOIN}[\w'’-]+\s+){{1,3}}?{_DOES}(?!(?:of|that|which|who|whose)\s)"
    rf"|(?:nothing|nobody|everything)\s+{_DOES}"
    rf"|the\s+(?:{_NO_CLAUSE}[\w'’-]*[^\W\ds]\s+){{1,2}}?{_DOES}(?:to|and|through|into|up|down|out|away|off|twice|"
    r"once|not|no|only|because|when|what|how|more|less|two|three|four|five|six|seven|eight|nine|ten|itself|everything|[a-z]+ly)\s"
    rf"|an?\s+[\w'’-]+\s+(?:that|which|who)\s+(?:is\s+[a-z]+|[a-z]+(?<!s)s)\s+{_DOES}(?:an?|the|its|their)\s"
    r"|[a-z'’-]+\s+(?:begins|starts|ends|comes|deals|works|goes|stands|depends|happens)\s"
    rf"|(?:an?|the|each|every)\s+(?:{_NO_CLAUSE}[\w'’-]+\s+){{2,8}}?{_DOES}(?:itself|everything|everyone|them|him|her|"
    r"us|you|it|more|less|twice|once|because)\b",
    re.IGNORECASE,
)


def _has_own_verb(sentence: str) -> bool:
    """Whether a sentence is a whole one, though no verb in it is well known."""
    return bool(_OWN_VERB.match(sentence)) or bool(
        VERB_WITH_OBJECT.match(sentence[:1].lower() + sentence[1:])
    )


# "Flour milled from rye", "wool from steel", but not "rise for two hours", which tells what to do.
_WHICH_ONE = re.compile(
    r"(?:(?!the\s|an?\s)[\w'’-]+\s+)??(?P<head>[\w'’-]+)\s+(?:that|which|whose|where|of|from|without|with|between|under|through|on|in|at|by|"
    r"(?P<done>[a-z]{2,}ed|made|kept|cut|held|grown|known|built|given|seen|sent|set|left|drawn|worn|sold|bought|put)(?=\s))\s+(?=\S)",
    re.IGNORECASE,
)
_IN_ORDER = frozenset("first second third last final next quick new another daily weekly".split())
_SEVERAL = 2


def _repeats_head(term: str, sentence: str) -> bool:
    """Whether a text begins with the last word of its term, and goes on to tell which one it is."""
    words = re.findall(r"[\w'’-]+", term.casefold())
    found = _WHICH_ONE.match(sentence)
    if not found or len(words) < _SEVERAL or words[0] in _IN_ORDER:
        return False
    head = singular(found["head"].casefold())
    return head == singular(words[-1]) and (bool(found["done"]) or head not in IMPERATIVES)


_STEM = 4
_LONGEST_VERB = 3
AIMS = frozenset(
    "aim goal purpose mission vision function role task intent idea job duty use target plan motivation "
    "reason point objective challenge next method how".split()
)
# "To get the code, clone it", "to boil an egg you need water": what it takes, not what the word means.
_GOES_ON = re.compile(
    r",\s+(?!(?:and|or|so|then|but|not|usually|often|especially|typically|either|until|in|with|as|by|for|to|e\.g)\b)"
    r"|\b(?:you|your|we|our|us|i|my|see|use|run|click|please|need|needs|must|should|can|will|"
    r"(?<!who\s)(?<!that\s)(?<!which\s)(?:is|are))\b",
    re.IGNORECASE,
)


def _is_infinitive(term: str, sentence: str) -> bool:
    """Whether a sentence is nothing but what is done, under the name of doing it: "To cook in some fat"."""
    done = _TO_DO.match(sentence)
    words = term.casefold().split()
    if done is None:
        return False
    same = bool(words) and words[0][:_STEM] == done["verb"].casefold()[:_STEM]
    aim = bool(words) and label_key(words[-1]) in AIMS
    return not (same or aim or len(words) > _LONGEST_VERB or _GOES_ON.search(sentence))


# "When a plant flowers early, usually because of heat" has no further clause.
_GOES_ON_AFTER = re.compile(
    r",(?!\s+(?:usually|often|mostly|typically|sometimes|especially|because|such\s+as|e\.g\.|so\s+that|but\s+not|rather\s+than|or|and|from|in|on|at|with|by|until|[a-z]+ed\s+(?:and|or))\s)"
)


def _is_clause(sentence: str) -> bool:
    """Whether a sentence is nothing but "where ..." or "when ...", with no sentence to it."""
    opening = re.match(r"(?:where|when|who)\s[^;]*", sentence, re.IGNORECASE)
    return opening is not None and not _GOES_ON_AFTER.search(opening[0])


_OTHER_NAME = re.compile(
    r"(?:(?:also|sometimes|often)\s+(?:called|known\s+as|named)|a\.?k\.?a\.?)\s+[^.]{2,80}\.\s+(?=\S)",
    re.IGNORECASE,
)


def _after_other_name(text: str) -> int:
    """Where a text goes on that begins with another name: "Also called X. ..."; 0 where it does not."""
    match = _OTHER_NAME.match(text)
    return match.end() if match else 0


# "Goods we bought but cannot sell", "basic stitch created by pulling"; not "paint it", "it lets you choose".
_OF_OURS = re.compile(
    r"(?P<head>[A-Z]?[a-z][\w'’-]*(?:\s+[a-z][\w'’-]*(?<!s)){0,2}?(?<!s)|[A-Z]?[a-z][\w'’-]*)\s+"
    r"(?:we|they|he|she|you(?!\s+to\b))\s+[a-z]+(?:\s+(?:to|with|on|in|for|up|out|from|at))?"
    r"(?=\s*(?:[,:;.]|$)|\s(?:but|and|so|for|in|on|at|when|until|from|before|after|because|with|by|as|only)\s)"
)
_DONE_BY = re.compile(r"(?P<head>[\w'’-]+(?:\s+[\w'’-]+){0,3}?)\s+[a-z]{2,}ed\s+by\s", re.IGNORECASE)
_NO_NOUN = frozenset(
    "last next this these that those some every each most many all both sometimes usually often later soon "
    "here there then now today yesterday tomorrow tonight first second third finally once twice again still "
    "even also maybe perhaps without within during after before until since while when where what why how so "
    "if which who whose this only just yes no thanks let".split()
)


def _is_told_by_clause(sentence: str) -> bool:
    """Whether a sentence is a noun without article and what somebody does with it."""
    found = _OF_OURS.match(sentence) or _DONE_BY.match(sentence)
    words = found["head"].casefold().split() if found else []
    before = subject_of(sentence)
    return (
        bool(words)
        and (before is None or before.endswith((" but ", " and ", " or ")))
        and words[0] not in IMPERATIVES | DETERMINERS
        and (_NO_NOUN | PREPOSITIONS).isdisjoint(words)
        and not words[-1].endswith("ly")
    )


# "process of heating", "way to tie": what begins so in a list under a name says what that is.
_BARE_GENUS = re.compile(
    r"(?:[a-z-]+\s+){0,2}?(?:process|act|action|activity|way|method|technique|procedure|ability|capacity|tendency|"
    r"measure|rate|degree|state|condition|change|movement|type|kind|form|branch|field|study|science|theory|rule|principle|"
    r"practice|belief|idea|tool|device|instrument|substance|mechanism)\s+(?:of|that|which|in|by\s+which|at\s+which|"
    r"where|when|for|to|used|how)\s",
    re.IGNORECASE,
)
_OF_ITS_KIND = re.compile(
    r"(?:an?\s+|any\s+|the\s+)?(?P<head>[\w'’-]+)\s+(?:that|which|who|whose|where|in\s+which|such\s+that|used|made|of|the|an?)\s",
    re.IGNORECASE,
)


def says_in_general(term: str, text: str) -> bool:
    """Whether a text says of a term what it is in general, with or without an article ("process of heating"),
    or takes up its last word ("tide that rises", under "Spring tide")."""
    if says_how_much(text):
        return True
    if _BARE_GENUS.match(text):
        return subject_of(first_sentence(text)) is None
    if not is_noun_phrase(text):
        return False
    taken_up = _OF_ITS_KIND.match(text)
    head = label_key(term.rsplit(maxsplit=1)[-1]) if term.strip() else ""
    own = taken_up is not None and label_key(taken_up["head"]) == head
    return own or begins_with_genus(text)
