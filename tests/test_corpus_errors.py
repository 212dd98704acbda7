"""Near misses: what somebody may have meant, found in a time that does not grow with the notes."""

from difflib import get_close_matches

import pytest

from corpus import errors
from corpus.errors import MOST_COMPARED, near_misses


def test_the_nearest_name_comes_first_whatever_its_case() -> None:
    assert near_misses("Tied", ["Tide", "tidal wave", "Harbour"])[0] == "Tide"


def test_of_many_names_only_the_likely_ones_are_compared_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counted(word: str, possibilities: list[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(possibilities))
        return get_close_matches(word, possibilities, n, cutoff)

    monkeypatch.setattr(errors, "get_close_matches", counted)
    names = [f"lesson-about-harbour-number-{number}" for number in range(5000)]
    assert near_misses("lesson-about-harbor-number-4711", names)[0] == "lesson-about-harbour-number-4711"
    assert compared == [MOST_COMPARED]
