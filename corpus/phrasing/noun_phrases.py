"""Noun phrases, which say what a thing is without a verb of their own: "a tide that falls"."""

import re

from corpus.labels import IMPERATIVES
from corpus.phrasing.subjects import subject_of
from corpus.phrasing.talk import DETERMINERS, asks, instructs, opens_an_aside
from corpus.sentences import first_sentence

DETERMINER = re.compile(
    r"(?:a|an|the|one|any|each|every|two|several|some|another|three\s+or\s+more)\s+\S", re.IGNORECASE
)
_AFTER_VERB = frozenset("in on with to from by up down out for at well fast under over into".split())
# "A net in the shed catches no fish": the first noun's own verb, and its object.
VERB_WITH_OBJECT = re.compile(
    r"an?\s+(?:(?!(?:that|which|who|whose|where|when|if|while|as|than|to)\s)[\w'’-]+\s+){0,7}?"
    r"(?!(?:that|which|who|of|in|for|to|with|on|by|from|at|and|or|between|many|some|more|the)\s)[\w'’-]*[^\W\ds]\s+"
    r"[a-z]{2,}(?<!s)s\s+(?:an?|the|its|their|you|us|them|nobody|nothing|everybody|everyone|no|itself|how)\s"
)


def is_noun_phrase(text: str) -> bool:
    """Whether a text's first sentence has no verb of its own before its first clause: "food cut into strips".

    A verb and its object ("open the door") are told by the article that follows the first word.
    """
    sentence = first_sentence(text)
    words = re.findall(r"[\w'’-]+", sentence)
    if len(words) < 3 or opens_an_aside(sentence) or asks(sentence) or subject_of(sentence) is not None:
        return False
    if DETERMINER.match(sentence):
        return not VERB_WITH_OBJECT.match(sentence[:1].lower() + sentence[1:])
    first = words[0].casefold()
    orders = first in IMPERATIVES or instructs(sentence)
    acts = bool(re.fullmatch(r"[a-z]+(?<!s)s", first)) and words[1].casefold() in _AFTER_VERB
    return not orders and not acts and not first.endswith("ed")


# What makes a noun phrase say more than a name: "a tide THAT falls", "a mixture OF flour and fat".
_DIFFERENCE = re.compile(
    r"\s(?:that|which|of|used|using|where|whose|who|in|for|to|with|without|by|from|into|on|at|between|among|made|given|"
    r"when|how|as|like|than|after|before|during|over|under|through|along|across|around|containing|consisting|"
    r"designed|meant|called|[a-z]{3,}ing|[a-z]{3,}ed)\s",
    re.IGNORECASE,
)


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
        or head in DETERMINERS
        or bool(_COMPARED.match(head) or opens_an_aside(text))
    )
    acts = acts or _REFERS_BACK.search(text) is not None
    return plain and joined is not None and not acts and subject_of(text) is None and not instructs(text)
