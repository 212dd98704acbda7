"""docs/ways-out.md against the program: commands work as typed, every format and word of ours is told."""

import re
import shlex
import sys
from pathlib import Path

import pytest
from served_notes import build

from corpus import sample_folder
from glosspath.__main__ import run
from glosspath.commands.export import FORMATS, export
from web.exports.linked_data import OURS, OWN_WORDS

DOCS = (Path(__file__).parent.parent / "docs" / "ways-out.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ glosspath (export .+)$", DOCS, re.MULTILINE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sample_folder(), tmp_path_factory.mktemp("ways-out"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works_as_it_is_typed(
    command: str,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pagefind.index", None)  # it has a test of its own, and takes its time
    monkeypatch.setenv("GLOSSPATH_DATA", str(data))
    words = shlex.split(command)
    assert run(words) == 0
    written, said = capfdbinary.readouterr()
    assert said == b""
    assert bool(written) != ("--out" in words)
    assert [file.name for file in tmp_path.iterdir()] == words[-1:] * ("--out" in words)


def test_every_format_is_told_here_and_in_the_help() -> None:
    rows = "\n".join(re.findall(r"^\| `.*$", DOCS, re.MULTILINE))
    assert [name for name in FORMATS if f"`{name}`" not in rows] == []
    assert [name for name in FORMATS if not re.search(rf"^ *{name} ", export.help or "", re.MULTILINE)] == []
    assert {command.split()[1] for command in COMMANDS} >= set(FORMATS) - {"json"}


def test_our_own_words_are_explained_as_in_what_is_written() -> None:
    assert [name for name, says in OWN_WORDS.items() if f"| `{OURS}{name}` | {says} |" not in DOCS] == []
