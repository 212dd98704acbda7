"""Concepts and what comes first as a drawing by other programs: Mermaid, as GitHub shows it, and DOT, as
Graphviz reads it.

An edge that a chain of others also says is left out, as in the drawings on the pages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.cycles import unchained
from graph.model import ConceptId, Prerequisite
from graph.paths import neighbourhood
from indexer.model import ConceptEntry
from web.library import Library
from web.model import PathPage

# Mermaid reads Markdown, entities, comments and directives even inside of a quoted label: of ASCII, all that
# may mean something there is written by its number.
_SPECIAL = re.compile(r"[\x21-\x7e](?<![A-Za-z0-9,'/=+-])|^[+-]")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw: concepts by id and label, those that it is about, and the edges between them."""

    labels: dict[ConceptId, str]
    about: frozenset[ConceptId]
    edges: tuple[tuple[ConceptId, ConceptId], ...]


def chart_of_path(page: PathPage) -> Chart:
    """A path; it is about its targets."""
    return _chart(
        (step.concept for step in page.steps),
        (target.id for target in page.targets),
        (edge.edge for step in page.steps for edge in step.because),
    )


def chart_of(library: Library, around: str = "", depth: int = 1, lesson: str = "") -> Chart:
    """All concepts; or those that a lesson introduces; or what a concept needs and what needs it, no more
    than `depth` edges away. UnknownName: the lesson or the concept."""
    graph = library.snapshot.prerequisite_graph()
    if lesson:
        dump = library.dump_of_lesson(lesson)
        entries = library.snapshot.entries_by_id(concept.id for concept, _ in dump.concepts)
        return _chart(entries, (), dump.prerequisites)
    center = library.terms.resolve(around) if around else None
    shown = list(graph.concepts()) if center is None else neighbourhood(graph, center, depth)
    drawn = frozenset(shown)
    return _chart(
        library.snapshot.entries_by_id(shown),
        () if center is None else (center,),
        (edge for id in shown for edge in graph.prerequisites_of(id) if edge.prerequisite in drawn),
    )


def _chart(
    concepts: Iterable[ConceptEntry], about: Iterable[ConceptId], edges: Iterable[Prerequisite]
) -> Chart:
    labels = {concept.id: concept.pref_label for concept in concepts}
    return Chart(labels, frozenset(about), tuple(unchained(list(edges))))


def as_mermaid(chart: Chart) -> bytes:
    """A Mermaid flowchart."""
    return _written("flowchart TD", "    ", _mermaid_lines(chart), "")


def as_dot(chart: Chart) -> bytes:
    """A graph in DOT."""
    return _written("digraph concepts {", "  ", _dot_lines(chart), "}\n")


def _written(opening: str, indent: str, lines: Iterable[str], closing: str) -> bytes:
    return (f"{opening}\n" + "".join(f"{indent}{line}\n" for line in lines) + closing).encode(
        "utf-8", "replace"
    )


def _mermaid_lines(chart: Chart) -> Iterator[str]:
    names = {id: f"c{number}" for number, id in enumerate(chart.labels, start=1)}
    for id, label in chart.labels.items():
        opening, closing = ('(["', '"])') if id in chart.about else ('["', '"]')
        yield f"{names[id]}{opening}{_in_mermaid(label)}{closing}"
    for one, other in chart.edges:
        yield f"{names[one]} --> {names[other]}"


def _in_mermaid(label: str) -> str:
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", _BLANKS.sub(" ", label).strip()) or " "


def _dot_lines(chart: Chart) -> Iterator[str]:
    for id, label in chart.labels.items():
        shape = "ellipse" if id in chart.about else "box"
        yield f"{_in_dot(id)} [label={_in_dot(label)}, shape={shape}];"
    for one, other in chart.edges:
        yield f"{_in_dot(one)} -> {_in_dot(other)};"


def _in_dot(words: str) -> str:
    plain = _BLANKS.sub(" ", words).strip()
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
