"""MDN's lists of definitions: a term in a bullet, and below it a bullet that begins with a colon.

- Ebb
  - : The falling of the tide.
"""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from corpus.dialects.tokens import closings_of


@dataclass(frozen=True, slots=True)
class _Entry:
    """A bullet and the bullet below it that says what it means, by the places of their tokens."""

    item: int
    paragraph: int
    inner_list: int
    inner_item: int


def _definition_lists(state: StateCore) -> None:
    closings = closings_of(state.tokens)
    dropped: set[int] = set()
    for index, token in enumerate(state.tokens):
        if token.type == "bullet_list_open" and index not in dropped:
            entries = _entries(state.tokens, index, closings)
            if entries:
                _become(state.tokens, index, closings, "dl")
                for entry in entries:
                    _define(state.tokens, entry, closings, dropped)
    state.tokens = [token for index, token in enumerate(state.tokens) if index not in dropped]


def _entries(tokens: list[Token], outer: int, closings: dict[int, int]) -> list[_Entry]:
    """The entries of a list, if every bullet in it is one."""
    found = []
    item = outer + 1
    while item < closings[outer]:
        paragraph, inner_list, inner_item = item + 1, item + 4, item + 5
        types = [token.type for token in tokens[item : item + 8]]
        is_entry = (
            types[:2] == ["list_item_open", "paragraph_open"]
            and types[4:7] == ["bullet_list_open", "list_item_open", "paragraph_open"]
            and tokens[item + 7].content.startswith(": ")
            and closings[inner_item] + 1 == closings[inner_list]
            and closings[inner_list] + 1 == closings[item]
        )
        if not is_entry:
            return []
        found.append(_Entry(item, paragraph, inner_list, inner_item))
        item = closings[item] + 1
    return found


def _define(tokens: list[Token], entry: _Entry, closings: dict[int, int], dropped: set[int]) -> None:
    _become(tokens, entry.paragraph, closings, "dt")
    _become(tokens, entry.inner_list, closings, "dd")
    words = tokens[entry.inner_item + 2]
    words.content = words.content.removeprefix(": ")
    dropped.update(n for at in (entry.item, entry.inner_item) for n in (at, closings[at]))


def _become(tokens: list[Token], index: int, closings: dict[int, int], tag: str) -> None:
    for token, side in ((tokens[index], "open"), (tokens[closings[index]], "close")):
        token.type, token.tag, token.hidden = f"{tag}_{side}", tag, False


def install(parser: MarkdownIt) -> None:
    """Reads lists of definitions."""
    parser.core.ruler.after("block", "mdn_definitions", _definition_lists)
