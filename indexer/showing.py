"""What a person sees of a hit: its title, where it stands and its best words.

All hits of a page are read from the library together.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import NamedTuple

from corpus.errors import DamagedSnapshot
from corpus.model import LessonId, Question, Resource, Section, SectionId, Snippet
from graph.model import Concept
from indexer.documents import concept_key
from indexer.engines.protocol import Found
from indexer.highlighting import snippet
from indexer.model import Hit, HitKind, LabelMatch
from indexer.store import Store, decoded
from indexer.words import Finder

_Value = Concept | Section | Question | Resource | Snippet

# The type of each kind, and where it is found by its id or number.
_VALUES: dict[HitKind, tuple[type[_Value], str]] = {
    HitKind.CONCEPT: (Concept, "SELECT id, value FROM concepts WHERE id"),
    HitKind.SECTION: (Section, "SELECT id, value FROM sections WHERE id"),
    HitKind.QUESTION: (Question, "SELECT number, value FROM questions WHERE number"),
    HitKind.RESOURCE: (Resource, "SELECT number, value FROM resources WHERE number"),
    HitKind.CODE: (Snippet, "SELECT number, value FROM snippets WHERE number"),
}


class _Thing(NamedTuple):
    """Something that was found, and by whose rules its words are stemmed."""

    kind: HitKind
    ref: str
    language: str
    value: _Value

    @property
    def section(self) -> SectionId | None:
        """Where it stands."""
        return self.value.id if isinstance(self.value, Section) else self.value.section


class _Standing(NamedTuple):
    """What there is to know of a section in which something stands."""

    lesson: LessonId | None
    packed: bytes


def hits_of(store: Store, found: Found, terms: frozenset[str], label: LabelMatch | None) -> Iterator[Hit]:
    """The hits of a page with the terms marked; of a concept that the query names, the label that matched."""
    folded = chain.from_iterable(found.folded.values())
    things = _things(store, [*(key for key, _ in found.keys), *folded])
    sections = _sections(store, things.values())
    finders = {language: Finder(terms, language) for language in {t.language for t in things.values()}}
    named = concept_key(label.concept) if label else ""
    for key, score in found.keys:
        thing = things[key]
        others = (things[other].section for other in found.folded.get(key, ()))
        title, words = _shown(thing, finders[thing.language], sections)
        link = thing.value if isinstance(thing.value, Resource) else None
        yield Hit(
            thing.kind,
            thing.ref,
            title,
            thing.section,
            _lesson(thing, sections),
            words,
            score,
            matched_label=label.matched_label if label and key == named else "",
            target=link.url if link else "",
            path=link.location.path if link else "",
            key=key,
            also=tuple(dict.fromkeys(other for other in others if other and other != thing.section)),
        )


def _things(store: Store, keys: Collection[str]) -> dict[str, _Thing]:
    """What has each of the keys. Raises DamagedSnapshot if nothing has."""
    rows = store.among("SELECT key, kind, ref, language FROM search_documents WHERE key", keys)
    things: dict[str, _Thing] = {}
    for kind, (type_, query) in _VALUES.items():
        of_kind = [row for row in rows if row[1] == kind]
        values = {str(ref): packed for ref, packed in store.among(query, [row[2] for row in of_kind])}
        for key, _, ref, language in of_kind:
            if ref in values:
                things[key] = _Thing(kind, ref, language, decoded(type_, values[ref]))
    for key in keys:
        if key not in things:
            raise DamagedSnapshot(
                f"The snapshot is damaged: its search index finds {key!r}, which its library does not"
                " hold. `glosspath build NOTES` makes it anew."
            )
    return things


def _sections(store: Store, things: Iterable[_Thing]) -> dict[str, _Standing]:
    """The sections in which things stand; concepts know all that is asked of theirs."""
    ids = {thing.section for thing in things if thing.kind is not HitKind.CONCEPT}
    rows = store.among("SELECT id, lesson, value FROM sections WHERE id", sorted(filter(None, ids)))
    return {id: _Standing(lesson, packed) for id, lesson, packed in rows}


def _lesson(thing: _Thing, sections: Mapping[str, _Standing]) -> LessonId | None:
    if isinstance(thing.value, Concept):
        return thing.value.lesson
    standing = sections.get(thing.section or "")
    return standing.lesson if standing else None


def _shown(thing: _Thing, finder: Finder, sections: Mapping[str, _Standing]) -> tuple[str, str]:
    """Title and best words."""
    best = partial(snippet, finder=finder)
    match thing.value:
        case Concept() as concept:
            return concept.pref_label, best([definition.text for definition in concept.definitions])
        case Section() as section:
            return section.title, best([passage.text for passage in section.passages])
        case Question() as quiz:
            # The answer is only shown to those who searched for its words: it is a quiz.
            asked = best([quiz.question])
            return quiz.question, "" if "<mark>" in asked else best([quiz.answer, quiz.explanation])
        case Resource() as link:
            return link.title or link.name or link.url, best([link.name or link.url])
        case Snippet() as code:
            title = decoded(Section, sections[code.section].packed).title
            return title, best(code.code.split("\n\n"))
