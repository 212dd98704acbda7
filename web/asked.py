"""What the address of a page asks for, and that address with something else asked."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from flask import request, url_for

from corpus.errors import InvalidRequest


def some_left_empty() -> bool:
    """Whether a form was sent with fields left empty."""
    return any(not value for _, value in request.args.items(multi=True))


def tidied() -> str:
    """This page's address without the fields of a form that were left empty: an address is to be shared."""
    return with_query(**{name: given(name) or None for name in request.args})


def given(name: str) -> list[str]:
    """What a parameter was given as, each time that it was; an empty field of a form counts for nothing."""
    return [text for text in request.args.getlist(name) if text.strip()]


def page_number() -> int:
    """Which page of a list is asked for, else the first. InvalidRequest: what is no number from 1 up."""
    written = request.args.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,5}", written):
        raise InvalidRequest("page", f"There is no page {written[:40]!r}: page is a number from 1 up.")
    return int(written)


def whole_number(parameter: str, most: int) -> int | None:
    """The number that is asked for, None if none is. InvalidRequest: what is none from 1 to `most`."""
    written = request.args.get(parameter) or None
    if written is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,5}", written) or int(written) > most:
        raise InvalidRequest(
            parameter, f"{parameter} cannot be {written[:40]!r}: it is a number from 1 to {most:,}."
        )
    return int(written)


def check_listed(parameter: str, value: str | None, listed: Iterable[str]) -> None:
    """Raises InvalidRequest for a value that is given and not among those that are listed."""
    if value is not None and value not in listed:
        allowed = ", ".join(listed) or "nothing: there are none"
        raise InvalidRequest(parameter, f"There is no {parameter} {value[:40]!r}: it is one of {allowed}.")


def with_query(**changes: str | int | list[str] | None) -> str:
    """This page's address with some parameters of its query changed; None takes one away. A list begins at
    its first page again unless `page` is among the changes."""
    arguments: dict[str, object] = {k: v for k, v in request.args.to_dict(flat=False).items() if k != "page"}
    arguments.update(changes)
    kept = {name: value for name, value in arguments.items() if value is not None}
    # Not as arguments of url_for: what anybody puts into an address could say there where it leads.
    address = url_for(request.endpoint or "pages.home", **(request.view_args or {}))
    return f"{address}?{written}" if (written := urlencode(kept, doseq=True)) else address
