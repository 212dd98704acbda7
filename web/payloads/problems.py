"""What looks wrong in the notes, and how one line of them was read."""

from corpus.model import DefinitionStyle, Severity
from web.payloads.names import SectionName, Source
from web.payloads.payload import Count, Line, Path, Payload, Share


class Problem(Payload, frozen=True):
    """What looked wrong in the notes; `code` never changes its meaning."""

    code: str
    severity: Severity
    message: str
    hint: str
    source: Source


class Wanted(Payload, frozen=True):
    """A label that is used, or listed as a prerequisite, and never defined: the first places that use it, and
    the first of those that ask for it."""

    label: str
    uses: Count
    places: tuple[Source, ...]
    asked_for: tuple[Source, ...]


class Problems(Payload, frozen=True):
    """The notes' own to-do list; `severities` and `codes` count all problems, filtered or not."""

    total: Count
    page: int
    per_page: int
    severities: dict[str, int]
    codes: dict[str, int]
    problems: tuple[Problem, ...]
    wanted: tuple[Wanted, ...]


class RuleLook(Payload, frozen=True):
    """What one rule that defines made of a line: the terms that it took, or why it took none. `looked` tells
    whether the place has the shape that the rule reads."""

    style: DefinitionStyle
    confidence: Share
    looked: bool
    terms: tuple[str, ...]
    reason: str


class Finding(Payload, frozen=True):
    """Something else that was read at a line, in words."""

    what: str
    words: str


class LineReading(Payload, frozen=True):
    """What was read at one line of the notes: the block there with its plain text, what each rule made of it,
    what else was found, and what looks wrong. `section` is null before the first one."""

    path: Path
    line: Line
    place: str
    first_line: Line
    last_line: Line
    text: str
    section: SectionName | None
    anchor: str
    rules: tuple[RuleLook, ...]
    remark: str
    found: tuple[Finding, ...]
    problems: tuple[Problem, ...]
