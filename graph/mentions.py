"""Where labels are used in prose.

Text and labels are folded word by word (case, accents, hyphens, plurals, possessives) into one stream, in
which an Aho-Corasick automaton finds all labels at once: linear in the text, whatever the number of labels.
All matches are taken first and chosen among afterwards, longest first: an automaton that reports only the
longest match loses the shorter ones that a failed word boundary hides.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from corpus.labels import label_words, singular

_TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:[+#]+(?!\w))?)|(?P<own>['’]s?(?!\w))|(?P<join>[-‐‑/ \n\t]+)|(?P<stop>.)", re.DOTALL
)
# Joined to the word before it without a blank, these belong to a longer word: "multi-class" is no mention of
# "class".
_HYPHENS = "-‐‑"
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9][A-Za-z0-9&-]{1,9}\Z")
# Words that carry no meaning alone, even when a note has a heading of that name.
_TOO_COMMON = frozenset(
    "a an and are as at be but by do for from has have if in is it its no not of on or so that the then this "
    "to was we with you".split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """A use of a label in a text: whose, and the half-open range of the text."""

    owner: int
    start: int
    end: int


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word) if not word.isascii() else word
    return singular("".join(c for c in decomposed if not unicodedata.combining(c)).casefold())


@dataclass(frozen=True, slots=True)
class _Stream:
    """Folded words joined by blanks, with the range of the original text that each stands for."""

    text: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def _stream(text: str, masked: Iterable[tuple[int, int]]) -> _Stream:
    for start, end in masked:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    words: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 1
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind in ("join", "own"):
            continue
        word = "\x01" if kind == "stop" else _fold(token[0])
        if kind == "stop" and words and words[-1] == "\x01":
            continue
        words.append(word)
        starts.append(length)
        spans.append(token.span())
        length += len(word) + 1
    return _Stream(f" {' '.join(words)} ", tuple(starts), tuple(spans))


class LabelFinder:
    """Finds the labels of many owners in texts. `labels` gives each owner's labels as written.

    A label that two owners claim belongs to the first. Labels that are acronyms are found in capitals only.
    """

    def __init__(self, labels: Iterable[tuple[int, Iterable[str]]]) -> None:
        owners: dict[str, int] = {}
        exact: dict[str, bool] = {}
        for owner, names in labels:
            for name in names:
                for pattern in _patterns(name):
                    if pattern not in owners:
                        owners[pattern] = owner
                        exact[pattern] = bool(_ACRONYM.match(name))
                    elif owners[pattern] == owner:
                        exact[pattern] = exact[pattern] and bool(_ACRONYM.match(name))
        self._patterns = list(owners)
        self._owners = [owners[p] for p in self._patterns]
        self._exact = [exact[p] for p in self._patterns]
        # A blank on either side is part of each pattern: it holds the word boundary.
        spaced = [f" {p} " for p in self._patterns]
        self._automaton = AhoCorasick(spaced, matchkind=MatchKind.Standard) if spaced else None

    def find(self, text: str, masked: Iterable[tuple[int, int]] = ()) -> list[Match]:
        """The uses in a text, in order; none overlap: the longest wins, then the leftmost."""
        if self._automaton is None or not text:
            return []
        stream = _stream(text, masked)
        found: list[tuple[int, int, int]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(stream.text, overlapping=True):
            first = bisect_right(stream.starts, start + 1) - 1
            last = bisect_right(stream.starts, end - 2) - 1
            low, high = stream.spans[first][0], stream.spans[last][1]
            if self._stands_alone(text, low, high) and (
                not self._exact[pattern] or _in_capitals(text[low:high])
            ):
                found.append((low, high, self._owners[pattern]))
        found.sort(key=lambda m: (m[0] - m[1], m[0]))
        return sorted((Match(o, s, e) for s, e, o in _disjoint(found)), key=lambda m: m.start)

    @staticmethod
    def _stands_alone(text: str, start: int, end: int) -> bool:
        before = text[start - 1 : start]
        after = text[end : end + 1]
        hyphenated = (before in _HYPHENS and before and text[start - 2 : start - 1].isalnum()) or (
            after in _HYPHENS and after and text[end + 1 : end + 2].isalnum()
        )
        # "For example" is a phrase, not a use of the word.
        idle = text[start:end].casefold() in ("example", "instance") and text[:start].casefold().endswith(
            "for "
        )
        return not idle and not hyphenated and before not in ("_", "@", "#") and after != "_"


def _disjoint(found: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    taken: dict[int, int] = {}
    order: list[int] = []
    for start, end, owner in found:
        place = bisect_right(order, start)
        if (place and taken[order[place - 1]] > start) or (place < len(order) and order[place] < end):
            continue
        order.insert(place, start)
        taken[start] = end
        yield start, end, owner


def _in_capitals(words: str) -> bool:
    return sum(c.isupper() for c in words) >= 2


def _patterns(label: str) -> Iterator[str]:
    words = [_fold(w) for w in label_words(label)]
    pattern = " ".join(words)
    if len(pattern) < 2 or pattern in _TOO_COMMON or pattern.isdigit():
        return
    yield pattern
    if len(words) == 2 and len(pattern) > 6:
        yield "".join(words[:-1]) + words[-1]


def quick_counts(
    finder: LabelFinder, texts: Iterable[tuple[str, tuple[tuple[int, int], ...]]]
) -> Mapping[int, int]:
    """How often each owner's labels are used in all the texts."""
    counts: dict[int, int] = {}
    for text, masked in texts:
        for match in finder.find(text, masked):
            counts[match.owner] = counts.get(match.owner, 0) + 1
    return counts
