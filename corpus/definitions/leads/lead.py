"""A lead: the term that opens a text, and where the words begin that are to say what it is."""

import re
from collections.abc import Iterator

from msgspec import Struct, structs

from corpus.acronyms import spells
from corpus.blocks import Block, Inline
from corpus.definitions.leads.openings import AFTER_TERM, PLAIN, Opening, opening_span
from corpus.definitions.page import Candidate
from corpus.definitions.remarks import NO_TERM
from corpus.headings import is_administration, is_numbered
from corpus.labels import is_set_phrase, label_key, looks_like_term
from corpus.names import split_names
from corpus.phrasing.formulas import is_counted_from
from corpus.phrasing.talk import tells_what_happened
from corpus.places import beginning_in, lines_before, meeting

ARTICLE = re.compile(
    r"(?:an?|the|any|one)\s|[a-z]+(?<!s)s\s+(?:an?|the|its|how|what|other|all|each)\s", re.IGNORECASE
)


class Lead(Struct, frozen=True):
    """A term as written, other names in brackets included, and its place in the text of `block`: its line
    begins at `begin`, what is said of it runs from `start` to `end` (None: to the end of the text).

    `marked` tells that its mark is one that nobody writes but to define, `stated` that its author says so:
    "Definition 2 (ebb)".
    """

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
        """What stands behind the mark."""
        return self.inline.text[self.start : self.end]

    @property
    def candidate(self) -> Candidate:
        """What the lead defines, with the long form that may be all that stands behind it."""
        line = self.block.first_line + lines_before(self.inline.text, self.begin)
        others = (self.text.strip(" .\n"),) if self.is_long_form else ()
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
        """The term without what stands in brackets behind it."""
        return split_names(self.term)[0]

    @property
    def others(self) -> Iterator[str]:
        """The names that stand beside the lead's own: `Tidal current (TC)`."""
        return (alias.label for alias in split_names(self.term)[1])

    @property
    def is_long_form(self) -> bool:
        """Whether nothing but the long form of its letters stands behind it: "**ETA** = estimated time of
        arrival"."""
        words = " ".join(self.text.replace(",", " ").strip(" .\n").split())
        return spells(self.name, words)


_BETWEEN_DASHES = re.compile(r"\s+[–—-]{1,3}\s[^.\n]{1,200}?\s[–—-]{1,3}\s")
# "**Triad**. Three notes ...", "**Interval** The distance ...".
_STOPPED = re.compile(
    r"\.\s+(?=[A-Z])|(?:[ \t]*(?P<other>\([^()\n]{1,80}\)))?[ \t]*\n\s*(?=[A-Z])|\s+(?=(?:An?|The)\s)"
)
_STOPPED_ENTRY = re.compile(rf"{_STOPPED.pattern}|\s+(?=(?:[A-Z][\w-]+|an?|the)\s)")
_DEFINES = frozenset(map(label_key, ["definition", "def", "term"]))
_NAMED = re.compile(r"(?:\s+\d+(?:\.\d+)*)?\s*\((?P<term>[^()\n]{2,60})\)\s*[.:]?\s*")


def set_off_lead(opening: Opening, listed: bool = False) -> Lead | None:
    """A paragraph's bold or italic lead-in, if it has one that could be a term."""
    inline = opening.block.inline
    if not inline or not (opening.spans or inline.text.startswith(('"', "“"), opening.begin)):
        return None
    span = opening_span(opening, inline)
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
    lead = lead_of(opening.block, inline, term, start, listed=listed)
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


def _with_other(term: str, bracket: str | None) -> str:
    """A term with what stands in brackets behind it, if that is another name of it."""
    if not bracket:
        return term
    named = split_names(f"{term} {bracket}")[1]
    return f"{term} {bracket}" if named else term


_BRACKETED = re.compile(r"(?P<term>[^()]+?)\s*(?P<other>\([^()]+\))")


def plain_lead(opening: Opening, listed: bool) -> Lead | None:
    """A paragraph's lead-in of words that are not set off. Where terms are `listed` it may be in code."""
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
    lead = lead_of(opening.block, inline, term, match.end(), longest=5)
    # Nobody writes "::" or ":=" but to define.
    marked = match["mark"] in ("::", ":=")
    return structs.replace(lead, marked=marked, begin=opening.begin, end=opening.end) if lead else None


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
# "Update 2024-03-01", "Added 3 May".
_DATED = re.compile(
    r"(?:last\s+(?:update|edit|change|revision|review)(?:ed|d)?)|(?:last\s+)?(?:update|edit|added|revised|changed|posted|news|correction)\b.*\d.*",
    re.IGNORECASE,
)
# "Definition 2 (ebb)", "Key term – Ebb".
_NUMBERED_NAME = re.compile(
    r"(?:definition|def|(?:(?:key|new|important)\s+)?(?:term|word|concept|vocabulary|vocab))\.?(?:\s+\d+(?:\.\d+)*)?"
    r"(?:\s*[:(]|\s+[–—-])\s*(?P<term>[^()]{2,60})\)?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\Z")
SIGN = 2  # letters
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


def lead_of(
    block: Block, inline: Inline, term: str, start: int, longest: int = 7, listed: bool = False
) -> Lead | None:
    """A term of at most `longest` words and what stands from `start` on, if it can be the name of a thing.
    Where terms are `listed`, more can."""
    if given := _NUMBERED_NAME.fullmatch(term):
        term = given["term"]
    # "complete graph $K_n$" is called "complete graph".
    before = meeting(inline.masked, 0, start)
    masked = next((a for a, b in before if a > 0 and inline.text[:b].strip() == term), None)
    if masked and sum(c.isalpha() for c in inline.text[:masked]) <= SIGN:
        return None
    lead = Lead(block, inline, inline.text[:masked].strip() if masked else term, start)
    name = lead.name
    words = name.casefold().split()
    # "Replacing old yeast: we threw it out" says what was done.
    does = len(words) > 2 and words[0].endswith("ing") and not ARTICLE.match(lead.text)
    numbered = is_numbered(_IN_BRACKETS.sub("", name))
    remark = label_key(name) in (_REMARKS if listed else NO_TERM) or is_administration(name)
    named = (looks_like_term(name, longest) or (listed and is_set_phrase(name))) and not (remark or numbered)
    several = name.count(",") >= _SEVERAL
    does = does or (not listed and _TELLS_TO.match(name) is not None)
    example = bool(_AN_EXAMPLE.fullmatch(name) or _DATED.fullmatch(name))
    return lead if named and not (several or does or example) and lead.text.strip() else None
