"""What the notes state outright to be a prerequisite: which concepts the words mean, and of what.

A statement belongs to what its section is about, or the nearest section above it in the same lesson that is
about something, or the document; where none is about one thing, to those that its title names and it defines.
One that leads to another lesson means what that lesson is about. A chapter about many things, none of which
its title names, says nothing of any of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from corpus.labels import label_key
from corpus.model import Corpus, Document, LessonId, Requirement, SectionId, SourceLocation
from corpus.paths import is_note, note_meant, without_ending
from corpus.wikilinks import Named, wiki_name, wiki_url
from graph.model import Concept, ConceptId
from graph.scope import ConceptFinder
from graph.subjects import owners_of, subjects_of

# What must be known, for what, and what says so: the source's words, their place, the words that are seen.
Statement = tuple[ConceptId, ConceptId, tuple[str, SourceLocation, str]]


def required(corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder) -> Iterator[Statement]:
    """Every pair of concepts of which the notes state that one needs the other."""
    meant = _Meaning(corpus, concepts, finder)
    for document in corpus.documents:
        subjects = meant.of_document(document.path)
        lines = SourceLocation(document.path, 1, max(1, _front_matter_end(document)))
        for label in document.prerequisites:
            for known in meant.in_front_matter(label, document):
                yield from ((known, target, (label, lines, "")) for target in subjects)
        for statement in document.requirements:
            for known in meant.by(statement):
                for target in meant.subject_of(statement):
                    yield known, target, (statement.quote, statement.location, statement.words)


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
        self._owners = owners_of(concepts)
        self._about = {
            section: [c.id for c in about] for section, about in subjects_of(corpus, concepts).items()
        }
        self._parents = {s.id: s.parent for s in corpus.sections()}
        self._lessons = corpus.lesson_of()
        self._documents = {document.path: document for document in corpus.documents}
        self._paths = {s.id: s.location.path for s in corpus.sections()}
        self._titles = {lesson.id: lesson.title for lesson in corpus.lessons}
        self._named = Named.of(corpus.documents)
        self._defined: dict[LessonId | str, list[Concept]] = defaultdict(list)
        for concept in concepts:
            for definition in concept.definitions[:1]:
                path, lesson = definition.location.path, self._lessons.get(definition.section)
                for home in dict.fromkeys((path, lesson)):
                    if home is not None:
                        self._defined[home].append(concept)

    def exactly(self, label: str) -> list[ConceptId]:
        """The concept that has this label."""
        owner = self._owners.get(label_key(label))
        return [owner.id] if owner else []

    def by(self, statement: Requirement) -> list[ConceptId]:
        """The concepts that a statement names or leads to."""
        here = statement.location.path
        if linked := self._linked(statement.url, here):
            return linked
        if named := self.exactly(statement.label):
            return named
        # A chapter about several things is needed for one of them or another; nobody says which.
        if path := self._path(statement.url, here):
            named = self._named_in_title_of(path, path)
            return named if len(named) == 1 else []
        found = self._finder.find(statement.label, statement.section)
        return list(dict.fromkeys(self._concepts[match.owner].id for match in found))

    def in_front_matter(self, label: str, document: Document) -> list[ConceptId]:
        """The concepts that an entry of front matter means: a label, a link in it, or the name of a file."""
        place = SourceLocation(document.path, 1, 1)
        section = document.sections[0].id if document.sections else SectionId("")
        for words, url in _links_in(label):
            if found := self.by(Requirement(words, label, section, place, url)):
                return found
        return self.exactly(label) or self._linked(wiki_url(label), document.path)

    def subject_of(self, statement: Requirement) -> list[ConceptId]:
        """The concepts of which something is stated."""
        if not statement.subject:
            return self.of_section(statement.section)
        row = Requirement(statement.subject, "", statement.section, statement.location, statement.subject_url)
        return self._linked(row.url, row.location.path) or self.exactly(row.label) or self._row(row)

    def _row(self, row: Requirement) -> list[ConceptId]:
        path = self._path(row.url, row.location.path)
        return self._named_in_title_of(path, path) if path else []

    def _path(self, url: str, here: str) -> str | None:
        """The document that a link leads to."""
        if wiki_name(url):
            found = self._named.meant(url, here)
            return found[0] if found else None
        target = unquote(url.partition("#")[0])
        return (
            note_meant(normpath(join(dirname(here), target.lstrip("/"))), self._documents) if target else None
        )

    def _linked(self, url: str, here: str) -> list[ConceptId]:
        """What the section or the document that a link leads to is about; by name, what is called so."""
        if not url:
            return []
        anchor = unquote(url.partition("#")[2])
        document = self._documents.get(self._path(url, here) or (here if url.startswith("#") else ""))
        if document is None:
            name = wiki_name(url)
            return self.exactly(name[0]) if name else []
        section = next((s.id for s in document.sections if anchor and s.anchor == anchor), None)
        if section:
            return self._about.get(section, [])
        return [] if url.startswith("#") else self.of_document(document.path)

    def _named_in_title_of(self, home: LessonId | str, path: str) -> list[ConceptId]:
        """Of a lesson or document that is about several things: those that it defines and its title names."""
        defined = self._defined.get(home, [])
        title = self._titles.get(LessonId(home)) or self._documents[path].title
        keys = {label_key(word) for word in re.split(r"\s*(?:,|:|&|/|\band\b|\bor\b)\s*", title)}
        return [c.id for c in defined if keys & {label_key(n) for n in (c.pref_label, *c.alt_labels)}]

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
                break
        path = self._paths[section]
        whole = lesson is None or self._is_whole(lesson, path)
        about = self.of_document(path) if whole else []
        return about or (self._named_in_title_of(lesson, path) if lesson else [])

    def _is_whole(self, lesson: LessonId, path: str) -> bool:
        """Whether a lesson is all of its document."""
        return all(self._lessons.get(section.id) == lesson for section in self._documents[path].sections)


_MARKED = re.compile(
    r"\[\[(?P<page>[^\[\]|#]+)(?:#(?P<heading>[^\[\]|]*))?(?:\|(?P<shown>[^\[\]]*))?\]\]"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<url>[^()\s]+)\)"
)


def _links_in(label: str) -> Iterator[tuple[str, str]]:
    """The words and the address of each link in an entry of front matter; an entry that is a file's name."""
    for match in _MARKED.finditer(label):
        if page := match["page"]:
            yield page, wiki_url(page, match["heading"] or "")
        else:
            yield match["words"], match["url"]
    if is_note(label) and "](" not in label:
        yield without_ending(label), label.replace(" ", "%20")
