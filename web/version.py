"""Which glosspath this is: named in answers' tags, in the OpenAPI document and on /status."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def glosspath_version() -> str:
    """The installed version; "unknown" in a checkout that was never installed."""
    try:
        return version("glosspath")
    except PackageNotFoundError:
        return "unknown"
