"""Expectations that read as documents: the case files in tests/cases/*.md.

A case is a title, a line with a dot, the input, a dot, what is expected, a dot:

    A term in bold, then "is"
    .
    A **basis** is a linearly independent spanning set.
    .
    basis  1-1  bold-is
    .

All else in a file is prose for its readers. `make update` writes what the code answers now into the files.
The tests of changed cases still fail in that run: nothing turns green unseen. Read the diff and run again.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One expectation: the `number`-th (from 0) of the file `path`. Its title is its name in pytest."""

    path: Path
    number: int
    title: str
    input: str
    expected: str

    def __str__(self) -> str:
        return self.title

    def check(self, answer: str) -> None:
        """Fail unless `answer` is what is expected; when updating, write it into the file first."""
        if answer.rstrip("\n") != self.expected and os.environ.get("UPDATE_CASES"):
            rewrite(self.path, {self.number: answer})
        assert answer.rstrip("\n") == self.expected, f"{self.path.name}: {self.title}"


def load(name: str) -> list[Case]:
    """The cases of tests/cases/`name`, for `@pytest.mark.parametrize("case", load("x.md"), ids=str)`."""
    path = CASES / name
    lines = path.read_text(encoding="utf-8").split("\n")
    return [
        Case(
            path,
            number,
            lines[first - 1],
            "\n".join(lines[first + 1 : second]),
            "\n".join(lines[second + 1 : third]),
        )
        for number, (first, second, third) in enumerate(_dots(lines, path))
    ]


def rewrite(path: Path, answers: Mapping[int, str]) -> None:
    """Put these answers, by the number of their case, in place of what was expected; leave all else alone."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, (_, second, third) in reversed(list(enumerate(_dots(lines, path)))):
        if number in answers:
            answer = answers[number].rstrip("\n").split("\n")
            assert "." not in answer, f"{path.name}: an answer with a line of one dot cannot be kept"
            lines[second + 1 : third] = answer
    path.write_text("\n".join(lines), encoding="utf-8")


def _dots(lines: list[str], path: Path) -> Iterator[tuple[int, int, int]]:
    """The numbers of each case's three lines of one dot."""
    dots = [number for number, line in enumerate(lines) if line == "."]
    assert dots and len(dots) % 3 == 0, f"{path.name}: {len(dots)} lines of one dot; a case has three"
    yield from zip(dots[::3], dots[1::3], dots[2::3], strict=True)
