"""Real notes: what was labelled by hand in one course, and what holds for every collection.

The labels and how they are compared stand in benchmarks/hand_labels.py; here stands what must not get worse.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from conftest import REPOSITORY

from corpus import label_key, read_corpus
from corpus.headings import bare_heading, is_meta_heading
from corpus.model import Corpus, Definition, DefinitionStyle, Document, SourceLocation
from corpus.quoting import stands_in
from graph import ConceptGraph, build_graph

sys.path.append(str(REPOSITORY / "benchmarks"))

from author_labels import calibration, evidence_checked, prerequisites_found, term_labels, terms_found
from hand_labels import HandLabelled, Labels, hand_labelled
from measures import Score, Verdict, owners, share
from notes import ReadNotes, read_notes
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
    assert course.edges.closure_precision >= 0.95
    assert course.textual.recall >= 0.90


def test_lists_of_causes_and_parts_are_no_kinds_and_loops_are_reported(course: HandLabelled) -> None:
    assert course.false_kinds == ()
    assert course.unreported_cycles == ()


def test_labels_that_are_one_thing_find_one_concept(course: HandLabelled, gold: Labels) -> None:
    owner = course.notes.owner
    for pair in gold["synonyms"]:
        one, other = owner.get(label_key(pair["a"])), owner.get(label_key(pair["b"]))
        assert one is None or other is None or one == other, pair


# Pairs of which one is nowhere in these notes as a name, or is no name of the same thing.
NOT_ONE = {
    ("input layer", "features"),
    ("unit", "neuron"),
    ("perceptron", "node"),
    ("inference", "statistical inference"),
}


def test_every_synonym_that_the_notes_state_is_found(course: HandLabelled, gold: Labels) -> None:
    owner = course.notes.owner
    pairs = [(pair["a"], pair["b"]) for pair in gold["synonyms"]]
    assert len(pairs) == 15
    found = [pair for pair in pairs if len({owner.get(label_key(n), n) for n in pair}) == 1]
    assert set(pairs) - set(found) == NOT_ONE


def test_no_other_name_of_a_definition_is_that_of_another_thing(course: HandLabelled, gold: Labels) -> None:
    owner = course.notes.owner
    pairs = [(d["term"], alias) for d in gold["definitions"] for alias in d["aliases"]]
    assert len(pairs) == 14
    apart = [p for p in pairs if len({owner.get(label_key(n), owner[label_key(p[0])]) for n in p}) > 1]
    assert apart == []


def test_other_names_and_first_sentences_are_those_of_the_notes(course: HandLabelled, corpora: Path) -> None:
    words = wordings(corpora / "pytorch-notes", course.notes)
    assert words.names.false == ()
    assert (words.names.right, words.names.missed) == (words.names.wanted, ())
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


def related(course: HandLabelled, above: str, below: str) -> bool | None:
    """Whether the graph puts one thing below another, as its kind or after it; None if one is unknown."""
    pair = tuple(course.notes.owner.get(label_key(label)) for label in (above, below))
    if None in pair:
        return None
    graph = course.notes.graph
    kinds = {(b.broader, b.narrower) for b in graph.broader}
    return pair in kinds or pair in {(e.prerequisite, e.target) for e in graph.prerequisites}


def test_whatever_the_notes_call_a_kind_of_something_comes_after_it(
    course: HandLabelled, gold: Labels
) -> None:
    said = [related(course, h["hypernym"], below) for h in gold["hypernyms"] for below in h["hyponyms"]]
    assert len(gold["hypernyms"]) == 17
    # The one is "a generalization of": what it generalizes comes first, whichever is called the kind.
    assert (said.count(True), said.count(False), said.count(None)) == (12, 1, 17)


def test_most_words_that_are_used_and_never_defined_are_found(course: HandLabelled) -> None:
    assert (course.undefined.right, course.undefined.wanted) == (16, 20)
    assert course.undefined.found <= 30


def test_lists_of_causes_parts_and_uses_say_no_kinds(course: HandLabelled, gold: Labels) -> None:
    lines = {line for each in gold["not_hyponym_lists"] for line in each["lines"]}
    assert len(gold["not_hyponym_lists"]) == 4
    kinds = [k for d in course.notes.corpus.documents for k in d.kinds]
    assert [k for k in kinds if lines & set(lines_in(k.location))] == []


def lines_in(place: SourceLocation) -> range:
    return range(place.first_line, place.last_line + 1)


def test_what_is_said_twice_is_one_concept_with_both_places(course: HandLabelled, gold: Labels) -> None:
    concepts, owner = course.notes.concepts(), course.notes.owner
    assert len(gold["duplicates_to_merge"]) == 7
    for each in gold["duplicates_to_merge"]:
        names = (each["keep"], *each.get("names", ()))
        (one,) = {owner[label_key(bare_heading(name))] for name in names}
        found = {line for d in concepts[one].definitions for line in lines_in(d.location)}
        topics = (t for d in course.notes.corpus.documents for t in d.topics)
        found |= {t.location.first_line for t in topics if owner.get(label_key(t.term)) == one}
        assert set(each["lines"]) <= found, each


def test_names_that_share_a_word_are_not_one_concept(course: HandLabelled, gold: Labels) -> None:
    owner = course.notes.owner
    pairs = [[owner.get(label_key(name)) for name in pair] for pair in gold["must_not_merge"]]
    assert len(pairs) == 12
    assert [pair for pair in pairs if pair[0] is not None and pair[0] == pair[1]] == []


def heading_at(document: Document, line: int) -> tuple[str, str]:
    return next((s.title, s.anchor) for s in document.sections if s.location.first_line == line)


def resources_at(document: Document, line: int) -> list[str]:
    return [r.url.rpartition("/")[2] for r in document.resources if r.location.first_line == line]


def problems_at(document: Document, line: int) -> list[str]:
    return [p.code for p in document.problems if p.location.first_line == line]


def definition_at(document: Document, line: int) -> tuple[str, int, str]:
    one = next(d for d in document.definitions if d.location.first_line == line)
    return one.term, one.location.last_line, one.text


# What is easily misread: what has to be read there, by line.
PITFALLS: dict[int, Callable[[Document], bool]] = {
    198: lambda d: (
        [f.src for f in d.figures if f.location.first_line == 199] == ["./images/lesson-2/and-to-or.png"]
    ),
    236: lambda d: heading_at(d, 236)[1] == "discrete-vs-continous",
    360: lambda d: resources_at(d, 360) == ["udacity-pytorch-lesson2-notes.pdf"],
    452: lambda d: (
        [a.label for x in d.definitions if x.location.first_line == 452 for a in x.aliases]
        == ["Modified National Institute of Standards and Technology database"]
    ),
    454: lambda d: definition_at(d, 452)[1] == 454 and "0–9." in definition_at(d, 452)[2],
    463: lambda d: resources_at(d, 463) == ["nn.html#torch.nn.Sequential"],
    501: lambda d: definition_at(d, 501) == ("step size", 502, "Synonym for learning rate."),
    540: lambda d: "data set—disjunct from the training set—that" in definition_at(d, 538)[2],
    552: lambda d: (
        resources_at(d, 552) == ["data.html#torch.utils.data.DataLoader"]
        and problems_at(d, 552) == ["malformed-link"]
    ),
    565: lambda d: resources_at(d, 565)[0].endswith("(Exercises).ipynb"),
    575: lambda d: (
        heading_at(d, 575)[0] == "Things to run torch Training with GPU in colab"
        and resources_at(d, 575) == ["p1543083497415500"]
    ),
    578: lambda d: (
        all(s.location.first_line != 578 for s in d.sections)
        and any(c.code.startswith("# http") for c in d.snippets if c.location.first_line == 577)
    ),
    609: lambda d: heading_at(d, 609)[1] == "lesson-5--convolutional-neural-networks",
    655: lambda d: problems_at(d, 82) == ["stale-anchor"],
    658: lambda d: definition_at(d, 659)[0] == "layer" and problems_at(d, 659) == ["swallowed-block"],
    784: lambda d: d.sections[-1].location.last_line == 784 and len(resources_at(d, 784)) == 1,
}


@pytest.mark.parametrize("line", PITFALLS)
def test_what_is_easily_misread_is_read_as_it_is_meant(course: HandLabelled, line: int) -> None:
    (document,) = course.notes.corpus.documents
    assert PITFALLS[line](document)


def test_every_pitfall_is_tried(gold: Labels) -> None:
    assert sorted(PITFALLS) == sorted(p["line"] for p in gold["parsing_pitfalls"])


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


def lines_at(folder: Path, place: SourceLocation) -> list[str]:
    """The lines of a place; fails where there are no such lines."""
    lines = lines_of(folder / place.path)
    assert 1 <= place.first_line <= place.last_line <= len(lines), place
    return lines[place.first_line - 1 : place.last_line]


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
            lines_at(folder, place)
    for problem in (*corpus.problems, *graph.problems):
        lines_at(folder, problem.location)
    for mention in graph.mentions:
        lines_at(folder, SourceLocation(mention.path, mention.line, mention.line))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_quote_in_a_collection_stands_in_its_lines(corpora: Path, name: str) -> None:
    folder, _, graph = read(corpora, name)
    edges = [*graph.prerequisites, *(d.edge for d in graph.dropped)]
    quotes = {(e.quote, e.location) for edge in edges for e in edge.evidence}
    quotes |= {(b.quote, b.location) for b in graph.broader}
    quotes |= {(r.quote, r.location) for r in graph.relations}
    assert [(q, at) for q, at in sorted(quotes) if not q or not stands_in(q, lines_at(folder, at))] == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_piece_of_evidence_names_what_it_makes_come_first(corpora: Path, name: str) -> None:
    folder, corpus, graph = read(corpora, name)
    checked = evidence_checked(name, ReadNotes(folder, corpus, graph, owners(graph.concepts)))
    assert checked.pieces >= 20
    assert (checked.misplaced, checked.unnamed) == ((), ())


# The least share of judged edges that follow from the labels, in notes that name few of what is labelled.
@pytest.mark.parametrize(("name", "closure"), [("ibook-linear-algebra", 0.75), ("exercism-elixir", 0.75)])
def test_edges_follow_from_the_labels(corpora: Path, name: str, closure: float) -> None:
    folder, corpus, graph = read(corpora, name)
    found = prerequisites_found(folder.parent, ReadNotes(folder, corpus, graph, owners(graph.concepts)))
    assert found.edges.closure_precision >= closure
    assert found.edges.direction >= 0.94


def test_strong_edges_of_a_textbook_point_the_right_way_and_are_as_sure_as_is_said(corpora: Path) -> None:
    folder, corpus, graph = read(corpora, "ibook-linear-algebra")
    found = prerequisites_found(folder.parent, ReadNotes(folder, corpus, graph, owners(graph.concepts)))
    strong = found.edges.believed(0.7)
    assert strong.judged >= 200
    assert strong.direction >= 0.97
    assert share(strong.count(Verdict.REVERSED), strong.judged) <= 0.015
    assert [g for g in calibration([found.edges]) if g.edges >= 40 and abs(g.gap) > 0.1] == []


# Signs of a dialect or of Markdown that no reader is meant to see; text that shows code may hold some.
MARKUP = re.compile(
    r"\[\[[^\[\]\n]*[A-Za-z]{3}[^\[\]\n]*\]\]|\{\{[^{}\n]*\}\}|\{%|%\}|%%|\*\*(?=\S)[^*\n]*?(?<=\S)\*\*(?!\w)|\]\("
    r"|</?(?:a|b|p|i|em|br|div|span|img|strong|details|summary)\b[^>]*>"
)


def shown_words(document: Document) -> Iterator[str]:
    """The words that name, explain and ask, without those in code."""
    yield document.title
    yield from (section.title for section in document.sections)
    for definition in document.definitions:
        yield from (definition.term, *(alias.label for alias in definition.aliases))
        for passage in definition.passages:
            yield "".join(
                c for n, c in enumerate(passage.text) if not any(a <= n < b for a, b in passage.masked)
            )
    yield from (words for q in document.questions for words in (q.question, *q.options))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_markup_is_left_in_what_people_read(corpora: Path, name: str) -> None:
    _, corpus, graph = read(corpora, name)
    labels = [n for c in graph.concepts for n in (c.pref_label, *c.alt_labels, *c.hidden_labels)]
    words = [*labels, *(text for document in corpus.documents for text in shown_words(document))]
    assert [text for text in words if MARKUP.search(text)] == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_heading_that_names_a_part_of_notes_is_a_concept(corpora: Path, name: str) -> None:
    _, _, graph = read(corpora, name)
    named = [c for c in graph.concepts if is_meta_heading(c.pref_label)]
    assert [c.pref_label for c in named if not any(map(says_so, c.definitions))] == []


def says_so(definition: Definition) -> bool:
    """Whether words say outright what something is: a glossary's entry, or "documentation is a ..."."""
    return definition.location.path == "glossary.md" or definition.style is DefinitionStyle.LINE_IS


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_collection_that_is_read_twice_gives_the_same_bytes(corpora: Path, name: str) -> None:
    folder, corpus, graph = read(corpora, name)
    again = read_corpus([folder])
    assert msgspec.json.encode(again) == msgspec.json.encode(corpus)
    assert msgspec.json.encode(build_graph(again)) == msgspec.json.encode(graph)
