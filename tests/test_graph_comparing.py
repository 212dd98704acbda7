"""What changed between two states of the notes: found from notes as people write them, and by its laws."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexed_notes import concept, section

from corpus import read_corpus
from graph import build_graph
from graph.changes import Because, Changes, DefinitionChange, State
from graph.comparing import changes_between
from graph.model import Concept
from graph.succession import successions, without_names
from graph.wording import Wording, shared, word_changes, words_of

EBB = "## Ebb\n\nThe **ebb** is the fall of the water after a flood, six hours long.\n"
FLOOD = "## Flood\n\nA **flood** is the rise of the water that the moon brings twice a day.\n"
SLACK = "## Slack water\n\nThe short time in which a tidal stream does not move at all.\n"


def state(notes: Path, **files: str) -> State:
    """What notes with these files say; `tides="..."` is tides.md. There is always one file beside them."""
    notes.mkdir(parents=True, exist_ok=True)
    for old in notes.rglob("*.md"):
        old.unlink()
    for name, text in {"about": "# About\n\nWords of the sea.\n", **files}.items():
        (notes / f"{name}.md").write_text(text, encoding="utf-8")
    corpus = read_corpus([notes])
    graph = build_graph(corpus)
    return State(graph.concepts, graph.prerequisites, tuple(corpus.sections()), corpus.lessons)


def said(changes: Changes) -> list[str]:
    """The changes in a line each, for tests to name."""
    lines = [f"+ {c.pref_label}" for c in changes.added]
    lines += [f"- {c.pref_label}" for c in changes.removed]
    for name, found in (("=", changes.renamed), (">", changes.merged), ("<", changes.split)):
        lines += [f"{s.before.pref_label} {name} {s.after.pref_label} ({s.because})" for s in found]
    for change in changes.definitions:
        what = "*" if change.before and change.after else "+" if change.after else "-"
        lines.append(f"{what} definition of {change.concept.pref_label}")
    lines += [f"+ {e.prerequisite.pref_label} before {e.target.pref_label}" for e in changes.gained]
    lines += [f"- {e.prerequisite.pref_label} before {e.target.pref_label}" for e in changes.lost]
    lines += [f"{move.before.id} -> {move.after.id}" for move in changes.moved]
    lines += [f"+ lesson {lesson.id}" for lesson in changes.lessons_added]
    lines += [f"- lesson {lesson.id}" for lesson in changes.lessons_removed]
    lines += [f"lesson {r.before.id} = {r.after.id}" for r in changes.lessons_renamed]
    return lines


def check(notes: Path, before: dict[str, str], after: dict[str, str], *expected: str) -> None:
    found = changes_between(state(notes, **before), state(notes, **after))
    assert said(found) == list(expected)


def test_nothing_changed_in_the_same_notes(tmp_path: Path) -> None:
    check(tmp_path, {"tides": EBB + FLOOD}, {"tides": EBB + FLOOD})


def test_lines_that_move_are_no_change(tmp_path: Path) -> None:
    moved = f"# Tides\n\nWater comes and goes.\n\n{EBB}"
    check(tmp_path, {"tides": f"# Tides\n\n{EBB}"}, {"tides": moved})


def test_what_came_and_what_went(tmp_path: Path) -> None:
    check(
        tmp_path,
        {"tides": EBB + SLACK},
        {"tides": EBB + FLOOD},
        *("+ Flood", "- Slack water", "+ Flood before Ebb"),
    )


def test_what_a_new_concept_needs_comes_with_it_and_what_needs_it_is_told(tmp_path: Path) -> None:
    check(
        *(tmp_path, {"tides": EBB + SLACK}, {"tides": FLOOD + EBB + SLACK}),
        *("+ Flood", "+ Flood before Ebb"),
    )


def test_another_name_over_the_same_words(tmp_path: Path) -> None:
    after = SLACK.replace("Slack water", "Stand of tide")
    check(
        *(tmp_path, {"tides": EBB + SLACK}, {"tides": EBB + after}, "Slack water = Stand of tide (words)"),
        "tides/slack-water -> tides/stand-of-tide",
    )


def test_another_name_in_the_definition_itself(tmp_path: Path) -> None:
    after = EBB.replace("Ebb", "Zorl").replace("ebb", "zorl")
    check(
        *(tmp_path, {"tides": EBB + SLACK}, {"tides": after + SLACK}, "Ebb = Zorl (words)"),
        "tides/ebb -> tides/zorl",
    )


def test_another_name_and_other_words_in_the_same_place(tmp_path: Path) -> None:
    after = SLACK.replace("Slack water", "Stand of tide").replace("at all", "either way")
    check(
        *(tmp_path, {"tides": EBB + SLACK + FLOOD}, {"tides": EBB + after + FLOOD}),
        *("Slack water = Stand of tide (place)", "* definition of Stand of tide"),
        "tides/slack-water -> tides/stand-of-tide",
    )


def test_a_name_that_becomes_another_name(tmp_path: Path) -> None:
    after = "## Falling tide\n\nA falling tide, also called **ebb**, is when the water leaves the harbour.\n"
    check(
        *(tmp_path, {"tides": EBB}, {"tides": after}, "Ebb = Falling tide (label)"),
        *("* definition of Falling tide", "tides/ebb -> tides/falling-tide"),
    )


def test_other_words_in_another_place_are_another_thing(tmp_path: Path) -> None:
    after = "## Bowline\n\nA knot that makes a loop which neither slips nor jams under load.\n"
    check(tmp_path, {"tides": FLOOD + SLACK}, {"tides": FLOOD + after}, "+ Bowline", "- Slack water")


def test_sentences_that_are_built_alike_are_about_different_things(tmp_path: Path) -> None:
    before, after = "The fall of the water after a flood.", "The rise of the water before noon."
    check(
        *(tmp_path, {"tides": f"## Ebb\n\n{before}\n"}, {"tides": f"## Flood\n\n{after}\n"}),
        *("+ Flood", "- Ebb"),
    )


def test_what_could_go_on_as_two_things_goes_on_as_none(tmp_path: Path) -> None:
    """Words that fit many things say nothing about which is which."""
    words = "The third of the ropes that hold a boat at the pier.\n"
    before = f"## Spring\n\n{words}"
    after = f"## Painter\n\n{words}\n## Warp\n\n{words}"
    found = said(changes_between(state(tmp_path, ropes=before), state(tmp_path, ropes=after)))
    assert not [line for line in found if "=" in line]


def test_one_that_becomes_another_name_of_one_that_was_there(tmp_path: Path) -> None:
    before = f"{FLOOD}\n## Rising tide\n\nWhat sailors wait for before they leave the harbour.\n"
    after = FLOOD.replace("A **flood**", "A **flood**, also called *rising tide*,")
    check(
        *(tmp_path, {"tides": before}, {"tides": after}, "Rising tide > Flood (label)"),
        *("* definition of Flood", "- definition of Flood"),
    )


def test_one_that_gets_a_page_of_its_own_is_split_off(tmp_path: Path) -> None:
    before = FLOOD.replace("A **flood**", "A **flood**, also called *rising tide*,")
    after = f"{FLOOD}\n## Rising tide\n\nWhat sailors wait for before they leave the harbour.\n"
    found = said(changes_between(state(tmp_path, tides=before), state(tmp_path, tides=after)))
    assert "Flood < Rising tide (label)" in found and "+ Rising tide" not in found


def test_a_definition_in_other_words(tmp_path: Path) -> None:
    check(
        *(tmp_path, {"tides": EBB}, {"tides": EBB.replace("six hours", "half a day")}),
        "* definition of Ebb",
    )


def test_a_second_definition(tmp_path: Path) -> None:
    second = "## Ebb\n\nWhat leaves the boats dry on the mud.\n"
    check(
        *(tmp_path, {"a": EBB}, {"a": EBB, "b": second}, "+ definition of Ebb", "+ lesson b"),
    )


def test_a_file_with_another_name_is_one_change(tmp_path: Path) -> None:
    text = f"# Tides\n\n{EBB}{FLOOD}"
    check(tmp_path, {"tides": text, "b": SLACK}, {"water": text, "b": SLACK}, "lesson tides = water")


def test_a_heading_that_is_called_otherwise_moves_its_anchor(tmp_path: Path) -> None:
    before = f"{EBB}\n## How to read a table\n\nFind the day, then the hour, then the height in metres.\n"
    after = before.replace("How to read a table", "Reading tables")
    check(
        *(tmp_path, {"tides": before}, {"tides": after}),
        "tides/how-to-read-a-table -> tides/reading-tables",
    )


def test_a_section_keeps_its_words_when_the_one_before_takes_its_anchor(tmp_path: Path) -> None:
    first = "## Example\n\nThe water falls two metres in an hour at the pier.\n"
    new = "## Example\n\nThe wind turns from west to north before a storm comes.\n"
    found = changes_between(state(tmp_path, a=EBB + first), state(tmp_path, a=EBB + new + first))
    assert said(found) == ["a/example -> a/example-1"]


# Its laws

TEXTS = st.lists(
    st.sampled_from(
        (
            *(EBB, FLOOD, SLACK),
            *(
                EBB.replace("Ebb", "Zorl").replace("ebb", "zorl"),
                SLACK.replace("Slack water", "Stand of tide"),
            ),
            *(
                SLACK.replace("at all", "either way"),
                FLOOD.replace("A **flood**", "A **flood** (also called *ebb*)"),
            ),
            "## Ebb\n\nWhat leaves the boats dry on the mud.\n",
            "## Rising tide\n\nThe short time in which a tidal stream does not move at all.\n",
            "## Stand\n\nA stand (also called *slack water*) is a tidal stream that does not move at all.\n",
            "## Example\n\nThe water falls two metres in an hour at the pier.\n",
        )
    ),
    max_size=5,
).map("\n".join)
NOTES = st.fixed_dictionaries({}, optional={"tides": TEXTS, "water": TEXTS, "zz": TEXTS})


def mirrored(changes: Changes) -> Changes:
    """The same changes, told the other way round."""
    return Changes(
        added=changes.removed,
        removed=changes.added,
        renamed=tuple(replace(s, before=s.after, after=s.before) for s in changes.renamed),
        merged=tuple(replace(s, before=s.after, after=s.before) for s in changes.split),
        split=tuple(replace(s, before=s.after, after=s.before) for s in changes.merged),
        definitions=tuple(replace(d, before=d.after, after=d.before) for d in changes.definitions),
        gained=changes.lost,
        lost=changes.gained,
        moved=tuple(replace(m, before=m.after, after=m.before) for m in changes.moved),
        lessons_added=changes.lessons_removed,
        lessons_removed=changes.lessons_added,
        lessons_renamed=tuple(replace(r, before=r.after, after=r.before) for r in changes.lessons_renamed),
    )


def in_any_order(changes: Changes) -> dict[str, object]:
    """What is told, whatever comes first; a definition by its words, as its concept may have two names."""

    def texts(change: DefinitionChange) -> object:
        return [side and (side.text, side.location) for side in (change.before, change.after)]

    found: dict[str, object] = {
        name: Counter(map(repr, getattr(changes, name)))
        for name in Changes.__slots__
        if name != "definitions"
    }
    return {**found, "definitions": Counter(repr(texts(change)) for change in changes.definitions)}


@given(NOTES, NOTES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_way_back_is_told_the_other_way_round(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    """And nothing changed between notes and themselves, and every concept is accounted for once."""
    old, new = state(tmp_path, **before), state(tmp_path, **after)
    found, back = changes_between(old, new), changes_between(new, old)
    assert in_any_order(back) == in_any_order(mirrored(found))
    assert not changes_between(new, new)
    kept = {s.before.id for s in (*found.renamed, *found.merged)}
    gone = {concept.id for concept in found.removed}
    assert not kept & gone
    assert {c.id for c in old.concepts} <= kept | gone | {c.id for c in new.concepts}


# Words


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("A ring of iron.", "A ring of iron.", "A ring of iron."),
        ("A ring of iron.", "A ring of steel.", "A ring of[- iron][+ steel]."),
        ("A ring of iron.", "A big ring of iron.", "A[+ big] ring of iron."),
        ("the fall of the water", "a fall of water", "[-the][+a] fall of[- the] water"),
        ("one and two", "three and four", "[-one and two][+three and four]"),
        ("", "A ring.", "[+A ring.]"),
        ("white   space\ndoes not count", "white space does not count", "white space does not count"),
    ],
)
def test_the_words_that_changed_are_marked(before: str, after: str, expected: str) -> None:
    marks = {Wording.SAME: "{}", Wording.GONE: "[-{}]", Wording.NEW: "[+{}]"}
    assert "".join(marks[part.what].format(part.text) for part in word_changes(before, after)) == expected


words = st.text("ab cd,é-", max_size=60)


@given(words, words)
def test_both_texts_can_be_read_from_what_changed(before: str, after: str) -> None:
    parts = word_changes(before, after)

    def read(*what: Wording) -> list[str]:
        return "".join(part.text for part in parts if part.what in what).split()

    assert "".join(read(Wording.SAME, Wording.GONE)) == "".join(before.split())
    assert "".join(read(Wording.SAME, Wording.NEW)) == "".join(after.split())
    assert word_changes(before, before) == word_changes(before, f" {before}")


def test_long_texts_are_compared_in_time() -> None:
    before, after = "ebb flood " * 20_000, "flood ebb " * 20_000
    began = process_time()
    assert {part.what for part in word_changes(f"The {before}.", f"The {after}.")} == {*Wording}
    assert process_time() - began < 3  # word against word would take minutes


def test_each_concept_that_is_called_and_defined_otherwise_is_read_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forty in each section, of which any could be any: not once for each that it is held against."""

    def concepts(name: str) -> list[Concept]:
        words = [f"{name}{n}" for n in range(500)]
        return [
            concept(
                f"{name.title()} {n}",
                " ".join(words[(n * step) % 500] for step in range(1, 26)),
                section(f"{n // 40}.md", f"Part {n // 40}", "Words."),
                *(n, "tides"),
            )
            for n in range(120)
        ]

    read: Counter[str] = Counter()

    def counting(text: str, of: Concept) -> tuple[str, ...]:
        read[of.id] += 1
        return without_names(text, of)

    monkeypatch.setattr("graph.succession.without_names", counting)
    found = successions(concepts("zorl"), concepts("quim"))
    assert not found.renamed and not found.same
    assert len(read) == 240 and max(read.values()) <= 3


@given(words, words)
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert shared(words_of(one), words_of(other)) == shared(words_of(other), words_of(one))


def test_the_reason_of_a_succession_has_a_word() -> None:
    assert {because.value for because in Because} == {"label", "words", "place"}
