"""docs/as-a-library.md does what it says; the hook and the action run as they are written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY
from flask import Flask
from flask.testing import FlaskClient
from served_notes import built_notes, write_notes

from web.app import mount

DOCUMENT = REPOSITORY / "docs" / "as-a-library.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What scripts put an id or a word behind.
UNFINISHED = ("/concepts/", "/cards/", "/api/v1/suggest")
LINK = re.compile(r"""(?:href|src|action|data-\w+)="(/[^"#]*)""")


def test_the_lines_print_what_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "tides.md").write_text(dict(blocks)["markdown"], encoding="utf-8")
    said: dict[str, Any] = {"__name__": "as_a_library"}
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        for code in (code for kind, code in blocks if kind == "python"):
            exec(compile(code, str(DOCUMENT), "exec"), said)
    finally:
        os.chdir(before)
    printed, shown = capsys.readouterr().out, dict(blocks)["text"]
    if os.environ.get("UPDATE_CASES"):
        DOCUMENT.write_text(text.replace(f"```text\n{shown}```", f"```text\n{printed}```"), encoding="utf-8")
    assert printed == shown
    assert said["app"].test_client().get("/course/concepts/ebb").status_code == 200


@pytest.fixture
def host(tmp_path: Path) -> FlaskClient:
    """Somebody's application with the glossary mounted below a prefix."""
    app = Flask("somebody's")
    app.add_url_rule("/", "own", lambda: "somebody's own page")
    mount(app, built_notes(tmp_path), "/their/course")
    return app.test_client()


def test_every_link_of_a_mounted_glossary_stays_below_its_prefix(host: FlaskClient) -> None:
    waiting, seen = ["/their/course/"], set[str]()
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        with host.get(page.replace("&amp;", "&"), follow_redirects=True) as answer:
            assert answer.status_code == 200, page
            if answer.mimetype != "text/html" or "?" in page:
                continue
            links = [
                link for link in LINK.findall(answer.get_data(as_text=True)) if not link.endswith(UNFINISHED)
            ]
            assert all(link.startswith("/their/course/") for link in links), links
            waiting += links
    kinds = {page.removeprefix("/their/course/").split("/")[0].split("?")[0] for page in seen}
    assert {"concepts", "lessons", "static", "files", "api", "path", "search"} <= kinds


def test_the_host_keeps_its_own_addresses(host: FlaskClient) -> None:
    assert host.get("/").text == "somebody's own page"
    assert host.get("/concepts/softmax").status_code == 404
    assert host.get("/their/course").headers["Location"].endswith("/their/course/")
    concept = host.get("/their/course/api/v1/concepts/vector").get_json()
    assert concept["url"] == "/their/course/concepts/vector"
    assert concept["figures"][0]["url"] == "/their/course/files/figures/vector.svg"


@pytest.mark.parametrize("prefix", ["course", "/course/", "/", ""])
def test_a_prefix_that_is_none_is_refused(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        mount(Flask("somebody's"), tmp_path, prefix)


# Checked with every commit


def written(name: str) -> Any:
    return yaml.safe_load((REPOSITORY / name).read_text(encoding="utf-8"))


def environment(folder: Path) -> dict[str, str]:
    """An environment in which `glosspath` is this checkout."""
    command = folder / "bin" / "glosspath"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m glosspath "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY)}


WRONG = "# Tides\n\n## Ebb\n\nAn **ebb** is a tide. ![An ebb](nowhere.png)\n\n[gone](#nowhere)\n"


@pytest.mark.parametrize("arguments", [[], ["notes"]])
def test_the_hook_says_what_is_wrong_in_the_notes(tmp_path: Path, arguments: list[str]) -> None:
    (hook,) = written(".pre-commit-hooks.yaml")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "tides.md").write_text(WRONG, encoding="utf-8")
    asked = [*hook["entry"].split(), *(arguments or hook["args"])]
    ended = subprocess.run(
        asked, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert "tides.md:5" in ended.stdout, ended
    assert not hook["pass_filenames"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_the_action_remarks_on_lines(tmp_path: Path) -> None:
    steps = written("action.yml")["runs"]["steps"]
    write_notes(tmp_path / "one")
    (tmp_path / "other notes").mkdir()
    (tmp_path / "other notes" / "tides.md").write_text(WRONG, encoding="utf-8")
    (check,) = (step for step in steps if step.get("name") == "Check")
    ended = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", check["run"]],
        cwd=tmp_path,
        env={**environment(tmp_path), "NOTES": "one\nother notes\n"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "::" in ended.stdout and "tides.md" in ended.stdout, ended
    (install,) = (step for step in steps if step.get("name") == "Install")
    assert (REPOSITORY / "requirements.txt").exists() and "requirements.txt" in install["run"]
