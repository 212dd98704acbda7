"""What stands in the notes as pages show it: definitions, sections with all that is in them, quiz items."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import LessonId, Section, SectionId
from corpus.tex import readable
from graph.model import Concept
from graph.wording import Alike, Words, alike, excerpt
from indexer.model import ConceptEntry, QuestionEntry
from indexer.snapshot import Snapshot
from web.model import (
    DefinitionView,
    FigureView,
    LessonLink,
    QuestionView,
    ResourceView,
    SectionDefinition,
    SectionView,
)
from web.names import Names

# Definitions whose words are held against those of the first.
MOST_COMPARED = 10
MOST_ASSUMED = 24


@dataclass(frozen=True, slots=True)
class Contents:
    """Makes views of what one snapshot holds, each with its place."""

    snapshot: Snapshot
    names: Names

    def definitions(self, concept: Concept) -> Iterator[DefinitionView]:
        """A concept's definitions; those that nearly repeat the first with what differs, but not too many."""
        first, compared = concept.definitions[:1], 0
        for one in concept.definitions:
            how = alike(first[0].text, one.text)
            against: tuple[Words, ...] = ()
            if how in (Alike.NEARLY, Alike.PARTLY) and compared < MOST_COMPARED:
                against = excerpt(readable(first[0].text), readable(one.text))
                compared += 1
            yield DefinitionView(one, self.names.source(one.location, one.section), how, against)

    def section(self, section: Section) -> SectionView:
        """A section with all that is in it."""
        return SectionView(
            section=section,
            link=self.names.section_link(section),
            source=self.names.source(section.location, section.id),
            parent=self.names.section(section.parent) if section.parent else None,
            definitions=tuple(self._definitions_in(section)),
            mentions=tuple(self.snapshot.mentions_in(section.id)),
            resources=self.resources_in(section.id),
            figures=self.figures_in(section.id),
            questions=self.questions(self.snapshot.questions_in(section.id)),
        )

    def assumed(
        self,
        lesson: LessonLink,
        own: Sequence[ConceptEntry],
        again: Sequence[ConceptEntry],
        sections: Iterable[SectionView],
    ) -> tuple[ConceptEntry, ...]:
        """What a lesson builds on, in the notes' own order: direct prerequisites of its `own` concepts that
        it does not define itself; where it defines none, what it speaks of most that earlier ones define."""
        graph = self.snapshot.prerequisite_graph()
        if own:
            needed = {edge.prerequisite for entry in own for edge in graph.prerequisites_of(entry.id)}
            needed -= {entry.id for entry in (*own, *again)}
            return self.snapshot.entries_by_id(sorted(needed, key=graph.position)[:MOST_ASSUMED])
        uses = Counter(mention.concept for view in sections for mention in view.mentions)
        used = self.snapshot.entries_by_id(concept for concept, _ in uses.most_common())
        earlier = [entry.id for entry in used if self._is_before(entry, lesson)]
        return self.snapshot.entries_by_id(sorted(earlier[:MOST_ASSUMED], key=graph.position))

    def _is_before(self, entry: ConceptEntry, lesson: LessonLink) -> bool:
        return entry.lesson is not None and self.names.lesson(entry.lesson).number < lesson.number

    def _definitions_in(self, section: Section) -> Iterator[SectionDefinition]:
        for concept, definition in self.snapshot.definitions_in(section.id):
            view = DefinitionView(definition, self.names.source(definition.location, definition.section))
            yield SectionDefinition(self.names.concept(concept), view)

    def resources_in(self, section: SectionId) -> tuple[ResourceView, ...]:
        """The links of a section that are worth keeping."""
        found = self.snapshot.resources_in(section)
        return tuple(ResourceView(r, self.names.source(r.location, r.section)) for r in found)

    def figures_in(self, section: SectionId) -> tuple[FigureView, ...]:
        """The pictures of a section."""
        found = self.snapshot.figures_in(section)
        return tuple(FigureView(f, self.names.source(f.location, f.section)) for f in found)

    def questions(self, entries: Iterable[QuestionEntry]) -> tuple[QuestionView, ...]:
        """Quiz items, with the concepts that they ask about by name."""
        return tuple(
            QuestionView(
                number=entry.number,
                question=entry.question,
                source=self.names.source(entry.question.location, entry.question.section),
                concepts=tuple(map(self.names.concept, entry.concepts)),
            )
            for entry in entries
        )

    def defined_again(self, lesson: LessonId, sections: Iterable[SectionView]) -> tuple[ConceptEntry, ...]:
        """The concepts that a lesson defines though another one introduces them, in the notes' order."""
        ids = dict.fromkeys(one.concept.id for view in sections for one in view.definitions)
        return tuple(entry for entry in self.snapshot.entries_by_id(ids) if entry.lesson != lesson)
