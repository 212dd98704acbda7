"""From what somebody typed to a page of hits: all words first, then better spellings, then any of them.

The engine counts and ranks; what a person sees of a hit is put together in `showing`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, product

from corpus.errors import near_misses
from corpus.labels import label_key
from corpus.model import Lesson, LessonId, Section, SectionContent
from indexer.compiling import Compiler, relaxed, terms_of
from indexer.documents import concept_key
from indexer.engines.protocol import Found, Question, Searcher
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
    parsed,
    read_query,
    unfiltered,
    with_options,
    written,
)
from indexer.showing import hits_of
from indexer.spelling import typo_budget
from indexer.store import Store, decoded
from indexer.words import ENGLISH, american, folded, stop_words, terms

MOST_PER_PAGE = 100
_FEW_HOLD = 3  # texts a word that is misspelled in them
_MOST_TRIED = 8  # other spellings of it
_MOST_HEADED = 3  # sections of one title: where more have it, it names none of them


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
        return with_options(read_query(text, self._stops), self.lexicon.knows)

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
        meant = self._read(better) if better else whole
        label = self._label(whole) or (self._label(meant) if better else None)
        if not label and not better:
            better = self._nearly_named(whole)
        question = Question(
            wanted,
            kind,
            lesson,
            concept_key(label.concept) if label else self._first(whole, meant),
            first_if_found=not label or bool(better) or not _is_plain(query.tree),
            offset=(page - 1) * per_page,
            limit=per_page,
        )
        if not label and compiler.doubtful == compiler.mended.keys() and as_typed:
            plainly = self._read(as_typed)
            typed_only = replace(
                question, wanted=self._compiler().compiled(plainly), first=self._named_in(plainly)
            )
            if self._ask(plainly, typed_only)[1].total:
                query, question, as_typed = plainly, typed_only, ""
        asked, found = self._ask(query, question)
        hits = hits_of(self.store, found, terms_of(asked.wanted), label)
        common = {Cut.STOPS} if not found.total and is_common(query, self._stops) else set()
        common |= {Cut.EMPTY} if whole.tree == NOTHING and not whole.cut else set()
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
        than one hit for each word as typed is too little: whole sentences stand nowhere twice."""
        found = self.searcher.search(question)
        any_of = relaxed(query.tree, question.wanted)
        if any_of is None or found.unfiltered >= len(set(leaves(parsed(query.text)))):
            return question, found
        loosely = replace(question, wanted=any_of)
        some = self.searcher.search(loosely)
        return (loosely, some) if some.unfiltered > found.unfiltered else (question, found)

    def _explained(self, asked: Question, hits: Iterable[Hit]) -> Iterator[Hit]:
        for hit in hits:
            why = self.searcher.explain(asked.wanted, hit.key)
            yield replace(hit, explanation=replace(why, named=hit.key == asked.first))

    def _label(self, query: Query) -> LabelMatch | None:
        """The concept that the query names, as typed or without words like "what is a"."""
        text = query.text.strip()
        if _is_plain(query.tree):
            bare = text.replace('"', " ").strip(" ?!.*")
            return self._named(text, bare, self._telling(bare), self._telling(_named_by(query.tree)))
        if (match := self._named(text)) and match.how != "folded":  # a name with a bracket or a dash in it
            return match
        return self._named(self._telling(_named_by(query.tree)))

    def _headed(self, query: Query) -> str | None:
        """The section of which the query is the title, of a few the first that says something."""
        plain = [tree for tree in (parsed(query.text), query.tree) if _is_plain(tree)]
        for title, language in product(dict.fromkeys(map(_named_by, plain)), self._languages):
            rows = self.store.rows(
                """SELECT key, value FROM search_documents JOIN sections ON ref = id
                   WHERE titled = ? ORDER BY number LIMIT ?""",
                *(" ".join(terms(title, language)), _MOST_HEADED + 1),
            )
            headed = [(key, decoded(Section, value)) for key, value in rows[:_MOST_HEADED]]
            # By the stem "embeding" is "Embeddings", too.
            headed = [(key, one) for key, one in headed if self._same(one.title, query.text)]
            if headed and len(rows) <= _MOST_HEADED:
                says = (key for key, one in headed if one.content is not SectionContent.EMPTY)
                return str(next(says, headed[0][0]))
        return None

    def _same(self, title: str, typed: str) -> bool:
        one, other = (label_key(self._telling(text.strip(' ?!.*"'))) for text in (title, typed))
        return one == other

    def _first(self, typed: Query, meant: Query) -> str | None:
        """What comes first where no concept is named: the section of that title, which is not guessed from
        a typo, or a concept that some of the words name."""
        return (self._headed(typed) if typed is meant else None) or self._named_in(meant)

    def _named_in(self, query: Query) -> str | None:
        """The concept that all words of a query but one name: several of three or more, or the only one of
        two in a question."""
        if not _is_plain(query.tree):
            return None
        words = _named_by(query.tree).split()
        if len(words) < 2 or (len(words) == 2 and sum(1 for _ in leaves(parsed(query.text))) == 2):
            return None
        found = {
            label.concept for n in (1, 0) if (label := self._named(" ".join(words[n : len(words) - 1 + n])))
        }
        return concept_key(found.pop()) if len(found) == 1 else None

    def _nearly_named(self, query: Query) -> str:
        """The query with another spelling of one rare word, with which it is the name of a concept."""
        if not _is_plain(query.tree):
            return ""
        for word in leaves(query.tree):
            if not isinstance(word, Word) or not 0 < self._rarely(word) <= _FEW_HOLD:
                continue
            near = self.lexicon.mended(folded(word.text), min(1, typo_budget(word.text)), _MOST_TRIED)
            for like in dict.fromkeys(like for like, _, typos, _ in near if typos):
                better = _respelled(query, {word: like})
                if self._label(self._read(better)):
                    return better
        return ""

    def _rarely(self, word: Word) -> int:
        """In how many texts a word stands, in any of its forms."""
        return sum(map(self.lexicon.documents, {t for n in self._languages for t in terms(word.text, n)}))

    def _telling(self, text: str) -> str:
        return " ".join(word for word in text.split() if folded(word) not in self._stops)

    def _named(self, *labels: str) -> LabelMatch | None:
        found = map(self.lookup, filter(None, dict.fromkeys((*labels, *map(american, labels)))))
        return next(filter(None, found), None)


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
