"""Which names the notes give one thing: acronyms, "also called", "synonym for"."""

import pytest
from cases import Case, load
from hypothesis import given
from hypothesis import strategies as st
from texts import document, lines

from corpus.model import AliasKind, SourceLocation
from corpus.names import is_acronym_of, name_pairs, pointer, split_names


def names_in(text: str) -> str:
    """What a text says about names, as the cases show it."""
    read = document(text)
    stated = [
        f"{d.term} = {a.label} ({a.kind})  {lines(a.location)}" for d in read.definitions for a in d.aliases
    ]
    pairs = [f"{p.long} ~ {p.short}  {lines(p.location)}" for p in read.name_pairs]
    return "\n".join([*stated, *pairs]) or "nothing"


@pytest.mark.parametrize("case", load("names.md"), ids=str)
def test_names(case: Case) -> None:
    case.check(names_in(case.input))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("SGD", "stochastic gradient descent"),
        ("ReLU", "rectified linear unit"),
        ("CNNs", "convolutional neural network"),
        ("k-NN", "k nearest neighbours"),
    ],
)
def test_letters_that_stand_for_words(short: str, long: str) -> None:
    assert is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("SGD", "gradient descent"),
        ("GDS", "stochastic gradient descent"),
        ("A", "apple"),
        ("", "apple"),
        ("CNN", ""),
        ("tide", "tides"),
        ("UK", "Anna Smith"),
    ],
)
def test_letters_that_do_not(short: str, long: str) -> None:
    assert not is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("term", "name", "others"),
    [
        ("stochastic gradient descent (SGD)", "stochastic gradient descent", ["SGD"]),
        ("SGD (stochastic gradient descent)", "SGD", ["stochastic gradient descent"]),
        ("Convolutional Neural Networks (CNNs)", "Convolutional Neural Networks", ["CNN"]),
        ("ebb (also called falling tide or low run)", "ebb", ["falling tide", "low run"]),
        ("ebb", "ebb", []),
        ("ebb (of the sea)", "ebb (of the sea)", []),
    ],
)
def test_a_term_is_taken_apart(term: str, name: str, others: list[str]) -> None:
    found, aliases = split_names(term, SourceLocation("notes.md", 1, 1))
    assert (found, [a.label for a in aliases]) == (name, others)
    assert {a.kind for a in aliases} <= {AliasKind.ACRONYM, AliasKind.ALSO_CALLED}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Synonym for learning rate.", "learning rate"),
        ("Another term for **ebb**", "ebb"),
        ("An abbreviation of nothing that we know: it is long.", None),
        ("The falling of the tide.", None),
        ("See what happens when the moon is full and the sea is high.", None),
    ],
)
def test_a_text_that_only_points_to_another_name(text: str, target: str | None) -> None:
    assert pointer(text) == target


@given(st.text(alphabet="ABCab (){}\n-'’.,ß&9", max_size=60))
def test_pairs_stand_where_they_say(text: str) -> None:
    for pair in name_pairs(text):
        words = " ".join(text[pair.start : pair.end].split())
        assert pair.long in words
        assert pair.short in words
