"""What pages list, in groups: by letter, lesson, sentence, kind or file; and sections by their depth."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby

from corpus import label_key
from corpus.codes import MEANINGS
from corpus.model import LessonId, ResourceKind, SectionId, Severity, SourceLocation
from indexer.model import ConceptEntry, HitKind
from indexer.store import letter_of
from web.model import (
    EdgeView,
    HitView,
    LessonLink,
    MentionView,
    ProblemsPage,
    ProblemView,
    QuestionView,
    ResourceView,
    SectionView,
)

View = MentionView | QuestionView

# Many of them may stand in one section: none is there for another.
_BY_THEMSELVES = (HitKind.CONCEPT, HitKind.QUESTION)

RESOURCE_TITLES = {
    ResourceKind.API: "Reference",
    ResourceKind.NOTEBOOK: "Notebooks",
    ResourceKind.VIDEO: "Videos",
    ResourceKind.PAPER: "Papers",
    ResourceKind.ARTICLE: "Articles",
    ResourceKind.DATASET: "Data sets",
    ResourceKind.FILE: "Files",
    ResourceKind.OTHER: "Other links",
}


def by_letter(entries: Iterable[ConceptEntry]) -> list[tuple[str, list[ConceptEntry]]]:
    """Entries by the letter under which the index has them."""

    def letter(entry: ConceptEntry) -> str:
        return letter_of(label_key(entry.pref_label))

    return [(letter, list(group)) for letter, group in groupby(entries, key=letter)]


def by_lesson(
    views: Iterable[View], lesson_link: Callable[[LessonId], LessonLink]
) -> list[tuple[LessonLink | None, list[View]]]:
    """Views that stand in reading order, by the lesson in which each is read."""

    def lesson(view: View) -> LessonId | None:
        return view.source.section.lesson if view.source.section else None

    return [(lesson_link(id) if id else None, list(group)) for id, group in groupby(views, key=lesson)]


def hits_by_place(views: Iterable[HitView]) -> list[list[HitView]]:
    """Hits as they are ranked, each section and what is linked or written as code in it beside what was found
    before in the same section, without a snippet that only says again what the first of them says."""
    groups: list[list[HitView]] = []
    places: dict[SectionId, list[HitView]] = {}
    for view in views:
        section = view.section.id if view.section else None
        if section in places and view.hit.kind not in _BY_THEMSELVES:
            places[section].append(_saying_no_more(view, places[section][0]))
            continue
        groups.append([view])
        if section:
            places.setdefault(section, groups[-1])
    return groups


def _saying_no_more(view: HitView, first: HitView) -> HitView:
    """A hit without its snippet, if that of the first begins with the same words."""
    said, again = _said(first.hit.snippet), _said(view.hit.snippet)
    is_said = said.startswith(again) and not said[len(again) :][:1].isalnum()
    return replace(view, hit=replace(view.hit, snippet="")) if is_said else view


def _said(snippet: str) -> str:
    """The words of a snippet, without marks and without the dots where it was cut."""
    return unescape(re.sub("</?mark>", "", snippet)).removeprefix("… ").removesuffix(" …")


def by_sentence(edges: Iterable[EdgeView]) -> list[list[EdgeView]]:
    """Edges by the sentence that is their strongest evidence, in the order in which each is first met."""
    found: dict[tuple[str, SourceLocation], list[EdgeView]] = {}
    for edge in edges:
        best = edge.edge.evidence[0]
        found.setdefault((best.quote, best.location), []).append(edge)
    return list(found.values())


def resource_groups(resources: Iterable[ResourceView]) -> list[tuple[str, list[ResourceView]]]:
    """Links by kind, the kinds in the order of RESOURCE_TITLES, each address once."""
    by_kind: dict[ResourceKind, dict[str, ResourceView]] = {}
    for view in resources:
        by_kind.setdefault(view.resource.kind, {}).setdefault(view.resource.url, view)
    return [
        (title, list(by_kind[kind].values())) for kind, title in RESOURCE_TITLES.items() if kind in by_kind
    ]


def heading_levels(sections: Iterable[SectionView], highest: int) -> dict[SectionId, int]:
    """The level at which each section's heading stands on its page: as deep as in the notes, but beginning at
    `highest` and without leaving one out, so that the page is an outline for those who move by headings."""
    levels: dict[SectionId, int] = {}
    above: list[int] = []  # the levels, in the notes, of the headings that this one stands under
    for view in sections:
        while above and above[-1] >= view.section.level:
            above.pop()
        levels[view.link.id] = min(highest + len(above), 6)
        above.append(view.section.level)
    return levels


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems that are shown together: those of a kind with what that means, or those of a file, of `total`
    that there are. `hint` is what to do about each of them, if that is the same."""

    id: str
    title: str
    problems: tuple[ProblemView, ...]
    total: int
    meaning: str = ""
    severity: Severity | None = None
    hint: str = ""


def problems_by_kind(page: ProblemsPage) -> list[ProblemGroup]:
    """Problems by their code, the worst first."""
    groups: dict[str, list[ProblemView]] = {}
    for view in page.problems:
        groups.setdefault(view.problem.code, []).append(view)
    ranks = list(Severity)
    found = []
    for code, members in groups.items():
        hints = {view.problem.hint for view in members}
        title, meaning = code.replace("-", " ").capitalize(), MEANINGS.get(code, "").replace("`", "")
        severity = members[0].problem.severity
        hint = hints.pop() if len(hints) == 1 < len(members) else ""
        found.append(ProblemGroup(code, title, tuple(members), page.kinds[code], meaning, severity, hint))
    return sorted(found, key=lambda g: (ranks.index(g.severity or Severity.INFO), g.id))


def problems_by_file(page: ProblemsPage) -> list[ProblemGroup]:
    """Problems by their file, in the order of their lines."""
    groups = groupby(page.problems, key=lambda view: view.source.location.path)
    return [ProblemGroup(path, path, tuple(members), page.files[path]) for path, members in groups]
