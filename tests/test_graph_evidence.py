"""What a mention says by the words around it, and how much that counts."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evidence import LATER_SENTENCE, TAIL_OF_A_PHRASE, WEIGHTS, cue, is_brought_about, is_example
from graph.model import EvidenceKind


def check_cue(sentence: str, expected: str, *, first: bool = True) -> None:
    """What the words in brackets say: `a kind of [tide]`."""
    start, end = sentence.index("["), sentence.index("]") - 1
    found = cue(sentence.replace("[", "").replace("]", ""), start, end, first)
    assert (str(found[0]) if found else "nothing") == expected


@pytest.mark.parametrize(
    "sentence",
    ["A kind of [tide] that is high.", "The simplest form of [linear map].", "A special case of the [tide]."],
)
def test_a_kind_of_it(sentence: str) -> None:
    check_cue(sentence, "kind")
    check_cue(sentence, "kind", first=False)


@pytest.mark.parametrize("sentence", ["A [tide] that is high.", "A bore is a [tide] that runs."])
def test_a_definition_that_opens_with_it(sentence: str) -> None:
    check_cue(sentence, "is-a")
    check_cue(sentence, "definition", first=False)


@pytest.mark.parametrize(
    "sentence",
    [
        "A place that ships leave at any [tide].",
        "The square root of the sum of all [squared errors].",
        "Clipping means putting the [rope] into a hook.",
        "The balloon inside the [tyre].",
    ],
)
def test_a_definition_that_names_it(sentence: str) -> None:
    check_cue(sentence, "definition")


@pytest.mark.parametrize(
    "sentence",
    [
        "A movement, such as a [tide].",
        "A movement of water, unlike a [tide].",
        "A stick that is used to measure a [tide].",
        "A flow instead of a [tide].",
        "A flow, in contrast to the [tide].",
        "Not to be confused with a [tide].",
        "A thing that differs from a [tide].",
        "A sauce of stock, without [cream].",
        "Without a [keel] a boat drifts.",
        "A swell, not to be confused with a [tide].",
        "A draught that is not the same as a [wind].",
        "A stain that goes away with [lye].",
        "A rot that can be prevented by [tar].",
        "A rust that can be removed with [acid].",
        "A worm that is no danger to [oak].",
        "A crew chosen after the [captain] was lost.",
    ],
)
def test_examples_uses_and_contrasts_say_nothing(sentence: str) -> None:
    check_cue(sentence, "nothing")


@pytest.mark.parametrize("sentence", ["[Tides] are read from a table.", "A [tide] can be read from a table."])
def test_a_sentence_about_it_is_no_definition_that_opens_with_it(sentence: str) -> None:
    check_cue(sentence, "definition")


@pytest.mark.parametrize(
    "sentence",
    [
        "A crossing that is impossible without a good [chart].",
        "A loaf that can't rise without [yeast].",
        "A mooring that cannot be left without the [tide].",
        "A knot that requires a [rope].",
        "A trade that depends on the [wind].",
        "A sail plan that is built on the [sloop].",
    ],
)
def test_what_it_cannot_be_without(sentence: str) -> None:
    check_cue(sentence, "needs")
    check_cue(sentence, "needs", first=False)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A knot that does not require a [rope].", "nothing"),
        ("A loaf made without [yeast].", "nothing"),
        ("How far a [boat] can sail without food.", "definition"),
        ("A sail that needs no [mast].", "nothing"),
    ],
)
def test_what_only_sounds_like_a_need(sentence: str, expected: str) -> None:
    check_cue(sentence, expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "The time in which a dough rests before the [salt] goes in.",
        "A rest prior to [shaping].",
        "Flour and water are mixed, then [salt] is added.",
        "A stretch after which the [shaping] begins.",
        "A warm place that leads to [oven spring].",
        "A wetter dough than [ciabatta].",
        "A cut whose purpose is [oven spring].",
    ],
)
def test_what_comes_later_says_nothing(sentence: str) -> None:
    check_cue(sentence, "nothing")


@pytest.mark.parametrize(
    ("sentence", "brought_about"),
    [
        ("A step that produces [gluten].", True),
        ("A cut in the crust for [oven spring].", True),
        ("Slashing the crust to get [oven spring].", True),
        ("Slashing the crust so that [oven spring] happens.", True),
        ("Steam which turns into [crust].", True),
        ("A tool for [shaping].", False),
        ("A cover for each [loaf].", False),
        ("The planks that make up a [hull].", False),
        ("What happens to a [dough] before the salt goes in.", False),
        ("A rule to find the [tide] with.", False),
    ],
)
def test_what_it_brings_about(sentence: str, brought_about: bool) -> None:
    plain = sentence.replace("[", "").replace("]", "")
    assert is_brought_about(plain, sentence.index("["), first=True) is brought_about


@pytest.mark.parametrize(
    ("sentence", "brought_about"),
    [
        ("It can hold a [tide] back.", True),
        ("Oak for [boats].", True),
        ("It can be made of [oak].", False),
        ("It is a tool for [shaping].", False),
    ],
)
def test_what_a_later_sentence_says_it_does(sentence: str, brought_about: bool) -> None:
    plain = sentence.replace("[", "").replace("]", "")
    assert is_brought_about(plain, sentence.index("["), first=False) is brought_about


@pytest.mark.parametrize(
    "sentence", ["Leather is hide that is treated with [bark].", "A paste that is applied to a [hull]."]
)
def test_a_definition_says_what_a_thing_is_made_with_a_later_sentence_what_is_done_with_it(
    sentence: str,
) -> None:
    check_cue(sentence, "definition")
    check_cue(sentence, "nothing", first=False)


def test_what_follows_an_example_in_brackets_counts_again() -> None:
    check_cue("A movement (such as a wave) of the [tide].", "definition")


@pytest.mark.parametrize(
    "sentence",
    [
        "For example, a tide.",
        "Suppose a tide.",
        "See tide.",
        "(e.g. a tide)",
        "Do not confuse the two: a tide turns, a wave breaks.",
        "The name comes from a book on tides.",
        "It is named after the tide.",
    ],
)
def test_sentences_that_only_illustrate(sentence: str) -> None:
    assert is_example(sentence)


@pytest.mark.parametrize("sentence", ["A tide for example.", "Seeing a tide.", "The tide."])
def test_sentences_that_do_not(sentence: str) -> None:
    assert not is_example(sentence)


def test_every_kind_has_a_weight_and_what_is_stated_counts_most() -> None:
    assert set(WEIGHTS) == set(EvidenceKind)
    assert all(0.5 <= weight < 1 for weight in WEIGHTS.values())
    assert max(WEIGHTS, key=WEIGHTS.__getitem__) is EvidenceKind.STATED
    assert WEIGHTS[EvidenceKind.KIND] >= WEIGHTS[EvidenceKind.IS_A] > WEIGHTS[EvidenceKind.DEFINITION]
    assert 0 < LATER_SENTENCE < 1
    assert 0 < TAIL_OF_A_PHRASE < 1


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 20), st.booleans())
def test_any_sentence_is_judged_without_raising(sentence: str, start: int, length: int, first: bool) -> None:
    found = cue(sentence, start, start + length, first)
    assert found is None or (found[0] in WEIGHTS and 0 < found[1] <= 1)


def test_an_example_in_brackets_with_its_comma_is_no_evidence() -> None:
    sentence = "A movement (for example, a tide)."
    start = sentence.index("tide")
    assert cue(sentence, start, start + len("tide"), first=True) is None


@pytest.mark.parametrize("before", ["x" * 60_000 + "! ", "x" * 60_000 + " ", "-" * 60_000, "x-" * 30_000])
def test_what_stands_before_is_not_looked_through_again_for_each_letter(before: str) -> None:
    began = process_time()
    cue(f"{before}tide", len(before), len(before) + 4, True)
    assert process_time() - began < 2  # the square of the length would take a minute


def test_a_sentence_of_many_mentions_is_judged_in_linear_time() -> None:
    sentence = "A loaf of " + "flour, water (and salt) and not without yeast " * 6_000
    began = process_time()
    for start in range(10, len(sentence), 46):
        cue(sentence, start, start + 5, first=True)
        is_brought_about(sentence, start, first=True)
    assert process_time() - began < 30  # the square of the length would take minutes
