"""What authors say in `glosspath.toml` at the root of their notes: what the notes themselves cannot show.

Text in, settings and problems out. A setting that is wrong is a problem with its line and the near miss, and
costs nothing but itself.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.errors import near_misses
from corpus.model import (
    Problem,
    SameOrDifferent,
    Settings,
    Severity,
    SourceLocation,
    StatedPrerequisite,
)
from corpus.values import NotValues, from_toml

NAME = "glosspath.toml"
_LONGEST = 1_000_000
_MOST_BAD_LINES = 50
_MOST_TOLD = 100  # problems; who has more mends these first
_KEYS = (
    *("title", "language", "exclude", "include", "order", "source_url", "largest_mb"),
    *("labels", "prerequisites"),
)
_LABEL_KEYS = ("same", "different")
_PREREQUISITE_KEYS = ("prerequisite", "target", "reason", "remove")
_FIELDS = ("path", "line", "last_line")


def read_settings(text: str, path: str = NAME, prefix: str = "") -> tuple[Settings, list[Problem]]:
    """The settings of a text, and what is wrong in it. Never raises."""
    reader = _Reader(text, path)
    values = reader.values()
    reader.check_keys(values, _KEYS)
    address = reader.words(values, "source_url")
    settings = Settings(
        prefix,
        reader.words(values, "title"),
        reader.words(values, "language"),
        tuple(reader.words_in(values, "exclude")),
        tuple(reader.words_in(values, "include")),
        tuple(reader.words_in(values, "order")),
        address if reader.is_address(address) else "",
        tuple(reader.labels(values.get("labels"))),
        tuple(reader.prerequisites(values.get("prerequisites"))),
        reader.number(values, "largest_mb"),
    )
    reader.tell_how_many_more()
    return settings, sorted(reader.problems, key=lambda p: (p.location, p.message))


@dataclass(frozen=True, slots=True)
class _Place:
    """Lines of the file, 1-based, both inclusive."""

    first: int
    last: int


_KEY = re.compile(r"""\s*(?:\[+\s*)?(?:[{,]\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"'=\[\].{},]+))\s*[=\].]""")


class _Reader:
    """The text with the lines of its keys, which no TOML reader gives, and the problems found so far."""

    def __init__(self, text: str, path: str) -> None:
        self._lines = text.removeprefix("\ufeff").split("\n")
        self._path = path
        self._keys: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self._lines, 1):
            if match := _KEY.match(line):
                self._keys[next(filter(None, match.groups()), "")].append(number)
        self.problems: list[Problem] = []
        self._untold = 0

    # --- lines ---

    def _line_of(self, key: str, within: _Place | None = None) -> int:
        """The line that a key is given a value in; the first line where it cannot be found."""
        place = within or _Place(1, len(self._lines))
        given = self._keys.get(key, [])
        index = bisect_left(given, place.first)
        return given[index] if index < len(given) and given[index] <= place.last else place.first

    def _blocks(self, name: str) -> list[_Place]:
        """The lines of every table of an array of tables, `[[name]]`."""
        header = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
        headers = [n for n, line in enumerate(self._lines, 1) if re.match(r"\s*\[", line)]
        ends = dict(zip(headers, [*(n - 1 for n in headers[1:]), len(self._lines)], strict=False))
        return [_Place(n, ends[n]) for n in headers if header.match(self._lines[n - 1])]

    def _location(self, line: int, last: int = 0) -> SourceLocation:
        return SourceLocation(self._path, line, max(line, last))

    def _bad(self, line: int, message: str, hint: str) -> None:
        if len(self.problems) >= _MOST_TOLD:
            self._untold += 1
            return
        self.problems.append(Problem("bad-settings", Severity.WARNING, message, self._location(line), hint))

    def tell_how_many_more(self) -> None:
        """Say what was not told for being too much."""
        if self._untold:
            message, hint = f"{self._untold} more settings are wrong", "They are told when these are mended."
            last = self._location(len(self._lines))
            self.problems.append(Problem("bad-settings", Severity.WARNING, message, last, hint))

    # --- values ---

    def values(self) -> dict[str, object]:
        """The values, without the lines that are no TOML."""
        lines = list(self._lines)
        for _ in range(_MOST_BAD_LINES):
            try:
                return from_toml("\n".join(lines), _LONGEST)
            except NotValues as error:
                line = min(error.line, len(lines))
                while line > 1 and not lines[line - 1].strip():
                    line -= 1
                self._bad(line, f"{error.why}; the line is passed over", "Put words between quotes.")
                if not lines[line - 1].strip():
                    break
                lines[line - 1] = ""
        return {}

    def check_keys(
        self, values: dict[str, object], known: Sequence[str], place: _Place | None = None
    ) -> None:
        """Say which keys mean nothing here."""
        for key in values:
            if key not in known and len(self.problems) >= _MOST_TOLD:
                self._untold += 1
            elif key not in known:
                near = near_misses(key, known, limit=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"These can be set: {', '.join(known)}."
                self._bad(self._line_of(key, place), f"there is no setting {key!r}", hint)

    def words(self, values: dict[str, object], key: str, place: _Place | None = None) -> str:
        """Words; empty where there are none or they are something else."""
        value = values.get(key, "")
        if not isinstance(value, str):
            self._bad(self._line_of(key, place), f"{key!r} is not words", f'Write {key} = "...".')
            return ""
        return " ".join(value.split())

    def words_in(self, values: dict[str, object], key: str) -> Iterator[str]:
        """The words of a list; one alone may stand without brackets."""
        value = values.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(entry, str) for entry in listed):
            self._bad(self._line_of(key), f"{key!r} is not a list of words", f'Write {key} = ["..."].')
            return
        yield from (entry.strip() for entry in listed if entry.strip())

    def number(self, values: dict[str, object], key: str) -> int:
        """A whole number above 0; 0 where there is none or it is something else."""
        value = values.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int) or (value < 1 and key in values):
            self._bad(self._line_of(key), f"{key!r} is no whole number above 0", f"Write {key} = 20.")
            return 0
        return value

    def is_address(self, address: str) -> bool:
        """Whether an address can be made of this template; what is wrong with it is said."""
        if not address:
            return False
        line = self._line_of("source_url")
        hint = 'Write it like "https://example.org/notes/blob/main/{path}#L{line}".'
        unknown = [f for f in re.findall(r"\{([^{}]*)\}", address) if f not in _FIELDS]
        if not re.match(r"https?://[^\s{}]+", address) or "{path}" not in address:
            self._bad(line, "'source_url' is no address with {path} in it", hint)
        elif unknown:
            self._bad(line, f"'source_url' has {{{unknown[0]}}}, which stands for nothing", hint)
        else:
            return True
        return False

    def labels(self, value: object) -> Iterator[SameOrDifferent]:
        """What is said to be the same or different."""
        if value is None:
            return
        hint = 'Write [labels] and below it same = [["ebb", "low run"]].'
        if not isinstance(value, dict):
            self._bad(self._line_of("labels"), "'labels' is no table", hint)
            return
        self.check_keys(value, _LABEL_KEYS)
        for key in _LABEL_KEYS:
            groups = value.get(key, [])
            line = at = self._line_of(key)
            for group in groups if isinstance(groups, list) else [groups]:
                sound = isinstance(group, list) and all(isinstance(label, str) for label in group)
                labels = tuple(dict.fromkeys(" ".join(w.split()) for w in group)) if sound else ()
                if len(labels) < 2 or not all(labels):
                    self._bad(line, f"{key!r} is not a list of lists of two labels or more", hint)
                    continue
                found = self._line_with(labels, at)
                at = found or at
                yield SameOrDifferent(labels, key == "same", self._location(found or line))

    def _line_with(self, words: Sequence[str], start: int) -> int:
        """The first line from `start` on that holds all of these words, 0 if none of the next ones does."""
        for number, line in enumerate(self._lines[start - 1 : start + 500], start):
            if all(word in line for word in words):
                return number
        return 0

    def prerequisites(self, value: object) -> Iterator[StatedPrerequisite]:
        """What is said to come before what, or not to."""
        entries = value if isinstance(value, list) else [] if value is None else [value]
        blocks = self._blocks("prerequisites")
        start = self._line_of("prerequisites")
        for number, entry in enumerate(entries):
            place = blocks[number] if number < len(blocks) else _Place(start, len(self._lines))
            if isinstance(entry, dict):
                for stated in self._prerequisite(entry, place):
                    # Entries in one pair of brackets follow each other.
                    start = max(start, stated.location.first_line)
                    yield stated
            else:
                hint = 'Write [[prerequisites]] and below it prerequisite = "..." and target = "...".'
                self._bad(place.first, "'prerequisites' is no table", hint)

    def _prerequisite(self, entry: dict[str, object], place: _Place) -> Iterator[StatedPrerequisite]:
        self.check_keys(entry, _PREREQUISITE_KEYS, place)
        first, second, reason = (
            self.words(entry, key, place) for key in ("prerequisite", "target", "reason")
        )
        remove = entry.get("remove", False)
        if not isinstance(remove, bool):
            self._bad(
                self._line_of("remove", place), "'remove' is neither true nor false", "Write remove = true."
            )
            return
        if not first or not second:
            missing = "target" if first else "prerequisite"
            self._bad(place.first, f"{missing!r} is missing", f'Write {missing} = "...".')
            return
        quote, location = self._quoted(reason or first, first, place)
        yield StatedPrerequisite(first, second, reason, remove, quote, location)

    def _quoted(self, reason: str, label: str, place: _Place) -> tuple[str, SourceLocation]:
        """The words that say so, as they stand in the file, and their lines: the reason, or the label, or
        (where both are spelled with escapes) the line of the label."""
        last = place.last
        while last > place.first and not self._lines[last - 1].strip():
            last -= 1
        block = self._lines[place.first - 1 : last]
        for words in (reason, label):
            for number, line in enumerate(block, place.first):
                if words in " ".join(line.split()):
                    return words, self._location(number)
            if words in " ".join(" ".join(block).split()):
                return words, self._location(place.first, last)
        spelled = self._line_of("prerequisite", _Place(place.first, last))
        return " ".join(self._lines[spelled - 1].split()), self._location(spelled)


# --- patterns of paths -------------------------------------------------------------------------------------


def excludes(settings: Settings, path: str) -> bool:
    """Whether the author leaves out a file or a folder, by its path below the root."""
    return bool(settings.exclude) and _said_of(settings.exclude, path)


def includes(settings: Settings, path: str) -> bool:
    """Whether the author names a folder that would be passed over."""
    return bool(settings.include) and _said_of(settings.include, path)


def _said_of(patterns: tuple[str, ...], path: str) -> bool:
    """As in a .gitignore: the last pattern that fits decides, and one with "!" takes back."""
    said = False
    for wanted, fits in _compiled(patterns):
        if wanted != said and fits(path):
            said = wanted
    return said


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[tuple[bool, Callable[[str], object]], ...]:
    return tuple(
        (not p.startswith("!"), re.compile(_expression(p.removeprefix("!")), re.IGNORECASE).fullmatch)
        for p in patterns
    )


def _expression(pattern: str) -> str:
    """A pattern of a .gitignore as a regular expression for whole paths.

    What stands between two marks is taken where it comes first, once and for all: what a later place would
    leave over, the mark behind it takes as well. So no pattern takes longer than its marks times the path.

    >>> drafts = re.compile(_expression("drafts/*.md"))
    >>> [bool(drafts.fullmatch(p)) for p in ("drafts/a.md", "drafts/b/c.md", "x/drafts/a.md")]
    [True, False, False]
    """
    bare = pattern.rstrip("/")
    whole = bare.lstrip("/") if "/" in bare else f"**/{bare}"
    first, *others = re.split(r"((?<![^/])\*\*/|\*\*)", whole)
    marks = ("(?:[^/]+/)*?" if mark == "**/" else ".*?" for mark in others[::2])
    parts = [first, *others[1::2]]
    read = [_within_folder(part, ends=number == len(parts)) for number, part in enumerate(parts, 1)]
    joined = [read[0], *map("".join, zip(marks, read[1:], strict=True))]
    return "".join([*(f"(?>{part})" for part in joined[:-1]), joined[-1]])


def _within_folder(part: str, *, ends: bool) -> str:
    """A part of a pattern whose marks stand for nothing with a slash; `ends` tells that it ends the path."""
    first, *others = ("[^/]".join(map(re.escape, words.split("?"))) for words in part.split("*"))
    last = [f"[^/]*{others.pop()}"] if ends and others else []
    return "".join([first, *(f"(?>[^/]*?{words})" for words in others), *last])
