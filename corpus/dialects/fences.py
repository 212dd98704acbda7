"""Boxes that programs of Obsidian (Admonition) and mdBook (admonish) make of fences.

```ad-note                 ```admonish tip title="A title"
title: A title             Words.
Words.                     ```
```
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from corpus.dialects.boxes import put_box
from corpus.dialects.kinds import FOLDED, box_kind
from corpus.dialects.lines import FENCED_BOX, fence_end, line_at

OPENS = re.compile(rf"(?P<mark>`{{3,}}|~{{3,}})[ \t]*(?:{FENCED_BOX})(?P<given>[^`\n]*)")
_NAME = re.compile(r"(?:ad-|admonish[ \t]+)([A-Za-z][\w-]*)")
_TITLE = re.compile(r"\btitle=(?:\"([^\"]*)\"|'([^']*)')|\badmonish[ \t]+[\w-]+[ \t]+\"([^\"]*)\"")
_FOLD = re.compile(r"collapsible=[\"']?true|^collapse:[ \t]*(?:closed|true)?[ \t]*\Z")
_OPTION = re.compile(r"(title|collapse|icon|color):[ \t]*(.*)")


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if state.src[first : first + 3] not in ("```", "~~~") or state.is_code_block(start):
        return False
    line = line_at(state, start)
    match = OPENS.match(line)
    if not match:
        return False
    if silent:
        return True
    close = fence_end(state, start, end, match["mark"])
    named, titled = _NAME.search(line), _TITLE.search(line)
    kind = (box_kind(named[1]) if named else None) or "note"
    title = next((words for words in titled.groups() if words), "") if titled else ""
    folded = kind in FOLDED or bool(_FOLD.search(line))
    body, title_line = start + 1, start
    while body < close and (option := _OPTION.match(line_at(state, body))):
        if option[1] == "title":
            title, title_line = option[2].strip(), body
        folded = folded or bool(_FOLD.match(option[0]))
        body += 1
    after = min(close + 1, end)
    return put_box(state, kind, title, (start, after), (body, close), folded, title_line)


def install(parser: MarkdownIt) -> None:
    """Reads boxes between fences."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "fenced_box", _box, {"alt": ends})
