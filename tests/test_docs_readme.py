"""README.md against the program: what it tells people to type works, and answers as it says."""

import json
import re
import shlex
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from served_notes import build, client_of

from corpus import sample_folder
from glosspath.__main__ import run

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ glosspath (.+)$", README, re.MULTILINE)
ANSWERS = re.findall(r"^\$ curl 'http://127\.0\.0\.1:8000([^']+)'\n(\{.*\})$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sample_folder(), tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works_as_it_is_typed(
    command: str, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    monkeypatch.setenv("GLOSSPATH_DATA", str(data))
    # The course has a picture that is not there, on purpose: `check` says so.
    assert run(shlex.split(command)) == (1 if command.startswith("check") else 0)
    said = capsys.readouterr()
    assert said.out
    assert not re.search(r"^0 results", said.out)


@pytest.mark.parametrize(("address", "answer"), ANSWERS)
def test_an_answer_is_the_one_that_is_shown(data: Path, address: str, answer: str) -> None:
    client: FlaskClient = client_of(data)
    assert json.loads(client.get(address).data) == json.loads(answer)


def test_there_are_commands_and_answers_to_try() -> None:
    assert len(COMMANDS) >= 6
    assert ANSWERS
