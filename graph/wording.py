"""How two texts differ, word by word, for people to read; and how alike they are.

Small islands between two changes of words are part of the change: a reader takes in one longer piece more
easily than three with an article in between.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_COMPARED = 400  # words on each side; what is longer is compared at its ends only
_TOKEN = re.compile(r"\s*(?:\w+(?:['’-]\w+)*|[^\w\s])")
_NEARLY = 0.8
_PARTLY = 0.6
_MOST_WORDS = 200
_ISLAND = 3  # letters of a word, or a mark, that stands alone between two changes


class Wording(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of one or both of two texts, with the blanks before them."""

    what: Wording
    text: str


def words_of(text: str) -> list[str]:
    """The words of a text, in any case the same.

    >>> words_of("The *Ebb*, or fall.")
    ['the', 'ebb', 'or', 'fall']
    """
    return re.findall(r"\w+", text.casefold())


class Alike(StrEnum):
    """How one definition reads against another: in the same words, nearly, or in others."""

    SAME = "same"
    NEARLY = "nearly"
    PARTLY = "partly"
    OTHER = "other"


def alike(one: str, other: str) -> Alike:
    """How two texts read against each other, by their words in order.

    >>> alike("The fall of the water.", "the fall of the water").value
    'same'
    """
    first, second = words_of(one), words_of(other)
    if first == second:
        return Alike.SAME
    matcher = SequenceMatcher(None, first[:_MOST_WORDS], second[:_MOST_WORDS], autojunk=False)
    ratio = matcher.ratio()
    return Alike.NEARLY if ratio >= _NEARLY else Alike.PARTLY if ratio >= _PARTLY else Alike.OTHER


def shared(one: Iterable[str], other: Iterable[str]) -> float:
    """How many of their words two texts share, 0 to 1, in whatever order; the same from both sides.

    >>> shared(["a", "ring", "of", "rope"], ["a", "ring", "of", "iron"])
    0.75
    """
    first, second = Counter(one), Counter(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def word_changes(before: str, after: str) -> tuple[Words, ...]:
    """What leads from one text to another: what stayed, what went, what came.

    >>> [(part.what.value, part.text) for part in word_changes("A ring of iron.", "A ring of steel.")]
    [('same', 'A ring of'), ('gone', ' iron'), ('new', ' steel'), ('same', '.')]
    """
    first, second = _TOKEN.findall(" ".join(before.split())), _TOKEN.findall(" ".join(after.split()))
    return tuple(_said(_without_islands(_compared(first, second))))


def excerpt(before: str, after: str) -> tuple[Words, ...]:
    """What `word_changes` says, without the words that are far from any change.

    >>> "".join(part.text for part in excerpt("one " * 20 + "end", "one " * 20 + "stop"))
    '… one one one one one one one one end stop'
    """
    parts = word_changes(before, after)
    last = len(parts) - 1
    return tuple(
        Words(part.what, _shortened(part.text, first=n == 0, last=n == last))
        if part.what is Wording.SAME and last
        else part
        for n, part in enumerate(parts)
    )


_AROUND = 8  # words before and after a change


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    if len(words) <= _AROUND * (1 if first or last else 2) + 1:
        return text
    lead = " " if text[:1].isspace() else ""
    before, after = [] if first else words[:_AROUND], [] if last else words[-_AROUND:]
    return lead + " ".join([*before, "…", *after])


# The tokens of a run before and after. They are the same, but for blanks, where nothing changed.
_Run = tuple[bool, list[str], list[str]]


def _compared(first: list[str], second: list[str]) -> list[_Run]:
    ours, theirs = ([token.strip() for token in tokens] for tokens in (first, second))
    start = _shared_start(ours, theirs)
    end = _shared_start(ours[: start - len(ours) - 1 : -1], theirs[: start - len(theirs) - 1 : -1])
    last, end_of_second = len(ours) - end, len(theirs) - end
    runs: list[_Run] = [(True, first[:start], second[:start])]
    if max(last, end_of_second) - start > MOST_COMPARED:
        runs.append((False, first[start:last], second[start:end_of_second]))
    else:
        matcher = SequenceMatcher(None, ours[start:last], theirs[start:end_of_second], autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            runs.append((what == "equal", first[start + a : start + b], second[start + c : start + d]))
    runs.append((True, first[last:], second[end_of_second:]))
    return [run for run in runs if run[1] or run[2]]


def _shared_start(one: Sequence[str], other: Sequence[str]) -> int:
    length = min(len(one), len(other))
    return next((n for n in range(length) if one[n] != other[n]), length)


def _without_islands(runs: list[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for number, (same, before, after) in enumerate(runs):
        beside = [run for run in (*runs[:number][-1:], *runs[number + 1 :][:1]) if run[1] and run[2]]
        island = same and len(beside) == 2 and len(before) == 1 and len(before[0].strip()) <= _ISLAND
        if joined and not joined[-1][0] and (island or not same):
            joined[-1] = (False, joined[-1][1] + before, joined[-1][2] + after)
        else:
            joined.append((same, before, after))
    return joined


def _said(runs: Iterable[_Run]) -> Iterator[Words]:
    for same, before, after in runs:
        pairs = ((Wording.SAME, after),) if same else ((Wording.GONE, before), (Wording.NEW, after))
        for what, tokens in pairs:
            if tokens:
                yield Words(what, "".join(tokens))
