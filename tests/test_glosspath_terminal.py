"""What reaches a terminal: safe words, aligned columns, no blanks at line ends."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glosspath.terminal import columns, complain, marked, one_line, say, text


@given(st.text())
def test_no_control_character_reaches_a_terminal(words: str) -> None:
    shown = one_line(words).plain
    assert not [
        c for c in shown if unicodedata.category(c) == "Cc" or unicodedata.bidirectional(c) in {"RLO", "LRO"}
    ]


def test_escape_sequences_of_notes_are_shown_and_not_obeyed() -> None:
    assert text("\x1b]0;owned\x07 tensor").plain == "\ufffd]0;owned\ufffd tensor"


def test_a_snippet_is_unescaped_and_what_was_found_is_bold() -> None:
    shown = marked("if a &lt; b: the <mark>loss</mark>\n grows")
    assert shown.plain == "if a < b: the loss grows"
    assert [(shown.plain[span.start : span.end], str(span.style)) for span in shown.spans] == [
        ("loss", "bold")
    ]


def test_markup_like_words_are_printed_as_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    say(text("[red]not markup[/red] :smile:"))
    assert capsys.readouterr().out == "[red]not markup[/red] :smile:\n"


def test_piped_columns_are_aligned_never_cut_and_end_without_blanks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    long = "word " * 60
    say(columns([(text("a"), text(long.strip()), text("1")), (text("bcd"), text("x"), text(""))]))
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"a    {long.strip()}  1"
    assert second == "bcd  x"


def test_a_complaint_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    complain("There is no 'x\ny'.\n Did you mean 'xy'?")
    assert capsys.readouterr() == ("", "glosspath: There is no 'x y'. Did you mean 'xy'?\n")
