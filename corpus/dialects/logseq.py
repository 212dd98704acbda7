"""Logseq and Roam: what their programs keep in the text of a bullet, and bullets that others point to.

- Low water is at noon.
  collapsed:: true
  id:: 6531f0a2-0c1e-4a6b-9d2f-0123456789ab
- As ((6531f0a2-0c1e-4a6b-9d2f-0123456789ab)) says
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from corpus.dialects.hidden import put_nothing
from corpus.dialects.lines import line_at

# What an author writes for readers, such as "source:: a book", is text.
PROPERTY = re.compile(
    r"(?:collapsed|id|heading|background-color|background-image|public|template|template-including-parent|"
    r"created-at|updated-at|exclude-from-graph-view|query-[\w-]+|card-[\w-]+|hl-[\w-]+|ls-type|logseq\.[\w.-]+)"
    r"::(?:[ \t][^\n]*)?\Z"
)
EVIDENCE = re.compile(
    r"\n[ \t>]*(?:[-*+][ \t]+)?(?:collapsed:: (?:true|false)|id:: [0-9a-f]{8}-[0-9a-f]{4}-"
    r"|(?:card|hl|query)-[\w-]+:: |heading:: (?:true|\d)|ls-type:: |logseq\.[\w.-]+:: |background-color:: )"
    r"|\(\([0-9a-f]{8}-[0-9a-f]{4}-"
)
_POINTED = re.compile(r"[ \t]?\(\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)\)")


def _property(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line that only a program reads."""
    if state.is_code_block(start) or not PROPERTY.match(line_at(state, start)):
        return False
    return silent or put_nothing(state, start, start + 1)


def _pointed_to(state: StateCore) -> None:
    """A number in place of a bullet that stands elsewhere says nothing."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text" and "((" in child.content:
                child.content = _POINTED.sub("", child.content)


def install(parser: MarkdownIt) -> None:
    """Reads properties of bullets and what points to bullets."""
    parser.block.ruler.before(
        "fence", "property", _property, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.push("pointed_to", _pointed_to)
