"""`glosspath why`: every reason for an order, or why there is none."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType
from rich.text import Text

from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import indented, one_line, place, quoted, say, say_payload, text

if TYPE_CHECKING:
    from web.model import DroppedView, EdgeView, WhyPage

# By graph.model.Answer's values.
ANSWERS = {
    "direct": "{prerequisite} comes before {target}",
    "chain": "{prerequisite} comes before {target} by way of others",
    "reversed": "No, it is the other way round: {target} comes before {prerequisite}",
    "dropped": "There is a reason for {prerequisite} before {target}, and it was not believed",
    "no-evidence": "Nothing in the notes says that {prerequisite} comes before {target}",
    "same": "{prerequisite} and {target} are the same concept",
}


@click.command(short_help="Why one concept comes before another.")
@click.argument("terms", nargs=-1, required=True, metavar="PREREQUISITE TARGET")
@data_option
@json_option
def why(terms: tuple[str, ...], data: Path, as_json: bool) -> None:
    """Why PREREQUISITE is believed to come before TARGET: every piece of evidence, with its line."""
    page = open_library(data).why(*_two_of(terms))
    if as_json:
        from web.presenter import Presenter

        say_payload(Presenter().why(page))
        return
    names = {"prerequisite": page.prerequisite.pref_label, "target": page.target.pref_label}
    say(one_line(f"{ANSWERS[page.answer].format(**names)}.", "bold"), *_reasons(page))


def _two_of(terms: tuple[str, ...]) -> tuple[str, str]:
    if len(terms) > 2:
        raise click.UsageError("put each name in quotes: glosspath why 'clove hitch' knot")
    if len(terms) < 2:
        raise click.UsageError(f"name two: what comes first, then what it is for; {terms[0]!r} is one")
    first, then = terms
    return first, then


def _reasons(page: "WhyPage") -> Iterator[RenderableType]:
    for edge in page.edges:
        yield from _edge(edge, "")
    if page.dropped:
        yield from _edge(page.dropped.edge, f", {_why_not(page.dropped)}")


def _why_not(dropped: "DroppedView") -> str:
    if dropped.removed_at:
        place = dropped.removed_at.location
        because = f", because {dropped.reason}" if dropped.reason else ""
        return f"removed by the author ({place.path}:{place.first_line}){because}"
    loop = " → ".join(link.pref_label for link in (*dropped.loop, dropped.loop[0]))
    return f"not believed, as what is believed leads back: {loop}"


def _edge(view: "EdgeView", remark: str) -> Iterator[RenderableType]:
    yield Text()
    names = f"{view.prerequisite.pref_label} → {view.target.pref_label}"
    yield one_line(f"{names}  (confidence {view.edge.confidence:.2f}{remark})")
    for reason in view.edge.evidence:
        head = f"{reason.kind.value}, weight {reason.weight:.2f}  "
        yield indented(text(head) + place(reason.location))
        yield indented(quoted(reason.said), 4)
