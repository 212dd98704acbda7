"""What an author says in glosspath.toml, and pages in another language, as readers and programs see them."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from served_notes import build, client_of

from glosspath.__main__ import run

SETTINGS = """\
title = "Seamanship"
source_url = "https://example.org/sea/blob/main/{path}#L{line}"

[[prerequisites]]
prerequisite = "ship"
target = "tide"
reason = "Ships <only> ride on it."
remove = true

[[prerequisites]]
prerequisite = "moon"
target = "tide"
reason = "The moon pulls the water."
"""
NOTES = {
    "glosspath.toml": SETTINGS,
    "tide.md": "# Tide\n\n**Tide**: what lifts a ship twice a day, and lowers it again.\n",
    "other things.md": "# Others\n\n**Ship**: a vessel that sails.\n\n**Moon**: the light of the night.\n",
    "tide.de.md": "# Gezeiten\n\nDie Tide ist das, was ein Schiff zweimal am Tag hebt und nicht lässt.\n",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stated")
    (folder / "notes").mkdir()
    for name, text in NOTES.items():
        (folder / "notes" / name).write_text(text, encoding="utf-8")
    return build(folder / "notes", folder / "data")


@pytest.fixture(scope="module")
def client(data: Path) -> FlaskClient:
    return client_of(data)


def answer(client: FlaskClient, address: str) -> Any:
    return client.get(address).json


def test_places_lead_to_the_source_that_the_author_shows(client: FlaskClient) -> None:
    page = client.get("/concepts/ship").get_data(as_text=True)
    assert 'href="https://example.org/sea/blob/main/other%20things.md#L3"' in page
    (definition,) = answer(client, "/api/v1/concepts/ship")["definitions"]
    assert definition["source"]["view"] == "https://example.org/sea/blob/main/other%20things.md#L3"
    assert definition["source"]["url"].startswith("/lessons/other-things")


def test_a_removed_prerequisite_is_said_to_be_removed_and_why(client: FlaskClient) -> None:
    why = answer(client, "/api/v1/why?prerequisite=ship&target=tide")
    assert (why["answer"], why["edges"], why["dropped"]["loop"]) == ("dropped", [], [])
    assert why["dropped"]["reason"] == "Ships <only> ride on it."
    assert why["dropped"]["removed"]["path"] == "glosspath.toml"
    for address in ("/why?prerequisite=ship&target=tide", "/concepts/tide"):
        page = client.get(address).get_data(as_text=True)
        assert "The author removed it, because: <q>Ships &lt;only&gt; ride on it.</q>" in page
        assert "would be a loop" not in page


def test_an_added_prerequisite_quotes_its_line(client: FlaskClient) -> None:
    (edge,) = answer(client, "/api/v1/why?prerequisite=moon&target=tide")["edges"]
    (evidence,) = edge["evidence"]
    assert (evidence["quote"], evidence["source"]["path"]) == ("The moon pulls the water.", "glosspath.toml")
    assert evidence["source"]["view"] == "https://example.org/sea/blob/main/glosspath.toml#L13"


def test_the_command_line_says_so_too(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "ship", "tide", "--data", str(data)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "removed by the author (glosspath.toml:7), because Ships <only> ride on it." in said


def test_a_page_in_another_language_is_the_last_lesson_and_says_its_language(client: FlaskClient) -> None:
    lessons = answer(client, "/api/v1/lessons")["lessons"]
    assert [(one["title"], one["language"]) for one in lessons][-1] == ("Gezeiten", "de")
    assert [one["language"] for one in lessons][:-1] == ["", ""]
    assert answer(client, "/api/v1/lessons/tide-de")["language"] == "de"
    page = client.get("/lessons/tide-de").get_data(as_text=True)
    assert 'lang="de"' in page
    assert 'class="term"' not in page
    assert answer(client, "/api/v1/search?q=zweimal")["total"] == 1
