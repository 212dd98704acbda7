"""How long work takes: processor time, since what else the machine does must not show.

A measure without an answer to check is none: whoever measures says what must come out, and a wrong answer
stops the benchmark.
"""

import resource
import statistics
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import TypeVar

Result = TypeVar("Result")
Asked = TypeVar("Asked")


class WrongAnswer(Exception):
    """What was measured did not do its work, so how fast it was means nothing."""


def expect(what: str, found: int, at_least: int) -> None:
    """Raises WrongAnswer when there is less of something than there must be."""
    if found < at_least:
        raise WrongAnswer(f"{what}: {found} found, at least {at_least} expected")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one piece of work: on the processor, and by the clock."""

    processor: float
    clock: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds on the processor for one answer: median and 95th percentile of so many answers."""

    p50: float
    p95: float
    answers: int


def timed(work: Callable[[], Result]) -> tuple[Result, Spent]:
    """What the work gave, and what it took in this process."""
    processor, clock = process_time(), perf_counter()
    result = work()
    return result, Spent(process_time() - processor, perf_counter() - clock)


def median_of(rounds: int, work: Callable[[int], Spent]) -> Spent:
    """The median of several rounds; the work is told which round it is."""
    return _median([work(number) for number in range(rounds)])


def repeated(rounds: int, work: Callable[[], Result]) -> tuple[Result, Spent]:
    """What the work gave in its last round, and the median of what it took."""
    each = [timed(work) for _ in range(rounds)]
    return each[-1][0], _median([spent for _, spent in each])


def _median(spent: Sequence[Spent]) -> Spent:
    return Spent(statistics.median(s.processor for s in spent), statistics.median(s.clock for s in spent))


def timed_command(command: Sequence[str]) -> tuple[str, Spent]:
    """What a command printed, and what it took from its start to its end. Raises CalledProcessError."""
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    finished = subprocess.run(command, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return finished.stdout, Spent(processor, perf_counter() - clock)


def latency_of(
    questions: Sequence[Asked],
    check: Callable[[Asked], None],
    answer: Callable[[Asked], object],
) -> Latency:
    """Every question checked, then asked with the clock running, all but the first, which warms up.

    `check` must ask somebody else than `answer` does, where answers are kept for whoever asks again.
    """
    for question in questions:
        check(question)
    taken = []
    for question in questions:
        before = process_time()
        answer(question)
        taken.append((process_time() - before) * 1000)
    taken = taken[1:] or taken
    cuts = statistics.quantiles(taken, n=20, method="inclusive") if len(taken) > 1 else taken
    return Latency(statistics.median(taken), cuts[-1], len(taken))
