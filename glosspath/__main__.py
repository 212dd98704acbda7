"""The command `glosspath`: one verb a job.

Exit status: 0 good, 1 the notes or the question are wrong, 2 the command is wrong. What went wrong is one
line on standard error; GLOSSPATH_DEBUG=1 adds where in the code an unexpected failure happened.
"""

import errno
import os
import sys
from collections.abc import Sequence

import click
from click.shell_completion import shell_complete

from corpus.errors import GlosspathError
from glosspath.commands import COMMANDS
from glosspath.terminal import complain, note

_COMPLETE = "_GLOSSPATH_COMPLETE"  # set by the shells that complete commands, as click documents


class InOrder(click.Group):
    """Lists its commands in the order in which people meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click says what comes in
        """The names, as they were added."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="glosspath", message="glosspath %(version)s")
def glosspath() -> None:
    """Turn a folder of Markdown notes into a glossary to search, browse and follow.

    \b
    glosspath serve                 the bundled course, on http://127.0.0.1:8000
    glosspath serve ~/notes         your own notes
    glosspath build ~/notes         build only; then ask:
    glosspath path softmax          what to learn first, and why
    """


for command in COMMANDS:
    glosspath.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit status. Never raises."""
    try:
        if wanted := os.environ.get(_COMPLETE):
            return shell_complete(glosspath, {}, "glosspath", _COMPLETE, wanted)
        # Not `glosspath.main`, which ends the process by itself when the reader of a pipe has gone.
        with glosspath.make_context("glosspath", list(arguments)) as context:
            glosspath.invoke(context)
        sys.stdout.flush()
        return 0
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "glosspath"
        complain(f"{error.format_message().rstrip('.')}; see `{path} --help`")
        return 2
    except click.ClickException as error:
        complain(error.format_message())
        return 1
    except GlosspathError as error:
        complain(str(error))
        return 1
    except (KeyboardInterrupt, click.Abort):
        note("")  # below the ^C
        complain("stopped; what was built before is still there")
        return 130
    except OSError as error:
        return _system_error(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence: people get a sentence, not a traceback
        return _own_error(error)


def _system_error(error: OSError) -> int:
    if error.errno == errno.EPIPE:
        # `glosspath concepts | head` is no failure: the reader has had enough. Python would complain when it
        # flushes at the end, so what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    what = f"{error.strerror or type(error).__name__}{f': {error.filename}' if error.filename else ''}"
    complain(f"{what}; check that the place exists, is yours to use and has room")
    return 1


def _own_error(error: Exception) -> int:
    complain(
        f"this is a fault in glosspath itself, not in your notes ({type(error).__name__}: {error}); "
        "GLOSSPATH_DEBUG=1 shows where, please report it"
    )
    if os.environ.get("GLOSSPATH_DEBUG"):
        sys.excepthook(type(error), error, error.__traceback__)
    return 1


def main() -> None:
    """What the installed command runs."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
