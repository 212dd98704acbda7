"""The application as a whole: which snapshot answers, how refusals look, what headers guard the reader."""

import gc
import json
import os
import shutil
from contextlib import closing
from pathlib import Path
from weakref import ref

import pytest
from flask.testing import FlaskClient
from served_notes import build, built_notes, client_of, write_notes

from corpus.errors import DamagedSnapshot, NoSnapshot
from web.app import create_app
from web.current import CurrentLibrary
from web.endpoints import ENDPOINTS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(built_notes(tmp_path_factory.mktemp("app")))


def add_lesson(notes: Path, name: str = "03-deployment.md") -> None:
    text = "# Deployment\n\n## Quantization\n\nA way to store weights as small numbers.\n"
    (notes / name).write_text(text, encoding="utf-8")


# Which snapshot answers


def test_without_a_snapshot_there_is_no_application(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="glosspath build"):
        create_app(tmp_path)


def test_the_next_snapshot_answers_as_soon_as_it_is_there(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    current = CurrentLibrary(data, seconds_between_looks=0)
    before = current.library()
    add_lesson(tmp_path / "notes")
    build(tmp_path / "notes", data)
    assert len(before.lessons()) == 2  # whoever holds the old one may go on asking it
    assert len(current.library().lessons()) == 3
    assert current.library() is current.library()


def test_looking_for_the_next_snapshot_is_not_done_at_every_request(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    current = CurrentLibrary(data, seconds_between_looks=3600)
    add_lesson(tmp_path / "notes")
    build(tmp_path / "notes", data)
    assert len(current.library().lessons()) == 2


def test_a_damaged_next_snapshot_leaves_the_open_one_answering(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = built_notes(tmp_path)
    current = CurrentLibrary(data, seconds_between_looks=0)
    first = current.library()
    add_lesson(tmp_path / "notes")
    build(tmp_path / "notes", data)
    for library in data.glob("snapshots/*/library.sqlite"):
        if first.snapshot.id not in str(library):
            library.write_bytes(b"not a library")
    with pytest.raises(DamagedSnapshot):
        CurrentLibrary(data)
    assert current.library() is first
    assert current.library() is first
    (warning,) = caplog.records  # said once, not at every request
    assert "goes on answering" in warning.getMessage()


def look_at_each_request(client: FlaskClient) -> FlaskClient:
    client.application.extensions["current-library"]._seconds = 0
    return client


def test_a_server_picks_up_a_snapshot_that_was_damaged_and_mended(tmp_path: Path) -> None:
    """It has the name of the damaged one with a number behind it, and the same id."""
    data = built_notes(tmp_path)
    client = look_at_each_request(client_of(data))
    add_lesson(tmp_path / "notes")
    build(tmp_path / "notes", data)
    newest = data / "snapshots" / (data / "current").read_text().strip() / "manifest.json"
    newest.write_text("x")
    behind = client.get("/status").get_json()
    assert behind["status"] == "behind" and "`glosspath build NOTES`" in behind["detail"]
    assert behind["counts"]["lessons"] == 2
    build(tmp_path / "notes", data)
    mended = client.get("/status").get_json()
    assert (mended["status"], mended["counts"]["lessons"]) == ("ok", 3)
    assert client.get("/api/v1/lessons").get_json()["total"] == 3


def test_a_server_tries_again_what_it_could_not_open(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    client = look_at_each_request(client_of(data))
    add_lesson(tmp_path / "notes")
    build(tmp_path / "notes", data)
    newest = data / "snapshots" / (data / "current").read_text().strip() / "manifest.json"
    aside = newest.rename(tmp_path / "aside")
    assert client.get("/status").get_json()["status"] == "behind"
    aside.rename(newest)
    assert client.get("/status").get_json()["counts"]["lessons"] == 3


def test_a_server_shows_pictures_of_notes_that_were_moved(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    client = look_at_each_request(client_of(data))
    assert shows_picture(client)
    (tmp_path / "elsewhere").mkdir()
    moved = (tmp_path / "notes").rename(tmp_path / "elsewhere" / "notes")
    build(moved, data)
    assert shows_picture(client)


def shows_picture(client: FlaskClient) -> bool:
    with closing(client.get("/files/figures/vector.svg")) as response:
        return response.status_code == 200


def test_a_library_that_was_replaced_is_let_go_of(tmp_path: Path) -> None:
    """What was made of its words must not keep it, its files and its memory."""
    data = built_notes(tmp_path)
    client = look_at_each_request(client_of(data))
    client.get("/lessons/02-training")
    before = ref(client.application.extensions["current-library"].library())
    for number in range(3):
        add_lesson(tmp_path / "notes", f"{number}.md")
        build(tmp_path / "notes", data)
        client.get("/lessons/02-training")
    gc.collect()
    assert before() is None


def test_a_data_folder_that_is_taken_away_leaves_the_open_snapshot_answering(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    current = CurrentLibrary(data, seconds_between_looks=0)
    shutil.rmtree(data)
    assert current.library().terms.resolve("SGD") == "stochastic-gradient-descent"


# Pages and JSON at one address


@pytest.mark.parametrize(
    ("page", "in_json"),
    [
        ("/concepts/softmax", "/api/v1/concepts/softmax"),
        ("/lessons/01-linear", "/api/v1/lessons/01-linear"),
        ("/path/SGD?known=vector", "/api/v1/path?to=SGD&known=vector"),
        ("/search?q=softmx", "/api/v1/search?q=softmx"),
        ("/glossary?letter=S", "/api/v1/concepts?letter=S"),
        ("/problems", "/api/v1/problems"),
        ("/questions", "/api/v1/questions"),
        ("/why?prerequisite=vector&target=softmax", "/api/v1/why?prerequisite=vector&target=softmax"),
    ],
)
def test_a_page_answers_in_json_when_that_is_asked_for(client: FlaskClient, page: str, in_json: str) -> None:
    response = client.get(page, headers={"Accept": "application/json"})
    assert response.mimetype == "application/json"
    assert response.data == client.get(in_json).data
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    "accept", ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json;q=0.1, text/html"]
)
def test_browsers_get_pages(client: FlaskClient, accept: str) -> None:
    response = client.get("/concepts/softmax", headers={"Accept": accept})
    assert response.mimetype == "text/html"
    assert "Accept" in response.headers["Vary"]


def test_every_page_of_the_table_is_a_page(client: FlaskClient) -> None:
    """Addresses of pages stand in the endpoints' table; here it is checked against the pages themselves."""
    some = {"{id}": "softmax", "{to}": "softmax"}
    for endpoint in ENDPOINTS:
        if endpoint.page and "lessons" not in endpoint.page:
            address = endpoint.page
            for placeholder, value in some.items():
                address = address.replace(placeholder, value)
            assert client.get(address).status_code == 200


# How refusals look


def test_an_unknown_concept_is_a_page_for_people(client: FlaskClient) -> None:
    response = client.get("/concepts/softmx")
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert 'href="/concepts/Softmax"' in response.text


def test_an_unknown_concept_is_problem_details_for_programs(client: FlaskClient) -> None:
    response = client.get("/concepts/softmx", headers={"Accept": "application/json"})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_nobody_in_a_browser_is_told_to_use_the_command_line(client: FlaskClient) -> None:
    assert "glosspath concepts" not in client.get("/concepts/%E2%98%83").text


def test_an_unknown_address_names_the_nearest(client: FlaskClient) -> None:
    response = client.get("/glosary")
    assert response.status_code == 404
    assert "Did you mean /glossary?" in response.text


def test_names_in_refusals_are_escaped(client: FlaskClient) -> None:
    for address in ("/concepts/<b>x", "/<b>x", "/search?q=x&lesson=<b>x"):
        assert "<b>x" not in client.get(address).text


def test_writing_to_a_page_is_not_allowed_even_in_json(client: FlaskClient) -> None:
    assert client.post("/concepts/softmax", headers={"Accept": "application/json"}).status_code == 405


def test_an_own_fault_is_logged_and_says_nothing_about_the_inside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(built_notes(tmp_path))

    @app.get("/fails")
    def fails() -> str:
        raise RuntimeError("the secret inside")

    response = app.test_client().get("/fails")
    in_json = app.test_client().get("/fails", headers={"Accept": "application/json"})
    assert (response.status_code, in_json.status_code) == (500, 500)
    assert "secret" not in response.text + in_json.text
    assert "the secret inside" in caplog.text


def test_a_snapshot_that_is_damaged_while_it_is_served_is_a_503(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    client = client_of(data)
    for library in data.glob("snapshots/*/library.sqlite"):
        library.write_bytes(b"\0" * library.stat().st_size)
    in_json, page = client.get("/api/v1/export"), client.get("/concepts/logits")
    assert (in_json.status_code, page.status_code) == (503, 503)
    assert client.get("/status").status_code == 503
    assert "glosspath build" in in_json.get_json()["detail"]
    assert page.mimetype == "text/html"


def overwrite(file: Path, content: bytes) -> None:
    """Writes over a file where it lies, as a copy that goes astray does: who has it open sees that."""
    with file.open("r+b") as opened:
        opened.write(content)
        opened.truncate()


@pytest.mark.parametrize(
    "content", [b"", b"not a library", b"SAME SIZE"], ids=["empty", "shorter", "as long"]
)
@pytest.mark.parametrize("name", ["library.sqlite", "search/*"])
def test_status_notices_a_file_that_was_overwritten_after_it_was_read(
    tmp_path: Path, name: str, content: bytes
) -> None:
    data = built_notes(tmp_path)
    client = client_of(data)
    assert client.get("/status").get_json()["status"] == "ok"
    file = next(data.glob(f"snapshots/*/{name}"))
    overwrite(file, content.ljust(file.stat().st_size, b"x") if content == b"SAME SIZE" else content)
    answer = client.get("/status")
    assert answer.status_code == 503
    assert f"{file.name} was changed" in answer.get_json()["detail"]
    assert "`glosspath build NOTES`" in answer.get_json()["detail"]


def test_status_is_not_alarmed_by_a_file_that_was_only_touched_or_pruned(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    client = client_of(data)
    for file in data.glob("snapshots/*/library.sqlite"):
        os.utime(file, (1, 1))
    assert client.get("/status").get_json()["status"] == "ok"
    for folder in data.glob("snapshots/*"):
        shutil.rmtree(folder)
    assert client.get("/status").status_code == 200


# What guards the reader


@pytest.mark.parametrize(
    "address", ["/", "/glossary", "/concepts/softmax", "/lessons/02-training", "/nowhere", "/api/docs"]
)
def test_pages_run_nothing_but_our_own_files(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert " style=" not in response.text
    assert "<style" not in response.text
    assert "onerror=" not in response.text


def test_pages_are_checked_for_a_newer_state_each_time(client: FlaskClient) -> None:
    assert client.get("/concepts/softmax").headers["Cache-Control"] == "no-cache"


# The notes' pictures


def test_a_picture_of_the_notes_is_served_and_may_do_nothing(client: FlaskClient) -> None:
    response = client.get("/files/figures/vector.svg", buffered=True)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert response.data.startswith(b"<svg")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")


def test_a_picture_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/files/figures/vector.svg", buffered=True).headers["ETag"]
    assert (
        client.get("/files/figures/vector.svg", buffered=True, headers={"If-None-Match": tag}).status_code
        == 304
    )


@pytest.mark.parametrize(
    "path",
    [
        "figures/secret.svg",  # a picture that the notes do not show
        "secret.txt",
        "01-linear.md",
        "../data/manifest.json",
        "..%2f..%2f..%2fetc%2fpasswd",
        "/etc/passwd",
        "figures/vector.svg%00",
        "figures/lost.png",
        "x",
        "",
    ],
)
def test_nothing_else_is_served_from_the_notes_folder(client: FlaskClient, path: str) -> None:
    assert client.get(f"/files/{path}").status_code in {308, 404}
    assert client.get(f"/files/{path}", follow_redirects=True).status_code == 404


def test_what_the_notes_show_is_served_only_if_it_is_a_picture(tmp_path: Path) -> None:
    notes = write_notes(tmp_path / "notes")
    (notes / "04-more.md").write_text("# More\n\n![A page](figures/page.html)\n", encoding="utf-8")
    (notes / "figures" / "page.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    assert client_of(build(notes, tmp_path / "data")).get("/files/figures/page.html").status_code == 404


# For whoever runs it


def test_health_and_status_answer_in_json(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    status = client.get("/status").get_json()
    assert status["counts"]["concepts"] == 8
    assert set(status) == {
        "status",
        "glosspath",
        "title",
        "snapshot",
        "format",
        "engine",
        "fingerprint",
        "counts",
    }


def test_the_site_works_below_a_prefix(client: FlaskClient) -> None:
    page = client.get("/concepts/softmax", base_url="http://localhost/course").text
    addresses = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert addresses
    ours = [address for address in addresses if address.startswith("/")]
    assert all(address.startswith("/course/") for address in ours), ours


def test_refusals_in_json_hold_no_empty_fields(client: FlaskClient) -> None:
    details = json.loads(client.get("/api/v1/nowhere/at/all").data)
    assert set(details) == {"type", "title", "status", "detail", "instance"}
