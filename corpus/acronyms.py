"""Acronyms: short names, the words that they stand for, and where texts put both beside each other.

After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical
text", with the letters also allowed to come first: `MLP (multi-layer perceptron)`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.labels import label_key, looks_like_term
from corpus.model import AliasKind

_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def is_acronym_of(short: str, long: str) -> bool:
    """Whether the letters of `short` stand for words of `long`: each in order, the first starting its first
    word.

    >>> is_acronym_of("SGD", "stochastic gradient descent"), is_acronym_of("ReLU", "rectified linear unit")
    (True, True)
    """
    letters = _NO_LETTERS.sub("", short.removesuffix("s").casefold())
    words = [w for w in _NO_LETTERS.split(long.casefold()) if w]
    if letters[:1].isdigit():
        words = [_ORDINALS.get(word, word) for word in words]
    if (
        not letters
        or not words
        or words[0][0] != letters[0]
        or len(letters) < 2
        or label_key(short) == label_key(long)
    ):
        return False
    # From the right, as Schwartz and Hearst do: each letter somewhere, the first at the start of the first
    # word.
    text = " ".join(words)
    at = len(text)
    for letter in reversed(letters[1:]):
        at = text.rfind(letter, 1, at)
        if at < 1:
            return False
    initials = sum(1 for w in words if w[0] in letters)
    return initials >= min(2, len(letters)) and len(words) <= len(letters) + 4


# "First normal form (1NF)".
_ORDINALS = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth".split(), "123456789", strict=True)
)
_SHORT_NAME = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9&/.-]{1,11}")
_LINKING = frozenset("of and the for in to on with by a an".split())
_NO_LINKING = frozenset("is are was that which used whose who or from".split())


def spells(short: str, words: str) -> bool:
    """Whether words are what a short name in capitals stands for, and nothing more.

    >>> spells("MTU", "maximum transmission unit"), spells("AR", "abbreviation for augmented reality")
    (True, False)
    """
    every = words.casefold().split()
    content = [word for word in every if word not in _LINKING]
    letters = sum(c.isalnum() for c in short)
    return (
        bool(_SHORT_NAME.fullmatch(short))
        and 1 < len(content) <= letters
        and short.casefold() not in every
        and not _NO_LINKING & set(every)
        and is_acronym_of(short, words)
    )


_EXPANSION = re.compile(
    r"(?:(?:short|stands)\s+for\s+)?(?:the\s+|an?\s+)?(?P<words>[\w'’/-]+(?:\s+[\w'’/&-]+){1,8}?)\s*(?=[.,;:(]|\s[-–—]{1,3}\s|$)",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 2


def expansion(term: str, text: str) -> str | None:
    """What a short name stands for, if the text under it begins by saying so."""
    match = _EXPANSION.match(text) if _SHORT_NAME.fullmatch(term) else None
    words = match["words"].split() if match else []
    if words and spells(term, " ".join(words)):
        return " ".join(words)
    # "Very high frequency radio": the radio itself is not spelled.
    first = words[: len(term)]
    plain = term.isupper() and term.isalpha() and len(term) > _FEWEST_LETTERS
    initials = "".join(word[0] for word in first).upper()
    return " ".join(first) if plain and initials == term and spells(term, " ".join(first)) else None


@dataclass(frozen=True, slots=True)
class Pair:
    """A long and a short name as they stand in a text, and where they do."""

    long: str
    short: str
    start: int
    end: int
    kind: AliasKind = AliasKind.ACRONYM


SHORT = r"[A-Z][A-Za-z0-9&/-]{1,11}s?"
# Both begin with a character and look back behind it, so that no other is looked at.
_SHORT_IN_BRACKETS = re.compile(rf"\((?<=[ \n]\()({SHORT})\)")
_WORDS_BEFORE = re.compile(r"(?:[\w'’-]+[ \n]+)+\Z")
_LONGEST_LONG = 160
MOST_WORDS = 9
_SHORT_THEN_LONG = re.compile(r"([A-Z](?<!\w[A-Z])[A-Za-z0-9&/-]{1,11}s?)\s+\(([^()]{4,90})\)")


def name_pairs(text: str) -> Iterator[Pair]:
    """Every `long form (ABC)` and `ABC (long form)` of a text, in order, then those that are glossed."""
    if "(" not in text:
        return
    for match in _SHORT_IN_BRACKETS.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, match.start() - _LONGEST_LONG), match.start())
        words = before[0].split() if before else []
        # The shortest run of words before the bracket whose letters fit.
        for count in range(2, min(len(words), MOST_WORDS) + 1):
            long = " ".join(words[-count:])
            if is_acronym_of(match[1], long) and looks_like_term(long, longest=9):
                start = text.rindex(words[-count], 0, match.start())
                yield Pair(long, match[1].removesuffix("s"), start, match.end())
                break
    for match in _SHORT_THEN_LONG.finditer(text):
        long = " ".join(match[2].split())
        if is_acronym_of(match[1], long) and looks_like_term(long, longest=9):
            yield Pair(long, match[1].removesuffix("s"), match.start(), match.end())
    yield from _glosses(text)


_GLOSS = re.compile(
    r"\b(?P<count>one|each|every)\s+(?P<one>[\w-]+(?:\s[\w-]+){0,3})\s+"
    r"\((?:that\s+is|i\.\s?e\.|in\s+other\s+words),?\s+(?P=count)\s+(?P<other>[\w-]+(?:\s[\w-]+){0,2})\)",
    re.IGNORECASE,
)


def _glosses(text: str) -> Iterator[Pair]:
    """ "One lap (that is, one full round)": the name again in other words, and counted alike. "The crew
    (that is, the people)" tells what it is made of, "a whale (that is, a mammal)" of what kind it is."""
    for match in _GLOSS.finditer(text):
        one, other = (" ".join(match[group].split()) for group in ("one", "other"))
        words = {*one.casefold().split(), *other.casefold().split()}
        if looks_like_term(one) and looks_like_term(other) and not words & (_LINKING | _NO_LINKING):
            yield Pair(one, other, match.start("one"), match.end(), AliasKind.ALSO_CALLED)
