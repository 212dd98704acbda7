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
    command.parent.mkdir(parents=True)
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


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_the_action_installs_what_is_beside_it_with_checked_hashes(tmp_path: Path) -> None:
    (install,) = (step for step in written("action.yml")["runs"]["steps"] if step.get("name") == "Install")
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nprintf "%s|" "$@"\necho\n', encoding="utf-8")
    python.chmod(0o755)
    ended = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", install["run"]],
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "HERE": "/an action"},
        capture_output=True,
        text=True,
        check=True,
    )
    needed, ours = ended.stdout.splitlines()
    assert needed.endswith("|--require-hashes|-r|/an action/requirements.txt|")
    assert ours.endswith("|--no-deps|/an action|")
    assert (REPOSITORY / "requirements.txt").exists()


def test_the_action_and_the_hook_are_what_their_readers_take() -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed: `make readers`")
    pytest.importorskip("pre_commit", reason="pre-commit is not installed: `make readers`")
    for command in (
        ["check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"],
        ["pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
    ):
        ended = subprocess.run(
            [sys.executable, "-m", *command], cwd=REPOSITORY, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr


def test_pre_commit_runs_the_hook_when_notes_are_committed(tmp_path: Path) -> None:
    """In this environment instead of one of its own, which would be made from what is downloaded."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed: `make readers`")
    (hook,) = written(".pre-commit-hooks.yaml")
    here = {"repo": "local", "hooks": [{**hook, "language": "system"}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [here]}), encoding="utf-8")
    environs = {**environment(tmp_path / "path"), "PRE_COMMIT_HOME": str(tmp_path / "cache")}

    def ran(name: str, text: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        subprocess.run(["git", "add", name], cwd=tmp_path, check=True)
        asked = [sys.executable, "-m", "pre_commit", "run"]
        return subprocess.run(asked, cwd=tmp_path, env=environs, capture_output=True, text=True, check=False)

    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert "Skipped" in ran("a.txt", "no notes").stdout
    wrong = ran("tides.md", WRONG)
    assert (wrong.returncode, "tides.md:5: error" in wrong.stdout) == (1, True), wrong
    assert ran("tides.md", "# Tides\n\nAn **ebb** is a tide that falls.\n").returncode == 0
