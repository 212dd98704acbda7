"""What the notes state outright to be a prerequisite: which concepts the words mean, and of what.

A statement belongs to what its section is about, or the nearest section above it in the same lesson that is
about something, or the document. One that leads to another lesson means what that lesson is about.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from corpus.labels import label_key
from corpus.model import Corpus, DefinitionStyle, Document, Requirement, SectionId, SourceLocation
from corpus.paths import note_meant
from graph.model import Concept, ConceptId
from graph.scope import ConceptFinder

_SUBJECT_STYLES = frozenset({DefinitionStyle.HEADING, DefinitionStyle.FRONT_MATTER, DefinitionStyle.TITLE})

# What must be known, for what, the words that say so, and where they stand.
Statement = tuple[ConceptId, ConceptId, str, SourceLocation]


def required(corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder) -> Iterator[Statement]:
    """Every pair of concepts of which the notes state that one needs the other."""
    meant = _Meaning(corpus, concepts, finder)
    for document in corpus.documents:
        subjects = meant.of_document(document.path)
        lines = SourceLocation(document.path, 1, max(1, _front_matter_end(document)))
        for label in document.prerequisites:
            for known in meant.exactly(label):
                yield from ((known, target, label, lines) for target in subjects)
        for statement in document.requirements:
            for known in meant.by(statement):
                for target in meant.of_section(statement.section):
                    yield known, target, statement.quote, statement.location


def _front_matter_end(document: Document) -> int:
    """The last line that can be front matter: all of it stands above whatever was read."""
    starts = [d.location.first_line for d in document.definitions]
    starts += [s.location.first_line for s in document.sections if s.level]
    starts += [p.location.first_line for s in document.sections for p in s.passages]
    return min(starts, default=2) - 1


class _Meaning:
    """Looks up what sections, documents and words are about."""

    def __init__(self, corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder) -> None:
        self._concepts = concepts
        self._finder = finder
        self._owners: dict[str, ConceptId] = {}
        for concept in concepts:
            for label in (concept.pref_label, *concept.alt_labels, concept.id):
                self._owners.setdefault(label_key(label), concept.id)
        self._about = _subjects(concepts)
        self._parents = {s.id: s.parent for s in corpus.sections()}
        self._lessons = corpus.lesson_of()
        self._documents = {document.path: document for document in corpus.documents}
        self._paths = {s.id: s.location.path for s in corpus.sections()}

    def exactly(self, label: str) -> list[ConceptId]:
        """The concept that has this label."""
        owner = self._owners.get(label_key(label))
        return [owner] if owner else []

    def by(self, statement: Requirement) -> list[ConceptId]:
        """The concepts that a statement names or leads to."""
        if statement.url and (linked := self._linked(statement)):
            return linked
        if named := self.exactly(statement.label):
            return named
        found = self._finder.find(statement.label, statement.section)
        return list(dict.fromkeys(self._concepts[match.owner].id for match in found))

    def _linked(self, statement: Requirement) -> list[ConceptId]:
        target, _, anchor = unquote(statement.url).partition("#")
        here = statement.location.path
        path = normpath(join(dirname(here), target.lstrip("/"))) if target else here
        document = self._documents.get(note_meant(path, self._documents) or "")
        if document is None:
            return []
        section = next((s.id for s in document.sections if anchor and s.anchor == anchor), None)
        if section:
            return self._about.get(section, [])
        return self.of_document(document.path) if target else []

    def of_document(self, path: str) -> list[ConceptId]:
        """What a document is about: the concept of its title."""
        for section in self._documents[path].sections:
            if section.level > 1:
                break
            if about := self._about.get(section.id):
                return about
        return []

    def of_section(self, section: SectionId) -> list[ConceptId]:
        """What a section is about, or the nearest one above it in its lesson, or its document."""
        lesson = self._lessons.get(section)
        above: SectionId | None = section
        while above:
            if about := self._about.get(above):
                return about
            above = self._parents[above]
            if above and self._lessons.get(above) != lesson:
                return []
        return self.of_document(self._paths[section])


def _subjects(concepts: Sequence[Concept]) -> dict[SectionId, list[ConceptId]]:
    """The concepts that sections are about, not those that they define in passing."""
    about: dict[SectionId, list[ConceptId]] = defaultdict(list)
    for concept in concepts:
        places = [d.section for d in concept.definitions if d.style in _SUBJECT_STYLES]
        if not concept.definitions and concept.section:
            places = [concept.section]
        for place in dict.fromkeys(places):
            about[place].append(concept.id)
    return dict(about)
