"""The benchmarks work: they check what they time, their measures count right, and quality does not fall."""

import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
sys.path.append(str(REPOSITORY / "benchmarks"))

import fuzz  # noqa: E402
import mentions  # noqa: E402
import quality  # noqa: E402
import records  # noqa: E402
import speed  # noqa: E402
from author_labels import questions_found  # noqa: E402
from copies import head_words, multiply  # noqa: E402
from hand_labels import HandLabelled, hand_labelled  # noqa: E402
from measures import Verdict, judge, score  # noqa: E402
from notes import read_notes  # noqa: E402
from texts import document  # noqa: E402
from timing import WrongAnswer, expect, latency_of  # noqa: E402

from corpus.markdown import parse  # noqa: E402
from corpus.model import SourceLocation  # noqa: E402
from graph.mentions import LabelFinder  # noqa: E402
from graph.model import ConceptId, Evidence, EvidenceKind, Prerequisite  # noqa: E402


def edge(text: str, confidence: float = 0.8) -> Prerequisite:
    before, _, after = text.partition(">")
    evidence = Evidence(EvidenceKind.IS_A, confidence, "quote", SourceLocation("a.md", 1, 1))
    return Prerequisite(ConceptId(before), ConceptId(after), confidence, (evidence,))


def pairs(text: str) -> set[tuple[str, str]]:
    return {(before, after) for before, _, after in (pair.partition(">") for pair in text.split())}


# Speed


def test_finding_mentions_is_measured_only_if_they_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert mentions.main(["--labels", "500", "--megabytes", "0.4"]) == 0
    assert "500 labels" in capsys.readouterr().out
    nothing = LabelFinder([(0, ["nothing of this kind"])])
    with pytest.raises(WrongAnswer, match="planted uses found"):
        mentions.searched(nothing, ["one", "two"], ["three four"], 0.01)


def test_every_part_of_the_speed_benchmark_gives_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "ebb.md").write_text("# Ebb\n\nAn **ebb** is the falling of the tide.\n")
    monkeypatch.setenv("GLOSSPATH_CORPORA", str(tmp_path))
    assert speed.main(["--quick"]) == 0
    said = capsys.readouterr().out
    titles = [line for line in said.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "Notes",
        "Reading against markdown-it",
        "Reading a large folder against markdown-it",
        "Reading a large folder by the clock",
        "A first build",
        "Builds one after another",
        "From a cold process",
        "Search, with snippets",
        "Suggestions",
        "Pages and API",
    ]


def test_reading_is_held_against_the_same_texts_parsed_in_the_same_run(tmp_path: Path) -> None:
    (tmp_path / "ebb.md").write_text("# Ebb\n\nAn **ebb** is the falling of the tide.\n")
    (tmp_path / "flood.md").write_text("# Flood\n\nThe tide rises.\n")
    table = speed.reading_table(tmp_path, speed.Effort(2, 0))
    own, blocks, documents = table.rows
    assert own[2] == "1.00"
    assert float(blocks[2]) < float(documents[2])
    assert table.note.startswith("2 texts")


def test_reading_that_reads_nothing_is_no_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ebb.md").write_text("# Ebb\n\nThe tide falls.\n")
    monkeypatch.setattr(speed, "parse", lambda text: parse(text[:0]))
    with pytest.raises(WrongAnswer, match="texts read as blocks, in all dialects: 0 found"):
        speed.reading_table(tmp_path, speed.Effort(1, 0))


def test_a_folder_is_held_by_the_clock_against_one_process_of_markdown_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        (tmp_path / f"{n}.md").write_text(f"# Ebb {n}\n\nThe tide falls.\n")
    monkeypatch.setattr(speed, "processors", lambda: 2)
    table = speed.clock_table(tmp_path, speed.Effort(1, 0))
    assert [row[1] for row in table.rows] == ["1", "1", "2"]
    assert table.rows[0][3] == "1.00"
    assert "2 cores" in table.note


def test_a_fast_wrong_answer_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(speed, "BUNDLED", {"documents": 1000})
    assert speed.main(["--quick"]) == 1
    assert "documents: 13 found, at least 1000 expected" in capsys.readouterr().err


def test_an_answer_is_checked_before_it_is_timed() -> None:
    with pytest.raises(WrongAnswer, match="hits: 0 found"):
        latency_of(["question"], lambda _: expect("hits", 0, 1), lambda _: pytest.fail("it was timed"))


def test_copies_hold_as_many_more_concepts_and_nothing_merges(tmp_path: Path) -> None:
    source = tmp_path / "notes"
    source.mkdir()
    (source / "vectors.md").write_text(
        "# Notes\n\n## Basis\n\nA basis is a set of vectors that has a span.\n\n"
        "## Span\n\nA span is the set of all linear combinations of vectors.\n"
    )
    one = read_notes(source)
    three = read_notes(multiply(source, tmp_path / "three", 3, head_words(one.graph.concepts)))
    assert len(three.graph.concepts) == 3 * len(one.graph.concepts) == 6
    assert len(three.graph.prerequisites) == 3 * len(one.graph.prerequisites) == 3


# Measures


def test_what_is_missed_and_what_is_false_is_named() -> None:
    compared = score({"a", "b", "c"}, {"b", "c", "d", "e"})
    assert (compared.precision, compared.recall) == (2 / 3, 2 / 4)
    assert (compared.missed, compared.false) == (("d", "e"), ("a",))


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ("a>b", Verdict.RIGHT),
        ("a>c", Verdict.RIGHT),  # it skips a step, and is true
        ("c>a", Verdict.REVERSED),
        ("a>z", Verdict.UNRELATED),
        ("a>other", Verdict.UNJUDGED),
    ],
)
def test_an_edge_is_judged_by_all_that_follows_from_the_labels(found: str, verdict: Verdict) -> None:
    labelled = pairs("a>b b>c y>z")
    assert [judged.verdict for judged in judge([edge(found)], labelled, labelled).edges] == [verdict]


def test_direction_counts_only_what_the_labels_order() -> None:
    labelled = pairs("a>b b>c y>z")
    judged = judge([edge("a>c"), edge("b>a"), edge("a>z"), edge("a>other")], labelled, labelled)
    assert judged.direction == 1 / 2
    assert judged.closure_precision == 1 / 3
    assert judged.closure_precision_of_all == 1 / 4


def test_an_edge_that_skips_a_step_is_not_the_labelled_edge() -> None:
    labelled = pairs("a>b b>c")
    assert judge([edge("a>c")], labelled, labelled).labelled.recall == 0


# Records


def test_a_record_says_how_it_was_made_and_names_no_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "RECORDS", tmp_path / "records")
    monkeypatch.setattr(sys, "argv", ["speed.py", str(tmp_path / "linear-algebra"), "--record"])
    table = records.Table("Search", ("", "p50"), (("a | b", "1.0"),), "in ms")
    command = records.command_line("speed.py")
    text = records.write_record("speed", "Speed", command, [table]).read_text(encoding="utf-8")
    assert "- Command: `python benchmarks/speed.py linear-algebra --record`" in text
    assert "| a \\| b | 1.0 |" in text
    assert "Python 3." in text
    assert str(tmp_path) not in text


def test_a_printed_table_has_numbers_to_the_right_and_words_to_the_left() -> None:
    table = records.Table("Search", ("", "p50", "why"), (("term", "1.0", "fast"), ("typo", "10.0", "slow")))
    assert table.plain().splitlines() == [
        "Search",
        "         p50  why",
        "  term   1.0  fast",
        "  typo  10.0  slow",
    ]


# Quality


def test_without_labelled_notes_quality_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GLOSSPATH_CORPORA", str(tmp_path / "nowhere"))
    assert quality.main([]) == 0
    assert "GLOSSPATH_CORPORA" in capsys.readouterr().out


@pytest.fixture(scope="module")
def hand(corpora: Path) -> HandLabelled:
    return hand_labelled(corpora / "pytorch-notes")


@pytest.mark.corpora
def test_the_course_is_read_as_its_labels_say(hand: HandLabelled) -> None:
    below = {name: (s.missed, s.false) for name, s in hand.scores() if s.f1 < 0.95}
    assert below == {}


@pytest.mark.corpora
def test_prerequisites_of_the_course_do_not_get_worse(hand: HandLabelled) -> None:
    assert hand.forbidden == hand.merged == hand.false_kinds == hand.unreported_cycles == ()
    assert hand.edges.direction >= 0.97
    assert hand.edges.closure_precision >= 0.88
    assert hand.textual.recall >= 0.75


@pytest.mark.corpora
def test_the_questions_of_a_book_do_not_get_fewer(corpora: Path) -> None:
    folder = corpora / "ibook-linear-algebra"
    quiz = questions_found(folder, read_notes(folder / "notes"))
    assert quiz.answered.wanted == 150
    assert quiz.answered.recall >= 0.97
    assert quiz.answered.precision >= 0.97
    assert quiz.about.recall >= 0.97


@pytest.mark.corpora
def test_quality_prints_a_table_of_every_kind(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = list(quality.measured(corpora, ["pytorch-notes", "swc-shell", "cncf-glossary"], examples=1))
    titles = [table.title for table in tables if not table.title.startswith("Examples")]
    assert titles == [
        "What was read: pytorch-notes",
        "What the graph says: pytorch-notes",
        "Terms found",
        "Questions found with the right answer",
        "Other names and first sentences",
        "Links found from plain text",
        "Prerequisites",
        "Stated confidence",
        "Evidence",
    ]


# --- texts that nobody would write -------------------------------------------------------------------------


def test_texts_that_nobody_would_write_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["--minutes", "0", "--long", "1000"]) == 0
    assert "Mixtures that were read" in capsys.readouterr().out


def test_time_that_grows_with_the_square_of_the_size_is_found() -> None:
    def square(text: str) -> int:
        return sum(1 for _ in range(len(text) ** 2 // 8))

    with pytest.raises(WrongAnswer, match="4 times the text takes 1"):
        fuzz.growth(4000, square)


def test_a_place_that_does_not_hold_what_it_should_is_found() -> None:
    read = document("# Sea\n\nThe tide comes.\n")
    with pytest.raises(AssertionError, match="does not stand"):
        fuzz.check(read, "# Sea\n\nThat is not it.\n")
