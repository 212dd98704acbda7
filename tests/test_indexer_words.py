"""How text becomes terms, which spellings are near, and what a query says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.spelling import beginning_with, spelled_like, typo_budget
from indexer.words import Finder, chunks, code_terms, composed, folded, terms

WORDS = ["gradient", "gradients", "graph", "relu", "softmax", "softmaxes", "soft", "zebra"]


def near(typed: str, words: list[str] = WORDS, as_prefix: bool = False) -> dict[str, int]:
    found = spelled_like(sorted(words), typed, typo_budget(typed), as_prefix=as_prefix)
    return {sorted(words)[n]: f.distance for f in found for n in range(f.first, f.end)}


def test_words_are_found_by_their_stem() -> None:
    assert terms("Gradients descending") == terms("gradient descend")


def test_case_accents_and_composition_do_not_matter() -> None:
    assert terms("BÉZIER") == terms("bezier") == terms("be\u0301zier")


def test_the_plural_of_an_acronym_is_the_acronym() -> None:
    assert terms("LSTMs") == terms("LSTM")


def test_stop_words_count_only_when_there_is_nothing_else() -> None:
    assert terms("the loss of a model") == ["loss", "model"]
    assert terms("to be or not to be") == ["to", "be", "or", "not", "to", "be"]


def test_a_compound_is_found_whole_and_in_parts() -> None:
    assert terms("optimizer.zero_grad()") == ["optim", "zero", "grad"]
    assert "zerograd" in code_terms("zero_grad")
    assert {"cross", "entropi", "loss"} <= set(code_terms("nn.CrossEntropyLoss"))


def test_two_letters_of_a_hump_are_no_word() -> None:
    assert code_terms("ReLU") == []


def test_a_keyword_in_capitals_is_a_term_of_code_although_it_is_a_stop_word() -> None:
    assert code_terms("Keep rows WHERE the price is NOT null.") == ["where", "not"]
    assert code_terms("I had A plan") == []


def test_text_without_spaces_is_read_by_character() -> None:
    assert terms("深度学习 rocks") == ["深", "度", "学", "习", "rock"]


@given(st.text())
def test_any_text_has_terms_at_places_that_exist(text: str) -> None:
    whole = composed(text)
    for chunk in chunks(text):
        assert 0 <= chunk.start < chunk.end <= len(whole)
        assert chunk.word.pieces
    assert all(terms(text))


@pytest.mark.parametrize("word", ["dying", "lying", "tying", "skies", "ties", "falls", "flooding"])
def test_a_word_is_found_again_by_its_own_term_and_by_the_words_that_have_it(word: str) -> None:
    text = "die lie tie sky fall flood; dying lying tying skies ties falls flooding."
    (term,) = terms(word)
    marked = {text[chunk.start : chunk.end] for chunk in Finder(frozenset({term})).found_in(text)}
    assert marked == {other for other in text.strip(".").replace(";", "").split() if terms(other) == [term]}
    assert len(marked) > 1


@given(
    st.lists(st.text("abDE3é-._ ßſ\u0130\u0301\u4e2d", max_size=40), min_size=2, max_size=4), st.booleans()
)
def test_all_words_with_a_term_are_found_wherever_they_stand(texts: list[str], many: bool) -> None:
    keys = sorted({key for text in texts for chunk in chunks(text) for key in chunk.word.keys})
    wanted = frozenset(keys if many else keys[:1])
    finder = Finder(wanted)
    for text in texts:
        whole = ((c.start, c.end, c.word.keys & wanted) for c in chunks(text))
        assert list(finder.found_in(text)) == [found for found in whole if found[2]]


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_typo_is_a_letter_more_or_less_or_other_or_two_swapped() -> None:
    for typed in ("softmx", "sofftmax", "softmox", "sotfmax"):
        assert near(typed)["softmax"] == 1


def test_short_words_have_no_typos_long_ones_two() -> None:
    assert near("relo") == {}
    assert near("grodiants")["gradients"] == 2


def test_a_wrong_first_letter_counts_double() -> None:
    assert "softmax" not in near("zoftmax")
    assert near("zoftmaxes")["softmaxes"] == 2


def test_a_beginning_may_hold_the_typo() -> None:
    assert near("sotfm", as_prefix=True).keys() == {"softmax", "softmaxes"}


@given(st.lists(st.text("abc", min_size=1, max_size=6), max_size=12), st.text("abc", min_size=5, max_size=7))
def test_the_walk_finds_what_comparing_every_word_finds(words: list[str], typed: str) -> None:
    assert near(typed, words) == {w: d for w in words if (d := typos(w, typed)) <= typo_budget(typed)}


@given(st.lists(st.text(max_size=4)), st.text(max_size=3))
def test_a_prefix_is_a_range(words: list[str], prefix: str) -> None:
    first, end = beginning_with(sorted(words), prefix)
    assert sorted(words)[first:end] == [word for word in sorted(words) if word.startswith(prefix)]


def typos(word: str, typed: str) -> int:
    """The definition, by a full table: optimal string alignment, one more for another first letter."""
    table = {(i, 0): i for i in range(len(word) + 1)} | {(0, j): j for j in range(len(typed) + 1)}
    for i, a in enumerate(word, 1):
        for j, b in enumerate(typed, 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b))
            if i > 1 and j > 1 and a == typed[j - 2] and word[i - 2] == b:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(word), len(typed)] + (word[0] != typed[0])
