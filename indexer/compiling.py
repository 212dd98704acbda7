"""From a query's tree to what an engine is asked: terms instead of words, with what else they may be.

A word that no text holds is completed and mended over our own lexicon; every engine then scores plain terms.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.model import LessonId
from indexer.engines.protocol import Alternative, Clause, Every, Field, Filter, Lacking, Some, Wanted
from indexer.lexicon import Lexicon
from indexer.model import Cut
from indexer.queries import (
    KINDS,
    All,
    Either,
    Only,
    Phrase,
    Query,
    Tree,
    Within,
    Without,
    Word,
    all_of,
    kept_only,
    leaves,
    written,
)
from indexer.spelling import typo_budget
from indexer.words import Word as Spelled
from indexer.words import chunks, folded, words_of

MOST_EXPANSIONS = 40  # terms for one word
_MOST_EXPANSIONS_IN_ALL = 80
_MOST_POSTINGS = 30_000  # what all of them together may have an engine read
MOST_READ = 300_000  # postings of the words as they were typed
_READ_FOR_A_PHRASE = 4  # times as much: it is places that are compared
_SHORTEST_BEGINNING = 3
_CERTAIN = 12  # letters of a word with two typos: in shorter ones it may be another word
_MOST_MENDED = 5  # words of one query: what is mostly misspelled is not language

# The parts of a compound side by side are nearly as good as the compound; apart they may mean anything.
_IN_PARTS = 0.9
_APART = 0.45
# A word that was completed or mended is worth less than one that stands there as it was typed.
_COMPLETED = 0.5
_MENDED = {1: 0.4, 2: 0.25}
_ASKED_TO_COMPLETE = 0.8

_FIELDS = {"title": (Field.TITLE, Field.LABEL, Field.COMPOUND), "label": (Field.LABEL,)}


@dataclass
class Compiler:
    """Compiles one query, and keeps what was learned on the way: `mended` has a better spelling for words
    (the `doubtful` ones may be words as they are), `cut` is what was left out, `unknown` are the kinds and
    lessons that there are not."""

    lexicon: Lexicon
    lessons: Callable[[str], Sequence[LessonId]]
    languages: tuple[str, ...]
    mended: dict[Word, str] = field(default_factory=dict)
    doubtful: set[Word] = field(default_factory=set)
    cut: set[Cut] = field(default_factory=set)
    unknown: list[Only] = field(default_factory=list)
    _expansions: int = 0
    _postings: int = 0
    _near: dict[tuple[str, int], list[tuple[str, str, int, int]]] = field(default_factory=dict)
    _share: int = MOST_EXPANSIONS

    def again(self) -> "Compiler":
        """One for another way of writing the same query, which need not look again for what was mended."""
        return Compiler(self.lexicon, self.lessons, self.languages, _near=self._near)

    def affordable(self, query: Query) -> Query:
        """The query without the most common of its words, when more texts hold them than can be looked at for
        one answer: they say the least."""
        every = leaves(query.tree, without=True)
        costs = {leaf: self._cost(leaf) for leaf in every if isinstance(leaf, Word | Phrase)}
        if sum(costs.values()) <= MOST_READ:
            return query
        # One of the words that are wanted is left, whatever it costs.
        wanted = [leaf for leaf in leaves(query.tree) if isinstance(leaf, Word | Phrase)]
        kept = {min(wanted, key=costs.__getitem__)} if wanted else set()
        left = MOST_READ - sum(map(costs.__getitem__, kept))
        for leaf in sorted(costs.keys() - kept, key=lambda one: (costs[one], written(one))):
            left -= costs[leaf]
            if left < 0:
                self.cut.add(Cut.COMMON)
                break
            kept.add(leaf)
        return replace(query, tree=kept_only(query.tree, kept))

    def _cost(self, leaf: Word | Phrase) -> int:
        """In about how many texts the words of a leaf stand."""
        found = {t for language in self.languages for w in words_of(leaf.text, language) for t in w.telling}
        return sum(map(self.lexicon.documents, found)) * (_READ_FOR_A_PHRASE if len(found) > 1 else 1)

    def compiled(self, query: Query) -> Wanted:
        """What an engine is asked for a query. Words that were asked to be completed or mended have as many
        expansions each."""
        asked = sum(
            isinstance(leaf, Word) and (leaf.begins or leaf.fuzzy)
            for leaf in leaves(query.tree, without=True)
        )
        self._share = min(MOST_EXPANSIONS, _MOST_EXPANSIONS_IN_ALL // max(1, asked))
        return self._wanted(query.tree, ())

    def _wanted(self, tree: Tree, fields: tuple[Field, ...], *, forgive: bool = True) -> Wanted:
        match tree:
            case Word() if tree.text.startswith("-"):  # an option
                return Clause((Alternative((folded(tree.text),)),), fields)
            case Word():
                # A word may be of any language of the notes, and has a stem in each.
                words = [words_of(tree.text, language)[0] for language in self.languages]
                alternatives = [alternative for word in words for alternative in alternatives_of(word)]
                if forgive or tree.begins or tree.fuzzy:
                    alternatives += self._expansions_of(tree, words)
                run = words[0].unspaced and len(words[0].plain) > 2
                return Clause(tuple(dict.fromkeys(alternatives)), fields, run)
            case Phrase():
                phrases = (tuple(words_of(tree.text, language)) for language in self.languages)
                alternatives = [_in_parts(words, 1.0, phrase=True) for words in phrases]
                return Clause(tuple(dict.fromkeys(alternatives)), fields)
            case Only():
                return self._only(tree, fields)
            case Within():
                return self._wanted(tree.part, _FIELDS[tree.name], forgive=forgive)
            case Without():
                return Lacking(self._wanted(tree.part, fields, forgive=False))
            case Either():
                return Some(tuple(self._wanted(part, fields, forgive=forgive) for part in tree.parts))
        # What is asked twice counts once.
        parts = dict.fromkeys(self._wanted(part, fields, forgive=forgive) for part in tree.parts)
        return Every(tuple(parts))

    def _only(self, tree: Only, fields: tuple[Field, ...]) -> Wanted:
        values = frozenset({tree.value}) & KINDS if tree.name == "kind" else self.lessons(tree.value)
        if values:
            return Filter(tree.name, frozenset(values))
        # Nothing is called so: plain words, like all that means nothing here.
        self.unknown.append(tree)
        words = [Word(chunk_text) for chunk_text in (tree.name, *_texts(tree.value))]
        return self._wanted(all_of(list(words)), fields, forgive=False)

    def _expansions_of(self, asked: Word, words: Sequence[Spelled]) -> list[Alternative]:
        """More terms for a word: what begins so if that was asked; for an unknown word, also what is spelled
        almost so."""
        word, stems = words[0], {term for word in words for term in word.plain}
        if len(word.pieces) != 1 or word.unspaced:
            return []
        (piece,) = word.pieces
        more: dict[str, tuple[Alternative, int]] = {}
        known = any(map(self.lexicon.knows, stems))
        if asked.begins or (not known and not asked.fuzzy and len(piece) >= _SHORTEST_BEGINNING):
            weight = _ASKED_TO_COMPLETE if asked.begins else _COMPLETED
            for term, documents in self.lexicon.completions(piece, 2 * self._share):
                more.setdefault(term, (Alternative((term,), weight, inexact=not asked.begins), documents))
        mend = asked.fuzzy or (not known and not asked.begins)
        better = self._mended(piece, max(typo_budget(piece), int(asked.fuzzy))) if mend else []
        if better is None:
            self.cut |= {Cut.EXPANSIONS} if asked.fuzzy else set()
        elif mend:
            if better and not more and not known:
                self.mended[asked] = better[0][0]
                self.doubtful |= {asked} if better[0][2] > 1 and len(piece) < _CERTAIN else set()
            for _, term, typos, documents in better:
                if typos:
                    more.setdefault(term, (Alternative((term,), _MENDED[typos], inexact=True), documents))
        return self._bounded([found for term, found in more.items() if term not in stems])

    def _mended(self, piece: str, budget: int) -> list[tuple[str, str, int, int]] | None:
        """What is spelled almost so; None when as many words were looked for as may be."""
        if (piece, budget) not in self._near:
            if len(self._near) == _MOST_MENDED:
                return None
            self._near[piece, budget] = self.lexicon.mended(piece, budget, 2 * MOST_EXPANSIONS)
        return self._near[piece, budget]

    def _bounded(self, more: list[tuple[Alternative, int]]) -> list[Alternative]:
        """As many as may be; words that most texts hold leave less room for others."""
        kept: list[Alternative] = []
        for alternative, documents in more:
            full = len(kept) == self._share or self._expansions == _MOST_EXPANSIONS_IN_ALL
            if full or (self._postings and self._postings + documents > _MOST_POSTINGS):
                self.cut.add(Cut.EXPANSIONS)
                break
            kept.append(alternative)
            self._expansions += 1
            self._postings += documents
        return kept


def relaxed(tree: Tree, wanted: Wanted) -> Some | Every | None:
    """Any of the words where all of them were asked for, and of a run of signs without spaces any two side by
    side; what must not be there and filters stay. None where that is nothing else, or where somebody said
    that it must be all."""
    tree = tree.part if isinstance(tree, Within) and isinstance(tree.part, Word) else tree
    if not isinstance(tree, All | Word) or (isinstance(tree, All) and tree.spoken):
        return None
    parts = wanted.parts if isinstance(wanted, Every) else (wanted,)
    firm = tuple(part for part in parts if isinstance(part, Lacking | Filter))
    some = tuple(either for part in parts if part not in firm for either in _pairs(part))
    if len(some) < 2:
        return None
    any_of = Some(some, all_first=True)
    return Every((any_of, *firm)) if firm else any_of


def _pairs(wanted: Wanted) -> tuple[Wanted, ...]:
    """The signs of a run two by two; anything else as it is."""
    if not isinstance(wanted, Clause) or not wanted.run:
        return (wanted,)
    pairs = dict.fromkeys(pair for found in wanted.alternatives for pair in pairwise(found.terms))
    return tuple(Clause((Alternative(pair, phrase=True),), wanted.fields) for pair in pairs)


def terms_of(wanted: Wanted) -> frozenset[str]:
    """Every term that a hit may be there for: what highlighting marks."""
    match wanted:
        case Clause():
            terms = frozenset(term for a in wanted.alternatives for term in a.terms)
            # The short parts of a compound mark too much: `nn` of nn.Linear stands in all that is in nn.
            parts = {
                term for a in wanted.alternatives if a.weight < 1 and len(a.terms) > 1 for term in a.terms
            }
            return terms - {term for term in parts if len(term) < _SHORTEST_BEGINNING}
        case Every() | Some():
            return frozenset().union(*map(terms_of, wanted.parts))
    return frozenset()


def alternatives_of(word: Spelled) -> Iterator[Alternative]:
    """The ways in which a word may be written where it is found."""
    if word.whole:
        yield Alternative((word.code[0],))
    yield _in_parts((word,), _IN_PARTS if word.whole else 1.0, phrase=word.unspaced or bool(word.whole))
    if word.whole:
        yield _in_parts((word,), _APART, phrase=False)
    if len(word.humps) > 1:
        yield Alternative(word.code[-len(word.humps) :], _IN_PARTS)


def _in_parts(words: tuple[Spelled, ...], weight: float, *, phrase: bool) -> Alternative:
    """All pieces. Stop words are not in the index next to other words, so a phrase closes up over them."""
    telling = tuple(term for word in words for term in word.telling)
    telling = telling or tuple(term for word in words for term in word.plain)
    return Alternative(telling, weight, phrase and len(telling) > 1)


def _texts(text: str) -> Iterable[str]:
    return (text[chunk.start : chunk.end] for chunk in chunks(text))
