"""Names for ids and sections for places: what every answer needs beside the models themselves.

All reads go through the snapshot; what was read is remembered, because a page asks for the same few names
again and again. A snapshot never changes, so nothing remembered ever goes stale.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from corpus.errors import UnknownName, near_misses
from corpus.model import LessonId, Section, SectionId, SourceLocation
from graph.model import ConceptId, DroppedPrerequisite, Evidence, Prerequisite
from indexer.snapshot import Snapshot
from web.model import ConceptLink, DroppedView, EdgeView, EvidenceView, LessonLink, SectionLink, Source

REMEMBERED_NAMES = 8192
REMEMBERED_FILES = 64

# The sections of one file by first line: the lines to bisect, and the sections beside them.
FileSections = tuple[list[int], list[SectionLink]]


class Names:
    """Turns ids and places of one snapshot into what readers can name and follow."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._lessons: dict[LessonId, LessonLink] = {}
        self._lessons_at: dict[str, list[LessonId]] = {}
        for number, lesson in enumerate(snapshot.lessons(), start=1):
            self._lessons[lesson.id] = LessonLink(lesson.id, lesson.title, number)
            self._lessons_at.setdefault(lesson.path, []).append(lesson.id)
        self._settings = {said.prefix: said for said in snapshot.settings()}
        self.concept = lru_cache(REMEMBERED_NAMES)(self._concept)
        self.section = lru_cache(REMEMBERED_NAMES)(self._section)
        self._lesson_of = lru_cache(REMEMBERED_NAMES)(snapshot.lesson_of)
        self._sections_at = lru_cache(REMEMBERED_FILES)(self._read_sections_at)

    def lessons(self) -> tuple[LessonLink, ...]:
        """Every lesson, in reading order."""
        return tuple(self._lessons.values())

    def lesson(self, lesson: str) -> LessonLink:
        """A lesson by id. Raises UnknownName with the nearest ids."""
        if found := self._lessons.get(LessonId(lesson)):
            return found
        raise UnknownName("lesson", lesson, near_misses(lesson, self._lessons), "`glosspath lessons`")

    def lesson_called(self, name: str) -> LessonLink | None:
        """The lesson that a name means, None if it means none or several."""
        if found := self._lessons.get(LessonId(name)):  # an id comes first, and most names are one
            return found
        called = self._snapshot.lessons_called(name)
        return self._lessons[called[0]] if len(called) == 1 else None

    def neighbours(self, lesson: LessonLink) -> tuple[LessonLink | None, LessonLink | None]:
        """The lessons before and after this one; None at the ends."""
        lessons = self.lessons()
        before = lessons[lesson.number - 2] if lesson.number > 1 else None
        return before, lessons[lesson.number] if lesson.number < len(lessons) else None

    def section_link(self, section: Section) -> SectionLink:
        """A section by name, from the section itself."""
        lesson = self._lesson_of(section.id)
        return SectionLink(section.id, section.title, section.anchor, lesson)

    def source(self, location: SourceLocation, section: SectionId | None = None) -> Source:
        """A place with the section it stands in; the section is looked for where it is not given."""
        link = self.section(section) if section else self._section_at(location)
        return Source(location, link, self._address_of(location))

    def lesson_at(self, place: SourceLocation) -> LessonId | None:
        """The lesson of a place; the only one of its file where front matter stands above all sections."""
        if section := self._section_at(place):
            return section.lesson
        lessons = self._lessons_at.get(place.path, ())
        return lessons[0] if len(lessons) == 1 else None

    def _address_of(self, location: SourceLocation) -> str:
        said = self._settings.get(location.path.partition("/")[0]) or self._settings.get("")
        return said.source_address(location) if said and said.source_url else ""

    def edge(self, edge: Prerequisite) -> EdgeView:
        """An edge with both ends named and a section for every piece of evidence."""
        evidence = tuple(self._evidence(one) for one in edge.evidence)
        return EdgeView(self.concept(edge.prerequisite), self.concept(edge.target), edge, evidence)

    def dropped(self, dropped: DroppedPrerequisite, instead: Iterable[Prerequisite]) -> DroppedView:
        """An edge that was not believed, with its loop named and what is believed instead."""
        removed_at = self.source(dropped.removed_at) if dropped.removed_at else None
        loop = tuple(map(self.concept, dropped.loop))
        believed = tuple(map(self.edge, instead))
        return DroppedView(self.edge(dropped.edge), loop, dropped.reason, removed_at, believed)

    def _concept(self, concept: ConceptId) -> ConceptLink:
        return ConceptLink(concept, self._snapshot.entry(concept).pref_label)

    def _section(self, section: SectionId) -> SectionLink:
        return self.section_link(self._snapshot.section(section))

    def _evidence(self, evidence: Evidence) -> EvidenceView:
        return EvidenceView(evidence, self.source(evidence.location))

    def _section_at(self, location: SourceLocation) -> SectionLink | None:
        first_lines, sections = self._sections_at(location.path)
        before = bisect_right(first_lines, location.first_line)
        return sections[before - 1] if before else None

    def _read_sections_at(self, path: str) -> FileSections:
        in_lessons = [
            s for lesson in self._lessons_at.get(path, ()) for s in self._snapshot.sections_of(lesson)
        ]
        before_them = [s for s in self._snapshot.introduction() if s.location.path == path]
        sections = sorted((*in_lessons, *before_them), key=lambda s: s.location.first_line)
        return [s.location.first_line for s in sections], [self.section_link(s) for s in sections]
