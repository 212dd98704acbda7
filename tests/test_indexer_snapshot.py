"""What an open snapshot answers: everything that was built into it, labels, listings, pictures."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexed_notes import built, concept, document, place, sample_notes, section

from corpus.errors import UnknownName
from corpus.model import Corpus, Figure, LessonId, SectionId
from graph.model import ConceptGraph, ConceptId
from graph.paths import learning_path
from indexer import Snapshot
from indexer.store import letter_of, summary_of
from indexer.suggestions import Label, Suggester

CORPUS, GRAPH = sample_notes()
SOFTMAX, CROSS_ENTROPY = ConceptId("softmax"), ConceptId("cross-entropy")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    opened = built(tmp_path_factory.mktemp("data"), CORPUS, GRAPH)
    yield opened
    opened.close()


# Everything comes out as it went in


def test_all_that_was_built_in_comes_out_again(snapshot: Snapshot) -> None:
    assert tuple(snapshot.all_concepts()) == GRAPH.concepts
    assert tuple(snapshot.all_sections()) == tuple(CORPUS.sections())
    assert tuple(snapshot.all_prerequisites()) == GRAPH.prerequisites
    assert tuple(snapshot.all_mentions()) == GRAPH.mentions
    assert tuple(snapshot.all_resources()) == tuple(r for d in CORPUS.documents for r in d.resources)
    assert tuple(snapshot.all_figures()) == tuple(f for d in CORPUS.documents for f in d.figures)
    assert snapshot.lessons() == CORPUS.lessons
    assert snapshot.wanted() == GRAPH.wanted


def test_problems_of_reading_and_of_the_graph_stand_by_place(snapshot: Snapshot) -> None:
    assert [p.code for p in snapshot.problems()] == ["loop", "stale-anchor"]


def test_a_lesson_has_its_sections_and_concepts(snapshot: Snapshot) -> None:
    lesson = snapshot.lesson(LessonId("loss"))
    assert [s.id for s in snapshot.sections_of(lesson.id)] == list(lesson.sections)
    assert [e.id for e in snapshot.concepts_of(lesson.id)] == ["cross-entropy", "stochastic-gradient-descent"]
    assert snapshot.lesson_of(lesson.sections[0]) == lesson.id


def test_sections_in_no_lesson_are_the_introduction(snapshot: Snapshot) -> None:
    assert [s.title for s in snapshot.introduction()] == ["Welcome"]
    assert snapshot.lesson_of(snapshot.introduction()[0].id) is None


def test_a_section_knows_what_stands_in_it(snapshot: Snapshot) -> None:
    cross, soft = SectionId("loss/cross-entropy"), SectionId("functions/softmax")
    assert [r.name for r in snapshot.resources_in(cross)] == ["torch.nn.CrossEntropyLoss"]
    assert [m.concept for m in snapshot.mentions_in(cross)] == ["softmax"]
    assert [f.file for f in snapshot.figures_in(soft)] == ["img/soft.svg"]
    assert [q.number for q in snapshot.questions_in(soft)] == [0]
    assert [(id, d.term) for id, d in snapshot.definitions_in(soft)] == [("softmax", "softmax")]


def test_questions_come_with_numbers_and_concepts(snapshot: Snapshot) -> None:
    questions = snapshot.questions()
    assert [(q.number, q.concepts) for q in questions] == [(0, ("softmax",)), (1, ())]
    assert snapshot.questions_of(SOFTMAX) == questions[:1]


def test_mentions_are_counted_beyond_those_that_are_given(snapshot: Snapshot) -> None:
    assert snapshot.mentions_of(SOFTMAX) == (1, GRAPH.mentions[:1])
    assert snapshot.mentions_of(SOFTMAX, limit=0) == (1, ())


def test_kinds_are_found_from_both_ends(snapshot: Snapshot) -> None:
    assert snapshot.broader_of(SOFTMAX) == snapshot.narrower_of(CROSS_ENTROPY) == GRAPH.broader


def test_parts_and_examples_are_found_from_both_ends(snapshot: Snapshot) -> None:
    assert snapshot.relations_of(SOFTMAX) == snapshot.relations_of(CROSS_ENTROPY) == GRAPH.relations
    assert tuple(snapshot.all_relations()) == GRAPH.relations


def test_the_prerequisite_graph_is_read_once_and_answers(snapshot: Snapshot) -> None:
    graph = snapshot.prerequisite_graph()
    assert graph is snapshot.prerequisite_graph()
    path = learning_path(graph, [ConceptId("stochastic-gradient-descent")])
    assert [step.concept for step in path.steps] == [
        "softmax",
        "cross-entropy",
        "stochastic-gradient-descent",
    ]
    assert graph.dropped(CROSS_ENTROPY, SOFTMAX) == GRAPH.dropped[0]


# Listings


def test_concepts_are_listed_from_a_to_z_whatever_their_case(snapshot: Snapshot) -> None:
    labels = [entry.pref_label for entry in snapshot.entries()]
    assert labels == ["cross-entropy", "ReLU", "sigmoid", "softmax", "stochastic gradient descent"]
    assert list(snapshot.letters().items()) == [("C", 1), ("R", 1), ("S", 3)]


def test_an_entry_says_how_much_it_unlocks(snapshot: Snapshot) -> None:
    assert snapshot.entry(SOFTMAX).unlocks == 1
    assert [e.id for e in snapshot.most_unlocking(5)] == ["softmax", "cross-entropy"]


def test_entries_by_id_keep_the_order_asked_for_and_leave_out_what_is_not_there(snapshot: Snapshot) -> None:
    ids = [CROSS_ENTROPY, ConceptId("nothing"), SOFTMAX]
    assert [entry.id for entry in snapshot.entries_by_id(ids)] == [CROSS_ENTROPY, SOFTMAX]


def test_a_summary_is_a_sentence_or_whole_words() -> None:
    where = section("a.md", "A", "text")
    sentence = "A tensor is an array of numbers with any number of axes."
    assert (
        summary_of(concept("t", f"{sentence} It has a shape. " + "And more. " * 50, where, 0, "a"))
        == sentence
    )
    short = "Reaction of sugars above ca. 140 °C that browns. "
    assert summary_of(concept("t", short + "And more. " * 50, where, 0, "a")) == short.strip()
    long = summary_of(concept("t", "word " * 100, where, 0, "a"))
    assert long.endswith("word …") and len(long) < 170
    assert summary_of(concept("t", "", where, 0, "a")) == ""
    assert summary_of(concept("t", r"The list x_1, \dots, x_T.", where, 0, "a")) == "The list x_1, …, x_T."


def test_what_begins_with_no_letter_stands_under_a_number_sign() -> None:
    assert [letter_of(folded) for folded in ("softmax", "ßx", "1x1 convolution", "", "σ")] == [
        "S",
        "S",
        "#",
        "#",
        "Σ",
    ]


# Labels


def label_notes(*labels: str) -> tuple[Corpus, ConceptGraph]:
    """A concept for each "preferred|alternative"."""
    where = section("a.md", "A", "text")
    concepts = tuple(concept(label, "It is something.", where, n, "a") for n, label in enumerate(labels))
    return Corpus("t", (document("a.md", where),), ()), ConceptGraph(concepts, (), (), (), (), (), ())


def test_labels_are_looked_up_exactly_then_by_case_then_folded(tmp_path: Path) -> None:
    opened = built(tmp_path, *label_notes("safe exchange|SET", "set", "linear map"))
    for label, expected, how in (
        ("SET", "SET", "exact"),
        ("set", "set", "exact"),
        ("Linear Map", "linear map", "case"),
        ("linear-maps", "linear map", "folded"),
        ("  linear \n map ", "linear map", "exact"),
    ):
        match = opened.lookup(label)
        assert match and (match.matched_label, match.how) == (expected, how)


def test_a_look_up_says_which_alias_it_matched(snapshot: Snapshot) -> None:
    match = snapshot.lookup("sgd")
    assert match and match.concept == "stochastic-gradient-descent"
    assert (match.pref_label, match.matched_label, match.how) == (
        "stochastic gradient descent",
        "SGD",
        "case",
    )


@pytest.mark.parametrize("label", ["", " ", "nothing of the kind", "\ud800", "\0", "x" * 100_000])
def test_a_label_that_nothing_has_is_none(snapshot: Snapshot, label: str) -> None:
    assert snapshot.lookup(label) is None


def test_every_label_of_every_concept_finds_it(snapshot: Snapshot) -> None:
    for one in GRAPH.concepts:
        for label in (one.pref_label, *one.alt_labels):
            match = snapshot.lookup(label)
            assert match and match.concept == one.id


def test_unknown_names_say_what_is_near(snapshot: Snapshot) -> None:
    with pytest.raises(UnknownName, match=r"no concept 'softmx'\. Did you mean 'softmax'"):
        snapshot.concept(ConceptId("softmx"))
    with pytest.raises(UnknownName, match=r"no lesson 'los'\. Did you mean 'loss'"):
        snapshot.lesson(LessonId("los"))
    with pytest.raises(UnknownName, match="Did you mean 'functions/softmax'"):
        snapshot.section(SectionId("functions/softmx"))
    with pytest.raises(UnknownName, match="`glosspath concepts` lists all"):
        snapshot.entry(ConceptId("zzz"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fisiks", "physics"),
        ("kluster", "cluster"),
        ("rythm", "rhythm"),
        ("pype", "pipe"),
        ("sea shor", "seashore"),
    ],
)
def test_near_labels_sound_alike(typed: str, meant: str) -> None:
    labels = ("physics", "cluster", "rhythm", "pipe", "seashore", "harbour")
    suggester = Suggester(Label(name, 0, ConceptId(name), name, 0) for name in labels)
    assert suggester.near(typed, 3)[0] == meant


def test_near_labels_share_letters_or_words(snapshot: Snapshot) -> None:
    assert snapshot.nearest_labels("softmaxx")[0] == "softmax"
    assert snapshot.nearest_labels("gradient ascent") == ("stochastic gradient descent",)


# Suggestions


def suggested(opened: Snapshot, typed: str, limit: int = 8) -> list[str]:
    return [s.matched_label for s in opened.suggest(typed, limit)]


def test_the_beginning_of_any_word_completes(snapshot: Snapshot) -> None:
    assert suggested(snapshot, "cro") == suggested(snapshot, "entr") == ["cross-entropy"]
    assert suggested(snapshot, "Cross En") == suggested(snapshot, "crossen") == ["cross-entropy"]


def test_an_alias_completes_and_says_so(snapshot: Snapshot) -> None:
    (found,) = snapshot.suggest("rect")
    assert (found.pref_label, found.matched_label) == ("ReLU", "rectified linear unit")


def test_words_of_a_label_may_be_typed_in_any_order() -> None:
    labels = ("spring tide", "tide of spring", "tidal spring", "neap tide", "spring")
    suggester = Suggester(Label(name, 0, ConceptId(name), name, 0) for name in labels)
    found = {
        typed: [s.matched_label for s in suggester.suggest(typed, 5)]
        for typed in ("tide spr", "spr tid", "tide n")
    }
    assert found == {
        "tide spr": ["spring tide", "tide of spring"],
        "spr tid": ["spring tide", "tidal spring", "tide of spring"],
        "tide n": ["neap tide"],
    }
    assert suggester.suggest("spring tide", 5)[0].matched_label == "spring tide"


def test_a_concept_is_suggested_once(snapshot: Snapshot) -> None:
    assert suggested(snapshot, "softmax") == ["softmax"]


def test_a_typo_completes_when_nothing_else_does(snapshot: Snapshot) -> None:
    assert suggested(snapshot, "sotfma") == ["softmax"]
    assert suggested(snapshot, "sofa") == []


def test_whole_labels_come_first_then_beginnings_then_later_words(tmp_path: Path) -> None:
    opened = built(tmp_path, *label_notes("deep net", "net", "network", "neural net"))
    assert suggested(opened, "net") == ["net", "network", "deep net", "neural net"]


def test_signs_complete_too(tmp_path: Path) -> None:
    opened = built(tmp_path, *label_notes("C++", "∇", "カメラ"))
    assert suggested(opened, "c+") == ["C++"]
    assert suggested(opened, "∇") == ["∇"]
    assert suggested(opened, "カメ") == ["カメラ"]


@given(st.text(max_size=30), st.integers(-1, 20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_typing_is_answered_within_the_limit(snapshot: Snapshot, typed: str, limit: int) -> None:
    found = snapshot.suggest(typed, limit)
    assert len(found) <= max(0, limit)
    assert len({s.concept for s in found}) == len(found)


# Pictures


def test_a_figure_is_served_from_the_notes_folder_and_from_nowhere_else(tmp_path: Path) -> None:
    root, outside = tmp_path / "notes", tmp_path / "secret.svg"
    (root / "img").mkdir(parents=True)
    outside.write_text("secret")
    (root / "img" / "soft.svg").write_text("<svg/>")
    (root / "img" / "other.svg").write_text("not shown in the notes")
    (root / "img" / "link.svg").symlink_to(outside)
    corpus, graph = sample_notes(root)
    where = next(corpus.sections()).id
    tricks = tuple(
        Figure("x", "", where, place("readme.md"), file)
        for file in ("img/link.svg", "../secret.svg", str(outside), "img", "img/gone.svg", "a\0b")
    )
    first = replace(corpus.documents[0], figures=tricks)
    opened = built(tmp_path / "data", replace(corpus, documents=(first, *corpus.documents[1:])), graph)

    assert opened.figure_file("img/soft.svg") == (root / "img" / "soft.svg").resolve()
    for path in ("img/other.svg", "", ".", "\ud800", *(figure.file for figure in tricks)):
        assert opened.figure_file(path) is None


def test_with_several_roots_the_first_part_of_a_path_names_the_root(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "pic.svg").write_text("<svg/>")
    corpus, graph = sample_notes()
    figure = Figure("pic.svg", "", next(corpus.sections()).id, place("two/x.md"), "two/pic.svg")
    first = replace(corpus.documents[0], figures=(figure,))
    roots = {"one": str(tmp_path / "a"), "two": str(tmp_path / "b")}
    opened = built(
        tmp_path / "data", replace(corpus, documents=(first, *corpus.documents[1:]), roots=roots), graph
    )
    assert opened.figure_file("two/pic.svg") == (tmp_path / "b" / "pic.svg").resolve()


# Threads


def test_many_threads_ask_one_snapshot(snapshot: Snapshot, tmp_path: Path) -> None:
    opened = built(tmp_path, CORPUS, GRAPH)
    queries = ["softmax", "gradient loss", '"the loss"', "softmx", "zero_grad", "probab"] * 20

    def ask(n: int) -> object:
        # Another page size each time, so that no answer is one that was remembered.
        found = opened.search(queries[n], per_page=1 + n % 7)
        return found.total, opened.suggest(queries[n]), opened.lookup(queries[n])

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(len(queries))))
    assert answers == [(snapshot.search(q).total, snapshot.suggest(q), snapshot.lookup(q)) for q in queries]
