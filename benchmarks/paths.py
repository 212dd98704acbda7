"""How long questions about what comes first take among very many concepts, and how much memory they need.

    python benchmarks/paths.py [--concepts N] [--edges N] [--questions N] [--record]

The graph is made, always the same: subjects of a few hundred concepts, in each of which a concept needs what
others need, too, so that a few are needed by very many, as in any glossary, and some of what every subject
needs. Every answer is checked before it is timed.
"""

import argparse
import gc
import random
import resource
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from records import Table, command_line, write_record
from timing import WrongAnswer, latency_of

from corpus.model import SourceLocation
from graph.model import Answer, ConceptId, Evidence, EvidenceKind, Prerequisite
from graph.paths import PrerequisiteGraph, frontier, further_unlocked, learning_path, why

SEED = 4
FIELD = 400  # concepts of one subject
SHARED = 0.15  # of what a concept needs, what is needed in every subject
TWICE = 1.25  # more is drawn than wanted: some of it is drawn twice
GOAL = 20.0  # milliseconds, 95th percentile
Pair = tuple[int, int]
Asked = TypeVar("Asked")


class Made(NamedTuple):
    """A generated graph, the bytes that it takes, and how much is needed by what is needed most."""

    graph: PrerequisiteGraph
    concepts: tuple[ConceptId, ...]
    edges: int
    memory: int
    most_needed: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes a record if asked; returns the exit status: 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description="Times questions about what comes first.")
    parser.add_argument("--concepts", type=int, default=100_000, metavar="N")
    parser.add_argument("--edges", type=int, default=500_000, metavar="N")
    parser.add_argument("--questions", type=int, default=400, metavar="N", help="of each kind")
    parser.add_argument(
        "--record", action="store_true", help="keep the tables in benchmarks/records/paths.md"
    )
    options = parser.parse_args(arguments)
    made = made_graph(options.concepts, options.edges)
    tables = [graph_table(made), latency_table(made, options.questions)]
    for table in tables:
        print(table.plain(), end="\n\n", flush=True)
    if options.record:
        path = write_record("paths", "Paths", command_line("paths.py"), tables)
        print(f"Recorded in benchmarks/records/{path.name}")
    return 0 if all(float(row[3]) <= GOAL for row in tables[1].rows) else 1


def pairs_of(concepts: int, edges: int) -> list[Pair]:
    """What is needed by what, by number; what is needed has the smaller one.

    >>> all(before < after for before, after in pairs_of(50, 120))
    True
    """
    chance = random.Random(SEED)
    found: dict[Pair, None] = {}
    # In both, what is needed stands once more for each time that it is needed.
    everywhere, here = [0], [0]
    for after in range(1, concepts):
        if after % FIELD == 0:
            here = [after]
        for _ in range(round(chance.expovariate(concepts / edges / TWICE))):
            common = everywhere if chance.random() < SHARED else here
            before = common[chance.randrange(len(common))]
            if before < after and (before, after) not in found:
                found[before, after] = None
                common.append(before)
        here.append(after)
        if after < FIELD:
            everywhere.append(after)
    return sorted(chance.sample(list(found), edges)) if len(found) > edges else list(found)


def made_graph(concepts: int, edges: int) -> Made:
    """A graph of this size."""
    names = tuple(ConceptId(f"concept-{number}") for number in range(concepts))
    pairs = pairs_of(concepts, edges)
    gc.collect()
    before = _resident()
    said = Evidence(EvidenceKind.DEFINITION, 0.68, "the words that say so", SourceLocation("notes.md", 1, 1))
    found = [Prerequisite(names[one], names[other], 0.68, (said,)) for one, other in pairs]
    graph = PrerequisiteGraph({name: number for number, name in enumerate(names)}, found)
    frontier(graph, frozenset())
    memory = _resident() - before
    if len(found) != edges:
        raise WrongAnswer(f"edges: {len(found)} made, {edges} expected")
    return Made(graph, names, edges, memory, max(len(graph.unlocked_by(name)) for name in names))


def _resident() -> int:
    """The most memory that this process has had so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def graph_table(made: Made) -> Table:
    """What is asked about."""
    chance = random.Random(SEED)
    steps = sorted(len(learning_path(made.graph, [one]).steps) for one in chance.sample(made.concepts, 200))
    rows = (
        ("concepts", f"{len(made.concepts)}"),
        ("prerequisites", f"{made.edges}"),
        ("needed by the most", f"{made.most_needed}"),
        ("steps of a path, median", f"{steps[100]}"),
        ("steps of a path, 95th percentile", f"{steps[190]}"),
        ("memory of the edges and the graph, MB", f"{made.memory / 2**20:.0f}"),
    )
    return Table("The graph", ("", ""), rows)


def latency_table(made: Made, questions: int) -> Table:
    """A row for each kind of question."""
    graph, chance = made.graph, random.Random(SEED)
    picked = chance.sample(made.concepts, questions)
    pairs = list(zip(picked, chance.sample(made.concepts, questions), strict=True))
    known = [frozenset(chance.sample(made.concepts, 30)) for _ in range(questions)]

    def ordered(targets: Sequence[ConceptId], of: frozenset[ConceptId] = frozenset()) -> None:
        reached = set(of)
        for step in learning_path(graph, targets, of).steps:
            needed = {edge.prerequisite for edge in graph.prerequisites_of(step.concept)}
            _must("a path is in order", needed <= reached)
            reached.add(step.concept)
        _must("a path reaches its targets", reached.issuperset(targets))

    def ready(of: frozenset[ConceptId]) -> None:
        for concept in frontier(graph, of):
            _must("what is next is ready", all(e.prerequisite in of for e in graph.prerequisites_of(concept)))

    def explained(pair: tuple[ConceptId, ConceptId]) -> None:
        answer = why(graph, *pair)
        on_path = pair[0] in {step.concept for step in learning_path(graph, [pair[1]]).steps}
        _must("why finds what the path has", on_path == (answer.answer in (Answer.DIRECT, Answer.CHAIN)))

    def led_to(concept: ConceptId) -> None:
        for further, distance in further_unlocked(graph, concept, 100):
            found = why(graph, concept, further)
            _must("what is unlocked has a chain of that length", len(found.edges) == distance)

    def shorter(concept: ConceptId) -> None:
        whole = {step.concept for step in learning_path(graph, [concept]).steps}
        part = {step.concept for step in learning_path(graph, [concept], depth=3).steps}
        _must("three edges deep is a part of all", {concept} <= part <= whole)

    hubs = sorted(made.concepts, key=lambda one: (-len(graph.unlocked_by(one)), one))[:50]
    lessons = [tuple(made.concepts[at : at + 20]) for at in range(0, len(made.concepts) - 20, 20)]
    some = chance.sample(lessons, min(len(lessons), questions))
    rows = (
        _row("path to a concept", [(one,) for one in picked], ordered, lambda one: learning_path(graph, one)),
        _row("path to a lesson of 20", some, ordered, lambda one: learning_path(graph, one)),
        _row("path three edges deep", picked, shorter, lambda one: learning_path(graph, [one], depth=3)),
        _row("what next, 30 known", known, ready, lambda of: frontier(graph, of)),
        _row("what the most needed unlock", hubs, led_to, lambda one: further_unlocked(graph, one, 100)),
        _row("why one before another", pairs, explained, lambda pair: why(graph, *pair)),
    )
    return Table("Milliseconds for one answer", ("", "questions", "median", "p95"), rows)


def _row(
    name: str, questions: Sequence[Asked], check: Callable[[Asked], None], answer: Callable[[Asked], object]
) -> tuple[str, ...]:
    latency = latency_of(questions, check, answer)
    return name, str(latency.answers), f"{latency.p50:.3f}", f"{latency.p95:.3f}"


def _must(what: str, holds: bool) -> None:
    if not holds:
        raise WrongAnswer(f"it does not hold that {what}")


if __name__ == "__main__":
    sys.exit(main())
