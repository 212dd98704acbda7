"""`glosspath search`: full text over concepts, sections, questions, links and code."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import RenderableType
from rich.text import Text

from corpus.errors import near_misses
from glosspath.options import data_option, json_option, open_library
from glosspath.terminal import indented, marked, one_line, say, say_payload, text

if TYPE_CHECKING:
    from indexer.model import Hit
    from web.model import HitView, SearchPage

# As in indexer.model.HitKind: written down once more, so that `--help` need not load what answers.
KINDS = ("concept", "section", "question", "resource", "code")
LONGEST_SHOWN = 80
CUT_SAYS = {
    "length": "only its beginning was searched for",
    "terms": "only its first words were searched for",
    "expansions": "more words begin or are spelled so than were searched for",
}


# -word is a word to do without, not an option; so no option here has one letter.
@click.command(
    short_help="Search the notes.",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Only hits of this kind.")
@click.option("--lesson", metavar="LESSON", help="Only hits in this lesson (id, title or number).")
@click.option(
    "--page", type=click.IntRange(1, 100_000), default=1, show_default=True, help="Which page of hits."
)
@click.option("--explain", is_flag=True, help="Say of each hit why it was found: terms, fields, weights.")
@data_option
@json_option
def search(
    query: tuple[str, ...],
    kind: str | None,
    lesson: str | None,
    page: int,
    explain: bool,
    data: Path,
    as_json: bool,
) -> None:
    """Find QUERY: words, a "phrase", a concept by any of its names; -word leaves out what holds the word.

    Also OR, AND, NOT, (brackets), begin*, fuzzy~, title:word, label:word, kind:concept and lesson:ID.
    """
    words = _words(query)
    library = open_library(data)
    found = library.search(words, kind, lesson, page, explain=explain)
    if as_json:
        from web.addresses import Addresses
        from web.presenter import Presenter
        from web.prose import Prose

        say_payload(Presenter(follow=Prose(library, Addresses()).address).search(found))
        return
    say(_headline(found), *_advice(found))
    if explain:
        say(one_line(f"read as: {found.results.read_as}", "dim"))
    for hit in found.hits:
        say(Text(), *_lines(hit))


def _words(query: tuple[str, ...]) -> str:
    context = click.get_current_context()
    if query == ("-h",):
        click.echo(context.get_help())
        context.exit()
    known = [option for given in context.command.params for option in given.opts]
    if unknown := next((word for word in query if word.startswith("--") and word not in known), None):
        raise click.NoSuchOption(unknown, possibilities=near_misses(unknown, known))
    words = " ".join(query).strip()
    if not words:
        raise click.UsageError("there is nothing to search for: give a word or more")
    return words


def _advice(found: "SearchPage") -> Iterator[RenderableType]:
    """What else there is, or what to do when nothing is shown."""
    if found.related:
        yield one_line(f"beside it: {', '.join(one.pref_label for one in found.related)}", "dim")
    if found.wanted:
        yield one_line(f"The notes use and never define: {', '.join(found.wanted)}", "dim")
    for one in found.results.unknown:
        near = f"; did you mean {' or '.join(one.near)}?" if one.near else ""
        yield one_line(f"There is no {one.name} called “{one.value}”: searched for as words{near}", "dim")
    if found.results.unfiltered:
        total = f"{found.results.unfiltered_total:,}"
        yield one_line(f"Only the filter leaves nothing: “{found.results.unfiltered}” finds {total}", "dim")
    elif found.nearest:
        yield one_line(f"The nearest names: {', '.join(found.nearest)}", "dim")
    elif not found.results.total:
        yield text("Fewer or other words may find more; `glosspath concepts` lists all names.", "dim")
    elif not found.hits:
        yield text(f"The list ends before this page: --page goes up to {found.paging.pages}.", "dim")


def _headline(found: "SearchPage") -> Text:
    results = found.results
    query = results.query
    shown = query if len(query) <= LONGEST_SHOWN else f"{query[: LONGEST_SHOWN - 1]}…"
    words = [f"{results.total:,} {'result' if results.total == 1 else 'results'} for “{shown}”"]
    if results.any_word:
        words.append("few or no texts hold all of the words, the rest hold some")
    words += [CUT_SAYS[reason] for reason in results.cut]
    if results.as_typed:
        words.append(
            f"showing those for “{results.suggestion}”; {results.as_typed} finds just what was typed"
        )
    elif results.suggestion_total:
        words.append(f"did you mean “{results.suggestion}” ({results.suggestion_total:,})?")
    if found.paging.pages > 1:
        words.append(f"page {found.paging.page} of {found.paging.pages}")
    return text("; ".join(words))


def _lines(view: "HitView") -> list[RenderableType]:
    """A hit: its name, what was found in it, and where it stands."""
    hit = view.hit
    title = Text.assemble(one_line(hit.title, "bold"), "  ", text(hit.kind.value, "dim"))
    if hit.matched_label and hit.matched_label != hit.title:
        title.append_text(text("  ") + one_line(f"found by “{hit.matched_label}”"))
    also = [section.lesson or section.title for section in view.also]
    also += [f"{hit.also_more:,} more"] if hit.also_more else []
    where = [part.title for part in (view.lesson, view.section) if part and part.title != hit.title]
    lines = [marked(hit.snippet), one_line(hit.target), one_line(" › ".join(dict.fromkeys(where)), "dim")]
    lines += [one_line(f"the same stands in {', '.join(also)}", "dim")] if also else []
    lines += [one_line(line, "dim") for line in _reasons(hit)]
    return [title, *(indented(line) for line in lines if line)]


def _reasons(hit: "Hit") -> Iterator[str]:
    """Why it was found, a line for each thing that was asked."""
    if not (why := hit.explanation):
        return
    if why.named:
        yield "the query is its name: first"
    for reason in why.reasons:
        fields = ", ".join(f"{field} {count}" for field, count in reason.fields.items())
        rate = f"rarity {reason.rarity:.2f}" + (f", worth {reason.weight:g}" if reason.weight != 1 else "")
        yield f"{' '.join(reason.terms)}: +{reason.adds:.2f} ({fields}; {rate})"
    yield f"times {why.prior:g} for a {hit.kind}: {hit.score:.2f}"
