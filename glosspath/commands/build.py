"""`glosspath build`: read notes and make what they say the current snapshot."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glosspath.options import data_option, jobs_option, json_option, notes_argument
from glosspath.terminal import columns, complain, note, progress, say, say_payload, text

if TYPE_CHECKING:
    from indexer.model import Manifest

# As in indexer.engines: written down once more, so that `--help` need not load them.
ENGINES = ("whoosh", "tantivy")
COUNTS = ("documents", "lessons", "concepts", "definitions", "prerequisites", "problems")


@click.command(short_help="Build the glossary of notes.")
@notes_argument(required=True)
@data_option
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="The search engine; if not given, that of the last build, for the first one whoosh.",
)
@jobs_option
@click.option("--full", is_flag=True, help="Parse and index everything again, changed or not.")
@json_option
def build(
    notes: tuple[Path, ...], data: Path, engine: str | None, jobs: int, full: bool, as_json: bool
) -> None:
    """Read NOTES, folders or files of Markdown and notebooks, and build their glossary.

    What was built before is replaced only when the new glossary is complete.
    """
    manifest = build_and_time(notes, data, engine=engine, jobs=jobs, full=full)
    if as_json:
        from indexer.manifest import package_version
        from web.presenter import status

        say_payload(status(manifest, package_version()))
    else:
        say_summary(manifest)


def build_and_time(
    notes: Sequence[Path], data: Path, *, engine: str | None = None, jobs: int = 1, full: bool = False
) -> "Manifest":
    """Build with a progress bar; whoever sits at the terminal learns how long it took."""
    from glosspath.pipeline import build_library
    from indexer import notes_of
    from indexer.engines import TANTIVY_PAYS_FROM

    before = notes_of(data)
    started = time.monotonic()
    with progress() as report:
        manifest = build_library(notes, data, engine=engine, jobs=jobs, full=full, progress=report)
    note(f"Built in {time.monotonic() - started:.1f} s.")
    sections = manifest.counts.get("sections", 0)
    if manifest.engine == "whoosh" and sections >= TANTIVY_PAYS_FROM:
        note(
            f"With {sections:,} sections tantivy builds in two thirds of the time and finds the same:"
            " `glosspath build NOTES --engine tantivy`."
        )
    now = notes_of(data)
    if replaced := [old for old in before if old.exists() and not any(map(old.is_relative_to, now))]:
        complain(
            f"{data} held the glossary of {', '.join(map(str, replaced))} until now;"
            " --data DIR keeps each in a folder of its own"
        )
    return manifest


def say_summary(manifest: "Manifest") -> None:
    """What is in the glossary now, as counts below its title."""
    rows = [(text(name), text(f"{manifest.counts.get(name, 0):>8,}")) for name in COUNTS]
    rows += [(text("engine"), text(manifest.engine)), (text("snapshot"), text(manifest.id))]
    say(text(manifest.title, "bold"), columns(rows, indent=2))
