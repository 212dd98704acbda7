"""What the server says of itself, and of requests that it cannot answer."""

from typing import Literal

from web.payloads.payload import Payload


class ProblemDetails(Payload, frozen=True, omit_defaults=True):
    """What went wrong with a request (RFC 9457). `parameter`, `value`, `allowed` and `near` are there when
    they help: which parameter, what was given, what may be given, and which names are nearest."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    parameter: str | None = None
    value: str | None = None
    allowed: tuple[str, ...] | None = None
    near: tuple[str, ...] | None = None


class Health(Payload, frozen=True):
    """The server answers."""

    status: Literal["ok"]


class Status(Payload, frozen=True, omit_defaults=True):
    """What is being served. The status is "behind" when a newer snapshot is there and cannot be opened;
    `detail` then says why."""

    status: Literal["ok", "behind"]
    glosspath: str
    title: str
    snapshot: str
    format: int
    engine: str
    fingerprint: str
    counts: dict[str, int]
    detail: str | None = None
