"""A sorted list of words and which of them begin with, or are spelled almost like, what was typed.

The list is walked as if it were a tree of letters: all words with one beginning stand side by side, so a
branch is a pair of places and a step down is a binary search. Nothing but the list is held in memory.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LONGEST_WORD = 40
_LAST_CHARACTER = 0x10FFFF


class Near(NamedTuple):
    """The half-open range of places whose words are within `distance` typos."""

    first: int
    end: int
    distance: int


def typo_budget(word: str) -> int:
    """How many typos are forgiven: none in up to four letters, one in up to eight, two in longer words, none
    in what is too long to be a word."""
    return 0 if len(word) < 5 or len(word) > _LONGEST_WORD else 1 if len(word) < 9 else 2


def beginning_with(words: Sequence[str], prefix: str) -> tuple[int, int]:
    """The half-open range of places whose words begin with the prefix."""
    first = bisect_left(words, prefix)
    return first, _end_of(words, prefix, first, len(words))


def spelled_like(words: Sequence[str], typed: str, budget: int, *, as_prefix: bool = False) -> Iterator[Near]:
    """The words within `budget` typos of what was typed, or with a beginning that is (`as_prefix`).

    A typo is a letter too many, too few, another one, or two swapped; a wrong first letter counts double.
    """
    if typed and budget > 0:
        start = list(range(len(typed) + 1))
        yield from _walk(words, typed, budget, as_prefix, _Branch(0, len(words), "", start, None))


class _Branch(NamedTuple):
    first: int
    end: int
    prefix: str
    row: list[int]  # distances from the prefix to each beginning of what was typed
    row_before: list[int] | None


def _walk(words: Sequence[str], typed: str, budget: int, as_prefix: bool, branch: _Branch) -> Iterator[Near]:
    depth = len(branch.prefix)
    place = branch.first
    if branch.row_before and min(branch.row) == min(branch.row_before) == budget:
        yield from _exactly(words, typed, budget, as_prefix, branch)
        return
    if as_prefix and depth and branch.row[-1] <= budget:
        yield Near(branch.first, branch.end, branch.row[-1])
        return
    if depth and place < branch.end and len(words[place]) == depth:
        complete = bisect_left(words, branch.prefix + "\0", place, branch.end)
        if branch.row[-1] <= budget:
            yield Near(place, complete, branch.row[-1])
        place = complete
    while place < branch.end:
        letter = words[place][depth : depth + 1]
        prefix = branch.prefix + letter
        end = _end_of(words, prefix, place, branch.end)
        row = _next_row(typed, budget, branch, letter)
        if min(row) <= budget:
            yield from _walk(words, typed, budget, as_prefix, _Branch(place, end, prefix, row, branch.row))
        place = end


def _exactly(
    words: Sequence[str], typed: str, budget: int, as_prefix: bool, branch: _Branch
) -> Iterator[Near]:
    """Those of a branch in which all typos are made: the rest of what was typed follows to the letter."""
    for column, distance in enumerate(branch.row):
        if distance == budget:
            wanted = branch.prefix + typed[column:]
            first = bisect_left(words, wanted, branch.first, branch.end)
            if as_prefix:
                end = _end_of(words, wanted, first, branch.end)
            else:
                end = bisect_left(words, f"{wanted}\0", first, branch.end)
            if first < end:
                yield Near(first, end, budget)


def _next_row(typed: str, budget: int, branch: _Branch, letter: str) -> list[int]:
    """One more row of the optimal string alignment table, as far as it can stay within the budget: what is
    longer or shorter by more than that cannot be meant."""
    above, before = branch.row, branch.row_before
    depth, last = len(branch.prefix) + 1, branch.prefix[-1:]
    # A wrong first letter costs one more wherever the alignment then goes.
    penalty = 1 if depth == 1 and letter != typed[0] else 0
    row = [budget + 1] * (len(typed) + 1)
    if depth <= budget:
        row[0] = above[0] + 1 + penalty
    for column in range(max(1, depth - budget), min(len(typed), depth + budget) + 1):
        expected = typed[column - 1]
        exchanged = above[column - 1] + (letter != expected)
        # Not `min`: this is where most of the time goes.
        cost = exchanged + penalty
        if row[column - 1] < cost:
            cost = row[column - 1] + 1
        if above[column] + penalty < cost:
            cost = above[column] + 1 + penalty
        if before and column > 1 and letter == typed[column - 2] and last == expected:
            cost = min(cost, before[column - 2] + 1)
        row[column] = cost
    return row


def _end_of(words: Sequence[str], prefix: str, first: int, end: int) -> int:
    """Behind the last word with this prefix."""
    if not prefix:
        return end
    last = ord(prefix[-1])
    if last == _LAST_CHARACTER:  # nothing sorts behind it: count
        while first < end and words[first].startswith(prefix):
            first += 1
        return first
    return bisect_left(words, prefix[:-1] + chr(last + 1), first, end)
