"""What stands in exercises, hints and solutions: sentences there read like definitions and are none.

"Hint: a tide is a rise of the sea" reminds of something, or leads to an answer; what it speaks of is
explained where the notes teach it.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, BlockKind
from corpus.headings import bare_heading
from corpus.html import summary_of
from corpus.model import SectionId
from corpus.sections import OpenSection

# A number makes an exercise of any of these words, and they need none in the plural.
_TASK = re.compile(
    r"(?:exercise|problem|question|task|assignment|homework|challenge|quiz)\s*#?\d+(?:\.\d+)*\b.*"
    r"|(?:(?:practice|review|exam|sample|extra|more|further|hard|easy|worked|old)\s+)*(?:exercises|problems|homework|hints|"
    r"answers|solutions|problem\s+sets?|exercise\s+sheet|worksheet|assignments?)(?:\s+\d+)?"
    r"|(?:hints?|answers?|solutions?)\s+(?:to|for)\s+.*",
    re.IGNORECASE,
)
# Alone they could be a chapter of anything; below an exercise they are what belongs to it.
_OF_A_TASK = re.compile(r"(?:hints?|solutions?|answers?|proof)(?:\s*#?\d+)?", re.IGNORECASE)
_SHEET = re.compile(
    r"\b(?:problem\s+sets?|exercises?|exercise\s+sheet|homework|worksheet|assignment|tutorial\s+\d+)\b(?:\W*\d+)?\W*\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[\s(*_]*(?:hint|solution|answer|proof|exercise|problem|task|question)\s*#?(?:\d+(?:\.\d+)*)?[a-z]?\s*[:.)]",
    re.IGNORECASE,
)
_BOXES = frozenset({"solution", "exercise", "answer", "challenge", "proof", "quiz", "problem"})
_REVEALS = re.compile(
    r"\W*(?:(?:see|show|click\s+for)\s+(?:the\s+|a\s+)?)?(?:hint|solution|answer)", re.IGNORECASE
)


def sections_of_tasks(title: str, sections: Sequence[OpenSection]) -> set[SectionId]:
    """The sections that are exercises, or stand below one."""
    found: set[SectionId] = set()
    sheet = bool(_SHEET.search(title))
    for section in sections:
        words = section.title.strip(" :.") if section.level else ""
        own = _TASK.fullmatch(words) or _TASK.fullmatch(bare_heading(words)) if words else None
        below = section.parent in found or (sheet and _OF_A_TASK.fullmatch(words) is not None)
        if own or below:
            found.add(section.id)
    return found


def blocks_of_tasks(section: OpenSection) -> Iterator[int]:
    """The ids of the blocks, inner ones too, that are labelled as a hint or solution, or stand in a box or
    fold for one."""
    folded = False
    for block in section.blocks:
        if block.kind is BlockKind.HTML:
            folded = bool(_REVEALS.match(summary_of(block.text))) or (
                folded and "</details" not in block.text.lower()
            )
        elif folded:
            yield from map(id, block.walk())
    for block in section.all_blocks:
        if block.kind is BlockKind.BOX and (block.info.strip("{}.:").lower() in _BOXES or _is_titled(block)):
            yield from map(id, block.walk())
        elif block.kind is BlockKind.PARAGRAPH and block.inline and _LABEL.match(block.inline.text):
            yield id(block)


def _is_titled(box: Block) -> bool:
    return box.title is not None and bool(_OF_A_TASK.fullmatch(box.title.text.strip(" :.")))
