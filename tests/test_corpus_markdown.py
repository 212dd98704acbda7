"""Markdown as blocks with plain text and lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import NOTES, collapsed

from corpus.blocks import Block
from corpus.inlines import plain_text
from corpus.markdown import parse


def check_blocks(text: str, *expected: str) -> None:
    """Kind, lines and plain text of every block, outermost first."""
    assert [described(b) for top in parse(text).blocks for b in top.walk()] == list(expected)


def described(block: Block) -> str:
    words = f" {block.inline.text!r}" if block.inline else f" {block.text!r}" if block.text else ""
    return f"{block.kind} {block.first_line}-{block.last_line}{words}"


def test_blocks_have_the_lines_of_the_source() -> None:
    check_blocks(
        "# Sea\n\nUp and\ndown.\n\n---\n", "heading 1-1 'Sea'", "paragraph 3-4 'Up and\\ndown.'", "rule 6-6"
    )


def test_lists_hold_items_that_hold_blocks() -> None:
    check_blocks(
        "- one\n\n  more\n- two\n",
        "list 1-4",
        "item 1-3",
        "paragraph 1-1 'one'",
        "paragraph 3-3 'more'",
        "item 4-4",
        "paragraph 4-4 'two'",
    )


def test_definition_lists_tables_quotes_and_mathematics() -> None:
    check_blocks(
        "Ebb\n: falls\n\n> said\n\n$$\nx\n$$\n",
        "term-list 1-2",
        "term 1-1 'Ebb'",
        "details 2-2",
        "paragraph 2-2 'falls'",
        "quote 4-4",
        "paragraph 4-4 'said'",
        "math 6-8 '\\nx\\n'",
    )
    check_blocks("| a |\n|---|\n| b |\n", "table 1-3", "row 1-1", "cell 1-1 'a'", "row 3-3", "cell 3-3 'b'")


def test_html_ends_where_its_tags_are_closed_if_a_list_heading_or_fence_follows() -> None:
    check_blocks(
        "<p>\n<img src='a.png'>\n</p>\n* ebb\n",
        "html 1-3 \"<p>\\n<img src='a.png'>\\n</p>\\n\"",
        "list 4-4",
        "item 4-4",
        "paragraph 4-4 'ebb'",
    )
    check_blocks("<p>a</p>\n## Ebb\n", "html 1-1 '<p>a</p>\\n'", "heading 2-2 'Ebb'")


def test_html_that_is_still_open_goes_on() -> None:
    check_blocks("<div>\n* ebb\n</div>\n", "html 1-3 '<div>\\n* ebb\\n</div>\\n'")


def test_headings_in_html_are_headings() -> None:
    check_blocks(
        '<div>\n<h2 id="x">The <b>ebb</b></h2>\n</div>\n',
        "heading 2-2 'The ebb'",
        "html 1-3 '<div>\\n<h2 id=\"x\">The <b>ebb</b></h2>\\n</div>\\n'",
    )


def test_prices_are_no_mathematics() -> None:
    (block,) = parse("It costs $5 or $6.").blocks
    assert block.inline is not None
    assert block.inline.masked == ()


def test_line_numbers_may_be_those_of_another_file() -> None:
    first, second = parse("one\n\ntwo", [7, 7, 9]).blocks
    assert (first.first_line, second.first_line) == (7, 9)


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Ebb** of the [sea](x.md)", "Ebb of the sea"),
        ("`code` &amp; *more*", "code & more"),
        ("two\nlines", "two lines"),
        ("a \\* b", "a * b"),
        ("a <b>bold</b> one", "a bold one"),
        ("![picture](x.png) words", "words"),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_reader_sees(markdown: str, words: str) -> None:
    assert plain_text(markdown) == words


@pytest.mark.parametrize(
    "fence",
    [
        'py title="a<b.py" hl_lines="1"',
        "js {1} filename='a<b.py'",
        '{.python filename="a<b.py"}',
        '{python} title="a<b.py"',
    ],
)
def test_code_is_shown_below_its_name(fence: str) -> None:
    read = parse(f"```{fence}\nx\n```\n")
    assert read.html(read.blocks).startswith('<p class="code-title">a&lt;b.py</p>\n<pre><code')


def test_a_few_words_are_shown_as_their_text_means_them() -> None:
    read = parse("import a from 'b'\n\n# Sea\n\n[t]: tide.md\n\nx[^1]\n\n[^1]: A note.\n")
    assert read.inline_html("the *ebb* {/* so */}of") == "the <em>ebb</em> of"
    assert read.inline_html("the [tide][t]") == 'the <a href="tide.md">tide</a>'
    assert read.inline_html("x[^1]").startswith(
        'x<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a>'
    )
    assert "A note" not in read.inline_html("x[^1]")


@settings(max_examples=60)
@given(NOTES)
def test_any_text_is_read_and_every_block_lies_in_it_and_in_its_parent(text: str) -> None:
    markdown = parse(text)
    last = len(text.split("\n"))
    for top in markdown.blocks:
        for block in top.walk():
            assert 1 <= block.first_line <= block.last_line <= last
            for child in block.children:
                assert block.first_line <= child.first_line <= child.last_line <= block.last_line
    assert isinstance(markdown.html(markdown.blocks), str)


@settings(max_examples=60)
@given(st.text())
def test_any_characters_at_all_are_read_without_raising(text: str) -> None:
    markdown = parse(text)
    markdown.html(markdown.blocks)
    assert collapsed(plain_text(text)) == plain_text(text)
