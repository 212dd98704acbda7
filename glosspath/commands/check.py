"""`glosspath check`: what looks wrong in notes, for their authors and their CI. Builds nothing."""

from pathlib import Path

import click

from corpus.model import Severity
from glosspath.options import jobs_option, notes_argument
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
@jobs_option
@click.pass_context
def check(context: click.Context, notes: tuple[Path, ...], format: str, jobs: int) -> None:
    """Say what looks wrong in NOTES: path, line, severity, message, code. Exit with 1 if there are errors."""
    from glosspath.pipeline import examine
    from glosspath.reports import REPORTS

    with progress() as report:
        findings = examine(notes, jobs=jobs, progress=report)
    say_exactly(REPORTS[format](findings))
    if any(problem.severity is Severity.ERROR for problem in findings.problems):
        context.exit(1)
