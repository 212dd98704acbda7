"""Real notes: what was labelled by hand in one course, and what holds for every collection.

The labels and how they are compared stand in benchmarks/hand_labels.py; here stands what must not get worse.
"""

import json
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from conftest import REPOSITORY

from corpus import label_key, read_corpus
from corpus.model import Corpus, Document, SourceLocation
from graph import ConceptGraph, build_graph

sys.path.append(str(REPOSITORY / "benchmarks"))

from author_labels import term_labels, terms_found
from hand_labels import HandLabelled, Labels, hand_labelled
from measures import Score
from notes import read_notes
from wordings import wordings

pytestmark = pytest.mark.corpora

# Every collection with notes, and the fewest concepts that a reading of it may give.
COLLECTIONS = {
    "pytorch-notes": 50,
    "cncf-glossary": 80,
    "exercism-elixir": 30,
    "exercism-python": 30,
    "google-ml-glossary": 350,
    "ibook-linear-algebra": 50,
    "swc-shell": 30,
    "wikilink-docs": 10,
}
# One reading serves all tests.
_READ: dict[Path, tuple[Corpus, ConceptGraph]] = {}


@pytest.fixture(scope="module")
def course(corpora: Path) -> HandLabelled:
    return hand_labelled(corpora / "pytorch-notes")


@pytest.fixture(scope="module")
def gold(corpora: Path) -> Labels:
    labels: Labels = json.loads((corpora / "pytorch-notes" / "gold.json").read_text(encoding="utf-8"))
    return labels


# --- one course, line by line ------------------------------------------------------------------------------


def check_all(found: Score, wanted: int) -> None:
    """Nothing is missed, and nothing is there that should not be."""
    assert (found.missed, found.false) == ((), ())
    assert found.wanted == wanted


def test_every_heading_has_its_level_line_anchor_and_place(course: HandLabelled) -> None:
    check_all(course.headings, 115)
    check_all(course.anchors, 115)
    check_all(course.parents, 115)
    check_all(course.contents, 115)


def test_every_section_ends_where_the_next_begins(course: HandLabelled, gold: Labels) -> None:
    found = {s.anchor: s.location.last_line for s in course.notes.corpus.sections()}
    assert {h["slug"]: h["end_line"] for h in gold["headings"]} == found


def test_the_lessons_are_those_of_the_course_in_its_order(course: HandLabelled) -> None:
    check_all(course.lessons, 11)


def test_every_definition_is_found_with_exactly_its_lines(course: HandLabelled) -> None:
    check_all(course.definitions, 45)


def test_definitions_of_one_thing_are_one_concept(course: HandLabelled) -> None:
    assert sum(bool(c.definitions) for c in course.notes.graph.concepts) == 41
    assert course.merged == ()
    assert course.merged_of == 12


def test_every_figure_resource_and_question_is_found(course: HandLabelled) -> None:
    check_all(course.figures, 42)
    check_all(course.resources, 55)
    check_all(course.resource_kinds, 55)
    check_all(course.questions, 2)


def test_the_stale_anchor_is_reported_with_the_heading_that_it_means(course: HandLabelled) -> None:
    anchor = "mlp-multi-layer-perceptron-structure--class-scores"
    hint = f"Did you mean #{anchor} (MLP (Multi Layer Perceptron) Structure & Class Scores)?"
    problems = [p for d in course.notes.corpus.documents for p in d.problems if p.code == "stale-anchor"]
    assert [(p.location.first_line, p.hint) for p in problems] == [(82, hint)]


def test_every_stub_and_every_mismatch_of_the_contents_is_told(course: HandLabelled) -> None:
    check_all(course.stubs, 55)
    check_all(course.contents_mismatches, 3)


def test_what_is_easily_misread_is_told_where_it_stands(course: HandLabelled) -> None:
    """A link that a blank broke, a list that most programs take for HTML."""
    problems = {(p.code, p.location.first_line) for d in course.notes.corpus.documents for p in d.problems}
    assert {("malformed-link", 552), ("swallowed-block", 659)} <= problems


def test_no_prerequisite_is_one_that_must_not_be(course: HandLabelled) -> None:
    assert course.forbidden == ()
    assert course.forbidden_of == 23


def test_prerequisites_are_right_and_most_of_those_that_the_notes_state_are_found(
    course: HandLabelled,
) -> None:
    assert course.edges.closure_precision >= 0.85
    assert course.textual.recall >= 0.70


def test_lists_of_causes_and_parts_are_no_kinds_and_loops_are_reported(course: HandLabelled) -> None:
    assert course.false_kinds == ()
    assert course.unreported_cycles == ()


def test_labels_that_are_one_thing_find_one_concept(course: HandLabelled, gold: Labels) -> None:
    owner = course.notes.owner
    for pair in gold["synonyms"]:
        one, other = owner.get(label_key(pair["a"])), owner.get(label_key(pair["b"]))
        assert one is None or other is None or one == other, pair


def test_other_names_and_first_sentences_are_those_of_the_notes(course: HandLabelled, corpora: Path) -> None:
    words = wordings(corpora / "pytorch-notes", course.notes)
    assert words.names.false == ()
    assert words.names.right >= 7
    assert (words.sentences.right, words.sentences.missed) == (words.sentences.wanted, ())


@pytest.mark.parametrize(
    ("name", "names", "sentences"),
    [("google-ml-glossary", 0.96, 0.99), ("cncf-glossary", 0.92, 0.99), ("swc-shell", 1, 1)],
)
def test_other_names_and_first_sentences_of_glossaries(
    corpora: Path, name: str, names: float, sentences: float
) -> None:
    words = wordings(corpora / name, read_notes(corpora / name / "notes"))
    assert min(words.names.precision, words.names.recall) >= names
    assert min(words.sentences.precision, words.sentences.recall) >= sentences


@pytest.mark.parametrize("name", ["google-ml-glossary", "cncf-glossary", "swc-shell", "ibook-linear-algebra"])
def test_the_terms_of_a_glossary_are_found_and_little_else(corpora: Path, name: str) -> None:
    found = terms_found(read_notes(corpora / name / "notes"), term_labels(corpora / name))
    assert min(found.precision, found.recall) >= 0.97


def test_what_the_notes_call_a_kind_is_one(course: HandLabelled, gold: Labels) -> None:
    stated = {(b.narrower, b.broader) for b in course.notes.graph.broader}
    owner = course.notes.owner
    announced = gold["hypernyms"][0]
    assert announced["cue"].startswith("Different kinds of")
    pairs = {
        (owner[label_key(name)], owner[label_key(announced["hypernym"])])
        for name in announced["hyponyms"]
        if label_key(name) in owner
    }
    assert pairs
    assert pairs <= stated


# --- every collection --------------------------------------------------------------------------------------


def read(corpora: Path, name: str) -> tuple[Path, Corpus, ConceptGraph]:
    folder = corpora / name / "notes"
    if not folder.is_dir():
        pytest.skip(f"no notes at {folder}")
    if folder not in _READ:
        corpus = read_corpus([folder])
        _READ[folder] = corpus, build_graph(corpus)
    return folder, *_READ[folder]


@cache
def lines_of(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8-sig")
    return text.split("\n")


def words_at(folder: Path, place: SourceLocation) -> str:
    """What stands in the lines of a place, white space collapsed; fails where there are no such lines."""
    lines = lines_of(folder / place.path)
    assert 1 <= place.first_line <= place.last_line <= len(lines), place
    return " ".join(" ".join(lines[place.first_line - 1 : place.last_line]).split())


@pytest.mark.parametrize(("name", "concepts"), COLLECTIONS.items(), ids=COLLECTIONS)
def test_a_collection_gives_documents_lessons_and_concepts(corpora: Path, name: str, concepts: int) -> None:
    _, corpus, graph = read(corpora, name)
    assert corpus.lessons
    assert len({s.id for s in corpus.sections()}) == sum(1 for _ in corpus.sections())
    assert len(graph.concepts) >= concepts
    assert len(graph.prerequisites) <= 12 * len(graph.concepts)


def places_in(document: Document) -> set[SourceLocation]:
    return {
        *(s.location for s in document.sections),
        *(d.location for d in document.definitions),
        *(t.location for t in document.topics),
        *(p.location for p in document.name_pairs),
        *(k.location for k in document.kinds),
        *(r.location for r in document.resources),
        *(f.location for f in document.figures),
        *(q.location for q in document.questions),
        *(c.location for c in document.snippets),
        *(p.location for p in document.problems),
    }


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_place_in_a_collection_exists(corpora: Path, name: str) -> None:
    folder, corpus, graph = read(corpora, name)
    for document in corpus.documents:
        for place in places_in(document):
            words_at(folder, place)
    for problem in (*corpus.problems, *graph.problems):
        words_at(folder, problem.location)
    for mention in graph.mentions:
        words_at(folder, SourceLocation(mention.path, mention.line, mention.line))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_quote_in_a_collection_stands_in_its_lines(corpora: Path, name: str) -> None:
    folder, _, graph = read(corpora, name)
    edges = [*graph.prerequisites, *(d.edge for d in graph.dropped)]
    quotes = {(e.quote, e.location) for edge in edges for e in edge.evidence}
    quotes |= {(b.quote, b.location) for b in graph.broader}
    assert [(q, place) for q, place in sorted(quotes) if not q or q not in words_at(folder, place)] == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_collection_that_is_read_twice_gives_the_same_bytes(corpora: Path, name: str) -> None:
    folder, corpus, graph = read(corpora, name)
    again = read_corpus([folder])
    assert msgspec.json.encode(again) == msgspec.json.encode(corpus)
    assert msgspec.json.encode(build_graph(again)) == msgspec.json.encode(graph)
