"""The glossary as tools for programs that speak the Model Context Protocol: assistants that look terms up.

All of them only read, answer with no more than MOST of anything, and answer as the JSON API does: with the
notes' own words and the lines where they stand.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

from corpus.errors import ExtraMissing, GlosspathError
from web.current import CurrentLibrary
from web.parameters import LONGEST_QUERY, LONGEST_TERM, LONGEST_TEXT, MOST_KNOWN
from web.payloads import Payload
from web.presenter import Presenter
from web.trimming import trimmed

try:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations
    from pydantic import Field
except ImportError:
    raise ExtraMissing("mcp", "the library mcp", "mcp") from None

MOST = 20
INSTRUCTIONS = """Answers from a glossary that was made from somebody's notes. Every statement comes with the
notes' own words (text, quote, snippet) and their place (source: path, firstLine, lastLine): cite them. Terms
may be given by id or by any label; an unknown one is refused with the nearest."""

Term = Annotated[
    str, Field(min_length=1, max_length=LONGEST_TERM, description="A concept's id or any of its labels.")
]
Known = Annotated[list[Term], Field(max_length=MOST_KNOWN, description="What is known already.")]
Query = Annotated[str, Field(min_length=1, max_length=LONGEST_QUERY, description="The words to look for.")]
Text = Annotated[str, Field(max_length=LONGEST_TEXT, description="Plain text, of anything.")]
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

    def define(self, term: Term) -> Answer:
        """What a term means, in the notes' own words, with the lines where they stand."""
        return _bounded(self._show.concept(self._current.library().concept_page(term)), _DEFINED)

    def search(self, query: Query) -> Answer:
        """Sections, concepts, questions, links and code of the notes that hold these words, best first."""
        found = self._current.library().search(query, per_page=MOST)
        return _bounded(self._show.search(found), ("query", "total", "hits", "suggestion", "nearest"))

    def path(self, target: Term, known: Known = []) -> Answer:  # noqa: B006 - never changed
        """What to learn, in order, to know a concept or a lesson; each step with the words that say so."""
        return _bounded(self._show.path(self._current.library().path([target], known)))

    def why(self, prerequisite: Term, target: Term) -> Answer:
        """Why one concept comes before another, or why not: every sentence that says so."""
        return _bounded(self._show.why(self._current.library().why(prerequisite, target)))

    def neighbours(self, term: Term) -> Answer:
        """What a concept needs, with the reasons, what needs it, what it is a kind or a part of, and what is
        related."""
        return _bounded(self._show.concept(self._current.library().concept_page(term)), _BESIDE)

    def annotate(self, text: Text) -> Answer:
        """Which concepts a text names where, and what the first of them mean."""
        library = self._current.library()
        found = self._show.annotations(library.annotate(text))
        ids = list(dict.fromkeys(one.id for one in found.annotations))[:MOST]
        concepts = [_bounded(self._show.concept(library.concept_page(id)), _DEFINED) for id in ids]
        return {**_bounded(found), "concepts": concepts}


def mcp_server(data: Path) -> MCPServer:
    """A server of these tools for what was built in `data`. Raises SnapshotError when that cannot be read."""
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

    @wraps(tool)
    def answer(*given: Asked.args, **named: Asked.kwargs) -> Answer:
        try:
            return tool(*given, **named)
        except GlosspathError as error:
            raise ToolError(str(error)) from error

    return answer


def _bounded(payload: Payload, fields: tuple[str, ...] = ()) -> Answer:
    """A payload, or these fields of it, with no more than MOST of anything; `leftOut` counts the rest."""
    import msgspec

    whole: Answer = msgspec.to_builtins(trimmed(payload, fields))
    left_out = {k: len(v) - MOST for k, v in whole.items() if isinstance(v, list | tuple) and len(v) > MOST}
    cut = {k: v[:MOST] if k in left_out else v for k, v in whole.items()}
    return {**cut, "leftOut": left_out} if left_out else cut
