"""What goes wrong with a request: one place decides its status, title and words, for pages and JSON alike.

Each kind of failure has a paragraph on the API's page; the `type` of its problem details (RFC 9457) leads
there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from corpus.errors import BuildBusy, GlosspathError, InvalidRequest, RemovedName, SnapshotError, UnknownName
from web.endpoints import DOCS, ROOT
from web.parameters import InvalidParameter, shortened
from web.payloads import ProblemDetails

LONGEST_INSTANCE = 200
# Where all names of a kind are listed, if not among the concepts.
LISTINGS = {"lesson": "/lessons", "section": "/lessons", "layer": "/graph"}


@dataclass(frozen=True, slots=True)
class Failure:
    """A kind of failure: `anchor` names its paragraph, `title` is the same for all of the kind."""

    anchor: str
    status: HTTPStatus
    title: str
    explanation: str


INVALID_PARAMETER = Failure(
    "invalid-parameter",
    HTTPStatus.BAD_REQUEST,
    "A parameter is wrong",
    "A parameter is unknown, missing, given twice or out of range. `parameter` names it, `value` repeats what"
    " was given, `allowed` says what may be given and `near` which allowed names are nearest.",
)
UNKNOWN_NAME = Failure(
    "unknown-name",
    HTTPStatus.NOT_FOUND,
    "Not in the notes",
    "The notes have no concept, label, lesson or section of this name. `near` lists the nearest names.",
)
REMOVED_NAME = Failure(
    "removed-name",
    HTTPStatus.GONE,
    "No longer in the notes",
    "The notes had a concept of this name before a build; `near` lists the nearest names that they have now.",
)
UNKNOWN_ADDRESS = Failure(
    "unknown-address",
    HTTPStatus.NOT_FOUND,
    "No such address",
    "Nothing is at this address. `near` lists the nearest addresses.",
)
METHOD_NOT_ALLOWED = Failure(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    "Not asked in this way",
    "Everything here is asked for with GET or HEAD, only `/annotate` with POST, and nothing can be changed;"
    " `allowed` lists the methods.",
)
TOO_LARGE = Failure(
    "too-large",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "The text is too long",
    "More was sent than is read at once.",
)
NOT_JSON = Failure(
    "not-json",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "Not sent as JSON",
    "What is sent is to be JSON, and to say so: `Content-Type: application/json`.",
)
UNREADABLE_REQUEST = Failure(
    "unreadable-request",
    HTTPStatus.BAD_REQUEST,
    "The request cannot be answered",
    "The request is not one that this server takes; `detail` says why.",
)
NO_SNAPSHOT = Failure(
    "no-snapshot",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Nothing to serve",
    "What was built from the notes is missing, damaged or being replaced; `detail` says how to mend it.",
)
OWN_FAULT = Failure(
    "own-fault",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "The server is at fault",
    "This is an error of glosspath itself; the server's log has the details.",
)

FAILURES = (
    INVALID_PARAMETER,
    UNKNOWN_NAME,
    REMOVED_NAME,
    UNKNOWN_ADDRESS,
    METHOD_NOT_ALLOWED,
    TOO_LARGE,
    NOT_JSON,
    UNREADABLE_REQUEST,
    NO_SNAPSHOT,
    OWN_FAULT,
)


def failure_of(error: Exception) -> Failure:
    """The kind of failure that an error is."""
    match error:
        case RemovedName():
            return REMOVED_NAME
        case UnknownName():
            return UNKNOWN_NAME
        case InvalidRequest():
            return INVALID_PARAMETER
        case SnapshotError() | BuildBusy():
            return NO_SNAPSHOT
        case NotFound():
            return UNKNOWN_ADDRESS
        case MethodNotAllowed():
            return METHOD_NOT_ALLOWED
        case RequestEntityTooLarge():
            return TOO_LARGE
        case UnsupportedMediaType():
            return NOT_JSON
        case HTTPException(code=int(code)) if code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return UNREADABLE_REQUEST
        case GlosspathError():
            return UNREADABLE_REQUEST
        case _:
            return OWN_FAULT


def status_of(error: Exception) -> int:
    """The HTTP status with which an error is answered."""
    kind = failure_of(error)
    if kind is UNREADABLE_REQUEST and isinstance(error, HTTPException) and error.code:
        return error.code
    return kind.status


def detail_of(error: Exception, address: str, near: Sequence[str] = (), listing: str = "") -> str:
    """What went wrong and what to do, in a sentence or two that may be shown to anybody.

    `address` is what was asked for, `near` the nearest addresses; `listing` is where all names are listed.
    """
    match error:
        case RemovedName():
            return str(error)
        case UnknownName(near=()):  # its own hint is a command, and nobody sits at a terminal here
            hint = f" {listing} lists all." if listing else ""
            return f"There is no {error.what} {shortened(error.name)!r} in the notes.{hint}"
        case GlosspathError():
            return str(error)
        case NotFound():
            hint = f" Did you mean {near[0]}?" if near else f" {DOCS} lists what there is."
            return f"Nothing is at {_shortened(address)}.{hint}"
        case MethodNotAllowed():
            return f"This is asked for with {' or '.join(_methods(error))}."
        case RequestEntityTooLarge() | UnsupportedMediaType():
            return failure_of(error).explanation
        case HTTPException(description=str(description)) if failure_of(error) is not OWN_FAULT:
            return description
        case _:
            return "Something in glosspath failed on this request. The server's log has the details."


def problem_details(error: Exception, prefix: str, instance: str, near: Sequence[str] = ()) -> ProblemDetails:
    """An error as problem details. `prefix` is that of all addresses here, `instance` the address of the
    request, `near` the nearest addresses when it is the address that is unknown."""
    listing = ""
    parameter = value = None
    allowed: Sequence[str] = ()
    match error:
        case UnknownName():
            near = error.near
            listing = prefix + ROOT + LISTINGS.get(error.what, "/concepts")
        case InvalidParameter():
            parameter, value, allowed, near = error.parameter, error.value, error.allowed, error.near
        case InvalidRequest():
            parameter = error.parameter
        case MethodNotAllowed():
            allowed = _methods(error)
    kind = failure_of(error)
    return ProblemDetails(
        type=f"{prefix}{DOCS}#{kind.anchor}",
        title=kind.title,
        status=status_of(error),
        detail=detail_of(error, instance, near, listing),
        instance=_shortened(instance),
        parameter=parameter,
        value=value,
        allowed=tuple(allowed) or None,
        near=tuple(near) or None,
    )


def _methods(error: MethodNotAllowed) -> list[str]:
    return sorted({*(error.valid_methods or ())} - {"OPTIONS"})


def _shortened(address: str) -> str:
    return address if len(address) <= LONGEST_INSTANCE else address[: LONGEST_INSTANCE - 1] + "…"
