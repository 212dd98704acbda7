"""Leads that end like a sentence: `Term. What it is.`, several of them in a row."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import structs

from corpus.definitions.leads.lead import Lead, lead_of
from corpus.definitions.leads.openings import FEWEST, Opening, runs_of
from corpus.definitions.leads.saying import OF_SOMEBODY, says
from corpus.definitions.page import Candidate, Page
from corpus.phrasing.noun_phrases import is_noun_phrase

# "Humus. Dark matter from rotted plants."
_STOPPED_LINE = re.compile(r"(?P<term>[A-Z][\w'’-]*(?:\s[\w'’-]+){0,2})\.\s+(?=[A-Z])[^\n]{8,}")


def from_stopped_lead(page: Page) -> Iterator[Candidate]:
    """`Term. What it is.` on each of three lines or more, most of which say what something is."""
    if page.lists_no_terms:
        return
    for rows in _rows(page):
        leads = [lead for opening in rows if (lead := _stopped_lead(opening))]
        saying = {id(lead) for lead in leads if says(lead)}
        if any(OF_SOMEBODY.search(lead.text) for lead in leads):
            continue
        if len(leads) == len(rows) >= FEWEST and len(saying) * 2 > len(leads):
            yield from (lead.candidate for lead in leads if id(lead) in saying or is_noun_phrase(lead.text))


def _stopped_lead(opening: Opening) -> Lead | None:
    inline = opening.block.inline
    line = inline.text[opening.begin : opening.end] if inline else ""
    found = _STOPPED_LINE.fullmatch(line)
    if inline is None or found is None:
        return None
    start = opening.begin + found.end("term") + 1
    lead = lead_of(opening.block, inline, found["term"], start, longest=3)
    return structs.replace(lead, begin=opening.begin, end=opening.end) if lead else None


def _rows(page: Page) -> Iterator[Sequence[Opening]]:
    """The runs of a section without marks, and the lines of each paragraph."""
    for run in runs_of(page):
        if not any(opening.plain or opening.spans for opening in run):
            yield run
    for block, inline in page.paragraphs:
        lines = inline.text.split("\n") if "\n" in inline.text else []
        if len(lines) >= FEWEST and _STOPPED_LINE.match(lines[0]):
            ends = [*accumulate(len(line) + 1 for line in lines)]
            begins = [0, *ends[:-1]]
            yield [Opening(block, False, (), False, a, b - 1) for a, b in zip(begins, ends, strict=True)]
