"""The names in a text that says what has to be known: its links, and the words between its commas."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from corpus.blocks import Block, Inline, Link
from corpus.model import Passage, PassageKind, Requirement
from corpus.places import Span
from corpus.quoting import quoted
from corpus.requirements.wording import NONE
from corpus.sections import OpenSection, passage

_LONGEST = 80
_SPLIT = re.compile(r"\s*(?:[,;•·]|\band\b|\bas\s+well\s+as\b|\n)\s*(?:and\s+)?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_TAIL = re.compile(r"\s*(?::|\s[-–—]\s|\().*\Z", re.DOTALL)
# "the tides first", "what the moon does", "knots to follow this".
_BEHIND = re.compile(
    r"\s+(?:(?:is|are|means?|first|already|yet|beforehand|helps?)|(?:before|does|do|to\s+follow|for\s+this|in\s+order)\b.*)\Z",
    re.IGNORECASE,
)
_WORKS = re.compile(r"\A(how\s.+?)\s+works?\Z", re.IGNORECASE)  # not "rope work"
_LEAD_WORDS = re.compile(
    r"^(?:(?:a|an|the|some|basic|basics|working|good|solid|prior|of|in|with|on|knowledge|understanding|familiarity|how|to"
    r"|to|what|is|are|about|that|you|know|understand|read|see)\s+)+",
    re.IGNORECASE,
)


class Told(NamedTuple):
    """A text that says it: its words, the passage that they are, and the section in which it stands."""

    inline: Inline
    passage: Passage
    section: OpenSection

    @classmethod
    def by(cls, block: Block, inline: Inline, section: OpenSection, kind: PassageKind) -> "Told":
        """What a block of a section tells."""
        return cls(inline, passage(block, inline, section.location.path, kind), section)


def labels_in(
    told: Told, place: Span, quote: Span, *, plain: bool = True, listed: bool = False
) -> Iterator[Requirement]:
    """The links in a range of a text, and the names in it if it is `plain`, each with the words at `quote`,
    which say so; `listed` tells whether those are names of things."""
    start, end = place
    inline, section = told.inline, told.section.id
    if NONE.fullmatch(inline.text[start:end]) or start >= end:
        return
    written, lines, words = quoted(told.passage, *quote)
    first = bisect_left(inline.links, start, key=_begins)
    links = inline.links[first : bisect_left(inline.links, end, key=_begins)]
    for link in links:
        label = " ".join(inline.text[slice(*link.span)].split())
        yield Requirement(label, written, section, lines, local(link.url), words=words)
    if not plain:
        return
    stops = (start, *(link.span[1] for link in links))
    between = zip(stops, (*(link.span[0] for link in links), end), strict=True)
    rest = ",".join(inline.text[low:high] for low, high in between)
    for part in _SPLIT.split(_ASIDE.sub("", rest)):
        named = _WORKS.sub(r"\1", _BEHIND.sub("", _TAIL.sub("", " ".join(part.split())).rstrip(" .?!")))
        label = _LEAD_WORDS.sub("", named).strip(" .*_`?!")
        if 2 <= len(label) <= _LONGEST and any(c.isalpha() for c in label):
            yield Requirement(label, written, section, lines, words=words, listed=listed)


def _begins(link: Link) -> int:
    return link.span[0]


def local(url: str) -> str:
    """An address within the notes, else nothing."""
    return "" if "://" in url or url.startswith(("mailto:", "//")) else url


MOST_WORDS = 9
_SPEAKS = re.compile(
    r"(?:this|these|if|when|in|we|i|it|there|please|make|use|install|be\s+sure|here|to)\b", re.IGNORECASE
)


def is_list(sentence: str) -> bool:
    """Whether words under a heading are names, and do not speak of anything."""
    return all(len(part.split()) <= MOST_WORDS for part in _SPLIT.split(sentence)) and not _SPEAKS.match(
        sentence
    )
