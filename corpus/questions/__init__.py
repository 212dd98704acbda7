"""Quiz items: a question, its options, its answer and, where given, the explanation.

Each shape that notes have for them is a rule in a file of this folder, and all stand in `RULES`. What they
take and what they leave stands in tests/cases/questions.md: a lesson may ask questions of its own.
"""

from collections.abc import Callable, Iterator, Sequence

from corpus.model import Question, SourceLocation
from corpus.questions.boxes import from_boxes
from corpus.questions.cards import from_cards, from_fences, from_tables
from corpus.questions.lines import from_lines
from corpus.questions.page import Item, Page, Role, pages, roles_of
from corpus.questions.runs import from_heading, from_lists, from_runs
from corpus.sections import OpenSection

Rule = Callable[[Page], Iterator[Item]]

# The surest first: a line belongs to the first rule that takes it.
RULES: tuple[Rule, ...] = (
    from_heading,
    from_boxes,
    from_lines,
    from_tables,
    from_fences,
    from_cards,
    from_lists,
    from_runs,
)


def questions(sections: Sequence[OpenSection], title: str = "") -> Iterator[Question]:
    """The quiz items of a document with this title, section by section, in order."""
    for page in pages(sections, title):
        for item in sorted(_items(page), key=lambda item: (item.first_line, item.last_line)):
            place = page.section.location
            # A block of HTML may run on into the next heading.
            last = min(max(item.first_line, item.last_line), place.last_line)
            lines = SourceLocation(place.path, item.first_line, last)
            yield Question(
                item.question,
                item.answer,
                item.explanation,
                page.section.id,
                lines,
                item.options,
                item.about,
            )


def quiz_lines(found: Sequence[Question], sections: Sequence[OpenSection], title: str) -> frozenset[int]:
    """The lines whose words are those of a quiz, and define nothing. An FAQ answers in earnest."""
    if not found:
        return frozenset()
    roles = roles_of(sections, title)
    places = (q.location for q in found if roles[q.section] is not Role.FAQ)
    return frozenset(line for place in places for line in range(place.first_line, place.last_line + 1))


def _items(page: Page) -> Iterator[Item]:
    taken: set[int] = set()
    for rule in RULES:
        found = [item for item in rule(page) if _has_words(item.question) and taken.isdisjoint(_lines(item))]
        for item in found:
            taken.update(_lines(item))
        yield from found


def _has_words(question: str) -> bool:
    return any(character.isalpha() for character in question)


def _lines(item: Item) -> range:
    return range(item.first_line, item.last_line + 1)


__all__ = ["RULES", "questions", "quiz_lines"]
