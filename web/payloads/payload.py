"""What all payloads have in common: the kinds of fields that recur, and how all are written."""

from typing import Annotated

import msgspec
from msgspec import Meta

Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0)]
Line = Annotated[int, Meta(ge=1, description="1-based and inclusive.")]
Address = Annotated[str, Meta(description="A path on this server.")]
Path = Annotated[str, Meta(description="A file of the notes: relative, with slashes.")]


class Payload(msgspec.Struct, frozen=True, rename="camel"):
    """What all answers have in common."""


def rounded(number: float) -> float:
    """A weight or a score with as many digits as say something: they are products of floats.

    >>> rounded(0.8500000000000001)
    0.85
    """
    return round(number, 4)


def to_json(payload: object, indent: int = 0) -> bytes:
    """A payload as UTF-8 JSON that ends with a newline; on one line, or indented by so many spaces.

    >>> to_json({"prefLabel": "naïve Bayes"})
    b'{"prefLabel":"na\\xc3\\xafve Bayes"}\\n'
    """
    written = msgspec.json.encode(payload)
    return (msgspec.json.format(written, indent=indent) if indent else written) + b"\n"
