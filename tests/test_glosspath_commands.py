"""The command line as a person meets it: what it answers, what it says when it cannot, how it exits."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from engines_here import HERE

from corpus import sample_folder
from glosspath.__main__ import run
from glosspath.commands.build import ENGINES as CHOICES
from glosspath.commands.build import build_and_time
from glosspath.commands.search import KINDS
from glosspath.commands.why import ANSWERS
from graph.model import Answer as WhyAnswer
from indexer.engines import ENGINES
from indexer.model import HitKind

NOTES = {
    "01-vectors.md": """# Vectors

## Vector

A **vector** is a list of numbers that can be added and scaled.

## Span

A **span** is every vector that some given vectors can be added and scaled to.

## Basis

A **basis** (also called a *base*) is a smallest set of vectors with a given span.
""",
    "02-maps.md": """# What do maps keep?

## Linear map

A **linear map** is a function between vectors that keeps sums, so it is known from what it does to a basis.

![a map](missing.png)
""",
}
# What code scanning needs of SARIF 2.1.0.
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {"properties": {"driver": {"$ref": "#/$defs/driver"}}, "required": ["driver"]},
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
    "$defs": {
        "text": {
            "required": ["text"],
            "properties": {"text": {"type": "string", "minLength": 1}},
        },
        "driver": {
            "required": ["name", "rules"],
            "properties": {
                "rules": {
                    "type": "array",
                    "minItems": 1,
                    "uniqueItems": True,
                    "items": {
                        "required": ["id", "shortDescription", "fullDescription", "help"],
                        "properties": {
                            "shortDescription": {"$ref": "#/$defs/text"},
                            "fullDescription": {"$ref": "#/$defs/text"},
                            "help": {"$ref": "#/$defs/text"},
                        },
                    },
                },
            },
        },
        "result": {
            "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
            "properties": {
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/text"},
                "locations": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "properties": {
                            "physicalLocation": {
                                "required": ["artifactLocation", "region"],
                                "properties": {
                                    "artifactLocation": {
                                        "required": ["uri", "uriBaseId"],
                                        "properties": {
                                            "uri": {"type": "string", "pattern": "^[A-Za-z0-9._~/%-]+$"},
                                            "uriBaseId": {"const": "%SRCROOT%"},
                                        },
                                    },
                                    "region": {
                                        "required": ["startLine", "endLine"],
                                        "properties": {
                                            "startLine": {"type": "integer", "minimum": 1},
                                            "endLine": {"type": "integer", "minimum": 1},
                                        },
                                    },
                                },
                            }
                        },
                    },
                },
            },
        },
    },
}
REPOSITORY = Path(__file__).parent.parent
Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command in an empty folder: exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GLOSSPATH_DATA", raising=False)

    def answer(*arguments: str) -> Answer:
        status = run(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return answer


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, content in NOTES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def built(ask: Ask, notes: Path) -> Path:
    assert ask("build", str(notes))[0] == 0
    return notes


def check_complaint(answer: Answer, *words: str, status: int = 1) -> None:
    """One line on standard error that names the thing and the next step; nothing on standard output."""
    exited, out, err = answer
    assert (exited, out) == (status, "")
    assert err.startswith("glosspath: ")
    assert err.count("\n") == 1
    assert [word for word in words if word not in err] == []


# Building


def test_build_ends_with_a_summary(ask: Ask, notes: Path) -> None:
    status, out, err = ask("build", str(notes))
    assert (status, err) == (0, "")
    counts = dict(line.split() for line in out.splitlines()[1:])
    counted = ["documents", "lessons", "concepts", "definitions", "prerequisites", "problems"]
    assert list(counts) == [*counted, "engine", "snapshot"]
    assert counts["snapshot"] == json.loads(ask("build", str(notes), "--json")[1])["snapshot"]
    assert (counts["documents"], counts["concepts"]) == ("2", "4")


def test_building_again_in_any_way_gives_the_same_bytes(ask: Ask, notes: Path) -> None:
    answers = []
    for how in ([], [], ["--full"], ["--jobs", "2"], ["--full", "--data", "elsewhere"]):
        status, built, _ = ask("build", str(notes), "--json", *how)
        exported = ask("export", "json", *how[1:])[1] if "--data" in how else ask("export", "json")[1]
        answers.append((status, json.loads(built), exported))
    assert answers[1:] == answers[:1] * 4


def test_what_is_built_hides_from_git(ask: Ask, built: Path, tmp_path: Path) -> None:
    assert (tmp_path / ".glosspath" / ".gitignore").read_text(encoding="utf-8").strip() == "*"


def test_the_data_folder_can_be_named(
    ask: Ask, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask("build", str(notes), "--data", "there")[0] == 0
    assert not (tmp_path / ".glosspath").exists()
    monkeypatch.setenv("GLOSSPATH_DATA", "there")
    assert ask("show", "span")[0] == 0


def test_the_engines_that_can_be_chosen_are_those_that_there_are() -> None:
    assert CHOICES == ENGINES


@pytest.mark.skipif("tantivy" not in HERE, reason="tantivy is not installed")
def test_notes_are_built_again_with_the_engine_that_they_were_built_with(ask: Ask, notes: Path) -> None:
    assert "tantivy" in ask("build", str(notes), "--engine", "tantivy")[1]
    assert ask("search", "basis")[0] == 0
    (notes / "more.md").write_text("A **raft** floats.\n", encoding="utf-8")
    assert json.loads(ask("build", str(notes), "--json")[1])["engine"] == "tantivy"
    assert json.loads(ask("build", str(notes), "--engine", "whoosh", "--json")[1])["engine"] == "whoosh"


def test_a_build_says_when_another_engine_would_pay(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(sys.modules[build_and_time.__module__], "note", said.append)
    build_and_time([notes], tmp_path / "data")
    assert not any("tantivy" in words for words in said)
    monkeypatch.setattr("indexer.engines.TANTIVY_PAYS_FROM", 1)
    build_and_time([notes], tmp_path / "data")
    assert "--engine tantivy" in said[-1]


def test_an_engine_that_is_not_installed_says_what_brings_it(
    ask: Ask, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.find_spec", lambda _name: None)
    check_complaint(ask("build", str(notes), "--engine", "tantivy"), "pip install 'glosspath[tantivy]'")


def test_build_says_when_it_takes_the_place_of_other_notes(ask: Ask, built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("A **knot** is a loop that holds.\n", encoding="utf-8")
    status, _, err = ask("build", str(other))
    assert status == 0
    assert err == (
        f"glosspath: .glosspath held the glossary of {built} until now;"
        " --data DIR keeps each in a folder of its own\n"
    )
    assert ask("build", str(other))[2] == ""


def test_build_says_nothing_when_more_of_the_same_notes_are_built(ask: Ask, notes: Path) -> None:
    ask("build", str(notes / "01-vectors.md"))
    assert ask("build", str(notes))[2] == ""


def test_build_says_nothing_about_notes_that_were_moved(ask: Ask, built: Path, tmp_path: Path) -> None:
    moved = built.rename(tmp_path / "moved")
    assert ask("build", str(moved))[2] == ""


def test_concepts_of_a_letter_are_listed_in_any_case(ask: Ask, built: Path) -> None:
    assert ask("concepts", "--letter", "s") == ask("concepts", "--letter", "S")
    assert "Span" in ask("concepts", "--letter", "s")[1]


def test_what_is_no_letter_is_named(ask: Ask, built: Path) -> None:
    check_complaint(ask("concepts", "--letter", "AB"), "'AB'", "listed, B, L, S, V")


def test_an_empty_list_prints_nothing_but_a_note(ask: Ask, built: Path) -> None:
    check_complaint(ask("concepts", "--letter", "Q"), "no such concepts", status=0)


# Asking


def test_show_says_which_label_was_matched_however_it_was_typed(ask: Ask, built: Path) -> None:
    for asked in ("base", "Base", "bases"):
        assert "found by “base”" in ask("show", asked)[1].splitlines()[0]
    for asked in ("basis", "Basis"):
        assert "found by" not in ask("show", asked)[1]


def test_show_says_how_often_and_how_many_uses_are_not_shown(ask: Ask, tmp_path: Path) -> None:
    uses = "\n\n".join(f"Knot number {n} is easier after a hitch." for n in range(9))
    (tmp_path / "knots.md").write_text(
        "# Knots\n\n## Hitch\n\nA **hitch** is a knot on a post."
        "\n\n## Splice\n\nA **splice** is two ropes made one."
        f"\n\n## More\n\n{uses}\n\nThe splice holds.\n",
        encoding="utf-8",
    )
    ask("build", "knots.md")
    hitch = ask("show", "hitch")[1]
    assert "Used 9 times" in hitch and "and 4 more" in hitch
    splice = ask("show", "splice")[1]
    assert "Used once" in splice and "more" not in splice.split("Used once")[1]


def test_names_of_several_words_are_asked_for_in_quotes(ask: Ask, built: Path) -> None:
    check_complaint(ask("why", "linear", "map", "basis"), "put each name in quotes", status=2)
    check_complaint(ask("why", "basis"), "name two", "'basis'", status=2)


def test_a_word_with_a_minus_is_done_without(ask: Ask, built: Path) -> None:
    both, less = ask("search", "vector"), ask("search", "vector", "-span")
    assert (less[0], less[2]) == (0, "")
    assert "Span  concept" in both[1] and "Span  concept" not in less[1]
    assert ask("search", "vector", "-hidden")[1].startswith(both[1].split(" for ")[0])


def test_search_helps_as_all_commands_do(ask: Ask) -> None:
    assert ask("search", "-h") == ask("search", "--help")


def test_an_option_that_search_does_not_have_is_no_word(ask: Ask, built: Path) -> None:
    check_complaint(ask("search", "vector", "--jsn"), "--jsn", "--json", status=2)


@pytest.mark.parametrize("query", ["", "  "])
def test_a_search_for_nothing_says_so(ask: Ask, built: Path, query: str) -> None:
    check_complaint(ask("search", query), "nothing to search for", status=2)


def test_a_search_that_finds_nothing_says_what_may_help(ask: Ask, built: Path) -> None:
    assert "`glosspath concepts` lists all" in ask("search", "zzzzqqqq")[1]
    assert (
        "The nearest names: "
        in ask("search", "-vector", "basi")[1] + ask("search", "bsais", "--kind", "question")[1]
    )


def test_a_page_after_the_last_says_where_the_list_ends(ask: Ask, built: Path) -> None:
    assert "--page goes up to 1" in ask("search", "vector", "--page", "9")[1]


def test_a_very_long_query_is_not_repeated(ask: Ask, built: Path) -> None:
    first = ask("search", *["vector"] * 3000)[1].splitlines()[0]
    assert len(first) < 200 and "only its beginning was searched for" in first


def test_hits_for_a_better_spelling_say_so(ask: Ask, built: Path) -> None:
    first = ask("search", "vectro")[1].splitlines()[0]
    assert 'for “vectro”; showing those for “vector”; "vectro" finds just what was typed' in first
    assert "showing" not in ask("search", "vector")[1].splitlines()[0]


def test_a_file_that_is_no_notes_is_refused_with_what_would_be(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b\n", encoding="utf-8")
    check_complaint(ask("build", "data.csv"), "'data.csv' is no Markdown and no notebook", ".md", ".ipynb")


def test_show_finds_a_concept_by_any_name_and_says_by_which(ask: Ask, built: Path) -> None:
    status, out, _ = ask("show", "base")
    assert status == 0
    assert "01-vectors.md:13" in out
    assert out.splitlines()[0] == "Basis  found by “base”"
    assert ask("show", "Linear", "Maps")[1].splitlines()[0] == "Linear map"


def test_a_path_says_what_comes_first_and_quotes_why(ask: Ask, built: Path) -> None:
    status, out, _ = ask("path", "linear map")
    assert status == 0
    names = [line.split("  ")[-1].casefold() for line in out.splitlines() if line[:3].strip().isdigit()]
    assert names[-1] == "linear map"
    assert names.index("vector") < names.index("span") < names.index("basis")
    assert "“" in out
    assert "01-vectors.md:" in out


def test_a_path_is_cut_at_what_is_known(ask: Ask, built: Path) -> None:
    path = json.loads(ask("path", "linear map", "--known", "base", "--known", "vector", "--json")[1])
    assert [step["id"] for step in path["steps"]] == ["linear-map"]
    assert json.loads(ask("path", "linear map", "--known", "base, vector,", "--json")[1]) == path
    check_complaint(ask("path", "basis", "--known", "vector,spam"), "'spam'")


def test_a_path_may_lead_to_several_concepts_and_to_a_lesson(ask: Ask, built: Path) -> None:
    def steps(*words: str) -> list[str]:
        return [step["id"] for step in json.loads(ask("path", *words, "--json")[1])["steps"]]

    assert steps("vector", "--also", "span") == ["vector", "span"]
    assert (
        steps("lesson 1")
        == steps("lesson:Vectors")
        == steps("lesson:01-vectors")
        == ["vector", "span", "basis"]
    )
    assert steps("lesson 2", "--known", "basis", "--known", "vector") == ["linear-map"]
    assert steps("linear map", "--depth", "1") == ["vector", "basis", "linear-map"]
    assert ask("path", "lesson 2")[1].startswith("The way to What do maps keep?: ")


def test_an_unknown_target_is_told_with_the_nearest_names(ask: Ask, built: Path) -> None:
    status, _, err = ask("path", "lesson:01-vector")
    assert (status, "'01-vectors'" in err) == (1, True)
    assert ask("path", "lesson 9")[0] == 1


def test_one_lesson_is_exported_by_id_title_or_number(ask: Ask, built: Path) -> None:
    for format in ("mermaid", "dot", "graphml", "jsonld"):
        drawings = {ask("export", format, "--lesson", name)[1] for name in ("1", "01-vectors")}
        assert len(drawings) == 1 and drawings != {ask("export", format)[1]}
    assert ask("export", "csv", "--lesson", "1", "--out", "tables")[0] == 0
    check_complaint(ask("export", "mermaid", "--lesson", "nowhere"), "nowhere")
    both = ask("export", "dot", "--lesson", "1", "--around", "basis")
    check_complaint(both, "--around", "--lesson", status=2)
    check_complaint(ask("export", "site", "--lesson", "1"), "--lesson", "site", status=2)


def test_how_far_to_draw_means_nothing_without_around_what(ask: Ask, built: Path) -> None:
    for format in ("mermaid", "dot"):
        status, _, err = ask("export", format, "--depth", "2")
        assert (status, "--around" in err) == (2, True)
        assert ask("export", format, "--depth", "2", "--around", "basis")[0] == 0


def test_a_path_is_drawn_for_other_programs(ask: Ask, built: Path) -> None:
    asked = ("path", "basis", "--also", "span")
    assert ask(*asked, "--mermaid")[1] == (
        'flowchart TD\n    c1["Vector"]\n    c2(["Span"])\n    c3(["Basis"])\n    c1 --> c2\n    c2 --> c3\n'
    )
    assert ask(*asked, "--dot")[1] == (
        'digraph concepts {\n  "vector" [label="Vector", shape=box];\n'
        '  "span" [label="Span", shape=ellipse];\n'
        '  "basis" [label="Basis", shape=ellipse];\n  "vector" -> "span";\n  "span" -> "basis";\n}\n'
    )


def test_what_is_next_uses_what_is_known(ask: Ask, built: Path) -> None:
    status, out, _ = ask("next", "--known", "vector")
    assert (status, out.splitlines()[0].split()[:3]) == (0, ["Span", "unlocks", "1"])
    assert ask("next", "--known", "vector,span,basis,linear map")[1] == "You know all there is.\n"
    everything = [word for name in ("vector", "span", "basis", "linear map") for word in ("--known", name)]
    assert ask("next", *everything)[1] == "You know all there is.\n"
    named = json.loads(ask("next", "--limit", "1", "--json")[1])["concepts"]
    assert [concept["id"] for concept in named] == ["vector"]


def test_why_quotes_the_evidence_with_its_line(ask: Ask, built: Path) -> None:
    status, out, _ = ask("why", "span", "basis")
    assert status == 0
    assert "a smallest set of vectors with a given span" in out
    assert "01-vectors.md:13" in out


def test_why_says_plainly_when_there_is_no_reason(ask: Ask, built: Path) -> None:
    assert ask("why", "linear map", "linear map")[1].strip().endswith("are the same concept.")
    assert "other way round" in ask("why", "basis", "span")[1]


def test_why_shows_the_whole_loop_that_an_edge_would_close(ask: Ask, tmp_path: Path) -> None:
    words = "**Ebb**: the hours after the flood.\n\n**Flood**: the hours after the ebb.\n"
    (tmp_path / "tides.md").write_text(words, encoding="utf-8")
    ask("build", str(tmp_path / "tides.md"))
    told = ask("why", "flood", "ebb")[1]
    assert "not believed, as what is believed leads back: Flood → Ebb → Flood" in " ".join(told.split())


def test_search_finds_a_misspelled_word(ask: Ask, built: Path) -> None:
    assert "Basis" in ask("search", "basiss")[1].title()


def test_search_without_a_hit_is_no_failure(ask: Ask, built: Path) -> None:
    status, out, err = ask("search", "qqqqqqqq")
    assert (status, err) == (0, "")
    assert out.startswith("0 results")


def test_listings_list_everything(ask: Ask, built: Path) -> None:
    assert len(ask("concepts")[1].splitlines()) == 4
    assert [line.split()[0] for line in ask("lessons")[1].splitlines()] == ["1", "2"]
    assert [title in ask("lessons")[1] for title in ("Vectors", "What do maps keep?")] == [True, True]


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("show basis", "prefLabel"),
        ("search basis", "hits"),
        ("path basis", "steps"),
        ("why vector basis", "edges"),
        ("concepts", "concepts"),
        ("lessons", "lessons"),
    ],
)
def test_json_is_what_the_api_answers(ask: Ask, built: Path, command: str, key: str) -> None:
    status, out, err = ask(*command.split(), "--json")
    assert (status, err) == (0, "")
    assert key in json.loads(out)


def test_export_json_is_complete_and_the_same_in_a_file(ask: Ask, built: Path, tmp_path: Path) -> None:
    status, out, _ = ask("export", "json")
    assert status == 0
    dump = json.loads(out)
    assert dump["format"] == "glosspath/1"
    assert [concept["id"] for concept in dump["concepts"]] == ["vector", "span", "basis", "linear-map"]
    assert ask("export", "json", "--out", "dump.json") == (0, "", "")
    assert (tmp_path / "dump.json").read_text(encoding="utf-8") == out


def test_an_unknown_format_is_told_with_the_most_similar(ask: Ask, built: Path) -> None:
    check_complaint(ask("export", "turtel"), "'turtel'", "did you mean 'turtle'?", status=2)
    check_complaint(ask("export", "xyzzy"), "it is one of json, jsonld, turtle, ", status=2)


def test_an_option_that_means_nothing_for_a_format_is_refused(ask: Ask, built: Path) -> None:
    check_complaint(ask("export", "json", "--base", "https://example.org/"), "--base", "json", status=2)


def test_an_export_may_be_sent_to_standard_output_by_name(ask: Ask, built: Path) -> None:
    assert ask("export", "json", "--out", "-") == ask("export", "JSON")


# Over the bundled notes


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the bundled notes are built."""
    data = tmp_path_factory.mktemp("course")
    assert run(["build", str(sample_folder()), "--data", str(data)]) == 0
    return str(data)


@pytest.mark.parametrize("typed", ["softmx", "softargmax", "SoftMax"])
def test_softmax_is_found_first_by_a_typing_error_or_an_alias(ask: Ask, course: str, typed: str) -> None:
    assert json.loads(ask("search", typed, "--data", course, "--json")[1])["hits"][0]["id"] == "softmax"


def test_the_way_to_cross_entropy_loss_leads_over_softmax_and_gives_reasons(ask: Ask, course: str) -> None:
    steps = json.loads(ask("path", "cross-entropy loss", "--data", course, "--json")[1])["steps"]
    ids = [step["id"] for step in steps]
    assert ids.index("vector") < ids.index("softmax") < ids.index("cross-entropy-loss") == len(ids) - 1
    assert [step["id"] for step in steps[:-1] if not step["because"][0]["evidence"][0]["quote"]] == []


def test_the_course_shows_its_blemishes_and_two_of_them_are_errors(ask: Ask) -> None:
    status, out, _ = ask("check", str(sample_folder()), "--format", "json")
    codes = json.loads(out)["codes"]
    errors = sorted(p["code"] for p in json.loads(out)["problems"] if p["severity"] == "error")
    assert (status, errors) == (1, ["missing-figure", "stale-anchor"])
    assert {
        "circular-definition",
        "second-definition",
        "undefined-term",
        "used-before-defined",
    } <= codes.keys()


# Checking


def test_check_names_path_line_severity_and_code_and_builds_nothing(
    ask: Ask, notes: Path, tmp_path: Path
) -> None:
    status, out, _ = ask("check", "notes")
    assert status == 1
    assert any(
        line.startswith("notes/02-maps.md:7: error: ") and "missing-figure" in line
        for line in out.splitlines()
    )
    assert not (tmp_path / ".glosspath").exists()


def test_check_writes_annotations_and_code_scanning(ask: Ask, notes: Path) -> None:
    assert "::error file=notes/02-maps.md,line=7," in ask("check", "notes", "--format", "github")[1]
    results = json.loads(ask("check", "notes", "--format", "sarif")[1])["runs"][0]["results"]
    place = next(r for r in results if r["ruleId"] == "missing-figure")["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "notes/02-maps.md", "uriBaseId": "%SRCROOT%"}
    assert json.loads(ask("check", "notes", "--format", "json")[1])["codes"]["missing-figure"] == 1


def test_annotations_hold_no_more_than_one_command_each(ask: Ask, notes: Path) -> None:
    (notes / "100%, really: yes.md").write_text("[50%::error::x](#gone%0Aaway)\n", encoding="utf-8")
    out = ask("check", "notes", "--format", "github")[1]
    line = next(line for line in out.splitlines() if "stale-anchor" in line)
    assert line.startswith(
        "::error file=notes/100%25%2C really%3A yes.md,line=1,endLine=1,title=stale-anchor::"
    )
    assert "50%25::error::x" in line
    assert [
        each for each in out.splitlines() if not each.startswith(("::error ", "::warning ", "::notice "))
    ] == []


def test_code_scanning_gets_what_the_schema_of_sarif_asks_for(ask: Ask, notes: Path) -> None:
    (notes / "after hours: größe.md").write_text("[here](#gone)\n\n![](https://example.org/a.png)\n")
    log = json.loads(ask("check", "notes", "--format", "sarif")[1])
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert {"stale-anchor", "missing-figure", "undescribed-figure"} <= set(rules)
    assert "which no heading has. No heading is like it." in json.dumps(run["results"])
    addresses = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert "notes/after%20hours%3A%20gr%C3%B6%C3%9Fe.md" in addresses


def test_code_scanning_can_tell_two_like_problems_apart(ask: Ask, notes: Path) -> None:
    (notes / "odd.md").write_text("[here](#gone)\n\n[there](#gone)\n\n[here](#gone)\n", encoding="utf-8")
    results = json.loads(ask("check", "notes", "--format", "sarif")[1])["runs"][0]["results"]
    prints = [r["partialFingerprints"]["glosspath/v1"] for r in results]
    assert len(set(prints)) == len(prints)


def test_check_tells_only_what_is_new_wherever_it_stands_now(ask: Ask, built: Path) -> None:
    assert ask("check", "notes", "--since", "current")[:2] == (
        0,
        "No problems found since snapshot current.\n",
    )
    maps = built / "02-maps.md"
    maps.write_text(f"Further down.\n\n{maps.read_text(encoding='utf-8')}\n[more](#gone)\n", encoding="utf-8")
    status, out, _ = ask("check", "notes", "--since", "current")
    assert status == 1
    assert re.findall(r"\[([a-z-]+)\]$", out, re.MULTILINE) == ["stale-anchor"]
    assert out.splitlines()[-1] == "1 error, new since snapshot current"


def test_a_problem_is_not_new_because_its_file_is_called_otherwise_or_its_section_moved(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    notes = tmp_path / "notes"
    notes.mkdir()
    reef = "## Reef\n\nA part of a sail that is rolled up when the wind is strong. See [more](#gone).\n"
    (notes / "1-sails.md").write_text(
        f"# Sails\n\nAll about cloth and wind.\n\n{reef}\n#### Odd level\n\nNo more.\n"
    )
    (notes / "2-ropes.md").write_text("# Ropes\n\nMind [this](missing.md), too, before you go to sea.\n")
    ask("build", "notes")
    (notes / "2-ropes.md").rename(notes / "2-ropes-and-lines.md")
    assert ask("check", "notes", "--since", "current")[1] == "No problems found since snapshot current.\n"
    sails = (notes / "1-sails.md").read_text()
    (notes / "1-sails.md").write_text(sails.replace(reef, ""))
    (notes / "3-wind.md").write_text(f"# Wind\n\nIt blows.\n\n{reef}\n## Gale\n\nMind [this](nowhere.md).\n")
    said = ask("check", "notes", "--since", "current")[1]
    assert re.findall(r"(\S+):\d+: error", said) == ["notes/3-wind.md"] and "nowhere.md" in said, said


def test_a_problem_is_not_new_because_a_count_in_its_message_changed(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sea, data = tmp_path / "notes" / "sea.md", str(tmp_path / "data")
    sea.parent.mkdir()
    monkeypatch.chdir(tmp_path)
    text = (
        "# Sea\n\nBeware of the *rip current*. A rip current is fast. No rip current is safe.\n\n![](a.png)\n"
    )
    sea.write_text(text, encoding="utf-8")
    (tmp_path / "notes" / "a.png").touch()
    assert ask("build", "notes", "--data", data)[0] == 0
    sea.write_text(f"{text}\nThe rip current takes all.\n\n![](a.png)\n\nMind the shore.\n", encoding="utf-8")
    assert "is used 4 times" in ask("check", "notes")[1]
    assert ask("check", "notes", "--since", "current", "--data", data)[1].startswith("No problems found")
    sea.write_text(f"{text}\nA lee shore is bad. No lee shore, no *lee shore*.\n", encoding="utf-8")
    assert '"lee shore" is used' in ask("check", "notes", "--since", "current", "--data", data)[1]


def test_a_snapshot_is_named_by_the_beginning_of_its_id(ask: Ask, built: Path, tmp_path: Path) -> None:
    first = next((tmp_path / ".glosspath" / "snapshots").iterdir()).name
    (built / "03-more.md").write_text("[more](#gone)\n", encoding="utf-8")
    ask("build", "notes")
    assert ask("check", "notes", "--since", "current")[0] == 0
    for name in (first, first[:8], first[:8].upper()):
        assert "03-more.md:1: error" in ask("check", "notes", "--since", name)[1]


def test_a_snapshot_that_is_not_there_is_named_with_the_nearest(ask: Ask, built: Path) -> None:
    check_complaint(ask("check", "notes", "--since", "curent"), "'curent'", "Did you mean 'current'?")
    check_complaint(ask("check", "notes", "--since", "zzz"), "'zzz'", "snapshots")
    check_complaint(ask("check", "notes", "--since", ""), "There is no snapshot ''")
    check_complaint(ask("check", "notes", "--since", "./notes"), "is a folder", "glosspath diff", status=2)
    check_complaint(
        ask("check", "notes", "--since", "x", "--data", "none"), "Nothing was built", "glosspath build"
    )


def test_the_beginning_of_several_snapshots_names_none(ask: Ask, built: Path, tmp_path: Path) -> None:
    snapshots = tmp_path / ".glosspath" / "snapshots"
    for name in ("00ab000000000000", "00ac000000000000"):
        shutil.copytree(next(snapshots.iterdir()), snapshots / name)
    check_complaint(ask("check", "notes", "--since", "00a"), "00ab000000000000, 00ac000000000000", "more")


# Explaining


def test_explain_shows_what_was_read_at_a_line_and_why(ask: Ask, notes: Path, tmp_path: Path) -> None:
    status, out, err = ask("explain", "notes/01-vectors.md:13")
    assert (status, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "01-vectors.md:13"
    assert "section Basis #basis, lines 11-13" in lines
    assert "block paragraph" in lines
    assert "heading Basis (confidence 0.90)" in lines
    assert "other name base = Basis (also-called)" in lines
    assert "mention vectors → vector" in lines
    assert any("bold-is" in line and "another definition holds" in line for line in lines)
    assert not (tmp_path / ".glosspath").exists()


def test_explain_finds_the_notes_around_a_file(
    ask: Ask, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notes / "more").mkdir()
    (notes / "more" / "deep.md").write_text("Every basis spans.\n", encoding="utf-8")
    for arguments in (["notes/more/deep.md:1"], ["more/deep.md:1", "--notes", "notes"]):
        out = ask("explain", *arguments)[1]
        assert out.startswith("more/deep.md:1\n")
        assert "basis → basis" in out
    monkeypatch.chdir(notes / "more")
    assert ask("explain", "deep.md:1")[1].startswith("deep.md:1\n")


def test_explain_tells_a_picture_a_problem_and_what_else_is_there(ask: Ask, notes: Path) -> None:
    out = ask("explain", "notes/02-maps.md:7")[1]
    assert "picture missing.png" in " ".join(out.split())
    assert "error: the picture 'missing.png' is not there [missing-figure]" in out


def test_explain_tells_once_what_two_rules_of_one_shape_read(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The second part of a sail is called the\n**upper leech** and shows what kind it is.\n"
    (tmp_path / "log.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert ask("explain", "log.md:2")[1].count("upper leech (confidence") == 1


def test_explain_tells_a_word_that_a_line_uses_twice_once(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "# Log\n\n**Tide**: the rise and fall of the sea.\n\n## Today\n\nTide after tide, and many tides.\n"
    )
    (tmp_path / "log.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    mentions = [line for line in ask("explain", "log.md:7")[1].splitlines() if "mention" in line]
    assert [" ".join(line.split()) for line in mentions] == ["mention Tide → tide", "mention tides → tide"]


def test_explain_in_json_has_the_same(ask: Ask, notes: Path) -> None:
    answer = json.loads(ask("explain", "notes/01-vectors.md:13", "--json")[1])
    assert (answer["path"], answer["line"], answer["place"]) == ("01-vectors.md", 13, "paragraph")
    assert answer["anchor"] == "basis"
    taken = [(rule["style"], rule["terms"]) for rule in answer["rules"] if rule["terms"]]
    assert taken == [("heading", ["Basis"])]
    assert all(rule["reason"] for rule in answer["rules"] if not rule["terms"])
    assert {"what": "other name", "words": "base = Basis (also-called)"} in answer["found"]


def test_explain_answers_as_the_document_for_authors_says(ask: Ask, tmp_path: Path) -> None:
    """The file is the one that docs/reading-notes.md shows, and the answer is the one below it."""
    guide = (REPOSITORY / "docs" / "reading-notes.md").read_text(encoding="utf-8")
    shown = re.search(
        r"```text\n(?P<notes>.*?)```.*?```console\n\$ glosspath (?P<asked>.*?)\n(?P<said>.*?)```",
        guide,
        re.DOTALL,
    )
    assert shown
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "tides.md").write_text(shown["notes"], encoding="utf-8")
    status, out, _ = ask(*shown["asked"].split())
    assert status == 0
    assert out.startswith(shown["said"].rstrip("\n"))


def test_explain_names_the_rules_that_read_other_shapes_when_asked(ask: Ask, notes: Path) -> None:
    short, long = (ask("explain", "notes/01-vectors.md:13", *also)[1] for also in ((), ("--all",)))
    assert "rules read other shapes: --all names them." in short
    assert "Rules that read other shapes" in long and "--all" not in long
    assert len(long.splitlines()) > len(short.splitlines()) + 9


def test_a_file_is_explained_however_it_is_called(ask: Ask, notes: Path) -> None:
    for name in ("100% #1?.md", "a:b.md", "two\nlines.md", "-x.md", "größe 😀.md"):
        (notes / name).write_text("The sea.\n", encoding="utf-8")
        status, out, _ = ask("explain", f"notes/{name}:1")
        assert status == 0 and "The sea." in out


def test_explain_says_what_is_wrong_with_its_place(ask: Ask, notes: Path) -> None:
    (notes / "picture.png").write_bytes(b"\x89PNG")
    check_complaint(ask("explain", "notes/01-vectors.md:99"), "no line 99", "It has 13", "1 to 13")
    check_complaint(ask("explain", "notes/01-vectors.md:0"), "no line 0")
    check_complaint(
        ask("explain", "notes/1-vectors.md:1"), "There is no file", "Did you mean 'notes/01-vectors.md'?"
    )
    check_complaint(ask("explain", "notes/picture.png:1"), "not read as notes", ".md", ".ipynb")
    (notes / "out.md").symlink_to(Path(__file__))
    check_complaint(ask("explain", "notes/out.md:1"), "it is a link that leads out of the notes")
    (notes / "zeros.md").write_bytes(bytes(99))
    check_complaint(ask("explain", "notes/zeros.md:1"), "it is left out: it is not text")
    check_complaint(ask("explain", "notes/01-vectors.md"), "FILE:LINE", "notes/tides.md:12", status=2)
    check_complaint(ask("explain", "nowhere.md:1", "--notes", "none"), "nowhere.md")


# What goes wrong


def test_a_path_that_is_not_there(ask: Ask, notes: Path) -> None:
    check_complaint(ask("build", "note"), "'note'", "Did you mean 'notes'?")


def test_an_empty_folder(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check_complaint(ask("build", "empty"), "'empty'", ".md")


def test_a_file_that_is_not_text(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\0\0\0")
    check_complaint(ask("build", "picture.md"), "picture.md", "not text")


def test_an_unknown_term_names_the_nearest(ask: Ask, built: Path) -> None:
    check_complaint(ask("show", "baasis"), "'baasis'", "Did you mean")
    check_complaint(ask("path", "basis", "--known", "spam"), "'spam'")
    check_complaint(ask("why", "x\x1b[2J", "basis"))


def test_nothing_built_yet(ask: Ask) -> None:
    check_complaint(ask("search", "basis"), "glosspath build")


@pytest.mark.parametrize("damage", ["", "not json", "{}"])
def test_a_damaged_snapshot_is_named_with_what_mends_it(
    ask: Ask, built: Path, tmp_path: Path, damage: str
) -> None:
    for manifest in (tmp_path / ".glosspath" / "snapshots").glob("*/manifest.json"):
        manifest.write_text(damage, encoding="utf-8")
    check_complaint(ask("show", "basis"), "glosspath build")
    assert ask("build", str(built))[0] == 0
    assert ask("show", "basis")[0] == 0


@pytest.mark.parametrize("file", ["library.sqlite", "search"])
def test_a_snapshot_with_a_missing_or_broken_part(ask: Ask, built: Path, tmp_path: Path, file: str) -> None:
    (part,) = (tmp_path / ".glosspath" / "snapshots").glob(f"*/{file}")
    for broken in part.iterdir() if part.is_dir() else [part]:
        broken.write_bytes(b"broken")
    check_complaint(ask("search", "basis"), "glosspath build")


def test_a_data_folder_that_is_a_file(ask: Ask, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    check_complaint(ask("build", "notes", "--data", "file"), "file")
    check_complaint(ask("show", "basis", "--data", "file"))


def test_a_failed_build_leaves_what_was_there(ask: Ask, built: Path) -> None:
    before = ask("export", "json")
    assert ask("build", "nowhere")[0] == 1
    assert ask("export", "json") == before


def test_a_file_that_cannot_be_written(ask: Ask, built: Path) -> None:
    check_complaint(ask("export", "json", "--out", "no/such/folder.json"), "no/such/folder.json")


@pytest.mark.parametrize(
    "command",
    [
        "nonsense",
        "show",
        "build",
        "build x --engine lucene",
        "build x --jobs 0",
        "search x --kind y",
        "export pdf",
        "path",
    ],
)
def test_a_wrong_command_exits_with_2_and_says_where_help_is(ask: Ask, command: str) -> None:
    check_complaint(ask(*command.split()), "--help", status=2)


def test_a_query_of_any_length_is_answered(ask: Ask, built: Path) -> None:
    status, out, err = ask("search", "basis " * 20_000)
    assert (status, err) == (0, "")
    assert len(out) < 10_000


def test_notes_cannot_steer_the_terminal(ask: Ask, tmp_path: Path) -> None:
    title = "# A\x1b]0;owned\x07\n\nA **te\x1b[31mnsor** is a [red]grid[/red] of numbers\x9b2J.\n"
    picture = "\n![x](\x1b[2J.png)\n"
    (tmp_path / "bad.md").write_text(title + picture, encoding="utf-8")
    for command in (["build", "bad.md"], ["concepts"], ["lessons"], ["check", "bad.md"], ["search", "grid"]):
        status, out, err = ask(*command)
        assert status == 0
        assert not set(out + err) & {"\x1b", "\x07", "\x9b"}


# What the commands say for themselves


def test_what_commands_repeat_from_below_is_complete() -> None:
    assert set(KINDS) == set(HitKind)
    assert set(ANSWERS) == set(WhyAnswer)


def test_help_loads_nothing_that_only_answers_need() -> None:
    heavy = {"flask", "networkx", "numpy", "whoosh"}
    code = f"import sys, glosspath.__main__; print({heavy} & sys.modules.keys())"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert loaded.stdout == "set()\n"


# As a process of its own


def process(*arguments: str, cwd: Path, stdout: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "glosspath", *arguments]
    return subprocess.Popen(
        command,
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


def test_a_reader_that_stops_reading_is_no_failure(ask: Ask, built: Path, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    exporting = process("export", "json", cwd=tmp_path, stdout=write)
    os.close(write)
    _, err = exporting.communicate(timeout=60)
    assert (exporting.returncode, err) == (0, b"")


def test_a_shell_can_complete_commands(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("_GLOSSPATH_COMPLETE", "bash_complete"),
        ("COMP_WORDS", "glosspath s"),
        ("COMP_CWORD", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert ask()[1].split() == ["plain,serve", "plain,search", "plain,show"]


def test_an_interrupt_is_one_sentence(tmp_path: Path) -> None:
    lesson = "\n\n".join(f"## T{n}\n\nA **t{n}** is a thing." for n in range(200))
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(lesson, encoding="utf-8")
    building = process("build", ".", "--jobs", "1", cwd=tmp_path)
    while not (tmp_path / ".glosspath").exists():
        assert building.poll() is None
    building.send_signal(signal.SIGINT)
    out, err = building.communicate(timeout=60)
    assert (building.returncode, out) == (130, b"")
    assert err.decode() == "glosspath: stopped; what was built before is still there\n"


def test_what_reads_notes_is_not_loaded_to_show_help() -> None:
    shown = (
        "import sys, glosspath.__main__; print(*(m for m in ('markdown_it', 'inflect') if m in sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", shown], check=True, capture_output=True, text=True)
    assert loaded.stdout.split() == []
