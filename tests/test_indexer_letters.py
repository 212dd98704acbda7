"""All words held against a typo at once: as one that walks through them letter by letter finds them."""

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.letters import Letters
from indexer.spelling import spelled_like

# Few letters, so that much is nearly alike; one beyond one byte, one beyond two.
WORDS = st.text("abcñ語\U0001f600", min_size=1, max_size=8)


@given(st.sets(WORDS, max_size=40), WORDS, st.sampled_from([1, 2]))
@example({"abcabcabc" * 7, "bacabcabc" * 7}, "abcabcabc" * 7, 2)
@example({"a", "b", "ab", "ba"}, "a", 2)
def test_all_that_is_spelled_almost_so_is_found_with_its_typos(
    words: set[str], typed: str, budget: int
) -> None:
    every = sorted(words)
    walked: dict[str, int] = {}
    for first, end, typos in spelled_like(every, typed, budget):
        for word in every[first:end]:
            walked[word] = min(typos, walked.get(word, typos))
    found = Letters(every, [1] * len(every)).near(typed, budget)
    assert {word: typos for _, word, typos, _ in found} == walked


@given(
    st.lists(st.tuples(WORDS, st.integers(1, 4)), unique_by=lambda pair: pair[0]), WORDS, st.integers(1, 9)
)
def test_completions_are_those_used_most(used: list[tuple[str, int]], beginning: str, most: int) -> None:
    used.sort()
    letters = Letters([word for word, _ in used], [count for _, count in used])
    places = [place for place, (word, _) in enumerate(used) if word.startswith(beginning)]
    best = sorted(places, key=lambda place: -used[place][1])[:most]
    assert letters.most_used(beginning, most) == [(place, used[place][1]) for place in best]
