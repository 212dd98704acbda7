"""docs/searching.md against the program: its queries find first what it says, its bounds are the code's."""

import re
from pathlib import Path

import pytest
from served_notes import build

from corpus import sample_folder
from indexer import Snapshot, open_snapshot
from indexer.compiling import MOST_EXPANSIONS
from indexer.model import Cut
from indexer.queries import LONGEST_QUERY, MOST_TERMS

DOCS = (Path(__file__).parent.parent / "docs" / "searching.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| .+ \| (.+) \|$", DOCS, re.MULTILINE)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_snapshot(build(sample_folder(), tmp_path_factory.mktemp("searching")))


@pytest.mark.parametrize(("query", "first"), ROWS)
def test_a_query_finds_first_what_the_table_says(snapshot: Snapshot, query: str, first: str) -> None:
    assert snapshot.search(query).hits[0].title == first


def test_every_sign_of_the_language_is_in_the_table() -> None:
    signs = ('"', "-", " OR ", " AND ", "(", "title:", "label:", "kind:", "lesson:", "*", "~")
    assert all(any(sign in query for query, _ in ROWS) for sign in signs)


def test_the_bounds_are_those_of_the_code() -> None:
    assert f"{LONGEST_QUERY} characters and {MOST_TERMS} words" in DOCS
    assert f"at most {MOST_EXPANSIONS} words for one" in DOCS
    assert all(f"`{cut}`" in DOCS for cut in Cut)
