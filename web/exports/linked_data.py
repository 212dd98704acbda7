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
from corpus.model import Lesson, LessonId, Question, RelationKind, Settings
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
    writer = _Writer(dump, settings, base)
    return _turtle(writer.document(), writer.namespaces())


def _turtle(document: Node, namespaces: dict[str, str]) -> bytes:
    try:
        from rdflib import Graph
    except ImportError:
        raise ExtraMissing("turtle", "rdflib", "turtle") from None
    graph = Graph(bind_namespaces="none")
    graph.parse(data=to_json(document), format="json-ld")
    for prefix, namespace in {**_PREFIXES, **namespaces}.items():
        graph.bind(prefix, namespace)
    return graph.serialize(format="turtle", encoding="utf-8")


def about_concept(dump: Dump, concept: ConceptId, settings: Iterable[Settings], base: str) -> Node:
    """What `as_jsonld` says of one concept, from a dump that may hold no more than what is about it."""
    return _Writer(dump, settings, base).concept(concept)


def about_lesson(dump: Dump, lesson: LessonId, settings: Iterable[Settings], base: str) -> Node:
    """What `as_jsonld` says of one lesson, from a dump that may hold no more than what is about it."""
    return _Writer(dump, settings, base).lesson(lesson)


def about_glossary(title: str, entries: Iterable[tuple[ConceptId, str]], base: str) -> Node:
    """The glossary and these of its terms, by id and name."""
    names = Addresses(_base_of(base, title))
    scheme = f"{names.prefix}/glossary"
    return {
        "@id": scheme,
        "@type": ["skos:ConceptScheme", "schema:DefinedTermSet"],
        "dcterms:title": title,
        "schema:name": title,
        "schema:hasDefinedTerm": [
            {"@id": names.concept(id), "@type": ["skos:Concept", "schema:DefinedTerm"], "schema:name": name}
            for id, name in entries
        ],
    }


def about_questions(
    title: str, questions: Iterable[tuple[Question, Iterable[ConceptId]]], base: str, asked: str = ""
) -> Node:
    """Quiz items, each with its answer and the concepts that it is about; `asked` is the query that tells
    them from others. Answers are hidden: to search engines, a question without options is a flashcard."""
    names = Addresses(_base_of(base, title))
    return {
        "@id": f"{names.prefix}/questions{asked and f'?{asked}'}",
        "@type": "schema:Quiz",
        "schema:name": title,
        "schema:hasPart": [
            _without_blanks(
                {
                    "@type": "schema:Question",
                    "schema:eduQuestionType": "Multiple choice" if one.options else "Flashcard",
                    "schema:text": one.question,
                    "schema:acceptedAnswer": _answer(one.answer or one.explanation),
                    "schema:suggestedAnswer": [_answer(text) for text in one.options if text != one.answer],
                    "schema:about": [{"@id": names.concept(id)} for id in concepts],
                }
            )
            for one, concepts in questions
        ],
    }


def _answer(text: str) -> Node | str:
    return {"@type": "schema:Answer", "schema:text": text} if text else ""


def whole(node: Node) -> Node:
    """A node as a document in JSON-LD of its own."""
    return {"@context": _CONTEXT, **node}


def in_schema_org(node: Node) -> Node:
    """What a node says in the words of schema.org, as search engines read it in the head of a page."""
    return {"@context": "https://schema.org", **_of_schema_org(node)}


def _of_schema_org(node: Node) -> Node:
    said = {
        name.removeprefix("schema:"): _plain(value)
        for name, value in node.items()
        if name.startswith("schema:")
    }
    kinds = node.get("@type", [])
    names = [str(one) for one in (kinds if isinstance(kinds, list) else [kinds])]
    kind = next((one.removeprefix("schema:") for one in names if one.startswith("schema:")), "")
    return {name: value for name, value in (("@id", node.get("@id")), ("@type", kind)) if value} | said


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return value["@value"] if "@value" in value else _of_schema_org(value)
    return value


def turtle_of(document: Node) -> bytes:
    """A document in Turtle. ExtraMissing: rdflib, which writes it, is not installed."""
    return _turtle(document, {})


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

    def concept(self, id: ConceptId) -> Node:
        """One concept of the dump."""
        return next(self._concept(one, kinds.narrower) for one, kinds in self._dump.concepts if one.id == id)

    def lesson(self, id: LessonId) -> Node:
        """One lesson of the dump."""
        return next(
            self._lesson(number, one, [c.id for c, _ in self._dump.concepts if c.lesson == id])
            for number, one in enumerate(self._dump.lessons, start=1)
            if one.id == id
        )

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
            yield self._lesson(number, lesson, taught[lesson.id])

    def _lesson(self, number: int, lesson: Lesson, teaches: list[ConceptId]) -> Node:
        needed = {one for id in teaches for one in self._needs[id]}.difference(teaches)
        return _without_blanks(
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
