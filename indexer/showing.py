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
from graph.naming import only_points
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


_MOST_ALSO = 20  # places that are named of one hit


def hits_of(store: Store, found: Found, terms: frozenset[str], label: LabelMatch | None) -> Iterator[Hit]:
    """The hits of a page with the terms marked; of a concept that the query names, the label that matched."""
    things = _things(store, [key for key, _ in found.keys])
    folded = {key: others[:_MOST_ALSO] for key, others in found.folded.items()}
    stand = _standing(store, list(chain.from_iterable(folded.values())))
    lessons, titles = _lessons(store, things.values()), _titles(store, things.values())
    finders = {language: Finder(terms, language) for language in {t.language for t in things.values()}}
    named = concept_key(label.concept) if label else ""
    for key, score in found.keys:
        thing = things[key]
        others = (stand.get(other) for other in folded.get(key, ()))
        title, words = _shown(thing, finders[thing.language], titles)
        link = thing.value if isinstance(thing.value, Resource) else None
        yield Hit(
            thing.kind,
            thing.ref,
            title,
            thing.section,
            thing.value.lesson if isinstance(thing.value, Concept) else lessons.get(thing.section),
            words,
            score,
            matched_label=label.matched_label if label and key == named else "",
            target=link.url if link else "",
            path=link.location.path if link else "",
            key=key,
            also=tuple(dict.fromkeys(other for other in others if other and other != thing.section)),
            also_more=len(found.folded.get(key, ())) - len(folded.get(key, ())),
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
            raise _damaged(f"its search index finds {key!r}")
    return things


def _damaged(why: str) -> DamagedSnapshot:
    return DamagedSnapshot(
        f"The snapshot is damaged: {why}, which its library does not hold. `glosspath build NOTES` makes it"
        " anew."
    )


def _standing(store: Store, keys: Collection[str]) -> dict[str, SectionId]:
    """The sections that sections and links with these keys are or stand in: of these many may be alike."""
    rows = store.among("SELECT key, kind, ref FROM search_documents WHERE key", keys)
    links = [ref for _, kind, ref in rows if kind == HitKind.RESOURCE]
    sections = store.among("SELECT number, section FROM resources WHERE number", links)
    of_link = {str(number): section for number, section in sections}
    return {
        key: SectionId(ref if kind == HitKind.SECTION else of_link[ref])
        for key, kind, ref in rows
        if kind == HitKind.SECTION or ref in of_link
    }


def _lessons(store: Store, things: Iterable[_Thing]) -> dict[SectionId | None, LessonId | None]:
    """The lessons of the sections in which things stand; concepts know their own."""
    ids = {thing.section for thing in things if thing.kind is not HitKind.CONCEPT}
    return dict(store.among("SELECT id, lesson FROM sections WHERE id", sorted(filter(None, ids))))


def _titles(store: Store, things: Iterable[_Thing]) -> dict[str, str]:
    """The titles of the sections in which code stands."""
    ids = {thing.value.section for thing in things if isinstance(thing.value, Snippet)}
    packed = store.among("SELECT id, value FROM sections WHERE id", sorted(ids))
    return {id: decoded(Section, value).title for id, value in packed}


def _shown(thing: _Thing, finder: Finder, titles: Mapping[str, str]) -> tuple[str, str]:
    """Title, of code that of its section, and best words."""
    best = partial(snippet, finder=finder)
    match thing.value:
        case Concept() as concept:
            said = [one.text for one in concept.definitions if not only_points(one)]
            return concept.pref_label, best(said or [one.text for one in concept.definitions])
        case Section() as section:
            return section.title, best([passage.text for passage in section.passages])
        case Question() as quiz:
            # The answer is only shown to those who searched for its words: it is a quiz.
            asked = best([quiz.question])
            return quiz.question, "" if "<mark>" in asked else best([quiz.answer, quiz.explanation])
        case Resource() as link:
            return link.title or link.name or link.url, best([link.name or link.url])
        case Snippet() as code:
            if code.section not in titles:
                raise _damaged(f"a block of code stands in {code.section!r}")
            return titles[code.section], best(code.code.split("\n\n"))
