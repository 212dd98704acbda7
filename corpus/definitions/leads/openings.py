"""Where a term may open a text: paragraphs, parts and lines of them, and the runs in which they stand.

A run is what stands side by side: the first paragraphs of a list's items, or those that are in no list. What
the others of its run are tells how one of them is meant.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, structs

from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.leads.announcing import below_announcement
from corpus.definitions.page import Page
from corpus.definitions.texts import set_off
from corpus.headings import lists_people
from corpus.places import Span, beginning_in

_MARK = r"(?::{1,2}=?(?=\s)|=>?(?=\s)|-{1,3}>?(?=\s)|[–—→：])"
# Editors leave characters of no width behind bold words.
_GAP = r"[\s\u200b-\u200d\ufeff]*"
AFTER_TERM = re.compile(rf"{_GAP}(?:(?P<other>\([^()\n]{{1,80}}\))\s*)?(?P<mark>:{{1,2}}|{_MARK})\s*")
PLAIN = re.compile(
    rf"(?P<term>[^\s:=.;!?–—()][^:=;!?–—()\n]{{0,60}}?(?:\s\([^()\n]{{1,60}}\))?)(?:\s*:(?=\s)|\s+(?P<mark>{_MARK}))\s*(?=\S)"
)
_A_MARK = re.compile(r"[:=–—→]|\s-")
_LONGEST_LEAD = 200  # characters, more than PLAIN takes
FEWEST = 3  # leads in a run, if most of them say what something is, are a list of terms


class Opening(Struct, frozen=True):
    """A paragraph, or a part of one, that may open with a term; whether it is the first one of a bullet, and
    what is set off in the paragraph; whether the paragraph opens with words and a mark as a `plain` lead does
    (most do not); whether it is a line among others like it, `alone`, and whether its list is `nested` in
    another."""

    block: Block
    in_item: bool
    spans: Sequence[Span]
    plain: bool
    begin: int = 0
    end: int | None = None
    alone: bool = False
    nested: bool = False


@lru_cache(maxsize=1)  # several rules ask about the same page
def runs_of(page: Page) -> Sequence[Sequence[Opening]]:
    """Paragraphs that stand in a row: the first ones of a list's items, those that are in no list, and the
    lines of one that all are leads."""
    found: list[Sequence[Opening]] = []
    single: list[Opening] = []
    inside: set[int] = set()
    inner = {id(block) for item in page.of(BlockKind.ITEM) for block in item.children}
    for block in page.section.all_blocks:
        if block.kind is BlockKind.LIST:
            items = [
                Opening(first, True, _set_off(first), _is_plain_opening(first), nested=id(block) in inner)
                for item in block.children
                if item.children and (first := item.children[0]).kind is BlockKind.PARAGRAPH
            ]
            inside.update(id(opening.block) for opening in items)
            found.append(items)
        elif block.kind is BlockKind.PARAGRAPH and id(block) not in inside:
            parts = list(_parts(block))
            lines = (
                list(_line_by_line(parts[0]))
                if len(parts) == 1 and parts[0].plain and not parts[0].spans
                else parts
            )
            # Lines that all are leads stand in a row of their own.
            found += [lines] if len(lines) > len(parts) else []
            single += lines if len(lines) <= len(parts) else []
    people = page.section.level > 0 and lists_people(page.section.title)
    return [] if people else [run for run in (*found, single) if not _is_schedule(run)]


# "**Monday** - ...", "9:30: ...", "Week 2: ...", "**Lunch**: ...".
_TIME = re.compile(
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|(?:early\s+|late\s+)?(?:mornings?|afternoons?|evenings?|nights?)|noon|midday|"
    r"midnight|today|tonight|tomorrow|\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m|h)?(?:\s?[-–]\s?\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m|h)?)?|"
    r"(?:week|day|session|hour|period)\s+\d+|breakfast|brunch|lunch|tea|dinner|supper|snacks?|starters?|mains?|desserts?|drinks?)"
    r"(?:\s(?:morning|afternoon|evening|night|\d\S{0,6}))?\s*(?::|\s[–—-]|[–—])",
    re.IGNORECASE,
)


def _is_schedule(run: Sequence[Opening]) -> bool:
    """Whether most leads of a run are days, times or meals: what stands behind them is planned for then."""
    leads = [o.block.inline.text for o in run if o.block.inline and (o.plain or is_marked(o))]
    times = sum(_TIME.match(text) is not None for text in leads)
    return times > 1 and times * 2 > len(leads)


_SENTENCE_BEFORE = re.compile(r"(?:^|\n|[.!?]\s{1,4})\Z")


def _parts(block: Block) -> Iterator[Opening]:
    """A paragraph, cut where a further set-off lead stands at the start of a line or behind a sentence."""
    inline = block.inline
    spans, plain = _set_off(block), _is_plain_opening(block)
    if not spans:
        yield Opening(block, False, spans, plain)
        return
    cuts = [
        start
        for start, stop in spans
        if inline
        and (start == 0 or _SENTENCE_BEFORE.search(inline.text[max(0, start - 6) : start]))
        and (AFTER_TERM.match(inline.text, stop) or inline.text[start:stop].rstrip().endswith(":"))
    ]
    if inline and "\n" in inline.text and (alone := _alone_on_lines(inline)):
        cuts = sorted({*cuts, *alone})
    begins = [0, *(cut for cut in cuts if cut)]
    for begin, end in zip(begins, (*begins[1:], None), strict=True):
        yield Opening(block, False, spans, plain, begin, end)


def _line_by_line(opening: Opening) -> Iterator[Opening]:
    """The lines of a paragraph, if each is a lead; else the paragraph. "Key terms:" may stand above them."""
    text = opening.block.inline.text if opening.block.inline and not opening.begin else ""
    begin = below_announcement(text)
    if "\n" not in text[begin:] or not all(PLAIN.match(line) for line in text[begin:].split("\n")):
        yield opening
        return
    at = begin
    for line in text[begin:].split("\n"):
        yield structs.replace(opening, begin=at, end=at + len(line), alone=True)
        at += len(line) + 1


def _is_plain_opening(block: Block) -> bool:
    text = block.inline.text if block.inline else ""
    return bool(_A_MARK.search(text, 0, _LONGEST_LEAD) and PLAIN.match(text))


def _set_off(block: Block) -> Sequence[Span]:
    """What stands in bold or italics, in order."""
    return set_off(block.inline) if block.inline else ()


def _alone_on_lines(inline: Inline) -> list[int]:
    """Where lines begin that are all set off, several of them and the first among these."""
    stops = dict(sorted({*inline.strong, *inline.emphasis}))
    at, found = 0, []
    for line in inline.text.split("\n"):
        if line and stops.get(at) == at + len(line.rstrip()):
            found.append(at)
        at += len(line) + 1
    return found if len(found) > 1 and found[0] == 0 else []


_THE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“](?P<name>[^\"“”\n]{2,60})[\"”]")


def opening_span(opening: Opening, inline: Inline) -> Span | None:
    """The range that a text opens with, if it is set off or in quotes; an article may stand before it."""
    article = _THE.match(inline.text, opening.begin)
    for begin in (opening.begin, article.end() if article else opening.begin):
        # Bold and italics at once are two ranges; the longer one is last.
        if spans := beginning_in(opening.spans, begin, begin + 1):
            return spans[-1]
    quoted = _QUOTED.match(inline.text, opening.begin)
    return quoted.span() if quoted else None


def is_marked(opening: Opening) -> bool:
    """Whether a text begins with words that are set off and a mark, be they a term or not."""
    inline = opening.block.inline
    span = opening_span(opening, inline) if inline else None
    return bool(
        inline
        and span
        and (
            inline.text[slice(*span)].rstrip().endswith((":", ".")) or AFTER_TERM.match(inline.text, span[1])
        )
    )
