"""Texts read by several processes: each once, in any shares, and whatever goes wrong is said."""

import pytest

from corpus.files import SourceFile
from corpus.processes import Work, in_processes, worth

LONG = 200_000


def work_of(*lengths: int) -> list[Work]:
    return [(SourceFile(f"{n}.md", "x" * length, ""), str(n)) for n, length in enumerate(lengths)]


def first_letters(file: SourceFile, slug: str) -> bytes:
    return f"{slug}:{len(file.text)}".encode()


def never(file: SourceFile, slug: str) -> bytes:
    raise ValueError(f"{file.path} is never read")


def test_each_text_is_read_once_and_comes_back_with_its_place() -> None:
    lengths = (3, LONG, 0, 20, LONG + 1, *range(50))
    read = dict(in_processes(first_letters, work_of(*lengths), 2))
    assert [read[n] for n in range(len(lengths))] == [
        f"{n}:{size}".encode() for n, size in enumerate(lengths)
    ]


def test_the_largest_come_first() -> None:
    places = [place for place, _ in in_processes(first_letters, work_of(3, LONG, 20, LONG + 1), 2)]
    assert places == [3, 1, 2, 0]


def test_a_process_is_started_only_where_there_is_enough_to_read() -> None:
    assert worth(work_of(10, 20, 30), 8) == 1
    assert worth(work_of(LONG, LONG), 8) == 2
    assert worth(work_of(*[LONG] * 50), 8) == 8
    assert worth([], 8) == 1


def test_what_goes_wrong_in_a_process_is_raised_here_as_it_was_there() -> None:
    with pytest.raises(ValueError, match=r"1\.md is never read"):
        list(in_processes(never, work_of(3, LONG), 2))
