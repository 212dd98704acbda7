"""Mathematics beyond dollars: TeX's own brackets, environments, and GitHub's fences.

\\( x^2 \\)     \\[ x^2 \\]     \\\\( x^2 \\\\)     \\begin{align} ... \\end{align}     $`x^2`$     ```math
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from corpus.dialects.hidden import put_nothing
from corpus.dialects.lines import line_at

# Escaped brackets in prose, \(so\) and \[1\], hold no mathematics: what does has a command or a sign in it,
# or is nothing but a letter in round brackets.
_SAYS_MATHEMATICS = re.compile(r"\\[A-Za-z]|[=^_<>+*/|{}]")
_LETTERS = re.compile(r"\s*[A-Za-z](?:['′]|\s*[,-]\s*[A-Za-z])*\s*\Z")
INLINE = re.compile(r"(\\{1,2})\(([^\n]{1,400}?)\1\)")
DISPLAY = re.compile(r"(\\{1,2})\[")
TICKED = re.compile(r"\$(`+)([^`\n]+)\1\$")
ENVIRONMENT = re.compile(
    r"\\begin\{((?:equation|align|alignat|gather|multline|eqnarray|split|cases|[bpvV]?matrix|array)\*?)\}"
)
_LONGEST = 60  # lines


def _inline(state: StateInline, silent: bool) -> bool:
    r"""`\(x\)`, `\\(x\\)` and `\[x\]` within a line."""
    if state.src[state.pos] != "\\":
        return False
    match = INLINE.match(state.src, state.pos)
    content = match[2] if match else ""
    end = match.end() if match else 0
    display = False
    if not match and (opened := DISPLAY.match(state.src, state.pos)):
        close = state.src.find(opened[1] + "]", opened.end(), opened.end() + 2000)
        if close > 0:
            content, end, display = state.src[opened.end() : close], close + len(opened[1]) + 1, True
    says = _SAYS_MATHEMATICS.search(content) or (not display and _LETTERS.match(content))
    if not content.strip() or end > state.posMax or not says:
        return False
    if not silent:
        state.push("math_inline_double" if display else "math_inline", "math", 0).content = content
    state.pos = end
    return True


_A_PRICE = re.compile(r"\$\d[^$\\=^_]*\s\$")
_strict = math_inline_dollar(allow_space=True, allow_digits=False, allow_double=True)


def dollars(state: StateInline, silent: bool) -> bool:
    """Mathematics between dollars that are no prices: no digit stands right before or after them, and what
    begins with one has no blank before its end."""
    if state.src.startswith("$", state.pos) and _A_PRICE.match(state.src, state.pos):
        return False
    if state.pos or not state.src[-1:].isdigit():
        return _strict(state, silent)
    # Before the first character the plugin's rule looks at the last one.
    whole = state.src
    state.src = whole + " "
    found = _strict(state, silent)
    state.src = whole
    return found


def _ticked(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("$`", state.pos):
        return False
    match = TICKED.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = match[2]
    state.pos = match.end()
    return True


def _display(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""`\[` or `\begin{...}` at the beginning of a line, to what ends it."""
    if not state.src.startswith("\\", state.bMarks[start] + state.tShift[start]) or state.is_code_block(
        start
    ):
        return False
    line = line_at(state, start)
    environment = ENVIRONMENT.match(line)
    opened = DISPLAY.match(line)
    if environment:
        closing = f"\\end{{{environment[1]}}}"
    elif opened:
        closing = opened[1] + "]"
    else:
        return False
    last = next((n for n in range(start, min(end, start + _LONGEST)) if closing in line_at(state, n)), None)
    if last is None or not line_at(state, last).rstrip(" .,").endswith(closing):
        return False
    content = state.getLines(start, last + 1, state.blkIndent, False).strip()
    if not environment and opened:
        content = content[opened.end() :].rstrip(" .,")[: -len(closing)]
        if not _SAYS_MATHEMATICS.search(content):
            return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block, token.content, token.map, token.markup = True, content, [start, last + 1], "$$"
        state.line = last + 1
    return True


_COMMAND = re.compile(
    r"\\(?:(?:new|clear|cleardouble)page|pagebreak|noindent|(?:big|med|small)skip|tableofcontents|maketitle|"
    r"centering|(?:vspace|hspace|label|index|setcounter|vfill|appendix)\*?(?:\{[^{}\n]*\})*)\s*\Z"
)


def _commands(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line of TeX that only says how to print."""
    if not state.src.startswith("\\", state.bMarks[start] + state.tShift[start]):
        return False
    return bool(_COMMAND.match(line_at(state, start))) and (silent or put_nothing(state, start, start + 1))


def _fences(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "fence" and token.info.strip() == "math":
            token.type, token.tag = "math_block", "math"


def install(parser: MarkdownIt) -> None:
    """Reads mathematics in TeX's brackets and environments."""
    parser.inline.ruler.before("escape", "tex", _inline)
    parser.block.ruler.before("fence", "tex_commands", _commands, {"alt": ["paragraph", "list"]})
    parser.block.ruler.before(
        "fence", "tex", _display, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def install_github(parser: MarkdownIt) -> None:
    """Reads mathematics in fences and between dollars and back ticks."""
    parser.inline.ruler.before("math_inline", "ticked_math", _ticked)
    parser.core.ruler.after("block", "math_fences", _fences)
