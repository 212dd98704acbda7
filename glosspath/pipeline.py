"""From notes to a snapshot: read, relate, index. Every command that reads notes goes through here."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from corpus import read_corpus, read_surveyed, survey
from corpus.model import Problem
from corpus.reading import Progress, no_search_for_circles
from graph import build_graph
from graph.changes import State
from graph.model import Wanted
from indexer import BuildCache, engine_of, only_builder
from indexer.model import Manifest
from indexer.store import all_problems


@dataclass(frozen=True, slots=True)
class Findings:
    """What looks wrong in notes, by path and line; `roots` are the folders that paths are relative to, by the
    first part of the path ("" when there is one root only); `since` names the snapshot whose problems are
    left out."""

    problems: tuple[Problem, ...]
    wanted: tuple[Wanted, ...]
    roots: dict[str, str]
    since: str = ""


def build_library(
    notes: Sequence[Path],
    data: Path,
    *,
    engine: str | None = None,
    jobs: int = 1,
    full: bool = False,
    progress: Progress | None = None,
) -> Manifest:
    """Read these notes and make what they say the current snapshot in `data`.

    If nothing has changed since one of the last builds, its snapshot is taken; otherwise only files that have
    changed are parsed again. `full` does everything anew. Without an `engine` it is that of the last build.
    `progress` is told (phase, done, total). Raises NotesNotFound, NoNotes, BuildBusy and EngineMissing; what
    was built before then stays.
    """
    with only_builder(data, notes) as builder, no_search_for_circles():
        engine = engine or engine_of(data)
        found = survey(notes)
        made_from = sha256(f"{_code()} {engine} {found.digest()}".encode()).hexdigest()
        if not full and (same := builder.taken_over(made_from, found.folders(), found.still)):
            return same
        with nullcontext() if full else BuildCache(data, _code()) as cache:
            corpus = read_surveyed(found, cache, jobs, progress)
            if progress:
                progress("relating", 0, 1)
            graph = build_graph(corpus, cache)
        if progress:
            progress("relating", 1, 1)
        return builder.build(corpus, graph, engine=engine, full=full, made_from=made_from, progress=progress)


@cache
def _code() -> str:
    """A digest of the code that makes a snapshot: other code may make another one of the same notes."""
    digest = sha256()
    for package in ("corpus", "graph", "indexer"):
        for file in sorted(Path(import_module(package).__path__[0]).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def examine(notes: Sequence[Path], *, jobs: int = 1, progress: Progress | None = None) -> Findings:
    """What looks wrong in these notes. Writes nothing. Raises NotesNotFound and NoNotes."""
    with no_search_for_circles():
        corpus = read_corpus(notes, None, jobs, progress)
        graph = build_graph(corpus)
    return Findings(tuple(all_problems(corpus, graph)), graph.wanted, corpus.roots)


def state_of_notes(notes: Path, *, jobs: int = 1, progress: Progress | None = None) -> State:
    """What these notes say that is compared with others. Writes nothing. Raises NotesNotFound and NoNotes."""
    with no_search_for_circles():
        corpus = read_corpus([notes], None, jobs, progress)
        graph = build_graph(corpus)
    return State(graph.concepts, graph.prerequisites, tuple(corpus.sections()), corpus.lessons)


def new_since(findings: Findings, earlier: Iterable[Problem], snapshot: str) -> Findings:
    """Only what `snapshot` did not show: another file, code or subject, wherever it stands now and however
    often; of several that are alike, as many as are more."""
    known = Counter(map(identity_of, earlier))
    new = []
    for problem in findings.problems:
        if known[identity_of(problem)]:
            known[identity_of(problem)] -= 1
        else:
            new.append(problem)
    return replace(findings, problems=tuple(new), since=snapshot)


# Places and counts in a message, which change with what stands around; not those in what it quotes.
_MOVES = re.compile(
    r"(?P<kept>\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|\bhttps?:\S+)"
    r"|:\d+\b|\bonce\b|\b\d+ times\b|(?<=\bline )\d+|(?<=\bother )\d+|\b\d+(?:\.\d+)?(?= MB| zero)"
)
# Told once of a document, with how many there are.
_WITH_COUNT = frozenset({"undescribed-figure"})


def identity_of(problem: Problem) -> tuple[str, str, str]:
    """What makes a problem the same one after its line, or a place or count in its message, has changed: its
    code, its file and what else the message says.

    >>> from corpus.model import Severity, SourceLocation
    >>> place = SourceLocation("tides.md", 3, 3)
    >>> identity_of(Problem("undefined-term", Severity.WARNING, '"bore" is used 3 times', place))
    ('undefined-term', 'tides.md', '"bore" is used ')
    """
    message = "" if problem.code in _WITH_COUNT else problem.message
    lasting = _MOVES.sub(lambda found: found["kept"] or "", message)
    return problem.code, problem.location.path, lasting
