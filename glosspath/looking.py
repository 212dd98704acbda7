"""A file and a line -> all that is known about it: what the reader saw, what it found, what looks wrong.

The notes are read as they are now, whatever was built before. A file belongs to the outermost folder around
it, not above the working directory, from which every folder down to it holds notes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import GlosspathError, NotesNotFound, near_misses
from corpus.explaining import Look, explain_line
from corpus.files import SourceFile, Survey, survey
from corpus.folders import path_as_written
from corpus.model import Document, RelationKind, SourceLocation
from corpus.paths import SUFFIXES, is_note
from corpus.reading import read_surveyed
from graph import ConceptGraph, build_graph
from indexer import all_problems
from web.model import Finding, LinePage, ProblemView, Source

Progress = Callable[[str, int, int], None]
IS = {RelationKind.PART_OF: "is a part of", RelationKind.EXAMPLE_OF: "is an example of"}


class NoSuchLine(GlosspathError):
    """A file that is no notes, or a line that it does not have."""


def look_at(file: Path, line: int, notes: Path | None = None, progress: Progress | None = None) -> LinePage:
    """What was read at a line of a file: one below the working directory, or below `notes`.

    Raises NotesNotFound for a file that is not there, NoSuchLine for one that holds no notes, or not this
    line.
    """
    placed = _placed(file, notes)
    found = survey([notes or _notes_around(placed)])
    source = _source(placed, file, found)
    count = len(source.text.split("\n")) - source.text.endswith("\n")
    if not 1 <= line <= max(1, count):
        raise NoSuchLine(f"{file} has no line {line}. It has {count}: give one from 1 to {max(1, count)}.")
    corpus = read_surveyed(found, progress=progress)
    graph = build_graph(corpus)
    document = next(d for d in corpus.documents if d.path == source.path)
    problems = tuple(
        ProblemView(p, Source(p.location, None))
        for p in all_problems(corpus, graph)
        if _holds(p.location, source.path, line)
    )
    # A word that is used again, in small or large letters, is the same find.
    findings: dict[tuple[str, str], Finding] = {}
    for finding in _findings(document, graph, line):
        findings.setdefault((finding.what, finding.words.casefold()), finding)
    reading = explain_line(source, document, line)
    return LinePage(replace(reading, looks=_told_once(reading.looks)), tuple(findings.values()), problems)


def _told_once(looks: Sequence[Look]) -> tuple[Look, ...]:
    """What the rules made of a place, without what a second rule of the same shape took there again."""
    taken = {(look.style, look.terms): look for look in reversed(looks) if look.terms}
    return tuple(look for look in looks if not look.terms or taken[look.style, look.terms] is look)


# --- which file ---------------------------------------------------------------------------------------------


def _placed(file: Path, notes: Path | None) -> Path:
    for candidate in (file, *([notes / file] if notes else [])):
        if candidate.is_file():
            return candidate
    folder = file.parent if file.parent.is_dir() else Path()
    names = sorted(p.name for p in folder.iterdir() if p.is_file())
    near = near_misses(file.name, names, limit=1)
    hint = (
        f"Did you mean '{folder / near[0]}'?" if near else "Give a file of the notes, or say --notes FOLDER."
    )
    raise NotesNotFound(f"There is no file '{file}'. {hint}")


def _notes_around(file: Path) -> Path:
    # A link that leads out belongs to the folder that it stands in.
    found = file.parent.resolve()
    here = Path.cwd().resolve()
    while found != here and found.is_relative_to(here) and _holds_notes(found.parent):
        found = found.parent
    return found


def _holds_notes(folder: Path) -> bool:
    return any(is_note(p.name) for p in folder.iterdir() if p.is_file())


def _source(placed: Path, given: Path, found: Survey) -> SourceFile:
    stands_at = placed.parent.resolve() / placed.name
    path = ""
    for root in found.roots.values():
        folder = root if root.is_dir() else root.parent
        if stands_at.is_relative_to(folder):
            path = path_as_written(stands_at.relative_to(folder).as_posix())
            for source in found.files:
                if source.path == path:
                    return source
    left_out = (p.message for p in found.problems if f"{path}/".startswith(f"{p.location.path}/"))
    problem = next(left_out, None)
    others = (
        f"notes end in {', '.join(SUFFIXES)}, and folders that are hidden or filled by programs hold none"
    )
    why = f"it {problem}" if problem else others
    raise NoSuchLine(f"'{given}' is not read as notes: {why}. Give another file.")


# --- what was read there ------------------------------------------------------------------------------------


def _holds(place: SourceLocation, path: str, line: int) -> bool:
    return place.path == path and place.holds(line)


def _findings(document: Document, graph: ConceptGraph, line: int) -> Iterator[Finding]:
    def here(place: SourceLocation) -> bool:
        return _holds(place, document.path, line)

    for definition in (d for d in document.definitions if here(d.location)):
        yield from (
            Finding("other name", f"{a.label} = {definition.term} ({a.kind})") for a in definition.aliases
        )
    yield from (Finding("topic", t.term) for t in document.topics if here(t.location))
    yield from (
        Finding("other name", f"{p.short} = {p.long} ({p.kind})")
        for p in document.name_pairs
        if here(p.location)
    )
    yield from (
        Finding("kind", f"{k.narrower} is a kind of {k.broader}") for k in document.kinds if here(k.location)
    )
    yield from (
        Finding(r.kind.replace("-", " "), f"{r.one} {IS[r.kind]} {r.other}")
        for r in document.relations
        if here(r.location)
    )
    yield from (
        Finding("link", f"{r.title}  {r.url}  ({r.kind})") for r in document.resources if here(r.location)
    )
    yield from (Finding("link inside", f"{n.title}  {n.url}") for n in document.links if here(n.location))
    yield from (Finding("picture", f"{f.src}  {f.alt}") for f in document.figures if here(f.location))
    yield from (Finding("question", q.question) for q in document.questions if here(q.location))
    yield from (Finding("code", s.language or "no language") for s in document.snippets if here(s.location))
    for edge in graph.prerequisites:
        if any(here(e.location) for e in edge.evidence):
            yield Finding("prerequisite", f"{edge.prerequisite} → {edge.target}  ({edge.confidence:.2f})")
    for mention in graph.mentions:
        if (mention.path, mention.line) == (document.path, line):
            yield Finding("mention", f"{mention.label} → {mention.concept}")
