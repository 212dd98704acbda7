"""From notes to a snapshot: read, relate, index. Every command that reads notes goes through here."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from corpus import read_corpus, read_surveyed, survey
from corpus.model import Corpus, Problem
from corpus.reading import Progress, no_search_for_circles
from graph import ConceptGraph, build_graph
from graph.changes import State
from graph.model import Wanted
from indexer import BuildCache, engine_of, only_builder
from indexer.model import Manifest
from indexer.store import all_problems


@dataclass(frozen=True, slots=True)
class Findings:
    """What looks wrong in notes, by path and line; `roots` are the folders that paths are relative to, by the
    first part of the path ("" when there is one root only); `state` is what the notes say; `since` names the
    snapshot whose problems are left out."""

    problems: tuple[Problem, ...]
    wanted: tuple[Wanted, ...]
    roots: dict[str, str]
    state: State
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
    return Findings(tuple(all_problems(corpus, graph)), graph.wanted, corpus.roots, _state(corpus, graph))


def state_of_notes(notes: Path, *, jobs: int = 1, progress: Progress | None = None) -> State:
    """What these notes say that is compared with others. Writes nothing. Raises NotesNotFound and NoNotes."""
    with no_search_for_circles():
        corpus = read_corpus([notes], None, jobs, progress)
        graph = build_graph(corpus)
    return _state(corpus, graph)


def _state(corpus: Corpus, graph: ConceptGraph) -> State:
    return State(graph.concepts, graph.prerequisites, tuple(corpus.sections()), corpus.lessons)
