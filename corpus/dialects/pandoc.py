"""Pandoc, Quarto, kramdown, Docusaurus: attributes in braces, and boxes and layout between colons.

## Heading {#id .class}      [words]{.class}      {: .note }      ::: {.callout-tip}      :::note Title
                                                                  Words.                  Words.
                                                                  :::                     :::
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from corpus.dialects.boxes import heading_of_box, make_box, put_box, tag_of
from corpus.dialects.github import callout_at
from corpus.dialects.hidden import describe, inner, put_nothing, put_script, put_target, skip
from corpus.dialects.kinds import FOLDED, box_kind
from corpus.dialects.lines import line_at, line_pairs
from corpus.dialects.tokens import closings_of

_VALUE = r"\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|[^\s{}\"']++"
_ITEM = rf"(?:[#.][\w:/-]++|[\w:-]++=(?:{_VALUE})|unnumbered|unlisted)[ \t]*+"
ATTRIBUTES = re.compile(rf"\{{:?[ \t]*(?:{_ITEM})+\}}|\{{:[^{{}}\n]{{1,200}}\}}|\{{-\}}")
# Behind code: what is written there is for this format only.
RAW = re.compile(r"\{=(\w+)\}")
_RAW_CODE = re.compile(r"\s*\{=(\w+)\}\s*\Z")
EVIDENCE = rf"{ATTRIBUTES.pattern}|{RAW.pattern}|\{{::\w"
COMMENT = re.compile(r"\{::comment\}")
_CODE_NAME = re.compile(r"\s*\{[ \t]*(?:#[\w:-]+[ \t]+)?\.?([A-Za-z][\w+-]*)")
_CLASS = re.compile(r"\.([\w-]+)")
_ID = re.compile(r"#([\w:.-]+)|\bid=[\"']?([\w:.-]+)")
_ALT = re.compile(r"\balt=(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s{}]+))")
_LONGEST_SPAN = 1000
_ATTACHED = frozenset(")]`*_>$=}\"'")

OPENS = re.compile(
    r":{3,}[ \t]*(?:\{(?P<attributes>[^{}\n]+)\}|(?P<name>[A-Za-z][\w.-]*)(?:\[(?P<label>[^\]\n]*)\])?"
    r"(?:[ \t]*\{(?P<more>[^{}\n]*)\})?)[ \t]*(?P<title>[^\n]*?)[ \t]*:*\s*\Z"
)
CLOSES = re.compile(r":{3,}\s*\Z")
_TITLE = re.compile(r"\b(?:title|name|summary|label)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_FOLD = re.compile(r"collapse=[\"']?true")


# --- attributes --------------------------------------------------------------------------------------------


def _attributes(state: StateInline, silent: bool) -> bool:
    """Attributes after what they are for, or at the end of a line."""
    start = state.pos
    if state.src[start] != "{":
        return False
    if (raw := RAW.match(state.src, start)) and state.src[start - 1 : start] == "`":
        if not silent and state.tokens and not state.pending:
            _make_raw(state.tokens[-1], raw[1], "html_inline")
        return skip(state, raw.end(), silent)
    match = ATTRIBUTES.match(state.src, start)
    if not match or match.end() > state.posMax:
        return False
    after = state.src[match.end() : match.end() + 40]
    ends_line = not after.strip(" \t").partition("\n")[0]
    if not (start and state.src[start - 1] in _ATTACHED) and not ends_line:
        return False
    if (
        not state.pending
        and state.tokens
        and state.tokens[-1].type == "image"
        and (alt := _ALT.search(match[0]))
    ):
        describe(state, state.tokens[-1], next(filter(None, alt.groups()), ""))
    return skip(state, match.end(), silent, target=explicit_id(match[0]))


def _make_raw(code: Token, format: str, html: str) -> None:
    """Turns code that is written for one format into HTML, or into nothing."""
    if format.startswith("html"):
        code.type, code.tag, code.info = html, "", ""
    else:
        code.type, code.tag, code.content, code.hidden = "nothing", "", "", True


def explicit_id(attributes: str) -> str:
    """The id that attributes give, empty if none.

    >>> explicit_id("{#tides .wide}")
    'tides'
    """
    match = _ID.search(attributes)
    return (match[1] or match[2]) if match else ""


def _span(state: StateInline, silent: bool) -> bool:
    """`[words]{.class}` is its words."""
    start = state.pos
    if state.src[start] != "[" or state.src.find("]{", start, min(state.posMax, start + _LONGEST_SPAN)) < 0:
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    if end < 0 or not state.src.startswith("]{", end):
        return False
    match = ATTRIBUTES.match(state.src, end + 1)
    if not match:
        return False
    if silent:
        state.pos = match.end()
        return True
    inner(state, start + 1, end, match.end())
    return True


def _attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of nothing but attributes belongs to the block beside it; a comment of kramdown to nothing."""
    if not state.src.startswith("{", state.bMarks[start] + state.tShift[start]) or state.is_code_block(start):
        return False
    line = line_at(state, start).strip()
    if COMMENT.match(line):
        close = next((n for n in range(start, end) if "{:/" in line_at(state, n)), start)
        return silent or put_nothing(state, start, close + 1)
    match = ATTRIBUTES.match(line)
    if not match or match.end() != len(line):
        return False
    if silent:
        return True
    put_target(state, explicit_id(line), start)
    names = _CLASS.findall(line)
    state.tokens[-1].meta["box"] = next(
        (k for name in names if (k := box_kind(name.removesuffix("-title")))), ""
    )
    return True


def _boxed_quotes(state: StateCore) -> None:
    """A quote is a box if the line above or below it says so: `{: .solution}`."""
    tokens = state.tokens
    if not any(token.meta.get("box") for token in tokens):
        return
    closings = closings_of(tokens)
    openings = {close: opened for opened, close in closings.items()}
    boxes: dict[int, str] = {}
    for index, token in enumerate(tokens):
        if not (kind := token.meta.get("box")):
            continue
        above = openings.get(index - 1)
        below = index + 1 if index + 1 in closings else None
        quote = next((n for n in (above, below) if n is not None and _is_plain_quote(tokens, n)), None)
        if quote is not None:
            boxes.setdefault(quote, kind)
    _make_boxes(state, boxes, closings)


def _is_plain_quote(tokens: list[Token], index: int) -> bool:
    """Whether a quote begins here that does not say itself what box it is, as `> [!note]` does."""
    return tokens[index].type == "blockquote_open" and callout_at(tokens, index) is None


def _make_boxes(state: StateCore, boxes: dict[int, str], closings: dict[int, int]) -> None:
    read: list[Token] = []
    used = 0
    for index, token in enumerate(state.tokens):
        if index < used:
            continue
        read.append(token)
        if kind := boxes.get(index):
            folded = kind in FOLDED
            make_box(token, kind, folded)
            closed = state.tokens[closings[index]]
            closed.type, closed.tag = "box_close", tag_of(folded)
            heading = state.tokens[index + 1 : index + 3]
            title = heading[1] if heading and heading[0].type == "heading_open" else None
            line = (title.map or [0])[0] if title else 0
            read += heading_of_box(kind, title.content if title else "", line, token.level + 1, folded)
            used = index + 4 if title else used
    state.tokens = read


def install_inline_attributes(parser: MarkdownIt) -> None:
    """Passes over attributes behind what they are for, unless another dialect does so already."""
    if "attributes" not in parser.inline.ruler.get_all_rules():
        parser.inline.ruler.before("escape", "attributes", _attributes)


def install_attributes(parser: MarkdownIt) -> None:
    """Reads attributes and what they are attached to."""
    install_inline_attributes(parser)
    parser.core.ruler.after("block", "boxed_quotes", _boxed_quotes)
    parser.inline.ruler.before("link", "span", _span)
    parser.inline.ruler.before("escape", "caption", _caption)
    parser.block.ruler.before(
        "fence", "attribute_line", _attribute_line, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


# Plain mathematics has the same signs between its powers, `x^2+y^2` or `2^n^2`: what is set high or low is a
# short word or a number with its sign, and ends its word. Only digits stand low within one, `H~2~O`.
_SET = r"[+−-]?[^\W_]{1,20}|[0-9]{0,2}[+−-]"
_LOW = rf"((?:{_SET}))~(?:(?<=[0-9]~)(?![~\d])|(?![~\w]))"
_HIGH = rf"((?:{_SET}))\^(?![\^\w{{(\\])"
SUBSCRIPT = re.compile(f"~{_LOW}")
SUPERSCRIPT = re.compile(rf"\^{_HIGH}")
_A_SCRIPT = re.compile(rf"~(?<=[^\W_]~){_LOW}|\^(?<=[^\W_]\^){_HIGH}")
_MATHEMATICS = re.compile(r"\$\$[^$]*\$\$|\$[^$\n]+\$|\\\([^\n]{0,400}?\\\)|\\\[[^\[\]]*\\\]")


def has_scripts(prose: str) -> bool:
    """Whether something is set high or low outside of mathematics."""
    return bool(_A_SCRIPT.search(prose)) and bool(_A_SCRIPT.search(_MATHEMATICS.sub("", prose)))


def _script(state: StateInline, silent: bool) -> bool:
    """Subscripts and superscripts: `H~2~O`, `x^2^`."""
    sign = state.src[state.pos]
    if sign not in "~^" or not state.pos or not state.src[state.pos - 1].isalnum():
        return False
    match = (SUBSCRIPT if sign == "~" else SUPERSCRIPT).match(state.src, state.pos)
    if not match or match.end() > state.posMax:
        return False
    return put_script(state, "sub" if sign == "~" else "sup", match[1], match.end(), silent)


def install_scripts(parser: MarkdownIt) -> None:
    """Reads subscripts and superscripts."""
    parser.inline.ruler.before("strikethrough", "script", _script)


def _caption(state: StateInline, silent: bool) -> bool:
    """The sign before the caption of a table."""
    return state.pos == 0 and state.src.startswith(": ") and skip(state, 2, silent)


def _code_names(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "fence" and (raw := _RAW_CODE.match(token.info)):
            _make_raw(token, raw[1], "html_block")
        elif token.type == "fence" and (match := _CODE_NAME.match(token.info)):
            token.info = f"{match[1]} {token.info[match.end() :].strip(' {}')}".strip()


def install_code_names(parser: MarkdownIt) -> None:
    """Reads the language of code from ```{python} and ``` {.python .numbered}."""
    parser.core.ruler.after("block", "code_names", _code_names)


# --- divs --------------------------------------------------------------------------------------------------


def _opens(line: str) -> str | None:
    return ":" if line.startswith(":::") and OPENS.match(line) else None


def _closes(line: str) -> str | None:
    return "" if line.startswith(":::") and CLOSES.match(line) else None


def colon_pairs(state: StateBlock) -> dict[int, int]:
    """Which line of colons closes which."""
    return line_pairs(state, "colons", _opens, _closes)


def has_divs(prose: str) -> bool:
    """Whether lines of colons open and close something."""
    lines = [line.lstrip(" \t>") for line in prose.split("\n") if ":::" in line]
    return any(map(_opens, lines)) and any(_closes(line) is not None for line in lines)


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A box between lines of colons; what is only layout leaves its blocks as they are."""
    if not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]) or state.is_code_block(
        start
    ):
        return False
    line = line_at(state, start)
    if CLOSES.match(line):
        return silent or put_nothing(state, start, start + 1)
    match = OPENS.match(line)
    if not match:
        return False
    names = [n.lstrip(".") for n in (match["name"] or match["attributes"]).split()]
    kind = next((k for n in names if (k := box_kind(n))), None)
    close = colon_pairs(state).get(start)
    if close is None and not kind and not match["attributes"]:
        return False
    if silent:
        return True
    if kind is None or close is None or close >= end:
        return put_target(state, explicit_id(match["attributes"] or ""), start)
    given = match["attributes"] or match["more"] or ""
    titled = _TITLE.search(given)
    title = next((t for t in titled.groups() if t), "") if titled else match["label"] or match["title"]
    folded = kind in FOLDED or bool(_FOLD.search(given))
    return put_box(state, kind, title, (start, close + 1), (start + 1, close), folded)


def install_divs(parser: MarkdownIt) -> None:
    """Reads boxes and layout between colons."""
    parser.block.ruler.before("fence", "div", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]})
