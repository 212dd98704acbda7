"""`glosspath check`: what looks wrong in notes, for their authors and their CI. Builds nothing."""

from pathlib import Path

import click

from corpus.model import Severity
from glosspath.options import data_option, jobs_option, notes_argument
from glosspath.terminal import progress, say_exactly

FORMATS = ("text", "json", "github", "sarif")


@click.command(short_help="What looks wrong in notes.")
@notes_argument(required=True)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to print: for people, programs, GitHub's annotations or code scanning.",
)
@click.option(
    "--since",
    metavar="SNAPSHOT",
    help="Print only what is new against an earlier build: an id, its beginning, `current` or `previous`.",
)
@data_option
@jobs_option
@click.pass_context
def check(
    context: click.Context, notes: tuple[Path, ...], format: str, since: str | None, data: Path, jobs: int
) -> None:
    """Say what looks wrong in NOTES: path, line, severity, message, code. Exit with 1 if there are errors."""
    from glosspath.novelty import Earlier, new_since
    from glosspath.pipeline import examine
    from glosspath.reports import REPORTS
    from indexer import names_snapshot, problems_of_snapshot, state_of_snapshot

    if since and not names_snapshot(since) and Path(since).is_dir():
        raise click.UsageError(
            f"--since takes a snapshot (an id, its beginning, current, previous), and {since!r} is a folder."
            " Build it and check against that; `glosspath diff` compares folders."
        )
    earlier = None
    if since is not None:
        earlier = Earlier(since, problems_of_snapshot(data, since), state_of_snapshot(data, since))
    with progress() as report:
        findings = examine(notes, jobs=jobs, progress=report)
    if earlier is not None:
        findings = new_since(findings, earlier)
    say_exactly(REPORTS[format](findings))
    if any(problem.severity is Severity.ERROR for problem in findings.problems):
        context.exit(1)
