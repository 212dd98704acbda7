"""What a defining sentence looks like in English: tests on words, with nothing of any subject in them.

A definition says what its term is: the term is the sentence's subject ("A basis is a set ..."), or the
sentence is the definition itself, without a subject of its own ("A set of vectors that ..."). Prose that goes
on talking begins with a person ("We"), a link to what came before ("So"), an instruction, or a subject that
is something else.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.labels import IMPERATIVES, label_key, singular
from corpus.names import spells
from corpus.sentences import sentences

_ASIDE = re.compile(
    r"(?:we|you|i|he|she|let|let's|lets|here|now|next|so|but|and|or|if|when|while|once|before|after|as|since|because|"
    r"to|this|these|that|those|it|they|there|see|note|remember|recall|suppose|consider|imagine|try|make|use|run|"
    r"click|open|download|install|type|enter|create|write|read|answer|please|welcome|below|above|first|second|third|"
    r"finally|then|also|however|for|like|unlike|what|why|who|where|which|our|my|your|their|"
    r"beware|notice|avoid|keep|never|always|maybe|perhaps|unfortunately|today|yesterday|tomorrow|thanks|sorry|"
    r"although|though|despite|until|throughout|with|without|from|at|by|on|do|does|don't|not|no|yes|"
    r"[ivx]+\.|\d+[.)])(?=[\s,.!'’]|$)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?:i|we|you|he|she|they|yes|no|yeah|ok|okay|well|so|let's|my|our|your)(?=[\s,.!'’])", re.IGNORECASE
)
_ASKS = re.compile(
    r"(?:and\s+|so\s+|but\s+)?(?:how|what|why|when|where|which|who|whose|is|are|do|does|did|can|could|should|will|have|has)\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"(?!(?:for\s+(?:example|instance|this|these|that|now)|in\s+(?:fact|short|contrast|addition|other\s+words|this|these|that|"
    r"order|summary|particular)|on\s+the\s+other|at\s+first|to\s+(?:be|do|make|get|begin|see|use))\b)(?:(?:in|for|within|on|at|among|under|with|to)\s+[^,.;:]{2,60}?|from\s+[^,.;:]{3,50}?(?:perspective|viewpoint|"
    r"point\s+of\s+view|standpoint|angle)(?:\s+of\s+[^,.;:]{1,40})?|(?:more\s+)?(?:generally|formally|technically|informally|strictly|broadly|"
    r"loosely|simply|mathematically|historically|traditionally|basically|essentially)(?:\s+(?:speaking|put))?),\s+",
    re.IGNORECASE,
)
# "The term X refers to ..." is about X.
_NAMING = re.compile(
    r"(?:the|this|a)\s+(?:term|word|concept|phrase|name|notion|expression|acronym|abbreviation)\s+(?:of\s+)?",
    re.IGNORECASE,
)
# What stands between a subject and its verb: "(...)", ", or drift,", "- also called ... -".
_BETWEEN = re.compile(
    r"(?:\s*\([^)]*\))?(?:,[^.]{1,100}?,|\s+[-–—]{1,3}\s+[^.]{1,100}?\s+[-–—]{1,3}(?=\s))?\s*"
)
_DETERMINER = re.compile(
    r"(?:a|an|the|one|any|each|every|two|several|some|another|three\s+or\s+more)\s+\S", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:a|an|the|one|any|each|every|some)\s+", re.IGNORECASE)
_FINITE = re.compile(
    r"(?<!\S)(?:is|are|was|were|has|have|had|can|cannot|could|will|would|does|do|did|may|might|must|should|isn't|"
    r"aren't|doesn't|don't|can't|won't)(?=[\s,])",
    re.IGNORECASE,
)
# After one of these the verb belongs to a clause inside the definition.
_SUBORDINATE = re.compile(
    r"(?<!\S)(?:that|which|who|whose|whom|where|when|if|because|so|while|as|how|what|whether|until|although|though|"
    r"since|after|before|than|whenever|wherever|unless|once)(?=[\s,])|[,:;(—–]",
    re.IGNORECASE,
)
_OPENS_FRAGMENT = re.compile(
    r"(?P<head>[\w'’-]+)(?:\s+[\w'’-]+){0,2}?\s+(?:that|which|of|used|whose|who|containing|consisting|where|for|between|"
    r"with|made|given|needed|required|applied|added|held|in\s+which|by\s+which|designed|intended|written|"
    r"(?:built|cut|put|set|kept|laid|hung|worn|tied|bent|grown|spun|wound|dug)\s+(?:to|of|by|from|into|for|with|around|across))\s",
    re.IGNORECASE,
)
_RESTATED = re.compile(
    r"(?P<name>[^.:()\n–—]{2,80}?)\s*(?:\((?P<other>[^()]{2,60})\))?\s*(?:[:.](?=\s)|\s[-–—]{1,3}(?=\s))\s*(?=\S)"
)
_REFERS = re.compile(
    r"(?:(?:often|usually|generally|typically|commonly|sometimes)\s+)?(?:refers?\s+to|means?|describes?|denotes?|"
    r"(?:occur|happen|arise)s?\s+when(?:ever)?)\s",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:a\s+)?(?:synonym|synonymous|short\s+for|abbreviation|acronym|another\s+(?:name|word|term)|same\s+as|alternative\s+name)\b",
    re.IGNORECASE,
)
# What tells about a thing without saying what it is: how it is done, where it is, what somebody thinks of it.
_TELLS = re.compile(
    r"(?:(?:can|could|may|might|should|must|has\s+to|have\s+to|needs?\s+to)\s+(?:\w+ly\s+|also\s+|often\s+|only\s+)?be\b"
    r"|(?:is|are)\s+(?:also|sometimes|often|commonly|otherwise)\s+(?:called|known|referred|named|termed)\b"
    r"|(?:is|are|was|were)\s+(?:(?:\w+ly|not|also|often|always|only|still|now|just|very|quite|so|too|really)\s+)*"
    r"(?:done|performed|created|configured|licensed|installed|returned|versioned|maintained|hosted|welcome|released|available|"
    r"located|stored|supported|recommended|required|important|necessary|essential|useful|helpful|implemented|similar|"
    r"good|bad|better|best|hard|easy|difficult|slow|fast|cheap|expensive|great|complicated|common|popular|everywhere)\b)",
    re.IGNORECASE,
)
_OPENING = (
    r"(?:an?\s+)?(?:(?:very|really|quite|pretty|rather|such|so|always|also|just|only|still)\s+)*"
    r"(?:an?\s+)?(?:very\s+)?"
)
_OPINION = re.compile(
    rf"{_OPENING}(?:good|bad|great|excellent|interesting|nice|big|huge|lot|bit|mess|must|necessary|essential|crucial|"
    r"difficult|hard|easy|easier|better|best|worse|worst|bigger|slower|faster|safe|perfect|fine|pain|joy|gift|"
    r"pleasure|shame|virtue|nightmare|hassle|few|usual|main|first-class|notable|favou?rite|winner|only|same|other|everything|nothing|king|classic|major|vital|significant|all\s+(?:that|you|we)|what\s+(?:matters|counts)|"
    r"opposite|one\s*(?:$|[.,;])|(?:fairly|quite|rather|somewhat)\s+\w+\s+(?:way|approach|practice|choice))\b",
    re.IGNORECASE,
)
# What a thing is to another, not what it is: "a problem", "a part of the trip".
_ROLE = re.compile(
    rf"{_OPENING}(?:problem|issue|challenge|cause|reason|part|example|application|use|result|sign|symptom|feature|"
    r"piece|matter|factor|component|option|task|choice|solution|step|thing|topic|subject|question|risk|danger)\b",
    re.IGNORECASE,
)
# What a thing is like or which one it is, which says little: "a long story", "a first try".
_LIKE = re.compile(
    rf"{_OPENING}(?:first|second|third|last|next|long|short|little|complex|strong|weak|slow|fast|cheap)\b",
    re.IGNORECASE,
)
_ENDS_NAME = re.compile(
    r"\s*(?:[.,;:!]|$)|\s+(?:of|for|in|to|that|which|when|if|with|and|or|but|because|as|at|on|than|here)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\s(?:that|which|who|whose|where)\s", re.IGNORECASE)
# What makes a noun phrase say more than a name: "a tide THAT falls", "a mixture OF flour and fat".
_DIFFERENCE = re.compile(
    r"\s(?:that|which|of|used|using|where|whose|who|in|for|to|with|without|by|from|into|on|at|between|among|made|given|"
    r"when|how|as|like|than|after|before|during|over|under|through|along|across|around|containing|consisting|"
    r"designed|meant|called|[a-z]{3,}ing|[a-z]{3,}ed)\s",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"(?:[a-z]+(?:s|es|ies))\s+(?:an?|the|its|their|each|every|all|one|two|how|what|whether|your|you|"
    r"track|up|down|out|other|any|some|many|several|both|no|more)\s",
    re.IGNORECASE,
)
_DETERMINERS = frozenset("the a an these those your our its their my all each every".split())
_BEFORE_DETERMINER = frozenset(
    "all both half such what how whether only just even the a an not each every one".split()
)
_AFTER_VERB = frozenset("in on with to from by up down out for at well fast under over into".split())
# "A net in the shed catches no fish": the first noun's own verb, and its object.
_VERB_WITH_OBJECT = re.compile(
    r"an?\s+(?:(?!(?:that|which|who|whose|where|when|if|while|as|than|to)\s)[\w'’-]+\s+){0,7}?"
    r"(?!(?:that|which|who|of|in|for|to|with|on|by|from|at|and|or|between|many|some|more|the)\s)[\w'’-]*[^\W\ds]\s+"
    r"[a-z]{2,}(?<!s)s\s+(?:an?|the|its|their|you|us|them|nobody|nothing|everybody|everyone|no|itself|how)\s"
)
_HAVING = re.compile(r"having\s+(?:an?|the|no|one|two|three|more|at|several|many|only)\s", re.IGNORECASE)
_NOT_A_VERB = frozenset(
    "and or of in for with to on that which who whose from at by as like such per without but than where "
    "when if not also often usually always both vs versus under over between into using".split()
)
_IDLE_GERUND = frozenset(
    "using working looking according depending following starting having getting nothing everything".split()
)
_WORDS = re.compile(r"\S+")
_VERB = re.compile(
    r"(?:is|are|was|were|means?|refers?|describes?|denotes?|consists?|can|may|will"
    r"|[a-z]+(?<!s)s(?!\s+(?:is|are|was|were|can|may|might|will|would|has|have|had|do|does|did|must|should)\b))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def first_sentence(text: str) -> str:
    """The first sentence of a text, in one line."""
    words = " ".join(text.split())
    start, end = next(iter(sentences(words)), (0, len(words)))
    return words[start:end]


@lru_cache(maxsize=8192)  # several rules ask about the same name and the same words
def is_subject(term: str, text: str) -> bool:
    """Whether a text's first sentence is about the term: "A basis is ...", "Bases (of a space) are ..."."""
    one = bool(_ONE.match(text))
    return any(_is_said_of(term, rest, one) and not _TELLS.match(rest) for rest in _after_subject(term, text))


_ONE = re.compile(r"[^\w]*(?:an?|each|every)\s", re.IGNORECASE)


def _is_said_of(term: str, rest: str, one: bool) -> bool:
    """Whether a verb follows a subject. After a plural it has no ending: "Macros record keys", but of `one`
    it has: "A tide table lists" speaks of tables."""
    verb = _VERB.match(rest)
    if verb or one:
        return verb is not None
    words = rest.split(maxsplit=1)
    plural = term.rsplit(maxsplit=1)[-1].casefold()
    return (
        singular(plural) != plural
        and len(words) > 1
        and words[0].isalpha()
        and words[0].islower()
        and words[0] not in _NOT_A_VERB
        and not words[0].endswith(("ed", "ing", "s"))
    )


def _after_subject(term: str, text: str) -> Iterator[str]:
    """What a first sentence says of the term that it opens with, if it does: from the verb on."""
    sentence = first_sentence(text)
    scope = _SCOPE.match(sentence)
    infinitive = _INFINITIVE.match(sentence)
    for start in dict.fromkeys(m.end() if m else 0 for m in (None, scope, infinitive)):
        naming = _NAMING.match(sentence, start)
        rest = _opened(term, sentence[naming.end() if naming else start :])
        if rest is not None:
            yield rest


def after_subject(term: str, text: str) -> str | None:
    """What a first sentence says of the term that it opens with, from the verb on; None if it opens with
    something else."""
    return next(_after_subject(term, text), None)


# "To tack is to turn the bow through the wind."
_INFINITIVE = re.compile(r"to\s+(?=[\w-]+\s+(?:is|means)\s)", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[^\w&+#]*(?:(?:the|an?)\s+)?", re.IGNORECASE)


def _opened(term: str, sentence: str) -> str | None:
    key = label_key(term)
    # Most sentences begin with another letter than the term, and need no look at their words.
    first = _FIRST_WORD.match(sentence)
    begins = sentence[first.end() : first.end() + 1].casefold() if first else ""
    if begins.isascii() and begins.isalpha() and key[:1] not in (begins, "a", "t"):
        return None
    words = list(_WORDS.finditer(sentence[:200]))
    for count in range(1, min(len(words), len(term.split()) + 3) + 1):
        end = words[count - 1].end()
        if label_key(sentence[:end].rstrip(",:")) == key:
            between = _BETWEEN.match(sentence, end - (sentence[end - 1] == ","))
            return sentence[between.end() :] if between else sentence[end:].lstrip()
    return None


def restated(term: str, text: str) -> int:
    """Where the definition begins in a text that says its term again first ("VLAN: a part of ...", "Virtual
    LAN (VLAN). A part of ..."); 0 where it does not."""
    match = _RESTATED.match(text)
    if not match:
        return 0
    said = {label_key(match["name"]), label_key(match["other"] or match["name"])}
    return match.end() if label_key(term) in said or spells(term, match["name"]) else 0


def scope_end(text: str) -> int:
    """Where a sentence goes on that says first where it holds: "In music, ..."."""
    scope = _SCOPE.match(text)
    return scope.end() if scope else 0


def tells(predicate: str) -> bool:
    """Whether a sentence, from its verb on, only tells about its subject: how it is done, what it is like."""
    return bool(_TELLS.match(predicate))


def is_noun_phrase(text: str) -> bool:
    """Whether a text's first sentence has no verb of its own before its first clause: "food cut into strips".

    A verb and its object ("open the door") are told by the article that follows the first word.
    """
    sentence = first_sentence(text)
    words = re.findall(r"[\w'’-]+", sentence)
    if len(words) < 3 or opens_an_aside(sentence) or asks(sentence) or _subject(sentence) is not None:
        return False
    if _DETERMINER.match(sentence):
        return not _VERB_WITH_OBJECT.match(sentence[:1].lower() + sentence[1:])
    first = words[0].casefold()
    instructs = first in IMPERATIVES or _instructs(sentence)
    acts = bool(re.fullmatch(r"[a-z]+(?<!s)s", first)) and words[1].casefold() in _AFTER_VERB
    return not instructs and not acts and not first.endswith("ed")


_IS_A = re.compile(
    r"(?:an?\s+|the\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,3}?\s+(?:is|are)\s+(?:an?|the|any|how)\s", re.IGNORECASE
)


def begins_with_is(sentence: str) -> bool:
    """Whether a sentence begins "An X is a ...": its subject is what it is about."""
    return bool(_IS_A.match(sentence))


def has_opinion(predicate: str, set_off: bool = False) -> bool:
    """Whether a sentence's "a ..." is a remark on the thing ("a good idea") and no kind of thing.

    Of a subject that is `set_off` by its author, "a feature extractor" and "a part of a ship that ..." are
    kinds, too.
    """
    if _OPINION.match(predicate) or (_LIKE.match(predicate) and not set_off):
        return True
    role = _ROLE.match(predicate)
    if role is None or not _ENDS_NAME.match(predicate, role.end()):
        return False
    return not (set_off and _RELATIVE.search(predicate))


def tells_apart(predicate: str) -> bool:
    """Whether a noun phrase has a clause or phrase that tells the thing from others."""
    return bool(_DIFFERENCE.search(predicate)) or len(predicate.split()) >= 9


# What all things are some of, whatever the notes are about: "the ratio of", "a process that", "the way in".
_GENUS = re.compile(
    r"(?:an?|the|one)\s+(?:[\w'’-]+\s+){0,2}?(?:process|act|action|activity|way|method|technique|procedure|ability|capacity|"
    r"tendency|amount|volume|weight|height|depth|number|measure|measurement|ratio|proportion|share|percentage|rate|speed|degree|extent|level|state|"
    r"condition|stage|phase|set|group|collection|family|series|sequence|list|part|portion|piece|section|half|kind|type|form|"
    r"sort|class|change|movement|motion|transfer|rise|fall|loss|point|place|spot|position|time|moment|period|interval|"
    r"person|someone|thing|object|tool|device|instrument|machine|structure|substance|material|layer|line|curve|area|region|"
    r"space|relation|relationship|connection|difference|distance|length|sum|theory|rule|law|principle|practice|art|study|"
    r"science|idea|notion|belief|view|system|mechanism|event|property|quality|quantity|network|arrangement|representation|description|statement|document|message|signal|value|copy|force|power|strength|result|effect|"
    r"reason|cause|study|branch|mixture|combination|version|unit|function|map|sequence|pair|word|term|name)\s+"
    r"(?:of|that|which|in|by|at|between|where|when|who|whose|for|from|to|with|on|used|how|needed|given|made|"
    r"[a-z]{3,}ed\s+(?:by|from|to|in|into|with))\s"
    r"|the\s+\w{2,}ing\s+(?:(?:out|up|off|in|down|away|together)\s+)?(?:of|by|that)\s",
    re.IGNORECASE,
)


def begins_with_genus(text: str) -> bool:
    """Whether a text begins with what a thing is in general, and goes on to tell which one: "the ratio of
    sand to clay"."""
    return bool(_GENUS.match(text)) and is_noun_phrase(text)


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


# "How fast the beat is", "how many guests a room holds": a measure.
_HOW_MUCH = re.compile(
    r"how\s+(?:much|many|far|fast|often|long|big|large|small|wide|high|low|deep|heavy|hard|strong|well|badly|close|near|"
    r"quick|hot|cold|[a-z]+ly)\s+(?:(?!(?:to|you|we|i|it|they|this|that)\b)[\w'’-]+\s+){1,4}[\w'’-]+",
    re.IGNORECASE,
)


# But for "how fast the beat is played", a verb says something of the measure.
_IS_SAID = re.compile(
    r"how\s+[a-z]+\s+(?!(?:of\s+)?(?:an?|the)\s+[\w'’-]+\s+(?:is|was)\b).*\s(?:is|are|was|were)\s|.*\s(?:depends?|varies|matters?)\s",
    re.IGNORECASE,
)


def says_how_much(text: str) -> bool:
    """Whether a text names a measure: "how many guests a room holds"."""
    sentence = first_sentence(text)
    return bool(_HOW_MUCH.match(sentence)) and not (asks(sentence) or _IS_SAID.match(sentence))


def says_in_general(term: str, text: str) -> bool:
    """Whether a text says of a term what it is in general, with or without an article ("process of heating"),
    or takes up its last word ("tide that rises", under "Spring tide")."""
    if says_how_much(text):
        return True
    if _BARE_GENUS.match(text):
        return _subject(first_sentence(text)) is None
    if not is_noun_phrase(text):
        return False
    taken_up = _OF_ITS_KIND.match(text)
    head = label_key(term.rsplit(maxsplit=1)[-1]) if term.strip() else ""
    own = taken_up is not None and label_key(taken_up["head"]) == head
    return own or begins_with_genus(text)


def opens_an_aside(text: str) -> bool:
    """Whether a text goes on talking: to somebody, from something said before, or to tell what to do."""
    return bool(_ASIDE.match(text.lstrip()))


def speaks(text: str) -> bool:
    """Whether somebody speaks here: a transcript, not a definition."""
    return bool(_SPEAKS.match(text.lstrip()))


def asks(sentence: str) -> bool:
    """Whether a sentence is a question from its first word on."""
    return sentence.rstrip().endswith("?") and bool(_ASKS.match(sentence))


_IN_THE_PAST = re.compile(
    r"(?:[a-z]+ly\s+|also\s+|never\s+)?(?:was|were|had|did|came|went|took|gave|saw|ran|fell|broke|sank|began|wrote|knew|"
    r"became|flew|grew|drove|rose|ate|spoke|chose|swam|sang|drank|rang|shook|wore|threw|forgot|got|stood|said|told|left(?!\s+of)"
    r"|[a-z]{2,}ed\s+(?:home|away|back|up|down|out|off|it|him|her|them|us|the|an?|his|their|its))\b"
)


def tells_what_happened(text: str, start: int) -> bool:
    """Whether a verb in the past stands at a place of a text: "..., came"."""
    return bool(_IN_THE_PAST.match(text, start))


def points_elsewhere(text: str) -> bool:
    """Whether a text only gives another name: "Synonym for ...", "Short for ..."."""
    return bool(_POINTS.match(text.lstrip()))


# "The note a chord is named after", "Goods we bought": a clause about a noun, though no "that" begins it.
_PRONOUNS = frozenset("you we they it one he she i people".split())
_BARE_CLAUSE = re.compile(
    rf"(?:an?|the|any|one)\s+(?P<head>(?:[\w'’-]+\s+){{1,3}}?)"
    rf"(?P<whose>{'|'.join(sorted(_PRONOUNS))}|an?|the|your|our|their|its)\s",
    re.IGNORECASE,
)


def _subject(sentence: str) -> str | None:
    """The words before a sentence's main verb; None when it has none before its first clause ends: a
    fragment."""
    verb = _FINITE.search(sentence)
    clause = _SUBORDINATE.search(sentence)
    if not verb or (clause and clause.start() < verb.start()):
        return None
    return None if _is_in_bare_clause(sentence, verb) else sentence[: verb.start()]


def _is_in_bare_clause(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a verb belongs to such a clause, and the sentence has no other: "the top of a mast is painted"
    and "the bread the baker has made is good" say something of a thing."""
    bare = _BARE_CLAUSE.match(sentence, 0, verb.start() + 1)
    if bare is None or _FINITE.search(sentence, verb.end()):
        return False
    head, who = bare["head"].casefold().split(), sentence[bare.end() : verb.start()].split()
    acts = [words[-1] for words in (head, who) if len(words) > 1]
    return (
        _PREPOSITIONS.isdisjoint(head)
        and (bare["whose"].casefold() in _PRONOUNS) == (not who)
        and len(who) <= 1
        and not any(word.casefold().endswith(("s", "ed")) for word in acts)
    )


_PREPOSITIONS = frozenset(
    "of in on at by for from to with into over under between through about against across along around and "
    "or than as like is are was were has have had but".split()
)


# "Flour milled from rye", "wool from steel", but not "rise for two hours", which tells what to do.
_WHICH_ONE = re.compile(
    r"(?:(?!the\s|an?\s)[\w'’-]+\s+)??(?P<head>[\w'’-]+)\s+(?:that|which|whose|where|of|from|without|with|between|under|through|on|in|at|by|"
    r"(?P<done>[a-z]{2,}ed|made|kept|cut|held|grown|known|built|given|seen|sent|set|left|drawn|worn|sold|bought|put)(?=\s))\s+(?=\S)",
    re.IGNORECASE,
)
_IN_ORDER = frozenset("first second third last final next quick new another daily weekly".split())


def _repeats_head(term: str, sentence: str) -> bool:
    """Whether a text begins with the last word of its term, and goes on to tell which one it is."""
    words = re.findall(r"[\w'’-]+", term.casefold())
    found = _WHICH_ONE.match(sentence)
    if not found or len(words) < _SEVERAL or words[0] in _IN_ORDER:
        return False
    head = singular(found["head"].casefold())
    return head == singular(words[-1]) and (bool(found["done"]) or head not in IMPERATIVES)


_SEVERAL = 2
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
    scope = None if _is_infinitive(term, sentence) else _SCOPE.match(sentence)
    rest = sentence[scope.end() :] if scope else sentence
    if scope and _REFERS.match(rest):
        return True
    if _WHAT.match(rest):
        # "What you need is flour" is no such clause, "how much of what was sown comes up" and "what is
        # tied in a rope" are.
        opens = _WHAT_IS.match(rest)
        verb = _BEING.search(rest, opens.end() if opens else 0)
        return rest[0].islower() or not verb or bool(_SUBORDINATE.search(rest, 5, verb.start() + 1))
    if _TO_DO.match(rest):
        return _is_infinitive(term, rest)
    goes_on = opens_an_aside(sentence) and not _is_clause(sentence)
    if not rest or _instructs(rest) or goes_on or says_of_another(term, rest):
        return False
    if _is_told_by_clause(rest):
        return True
    subject = _subject(rest)
    if subject is not None:
        return _same_head(term, subject) and not _TELLS.match(rest[len(subject) :].lstrip())
    return _is_fragment(term, rest)


def _is_fragment(term: str, rest: str) -> bool:
    """Whether words without a verb of their own say what a term is."""
    opening = rest.split(maxsplit=1)[0].casefold()
    if _has_own_verb(rest):
        return False
    if _DETERMINER.match(rest) or _HAVING.match(rest):
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
        _VERB_WITH_OBJECT.match(sentence[:1].lower() + sentence[1:])
    )


# "The pump uses oil to keep cool": a whole sentence, with a verb that is in no list.
_ACTING = re.compile(
    r"(?P<subject>(?i:the|an?|each|every|one|this)\s+(?P<noun>[a-z][\w-]*))\s+(?:[a-z]+(?<![su])(?:s|es))\s+"
    r"(?:(?i:an?|the|its|their|all|every|each|both|how|what|you|us|them)\s|[A-Z]{2})"
)
# "The ropes that hold the mast are called shrouds", but not "a rope that is called when ...".
_NAMES_OTHER = re.compile(
    r"(?<!\sthat)(?<!\swhich)(?<!\swho)\s(?:is|are)\s+(?:then\s+|usually\s+|also\s+)?(?:called|known\s+as|termed)\s+"
    r"(?!(?:by|or|and|using|when|whenever|from|with|in|on|once|after|before|for|to|at|if)\b)(?:an?\s+|the\s+)?(?P<name>[^.,;:()]+)",
    re.IGNORECASE,
)


def says_of_another(term: str, sentence: str) -> bool:
    """Whether a sentence tells what another thing does, or is called."""
    acting = _ACTING.match(sentence)
    if acting and singular(acting["noun"].casefold()) == acting["noun"].casefold():
        return not _same_head(term, acting["subject"])
    named = _NAMES_OTHER.search(sentence)
    return named is not None and label_key(term) not in label_key(named["name"])


# Few words say what a thing is if one of them joins two things: "revenue minus costs", "firm to the bite".
_JOINS = re.compile(
    r"(?P<head>[\w'’-]+)(?:\s+[\w'’-]+){0,2}?\s+(?:minus|plus|times|divided\s+by|per|of|that|which|without|between|from|to)"
    r"\s+[\w'’-]+",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\w+er\Z|(?:more|less|much|very|too|not|no|see|same|due|thanks|up|back|next)\Z", re.IGNORECASE
)
_REFERS_BACK = re.compile(r"\b(?:it|them|him|her|this|that|these|those|me|us|you)\.?\s*\Z", re.IGNORECASE)
_SHORTEST_PLAIN = 3
_LONGEST_PLAIN = 8


def is_plain_phrase(text: str) -> bool:
    """Whether a text is nothing but a few plain words that say what something is, and a full stop."""
    words = text.split()
    if not _SHORTEST_PLAIN <= len(words) <= _LONGEST_PLAIN or not text.rstrip().endswith("."):
        return False
    joined = _JOINS.match(text)
    head = joined["head"].casefold() if joined else ""
    plain = not any(c.isdigit() or c in ".:;!?()" for c in text.rstrip()[:-1])
    acts = (
        head.endswith(("ed", "ing"))
        or head in _DETERMINERS
        or bool(_COMPARED.match(head) or _ASIDE.match(text))
    )
    acts = acts or _REFERS_BACK.search(text) is not None
    return plain and joined is not None and not acts and _subject(text) is None and not _instructs(text)


# No word of an operand is an operator: a line that could be read in many ways would be read in all of them.
_COUNTING_WORD = r"(?!(?:plus|minus|times|over|per|divided\s+by|multiplied\s+by)\b)[^\W\d_]['’\w-]*"
_OPERAND = rf"\(?{_COUNTING_WORD}(?<!_)(?:\s+{_COUNTING_WORD}){{0,5}}\)?"
_OPERATOR = (
    r"(?:\s*[/÷×*·]\s*|\s+[-−–+±]\s+|\s+(?:plus|minus|times|over|per|divided\s+by|multiplied\s+by)\s+)"
)
_COUNTED = re.compile(
    rf"{_OPERAND}(?:{_OPERATOR}(?:{_OPERAND}|\d+(?:[.,]\d+)?\s?%?))*"
    rf"{_OPERATOR}(?:{_OPERAND}|\d+(?:[.,]\d+)?\s?%?)\s*\.?",
    re.IGNORECASE,
)
_OPERATORS = re.compile(_OPERATOR, re.IGNORECASE)
_A_WORD = re.compile(r"[^\W\d_]{3}")


def is_counted_from(term: str, text: str, *, plain: bool = False) -> bool:
    """Whether a text's first sentence says in words how the term is counted: "water weight / flour weight".

    Single letters and names of code are no words. In `plain` text one of the parts has several words:
    "total = price * count" may be code.

    >>> is_counted_from("hydration", "water weight / flour weight"), is_counted_from("y", "m * x")
    (True, False)
    """
    formula = first_sentence(text)
    if "_" in formula or not _A_WORD.search(term) or not _COUNTED.fullmatch(formula):
        return False
    parts = [part for part in _OPERATORS.split(formula) if not part[:1].isdigit()]
    several = not plain or any(" " in part.strip() for part in (term, *parts))
    return several and len(parts) > 1 and all(map(_A_WORD.search, parts))


_TO_DO = re.compile(r"to\s+(?P<verb>[a-z]+)\s", re.IGNORECASE)
# "To get the code, clone it", "to boil an egg you need water": what it takes, not what the word means.
_GOES_ON = re.compile(
    r",\s+(?!(?:and|or|so|then|but|not|usually|often|especially|typically|either|until|in|with|as|by|for|to|e\.g)\b)"
    r"|\b(?:you|your|we|our|us|i|my|see|use|run|click|please|need|needs|must|should|can|will|"
    r"(?<!who\s)(?<!that\s)(?<!which\s)(?:is|are))\b",
    re.IGNORECASE,
)
AIMS = frozenset(
    "aim goal purpose mission vision function role task intent idea job duty use target plan motivation "
    "reason point objective challenge next method how".split()
)
_STEM = 4


def _is_infinitive(term: str, sentence: str) -> bool:
    """Whether a sentence is nothing but what is done, under the name of doing it: "To cook in some fat"."""
    done = _TO_DO.match(sentence)
    words = term.casefold().split()
    if done is None:
        return False
    same = bool(words) and words[0][:_STEM] == done["verb"].casefold()[:_STEM]
    aim = bool(words) and label_key(words[-1]) in AIMS
    return not (same or aim or len(words) > _LONGEST_VERB or _GOES_ON.search(sentence))


_LONGEST_VERB = 3


def _instructs(sentence: str) -> bool:
    """Whether a sentence begins with a bare verb and what it acts on: "Open the door"."""
    words = sentence.split(maxsplit=2)
    first = words[0].casefold()
    return (
        len(words) > 2
        and words[1].casefold() in _DETERMINERS
        and first.isalpha()
        and first not in _NOT_A_VERB
        and first not in _BEFORE_DETERMINER
        and not first.endswith(("ing", "s", "ed"))
    )


# "Every boat needs three things", "the kiln takes eight hours": what it has, wants and does.
_OF_EACH = re.compile(r"(?:every|each|most|many|some|all|no|our|my)\s", re.IGNORECASE)
_IS_A_KIND = re.compile(r"\s(?:is|are|means?|refers?\s+to)\s+(?:an?|the|any|one|how)\s", re.IGNORECASE)
_ONLY_TELLS = re.compile(
    r"(?:ha(?:s|ve|d)|(?:was|were)(?!\s+(?:an?|the)\s)|(?:need|take|come|know|want|get|begin|start|last|cost|look|seem|like|live|stand|"
    r"hang|trade|love|hate)s?)\s",
    re.IGNORECASE,
)


def only_tells(term: str, text: str) -> bool:
    """Whether a sentence about a term tells what it has, wants or does, and not what it is."""
    sentence = first_sentence(text)
    told = after_subject(term, sentence)
    of_each = _OF_EACH.match(sentence) and not _IS_A_KIND.search(sentence)
    return bool(of_each or (told and _ONLY_TELLS.match(told)))


# "Line on a map joining places of equal pressure", "cold heavy air flowing down a slope".
_BARE_PHRASE = re.compile(
    r"[A-Za-z][\w'’-]*[^\W\ds](?:\s(?!(?:is|are|was|has|can|to|and|or)\s)[\w'’-]*[^\W\ds]){0,3}(?:\s(?:on|in|of|at|for)\s(?:an?|the)\s[\w'’-]+)?\s"
    r"(?:[a-z]{3,}ing\s(?:\S+\s)*\S|[a-z]{3,}ed\s(?:by|in|into|with|from|at|to|of|on|for)\s)"
)


def is_bare_phrase(sentence: str) -> bool:
    """Whether a sentence is a noun without an article, and what is done by it or to it."""
    return (
        bool(_BARE_PHRASE.match(sentence))
        and is_noun_phrase(sentence)
        and not sentence.split(maxsplit=1)[0].casefold().endswith("ed")
    )


def has_verb(words: str) -> bool:
    """Whether words say something by a finite verb: "the tide is responsible" is no name."""
    return bool(_FINITE.search(words))


def _is_clause(sentence: str) -> bool:
    """Whether a sentence is nothing but "where ..." or "when ...", with no sentence to it."""
    opening = re.match(r"(?:where|when|who)\s[^;]*", sentence, re.IGNORECASE)
    return opening is not None and not _GOES_ON_AFTER.search(opening[0])


# "When a plant flowers early, usually because of heat" has no further clause.
_GOES_ON_AFTER = re.compile(
    r",(?!\s+(?:usually|often|mostly|typically|sometimes|especially|because|such\s+as|e\.g\.|so\s+that|but\s+not|rather\s+than|or|and|from|in|on|at|with|by|until)\s)"
)


_OTHER_NAME = re.compile(
    r"(?:also|sometimes|often)\s+(?:called|known\s+as|named)\s+[^.]{2,80}\.\s+(?=\S)", re.IGNORECASE
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


def _is_told_by_clause(sentence: str) -> bool:
    """Whether a sentence is a noun without article and what somebody does with it."""
    found = _OF_OURS.match(sentence) or _DONE_BY.match(sentence)
    words = found["head"].casefold().split() if found else []
    before = _subject(sentence)
    return (
        bool(words)
        and (before is None or before.endswith((" but ", " and ", " or ")))
        and words[0] not in IMPERATIVES | _DETERMINERS
        and (_NO_NOUN | _PREPOSITIONS).isdisjoint(words)
        and not words[-1].endswith("ly")
    )


_NO_NOUN = frozenset(
    "last next this these that those some every each most many all both sometimes usually often later soon "
    "here there then now today yesterday tomorrow tonight first second third finally once twice again still "
    "even also maybe perhaps without within during after before until since while when where what why how so "
    "if which who whose this only just yes no thanks let".split()
)


def _same_head(term: str, subject: str) -> bool:
    """Whether a subject is the term but for what one of them leaves out: "the gap" under "generalization
    gap"."""
    one, other = label_key(term), label_key(_ARTICLE.sub("", subject.strip()))
    return bool(other) and (one.endswith(other) or other.endswith(one))


def is_sentence(text: str) -> bool:
    """Whether a text is at least one plain sentence: four words, and no small letter at its start."""
    words = text.split()
    return len(words) >= 4 and (words[0][0].isupper() or not words[0][0].isalpha())


def clauses(text: str) -> Iterator[str]:
    """The sentences of a text, each in one line."""
    words = " ".join(text.split())
    for start, end in sentences(words):
        yield words[start:end]
