"""The glossary as linked data: SKOS and schema.org, in JSON-LD and in Turtle.

Concepts are `skos:Concept` and `schema:DefinedTerm`, lessons `schema:LearningResource`. SKOS has no word for
what is to be learned first: the few words of our own are described in what is written, so that whoever reads
it needs nothing else. What SKOS does not allow is left out: nothing is related to what is broader.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from corpus.errors import ExtraMissing, InvalidRequest
from corpus.model import LessonId, RelationKind, Settings
from graph.model import Concept, ConceptId
from web.addresses import Addresses
from web.model import Dump
from web.payloads import to_json

Node = dict[str, object]

OURS = "urn:glosspath:terms:"
# What SKOS and schema.org have no word for: name, and what a statement with it says.
OWN_WORDS = {
    "prerequisite": "The object is to be learned before the subject.",
    "exampleOf": "The subject is an example of the object.",
}
_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "glosspath": OURS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_TO_NODES = (
    *("skos:broader", "skos:narrower", "skos:related", "skos:inScheme", "skos:topConceptOf"),
    *("skos:hasTopConcept", "dcterms:isPartOf", "dcterms:hasPart", "glosspath:prerequisite"),
    *("glosspath:exampleOf", "schema:inDefinedTermSet", "schema:teaches", "schema:competencyRequired"),
    *("schema:isPartOf", "rdfs:subPropertyOf"),
)
_CONTEXT: Node = {**_PREFIXES, **{name: {"@type": "@id"} for name in _TO_NODES}}

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*")


def as_jsonld(dump: Dump, settings: Iterable[Settings] = (), base: str = "") -> bytes:
    """The glossary in JSON-LD. What things are called begins with `base`, else with a name made of the
    title. InvalidRequest: the base is no whole address."""
    return to_json(_Writer(dump, settings, base).document(), indent=2)


def as_turtle(dump: Dump, settings: Iterable[Settings] = (), base: str = "") -> bytes:
    """The same statements in Turtle. ExtraMissing: rdflib, which writes it, is not installed."""
    try:
        from rdflib import Graph
    except ImportError:
        raise ExtraMissing("turtle", "rdflib", "turtle") from None
    writer = _Writer(dump, settings, base)
    graph = Graph(bind_namespaces="none")
    graph.parse(data=to_json(writer.document()), format="json-ld")
    for prefix, namespace in {**_PREFIXES, **writer.namespaces()}.items():
        graph.bind(prefix, namespace)
    return graph.serialize(format="turtle", encoding="utf-8")


class _Writer:
    """Makes the nodes of one glossary."""

    def __init__(self, dump: Dump, settings: Iterable[Settings], base: str) -> None:
        self._dump = dump
        self._names = Addresses(_base_of(base, dump.title))
        self._scheme = f"{self._names.prefix}/glossary"
        self._language = _languages(dump, settings)
        self._lesson_at = {lesson.path: lesson.id for lesson in dump.lessons}
        self._broader = _broader(dump)
        self._needs: dict[ConceptId, list[ConceptId]] = defaultdict(list)
        for edge in dump.prerequisites:
            self._needs[edge.target].append(edge.prerequisite)
        self._of: dict[tuple[ConceptId, RelationKind], set[ConceptId]] = defaultdict(set)
        self._parts: dict[ConceptId, set[ConceptId]] = defaultdict(set)
        for relation in dump.relations:
            self._of[relation.one, relation.kind].add(relation.other)
            if relation.kind is RelationKind.PART_OF:
                self._parts[relation.other].add(relation.one)
        self._related = _related(dump, self._broader)

    def document(self) -> Node:
        """All of it, in the form of JSON-LD."""
        return {"@context": _CONTEXT, "@graph": list(self._nodes())}

    def namespaces(self) -> dict[str, str]:
        """Short forms for the names of concepts and lessons."""
        return {"concept": self._names.concept(ConceptId("")), "lesson": self._names.lesson(LessonId(""))}

    def _nodes(self) -> Iterator[Node]:
        """Our own words, the glossary, its concepts in the notes' order, its lessons in theirs."""
        for name, meaning in OWN_WORDS.items():
            yield {
                "@id": f"glosspath:{name}",
                "@type": "rdf:Property",
                "rdfs:label": name,
                "rdfs:comment": meaning,
                "rdfs:subPropertyOf": "skos:semanticRelation",
            }
        tops = [concept.id for concept, _ in self._dump.concepts if not self._broader[concept.id]]
        yield _without_blanks(
            {
                "@id": self._scheme,
                "@type": ["skos:ConceptScheme", "schema:DefinedTermSet"],
                "dcterms:title": self._dump.title,
                "schema:name": self._dump.title,
                "skos:hasTopConcept": self._concepts(tops),
            }
        )
        for concept, kinds in self._dump.concepts:
            yield self._concept(concept, kinds.narrower)
        yield from self._lessons()

    def _concept(self, concept: Concept, narrower: Iterable[ConceptId]) -> Node:
        id, language = concept.id, self._language(concept.lesson)
        texts = {
            d.text: _said(d.text, self._language(self._lesson_at.get(d.location.path)))
            for d in concept.definitions
        }
        label = _said(concept.pref_label, language)
        places = dict.fromkeys(
            f"{d.location.path}#L{d.location.first_line}-L{d.location.last_line}" for d in concept.definitions
        )
        return _without_blanks(
            {
                "@id": self._names.concept(id),
                "@type": ["skos:Concept", "schema:DefinedTerm"],
                "skos:notation": id,
                "skos:prefLabel": label,
                "skos:altLabel": [_said(one, language) for one in concept.alt_labels],
                "skos:hiddenLabel": [_said(one, language) for one in concept.hidden_labels],
                "skos:definition": list(texts.values()),
                "skos:broader": self._concepts(self._broader[id]),
                "skos:narrower": self._concepts(one for one in narrower if one != id),
                "skos:related": self._concepts(self._related[id]),
                "skos:inScheme": self._scheme,
                "skos:topConceptOf": "" if self._broader[id] else self._scheme,
                "dcterms:isPartOf": self._concepts(self._of[id, RelationKind.PART_OF]),
                "dcterms:hasPart": self._concepts(self._parts[id]),
                "glosspath:exampleOf": self._concepts(self._of[id, RelationKind.EXAMPLE_OF]),
                "glosspath:prerequisite": self._concepts(self._needs[id]),
                "dcterms:source": list(places),
                "schema:name": label,
                "schema:description": next(iter(texts.values()), ""),
                "schema:inDefinedTermSet": self._scheme,
            }
        )

    def _lessons(self) -> Iterator[Node]:
        taught: dict[LessonId, list[ConceptId]] = defaultdict(list)
        for concept, _ in self._dump.concepts:
            if concept.lesson:
                taught[concept.lesson].append(concept.id)
        for number, lesson in enumerate(self._dump.lessons, start=1):
            teaches = taught[lesson.id]
            needed = {one for id in teaches for one in self._needs[id]}.difference(teaches)
            yield _without_blanks(
                {
                    "@id": self._names.lesson(lesson.id),
                    "@type": "schema:LearningResource",
                    "schema:name": _said(lesson.title, self._language(lesson.id)),
                    "schema:position": number,
                    "schema:inLanguage": self._language(lesson.id),
                    "schema:teaches": self._concepts(teaches),
                    "schema:competencyRequired": self._concepts(needed),
                    "dcterms:source": lesson.path,
                }
            )

    def _concepts(self, ids: Iterable[ConceptId]) -> list[str]:
        return sorted({self._names.concept(id) for id in ids})


def _base_of(base: str, title: str) -> str:
    """What the names of all things begin with, without the slash that comes next."""
    if not base:
        slug = re.sub(r"\W+", "-", title.casefold()).strip("-") or "notes"
        return f"urn:glosspath:{quote(slug)}"
    if not _ADDRESS.fullmatch(base):
        raise InvalidRequest(
            "base", f"{base[:80]!r} is no whole address: give one such as https://example.org/notes/."
        )
    return base.rstrip("/")


def _languages(dump: Dump, settings: Iterable[Settings]) -> Callable[[LessonId | None], str]:
    """The language of each lesson, "" where nobody says it: its own, else the one that the author set."""
    said = {one.prefix: one.language for one in settings}
    languages = {}
    for lesson in dump.lessons:
        main = said.get(lesson.path.split("/")[0]) or said.get("", "")
        languages[lesson.id] = lesson.language or main
    valid = {id: tag for id, tag in languages.items() if _LANGUAGE_TAG.fullmatch(tag)}
    return lambda lesson: valid.get(lesson, "") if lesson else ""


def _broader(dump: Dump) -> dict[ConceptId, tuple[ConceptId, ...]]:
    return {
        concept.id: tuple(one for one in kinds.broader if one != concept.id)
        for concept, kinds in dump.concepts
    }


def _related(dump: Dump, broader: dict[ConceptId, tuple[ConceptId, ...]]) -> dict[ConceptId, set[ConceptId]]:
    """What is related, both ways; without pairs of which one is a kind of the other, over however many
    others (SKOS: skos:related and skos:broaderTransitive are disjoint)."""
    related: dict[ConceptId, set[ConceptId]] = defaultdict(set)
    for concept, _ in dump.concepts:
        for other in concept.related:
            kinds = other == concept.id or other in _above(concept.id, broader)
            if not kinds and concept.id not in _above(other, broader):
                related[concept.id].add(other)
                related[other].add(concept.id)
    return related


def _above(concept: ConceptId, broader: dict[ConceptId, tuple[ConceptId, ...]]) -> set[ConceptId]:
    found: set[ConceptId] = set()
    waiting = list(broader.get(concept, ()))
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting.extend(broader.get(one, ()))
    return found


def _said(words: str, language: str) -> str | Node:
    return {"@value": words, "@language": language} if language else words


def _without_blanks(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", [])}
