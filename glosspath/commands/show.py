"""`glosspath show`: one concept, by any of its names."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType
from rich.text import Text

from corpus.tex import readable
from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import columns, indented, one_line, place, quoted, say, say_payload, text

if TYPE_CHECKING:
    from web import Library
    from web.model import ConceptPage, DroppedView, EdgeView

MENTIONS_SHOWN = 5


@click.command(short_help="Show a concept.")
@click.argument("term", nargs=-1, required=True)
@data_option
@json_option
def show(term: tuple[str, ...], data: Path, as_json: bool) -> None:
    """Show the concept that TERM, a label or an id, means: definitions, what comes first, what it unlocks."""
    library, asked = open_library(data), " ".join(term)
    page = library.concept_page(asked)
    if as_json:
        from web.presenter import Presenter

        say_payload(Presenter().concept(page))
        return
    say(
        *_heading(page, _matched(library, asked)),
        *_definitions(page),
        *_connections(page),
        *_uses(page),
        *_more(page),
    )


def _heading(page: "ConceptPage", matched: str) -> Iterator[RenderableType]:
    concept = page.concept
    title = one_line(concept.pref_label, "bold")
    if matched not in {"", concept.pref_label}:
        title.append_text(text("  ") + one_line(f"found by “{matched}”", "not bold"))
    yield title
    if concept.alt_labels:
        yield one_line(f"also {', '.join(concept.alt_labels)}", "dim")


def _matched(library: "Library", asked: str) -> str:
    """The label by which a concept was found; empty when it was its id."""
    match = library.snapshot.lookup(asked)
    return match.matched_label if match and match.concept != asked else ""


def _definitions(page: "ConceptPage") -> Iterator[RenderableType]:
    if not page.definitions:
        yield Text()
        yield indented(text("The notes name this and do not define it.", "italic"))
    from glosspath.differences import changed_words
    from graph.wording import Alike

    for number, view in enumerate(page.definitions):
        again = number > 0 and view.alike is Alike.SAME
        yield Text()
        yield indented(
            text("In the same words, once more.", "dim") if again else one_line(view.definition.text)
        )
        if number and view.alike in (Alike.NEARLY, Alike.PARTLY):
            first = page.definitions[0].definition.text
            changed = changed_words(readable(first), readable(view.definition.text))
            yield indented(Text.assemble(("against the first: ", "dim"), changed))
        yield indented(place(view.source.location))


def _connections(page: "ConceptPage") -> Iterator[RenderableType]:
    if page.prerequisites:
        yield from _section("Learn first", *map(_prerequisite, page.prerequisites))
    elif doubted := [view for view in page.dropped if view.edge.target.id == page.concept.id]:
        yield from _section("Learn first", *(_prerequisite(view.edge, _disbelief(view)) for view in doubted))
    for title, names in (
        ("Unlocks", [edge.target.pref_label for edge in page.unlocks]),
        ("A kind of", [kind.concept.pref_label for kind in page.broader]),
        ("Kinds", [kind.concept.pref_label for kind in page.narrower]),
        ("Part of", [view.concept.pref_label for view in page.part_of]),
        ("Parts", [view.concept.pref_label for view in page.parts]),
        ("An example of", [view.concept.pref_label for view in page.example_of]),
        ("Examples", [view.concept.pref_label for view in page.examples]),
        ("Related", [link.pref_label for link in page.related]),
    ):
        if names:
            yield from _section(title, indented(one_line(", ".join(names))))


def _prerequisite(edge: "EdgeView", doubt: str = "") -> RenderableType:
    best, name = edge.edge.evidence[0], one_line(edge.prerequisite.pref_label)
    return indented(Text.assemble(name, doubt, "  ", quoted(best.said), "  ", place(best.location)))


def _disbelief(view: "DroppedView") -> str:
    """Why what the notes put first is not believed to be first, when nothing else is."""
    return f", not believed: {'their author removed it' if view.removed_at else 'it comes after this itself'}"


def _uses(page: "ConceptPage") -> Iterator[RenderableType]:
    total = page.mentions.total
    if not total:
        return
    uses = Counter((view.mention.sentence, view.source.location) for view in page.mentions.items)
    shown = list(uses.items())[:MENTIONS_SHOWN]
    rows = [(one_line(sentence), place(at)) for (sentence, at), _ in shown]
    title = "Used once" if total == 1 else f"Used {total:,} times"
    yield from _section(title, columns(rows, indent=2, flexible=0))
    if more := total - sum(count for _, count in shown):
        yield indented(text(f"and {more:,} more", "dim"))


def _more(page: "ConceptPage") -> Iterator[RenderableType]:
    if page.questions:
        yield from _section(
            "Questions", *(indented(one_line(readable(view.question.question))) for view in page.questions)
        )
    if page.resources:
        rows = [(one_line(v.resource.title), text(v.resource.url, "dim")) for v in page.resources]
        yield from _section("Links", columns(rows, indent=2, flexible=0))


def _section(title: str, *lines: RenderableType) -> Iterator[RenderableType]:
    yield Text()
    yield text(title, "bold")
    yield from lines
