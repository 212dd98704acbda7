"""`glosspath concepts`: every concept, by label."""

from pathlib import Path

import click

from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import columns, complain, one_line, say, say_payload


@click.command(short_help="List the concepts.")
@click.option("--letter", metavar="A", help="Only those that begin with this letter.")
@click.option(
    "--lesson", metavar="LESSON", help="Only those that this lesson (id, title or number) introduces."
)
@data_option
@json_option
def concepts(letter: str | None, lesson: str | None, data: Path, as_json: bool) -> None:
    """List the concepts: label, the start of the definition."""
    library = open_library(data)
    everything = max(1, library.manifest.counts.get("concepts", 0))
    page = library.glossary(letter, lesson, per_page=everything)
    if as_json:
        from web.presenter import Presenter

        say_payload(Presenter().concepts(page))
        return
    if not page.entries:
        complain("there are no such concepts; `glosspath concepts` lists all")
        return
    rows = [(one_line(e.pref_label, "bold"), one_line(e.summary)) for e in page.entries]
    say(columns(rows, flexible=1))
