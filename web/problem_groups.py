"""Problems in groups, as their page shows them: all of one kind, or all of one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from corpus.codes import MEANINGS
from corpus.model import Severity
from web.model import ProblemView


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems that are shown together: all of a kind with what that means, or all of a file. `hint` is what
    to do about each of them, if that is the same."""

    id: str
    title: str
    problems: tuple[ProblemView, ...]
    meaning: str = ""
    severity: Severity | None = None
    hint: str = ""


def by_kind(views: Iterable[ProblemView]) -> list[ProblemGroup]:
    """Problems by their code, the worst first."""
    groups: dict[str, list[ProblemView]] = {}
    for view in views:
        groups.setdefault(view.problem.code, []).append(view)
    ranks = list(Severity)
    found = []
    for code, members in groups.items():
        hints = {view.problem.hint for view in members}
        title, meaning = code.replace("-", " ").capitalize(), MEANINGS.get(code, "").replace("`", "")
        severity = members[0].problem.severity
        hint = hints.pop() if len(hints) == 1 < len(members) else ""
        found.append(ProblemGroup(code, title, tuple(members), meaning, severity, hint))
    return sorted(found, key=lambda g: (ranks.index(g.severity or Severity.INFO), g.id))


def by_file(views: Iterable[ProblemView]) -> list[ProblemGroup]:
    """Problems by their file, in the order of their lines."""
    groups = groupby(views, key=lambda view: view.source.location.path)
    return [ProblemGroup(path, path, tuple(members)) for path, members in groups]
