"""Every example of the CommonMark and GitHub specifications, read as notes."""

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from texts import document

DATA = Path(__file__).parent / "data" / "markdown-specifications.json"


@dataclass(frozen=True)
class Example:
    """An example of a specification: its Markdown, and the HTML that it stands for."""

    name: str
    markdown: str
    html: str


EXAMPLES = [
    Example(f"{row['from']} {row['example']}", row["markdown"], row["html"])
    for row in json.loads(DATA.read_text(encoding="utf-8"))
]


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def headings(markup: str) -> list[tuple[int, str]]:
    return [(int(level), words(text)) for level, text in re.findall(r"(?s)<h([1-6])>(.*?)</h\1>", markup)]


def code(markup: str) -> list[str]:
    blocks = re.findall(r"(?s)<pre><code[^>]*>(.*?)</code></pre>", markup)
    return [html.unescape(block) for block in blocks]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_an_example_is_read_and_every_place_lies_in_it(example: Example) -> None:
    read = document(example.markdown)
    lines = example.markdown.count("\n") + 1
    for section in read.sections:
        places = [section.location, *(p.location for p in section.passages)]
        assert all(1 <= place.first_line <= place.last_line <= lines for place in places)


# A heading inside a quotation or a list item begins no section: what it stands over is part of the item.
IN_QUOTES_AND_LISTS = {f"CommonMark 0.31.2 {n}" for n in (228, 229, 230, 232, 300)}
# A heading without words goes by its anchor.
WITHOUT_WORDS = {"CommonMark 0.31.2 79"}
# A fence right under an open tag is HTML by the letter; no author means that: we read the code that it is.
SWALLOWED_BY_HTML = {"CommonMark 0.31.2 161"}


def test_headings_are_those_of_the_specifications() -> None:
    differing = {
        e.name
        for e in EXAMPLES
        if [(s.level, s.title) for s in document(e.markdown).sections if s.level] != headings(e.html)
    }
    assert differing == IN_QUOTES_AND_LISTS | WITHOUT_WORDS


def test_code_is_that_of_the_specifications() -> None:
    differing = {e.name for e in EXAMPLES if [s.code for s in document(e.markdown).snippets] != code(e.html)}
    assert differing == SWALLOWED_BY_HTML
