"""Why a line is read as it is: every rule can say why it took nothing, and what it took is what was read."""

import json
from pathlib import Path

import pytest
from cases import Case, load
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import NOTES, document, of_file

from corpus.definitions import RULES
from corpus.definitions.refusals import REFUSALS, needs
from corpus.explaining import LineReading, Place, explain_line
from corpus.files import SourceFile, survey
from corpus.reading import read_surveyed

CASES = load("explain.md")


def reading_of(text: str, line: int, path: str = "notes.md") -> LineReading:
    return explain_line(SourceFile(path, text, ""), document(text, path), line)


def of_case(case: Case) -> LineReading:
    line, text = case.input.split(" ", 1)
    text, path = of_file(text)
    return reading_of(text, int(line), path)


def shown(reading: LineReading) -> str:
    """A reading as the cases show it."""
    place = reading.location
    lines = [f"{reading.place}, {place.first_line}-{place.last_line}"]
    for look in reading.looks:
        if look.looked:
            what = ", ".join(look.terms) or look.reason
            lines.append(f"{'+' if look.terms else '-'} {look.style}: {what}")
    return "\n".join([*lines, reading.remark] if reading.remark else lines)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_explanations(case: Case) -> None:
    case.check(shown(of_case(case)))


def test_every_rule_can_explain_a_refusal_and_a_case_shows_it() -> None:
    rules = [(style, rule) for style, rules in RULES.items() for rule, _ in rules]
    assert set(REFUSALS) <= {rule for _, rule in rules}
    refused = set()
    for case in CASES:
        looks = of_case(case).looks
        for (_, rule), look in zip(rules, looks, strict=bool(looks)):
            if look.looked and not look.terms:
                refused.add(rule)
    assert set(REFUSALS) - refused == set()


def test_every_rule_says_in_a_sentence_what_it_reads() -> None:
    sentences = [needs(rule) for rules in RULES.values() for rule, _ in rules]
    assert [sentence for sentence in sentences if not sentence.endswith(".")] == []
    assert len(set(sentences)) == len(sentences)


@given(NOTES, st.integers(0, 60))
@settings(max_examples=150)
def test_what_is_said_to_be_taken_at_a_line_is_what_was_read_there(text: str, at: int) -> None:
    count = max(1, len(text.split("\n")))
    line = min(count, at + 1)
    reading = reading_of(text, line)
    assert 1 <= reading.location.first_line <= line <= reading.location.last_line <= count
    read = {
        (d.style, d.term)
        for d in document(text).definitions
        if d.location.first_line <= line <= d.location.last_line
    }
    taken = {(look.style, term) for look in reading.looks for term in look.terms}
    assert taken <= read
    assert all(bool(look.terms) != bool(look.reason) for look in reading.looks)
    if reading.place in (Place.PARAGRAPH, Place.HEADING):
        assert taken == read


def test_a_line_of_a_notebook_is_the_line_of_its_file(tmp_path: Path) -> None:
    cells = [
        {
            "cell_type": "markdown",
            "source": ["## Ebb\n", "\n", "The falling of the tide, each day."],
            "metadata": {},
        }
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "tides.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    found = survey([tmp_path])
    lines = found.files[0].text.split("\n")
    line = next(n for n, words in enumerate(lines, 1) if "falling" in words)
    reading = explain_line(found.files[0], read_surveyed(found).documents[0], line)
    assert (reading.place, reading.text) == (Place.PARAGRAPH, "The falling of the tide, each day.")
    assert [look.terms for look in reading.looks if look.terms] == [("Ebb",)]


BOXED = (
    "# Sea\n\n::: note\n\n## Ebb\n\nThe falling of the tide.\n\n:::\n\n- one\n\n  ## Flood\n\n  Its rising.\n"
)


@pytest.mark.parametrize(
    ("line", "place", "lines"), [(3, Place.BOX, (3, 9)), (9, Place.BOX, (3, 9)), (12, Place.BULLET, (11, 15))]
)
def test_a_line_of_a_box_or_a_list_is_part_of_it(line: int, place: Place, lines: tuple[int, int]) -> None:
    reading = reading_of(BOXED, line)
    assert (reading.place, (reading.location.first_line, reading.location.last_line)) == (place, lines)


def test_front_matter_of_a_notebook_ends_where_it_ends_in_the_file(tmp_path: Path) -> None:
    matter = ["---\n", "title: Ebb\n", "objectives:\n", "  - Tell the ebb from the flood\n", "---"]
    sources = [matter, ["The falling of the tide, each day."]]
    cells = [{"cell_type": "markdown", "source": source, "metadata": {}} for source in sources]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "tides.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    found = survey([tmp_path])
    read = read_surveyed(found).documents[0]
    lines = found.files[0].text.split("\n")
    (objective,) = read.objectives
    stated = lines[objective.location.first_line - 1 : objective.location.last_line]
    assert any(objective.text in line for line in stated)
    assert not any("falling" in line for line in stated)
    places = [explain_line(found.files[0], read, n).place for n, line in enumerate(lines, 1) if "Ebb" in line]
    assert places == [Place.FRONT_MATTER]
    falling = next(n for n, line in enumerate(lines, 1) if "falling" in line)
    assert explain_line(found.files[0], read, falling).place is Place.PARAGRAPH
