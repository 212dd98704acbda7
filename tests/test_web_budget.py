"""What pages cost a warm server, over the bundled notes and among very many concepts."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from flask.testing import FlaskClient
from served_notes import build, client_of
from vast_notes import write_vast_notes

from corpus import sample_folder
from web.markup import code_block, mathml

VAST = 10_000  # concepts
# Of this process's own time, so that a busy machine is no failure; the quickest of a few rounds, so that a
# collection of garbage is none. A slower machine is measured against how long it takes to count.
SECONDS = 0.020
FIRST_SECONDS = 0.030  # when nothing of the page is remembered
ROUNDS = 7
COUNTS_IN = 0.0014  # seconds in which the machine on which 20 ms was asked for counts to COUNTED
COUNTED = 100_000


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(build(sample_folder(), tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def vast(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("vast")
    return client_of(build(write_vast_notes(folder / "notes", VAST), folder / "data"))


def slowness() -> float:
    """How many times slower than that machine this one is; never less than 1."""
    return max(1.0, quickest(lambda: sum(range(COUNTED))) / COUNTS_IN)


def quickest(action: Callable[[], object]) -> float:
    """The least of this process's own time that an action takes, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def check_quick(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    taken = quickest(lambda: client.get(path, headers={"Accept": "text/html"}))
    assert taken < SECONDS * slowness(), f"{path} takes {taken * 1000:.0f} ms"


@pytest.mark.parametrize(
    "path", ["/", "/glossary", "/concepts/softmax", "/lessons/03-training", "/path/softmax",
             "/search?q=gradient", "/questions", "/map", "/next?known=vector"]
)  # fmt: skip
def test_a_page_of_the_bundled_notes_is_quick(sample: FlaskClient, path: str) -> None:
    check_quick(sample, path)


def test_a_lesson_that_nobody_has_read_yet_is_quick(sample: FlaskClient, tmp_path: Path) -> None:
    """At the median, and with nothing remembered: no code coloured, no formula set, no term linked."""
    data = build(sample_folder(), tmp_path)
    lessons = [one["id"] for one in sample.get("/api/v1/lessons").json["lessons"]]  # type: ignore[index]
    taken: dict[str, list[float]] = {}
    for _ in range(3):
        client = client_of(data)
        client.get("/concepts/softmax", headers={"Accept": "text/html"})
        for lesson in lessons:
            code_block.cache_clear()
            mathml.cache_clear()
            start = time.process_time()
            assert client.get(f"/lessons/{lesson}", headers={"Accept": "text/html"}).status_code == 200
            taken.setdefault(lesson, []).append(time.process_time() - start)
    assert median(map(min, taken.values())) < FIRST_SECONDS * slowness()


@pytest.mark.parametrize(
    "path", ["/", "/glossary", "/glossary?q=word+77", "/glossary?lesson=7", "/glossary?letter=W&page=9",
             "/concepts/word-7", "/search?q=word", "/map", "/problems", "/problems?by=file"]
)  # fmt: skip
def test_a_page_is_quick_among_very_many_concepts(vast: FlaskClient, path: str) -> None:
    check_quick(vast, path)


def test_the_glossary_holds_every_one_of_very_many_concepts(vast: FlaskClient) -> None:
    assert 'href="/concepts/word-7777"' in vast.get("/glossary?q=word+7777").text
    assert "Page 20 of 20, 10,000 concepts" in vast.get("/glossary?page=20").text


def test_vast_notes_hold_what_they_are_asked_for(tmp_path: Path) -> None:
    notes = write_vast_notes(tmp_path / "notes", 250)
    told = "".join(file.read_text(encoding="utf-8") for file in notes.iterdir())
    assert told.count("## Word ") == 250
