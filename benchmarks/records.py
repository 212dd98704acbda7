"""What a measurement leaves behind: aligned tables for the terminal, the same in a record that is committed.

A record names the command, the machine and the versions, so that numbers can be compared; it holds no date,
no host name and no path of one machine.
"""

import os
import platform
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RECORDS = Path(__file__).parent / "records"

# The packages whose versions move the numbers.
_MEASURED_PACKAGES = (
    "glosspath",
    "markdown-it-py",
    "mdit-py-plugins",
    "networkx",
    "ahocorasick-rs",
    "inflect",
    "whoosh3",
    "msgspec",
    "flask",
    "jinja2",
    "nh3",
    "numpy",
    "tantivy",
    "pygments",
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; `note` says how to read them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def plain(self) -> str:
        """For a terminal: aligned with spaces."""
        widths = _widths((self.columns, *self.rows))
        numbers = self._numbers()
        lines = [_aligned(row, widths, numbers) for row in (self.columns, *self.rows)]
        return "\n".join((self.title, *(f"  {line}" for line in (*lines, *self.note.splitlines()))))

    def markdown(self) -> str:
        """For a record."""
        rule = ("---:" if number else "---" for number in self._numbers())
        rows = ["| " + " | ".join(_escaped(row)) + " |" for row in (self.columns, tuple(rule), *self.rows)]
        return "\n".join((f"## {self.title}", "", *rows, *(("", self.note) if self.note else ())))

    def _numbers(self) -> list[bool]:
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        return [bool(place) and _holds_numbers(column) for place, column in enumerate(columns)]


def _widths(rows: Sequence[tuple[str, ...]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def _aligned(row: tuple[str, ...], widths: list[int], numbers: Sequence[bool]) -> str:
    cells = (
        cell.rjust(width) if number else cell.ljust(width)
        for cell, width, number in zip(row, widths, numbers, strict=True)
    )
    return "  ".join(cells).rstrip()


def _holds_numbers(column: Iterable[str]) -> bool:
    """Whether a column's cells are numbers, shares or counts, and so stand to the right."""
    return all(not cell or cell[0] in "+-.0123456789" for cell in column)


def _escaped(row: Iterable[str]) -> Iterable[str]:
    return (cell.replace("|", "\\|") for cell in row)


def write_record(name: str, title: str, command: Sequence[str], tables: Iterable[Table]) -> Path:
    """Writes benchmarks/records/NAME.md and returns its path."""
    parts = [f"# {title}", _circumstances(command), *(table.markdown() for table in tables)]
    RECORDS.mkdir(exist_ok=True)
    path = RECORDS / f"{name}.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def command_line(script: str) -> list[str]:
    """The command that runs now, without this machine's paths: a folder is named by its last part."""
    words = [Path(word).name if "/" in word and not word.startswith("-") else word for word in sys.argv[1:]]
    return ["python", f"benchmarks/{script}", *words]


def _circumstances(command: Sequence[str]) -> str:
    packages = ", ".join(f"{name} {found}" for name in _MEASURED_PACKAGES if (found := _version(name)))
    return "\n".join(
        (
            f"- Command: `{shlex.join(command)}`",
            f"- Machine: {_machine()}",
            f"- Versions: Python {platform.python_version()}, {packages}",
        )
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a checkout that was not installed
        return ""


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores of {_processor()}, {memory:.0f} GB memory, {platform.system()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())
