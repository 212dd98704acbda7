"""What people type into a search box, read as a small tree. Every text is a query; none is an error.

    words                    all of them, or, when that finds too little, any of them
    "several words"          side by side
    one AND other            both, never any of them
    one OR other             either; AND binds more tightly, brackets bind first
    -word, NOT word          without; takes away from what stands beside it
    begin*  fuzzy~           what begins so; what is spelled almost so
    title:word label:word    only in titles or names; only in names of concepts
    kind:concept lesson:ID   only things of a kind; only what stands in a lesson

What does not parse (a bracket that is not closed, an operator with nothing beside it) is plain words.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from indexer.model import Cut, HitKind
from indexer.spelling import spelled_like, typo_budget
from indexer.words import STOP_WORDS, chunks, composed, folded

LONGEST_QUERY: Final = 500
MOST_TERMS: Final = 24
_DEEPEST = 12  # brackets and NOTs in each other


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, and its place in the query (which is not part of what is asked)."""

    text: str
    begins: bool = False
    fuzzy: bool = False
    start: int = field(default=0, compare=False)

    @property
    def end(self) -> int:
        """Behind the word."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Only:
    """Things of one kind, or what stands in one lesson; words, if there is no such kind or lesson."""

    name: Literal["kind", "lesson"]
    value: str


@dataclass(frozen=True, slots=True)
class Within:
    """Something that is only looked for in titles, or in names of concepts."""

    name: Literal["title", "label"]
    part: "Tree"


@dataclass(frozen=True, slots=True)
class Without:
    """Something that must not be there."""

    part: "Tree"


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts; `spoken` says that AND was written, so that any of them will not do."""

    parts: tuple["Tree", ...]
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """Any of the parts."""

    parts: tuple["Tree", ...]


Tree = Word | Phrase | Only | Within | Without | All | Either
NOTHING = All(())


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. `text` is what places refer to."""

    text: str
    tree: Tree
    cut: frozenset[Cut]


def read_query(text: str, stops: frozenset[str] = STOP_WORDS) -> Query:
    """Reads any text; `stops` count only when nothing else is asked for. At most LONGEST_QUERY characters and
    MOST_TERMS words of it are searched for."""
    whole = composed(text.encode("utf-8", "replace").decode())
    kept = composed(whole[:LONGEST_QUERY])
    tree = parsed(kept)
    if not all(_is_stop(leaf, stops) for leaf in leaves(tree)):
        tree = telling(unfilled(unframed(tree), stops), stops)
    told, left = first_terms(tree, MOST_TERMS)
    reasons = {Cut.LENGTH: len(whole) > LONGEST_QUERY, Cut.TERMS: left < 0}
    return Query(kept, told, frozenset(cut for cut, is_so in reasons.items() if is_so))


def is_common(query: Query, stops: frozenset[str]) -> bool:
    """Whether nothing is asked for but words that carry nothing next to others."""
    asked = [leaf for leaf in leaves(query.tree) if leaf != NOTHING]
    return bool(asked) and all(_is_stop(leaf, stops) for leaf in asked)


def parsed(text: str) -> Tree:
    """The tree of a text; all its words if it is not written in the language."""
    try:
        return _Parser(text).whole()
    except _NotInTheLanguage:
        return all_of(
            [word for found in _STRETCH.finditer(text) for word in _words_of(found[0], found.start())]
        )


def written(tree: Tree) -> str:
    """The tree as a text that is read as this tree."""
    match tree:
        case Word():
            return tree.text + "*" * tree.begins + "~" * tree.fuzzy
        case Phrase():
            return f'"{tree.text}"'
        case Only():
            return f'{tree.name}:"{tree.value}"'
        case Within():
            return f"{tree.name}:{_bracketed(tree.part)}"
        case Without():
            return f"-{_bracketed(tree.part)}"
        case All():
            between = " AND " if tree.spoken else " "
            return between.join(
                _bracketed(part) if isinstance(part, Either) else written(part) for part in tree.parts
            )
        case Either():
            return " OR ".join(map(written, tree.parts))


def leaves(tree: Tree, *, without: bool = False) -> Iterator[Tree]:
    """The parts that have no parts, those that must not be there only if `without`."""
    match tree:
        case All() | Either():
            for part in tree.parts:
                yield from leaves(part, without=without)
        case Within():
            yield from leaves(tree.part, without=without)
        case Without():
            if without:
                yield from leaves(tree.part, without=True)
        case _:
            yield tree


def unfiltered(tree: Tree) -> Tree:
    """The tree without what only narrows it down to a kind or a lesson."""
    match tree:
        case Only():
            return NOTHING
        case Within() | Without():
            part = unfiltered(tree.part)
            return NOTHING if part == NOTHING else replace(tree, part=part)
        case All() | Either():
            parts = [part for part in map(unfiltered, tree.parts) if part != NOTHING]
            if isinstance(tree, Either) and parts:
                return either_of(parts)
            return all_of(parts, spoken=isinstance(tree, All) and tree.spoken)
    return tree


def all_of(parts: list[Tree], *, spoken: bool = False) -> Tree:
    """All of the parts; one part is itself, and all of all are all."""
    flat: list[Tree] = []
    for part in parts:
        flat += part.parts if isinstance(part, All) else [part]
        spoken = spoken or (isinstance(part, All) and part.spoken)
    return flat[0] if len(flat) == 1 else All(tuple(flat), spoken and len(flat) > 1)


def either_of(parts: list[Tree]) -> Tree:
    """Any of the parts; one part is itself, and any of any is any."""
    flat: list[Tree] = []
    for part in parts:
        flat += part.parts if isinstance(part, Either) else [part]
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def _is_stop(tree: Tree, stops: frozenset[str]) -> bool:
    """Whether it is only words like "the", which count when nothing else is asked for."""
    if not isinstance(tree, Word | Phrase):
        return tree == NOTHING
    return all(piece in stops for chunk in chunks(tree.text) for piece in chunk.word.pieces)


def with_options(query: Query, known: Callable[[str], bool]) -> Query:
    """The query with the options of commands that texts hold as words: `ls -l` does not ask for no `l`."""
    parts = query.tree.parts if isinstance(query.tree, All) else (query.tree,)
    if not any(isinstance(part, Without) for part in parts):
        return query
    told = [_option(part, query.text, known) or part for part in parts]
    return replace(query, tree=all_of(told, spoken=isinstance(query.tree, All) and query.tree.spoken))


def _option(tree: Tree, text: str, known: Callable[[str], bool]) -> Word | None:
    if not isinstance(tree, Without) or not isinstance(tree.part, Word):
        return None
    word = tree.part
    option = f"-{word.text}"
    if word.begins or word.fuzzy or text[word.start - 1 : word.end] != option or not known(folded(option)):
        return None
    return Word(option, start=word.start - 1)


# How people open a question for the meaning of a word, and what stands around two things that are compared.
_OPENINGS = frozenset(
    tuple(phrase.split())
    for phrase in """
    meaning of
    definition of
    was bedeutet
    was heisst
    que significa
    que signifie
    cosa significa
    wat betekent
    что значит
    что означает
    """.strip().splitlines()
)
_BETWEEN = frozenset(
    tuple(phrase.split())
    for phrase in """
    difference between
    differences between
    unterschied zwischen
    unterschiede zwischen
    difference entre
    differences entre
    diferencia entre
    diferencias entre
    diferenca entre
    differenza tra
    verschil tussen
    skillnaden mellan
    forskellen mellem
    forskjellen mellom
    разница между
    """.strip().splitlines()
)
_JOINING = frozenset("and from und et y e en och og и".split())
_AGAINST = frozenset({"vs", "versus"})
# What people write around what they ask for. Notes say something with these words: they are in the index.
_FILLING = frozenset(
    "thing things something somebody someone stuff goes going gets getting happens happening please"
    " tell explain explained".split()
)


def unframed(tree: Tree) -> Tree:
    """What a question in plain words is about: X in "what does X mean", either of X and Y in "the difference
    between X and Y" and in "X vs Y"."""
    if not isinstance(tree, All) or tree.spoken or not all(isinstance(part, Word) for part in tree.parts):
        return tree
    words = [folded(part.text) for part in tree.parts if isinstance(part, Word)]
    parts = list(tree.parts)
    if words[:1] == ["what"] and words[1:2] in (["does"], ["do"]) and words[3:] and words[-1] == "mean":
        return all_of(parts[2:-1])
    if tuple(words[:2]) in _OPENINGS and words[2:]:
        return all_of(parts[2:])
    start = next((n + 2 for n, pair in enumerate(pairwise(words)) if _is_between(pair)), 0)
    between = _JOINING if start else _AGAINST
    middle = next((n for n in range(start + 1, len(words) - 1) if words[n] in between), 0)
    if not middle:
        return tree
    either = either_of([all_of(parts[start:middle]), all_of(parts[middle + 1 :])])
    return all_of([*parts[: max(0, start - 2)], either])


def _is_between(pair: tuple[str, str]) -> bool:
    """Whether two words open a comparison, the first one perhaps misspelled."""
    openings = sorted(first for first, second in _BETWEEN if second == pair[1])
    return pair in _BETWEEN or any(spelled_like(openings, pair[0], typo_budget(pair[0])))


def unfilled(tree: Tree, stops: frozenset[str]) -> Tree:
    """A question in plain words without those that only fill it, if others are left."""
    if not isinstance(tree, All) or tree.spoken:
        return tree
    parts = [part for part in tree.parts if not isinstance(part, Word) or folded(part.text) not in _FILLING]
    return tree if all(_is_stop(part, stops) for part in parts) else all_of(parts)


def telling(tree: Tree, stops: frozenset[str]) -> Tree:
    """The tree without words that carry nothing, and without what is asked twice."""
    match tree:
        case All() | Either():
            parts = dict.fromkeys(
                told for part in tree.parts if not _is_stop(told := telling(part, stops), stops)
            )
            return replace(tree, parts=tuple(parts)) if len(parts) != 1 else next(iter(parts))
        case Within() | Without():
            part = telling(tree.part, stops)
            return NOTHING if _is_stop(part, stops) else replace(tree, part=part)
    return tree


def first_terms(tree: Tree, left: int) -> tuple[Tree, int]:
    """The tree with its first words only, and how many more there may be: below 0 when some were cut."""
    match tree:
        case Word() | Phrase() | Only():
            count = 1 if isinstance(tree, Only) else _count(tree.text)
            if count > left > 1 and isinstance(tree, Word) and _is_run(tree.text):
                return replace(tree, text=tree.text[:left]), -1
            return (tree, left - count) if count <= left else (NOTHING, -1)
        case Within() | Without():
            part, left = first_terms(tree.part, left)
            whole = Within(tree.name, part) if isinstance(tree, Within) else Without(part)
            return (NOTHING if part == NOTHING else whole), left
    kept: list[Tree] = []
    for part in tree.parts:
        told, left = first_terms(part, left)
        if told != NOTHING:
            kept.append(told)
        if left < 0:
            break
    if isinstance(tree, Either) and kept:
        return either_of(kept), left
    return all_of(kept, spoken=isinstance(tree, All) and tree.spoken), left


def kept_only(tree: Tree, kept: Collection[Tree]) -> Tree:
    """The tree with those of its words and phrases only that are kept."""
    match tree:
        case Word() | Phrase():
            return tree if tree in kept else NOTHING
        case Within() | Without():
            part = kept_only(tree.part, kept)
            return NOTHING if part == NOTHING else replace(tree, part=part)
        case All() | Either():
            parts = [part for one in tree.parts if (part := kept_only(one, kept)) != NOTHING]
            if isinstance(tree, Either) and parts:
                return either_of(parts)
            return all_of(parts, spoken=isinstance(tree, All) and tree.spoken)
    return tree


def _is_run(text: str) -> bool:
    """Whether it is signs that are written without spaces: no word, but any number of them."""
    return any(chunk.word.unspaced for chunk in chunks(text))


def _count(text: str) -> int:
    return max(1, sum(len(chunk.word.pieces) for chunk in chunks(text)))


def _bracketed(tree: Tree) -> str:
    text = written(tree)
    return text if isinstance(tree, Word | Phrase | Only) else f"({text})"


# Reading

_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
_AND, _OR, _NOT = _OPERATORS = ("AND", "OR", "NOT")
_NAMES = ("title:", "label:", "kind:", "lesson:")
KINDS: Final = frozenset(map(str, HitKind))
_STRETCH = re.compile(r"[^\s\"]+")


class _NotInTheLanguage(Exception):
    """Then it is plain words."""


class _Token(NamedTuple):
    """One of AND, OR, NOT, "(", ")", a name with its colon, "phrase" or "word" with its text."""

    what: str
    text: str
    start: int


class _Parser:
    """Recursive descent over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text.translate(_QUOTES)))
        self._next = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._either() if self._tokens else NOTHING
        if self._peek():
            raise _NotInTheLanguage
        return tree

    def _peek(self) -> str:
        return self._tokens[self._next].what if self._next < len(self._tokens) else ""

    def _take(self, *wanted: str) -> _Token:
        if not self._peek() or (wanted and self._peek() not in wanted):
            raise _NotInTheLanguage
        self._next += 1
        return self._tokens[self._next - 1]

    def _either(self) -> Tree:
        parts = [self._all()]
        while self._peek() == _OR:
            self._take()
            parts.append(self._all())
        if len(parts) > 1 and NOTHING in parts:
            raise _NotInTheLanguage
        return either_of(parts)

    def _all(self) -> Tree:
        parts, spoken = [self._unit()], False
        while self._peek() not in ("", ")", _OR):
            if self._peek() == _AND:
                spoken = bool(self._take())
            parts.append(self._unit())
        return all_of(parts, spoken=spoken)

    def _unit(self) -> Tree:
        token = self._take(_NOT, "(", "phrase", "word", *_NAMES)
        match token.what:
            case "phrase":
                return _phrase(token.text)
            case "word":
                return all_of(list(_words_of(token.text, token.start)))
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NotInTheLanguage
        tree = self._opened(token)
        self._depth -= 1
        return tree

    def _opened(self, token: _Token) -> Tree:
        match token.what:
            case "(":
                tree = self._either()
                self._take(")")
                return tree
            case "kind:" | "lesson:":
                return self._only(token)
        part = self._side_by_side() or self._unit()
        if part == NOTHING:
            return part
        if token.what == _NOT:
            return Without(part)
        return Within("title" if token.what == "title:" else "label", part)

    def _side_by_side(self) -> Tree | None:
        """-f(x) is without all of it, not without f and with x."""
        if self._peek() != "word":
            return None
        text = self._tokens[self._next].text
        if len(list(_words_of(text, 0))) < 2:
            return None
        self._take()
        return _phrase(text)

    def _only(self, token: _Token) -> Tree:
        name: Literal["kind", "lesson"] = "kind" if token.what == "kind:" else "lesson"
        said = self._take("phrase", "word")
        value = " ".join(said.text.split())
        singular = value.lower().removesuffix("s")
        if any(True for _ in chunks(value)):
            return Only(name, singular if name == "kind" and singular in KINDS else value)
        return all_of([*_words_of(name, token.start), *_words_of(said.text, said.start)])


def _phrase(text: str) -> Tree:
    words = " ".join(text.replace('"', " ").split())
    return Phrase(words) if any(True for _ in chunks(words)) else NOTHING


def _words_of(text: str, start: int) -> Iterator[Word]:
    """The words of a stretch without spaces; its last one may begin or be fuzzy."""
    found = list(chunks(text))
    for chunk in found:
        sign = text[chunk.end :] if chunk is found[-1] else ""
        begins, fuzzy = sign.startswith("*"), sign.startswith("~")
        word = text[chunk.start : chunk.end]
        yield Word(word.lower() if word in _OPERATORS else word, begins, fuzzy, start + chunk.start)


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        letter = text[place]
        if letter.isspace():
            place += 1
        elif letter in "()":
            yield _Token(letter, letter, place)
            place += 1
        elif letter == '"':
            end = text.find('"', place + 1) % (len(text) + 1)  # to the end if it is not closed
            yield _Token("phrase", text[place + 1 : end], place + 1)
            place = end + 1
        elif letter == "-" and _opens(text, place + 1):
            yield _Token(_NOT, letter, place)
            place += 1
        elif name := next((name for name in _NAMES if text[place : place + len(name)].lower() == name), ""):
            if _opens(text, place + len(name)):
                yield _Token(name, name, place)
            else:
                yield _Token("word", name, place)
            place += len(name)
        else:
            end = _end_of_word(text, place)
            word = text[place:end]
            yield _Token(word if word in _OPERATORS else "word", word, place)
            place = end


def _opens(text: str, place: int) -> bool:
    """Whether something that can be asked for begins here."""
    letter = text[place : place + 1]
    return letter.isalnum() or letter in ('"', "(", "_")


def _end_of_word(text: str, place: int) -> int:
    """A word ends at a space, a quote, or a bracket that was not opened in it: zero_grad() is one."""
    opened = 0
    while place < len(text) and not text[place].isspace() and text[place] != '"':
        opened += (text[place] == "(") - (text[place] == ")")
        if opened < 0:
            break
        place += 1
    return place
