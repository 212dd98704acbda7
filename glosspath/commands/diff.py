"""`glosspath diff`: what changed between two builds, two folders of notes, or one of each."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import NotesNotFound
from glosspath.options import data_option, jobs_option
from glosspath.terminal import progress, say, say_payload

if TYPE_CHECKING:
    from graph.changes import State

FORMATS = ("text", "json")


@click.command(short_help="What changed in concepts, definitions and anchors.")
@click.argument("before", default="previous", metavar="[BEFORE]")
@click.argument("after", default="current", metavar="[AFTER]")
@click.option(
    "--format", type=click.Choice(FORMATS), default="text", show_default=True, help="For people or programs."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something changed.")
@data_option
@jobs_option
@click.pass_context
def diff(
    context: click.Context, before: str, after: str, format: str, exit_code: bool, data: Path, jobs: int
) -> None:
    """Say what changed from BEFORE to AFTER: concepts that were added, removed, renamed, merged and split,
    definitions in other words, prerequisites, lessons, and anchors that moved.

    Each is a snapshot (its id, the beginning of that, `current` or `previous`) or a folder or file of notes.
    Without any, the last build is compared with the one before it.
    """
    from glosspath.differences import as_text
    from graph.comparing import changes_between
    from web.changes import changed

    states = [_state(given, data, jobs) for given in (before, after)]
    changes = changes_between(*(state for _, state in states))
    if format == "json":
        say_payload(changed(changes, *(name for name, _ in states)))
    else:
        say(*as_text(changes, *(name for name, _ in states)))
    if exit_code and changes:
        context.exit(1)


def _state(given: str, data: Path, jobs: int) -> tuple[str, "State"]:
    """What is compared, and how to call it. A name that a snapshot can have is one; ./name is a folder."""
    from glosspath.pipeline import state_of_notes
    from indexer import names_snapshot, snapshot_id, state_of_snapshot

    if names_snapshot(given):
        id = snapshot_id(data, given)
        return id, state_of_snapshot(data, id)
    if not Path(given).exists():
        raise NotesNotFound(
            f"There are no notes at {given}, and it is no snapshot: a snapshot is `current`, `previous` or"
            " four or more signs of its id, as `glosspath build` says it."
        )
    with progress() as report:
        return given, state_of_notes(Path(given), jobs=jobs, progress=report)
