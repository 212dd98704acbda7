"""Addresses and names of concepts that are called otherwise now, asked through the server's client."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from served_notes import build, client_of, rewritten

FLOOD = "# Flood\n\nA **flood** is the rise of the water that the moon brings twice a day.\n"
SLACK = "# {}\n\nThe short time in which a tidal stream does not move at all.\n"

Build = Callable[..., FlaskClient]


@pytest.fixture
def built(tmp_path: Path) -> Build:
    """Builds notes that say this in the same folder, and gives a client that looks at each request."""

    def build_notes(*texts: str, **files: str) -> FlaskClient:
        return client_of(build(rewritten(tmp_path / "notes", *texts, **files), tmp_path / "data"))

    return build_notes


def leads_to(client: FlaskClient, address: str) -> tuple[int, str | None]:
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location")


def test_the_old_address_of_a_page_leads_to_the_new_one_for_good(built: Build) -> None:
    built(FLOOD, SLACK.format("Slack water"))
    client = built(FLOOD, SLACK.format("Stand of tide"))
    assert leads_to(client, "/concepts/slack-water?uses=all") == (308, "/concepts/stand-of-tide?uses=all")
    assert leads_to(client, "/path/slack-water?known=flood") == (308, "/path/stand-of-tide?known=flood")
    assert leads_to(client, "/concepts/stand-of-tide") == (200, None)
    # A browser that remembers it for good would never see another concept that takes the id again.
    assert client.get("/concepts/slack-water").headers["Cache-Control"] == "no-cache"
    assert "Stand of tide" in client.get("/cards/slack-water").text


def test_the_api_does_likewise(built: Build) -> None:
    built(FLOOD, SLACK.format("Slack water"))
    client = built(FLOOD, SLACK.format("Stand of tide"))
    api = "/api/v1/concepts/"
    assert leads_to(client, f"{api}slack-water") == (308, f"{api}stand-of-tide")
    answer = client.get(f"{api}slack-water/prerequisites?depth=2")
    assert answer.headers["Location"] == f"{api}stand-of-tide/prerequisites?depth=2"
    assert answer.get_json() == {"id": "stand-of-tide", "prefLabel": "Stand of tide"}
    in_json = client.get("/concepts/slack-water", headers={"Accept": "application/json"})
    assert (in_json.status_code, in_json.headers["Location"]) == (308, "/concepts/stand-of-tide")
    assert client.get(f"{api}slack-water", follow_redirects=True).get_json()["id"] == "stand-of-tide"


def test_an_old_id_is_known_wherever_an_address_holds_it(built: Build) -> None:
    built(FLOOD, SLACK.format("Slack water"))
    client = built(FLOOD, SLACK.format("Stand of tide"))
    for known in ("slack-water", "stand-of-tide"):
        way = client.get(f"/api/v1/path?to=flood&known={known}").get_json()
        assert way["known"] == ["stand-of-tide"]


def test_what_is_looked_up_by_name_is_answered_as_by_a_first_build(built: Build) -> None:
    built(FLOOD, SLACK.format("Slack water"))
    client = built(FLOOD, SLACK.format("Stand of tide"))
    refused = client.get("/api/v1/lookup?label=Slack+water")
    assert refused.status_code == 404 and "Did you mean 'Stand of tide'?" in refused.get_json()["detail"]
    assert client.get("/api/v1/suggest?q=slack").get_json()["suggestions"] == []
    hits = client.get("/api/v1/search?q=slack").get_json()["hits"]
    assert not [hit for hit in hits if hit["matchedLabel"]]


def test_what_moved_twice_leads_to_where_it_is_now(built: Build) -> None:
    for name in ("Slack water", "Stand of tide", "Still water"):
        client = built(FLOOD, SLACK.format(name))
    for old in ("slack-water", "stand-of-tide"):
        assert leads_to(client, f"/concepts/{old}") == (308, "/concepts/still-water")


def test_what_got_its_old_name_back_is_at_its_old_address(built: Build) -> None:
    for name in ("Slack water", "Stand of tide", "Slack water"):
        client = built(FLOOD, SLACK.format(name))
    assert leads_to(client, "/concepts/slack-water") == (200, None)
    assert leads_to(client, "/concepts/stand-of-tide") == (308, "/concepts/slack-water")


def test_an_id_that_another_concept_takes_is_that_concepts(built: Build) -> None:
    built(FLOOD, SLACK.format("Slack water"))
    built(FLOOD, SLACK.format("Stand of tide"))
    client = built(
        FLOOD,
        SLACK.format("Stand of tide"),
        "# Bilge\n\nA **slack water** is what a leak leaves in the bilge.\n",
    )
    assert leads_to(client, "/concepts/slack-water") == (200, None)
    assert "bilge" in client.get("/concepts/slack-water").text
    assert client.get("/api/v1/lookup?label=slack+water").get_json()["match"] == "exact"


def test_what_was_merged_leads_to_what_it_is_part_of(built: Build) -> None:
    built(FLOOD, "# Rising tide\n\nWhat sailors wait for before they leave the harbour.\n")
    client = built(
        FLOOD.replace("A **flood**", "A **flood**, also called *rising tide*,"), SLACK.format("Slack")
    )
    assert leads_to(client, "/concepts/rising-tide") == (308, "/concepts/flood")


def test_what_is_gone_says_when_it_went_and_where_it_stood(built: Build) -> None:
    built(FLOOD, SLACK.format("Slack water"))
    client = built(FLOOD, "# Bowline\n\nA knot that makes a loop which neither slips nor jams under load.\n")
    day = r"\d{4}-\d\d-\d\d"
    words = rf"Slack water was removed with the build of {day}; last defined at 1\.md:\d+\."
    for address in ("/api/v1/concepts/slack-water", "/api/v1/path?to=Slack+water", "/concepts/slack-water"):
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 410
        assert re.search(words, answer.get_data(as_text=True))
    assert answer.headers["Cache-Control"] == "no-cache"  # it may come back
    assert client.get("/concepts/never-there").status_code == 404
    client = built(FLOOD, SLACK.format("Slack water"))
    assert leads_to(client, "/concepts/slack-water") == (200, None)


def test_a_running_server_leads_on_from_the_next_build(built: Build) -> None:
    client = built(FLOOD, SLACK.format("Slack water"))
    client.application.extensions["current-library"]._seconds = 0
    tag = client.get("/api/v1/concepts/flood").headers["ETag"]
    built(FLOOD, SLACK.format("Stand of tide"))
    assert leads_to(client, "/concepts/slack-water")[0] == 308
    built(FLOOD, SLACK.format("Slack water"))
    assert leads_to(client, "/concepts/stand-of-tide")[0] == 308
    # The same snapshot, and not the same answers: what is not there now was a name once.
    assert client.get("/api/v1/concepts/flood").headers["ETag"] != tag


def test_what_is_known_of_earlier_builds_may_be_lost(built: Build, tmp_path: Path) -> None:
    built(FLOOD, SLACK.format("Slack water"))
    built(FLOOD, SLACK.format("Stand of tide"))
    history = tmp_path / "data" / "history.json"
    assert json.loads(history.read_text(encoding="utf-8"))["moved"][0]["to"] == "stand-of-tide"
    for damage in ("", "{", '{"format": 99}', "[]"):
        history.write_text(damage, encoding="utf-8")
        assert leads_to(client_of(tmp_path / "data"), "/concepts/slack-water")[0] == 404
    client = built(FLOOD, SLACK.format("Still water"))
    assert leads_to(client, "/concepts/stand-of-tide") == (308, "/concepts/still-water")


# Lessons

KNOTS = "# Knots\n\n## Bowline\n\nA knot that makes a loop which neither slips nor jams under load.\n"
PROSE = "# About the harbour\n\nIt is a quiet place with two piers, and the ferry comes once a day.\n"


def test_the_old_address_of_a_lesson_leads_to_the_new_one_for_good(built: Build) -> None:
    built(FLOOD, ropes=KNOTS)
    client = built(FLOOD, knots=KNOTS.replace("under load", "under any load"))
    assert leads_to(client, "/lessons/ropes") == (308, "/lessons/knots")
    assert leads_to(client, "/lessons/knots") == (200, None)
    assert leads_to(client, "/lessons/Knots") == (302, "/lessons/knots")
    assert leads_to(client, "/api/v1/lessons/ropes?fields=id") == (308, "/api/v1/lessons/knots?fields=id")
    answer = client.get("/lessons/ropes", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/lessons/knots")
    assert answer.get_json() == {"id": "knots", "title": "Knots", "number": 2, "url": "/lessons/knots"}
    in_linked_data = {"Accept": "application/ld+json"}
    assert client.get("/lessons/ropes", headers=in_linked_data).headers["Location"] == "/lessons/knots"


def test_an_old_id_of_a_lesson_is_known_wherever_an_address_holds_it(built: Build) -> None:
    built(FLOOD, ropes=KNOTS)
    client = built(FLOOD, knots=KNOTS)
    for asked in ("graph?lesson=ropes", "concepts?lesson=ropes", "path?to=lesson:ropes"):
        assert "bowline" in client.get(f"/api/v1/{asked}").text, asked


def test_the_sections_of_a_lesson_move_with_it(built: Build) -> None:
    built(FLOOD, ropes=KNOTS)
    client = built(FLOOD, knots=KNOTS)
    sections = "/api/v1/sections"
    assert leads_to(client, f"{sections}/ropes/bowline?fields=id") == (
        308,
        f"{sections}/knots/bowline?fields=id",
    )
    assert leads_to(client, f"{sections}/knots/bowline") == (200, None)
    for unknown in ("ropes/hitch", "rope/bowline", "ropes"):
        assert leads_to(client, f"{sections}/{unknown}")[0] == 404


def test_a_lesson_that_defines_nothing_moves_as_well(built: Build) -> None:
    built(FLOOD, harbour=PROSE)
    client = built(FLOOD, town=PROSE)
    assert leads_to(client, "/lessons/harbour") == (308, "/lessons/town")


def test_a_lesson_that_moved_twice_leads_to_where_it_is_now(built: Build) -> None:
    for name in ("ropes", "knots", "bends"):
        client = built(FLOOD, **{name: KNOTS})
    for old in ("ropes", "knots"):
        assert leads_to(client, f"/lessons/{old}") == (308, "/lessons/bends")
    client = built(FLOOD, ropes=KNOTS)
    assert leads_to(client, "/lessons/ropes") == (200, None)
    assert leads_to(client, "/lessons/bends") == (308, "/lessons/ropes")


def test_lessons_of_a_build_that_was_cut_off_move_once(built: Build, tmp_path: Path) -> None:
    built(FLOOD, ropes=KNOTS, harbour=PROSE)
    built(FLOOD, knots=KNOTS, harbour=PROSE)
    served = tmp_path / "data" / "current"
    before = served.read_text(encoding="utf-8")
    built(FLOOD, bends=KNOTS, town=PROSE)
    served.write_text(before, encoding="utf-8")
    client = built(FLOOD, bends=KNOTS, town=PROSE)
    for old in ("ropes", "knots"):
        assert leads_to(client, f"/lessons/{old}") == (308, "/lessons/bends")
    assert leads_to(client, "/lessons/harbour") == (308, "/lessons/town")


def test_an_id_that_another_lesson_takes_is_that_lessons(built: Build) -> None:
    built(FLOOD, ropes=KNOTS)
    client = built(FLOOD, knots=KNOTS, ropes=PROSE)
    assert "quiet place" in client.get("/lessons/ropes").text
    client = built(FLOOD, knots=KNOTS)
    assert leads_to(client, "/lessons/ropes")[0] == 404


def test_a_lesson_that_is_gone_is_not_found(built: Build) -> None:
    built(FLOOD, ropes=KNOTS)
    client = built(FLOOD, town=PROSE)
    assert leads_to(client, "/lessons/ropes") == (404, None)
