"""`glosspath diff` as a person meets it: what it says, what programs get, how it exits, what it refuses."""

import json
from pathlib import Path

import pytest

from glosspath.__main__ import run
from graph.changes import Because

FLOOD = "# Flood\n\nA **flood** is the rise of the water that the moon brings twice a day.\n"
EBB = "# Ebb\n\nThe **ebb** is the fall of the water after a flood, six hours long.\n"
SLACK = "# Slack water\n\nThe short time in which a tidal stream does not move at all.\n"


def write(folder: Path, *texts: str) -> Path:
    """One file a text, in the place of all that was there."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for text in texts:
        (folder / f"{text.split()[1].lower()}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two builds of notes in which one concept was renamed and one has other words."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GLOSSPATH_DATA", raising=False)
    notes = write(tmp_path / "notes", FLOOD, EBB, SLACK)
    assert run(["build", "notes"]) == 0
    write(notes, FLOOD, EBB.replace("six hours", "half a day"), SLACK.replace("Slack water", "Stand of tide"))
    assert run(["build", "notes"]) == 0
    return notes


def test_the_last_build_against_the_one_before(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["diff"]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.endswith(": 1 renamed, 1 defined otherwise, 1 lesson, 1 anchor")
    assert lines == [
        "",
        "Renamed",
        "  Slack water → Stand of tide  stand.md:1",
        "    defined in the same words",
        "",
        "Defined in other words",
        "  Ebb  ebb.md:1",
        "    … the fall of the water after a flood, [-six hours-] {+half a day+} long.",
        "",
        "Lessons renamed",
        "  Slack water → Stand of tide  slack.md → stand.md",
        "",
        "Anchors moved",
        "  slack.md#slack-water → stand.md#stand-of-tide  stand.md:1",
    ]


def test_what_programs_get(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["diff", "previous", "current", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["changed"] is True
    assert (
        answer["before"] != answer["after"] == (notes.parent / ".glosspath" / "current").read_text().strip()
    )
    (renamed,) = answer["concepts"]["renamed"]
    assert (renamed["before"]["id"], renamed["after"]["id"]) == ("slack-water", "stand-of-tide")
    assert renamed["because"] == Because.WORDS
    assert renamed["after"]["place"] == {"path": "stand.md", "firstLine": 1, "lastLine": 3}
    (redefined,) = answer["definitions"]
    assert "six hours" in redefined["before"]["text"] and "half a day" in redefined["after"]["text"]
    assert answer["prerequisites"] == {"gained": [], "lost": []}


def test_notes_against_notes_and_a_build_against_notes(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write(notes.parent / "other", FLOOD, "# About\n\nWords of the sea.\n")
    for before, after in ((str(notes), str(other)), ("current", str(other))):
        capsys.readouterr()
        assert run(["diff", before, after]) == 0
        said = capsys.readouterr().out
        assert "Removed\n  Ebb  ebb.md:1\n  Stand of tide  stand.md:1\n" in said
    assert run(["diff", str(other), str(notes)]) == 0
    assert "Added\n  Ebb" in capsys.readouterr().out


def test_the_exit_status_tells_whether_anything_changed_when_asked(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", "--exit-code"]) == 1
    capsys.readouterr()
    assert run(["diff", "current", str(notes), "--exit-code"]) == 0
    assert capsys.readouterr().out.startswith("Nothing changed from ")


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (["diff", "nowhere", "current"], "There are no notes at nowhere, and it is no snapshot", 1),
        (["diff", "abcdef", "current"], "There is no snapshot 'abcdef'", 1),
        (["diff", "current", "previous", "notes"], "see `glosspath diff --help`", 2),
        (["diff", "--data", "empty"], "Nothing was built in empty yet", 1),
    ],
)
def test_what_cannot_be_compared_is_said(
    notes: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str, status: int
) -> None:
    capsys.readouterr()
    assert run(arguments) == status
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


def test_without_an_earlier_build_there_is_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "notes", FLOOD)
    assert run(["build", "notes", "--data", "data"]) == 0
    assert run(["diff", "--data", "data"]) == 1
    assert "holds nothing from before the current snapshot" in capsys.readouterr().err


def test_a_folder_with_the_name_of_a_snapshot_is_written_with_a_slash(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(notes.parent / "current", FLOOD)
    capsys.readouterr()
    assert run(["diff", "./current", "current"]) == 0
    assert capsys.readouterr().out.startswith("From ./current to ")


def test_show_marks_the_words_in_which_two_definitions_differ(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (notes / "more.md").write_text(
        f"# More\n\nOther words.\n\n#{EBB.replace('six hours', 'six long hours')}", encoding="utf-8"
    )
    (notes / "again.md").write_text(f"# Again\n\nOther words.\n\n#{FLOOD}", encoding="utf-8")
    assert run(["build", "notes"]) == 0
    capsys.readouterr()
    assert run(["show", "ebb"]) == 0
    assert "after a flood, [-half a day-] {+six long hours+} long." in capsys.readouterr().out
    assert run(["show", "flood"]) == 0
    said = capsys.readouterr().out
    assert said.count("twice a day") == 1 and "In the same words, once more." in said
