"""Which problem of one state of the notes is which of another, wherever it stands now."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from corpus.model import Problem, Section
from glosspath.pipeline import Findings
from graph.changes import State
from graph.comparing import changes_between
from graph.moves import same_files, same_sections


class Earlier(NamedTuple):
    """What a snapshot showed: its name, what looked wrong, and what the notes said."""

    snapshot: str
    problems: tuple[Problem, ...]
    state: State


def new_since(findings: Findings, earlier: Earlier) -> Findings:
    """Only what an earlier snapshot did not show: another file, code or subject, wherever it stands now and
    however often; of several that are alike, as many as are more. What went to another file with its section,
    or with a file that is called otherwise, is not new."""
    known = Counter(map(identity_of, _where_now(earlier, findings.state)))
    new = []
    for problem in findings.problems:
        if known[identity_of(problem)]:
            known[identity_of(problem)] -= 1
        else:
            new.append(problem)
    return replace(findings, problems=tuple(new), since=earlier.snapshot)


def _where_now(earlier: Earlier, after: State) -> Iterator[Problem]:
    """The problems of then as they would be told in the files of today."""
    before = earlier.state
    pairs = same_sections(before.sections, after.sections, changes_between(before, after).renamed)
    files = {old: new for old, new in same_files(pairs).items() if old != new}
    homes = {one.id: other.location.path for one, other in pairs}
    of_file: dict[str, list[Section]] = defaultdict(list)
    for section in sorted(before.sections, key=lambda section: section.location):
        of_file[section.location.path].append(section)
    named = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, files)) or '(?!)'})(?![\w/-])")
    for problem in earlier.problems:
        path, line = problem.location.path, problem.location.first_line
        above = bisect_right(of_file[path], line, key=lambda section: section.location.first_line)
        home = homes.get(of_file[path][above - 1].id) if above else None
        location = replace(problem.location, path=home or files.get(path, path))
        message = named.sub(lambda found: files[found[0]], problem.message)
        yield replace(problem, location=location, message=message)


# Places and counts in a message, which change with what stands around; not those in what it quotes.
_MOVES = re.compile(
    r"(?P<kept>\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|\bhttps?:\S+)"
    r"|:\d+\b|\bonce\b|\b\d+ times\b|(?<=\bline )\d+|(?<=\bother )\d+|\b\d+(?:\.\d+)?(?= MB| zero)"
)
# Told once of a document, with how many there are.
_WITH_COUNT = frozenset({"undescribed-figure"})


def identity_of(problem: Problem) -> tuple[str, str, str]:
    """What makes a problem the same one after its line, or a place or count in its message, has changed: its
    code, its file and what else the message says.

    >>> from corpus.model import Severity, SourceLocation
    >>> place = SourceLocation("tides.md", 3, 3)
    >>> identity_of(Problem("undefined-term", Severity.WARNING, '"bore" is used 3 times', place))
    ('undefined-term', 'tides.md', '"bore" is used ')
    """
    message = "" if problem.code in _WITH_COUNT else problem.message
    lasting = _MOVES.sub(lambda found: found["kept"] or "", message)
    return problem.code, problem.location.path, lasting
