"""Boxes: a folded one whose title asks, a challenge that holds its solution or has it right after it."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from corpus.headings import is_meta_heading
from corpus.questions.marks import (
    MARK,
    NUMBERED,
    REVEALS,
    asks,
    bare_question,
    option,
    resolved,
    role_of,
    without_asides,
)
from corpus.questions.page import Item, Page, Role
from corpus.questions.parts import Part, PartKind, words_of
from corpus.questions.runs import ANSWER_BOXES

_TASKS = frozenset(
    {
        "challenge",
        "exercise",
        "question",
        "questions",
        "quiz",
        "task",
        "activity",
        "problem",
        "discussion",
        "practice",
    }
)


def from_boxes(page: Page) -> Iterator[Item]:
    """The boxes of a section that ask and answer."""
    yield from _in(page.parts, page)


def _in(parts: Sequence[Part], page: Page) -> Iterator[Item]:
    for part, following in zip_longest(parts, parts[1:]):
        if part.kind is PartKind.BOX:
            found = _item(part, following, page)
            if found:
                yield found
            elif not _is_solution(part):
                yield from _in(part.parts, page)
        elif part.kind in (PartKind.LIST, PartKind.ITEM):
            yield from _in(part.parts, page)


def _item(box: Part, following: Part | None, page: Page) -> Item | None:
    if _is_solution(box):
        return None
    inside = [part for part in box.parts if part.kind is PartKind.BOX and _is_solution(part)]
    beside = [following] if following and following.kind is PartKind.BOX and _is_solution(following) else []
    is_task = box.name in _TASKS or box.name.startswith(("challenge", "exercise"))
    called_so = bool(_CALLED_SO.fullmatch(box.title))
    is_task = is_task or called_so
    if is_task and not inside and not beside:
        return _marked(box) or _titled(box, page)
    if inside or (is_task and beside):
        solutions = inside or beside
        solved, about = _words([part for solution in solutions for part in solution.parts])
        asked = [part for part in box.parts if part not in inside]
        lists = [part for part in asked if part.kind is PartKind.LIST and len(part.parts) > 1]
        options = [option(item.words) for item in lists[0].parts] if len(lists) == 1 else []
        answer, explanation = resolved(solved, options)
        chosen = answer != solved
        task = words_of([part for part in asked if not (chosen and part in lists)])
        title = (
            ""
            if called_so or is_meta_heading(box.title) or box.title.lower().startswith(box.name)
            else box.title
        )
        question = ": ".join(filter(None, (title.rstrip(":"), task))) or box.title
        if question and answer:
            texts = tuple(one.text for one in options) if chosen else ()
            place = (box.first_line, solutions[-1].last_line)
            return Item(question, answer, *place, explanation, texts, tuple(about))
    return _titled(box, page)


# A box of any kind is a task if it is called one: "Question", "Exercise 2".
_CALLED_SO = re.compile(rf"(?:{'|'.join(sorted(_TASKS))})\s*#?\d{{0,3}}\W*", re.IGNORECASE)


def _marked(box: Part) -> Item | None:
    """A task whose answer stands in the same box, in a paragraph marked as one."""
    for place, part in enumerate(box.parts):
        mark = MARK.match(part.text) if part.kind is PartKind.TEXT else None
        task = words_of(box.parts[:place])
        if mark and role_of(mark["mark"]) == "a" and task:
            answer = " ".join([part.text[mark.end() :], words_of(box.parts[place + 1 :])])
            return Item(bare_question(task), " ".join(answer.split()), box.first_line, box.last_line)
    return None


def _titled(box: Part, page: Page) -> Item | None:
    """A box that hides the answer to what its title asks."""
    folds = box.name in ("details", "question", "faq", "quiz", "dropdown", "spoiler")
    numbered = page.role in (Role.QUIZ, Role.FAQ) and NUMBERED.match(box.title)
    answer, about = _words(box.parts)
    if folds and answer and (asks(box.title) or numbered):
        return Item(bare_question(box.title), answer, box.first_line, box.last_line, about=tuple(about))
    return None


def _words(parts: Sequence[Part]) -> tuple[str, list[str]]:
    kept, about = without_asides([part.words for part in parts])
    return " ".join(" ".join(kept).split()), about


def _is_solution(box: Part) -> bool:
    return box.name in ANSWER_BOXES or bool(box.title and REVEALS.match(box.title))
