"""Tables with a column of terms and one of what they mean.

The heads of the columns tell: "Term / Acronym", "What it means (in short)". Tables of parameters, people and
teams have a column of names, too, and other columns beside it that give them away.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.acronyms import is_acronym_of
from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.page import Candidate, Page
from corpus.inlines import plain_text
from corpus.labels import is_set_phrase, label_key, looks_like_term
from corpus.phrasing.meaning import says_what_it_is


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(label_key, words.split(", ")))


_TERM_HEADS = _keys(
    "term, concept, keyword, key term, acronym, abbreviation, abbr, jargon, notion, we say, what we say, "
    "you hear"
)
# Nouns for things: these count only where the other column says what each of them is.
_THING_HEADS = _keys(
    "part, operator, command, function, statement, symbol, sign, tool, layer, organ, component, ingredient, "
    "structure, element, piece, device, instrument, cell type, type, kind, clause, keyword"
)
# Much else has a name: these count only where no other column says what it is.
_NAME_ONLY = _keys("name, word, phrase")
_TEXT_HEADS = _keys(
    "definition, def, meaning, description, explanation, what it means, what it is, what is it, in short, "
    "gloss, we mean, what we mean, it means, means"
)
_NAME_HEADS = _keys(
    "acronym, abbreviation, abbr, also called, also known as, aka, alias, other names, synonym, short, "
    "short form, full name, full form, long form, expansion, stands for"
)
# Among further words these still tell what the column holds: "The term as we use it", "Plain definition".
_TERM_WORDS = _keys("term, acronym, abbreviation, jargon")
_TEXT_WORDS = _keys("definition, meaning, explanation, means")
_SETTINGS = _keys("default, default value, required, optional, mandatory, environment variable, data type")
_TYPES = _keys("type, value, values, allowed values, unit, units")
_PEOPLE = _keys(
    "role, email, e-mail, phone, position, affiliation, department, contact, github, office, job title, team"
)
_PARTS_OF_HEAD = re.compile(r"\s*(?:[/,;&|()]|\bor\b|\band\b)\s*", re.IGNORECASE)
_LONGEST_HEAD = 6
# "biner, krab" are two names, "TCP/IP" is one.
_NEXT_IN_CELL = re.compile(r"\s*[,;]\s*|\s+/\s+")


def from_table(page: Page) -> Iterator[Candidate]:
    """A table with a column of terms and a column of what they mean."""
    for block in page.of(BlockKind.TABLE):
        if len(block.children) < 2:
            continue
        heads = [c.inline.text.strip() if c.inline else "" for c in block.children[0].children]
        terms, texts = _columns(heads, page)
        if (terms is None or texts is None) and _tells(heads, block):
            terms, texts = 0, 1
        if terms is None or texts is None or terms == texts:
            continue
        names = [i for i, head in enumerate(heads) if i not in (terms, texts) and _among(head, _NAME_HEADS)]
        stated = Counter(_words(row, terms) for row in block.children[1:])
        for row in block.children[1:]:
            again = stated[_words(row, terms)] > 1
            for candidate in _row(row, terms, texts, names):
                long = next((words for i in names if (words := _words(row, i))), "")
                # Two things with the same letters go by their long forms.
                twice = again and is_acronym_of(candidate.term, long)
                yield replace(candidate, term=f"{long} ({candidate.term})", others=()) if twice else candidate


def _tells(heads: Sequence[str], table: Block) -> bool:
    """Whether of two columns the first holds terms, and the second says what these are by its head, "What it
    does", or in most rows."""
    things = len(heads) == _PAIR and label_key(heads[0]) in _THING_HEADS
    if things and not (label_key(heads[1]) in _TEXT_HEADS or _TELLING.match(heads[1])):
        return False
    if (
        len(heads) != _PAIR
        or not (things or label_key(heads[0]) in _TERM_HEADS)
        or label_key(heads[1]) in _NO_TEXT
    ):
        return False
    said = sum(says_what_it_is(_words(row, 0), _words(row, 1), shortest=3) for row in table.children[1:])
    told = _TELLING.match(heads[1]) and said > 0
    return bool(told) or (said >= _SEVERAL and said * 2 > len(table.children) - 1)


_SEVERAL = 2
_TELLING = re.compile(r"(?:what|how)\s", re.IGNORECASE)


_NO_TEXT = _keys("example, week, day, lesson, lecture, chapter, page, link, source, reference, answer")
_PAIR = 2


def _words(row: Block, column: int) -> str:
    """The words of a row's cell."""
    inline = row.children[column].inline if column < len(row.children) else None
    return " ".join(inline.text.split()) if inline else ""


_UNSAID = re.compile(r"(?:to-?do|tbd|tba|tbc|n/?a|none|\?+|\.{3}|…|[-–—]+)[.!]?", re.IGNORECASE)
_NOTHING = re.compile(rf"{_UNSAID.pattern}|(?:deprecated|obsolete)\b.*", re.IGNORECASE | re.DOTALL)
# "terms/ebb.md" is where it is told.
_FILE = re.compile(
    r"[^\s/]+(?:/[^\s/]+)*\.(?:mdx?|markdown|rst|adoc|txt|html?|ipynb|pdf)|(?:[^\s/]{3,}/){2,}[^\s/]*",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\d{1,3}\s?[:/x×-]\s?\d{1,3}")
_LISTED = 2


def _row(row: Block, terms: int, texts: int, names: Sequence[int]) -> Iterator[Candidate]:
    """What a row defines, if both its cells say something."""
    cells = [cell.inline.text.strip() if cell.inline else "" for cell in row.children]
    if len(cells) <= max(terms, texts) or not cells[terms] or not cells[texts]:
        return
    inline = row.children[terms].inline
    # A long form says what a term is until somebody writes more.
    if _UNSAID.fullmatch(cells[texts]):
        texts = next((i for i in names if i < len(cells) and looks_like_term(cells[i], longest=9)), texts)
    # What is struck out, or an option of a command, is no term; three with commas are several.
    if (
        _NOTHING.fullmatch(cells[texts])
        or _FILE.fullmatch(cells[texts])
        or (inline and inline.raw.lstrip().startswith(("~~", "`-", "-")))
    ):
        return
    term, *others = _names_in(cells[terms], inline)
    if term.count(",") >= _LISTED:
        return
    listed = (name for i in names if i < len(cells) for name in _NEXT_IN_CELL.split(cells[i]))
    others += [name for name in listed if looks_like_term(name, longest=9)]
    if looks_like_term(term, longest=9) or _RATIO.fullmatch(term) or is_set_phrase(term):
        yield Candidate(term, row.first_line, (row.children[texts],), others=tuple(others))


_BREAK = re.compile(r"\s*(?:<br\s*/?>|\n)\s*", re.IGNORECASE)
_TO_DO = re.compile(r"to\s+(?=[a-z]+(?:\s[a-z]+)?\Z)")


def _names_in(cell: str, inline: Inline | None) -> list[str]:
    """The names of a cell, one a line: `E2E<br>End to end`; what is done goes without its "to"."""
    broken = inline is not None and any(tag.casefold().startswith("<br") for tag in inline.html)
    lines = [plain_text(part) for part in _BREAK.split(inline.raw)] if inline and broken else [cell]
    parts = [part.strip() for line in lines for part in line.split("|") if part.strip()]
    return [part[to.end() :] if (to := _TO_DO.match(part)) else part for part in parts] or [cell]


def _columns(heads: Sequence[str], page: Page) -> tuple[int | None, int | None]:
    """The columns of terms and of meanings. Under "Glossary" two columns need no such heads."""
    keys = [label_key(head) for head in heads]
    terms = _first(keys, heads, _TERM_HEADS, _TERM_WORDS)
    only_names = terms is None
    if only_names:
        terms = next((i for i, key in enumerate(keys) if key in _NAME_ONLY), None)
    others = [i for i in range(len(heads)) if i != terms]
    texts = next((i for i in others if keys[i] in _TEXT_HEADS), None)
    if texts is None:
        texts = next((i for i in others if _among(heads[i], _TEXT_HEADS, _TEXT_WORDS)), None)
    if texts is None:
        texts = next((i for i in others if _among(heads[i], _NAME_HEADS)), None)
    beside = set(keys) - {keys[terms]} if terms is not None else set(keys)
    if beside & _SETTINGS or (only_names and beside & (_TYPES | _PEOPLE)):
        return None, None
    if only_names and terms is not None and page.lists_no_terms:
        return None, None
    if page.listed and len(heads) == 2:
        return (0, 1) if terms in (0, None) else (terms, 1 - terms)
    return terms, texts


def _first(
    keys: Sequence[str], heads: Sequence[str], exact: frozenset[str], words: frozenset[str]
) -> int | None:
    """The first column whose head is one of these; else the first that has one among its words."""
    found = next((i for i, key in enumerate(keys) if key in exact), None)
    return (
        found
        if found is not None
        else next((i for i, h in enumerate(heads) if _among(h, exact, words)), None)
    )


def _among(head: str, exact: frozenset[str], words: frozenset[str] = frozenset()) -> bool:
    """Whether a head is one of these, or has one among its parts or words: "Term / Acronym"."""
    if len(head.split()) > _LONGEST_HEAD or head.endswith("?"):
        return label_key(head) in exact
    parts = [head, *_PARTS_OF_HEAD.split(head)]
    return any(label_key(part) in exact for part in parts if part) or any(
        label_key(word) in words for word in head.split()
    )
