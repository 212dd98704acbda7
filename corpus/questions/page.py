"""What a rule of a quiz may look at, and what it gives back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from msgspec import structs

from corpus.blocks import Block, BlockKind, Inline
from corpus.headings import bare_heading
from corpus.model import SectionId
from corpus.questions.marks import ANSWERS, CLAIM, NUMBERED, ONLY_NUMBER, TASK, asks
from corpus.questions.parts import QUIZ_FENCES, Part, PartKind, parts_of
from corpus.sections import OpenSection


class Role(StrEnum):
    """What a section is for, by its heading or by one above it."""

    QUIZ = "quiz"
    QUESTIONS = "questions"
    FAQ = "faq"
    ANSWERS = "answers"
    GUIDE = "guide"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question that a rule found; `about` are labels that the notes say it is about."""

    question: str
    answer: str
    first_line: int
    last_line: int
    explanation: str = ""
    options: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A section as rules see it. `asked` is what its heading asks, if that is a question of a quiz or an FAQ;
    `answers` are those that another section gives by number; `places` what stands under each anchor: the
    heading's title and the first words."""

    section: OpenSection
    parts: tuple[Part, ...]
    role: Role
    asked: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_QUIZ = re.compile(
    r"(?:\b(?:quiz(?:zes)?|flash ?cards?|self[- ](?:test|check|assessment)|mcqs?|multiple choice)\b"
    r"|^(?:(?:review|practice|exam|test|revision|sample|study|discussion|quick|mock|comprehension|chapter|control"
    r"|conceptual|interview|warm[- ]?up|end[- ]of[- ]\w+)\s+)*(?:questions|test)"
    r"(?:\s+(?:and|&)\s+answers)?(?:\s*\(.*\))?$"
    r"|^questions\s+for\s+(?:the\s+|your\s+)?(?:exam|test|quiz|review|revision|self[- ]study)$"
    r"|\b(?:check|test)\s+(?:your|yourself|understanding|my)\b(?:\s+(?:understanding|knowledge|learning))?"
    r"|\b(?:knowledge|understanding|concept|learning|comprehension)\s+(?:check|test|quiz)s?\b)",
    re.IGNORECASE,
)
_FAQ = re.compile(
    r"\bfaqs?\b|\bfrequently asked\b|\bcommon questions\b|^q\s*(?:&|and)\s*a\b"
    r"|^questions?\s+(?:&|and)\s+answers?\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"^(?:(?:quiz|the|correct|exercise|sample|model|answer)\s+)*(?:answers?(?:\s+key)?|solutions?|answer key)"
    r"(?:\s+to\b.*)?$",
    re.IGNORECASE,
)
_GUIDE = re.compile(
    r"^(?:(?:guiding|essential|key|driving|open|research|learning|overview)\s+questions?|any questions"
    r"|have questions?)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)  # each heading is asked about several times
def role_of(title: str) -> Role:
    """What a heading says that its section is for.

    >>> role_of("Quiz: Tides").value, role_of("3. FAQ").value, role_of("Why does it rise?").value
    ('quiz', 'faq', '')
    """
    words = bare_heading(title).strip(" :!?")
    # They may be those of a quiz, or those that somebody has: only answers tell.
    if words.casefold() in ("questions", "discussion", "discussion questions"):
        return Role.QUESTIONS
    for role, pattern in (
        (Role.GUIDE, _GUIDE),
        (Role.FAQ, _FAQ),
        (Role.ANSWERS, _ANSWERS),
        (Role.QUIZ, _QUIZ),
    ):
        if pattern.search(words):
            return role
    return Role.NONE


def roles_of(sections: Sequence[OpenSection], title: str) -> dict[SectionId, Role]:
    """What each section is for: what its heading says, else one above it, else the title of the document."""
    roles: dict[SectionId, Role] = {}
    for section in sections:
        above = roles[section.parent] if section.parent else role_of(title)
        roles[section.id] = _own_role(section) or above or _role_as_question(section)
    return roles


_QUESTION_NUMBER = re.compile(r"^(?:q|question)\s*#?\d{1,3}\s*[:.)–—-]?\s+\S", re.IGNORECASE)


def _role_as_question(section: OpenSection) -> Role:
    """A heading such as "Q3. Which tide falls?" is one of a quiz, whatever the notes are called; so is one
    that asks and has options below it of which one is ticked."""
    numbered = _QUESTION_NUMBER.match(section.title)
    ticked = section.level > 1 and asks(section.title) and _has_ticks(section)
    return Role.QUIZ if (numbered and asks(section.title)) or ticked else Role.NONE


def _has_ticks(section: OpenSection) -> bool:
    """Whether the first list of a section has boxes, some ticked and some not."""
    first = next((block for block in section.blocks if block.kind is BlockKind.LIST), None)
    ticks = [TASK.match(p.raw) for item in (first.children if first else ()) for p in _texts(item)]
    return len(ticks) > 1 and all(ticks) and 0 < sum(bool(t and t["done"] != " ") for t in ticks) < len(ticks)


def _texts(item: Block) -> list[Inline]:
    return [block.inline for block in item.children[:1] if block.inline]


def _own_role(section: OpenSection) -> Role:
    """What the heading of a section says that it is for. One that is a link says what stands elsewhere."""
    inline = section.heading.inline if section.heading else None
    away = [link for link in inline.links if not link.url.startswith("#")] if inline else []
    if inline and any(link.span[1] - link.span[0] >= len(inline.text.strip()) - 2 for link in away):
        return Role.NONE
    return role_of(section.title) if section.level else Role.NONE


# "Q: ...", "Question 3"; what a rule takes for a mark is told by the rule.
_A_MARK = re.compile(r"^\W*q(?:uestion)?\s*[#\d:.)]", re.IGNORECASE | re.MULTILINE)
# The second side of a card.
BACK = re.compile(r"^back\s*:\s*(?=\S)", re.IGNORECASE | re.MULTILINE)
# A question mark with nothing after it in its line, or an answer.
_ENDS_ASKING = re.compile(
    r"[?？]:?[\s*_\"'”’)]*(?:\n|\Z|\{:|[(\[]?(?:answer|ans|solution)\s*[:=])", re.IGNORECASE
)
_IN_HTML = re.compile(r"[?？]|::|card|<details|<summary|(?<![^\W_])q(?:uestion)?\s*[#\d:.)]", re.IGNORECASE)
_HOLDS_ANSWERS = frozenset({BlockKind.QUOTE, BlockKind.BOX})


def may_ask(section: OpenSection) -> bool:
    """Whether anything in a section looks like a part of a quiz. Most sections hold nothing of the kind, a
    look says so, and no rule has to ask."""
    claims = "/" in section.lowered or "true" in section.lowered
    backs = "back" in section.lowered
    for block in section.all_blocks:
        if block.kind is BlockKind.HTML and _IN_HTML.search(block.text):
            return True
        if block.kind is BlockKind.TABLE and _has_questions(block):
            return True
        if block.kind in _HOLDS_ANSWERS or block.info.strip("{}.:").lower() in QUIZ_FENCES:
            return True
        text = block.inline.text if block.inline else ""
        if "::" in text or "? // " in text or ("#" in text and "card" in text.casefold()):
            return True
        if ("?" in text or "？" in text) and _ENDS_ASKING.search(text):
            return True
        if claims and CLAIM.match(text):
            return True
        if ("q" in text or "Q" in text) and _A_MARK.search(text):
            return True
        if backs and BACK.search(text):
            return True
    return False


def _has_questions(table: Block) -> bool:
    """Whether the head of a table may name a column of questions."""
    heads = [c.inline.text.casefold() for row in table.children[:1] for c in row.children if c.inline]
    return any("q" in head or "prompt" in head or "front" in head for head in heads)


def pages(sections: Sequence[OpenSection], title: str) -> Iterator[Page]:
    """Every section that may hold a quiz, with what is known of it from the others."""
    roles = roles_of(sections, title)
    places = {s.anchor: (s.title, _opening(s)) for s in sections if s.anchor}
    keys = dict(_answer_keys(sections))
    for number, section in enumerate(sections):
        role, own = roles[section.id], _own_role(section)
        asked = section.title if role in (Role.QUIZ, Role.FAQ) and not own and section.level > 1 else ""
        if asked and not (asks(asked) or (role is Role.QUIZ and _is_numbered_question(section))):
            asked = ""
        if role is Role.NONE and not may_ask(section):
            continue
        parts = _labelled(parts_of(section.blocks), section if role is Role.QUIZ and not own else None)
        answers = keys.get(number) or (_folded_answers(parts) if role is Role.QUIZ else {})
        if (
            not answers
            and role in (Role.QUIZ, Role.QUESTIONS, Role.NONE)
            and (below := _answers_below(parts))
        ):
            answers, role = below, role or Role.QUIZ
        yield Page(section, parts, role, asked, answers, places)


def _labelled(parts: tuple[Part, ...], section: OpenSection | None) -> tuple[Part, ...]:
    """A label alone in its paragraph, or in the heading of this section, put before the question below it:
    "Question 3" and "Which tide falls?"."""
    found: list[Part] = []
    label, line = "", 0
    if section and section.heading and ONLY_NUMBER.fullmatch(section.title):
        label, line = section.title, section.heading.first_line
    for part in parts:
        if label and part.kind is PartKind.TEXT:
            named = f"{label.strip(' .:*')}: "
            found.append(structs.replace(part, text=named + part.text, raw=named + part.raw, first_line=line))
            label = ""
        elif part.kind is PartKind.TEXT and ONLY_NUMBER.fullmatch(part.text):
            label, line = part.text, part.first_line
        else:
            found.append(part)
    return tuple(found)


def _folded_answers(parts: Sequence[Part]) -> dict[int, str]:
    """The answers to a list of questions, all in one fold below it."""
    boxes = [p for p in parts if p.kind is PartKind.BOX and p.title and ANSWERS.search(p.title)]
    answers = numbered_answers(boxes[0].parts) if len(boxes) == 1 else {}
    return answers if len(answers) > 1 else {}


def _answers_below(parts: Sequence[Part]) -> dict[int, str]:
    """The answers that stand below a line "**Answers**", if there are as many as questions above it."""
    at = next(
        (n for n, p in enumerate(parts) if p.kind is PartKind.TEXT and _ONLY_ANSWERS.fullmatch(p.raw)), 0
    )
    answers = numbered_answers(parts[at + 1 : at + 2]) if at else {}
    lists = [part.parts for part in parts[:at] if part.kind is PartKind.LIST]
    asked = sum(asks(item.parts[0].text) for items in lists for item in items if item.parts)
    asked += sum(asks(part.text) for part in parts[:at] if part.kind is PartKind.TEXT)
    return answers if len(answers) == asked > 1 else {}


_ONLY_ANSWERS = re.compile(
    r"\s*(?:\*\*|__|\*|_)(?:(?:the|correct|model|sample)\s+)?(?:answers?(?:\s+key)?|solutions?)\s*:?(?:\*\*|__|\*|_)\s*:?\s*",
    re.IGNORECASE,
)


def _is_numbered_question(section: OpenSection) -> bool:
    """A heading with a number in a quiz is a question: "4. The image of a map is:"."""
    match = NUMBERED.match(section.title)
    return bool(match and section.title[match.end() :].strip())


def _opening(section: OpenSection) -> str:
    """The first paragraph of a section."""
    first = next((b for b in section.blocks if b.inline and b.inline.text.strip()), None)
    return " ".join(first.inline.text.split()) if first and first.inline else ""


# --- answers that stand elsewhere --------------------------------------------------------------------------


def _answer_keys(sections: Sequence[OpenSection]) -> Iterator[tuple[int, dict[int, str]]]:
    """The answers that stand in a section of their own, for the sections of the quiz before it."""
    last = -1
    for number, section in enumerate(sections):
        if section.level and role_of(section.title) is Role.ANSWERS:
            answers = numbered_answers(parts_of(section.blocks))
            for earlier in range(last + 1, number):
                if answers and role_of(sections[earlier].title) is not Role.ANSWERS:
                    yield earlier, answers
            last = number


_ITS_NUMBER = re.compile(r"^\(?(?:q(?:uestion)?\s*)?#?(\d{1,3})\)?\s*[.):–—-]*\s*(?=\S)", re.IGNORECASE)


def numbered_answers(parts: Sequence[Part]) -> dict[int, str]:
    """The answers of a list, or of lines that begin with numbers."""
    found: dict[int, str] = {}
    for part in parts:
        if part.kind is PartKind.LIST:
            for item in part.parts:
                found[len(found) + 1] = item.words
        elif part.kind is PartKind.TEXT:
            for line in part.text.split("\n"):
                if number := _ITS_NUMBER.match(line.strip()):
                    found[int(number[1])] = line.strip()[number.end() :]
    return found
