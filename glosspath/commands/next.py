"""`glosspath next`: what can be learned next, by what is known."""

from pathlib import Path

import click

from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import columns, one_line, say, say_payload, text


@click.command(name="next", short_help="What can be learned next.")
@click.option(
    "--known", multiple=True, metavar="TERM", help="What you know already; several times, or with commas."
)
@click.option(
    "--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="How many concepts to name."
)
@data_option
@json_option
def what_next(known: tuple[str, ...], limit: int, data: Path, as_json: bool) -> None:
    """What can be learned next: all that it needs is known. First comes what uses something known, then what
    unlocks the most."""
    library = open_library(data)
    page = library.frontier(library.terms.each_of(known), limit)
    if as_json:
        from web.presenter import Presenter

        say_payload(Presenter().frontier(page))
        return
    if not page.concepts:
        say(one_line("You know all there is.", "bold"))
        return
    rows = [
        (one_line(entry.pref_label), text(f"unlocks {entry.unlocks}"), one_line(entry.summary, "dim"))
        for entry in page.concepts
    ]
    say(columns(rows, flexible=2))
