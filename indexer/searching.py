"""From what somebody typed to a page of hits: all words first, then better spellings, then any of them.

The engine counts and ranks; everything that a person sees of a hit is put together here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain

from corpus.errors import DamagedSnapshot, near_misses
from corpus.model import Lesson, LessonId, Resource, Section, Snippet
from corpus.model import Question as QuizItem
from graph.model import Concept
from indexer.compiling import Compiler, relaxed, terms_of
from indexer.documents import concept_key
from indexer.engines.protocol import Found, Question, Searcher
from indexer.highlighting import snippet
from indexer.lexicon import Lexicon
from indexer.model import Cut, Hit, HitKind, LabelMatch, SearchResults, UnknownFilter
from indexer.queries import (
    KINDS,
    NOTHING,
    All,
    Only,
    Phrase,
    Query,
    Tree,
    Within,
    Without,
    Word,
    is_common,
    leaves,
    read_query,
    unfiltered,
    written,
)
from indexer.store import Store, decoded
from indexer.words import ENGLISH, folded, stop_words

MOST_PER_PAGE = 100

# The best words of some texts, with what was found marked.
Snippets = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Search:
    """A snapshot's full text search. `lookup` finds a concept by its label, `lessons` lessons by
    what somebody calls them."""

    searcher: Searcher
    store: Store
    lexicon: Lexicon
    lookup: Callable[[str], LabelMatch | None]
    lessons: Callable[[str], Sequence[LessonId]]

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        """By whose rules words are stemmed in these notes, the most common first; English always: code is."""
        rows = self.store.rows("SELECT language FROM search_documents GROUP BY 1 ORDER BY count(*) DESC, 1")
        return tuple(dict.fromkeys([*(row[0] for row in rows), ENGLISH]))

    @cached_property
    def _stops(self) -> frozenset[str]:
        return frozenset().union(*map(stop_words, self._languages))

    def _read(self, text: str) -> Query:
        return read_query(text, self._stops)

    def _compiler(self) -> Compiler:
        return Compiler(self.lexicon, self.lessons, self._languages)

    def search(
        self,
        typed: str,
        kind: HitKind | None,
        lesson: LessonId | None,
        page: int,
        per_page: int,
        explain: bool,
    ) -> SearchResults:
        """One page of what a query finds. Never raises for what was typed."""
        page, per_page = max(1, page), min(max(1, per_page), MOST_PER_PAGE)
        whole, compiler = self._read(typed), self._compiler()
        query = compiler.affordable(whole)
        wanted = compiler.compiled(query)
        better = _respelled(query, compiler.mended)
        as_typed = _respelled(query, {word: f'"{word.text}"' for word in compiler.mended}, signs=True)
        label = self._label(whole) or (self._label(self._read(better)) if better else None)
        question = Question(
            wanted,
            kind,
            lesson,
            concept_key(label.concept) if label else None,
            first_if_found=bool(better) or not _is_plain(query.tree),
            offset=(page - 1) * per_page,
            limit=per_page,
        )
        asked, found = self._ask(query, question)
        hits = self._hits(found, terms_of(asked.wanted), label)
        common = {Cut.STOPS} if not found.total and is_common(query, self._stops) else set()
        return SearchResults(
            typed,
            found.total,
            page,
            per_page,
            tuple(self._explained(asked, hits) if explain else hits),
            {"kind": dict(sorted(found.kinds.items())), "lesson": dict(sorted(found.lessons.items()))},
            written(query.tree),
            better,
            self._total(better, compiler.again(), question) if better else 0,
            as_typed if found.total else "",
            asked is not question,
            tuple(sorted(query.cut | compiler.cut | common)),
            tuple(map(self._unknown, dict.fromkeys(compiler.unknown))),
            *(("", 0) if found.total else self._unfiltered(query, compiler.again(), question)),
        )

    def _unknown(self, asked: Only) -> UnknownFilter:
        if asked.name == "kind":
            return UnknownFilter("kind", asked.value, tuple(near_misses(asked.value, KINDS)))
        lessons = self.store.values(Lesson, "SELECT value FROM lessons ORDER BY number")
        near = near_misses(asked.value, [name for lesson in lessons for name in (lesson.title, lesson.id)])
        return UnknownFilter("lesson", asked.value, tuple(near))

    def _unfiltered(self, query: Query, compiler: Compiler, question: Question) -> tuple[str, int]:
        """The query without kinds and lessons, and what it finds; nothing if it has none or finds nothing."""
        tree = unfiltered(query.tree)
        tree = query.tree if tree == NOTHING else tree
        if tree == query.tree and question.kind is None and question.lesson is None:
            return "", 0
        loose = Query(query.text, tree, query.cut)
        asked = replace(question, wanted=compiler.compiled(loose), kind=None, lesson=None)
        total = self._ask(loose, replace(asked, offset=0, limit=0))[1].total
        return (written(tree), total) if total else ("", 0)

    def _total(self, better: str, compiler: Compiler, question: Question) -> int:
        """How much another spelling would find under the same filters."""
        query = compiler.affordable(self._read(better))
        wanted = compiler.compiled(query)
        return self._ask(query, replace(question, wanted=wanted, offset=0, limit=0))[1].total

    def _ask(self, query: Query, question: Question) -> tuple[Question, Found]:
        """What is found for all words, or, if that is too little, for any of them; with what was asked. Less
        than one hit for each word is too little: whole sentences stand nowhere twice."""
        found = self.searcher.search(question)
        any_of = relaxed(query.tree, question.wanted)
        if any_of is None or found.unfiltered >= len(set(leaves(query.tree))):
            return question, found
        loosely = replace(question, wanted=any_of)
        some = self.searcher.search(loosely)
        return (loosely, some) if some.unfiltered > found.unfiltered else (question, found)

    def _explained(self, asked: Question, hits: Iterable[Hit]) -> Iterator[Hit]:
        for hit in hits:
            why = self.searcher.explain(asked.wanted, hit.key)
            yield replace(hit, explanation=replace(why, named=bool(hit.matched_label)))

    def _label(self, query: Query) -> LabelMatch | None:
        """The concept that the query names, as typed or without words like "what is a"."""
        text = query.text.strip()
        if _is_plain(query.tree):
            bare = text.replace('"', " ").strip(" ?!.*")
            return self._named(text) or self._named(bare) or self._named(self._telling(bare))
        if (match := self._named(text)) and match.how != "folded":  # a name with a bracket or a dash in it
            return match
        return self._named(self._telling(_named_by(query.tree)))

    def _telling(self, text: str) -> str:
        return " ".join(word for word in text.split() if folded(word) not in self._stops)

    def _named(self, label: str) -> LabelMatch | None:
        return self.lookup(label) if label else None

    def _hits(self, found: Found, terms: frozenset[str], label: LabelMatch | None) -> Iterable[Hit]:
        for key, score in found.keys:
            hit = self._shown(key, terms)
            matched = label.matched_label if label and concept_key(label.concept) == key else ""
            others = (self._shown(other, frozenset()).section for other in found.folded.get(key, ()))
            also = tuple(dict.fromkeys(section for section in others if section and section != hit.section))
            yield replace(hit, key=key, score=score, matched_label=matched, also=also)

    def _shown(self, key: str, terms: frozenset[str]) -> Hit:
        rows = self.store.rows("SELECT kind, ref, language FROM search_documents WHERE key = ?", key)
        if not rows:
            raise DamagedSnapshot(
                f"The snapshot is damaged: its search index finds {key!r}, which its library does not"
                " hold. `glosspath build NOTES` makes it anew."
            )
        kind, ref, language = rows[0]
        return _SHOWN[HitKind(kind)](self.store, ref, partial(snippet, terms=terms, language=language))


def _is_plain(tree: Tree) -> bool:
    """Whether it is only words and phrases, each of which must be there."""
    parts = tree.parts if isinstance(tree, All) and not tree.spoken else (tree,)
    return all(isinstance(part, Word | Phrase) for part in parts)


def _named_by(tree: Tree) -> str:
    """The words, in a title or label too, beside which only filters and what must not be there stand."""
    parts = tree.parts if isinstance(tree, All) else (tree,)
    parts = tuple(chain.from_iterable(leaves(p) if _is_named(p) else (p,) for p in parts))
    words = [part.text for part in parts if isinstance(part, Word | Phrase)]
    rest = all(isinstance(part, Word | Phrase | Without | Only) for part in parts)
    return " ".join(words) if rest else ""


def _is_named(tree: Tree) -> bool:
    return isinstance(tree, Within) and _is_plain(tree.part)


def _respelled(query: Query, mended: dict[Word, str], *, signs: bool = False) -> str:
    """The query with other texts for some of its words, and for the signs behind them which ask for what is
    spelled almost so; empty if there are none."""
    text = query.text
    for asked, word in sorted(mended.items(), key=lambda item: -item[0].start):
        behind = text[asked.end :]
        text = text[: asked.start] + word + (behind.removeprefix("~") if signs and asked.fuzzy else behind)
    return text if mended else ""


def _shown_concept(store: Store, ref: str, snippet: Snippets) -> Hit:
    (concept,) = store.values(Concept, "SELECT value FROM concepts WHERE id = ?", ref)
    texts = [definition.text for definition in concept.definitions]
    found = snippet(texts)
    return Hit(HitKind.CONCEPT, ref, concept.pref_label, concept.section, concept.lesson, found, 0.0)


def _shown_section(store: Store, ref: str, snippet: Snippets) -> Hit:
    ((packed, lesson),) = store.rows("SELECT value, lesson FROM sections WHERE id = ?", ref)
    section = decoded(Section, packed)
    found = snippet([passage.text for passage in section.passages])
    return Hit(HitKind.SECTION, ref, section.title, section.id, lesson, found, 0.0)


def _shown_question(store: Store, ref: str, snippet: Snippets) -> Hit:
    (question,) = store.values(QuizItem, "SELECT value FROM questions WHERE number = ?", int(ref))
    # The answer is only shown to those who searched for its words: it is a quiz.
    asked = snippet([question.question])
    found = "" if "<mark>" in asked else snippet([question.answer, question.explanation])
    lesson = _lesson_of(store, question.section)
    return Hit(HitKind.QUESTION, ref, question.question, question.section, lesson, found, 0.0)


def _shown_resource(store: Store, ref: str, snippet: Snippets) -> Hit:
    (resource,) = store.values(Resource, "SELECT value FROM resources WHERE number = ?", int(ref))
    found = snippet([resource.name or resource.url])
    lesson = _lesson_of(store, resource.section)
    title = resource.title or resource.name or resource.url
    where = (resource.section, lesson)
    hit = Hit(HitKind.RESOURCE, ref, title, *where, found, 0.0)
    return replace(hit, target=resource.url, path=resource.location.path)


def _shown_code(store: Store, ref: str, snippet: Snippets) -> Hit:
    (code,) = store.values(Snippet, "SELECT value FROM snippets WHERE number = ?", int(ref))
    ((packed, lesson),) = store.rows("SELECT value, lesson FROM sections WHERE id = ?", code.section)
    title = decoded(Section, packed).title
    found = snippet(code.code.split("\n\n"))
    return Hit(HitKind.CODE, ref, title, code.section, lesson, found, 0.0)


def _lesson_of(store: Store, section: str) -> LessonId | None:
    rows = store.rows("SELECT lesson FROM sections WHERE id = ?", section)
    return rows[0][0] if rows else None


_SHOWN: dict[HitKind, Callable[[Store, str, Snippets], Hit]] = {
    HitKind.CONCEPT: _shown_concept,
    HitKind.SECTION: _shown_section,
    HitKind.QUESTION: _shown_question,
    HitKind.RESOURCE: _shown_resource,
    HitKind.CODE: _shown_code,
}
