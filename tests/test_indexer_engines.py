"""What every engine must do alike: all that the rest of the house relies on, asked of each of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InvalidRequest
from indexer.engines import ENGINES, engine_named
from indexer.engines.protocol import (
    Alternative,
    Clause,
    Engine,
    Every,
    Field,
    Filter,
    Found,
    IndexedDocument,
    Lacking,
    Question,
    Searcher,
    Some,
    Wanted,
)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return engine_named(request.param)


@pytest.fixture
def searcher(engine: Engine, tmp_path: Path) -> Iterator[Searcher]:
    engine.write(tmp_path / "index", DOCUMENTS, None, ())
    opened = engine.open(tmp_path / "index")
    yield opened
    opened.close()


def doc(
    key: str, body: str, title: str = "", kind: str = "section", lesson: str = "one", prior: float = 1.0
) -> IndexedDocument:
    terms = {Field.TITLE: tuple(title.split()), Field.BODY: tuple(body.split())}
    return IndexedDocument(key, kind, lesson, prior, terms)


DOCUMENTS = [
    doc("a", "red green blue", title="colour"),
    doc("b", "red blue green", lesson="two"),
    doc("c", "green", kind="concept", lesson=""),
    doc("d", "colour of glass", prior=0.1),
]


def any_of(*terms: str, phrase: bool = False, fields: tuple[Field, ...] = ()) -> Clause:
    """One clause: a term, several alternatives, or all of one phrase."""
    if phrase:
        return Clause((Alternative(terms, phrase=True),), fields)
    return Clause(tuple(Alternative((term,)) for term in terms), fields)


def every(*parts: Wanted) -> Question:
    return Question(Every(parts))


NOTHING = Every(())


def keys(found: Found) -> list[str]:
    return [key for key, _ in found.keys]


def test_all_parts_must_match_or_any_of_them(searcher: Searcher) -> None:
    parts = (any_of("red"), any_of("colour"))
    assert keys(searcher.search(Question(Every(parts)))) == ["a"]
    assert sorted(keys(searcher.search(Question(Some(parts))))) == ["a", "b", "d"]


def test_parts_stand_in_each_other(searcher: Searcher) -> None:
    inner = Every((any_of("red"), Lacking(any_of("colour"))))
    assert set(keys(searcher.search(Question(Some((inner, any_of("glass"))))))) == {"b", "d"}
    assert keys(searcher.search(every(inner, Some((any_of("blue"), any_of("glass")))))) == ["b"]


def test_what_matches_all_parts_may_come_first(searcher: Searcher) -> None:
    parts = (any_of("green"), any_of("of", "blue"))
    assert keys(searcher.search(Question(Some(parts))))[0] in "abc"
    assert set(keys(searcher.search(Question(Some(parts, all_first=True))))[:2]) == {"a", "b"}


def test_what_is_inexact_comes_last_whatever_it_scores(searcher: Searcher) -> None:
    alternatives = (Alternative(("glass",)), Alternative(("red",), 9.0, inexact=True))
    assert keys(searcher.search(Question(Clause(alternatives)))) == ["d", "a", "b"]


def test_a_part_may_be_looked_for_in_some_fields_only(searcher: Searcher) -> None:
    assert keys(searcher.search(Question(any_of("colour", fields=(Field.TITLE,))))) == ["a"]
    assert keys(searcher.search(Question(any_of("green", fields=(Field.TITLE, Field.LABEL))))) == []


def test_a_filter_is_a_part_like_others(searcher: Searcher) -> None:
    concepts = Filter("kind", frozenset({"concept"}))
    assert keys(searcher.search(every(any_of("green"), concepts))) == ["c"]
    assert keys(searcher.search(every(any_of("green"), Lacking(concepts)))) == ["a", "b"]
    assert keys(searcher.search(Question(Filter("lesson", frozenset({"one", "two"}))))) == ["a", "b", "d"]


def test_what_is_lacking_alone_is_nothing(searcher: Searcher) -> None:
    assert keys(searcher.search(every(Lacking(any_of("red"))))) == []
    assert keys(searcher.search(Question(Some((Lacking(any_of("red")), any_of("glass")))))) == ["d"]


def test_any_alternative_of_a_clause_will_do(searcher: Searcher) -> None:
    assert set(keys(searcher.search(Question(any_of("glass", "blue"))))) == {"a", "b", "d"}


def test_all_terms_of_an_alternative_must_match(searcher: Searcher) -> None:
    clause = Clause((Alternative(("red", "green")), Alternative(("of",))))
    assert set(keys(searcher.search(Question(clause)))) == {"a", "b", "d"}


def test_a_phrase_stands_side_by_side_in_one_field(searcher: Searcher) -> None:
    assert keys(searcher.search(Question(any_of("red", "green", phrase=True)))) == ["a"]
    assert keys(searcher.search(Question(any_of("colour", "red", phrase=True)))) == []


def test_what_is_not_wanted_is_left_out(searcher: Searcher) -> None:
    assert keys(searcher.search(every(any_of("green"), Lacking(any_of("red"))))) == ["c"]


def test_filters_narrow_hits_and_the_other_facet(searcher: Searcher) -> None:
    found = searcher.search(Question(any_of("green"), kind="section"))
    assert (found.total, found.unfiltered) == (2, 3)
    assert (dict(found.kinds), dict(found.lessons)) == ({"section": 2, "concept": 1}, {"one": 1, "two": 1})


def test_a_title_counts_more_than_a_body_and_a_prior_scales(searcher: Searcher) -> None:
    assert keys(searcher.search(Question(any_of("colour")))) == ["a", "d"]


def test_what_says_the_same_is_one_hit_wherever_it_is_counted(engine: Engine, tmp_path: Path) -> None:
    same = [replace(doc(key, "red", lesson=lesson), same="s") for key, lesson in ("c2", "a1", "b1")]
    engine.write(tmp_path / "index", [*same, doc("d", "red red")], None, ())
    searcher = engine.open(tmp_path / "index")
    found = searcher.search(Question(any_of("red")))
    assert (keys(found), found.total, found.unfiltered) == (["d", "a"], 2, 2)
    assert found.folded == {"a": ("b", "c")}
    assert (found.kinds, found.lessons) == ({"section": 2}, {"one": 1, "1": 1, "2": 1})
    only = searcher.search(Question(any_of("red"), lesson="2"))
    assert (keys(only), only.total, only.folded) == (["c"], 1, {})
    searcher.close()


def test_an_explanation_adds_up_to_the_score(searcher: Searcher) -> None:
    wanted = Some((any_of("colour"), any_of("red", "green", phrase=True), any_of("glass", "blue")))
    for key, score in searcher.search(Question(wanted)).keys:
        why = searcher.explain(wanted, key)
        assert sum(asked.adds for asked in why.reasons) * why.prior == pytest.approx(score)
    assert searcher.explain(any_of("red", "glass"), "a").reasons[0].terms == ("red",)
    assert searcher.explain(any_of("colour"), "a").reasons[0].fields == {Field.TITLE: 1}
    assert searcher.explain(any_of("yellow"), "a").reasons == ()


def test_one_document_may_be_put_first(searcher: Searcher) -> None:
    assert keys(searcher.search(Question(any_of("red"), first="c")))[0] == "c"
    assert "c" not in keys(searcher.search(Question(any_of("red"), first="c", kind="section")))
    assert keys(searcher.search(Question(NOTHING, first="c"))) == ["c"]


def test_pages_are_cut_from_one_order_with_ties_by_key(engine: Engine, tmp_path: Path) -> None:
    engine.write(tmp_path / "index", [doc(key, "same") for key in "dbca"], None, ())
    searcher = engine.open(tmp_path / "index")
    pages = [keys(searcher.search(Question(any_of("same"), offset=n, limit=2))) for n in (0, 2, 4)]
    searcher.close()
    assert pages == [["a", "b"], ["c", "d"], []]


def test_an_index_grows_from_another_which_stays_as_it_is(engine: Engine, tmp_path: Path) -> None:
    engine.write(tmp_path / "old", DOCUMENTS, None, ())
    old = engine.open(tmp_path / "old")
    engine.write(tmp_path / "new", [doc("b", "yellow"), doc("e", "red")], tmp_path / "old", ["b", "c"])
    new = engine.open(tmp_path / "new")
    assert set(keys(new.search(Question(any_of("red"))))) == {"a", "e"}
    assert keys(new.search(Question(any_of("yellow")))) == ["b"]
    assert keys(new.search(Question(NOTHING, first="b"))) == ["b"] and not keys(
        new.search(Question(NOTHING, first="c"))
    )
    assert set(keys(old.search(Question(any_of("red"))))) == {"a", "b"}
    old.close()
    new.close()


def test_an_empty_index_finds_nothing(engine: Engine, tmp_path: Path) -> None:
    engine.write(tmp_path / "index", [], None, ())
    searcher = engine.open(tmp_path / "index")
    assert searcher.search(Question(any_of("red"), first="a")).total == 0
    searcher.close()


def test_an_engine_that_there_is_not_is_named_with_those_that_there_are() -> None:
    with pytest.raises(InvalidRequest, match=r"no engine 'lucene'.*whoosh"):
        engine_named("lucene")
