"""Quotes: the words as they stand in the source, and their lines."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import NOTES, document, lines, source_lines

from corpus.inlines import plain_text
from corpus.markdown import parse
from corpus.quoting import quoted, source_range, stands_in
from corpus.sentences import sentences


def check_quote(text: str, words: str, quote: str, where: str) -> None:
    """The quote of these words of the (only) passage, and its lines."""
    (passage,) = document(text).sections[0].passages
    start = passage.text.index(words)
    found, place, seen = quoted(passage, start, start + len(words))
    assert (found, lines(place), seen or found) == (quote, where, " ".join(words.split()))


def test_a_quote_keeps_its_markdown() -> None:
    check_quote(
        "The **ebb** is [low](low.md). More.", "The ebb is low.", "The **ebb** is [low](low.md).", "1-1"
    )


def test_a_quote_has_the_lines_it_stands_on() -> None:
    check_quote("One here.\nTwo\nhere. Three.", "Two\nhere.", "Two here.", "2-3")


def check_source(markdown: str, words: str, source: str) -> None:
    """These words of the plain text stand in the Markdown like this."""
    (block,) = parse(markdown).blocks
    assert block.inline is not None
    start = block.inline.text.index(words)
    low, high = source_range(block.inline.raw, block.inline.text, start, start + len(words))
    assert block.inline.raw[low:high] == source


def test_the_way_back_to_the_source() -> None:
    check_source("The **ebb** of the [sea](sea.md) falls.", "ebb of the sea", "**ebb** of the [sea](sea.md)")
    check_source("See [sea](sea.md), the sea is cold.", "the sea is cold.", "the sea is cold.")
    check_source("Plain words.", "words", "words")
    check_source("The [[Sea tide|tide]] of the sea.", "tide of", "[[Sea tide|tide]] of")
    check_source("The [low water]{.water} at sea.", "water at", "[low water]{.water} at")
    check_source("A `dim` of *rank* two.", "rank two", "*rank* two.")


@settings(max_examples=60)
@given(NOTES)
def test_every_sentence_can_be_quoted_and_the_quote_stands_in_its_lines(text: str) -> None:
    notes = {"notes.md": text}
    for section in document(text).sections:
        for passage in section.passages:
            for start, end in sentences(passage.text):
                quote, place, _ = quoted(passage, start, end)
                assert 1 <= place.first_line <= place.last_line <= len(text.split("\n"))
                assert stands_in(quote, source_lines(notes, place))


PIECES = {
    "A {{< tooltip text='low tide' >}} is an ebb.": "A low tide is an ebb.",
    "Of the {term}`tide` it is part.": "Of the tide it is part.",
    "The [ebb]{.small #ebb} is low water": "The ebb is low water",
    "high&nbsp;tides &mdash; and low": "high tides — and low",
    "a [[Tide|high tide]]": "a high tide",
    "an <i>ebb</i><br>is low": "an ebb is low",
}


@pytest.mark.parametrize("written", PIECES)
def test_a_quote_cuts_nothing_in_two_and_reads_as_words(written: str) -> None:
    """Whichever words of a passage are quoted, what reads as a few words stays in one piece."""
    (passage,) = document(f"{written}\n").sections[0].passages
    assert plain_text(written) == PIECES[written]
    words = [match.span() for match in re.finditer(r"\w+", passage.text)]
    for start, _ in words:
        for _, end in words:
            if start < end:
                quote, _, _ = quoted(passage, start, end)
                shown = plain_text(quote)
                assert passage.text[start:end].split()[0] in shown
                assert not re.search(r"[{}\[\]<>`&|]|text=", shown)


def test_code_in_angle_brackets_keeps_its_marks_at_both_ends() -> None:
    (passage,) = document("One token stands for it, here `<ebb>`.\n\n").sections[0].passages
    assert quoted(passage, 0, len(passage.text))[0] == "One token stands for it, here `<ebb>`."
    at = passage.text.index("ebb")
    assert quoted(passage, at, at + 3)[0] == "`<ebb>`."


def test_marks_of_quotations_are_no_part_of_a_quote() -> None:
    lines = ["> **Spring tide**: a tide", "> that is high."]
    assert stands_in("a tide that is high.", lines)
    assert stands_in("> **Spring", lines)
    assert not stands_in("a tide that is low.", lines)
    assert stands_in("a <b> tide", ["a <b>", ">> tide"])


@settings(max_examples=60)
@given(NOTES, st.data())
def test_the_way_back_stays_in_the_source(text: str, data: st.DataObject) -> None:
    for block in (b for top in parse(text).blocks for b in top.walk() if b.inline):
        assert block.inline is not None
        end = data.draw(st.integers(0, len(block.inline.text)))
        low, high = source_range(block.inline.raw, block.inline.text, end // 2, end)
        assert 0 <= low <= high <= len(block.inline.raw)


def test_a_quote_runs_down_a_column_only_where_a_table_is_drawn() -> None:
    rows = ["| Ebb  | The falling |", "|      | of the tide. |"]
    assert not stands_in("The falling of the tide.", rows)
    border = "+------+--------------+"
    assert stands_in("The falling of the tide.", rows, around=[border, border])
    assert stands_in("The falling of the tide.", [border, *rows, border])
