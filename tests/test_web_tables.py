"""CSV files, read back by the csv module, and what a spreadsheet makes of them."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from served_notes import build, library_of

from corpus import sample_folder
from web.exports.tables import CONCEPTS, DEFINITIONS, PREREQUISITES, _cell, as_tables
from web.model import Dump


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Dump:
    return library_of(build(sample_folder(), tmp_path_factory.mktemp("tables"))).dump()


def rows(table: bytes) -> list[list[str]]:
    """What a program reads that knows the mark at the beginning, as Excel does."""
    assert table.startswith(b"\xef\xbb\xbf")
    assert table.count(b"\r\n") >= 1
    return list(csv.reader(StringIO(table.decode("utf-8-sig"), newline="")))


def test_every_concept_definition_and_prerequisite_has_its_row(dump: Dump) -> None:
    tables = {name: rows(table) for name, table in as_tables(dump).items()}
    heads = [table[0] for table in tables.values()]
    assert heads == [list(CONCEPTS), list(DEFINITIONS), list(PREREQUISITES)]
    concepts = [concept for concept, _ in dump.concepts]
    counted = {
        "concepts.csv": len(concepts),
        "definitions.csv": sum(len(concept.definitions) for concept in concepts),
        "prerequisites.csv": len(dump.prerequisites),
    }
    assert {name: len(table) - 1 for name, table in tables.items()} == counted
    for table in tables.values():
        assert {len(row) for row in table} == {len(table[0])}
    assert [row[1] for row in tables["concepts.csv"][1:]] == [concept.pref_label for concept in concepts]
    softmax = next(row for row in tables["prerequisites.csv"] if row[:3:2] == ["logits", "softmax"])
    assert softmax[6].startswith("A function that turns a vector of logits")


def test_no_cell_of_hostile_notes_is_computed(dump: Dump) -> None:
    (concept, kinds), *_ = dump.concepts
    said = replace(concept.definitions[0], term="@SUM", text='=HYPERLINK("http://example.org"), "x"\n-1')
    hostile = replace(concept, pref_label="@SUM", alt_labels=("+1", "-1"), definitions=(said,))
    tables = as_tables(replace(dump, concepts=((hostile, kinds), *dump.concepts[1:])))
    cells = [cell for table in tables.values() for row in rows(table) for cell in row]
    assert {"'@SUM", "'+1; -1", """'=HYPERLINK("http://example.org"), "x"\n-1"""} <= set(cells)
    assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")] == []


@given(st.text())
def test_any_cell_is_read_back_and_never_a_formula(words: str) -> None:
    cell = _cell(words)
    written = StringIO(newline="")
    csv.writer(written).writerow(["x", cell])
    assert next(csv.reader(StringIO(written.getvalue(), newline=""))) == ["x", cell]
    assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r＝＋－＠"))
