"""What a command made goes where it was told to, whole, and nothing of anybody else's is lost."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from corpus.errors import OutputRefused
from glosspath.outputs import MARKER, write_bytes, write_files
from web.exports.archives import zipped

FILES = {"b.txt": b"two", "deep/a.txt": b"one"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != MARKER
    }


def test_a_file_is_replaced_as_a_whole_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_bytes(b"long ago")
    write_bytes(b"now", out)
    assert contents(tmp_path) == {"out.txt": b"now"}


def test_a_file_that_cannot_be_replaced_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out.txt"
    out.write_bytes(b"long ago")
    monkeypatch.setattr("glosspath.outputs.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_bytes(b"now", out)
    assert contents(tmp_path) == {"out.txt": b"long ago"}


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    write_bytes(b"now", Path("/dev/null"))
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_bytes(b"long ago")
    (tmp_path / "link.txt").symlink_to("there.txt")
    write_bytes(b"now", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "there.txt").read_bytes() == b"now"


@pytest.mark.parametrize("out", [None, Path("-")])
def test_only_text_is_shown_on_a_terminal(out: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(OutputRefused, match="--out"):
        write_bytes(b"\0", out, binary=True)
    with pytest.raises(OutputRefused, match="--out"):
        write_files(FILES, out)


def test_several_files_become_a_folder_or_an_archive(tmp_path: Path) -> None:
    write_files(FILES, tmp_path / "out")
    assert contents(tmp_path / "out") == FILES
    write_files(FILES, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert archive.testzip() is None
    assert (tmp_path / "out.zip").read_bytes() == zipped(dict(reversed(FILES.items())))


def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    write_files({"old.txt": b""}, tmp_path / "out")
    write_files(FILES, tmp_path / "out")
    assert contents(tmp_path) == {f"out/{name}": content for name, content in FILES.items()}


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefused, match="new folder"):
        write_files(FILES, tmp_path)
    with pytest.raises(OutputRefused, match="is a file"):
        write_files(FILES, tmp_path / "mine.txt")
    with pytest.raises(OutputRefused, match="Make it first"):
        write_files(FILES, tmp_path / "no" / "such")
    assert contents(tmp_path) == {"mine.txt": b"mine"}


@pytest.mark.parametrize("theirs", ["CNAME", ".git/config", "deep/notes.txt"])
def test_what_somebody_put_into_an_export_is_neither_lost_nor_overwritten(
    theirs: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    write_files(FILES, out)
    (out / theirs).parent.mkdir(exist_ok=True)
    (out / theirs).write_bytes(b"mine")
    before = contents(tmp_path)
    with pytest.raises(OutputRefused, match=(out / theirs).name):
        write_files({"b.txt": b"new"}, out)
    assert contents(tmp_path) == before


def test_an_empty_folder_and_a_link_in_an_export_stay_as_well(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_files(FILES, out)
    (out / "empty").mkdir()
    (out / "link").symlink_to(tmp_path)
    with pytest.raises(OutputRefused, match=r"'empty', 'link'\."):
        write_files(FILES, out)


def test_an_export_that_cannot_be_put_in_place_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(FILES, tmp_path / "out")
    rename = Path.rename

    def failing(file: Path, target: Path) -> Path:
        if file.name == "new":
            raise PermissionError
        return rename(file, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PermissionError):
        write_files({"b.txt": b"new"}, tmp_path / "out")
    assert contents(tmp_path) == {f"out/{name}": content for name, content in FILES.items()}


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_files(FILES, tmp_path / "out")
    assert contents(tmp_path / "out") == FILES
