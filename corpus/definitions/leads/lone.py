"""Leads without bold that stand alone among other text, and say of their term what it is in general."""

import re
from collections.abc import Iterator

from msgspec import structs

from corpus.definitions.leads.lead import ARTICLE, SIGN, lead_of, plain_lead
from corpus.definitions.leads.openings import runs_of
from corpus.definitions.leads.saying import says
from corpus.definitions.page import Candidate, Page
from corpus.definitions.short_names import short_and_long
from corpus.headings import bare_heading
from corpus.labels import label_key
from corpus.phrasing.formulas import is_counted_from
from corpus.phrasing.meaning import AIMS
from corpus.phrasing.noun_phrases import begins_with_genus, is_noun_phrase, says_how_much
from corpus.places import lines_before

# Not "x = 0 that ...", which is an equation.
IN_WORDS = re.compile(r"(?:an?\s|[a-z-]{3,}\s)(?:[^\W\d_][^\s\d=+*/<>]*\s+){2,}[^\s\d=+*/<>]+")


def from_lone_lead(page: Page) -> Iterator[Candidate]:
    """`term: the share of ...` among other bullets and paragraphs: it says in general what the term is, or
    has it from the heading."""
    if page.lists_no_terms:
        return
    headed = label_key(bare_heading(page.section.title)) if page.section.level > 1 else ""
    yield from _said_to_be(page)
    yield from _in_one_line(page)
    openings = (o for run in runs_of(page) for o in run if o.plain and id(o.block) not in page.tasks)
    for lead in (lead for opening in openings if (lead := plain_lead(opening, listed=False))):
        own = label_key(lead.name) == headed and says(lead)
        mark = lead.inline.text[lead.begin + len(lead.term) : lead.start]
        equal = "=" in mark and len(lead.name) > SIGN and bool(IN_WORDS.fullmatch(lead.text))
        counted = "=" in mark and is_counted_from(lead.name, lead.text, plain=True)
        told = counted or lead.is_long_form or (_is_told(lead.text) and label_key(lead.name) not in AIMS)
        if told or ((own or equal) and is_noun_phrase(lead.prose)):
            yield lead.candidate


_FEWEST_WITHOUT_ARTICLE = 6
# "Capturing a pawn that has just moved".
_DOING = re.compile(r"[a-z]{3,}ing\s+an?\s+[\w'’-]+(?:\s[\w'’-]+)?\s+(?:that|which|without|into)\s")


def _is_told(text: str) -> bool:
    """Whether a text says in general what something is; of more than a few words the article may be missing:
    "distance from the ground to the lowest branch"."""
    if says_how_much(text) or _DOING.match(text):
        return True
    bare = text[:1].islower() and len(text.split()) >= _FEWEST_WITHOUT_ARTICLE
    return begins_with_genus(text) or (bare and not ARTICLE.match(text) and begins_with_genus(f"the {text}"))


# "Definition 2 (rank). The size of the image.", "Ebb::the falling of the tide".
_SAID = re.compile(
    r"(?:definition|def\.?)(?:\s+\d+(?:\.\d+)*)?\s*\((?P<term>[^()\n]{2,60})\)\s*[.:]\s+(?=\S)"
    r"|(?P<card>[^\s:`][^:\n`]{1,50})::(?=(?:an?|the|one)\s)",
    re.IGNORECASE,
)


def _said_to_be(page: Page) -> Iterator[Candidate]:
    """What a paragraph says it defines, and the sides of a card."""
    if "def" not in page.section.lowered and "::" not in page.section.lowered:
        return
    for block, inline in page.paragraphs:
        said = _SAID.match(inline.text)
        if said and (lead := lead_of(block, inline, said["term"] or said["card"], said.end())):
            end = inline.text.find("\n", said.end()) if said["card"] else -1
            yield structs.replace(lead, end=end if end > 0 else None).candidate


def _in_one_line(page: Page) -> Iterator[Candidate]:
    """Several short names with their long forms, one behind the other: the letters agree, or a word in front
    says what they are."""
    for block, inline in page.paragraphs if "=" in page.section.lowered else ():
        for pair in short_and_long(inline):
            line = block.first_line + lines_before(inline.text, pair.start())
            yield Candidate(pair["short"], line, (block,), *pair.span("long"), (pair["long"],))
