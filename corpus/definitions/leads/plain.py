"""Leads without bold: `Term: text` in a list of nothing else, or where it is said that terms are listed."""

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, BlockKind
from corpus.definitions.leads.announcing import (
    COMMANDS,
    announced_commands,
    announced_terms,
    is_headed_as_list,
)
from corpus.definitions.leads.lead import ARTICLE, Lead, plain_lead, set_off_lead
from corpus.definitions.leads.openings import AFTER_TERM, FEWEST, Opening, runs_of
from corpus.definitions.leads.saying import is_entry, is_phrase, says
from corpus.definitions.nested import nested_terms
from corpus.definitions.page import Candidate, Page
from corpus.phrasing.noun_phrases import is_noun_phrase


def from_plain_lead(page: Page) -> Iterator[Candidate]:
    """`Term: text` or `Term - text` without bold: a list of nothing else, or under "Glossary"."""
    if page.lists_no_terms:
        return
    commands, terms, under = announced_commands(page), announced_terms(page), is_headed_as_list(page)
    listings = _by_first_paragraph(page)
    for run in runs_of(page):
        lists = under or (bool(run) and id(run[0].block) in terms)
        # "Commands", then a list of nothing but code: its names are what is talked about.
        named = page.listed or (_names_code(page, run, commands) and all(map(_opens_with_code, run)))
        leads = [lead for opening in run if opening.plain and (lead := plain_lead(opening, named))]
        if not leads:
            continue
        others = sum(set_off_lead(opening) is not None for opening in run)
        nested = any(opening.nested for opening in run)
        listed = lists and not nested and (len(leads) + others) * 2 >= len(run)
        saying = {id(lead) for lead in leads if ARTICLE.match(lead.text) and says(lead)}
        code = sum(_opens_with_code(opening) for opening in run) if len(leads) + others < len(run) else 0
        # Terms with bullets below them stand in the same row.
        listing = listings.get(id(run[0].block))
        below = len(nested_terms(listing)) if listing else 0
        every = len(leads) + others + code + below == len(run)
        alike = len(saying) + below > 1 and every and len(saying) * 3 >= len(leads) * 2
        in_list = run[0].in_item or run[0].alone
        small = every and in_list and _is_dictionary(leads)
        for lead in leads:
            told = alike and in_list and (id(lead) in saying or is_phrase(lead))
            told = told or (small and is_entry(lead) and len(lead.text.split()) >= FEWEST)
            if told or (listed and is_entry(lead)) or (lead.marked and _is_stated(lead)):
                yield lead.candidate


def _by_first_paragraph(page: Page) -> dict[int, Block]:
    """The lists of a page, by the ids of the paragraphs that they begin with."""
    return {
        id(item.children[0]): listing
        for listing in page.of(BlockKind.LIST)
        for item in listing.children[:1]
        if item.children
    }


def _opens_with_code(opening: Opening) -> bool:
    inline = opening.block.inline
    return inline is not None and any(
        start == 0 and AFTER_TERM.match(inline.text, stop) for start, stop in inline.masked[:1]
    )


def _names_code(page: Page, run: Sequence[Opening], announced: set[int]) -> bool:
    """Whether a list of code stands under a heading, or behind a sentence, that says it names commands."""
    if len(run) <= 1 or not run[0].in_item:
        return False
    headed = page.section.level > 0 and bool(COMMANDS.search(page.section.title))
    return headed or id(run[0].block) in announced


def _is_stated(lead: Lead) -> bool:
    """Whether words that a mark such as ":=" states say what something is: there a bare phrase will do."""
    return says(lead) or is_noun_phrase(lead.prose)


# "A boat race", "open <file>".
_NO_ENTRY = re.compile(r"(?:an?|the)\s|[^<]*<", re.IGNORECASE)
_A_CERTAIN = re.compile(r"(?:the|an?)\s+(?:\w+\s+)?one\b|my\s|our\s|your\s", re.IGNORECASE)


def _is_dictionary(leads: Sequence[Lead]) -> bool:
    """Whether several leads in small letters mostly say what things are: "- levee: natural bank of mud"."""
    small = all(lead.term[:1].islower() and lead.text[:1].islower() for lead in leads)
    # "Tent: the green one" speaks of a certain tent.
    saying = sum(says(lead) and not _A_CERTAIN.match(lead.text) for lead in leads) if small else 0
    return (
        len(leads) >= FEWEST
        and saying * 2 > len(leads)
        and not any(map(_NO_ENTRY.match, (x.term for x in leads)))
    )
