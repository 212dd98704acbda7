"""A term in bold at the start of a paragraph or bullet, a colon or a dash, and what it is."""

import re
from collections.abc import Iterator

from corpus.definitions.page import Candidate, Page
from corpus.labels import is_numbered, label_key, looks_like_term
from corpus.markdown import BlockKind
from corpus.model import SourceLocation
from corpus.names import split_names
from corpus.phrasing import says_what_it_is

_LEAD = re.compile(r"\s*(:|[-–—](?=\s))\s*")
NO_TERM = frozenset(
    map(
        label_key,
        "note example examples tip tips warning important question answer hint q a e caution exercise "
        "solution input output pros cons advantages disadvantages advantage disadvantage goal result step "
        "reason why how when where who idea intuition remark observation conclusion explanation e.g. i.e. "
        "p.s. edit update todo key takeaway bonus challenge problem date author source level time duration "
        "objective correct incorrect true false yes no".split(),
    )
)


def from_bold_lead(page: Page) -> Iterator[Candidate]:
    """`**Term**: text` or `**Term** - text` at the start of a paragraph or bullet."""
    for block in page.section.all_blocks:
        inline = block.inline
        if (
            block.kind is not BlockKind.PARAGRAPH
            or not inline
            or not inline.strong
            or inline.strong[0][0] != 0
        ):
            continue
        end = inline.strong[0][1]
        inside = inline.text[:end].rstrip()
        lead = _LEAD.match(inline.text, end)
        if inside.endswith(":"):
            start = end
        elif lead:
            start = lead.end()
        else:
            continue
        term = inside.rstrip(": ")
        name = split_names(term, SourceLocation("", 1, 1))[0]
        text = inline.text[start:]
        if (
            looks_like_term(name)
            and label_key(name) not in NO_TERM
            and not is_numbered(name)
            and says_what_it_is(name, text, shortest=3)
        ):
            yield Candidate(term, block.first_line, (block,), start)
