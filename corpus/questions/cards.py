"""Questions in the shapes of other programs: flashcards, tables, quizzes in fences and in JSON."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.questions.lines import Line, lines_of, marked_items
from corpus.questions.marks import MARK, Option, asks, bare_question, named, resolved, role_of
from corpus.questions.page import BACK, Item, Page
from corpus.questions.parts import JSON_FENCES, QUIZ_FENCES, TEXT_FENCES, Part, PartKind, words_of

# --- flashcards --------------------------------------------------------------------------------------------

_CARD = re.compile(r"(?<!:)(?P<spaced>\s*):{2,3}(?!:)\s*(?=\S)")
# "Which tide falls? // The ebb."
_SLASHED = re.compile(r"(?<=[?？])[ \t]+//[ \t]+(?=\S)")
_TAG = re.compile(r"(?:^|\s)#(?:flash)?cards?\b[\w/-]*", re.IGNORECASE)


def from_cards(page: Page) -> Iterator[Item]:
    """`Question::Answer` or `Question? // Answer` on one line; a question, a line with `?`, and its answer.

    Without a tag that says so only a question makes a card: two colons stand in much else.
    """
    lines = list(lines_of(page.parts))
    tagged = any("#" in line.text and _TAG.search(line.text) for line in lines)
    for line in lines:
        card = _CARD.search(line.text) if "::" in line.text else None
        if card and card.start() and "`" not in line.raw:
            question = line.text[: card.start()].strip()
            if asks(question) or (tagged and not card["spaced"] and len(question.split()) > 1):
                answer = _TAG.sub("", line.text[card.end() :]).strip()
                yield Item(_TAG.sub("", question).strip(), answer, line.number, line.number)
        slashed = _SLASHED.search(line.text) if "//" in line.text and "`" not in line.raw else None
        if slashed:
            question, answer = line.text[: slashed.start()], line.text[slashed.end() :]
            yield Item(bare_question(question), answer.strip(), line.number, line.number)
    yield from _sides(lines)
    yield from _over_lines(lines)
    yield from _tagged_bullets(page.parts)


_FRONT = re.compile(r"front\s*:\s*(?=\S)", re.IGNORECASE)


def _sides(lines: Sequence[Line]) -> Iterator[Item]:
    """`Front: ...`, and `Back: ...` on the next line."""
    for line, following in pairwise(lines):
        front, back = _FRONT.match(line.text), BACK.match(following.text)
        if front and back:
            question, answer = line.text[front.end() :].strip(), following.text[back.end() :].strip()
            yield Item(question, answer, line.number, following.number)


def _over_lines(lines: Sequence[Line]) -> Iterator[Item]:
    for block in _blocks(lines):
        words = [line.text for line in block]
        number = next((n for n, text in enumerate(words) if n and text in ("?", "??")), 0)
        if number and number + 1 < len(block):
            question, answer = " ".join(words[:number]), " ".join(words[number + 1 :])
            yield Item(_TAG.sub("", question).strip(), answer, block[0].number, block[-1].number)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines, those of one paragraph together."""
    block: list[Line] = []
    for line in lines:
        if line.begins and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _tagged_bullets(parts: Sequence[Part]) -> Iterator[Item]:
    """A bullet with the tag #card, and its answer below."""
    for part in parts:
        if part.kind is PartKind.ITEM and len(part.parts) > 1 and part.parts[0].kind is PartKind.TEXT:
            question = part.parts[0].text
            answer = words_of(part.parts[1:])
            if _TAG.search(question) and answer:
                words = " ".join(_TAG.sub("", question).split())
                yield Item(words, answer, part.first_line, part.last_line)
                continue
        yield from _tagged_bullets(part.parts)


# --- tables ------------------------------------------------------------------------------------------------

_HEADS = {
    "question": "q", "questions": "q", "q": "q", "prompt": "q", "front": "q",
    "answer": "a", "answers": "a", "a": "a", "solution": "a", "correct answer": "a", "back": "a",
    "explanation": "e", "why": "e", "reason": "e",
}  # fmt: skip


def from_tables(page: Page) -> Iterator[Item]:
    """A table with a column of questions and one of answers."""
    for table in (part for part in page.parts if part.kind is PartKind.TABLE and part.parts):
        head, *rows = table.parts
        columns = {_HEADS.get(c.text.strip().strip(":?").casefold(), ""): n for n, c in enumerate(head.parts)}
        if not {"q", "a"} <= columns.keys() or len(head.parts) != len({c.text for c in head.parts}):
            continue
        for row in rows:
            cells = {role: row.parts[n].words for role, n in columns.items() if role and n < len(row.parts)}
            if cells.get("q") and cells.get("a"):
                place = (row.first_line, row.last_line)
                yield Item(cells["q"], cells["a"], *place, explanation=cells.get("e", ""))


# --- fences ------------------------------------------------------------------------------------------------

_LARGEST = 100_000


def from_fences(page: Page) -> Iterator[Item]:
    """Quizzes that stand in code: marked lines in a fence called quiz, JSON with questions in it."""
    for part in (p for p in page.parts if p.kind is PartKind.CODE and p.name in QUIZ_FENCES):
        if part.name in JSON_FENCES and part.text.lstrip()[:1] in ("[", "{") and len(part.text) <= _LARGEST:
            yield from _from_json(part)
        elif part.name in TEXT_FENCES:
            yield from _from_text(part)


def _from_text(part: Part) -> Iterator[Item]:
    first = part.first_line + (part.last_line > part.first_line)
    lines = [
        Line(
            re.sub(r"^[-*+]\s+", "", words.strip()),
            words,
            first + n,
            True,
            bool(re.match(r"\s*[-*+]\s", words)),
        )
        for n, words in enumerate(part.text.split("\n"))
        if words.strip()
    ]
    if lines and not any((m := MARK.match(line.text)) and role_of(m["mark"]) == "q" for line in lines):
        # The first line of such a fence is its question.
        lines[0] = Line(f"Q: {lines[0].text.lstrip('#').strip()}", lines[0].raw, lines[0].number, True, False)
    yield from marked_items(lines)


def _from_json(part: Part) -> Iterator[Item]:
    try:
        value = json.loads(part.text)
    except (ValueError, RecursionError):
        return
    for entry in _entries(value):
        question = entry.get("question") or entry.get("prompt") or entry.get("title")
        if not isinstance(question, str) or not question.strip():
            continue
        options, right = _options(entry)
        explanation = entry.get("explanation") or entry.get("rationale") or ""
        answer, after = resolved(right, options) if right else ("", "")
        if not answer:
            answer = "; ".join(named(n, options) for n, one in enumerate(options) if one.right)
        if answer:
            texts = tuple(one.text for one in options)
            why = str(explanation) if isinstance(explanation, str) else after
            yield Item(" ".join(question.split()), answer, part.first_line, part.last_line, why, texts)


def _entries(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        for one in value:
            yield from _entries(one, depth + 1) if depth < 6 else ()
    elif isinstance(value, dict):
        if "question" in value and isinstance(value["question"], str):
            yield value
        elif depth < 6:
            for one in value.values():
                yield from _entries(one, depth + 1)


def _options(entry: Mapping[str, object]) -> tuple[list[Option], str]:
    """The options of an entry, and its answer as written (a letter, a number from 0, or words)."""
    listed = next((entry[k] for k in ("options", "choices", "answers") if isinstance(entry.get(k), list)), [])
    options = []
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, str):
            options.append(Option(one))
        elif isinstance(one, dict):
            text = next((one[k] for k in ("text", "answer", "option", "content", "label") if k in one), "")
            right = any(one.get(k) is True for k in ("correct", "isCorrect", "is_correct", "right"))
            options.append(Option(str(text), right=right))
    answer = next(
        (
            entry[k]
            for k in ("answer", "correct", "correctAnswer", "correct_answer", "solution")
            if k in entry
        ),
        "",
    )
    if isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < len(options):
        return options, chr(ord("A") + answer)
    return options, str(answer) if isinstance(answer, (str, int, float)) and not isinstance(
        answer, bool
    ) else ""
