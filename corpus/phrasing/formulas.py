"""Formulas in words: "water weight / flour weight"."""

import re

from corpus.sentences import first_sentence

# No word of an operand is an operator: a line that could be read in many ways would be read in all of them.
_COUNTING_WORD = r"(?!(?:plus|minus|times|over|per|divided\s+by|multiplied\s+by)\b)[^\W\d_]['’\w-]*"
_OPERAND = rf"\(?{_COUNTING_WORD}(?<!_)(?:\s+{_COUNTING_WORD}){{0,5}}\)?"
_OPERATOR = (
    r"(?:\s*[/÷×*·]\s*|\s+[-−–+±]\s+|\s+(?:plus|minus|times|over|per|divided\s+by|multiplied\s+by)\s+)"
)
_COUNTED = re.compile(
    rf"{_OPERAND}(?:{_OPERATOR}(?:{_OPERAND}|\d+(?:[.,]\d+)?\s?%?))*"
    rf"{_OPERATOR}(?:{_OPERAND}|\d+(?:[.,]\d+)?\s?%?)\s*\.?",
    re.IGNORECASE,
)
_OPERATORS = re.compile(_OPERATOR, re.IGNORECASE)
_A_WORD = re.compile(r"[^\W\d_]{3}")


def is_counted_from(term: str, text: str, *, plain: bool = False) -> bool:
    """Whether a text's first sentence says in words how the term is counted: "water weight / flour weight".

    Single letters and names of code are no words. In `plain` text one of the parts has several words:
    "total = price * count" may be code.

    >>> is_counted_from("hydration", "water weight / flour weight"), is_counted_from("y", "m * x")
    (True, False)
    """
    formula = first_sentence(text)
    if "_" in formula or not _A_WORD.search(term) or not _COUNTED.fullmatch(formula):
        return False
    parts = [part for part in _OPERATORS.split(formula) if not part[:1].isdigit()]
    several = not plain or any(" " in part.strip() for part in (term, *parts))
    return several and len(parts) > 1 and all(map(_A_WORD.search, parts))
