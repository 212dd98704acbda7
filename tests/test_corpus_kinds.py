"""What notes say is a kind of what."""

import pytest
from cases import Case, load
from hypothesis import given, settings
from texts import NOTES, document, lines, source_lines

from corpus.quoting import stands_in


def kinds_in(text: str) -> str:
    """The statements of a text, as the cases show them."""
    statements = document(text).kinds
    return (
        "\n".join(f'{k.narrower} < {k.broader}  {lines(k.location)}  "{k.quote}"' for k in statements)
        or "nothing"
    )


@pytest.mark.parametrize("case", load("kinds.md"), ids=str)
def test_kinds(case: Case) -> None:
    case.check(kinds_in(case.input))


@settings(max_examples=50)
@given(NOTES)
def test_the_words_of_a_statement_stand_in_its_lines(text: str) -> None:
    for statement in document(text).kinds:
        assert statement.quote
        assert stands_in(statement.quote, source_lines({"notes.md": text}, statement.location))
