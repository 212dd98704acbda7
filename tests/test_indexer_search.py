"""Full text search over a real index: order, spelling, filters, paging, and that no query is an error."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from engines_here import EVERY_ENGINE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexed_notes import built, concept, document, place, sample_notes, section
from typed_queries import typed_queries

from corpus.errors import DamagedSnapshot
from corpus.model import Corpus, Document, Lesson, LessonId, Resource, ResourceKind
from graph.model import ConceptGraph
from indexer import Snapshot, open_snapshot
from indexer.lessons import lessons_called
from indexer.model import Cut, HitKind

NO_GRAPH = ConceptGraph((), (), (), (), (), (), ())
TABLES = "https://tides.example.org/tables"


@pytest.fixture(scope="module", params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Iterator[Snapshot]:
    opened = built(tmp_path_factory.mktemp("data"), *sample_notes(), engine=engine)
    yield opened
    opened.close()


def found(snapshot: Snapshot, query: str) -> list[str]:
    return [f"{hit.kind} {hit.id}" for hit in snapshot.search(query).hits]


def test_a_concept_whose_label_is_the_query_comes_first(snapshot: Snapshot) -> None:
    hit = snapshot.search("Softmax Functions").hits[0]
    assert (hit.kind, hit.id, hit.matched_label) == (HitKind.CONCEPT, "softmax", "softmax function")


def test_an_alias_finds_its_concept(snapshot: Snapshot) -> None:
    assert found(snapshot, "sgd") == ["concept stochastic-gradient-descent"]


def test_a_question_finds_what_it_asks_about(snapshot: Snapshot) -> None:
    assert snapshot.search("what is SGD?").hits[0].matched_label == "SGD"


def test_a_keyword_that_is_a_stop_word_is_found_by_itself(tmp_path: Path, engine: str) -> None:
    where = section("a.md", "Filters", "Write WHERE before what each row must be, and NOT to turn it round.")
    corpus = Corpus("t", (document("a.md", where),), (Lesson(LessonId("a"), "A", "a.md", (where.id,)),))
    snapshot = built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)
    for query in ("WHERE", "where", '"WHERE"', "NOT", "where not"):
        results = snapshot.search(query)
        assert ([hit.id for hit in results.hits], results.cut) == (["a/filters"], ()), query
    for query in ("what", "the", "AND", "to be"):
        results = snapshot.search(query)
        assert (results.total, results.cut) == (0, (Cut.STOPS,)), query
    assert snapshot.search("zebra").cut == ()


def test_concepts_come_before_sections_and_stubs_last(tmp_path: Path, engine: str) -> None:
    text = "A tensor holds numbers."
    where = section("a.md", "Tensor rules", text)
    stub = concept("tensor stub", "", where, 1, "a")
    corpus = Corpus("t", (document("a.md", where),), (Lesson(LessonId("a"), "A", "a.md", (where.id,)),))
    graph = ConceptGraph((concept("tensor things", text, where, 0, "a"), stub), (), (), (), (), (), ())
    hits = [hit.id for hit in built(tmp_path, corpus, graph, engine=engine).search("tensor").hits]
    assert hits == ["tensor-things", "a/tensor-rules", "tensor-stub"]


def test_a_typo_finds_the_word_and_suggests_it(snapshot: Snapshot) -> None:
    results = snapshot.search("softmx")
    assert results.hits[0].id == "softmax"
    assert results.suggestion == "softmax"
    assert "<mark>Softmax</mark>" in results.hits[0].snippet


@pytest.mark.parametrize(
    ("typed", "as_typed"),
    [
        ("softmx", '"softmx"'),
        ('softmax "label" probabilties', 'softmax "label" "probabilties"'),
        ("title:softmx", 'title:"softmx"'),
        ("title:softmx~", 'title:"softmx"'),
        ("softmx~ label", '"softmx" label'),
        ("softmax", ""),
        ("qqqqqqq", ""),
    ],
)
def test_hits_for_another_spelling_come_with_the_query_that_takes_what_was_typed(
    snapshot: Snapshot, typed: str, as_typed: str
) -> None:
    assert snapshot.search(typed).as_typed == as_typed
    literally = snapshot.search(as_typed)
    assert (literally.suggestion, literally.as_typed) == ("", "")


def test_only_the_misspelled_word_is_respelled(snapshot: Snapshot) -> None:
    assert snapshot.search('softmax "label" probabilties').suggestion == 'softmax "label" probabilities'


def test_a_known_word_is_not_respelled(snapshot: Snapshot) -> None:
    assert snapshot.search("softmax").suggestion == ""


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("हिन्दी में किताब पढ़ना", ["हिन्दी", "किताब", "पढ़ना", "किता*"]),
        ("தமிழ் மொழி அழகு", ["தமிழ்", "மொழி"]),
        ("การเรียนภาษาไทยสนุก", ["ภาษาไทย", "เรียน"]),
        ("يقرأ الطالب كِتَابًا عن الأمواج", ["كتابا", "كِتَابًا", "الامواج", "كتـابا"]),
        ("הוא אמר שָׁלוֹם לכולם", ["שלום", "שָׁלוֹם"]),
        ("او می‌خواهد برود", ["می‌خواهد"]),
        ("ភាសាខ្មែរ", ["ខ្មែរ"]),
    ],
)
def test_words_of_every_script_are_found_whole(
    tmp_path: Path, engine: str, text: str, queries: list[str]
) -> None:
    other = section("a.md", "Other", "हिरन काम पढ़ाई தமை மொ ไป كتب שלל می ភូមិ", 9)
    corpus = Corpus("t", (document("a.md", section("a.md", "Here", text), other),), ())
    opened = built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)
    for query in queries:
        assert found(opened, query) == ["section a/here"], query
        assert "<mark>" in opened.search(query).hits[0].snippet


def test_code_is_found_whole_and_in_parts(snapshot: Snapshot) -> None:
    for query in ("nn.CrossEntropyLoss", "CrossEntropyLoss", "crossentropyloss"):
        assert "section loss/cross-entropy" in found(snapshot, query)
        assert "resource 0" in found(snapshot, query)
    for query in ("zero_grad", "zero grad", "zerograd", "optimizer.zero_grad()"):
        assert "section loss/cross-entropy" in found(snapshot, query)


def test_the_short_parts_of_code_are_not_marked_by_themselves(tmp_path: Path, engine: str) -> None:
    where = section("a.md", "Sails", "The call sl.Reef(2) goes before sl.Hoist.")
    snapshot = of_sections(tmp_path, engine, document("a.md", where))
    assert (
        snapshot.search("sl.Reef").hits[0].snippet == "The call <mark>sl.Reef</mark>(2) goes before sl.Hoist."
    )


def test_the_beginning_of_a_word_is_completed_when_it_is_none_itself(snapshot: Snapshot) -> None:
    assert "concept softmax" in found(snapshot, "probab")
    assert found(snapshot, "softm*")[0] == "concept softmax"


def test_a_phrase_stands_side_by_side(snapshot: Snapshot) -> None:
    assert found(snapshot, '"follows the gradient"') == ["section loss/optimizers"]
    assert found(snapshot, '"gradient follows"') == []


def test_a_phrase_does_not_run_from_a_title_into_the_text(tmp_path: Path, engine: str) -> None:
    where = section("a.md", "Alpha beta", "gamma delta")
    corpus = Corpus("t", (document("a.md", where),), ())
    opened = built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)
    assert opened.search('"alpha beta"').total == 1
    assert opened.search('"beta gamma"').total == 0


def test_minus_leaves_out(snapshot: Snapshot) -> None:
    assert "section loss/cross-entropy" in found(snapshot, "gradient loss")
    assert "section loss/cross-entropy" not in found(snapshot, "gradient loss -layer")


def test_or_finds_either_and_brackets_bind_first(snapshot: Snapshot) -> None:
    either = {"concept relu", "section functions/relu", "section loss/optimizers"}
    assert set(found(snapshot, "relu OR downhill OR follows")) == either | {
        "concept stochastic-gradient-descent"
    }
    assert found(snapshot, "(probabilities OR descent) AND follows") == ["section loss/optimizers"]
    assert found(snapshot, "relu NOT (positive OR negative)") == []
    assert found(snapshot, "relu -posit* -negat*") == []


def test_and_insists_where_a_space_does_not(snapshot: Snapshot) -> None:
    assert snapshot.search("softmax sigmoid banana").total > 0
    assert snapshot.search("softmax AND sigmoid AND banana").total == 0


def test_titles_and_names_can_be_searched_alone(snapshot: Snapshot) -> None:
    assert found(snapshot, "title:optimizers") == ["section loss/optimizers"]
    assert found(snapshot, "label:unit") == ["concept relu"]
    assert found(snapshot, 'label:"linear unit"') == ["concept relu"]
    assert found(snapshot, "title:follows") == []
    assert found(snapshot, "label:entropy -relu")[0] == "concept cross-entropy"
    assert snapshot.search("label:(cross entropy)").hits[0].matched_label == "cross-entropy"
    assert set(found(snapshot, "title:soft*")) >= {"concept softmax", "section functions/softmax"}


def test_kinds_and_lessons_are_words_of_the_language(snapshot: Snapshot) -> None:
    assert {hit.kind for hit in snapshot.search("softmax kind:questions").hits} == {HitKind.QUESTION}
    assert {hit.lesson for hit in snapshot.search('gradient lesson:"losses"').hits} == {"loss"}
    assert found(snapshot, "gradient lesson:2") == found(snapshot, "gradient lesson:loss")
    assert "concept softmax" not in found(snapshot, "softmax -kind:concept")
    assert len(found(snapshot, "kind:concept")) == 5


def test_a_lesson_is_meant_by_id_then_title_then_number_then_words() -> None:
    titles = {"ebb": "Lesson 2: Ebb and flood", "2-tides": "Tides", "moon": "Ebb", "sun": "The sun"}
    lessons = [Lesson(LessonId(id), title, f"{id}.md", ()) for id, title in titles.items()]

    def meant(name: str) -> str:
        return " ".join(lessons_called(name, lessons))

    assert (meant("ebb"), meant("EBB")) == ("ebb", "moon")
    assert (meant("lesson 2"), meant("2"), meant("chapter 3")) == ("ebb", "2-tides", "moon")
    assert (meant("flood"), meant("sun"), meant("lesson 9"), meant("")) == ("ebb", "sun", "", "")


def test_a_lesson_that_there_is_not_is_plain_words(snapshot: Snapshot) -> None:
    assert snapshot.search("softmax lesson:banana").any_word
    assert snapshot.search("lesson:banana").total == 0


def test_a_kind_or_lesson_that_there_is_not_is_named_with_those_that_may_be_meant(snapshot: Snapshot) -> None:
    (kind,) = snapshot.search("softmax kind:conzept").unknown
    assert (kind.name, kind.value, kind.near) == ("kind", "conzept", ("concept",))
    (lesson,) = snapshot.search("softmax -lesson:Lozzes lesson:Lozzes lesson:2").unknown
    assert (lesson.name, lesson.value, lesson.near[0]) == ("lesson", "Lozzes", "Losses")
    assert snapshot.search("softmax kind:concept lesson:2").unknown == ()


def test_a_filter_that_leaves_nothing_says_what_there_is_without_it(snapshot: Snapshot) -> None:
    results = snapshot.search("downhill kind:question -kind:code")
    assert (results.total, results.unfiltered) == (0, "downhill")
    assert results.unfiltered_total == snapshot.search("downhill").total > 0
    outside = snapshot.search("downhill", kind=HitKind.QUESTION)
    assert (outside.unfiltered, outside.unfiltered_total) == ("downhill", results.unfiltered_total)
    assert snapshot.search("banana kind:question").unfiltered == ""
    assert snapshot.search("downhill kind:concept").unfiltered == ""


def test_a_word_may_be_said_to_be_misspelled_and_what_is_exact_comes_first(
    tmp_path: Path, engine: str
) -> None:
    near, exact = (
        section("a.md", "Tides", "Tides and tides."),
        section("a.md", "Tidal", "A tidez of words " * 9),
    )
    corpus = Corpus("t", (document("a.md", near, exact),), ())
    opened = built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)
    assert found(opened, "tidez") == ["section a/tidal"]
    assert found(opened, "tidez~") == ["section a/tidal", "section a/tides"]


def test_more_completions_than_are_searched_for_are_said_to_be_cut(tmp_path: Path, engine: str) -> None:
    words = " ".join(f"wave{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh")
    corpus = Corpus("t", (document("a.md", section("a.md", "Waves", words)),), ())
    opened = built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)
    assert opened.search("wave*").cut == ("expansions",) and opened.search("wave*").total == 1
    assert opened.search("wavea*").cut == ()


def test_completions_of_further_words_are_bounded_by_what_is_left(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.compiling._MOST_POSTINGS", 2)
    words = document("a.md", *(section("a.md", f"Part {n}", "Harbours and anchors.") for n in range(3)))
    opened = of_sections(tmp_path, engine, words)
    assert opened.search("har* anc*").cut == ("expansions",)
    assert opened.search("har*").cut == () and opened.search("anc*").cut == ()


def test_the_most_common_words_are_left_out_where_too_many_texts_hold_them(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.compiling.MOST_READ", 8)
    sections = [
        section("a.md", f"Note {n}", "The harbour is deep." + " An anchor." * (n == 3)) for n in range(6)
    ]
    corpus = Corpus("t", (document("a.md", *sections),), ())
    opened = built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)
    both = opened.search("anchor OR deep OR harbour")
    assert both.cut == ("common",) and both.read_as == "anchor OR deep" and both.total == 6
    assert opened.search("harbour").total == 6 and opened.search("harbour").cut == ()
    some = opened.search("harbour -deep")
    assert some.read_as == "harbour" and some.cut == ("common",)
    phrase = opened.search('"harbour is deep" kind:section')
    assert phrase.total == 6 and phrase.cut == ()


def test_what_holds_all_words_of_a_sentence_comes_before_what_holds_some(snapshot: Snapshot) -> None:
    sentence = snapshot.search("the loss that compares probabilities from softmax with banana or a label")
    assert sentence.any_word and sentence.hits[0].id == "cross-entropy"
    assert (
        snapshot.search("compares probabilities from softmax with a label loss").hits[0].id == "cross-entropy"
    )


def test_all_words_first_and_any_of_them_only_when_too_little_has_all(snapshot: Snapshot) -> None:
    all_words = snapshot.search("softmax probabilities")
    assert all_words.total >= 2 and not all_words.any_word
    one = snapshot.search("softmax logarithm")
    assert one.hits[0].id == "loss/cross-entropy" and one.any_word
    some = snapshot.search("softmax sigmoid banana")
    assert some.total > 1 and some.any_word


def test_facets_count_all_hits_and_filters_keep_the_other_choices(snapshot: Snapshot) -> None:
    everything = snapshot.search("softmax", per_page=100)
    by_kind = {kind: sum(h.kind == kind for h in everything.hits) for kind in HitKind}
    assert everything.facets["kind"] == {kind: n for kind, n in by_kind.items() if n}
    assert everything.total == sum(everything.facets["kind"].values())

    only = snapshot.search("softmax", kind=HitKind.SECTION, lesson=LessonId("loss"))
    assert [hit.id for hit in only.hits] == ["loss/cross-entropy"] and only.total == 1
    assert only.facets["kind"] == {"concept": 1, "section": 1}
    assert only.facets["lesson"] == {"functions": 1, "loss": 1}


def test_pages_follow_each_other(snapshot: Snapshot) -> None:
    whole = [hit.id for hit in snapshot.search("softmax", per_page=100).hits]
    pages = [snapshot.search("softmax", page=n, per_page=2) for n in range(1, 5)]
    assert [hit.id for page in pages for hit in page.hits] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_equal_hits_are_ordered_by_id(tmp_path: Path, engine: str) -> None:
    sections = [section("a.md", f"Part {n}", f"The same words {n}.") for n in (3, 1, 2)]
    same = [replace(s, title="Part") for s in sections]
    corpus = Corpus("t", (document("a.md", *same),), ())
    hits = (
        built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)
        .search("same words")
        .hits
    )
    assert [hit.id for hit in hits] == ["a/part-1", "a/part-2", "a/part-3"]


def copies(tmp_path: Path, engine: str) -> Snapshot:
    """One text with its heading in three documents, twice in the first lesson, and another text."""
    texts = {"a.md": "Same text.", "b.md": "Same  text.", "c.md": "same text.", "d.md": "Another text."}
    sections = {path: section(path, "Notice", text) for path, text in texts.items()}
    lessons = (
        Lesson(LessonId("one"), "One", "a.md", (sections["a.md"].id, sections["b.md"].id)),
        Lesson(LessonId("two"), "Two", "c.md", (sections["c.md"].id, sections["d.md"].id)),
    )
    corpus = Corpus("t", tuple(document(path, s) for path, s in sections.items()), lessons)
    return built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine)


def test_copies_of_a_section_are_one_hit_that_names_the_others(tmp_path: Path, engine: str) -> None:
    results = copies(tmp_path, engine).search("text")
    assert [(hit.id, hit.also) for hit in results.hits] == [
        ("a/notice", ("b/notice", "c/notice")),
        ("d/notice", ()),
    ]
    assert results.total == 2 and results.facets == {"kind": {"section": 2}, "lesson": {"one": 1, "two": 2}}


def test_of_very_many_copies_some_are_named_and_the_others_counted(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.showing._MOST_ALSO", 1)
    (hit, _) = copies(tmp_path, engine).search("text").hits
    assert (hit.also, hit.also_more) == (("b/notice",), 1)


def test_copies_of_a_link_are_one_hit_that_names_their_sections(tmp_path: Path, engine: str) -> None:
    sections = {path: section(path, f"Tides of {path}", f"Read {path}.") for path in ("a.md", "b.md")}
    documents = (
        document(path, one, resources=(Resource(ResourceKind.API, "Tables", TABLES, one.id, place(path)),))
        for path, one in sections.items()
    )
    (hit,) = of_sections(tmp_path, engine, *documents).search("tables").hits
    assert (hit.kind, hit.section, hit.also) == ("resource", "a/tides-of-a.md", ("b/tides-of-b.md",))


def test_code_in_a_section_that_is_gone_is_damage(tmp_path: Path, engine: str) -> None:
    built(tmp_path, *sample_notes(), engine=engine).close()
    (library,) = tmp_path.glob("snapshots/*/library.sqlite")
    with closing(sqlite3.connect(library)) as store:
        store.execute("DELETE FROM sections")
        store.commit()
    with (
        closing(open_snapshot(tmp_path)) as snapshot,
        pytest.raises(DamagedSnapshot, match="a block of code"),
    ):
        snapshot.search("backward kind:code")


def test_a_copy_is_found_where_only_it_is_looked_for(tmp_path: Path, engine: str) -> None:
    results = copies(tmp_path, engine).search('"same text"', lesson=LessonId("two"))
    assert [(hit.id, hit.also) for hit in results.hits] == [("c/notice", ())]
    assert results.facets == {"kind": {"section": 1}, "lesson": {"one": 1, "two": 1}}


def test_a_block_of_code_is_a_hit_of_its_own(snapshot: Snapshot) -> None:
    (hit,) = snapshot.search("optimizer.zero_grad kind:code").hits
    assert (hit.title, hit.section, hit.lesson) == ("Cross-Entropy", "loss/cross-entropy", "loss")
    assert hit.snippet == "<mark>optimizer.zero_grad</mark>() loss.backward()"


def test_a_suggestion_says_how_much_it_would_find(snapshot: Snapshot) -> None:
    results = snapshot.search("softmx", kind=HitKind.SECTION)
    assert results.suggestion_total == snapshot.search("softmax", kind=HitKind.SECTION).total > 0


@pytest.mark.parametrize(
    "query", ["gradient loss", "label:softmax OR banana", "softm* -relu", "zero_grad", '"the loss"']
)
def test_what_was_asked_for_explains_the_score(snapshot: Snapshot, query: str) -> None:
    for hit in snapshot.search(query, per_page=100, explain=True).hits:
        assert hit.explanation and hit.explanation.reasons
        adds = sum(reason.adds for reason in hit.explanation.reasons)
        assert hit.explanation.named or adds * hit.explanation.prior == pytest.approx(hit.score)
        assert all(sum(reason.fields.values()) > 0 for reason in hit.explanation.reasons)


def test_an_explanation_says_what_was_found_where(snapshot: Snapshot) -> None:
    (hit,) = snapshot.search('"linear units"', explain=True).hits
    assert hit.explanation and hit.explanation.prior > 1
    assert [(r.terms, r.fields, r.weight) for r in hit.explanation.reasons] == [
        (("linear", "unit"), {"label": 2}, 1)
    ]


def test_a_hit_says_where_it_stands_and_where_it_leads(snapshot: Snapshot) -> None:
    (hit,) = snapshot.search("CrossEntropyLoss", kind=HitKind.RESOURCE).hits
    assert hit.target == "https://docs.example.org/CrossEntropyLoss.html"
    assert (hit.section, hit.lesson) == ("loss/cross-entropy", "loss")


def test_the_answer_of_a_question_is_not_given_away(snapshot: Snapshot) -> None:
    (hit,) = snapshot.search("softmax", kind=HitKind.QUESTION).hits
    assert hit.title == "What does softmax return?" and hit.snippet == ""


def test_hostile_notes_stay_text(tmp_path: Path, engine: str) -> None:
    where = section("a.md", "Trap", "<img src=x onerror=alert(1)> tensor <mark>")
    corpus = Corpus("t", (document("a.md", where),), ())
    (hit,) = (
        built(tmp_path, corpus, ConceptGraph((), (), (), (), (), (), ()), engine=engine).search("tensor").hits
    )
    assert hit.snippet == "&lt;img src=x onerror=alert(1)&gt; <mark>tensor</mark> &lt;mark&gt;"


def test_a_very_long_query_is_cut_and_says_so(snapshot: Snapshot) -> None:
    assert snapshot.search("softmax " * 20_000).cut == ("length",)
    assert snapshot.search("x" * 100_000).cut == ("length",)


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "-",
        "*",
        "-softmax",
        "AND OR NOT",
        "a:b^2~",
        "\ud800",
        "\0",
        "((((",
        "kind:",
        "lesson:x -",
        "*~",
    ],
)
def test_odd_queries_are_answered(snapshot: Snapshot, query: str) -> None:
    assert snapshot.search(query).total >= 0


@given(
    typed_queries("softmax", "loss"),
    st.integers(-3, 9),
    st.integers(-3, 300),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_query_is_an_error(snapshot: Snapshot, query: str, page: int, per_page: int) -> None:
    results = snapshot.search(query, page=page, per_page=per_page)
    assert len(results.hits) <= results.total
    assert sum(results.facets["kind"].values()) == results.total


@given(
    st.lists(st.sampled_from(["softmax", "loss", "gradient", "-layer", '"the loss"', "softmx", "zero_grad"]))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_total_and_facets_agree_for_every_query(snapshot: Snapshot, words: list[str]) -> None:
    results = snapshot.search(" ".join(words), per_page=100)
    assert results.total == len(results.hits) == sum(results.facets["kind"].values())
    assert len({(hit.kind, hit.id) for hit in results.hits}) == results.total


def of_sections(tmp_path: Path, engine: str, *documents: Document) -> Snapshot:
    lessons = tuple(
        Lesson(LessonId(d.slug), d.title, d.path, tuple(s.id for s in d.sections)) for d in documents
    )
    return built(tmp_path, Corpus("t", documents, lessons), NO_GRAPH, engine=engine)


def test_a_section_whose_title_others_have_is_found_by_what_it_stands_under(
    tmp_path: Path, engine: str
) -> None:
    bread = section("bread.md", "Timing", "Leave it in a cold place.")
    cake = section("cake.md", "Timing", "Half an hour will do.")
    ropes = (section("rope.md", "Knots", "Some."), section("rope.md", "Splicing", "Three strands."))
    snapshot = of_sections(
        tmp_path, engine, document("bread.md", bread), document("cake.md", cake), document("rope.md", *ropes)
    )
    assert found(snapshot, "bread AND timing") == ["section bread/timing"]
    assert found(snapshot, "cake timing")[0] == "section cake/timing"
    assert found(snapshot, "rope") == [
        "section rope/knots"
    ]  # what has a title of its own is not found by all above it


def test_a_note_whose_title_no_heading_says_is_found_by_its_first_section(
    tmp_path: Path, engine: str
) -> None:
    flour = section("rye.md", "Flour", "Dark grain takes long.")
    oven = section("rye.md", "Oven", "Very hot.")
    oats = section("oats.md", "Oats", "Soak them.")
    rye = document("rye.md", flour, oven, title="Rye bread")
    snapshot = of_sections(
        tmp_path, engine, rye, document("oats.md", oats, section("oats.md", "Pan", "Any."))
    )
    assert found(snapshot, "rye bread") == ["section rye/flour"]
    assert found(snapshot, "oats") == ["section oats/oats"]


def test_a_title_that_no_heading_says_is_a_word_of_the_notes(tmp_path: Path, engine: str) -> None:
    bog = document("bog.md", section("bog.md", "Bog", "Wet and deep."), title="Quagmire")
    other = document("x.md", section("x.md", "Others", "The quagmira is a plant."))
    more = (document(f"{n}.md", section(f"{n}.md", f"Part {n}", "Some words.")) for n in range(5))
    snapshot = of_sections(tmp_path, engine, bog, other, *more)
    results = snapshot.search("quagmire")
    assert ([hit.id for hit in results.hits], results.suggestion) == (["bog/bog"], "")
    dry = document("bog.md", section("bog.md", "Bog", "Dry and deep."), title="Marshland")
    more = (document(f"{n}.md", section(f"{n}.md", f"Part {n}", "Some words.")) for n in range(5))
    again = of_sections(tmp_path, engine, dry, other, *more)
    assert again.search("quagmire").suggestion == "quagmira"
    assert again.search("marshland").total == 1


def test_the_section_of_which_the_query_is_the_title_comes_first(tmp_path: Path, engine: str) -> None:
    splice = section("a.md", "Splice of a rope", "See below.")
    more = section("a.md", "Ropes", "Rope splice, rope splice: splice a rope, ropes are spliced.")
    snapshot = of_sections(tmp_path, engine, document("a.md", splice, more))
    for query in ("splice of the ropes", "what is the splice of a rope?"):
        assert found(snapshot, query)[0] == "section a/splice-of-a-rope", query
    hit = snapshot.search("splice rope", explain=True).hits[0]
    assert hit.explanation and hit.explanation.named


def test_only_a_plain_query_is_a_title(tmp_path: Path, engine: str) -> None:
    tides = (section("a.md", "Tides", "Ebb, ebb, flood, flood: ebb and flood of all tides."),)
    other = (section("b.md", "Ebb or flood", "Long ago."), section("b.md", "Ebb vs flood", "Never."))
    snapshot = of_sections(tmp_path, engine, document("a.md", *tides), document("b.md", *other))
    for query, first in (("ebb or flood", "Ebb or flood"), ("ebb vs flood", "Ebb vs flood")):
        hit = snapshot.search(query, explain=True).hits[0]
        assert hit.explanation and (hit.title, hit.explanation.named) == (first, True)
    for query in ("ebb OR flood", "title:ebb title:flood", "ebb -title:flood"):
        hits = snapshot.search(query, explain=True).hits
        assert not any(hit.explanation and hit.explanation.named for hit in hits), query


def test_british_and_american_spellings_are_one_word(tmp_path: Path, engine: str) -> None:
    one = section("a.md", "Colours", "Varnish is coloured, then polymerised; harbours need supervision.")
    two = section("b.md", "Paints", "The color is polymerized near the harbor under who supervises it.")
    snapshot = of_sections(tmp_path, engine, document("a.md", one), document("b.md", two))
    for query in ("colour", "color", "polymerise", "polymerizing", "harbours", "supervise"):
        results = snapshot.search(query)
        assert (results.total, results.suggestion) == (2, ""), query
        assert all("<mark>" in hit.snippet for hit in results.hits), query


def test_a_concept_is_named_in_either_spelling(tmp_path: Path, engine: str) -> None:
    where = section("a.md", "Standards", "A standard is set. Standard sizes are standard.")
    corpus = Corpus("t", (document("a.md", where),), (Lesson(LessonId("a"), "A", "a.md", (where.id,)),))
    named = concept("standardization", "Agreeing on sizes.", where, 0, "a")
    snapshot = built(tmp_path, corpus, ConceptGraph((named,), (), (), (), (), (), ()), engine=engine)
    hit = snapshot.search("Standardisation").hits[0]
    assert (hit.id, hit.matched_label) == ("standardization", "standardization")


def test_of_two_things_that_are_compared_either_will_do(tmp_path: Path, engine: str) -> None:
    ebb = section("a.md", "Ebb", "The falling of the water.")
    flood = section("b.md", "Flood", "The rising of the water.")
    snapshot = of_sections(tmp_path, engine, document("a.md", ebb), document("b.md", flood))
    for query in ("ebb vs flood", "what is the difference between ebb and flood?"):
        results = snapshot.search(query)
        assert ([hit.title for hit in results.hits], results.read_as) == (["Ebb", "Flood"], "ebb OR flood")
    assert found(snapshot, "What does ebb mean?") == ["section a/ebb"]


def test_an_option_of_a_command_is_no_minus(tmp_path: Path, engine: str) -> None:
    one = section("a.md", "Long lists", "Type reef -l to see all that reef knows.")
    two = section("a.md", "Short lists", "Type reef and wait.")
    snapshot = of_sections(tmp_path, engine, document("a.md", one, two))
    assert found(snapshot, "reef -l")[0] == "section a/long-lists"
    assert found(snapshot, "-l") == ["section a/long-lists"]
    assert found(snapshot, "reef NOT l") == found(snapshot, "reef -all") == ["section a/short-lists"]
    assert found(snapshot, "reef -wait") == ["section a/long-lists"]
    assert snapshot.search("reef -l").read_as == "reef -l"


def with_concepts(tmp_path: Path, engine: str, texts: dict[str, str]) -> Snapshot:
    """Notes of which each section is the definition of a concept, but for those in small letters."""
    sections = [section("a.md", title, text) for title, text in texts.items()]
    lesson = Lesson(LessonId("a"), "A", "a.md", tuple(one.id for one in sections))
    concepts = tuple(
        concept(one.title, texts[one.title], one, n, "a")
        for n, one in enumerate(sections)
        if one.title[:1].isupper()
    )
    corpus = Corpus("t", (document("a.md", *sections),), (lesson,))
    return built(tmp_path, corpus, replace(NO_GRAPH, concepts=concepts), engine=engine)


def test_a_concept_that_some_words_of_a_question_name_comes_first(tmp_path: Path, engine: str) -> None:
    texts = {
        "Mooring": "Tying a boat. Rope.",
        "Spring tide": "The highest tide.",
        "Leeway": "Drifting aside.",
        "warnings": "Why a rope tears: too high a spring tide, a tide that rises, rises. Leeway hurts.",
        "more": "Leeway hurts, hurts, hurts.",
    }
    snapshot = with_concepts(tmp_path, engine, texts)
    for query, first in (
        ("is the spring tide high", "Spring tide"),
        ("why does my leeway hurt", "Leeway"),
        ("leeway AND hurts", "more"),
    ):
        assert snapshot.search(query).hits[0].title == first, query
    compared = snapshot.search("What is the diffrence between mooring and a spring tide?")
    assert (compared.read_as, compared.suggestion) == ("mooring OR spring tide", "")
    scattered = snapshot.search("spring tide tears a rope that hurts", explain=True).hits
    assert not any(hit.explanation and hit.explanation.named for hit in scattered)


def test_words_that_only_fill_a_question_are_not_looked_for(tmp_path: Path, engine: str) -> None:
    texts = {"Ebb": "It carries boats out.", "moon": "Things happen, things go by.", "thing": "A thing."}
    snapshot = with_concepts(tmp_path, engine, texts)
    assert snapshot.search("please explain the thing that carries boats").read_as == "carries boats"
    assert snapshot.search("thing").hits[0].title == "thing"
    assert snapshot.search('"thing" boats').read_as == '"thing" boats'


def test_another_word_is_offered_where_what_was_typed_may_be_a_word(tmp_path: Path, engine: str) -> None:
    snapshot = with_concepts(tmp_path, engine, {"Sail": "The sail is trimming well.", "Wind": "Weather."})
    offered = snapshot.search("thrumming sail")
    assert (offered.suggestion, offered.as_typed, offered.any_word) == ("trimming sail", "", True)
    assert snapshot.search("triming sail").as_typed == '"triming" sail'
    assert snapshot.search("thrumming").as_typed == '"thrumming"'


def test_a_name_is_offered_for_a_misspelling_that_stands_in_the_notes(tmp_path: Path, engine: str) -> None:
    texts = {"Dry mooring": "A boat on land.", "shed": "Here is dry moring in spring.", "Anchor": "Iron."}
    snapshot = with_concepts(tmp_path, engine, texts)
    results = snapshot.search("dry moring")
    assert (results.suggestion, results.as_typed) == ("dry mooring", "")
    assert results.suggestion_total == snapshot.search("dry mooring").total
    assert snapshot.search("dry spring").suggestion == snapshot.search("dry mooring").suggestion == ""


def test_a_query_without_words_says_so(snapshot: Snapshot) -> None:
    for query in ("((", "?!", "- -"):
        assert (snapshot.search(query).total, snapshot.search(query).cut) == (0, (Cut.EMPTY,)), query
    assert snapshot.search("-softmax").cut == ()
