"""Questions with what follows them: options, a hidden answer, an answer in so many words.

A question is a paragraph, an item of a list or a heading. Outside of a quiz it counts only with an answer
that is marked or hidden as one: a lesson may ask what it likes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from msgspec import structs

from corpus.questions.marks import (
    ANSWERS,
    CLAIM,
    MARK,
    NUMBERED,
    OPTION,
    REVEALS,
    TASK,
    Option,
    asks,
    bare_question,
    named,
    option,
    options_beside,
    resolved,
    role_of,
    without_asides,
)
from corpus.questions.page import Item, Page, Role
from corpus.questions.parts import Part, PartKind, words_of

ANSWER_BOXES = frozenset({"solution", "answer", "answers", "solutions"})
_QUIZZES = frozenset({Role.QUIZ, Role.QUESTIONS})


@dataclass(slots=True)
class _Found:
    """What follows a question: its options, its answer in lines, what explains it."""

    options: list[Option] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    last_line: int = 0

    @property
    def is_answered(self) -> bool:
        """Whether an answer is marked or hidden as one."""
        right = sum(one.right for one in self.options)
        return bool(self.answer) or 0 < right < max(2, len(self.options))


def from_heading(page: Page) -> Iterator[Item]:
    """A heading of a quiz or an FAQ that asks, and what stands under it."""
    heading = page.section.heading
    if not page.asked or heading is None or not page.parts:
        return
    if page.role is Role.FAQ:
        words = words_of(page.parts)
        if words:
            yield Item(bare_question(page.asked), words, heading.first_line, page.parts[-1].last_line)
        return
    yield from _item(page.asked, heading.first_line, heading.last_line, page.parts, page, 0)


def from_runs(page: Page) -> Iterator[Item]:
    """Paragraphs that ask, each with what follows up to the next one."""
    if page.asked or page.role in (Role.GUIDE, Role.ANSWERS):
        return
    starts = [n for n in range(len(page.parts)) if _starts(n, page)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(page.parts)], strict=False)):
        part = page.parts[start]
        question, below = _divided(part, page)
        rest = (*below, *page.parts[start + 1 : end])
        yield from _item(question, part.first_line, part.last_line, rest, page, number + 1)


def _starts(place: int, page: Page) -> bool:
    """Whether a paragraph asks, is labelled as a question or has its solution below it. In a quiz a number
    marks a question that its options complete."""
    part = page.parts[place]
    if part.kind is not PartKind.TEXT or not part.text.strip():
        return False
    question = _divided(part, page)[0]
    mark = MARK.match(question)
    if OPTION.match(question) or (mark and role_of(mark["mark"]) != "q"):
        return False
    following = next((p for p in page.parts[place + 1 :] if p.kind is not PartKind.CODE), None)
    if mark or (following and _solves(following)):
        return True
    unfinished = page.role in _QUIZZES and question.rstrip(" *_").endswith((":", "…", "_"))
    completed = NUMBERED.match(question) or (following and _is_of_options(following))
    return asks(question) or bool(unfinished and completed)


def _is_of_options(part: Part) -> bool:
    """Whether a list has a box to tick or a letter before each item."""
    items = part.parts if part.kind is PartKind.LIST else ()
    return len(items) > 1 and all(OPTION.match(i.words) or TASK.match(_raw(i)) for i in items)


_ANSWER_INSIDE = re.compile(r"(?<!\s)\s+[(\[]?(?:answer|ans|solution)\s*[:=]\s*(?=\S)", re.IGNORECASE)
_ANSWER_BESIDE = re.compile(r"(?<=[?？])\s+(?:[-–—→:]\s+|[=-]>\s*)?(?=[^\s?])")
# What stands in a line of its own below a claim: "False. The ebb falls.", "*True*".
_DECIDES = re.compile(r"[*_]*(?:true|false)[*_]*\s*(?:[.,;:!–—-]|\Z)", re.IGNORECASE)
_BOLD_QUESTION = re.compile(r"(?P<mark>\*\*|__)(?=\S)[^*_]{1,300}[?？]:?(?P=mark)\s*[-–—:]?\s*\S")


def _divided(part: Part, page: Page) -> tuple[str, tuple[Part, ...]]:
    """A paragraph's question, and the options or the answer that stand in the same paragraph.

    In a quiz what follows the question mark is the answer; elsewhere it has to be marked as one.
    """
    lines = [line for line in part.text.split("\n") if line.strip()]
    cut = next((n for n, line in enumerate(lines) if n and _is_answer_or_option(line)), len(lines))
    decided = next((n for n, line in enumerate(lines[:cut]) if n and _DECIDES.match(line.strip())), 0)
    if decided and CLAIM.match(lines[0]):
        cut, lines[decided] = decided, f"Answer: {lines[decided].strip()}"
    question, below = " ".join(lines[:cut]), lines[cut:]
    raws = part.raw.split("\n")[cut:]
    inside = _ANSWER_INSIDE.search(question)
    question, options = options_beside(question)
    below, raws = [*options, *below], [*options, *raws]
    answers = page.role in _QUIZZES or (page.role is Role.FAQ and _BOLD_QUESTION.match(part.raw.strip()))
    beside = _ANSWER_BESIDE.search(question) if answers and not (asks(question) or options) else None
    if found := inside or beside:
        answer = f"Answer: {question[found.end() :].rstrip(')]') if inside else question[found.end() :]}"
        question, below, raws = question[: found.start()], [answer, *below], [answer, *raws]
    if not below:
        return question, ()
    return question, (structs.replace(part, text="\n".join(below), raw="\n".join(raws)),)


def _is_answer_or_option(line: str) -> bool:
    mark = MARK.match(line.strip())
    return bool(OPTION.match(line.strip()) or (mark and role_of(mark["mark"]) != "q"))


def from_lists(page: Page) -> Iterator[Item]:
    """The items of a list that ask, each with the options or the answer below it, or a link to its answer."""
    if page.asked or page.role in (Role.GUIDE, Role.ANSWERS):
        return
    number, past = 0, 0
    for place, part in enumerate(page.parts):
        if place < past:
            continue
        for item in part.parts if part.kind is PartKind.LIST else ():
            first = item.parts[0] if item.parts else None
            if first is None or first.kind is not PartKind.TEXT:
                continue
            number += 1
            beside: Sequence[Part] = ()
            if item is part.parts[-1] and len(item.parts) == 1 and not page.answers:
                beside = _beside(first, page, place)
                past = place + 1 + len(beside)
            yield from _listed(first, structs.replace(item, parts=(*item.parts, *beside)), page, number)


def _beside(first: Part, page: Page, place: int) -> Sequence[Part]:
    """What stands right under a list and belongs to its last item, though it is not indented: the options
    and the answer of a question of a quiz, and a box that hides its answer."""
    following = page.parts[place + 1 :]
    belongs = _solves
    if page.role in _QUIZZES and asks(first.text):
        belongs = _completes
    return tuple(takewhile(belongs, following))


def _completes(part: Part) -> bool:
    """Whether a part holds options, or an answer that is marked."""
    if part.kind is PartKind.LIST:
        return len(part.parts) > 1 and not any(
            asks(item.words) or MARK.match(item.words) for item in part.parts
        )
    mark = MARK.match(part.text) if part.kind is PartKind.TEXT else None
    marked = mark is not None and role_of(mark["mark"]) != "q"
    return _solves(part) or marked or (part.kind is PartKind.TEXT and bool(OPTION.match(part.text)))


def _listed(first: Part, item: Part, page: Page, number: int) -> Iterator[Item]:
    inline = first.inline
    if inline and len(inline.links) == 1 and page.role in _QUIZZES:
        (link,) = inline.links
        if link.span[1] - link.span[0] >= len(inline.text.strip()) - 1 and asks(inline.text):
            title, words = (
                page.places.get(link.url.partition("#")[2], ("", "")) if "#" in link.url else ("", "")
            )
            about = (title,) if title else ()
            yield Item(bare_question(first.text), words, item.first_line, first.last_line, about=about)
            return
    question, below = _divided(first, page)
    in_quiz = page.role is Role.QUIZ
    if not question or MARK.match(question) or (TASK.match(first.raw) and not (in_quiz and asks(question))):
        return
    solved = any(_solves(part) for part in item.parts[1:])
    if asks(question) or solved or (in_quiz and (below or _has_options(item))):
        question = TASK.sub("", question)
        rest = (*below, *item.parts[1:])
        yield from _item(question, item.first_line, first.last_line, rest, page, number)


def _solves(part: Part) -> bool:
    """Whether a box holds the answer or solution to what stands before it, and says so."""
    named = part.name in ANSWER_BOXES or (REVEALS.match(part.title) and ANSWERS.search(part.title))
    return part.kind is PartKind.BOX and bool(named)


def _has_options(item: Part) -> bool:
    return any(part.kind is PartKind.LIST and len(part.parts) > 1 for part in item.parts[1:])


# --- what follows a question -------------------------------------------------------------------------------


def _item(
    question: str, first_line: int, last_line: int, parts: Sequence[Part], page: Page, number: int
) -> Iterator[Item]:
    in_quiz = page.role in _QUIZZES
    found = _following(parts, last_line, in_quiz)
    if not found.is_answered:
        own_number = re.search(r"\d+", question[: (m.end() if (m := NUMBERED.match(question)) else 0)])
        known = page.answers.get(int(own_number[0]) if own_number else number, "")
        if known and in_quiz:
            found.answer = [known]
        elif (in_quiz or page.role is Role.FAQ) and found.said and not found.options:
            found.answer, found.said = found.said, []
    if not found.answer and not found.is_answered and not (page.role is Role.QUIZ and asks(question)):
        return
    kept, about = without_asides(found.answer)
    answer, after = resolved(" ".join(" ".join(kept).split()), found.options)
    if not answer and found.is_answered:
        answer = "; ".join(named(n, found.options) for n, one in enumerate(found.options) if one.right)
    explanation = " ".join(" ".join([after, *found.explanation]).split())
    options = tuple(one.text for one in found.options)
    last = max(last_line, found.last_line)
    words = bare_question(question)
    if words:
        yield Item(words, answer, first_line, last, explanation, options, tuple(about))


def _following(parts: Sequence[Part], last_line: int, in_quiz: bool) -> _Found:
    found = _Found(last_line=last_line)
    for part in parts:
        if part.kind is PartKind.LIST and not found.options and not found.answer and len(part.parts) > 1:
            if any(MARK.match(item.words) for item in part.parts):
                for item in part.parts:
                    _take_lines(item.parts[0] if item.parts else item, found)
            else:
                found.options = [option(item.words, _raw(item)) for item in part.parts]
        elif part.kind is PartKind.LIST and len(part.parts) == 1 and in_quiz and not found.answer:
            _take_answer(part.parts[0].parts, found)
        elif part.kind is PartKind.BOX and _hides_answer(part) and not found.answer:
            _take_answer(part.parts, found)
        elif part.kind is PartKind.TEXT:
            _take_lines(part, found)
        elif part.kind is PartKind.BOX and part.name == "quote" and MARK.match(part.words):
            for inner in part.parts:
                _take_lines(inner, found)
        elif part.kind is PartKind.CODE and not found.answer:
            continue
        else:
            break
        found.last_line = max(found.last_line, part.last_line)
    return found


def _hides_answer(box: Part) -> bool:
    return box.name in ANSWER_BOXES or not box.title or bool(REVEALS.match(box.title))


def _raw(item: Part) -> str:
    return item.parts[0].raw if len(item.parts) == 1 else ""


def _take_answer(parts: Sequence[Part], found: _Found) -> None:
    """All words of some parts are the answer, but for lines that explain it."""
    for part in parts:
        lines = part.text.split("\n") if part.kind is PartKind.TEXT else [part.words]
        for line in lines:
            mark = MARK.match(line.strip())
            role = role_of(mark["mark"]) if mark else "a"
            words = line.strip()[mark.end() :] if mark else line
            if role == "e" or (found.explanation and not mark):
                found.explanation.append(words)
            else:
                found.answer.append(words)


def _take_lines(part: Part, found: _Found) -> None:
    """Options, and answers that are marked, of a paragraph's lines."""
    raws = part.raw.split("\n")
    current: list[str] | None = None
    for number, line in enumerate(part.text.split("\n")):
        words = line.strip()
        mark = MARK.match(words)
        if OPTION.match(words) and not found.answer and not (mark and found.options and words[1:2] == ":"):
            found.options.append(option(words, raws[number] if number < len(raws) else ""))
            current = None
        elif mark and role_of(mark["mark"]) != "q":
            current = found.explanation if role_of(mark["mark"]) == "e" else found.answer
            current.append(words[mark.end() :])
        elif current is not None:
            current.append(words)
        elif words:
            found.said.append(words)
