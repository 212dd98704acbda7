"""GitHub: alerts (and the callouts of Obsidian, which have the same shape), task lists, `math` in fences.

> [!NOTE]              > [!info]- A title, folded
> A quiet box.         > Another.

- [x] a task
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from corpus.dialects.boxes import heading_of_box, make_box, tag_of
from corpus.dialects.hidden import skip

CALLOUT = re.compile(r"\\?\[!(\w[\w-]*)(?:\|[^\]\n]*)?\\?\]([+-]?)[ \t]*([^\n]*)\n?")
STATES = " xX/<>!?*-"  # open, done, and what tasks can be besides in Obsidian
TASK = re.compile(rf"\[[{STATES}]\]\s")


def _callouts(state: StateCore) -> None:
    """Quotes that begin with [!kind] become boxes."""
    if not any(t.type == "blockquote_open" for t in state.tokens):
        return
    read: list[Token] = []
    folded: list[bool | None] = []
    index = 0
    tokens = state.tokens
    while index < len(tokens):
        token = tokens[index]
        if token.type == "blockquote_open":
            match = callout_at(tokens, index)
            folded.append(None if match is None else match[2] == "-")
            read.append(token)
            if match:
                index += _opened(tokens, index, match, read)
        elif token.type == "blockquote_close":
            was = folded.pop()
            if was is not None:
                token.type, token.tag = "box_close", tag_of(was)
            read.append(token)
        else:
            read.append(token)
        index += 1
    state.tokens = read


def callout_at(tokens: list[Token], index: int) -> re.Match[str] | None:
    """The sign of a callout in the quote that begins at a token, if it is one."""
    following = tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].type != "paragraph_open":
        return None
    return CALLOUT.match(following[1].content)


def _opened(tokens: list[Token], index: int, match: re.Match[str], read: list[Token]) -> int:
    """Puts the tokens of a callout's title; how many tokens of its first paragraph are used up by it."""
    box, paragraph, words = tokens[index : index + 3]
    is_folded = match[2] == "-"
    make_box(box, match[1].lower(), is_folded)
    line = (words.map or [0])[0]
    read.extend(heading_of_box(box.info, match[3], line, box.level + 1, is_folded))
    words.content = words.content[match.end() :]
    if not words.content.strip():
        return 3
    for token in (paragraph, words):
        if token.map:
            token.map = [token.map[0] + 1, token.map[1]]
    return 0


def _task(state: StateInline, silent: bool) -> bool:
    """The check box at the beginning of a task."""
    if state.pos or state.src[0] != "[":
        return False
    match = TASK.match(state.src)
    if not match or "X" in state.env.get("references", ()):
        return False
    done = match[0][1] in "xX"
    skip(state, match.end(), silent)
    if not silent:
        box = state.push("task_box", "", 0)
        box.content = "☑ " if done else "☐ "
    return True


# `:name:` between blanks or marks; `:role:` before a back tick is something else.
_NAME_OF_EMOJI = r"(?!\d)[a-z0-9_+-]{2,40}:(?=[\s.,;!?)\]*_]|\Z)"
EMOJI = re.compile(rf":{_NAME_OF_EMOJI}")
AN_EMOJI = rf":(?:(?<=[\s(\[*_]:)|(?<=^:)){_NAME_OF_EMOJI}"


def _emoji(state: StateInline, silent: bool) -> bool:
    """`:sailboat:` is a picture, not a word."""
    if state.src[state.pos] != ":" or (state.pos and state.src[state.pos - 1] not in " \t\n([*_"):
        return False
    match = EMOJI.match(state.src, state.pos)
    return bool(match) and skip(state, match.end() if match else 0, silent)


def install_emoji(parser: MarkdownIt) -> None:
    """Passes over the names of emoji."""
    parser.inline.ruler.before("escape", "emoji", _emoji)


def install_callouts(parser: MarkdownIt) -> None:
    """Reads alerts and callouts."""
    parser.core.ruler.after("block", "callouts", _callouts)


def install_tasks(parser: MarkdownIt) -> None:
    """Reads task lists."""
    parser.inline.ruler.before("link", "task", _task)
    parser.add_render_rule("task_box", lambda _self, tokens, i, *_: tokens[i].content)
