"""Which words there are and in how many search documents: what typos are mended with.

After a small change it is cheaper to take off the words of what is gone and add those of what is new than to
read all texts again. The texts of what is gone stand in the snapshot before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.model import Figure, Question, Resource, Section, Snippet
from graph.model import Concept
from indexer.documents import concept_texts, question_texts, resource_texts, section_texts, snippet_texts
from indexer.engines.protocol import Field
from indexer.model import HitKind
from indexer.store import Store
from indexer.words import surface_words

Texts = Mapping[Field, str]


@dataclass
class Vocabulary:
    """Words as spelled, each with its term and the number of search documents that hold it."""

    documents: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, texts: Texts, language: str) -> None:
        """The words of one more search document."""
        documents = self.documents
        for found in _words(texts, language):
            documents[found] = documents.get(found, 0) + 1

    def take_off(self, texts: Texts, language: str) -> None:
        """The words of a search document that is no more."""
        for found in _words(texts, language):
            self.documents[found] -= 1

    def rows(self) -> Iterator[tuple[str, str, int]]:
        """(word, term, documents) of the words that are still there, sorted."""
        return ((word, term, n) for (word, term), n in sorted(self.documents.items()) if n > 0)


def vocabulary_before(store: Store, gone: Iterable[str]) -> Vocabulary:
    """The vocabulary of a snapshot without its search documents with these keys."""
    vocabulary = Vocabulary()
    for word, term, documents in store.rows("SELECT word, term, documents FROM words"):
        vocabulary.documents[word, term] = documents
    for key in gone:
        ((kind, ref, language, above),) = store.rows(
            "SELECT kind, ref, language, above FROM search_documents WHERE key = ?", key
        )
        texts = _texts_before(store, HitKind(kind), ref)
        vocabulary.take_off({**texts, Field.ABOVE: above}, language)
    return vocabulary


def _words(texts: Texts, language: str) -> Iterable[tuple[str, str]]:
    return surface_words("\n".join(texts.values()), language).items()


def _texts_before(store: Store, kind: HitKind, ref: str) -> Texts:
    """The texts that a search document of this snapshot was made of."""
    if kind is HitKind.CONCEPT:
        (concept,) = store.values(Concept, "SELECT value FROM concepts WHERE id = ?", ref)
        return concept_texts(concept)
    if kind is HitKind.QUESTION:
        (question,) = store.values(Question, "SELECT value FROM questions WHERE number = ?", int(ref))
        return question_texts(question)
    if kind is HitKind.RESOURCE:
        (resource,) = store.values(Resource, "SELECT value FROM resources WHERE number = ?", int(ref))
        return resource_texts(resource)
    if kind is HitKind.CODE:
        (snippet,) = store.values(Snippet, "SELECT value FROM snippets WHERE number = ?", int(ref))
        return snippet_texts(snippet)
    (section,) = store.values(Section, "SELECT value FROM sections WHERE id = ?", ref)
    figures = store.values(Figure, "SELECT value FROM figures WHERE section = ?", ref)
    snippets = store.values(Snippet, "SELECT value FROM snippets WHERE section = ?", ref)
    return section_texts(section, figures, snippets)
