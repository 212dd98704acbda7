"""A term at the start of a paragraph or bullet, a mark, and what it is: `**Term**: text`, `Term - text`.

In bold or italics a lead stands by itself. Without, it takes a list whose items all are leads, or a heading
that says that terms stand under it: much else that people write begins with a word and a colon.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.definitions.headings import from_heading
from corpus.definitions.page import Candidate, Page
from corpus.labels import is_numbered, label_key, lists_no_terms, looks_like_term
from corpus.markdown import Block, BlockKind, Inline, sentences
from corpus.model import SourceLocation
from corpus.names import split_names
from corpus.phrasing import asks, is_noun_phrase, is_plain_phrase, says_what_it_is, speaks, tells_apart

_MARK = r"(?::{1,2}=?(?=\s)|=(?=\s)|-{1,3}>?(?=\s)|[–—→])"
_AFTER_TERM = re.compile(rf"\s*(?:(?P<other>\([^()\n]{{1,80}}\))\s*)?(?P<mark>:|{_MARK})\s*")
_PLAIN = re.compile(
    rf"(?P<term>[^\s:=.;!?–—()][^:=;!?–—()\n]{{0,60}}?(?:\s\([^()\n]{{1,60}}\))?)(?:\s*:(?=\s)|\s+(?P<mark>{_MARK}))\s*(?=\S)"
)
_A_MARK = re.compile(r"[:=–—→]|\s-")
_ARTICLE = re.compile(
    r"(?:an?|the|any|one)\s|[a-z]+(?<!s)s\s+(?:an?|the|its|how|what|other|all|each)\s", re.IGNORECASE
)
NO_TERM = frozenset(
    map(
        label_key,
        "note example examples tip tips warning important question answer hint q a e caution exercise "
        "solution input output pros cons advantages disadvantages advantage disadvantage goal result step "
        "reason why how when where who idea intuition remark observation conclusion explanation e.g. i.e. "
        "p.s. edit update todo key takeaway bonus challenge problem date author time duration "
        "objective correct incorrect true false yes no theorem lemma proof corollary proposition claim "
        "definition notation exercise decision decided attendees absent present owner status "
        "deadline due location place participants topic summary tldr default returns usage related "
        "keywords prerequisites requirements credits contact email address rating "
        "verdict setup expected actual fix workaround cause symptom purpose benefit drawback limitation "
        "pro con plus minus before after today yesterday tomorrow monday tuesday wednesday thursday friday "
        "saturday sunday morning evening afternoon agenda minutes info danger see optional required "
        "recommended source assignment homework reading readings room instructor lecturer lastupdated "
        "lastmodified lastreviewed".split(),
    )
)
# "Update 2024-03-01", "Added 3 May".
_DATED = re.compile(
    r"(?:last\s+)?(?:update|edit|added|revised|changed|posted|news|correction)\b.*\d.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A paragraph that may open with a term, and whether it is the first one of a bullet."""

    block: Block
    in_item: bool


@dataclass(frozen=True, slots=True)
class _Lead:
    block: Block
    inline: Inline
    term: str
    start: int
    marked: bool = False

    @property
    def text(self) -> str:
        return self.inline.text[self.start :]

    @property
    def prose(self) -> str:
        """The text without mathematics and code."""
        kept, at = [], self.start
        for start, end in self.inline.masked:
            kept.append(self.inline.text[at : max(at, start)])
            at = max(at, end)
        return "".join((*kept, self.inline.text[at:]))

    @property
    def name(self) -> str:
        return split_names(self.term, SourceLocation("", 1, 1))[0]


def from_bold_lead(page: Page) -> Iterator[Candidate]:
    """`**Term**: text`, `**Term** - text` or `**Term.** text` at the start of a paragraph or bullet."""
    if page.section.level and lists_no_terms(page.section.title):
        return
    announced, lists = _announced(page), _lists(page)
    for run in _runs(page):
        leads = [lead for lead in map(_set_off_lead, run) if lead and label_key(lead.name) not in page.fields]
        # Of several leads, some show how the others are meant.
        saying = {id(lead) for lead in leads if _says(lead)}
        among = (len(saying) > 1 and len(saying) * 2 >= len(leads)) or (
            len(run) > 1 and id(run[0].block) in announced
        )
        # Plain words behind each of several leads.
        plain = (
            len(run) > 1 and len(leads) == len(run) and all(id(x) in saying or _is_plain(x) for x in leads)
        )
        for lead in leads:
            if id(lead) in saying or plain or (among and _is_phrase(lead)) or (lists and _is_entry(lead)):
                yield Candidate(lead.term, lead.block.first_line, (lead.block,), lead.start)


def from_plain_lead(page: Page) -> Iterator[Candidate]:
    """`Term: text` or `Term - text` without bold: a list of nothing else, or under "Glossary"."""
    if page.section.level and lists_no_terms(page.section.title):
        return
    lists = _lists(page)
    for run in _runs(page):
        leads = [lead for lead in (_plain_lead(opening, page.listed) for opening in run) if lead]
        others = sum(_set_off_lead(opening) is not None for opening in run) if lists else 0
        listed = lists and (len(leads) + others) * 2 >= len(run)
        saying = {id(lead) for lead in leads if _ARTICLE.match(lead.text) and _says(lead)}
        alike = len(saying) > 1 and len(leads) == len(run) and len(saying) * 3 >= len(leads) * 2
        in_list = bool(run) and run[0].in_item
        for lead in leads:
            told = id(lead) in saying or (alike and _is_phrase(lead))
            if (listed and _is_entry(lead)) or (in_list and alike and told) or (lead.marked and _says(lead)):
                yield Candidate(lead.term, lead.block.first_line, (lead.block,), lead.start)


def _lists(page: Page) -> bool:
    """Whether terms are listed in this section, and its heading is not itself one of them."""
    return page.listed and next(from_heading(page), None) is None


# "There are three kinds of cuts:", "we use these words:".
_ANNOUNCES = re.compile(
    r"\b(?:kinds?|types?|forms?|variants?|varieties|sorts?|terms?|words|names|classes|categories|concepts|states|stages|"
    r"phases|roles|levels)\b[^.]*:?\s*\Z",
    re.IGNORECASE,
)


def _announced(page: Page) -> set[int]:
    """The first paragraphs of the lists that the paragraph before calls kinds of something, or words."""
    found: set[int] = set()
    for before, block in pairwise(page.section.blocks):
        if block.kind is BlockKind.LIST and before.kind is BlockKind.PARAGRAPH and before.inline:
            last = list(sentences(before.inline.text))[-1:]
            if any(_ANNOUNCES.search(before.inline.text[slice(*span)]) for span in last):
                found.update(id(item.children[0]) for item in block.children[:1] if item.children)
    return found


def _is_plain(lead: _Lead) -> bool:
    return lead.text[:1].islower() and is_plain_phrase(lead.text)


def _is_phrase(lead: _Lead) -> bool:
    return is_noun_phrase(lead.prose) and tells_apart(lead.prose)


def _runs(page: Page) -> Iterator[Sequence[_Opening]]:
    """Paragraphs that stand in a row: the first ones of a list's items, and those that are in no list."""
    single: list[_Opening] = []
    inside: set[int] = set()
    for block in page.section.all_blocks:
        if block.kind is BlockKind.LIST:
            items = [
                _Opening(item.children[0], True)
                for item in block.children
                if item.children and item.children[0].kind is BlockKind.PARAGRAPH
            ]
            inside.update(id(opening.block) for opening in items)
            yield items
        elif block.kind is BlockKind.PARAGRAPH and id(block) not in inside:
            single.append(_Opening(block, False))
    yield single


def _set_off_lead(opening: _Opening) -> _Lead | None:
    """A paragraph's bold or italic lead-in, if it has one that could be a term."""
    inline = opening.block.inline
    spans = [span for span in (*inline.strong, *inline.emphasis) if span[0] == 0] if inline else []
    if not inline or not spans:
        return None
    end = max(stop for _, stop in spans)
    inside = inline.text[:end].rstrip()
    after = _AFTER_TERM.match(inline.text, end)
    if label_key(inside) in _DEFINES and (bracket := _NAMED.match(inline.text, end)):
        term, start = bracket["term"], bracket.end()
    elif inside.endswith(":") or (inside.endswith(".") and len(inline.text) > end):
        term, start = inside.rstrip(":. "), end
    elif stopped := _STOPPED.match(inline.text, end):
        term, start = inside, stopped.end()
    elif after:
        other = f" {after['other']}" if after["other"] else ""
        named = split_names(inside + other, SourceLocation("", 1, 1))[1]
        term, start = inside + other if named else inside, after.end()
    else:
        return None
    return _lead(opening.block, inline, term, start)


def _plain_lead(opening: _Opening, listed: bool) -> _Lead | None:
    inline = opening.block.inline
    match = _PLAIN.match(inline.text) if inline and _A_MARK.search(inline.text) else None
    if not inline or not match or _is_set_off(inline, match.end()):
        return None
    # A name in code is mostly that of an argument or an option.
    if not listed and any(start == 0 for start, _ in inline.masked):
        return None
    lead = _lead(opening.block, inline, match["term"].strip(), match.end(), longest=5)
    # Nobody writes "::" or ":=" but to define.
    return replace(lead, marked=match["mark"] in ("::", ":=")) if lead else None


def _is_set_off(inline: Inline, end: int) -> bool:
    return any(start == 0 and stop <= end for start, stop in (*inline.strong, *inline.emphasis))


# "**Triad**. Three notes ...", "**Interval** The distance ...".
_STOPPED = re.compile(r"\.\s+(?=[A-Z])|\s+(?=(?:An?|The)\s)")
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
_NUMBERED_NAME = re.compile(
    r"(?:definition|def)\.?(?:\s+\d+(?:\.\d+)*)?\s*[:(]\s*(?P<term>[^()]{2,60})\)?", re.IGNORECASE
)


def _lead(block: Block, inline: Inline, term: str, start: int, longest: int = 7) -> _Lead | None:
    if numbered := _NUMBERED_NAME.fullmatch(term):
        term = numbered["term"]
    # "complete graph $K_n$" is called "complete graph".
    masked = next((a for a, b in inline.masked if a > 0 and inline.text[:b].strip() == term), None)
    lead = _Lead(block, inline, inline.text[:masked].strip() if masked else term, start)
    name = lead.name
    words = name.casefold().split()
    # "Replacing old yeast: we threw it out" says what was done.
    does = len(words) > 2 and words[0].endswith("ing") and not _ARTICLE.match(lead.text)
    named = looks_like_term(name, longest) and label_key(name) not in NO_TERM and not is_numbered(name)
    example = bool(_AN_EXAMPLE.fullmatch(name) or _DATED.fullmatch(name))
    return lead if named and not does and not example and lead.text.strip() else None


def _says(lead: _Lead) -> bool:
    return says_what_it_is(lead.name, lead.text, shortest=3)


def _is_entry(lead: _Lead) -> bool:
    """Under "Glossary" whatever stands behind a term is what it means, unless it asks or speaks."""
    return not asks(lead.text) and not speaks(lead.text)
