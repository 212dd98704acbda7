"""One course's notes against labels made by hand, line by line: pytorch-notes and its gold.json.

Every label there has the lines on which it stands; a definition counts only with exactly its lines.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures import EdgeScore, Score, is_named_in, judge, score, share
from notes import ReadNotes, read_notes

from corpus import label_key
from corpus.model import Problem, ResourceKind
from graph.model import Concept

Labels = Mapping[str, Any]  # gold.json as it is

# The labels' words for kinds of links where they are not ours.
_KINDS = {"api-doc": ResourceKind.API, "pdf": ResourceKind.FILE}


@dataclass(frozen=True, slots=True)
class HandLabelled:
    """How one course was read.

    `edges` are judged by all labelled edges; `textual` and `background` tell which were found of those that
    the notes state, and of those that a teacher would add. `textual_ceiling` is the share of all labelled
    edges whose prerequisite is named where the target is explained. `forbidden`, `merged` and `false_kinds`
    name what must not be and is, `undefined` words that are used and never defined, `unknown` the labelled
    concepts that are none here.
    """

    notes: ReadNotes
    headings: Score
    anchors: Score
    parents: Score
    contents: Score
    lessons: Score
    definitions: Score
    concepts: Score
    figures: Score
    resources: Score
    resource_kinds: Score
    questions: Score
    stubs: Score
    contents_mismatches: Score
    undefined: Score
    textual: Score
    background: Score
    edges: EdgeScore
    uncontested: EdgeScore
    textual_ceiling: float
    unknown: tuple[str, ...]
    forbidden: tuple[str, ...]
    forbidden_of: int
    merged: tuple[str, ...]
    merged_of: int
    false_kinds: tuple[str, ...]
    unreported_cycles: tuple[str, ...]

    def scores(self) -> Iterator[tuple[str, Score]]:
        """Everything that has precision and recall, in words."""
        yield "headings (line, level, title)", self.headings
        yield "anchors", self.anchors
        yield "heading above", self.parents
        yield "what stands under a heading", self.contents
        yield "lessons", self.lessons
        yield "definitions (exact lines)", self.definitions
        yield "concepts (which definitions belong together)", self.concepts
        yield "figures", self.figures
        yield "resources", self.resources
        yield "kinds of resources", self.resource_kinds
        yield "questions (with answer and explanation)", self.questions
        yield "stubs (headings with nothing or only pictures under them)", self.stubs
        yield "table of contents: entries and headings that do not match", self.contents_mismatches


def hand_labelled(folder: Path) -> HandLabelled:
    """Reads FOLDER/notes and compares with FOLDER/gold.json."""
    gold: Labels = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    notes = read_notes(folder / "notes")
    edges, textual, background = _edges(notes, gold)
    contested = {frozenset((_node(notes, c["a"]), _node(notes, c["b"]))) for c in gold["contested"]}
    return HandLabelled(
        notes,
        *_headings(notes, gold),
        lessons=_lessons(notes, gold),
        definitions=_definitions(notes, gold),
        concepts=_concepts(notes, gold),
        figures=_figures(notes, gold),
        resources=_resources(notes, gold, kinds=False),
        resource_kinds=_resources(notes, gold, kinds=True),
        questions=_questions(notes, gold),
        stubs=_stubs(notes, gold),
        contents_mismatches=_contents_mismatches(notes, gold),
        undefined=_undefined(notes, gold),
        textual=textual,
        background=background,
        edges=edges,
        uncontested=edges.without(contested),
        textual_ceiling=_textual_ceiling(notes, gold),
        unknown=_unknown(notes, gold),
        forbidden=_forbidden(notes, gold),
        forbidden_of=len(gold["must_not"]),
        merged=_merged(notes, gold),
        merged_of=len(gold["must_not_merge"]),
        false_kinds=_false_kinds(notes, gold),
        unreported_cycles=_unreported_cycles(notes, gold),
    )


# Structure


def _headings(notes: ReadNotes, gold: Labels) -> tuple[Score, Score, Score, Score]:
    sections = [section for section in notes.corpus.sections() if section.level]
    anchor = {section.id: section.anchor for section in sections}
    lines = {section.anchor: section.location.first_line for section in sections}
    labelled = gold["headings"]
    return (
        score(
            ((s.location.first_line, s.level, s.title) for s in sections),
            ((h["line"], h["level"], h["title"]) for h in labelled),
        ),
        score(lines.items(), ((h["slug"], h["line"]) for h in labelled)),
        score(
            ((s.anchor, anchor.get(s.parent) if s.parent else None) for s in sections),
            ((h["slug"], h["parent_slug"]) for h in labelled),
        ),
        score(((s.anchor, s.content.value) for s in sections), ((h["slug"], h["content"]) for h in labelled)),
    )


def _lessons(notes: ReadNotes, gold: Labels) -> Score:
    """A lesson is right in its place only."""
    return score(
        enumerate(lesson.id for lesson in notes.corpus.lessons),
        enumerate(lesson["slug"] for lesson in gold["lessons"]),
    )


def _document_problems(notes: ReadNotes, *codes: str) -> Iterator[Problem]:
    return (p for document in notes.corpus.documents for p in document.problems if p.code in codes)


def _stubs(notes: ReadNotes, gold: Labels) -> Score:
    """Headings that the notes are told to be empty under, or to show only pictures."""
    kinds = {"empty-section": "empty", "only-pictures": "image-only"}
    return score(
        ((p.location.first_line, kinds[p.code]) for p in _document_problems(notes, *kinds)),
        ((stub["line"], stub["content"]) for stub in gold["stubs"]),
    )


def _contents_mismatches(notes: ReadNotes, gold: Labels) -> Score:
    """Entries of the table of contents that lead nowhere, and headings that it is told to leave out."""
    dead = (("entry", p.location.first_line) for p in _document_problems(notes, "stale-anchor"))
    left_out = (
        ("heading", int(line))
        for p in _document_problems(notes, "unlisted-heading")
        for line in re.findall(r"\(line (\d+)\)", p.message)
    )
    labelled = gold["toc_mismatches"]
    return score(
        (*dead, *left_out),
        (("entry", m["line"]) if "line" in m else ("heading", m["heading_line"]) for m in labelled),
    )


def _undefined(notes: ReadNotes, gold: Labels) -> Score:
    """Words that are used and never defined. Only those that a definition cannot do without are labelled, so
    that what is found besides is not wrong."""
    found = (label_key(wanted.label) for wanted in notes.graph.wanted)
    return score(found, map(label_key, gold["undefined_but_used"]))


def _figures(notes: ReadNotes, gold: Labels) -> Score:
    figures = (f for document in notes.corpus.documents for f in document.figures)
    return score(
        ((f.location.first_line, f.src) for f in figures), ((i["line"], i["src"]) for i in gold["images"])
    )


def _resources(notes: ReadNotes, gold: Labels, *, kinds: bool) -> Score:
    found = (r for document in notes.corpus.documents for r in document.resources)
    return score(
        ((r.location.first_line, r.url, r.kind.value if kinds else "") for r in found),
        (
            (r["line"], r["url"], str(_KINDS.get(r["kind"], r["kind"])) if kinds else "")
            for r in gold["resources"]
        ),
    )


def _questions(notes: ReadNotes, gold: Labels) -> Score:
    found = (q for document in notes.corpus.documents for q in document.questions)
    return score(
        ((q.question, q.answer, q.explanation) for q in found),
        ((q["question"], q["answer"], q["explanation"]) for q in gold["quizzes"] if "question" in q),
    )


# Definitions and concepts


def _definitions(notes: ReadNotes, gold: Labels) -> Score:
    found = (d for document in notes.corpus.documents for d in document.definitions)
    return score(
        ((d.location.first_line, d.location.last_line, label_key(d.term)) for d in found),
        ((d["term_line"], d["def_end_line"], label_key(d["term"])) for d in gold["definitions"]),
    )


def _concepts(notes: ReadNotes, gold: Labels) -> Score:
    """Concepts as sets of the lines on which their definitions start: all of one, none of another."""
    same = {
        label_key(n): label_key(d["keep"]) for d in gold["duplicates_to_merge"] for n in d.get("names", ())
    }
    together: dict[str, set[int]] = defaultdict(set)
    for definition in gold["definitions"]:
        key = label_key(definition["term"])
        together[same.get(key, key)].add(definition["term_line"])
    found = (
        frozenset(d.location.first_line for d in concept.definitions)
        for concept in notes.graph.concepts
        if concept.definitions
    )
    return score(map(_lines, found), map(_lines, together.values()))


def _lines(lines: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(lines)))


def _merged(notes: ReadNotes, gold: Labels) -> tuple[str, ...]:
    pairs = [(one, other) for one, other in gold["must_not_merge"] if _known(notes, one)]
    return tuple(f"{one} = {other}" for one, other in pairs if _known(notes, one) == _known(notes, other))


def _false_kinds(notes: ReadNotes, gold: Labels) -> tuple[str, ...]:
    """Lists that name causes, parts or uses, and were taken for kinds."""
    lines = {line: each["head"] for each in gold["not_hyponym_lists"] for line in each["lines"]}
    return tuple(
        f"{broader.narrower} is a kind of {broader.broader}, line {line}"
        for broader in notes.graph.broader
        for line in range(broader.location.first_line, broader.location.last_line + 1)
        if lines.get(line) and label_key(lines[line]) == label_key(broader.broader)
    )


# Prerequisites


def _known(notes: ReadNotes, label: str) -> str | None:
    return notes.owner.get(label_key(label))


def _node(notes: ReadNotes, label: str) -> str:
    """The concept's id; for a label that no concept has, the label itself, so that chains through it hold."""
    return _known(notes, label) or f"[{label}]"


def _edges(notes: ReadNotes, gold: Labels) -> tuple[EdgeScore, Score, Score]:
    pairs: dict[str, list[tuple[str, str]]] = {"textual": [], "background": []}
    for edge in gold["prerequisites"]:
        pairs[edge["kind"]].append((_node(notes, edge["prereq"]), _node(notes, edge["target"])))
    labelled = {*pairs["textual"], *pairs["background"]}
    edges = judge(notes.graph.prerequisites, labelled, labelled)
    found = {(e.prerequisite, e.target) for e in notes.graph.prerequisites}
    return (
        edges,
        score(found & set(pairs["textual"]), pairs["textual"]),
        score(found & set(pairs["background"]), pairs["background"]),
    )


def _forbidden(notes: ReadNotes, gold: Labels) -> tuple[str, ...]:
    found = {(e.prerequisite, e.target) for e in notes.graph.prerequisites}
    return tuple(
        f"{edge['prereq']} -> {edge['target']}: {edge['why']}"
        for edge in gold["must_not"]
        if (_known(notes, edge["prereq"]), _known(notes, edge["target"])) in found
    )


def _unknown(notes: ReadNotes, gold: Labels) -> tuple[str, ...]:
    """Labelled concepts that are none here: their edges cannot be found."""
    labels = {edge[end] for edge in gold["prerequisites"] for end in ("prereq", "target")}
    return tuple(sorted(label for label in labels if not _known(notes, label)))


def _textual_ceiling(notes: ReadNotes, gold: Labels) -> float:
    concepts = notes.concepts()
    edges = [(_known(notes, e["prereq"]), _known(notes, e["target"])) for e in gold["prerequisites"]]
    named = sum(
        is_named_in(concepts[before], explanation(notes, concepts[after]))
        for before, after in edges
        if before and after
    )
    return share(named, len(edges))


def explanation(notes: ReadNotes, concept: Concept) -> str:
    """All that explains a concept: its labels, its definitions and the section that is about it; the whole
    document, where that is its title."""
    section = next((s for s in notes.corpus.sections() if s.id == concept.section), None)
    about = [section] if section else []
    if section and section.level <= 1:
        path = section.location.path
        about = [s for s in notes.corpus.sections() if s.location.path == path]
    passages = [passage for one in about for passage in one.passages]
    return "\n".join(
        (
            concept.pref_label,
            *concept.alt_labels,
            *(definition.text for definition in concept.definitions),
            *(passage.text for passage in passages),
        )
    )


def _unreported_cycles(notes: ReadNotes, gold: Labels) -> tuple[str, ...]:
    """Pairs that are defined by each other, as their labels say, and of which the graph dropped nothing."""
    dropped = {frozenset((d.edge.prerequisite, d.edge.target)) for d in notes.graph.dropped}
    return tuple(
        f"{each['a']}, {each['b']}"
        for each in gold["contested"]
        if "cycle" in each["why"]
        and frozenset((_node(notes, each["a"]), _node(notes, each["b"]))) not in dropped
    )
