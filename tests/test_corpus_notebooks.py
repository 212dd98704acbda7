"""Jupyter notebooks as Markdown, with the lines of their file."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import read_document
from corpus.model import Document
from corpus.notebooks import notebook_text


def notebook(*cells: tuple[str, str], indent: int | None = 1) -> str:
    """A notebook as Jupyter saves it: cells are of a kind and a text."""
    written = [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)} for kind, text in cells
    ]
    meta = {"language_info": {"name": "python"}}
    return json.dumps({"cells": written, "metadata": meta, "nbformat": 4}, indent=indent, ensure_ascii=False)


def read(source: str) -> Document:
    text = notebook_text(source)
    assert text is not None
    assert len(text.text.split("\n")) == len(text.line_numbers)
    return read_document(text.text, "tides.ipynb", line_numbers=text.line_numbers)


def test_cells_are_text_and_code() -> None:
    text = notebook_text(
        notebook(("markdown", "# Tides\n\nUp."), ("code", "print(1)\n"), ("raw", "left out"))
    )
    assert text is not None
    assert text.text.split("\n")[:2] == ["# Tides", ""]
    assert "~~~~~~~~python\nprint(1)" in text.text
    assert "left out" not in text.text


def test_a_definition_has_the_lines_of_the_file() -> None:
    source = notebook(
        ("markdown", "# Tides\n"), ("code", "x = 1\n"), ("markdown", "## Ebb\n\nThe falling of the tide.")
    )
    (definition,) = read(source).definitions
    file_lines = source.split("\n")
    assert definition.term == "Ebb"
    assert "## Ebb" in file_lines[definition.location.first_line - 1]
    assert "The falling" in file_lines[definition.location.last_line - 1]


def test_the_same_words_twice_are_found_where_they_stand() -> None:
    source = notebook(
        ("markdown", "Words.\n\n**Ebb**: the falling tide."),
        ("markdown", "Words.\n\n**Flood**: the rising tide."),
    )
    file_lines = source.split("\n")
    for definition in read(source).definitions:
        assert definition.term in file_lines[definition.location.first_line - 1]


def test_accents_and_quotes_are_found_as_json_writes_them() -> None:
    source = json.dumps(
        {
            "cells": [{"cell_type": "markdown", "source": ['**Größe**: a measure of "how large" it is.']}],
            "metadata": {},
        },
        indent=1,
    )
    assert "\\u00f6" in source
    (definition,) = read(source).definitions
    assert "Gr\\u00f6\\u00dfe" in source.split("\n")[definition.location.first_line - 1]


def test_code_is_a_snippet_in_the_notebooks_language_and_defines_nothing() -> None:
    found = read(notebook(("markdown", "# Tides"), ("code", "# Ebb is a tide\nx = 1")))
    assert [(s.language, s.code) for s in found.snippets] == [("python", "# Ebb is a tide\nx = 1\n")]
    assert found.definitions == ()


def test_a_cell_in_one_string_and_a_file_in_one_line() -> None:
    source = json.dumps(
        {"cells": [{"cell_type": "markdown", "source": "# Tides\n\n**Ebb**: the falling tide."}]}
    )
    found = read(source)
    assert [(d.term, d.location.first_line) for d in found.definitions] == [("Ebb", 1)]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"cells": 3}',
        '{"cells": [3]}',
        '{"cells": [{"cell_type": "markdown"}]}',
        '{"cells": [], "metadata": []}',
        "[" * 100_000,
        "null",
    ],
)
def test_what_is_no_notebook_is_none(source: str) -> None:
    assert notebook_text(source) is None


@pytest.mark.parametrize("source", [3, None, [None, 3], {"a": 1}])
def test_a_cell_with_a_strange_text_is_read_as_far_as_it_goes(source: object) -> None:
    assert notebook_text(json.dumps({"cells": [{"cell_type": "markdown", "source": source}]})) is not None


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from(["markdown", "code", "raw"]), st.text(max_size=30)), max_size=5),
    st.sampled_from([None, 1]),
)
def test_lines_never_lead_out_of_the_file_nor_backwards(
    cells: list[tuple[str, str]], indent: int | None
) -> None:
    source = notebook(*cells, indent=indent)
    text = notebook_text(source)
    assert text is not None
    assert len(text.text.split("\n")) >= len(text.line_numbers)
    assert all(1 <= n <= len(source.split("\n")) for n in text.line_numbers)
    assert list(text.line_numbers) == sorted(text.line_numbers)


@given(st.text(max_size=100))
def test_any_text_is_read_without_raising(source: str) -> None:
    assert notebook_text(source) is None or source.strip()


def test_front_matter_in_the_first_cell_is_read_raw_or_not() -> None:
    for kind in ("raw", "markdown"):
        cells = ((kind, "---\ntitle: Ebb\nlang: [\n---"), ("markdown", "The falling of the tide."))
        source = notebook(*cells)
        document = read(source)
        assert document.title == "Ebb"
        (bad,) = document.problems
        assert bad.code == "bad-front-matter"
        assert bad.location.first_line in range(1, source.count("\n"))


def test_a_notebook_of_old_with_work_sheets_is_read() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Ebb"]},
        {"cell_type": "markdown", "source": ["The falling of the tide."]},
        {"cell_type": "code", "input": ["print(1)"], "language": "python"},
    ]
    document = read(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}, indent=1))
    assert [d.term for d in document.definitions] == ["Ebb"]
    assert [s.code.strip() for s in document.snippets] == ["print(1)"]


def test_a_notebook_on_one_line_is_read_in_time() -> None:
    cells = [
        ("markdown", f"**Thing {n}**: a thing with the number {n}.\n\nWords/{n}.\n") for n in range(4000)
    ]
    source = notebook(*cells, indent=None).replace("/", "\\/")
    text = notebook_text(source)
    assert text is not None
    assert set(text.line_numbers) == {1}
