"""The numbers that people put into names and titles to say what comes when.

10 comes after 9, 1.10 after 1.9, a chapter before its sections, and a date counts from its year on. Roman
numbers and number words count where the names around them show that they are meant as such.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from unicodedata import normalize

INDEX_NAMES = frozenset({"readme", "index", "_index", "_toc", "contents", "home"})

# A piece of a name: a number with what is under it (1.2), or words.
Piece = tuple[int, tuple[int, ...], str]
NameKey = tuple[Piece, ...]

_PIECES = re.compile(r"\d+(?:[._-]\d+)*|\D+")
_DAY_FIRST = re.compile(r"(\d{1,2})([._-])(\d{1,2})\2(\d{4})(?!\d)")


@lru_cache(maxsize=65536)  # a folder's name is asked about with each of its files
def name_key(name: str) -> NameKey:
    """A sort key for the name of a file or folder.

    >>> sorted(["10-b", "9-a", "1.1 c", "1 intro", "a"], key=name_key)
    ['1 intro', '1.1 c', '9-a', '10-b', 'a']
    """
    name = _DAY_FIRST.sub(r"\4\2\3\2\1", name, count=1)
    pieces = []
    for piece in _PIECES.findall(normalize("NFC", name).casefold()):
        if piece[0].isdigit():
            pieces.append((0, tuple(int(n[:12]) for n in re.split(r"[._-]", piece)), ""))
        elif words := re.sub(r"[\s_-]+", " ", piece).strip(" .,"):
            pieces.append((1, (), words))
    return tuple(pieces)


@lru_cache(maxsize=65536)
def natural_key(path: str) -> tuple[tuple[NameKey, ...], str]:
    """A sort key for paths by their names, with a folder's front page before all else in it."""
    parts = PurePosixPath(path).parts
    name = () if is_index(path) else name_key(PurePosixPath(path).stem)
    return (*map(name_key, parts[:-1]), name), path


@lru_cache(maxsize=65536)
def is_index(path: str) -> bool:
    """Whether a file is the front page of its folder: by its name, or because it is named like the folder."""
    place = PurePosixPath(path)
    # A summary may be the last page of a chapter; SUMMARY.md is a table of contents.
    return (
        place.stem.casefold() in INDEX_NAMES
        or place.name == "SUMMARY.md"
        or place.stem.casefold() == place.parent.name.casefold()
    )


_FRONT = frozenset(
    (
        "intro|introduction|preface|foreword|prologue|welcome|overview|getting started|start here|begin here|"
        "read me first|read this first|syllabus"
    ).split("|")
)
_BACK = frozenset(
    (
        "conclusion|conclusions|epilogue|afterword|appendix|appendices|glossary|references|bibliography|"
        "further reading|acknowledgements|acknowledgments|credits|changelog|license|licence|contributing|"
        "code of conduct|security|final exam|exam|exams|copies|copy|backup|backups|archive|archived|old|"
        "includes|snippets|partials"
    ).split("|")
)


_ABOUT_THE_PROJECT = frozenset(
    "changelog|license|licence|contributing|code of conduct|security|support".split("|")
)


def is_about_the_project(path: str) -> bool:
    """Whether a file speaks of the project that keeps the notes, and not of what they are about."""
    return re.sub(r"[\W_]+", " ", PurePosixPath(path).stem.casefold()).strip() in _ABOUT_THE_PROJECT


def place_of_words(name: str) -> int:
    """-1 for what stands before the chapters of any book (a preface), 1 for what stands after, else 0."""
    words = re.sub(r"[\W_]+", " ", name.casefold()).strip()
    behind = words in _BACK or words.startswith("appendix ") or bool(_COPY.search(name))
    return -1 if words in _FRONT else 1 if behind else 0


# As file managers call copies: "knots (copy)", "knots - Copy", "Copy of knots", "knots copy 2".
_COPY = re.compile(r"(?:\(copy(?: \d+)?\)|(?:\s|-)copy(?: \d+)?)\s*\Z|\Acopy of ", re.IGNORECASE)
_WITH_NUMBER = re.compile(
    r"(?:lesson|lecture|lec|chapter|ch|part|week|module|unit|day|section|session|topic|step|class|episode)[\s._-]*\d",
    re.IGNORECASE,
)


def numbered_lessons(names: Sequence[str]) -> list[bool]:
    """Which names of one folder are those of lessons with numbers ("week 1", "lec02"); none of them if those
    are few: then a number says nothing of the others.

    >>> numbered_lessons(["week1", "week2", "midterm"]), numbered_lessons(["part 2", "knots", "sails"])
    ([True, True, False], [False, False, False])
    """
    found = [bool(_WITH_NUMBER.match(name)) for name in names]
    between = sum(not place_of_words(name) for name in names)
    return found if 2 * sum(found) > between else [False] * len(found)


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WORDS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    )
    for number, word in enumerate(words.split(), 1)
}
_SPELLED = re.compile(r"(?:[^\W\d_]+[\s_-]+)?(?P<number>[ivxlc]+|[a-z]+)(?![^\W_])")
_FIRST_WORD = re.compile(r"(?P<number>[^\W\d_]+)(?![^\W_])")


def _spelled(name: str) -> int | None:
    """The number that a name begins with, or that its second word is: "IV-storms", "Part two"."""
    name = name.casefold()
    for pattern in (_FIRST_WORD, _SPELLED):
        found = pattern.match(name)
        if found and (number := _WORDS.get(found["number"]) or _roman(found["number"])):
            return number
    return None


def _roman(letters: str) -> int | None:
    if not re.fullmatch(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", letters) or not letters:
        return None
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


_TITLE_NUMBER = re.compile(
    r"\W*(?:(?:lesson|lecture|chapter|part|week|module|unit|day|section|session|topic|step|class|episode|appendix|"
    r"lektion|kapitel|teil|woche|chapitre|leçon|partie|semaine|lección|capítulo|parte|semana|capitolo|lezione|"
    r"hoofdstuk|les)\s*\.?\s+)?(?:no\.\s*|#\s*)?(?P<number>\d{1,4}(?:\.\d{1,4})*)(?=[\s.:)\]–—-]|$)",
    re.IGNORECASE,
)


def title_number(title: str) -> tuple[int, ...] | None:
    """The number that a title begins with.

    >>> title_number("Lesson 2: The sea"), title_number("3.1 Ebb"), title_number("The 3 seas")
    ((2,), (3, 1), None)
    """
    found = _TITLE_NUMBER.match(title[:80])
    return tuple(int(n) for n in found["number"].split(".")) if found else None


def in_a_row(numbers: Iterable[int | None]) -> bool:
    """Whether most of these count: a one and a two among them, each once."""
    found = list(numbers)
    known = [n for n in found if n is not None]
    return {1, 2} <= set(known) and len(set(known)) == len(known) and 2 * len(known) > len(found)


def numbers_of(names: Sequence[str], titles: Sequence[str]) -> list[tuple[int, ...] | None]:
    """For the names of one folder, and their titles, the number of each where names say it in words or
    titles in figures; nothing but None where names begin with figures, or nothing counts."""
    nothing: list[tuple[int, ...] | None] = [None] * len(names)
    if 2 * sum(any(c.isdigit() for c in name) for name in names) > len(names):
        return nothing
    spelled = [_spelled(name) for name in names]
    if in_a_row(spelled):
        return [None if n is None else (n,) for n in spelled]
    titled = [title_number(title) for title in titles]
    known = [n for n in titled if n is not None]
    counts = len(known) > 1 and len(set(known)) == len(known) and 2 * len(known) > len(titled)
    return titled if counts else nothing
