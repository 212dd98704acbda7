"""What can be found, as search documents: concepts, sections, questions and resources with their texts.

A search document has a stable key and a digest of all that an engine stores of it, so that the next build
can tell which ones changed. Numbers of questions and resources move when something is inserted before them;
their keys do not: they count within one document of the notes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from corpus.model import Corpus, Document, LessonId, Section, SectionContent, SectionId
from graph.model import Concept, ConceptGraph
from indexer.engines.protocol import Field, IndexedDocument
from indexer.model import HitKind
from indexer.words import code_terms, surface_words, terms

# How much a kind of thing is worth at the same match: a concept before the sections that use it, a section
# before a question or a link, and what says nothing by itself (a stub, an empty section) last.
_PRIOR_CONCEPT, _PRIOR_STUB = 1.4, 0.5
_PRIOR_QUESTION, _PRIOR_RESOURCE = 0.8, 0.75
_PRIOR_SECTION = {
    SectionContent.TEXT: 1.0,
    SectionContent.LINKS: 0.7,
    SectionContent.PICTURES: 0.7,
    SectionContent.CONTAINER: 0.7,
    SectionContent.EMPTY: 0.4,
}


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing that can be found. `ref` is its id, or its number as text; `texts` are searched by field, the
    text of `Field.CODE` is code, the compound words of the other texts are added to it."""

    key: str
    kind: HitKind
    ref: str
    lesson: LessonId | None
    prior: float
    texts: Mapping[Field, str]

    def digest(self) -> bytes:
        """The same for two documents of which an engine would store the same."""
        content = (self.kind, self.lesson, self.prior, sorted(self.texts.items()))
        return blake2b(msgspec.msgpack.encode(content), digest_size=16).digest()

    def indexed(self) -> IndexedDocument:
        """The document as an engine takes it: terms instead of texts."""
        by_field: dict[Field, tuple[str, ...]] = {
            field: tuple(terms(text)) for field, text in self.texts.items() if text and field != Field.CODE
        }
        code = [term for text in self.texts.values() for term in code_terms(text)]
        code += terms(self.texts.get(Field.CODE, ""))
        return IndexedDocument(
            self.key, self.kind, self.lesson or "", self.prior, {**by_field, Field.CODE: tuple(code)}
        )

    def words(self) -> dict[str, str]:
        """Every word of it as spelled, with the term that it is found under."""
        return surface_words("\n".join(self.texts.values()))


def concept_key(concept: str) -> str:
    """The key of a concept's search document."""
    return f"concept/{concept}"


def search_documents(corpus: Corpus, graph: ConceptGraph) -> Iterator[SearchDocument]:
    """Everything that can be found, in a stable order."""
    lessons = corpus.lesson_of()
    yield from (_of_concept(concept) for concept in graph.concepts)
    questions = resources = 0
    for document in corpus.documents:
        yield from _of_sections(document, lessons)
        yield from _of_questions(document, lessons, questions)
        yield from _of_resources(document, lessons, resources)
        questions += len(document.questions)
        resources += len(document.resources)


def _of_concept(concept: Concept) -> SearchDocument:
    labels = (concept.pref_label, *concept.alt_labels, *concept.hidden_labels)
    return SearchDocument(
        concept_key(concept.id),
        HitKind.CONCEPT,
        concept.id,
        concept.lesson,
        _PRIOR_CONCEPT if concept.definitions else _PRIOR_STUB,
        {Field.LABEL: "\n".join(labels), Field.DEFINITION: "\n".join(d.text for d in concept.definitions)},
    )


def _of_sections(document: Document, lessons: Mapping[SectionId, LessonId]) -> Iterator[SearchDocument]:
    code = _by_section((snippet.section, snippet.code) for snippet in document.snippets)
    captions = _by_section((figure.section, figure.alt) for figure in document.figures)
    for section in document.sections:
        if section.level == 0 and section.content is SectionContent.EMPTY:
            continue  # nothing stands before the first heading: the document's title only
        texts = section_texts(section) + captions[section.id]
        yield SearchDocument(
            f"section/{section.id}",
            HitKind.SECTION,
            section.id,
            lessons.get(section.id),
            _PRIOR_SECTION[section.content],
            {
                Field.TITLE: section.title,
                Field.BODY: "\n".join(texts),
                Field.CODE: "\n".join(code[section.id]),
            },
        )


def section_texts(section: Section) -> list[str]:
    """The prose of a section, a text a passage."""
    return [passage.text for passage in section.passages]


def _by_section(texts: Iterator[tuple[SectionId, str]]) -> Mapping[SectionId, list[str]]:
    found: defaultdict[SectionId, list[str]] = defaultdict(list)
    for section, text in texts:
        found[section].append(text)
    return found


def _of_questions(
    document: Document, lessons: Mapping[SectionId, LessonId], first: int
) -> Iterator[SearchDocument]:
    for number, question in enumerate(document.questions):
        yield SearchDocument(
            f"question/{document.path}/{number:04}",
            HitKind.QUESTION,
            str(first + number),
            lessons.get(question.section),
            _PRIOR_QUESTION,
            {Field.TITLE: question.question, Field.BODY: f"{question.answer}\n{question.explanation}"},
        )


def _of_resources(
    document: Document, lessons: Mapping[SectionId, LessonId], first: int
) -> Iterator[SearchDocument]:
    for number, resource in enumerate(document.resources):
        yield SearchDocument(
            f"resource/{document.path}/{number:04}",
            HitKind.RESOURCE,
            str(first + number),
            lessons.get(resource.section),
            _PRIOR_RESOURCE,
            {Field.TITLE: resource.title, Field.CODE: f"{resource.name}\n{_readable(resource.url)}"},
        )


def _readable(url: str) -> str:
    """The words of an address that say what it leads to."""
    return url.partition("://")[2].removeprefix("www.")


def count_words(documents: Sequence[SearchDocument]) -> dict[str, tuple[str, int]]:
    """Every word that is searched, with its term and the number of search documents that hold it."""
    counts: dict[str, int] = {}
    found: dict[str, str] = {}
    for document in documents:
        words = document.words()
        found.update(words)
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return {word: (found[word], counts[word]) for word in sorted(found)}
