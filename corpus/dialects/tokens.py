"""What rules over the whole list of tokens share."""

from collections.abc import Sequence

from markdown_it.token import Token


def closings_of(tokens: Sequence[Token]) -> dict[int, int]:
    """Which token closes each opening one, paired in one pass."""
    closings: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            opened.append(index)
        elif token.nesting == -1 and opened:
            closings[opened.pop()] = index
    # Where nesting is deeper than the parser goes, it leaves what is inside unread.
    closings.update((index, len(tokens) - 1) for index in opened)
    return closings
