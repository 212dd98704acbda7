"""Leads in bold or italics: one says by itself what it is, or stands among others that do."""

import re
from collections.abc import Iterator, Sequence

from corpus.definitions.leads.announcing import announced_kinds, announced_terms, is_headed_as_list
from corpus.definitions.leads.lead import Lead, set_off_lead
from corpus.definitions.leads.openings import FEWEST, Opening, is_marked, runs_of
from corpus.definitions.leads.saying import (
    STATED,
    does,
    is_entry,
    is_kind_in_few_words,
    is_phrase,
    is_plain,
    says,
    tells_how,
)
from corpus.definitions.page import Candidate, Page
from corpus.headings import lists_people
from corpus.labels import label_key

_MANY = 5  # leads in a run, of which most show that they define, take the others along


def from_bold_lead(page: Page) -> Iterator[Candidate]:
    """`**Term**: text`, `**Term** - text` or `**Term.** text` at the start of a paragraph or bullet."""
    if page.lists_no_terms:
        yield from _in_passing(page)
        return
    kinds, terms, under = announced_kinds(page), announced_terms(page), is_headed_as_list(page)
    for run in runs_of(page):
        lists = under or (bool(run) and id(run[0].block) in terms)
        leads, saying = _set_off_leads(run, page, lists)
        if leads:
            announced = len(run) > 1 and id(run[0].block) in kinds
            things = announced or lists or _names_things(page)
            alike = things and FEWEST <= len(run) == len(leads) and all(map(does, leads))
            believed = set(map(id, leads)) if alike else _believed(leads, saying, run, lists, announced)
            yield from (lead.candidate for lead in leads if id(lead) in believed)


def _set_off_leads(run: Sequence[Opening], page: Page, lists: bool) -> tuple[list[Lead], set[int]]:
    """The leads of a run that could be terms, and the ids of those that say what they are. Where most lines
    of many do, the others are entries of a list of terms: "in irons" is one there, too."""
    found = (set_off_lead(opening, lists) for opening in run)
    leads = [lead for lead in found if lead and label_key(lead.name) not in page.fields]
    saying = {id(lead) for lead in leads if says(lead)}
    missing = _MANY <= len(leads) < len(run) == sum(map(is_marked, run))
    return (
        _set_off_leads(run, page, True)
        if missing and not lists and len(saying) * 2 > len(run)
        else (leads, saying)
    )


# "**ben** - brings the boat": most of those that stand there do something.
_PERSON_DOES = re.compile(
    r"(?:(?:also|always|usually|only)\s+)?(?:brings|drives|cooks|bakes|buys|pays|books|lives|wants|likes|loves|hates|plays|sings|"
    r"teaches|studies|speaks|knows|writes|organi[sz]es|(?:comes|arrives|leaves|is\s+away|is\s+back)\s+(?:on|at|by|from|until)|has\s+the)\s",
    re.IGNORECASE,
)


def _believed(
    leads: Sequence[Lead], saying: set[int], run: Sequence[Opening], lists: bool, announced: bool
) -> set[int]:
    """The ids of the leads that say what they are, or stand among others that show how they are meant."""
    several, whole = len(run) > 1, len(run) == len(leads)
    marked = sum(map(is_marked, run))
    believed = set(saying)
    # An author says that it is a definition, or marks it as only one is marked.
    stated = (x for x in leads if x.stated or (x.marked and several and len(x.text.split()) >= STATED))
    believed.update(map(id, stated))
    # In small letters a phrase shows how it is meant, too.
    small = saying | {id(x) for x in leads if saying and x.text[:1].islower() and is_phrase(x)}
    if len(small) > 1 and len(small) * 2 >= marked:
        believed |= small
    # Plain words behind each of several leads.
    if several and whole and all(id(x) in saying or is_plain(x) for x in leads):
        believed.update(map(id, leads))
    # Where half say what they are, or a sentence before them tells of kinds, fewer words will do.
    if announced or (len(saying) > 1 and len(saying) * 2 >= marked):
        believed.update(id(x) for x in leads if is_phrase(x) or tells_how(x) or is_kind_in_few_words(x))
    # Where most of many show that they define, the others are entries; where terms are listed, all are.
    if whole and len(leads) >= _MANY and _shown(leads, saying) * 2 > len(leads):
        believed.update(id(x) for x in leads if is_entry(x) and len(x.text.split()) >= FEWEST)
    if lists:
        believed.update(id(x) for x in leads if is_entry(x))
    return believed - _people(leads, saying)


def _people(leads: Sequence[Lead], saying: set[int]) -> set[int]:
    """The ids of the leads that are people, if those are more than a few."""
    people = {id(lead) for lead in leads if _PERSON_DOES.match(lead.text) and " " not in lead.name}
    return people if len(people) * 2 > len(saying) else set()


def _shown(leads: Sequence[Lead], saying: set[int]) -> int:
    """How many of some leads show that they define. In a dictionary's small letters a phrase is enough."""
    small = all(lead.term[:1].islower() and not lead.text[:1].isupper() for lead in leads)
    return len(saying) + (small and sum(is_phrase(x) for x in leads if id(x) not in saying))


_NO_THINGS = frozenset(
    "roles duties tasks chores jobs days week meetings changes fixes news updates features".split()
)


def _names_things(page: Page) -> bool:
    """Whether the heading is one word for several things: "Organelles", "Gear"."""
    title = page.section.title.casefold()
    headed = page.section.level > 0 and title.isalpha()
    return headed and title not in _NO_THINGS and not lists_people(title)


_A_THING = re.compile(r"(?:an?|the)\s", re.IGNORECASE)


def _in_passing(page: Page) -> Iterator[Candidate]:
    """What one paragraph says in a phrase among remarks: "**Scum**: the foam that ..." under Steps."""
    openings = (opening for run in runs_of(page) for opening in run if not opening.in_item)
    leads = [lead for opening in openings if (lead := set_off_lead(opening))]
    if len(leads) == 1 and _A_THING.match(leads[0].text) and is_phrase(leads[0]) and says(leads[0]):
        yield leads[0].candidate
