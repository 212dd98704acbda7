"""MyST, the Markdown of Jupyter Book and Sphinx: directives, roles, targets, comments.

```{note}            ```{glossary}             {term}`ebb`    {ref}`words <target>`    (target)=
Words.               Ebb                       % a comment    +++
```                    The falling tide.
                     ```
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from operator import not_

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from corpus.dialects.boxes import close_box, open_box, put_paragraph, title_from_heading, tokenize_lines
from corpus.dialects.hidden import put_nothing, put_script, put_target, put_words, skip
from corpus.dialects.kinds import FOLDED, box_kind, holds_text
from corpus.dialects.lines import fence_end, line_at
from corpus.dialects.pandoc import colon_pairs, install_inline_attributes
from corpus.wikilinks import target_url, wiki_url

DIRECTIVE = re.compile(r"(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[\w:+-]+)\}[ \t]*(?P<argument>[^\n]*)")
TARGET_LINE = re.compile(r"\(([^()\n]{1,200})\)=\s*\Z")
ROLE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}(`+)(?!`)")
_SET = re.compile(r":?([\w-]+):[ \t]+([^\n]*\S)")
_OPTION = re.compile(r":[\w-]+:(?:[ \t].*)?\s*\Z")
_NUMBER = re.compile(r"\s*(?:%s|\{(?:number|name)\})")
_POINTS = re.compile(r"(.*\S)\s*<([^<>]+)>\s*\Z", re.DOTALL)

_CODE = frozenset(
    "code code-block sourcecode code-cell ipython ipython3 parsed-literal literalinclude highlight doctest "
    "testcode prompt mermaid graphviz".split()
)
_NOTHING = frozenset(
    "toctree tableofcontents contents include bibliography footbibliography index tags sectionauthor "
    "exercise-start exercise-end solution-start solution-end "
    "codeauthor meta only-format currentmodule module autosummary automodule autoclass autofunction raw "
    "figure-md glue iframe video youtube audio button-link button-ref role default-role embed "
    "blockquote-attribution jupyter-execute eval-rst".split()
)
# Their argument is a title; of all others it is the first words of the text.
_TITLED = frozenset(
    "admonition dropdown details card grid-item-card tab-item tab topic sidebar exercise callout "
    "aside margin".split()
)
_CAPTIONED = frozenset({"table", "list-table", "rubric"})
_LISTS = frozenset(f"{kind}_list_{end}" for kind in ("bullet", "ordered") for end in ("open", "close"))
_MENTIONS = frozenset(
    "term ref doc numref eq any std:term std:ref std:doc download prf:ref keyword guilabel menuselection "
    "strong emphasis title title-reference t index abbr abbreviation acronym del u "
    "underline small smallcaps span del strike highlight dfn button si chem".split()
)
_CODES = frozenset(
    "code samp file command program kbd envvar option func class meth mod attr data exc obj const literal "
    "mimetype token makevar regexp dir path option cmd".split()
)
_SCRIPTS = {"sub": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup"}
_SILENT = re.compile(
    r"(?:foot|full)?cite(?:[:\w-]*)\Z|raw\Z|fn\Z|footnote\Z|eval\Z|glue(?::\w+)?\Z|octicon\Z|fa[bsrl]?\Z"
    r"|material-[\w-]+\Z"
)


# --- directives --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Directive:
    """A directive's name and argument, its lines (where it begins, its text, its end, what follows) and its
    options."""

    name: str
    argument: str
    start: int
    body: int
    close: int
    after: int
    options: Mapping[str, str]


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if state.src[first : first + 3] not in ("```", "~~~", ":::") or state.is_code_block(start):
        return False
    match = DIRECTIVE.match(line_at(state, start))
    if not match:
        return False
    name = match["name"]
    known = name in _CODE or name in _NOTHING or holds_text(name) or name in ("math", "figure", "image")
    colons = match["mark"][0] == ":"
    if not known and not colons:
        # Code that is run: ```{python}
        return False
    if silent:
        return True
    close = colon_pairs(state).get(start) if colons else fence_end(state, start, end, match["mark"])
    close = end if close is None or close > end else close
    body = _after_options(state, start + 1, close)
    options = _options(state, start + 1, body)
    read = _Directive(name, match["argument"].strip(), start, body, close, min(close + 1, end), options)
    if named := options.get("name") or options.get("label"):
        put_target(state, named, start)
    _put(state, read, known)
    state.line = read.after
    return True


def _after_options(state: StateBlock, line: int, close: int) -> int:
    if line < close and line_at(state, line).strip() == "---":
        ends = (n for n in range(line + 1, close) if line_at(state, n).strip() == "---")
        return next(ends, line - 1) + 1
    while line < close and _OPTION.match(line_at(state, line)):
        line += 1
    return line


def _options(state: StateBlock, first: int, body: int) -> dict[str, str]:
    """What the lines `:name: words`, or the YAML between rules, set."""
    matches = (_SET.match(line_at(state, line)) for line in range(first, body))
    return {match[1].lower(): match[2].strip("\"' \t") for match in matches if match}


def _put(state: StateBlock, read: _Directive, known: bool) -> None:
    kind = box_kind(read.name)
    if read.name == "toctree":
        put_nothing(state, read.start, read.after)
        # What stands in it are the names of files, for those who ask in which order to read.
        token = state.tokens[-1]
        token.type, token.content = "contents", state.getLines(read.body, read.close, 0, False)
    elif read.name.rpartition(":")[2] in _NOTHING:
        put_nothing(state, read.start, read.after)
    elif read.name in _CODE or read.name == "math":
        _put_code(state, read)
    elif read.name in ("figure", "image"):
        words = _without_brackets(read.options.get("alt") or _caption(state, read))
        sizes = [f"{side}={size}" for side in ("width", "height") if (size := read.options.get(side))]
        attributes = f"{{{' '.join(sizes)}}}" if sizes else ""
        put_paragraph(state, f"![{words}]({read.argument.replace(' ', '%20')}){attributes}", read.start)
        tokenize_lines(state, read.body, read.close)
    elif read.name == "glossary":
        _put_glossary(state, read)
    elif kind:
        _put_box(state, read, kind)
    else:
        put_nothing(state, read.start, read.body, "" if known else read.name)
        if read.argument and read.name in _CAPTIONED:
            put_paragraph(state, read.argument, read.start)
        elif read.argument and ":" in read.name and "`" not in read.argument:
            put_paragraph(state, f"`{read.argument}`", read.start)
        first = len(state.tokens)
        tokenize_lines(state, read.body, read.close)
        if read.name == "list-table":
            _make_table(state.tokens, first, int(read.options.get("header-rows", "0") == "1"))


def _make_table(tokens: list[Token], first: int, headings: int) -> None:
    """Turns the list that stands from a token on, of lists of cells, into a table."""
    lists: list[Token] = []
    rows = 0
    for token in tokens[first:]:
        is_list = token.type in _LISTS
        if token.nesting == 1 and is_list:
            lists.append(token)
        depth = len(lists)
        if token.nesting == -1 and is_list:
            lists.pop()
        if is_list and depth == 1:
            _become(token, "table", "table")
        elif is_list and depth == 2:
            _become(token, "layout", "")
            token.hidden = True
        elif token.type.startswith("list_item") and depth == 1:
            rows += token.nesting == 1
            _become(token, "tr", "tr")
        elif token.type.startswith("list_item") and depth == 2:
            cell = "th" if rows <= headings else "td"
            _become(token, cell, cell)


def _become(token: Token, name: str, tag: str) -> None:
    token.type, token.tag = f"{name}_{'open' if token.nesting == 1 else 'close'}", tag


def _caption(state: StateBlock, read: _Directive) -> str:
    """The first paragraph under a figure says what it shows."""
    lines = (line_at(state, line).strip() for line in range(read.body, read.close))
    return " ".join(takewhile(bool, dropwhile(not_, lines)))


def _without_brackets(words: str) -> str:
    return re.sub(r"[\[\]\\`<>]|\{[\w:.-]*\}", "", words)


def _put_code(state: StateBlock, read: _Directive) -> None:
    content = state.getLines(read.body, read.close, state.sCount[read.start], True)
    is_code = read.name != "math"
    token = state.push("fence" if is_code else "math_block", "code" if is_code else "math", 0)
    token.content, token.map, token.block = content, [read.start, read.after], True
    titled = f' caption="{caption}"' if (caption := read.options.get("caption")) else ""
    language = read.argument or ("text" if titled else "")
    token.info, token.markup = language + titled if is_code else "", "```" if is_code else "$$"


def _put_box(state: StateBlock, read: _Directive, kind: str) -> None:
    folded = kind in FOLDED or "dropdown" in read.options.get("class", "")
    titled = read.name in _TITLED or ":" in read.name
    opened_at = len(state.tokens)
    open_box(state, kind, read.argument if titled else "", (read.start, read.after), folded)
    # The argument of a solution is the name of its exercise.
    if read.argument and not titled and kind != "solution":
        put_paragraph(state, read.argument, read.start)
    tokenize_lines(state, read.body, read.close)
    title_from_heading(state, opened_at, kind, folded)
    close_box(state, folded)


def _put_glossary(state: StateBlock, read: _Directive) -> None:
    """Terms, each on a line, and what they mean, indented below."""
    outer = state.push("dl_open", "dl", 1)
    outer.map = [read.start, read.after]
    line, own = read.body, state.sCount[read.start]
    while line < read.close:
        if state.isEmpty(line):
            line += 1
        elif state.sCount[line] <= own + 1 and _COLON.match(line_at(state, line)):
            line = _put_meaning(state, line, read.close)
        elif state.sCount[line] <= own + 1:
            _put_term(state, line)
            line += 1
        else:
            first, indent = line, state.sCount[line]
            while line < read.close and (state.isEmpty(line) or state.sCount[line] > own + 1):
                line += 1
            state.push("dd_open", "dd", 1).map = [first, line]
            tokenize_lines(state, first, line, indent)
            state.push("dd_close", "dd", -1)
    state.push("dl_close", "dl", -1)


_COLON = re.compile(r"\s*:\s+(?=\S)")


def _put_meaning(state: StateBlock, first: int, close: int) -> int:
    """What a term means, behind a colon, as definition lists have it; the line after it."""
    last = first + 1
    while last < close and not state.isEmpty(last) and state.sCount[last] > state.sCount[first] + 1:
        last += 1
    state.push("dd_open", "dd", 1).map = [first, last]
    state.push("paragraph_open", "p", 1).map = [first, last]
    inline = state.push("inline", "", 0)
    words = "\n".join(line_at(state, line).strip() for line in range(first, last))
    inline.map, inline.content, inline.children = [first, last], _COLON.sub("", words, count=1), []
    state.push("paragraph_close", "p", -1)
    state.push("dd_close", "dd", -1)
    return last


def _put_term(state: StateBlock, line: int) -> None:
    state.push("dt_open", "dt", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    # After " : " stands how the term is sorted.
    words = line_at(state, line).partition(" : ")[0]
    inline.map, inline.content, inline.children = [line, line + 1], words.strip(), []
    state.push("dt_close", "dt", -1)


# --- roles, targets, comments ------------------------------------------------------------------------------


def _role(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = ROLE.match(state.src, state.pos)
    if not match:
        return False
    close = state.src.find(match[2], match.end(), state.posMax)
    if close < 0:
        return False
    name, end = match[1].lower(), close + len(match[2])
    content = " ".join(state.src[match.end() : close].split())
    bare = name.rpartition(":")[2]
    # An entry of the index glued to the words it is about shows nothing.
    glued = name == "index" and state.pos > 0 and not state.src[state.pos - 1].isspace()
    if _SILENT.match(name) or not content or glued:
        return skip(state, end, silent)
    if name in ("math", "m") or name in _CODES or (":" in name and name not in _MENTIONS and bare != "ref"):
        return _put_literal(
            state, "math_inline" if bare in ("math", "m") else "code_inline", content, end, silent
        )
    if script := _SCRIPTS.get(name):
        return put_script(state, script, content, end, silent)
    points = _POINTS.match(content)
    words, target = (points[1], points[2]) if points else (content, content)
    words = _NUMBER.sub("", words).strip()
    if name not in _MENTIONS and bare != "ref" and not name.startswith("bdg-"):
        return _put_unknown(state, name, words, end, silent)
    if not points and bare in ("ref", "doc", "numref", "eq", "any"):
        words = re.sub(r"[-_/:.]+", " ", words.rpartition("/")[2].rpartition(":")[2]).strip() or words
    return put_words(state, words, end, silent, _address(bare, target))


def _put_literal(state: StateInline, kind: str, content: str, end: int, silent: bool) -> bool:
    if not silent:
        shown = content.rpartition(".")[2] if content.startswith("~") else content.lstrip("!")
        points = _POINTS.match(shown) if kind == "code_inline" else None
        token = state.push(kind, "code" if kind == "code_inline" else "math", 0)
        token.content = points[1] if points else shown
    state.pos = end
    return True


def _put_unknown(state: StateInline, name: str, words: str, end: int, silent: bool) -> bool:
    put_words(state, words, end, silent)
    return skip(state, end, silent, unknown=name)


def _address(role: str, target: str) -> str:
    if role == "term":
        return wiki_url(target)
    if role in ("ref", "numref", "any"):
        return target_url(target)
    return target.replace(" ", "%20") if role in ("doc", "download") else ""


def _target(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if not state.src.startswith("(", state.bMarks[start] + state.tShift[start]):
        return False
    match = TARGET_LINE.match(line_at(state, start))
    return bool(match) and (silent or put_target(state, match[1].strip() if match else "", start))


def _comment(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line that begins with a per cent sign, and the marks that separate cells."""
    first = state.bMarks[start] + state.tShift[start]
    line = line_at(state, start) if state.src[first : first + 1] in ("%", "+") else ""
    if not (line.startswith("%") or re.match(r"\+\+\+(?:\s|\Z)", line)) or state.is_code_block(start):
        return False
    return silent or put_nothing(state, start, start + 1)


_ENDS = ["paragraph", "reference", "blockquote", "list"]


def install(parser: MarkdownIt) -> None:
    """Reads directives, roles, targets and comments."""
    parser.block.ruler.before("fence", "directive", _directive, {"alt": _ENDS})
    parser.block.ruler.before("fence", "target", _target, {"alt": _ENDS})
    parser.block.ruler.before("fence", "myst_comment", _comment, {"alt": _ENDS})
    parser.inline.ruler.before("backticks", "role", _role)
    install_inline_attributes(parser)
