"""What a defining sentence looks like in English: tests on words, with nothing of any subject in them.

A definition says what its term is: the term is the sentence's subject ("A basis is a set ..."), or the
sentence is the definition itself, without a subject of its own ("A set of vectors that ..."). Prose that goes
on talking begins with a person ("We"), a link to what came before ("So"), an instruction, or a subject that
is something else.
"""

import re
from collections.abc import Iterator

from corpus.labels import label_key
from corpus.markdown import sentences

_ASIDE = re.compile(
    r"(?:we|you|i|he|she|let|let's|lets|here|now|next|so|but|and|or|if|when|while|once|before|after|as|since|because|"
    r"to|this|these|that|those|it|they|there|see|note|remember|recall|suppose|consider|imagine|try|make|use|run|"
    r"click|open|download|install|type|enter|create|write|read|answer|please|welcome|below|above|first|second|third|"
    r"finally|then|also|however|for|like|unlike|what|why|who|where|which|our|my|your|their|"
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
_SCOPE = re.compile(r"(?:in|for|within)\s+[^,.;:]{3,60}?,\s+", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:a|an|the|one|any|each|every|two|several|some|another)\s+\S", re.IGNORECASE)
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
    r"with|made|given|needed|required|applied|added|held|in\s+which|by\s+which|designed|intended|written)\s",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"(?:(?:often|usually|generally|typically|commonly|sometimes)\s+)?(?:refers?\s+to|means?|describes?|denotes?)\s",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:a\s+)?(?:synonym|synonymous|short\s+for|abbreviation|acronym|another\s+(?:name|word|term)|same\s+as|alternative\s+name)\b",
    re.IGNORECASE,
)
_IDLE_GERUND = frozenset(
    "using working looking according depending following starting having getting".split()
)
_VERB = re.compile(
    r"(?:is|are|was|were|means?|refers?|describes?|denotes?|consists?|[a-z]+(?:s|es|ies)|can|may|will)\b",
    re.IGNORECASE,
)


def first_sentence(text: str) -> str:
    """The first sentence of a text, in one line."""
    words = " ".join(text.split())
    start, end = next(iter(sentences(words)), (0, len(words)))
    return words[start:end]


def is_subject(term: str, text: str) -> bool:
    """Whether a text's first sentence is about the term: "A basis is ...", "Bases (of a space) are ..."."""
    sentence = first_sentence(text)
    scope = _SCOPE.match(sentence)
    return any(
        _opens_with(term, words) for words in (sentence, sentence[scope.end() :] if scope else sentence)
    )


def _opens_with(term: str, sentence: str) -> bool:
    key = label_key(term)
    words = list(re.finditer(r"\S+", sentence[:200]))
    for count in range(1, min(len(words), len(term.split()) + 3) + 1):
        end = words[count - 1].end()
        if label_key(sentence[:end].rstrip(",:")) == key:
            rest = re.sub(r"^(?:\s*\([^)]*\))?(?:,[^.]{1,100}?,)?\s*", "", sentence[end:])
            return bool(_VERB.match(rest))
    return False


def opens_an_aside(text: str) -> bool:
    """Whether a text goes on talking: to somebody, from something said before, or to tell what to do."""
    return bool(_ASIDE.match(text.lstrip()))


def speaks(text: str) -> bool:
    """Whether somebody speaks here: a transcript, not a definition."""
    return bool(_SPEAKS.match(text.lstrip()))


def asks(sentence: str) -> bool:
    """Whether a sentence is a question from its first word on."""
    return sentence.rstrip().endswith("?") and bool(_ASKS.match(sentence))


def points_elsewhere(text: str) -> bool:
    """Whether a text only gives another name: "Synonym for ...", "Short for ..."."""
    return bool(_POINTS.match(text.lstrip()))


def _subject(sentence: str) -> str | None:
    """The words before a sentence's main verb; None when it has none before its first clause ends: a
    fragment."""
    verb = _FINITE.search(sentence)
    clause = _SUBORDINATE.search(sentence)
    return sentence[: verb.start()] if verb and (not clause or verb.start() < clause.start()) else None


def says_what_it_is(term: str, text: str, shortest: int = 5) -> bool:
    """Whether a text that stands under a name says what that is. `shortest` counts words."""
    sentence = first_sentence(text)
    if points_elsewhere(text):
        return True
    if len(text.split()) < shortest or asks(sentence):
        return False
    if is_subject(term, text):
        return True
    scope = _SCOPE.match(sentence)
    rest = sentence[scope.end() :] if scope else sentence
    if scope and _REFERS.match(rest):
        return True
    if rest.startswith(("how ", "what ", "whether ")):
        return True
    if opens_an_aside(sentence) or not rest:
        return False
    subject = _subject(rest)
    if subject is not None:
        return _same_head(term, subject)
    opening = rest.split(maxsplit=1)[0].casefold()
    if _DETERMINER.match(rest):
        return True
    if opening.endswith("ing") and len(opening) > 4:
        return opening not in _IDLE_GERUND
    fragment = _OPENS_FRAGMENT.match(rest)
    described = fragment is not None and not fragment["head"].casefold().endswith("ed")
    return described or bool(_REFERS.match(rest)) or opening in ("how", "whether", "what")


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
