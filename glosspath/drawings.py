"""A path as a drawing for other programs: Mermaid, as GitHub shows it, and DOT, as Graphviz reads it.

An edge that a chain of others also says is left out, as in the drawing on the page.
"""

from collections.abc import Iterator

from web.drawing import drawn_edges
from web.model import PathPage


def mermaid(page: PathPage) -> str:
    """The path as a Mermaid flowchart."""
    return "\n".join(("flowchart TD", *(f"    {line}" for line in _mermaid_lines(page)))) + "\n"


def dot(page: PathPage) -> str:
    """The path as a graph in DOT."""
    return "\n".join(("digraph path {", *(f"  {line}" for line in _dot_lines(page)), "}")) + "\n"


def _mermaid_lines(page: PathPage) -> Iterator[str]:
    wanted = {target.id for target in page.targets}
    number = {step.concept.id: f"c{place}" for place, step in enumerate(page.steps, start=1)}
    for step in page.steps:
        label = step.concept.pref_label.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;")
        opening, closing = ('(["', '"])') if step.concept.id in wanted else ('["', '"]')
        yield f"{number[step.concept.id]}{opening}{label}{closing}"
    for one, other in drawn_edges(page):
        yield f"{number[one]} --> {number[other]}"


def _dot_lines(page: PathPage) -> Iterator[str]:
    wanted = {target.id for target in page.targets}
    for step in page.steps:
        shape = "ellipse" if step.concept.id in wanted else "box"
        yield f"{_quoted(step.concept.id)} [label={_quoted(step.concept.pref_label)}, shape={shape}];"
    for one, other in drawn_edges(page):
        yield f"{_quoted(one)} -> {_quoted(other)};"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
