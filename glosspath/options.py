"""The arguments and options that several commands share, so that they mean the same everywhere."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from web import Library

Function = TypeVar("Function", bound=Callable[..., object])

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path(".glosspath"),
    envvar="GLOSSPATH_DATA",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="Where the built glossary lives.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the same JSON as the API answers.")


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # missing on macOS and Windows
    return len(allowed(0)) if allowed else os.cpu_count() or 1


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=processors,
    show_default="one for each processor",
    metavar="N",
    help="How many processes read the notes.",
)


def notes_argument(*, required: bool) -> Callable[[Function], Function]:
    """NOTES: folders and files to read. Whether they exist is for the reader to say."""
    return click.argument("notes", nargs=-1, required=required, type=click.Path(path_type=Path))


def open_library(data: Path) -> "Library":
    """What was built in `data`, to be asked until the command ends. Raises SnapshotError."""
    from indexer import open_snapshot
    from web import Library

    snapshot = open_snapshot(data)
    click.get_current_context().call_on_close(snapshot.close)
    return Library(snapshot)
