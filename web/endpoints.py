"""Everything that the JSON API answers: a table of addresses, each with a function from question to payload.

What may be asked and what is answered is read from the functions' types, by `web.api` to answer and by
`web.openapi` to describe. To add an endpoint: a question in `web.parameters`, a payload in `web.payloads`, a
function and a line in the table here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from web import payloads
from web.dump import export
from web.library import MENTIONS_SHOWN, MOST_MENTIONS, Library
from web.parameters import (
    AllConcepts,
    AllProblems,
    AllQuestions,
    Everything,
    OneBeginning,
    OneConcept,
    OneConceptAndUses,
    OneConceptsPrerequisites,
    OneEdge,
    OneLesson,
    OneMap,
    OnePath,
    OneSearch,
    OneSection,
    OneText,
    Question,
    SomeLabels,
    WhatNext,
)
from web.presenter import Presenter

ROOT = "/api/v1"
DOCS = "/api/docs"

# The questions, in the order in which the documents list them. `ask` is the library, `show` makes payloads.


def concepts(ask: Library, show: Presenter, about: AllConcepts) -> payloads.ConceptList:
    """Lists concepts from A to Z: all, or those of an initial, of a lesson, by words of their names."""
    undefined = about.only is not None
    return show.concepts(
        ask.glossary(about.letter, about.lesson, about.page, about.per_page, about.q or "", undefined)
    )


def concept(ask: Library, show: Presenter, about: OneConceptAndUses) -> payloads.Concept:
    """Tells everything about one concept."""
    return show.concept(ask.concept_page(about.id, MOST_MENTIONS if about.uses else MENTIONS_SHOWN))


def prerequisites(ask: Library, show: Presenter, about: OneConceptsPrerequisites) -> payloads.Prerequisites:
    """Lists all that a concept needs, in teaching order, with the reasons."""
    return show.prerequisites(ask.prerequisites(about.id, about.depth))


def unlocks(ask: Library, show: Presenter, about: OneConcept) -> payloads.Unlocks:
    """Lists the concepts that directly need a concept, with the reasons."""
    return show.unlocks(ask.concept_page(about.id))


def lookup(ask: Library, show: Presenter, about: SomeLabels) -> payloads.Lookup | payloads.LookupList:
    """Finds the concept that a label means: exactly, but for case, or folded; of several labels, each."""
    if len(about.label) == 1:
        return show.lookup(ask.terms.lookup(about.label[0]))
    return show.lookups(ask.terms.lookups(about.label))


def annotate(ask: Library, show: Presenter, about: OneText) -> payloads.Annotations:
    """Tells which concepts a text names where. The text is not kept."""
    return show.annotations(ask.annotate(about.text))


def path(ask: Library, show: Presenter, about: OnePath) -> payloads.LearningPath:
    """Tells what to learn, in order, to know one or several concepts or lessons."""
    return show.path(ask.path(about.to, about.known, about.depth))


def frontier(ask: Library, show: Presenter, about: WhatNext) -> payloads.Frontier:
    """Tells what can be learned next."""
    return show.frontier(ask.frontier(about.known, about.limit))


def graph(ask: Library, show: Presenter, about: OneMap) -> payloads.Graph:
    """Gives what the map shows: groups of concepts, the concepts of one, or those around a concept."""
    return show.graph(ask.map(about.around, about.depth, about.lesson, about.layer, about.page))


def why(ask: Library, show: Presenter, about: OneEdge) -> payloads.Why:
    """Tells why one concept comes before another, or why not."""
    return show.why(ask.why(about.prerequisite, about.target))


def search(ask: Library, show: Presenter, about: OneSearch) -> payloads.Search:
    """Searches concepts, sections, questions, links and code."""
    explain = bool(about.explain)
    return show.search(ask.search(about.q, about.kind, about.lesson, about.page, about.per_page, explain))


def suggest(ask: Library, show: Presenter, about: OneBeginning) -> payloads.Suggestions:
    """Completes a label that is being typed."""
    return show.suggestions(ask.suggest(about.q, about.limit))


def lessons(ask: Library, show: Presenter, about: Everything) -> payloads.LessonList:  # noqa: ARG001
    """Lists the lessons in reading order."""
    return show.lessons(ask.lessons())


def lesson(ask: Library, show: Presenter, about: OneLesson) -> payloads.Lesson:
    """Tells which sections and concepts a lesson has."""
    return show.lesson(ask.lesson_page(about.id))


def section(ask: Library, show: Presenter, about: OneSection) -> payloads.Section:
    """Gives the text of a section, and what was found in it."""
    return show.section(ask.section(about.id))


def questions(ask: Library, show: Presenter, about: AllQuestions) -> payloads.QuestionList:
    """Lists the quiz items in reading order: all, or those of a lesson or about a concept."""
    return show.questions(ask.questions(about.page, about.per_page, about.lesson, about.concept))


def problems(ask: Library, show: Presenter, about: AllProblems) -> payloads.Problems:
    """Lists what looks wrong in the notes, and the words that are used and never defined."""
    return show.problems(ask.problems(about.severity, about.code, about.page, about.per_page))


def everything(ask: Library, show: Presenter, about: Everything) -> payloads.Export:  # noqa: ARG001
    """Gives all that the notes say at once, as `glosspath export json` does."""
    return export(ask.dump())


# The table


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address below the API's root, in OpenAPI's notation, and what answers there. `page` is the address
    of the page that shows the same to people; it answers so, too, when JSON is asked for, whatever is said of
    its `looks`. What is `posted` is asked in the body of a POST: a text too long for an address."""

    path: str
    answer: Callable[..., payloads.Payload]
    page: str | None = None
    posted: bool = False
    looks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What programs call it."""
        return self.answer.__name__

    @property
    def moves(self) -> type[payloads.ConceptName | payloads.LessonName | payloads.SectionName] | None:
        """What names the one thing that it answers about, whose id may have changed."""
        if self.path.startswith("/concepts/{id}"):
            return payloads.ConceptName
        if self.path == "/sections/{id}":
            return payloads.SectionName
        return payloads.LessonName if self.path == "/lessons/{id}" else None

    @property
    def question(self) -> type[Question]:
        """What may be asked."""
        kind: type[Question] = _types(self.answer)["about"]
        return kind

    @property
    def kinds(self) -> tuple[type[payloads.Payload], ...]:
        """What is answered: one of these."""
        kind = _types(self.answer)["return"]
        return get_args(kind) or (kind,)


@cache
def _types(answer: Callable[..., payloads.Payload]) -> dict[str, Any]:
    return get_type_hints(answer)


ENDPOINTS = (
    Endpoint("/concepts", concepts, page="/glossary"),
    Endpoint("/concepts/{id}", concept, page="/concepts/{id}"),
    Endpoint("/concepts/{id}/prerequisites", prerequisites),
    Endpoint("/concepts/{id}/unlocks", unlocks),
    Endpoint("/lookup", lookup),
    Endpoint("/annotate", annotate, posted=True),
    Endpoint("/path", path, page="/path/{to}"),
    Endpoint("/frontier", frontier, page="/next"),
    Endpoint("/graph", graph, page="/map"),
    Endpoint("/why", why, page="/why"),
    Endpoint("/search", search, page="/search"),
    Endpoint("/suggest", suggest),
    Endpoint("/lessons", lessons),
    Endpoint("/lessons/{id}", lesson, page="/lessons/{id}"),
    Endpoint("/sections/{id}", section),
    Endpoint("/questions", questions, page="/questions"),
    Endpoint("/problems", problems, page="/problems", looks=("by",)),
    Endpoint("/export", everything),
)


def rule_of(path: str) -> str:
    """Flask's notation for an address in OpenAPI's: ids may hold slashes.

    >>> rule_of("/sections/{id}")
    '/sections/<path:id>'
    """
    return re.sub(r"\{(\w+)\}", r"<path:\1>", path)
