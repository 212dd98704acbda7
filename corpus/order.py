"""In which order notes are read: documents sorted as the notes themselves say, and the lessons they make
up."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from corpus.model import Document, Lesson, LessonId, Section

# A single document is a course of level-2 lessons, unless those are just the entries of a long list.
_MOST_FLAT_LESSONS = 40
_INDEX_NAMES = ("readme", "index", "_index", "summary", "_toc", "contents")


NaturalKey = tuple[tuple[tuple[tuple[int, int | str], ...], ...], str]


def natural_key(path: str) -> NaturalKey:
    """A sort key for paths in which 10 comes after 9, and a folder's front page before all else in it."""
    parts = PurePosixPath(path).parts
    name = () if is_index(path) else _numbers(PurePosixPath(path).stem)
    return (*map(_numbers, parts[:-1]), name), path


def _numbers(part: str) -> tuple[tuple[int, int | str], ...]:
    pieces = re.findall(r"\d+|\D+", part.casefold())
    return tuple((0, int(p[:12])) if p.isdigit() and p.isascii() else (1, p) for p in pieces)


def is_index(path: str) -> bool:
    """Whether a file is the front page of its folder."""
    return PurePosixPath(path).stem.casefold() in _INDEX_NAMES


def contents_page(documents: Iterable[Document]) -> Document | None:
    """The front page of the notes, if it links at least half of the other documents: its links are their
    order."""
    documents = tuple(documents)
    paths = {d.path for d in documents}
    fronts = [d for d in documents if is_index(d.path)]
    for front in sorted(fronts, key=lambda d: (len(PurePosixPath(d.path).parts), natural_key(d.path))):
        linked = [p for p in front.linked_files if p in paths and p != front.path]
        if len(documents) > 1 and len(linked) >= 2 and 2 * len(linked) >= len(documents) - 1:
            return front
    return None


def in_reading_order(documents: Sequence[Document], navigation: Sequence[str] = ()) -> tuple[Document, ...]:
    """The documents as the notes order them: by a navigation file, a contents page, numbers in front matter;
    else by path. `navigation` holds the paths that a navigation file lists, in its order."""
    front = contents_page(documents)
    listed = list(navigation) or ([front.path, *front.linked_files] if front else [])
    places = {path: place for place, path in reversed(list(enumerate(listed)))}
    numbered = sum(d.order is not None for d in documents) * 2 > len(documents)

    def key(document: Document) -> tuple[object, ...]:
        place = places.get(document.path, len(places))
        order = document.order if numbered and document.order is not None else 0.0
        return (
            place,
            PurePosixPath(document.path).parent.as_posix() if numbered else "",
            order,
            natural_key(document.path),
        )

    return tuple(sorted(documents, key=key))


def lessons_of(documents: Sequence[Document]) -> tuple[Lesson, ...]:
    """The lessons: the level-2 sections of a single document, otherwise the documents without the contents
    page."""
    if len(documents) == 1:
        return _lessons_in(documents[0])
    front = contents_page(documents)
    return tuple(
        Lesson(LessonId(d.slug), d.title, d.path, tuple(s.id for s in d.sections))
        for d in documents
        if front is None or d.path != front.path
    )


def _lessons_in(document: Document) -> tuple[Lesson, ...]:
    tops = [s for s in document.sections if s.level == 2]
    has_inner = any(s.level > 2 for s in document.sections)
    if not tops or (len(tops) > _MOST_FLAT_LESSONS and not has_inner):
        whole = LessonId(document.slug or "notes")
        return (Lesson(whole, document.title, document.path, tuple(s.id for s in document.sections)),)
    groups: list[tuple[Section, list[Section]]] = []
    for section in document.sections:
        if section.level == 2:
            groups.append((section, [section]))
        elif groups and section.level > 2:
            groups[-1][1].append(section)
        elif groups:
            # Another level-1 heading: its text is a lesson of its own.
            groups.append((section, [section]))
    return tuple(
        Lesson(LessonId(top.id), top.title, document.path, tuple(s.id for s in sections))
        for top, sections in groups
    )
