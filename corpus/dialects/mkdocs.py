"""MkDocs and Python-Markdown: admonitions, tabs, snippets, abbreviations, icons.

!!! note "A title"          === "First tab"         --8<-- "file.md"
    Words.                      Words.              *[GPS]: Global Positioning System
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from corpus.dialects.boxes import close_box, indented_lines, open_box, tokenize_lines
from corpus.dialects.hidden import inner, put_nothing, skip
from corpus.dialects.kinds import FOLDED
from corpus.dialects.lines import line_at

ADMONITION = re.compile(r"(!!!|\?\?\?\+?)[ \t]+([\w-]+(?:[ \t]+[\w-]+)*)?[ \t]*(?:\"(.*)\")?[ \t]*$")
TAB = re.compile(r"===[!+]*[ \t]+(\"|')(.+)\1[ \t]*$")
SNIPPET = re.compile(r";*-{1,}8<-{1,}(?:[ \t].*)?$")
ABBREVIATION = re.compile(r"\*\[([^\]\n]{1,80})\]:[ \t]*(\S.*)?$")
ICON = re.compile(r":(?:material|fontawesome|octicons|simple|bootstrap)-[\w-]+:(?:\{[^{}\n]*\})?")
CRITIC = re.compile(
    r"\{(?:\+\+(?P<added>[^{}]*?)\+\+|--(?P<deleted>[^{}]*?)--|~~(?P<old>[^{}]*?)~>(?P<new>[^{}]*?)~~"
    r"|==(?P<marked>[^{}]*?)==|>>(?P<comment>[^{}]*?)<<)\}"
)
# No letter stands beside the signs, as in C++-C++.
KEYS = re.compile(r"\+\+(?<![\w+]\+\+)([^\W_][\w-]*(?:\+[\w-]+)*)\+\+(?![\w+])")
OBJECT = re.compile(r":::[ \t]+[A-Za-z_]\w*(?:\.\w+)+[ \t]*$")
_LAYOUT = frozenset({"inline", "end", "annotate"})


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An admonition or a tab: a line that opens it, and indented lines."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]][:1]
    if first not in ("!", "?", "=") or state.is_code_block(start):
        return False
    line = line_at(state, start)
    tab = TAB.match(line) if first == "=" else None
    match = None if first == "=" else ADMONITION.match(line)
    if not tab and not (match and (match[2] or match[3])):
        return False
    after, indent = indented_lines(state, start, end)
    if after == start + 1 and not (match and match[3]):
        return False
    if silent:
        return True
    kind, title, folded = "tab", tab[2] if tab else "", False
    if match:
        names = [n for n in (match[2] or "note").lower().split() if n not in _LAYOUT]
        kind, title = names[0] if names else "note", match[3] or ""
        folded = match[1] == "???" or kind in FOLDED
    open_box(state, kind, title, (start, after), folded)
    tokenize_lines(state, start + 1, after, indent)
    close_box(state, folded)
    state.line = after
    return True


def _snippet(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The inclusion of a file: of one line, or a block between two marks."""
    if state.src[state.bMarks[start] + state.tShift[start] :][:1] not in ("-", ";"):
        return False
    line = line_at(state, start).rstrip()
    if not SNIPPET.match(line):
        return False
    if silent:
        return True
    after = start + 1
    if line.endswith("-"):
        close = next(
            (n for n in range(start + 1, min(end, start + 40)) if line_at(state, n).strip() == line), None
        )
        after = after if close is None else close + 1
    return put_nothing(state, start, after)


def _abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`*[SHORT]: what it stands for`, which becomes a list of definitions."""
    if not state.src.startswith("*[", state.bMarks[start] + state.tShift[start]):
        return False
    match = ABBREVIATION.match(line_at(state, start))
    if not match:
        return False
    if silent:
        return True
    if not match[2]:
        return put_nothing(state, start, start + 1)
    lines = [start, start + 1]
    for kind, tag, words in (("dt", "dt", match[1]), ("dd", "dd", match[2])):
        if kind == "dt":
            state.push("dl_open", "dl", 1).map = lines
        state.push(f"{kind}_open", tag, 1).map = lines
        if kind == "dd":
            state.push("paragraph_open", "p", 1).map = lines
        inline = state.push("inline", "", 0)
        inline.map, inline.content, inline.children = lines, words.strip(), []
        if kind == "dd":
            state.push("paragraph_close", "p", -1)
        state.push(f"{kind}_close", tag, -1)
    state.push("dl_close", "dl", -1)
    state.line = start + 1
    return True


def _icon(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":":
        return False
    match = ICON.match(state.src, state.pos)
    return bool(match) and skip(state, match.end() if match else 0, silent)


def _critic(state: StateInline, silent: bool) -> bool:
    """What was changed, as it is after the change; comments are gone."""
    if state.src[state.pos] != "{":
        return False
    match = CRITIC.match(state.src, state.pos)
    if not match or match.end() > state.posMax:
        return False
    group = next((name for name in ("added", "new", "marked") if match[name]), "")
    if not group or silent:
        return skip(state, match.end(), silent)
    inner(state, match.start(group), match.end(group), match.end())
    return True


def _keys(state: StateInline, silent: bool) -> bool:
    """`++ctrl+c++`: keys to press."""
    if not state.src.startswith("++", state.pos):
        return False
    match = KEYS.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("code_inline", "kbd", 0).content = match[1]
    state.pos = match.end()
    return True


def _object(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The documentation of an object in code, which a program puts there."""
    if not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]):
        return False
    if not OBJECT.match(line_at(state, start)):
        return False
    return silent or put_nothing(state, start, indented_lines(state, start, end)[0])


_ENDS = ["paragraph", "reference", "blockquote", "list"]


def install(parser: MarkdownIt) -> None:
    """Reads admonitions, tabs, snippets, abbreviations and icons."""
    parser.block.ruler.before("fence", "mkdocs_box", _box, {"alt": _ENDS})
    parser.block.ruler.before("fence", "snippet", _snippet, {"alt": _ENDS})
    parser.block.ruler.before("fence", "abbreviation", _abbreviation, {"alt": _ENDS})
    parser.block.ruler.before("fence", "object", _object, {"alt": _ENDS})
    parser.inline.ruler.before("escape", "icon", _icon)
    parser.inline.ruler.before("escape", "critic", _critic)
    parser.inline.ruler.before("escape", "keys", _keys)
