"""MDX: Markdown with JavaScript and components in it.

    import Tabs from '@theme/Tabs'     <TabItem value="a" label="First">     {props.name} {/* a comment */}

Imports, exports and expressions are no text. A component is the text in it; some are boxes.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from corpus.dialects.boxes import close_box, open_box, put_box, put_paragraph
from corpus.dialects.hidden import put_nothing, put_picture, put_words, skip
from corpus.dialects.kinds import FOLDED, box_kind
from corpus.dialects.lines import line_at, line_pairs, outside_code

_IMPORTED = r"[\w$]+|\*\s+as\s+[\w$]+|\{[^{}\n]*\}"
_IMPORT = re.compile(
    rf"import\s+(?:type\s+)?(?:(?:{_IMPORTED})(?:\s*,\s*(?:{_IMPORTED}))?\s*(?<=[\s}}])from\s*)?"
    r"(?P<quote>[\"'])[^\"'\n]+(?P=quote)\s*(?:;.*)?\Z"
    r"|import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{[\w$\s,]*\Z"
)
# Sentences begin with these words, too, and wrapped lines even with two of them.
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var)\s+(?:[\w$]+\s*(?::[^=\n]*)?=|[{\[])|(?:async\s+)?function\b\s*\*?\s*[\w$]*\s*[(<]"
    r"|(?:abstract\s+)?class\s+[\w$]+[^.\n]*\{|(?:type|interface)\s+[\w$]+(?:<[^\n]*>)?\s*(?:=|\{|extends\b)|\{|\*\s+(?:as|from)\b"
    r"|default\s+(?:(?:async\s+)?function\b|class\b[^.\n]*\{|async\b|[({\[]|[\w$.]+\s*(?:;|\(|\Z)))"
)
_COMPONENT = re.compile(r"</?([A-Z][\w.]*)(?=[\s/>]|\Z)|</?>")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]([^\"'`]*)[\"'`]\s*\})")
_ELEMENT = re.compile(r"<[a-z][a-z0-9]*(?=[\s/>])")
_PICTURE = re.compile(r"<(?:img|Image|Img|Figure|ThemedImage|Screenshot|Frame)\b")
_PICTURE_FILE = re.compile(r"[\"']([^\"'\s]+\.(?:png|jpe?g|gif|svg|webp|avif))[\"']", re.IGNORECASE)
_STRING = re.compile(r"\{\s*(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`{}$]*)`)\s*\}")
_LONGEST = 60  # lines of one tag, import or export
_LONGEST_TAG = 2000


# A line without which nothing is imported, exported or shown.
_MAYBE = re.compile(r"\n[^\S\n]*(?:import |export |</?[A-Z])")


def has_components(text: str) -> bool:
    """Whether a text before which a line ends is MDX: it imports or exports something, or has a component
    that is closed."""
    if not _MAYBE.search(text):
        return False
    opened: set[str] = set()
    begins = True
    for _, whole in outside_code(text.split("\n")):
        line = whole.strip()
        begins, first = not line, begins
        if whole.startswith(("    ", "\t")):
            continue
        # Statements stand in blocks of their own; other lines that begin so are wrapped.
        if first and line.startswith("import ") and _IMPORT.match(line):
            return True
        if first and line.startswith("export ") and _EXPORT.match(line):
            return True
        if line.startswith("<") and (match := _COMPONENT.match(line)) and match[1]:
            if line.startswith("</") and match[1] in opened:
                return True
            if line.endswith("/>") or f"</{match[1]}>" in line:
                return True
            opened.add(match[1])
    return False


def _braces(state: StateBlock | StateInline) -> dict[int, int]:
    """Which brace closes which in what is being read, paired in one pass and remembered."""
    known: tuple[str, dict[int, int]] | None = state.env.get("braces")
    if known is None or known[0] is not state.src:
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for match in re.finditer(r"[{}]", state.src):
            if match[0] == "{":
                opened.append(match.start())
            elif opened:
                pairs[opened.pop()] = match.start()
        known = state.env["braces"] = (state.src, pairs)
    return known[1]


def _tag_end(state: StateBlock | StateInline, position: int, limit: int) -> int:
    """Where the tag that begins at a position ends: after its ">"; -1 if it does not."""
    at = position + 1
    while at < min(limit, position + _LONGEST_TAG):
        character = state.src[at]
        if character == "{":
            at = _braces(state).get(at, limit)
        elif character in "\"'" and state.src[at - 1] == "=":
            close = state.src.find(character, at + 1, min(limit, position + _LONGEST_TAG))
            at = close if close > 0 else limit
        elif character == ">":
            return at + 1
        elif character == "<":
            return -1
        at += 1
    return -1


def _balanced(state: StateBlock | StateInline, position: int, limit: int) -> int:
    """Where the expression that begins with a brace ends; -1 if it does not."""
    close = _braces(state).get(position, -1)
    return close + 1 if 0 < close < limit else -1


# --- blocks ------------------------------------------------------------------------------------------------


def _statement(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An import or export: up to an empty line."""
    first = state.bMarks[start] + state.tShift[start]
    if state.src[first : first + 6] not in ("import", "export") or state.sCount[start] != state.blkIndent:
        return False
    line = line_at(state, start)
    if not (_IMPORT.match(line) or _EXPORT.match(line)):
        return False
    if silent:
        return True
    after = start + 1
    if not line.rstrip().endswith((";", "'", '"')):
        while after < min(end, start + _LONGEST) and not state.isEmpty(after):
            after += 1
    return put_nothing(state, start, after)


def _expression(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An expression that begins a line and ends one."""
    first = state.bMarks[start] + state.tShift[start]
    if (
        not state.src.startswith("{", first)
        or state.src.startswith("{{", first)
        or state.is_code_block(start)
    ):
        return False
    stop = _balanced(state, first, state.eMarks[end - 1])
    last = _line_of(state, stop - 1, start, end) if stop > 0 else None
    if last is None or state.src[stop : state.eMarks[last]].strip() or _STRING.match(state.src, first):
        return False
    return silent or put_nothing(state, start, last + 1)


def _line_of(state: StateBlock, position: int, start: int, end: int) -> int | None:
    lines = range(start, min(end, start + _LONGEST))
    return next((n for n in lines if position < state.eMarks[n]), None)


def _opens(line: str) -> str | None:
    match = _COMPONENT.match(line)
    return match[1] if match and match[1] and line[1] != "/" and not line.rstrip().endswith("/>") else None


def _closes(line: str) -> str | None:
    match = _COMPONENT.match(line)
    return match[1] if match and match[1] and line[1] == "/" else None


def _component(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that is the tag of a component: it begins or ends a box, or is no text."""
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<", first):
        return False
    match = _COMPONENT.match(state.src, first)
    if not match:
        return False
    stop = _tag_end(state, first, state.eMarks[end - 1])
    last = _line_of(state, stop - 1, start, end) if stop > 0 else None
    if last is None:
        return False
    tag = state.src[first:stop]
    if rest := state.src[stop : state.eMarks[last]].strip():
        return _term_in_a_line(state, (start, last + 1), match[1] or "", tag, rest, silent)
    if _PICTURE.match(tag) and _PICTURE_FILE.search(tag):
        # A paragraph of its own, which the rule for tags in running text reads.
        return False
    if silent:
        return True
    name = match[1] or ""
    close = line_pairs(state, "components", _opens, _closes).get(start)
    kind = _kind(name, tag) if close is not None and close < end and not tag.endswith("/>") else None
    if kind is None or close is None:
        return put_nothing(state, start, last + 1)
    title = _given(tag, *_NAMES_TERM) if _TERM.fullmatch(name) else ""
    title = title or _given(tag, "title", "label", "summary", "header")
    return put_box(state, kind, title, (start, close + 1), (last + 1, close), kind in FOLDED)


# `<Term name="Luff">The front edge of a sail.</Term>`
_TERM = re.compile(r"Term|Definition|Define|Glossary(?:Term|Item|Entry)")
_NAMES_TERM = ("name", "term", "word", "title")
_FEWEST_WORDS = 3


def _given(tag: str, *keys: str) -> str:
    """The first of some attributes that a tag gives; empty if it gives none."""
    given = {m[1]: m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag)}
    return next((given[key] for key in keys if given.get(key)), "")


def _term_in_a_line(
    state: StateBlock, lines: tuple[int, int], name: str, tag: str, rest: str, silent: bool
) -> bool:
    """A component that names a term and says in the same line what it is: a box for a definition."""
    end = f"</{name}>"
    words, title = rest.removesuffix(end).strip(), _given(tag, *_NAMES_TERM)
    whole = rest.endswith(end) and end not in words and len(words.split()) >= _FEWEST_WORDS
    if not (_TERM.fullmatch(name) and title and whole):
        return False
    if not silent:
        open_box(state, "definition", title, lines)
        put_paragraph(state, words, lines[1] - 1)
        close_box(state)
        state.line = lines[1]
    return True


def _kind(name: str, tag: str) -> str | None:
    if _TERM.fullmatch(name):
        return "definition" if _given(tag, *_NAMES_TERM) else None
    named = box_kind(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)) or box_kind(name)
    given = next((m[2] or m[3] for m in _ATTRIBUTE.finditer(tag) if m[1] in ("type", "variant", "kind")), "")
    return named and (box_kind(given or "") or named)


# --- running text ------------------------------------------------------------------------------------------


def _inline_tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    is_component = _COMPONENT.match(state.src, state.pos)
    if not is_component and not _ELEMENT.match(state.src, state.pos):
        return False
    end = _tag_end(state, state.pos, state.posMax)
    tag = state.src[state.pos : max(end, state.pos)]
    if end < 0 or (not is_component and "={" not in tag):
        return False
    picture = _PICTURE_FILE.search(tag) if _PICTURE.match(tag) else None
    return put_picture(state, picture[1], "", end, silent) if picture else skip(state, end, silent)


def _inline_expression(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    end = _balanced(state, state.pos, state.posMax)
    if end < 0:
        return False
    match = _STRING.match(state.src, state.pos)
    words = next((g for g in match.groups() if g is not None), "") if match and match.end() == end else ""
    return put_words(state, words, end, silent) if words else skip(state, end, silent)


def install(parser: MarkdownIt) -> None:
    """Reads components, and passes over imports, exports and expressions."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    # Components are indented; code is not told by that.
    parser.disable("code")
    parser.block.ruler.before("fence", "component", _component, {"alt": ends})
    parser.block.ruler.before("fence", "statement", _statement, {"alt": []})
    parser.block.ruler.before("fence", "expression", _expression, {"alt": ends})
    parser.inline.ruler.before("html_inline", "component", _inline_tag)
    parser.inline.ruler.before("link", "expression", _inline_expression)
