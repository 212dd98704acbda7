"""What changed, for people at a terminal: by kind, what matters most first, each with its place.

Of a definition in other words only the parts around the changes are shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from rich.console import RenderableType
from rich.text import Text

from corpus.model import Lesson, Section, SourceLocation
from corpus.tex import readable
from glosspath.terminal import indented, one_line, place, text
from graph.changes import Because, Changes, DefinitionChange, Succession
from graph.model import Concept
from graph.wording import Wording, excerpt

Lines = Iterator[RenderableType]

REASONS = {
    Because.LABEL: "one is another name of the other",
    Because.WORDS: "defined in the same words",
    Because.PLACE: "in the same place, in nearly the same words",
}
# Marks, too: colours do not reach everybody, or every file.
_MARKS = {Wording.SAME: ("", "", ""), Wording.GONE: ("[-", "-]", "red"), Wording.NEW: ("{+", "+}", "green")}


def as_text(changes: Changes, before: str, after: str) -> Lines:
    """All changes, and a line that counts them."""
    if not changes:
        yield one_line(f"Nothing changed from {before} to {after}.")
        return
    yield one_line(f"From {before} to {after}: {summary(changes)}")
    yield from _section("Added", map(_concept, changes.added))
    yield from _section("Removed", map(_concept, changes.removed))
    yield from _section("Renamed", (_succession(s, "→") for s in changes.renamed))
    yield from _section("Merged", (_succession(s, "into") for s in changes.merged))
    yield from _section("Split off", (_split(s) for s in changes.split))
    of_definitions = [(change, _kind(change)) for change in changes.definitions]
    for title in ("Defined in other words", "Defined once more", "No longer defined so"):
        yield from _section(title, (_definition(c) for c, kind in of_definitions if kind == title))
    for title, edges in (("Prerequisites gained", changes.gained), ("Prerequisites lost", changes.lost)):
        yield from _section(
            title,
            (
                _line(
                    f"{e.prerequisite.pref_label} before {e.target.pref_label}", e.edge.evidence[0].location
                )
                for e in edges
            ),
        )
    yield from _section(
        "Lessons added", (_line(lesson.title, None, lesson.path) for lesson in changes.lessons_added)
    )
    yield from _section(
        "Lessons removed", (_line(lesson.title, None, lesson.path) for lesson in changes.lessons_removed)
    )
    yield from _section(
        "Lessons renamed",
        (
            _line(_arrow(r.before.title, r.after.title), None, _arrow(_file(r.before), _file(r.after)))
            for r in changes.lessons_renamed
        ),
    )
    yield from _section(
        "Anchors moved",
        (
            _line(_arrow(_address(move.before), _address(move.after)), move.after.location)
            for move in changes.moved
        ),
    )


def summary(changes: Changes) -> str:
    """How many of everything, in a line."""
    lessons = len(changes.lessons_added) + len(changes.lessons_removed) + len(changes.lessons_renamed)
    edges = len(changes.gained) + len(changes.lost)
    redefined = len({change.concept.id for change in changes.definitions})
    counts = (
        (len(changes.added), "added"),
        (len(changes.removed), "removed"),
        (len(changes.renamed), "renamed"),
        (len(changes.merged), "merged"),
        (len(changes.split), "split off"),
        (redefined, "defined otherwise"),
        (edges, "prerequisite" if edges == 1 else "prerequisites"),
        (lessons, "lesson" if lessons == 1 else "lessons"),
        (len(changes.moved), "anchor" if len(changes.moved) == 1 else "anchors"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)


def _section(title: str, lines: Iterable[Sequence[RenderableType]]) -> Lines:
    lines = list(lines)
    if lines:
        yield Text()
        yield text(title, "bold")
        yield from map(indented, chain.from_iterable(lines))


def _line(words: str, location: SourceLocation | None, path: str = "") -> list[RenderableType]:
    return [Text.assemble(one_line(words), "  ", place(location) if location else text(path, "dim"))]


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _where(concept: Concept) -> SourceLocation | None:
    return concept.definitions[0].location if concept.definitions else None


def _concept(concept: Concept) -> list[RenderableType]:
    location = _where(concept)
    return _line(concept.pref_label, location, "" if location else "not defined")


def _succession(found: Succession, word: str) -> list[RenderableType]:
    location = _where(found.after)
    line = _line(f"{found.before.pref_label} {word} {found.after.pref_label}", location)
    return [*line, indented(text(REASONS[found.because], "dim"))]


def _split(found: Succession) -> list[RenderableType]:
    line = _line(f"{found.after.pref_label} from {found.before.pref_label}", _where(found.after))
    return [*line, indented(text(REASONS[found.because], "dim"))]


def _kind(change: DefinitionChange) -> str:
    if change.before and change.after:
        return "Defined in other words"
    return "Defined once more" if change.after else "No longer defined so"


def _definition(change: DefinitionChange) -> list[RenderableType]:
    before, after = (readable(d.text) if d else "" for d in (change.before, change.after))
    shown = change.after or change.before
    line = _line(change.concept.pref_label, shown.location if shown else None)
    if not (change.before and change.after):
        return [*line, indented(one_line(before or after))]
    return [*line, indented(changed_words(before, after))]


def changed_words(before: str, after: str) -> Text:
    """The words that changed, with some of those around them.

    >>> changed_words("A ring of iron.", "A ring of steel.").plain
    'A ring of [-iron-] {+steel+}.'
    """
    shown = Text()
    for part in excerpt(before, after):
        opening, closing, style = _MARKS[part.what]
        words = part.text.lstrip()
        lead = " " if shown and words != part.text else ""
        shown.append_text(Text(lead) + text(f"{opening}{words}{closing}", style))
    return shown


def _file(lesson: Lesson) -> str:
    """A lesson's file, and what names it where there are several in one."""
    return lesson.path if lesson.id in lesson.path else f"{lesson.path} ({lesson.id})"


def _address(section: Section) -> str:
    return f"{section.location.path}#{section.anchor}"
