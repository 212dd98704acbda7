"""Where labels are used in prose."""

from itertools import pairwise

import pytest
from cases import Case, load
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import NOTES, corpus_of, graph_of

from corpus.labels import label_words, singular
from graph.mentions import LabelFinder


@pytest.mark.parametrize("case", load("mentions.md"), ids=str)
def test_mentions(case: Case) -> None:
    found = graph_of(case.input).mentions
    case.check(
        "\n".join(f"{m.line}  {' '.join(m.label.split())}  -> {m.concept}" for m in found) or "nothing"
    )


def check_found(labels: str, text: str, expected: str) -> None:
    """The words found in a text, for labels given as `one|other name, second|...`."""
    finder = LabelFinder(enumerate(names.split("|") for names in labels.split(", ")))
    assert "|".join(text[m.start : m.end] for m in finder.find(text)) == expected


def test_names_may_hold_signs() -> None:
    check_found("C++, C#", "We use C++, not C#, and no C.", "C++|C#")


def test_a_name_of_one_letter_is_never_found() -> None:
    check_found("C, x, tide", "The C of x in the tide.", "tide")


def test_a_stop_ends_a_name() -> None:
    check_found("gradient descent", "The gradient. Descent is next; gradient, descent.", "")


def test_of_names_that_overlap_the_longest_wins_then_the_first() -> None:
    check_found(
        "deep neural, neural network, network layer", "A deep neural network layer.", "neural network"
    )
    check_found("x b c, b c", "X b c b c.", "X b c|b c")


def test_a_name_that_two_claim_belongs_to_the_first() -> None:
    finder = LabelFinder([(7, ["tide"]), (8, ["Tides"])])
    assert [m.owner for m in finder.find("the tides")] == [7]


def test_nothing_is_found_without_labels_or_without_text() -> None:
    assert LabelFinder([]).find("the tide") == []
    assert LabelFinder([(0, ["tide"])]).find("") == []


def test_what_is_masked_is_not_found() -> None:
    assert LabelFinder([(0, ["tide"])]).find("tide tide", ((0, 4),))[0].start == 5


def test_a_mention_has_its_sentence() -> None:
    graph = graph_of("**Tide**: the rise and fall of the sea.\n\nIt was late. The\ntide went out. We slept.")
    assert [(m.sentence, m.line) for m in graph.mentions] == [("The tide went out.", 4)]


def test_an_option_of_a_question_is_a_sentence_of_its_own() -> None:
    asked = "Q: What is low?\nA) The ebb\nB) The moon\nAnswer: A\nE: The ebb\nfalls."
    graph = graph_of(f"**Ebb**: the falling of the tide.\n\n{asked}\n")
    assert [(m.sentence, m.line) for m in graph.mentions] == [("The ebb", 4), ("The ebb falls.", 7)]


def test_letters_that_begin_lines_count_where_there_are_several() -> None:
    lines = "We go by\na. the ebb or\nb. the flood\n\nOn a map of the sea the\nA. is the ebb.\n"
    graph = graph_of(f"**Ebb**: the falling of the tide.\n\n{lines}")
    assert [m.sentence for m in graph.mentions] == ["a. the ebb or", "On a map of the sea the A. is the ebb."]


def test_a_very_long_sentence_is_cut_around_the_mention() -> None:
    graph = graph_of("**Tide**: the rise and fall of the sea.\n\n" + "word " * 300 + "tide " + "word " * 300)
    (mention,) = graph.mentions
    assert "tide" in mention.sentence
    assert len(mention.sentence) < 450


_LABELS = st.lists(
    st.sampled_from(
        "tide|spring tide|tides|spring|cross-entropy|entropy|naïve Bayes|C++|IT|matrices|A b|b".split("|")
    ),
    min_size=1,
    max_size=6,
)
_TEXTS = st.lists(
    st.sampled_from(
        "tide tides Spring cross entropy crossentropy - Naive bayes C++ IT it matrix . , \n a b é".split(" ")
    ),
    max_size=20,
).map(" ".join)


@settings(max_examples=150)
@given(_LABELS, st.one_of(_TEXTS, st.text(max_size=40)))
def test_matches_never_overlap_and_fold_to_a_label_of_their_owner(labels: list[str], text: str) -> None:
    matches = LabelFinder((i, (label,)) for i, label in enumerate(labels)).find(text)
    assert all(one.end <= other.start for one, other in pairwise(matches))
    for match in matches:
        assert folded(text[match.start : match.end]) == folded(labels[match.owner])


def folded(words: str) -> str:
    return "".join(singular(word) for word in label_words(words))


@settings(max_examples=60)
@given(NOTES)
def test_every_mention_stands_on_its_line_outside_its_own_definitions(text: str) -> None:
    corpus, graph = corpus_of(text), graph_of(text)
    source = text.split("\n")
    sections = {s.id: s.location for s in corpus.sections()}
    concepts = {c.id: c for c in graph.concepts}
    for mention in graph.mentions:
        assert sections[mention.section].first_line <= mention.line <= sections[mention.section].last_line
        assert 1 <= mention.line <= len(source)
        own = concepts[mention.concept].definitions
        assert not any(d.location.first_line <= mention.line <= d.location.last_line for d in own)


def test_a_name_that_holds_a_sign_is_found() -> None:
    found = LabelFinder([(0, ["A* search"])]).find("Plan the way with A* search.")
    assert [(m.owner, m.start, m.end) for m in found] == [(0, 18, 27)]


def test_an_acronym_that_is_a_common_word_is_found_in_capitals() -> None:
    found = LabelFinder([(0, ["IT"])]).find("IT is large, and it grows.")
    assert [(m.start, m.end) for m in found] == [(0, 2)]
