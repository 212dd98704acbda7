"""Questions with what follows them: options, a hidden answer, an answer in so many words.

A question is a paragraph, an item of a list or a heading. Outside of a quiz it counts only with an answer
that is marked or hidden as one: a lesson may ask what it likes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.questions.marks import (
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
    starts = [n for n, part in enumerate(page.parts) if _starts(part, page)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(page.parts)], strict=False)):
        part = page.parts[start]
        lines = part.text.split("\n")
        own = [line for line in lines if line.strip()]
        cut = next((n for n, line in enumerate(own) if n and _is_answer_or_option(line)), len(own))
        rest = page.parts[start + 1 : end]
        if cut < len(own):
            below = replace(part, text="\n".join(own[cut:]), raw="\n".join(part.raw.split("\n")[cut:]))
            rest = (below, *rest)
        yield from _item(" ".join(own[:cut]), part.first_line, part.last_line, rest, page, number + 1)


def _starts(part: Part, page: Page) -> bool:
    """Whether a paragraph asks. In a quiz a number or bold marks a question that its options complete."""
    if part.kind is not PartKind.TEXT or not part.text.strip():
        return False
    lines = [line for line in part.text.split("\n") if line.strip()]
    cut = next((n for n, line in enumerate(lines) if n and _is_answer_or_option(line)), len(lines))
    question = " ".join(lines[:cut])
    if MARK.match(question) and role_of(MARK.match(question)["mark"]) != "q":  # type: ignore[index]
        return False
    if OPTION.match(question):
        return False
    if asks(question):
        return True
    return (
        page.role in _QUIZZES
        and bool(NUMBERED.match(question))
        and question.rstrip(" *_").endswith((":", "…", "_"))
    )


def _is_answer_or_option(line: str) -> bool:
    mark = MARK.match(line.strip())
    return bool(OPTION.match(line.strip()) or (mark and role_of(mark["mark"]) != "q"))


def from_lists(page: Page) -> Iterator[Item]:
    """The items of a list that ask, each with the options or the answer below it, or a link to its answer."""
    if page.asked or page.role in (Role.GUIDE, Role.ANSWERS):
        return
    number = 0
    for part in page.parts:
        for item in part.parts if part.kind is PartKind.LIST else ():
            first = item.parts[0] if item.parts else None
            if first is None or first.kind is not PartKind.TEXT:
                continue
            number += 1
            yield from _listed(first, item, page, number)


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
    lines = [line for line in first.text.split("\n") if line.strip()]
    cut = next((n for n, line in enumerate(lines) if n and _is_answer_or_option(line)), len(lines))
    question = " ".join(lines[:cut])
    if not lines or TASK.match(first.raw) or MARK.match(lines[0]):
        return
    if not (asks(question) or (page.role is Role.QUIZ and _has_options(item))):
        return
    rest = item.parts[1:]
    if cut < len(lines):
        rest = (
            replace(first, text="\n".join(lines[cut:]), raw="\n".join(first.raw.split("\n")[cut:])),
            *rest,
        )
    yield from _item(question, item.first_line, first.last_line, rest, page, number)


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
