"""What the library answers, asked of a real snapshot of small notes."""

from pathlib import Path
from typing import Any

import pytest
from served_notes import build, built_notes, client_of, library_of

from corpus.errors import UnknownName
from corpus.model import LessonId
from graph.model import Answer, ConceptId
from indexer.snapshot import Snapshot
from web.addresses import Addresses
from web.library import Library
from web.model import Paging, PathPage


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(built_notes(tmp_path_factory.mktemp("library")))


def order_of(page: PathPage) -> str:
    return " ".join(step.concept.id for step in page.steps)


@pytest.mark.parametrize("term", ["softmax", "Softmax", "softargmax", "SOFTARGMAX", "soft-max", "softmaxes"])
def test_a_term_may_be_an_id_or_any_label(library: Library, term: str) -> None:
    assert library.terms.resolve(term) == "softmax"


def test_an_id_wins_over_a_label(library: Library) -> None:
    assert library.terms.resolve("stochastic-gradient-descent") == library.terms.resolve("SGD")


def test_an_unknown_term_names_the_nearest_labels(library: Library) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'Softmax'") as raised:
        library.concept_page("softmx")
    assert raised.value.near[0] == "Softmax"


def test_asking_for_an_acronym_of_two_things_names_both(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    text = (
        "**Mean low water (MLW)**: where the ebb ends.\n\n**Maximum load weight (MLW)**: what ships bear.\n"
    )
    (notes / "a.md").write_text(text, encoding="utf-8")
    library = library_of(build(notes, tmp_path / "data"))
    said = "'mlw' stands for 'Mean low water' and 'Maximum load weight' here"
    for ask in (library.terms.resolve, library.terms.lookup):
        with pytest.raises(UnknownName, match=said):
            ask("mlw")
    assert {s.matched_label for s in library.suggest("ml").suggestions} == {"MLW"}


def test_what_every_file_mentions_is_listed_and_not_linked(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("# Tide\n\nA tide is the rise and fall of the sea.\n", encoding="utf-8")
    (notes / "b.md").write_text("# Ebb\n\nEbb is the falling of the tide to its end.\n", encoding="utf-8")
    for number in range(20):
        text = f"# Day {number}\n\nWe saw the tide{' and the ebb' if number < 10 else ''}.\n"
        (notes / f"day-{number:02}.md").write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    library = library_of(build(notes, data))
    dump = library.dump()
    assert {m.concept for m in dump.in_passing} == {"tide"}
    assert {m.concept for m in dump.mentions} == {"ebb"}
    assert library.concept_page("tide").mentions.total == 21
    page = client_of(data).get("/lessons/day-03").text
    assert 'href="/concepts/ebb"' in page
    assert 'href="/concepts/tide"' not in page


def test_looking_up_says_which_label_matched_and_how_closely(library: Library) -> None:
    found = library.terms.lookup("sgds")
    assert (found.entry.id, found.matched_label, found.how) == (
        "stochastic-gradient-descent",
        "SGD",
        "folded",
    )


def test_looking_up_an_id_that_is_no_label_finds_nothing(library: Library) -> None:
    with pytest.raises(UnknownName, match="no label 'qqq'"):
        library.terms.lookup("qqq")


def test_a_concept_page_keeps_every_definition_with_its_section(library: Library) -> None:
    page = library.concept_page("vector")
    read_in = [
        (one.definition.text, one.source.section and one.source.section.id) for one in page.definitions
    ]
    assert read_in == [
        ("A list of numbers in a fixed order.", "01-linear/vector"),
        ("An arrow with a length and a direction.", "02-training/vector"),
    ]


def test_a_concept_page_shows_what_comes_before_and_after_with_the_reason(library: Library) -> None:
    page = library.concept_page("softmax")
    assert [edge.prerequisite.id for edge in page.prerequisites] == ["vector", "logits"]
    assert [edge.target.id for edge in page.unlocks] == ["cross-entropy-loss"]
    reason = page.prerequisites[0].evidence[0]
    assert "turns a vector of logits" in reason.evidence.quote
    assert reason.source.section is not None
    assert reason.source.section.id == "02-training/softmax"


def test_an_edge_that_was_not_believed_is_shown_with_its_loop(library: Library) -> None:
    (dropped,) = library.concept_page("batch").dropped
    assert dropped.edge.prerequisite.id == "epoch"
    assert {concept.pref_label for concept in dropped.loop} == {"Batch", "Epoch"}


def test_as_many_mentions_are_listed_as_were_asked_for_and_all_are_counted(library: Library) -> None:
    one = library.concept_page("softmax", mentions=1).mentions
    every = library.concept_page("softmax", mentions=100).mentions
    assert len(one.items) == 1
    assert one.total == every.total == len(every.items) > 1


def test_a_section_lists_the_definitions_that_stand_in_it(library: Library) -> None:
    section = library.section("01-linear/vector")
    assert [one.concept.id for one in section.definitions] == ["vector"]
    assert section.parent is not None
    assert section.parent.title == "Linear models"


def test_every_source_lies_within_its_section(library: Library) -> None:
    """The section of a piece of evidence is found by its line, so it must be the one that holds the line."""
    edges = [edge for entry in library.glossary().entries for edge in library.concept_page(entry.id).unlocks]
    sources = [evidence.source for edge in edges for evidence in edge.evidence]
    assert sources
    for source in sources:
        assert source.section is not None
        around = library.section(source.section.id).section.location
        assert around.path == source.location.path
        assert around.first_line <= source.location.first_line <= around.last_line


def test_a_path_holds_what_the_target_needs_in_order(library: Library) -> None:
    page = library.path(["SGD"])
    assert order_of(page) == "vector logits softmax cross-entropy-loss stochastic-gradient-descent"
    assert [step.layer for step in page.steps] == [0, 1, 2, 3, 4]
    assert [step.distance for step in page.steps] == [3, 2, 2, 1, 0]


def test_a_path_is_cut_at_what_is_known_by_id_or_label(library: Library) -> None:
    page = library.path(["cross-entropy-loss"], ["Softmax", "logits"])
    assert order_of(page) == "cross-entropy-loss"
    assert [concept.id for concept in page.known] == ["logits", "softmax"]


def test_a_path_may_lead_to_several_targets(library: Library) -> None:
    page = library.path(["logits", "epoch"])
    assert order_of(page) == "vector logits batch epoch"
    assert [concept.id for concept in page.targets] == ["logits", "epoch"]


def test_a_path_to_what_is_known_is_empty(library: Library) -> None:
    assert library.path(["softmax"], ["softmax"]).steps == ()


@pytest.mark.parametrize(
    ("prerequisite", "target", "answer"),
    [
        ("vector", "softmax", Answer.DIRECT),
        ("vector", "SGD", Answer.CHAIN),
        ("SGD", "vector", Answer.REVERSED),
        ("epoch", "batch", Answer.DROPPED),
        ("batch", "vector", Answer.NO_EVIDENCE),
        ("softmax", "softargmax", Answer.SAME),
    ],
)
def test_why_says_plainly_what_the_notes_say(
    library: Library, prerequisite: str, target: str, answer: Answer
) -> None:
    assert library.why(prerequisite, target).answer is answer


def test_what_can_be_learned_next_builds_on_what_is_known(library: Library) -> None:
    assert [entry.id for entry in library.frontier(["Vector"]).concepts][:2] == ["logits", "dot-product"]


def test_prerequisites_go_as_deep_as_asked(library: Library) -> None:
    near = library.prerequisites("cross-entropy-loss", depth=1)
    everything = library.prerequisites("cross-entropy-loss")
    assert [(step.concept.id, step.distance) for step in near.steps] == [("logits", 1), ("softmax", 1)]
    assert [step.concept.id for step in everything.steps] == ["vector", "logits", "softmax"]


def test_a_search_names_lesson_and_section_of_each_hit(library: Library) -> None:
    page = library.search("softmax", kind="concept")
    (first, *_) = page.hits
    assert first.hit.id == "softmax"
    assert first.lesson is not None
    assert first.lesson.title == "Training"
    assert {facet.title for facet in page.lessons} <= {"Training", "Linear models"}


def test_beside_a_concept_that_was_named_stand_those_around_it(library: Library) -> None:
    page = library.concept_page("softmax")
    around = [
        *(edge.prerequisite.id for edge in page.prerequisites),
        *(kind.concept.id for kind in page.broader),
    ]
    assert around and {link.id for link in library.search("softmax").related} >= set(around)
    assert library.search("softmax banana").related == ()


def test_where_nothing_is_found_the_nearest_names_and_wanted_words_are_told(library: Library) -> None:
    nothing = library.search("sofmtax AND xyzzy")
    assert not nothing.results.total and nothing.nearest
    assert set(nothing.wanted) <= {wanted.label for wanted in library.snapshot.wanted()}
    assert library.search("softmax").nearest == library.search("softmax").wanted == ()


def test_a_search_in_an_unknown_lesson_names_the_nearest(library: Library) -> None:
    with pytest.raises(UnknownName, match="Did you mean '02-training'"):
        library.search("softmax", lesson="2-training")


def test_the_glossary_counts_its_initials(library: Library) -> None:
    page = library.glossary()
    assert sum(page.letters.values()) == page.paging.total == len(page.entries)
    assert [entry.id for entry in library.glossary(letter="S").entries] == [
        "softmax",
        "stochastic-gradient-descent",
    ]


def test_the_glossary_is_narrowed_down_by_any_name_and_by_what_is_not_defined(library: Library) -> None:
    def kept(**asked: Any) -> str:
        return " ".join(entry.id for entry in library.glossary(**asked).entries)

    assert kept(words="sgd") == kept(words="GRADIENT stoch") == "stochastic-gradient-descent"
    assert kept(words="vectors") == "vector"
    assert kept(words="nowhere") == ""
    assert kept(undefined=True) == ""
    narrowed = library.glossary(words="s", letter="s")
    assert set(narrowed.letters) > {"S"} and {entry.pref_label[0] for entry in narrowed.entries} == {"S"}


def test_questions_are_asked_by_lesson_and_by_concept(library: Library) -> None:
    everything = library.questions()
    assert [facet.value for facet in everything.lessons] == ["02-training"]
    assert "softmax" in [facet.value for facet in everything.concepts]
    assert library.questions(lesson="1").paging.total == 0
    about = library.questions(concept="softargmax")
    assert about.concept == library.concept_page("softmax").link and len(about.questions) == 1
    with pytest.raises(UnknownName):
        library.questions(concept="nowhere")


def test_lessons_know_their_neighbours(library: Library) -> None:
    first, last = library.lesson_page("01-linear"), library.lesson_page("02-training")
    assert (first.previous, first.next) == (None, last.link)
    assert (last.previous, last.next) == (first.link, None)


def test_the_beginning_is_the_first_concept_of_the_notes(library: Library) -> None:
    start = library.home().start
    assert start is not None
    assert start.id == "vector"


def test_problems_can_be_asked_by_severity_and_code_and_are_all_counted(library: Library) -> None:
    everything, warnings = library.problems(), library.problems(severity="warning")
    assert everything.severities == warnings.severities
    assert 0 < len(warnings.problems) == everything.severities["warning"] < len(everything.problems)
    (loop,) = library.problems(code="circular-definition").problems
    assert loop.source.section is not None


def test_the_dump_holds_as_much_as_the_manifest_counts(library: Library) -> None:
    dump, counts = library.dump(), library.manifest.counts
    assert len(dump.concepts) == counts["concepts"]
    assert len(dump.sections) == counts["sections"]
    assert len(dump.prerequisites) == counts["prerequisites"]
    assert len(dump.mentions) + len(dump.in_passing) == counts["mentions"]
    assert len(dump.problems) == counts["problems"]


def test_empty_notes_have_a_home(tmp_path: Path) -> None:
    """Notes without a single definition are still notes."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# Nothing\n\nis said here.\n", encoding="utf-8")
    home = library_of(build(tmp_path / "notes", tmp_path / "data")).home()
    assert (home.start, home.most_unlocking, dict(home.letters)) == (None, (), {})


@pytest.mark.parametrize(
    ("page", "total", "previous", "following"),
    [(1, 0, None, None), (1, 41, None, 2), (3, 41, 2, None), (9, 41, 3, None)],
)
def test_pages_know_their_neighbours(
    page: int, total: int, previous: int | None, following: int | None
) -> None:
    paging = Paging(page, per_page=20, total=total)
    assert (paging.previous, paging.next) == (previous, following)


def test_addresses_stand_below_the_prefix_and_keep_slashes() -> None:
    to = Addresses("/course")
    assert to.concept(ConceptId("naïve/bayes")) == "/course/concepts/na%C3%AFve/bayes"
    assert to.path(ConceptId("a"), [ConceptId("b"), ConceptId("c&d")]) == "/course/path/a?known=b&known=c%26d"


def test_one_begins_with_the_first_lesson_that_asks_for_nothing_still_to_come(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    bore = "# Bore\n\nPrerequisites: [tides](b.md)\n\nA bore is a wave that runs up a river.\n"
    (notes / "a.md").write_text(bore, encoding="utf-8")
    (notes / "b.md").write_text("# Tide\n\nA tide is the rise and fall of the sea.\n", encoding="utf-8")
    (notes / "c.md").write_text("# Knot\n\nA knot is a rope tied to itself.\n", encoding="utf-8")
    first = library_of(build(notes, tmp_path / "data")).first_lesson
    assert first is not None and first.id == "b"
    (notes / "a.md").write_text(bore.replace("Prerequisites", "See also"), encoding="utf-8")
    again = library_of(build(notes, tmp_path / "again")).first_lesson
    assert again is not None and again.id == "a"


def test_one_begins_where_the_notes_say_to_start(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("# About us\n\nWe have sailed since we were small.\n", encoding="utf-8")
    (notes / "b.md").write_text("# 1. Start here\n\nFirst the tides, then the ships.\n", encoding="utf-8")
    (notes / "c.md").write_text("# Tide\n\nA tide is the rise and fall of the sea.\n", encoding="utf-8")
    first = library_of(build(notes, tmp_path / "data")).first_lesson
    assert first is not None and first.id == "b"


def test_a_lesson_says_what_it_defines_again_and_the_way_to_it_leads_there_too(library: Library) -> None:
    page = library.lesson_page("02-training")
    assert [entry.id for entry in page.defined_again] == ["vector"]
    assert "vector" not in {entry.id for entry in page.concepts}
    assert "vector" in {target.id for target in library.path(["lesson:02-training"]).targets}
    assert library.lesson_page("01-linear").defined_again == ()


@pytest.mark.parametrize("name", ["02-training", "2", "lesson 2", "Training"])
def test_a_lesson_may_be_named_by_id_number_or_title(library: Library, name: str) -> None:
    assert library.lesson_page(name).link.id == "02-training"
    assert library.glossary(lesson=name).lesson == library.lesson_link("02-training")
    assert library.search("loss", lesson=name).lesson == library.lesson_link("02-training")


def test_a_lesson_whose_id_is_known_is_looked_for_in_no_titles(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_for(*_: object) -> tuple[LessonId, ...]:
        raise AssertionError

    monkeypatch.setattr(Snapshot, "lessons_called", looked_for)
    assert library.lesson_link("02-training").number == 2


def test_lessons_are_read_once(library: Library) -> None:
    assert library.snapshot.lessons() is library.snapshot.lessons()
