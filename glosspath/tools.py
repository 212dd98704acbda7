"""The glossary as tools for programs that speak the Model Context Protocol: assistants that look terms up.

All of them only read, answer with no more than MOST of anything, and answer as the JSON API does: with the
notes' own words and the lines where they stand.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import msgspec

from corpus.errors import ExtraMissing, GlosspathError
from web.current import CurrentLibrary
from web.parameters import OneConcept, OneEdge, OnePath, OneSearch, OneText, read
from web.payloads import Payload
from web.presenter import Presenter
from web.trimming import trimmed

if TYPE_CHECKING:
    from mcp.server import MCPServer

MOST = 20
INSTRUCTIONS = """Answers from a glossary that was made from somebody's notes. Every statement comes with the
notes' own words (text, quote, snippet) and their place (source: path, firstLine, lastLine): cite them. Terms
may be given by id or by any label; an unknown one is refused with the nearest."""

Answer = dict[str, Any]
Asked = ParamSpec("Asked")

_DEFINED = ("id", "prefLabel", "altLabel", "definitions.text", "definitions.source", "sections")
_BESIDE = (
    *("id", "prefLabel", "broader", "narrower", "related", "partOf", "parts", "exampleOf", "examples"),
    *("prerequisites", "unlocks"),
)


class Tools:
    """The tools, each a question to the snapshot that is current when it is asked."""

    def __init__(self, data: Path) -> None:
        """Raises SnapshotError when nothing was built in `data`."""
        self._current = CurrentLibrary(data)
        self._show = Presenter()

    def define(self, term: str) -> Answer:
        """What a term (a concept's id or any of its labels) means, in the notes' own words, with the lines
        where they stand."""
        about = read(OneConcept, {"id": [term]})
        return _bounded(self._show.concept(self._current.library().concept_page(about.id)), _DEFINED)

    def search(self, query: str) -> Answer:
        """Sections, concepts, questions, links and code of the notes that hold these words, best first."""
        about = read(OneSearch, {"q": [query]})
        found = self._current.library().search(about.q, per_page=MOST)
        return _bounded(self._show.search(found), ("query", "total", "hits", "suggestion", "nearest"))

    def path(self, target: str, known: list[str] = []) -> Answer:  # noqa: B006 - never changed
        """What to learn, in order, to know a concept or a lesson for somebody who knows some concepts; each
        step with the words that say so."""
        about = read(OnePath, {"to": [target], "known": known})
        return _bounded(self._show.path(self._current.library().path(about.to, about.known)))

    def why(self, prerequisite: str, target: str) -> Answer:
        """Why one concept comes before another, or why not: every sentence that says so."""
        about = read(OneEdge, {"prerequisite": [prerequisite], "target": [target]})
        return _bounded(self._show.why(self._current.library().why(about.prerequisite, about.target)))

    def neighbours(self, term: str) -> Answer:
        """What a concept needs, with the reasons, what needs it, what it is a kind or a part of, and what is
        related."""
        about = read(OneConcept, {"id": [term]})
        return _bounded(self._show.concept(self._current.library().concept_page(about.id)), _BESIDE)

    def annotate(self, text: str) -> Answer:
        """Which concepts a text names where, and what the first of them mean."""
        library = self._current.library()
        found = self._show.annotations(library.annotate(read(OneText, {"text": [text]}).text))
        ids = list(dict.fromkeys(one.id for one in found.annotations))[:MOST]
        concepts = [_bounded(self._show.concept(library.concept_page(id)), _DEFINED) for id in ids]
        return {**_bounded(found), "concepts": concepts}


def mcp_server(data: Path) -> "MCPServer":
    """A server of these tools for what was built in `data`. Raises SnapshotError when that cannot be read,
    ExtraMissing when the library that speaks the protocol is not installed."""
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError:
        raise ExtraMissing("`glosspath mcp`", "the library mcp", "mcp") from None
    tools = Tools(data)
    server = MCPServer("glosspath", instructions=INSTRUCTIONS, log_level="WARNING")
    harmless = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    offered: tuple[Callable[..., Answer], ...] = (
        *(tools.define, tools.search, tools.path, tools.why, tools.neighbours, tools.annotate),
    )
    for tool in offered:
        server.add_tool(_refusing(tool), annotations=harmless)
    return server


def _refusing(tool: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A tool whose refusals are for whoever asked: which term is unknown, which is nearest."""

    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def answer(*given: Asked.args, **named: Asked.kwargs) -> Answer:
        try:
            return tool(*given, **named)
        except GlosspathError as error:
            raise ToolError(str(error)) from error

    return answer


def _bounded(payload: Payload, fields: tuple[str, ...] = ()) -> Answer:
    """A payload, or these fields of it, with no more than MOST of anything; `leftOut` counts the rest."""
    whole: Answer = msgspec.to_builtins(trimmed(payload, fields))
    left_out = {k: len(v) - MOST for k, v in whole.items() if isinstance(v, list | tuple) and len(v) > MOST}
    cut = {k: v[:MOST] if k in left_out else v for k, v in whole.items()}
    return {**cut, "leftOut": left_out} if left_out else cut
