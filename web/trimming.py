"""An answer with only the fields that were asked for: `fields=id,definitions.text`.

A field is named as it is written in JSON; behind a dot stands a field of it, or of each item of it. Names are
checked against the types of the payloads, so that a misspelled one is said and not silently left out.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from corpus.errors import near_misses
from web.parameters import InvalidParameter, shortened
from web.payloads import Payload


@cache
def fields_of(kinds: tuple[type[Payload], ...]) -> tuple[str, ...]:
    """The names of all fields of these payloads, and of the fields of what they hold."""
    names: dict[str, None] = {}
    for kind in kinds:
        for field in msgspec.structs.fields(kind):
            names[field.encode_name] = None
            inner = (one for held in _structs_in(field.type) for one in msgspec.structs.fields(held))
            names.update(dict.fromkeys(f"{field.encode_name}.{one.encode_name}" for one in inner))
    return tuple(names)


def check(names: Iterable[str], known: tuple[str, ...]) -> None:
    """Raises InvalidParameter for the first name that is not known."""
    for name in names:
        if name not in known:
            near = near_misses(name, known)
            top = [one for one in known if "." not in one]
            hint = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(top)}."
            message = f"'fields': there is no field {shortened(name)!r} here. {hint}"
            raise InvalidParameter("fields", message, shortened(name), top, near)


def trimmed(payload: Payload, names: tuple[str, ...]) -> object:
    """A payload with these fields only, in its own order; all of it if there are none."""
    if not names:
        return payload
    wanted: dict[str, set[str]] = {}
    for name in names:
        field, _, inner = name.partition(".")
        wanted.setdefault(field, set()).add(inner)
    found: Mapping[str, Any] = msgspec.to_builtins(payload)
    return {name: _inside(value, wanted[name]) for name, value in found.items() if name in wanted}


def _inside(value: Any, wanted: set[str]) -> object:
    if "" in wanted:  # the whole of it
        return value
    if isinstance(value, list | tuple):
        return [_inside(one, wanted) for one in value]
    return {k: v for k, v in value.items() if k in wanted} if isinstance(value, dict) else value


def _structs_in(kind: Any) -> list[type[msgspec.Struct]]:
    """The payloads that a field holds: by itself, in a list, or where it is not null."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    if get_origin(kind) in (tuple, Union, UnionType):
        return [found for one in get_args(kind) for found in _structs_in(one)]
    return []
