"""The best few words of a text for a hit, with what was found marked. Everything else is escaped."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from indexer.words import Finder, Found, composed

SNIPPET_LENGTH = 220  # characters, about two lines
_LEAD = 60  # characters that may stand before the first marked word
_LONGEST_TEXT = 20_000  # what stands further down in one passage is found, but not shown


class _Window(NamedTuple):
    worth: tuple[int, int]
    text: str
    start: int
    end: int
    marks: list[Found]


def snippet(texts: Sequence[str], finder: Finder) -> str:
    """HTML: the stretch of at most about SNIPPET_LENGTH characters in which most terms stand, in whole words,
    the found words in <mark>. Without any of the terms it is the beginning of the first text."""
    lines = [_one_line(text) for text in texts]
    candidates = [_best_window(line, marks) for line in lines if (marks := list(finder.found_in(line)))]
    if candidates:
        return _written(max(candidates, key=lambda window: window.worth))
    text = next(filter(None, lines), "")
    return _written(_Window((0, 0), text, 0, _word_end(text, SNIPPET_LENGTH), []))


def _one_line(text: str) -> str:
    return " ".join(composed(text[:_LONGEST_TEXT]).split())


def _best_window(line: str, marks: list[Found]) -> _Window:
    """The stretch from one mark on that holds the most different terms, then the most marks."""
    best, best_range = (0, 0), (0, 0)
    inside: dict[str, int] = {}
    last = 0
    for first, mark in enumerate(marks):
        reach = mark.start + SNIPPET_LENGTH - _LEAD
        while last == first or (last < len(marks) and marks[last].end <= reach):
            for term in marks[last].terms:
                inside[term] = inside.get(term, 0) + 1
            last += 1
        worth = (len(inside), last - first)
        if worth > best:
            best, best_range = worth, (first, last)
        for term in mark.terms:
            inside[term] -= 1
            if not inside[term]:
                del inside[term]
    first, last = best_range
    start = _word_start(line, max(0, marks[first].start - _LEAD))
    end = max(_word_end(line, start + SNIPPET_LENGTH), marks[last - 1].end)
    return _Window(best, line, start, end, marks[first:])


def _word_start(line: str, place: int) -> int:
    """The first beginning of a word at or after the place."""
    if place == 0 or line[place - 1 : place] == " ":
        return place
    space = line.find(" ", place, place + _LEAD)
    return place if space < 0 else space + 1


def _word_end(line: str, place: int) -> int:
    """The last end of a word at or before the place."""
    if place >= len(line):
        return len(line)
    space = line.rfind(" ", max(0, place - _LEAD), place + 1)
    return place if space < 0 else space


def _written(window: _Window) -> str:
    written = ["… "] if window.start > 0 else []
    place = window.start
    for mark in window.marks:
        if mark.end > window.end:
            break
        found = escape(window.text[mark.start : mark.end])
        written += (escape(window.text[place : mark.start]), f"<mark>{found}</mark>")
        place = mark.end
    written.append(escape(window.text[place : window.end]))
    if window.end < len(window.text):
        written.append(" …")
    return "".join(written)
