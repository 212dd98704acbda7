"""`glosspath lessons`: every lesson, in reading order."""

from pathlib import Path

import click

from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import columns, complain, one_line, say, say_payload, text


@click.command(short_help="List the lessons in reading order.")
@data_option
@json_option
def lessons(data: Path, as_json: bool) -> None:
    """List the lessons in reading order: number, title, how many concepts they define, id."""
    found = open_library(data).lessons()
    if as_json:
        from web.presenter import Presenter

        say_payload(Presenter().lessons(found))
        return
    if not found:
        complain("there are no lessons here; `glosspath check NOTES` says what was seen in the notes")
        return
    rows = [
        (
            text(f"{entry.link.number:>3}"),
            one_line(entry.link.title, "bold"),
            text(f"{entry.concepts:>4} {'concept' if entry.concepts == 1 else 'concepts'}"),
            one_line(entry.link.id, "dim"),
        )
        for entry in found
    ]
    say(columns(rows, flexible=1))
