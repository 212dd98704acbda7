"""From what somebody typed to a page of hits: all words first, then better spellings, then any of them.

The engine counts and ranks; everything that a person sees of a hit is put together here.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

from corpus.errors import DamagedSnapshot
from corpus.model import LessonId, Question, Resource, Section
from graph.model import Concept
from indexer.documents import concept_key
from indexer.engines.protocol import Found, Searcher
from indexer.engines.protocol import Question as EngineQuestion
from indexer.highlighting import snippet
from indexer.lexicon import beginning_with, spelled_like, typo_budget
from indexer.model import Hit, HitKind, LabelMatch, SearchResults
from indexer.queries import Asked, Query, clause_of, read_query, terms_of
from indexer.store import Store, decoded
from indexer.words import STOP_WORDS, stem

MOST_PER_PAGE = 100
_MOST_EXPANSIONS = 40
_SHORTEST_BEGINNING = 3
_MOST_MENDED = 5  # words of one query: what is mostly misspelled is not language

# A word that was completed or mended is worth less than one that stands there as it was typed.
_COMPLETED = 0.5
_MENDED = {1: 0.4, 2: 0.25}
_ASKED_TO_COMPLETE = 0.8


class Lexicon:
    """Every word that is searched, sorted. It is read when the first unknown word is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()

    @cached_property
    def _all(self) -> tuple[list[str], list[str], list[int]]:
        rows = self._store.rows("SELECT word, term, documents FROM words ORDER BY word")
        return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]

    def knows(self, term: str) -> bool:
        """Whether any document holds the term."""
        return bool(self._store.rows("SELECT 1 FROM words WHERE term = ? LIMIT 1", term))

    def completions(self, beginning: str) -> list[str]:
        """The terms of words that begin so, those of the most documents first."""
        with self._lock:
            words, terms, documents = self._all
        places = range(*beginning_with(words, beginning))
        ranked = heapq.nsmallest(_MOST_EXPANSIONS, places, key=lambda n: (-documents[n], words[n]))
        return list(dict.fromkeys(terms[n] for n in ranked))

    def mended(self, word: str) -> list[tuple[str, str, int]]:
        """(word, term, typos) of words that are spelled almost so: fewest typos first, then the most used."""
        with self._lock:
            words, terms, documents = self._all
        near = [
            (found.distance, -documents[n], words[n], terms[n])
            for found in spelled_like(words, word, typo_budget(word))
            for n in range(found.first, found.end)
        ]
        best = heapq.nsmallest(_MOST_EXPANSIONS, near)
        return [(spelled, term, typos) for typos, _, spelled, term in best]


@dataclass
class _Spelling:
    """Collects the words that were mended while a query is compiled."""

    lexicon: Lexicon
    mended: dict[Asked, str]
    tried: int = 0

    def expand(self, asked: Asked) -> list[tuple[str, float]]:
        """More terms for a word: what begins so if that was asked; for an unknown word also what is spelled
        almost so."""
        if len(asked.pieces) != 1:
            return []
        (word,) = asked.pieces
        more: dict[str, float] = {}
        known = self.lexicon.knows(stem(word))
        if asked.begins or (not known and len(word) >= _SHORTEST_BEGINNING):
            weight = _ASKED_TO_COMPLETE if asked.begins else _COMPLETED
            more.update((term, weight) for term in self.lexicon.completions(word))
        if not known and not asked.begins and self.tried < _MOST_MENDED:
            self.tried += 1
            better = self.lexicon.mended(word)
            if better and not more:
                self.mended[asked] = better[0][0]
            for _, term, typos in better:
                more.setdefault(term, _MENDED[typos])
        more.pop(stem(word), None)
        return list(more.items())[:_MOST_EXPANSIONS]


@dataclass(frozen=True)
class Search:
    """A snapshot's full text search. `lookup` finds a concept by its label."""

    searcher: Searcher
    store: Store
    lexicon: Lexicon
    lookup: Callable[[str], LabelMatch | None]

    def search(
        self, typed: str, kind: HitKind | None, lesson: LessonId | None, page: int, per_page: int
    ) -> SearchResults:
        """One page of what a query finds. Never raises for what was typed."""
        page, per_page = max(1, page), min(max(1, per_page), MOST_PER_PAGE)
        query = read_query(typed)
        label = self._label(query)
        spelling = _Spelling(self.lexicon, {})
        clauses = tuple(clause_of(asked, spelling.expand) for asked in query.asked)
        question = EngineQuestion(
            clauses,
            tuple(clause_of(asked, lambda _: ()) for asked in query.without),
            kind=kind,
            lesson=lesson,
            first=concept_key(label.concept) if label else None,
            offset=(page - 1) * per_page,
            limit=per_page,
        )
        found, any_word = self._ask(question)
        terms = terms_of(clauses)
        return SearchResults(
            typed,
            found.total,
            page,
            per_page,
            tuple(self._hits(found, terms, label)),
            {"kind": dict(sorted(found.kinds.items())), "lesson": dict(sorted(found.lessons.items()))},
            _respelled(query, spelling.mended),
            any_word,
            query.trimmed,
        )

    def _ask(self, question: EngineQuestion) -> tuple[Found, bool]:
        """All clauses; if nothing at all has them, any of them."""
        found = self.searcher.search(question)
        if found.unfiltered or len(question.clauses) < 2:
            return found, False
        some = self.searcher.search(replace(question, any_clause=True))
        return some, some.unfiltered > 0

    def _label(self, query: Query) -> LabelMatch | None:
        """The concept that the query names, as typed or without words like "what is a"."""
        if query.without or not query.text.strip():
            return None
        bare = query.text.replace('"', " ").strip(" ?!.*")
        telling = " ".join(word for word in bare.split() if word.casefold() not in STOP_WORDS)
        return self.lookup(query.text.strip()) or self.lookup(bare) or self.lookup(telling)

    def _hits(self, found: Found, terms: frozenset[str], label: LabelMatch | None) -> Iterable[Hit]:
        for key, score in found.keys:
            rows = self.store.rows("SELECT kind, ref FROM search_documents WHERE key = ?", key)
            if not rows:
                raise DamagedSnapshot(
                    f"The snapshot is damaged: its search index finds {key!r}, which its library does not"
                    " hold. `glosspath build NOTES` makes it anew."
                )
            kind, ref = rows[0]
            hit = _SHOWN[HitKind(kind)](self.store, ref, terms)
            matched = label.matched_label if label and concept_key(label.concept) == key else ""
            yield replace(hit, score=score, matched_label=matched)


def _respelled(query: Query, mended: dict[Asked, str]) -> str:
    """The query with the words that were mended in it; empty if there are none."""
    text = query.text
    for asked, word in sorted(mended.items(), key=lambda item: -item[0].start):
        text = text[: asked.start] + word + text[asked.end :]
    return text if mended else ""


def _shown_concept(store: Store, ref: str, terms: frozenset[str]) -> Hit:
    (concept,) = store.values(Concept, "SELECT value FROM concepts WHERE id = ?", ref)
    texts = [definition.text for definition in concept.definitions]
    found = snippet(texts, terms)
    return Hit(HitKind.CONCEPT, ref, concept.pref_label, concept.section, concept.lesson, found, 0.0)


def _shown_section(store: Store, ref: str, terms: frozenset[str]) -> Hit:
    ((packed, lesson),) = store.rows("SELECT value, lesson FROM sections WHERE id = ?", ref)
    section = decoded(Section, packed)
    found = snippet([passage.text for passage in section.passages], terms)
    return Hit(HitKind.SECTION, ref, section.title, section.id, lesson, found, 0.0)


def _shown_question(store: Store, ref: str, terms: frozenset[str]) -> Hit:
    (question,) = store.values(Question, "SELECT value FROM questions WHERE number = ?", int(ref))
    # The answer is only shown to those who searched for its words: it is a quiz.
    asked = snippet([question.question], terms)
    found = "" if "<mark>" in asked else snippet([question.answer, question.explanation], terms)
    lesson = _lesson_of(store, question.section)
    return Hit(HitKind.QUESTION, ref, question.question, question.section, lesson, found, 0.0)


def _shown_resource(store: Store, ref: str, terms: frozenset[str]) -> Hit:
    (resource,) = store.values(Resource, "SELECT value FROM resources WHERE number = ?", int(ref))
    found = snippet([resource.name or resource.url], terms)
    lesson = _lesson_of(store, resource.section)
    title = resource.title or resource.name or resource.url
    where = (resource.section, lesson)
    hit = Hit(HitKind.RESOURCE, ref, title, *where, found, 0.0)
    return replace(hit, target=resource.url, path=resource.location.path)


def _lesson_of(store: Store, section: str) -> LessonId | None:
    rows = store.rows("SELECT lesson FROM sections WHERE id = ?", section)
    return rows[0][0] if rows else None


_SHOWN: dict[HitKind, Callable[[Store, str, frozenset[str]], Hit]] = {
    HitKind.CONCEPT: _shown_concept,
    HitKind.SECTION: _shown_section,
    HitKind.QUESTION: _shown_question,
    HitKind.RESOURCE: _shown_resource,
}
