"""Search engines behind one protocol. `engine_named` is the only place that lists them."""

from corpus.errors import InvalidRequest
from indexer.engines.protocol import Engine
from indexer.engines.whoosh import WhooshEngine

ENGINES = ("whoosh",)


def engine_named(name: str) -> Engine:
    """The engine of that name; raises InvalidRequest with the names that there are."""
    if name == "whoosh":
        return WhooshEngine()
    raise InvalidRequest("engine", f"There is no engine {name!r}. Engines: {', '.join(ENGINES)}.")
