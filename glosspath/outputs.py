"""Writing what a command made: to standard output, to a file, or several files to a folder or a zip archive.

A file or folder is there whole or not at all. A folder is written over only if it is empty or an earlier
export; nothing else is ever removed.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp

from corpus.errors import OutputRefused
from glosspath.terminal import say_exactly

STANDARD_OUTPUT = Path("-")
# Tells an exported folder from one that holds something else.
MARKER = ".glosspath-export"


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
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise OutputRefused(f"'{out}' holds something else than an earlier export. Give a new folder.")
    _check_parent(out)
    out = out.resolve()
    stage = Path(mkdtemp(dir=out.parent, prefix=f".{out.name[:40]}-"))
    try:
        _fill(stage / "new", files)
        if out.exists():
            out.rename(stage / "old")
        (stage / "new").rename(out)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in {**files, MARKER: b"Written by glosspath export, which may replace it.\n"}.items():
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
