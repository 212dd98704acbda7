"""The files of an index that lies in a folder: taking over those of another, and naming damage to them."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import DamagedSnapshot, GlosspathError


def take_over(
    base: Path, place: Path, *, without: tuple[str, ...], written_anew: Collection[str] = ()
) -> None:
    """Puts the files of the index at `base` into `place`, `without` those whose names end so. What is written
    once and never changed only gets a second name; of what is `written_anew` there is a copy."""
    for file in sorted(base.iterdir()):
        if file.name.endswith(without):
            continue
        if file.name in written_anew or not _linked(file, place / file.name):
            shutil.copyfile(file, place / file.name)


def _linked(file: Path, name: Path) -> bool:
    try:
        os.link(file, name)
    except OSError:  # a file system without hard links
        return False
    return True


@contextmanager
def damage_named() -> Iterator[None]:
    """Says that the index is damaged, whatever its engine meets as it reads: it raises what its unpacking
    raises, and a compiled one panics where nothing makes sense."""
    try:
        yield
    except GlosspathError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise DamagedSnapshot(
            f"The search index of the snapshot is damaged ({error!r}). `glosspath build NOTES` makes it anew."
        ) from error
