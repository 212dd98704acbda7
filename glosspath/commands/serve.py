"""`glosspath serve`: build, then serve pages and the JSON API."""

import webbrowser
from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from socket import create_connection
from threading import Thread
from time import sleep

import click

from corpus.errors import NoSnapshot, SnapshotError
from glosspath.commands.build import build_and_time, say_summary
from glosspath.options import data_option, jobs_option, notes_argument
from glosspath.terminal import say, text


@click.command(short_help="Build and serve on this machine.")
@notes_argument(required=False)
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen at."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes serve."
)
@jobs_option
@click.option("--watch", is_flag=True, help="Build again whenever the notes change.")
@click.option("--open", "in_browser", is_flag=True, help="Open the first page in a browser.")
def serve(
    notes: tuple[Path, ...],
    data: Path,
    host: str,
    port: int,
    workers: int,
    jobs: int,
    watch: bool,
    in_browser: bool,
) -> None:
    """Build NOTES and serve them: pages for people, /api/v1 for programs.

    Without NOTES this serves what was built last or, where nothing was built yet, the bundled course.
    """
    from glosspath.watching import watching
    from web.server import check_port
    from web.server import serve as serve_pages

    check_port(host, port)
    to_build = notes or _unnamed_notes(data)
    if to_build:
        say_summary(build_and_time(to_build, data, jobs=jobs))
    elif watch:
        raise click.UsageError("--watch has to know what to watch: name the notes")
    if in_browser:
        Thread(target=_open_when_ready, args=(host, port), daemon=True).start()
    with watching(to_build, data) if watch else nullcontext():
        serve_pages(data, host, port, workers)


def _unnamed_notes(data: Path) -> Sequence[Path]:
    """What to build when no notes are named: the bundled course, unless somebody built their own notes; those
    only if what was built of them cannot be opened, as after an upgrade."""
    from corpus import sample_folder
    from indexer import notes_of, open_snapshot

    notes = notes_of(data)
    try:
        with closing(open_snapshot(data)) as snapshot:
            title = snapshot.manifest.title
    except NoSnapshot:
        return (sample_folder(),)
    except SnapshotError:
        if _is_bundled(notes):
            return (sample_folder(),)
        if notes and all(given.exists() for given in notes):
            return notes
        raise
    if _is_bundled(notes):
        return (sample_folder(),)  # once more, as a newer glosspath may bring newer notes
    say(text(f"Serving {title} as it was built last; `glosspath serve NOTES` builds anew."))
    return ()


def _is_bundled(notes: Sequence[Path]) -> bool:
    """Whether these are the bundled notes, or were those of a glosspath that was installed elsewhere."""
    from corpus import sample_folder

    sample = sample_folder().resolve()
    return len(notes) == 1 and (
        notes[0] == sample or (notes[0].parts[-2:] == sample.parts[-2:] and not notes[0].exists())
    )


def _open_when_ready(host: str, port: int) -> None:
    """Open the first page as soon as the server answers; give up after half a minute."""
    reached = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    for _ in range(300):
        try:
            create_connection((reached, port), timeout=1).close()
        except OSError:
            sleep(0.1)
        else:
            webbrowser.open(f"http://{reached}:{port}/")
            return
