"""What people write in YAML, TOML and JSON, as plain values: mappings, lists, words, numbers.

The text is hostile until read: nothing in it makes an object of Python, grows while it is read, or takes more
than a moment. Whoever walks a value uses `inside`, because a YAML alias may lead back to where it stands.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

LONGEST = 65_536
# Reading YAML takes quadratic time in the depth of brackets.
_MOST_BRACKETS = 500
_MOST_VALUES = 100_000
_DEEPEST = 40


class NotValues(ValueError):
    """A text that is not in the language that it seems to be in: `why` in words, `line` of it (1-based), and
    the line of the bracket or quote that was open there (0: none was)."""

    def __init__(self, why: str, line: int = 1, opened: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.line = line
        self.opened = opened


class _PlainLoader(yaml.SafeLoader):
    """YAML of plain values: a tag that is not known is passed over, and `<<` is a key as any other (merging
    can double a mapping with every line)."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave the mapping as it is written."""


def _without_tag(loader: _PlainLoader, _: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return node.value


_PlainLoader.add_multi_constructor("", _without_tag)


def from_yaml(text: str, longest: int = LONGEST) -> Any:
    """The value of a YAML text. Raises NotValues."""
    _check_size(text, longest)
    most = _MOST_BRACKETS * max(1, longest // LONGEST)
    if sum(map(text.count, "[{")) > most:
        raise NotValues(f"it has more than {most} brackets")
    try:
        return yaml.load(text, _PlainLoader)  # noqa: S506 - a safe loader, with less in it
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        is_open = error.context_mark and re.search("flow|quoted", error.context or "")
        opened = error.context_mark.line + 1 if error.context_mark and is_open else 0
        raise NotValues("it is not valid YAML", line, opened) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as error:
        raise NotValues("it is not valid YAML") from error


def from_toml(text: str, longest: int = LONGEST) -> dict[str, Any]:
    """The value of a TOML text. Raises NotValues."""
    _check_size(text, longest)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise NotValues("it is not valid TOML", line) from error


def from_json(text: str, longest: int = LONGEST) -> Any:
    """The value of a JSON text. Raises NotValues."""
    _check_size(text, longest)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotValues("it is not valid JSON", error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise NotValues("it is not valid JSON") from error


def _check_size(text: str, longest: int) -> None:
    if len(text) > longest:
        raise NotValues(f"it is longer than {longest} characters")


def inside(value: object, opened: tuple[type, ...] = (dict, list)) -> Iterator[object]:
    """A value and all that stands in it, in order: a mapping before its values, a list before its entries;
    what is not `opened` is passed on whole. Ends after a sane number, however they point at each other.

    >>> list(inside({"a": [1, {"b": 2}]}))[2:]
    [1, {'b': 2}, 2]
    """
    stack: list[tuple[Any, int]] = [(value, 0)]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        current, depth = stack.pop()
        yield current
        if depth < _DEEPEST and type(current) in opened:
            below: list[Any] = list(current.values()) if isinstance(current, dict) else list(current)
            stack += [(inner, depth + 1) for inner in reversed(below[:_MOST_VALUES])]


def words_of(value: object) -> str:
    """A scalar as words on one line; empty for anything else.

    >>> words_of(" Ebb\\n and flow "), words_of(3), words_of(["x"])
    ('Ebb and flow', '3', '')
    """
    plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return " ".join(str(value).split()) if plain else ""


def number_of(value: object) -> float | None:
    """A number, also one that stands in quotes; None for anything else.

    >>> number_of("09"), number_of(2), number_of(True), number_of("two")
    (9.0, 2.0, None, None)
    """
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,9}(?:\.\d{1,9})?\s*", value):
        return float(value)
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9
    return float(value) if number and isinstance(value, (int, float)) else None
