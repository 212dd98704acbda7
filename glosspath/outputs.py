"""Writing what a command made: to standard output, to a file, or several files to a folder or a zip archive.

A file or folder is there whole or not at all. A folder is written over only if it is empty or holds nothing
but an earlier export, which lists its files; nothing else is ever removed.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile, mkdtemp

from corpus.errors import OutputRefused
from glosspath.terminal import say_exactly

STANDARD_OUTPUT = Path("-")
# Tells an exported folder from one that holds something else: a line for people, then each file's name.
MARKER = ".glosspath-export"
_TO_PEOPLE = "Written by glosspath export, which may replace these files."
_NAMED = 3


def write_bytes(written: bytes, out: Path | None, *, binary: bool = False) -> None:
    """To a file, or to standard output. OutputRefused: `binary` bytes to a terminal."""
    if out is None or out == STANDARD_OUTPUT:
        if binary and sys.stdout.isatty():
            raise OutputRefused("This is not text for a terminal: say `--out FILE`, or `>` a file.")
        say_exactly(written)
    elif out.exists() and not out.is_file():  # a pipe, a device: there is nothing to put in its place
        out.write_bytes(written)
    else:
        _check_parent(out)
        _replace_file(out.resolve(), written)


def write_files(files: Mapping[str, bytes], out: Path | None) -> None:
    """Files by their relative paths: to a folder, or, if `out` ends in .zip or is not there, to an archive.
    OutputRefused: a folder that holds something else."""
    if out is None or out == STANDARD_OUTPUT or out.suffix.lower() == ".zip":
        from web.exports.archives import zipped

        write_bytes(zipped(files), out, binary=True)
    else:
        _replace_folder(out, files)


def _replace_file(out: Path, written: bytes) -> None:
    with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name[:40]}-", delete=False) as stage:
        try:
            stage.write(written)
            stage.flush()
            os.fsync(stage.fileno())
            Path(stage.name).chmod(_mode(0o666))
            Path(stage.name).replace(out)
        except BaseException:
            Path(stage.name).unlink(missing_ok=True)
            raise


def _replace_folder(out: Path, files: Mapping[str, bytes]) -> None:
    if out.exists() and not out.is_dir():
        raise OutputRefused(f"'{out}' is a file, and this is several: give a folder, or a name in .zip.")
    if others := _others_in(out):
        named = ", ".join(f"'{name}'" for name in others[:_NAMED])
        raise OutputRefused(
            f"'{out}' holds something else than an earlier export: {named}"
            f"{f' and {len(others) - _NAMED:,} more' if len(others) > _NAMED else ''}. "
            "Give a new folder, or move that elsewhere first."
        )
    _check_parent(out)
    out = out.resolve()
    stage = Path(mkdtemp(dir=out.parent, prefix=f".{out.name[:40]}-"))
    new, old = stage / "new", stage / "old"
    try:
        _fill(new, files)
        _exchange(out, new, old)
    finally:
        if out.exists() or not old.exists():  # what could not be put back is not thrown away
            shutil.rmtree(stage, ignore_errors=True)


def _exchange(out: Path, new: Path, old: Path) -> None:
    """Puts `new` where `out` is, and `out` where `old` is not; or leaves all as it was."""
    try:
        if out.exists():
            out.rename(old)
        new.rename(out)
    except BaseException:
        if old.exists() and not out.exists():
            old.rename(out)
        raise


def _others_in(folder: Path) -> list[str]:
    """What stands in a folder, if there is one, and was written by no export."""
    if not folder.is_dir():
        return []
    marker = folder / MARKER
    listed = marker.read_text("utf-8", "surrogateescape").split("\n")[1:] if marker.is_file() else []
    ours = {MARKER, *listed}
    ours.update(str(parent) for name in listed for parent in PurePosixPath(name).parents)
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*"))
    return sorted(name for name in names if name not in ours)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    listed = "\n".join([_TO_PEOPLE, *sorted(files)])
    for name, content in {**files, MARKER: listed.encode("utf-8", "surrogateescape")}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _check_parent(out: Path) -> None:
    if not out.parent.is_dir():
        raise OutputRefused(f"'{out}' cannot be written: there is no folder '{out.parent}'. Make it first.")


def _mode(asked: int) -> int:
    """What a new file may be read and written by, as the person at the keyboard set it up."""
    masked = os.umask(0)
    os.umask(masked)
    return asked & ~masked
