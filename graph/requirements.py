"""What the notes state outright to be a prerequisite: which concepts the words mean, and of what.

A statement belongs to what its section is about, or the nearest section above it in the same lesson that is
about something, or the document; where none is about one thing, to those that its title names and it defines,
or to each of a few that it defines. Inside a definition it belongs to what is defined. One that leads to
another lesson means what that lesson is about; to a chapter about many things, it says nothing of any.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from corpus.headings import bare_heading
from corpus.labels import label_key, label_words, looks_like_term
from corpus.model import Corpus, Definition, Document, LessonId, Requirement, SectionId, SourceLocation
from corpus.paths import is_note, note_meant, without_ending
from corpus.requirements.wording import is_of_lesson
from corpus.wikilinks import Named, wiki_name, wiki_url
from graph.model import Concept, ConceptId, Wanted
from graph.scope import ConceptFinder
from graph.subjects import owners_of, subjects_of
from graph.verbs import is_something_done

_FEW = 8  # concepts that a lesson defines: each of them needs what the lesson asks for
_LONGEST_NAME = 4  # words
_SHORTEST_VERB = 2
_OF_EACH = 0.7  # how much of what is said of a lesson holds for each of them


@dataclass(frozen=True, slots=True)
class Statement:
    """What must be known, for what, and what says so: the source's words, their place, the words as seen.
    `share` is less than 1 where it is said of a lesson about several things."""

    known: ConceptId
    target: ConceptId
    said: tuple[str, SourceLocation, str]
    share: float = 1


def required(corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder) -> Iterator[Statement]:
    """Every pair of concepts of which the notes state that one needs the other."""
    meant = _Meaning(corpus, concepts, finder)
    for document in corpus.documents:
        about = meant.document(document.path)
        for label, place in _in_front_matter(document):
            yield from about.need(meant.in_front_matter(label, document), (label, place, ""))
        for one in document.requirements:
            about, known = meant.subject_of(one), meant.by(one)
            if len(about.concepts) > 1 and about.share < 1 and one.url:
                # That a lesson comes after another says nothing of each thing in it.
                known = meant.exactly(one.label)
            yield from about.need(known, (one.quote, one.location, one.words))


@dataclass(frozen=True, slots=True)
class _Subject:
    """The concepts of which something is stated, and how much of it holds for each of them."""

    concepts: Sequence[ConceptId]
    share: float = 1

    def need(self, known: Sequence[ConceptId], said: tuple[str, SourceLocation, str]) -> Iterator[Statement]:
        for first in known:
            yield from (Statement(first, target, said, self.share) for target in self.concepts)


def asked_for(corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder) -> Iterator[Wanted]:
    """What the notes list as a prerequisite and define nowhere, in the order in which they do."""
    meant = _Meaning(corpus, concepts, finder)
    places: dict[str, list[SourceLocation]] = defaultdict(list)
    labels: dict[str, str] = {}
    for document in corpus.documents:
        listed = [(p, label) for label, p in _in_front_matter(document) if meant.is_unknown(label, document)]
        listed += (
            (one.location, one.label)
            for one in document.requirements
            if one.listed and not meant.by(one) and meant.is_unknown(one.label, document)
        )
        for place, label in sorted(listed):
            labels.setdefault(label_key(label), label)
            places[label_key(label)].append(place)
    for key, label in labels.items():
        yield Wanted(label, 0, (), tuple(places[key]))


def _in_front_matter(document: Document) -> Iterator[tuple[str, SourceLocation]]:
    """Each label that front matter states, and the line that does, or all lines that may."""
    lines = document.prerequisite_lines or (0,) * len(document.prerequisites)
    for label, line in zip(document.prerequisites, lines, strict=True):
        last = line or max(1, _front_matter_end(document))
        yield label, SourceLocation(document.path, line or 1, last)


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
        self._lesson_names = {label_key(bare_heading(lesson.title)) for lesson in corpus.lessons}
        self._definitions: dict[SectionId, list[Definition]] = defaultdict(list)
        for definition in (d for document in corpus.documents for d in document.definitions):
            self._definitions[definition.section].append(definition)
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

    def _done(self, label: str) -> list[ConceptId]:
        """The concept that is called by another form of a verb: who has to tack must know tacking."""
        owners = (self._owners.get(label_key(form)) for form in _other_forms(label))
        done = label_words(label)[0].endswith("ing") if label_words(label) else False
        # Who lists "sailing" asks for no "sail", if that is a cloth.
        return [one.id for one in owners if one and (not done or _is_done(one))][:1]

    def by(self, statement: Requirement) -> list[ConceptId]:
        """The concepts that a statement names or leads to."""
        here = statement.location.path
        if linked := self._linked(statement.url, here):
            return linked
        if named := self.exactly(statement.label) or self._done(statement.label):
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
        return self.exactly(label) or self._linked(wiki_url(label), document.path) or self._done(label)

    def is_unknown(self, label: str, document: Document) -> bool:
        """Whether a label that is listed is a name, and neither that of a concept nor of a lesson."""
        names_a_thing = looks_like_term(label, _LONGEST_NAME) and not any(map(str.isdigit, label))
        return (
            names_a_thing
            and label_key(label) not in self._lesson_names
            and not self.in_front_matter(label, document)
            and self._path(wiki_url(label), document.path) is None
            and not any(_links_in(label))
        )

    def subject_of(self, statement: Requirement) -> _Subject:
        """The concepts of which something is stated."""
        if not statement.subject:
            here = self._defined_at(statement)
            return _Subject(here) if here else self._section(statement.section)
        row = Requirement(statement.subject, "", statement.section, statement.location, statement.subject_url)
        return _Subject(self._linked(row.url, row.location.path) or self.exactly(row.label) or self._row(row))

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
        parts = re.split(r"\s*(?:,|:|&|/|\band\b|\bor\b)\s*", self._title(home, path))
        keys = {label_key(part) for part in parts}
        return [c.id for c in defined if keys & {label_key(n) for n in (c.pref_label, *c.alt_labels)}]

    def _within_title_of(self, home: LessonId | str, path: str) -> list[ConceptId]:
        """Those that it defines and its title holds the names of: "multi-pitch" in "Multi-pitch climbing"."""
        # "Base" is no word of "Acid-base".
        title = " ".join(self._title(home, path).casefold().split())
        return [
            c.id
            for c in self._defined.get(home, [])
            if any(_stands_in(name, title) for name in (c.pref_label, *c.alt_labels))
        ]

    def _title(self, home: LessonId | str, path: str) -> str:
        return self._titles.get(LessonId(home)) or self._documents[path].title

    def _defined_at(self, statement: Requirement) -> list[ConceptId]:
        """The concept in whose definition, or right behind it, a statement stands that is of no lesson."""
        if is_of_lesson(statement.words or statement.quote):
            return []
        place, near = statement.location, 0 if statement.listed else 1
        around = [
            d
            for d in self._definitions.get(statement.section, ())
            if d.location.first_line <= place.first_line <= d.location.last_line + 1 + near
        ]
        last = max((d.location.first_line for d in around), default=0)
        return list(
            dict.fromkeys(self._finder.defined_by(d).id for d in around if d.location.first_line == last)
        )

    def document(self, path: str) -> _Subject:
        """Of which concepts something is stated that is stated of a document."""
        about = self.of_document(path)
        return _Subject(about) if about else self._introduced(path, path)

    def _introduced(self, home: LessonId | str, path: str) -> _Subject:
        """Of a lesson or document about several things: those that its title names, or all of a few."""
        if named := self._named_in_title_of(home, path) or self._within_title_of(home, path):
            return _Subject(named)
        defined = [c.id for c in self._defined.get(home, [])]
        return _Subject(defined if len(defined) <= _FEW else [], _OF_EACH)

    def of_document(self, path: str) -> list[ConceptId]:
        """What a document is about: the concept of its title."""
        for section in self._documents[path].sections:
            if section.level > 1:
                break
            if about := self._about.get(section.id):
                return about
        return []

    def _section(self, section: SectionId) -> _Subject:
        """What a section is about, or the nearest one above it in its lesson, or its document."""
        lesson = self._lessons.get(section)
        above: SectionId | None = section
        while above:
            if about := self._about.get(above):
                return _Subject(about)
            above = self._parents[above]
            if above and self._lessons.get(above) != lesson:
                break
        path = self._paths[section]
        if (lesson is None or self._is_whole(lesson, path)) and (about := self.of_document(path)):
            return _Subject(about)
        return self._introduced(lesson, path) if lesson else _Subject(())

    def _is_whole(self, lesson: LessonId, path: str) -> bool:
        """Whether a lesson is all of its document."""
        return all(self._lessons.get(section.id) == lesson for section in self._documents[path].sections)


def _stands_in(name: str, title: str) -> bool:
    """Whether a name stands in a title in small letters as a whole, and not as one side of a compound."""
    words = re.escape(" ".join(name.casefold().split()))
    return re.search(rf"(?<![\w-]){words}s?(?![\w-])", title) is not None


def _is_done(concept: Concept) -> bool:
    return any(is_something_done(definition.text) for definition in concept.definitions)


def _other_forms(label: str) -> Iterator[str]:
    """What is done as what one does, and the other way round.

    >>> "heaving to" in _other_forms("heave to"), "tack" in _other_forms("tacking")
    (True, True)
    """
    verb, *rest = label_words(label) or ("",)
    stem = verb.removesuffix("ing")
    if len(stem) < _SHORTEST_VERB:
        return
    if stem == verb:
        forms = [f"{verb}ing", f"{verb.removesuffix('e')}ing", f"{verb}{verb[-1]}ing"]
        forms += [f"{verb.removesuffix('ie')}ying"] if verb.endswith("ie") else []
    else:
        forms = [stem, f"{stem}e"]
        forms += [stem[:-1]] if stem[-1] == stem[-2] else []
        forms += [f"{stem.removesuffix('y')}ie"] if stem.endswith("y") else []
    yield from (" ".join((form, *rest)) for form in forms)


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
