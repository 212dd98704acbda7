"""Obsidian and other wikis: links by name, embeds, comments, marks, tags, ids of blocks.

[[Page]] [[Page#Heading|words]] ![[picture.png|300]] %% a comment %% ==marked== #tag ^id
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline

from corpus.dialects.hidden import inner, put_nothing, put_picture, put_words, skip
from corpus.dialects.lines import line_at
from corpus.wikilinks import wiki_url

# What stands in double brackets has a letter or a date in it and begins and ends with no blank: [[1, 2]] and
# `[[ -f file ]]` are something else, and so are x[[1]] and [[words]](address).
# Formatters that do not know them escape the brackets: \[\[Page\]\].
_OPEN, _CLOSE = r"(?:\[\[|\\\[\\\[)", r"(?:\]\]|\\\]\\\])"
LINK = re.compile(
    rf"{_OPEN}(?![\s\-$&>])(?=[^\[\]\n]*(?:[^\W\d_]|\d{{4}}-\d\d))"
    rf"([^\[\]\n|#^\\]*)((?:[#^][^\[\]\n|\\]*)?)(?:\\?\|([^\[\]\n\\]*))?{_CLOSE}(?!\()"
)
A_LINK = rf"(?<![\w\]\[])!?{LINK.pattern}"
CONTENTS = re.compile(r"\[\[_?toc_?\]\]", re.IGNORECASE)
MARKED = re.compile(r"==(?=[^\s=])([^=\n]*[^\s=])==(?![=\w])")
BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]{3,}[ \t]*(?=\n|\Z)")
TAG = re.compile(r"#([^\W\d][\w/-]*)(?![\w#])")
ONLY_TAGS = re.compile(r"(?:#[^\W\d][\w/-]*(?:\s+|\Z))+\Z")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)\Z", re.IGNORECASE)
_FILE = re.compile(r"\.(?!md\Z|markdown\Z)[A-Za-z0-9]{2,5}\Z")


def _link(state: StateInline, silent: bool) -> bool:
    """A link by name, or an embed, which is a picture or else a link, too."""
    start = state.pos
    embed = state.src[start] == "!"
    at = start + embed
    if not state.src.startswith(("[[", "\\[\\["), at):
        return False
    match = LINK.match(state.src, at)
    if not match or match.end() > state.posMax or (start and (state.src[start - 1].isalnum())):
        return False
    page, below, words = match[1].strip(), match[2], (match[3] or "").strip()
    if embed and _PICTURE.search(page):
        alt, _, size = words.rpartition("|")
        if not re.fullmatch(r"\d+(?:x\d+)?", size):
            alt, size = words, ""
        return put_picture(state, page.replace(" ", "%20"), alt, match.end(), silent, size)
    heading = "" if below[1:].startswith("^") or below.startswith("^") else below.lstrip("#").strip()
    heading = heading.rpartition("#")[2]
    shown = words or _shown(page, heading)
    address = page.replace(" ", "%20") if _FILE.search(page) else wiki_url(page, heading)
    if not shown:
        return skip(state, match.end(), silent)
    return put_words(state, shown, match.end(), silent, address)


# Stands for the bar in a link while a table is cut into cells: no text holds this character.
_BAR = "\0"


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, in which the bar of a link by name divides no cells."""
    written = state.src
    if state.env.get("without bars", ("",))[0] is not written:
        state.env["without bars"] = (written, LINK.sub(lambda m: m[0].replace("|", _BAR), written))
    state.src = state.env["without bars"][1]
    before = len(state.tokens)
    try:
        return table(state, start, end, silent)
    finally:
        state.src = written
        for token in state.tokens[before:]:
            token.content = token.content.replace(_BAR, "|")


def _shown(page: str, heading: str) -> str:
    name = re.sub(r"\.md\Z", "", page.rpartition("/")[2])
    return f"{name} > {heading}" if name and heading else name or heading


def _marked(state: StateInline, silent: bool) -> bool:
    """`==words==`"""
    if not state.src.startswith("==", state.pos) or (state.pos and _is_word(state.src[state.pos - 1])):
        return False
    match = MARKED.match(state.src, state.pos)
    if not match or match.end() > state.posMax:
        return False
    if silent:
        state.pos = match.end()
        return True
    state.push("mark_open", "mark", 1)
    inner(state, match.start(1), match.end(1), match.end())
    state.push("mark_close", "mark", -1)
    return True


def _is_word(character: str) -> bool:
    return character == "=" or character.isalnum()


def _comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2, state.posMax)
    return end > 0 and skip(state, end + 2, silent)


def _comment_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment that begins a line and ends on a later one. (One within a line is part of its paragraph.)"""
    if not state.src.startswith("%%", state.bMarks[start] + state.tShift[start]) or state.env.get("no %%"):
        return False
    if "%%" in line_at(state, start)[2:]:
        if not line_at(state, start).rstrip().endswith("%%") or line_at(state, start).count("%%") != 2:
            return False
        return silent or put_nothing(state, start, start + 1)
    close = next((n for n in range(start + 1, end) if "%%" in line_at(state, n)), None)
    if close is None:
        # Whatever begins further on has no end either.
        state.env["no %%"] = True
        return False
    return silent or put_nothing(state, start, close + 1)


def _block_id(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "^" or (state.pos and not state.src[state.pos - 1].isspace()):
        return False
    match = BLOCK_ID.match(state.src, state.pos)
    return bool(match) and skip(state, match.end() if match else 0, silent)


def _tag(state: StateInline, silent: bool) -> bool:
    """A tag within text is its words; tags that stand by themselves, or behind all that is said, are no
    text."""
    if state.src[state.pos] != "#" or (state.pos and not state.src[state.pos - 1].isspace()):
        return False
    match = TAG.match(state.src, state.pos)
    if not match:
        return False
    said = state.src[: state.pos].rstrip()
    if (not said or said.endswith((".", "!", "?"))) and ONLY_TAGS.match(state.src, state.pos):
        return skip(state, len(state.src), silent)
    return put_words(state, match[1], match.end(), silent)


_A_FOLDED_CALLOUT = re.compile(r"^[ \t]*>[ \t]*\[!\w+\][+-]", re.MULTILINE)
_LINE_OF_TAGS = re.compile(r"\n[ \t]*#[^\W\d][\w/-]*(?:[ \t]+#[^\W\d][\w/-]*){1,20}[ \t]*$", re.MULTILINE)
_AN_ID = re.compile(r"\^(?<=[ \t]\^)(?=[a-z0-9-]*[a-z])[a-z0-9-]{4,}[ \t]*$", re.MULTILINE)
_LINK_ANYWHERE = re.compile(A_LINK)


@lru_cache(maxsize=1)  # several dialects ask
def has_links(prose: str) -> bool:
    """Whether a text has links by name."""
    return ("[[" in prose or "\\[\\[" in prose) and _LINK_ANYWHERE.search(prose) is not None


_LINE_OF_COMMENT = re.compile(r"^[ \t]*%%", re.MULTILINE)


def has_comments(prose: str) -> bool:
    """Whether a text has comments: at the beginning of a line, or in notes with links by name and tags. Two
    signs of per cent within a line of any other text are just that."""
    return _LINE_OF_COMMENT.search(prose) is not None or has_tags(prose)


def has_tags(prose: str) -> bool:
    """Whether a text before which a line ends has tags or ids of blocks: lines of them, or signs of the
    programs that have both."""
    return (
        has_links(prose)
        or ("[!" in prose and _A_FOLDED_CALLOUT.search(prose) is not None)
        or _LINE_OF_TAGS.search(prose) is not None
        or ("^" in prose and _AN_ID.search(prose) is not None)
    )


def install_links(parser: MarkdownIt) -> None:
    """Reads links by name and embeds."""
    parser.inline.ruler.before("escape", "wiki_link", _link)
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def install_marks(parser: MarkdownIt) -> None:
    """Reads marked words."""
    parser.inline.ruler.before("link", "marked", _marked)


def install_comments(parser: MarkdownIt) -> None:
    """Passes over comments."""
    parser.inline.ruler.before("link", "comment", _comment)
    parser.block.ruler.before(
        "fence", "comment", _comment_lines, {"alt": ["paragraph", "blockquote", "list"]}
    )


TEMPLATE = re.compile(r"<%[\s\S]{0,2000}?%>")


def _template(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<%", state.pos):
        return False
    match = TEMPLATE.match(state.src, state.pos)
    return bool(match) and skip(state, match.end() if match else 0, silent)


def install_templates(parser: MarkdownIt) -> None:
    """Passes over what a template fills in."""
    parser.inline.ruler.before("html_inline", "template", _template)


def install_tags(parser: MarkdownIt) -> None:
    """Reads tags and passes over the ids of blocks."""
    parser.inline.ruler.before("link", "tag", _tag)
    parser.inline.ruler.before("link", "block_id", _block_id)
