"""A term at the start of a paragraph or bullet, a mark, and what it is: `**Term**: text`, `Term - text`.

In bold or italics a lead stands by itself. Without, it takes a list whose items all are leads, or a heading
that says that terms stand under it: much else that people write begins with a word and a colon.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from msgspec import Struct, structs

from corpus.definitions.headings import from_heading
from corpus.definitions.page import SHORT_NAMES, Candidate, Page, set_off
from corpus.definitions.remarks import NO_TERM
from corpus.labels import (
    IMPERATIVES,
    bare_heading,
    is_administration,
    is_numbered,
    is_set_phrase,
    label_key,
    lists_no_terms,
    lists_people,
    looks_like_term,
)
from corpus.markdown import Block, BlockKind, Inline
from corpus.names import spells, split_names
from corpus.phrasing import (
    AIMS,
    asks,
    begins_with_genus,
    first_sentence,
    has_opinion,
    is_counted_from,
    is_noun_phrase,
    is_plain_phrase,
    is_subject,
    opens_an_aside,
    says_how_much,
    says_in_general,
    says_what_it_is,
    speaks,
    tells_apart,
    tells_what_happened,
)
from corpus.places import Span, beginning_in, lines_before, meeting
from corpus.sentences import sentences

_MARK = r"(?::{1,2}=?(?=\s)|=>?(?=\s)|-{1,3}>?(?=\s)|[–—→：])"
# Editors leave characters of no width behind bold words.
_GAP = r"[\s\u200b-\u200d\ufeff]*"
AFTER_TERM = re.compile(rf"{_GAP}(?:(?P<other>\([^()\n]{{1,80}}\))\s*)?(?P<mark>:{{1,2}}|{_MARK})\s*")
PLAIN = re.compile(
    rf"(?P<term>[^\s:=.;!?–—()][^:=;!?–—()\n]{{0,60}}?(?:\s\([^()\n]{{1,60}}\))?)(?:\s*:(?=\s)|\s+(?P<mark>{_MARK}))\s*(?=\S)"
)
_A_MARK = re.compile(r"[:=–—→]|\s-")
_LONGEST_LEAD = 200  # characters, more than PLAIN takes
_ARTICLE = re.compile(
    r"(?:an?|the|any|one)\s|[a-z]+(?<!s)s\s+(?:an?|the|its|how|what|other|all|each)\s", re.IGNORECASE
)
# "Update 2024-03-01", "Added 3 May".
_DATED = re.compile(
    r"(?:last\s+(?:update|edit|change|revision|review)(?:ed|d)?)|(?:last\s+)?(?:update|edit|added|revised|changed|posted|news|correction)\b.*\d.*",
    re.IGNORECASE,
)


class _Opening(Struct, frozen=True):
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


class _Lead(Struct, frozen=True):
    block: Block
    inline: Inline
    term: str
    start: int
    marked: bool = False
    end: int | None = None
    begin: int = 0
    stated: bool = False

    @property
    def text(self) -> str:
        return self.inline.text[self.start : self.end]

    @property
    def candidate(self) -> Candidate:
        """What the lead defines, with the long form that may be all that stands behind it."""
        line = self.block.first_line + lines_before(self.inline.text, self.begin)
        others = (self.text.strip(" .\n"),) if _is_long_form(self) else ()
        return Candidate(self.term, line, (self.block,), self.start, self.end, others)

    @property
    def prose(self) -> str:
        """The text without mathematics and code."""
        kept, at = [], self.start
        last = len(self.inline.text) if self.end is None else self.end
        for start, end in meeting(self.inline.masked, self.start, last):
            kept.append(self.inline.text[at : max(at, min(start, last))])
            at = max(at, min(end, last))
        return "".join((*kept, self.inline.text[at:last]))

    @property
    def name(self) -> str:
        return split_names(self.term)[0]

    @property
    def others(self) -> Iterator[str]:
        """The names that stand beside the lead's own: `Tidal current (TC)`."""
        return (alias.label for alias in split_names(self.term)[1])


def from_bold_lead(page: Page) -> Iterator[Candidate]:
    """`**Term**: text`, `**Term** - text` or `**Term.** text` at the start of a paragraph or bullet."""
    if page.section.level and lists_no_terms(page.section.title):
        yield from _in_passing(page)
        return
    announced, under, listed = _announced(page), _lists(page), _announced(page, _LISTS)
    for run in _runs(page):
        lists = under or (bool(run) and id(run[0].block) in listed)
        leads, saying = _set_off_leads(run, page, lists)
        if leads:
            several = len(run) > 1
            told = several and id(run[0].block) in announced
            things = told or lists or _names_things(page)
            does = things and len(run) >= _FEWEST and all(map(_does, leads))
            believed = (
                leads if does and len(leads) == len(run) else _believed(leads, saying, run, lists, told)
            )
            yield from (lead.candidate for lead in believed)


def _set_off_leads(run: Sequence[_Opening], page: Page, lists: bool) -> tuple[list[_Lead], set[int]]:
    """The leads of a run that could be terms, and the ids of those that say what they are. Where most lines
    of many do, the others are entries of a list of terms: "in irons" is one there, too."""
    found = (_set_off_lead(opening, lists) for opening in run)
    leads = [lead for lead in found if lead and label_key(lead.name) not in page.fields]
    saying = {id(lead) for lead in leads if _says(lead)}
    missing = _MANY <= len(leads) < len(run) == sum(map(_is_marked, run))
    return (
        _set_off_leads(run, page, True)
        if missing and not lists and len(saying) * 2 > len(run)
        else (leads, saying)
    )


def _believed(
    leads: Sequence[_Lead], saying: set[int], run: Sequence[_Opening], lists: bool, announced: bool
) -> Iterator[_Lead]:
    """The leads that say what they are, or stand among others that show how they are meant."""
    several = len(run) > 1
    among = announced or (len(saying) > 1 and len(saying) * 2 >= sum(map(_is_marked, run)))
    # Plain words behind each of several leads.
    plain = several and len(leads) == len(run) and all(id(x) in saying or _is_plain(x) for x in leads)
    most = len(run) == len(leads) >= _MANY and _shown(leads, saying) * 2 > len(leads)
    people = [lead for lead in leads if _PERSON_DOES.match(lead.text) and " " not in lead.name]
    for lead in leads if len(people) * 2 <= len(saying) else (x for x in leads if x not in people):
        words = len(lead.text.split())
        stated = lead.stated or (lead.marked and several and words >= _STATED)
        if (
            id(lead) in saying
            or stated
            or plain
            or (among and (_is_phrase(lead) or _tells_how(lead) or _is_kind_in_few_words(lead)))
            or (most and _is_entry(lead) and words >= _FEWEST)
            or (lists and _is_entry(lead))
        ):
            yield lead


# "**ben** - brings the boat": most of those that stand there do something.
_PERSON_DOES = re.compile(
    r"(?:(?:also|always|usually|only)\s+)?(?:brings|drives|cooks|bakes|buys|pays|books|lives|wants|likes|loves|hates|plays|sings|"
    r"teaches|studies|speaks|knows|writes|organi[sz]es|(?:comes|arrives|leaves|is\s+away|is\s+back)\s+(?:on|at|by|from|until)|has\s+the)\s",
    re.IGNORECASE,
)
_A_THING = re.compile(r"(?:an?|the)\s", re.IGNORECASE)


def _in_passing(page: Page) -> Iterator[Candidate]:
    """What one paragraph says in a phrase among remarks: "**Scum**: the foam that ..." under Steps."""
    openings = (opening for run in _runs(page) for opening in run if not opening.in_item)
    leads = [lead for opening in openings if (lead := _set_off_lead(opening))]
    if len(leads) == 1 and _A_THING.match(leads[0].text) and _is_phrase(leads[0]) and _says(leads[0]):
        yield leads[0].candidate


def from_plain_lead(page: Page) -> Iterator[Candidate]:
    """`Term: text` or `Term - text` without bold: a list of nothing else, or under "Glossary"."""
    if page.section.level and lists_no_terms(page.section.title):
        return
    under, announced, terms = _lists(page), _announced(page, _CODE_NAMES), _announced(page, _LISTS)
    for run in _runs(page):
        lists = under or (bool(run) and id(run[0].block) in terms)
        # "Commands", then a list of nothing but code: its names are what is talked about.
        named = page.listed or (_names_code(page, run, announced) and all(map(_opens_with_code, run)))
        leads = [lead for opening in run if opening.plain and (lead := _plain_lead(opening, named))]
        if not leads:
            continue
        others = sum(_set_off_lead(opening) is not None for opening in run)
        nested = any(opening.nested for opening in run)
        listed = lists and not nested and (len(leads) + others) * 2 >= len(run)
        saying = {id(lead) for lead in leads if _ARTICLE.match(lead.text) and _says(lead)}
        code = sum(_opens_with_code(opening) for opening in run) if len(leads) + others < len(run) else 0
        every = len(leads) + others + code == len(run)
        alike = len(saying) > 1 and every and len(saying) * 3 >= len(leads) * 2
        in_list = run[0].in_item or run[0].alone
        small = every and in_list and _is_dictionary(leads)
        for lead in leads:
            told = alike and in_list and (id(lead) in saying or _is_phrase(lead))
            told = told or (small and _is_entry(lead) and len(lead.text.split()) >= _FEWEST)
            if told or (listed and _is_entry(lead)) or (lead.marked and _is_stated(lead)):
                yield lead.candidate


def _is_stated(lead: _Lead) -> bool:
    """Whether words that a mark such as ":=" states say what something is: there a bare phrase will do."""
    return _says(lead) or is_noun_phrase(lead.prose)


def _is_dictionary(leads: Sequence[_Lead]) -> bool:
    """Whether several leads in small letters mostly say what things are: "- levee: natural bank of mud"."""
    small = all(lead.term[:1].islower() and lead.text[:1].islower() for lead in leads)
    # "Tent: the green one" speaks of a certain tent.
    saying = sum(_says(lead) and not _A_CERTAIN.match(lead.text) for lead in leads) if small else 0
    return (
        len(leads) >= _FEWEST
        and saying * 2 > len(leads)
        and not any(map(_NO_ENTRY.match, (x.term for x in leads)))
    )


# "A boat race", "open <file>".
_NO_ENTRY = re.compile(r"(?:an?|the)\s|[^<]*<", re.IGNORECASE)
_A_CERTAIN = re.compile(r"(?:the|an?)\s+(?:\w+\s+)?one\b|my\s|our\s|your\s", re.IGNORECASE)


def from_lone_lead(page: Page) -> Iterator[Candidate]:
    """`term: the share of ...` among other bullets and paragraphs: it says in general what the term is, or
    has it from the heading."""
    if page.section.level and lists_no_terms(page.section.title):
        return
    headed = label_key(bare_heading(page.section.title)) if page.section.level > 1 else ""
    yield from _said_to_be(page)
    yield from _in_one_line(page)
    openings = (o for run in _runs(page) for o in run if o.plain and id(o.block) not in page.tasks)
    for lead in (lead for opening in openings if (lead := _plain_lead(opening, listed=False))):
        own = label_key(lead.name) == headed and _says(lead)
        mark = lead.inline.text[lead.begin + len(lead.term) : lead.start]
        equal = "=" in mark and len(lead.name) > _SIGN and bool(IN_WORDS.fullmatch(lead.text))
        counted = "=" in mark and is_counted_from(lead.name, lead.text, plain=True)
        told = counted or _is_long_form(lead) or (_is_told(lead.text) and label_key(lead.name) not in AIMS)
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
    return begins_with_genus(text) or (bare and not _ARTICLE.match(text) and begins_with_genus(f"the {text}"))


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
        if said and (lead := _lead(block, inline, said["term"] or said["card"], said.end())):
            end = inline.text.find("\n", said.end()) if said["card"] else -1
            yield structs.replace(lead, end=end if end > 0 else None).candidate


# "HW = high water, LW = low water".
_SHORT_AND_LONG = re.compile(
    r"(?P<short>[\w/&.-]{1,12})\s*=\s*(?P<long>[^=\n]{3,80}?)\s*(?:[,;]\s+(?=[\w/&.-]{1,12}\s*=)|\.?\s*\Z)"
)


def _in_one_line(page: Page) -> Iterator[Candidate]:
    """Several short names with their long forms, one behind the other: the letters agree, or a word in front
    says what they are."""
    for block, inline in page.paragraphs if "=" in page.section.lowered else ():
        for pair in short_and_long(inline):
            line = block.first_line + lines_before(inline.text, pair.start())
            yield Candidate(pair["short"], line, (block,), *pair.span("long"), (pair["long"],))


def short_and_long(inline: Inline) -> Sequence[re.Match[str]]:
    """The short names of a paragraph with their long forms, if it holds nothing else."""
    label = SHORT_NAMES.match(inline.text)
    at, found = label.end() if label else 0, list[re.Match[str]]()
    while pair := _SHORT_AND_LONG.match(inline.text, at):
        found.append(pair)
        at = pair.end()
    whole = at == len(inline.text) and not meeting(inline.masked, 0, at)
    told = whole and (label or len(found) > 1) and all(_agree(pair, label is not None) for pair in found)
    return found if told else ()


def _agree(pair: re.Match[str], said: bool) -> bool:
    """Whether a short name stands for the words behind it: by its letters, or because it is said to."""
    words = " ".join(pair["long"].split())
    return spells(pair["short"], words) or (said and looks_like_term(words, longest=8))


def _line_by_line(opening: _Opening) -> Iterator[_Opening]:
    """The lines of a paragraph, if each is a lead; else the paragraph. "Key terms:" may stand above them."""
    text = opening.block.inline.text if opening.block.inline and not opening.begin else ""
    begin = _below_announcement(text)
    if "\n" not in text[begin:] or not all(PLAIN.match(line) for line in text[begin:].split("\n")):
        yield opening
        return
    at = begin
    for line in text[begin:].split("\n"):
        yield structs.replace(opening, begin=at, end=at + len(line), alone=True)
        at += len(line) + 1


def _below_announcement(text: str) -> int:
    """Where the second line begins, if the first says no more than that terms follow; else 0."""
    first, line_end, _ = text.partition("\n")
    return len(first) + 1 if line_end and _LISTS.match(first) else 0


# Not "x = 0 that ...", which is an equation.
IN_WORDS = re.compile(r"(?:an?\s|[a-z-]{3,}\s)(?:[^\W\d_][^\s\d=+*/<>]*\s+){2,}[^\s\d=+*/<>]+")
_STATED = 4
# So many leads in a row are a list of terms if most of them say what something is.
_MANY, _FEWEST = 5, 3


@lru_cache(maxsize=1)
def _lists(page: Page) -> bool:
    """Whether terms are listed in this section, and its heading is not itself one of them."""
    return page.listed and next(from_heading(page), None) is None


def _shown(leads: Sequence[_Lead], saying: set[int]) -> int:
    """How many of some leads show that they define. In a dictionary's small letters a phrase is enough."""
    small = all(lead.term[:1].islower() and not lead.text[:1].isupper() for lead in leads)
    return len(saying) + (small and sum(_is_phrase(x) for x in leads if id(x) not in saying))


# "There are three kinds of cuts:", "we use these words:".
_ANNOUNCES = re.compile(
    r"\b(?:kinds?|types?|forms?|variants?|varieties|sorts?|terms?|words|names|classes|categories|concepts|states|stages|"
    r"phases|roles|levels|commands)\b[^.]*:?\s*\Z",
    re.IGNORECASE,
)


def _announced(page: Page, announces: re.Pattern[str] = _ANNOUNCES) -> set[int]:
    """The first paragraphs of the lists that the paragraph before calls kinds of something, or words."""
    found: set[int] = set()
    if announces is _LISTS:
        found.update(id(block) for block, inline in page.paragraphs if _below_announcement(inline.text))
    first = page.section.blocks[:1]
    if (
        announces is _ANNOUNCES
        and first
        and first[0].kind is BlockKind.LIST
        and _KINDS_OF.match(page.section.title)
    ):
        found.update(_first_of(first[0]))
    for before, block in pairwise(page.section.blocks):
        if block.kind is BlockKind.LIST and before.kind is BlockKind.PARAGRAPH and before.inline:
            last = list(sentences(before.inline.text))[-1:]
            if any(announces.search(before.inline.text[slice(*span)]) for span in last):
                found.update(_first_of(block))
    return found


def _first_of(listed: Block) -> Iterator[int]:
    return (id(item.children[0]) for item in listed.children[:1] if item.children)


_KINDS_OF = re.compile(r"(?:\w+\s+)?(?:kinds|types|forms|varieties|classes|categories)\s+of\s", re.IGNORECASE)


# "Key terms:", "New words" alone above a list.
_LISTS = re.compile(
    r"\A\W*(?:(?:here|these|those)\s+are\s+)?(?:(?:some|the|our)\s+)?(?:(?:key|new|important|useful|basic|main|common|more)\s+)?(?:terms|words|vocabulary|definitions|"
    r"abbreviations|acronyms|glossary|terminology|jargon)(?:\s+(?:to\s+(?:know|learn|remember)|of\s+(?:today|this\s+\w+)))?\W*\Z",
    re.IGNORECASE,
)

_CODE_NAMES = re.compile(r"\b(?:commands?|keywords?|terms?|operators?)\W*\Z", re.IGNORECASE)


def _names_code(page: Page, run: Sequence[_Opening], announced: set[int]) -> bool:
    """Whether a list of code stands under a heading, or behind a sentence, that says it names commands."""
    if len(run) <= 1 or not run[0].in_item:
        return False
    headed = page.section.level > 0 and bool(_CODE_NAMES.search(page.section.title))
    return headed or id(run[0].block) in announced


def _is_marked(opening: _Opening) -> bool:
    """Whether a text begins with words that are set off and a mark, be they a term or not."""
    inline = opening.block.inline
    span = _opening_span(opening, inline) if inline else None
    return bool(
        inline
        and span
        and (
            inline.text[slice(*span)].rstrip().endswith((":", ".")) or AFTER_TERM.match(inline.text, span[1])
        )
    )


def _is_plain(lead: _Lead) -> bool:
    return lead.text[:1].islower() and is_plain_phrase(lead.text)


_NO_THINGS = frozenset(
    "roles duties tasks chores jobs days week meetings changes fixes news updates features".split()
)


def _names_things(page: Page) -> bool:
    """Whether the heading is one word for several things: "Organelles", "Gear"."""
    title = page.section.title.casefold()
    headed = page.section.level > 0 and title.isalpha()
    return headed and title not in _NO_THINGS and not lists_people(title)


# "holds the rope", "makes bread".
_DOES = re.compile(
    r"(?!(?:is|was|has|does|as|its|this|us|yes|always|perhaps|thus|plus|less|across|besides|towards|news)\b)"
    r"[a-z]{2,}(?<!s)s\s+[\w(]"
)


def _does(lead: _Lead) -> bool:
    """Whether a lead in small letters says in one go what a thing does."""
    small = lead.term[:1].islower() or lead.term.isupper()
    return small and bool(_DOES.match(lead.text)) and not any(c in ".!?" for c in lead.text.rstrip()[:-1])


def _is_phrase(lead: _Lead) -> bool:
    return is_noun_phrase(lead.prose) and tells_apart(lead.prose)


@lru_cache(maxsize=1)  # several rules ask about the same page
def _runs(page: Page) -> Sequence[Sequence[_Opening]]:
    """Paragraphs that stand in a row: the first ones of a list's items, those that are in no list, and the
    lines of one that all are leads."""
    runs: list[Sequence[_Opening]] = []
    single: list[_Opening] = []
    inside: set[int] = set()
    inner = {id(block) for item in page.of(BlockKind.ITEM) for block in item.children}
    for block in page.section.all_blocks:
        if block.kind is BlockKind.LIST:
            items = [
                _Opening(first, True, _set_off(first), _is_plain_opening(first), nested=id(block) in inner)
                for item in block.children
                if item.children and (first := item.children[0]).kind is BlockKind.PARAGRAPH
            ]
            inside.update(id(opening.block) for opening in items)
            runs.append(items)
        elif block.kind is BlockKind.PARAGRAPH and id(block) not in inside:
            parts = list(_parts(block))
            lines = (
                list(_line_by_line(parts[0]))
                if len(parts) == 1 and parts[0].plain and not parts[0].spans
                else parts
            )
            # Lines that all are leads stand in a row of their own.
            runs += [lines] if len(lines) > len(parts) else []
            single += lines if len(lines) <= len(parts) else []
    people = page.section.level > 0 and lists_people(page.section.title)
    return [] if people else [run for run in (*runs, single) if not _is_schedule(run)]


# "**Monday** - ...", "9:30: ...", "Week 2: ...", "**Lunch**: ...".
_TIME = re.compile(
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|(?:early\s+|late\s+)?(?:mornings?|afternoons?|evenings?|nights?)|noon|midday|"
    r"midnight|today|tonight|tomorrow|\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m|h)?(?:\s?[-–]\s?\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m|h)?)?|"
    r"(?:week|day|session|hour|period)\s+\d+|breakfast|brunch|lunch|tea|dinner|supper|snacks?|starters?|mains?|desserts?|drinks?)"
    r"(?:\s(?:morning|afternoon|evening|night|\d\S{0,6}))?\s*(?::|\s[–—-]|[–—])",
    re.IGNORECASE,
)


def _is_schedule(run: Sequence[_Opening]) -> bool:
    """Whether most leads of a run are days, times or meals: what stands behind them is planned for then."""
    leads = [o.block.inline.text for o in run if o.block.inline and (o.plain or _is_marked(o))]
    times = sum(_TIME.match(text) is not None for text in leads)
    return times > 1 and times * 2 > len(leads)


_SENTENCE_BEFORE = re.compile(r"(?:^|\n|[.!?]\s{1,4})\Z")


def _parts(block: Block) -> Iterator[_Opening]:
    """A paragraph, cut where a further set-off lead stands at the start of a line or behind a sentence."""
    inline = block.inline
    spans, plain = _set_off(block), _is_plain_opening(block)
    if not spans:
        yield _Opening(block, False, spans, plain)
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
        yield _Opening(block, False, spans, plain, begin, end)


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


# "Water carries salts out of the soil", of a term among others; not what somebody does, or did one day.
_OF_SOMEBODY = re.compile(
    r"\b(?:i|we|you|he|she|us|me|our|your|my|his|her|it['’]s|this|these|today|yesterday|tomorrow|please|was|were|did|had|will|should|must)\b",
    re.IGNORECASE,
)


# Such as french white flour behind T65.
_FEW_WORDS = re.compile(
    r"(?!(?:in|on|at|to|for|with|from|by|no|not|yes|very|too|see|as|if|when|so|same|done|all|this|that|it|ask|still|also)\s)"
    r"[a-z][a-z-]*(?<!ly)(?<!ing)(?<!ed)(?:\s[a-z][a-z-]+){1,4}\.?"
)


def _is_kind_in_few_words(lead: _Lead) -> bool:
    """Whether nothing but a few small words stand behind a lead, and no order or judgement."""
    text = lead.text.strip()
    words = text.split()
    return bool(_FEW_WORDS.fullmatch(text)) and words[0] not in IMPERATIVES and not has_opinion(text)


def _tells_how(lead: _Lead) -> bool:
    """Whether a lead is followed by one whole sentence that tells what goes on."""
    text = first_sentence(lead.text)
    words = text.split()
    instructs = bool(words) and words[0].casefold() in IMPERATIVES
    one = len(text) == len(" ".join(lead.text.split())) and text.endswith(".")
    told = one and len(words) >= _STATED and not any(c in "?!;:()" for c in text)
    return told and not (instructs or opens_an_aside(text) or _OF_SOMEBODY.search(text) or has_opinion(text))


# "Humus. Dark matter from rotted plants."
_STOPPED_LINE = re.compile(r"(?P<term>[A-Z][\w'’-]*(?:\s[\w'’-]+){0,2})\.\s+(?=[A-Z])[^\n]{8,}")


def from_stopped_lead(page: Page) -> Iterator[Candidate]:
    """`Term. What it is.` on each of three lines or more, most of which say what something is."""
    if page.section.level and lists_no_terms(page.section.title):
        return
    for rows in _rows(page):
        leads = [lead for opening in rows if (lead := _stopped_lead(opening))]
        saying = {id(lead) for lead in leads if _says(lead)}
        if any(_OF_SOMEBODY.search(lead.text) for lead in leads):
            continue
        if len(leads) == len(rows) >= _FEWEST and len(saying) * 2 > len(leads):
            yield from (lead.candidate for lead in leads if id(lead) in saying or is_noun_phrase(lead.text))


def _stopped_lead(opening: _Opening) -> _Lead | None:
    inline = opening.block.inline
    line = inline.text[opening.begin : opening.end] if inline else ""
    found = _STOPPED_LINE.fullmatch(line)
    if inline is None or found is None:
        return None
    start = opening.begin + found.end("term") + 1
    lead = _lead(opening.block, inline, found["term"], start, longest=3)
    return structs.replace(lead, begin=opening.begin, end=opening.end) if lead else None


def _rows(page: Page) -> Iterator[Sequence[_Opening]]:
    """The runs of a section without marks, and the lines of each paragraph."""
    for run in _runs(page):
        if not any(opening.plain or opening.spans for opening in run):
            yield run
    for block, inline in page.paragraphs:
        lines = inline.text.split("\n") if "\n" in inline.text else []
        if len(lines) >= _FEWEST and _STOPPED_LINE.match(lines[0]):
            ends = [*accumulate(len(line) + 1 for line in lines)]
            begins = [0, *ends[:-1]]
            yield [_Opening(block, False, (), False, a, b - 1) for a, b in zip(begins, ends, strict=True)]


_THE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“](?P<name>[^\"“”\n]{2,60})[\"”]")


def _opening_span(opening: _Opening, inline: Inline) -> Span | None:
    """The range that a text opens with, if it is set off or in quotes; an article may stand before it."""
    article = _THE.match(inline.text, opening.begin)
    for begin in (opening.begin, article.end() if article else opening.begin):
        # Bold and italics at once are two ranges; the longer one is last.
        if spans := beginning_in(opening.spans, begin, begin + 1):
            return spans[-1]
    quoted = _QUOTED.match(inline.text, opening.begin)
    return quoted.span() if quoted else None


def _set_off_lead(opening: _Opening, listed: bool = False) -> _Lead | None:
    """A paragraph's bold or italic lead-in, if it has one that could be a term."""
    inline = opening.block.inline
    if not inline or not (opening.spans or inline.text.startswith(('"', "“"), opening.begin)):
        return None
    span = _opening_span(opening, inline)
    if not span:
        return None
    end = span[1]
    inside = inline.text[slice(*span)].rstrip().strip('"“”')
    after = AFTER_TERM.match(inline.text, end)
    if label_key(inside) in _DEFINES and (bracket := _NAMED.match(inline.text, end)):
        term, start = bracket["term"], bracket.end()
    elif inside.endswith(":") or (inside.endswith(".") and len(inline.text) > end):
        term, start = inside.rstrip(":. "), end
    elif _NUMBERED_NAME.fullmatch(inside):
        term, start = inside, after.end() if after else end
    elif span[0] == opening.begin and (
        stopped := (_STOPPED_ENTRY if listed else _STOPPED).match(inline.text, end)
    ):
        term, start = _with_other(inside, stopped["other"]), stopped.end()
    elif after:
        term, start = _with_other(inside, after["other"]), after.end()
    else:
        return None
    lead = _lead(opening.block, inline, term, start, listed=listed)
    marked = after is not None and after["mark"] == "::"
    # "**Area** = $w h$" is an equation.
    equation = after is not None and "=" in after["mark"] and beginning_in(inline.masked, start, start + 1)
    # "The *pier* — being old — was closed.", "*Tom* – tired of it – went home."
    dashes = _BETWEEN_DASHES.match(inline.text, end) if after else None
    aside = dashes and (span[0] > opening.begin or tells_what_happened(inline.text, dashes.end()))
    if lead is None or equation or aside:
        return None
    counted = after is not None and after["mark"] == "=" and is_counted_from(lead.term, lead.text)
    stated = counted or label_key(inside) in _DEFINES or bool(_NUMBERED_NAME.fullmatch(inside))
    return structs.replace(lead, begin=opening.begin, end=opening.end, marked=marked, stated=stated)


_BETWEEN_DASHES = re.compile(r"\s+[–—-]{1,3}\s[^.\n]{1,200}?\s[–—-]{1,3}\s")


def _with_other(term: str, bracket: str | None) -> str:
    """A term with what stands in brackets behind it, if that is another name of it."""
    if not bracket:
        return term
    named = split_names(f"{term} {bracket}")[1]
    return f"{term} {bracket}" if named else term


_BRACKETED = re.compile(r"(?P<term>[^()]+?)\s*(?P<other>\([^()]+\))")


def _plain_lead(opening: _Opening, listed: bool) -> _Lead | None:
    inline = opening.block.inline
    first = opening.alone or not opening.begin
    match = PLAIN.match(inline.text, opening.begin) if inline and first and opening.plain else None
    if not inline or not match:
        return None
    # What is set off is another rule's, and a name in code is mostly that of an argument or an option.
    set_off = any(stop <= match.end() for _, stop in beginning_in(opening.spans, 0, 1))
    if set_off or (not listed and beginning_in(inline.masked, 0, 1)):
        return None
    named = _BRACKETED.fullmatch(match["term"].strip())
    term = _with_other(named["term"], named["other"]) if named else match["term"].strip()
    lead = _lead(opening.block, inline, term, match.end(), longest=5)
    # Nobody writes "::" or ":=" but to define.
    marked = match["mark"] in ("::", ":=")
    return structs.replace(lead, marked=marked, begin=opening.begin, end=opening.end) if lead else None


def _opens_with_code(opening: _Opening) -> bool:
    inline = opening.block.inline
    return inline is not None and any(
        start == 0 and AFTER_TERM.match(inline.text, stop) for start, stop in inline.masked[:1]
    )


# "**Triad**. Three notes ...", "**Interval** The distance ...".
_STOPPED = re.compile(
    r"\.\s+(?=[A-Z])|(?:[ \t]*(?P<other>\([^()\n]{1,80}\)))?[ \t]*\n\s*(?=[A-Z])|\s+(?=(?:An?|The)\s)"
)
_STOPPED_ENTRY = re.compile(rf"{_STOPPED.pattern}|\s+(?=(?:[A-Z][\w-]+|an?|the)\s)")
_DEFINES = frozenset(map(label_key, ["definition", "def", "term"]))
_NAMED = re.compile(r"(?:\s+\d+(?:\.\d+)*)?\s*\((?P<term>[^()\n]{2,60})\)\s*[.:]?\s*")
# "Worked example: ...", "Open question: ..."; a training example, a time step and sea level are things.
_AN_EXAMPLE = re.compile(
    r"(?:an?|one|another|more|worked|code|quick|simple|good|bad|better|further|first|last|final|open|key|main|"
    r"side|pro|important|useful|real[- ]world|real[- ]life|common|possible|proposed|suggested|next|practical|"
    r"extra|my|our|personal|general|short|long)\s+"
    r"(?:examples?|exercises?|questions?|answers?|notes?|tips?|hints?|warnings?|problems?|solutions?|ideas?|"
    r"steps?|goals?|results?|reasons?|causes?|fix|workarounds?|definitions?|takeaways?|actions?|topics?|"
    r"summary|advantages?|disadvantages?|benefits?|drawbacks?|limitations?|links?|resources?|cases?)",
    re.IGNORECASE,
)
# "Definition 2 (ebb)", "Key term – Ebb".
_NUMBERED_NAME = re.compile(
    r"(?:definition|def|(?:(?:key|new|important)\s+)?(?:term|word|concept|vocabulary|vocab))\.?(?:\s+\d+(?:\.\d+)*)?"
    r"(?:\s*[:(]|\s+[–—-])\s*(?P<term>[^()]{2,60})\)?",
    re.IGNORECASE,
)


_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\Z")
_SIGN = 2  # letters
_SEVERAL = 2  # commas: "float, print, return" are three names


# These mark remarks under "Glossary", too; "Address" or "Result" may be a term there.
_REMARKS = frozenset(
    map(
        label_key,
        "note example examples tip warning important see hint todo update edit remember avoid".split(),
    )
)


# "Paint the hull"; not "Under the wind", "All the way".
_TELLS_TO = re.compile(
    r"(?!(?:in|on|off|under|over|at|by|to|from|with|out|into|all|half|both|of|for|up|down|across|along|around|behind|before|"
    r"after|between|through|beyond|above|below|near|what|how|not)\s|\w+(?:ing|s)\s)[a-z]+\s(?:the|an?|your|our|my|all)\s\w",
    re.IGNORECASE,
)


def _lead(
    block: Block, inline: Inline, term: str, start: int, longest: int = 7, listed: bool = False
) -> _Lead | None:
    if given := _NUMBERED_NAME.fullmatch(term):
        term = given["term"]
    # "complete graph $K_n$" is called "complete graph".
    before = meeting(inline.masked, 0, start)
    masked = next((a for a, b in before if a > 0 and inline.text[:b].strip() == term), None)
    if masked and sum(c.isalpha() for c in inline.text[:masked]) <= _SIGN:
        return None
    lead = _Lead(block, inline, inline.text[:masked].strip() if masked else term, start)
    name = lead.name
    words = name.casefold().split()
    # "Replacing old yeast: we threw it out" says what was done.
    does = len(words) > 2 and words[0].endswith("ing") and not _ARTICLE.match(lead.text)
    numbered = is_numbered(_IN_BRACKETS.sub("", name))
    remark = label_key(name) in (_REMARKS if listed else NO_TERM) or is_administration(name)
    named = (looks_like_term(name, longest) or (listed and is_set_phrase(name))) and not (remark or numbered)
    several = name.count(",") >= _SEVERAL
    does = does or (not listed and _TELLS_TO.match(name) is not None)
    example = bool(_AN_EXAMPLE.fullmatch(name) or _DATED.fullmatch(name))
    return lead if named and not (several or does or example) and lead.text.strip() else None


def _is_long_form(lead: _Lead) -> bool:
    """Whether nothing but the long form of its letters stands behind a lead: "**ETA** = estimated time of
    arrival"."""
    words = " ".join(lead.text.replace(",", " ").strip(" .\n").split())
    return spells(lead.name, words)


# "**Ebb**: This is the tide that falls".
_THIS_IS = re.compile(r"(?:this|these|it|they)\s+(?:is|are)\s+(?=\S)", re.IGNORECASE)
_WHAT = re.compile(r"(?:\w+ing|what|why|how|where|when|because|like|all|my|our|your)\b", re.IGNORECASE)


# "1. the front edge of a sail. 2. to flap", "NOT a sail! A rope that ...".
_BEFORE_SAYING = re.compile(
    r"(?:\(?[1a][.)]|①)\s+|\s*not\s+(?:an?\s|the\s|to\s+be\s)[^.!;:]{2,60}[.!;]\s+(?=\S)", re.IGNORECASE
)


def _says(lead: _Lead) -> bool:
    before = _BEFORE_SAYING.match(lead.text)
    whole = lead.text[before.end() :] if before else lead.text
    said = _THIS_IS.match(whole)
    text = whole[said.end() :] if said else whole
    if said and is_noun_phrase(text) and tells_apart(text) and not (_WHAT.match(text) or has_opinion(text)):
        return True
    if said and (_WHAT.match(text) or has_opinion(text) or not tells_apart(text)):
        return False
    if (
        _is_long_form(lead)
        or says_what_it_is(lead.name, text, shortest=3)
        or says_in_general(lead.name, text)
    ):
        return True
    return any(is_subject(name, whole) for name in lead.others)


def _is_entry(lead: _Lead) -> bool:
    """Under "Glossary" whatever stands behind a term is what it means, unless it asks or speaks. Who gives a
    name in full and in letters may speak."""
    return not asks(lead.text) and (not speaks(lead.text) or any(lead.others))
