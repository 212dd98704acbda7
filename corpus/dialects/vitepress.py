"""VitePress: code that is taken from a file.

<<< @/snippets/tides.js{2}
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from corpus.dialects.hidden import put_nothing
from corpus.dialects.lines import line_at

# A file has an ending, or lies in a folder.
INCLUDE = re.compile(
    r"<<<[ \t]*(?=[^\s<>]{0,300}[/.])[@\w./-][^\s<>]{0,300}(?:[ \t]*[\[{][^\n]*)?[ \t]*$", re.MULTILINE
)


def _include(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not INCLUDE.match(line_at(state, start)):
        return False
    return silent or put_nothing(state, start, start + 1)


def install(parser: MarkdownIt) -> None:
    """Passes over code that stands elsewhere."""
    parser.block.ruler.before(
        "fence", "code_include", _include, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
