"""The glossary as tables: concepts, definitions and prerequisites, for spreadsheets.

Excel takes a CSV file for UTF-8 only if it begins with a byte order mark, so each does. A cell that a
spreadsheet would compute instead of show gets an apostrophe in front, which makes text of it.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from graph.model import ConceptId
from web.model import Dump

Row = tuple[str, ...]

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
BETWEEN = "; "
# What begins a formula, also behind blanks, and with the wide signs of East Asian keyboards.
_FORMULA = re.compile(
    r"\s*[=+\-@\t\r\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

CONCEPTS = ("id", "label", "other names", "lesson", "kind of", "definitions", "prerequisites", "unlocks")
DEFINITIONS = ("concept", "term", "definition", "found as", "confidence", "file", "first line", "last line")
PREREQUISITES = (
    *("prerequisite", "prerequisite label", "target", "target label", "confidence", "implied"),
    *("reason", "kind of reason", "file", "first line", "last line"),
)


def as_tables(dump: Dump) -> dict[str, bytes]:
    """The tables by file name."""
    return {
        "concepts.csv": _table(CONCEPTS, _concepts(dump)),
        "definitions.csv": _table(DEFINITIONS, _definitions(dump)),
        "prerequisites.csv": _table(PREREQUISITES, _prerequisites(dump)),
    }


def _concepts(dump: Dump) -> Iterator[Row]:
    lessons = {lesson.id: lesson.title for lesson in dump.lessons}
    labels = _labels(dump)
    needs: dict[ConceptId, int] = {}
    unlocks: dict[ConceptId, int] = {}
    for edge in dump.prerequisites:
        needs[edge.target] = needs.get(edge.target, 0) + 1
        unlocks[edge.prerequisite] = unlocks.get(edge.prerequisite, 0) + 1
    for concept, kinds in dump.concepts:
        yield (
            concept.id,
            concept.pref_label,
            BETWEEN.join(concept.alt_labels),
            lessons[concept.lesson] if concept.lesson else "",
            BETWEEN.join(labels[one] for one in kinds.broader),
            str(len(concept.definitions)),
            str(needs.get(concept.id, 0)),
            str(unlocks.get(concept.id, 0)),
        )


def _definitions(dump: Dump) -> Iterator[Row]:
    for concept, _ in dump.concepts:
        for one in concept.definitions:
            place = one.location
            yield (
                concept.id,
                one.term,
                one.text,
                str(one.style),
                f"{one.confidence:.2f}",
                place.path,
                str(place.first_line),
                str(place.last_line),
            )


def _prerequisites(dump: Dump) -> Iterator[Row]:
    """An edge a row, with its strongest reason."""
    labels = _labels(dump)
    for edge in dump.prerequisites:
        best = edge.evidence[0]
        yield (
            edge.prerequisite,
            labels[edge.prerequisite],
            edge.target,
            labels[edge.target],
            f"{edge.confidence:.2f}",
            "yes" if edge.implied else "no",
            best.said,
            str(best.kind),
            best.location.path,
            str(best.location.first_line),
            str(best.location.last_line),
        )


def _labels(dump: Dump) -> dict[ConceptId, str]:
    return {concept.id: concept.pref_label for concept, _ in dump.concepts}


def _table(heads: Row, rows: Iterable[Row]) -> bytes:
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows(tuple(map(_cell, row)) for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode("utf-8", "replace")


def _cell(words: str) -> str:
    r"""Words that a spreadsheet shows as they are.

    >>> _cell('=HYPERLINK("http://example.org")'), _cell("1 - 2")
    ('\'=HYPERLINK("http://example.org")', '1 - 2')
    """
    shown = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words)
    return f"'{shown}" if _FORMULA.match(shown) else shown
