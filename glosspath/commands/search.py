"""`glosspath search`: full text over concepts, sections, questions and links."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType
from rich.text import Text

from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import indented, marked, one_line, say, say_payload, text

if TYPE_CHECKING:
    from web.model import HitView, SearchPage

# As in indexer.model.HitKind: written down once more, so that `--help` need not load what answers.
KINDS = ("concept", "section", "question", "resource")


@click.command(short_help="Search the notes.")
@click.argument("query", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Only hits of this kind.")
@click.option("--lesson", metavar="ID", help="Only hits in this lesson; `glosspath lessons` lists them.")
@click.option(
    "--page", type=click.IntRange(1, 100_000), default=1, show_default=True, help="Which page of hits."
)
@data_option
@json_option
def search(
    query: tuple[str, ...], kind: str | None, lesson: str | None, page: int, data: Path, as_json: bool
) -> None:
    """Find QUERY: words, a "phrase", or a concept by any of its names."""
    library = open_library(data)
    found = library.search(" ".join(query), kind, lesson, page)
    if as_json:
        from web.addresses import Addresses
        from web.presenter import Presenter
        from web.prose import Prose

        say_payload(Presenter(follow=Prose(library, Addresses()).address).search(found))
        return
    say(_headline(found))
    for hit in found.hits:
        say(Text(), *_lines(hit))


def _headline(found: "SearchPage") -> Text:
    results = found.results
    words = [f"{results.total:,} {'result' if results.total == 1 else 'results'} for “{results.query}”"]
    if results.any_word:
        words.append("nothing holds all of the words, these hold some")
    if results.trimmed:
        words.append("only its first words were searched for")
    if results.suggestion:
        words.append(f"did you mean “{results.suggestion}”?")
    if found.paging.pages > 1:
        words.append(f"page {found.paging.page} of {found.paging.pages}")
    return text("; ".join(words))


def _lines(view: "HitView") -> list[RenderableType]:
    """A hit: its name, what was found in it, and where it stands."""
    hit = view.hit
    title = Text.assemble(one_line(hit.title, "bold"), "  ", text(hit.kind.value, "dim"))
    if hit.matched_label and hit.matched_label != hit.title:
        title.append_text(text("  ") + one_line(f"found by “{hit.matched_label}”"))
    where = [part.title for part in (view.lesson, view.section) if part and part.title != hit.title]
    lines = [marked(hit.snippet), one_line(hit.target), one_line(" › ".join(dict.fromkeys(where)), "dim")]
    return [title, *(indented(line) for line in lines if line)]
