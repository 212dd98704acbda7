"""Everything as pages and JSON: the questions people ask of a snapshot, and the server that answers them."""

from web.library import Library

__all__ = ["Library"]
