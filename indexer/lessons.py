"""Which lesson a reader means: by id, title or number, in a search and as the target of a path alike."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from corpus.labels import label_key
from corpus.model import Lesson, LessonId
from indexer.words import terms

_NUMBERED = re.compile(r"(?:lesson|chapter|part|unit|week|module)?\s*(\d{1,4})", re.IGNORECASE)


def lessons_called(name: str, lessons: Sequence[Lesson]) -> tuple[LessonId, ...]:
    """The lessons with this id; else with this title; else, if it is a number ("6", "lesson 6"), the first
    whose title begins so, or the one in this place, 1 for the first; else those whose title has all these
    words."""
    return next((found for way in _ways(name, lessons) if (found := tuple(lesson.id for lesson in way))), ())


def _ways(name: str, lessons: Sequence[Lesson]) -> Iterator[Iterable[Lesson]]:
    key, wanted = label_key(name), set(terms(name))
    yield (lesson for lesson in lessons if lesson.id == name)
    yield (lesson for lesson in lessons if key and label_key(lesson.title) == key)
    if numbered := _NUMBERED.fullmatch(name.strip()):
        begins = re.compile(rf"{re.escape(name.strip())}\b", re.IGNORECASE)
        number = int(numbered[1])
        yield islice((lesson for lesson in lessons if begins.match(lesson.title)), 1)
        yield islice(lessons, max(0, number - 1), number)
    yield (lesson for lesson in lessons if wanted and wanted <= set(terms(lesson.title)))
