"""The YAML block at the top of a document: title, other names, order and what must be known first."""

from collections.abc import Iterable
from dataclasses import dataclass

import yaml

_LONGEST = 65_536
# Reading YAML takes quadratic time in the depth of its brackets.
_MOST_BRACKETS = 500
_ALIAS_KEYS = ("aliases", "alias", "aka", "synonyms", "also_called", "alsoCalled")
_PREREQUISITE_KEYS = ("prerequisites", "prerequisite", "requires", "depends_on")
_ORDER_KEYS = (
    "order",
    "weight",
    "nav_order",
    "sidebar_position",
    "position",
    "lesson",
    "chapter",
    "number",
    "index",
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says about itself. `error` says in words why the block could not be read, else is
    empty."""

    title: str = ""
    aliases: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    order: float | None = None
    error: str = ""


def read_front_matter(text: str) -> FrontMatter:
    """The front matter from its YAML. Never raises: what cannot be read is said in `error`."""
    if len(text) > _LONGEST:
        return FrontMatter(error=f"it is longer than {_LONGEST} characters")
    if sum(map(text.count, "[{")) > _MOST_BRACKETS:
        return FrontMatter(error=f"it has more than {_MOST_BRACKETS} brackets")
    try:
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f" at its line {mark.line + 1}" if mark else ""
        return FrontMatter(error=f"it is not valid YAML{where}")
    if not isinstance(values, dict):
        return FrontMatter()
    title = values.get("title")
    return FrontMatter(
        " ".join(str(title).split()) if isinstance(title, (str, int, float)) else "",
        tuple(_words(values, _ALIAS_KEYS)),
        tuple(_words(values, _PREREQUISITE_KEYS)),
        next((float(values[k]) for k in _ORDER_KEYS if _is_number(values.get(k))), None),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9


def _words(values: dict[object, object], keys: Iterable[str]) -> list[str]:
    found: list[str] = []
    for key in keys:
        value = values.get(key)
        entries = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
        found += [" ".join(str(e).split()) for e in entries if isinstance(e, (str, int, float))]
    return [word for word in dict.fromkeys(found) if word]
