"""`glosspath export`: everything that the notes say, for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from glosspath.options import data_option, open_library
from glosspath.terminal import say_exactly

if TYPE_CHECKING:
    from web import Library


def as_json(library: "Library") -> bytes:
    """The complete dump, in the form "glosspath/1"."""
    from web.dump import export as exported
    from web.payloads import to_json

    return to_json(exported(library.dump()), indent=2)


FORMATS = {"json": as_json}


@click.command(short_help="Write everything for other programs.")
@click.argument("format", type=click.Choice(list(FORMATS)))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write to this file."
)
@data_option
def export(format: str, out: Path | None, data: Path) -> None:
    """Write the whole glossary in FORMAT to standard output or a file."""
    written = FORMATS[format](open_library(data))
    if out:
        out.write_bytes(written)
    else:
        say_exactly(written)
