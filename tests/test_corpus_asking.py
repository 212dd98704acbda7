"""Asking only the rules that can take what begins at a place reads the same as asking all of them."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus import parser as parsing
from corpus.dialects import DIALECTS
from corpus.dialects.asking import LINES, MARKS, ask_by_sign
from corpus.dialects.math import dollars

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

from fuzz import PIECES

NAMES = tuple(dialect.name for dialect in DIALECTS)


def parsers(dialects: tuple[str, ...]) -> tuple[MarkdownIt, MarkdownIt]:
    """The parser of these dialects, and one that asks all of its rules."""
    quick = parsing.parser_for(dialects)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "ask_by_sign", lambda _parser: None)
        return quick, parsing.parser_for.__wrapped__(dialects)


def tokens(parser: MarkdownIt, text: str) -> list[Token]:
    return parser.parse(text, {})


@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join),
    st.sampled_from([(), NAMES, *((name,) for name in NAMES)]),
)
@settings(max_examples=400, deadline=None)
def test_a_text_has_the_same_tokens_when_all_rules_are_asked(text: str, dialects: tuple[str, ...]) -> None:
    by_sign, by_all = parsers(dialects)
    assert tokens(by_sign, text) == tokens(by_all, text)


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_that_comes_again_and_again_has_the_same_tokens(piece: str) -> None:
    by_sign, by_all = parsers(NAMES)
    assert tokens(by_sign, piece * 50) == tokens(by_all, piece * 50)


def test_every_rule_of_every_dialect_says_how_it_begins() -> None:
    _, parser = parsers(NAMES)
    guarded = {"table", "deflist", "lheading", "paragraph"}
    # MDX has no code that is told by its indentation.
    assert {*parser.block.ruler.get_active_rules(), "code"} == {*LINES, *guarded}
    assert set(parser.inline.ruler.get_active_rules()) == {*MARKS, "text"}


def test_a_rule_that_says_nothing_is_asked_everywhere() -> None:
    parser = MarkdownIt()
    parser.inline.ruler.push("money", dollars)
    assert "money" not in MARKS
    ask_by_sign(parser)
    assert [token.type for token in parser.parseInline("so $x$")[0].children or ()] == ["text", "math_inline"]
