"""Where a label counts as a mention: everywhere, or only near the definition.

"Value (attention)" is called "value" in the lesson that defines it; everywhere else a value is just a value.
The same goes for words that everybody uses all day and that notes give a meaning in passing. Such labels
count in the lessons in which their concept is defined, and nowhere else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.headings import bare_heading
from corpus.labels import label_key, label_words, singular
from corpus.model import Corpus, Definition, Document, Passage, Section, SectionId
from corpus.wikilinks import name_key, notes_by_name
from graph.mentions import LabelFinder, Match
from graph.model import Concept, ConceptId
from graph.sharing import SharedLabels
from graph.spoken import other_forms
from graph.subjects import owners_of
from graph.verbs import is_something_done, uses_as_verb

# Nouns and verbs of everyday English; none of them says what notes are about.
_EVERYDAY = frozenset(
    map(
        label_key,
        """
        access act action addition age agreement aim air amount answer area argument arm art article aspect
        back balance bar base beginning bit block board body book bottom box branch break bridge building
        business call card care case cause centre chain chance change channel character check choice clean
        clear close code collection comment common company complex condition connection contact content
        contrast control copy core corner cost count couple course cover cross customer cut danger date day
        deal demand description detail development device difference discussion display distance division
        document door drop effort end entry evidence example exchange exercise experience expression
        extension eye face fact factor failure family figure file fine finish fire fit fix flat floor flow
        focus foot form free front future gain game general glass goal grade green ground guide hand handle
        head heart height help high hold hole home hook hour idea impact increase individual information
        input inside instance interest interface issue item job join joint journey key kind knowledge land
        leader leg length letter level life light limit line link list load local location lock log loop low
        main man manager map margin mark mass match material matter meaning measure media medium meeting
        member message middle mind minute mirror mode moment money month motion mouth move name nature neck
        need net note notice number offer office open opinion option order origin output outside owner pack
        package page pair panel paper part partner pass path pattern payment people performance period
        person picture piece place plan plate play point policy pool pop port position power practice
        present price principle problem profile project property purpose push quality question range rate
        reason record reduction relation release report request resource response rest result return right
        ring risk road role roll root round rule run safety sale sample scale school score screen search
        seat second section security selection sense series service session set setting shape share sheet
        shift show side sign single site size skill slot sort sound source space speed spot spring staff
        stand standard start state statement station status step stick stock stop store story street
        strength structure study style subject success support switch table tail talk target task team term
        test text theme thing throw tie time tip title tool top total touch track trade traffic train
        transfer treatment trip trouble trust turn type unit use user value variety version view visit voice
        wall watch way week weight window wing wire word work world year zone
        """.split(),
    )
)


def is_everyday(label: str) -> bool:
    """Whether a label is a word that everybody uses all day."""
    return label_key(label) in _EVERYDAY


class ConceptFinder:
    """Finds the concepts that a text of the notes mentions, each where its label counts."""

    def __init__(self, corpus: Corpus, concepts: Sequence[Concept]) -> None:
        self._lesson_of = corpus.lesson_of()
        self._names, done = _surveyed(concepts, corpus.sections())
        self._ids = [c.id for c in concepts]
        self._homes = [{self._lesson_of.get(s) for s in _sections(c)} for c in concepts]
        labels = [(c, (c.pref_label, *c.alt_labels, *c.hidden_labels)) for c in concepts]
        self._owners = {key: concept.position for key, concept in owners_of(concepts).items()}
        self._defined = {(d.location, d.term): c for c in concepts for d in c.definitions}
        self._titles = {d.path: d.title for d in corpus.documents}
        self._by_name = notes_by_name(self._titles)
        self._shared = SharedLabels(corpus, concepts, self._owners)
        self._finder = LabelFinder(
            [*((c.position, names) for c, names in labels), *self._shared.labels],
            lambda owner, label: (
                not self._shared.is_shared(owner) and _is_near(concepts[owner], label, self._names)
            ),
            done,
        )

    def uses(self, passage: Passage, section: SectionId) -> list[Match]:
        """The mentions in a passage, in order. What a link by name names, its words mean."""
        found = self.find(passage.text, section, passage.masked)
        linked = [
            Match(owner, start, end, name=name)
            for start, end, name in passage.named
            if (owner := self._owner(name)) is not None
        ]
        if not linked:
            return found
        free = [m for m in found if not any(m.start < one.end and one.start < m.end for one in linked)]
        return sorted((*free, *linked), key=lambda m: m.start)

    def defined_by(self, definition: Definition) -> Concept:
        """The concept that a definition of the notes defines."""
        return self._defined[definition.location, definition.term]

    def view(self, document: Document, words: AbstractSet[str]) -> object:
        """All that what is found in a document of these words follows from, besides the document."""
        labels = [
            (p.words, p.exact, p.noun, p.joined, self._view_of(p.owner, near=p.near, document=document))
            for p in self._finder.possible(words)
        ]
        named = {name for s in document.sections for p in s.passages for _, _, name in p.named}
        return (
            labels,
            [self._lesson_of.get(section.id) for section in document.sections],
            [self.defined_by(definition).id for definition in document.definitions],
            [(name, None if (o := self._owner(name)) is None else self._ids[o]) for name in sorted(named)],
        )

    def _view_of(self, owner: int, *, near: bool, document: Document) -> object:
        """Whom a label means in a document."""
        if self._shared.is_shared(owner):
            meant = [self._shared.meant(owner, section.id) for section in document.sections]
            return [None if one is None else self._ids[one] for one in meant]
        return (self._ids[owner], sorted(map(str, self._homes[owner])) if near else None)

    def _owner(self, name: str) -> int | None:
        """The concept that a page of this name is about."""
        key = label_key(name)
        if key in self._owners:
            return self._owners[key]
        title = self._titles.get(self._by_name.get(name_key(name), ""), "")
        return self._owners.get(label_key(bare_heading(title)))

    def find(self, text: str, section: SectionId, masked: Iterable[tuple[int, int]] = ()) -> list[Match]:
        """The mentions in a text that stands in a section, in order; none overlap."""
        meant = (self._meant(match, section) for match in self._finder.find(text, masked))
        return [match for match in meant if match is not None]

    def reaches(self, concept: Concept, label: str, section: SectionId) -> bool:
        """Whether a label of a concept would count as a mention in a section."""
        near = _is_near(concept, label, self._names)
        return not near or self._lesson_of.get(section) in self._homes[concept.position]

    def _meant(self, match: Match, section: SectionId) -> Match | None:
        """A match with the concept that it means in a section, None if it is no mention there."""
        if self._shared.is_shared(match.owner):
            owner = self._shared.meant(match.owner, section)
            return None if owner is None else replace(match, owner=owner)
        counts = not match.near or self._lesson_of.get(section) in self._homes[match.owner]
        return match if counts else None


def found_elsewhere(
    concepts: Sequence[Concept], sections: Iterable[Section]
) -> Callable[[str], list[tuple[ConceptId, int, int]]]:
    """A function that finds the concepts in a text that is none of the notes, each with its half-open range.

    Labels that count only near a definition, and labels that concepts share, mean nothing there.
    """
    names, done = _surveyed(concepts, sections)
    finder = LabelFinder(
        [(number, (c.pref_label, *c.alt_labels, *c.hidden_labels)) for number, c in enumerate(concepts)],
        lambda owner, label: _is_near(concepts[owner], label, names),
        done,
    )

    def find(text: str) -> list[tuple[ConceptId, int, int]]:
        found = finder.find(text, remembered=False)
        return [(concepts[one.owner].id, one.start, one.end) for one in found if not one.near]

    return find


def _surveyed(
    concepts: Sequence[Concept], sections: Iterable[Section]
) -> tuple[dict[SectionId, frozenset[str]], frozenset[int]]:
    """What each section goes by, and the numbers of the concepts of which verbs speak, too: what is something
    done, and what the sections that are called by it speak of by the verb."""
    done: set[int] = set()
    homes: dict[SectionId, list[tuple[int, str]]] = {}
    for number, concept in enumerate(concepts):
        verbs = list(_verbs(concept))
        if _is_done(concept, verbs):
            done.add(number)
        for home in _sections(concept) if verbs else ():
            homes.setdefault(home, []).extend((number, verb) for verb in verbs)
    names = {}
    within: dict[SectionId, list[tuple[int, str]]] = {}
    for section in sections:
        names[section.id] = frozenset(map(label_key, _names(section)))
        title = label_words(section.title)
        called = [own for own in homes.get(section.id, ()) if own[1] in title]
        about = called + within.get(section.parent or section.id, [])
        if about:
            within[section.id] = about
        for number, verb in about:
            if number not in done and any(uses_as_verb(p.text, verb) for p in section.passages):
                done.add(number)
    return names, frozenset(done)


def _is_done(concept: Concept, verbs: Sequence[str]) -> bool:
    """Whether a concept is something done, by its name, by what its definitions say or by how they speak."""
    return any(other_forms(concept.pref_label.casefold())) or any(
        is_something_done(d.text) or any(uses_as_verb(p.text, verb) for verb in verbs for p in d.passages)
        for d in concept.definitions
    )


def _verbs(concept: Concept) -> Iterator[str]:
    """The names of a concept that could be verbs, too. What everybody says all day has many meanings."""
    for label in (concept.pref_label, *concept.alt_labels):
        if label.isalpha() and len(label) > 1 and not label.isupper() and not is_everyday(label):
            yield singular(label.casefold())


def _is_near(concept: Concept, label: str, names: Mapping[SectionId, frozenset[str]]) -> bool:
    """Whether a label counts near its definition only: because its author found brackets necessary behind
    it, or because it is an everyday word that has no section, file or folder of its own; `names` are what
    each section goes by."""
    if is_everyday(label):
        return not any(label_key(label) in names[s] for s in _sections(concept))
    return concept.pref_label.casefold().startswith(f"{label} (".casefold())


def _names(section: Section) -> Iterator[str]:
    """What a section, its file and its folder are called."""
    path = PurePosixPath(section.location.path)
    yield from (bare_heading(section.title), path.stem, path.parent.name)


def _sections(concept: Concept) -> Iterator[SectionId]:
    yield from (d.section for d in concept.definitions)
    if concept.section:
        yield concept.section
