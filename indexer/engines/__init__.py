"""Search engines behind one protocol. `engine_named` is the only place that lists them."""

from importlib.util import find_spec

from corpus.errors import EngineMissing, InvalidRequest
from indexer.engines.protocol import Engine

ENGINES = ("whoosh", "tantivy")

# From about so many sections on a build with tantivy takes two thirds of one with whoosh, and phrases of
# common words are found several times as quickly; of fewer, neither is worth another engine.
# Measured at 1,000 to 100,000: benchmarks/records/engines.md.
TANTIVY_PAYS_FROM = 50_000


def engines_here() -> tuple[str, ...]:
    """Those whose library is installed."""
    return tuple(name for name in ENGINES if name == "whoosh" or find_spec(name) is not None)


def engine_named(name: str) -> Engine:
    """The engine of that name; raises InvalidRequest with the names that there are, EngineMissing when the
    library that it needs is not installed. Only that library is loaded."""
    match name:
        case "whoosh":
            from indexer.engines.whoosh import WhooshEngine

            return WhooshEngine()
        case "tantivy":
            if find_spec("tantivy") is None:
                raise EngineMissing(name)
            from indexer.engines.tantivy import TantivyEngine

            return TantivyEngine()
    raise InvalidRequest("engine", f"There is no engine {name!r}. Engines: {', '.join(ENGINES)}.")
