"""What can be found, as search documents: concepts, sections, questions and resources with their texts.

A search document has a stable key and a digest of all that an engine stores of it, so that the next build
can tell which ones changed. Numbers of questions and resources move when something is inserted before them;
their keys do not: they count within one document of the notes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

import msgspec

from corpus.model import (
    Corpus,
    Document,
    Figure,
    LessonId,
    Question,
    Resource,
    Section,
    SectionContent,
    SectionId,
    Snippet,
)
from graph.model import Concept, ConceptGraph
from indexer.engines.protocol import Field, IndexedDocument
from indexer.model import HitKind
from indexer.words import ENGLISH, code_terms, stemmed_as, terms

# How much a kind of thing is worth at the same match: a concept before the sections that use it, a section
# before a question or a link, and what says nothing by itself (a stub, an empty section) last.
_PRIOR_CONCEPT, _PRIOR_STUB = 1.4, 0.5
_PRIOR_NUMBERED = {HitKind.QUESTION: 0.8, HitKind.RESOURCE: 0.75, HitKind.CODE: 0.6}
_PRIOR_SECTION = {
    SectionContent.TEXT: 1.0,
    SectionContent.LINKS: 0.7,
    SectionContent.PICTURES: 0.7,
    SectionContent.CONTAINER: 0.7,
    SectionContent.EMPTY: 0.4,
}

_NAMES = (Field.LABEL, Field.TITLE)


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing that can be found. `ref` is its id, or its number as text; `texts` are searched by field, the
    text of `Field.CODE` is code, the compound words of the other texts are added to it. `language` is that by
    whose rules words are stemmed."""

    key: str
    kind: HitKind
    ref: str
    lesson: LessonId | None
    prior: float
    texts: Mapping[Field, str]
    language: str

    def digest(self) -> bytes:
        """The same for two documents of which an engine would store the same."""
        content = (self.kind, self.lesson, self.prior, self.language, sorted(self.texts.items()))
        return blake2b(msgspec.msgpack.encode(content), digest_size=16).digest()

    def titled(self) -> str | None:
        """What a section's title says, folded: it is found first by those who type just that."""
        if self.kind is not HitKind.SECTION:
            return None
        return " ".join(terms(self.texts[Field.TITLE], self.language)) or None

    def indexed(self) -> IndexedDocument:
        """The document as an engine takes it: terms instead of texts."""
        by_field: dict[Field, tuple[str, ...]] = {
            field: tuple(terms(text, self.language))
            for field, text in self.texts.items()
            if text and field != Field.CODE
        }
        code = terms(self.texts.get(Field.CODE, ""), self.language)
        compounds: list[str] = []
        for field, text in self.texts.items():
            (compounds if field in _NAMES else code).extend(code_terms(text, self.language))
        by_field[Field.CODE], by_field[Field.COMPOUND] = tuple(code), tuple(compounds)
        return IndexedDocument(self.key, self.kind, self.lesson or "", self.prior, by_field, self._same())

    def _same(self) -> str:
        """The same for what a reader needs only one of: a link, or a section that says something."""
        says = self.kind is HitKind.SECTION and self.texts.get(Field.BODY, "").strip()
        if not says and self.kind is not HitKind.RESOURCE:
            return ""
        own = (text for field, text in sorted(self.texts.items()) if field is not Field.ABOVE)
        words = [self.kind, *(" ".join(text.casefold().split()) for text in own)]
        return blake2b(msgspec.msgpack.encode(words), digest_size=8).hexdigest()


def concept_key(concept: str) -> str:
    """The key of a concept's search document."""
    return f"concept/{concept}"


def search_documents(corpus: Corpus, graph: ConceptGraph) -> Iterator[SearchDocument]:
    """Everything that can be found, in a stable order."""
    lessons = corpus.lesson_of()
    languages, main = _languages(corpus)
    above = _above(corpus)
    for concept in graph.concepts:
        path = concept.definitions[0].location.path if concept.definitions else ""
        yield _of_concept(concept, languages.get(path, main))
    before: Counter[HitKind] = Counter()
    for document in corpus.documents:
        language = languages[document.path]
        yield from _of_sections(document, lessons, language, above)
        for kind, found in _numbered(document).items():
            for number, (section, texts) in enumerate(found):
                yield SearchDocument(
                    f"{kind}/{document.path}/{number:04}",
                    kind,
                    str(before[kind] + number),
                    lessons.get(section),
                    _PRIOR_NUMBERED[kind],
                    texts,
                    language,
                )
            before[kind] += len(found)


def concept_texts(concept: Concept) -> dict[Field, str]:
    """What a concept is found by."""
    labels = (concept.pref_label, *concept.alt_labels, *concept.hidden_labels, *concept.shared_labels)
    definitions = (definition.text for definition in concept.definitions)
    return {Field.LABEL: "\n".join(labels), Field.DEFINITION: "\n".join(definitions)}


def section_texts(
    section: Section, figures: Iterable[Figure], snippets: Iterable[Snippet]
) -> dict[Field, str]:
    """What a section is found by: its own words, those of its pictures and its code."""
    body = (*(passage.text for passage in section.passages), *(figure.alt for figure in figures))
    code = (snippet.code for snippet in snippets)
    return {Field.TITLE: section.title, Field.BODY: "\n".join(body), Field.CODE: "\n".join(code)}


def question_texts(question: Question) -> dict[Field, str]:
    """What a quiz item is found by."""
    return {Field.TITLE: question.question, Field.BODY: f"{question.answer}\n{question.explanation}"}


def resource_texts(resource: Resource) -> dict[Field, str]:
    """What a link is found by: what it is called and the words of its address."""
    address = resource.url.partition("://")[2].removeprefix("www.")
    return {Field.TITLE: resource.title, Field.CODE: f"{resource.name}\n{address}"}


def snippet_texts(snippet: Snippet) -> dict[Field, str]:
    """What a block of code is found by."""
    return {Field.CODE: snippet.code}


def _languages(corpus: Corpus) -> tuple[dict[str, str], str]:
    """By whose rules the words of each document are stemmed: those of its declared language, of what its
    words look like, or of most documents; and the language of most."""
    told = {d.path: d.language or d.words_language for d in corpus.documents}
    known = Counter(map(stemmed_as, filter(None, told.values())))
    main = max(sorted(known), key=lambda tag: known[tag], default=ENGLISH)
    return {path: stemmed_as(tag) if tag else main for path, tag in told.items()}, main


def _of_concept(concept: Concept, language: str) -> SearchDocument:
    prior = _PRIOR_CONCEPT if concept.definitions else _PRIOR_STUB
    key = concept_key(concept.id)
    return SearchDocument(
        key, HitKind.CONCEPT, concept.id, concept.lesson, prior, concept_texts(concept), language
    )


def _of_sections(
    document: Document,
    lessons: Mapping[SectionId, LessonId],
    language: str,
    above: Mapping[SectionId, str],
) -> Iterator[SearchDocument]:
    figures, snippets = _by_section(document.figures), _by_section(document.snippets)
    for section in _findable(document):
        texts = section_texts(section, figures[section.id], snippets[section.id])
        if titles := above.get(section.id):
            texts[Field.ABOVE] = titles
        yield SearchDocument(
            f"section/{section.id}",
            HitKind.SECTION,
            section.id,
            lessons.get(section.id),
            _PRIOR_SECTION[section.content],
            texts,
            language,
        )


def _findable(document: Document) -> tuple[Section, ...]:
    """The sections that can be found: where nothing stands before the first heading there is none."""
    return tuple(s for s in document.sections if s.level or s.content is not SectionContent.EMPTY)


def _above(corpus: Corpus) -> dict[SectionId, str]:
    """The titles above each section whose own title others have, too, up to one that only it has: nobody
    looks for "Example", but for that of something. A document whose title no heading says is found by its
    first section."""
    findable = [(document, _findable(document)) for document in corpus.documents]
    times = Counter(section.title.casefold() for _, sections in findable for section in sections)
    above = {}
    for document, sections in findable:
        by_id = {section.id: section for section in document.sections}
        for section in sections:
            titles: list[str] = []
            at: Section | None = section
            while at and times[at.title.casefold()] > 1:
                at = by_id.get(at.parent) if at.parent else None
                titles.append(at.title if at else document.title)
            above[section.id] = "\n".join(titles)
        if sections and not times[document.title.casefold()]:
            above[sections[0].id] = document.title
    return above


_InSection = TypeVar("_InSection", Figure, Snippet)


def _by_section(found: Iterable[_InSection]) -> defaultdict[SectionId, list[_InSection]]:
    by_section: defaultdict[SectionId, list[_InSection]] = defaultdict(list)
    for one in found:
        by_section[one.section].append(one)
    return by_section


def _numbered(document: Document) -> dict[HitKind, list[tuple[SectionId, dict[Field, str]]]]:
    """What has no id of its own, by kind: the section in which each one stands, and what it is found by."""
    return {
        HitKind.QUESTION: [(one.section, question_texts(one)) for one in document.questions],
        HitKind.RESOURCE: [(one.section, resource_texts(one)) for one in document.resources],
        HitKind.CODE: [(one.section, snippet_texts(one)) for one in document.snippets],
    }
