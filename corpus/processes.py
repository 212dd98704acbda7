"""Texts read by several processes at once: how they are shared out, and what comes back.

What a process says comes back packed: bytes are sent in a tenth of the time that values take, and a cache
keeps them as they are.
"""

import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext

from corpus.files import SourceFile

Work = tuple[SourceFile, str]  # a file, and what its addresses begin with

_WORTH_A_PROCESS = 100_000  # characters: fewer are read in the time that it takes to start one
_SHARES = 16  # for each process: the last ones are done at about the same time


def worth(work: Sequence[Work], jobs: int) -> int:
    """How many processes of at most so many are worth their start."""
    return max(1, min(jobs, len(work), _size(work) // _WORTH_A_PROCESS))


def in_processes(
    read: Callable[[SourceFile, str], bytes], work: Sequence[Work], jobs: int
) -> Iterator[tuple[int, bytes]]:
    """What `read`, a function of a module, makes of each file, with the file's place in `work`.

    The largest files come first, so that no process is left with one of them at the end.
    """
    shares = list(_shares(work, jobs))
    with ProcessPoolExecutor(jobs, _context(), _begin) as pool:
        packed = pool.map(_read_share, [read] * len(shares), [[work[n] for n in share] for share in shares])
        for share, documents in zip(shares, packed, strict=True):
            yield from zip(share, documents, strict=True)


def _size(work: Sequence[Work]) -> int:
    return sum(len(file.text) for file, _ in work)


def _shares(work: Sequence[Work], jobs: int) -> Iterator[list[int]]:
    """Places in `work`, the largest files first, in shares of about the same size."""
    enough = _size(work) // (jobs * _SHARES)
    share: list[int] = []
    size = 0
    for place in sorted(range(len(work)), key=lambda n: -len(work[n][0].text)):
        share.append(place)
        size += len(work[place][0].text)
        if size >= enough:
            yield share
            share, size = [], 0
    if share:
        yield share


def _read_share(read: Callable[[SourceFile, str], bytes], share: Sequence[Work]) -> list[bytes]:
    return [read(file, slug) for file, slug in share]


def _context() -> BaseContext:
    """How processes start: as copies of this one where that is safe, since a copy has all that it needs.
    Otherwise one process fetches it, and copies are made of that, where there is such a thing."""
    methods = multiprocessing.get_all_start_methods()
    if "fork" in methods and sys.platform != "darwin" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    if "forkserver" in methods:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["corpus.reading"])
        return context
    return multiprocessing.get_context()


def _begin() -> None:
    """Who interrupts a build speaks to the process that started it; this one ends with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
