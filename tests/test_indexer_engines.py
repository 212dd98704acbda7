"""What every engine must do alike: all that the rest of the house relies on, asked of each of them."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from engines_here import EVERY_ENGINE, HERE
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DamagedSnapshot, EngineMissing, InvalidRequest
from indexer.engines import ENGINES, engine_named
from indexer.engines.protocol import (
    MOST_LESSONS,
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


@pytest.fixture(params=EVERY_ENGINE)
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
    assert keys(searcher.search(Question(Filter("lesson", frozenset({""}))))) == []


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


# Whichever engine is asked, the answer is the same: hits, scores to the last bit, order, counts and reasons

words = st.sampled_from(["red", "green", "blue", "colour", "glass", "of", "ink"])
alternatives = st.builds(
    Alternative,
    st.lists(words, min_size=1, max_size=3).map(tuple),
    st.sampled_from([1.0, 0.9, 0.4]),
    st.booleans(),
    st.booleans(),
)
fields = st.sampled_from([(), (Field.LABEL,), (Field.TITLE, Field.LABEL, Field.COMPOUND)])
parts: st.SearchStrategy[Wanted] = st.recursive(
    st.one_of(
        st.builds(Clause, st.lists(alternatives, min_size=1, max_size=3).map(tuple), fields),
        st.builds(
            Filter, st.just("kind"), st.frozensets(st.sampled_from(["concept", "section"]), min_size=1)
        ),
    ),
    lambda part: st.one_of(
        st.builds(Lacking, part),
        st.builds(Every, st.lists(part, min_size=1, max_size=3).map(tuple)),
        st.builds(Some, st.lists(part, min_size=1, max_size=3).map(tuple), st.booleans()),
    ),
    max_leaves=6,
)
documents = st.builds(
    IndexedDocument,
    st.text("abcd", min_size=1, max_size=3),
    st.sampled_from(["concept", "section"]),
    st.sampled_from(["", "one", "two"]),
    st.sampled_from([0.4, 1.0, 1.4]),
    st.dictionaries(st.sampled_from(list(Field)), st.lists(words, max_size=9).map(tuple)),
    st.sampled_from(["", "", "s", "t"]),
)
questions = st.builds(
    Question,
    parts,
    kind=st.sampled_from([None, None, "concept"]),
    lesson=st.sampled_from([None, None, "one"]),
    first=st.one_of(st.none(), st.text("abcd", min_size=1, max_size=1)),
    first_if_found=st.booleans(),
    offset=st.integers(0, 3),
    limit=st.integers(0, 5),
)


@given(
    st.lists(st.lists(documents, max_size=8), min_size=1, max_size=4),
    st.lists(questions, min_size=1, max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_every_engine_gives_the_same_answer(
    tmp_path_factory: pytest.TempPathFactory, builds: list[list[IndexedDocument]], asked: list[Question]
) -> None:
    folder = tmp_path_factory.mktemp("alike")
    answers = [list(answered(folder / name, engine_named(name), builds, asked)) for name in HERE]
    assert all(answer == answers[0] for answer in answers)


def answered(
    folder: Path, engine: Engine, builds: list[list[IndexedDocument]], asked: list[Question]
) -> Iterator[object]:
    """What an engine finds that took over the documents of one build after another, and why."""
    place, here = None, set[str]()
    for number, build in enumerate(builds):
        new = {document.key: document for document in build}
        grown = folder / str(number)
        engine.write(grown, new.values(), place, here & new.keys())
        place, here = grown, here | new.keys()
    assert place is not None
    searcher = engine.open(place)
    for question in asked:
        found = searcher.search(question)
        yield found
        yield [searcher.explain(question.wanted, key) for key, _ in found.keys]
    searcher.close()


def test_a_facet_has_the_lessons_with_the_most_hits_ties_by_id(engine: Engine, tmp_path: Path) -> None:
    once = [doc(f"k{number:03}", "red", lesson=f"l{number:03}") for number in range(0, 300, 2)]
    engine.write(tmp_path / "old", once, None, ())
    twice = [doc(f"m{number}", "red", lesson=f"l{number:03}") for number in (298, 200, 7)]
    engine.write(tmp_path / "new", twice, tmp_path / "old", ())
    for place, first in ((tmp_path / "old", []), (tmp_path / "new", ["l200", "l298"])):
        searcher = engine.open(place)
        lessons = searcher.search(Question(any_of("red"))).lessons
        assert [lesson for lesson, count in lessons.items() if count == 2] == first
        ones = sorted({*(d.lesson for d in once), *["l007"] * bool(first)} - set(first))
        assert set(lessons) == {*first, *ones[: MOST_LESSONS - len(first)]}
        searcher.close()


def test_postings_that_are_damaged_are_named_or_answer(tmp_path: Path) -> None:
    engine = engine_named("whoosh")
    words = [f"w{n % 7} w{n % 5} w{n}" for n in range(60)]
    place = tmp_path / "index"
    engine.write(place, [doc(f"{n:02}", body) for n, body in enumerate(words)], None, ())
    (file,) = place.glob("*.pst")
    sound, chance, named = file.read_bytes(), Random(3), 0
    asked = [Question(any_of(f"w{n}")) for n in range(9)]
    asked.append(
        Question(Clause((Alternative(("w1", "w1"), phrase=True), Alternative(("w2", "w3"), phrase=True))))
    )
    for _ in range(300):
        damaged = bytearray(sound)
        for _ in range(3):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        file.write_bytes(damaged)
        try:
            opened = engine.open(place)
            for question in asked:
                opened.search(question)
        except DamagedSnapshot:
            named += 1
    assert named > 100


def test_an_engine_that_there_is_not_is_named_with_those_that_there_are() -> None:
    with pytest.raises(InvalidRequest, match=r"no engine 'lucene'.*whoosh"):
        engine_named("lucene")


def test_every_engine_is_tested_where_it_counts() -> None:
    assert "CI" not in os.environ or HERE == ENGINES


def test_an_engine_that_is_not_installed_is_named_with_what_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("indexer.engines.find_spec", lambda _name: None)
    with pytest.raises(
        EngineMissing, match=r"'tantivy' is not installed.*pip install 'glosspath\[tantivy\]'"
    ):
        engine_named("tantivy")
