"""`glosspath explain`: what the reader saw at one line of the notes, and why the rules took it or left it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType
from rich.text import Text

from glosspath.terminal import columns, indented, one_line, progress, say, say_payload, text

if TYPE_CHECKING:
    from corpus.explaining import Look
    from web.model import LinePage

_PLACE = re.compile(r"(?P<file>.+):(?P<line>\d+)", re.DOTALL)
_LONGEST_TEXT = 300


@click.command(short_help="What was read at a line, and why.")
@click.argument("place", metavar="FILE:LINE")
@click.option(
    "--notes",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The notes that FILE belongs to.  [default: the folders around it that hold notes]",
)
@click.option("--all", "every", is_flag=True, help="Name the rules that read other shapes, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
def explain(place: str, notes: Path | None, every: bool, as_json: bool) -> None:
    """Show what was read at a line of the notes: the section, the block, each rule that reads such a shape
    with what it took or why it took nothing, and all else that was found there. FILE may be a path below the
    notes."""
    given = _PLACE.fullmatch(place)
    if given is None:
        raise click.UsageError(f"{place!r} names no line: write FILE:LINE, such as notes/tides.md:12")
    from glosspath.looking import look_at

    with progress() as report:
        page = look_at(Path(given["file"]), int(given["line"]), notes, report)
    if as_json:
        from web.presenter import Presenter

        say_payload(Presenter().line(page))
        return
    say(*_where(page), *_rules(page, every=every), *_found(page), *_problems(page))


def _where(page: "LinePage") -> Iterator[RenderableType]:
    reading = page.reading
    at = reading.location
    yield one_line(f"{at.path}:{reading.line}", "bold")
    if reading.section:
        anchor = f"  #{reading.section.anchor}" if reading.section.anchor else ""
        place = reading.section.location
        name = f"{reading.section.title}{anchor}, lines {place.first_line}-{place.last_line}"
        yield indented(text("section   ") + one_line(name))
    lines = f", lines {at.first_line}-{at.last_line}" if at.last_line > at.first_line else ""
    yield indented(text(f"block     {reading.place}{lines}"))
    if reading.text:
        words = " ".join(reading.text.split())
        shown = words if len(words) <= _LONGEST_TEXT else f"{words[:_LONGEST_TEXT]} …"
        yield indented(text("text      ") + one_line(shown, "italic"))
    if reading.remark:
        yield indented(text("remark    ") + one_line(reading.remark))


def _rules(page: "LinePage", *, every: bool) -> Iterator[RenderableType]:
    looks = page.reading.looks
    others = [look for look in looks if not look.looked]
    for title, chosen in (
        ("Defined here", [look for look in looks if look.terms]),
        ("Rules that looked and took nothing", [look for look in looks if look.looked and not look.terms]),
        ("Rules that read other shapes", others if every else []),
    ):
        if chosen:
            yield Text()
            yield text(title, "bold")
            # Some shapes have several rules.
            styles = [look.style for look in chosen]
            named = [style if style not in styles[:n] else "" for n, style in enumerate(styles)]
            rows = zip(named, chosen, strict=True)
            yield columns([(text(style), one_line(_made_of_it(look))) for style, look in rows], indent=2)
    if others and not every:
        yield Text()
        counted = "1 more rule reads" if len(others) == 1 else f"{len(others)} more rules read"
        yield text(f"{counted} other shapes: --all names them.", "dim")


def _made_of_it(look: "Look") -> str:
    return f"{', '.join(look.terms)}  (confidence {look.confidence:.2f})" if look.terms else look.reason


def _found(page: "LinePage") -> Iterator[RenderableType]:
    if page.found:
        yield Text()
        yield text("Also read here", "bold")
        yield columns([(text(each.what), one_line(each.words)) for each in page.found], indent=2)


def _problems(page: "LinePage") -> Iterator[RenderableType]:
    if page.problems:
        yield Text()
        yield text("Problems", "bold")
        for problem in (view.problem for view in page.problems):
            yield indented(one_line(f"{problem.severity}: {problem.message} [{problem.code}]"))
            if problem.hint:
                yield indented(one_line(problem.hint, "dim"), 4)
