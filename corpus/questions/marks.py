"""What marks a question, an answer, an option, in words: the small grammar that quizzes share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = r"\s*#?\d*\s*"
MARK = re.compile(
    r"(?P<mark>q(?:uestion)?|ans(?:wer)?|a|e(?:xplanation)?|why|because|reason|rationale"
    r"|(?:correct|right|sample|model|expected|suggested)\s+answers?|solution)"
    rf"{_NUMBER}[:.)]\s+(?=\S)",
    re.IGNORECASE,
)
_ROLES = {"q": "q", "question": "q", "e": "e", "explanation": "e", "why": "e", "because": "e", "reason": "e"}
_ROLES["rationale"] = "e"


def role_of(mark: str) -> str:
    """`q`, `a` or `e` for a mark as written.

    >>> role_of("Question"), role_of("Correct  answer"), role_of("Because")
    ('q', 'a', 'e')
    """
    return _ROLES.get(" ".join(mark.lower().split()), "a")


NUMBERED = re.compile(
    r"^(?:(?:question|q|problem|exercise|task|quiz|item|no\.?)\s*)?#?\d{1,3}(?:\.\d{1,2})?\s*[.):–—-]+\s+(?=\S)"
    r"|^(?:question|q)\s*#?\d{1,3}\s+(?=\S)",
    re.IGNORECASE,
)
# A label that stands alone above its question.
ONLY_NUMBER = re.compile(
    r"\W*(?:question|q|problem|exercise|task|quiz|challenge)\s*#?\d{1,3}\W*", re.IGNORECASE
)
OPTION = re.compile(r"^(?:\((?P<in>[A-Ha-h])\)|(?P<out>[A-Ha-h])[.):])\s*(?=\S)")
TASK = re.compile(r"^(?:\[(?=[ xX]\])|\((?=[ xX]\)))(?P<done>[ xX])[\])]\s+")
_RIGHT = re.compile(
    r"\s*(?:[✓✔✅☑]\ufe0f?|[(\[](?:correct|right|answer|correct answer|true)[)\]]|←\s*(?:correct|answer)"
    r"|<-+\s*(?:correct|answer))\s*",
    re.IGNORECASE,
)
_WRONG = re.compile(r"\s*(?:[✗✘❌☐]\ufe0f?|[(\[](?:incorrect|wrong|false)[)\]])\s*", re.IGNORECASE)
# What a link or a summary says that only leads to the answer.
REVEALS = re.compile(
    r"^\W*(?:(?:click|tap|press|expand)\b.*|(?:show|see|view|reveal|check|unfold|open)\b(?:\s+\w+){0,3}|(?:(?:the|my|full"
    r"|sample|model|possible|suggested|correct|example)\s+)?(?:answers?|solutions?|explanation|response)(?:\s+\d+)?)"
    r"\W*(?:\(.*\))?\W*$",
    re.IGNORECASE,
)
ANSWERS = re.compile(r"\b(?:answers?|solutions?)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:(?:key\s+)?(?:concepts?|topics?|skills?|tags?|term|subject)(?:\s+(?:tested|covered|assessed))?)\s*:\s*(.+)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^(?:bloom'?s?(?:\s+(?:taxonomy\s+)?level)?|difficulty|level|points?|marks?|see(?:\s+also)?|references?|source|hint"
    r"|page|learn more|read more)\s*:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose; `right` if the notes mark it so where it stands."""

    text: str
    letter: str = ""
    right: bool = False


def option(text: str, raw: str = "") -> Option:
    """The option that an item of a list is, without its letter and its marks."""
    words = " ".join(text.split())
    task = TASK.match(raw.lstrip()) or TASK.match(words)
    words = TASK.sub("", words)
    right = bool(task and task["done"] != " ")
    if "☑" in words[:2] or "☐" in words[:2]:
        right = words.startswith("☑")
        words = words[1:].strip()
    marked = _RIGHT.search(words)
    words = _WRONG.sub(" ", _RIGHT.sub(" ", words)).strip()
    letter = OPTION.match(words)
    bare = words[letter.end() :] if letter else words
    bold = bool(raw) and _is_bold(OPTION.sub("", raw.strip()), bare)
    letters = (letter["in"] or letter["out"]).upper() if letter else ""
    return Option(bare, letters, right or bool(marked) or bold)


def _is_bold(raw: str, words: str) -> bool:
    inner = raw.strip()
    whole = (inner.startswith("**") and inner.endswith("**")) or (
        inner.startswith("__") and inner.endswith("__")
    )
    return whole and inner.count("**") + inner.count("__") == 2 and bool(words)


_IS_RIGHT = re.compile(
    r"^(?:option\s+)?(?P<letter>[A-Ha-h]|\d)\s+is\s+(?:the\s+)?(?:correct|right|solution|answer)\b[^.,]*[.,]?\s*",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"^(?P<lead>(?:the\s+)?(?:(?:correct|right|best)\b\s*)?(?:(?:answer|solution|option|choice)s?\b\s*)?"
    r"(?:(?:is|are)\b|:|=)?\s*(?:option\s+)?)[(\[]?(?P<letter>[A-Ha-h]|\d)[)\]]?(?P<end>\s*[.):,;–—-]+\s*|\s*$|\s+)",
    re.IGNORECASE,
)


def resolved(answer: str, options: Sequence[Option]) -> tuple[str, str]:
    """An answer among options as "B. its text", and what is said after it, which explains.

    >>> resolved("The correct answer is B. It sinks.", [Option("ebb"), Option("flood")])
    ('B. flood', 'It sinks.')
    """
    if chosen := _chosen(answer, options):
        return chosen
    plain = answer.strip(" .").casefold()
    marked = [n for n, one in enumerate(options) if one.right]
    whole = next((n for n, one in enumerate(options) if one.text.casefold() == plain), None)
    if whole is not None:
        return named(whole, options), ""
    if options and 0 < len(marked) < max(2, len(options)):
        return "; ".join(named(n, options) for n in marked), answer
    return answer, ""


def _chosen(answer: str, options: Sequence[Option]) -> tuple[str, str] | None:
    """What an answer that begins with a letter or a number chooses, and the rest of it."""
    right = _IS_RIGHT.match(answer)
    choice = right or _CHOICE.match(answer)
    if choice is None or not options:
        return None
    # "A tide" begins with a letter, too.
    said = right or choice["lead"].strip() or choice["end"].strip() or choice.end() == len(answer)
    number = _number(choice["letter"], options) if said else None
    if number is None:
        return None
    text, rest = options[number].text, answer[choice.end() :].strip()
    same = text.rstrip(". ")
    if same and rest.casefold().startswith(same.casefold()):
        rest = rest[len(same) :].lstrip(" .,:;–—-)")
    if choice["letter"].isdigit() and not options[number].letter:
        return f"{choice['letter']}. {text}", rest
    return named(number, options), rest


def _number(letter: str, options: Sequence[Option]) -> int | None:
    lettered = [n for n, one in enumerate(options) if one.letter == letter.upper()]
    if lettered:
        return lettered[0]
    number = int(letter) - 1 if letter.isdigit() else ord(letter.upper()) - ord("A")
    return number if 0 <= number < len(options) else None


def named(number: int, options: Sequence[Option]) -> str:
    """ "B. its text"."""
    return f"{options[number].letter or chr(ord('A') + number)}. {options[number].text}"


def without_asides(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """An answer's lines without those about the question itself, and the labels that they say it is about."""
    kept, about = [], []
    for line in lines:
        if named_about := _ABOUT.match(line.strip()):
            about += [label.strip(" .") for label in re.split(r"[,;]|\band\b", named_about[1])]
        elif not _ASIDE.match(line.strip()):
            kept.append(line)
    return kept, [label for label in about if label]


CLAIM = re.compile(
    r"^\W*(?:\d{1,3}\s*[.):]+\s*)?(?:true\s+or\s+false|true\s*/\s*false|t\s*/\s*f)\W*[:?.–—-]\W*\w",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether words end as a question, or as one that is completed by its options, or ask whether something
    is true."""
    return text.rstrip(" *_\"'”’)").endswith(("?", "?:", "？")) or bool(CLAIM.match(text))


_FIRST_BESIDE = re.compile(r"(?<=[?？:_.…])\s+(?=\(?[Aa][.)]\s*\S)")
_NEXT_BESIDE = re.compile(r"(?<!\s)\s+(?=\(?(?P<letter>[B-Hb-h])[.)]\s*\S)")


def options_beside(question: str) -> tuple[str, list[str]]:
    """A question, and the options that stand behind it in the same line: two or more, from A on.

    >>> options_beside("Which one falls? (A) the ebb (B) the flood")
    ('Which one falls?', ['(A) the ebb', '(B) the flood'])
    """
    # Where no B follows the first A, none follows a later one.
    first = _FIRST_BESIDE.search(question)
    start = first.end() if first else 0
    found: list[str] = []
    for cut in _NEXT_BESIDE.finditer(question, start) if first else ():
        if cut["letter"].upper() == chr(ord("B") + len(found)):
            found.append(question[start : cut.start()])
            start = cut.end()
    return (question[: first.start()], [*found, question[start:]]) if first and found else (question, [])


def bare_question(text: str) -> str:
    """A question without its number or mark."""
    words = " ".join(text.split())
    words = NUMBERED.sub("", words, count=1)
    mark = MARK.match(words)
    return words[mark.end() :] if mark and role_of(mark["mark"]) == "q" else words
