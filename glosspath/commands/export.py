"""`glosspath export`: everything that the notes say, for other programs."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import near_misses
from glosspath.options import data_option, open_library
from glosspath.outputs import write_bytes, write_files

if TYPE_CHECKING:
    from web import Library
    from web.model import Dump


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be said of an export, each for some formats only."""

    data: Path
    base: str = ""
    around: str = ""
    depth: int | None = None
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A way out: what writes it (bytes, or files by name), the options that it knows, and whether it is
    something else than text."""

    write: Callable[["Library", Asked], bytes | dict[str, bytes]]
    knows: tuple[str, ...] = ()
    binary: bool = False


def as_json(library: "Library", _: Asked) -> bytes:
    """The complete dump, in the form "glosspath/1"."""
    from web.dump import export as exported
    from web.payloads import to_json

    return to_json(exported(library.dump()), indent=2)


def as_jsonld(library: "Library", asked: Asked) -> bytes:
    """SKOS and schema.org in JSON-LD."""
    from web.exports.linked_data import as_jsonld

    return as_jsonld(_dump(library, asked), library.snapshot.settings(), asked.base)


def as_turtle(library: "Library", asked: Asked) -> bytes:
    """The same in Turtle."""
    from web.exports.linked_data import as_turtle

    return as_turtle(_dump(library, asked), library.snapshot.settings(), asked.base)


def as_graphml(library: "Library", asked: Asked) -> bytes:
    """A graph with everything that connects concepts."""
    from graph.graphml import as_graphml

    dump = _dump(library, asked)
    broader = ((concept.id, one) for concept, kinds in dump.concepts for one in kinds.broader)
    concepts = (concept for concept, _ in dump.concepts)
    return as_graphml(concepts, dump.prerequisites, broader, dump.relations)


def as_tables(library: "Library", asked: Asked) -> dict[str, bytes]:
    """Tables of concepts, definitions and prerequisites."""
    from web.exports.tables import as_tables

    return as_tables(_dump(library, asked))


def as_mermaid(library: "Library", asked: Asked) -> bytes:
    """A drawing for Mermaid."""
    from web.exports.charts import as_mermaid, chart_of

    return as_mermaid(chart_of(library, asked.around, asked.depth or 1, asked.lesson))


def as_dot(library: "Library", asked: Asked) -> bytes:
    """A drawing for Graphviz."""
    from web.exports.charts import as_dot, chart_of

    return as_dot(chart_of(library, asked.around, asked.depth or 1, asked.lesson))


def as_inventory(library: "Library", _: Asked) -> bytes:
    """The names that other Sphinx documentation can link."""
    from web.exports.inventory import as_inventory

    return as_inventory(library.dump())


def as_site(library: "Library", asked: Asked) -> dict[str, bytes]:
    """All pages, as files."""
    from web.exports.site import as_site

    return as_site(asked.data, library, asked.base)


def as_anki(library: "Library", asked: Asked) -> bytes:
    """Cards to learn by heart."""
    from web.exports.cards import as_anki

    return as_anki(library, _now(), asked.lesson)


def _dump(library: "Library", asked: Asked) -> "Dump":
    return library.dump_of_lesson(asked.lesson) if asked.lesson else library.dump()


def _now() -> int | None:
    """When it is, if somebody says so: what reproducible-builds.org asks of SOURCE_DATE_EPOCH."""
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if written and not re.fullmatch("[0-9]{1,10}", written):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {written[:40]!r}, and should be seconds since 1970")
    return int(written) if written else None


_AROUND = ("around", "depth", "lesson")
FORMATS = {
    "json": Format(as_json),
    "jsonld": Format(as_jsonld, ("base", "lesson")),
    "turtle": Format(as_turtle, ("base", "lesson")),
    "graphml": Format(as_graphml, ("lesson",)),
    "csv": Format(as_tables, ("lesson",)),
    "mermaid": Format(as_mermaid, _AROUND),
    "dot": Format(as_dot, _AROUND),
    "inventory": Format(as_inventory, binary=True),
    "anki": Format(as_anki, ("lesson",), binary=True),
    "site": Format(as_site, ("base",)),
}


def format_named(_: click.Context, __: click.Parameter, value: str) -> str:
    """The name of a format, in lower case. One that is not there is told with the most similar."""
    if (name := value.casefold()) in FORMATS:
        return name
    near = near_misses(name, FORMATS, limit=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it is one of {', '.join(FORMATS)}"
    raise click.UsageError(f"there is no format {value[:40]!r}: {hint}")


@click.command(short_help="Write everything for other programs.")
@click.argument("format", callback=format_named)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file; - is standard output.",
)
@click.option(
    "--base", default="", metavar="URL", help="Where it all stands, or will (jsonld, turtle, site)."
)
@click.option(
    "--around",
    default="",
    metavar="CONCEPT",
    help="Draw only what it needs and what needs it (mermaid, dot).",
)
@click.option(
    "--depth", type=click.IntRange(1, 100), metavar="N", help="Go no more than N edges away; else 1."
)
@click.option(
    "--lesson",
    default="",
    metavar="LESSON",
    help="Only what this lesson (id, title or number) introduces (not json, inventory, site).",
)
@data_option
def export(format: str, out: Path | None, data: Path, **asked: Any) -> None:
    """Write the whole glossary in FORMAT to standard output or a file.

    \b
    json       everything, for programs of your own
    jsonld     linked data: SKOS and schema.org
    turtle     the same in Turtle (needs glosspath[turtle])
    graphml    a graph, for programs that draw and measure graphs
    csv        tables of concepts, definitions and prerequisites: a folder, or an archive if FILE ends in .zip
    mermaid    a drawing of what comes before what, for Markdown
    dot        the same for Graphviz
    inventory  objects.inv: other Sphinx documentation links your terms
    anki       cards to learn by heart, .apkg (needs glosspath[anki])
    site       all pages as files that any host serves, in a folder or an archive
    """
    way = FORMATS[format]
    if unknown := [f"--{name}" for name, value in asked.items() if value and name not in way.knows]:
        raise click.UsageError(f"{', '.join(unknown)} means nothing for {format}")
    if asked["around"] and asked["lesson"]:
        raise click.UsageError("--around and --lesson are two ways to draw a part: give one")
    if asked["depth"] and not asked["around"]:
        raise click.UsageError("--depth says how far --around goes: give a concept, too")
    written = way.write(open_library(data), Asked(data, **asked))
    if isinstance(written, bytes):
        write_bytes(written, out, binary=way.binary)
    else:
        write_files(written, out)
