"""When two spellings of a label are one name, and what can be a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.headings import bare_heading, is_meta_heading, names_a_subject
from corpus.labels import label_key, looks_like_term


@pytest.mark.parametrize(
    "spellings",
    [
        "cross entropy|cross-entropy|Cross-Entropy|crossentropy|Cross Entropies",
        "CNN|CNNs|cnn",
        "matrix|matrices|Matrices",
        "Bayes' theorem|Bayes theorem|Bayes's theorem",
        "naïve Bayes|Naive Bayes",
        "the kernel trick|kernel trick",
        "bias|biases",
        "antenna|antennae",
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: str) -> None:
    assert len({label_key(s) for s in spellings.split("|")}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("batch", "batch size"),
        ("loss", "los"),
        ("class", "classification"),
        ("C", "C++"),
        ("C#", "C++"),
        ("analysis", "analysi"),
    ],
)
def test_names_of_different_things_stay_apart(one: str, other: str) -> None:
    assert label_key(one) != label_key(other)


@given(st.text())
def test_folding_twice_folds_nothing_more(label: str) -> None:
    assert label_key(label_key(label)) == label_key(label)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Convolutional Layers (Part 2)", "Convolutional Layers"),
        ("3.2 Pooling", "Pooling"),
        ("Lesson 5 : Convolutional Neural Networks", "Convolutional Neural Networks"),
        ("Question answering", "Question answering"),
    ],
)
def test_a_heading_is_read_without_its_numbering(title: str, bare: str) -> None:
    assert bare_heading(title) == bare


@pytest.mark.parametrize(
    "title", ["Introduction", "Exercises", "Lesson 7", "Further Reading", "Quizes", "Tips & Tricks"]
)
def test_headings_of_parts_are_no_terms(title: str) -> None:
    assert is_meta_heading(title)
    assert not names_a_subject(title)


@pytest.mark.parametrize(
    "words",
    [
        "How does it work",
        "Training the network",
        "our goal",
        "Why?",
        "Install PyTorch",
        "It is done.",
        "2018",
        "MLPs vs CNNs",
    ],
)
def test_clauses_questions_and_instructions_are_no_terms(words: str) -> None:
    assert not names_a_subject(words)


@pytest.mark.parametrize(
    "words", ["training set", "softmax", "A* search", "rate of change", "Pooling Layers", "k-means"]
)
def test_noun_phrases_can_be_terms(words: str) -> None:
    assert looks_like_term(words)


@pytest.mark.parametrize("words", ["update gate", "load balancer", "set theory"])
def test_a_term_may_begin_with_a_verb(words: str) -> None:
    assert looks_like_term(words)
