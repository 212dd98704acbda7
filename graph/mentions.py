"""Where labels are used in prose.

Text and labels are folded word by word (case, accents, hyphens, plurals, possessives) into one stream, in
which an Aho-Corasick automaton finds all labels at once: linear in the text, whatever the number of labels.
All matches are taken first and chosen among afterwards, longest first: an automaton that reports only the
longest match loses the shorter ones that a failed word boundary hides.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from corpus.labels import ACRONYM_PLURAL, GREEK, label_words, singular
from corpus.model import Document
from graph.verbs import is_verb

_WORD = re.compile(r"([^\W_]+(?:[+#]+(?!\w))?)(?:['’]s?(?!\w))?")
# What may stand between the words of one label.
_JOINS = re.compile(r"[-‐‑/ \n\t]*\Z")
# Joined to the word before it without a blank, these belong to a longer word: "multi-class" is no mention of
# "class".
_HYPHENS = "-‐‑"
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9][A-Za-z0-9&-]{1,9}\Z")
# With these a word begins that is written in one, with a hyphen, or in two. Not with "over", which is a word
# of its own: what goes on over time is no overtime.
_PREFIXES = tuple(
    "anti auto bi co cyber hyper inter micro mini multi non pre semi sub super tele ultra".split()
)
_SHORTEST_REST = 4
_ADDRESS_SIGNS = frozenset("/@.=&?%#:-~+")
_NO_BLANK = re.compile(r"\S+")
_LONGEST_ADDRESS = 300
_ADDRESS = re.compile(r"\w://|\bwww\.|\w@\w")
# Words that carry no meaning alone, even when a note has a heading of that name.
_TOO_COMMON = frozenset(
    "a an and are as at be but by do for from has have if in is it its no not of on or so that the then this "
    "to was we with you".split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """A use of a label in a text: whose, and the half-open range of the text. `near` tells that the label is
    only near the definition sure to mean it; `name` is what a link names, where the words are others."""

    owner: int
    start: int
    end: int
    near: bool = False
    name: str = ""


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    word = word if word.islower() else ACRONYM_PLURAL.sub(r"\1", word)
    decomposed = unicodedata.normalize("NFKD", word) if not word.isascii() else word
    folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return singular(GREEK.get(folded, folded))


@dataclass(frozen=True, slots=True)
class _Stream:
    """Folded words joined by blanks: where each begins, and where the word that it stands for begins and ends
    in the original text. Arrays, because there is one number for each word of the notes."""

    text: str
    starts: Sequence[int]
    lows: Sequence[int]
    highs: Sequence[int]


def blanked(text: str, masked: Sequence[tuple[int, int]]) -> str:
    """A text with what is masked made unreadable, every place where it was."""
    kept: list[str] = []
    reached = 0
    for start, end in sorted(masked):
        kept += (text[reached:start], "\x00" * (end - max(start, reached)))
        reached = max(reached, end)
    return "".join((*kept, text[reached:]))


@lru_cache(maxsize=131072)
def _stream(text: str, masked: tuple[tuple[int, int], ...]) -> _Stream:
    return _read_stream(text, masked)


def _read_stream(text: str, masked: tuple[tuple[int, int], ...]) -> _Stream:
    text = blanked(text, masked)
    words: list[str] = []
    starts, lows, highs = array("I"), array("I"), array("I")
    length, reached = 1, 0
    for match in _WORD.finditer(text):
        low, high = match.span(1)
        gap = text[reached:low]
        if gap != " " and not _JOINS.match(gap):
            words.append("\x01")
            starts.append(length)
            lows.append(reached)
            highs.append(low)
            length += 2
        word = _fold(match[1])
        words.append(word)
        starts.append(length)
        lows.append(low)
        highs.append(high)
        length += len(word) + 1
        reached = match.end()
    return _Stream(f" {' '.join(words)} ", starts, lows, highs)


def words_of(document: Document) -> frozenset[str]:
    """The folded words of a document's headings, prose, definitions and relations: no label of others is
    found in it."""
    texts: set[tuple[str, tuple[tuple[int, int], ...]]] = {(s.title, ()) for s in document.sections}
    texts |= {(p.text, p.masked) for section in document.sections for p in section.passages}
    texts |= {(p.text, p.masked) for definition in document.definitions for p in definition.passages}
    texts |= {(name, ()) for said in document.relations for name in (said.one, said.other)}
    return frozenset(chain.from_iterable(_stream(*text).text.split() for text in texts))


def forget_texts() -> None:
    """Let go of the texts that were searched: a finished build needs them no more."""
    _stream.cache_clear()


class Pattern(NamedTuple):
    """A label in one of the forms in which it is looked for, with all that finding it goes by: its folded
    words, whose it is, whether it is found in capitals only (`exact`), whether it counts only `near` the
    definition, whether as a `noun` only, and whether only in one piece (`joined`)."""

    words: str
    owner: int
    exact: bool
    near: bool
    noun: bool
    joined: bool


class LabelFinder:
    """Finds the labels of many owners in texts. `labels` gives each owner's labels as written, `near` tells
    which of them count only near the definition, and `done` holds the owners of which verbs speak, too.

    A label that two owners claim belongs to the first. Labels that are acronyms are found in capitals only.
    """

    def __init__(
        self,
        labels: Iterable[tuple[int, Iterable[str]]],
        near: Callable[[int, str], bool] = lambda _owner, _label: False,
        done: Container[int] = (),
    ) -> None:
        owners: dict[str, int] = {}
        exact: dict[str, bool] = {}
        nearby: dict[str, bool] = {}
        joined: set[str] = set()
        for owner, names in labels:
            for name in names:
                for pattern in _patterns(name):
                    if _JOINED_NAME.fullmatch(name) and pattern not in owners:
                        joined.add(pattern)
                    if owners.setdefault(pattern, owner) == owner:
                        exact[pattern] = exact.get(pattern, True) and bool(_ACRONYM.match(name))
                        nearby[pattern] = nearby.get(pattern, True) and near(owner, name)
        self._patterns = [
            Pattern(p, owner, exact[p], nearby[p], " " not in p and owner not in done, p in joined)
            for p, owner in owners.items()
        ]
        self._parts: list[frozenset[str]] = []
        self._by_word: dict[str, list[int]] = {}
        # A blank on either side is part of each pattern: it holds the word boundary.
        spaced = [f" {p} " for p in owners]
        self._automaton = AhoCorasick(spaced, matchkind=MatchKind.Standard) if spaced else None

    def find(
        self, text: str, masked: Iterable[tuple[int, int]] = (), *, remembered: bool = True
    ) -> list[Match]:
        """The uses in a text, in order; none overlap: the longest wins, then the leftmost. A text that will
        hardly be asked about again, in a process that lives long, is better not `remembered`."""
        if self._automaton is None or not text:
            return []
        stream = (_stream if remembered else _read_stream)(text, tuple(masked))
        found: list[tuple[int, int, Pattern]] = []
        for number, start, end in self._automaton.find_matches_as_indexes(stream.text, overlapping=True):
            pattern = self._patterns[number]
            first = bisect_right(stream.starts, start + 1) - 1
            last = bisect_right(stream.starts, end - 2) - 1
            low, high = stream.lows[first], stream.highs[last]
            if pattern.exact and not _in_capitals(text[low:high]):
                continue
            if pattern.joined and " " in text[low:high]:
                continue
            if _stands_alone(text, low, high) and not (pattern.noun and is_verb(text, low, high)):
                found.append((low, high, pattern))
        found.sort(key=lambda m: (m[0] - m[1], m[0]))
        chosen = sorted(_disjoint(found))
        return [Match(p.owner, start, end, p.near) for start, end, p in chosen]

    def possible(self, words: AbstractSet[str]) -> list[Pattern]:
        """All that `find` goes by in texts of these folded words: the patterns that could stand in them."""
        if not self._by_word:
            self._parts = [frozenset(pattern.words.split()) for pattern in self._patterns]
            self._by_word = defaultdict(list)
            for number, parts in enumerate(self._parts):
                self._by_word[max(parts, key=lambda part: (len(part), part))].append(number)
        found = (n for word in words if word in self._by_word for n in self._by_word[word])
        return sorted(self._patterns[n] for n in found if self._parts[n] <= words)


# Words that mean something else behind these: "for example", "in order to", "take stock".
_PHRASES = {
    word: re.compile(rf"(?<!\w)(?:{before})\s\Z", re.IGNORECASE)
    for before, words in (
        ("for", "example instance"),
        ("in", "order fact case turn addition particular general"),
        ("of", "course"),
        ("take|takes|taking|took", "stock place turns part care note"),
        ("it['’]s|it is", "true"),
    )
    for word in words.split()
}
_LONGEST_BEFORE = 12


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether words are words of the text, and no part of a longer one, of an address or of a phrase."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    hyphenated = (before in _HYPHENS and before and text[start - 2 : start - 1].isalnum()) or (
        after in _HYPHENS and after and text[end + 1 : end + 2].isalnum()
    )
    # "anchor.js" has a name of its own, where "anchor.Then" wants a blank.
    dotted = (before == "." and text[start - 2 : start - 1].isalnum() and text[start].islower()) or (
        after == "." and text[end + 1 : end + 2].islower()
    )
    # "For example" is a phrase, not a use of the word.
    before_it = _PHRASES.get(text[start:end].casefold())
    idle = (
        before_it is not None and before_it.search(text, max(0, start - _LONGEST_BEFORE), start) is not None
    )
    apart = before not in ("_", "@", "#") and after != "_"
    return apart and not (idle or hyphenated or dotted or _in_address(text, start, end))


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether words stand in an address of the web or of mail that is spelled out in the text."""
    if text[start - 1 : start] not in _ADDRESS_SIGNS and text[end : end + 1] not in _ADDRESS_SIGNS:
        return False
    first = max(0, start - _LONGEST_ADDRESS)
    low = max(first, *(text.rfind(blank, first, start) + 1 for blank in " \n"))
    written = _NO_BLANK.match(text, low, start + _LONGEST_ADDRESS)
    return written is not None and bool(_ADDRESS.search(written[0]))


def _disjoint(found: list[tuple[int, int, Pattern]]) -> Iterator[tuple[int, int, Pattern]]:
    taken: dict[int, int] = {}
    order: list[int] = []
    for start, end, pattern in found:
        place = bisect_right(order, start)
        if (place and taken[order[place - 1]] > start) or (place < len(order) and order[place] < end):
            continue
        order.insert(place, start)
        taken[start] = end
        yield start, end, pattern


# "Weigh-in", "start-up": "we weigh in the shed" is no use of it.
_JOINED_NAME = re.compile(r"[\w'’]+-(?:in|out|on|off|up|down|by|to|for|over|away)s?", re.IGNORECASE)


def _in_capitals(words: str) -> bool:
    return sum(c.isupper() for c in words) >= 2


def _patterns(label: str) -> Iterator[str]:
    words = [_fold(w) for w in label_words(label)]
    pattern = " ".join(words)
    common = pattern in _TOO_COMMON and not _ACRONYM.match(label)
    if len(pattern) < 2 or common or pattern.isdigit():
        return
    # A sign inside a name ("A* search") stands between its words in the text, too.
    if (spelled := _stream(label, ()).text.strip()) != pattern and spelled.count(" ") > pattern.count(" "):
        yield spelled
    yield pattern
    if len(words) == 2 and len(pattern) > 6:
        yield "".join(words)
    if len(words) == 1 and not _ACRONYM.match(label):
        for prefix in _PREFIXES:
            if pattern.startswith(prefix) and len(pattern) >= len(prefix) + _SHORTEST_REST:
                yield f"{prefix} {pattern[len(prefix) :]}"
