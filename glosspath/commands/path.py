"""`glosspath path`: what to learn, in order, and why."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType
from rich.text import Text

from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import indented, one_line, place, quoted, say, say_exactly, say_payload, text

if TYPE_CHECKING:
    from web.model import PathPage, StepView

REASONS_SHOWN = 3


@click.command(short_help="What to learn first, in order.")
@click.argument("target", nargs=-1, required=True)
@click.option(
    "--known", multiple=True, metavar="TERM", help="What you know already; several times, or with commas."
)
@click.option("--also", multiple=True, metavar="TERM", help="One more target; several times, or with commas.")
@click.option("--depth", type=click.IntRange(1, 100), metavar="N", help="Go back no more than N edges.")
@click.option("--mermaid", "drawn", flag_value="mermaid", help="Draw it for Mermaid.")
@click.option("--dot", "drawn", flag_value="dot", help="Draw it for Graphviz.")
@data_option
@json_option
def path(
    target: tuple[str, ...],
    known: tuple[str, ...],
    also: tuple[str, ...],
    depth: int | None,
    drawn: str | None,
    data: Path,
    as_json: bool,
) -> None:
    """What to learn, in order, to understand TARGET, a concept or a lesson ("lesson 5": all that it defines).
    Each step says what needs it, in the notes' words."""
    library = open_library(data)
    each_of = library.terms.each_of
    page = library.path([" ".join(target), *each_of(also)], each_of(known), depth)
    if drawn:
        from web.exports.charts import as_dot, as_mermaid, chart_of_path

        say_exactly((as_mermaid if drawn == "mermaid" else as_dot)(chart_of_path(page)))
        return
    if as_json:
        from web.presenter import Presenter

        say_payload(Presenter().path(page))
        return
    say(_headline(page))
    for number, step in enumerate(page.steps, start=1):
        say(*_lines(number, step))
    if page.undefined:
        say(
            Text(),
            one_line(f"Used or asked for on the way and defined nowhere: {', '.join(page.undefined)}", "dim"),
        )


def _headline(page: "PathPage") -> Text:
    from web.model import LessonLink

    target = ", ".join(one.title if isinstance(one, LessonLink) else one.pref_label for one in page.asked)
    known = f" from {', '.join(link.pref_label for link in page.known)}" if page.known else ""
    if not page.targets:
        return one_line(f"{target} defines nothing.", "bold")
    if not page.steps:
        return one_line(f"You know {target} already.", "bold")
    steps = f"{len(page.steps)} {'step' if len(page.steps) == 1 else 'steps'}"
    return one_line(f"The way to {target}{known}: {steps}", "bold")


def _lines(number: int, step: "StepView") -> Iterator[RenderableType]:
    """A step: the concept, the start of its definition, and the best reason for each later one."""
    yield Text.assemble(text(f"\n{number:>3}  "), one_line(step.concept.pref_label, "bold"))
    if step.concept.summary:
        yield indented(one_line(step.concept.summary), 5)
    for edge in step.because[:REASONS_SHOWN]:
        best = edge.edge.evidence[0]
        reason = Text.assemble(
            one_line(f"for {edge.target.pref_label}:"),
            " ",
            quoted(best.said),
            "  ",
            place(best.location),
        )
        yield indented(reason, 5)
    if more := step.because[REASONS_SHOWN:]:
        yield indented(one_line(f"and for {', '.join(edge.target.pref_label for edge in more)}", "dim"), 5)
