"""Short names and what they are short for, one pair behind the other: "HW = high water, LW = low water"."""

import re
from collections.abc import Sequence

from corpus.acronyms import spells
from corpus.blocks import Inline
from corpus.labels import looks_like_term
from corpus.places import meeting

# "Abbreviations: HW = high water".
SHORT_NAMES = re.compile(
    r"(?:abbreviations?|acronyms|short\s+forms|abbr\.?)(?:\s+\w+){0,3}:\s", re.IGNORECASE
)
_SHORT_AND_LONG = re.compile(
    r"(?P<short>[\w/&.-]{1,12})\s*=\s*(?P<long>[^=\n]{3,80}?)\s*(?:[,;]\s+(?=[\w/&.-]{1,12}\s*=)|\.?\s*\Z)"
)


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
