"""Words that the notes use like terms and never define."""

import pytest
from cases import Case, load
from texts import graph_of


@pytest.mark.parametrize("case", load("wanted.md"), ids=str)
def test_wanted(case: Case) -> None:
    wanted = graph_of(case.input).wanted
    case.check(
        "\n".join(f"{w.label}  {w.uses}x  {' '.join(str(p.first_line) for p in w.places)}" for w in wanted)
        or "nothing"
    )


def test_what_is_only_pointed_to_is_reported_once() -> None:
    graph = graph_of("**Low run**: Synonym for ebb.\n\nThe ebb goes.\n")
    assert [w.label for w in graph.wanted] == ["ebb"]
    assert [p.code for p in graph.problems] == ["undefined-concept"]
