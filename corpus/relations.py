"""What notes say is part of what, and an example of what: "X consists of A and B", "examples of X are A".

Only what is said in so many words counts. Names are taken as they stand; which concepts they mean is decided
by `graph`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.blocks import Block, BlockKind
from corpus.kinds import Said, next_siblings, said_at
from corpus.model import Definition, RelationKind, RelationStatement
from corpus.places import Span
from corpus.quoting import quoted
from corpus.sections import OpenSection
from corpus.sentences import sentences

_WORDS = r"[\w'’-]+(?:\s+[\w'’-]+){0,5}"
_ARTICLE = r"(?:(?:an?|the|any|every|each|most|all|some|your|our|its|their)\s+)?"
_PART = r"(?:parts?|components?|elements?|pieces?|ingredients?|constituents?|building\s+blocks?)"
_ONE = r"(?:an?\s+|another\s+|one\s+|the\s+)?(?:\w+\s+)?"
# What ends a noun phrase, and the name in it.
_PHRASE_END = (
    r"(?=\s*(?:[.,;:()]|$)"
    r"|\s+(?:that|which|who|whose|in|on|at|where|when|with|for|to|by|from|and|or|as|is|are|used|can|between|behind|under"
    r"|over|above|below|near|within|without|before|after)\b)"
)
_NAME = rf"{_ARTICLE}(?P<whole>{_WORDS}?)"


class _Sides(StrEnum):
    """Where the names stand: the whole and its parts, or examples, before the words and after them."""

    WHOLE_MANY = "whole, many"
    MANY_WHOLE = "many, whole"
    LAST_WHOLE = "last, whole"  # of what stands before, only the last name counts
    BOTH_AFTER = "both after"
    WHOLE_LIST = "whole, list"


@dataclass(frozen=True, slots=True)
class _Form:
    """Words between names, and what the one is to the other. Few texts have them: a look for the `stems`, of
    which one is in them, says so."""

    kind: RelationKind
    sides: _Sides
    words: re.Pattern[str]
    after: re.Pattern[str]
    stems: frozenset[str]


def _form(kind: RelationKind, sides: _Sides, words: str, *stems: str) -> _Form:
    after = {
        _Sides.WHOLE_MANY: r"\s*(?P<many>[^.:;()]{0,400})",
        _Sides.BOTH_AFTER: rf"\s+{_NAME}\s+(?:are|is|includes?)\b\s*(?P<many>[^.:;]{{0,400}})",
        _Sides.WHOLE_LIST: r"\s*(?=:)",
    }
    return _Form(
        kind,
        sides,
        re.compile(rf"\b{words}\b", re.IGNORECASE),
        re.compile(after.get(sides, rf"\s+{_NAME}{_PHRASE_END}"), re.IGNORECASE),
        frozenset(stems),
    )


_PARTS = ("part", "component", "element", "piece", "ingredient", "constituent", "building")


_FORMS = (
    _form(
        RelationKind.PART_OF,
        _Sides.WHOLE_MANY,
        r"(?:consists?\s+of|comprises?|(?:is|are)\s+(?:made|built|composed|comprised)(?:\s+up)?\s+(?:of|from|out\s+of))",
        *("consist", "compris", "compos", "made", "built"),
    ),
    _form(RelationKind.PART_OF, _Sides.MANY_WHOLE, rf"(?:is|are)\s+{_ONE}{_PART}\s+of", *_PARTS),
    _form(RelationKind.PART_OF, _Sides.LAST_WHOLE, r"makes?\s+up", "make"),
    _form(RelationKind.PART_OF, _Sides.BOTH_AFTER, rf"{_PART}\s+of", *_PARTS),
    _form(
        RelationKind.PART_OF,
        _Sides.WHOLE_LIST,
        rf"(?:has|have)\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}{_PART}",
        *_PARTS,
    ),
    _form(RelationKind.EXAMPLE_OF, _Sides.BOTH_AFTER, r"examples?\s+(?:of|for)", "example"),
    _form(RelationKind.EXAMPLE_OF, _Sides.MANY_WHOLE, rf"(?:is|are)\s+{_ONE}examples?\s+of", "example"),
    _form(RelationKind.EXAMPLE_OF, _Sides.WHOLE_MANY, r"such\s+as", "such"),
)
_STEMS = sorted({stem for form in _FORMS for stem in form.stems})
# How a definition begins that says it of its own term: "A thing that consists of", "The part of a ship that".
_KIND_OF_THING = r"(?:(?!(?:of|for|in|to|with|from|is|are|was|were|that|which)\b)[\w'’-]+\s+){0,6}?"
_MADE_OF = re.compile(
    rf"(?:(?:an?|the|any|one)\s+)?(?:{_KIND_OF_THING}(?:(?:that|which)\s+(?:(?:is|are)\s+)?)?"
    r"(?:consisting\s+of|(?:made|built)(?:\s+up)?\s+(?:of|from|out\s+of)|composed\s+of)"
    rf"|(?:{_KIND_OF_THING}(?:that|which)\s+)?consists?\s+of)\s+(?P<many>[^.:;()]{{1,400}})",
    re.IGNORECASE,
)
_BEGINS = {
    RelationKind.PART_OF: re.compile(rf"{_ONE}{_PART}\s+of\s+{_NAME}{_PHRASE_END}", re.IGNORECASE),
    RelationKind.EXAMPLE_OF: re.compile(rf"{_ONE}example\s+of\s+{_NAME}{_PHRASE_END}", re.IGNORECASE),
}
_HEADED = {
    RelationKind.PART_OF: re.compile(rf"(?:\w+\s+)?{_PART}\s+of\s+{_NAME}", re.IGNORECASE),
    RelationKind.EXAMPLE_OF: re.compile(rf"(?:\w+\s+)?examples?\s+of\s+{_NAME}", re.IGNORECASE),
}
_NOT = re.compile(r"\b(?:not|no|never|neither|nor|without|unlike)\b|n['’]t\b", re.IGNORECASE)
_SPLIT = re.compile(r"\s*,\s*(?:(?:and|or|plus)\s+)?|\s+(?:and|or|plus|as\s+well\s+as)\s+", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:both|either|an?|the|its|their|one|two|three|four|five|many|several|multiple|some|various|different|at\s+least"
    r"|one\s+or\s+more|all|each|exactly|only|just|often)\s+)*"
    r"(?:(?:sets?|sequences?|numbers?|collections?|series|lists?|pairs?|groups?|stacks?|couples?|combinations?|layers?"
    r"|rows?)\s+of\s+(?:(?:an?|the|its|many|several|two|three|one\s+or\s+more)\s+)*)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:that|which|who|whose|where|when|in|on|of|with|for|to|by|at|from|used|is|are|was|can|as|while|so|if|into|after|before|once|until|during|since|because"
    r"|etc|connected\s+by)\b.*|\s*[(–—].*|\s-\s.*",
    re.IGNORECASE | re.DOTALL,
)
_LOOKED_BACK = 120
_CLAUSE_ENDS = re.compile(r"[,;:()]")
_OF_IT = re.compile(r"\s(?:in|of|for|on|at|from|with)\s", re.IGNORECASE)
_THAT = re.compile(r"(?:\s+(?:that|which|together))*\s*\Z", re.IGNORECASE)
# The last of these stands before the noun phrase that a clause ends with.
_BEFORE_IT = re.compile(
    r"\b(?:an?|the|any|some|every|each|all|its|their|that|which|of|with|in|on|for|to|by|from|as|like|is|are|and|or|between"
    r"|behind|under|over|above|below|near|within|without|before|after)\s",
    re.IGNORECASE,
)
# A list of names is over where something else begins.
_CLAUSE = re.compile(
    r"(?:which|that|then|but|so|if|when|where|because|while|we|you|it|they|this|these|using"
    r"|\w+ing\s+(?:an?|the|its|for|to|with|on|in|at))\b",
    re.IGNORECASE,
)
_LONGEST = 80


def relation_statements(section: OpenSection) -> Iterator[RelationStatement]:
    """Every statement of a section that one thing is a part or an example of another, in order."""
    yield from _under_heading(section)
    following: dict[int, Block] | None = None
    for block in section.all_blocks if _likely(section.lowered) else ():
        if block.kind is not BlockKind.PARAGRAPH or not block.inline:
            continue
        if forms := _likely(block.inline.text.casefold()):
            following = next_siblings(section) if following is None else following
            for span in sentences(block.inline.text):
                yield from _in_sentence(block, span, forms, following.get(id(block)), section)


def _likely(lowered: str) -> Sequence[_Form]:
    """The forms of which a stem is in a text."""
    stems = [stem for stem in _STEMS if stem in lowered]
    return [form for form in _FORMS if not form.stems.isdisjoint(stems)] if stems else ()


def relations_by_definition(definition: Definition) -> Iterator[RelationStatement]:
    """What the first words of a definition say of its term."""
    first = next(iter(definition.passages), None)
    end = next((stop for _, stop in sentences(first.text)), 0) if first else 0
    if first is None or not _likely(first.text[:end].casefold()) or _NOT.search(first.text, 0, end):
        return
    quote, place, words = quoted(first, 0, end)
    said = Said(quote, definition.section, place, words)
    if made := _MADE_OF.match(first.text, 0, end):
        for name in _names(made["many"]):
            yield from _statement(RelationKind.PART_OF, name, definition.term, said)
    for kind, begins in _BEGINS.items():
        if found := begins.match(first.text, 0, end):
            yield from _statement(kind, definition.term, found["whole"], said)


def _in_sentence(
    block: Block, span: Span, forms: Sequence[_Form], after: Block | None, section: OpenSection
) -> Iterator[RelationStatement]:
    text = block.inline.text if block.inline else ""
    sentence = text[slice(*span)]
    found = [(form, words) for form in forms for words in form.words.finditer(sentence)]
    if not found or _NOT.search(sentence):
        return
    for form, words in found:
        after_it = form.after.match(sentence, words.end())
        if after_it is None:
            continue
        whole, names = _ends(form, sentence[max(0, words.start() - _LOOKED_BACK) : words.start()], after_it)
        opens = sentence[after_it.end() :].lstrip().startswith(":") or sentence.rstrip().endswith(":")
        if not names and opens and after and after.kind is BlockKind.LIST:
            names = list(_items(after))
        for name in names:
            yield from _statement(form.kind, name, whole, said_at(block, span, section))


def _ends(form: _Form, before: str, after: re.Match[str]) -> tuple[str, list[str]]:
    """The whole, and the names of its parts or examples."""
    match form.sides:
        case _Sides.WHOLE_MANY | _Sides.WHOLE_LIST:
            clause = _CLAUSE_ENDS.split(before.rstrip(" ,"))[-1]
            many = after["many"] if form.sides is _Sides.WHOLE_MANY else ""
            return (_OF_IT.split(clause)[0] if form.kind is RelationKind.PART_OF else clause), list(
                _names(many)
            )
        case _Sides.BOTH_AFTER:
            return after["whole"], list(_names(after["many"]))
        case _Sides.MANY_WHOLE:
            return after["whole"], list(_names(before))
        case _Sides.LAST_WHOLE:
            return after["whole"], [_last_phrase(_THAT.sub("", before))]


def _names(words: str) -> Iterator[str]:
    """The names in "an A, two Bs and the C that we know"."""
    for part in _SPLIT.split(" ".join(words.split())):
        if _CLAUSE.match(part):
            return
        bare = _LEAD.sub("", part)
        name = _TAIL.sub("", bare).strip(" *_`,")
        if name and len(name) <= _LONGEST and any(c.isalpha() for c in name) and name != "following":
            yield name
        if _TAIL.search(bare):
            return


def _items(block: Block) -> Iterator[str]:
    """What the items of a list begin with."""
    for item in block.children:
        inline = item.children[0].inline if item.children else None
        if inline:
            head = re.split(r"\s[-–—]\s|[:(,.\n]", inline.text, maxsplit=1)[0]
            yield from list(_names(head))[:1]


def _under_heading(section: OpenSection) -> Iterator[RelationStatement]:
    """The list under a heading like "Parts of a boat"."""
    listed = next((block for block in section.blocks[:2] if block.kind is BlockKind.LIST), None)
    if listed is None or section.heading is None or not section.level:
        return
    for kind, headed in _HEADED.items():
        if found := headed.fullmatch(section.title.strip()):
            said = said_at(section.heading, (0, len(section.title)), section)
            for name in _items(listed):
                yield from _statement(kind, name, found["whole"], said)


def _statement(kind: RelationKind, one: str, other: str, said: Said) -> Iterator[RelationStatement]:
    whole = _last_phrase(other)
    if whole:
        yield RelationStatement(kind, one, whole, *said)


def _last_phrase(words: str) -> str:
    """The noun phrase that some words end with; nothing if they end with none.

    >>> _last_phrase("We tie it with a small knot"), _last_phrase("a thing that")
    ('small knot', '')
    """
    return _BEFORE_IT.split(f"{' '.join(words.split())} ")[-1].strip()
