"""What notes say about kinds: "X is a kind of Y", "kinds of X include: ...".

Only lists that are announced as kinds, types, forms or variants are taken. Lists of causes, parts, examples
and applications are not kinds.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus.blocks import Block, BlockKind, Inline
from corpus.labels import looks_like_term
from corpus.model import Definition, KindStatement, SectionId, SourceLocation
from corpus.places import Span, lines_before
from corpus.quoting import quoted, seen_words, source_range
from corpus.sections import OpenSection
from corpus.sentences import sentences

_KIND = (
    r"(?:kinds?|types?|forms?|variants?|varieties|sorts?|flavou?rs?|class(?:es)?|categor(?:y|ies)|famil(?:y|ies)|"
    r"subtypes?)"
)
_ANNOUNCED = re.compile(
    rf"(?:\b(?:different|common|main|several|many|some|various|two|three|four|five|popular|typical)\s+)*\b{_KIND}\s+of\s+"
    r"(?P<broader>[\w'’-]+(?:\s+[\w'’-]+){0,4}?)\s+(?:include|are|includes|comprise)\b(?P<rest>[^.:]*)(?P<end>[:.]|$)",
    re.IGNORECASE,
)
# "There are three kinds of tides: ...", "Boats come in two forms: ...".
_THERE_ARE = re.compile(
    rf"(?:there\s+(?:are|exist)|we\s+(?:distinguish|know)|(?:one|you)\s+can\s+(?:distinguish|tell))\s+"
    rf"(?:\w+\s+){{0,3}}?{_KIND}\s+of\s+(?P<broader>[\w'’-]+(?:\s+[\w'’-]+){{0,4}}?)(?P<rest>)(?P<end>:)",
    re.IGNORECASE,
)
# "Boats come in two forms:".
_COME_IN = re.compile(
    rf"(?P<broader>[\w'’-]+(?:\s+(?!(?:can|may|might|will|that|which)\s)[\w'’-]+){{0,3}}?)\s+(?:comes?|exists?)\s+in\s+(?:\w+\s+){{0,2}}?{_KIND}\s*(?P<rest>)(?P<end>:)",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"(?:(?:different|common|main|the|some)\s+)*{_KIND}\s+of\s+(?P<broader>[\w'’-]+(?:\s[\w'’-]+){{0,3}})",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"{_HEADED.pattern}(?P<rest>)(?P<end>:)\s*", re.IGNORECASE)
_BEGINS_AS_KIND = re.compile(
    rf"(?:an?|one)\s+(?:(?:special|specific|particular|common|popular|simple)\s+)*{_KIND}\s+of\s+(?:an?\s+|the\s+)?"
    r"(?P<broader>[\w'’-]+(?:\s+[\w'’-]+){0,3}?)(?=\s*(?:[.,;:(]|$)|\s+(?:that|which|in|where|used|for|with|whose|by|"
    r"on|at|to|of|as|when|made|designed|containing|useful|based)\b)",
    re.IGNORECASE,
)
_IS_KIND = re.compile(
    rf"(?P<narrower>[\w][\w'’-]*(?:\s+[\w'’-]+){{0,4}}?)\s+(?:is|are)\s+(?:an?\s+|one\s+)?(?:special\s+|specific\s+|particular\s+)?"
    rf"{_KIND}\s+of\s+(?:an?\s+|the\s+)?(?P<broader>[\w'’-]+(?:\s+[\w'’-]+){{0,3}}?)(?=[\s]*[.,;:(]|\s+(?:that|which|in|where|used|for|with|whose)\b|$)",
    re.IGNORECASE,
)


# One of these stands in every sentence that speaks of kinds: most text has none, and a look says so.
_STEMS = ("kind", "type", "form", "varia", "variet", "sort", "flavo", "class", "categor", "famil")


def _may_speak_of_kinds(lowered: str) -> bool:
    return ("of" in lowered or " in " in lowered) and any(stem in lowered for stem in _STEMS)


def kind_statements(section: OpenSection) -> Iterator[KindStatement]:
    """Every statement of a section that one thing is a kind of another."""
    yield from _under_heading(section)
    if not _may_speak_of_kinds(section.lowered):
        return
    following = next_siblings(section)
    for block in section.all_blocks:
        text = block.inline.text if block.kind is BlockKind.PARAGRAPH and block.inline else ""
        for span in sentences(text) if _may_speak_of_kinds(text.casefold()) else ():
            if _may_speak_of_kinds(text[slice(*span)].casefold()):
                yield from _in_sentence(block, text, span, section, following.get(id(block)))


def _in_sentence(
    block: Block, text: str, span: Span, section: OpenSection, following: Block | None
) -> Iterator[KindStatement]:
    """What one sentence of a block's text states; the list of the kinds may be what is `following`."""
    if announced := _announcement(text, *span):
        said = said_at(block, span, section)
        if announced["end"] == ":" and following and following.kind is BlockKind.LIST:
            yield from _items(announced["broader"], following, said)
            return
        rest = announced["rest"] or text[announced.end() : span[1]]
        for name in re.split(r",\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+", rest.strip(" .:")):
            yield from _statement(announced["broader"], name, said)
    elif stated := _IS_KIND.match(text, *span):
        said = said_at(block, span, section)
        for name in re.split(r"\s+(?:and|or)\s+", stated["narrower"]):
            yield from _statement(stated["broader"], name, said)


def _announcement(text: str, start: int, end: int) -> re.Match[str] | None:
    """What says in a sentence of a text that kinds of something follow: "kinds of boats include", or "Types
    of boats:" and nothing else."""
    return (
        _ANNOUNCED.search(text, start, end)
        or _THERE_ARE.match(text, start, end)
        or _COME_IN.match(text, start, end)
        or _LABEL.fullmatch(text, start, end)
    )


def kinds_by_definition(definition: Definition) -> Iterator[KindStatement]:
    """What a definition's first words say: "A form of regularization that ..."."""
    first = next(iter(definition.passages), None)
    stated = _BEGINS_AS_KIND.match(first.text) if first else None
    if first is None or stated is None or not looks_like_term(stated["broader"], longest=6):
        return
    end = next(
        (stop for begin, stop in sentences(first.text) if begin <= stated.start() < stop), len(first.text)
    )
    quote, place, words = quoted(first, 0, end)
    yield KindStatement(stated["broader"], definition.term, quote, definition.section, place, words)


def next_siblings(section: OpenSection) -> dict[int, Block]:
    """What stands after each block, on its own level."""
    runs = (section.blocks, *(block.children for block in section.all_blocks if len(block.children) > 1))
    return {id(one): other for run in runs for one, other in pairwise(run)}


def _under_heading(section: OpenSection) -> Iterator[KindStatement]:
    """The list under a heading like "Types of boats"."""
    if section.heading and (found := _list_under_heading(section)):
        said = said_at(section.heading, (0, len(section.title)), section)
        yield from _items(*found, said)


def _list_under_heading(section: OpenSection) -> tuple[str, Block] | None:
    heading = _HEADED.fullmatch(section.title) if section.level else None
    listed = next((block for block in section.blocks[:2] if block.kind is BlockKind.LIST), None)
    return (heading["broader"], listed) if heading and listed else None


def lists_of_kinds(section: OpenSection) -> Iterator[tuple[str, Block]]:
    """The lists of kinds right under a heading or below a line that announces them, each with what they are
    kinds of."""
    if under := _list_under_heading(section):
        yield under
    for before, block in pairwise(section.blocks) if _may_speak_of_kinds(section.lowered) else ():
        if block.kind is BlockKind.LIST and before.kind is BlockKind.PARAGRAPH and before.inline:
            text = before.inline.text
            for span in [*sentences(text)][-1:]:
                announced = _announcement(text, *span)
                if announced and announced["end"] == ":":
                    yield announced["broader"], block


class Said(NamedTuple):
    """The words that say it, and where they stand."""

    quote: str
    section: SectionId
    location: SourceLocation
    words: str


def said_at(block: Block, span: Span, section: OpenSection) -> Said:
    """The words of a range of a block's text, as the source has them."""
    inline = block.inline or Inline("", "")
    low, high = source_range(inline.raw, inline.text, *span)
    first = block.first_line + lines_before(inline.text, span[0])
    last = block.first_line + lines_before(inline.text, span[1])
    place = SourceLocation(section.location.path, first, last)
    quote = " ".join(inline.raw[low:high].split())
    return Said(quote, section.id, place, seen_words(quote, inline.text[slice(*span)]))


def _items(broader: str, listed: Block, said: Said) -> Iterator[KindStatement]:
    for item in listed.children:
        inline = item.children[0].inline if item.children else None
        if inline:
            head = re.split(r"\s[-–—]\s|[:(,.]|\s+(?:is|are|which|that)\s", inline.text, maxsplit=1)[0]
            yield from _statement(broader, head, said)


def _statement(broader: str, narrower: str, said: Said) -> Iterator[KindStatement]:
    narrower = re.sub(r"^(?:an?|the)\s+", "", narrower.strip(" *_`\n"), flags=re.IGNORECASE)
    if narrower and looks_like_term(narrower, longest=6) and looks_like_term(broader, longest=6):
        yield KindStatement(broader, narrower, *said)
