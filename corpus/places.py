"""Places in a text: ranges of its characters, and the lines that they stand on.

A rule that is asked for each sentence of a long paragraph must not look at the whole paragraph each time:
what is asked here again and again is looked up.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

Span = tuple[int, int]
_NEAR = 1000  # characters in which line ends are counted as quickly as they are looked up


def beginning_in(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Of ranges in order, those that begin at `start` or behind it, and before `end`.

    >>> beginning_in([(0, 4), (5, 9), (12, 14)], 4, 12)
    [(5, 9)]
    """
    return spans[bisect_left(spans, start, key=_begin) : bisect_left(spans, end, key=_begin)]


def meeting(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Of ranges in order that do not overlap, those that have characters in common with `start` to `end`.

    >>> meeting([(0, 4), (5, 9), (12, 14)], 4, 6)
    [(5, 9)]
    """
    return spans[bisect_right(spans, start, key=_stop) : bisect_left(spans, end, key=_begin)]


_begin: Callable[[Span], int] = itemgetter(0)
_stop: Callable[[Span], int] = itemgetter(1)


def lines_before(text: str, place: int) -> int:
    """How many lines end before a place.

    >>> lines_before("ebb\\nflood\\nebb", 5)
    1
    """
    return text.count("\n", 0, place) if place < _NEAR else bisect_left(_line_ends(text), place)


@lru_cache(maxsize=128)
def _line_ends(text: str) -> tuple[int, ...]:
    return tuple(place for place, sign in enumerate(text) if sign == "\n")
