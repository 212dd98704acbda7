"""Notes against what their own authors marked: terms, links and prerequisites of glossaries and courses.

Where authors linked their terms, the links are taken out first: the same words, found again from plain text.
"""

import csv
import html
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from hand_labels import explanation
from measures import EdgeScore, JudgedEdge, Pair, Score, Verdict, is_named_in, judge, labels_of, score, share
from notes import ReadNotes, read_notes

from corpus import label_key
from corpus.quoting import stands_in
from graph.model import Concept, EvidenceKind

_TAG = re.compile(r"</?\w+>")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_EITHER = re.compile(r"\s+or\s+")
_AUTHORS_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?:/|#)[^)]*\)")
# Emphasis, and what stands behind a link's words: a name may hold them in the source.
_MARKS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)|\]\([^)]*\)|\]\[[^\]]*\]|[\[\]]")
_KRAMDOWN_TERM = re.compile(r"^\[([^\]]+)\]\{#[^}]*\}\n(?:\n)?:\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TermLabels:
    """The terms that a collection explains, each with the names under which it may be found.

    `glossary` is the file in which all are explained ("" where every file explains some): only what is
    defined there counts as found.
    """

    name: str
    terms: tuple[tuple[str, ...], ...]
    glossary: str = ""


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Pairs (concept explained, concept named there) found from plain text, against the author's.

    `ceiling` is the share of the author's pairs that are named at all, by any label that is known.
    `agreement` is how far authors agree with themselves: of the pairs found whose concept they link from
    elsewhere, those that they link. `at_most` is the best F1 of who is told for each concept how often the
    author links it, and links all pairs found or none.
    """

    name: str
    pairs: Score
    ceiling: float
    agreement: float
    at_most: float


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """The questions of a collection's quizzes with the right answer's letter, and which of them are said to
    be about the concept that they are about."""

    name: str
    answered: Score
    about: Score


@dataclass(frozen=True, slots=True)
class PrerequisiteScore:
    """Edges of one collection against its labels.

    `ceiling` is the share of labelled edges whose prerequisite is named where the target is explained;
    `unknown` are the labelled concepts that are none here.
    """

    name: str
    edges: EdgeScore
    ceiling: float
    unknown: tuple[str, ...]


# Questions


def questions_found(folder: Path, notes: ReadNotes) -> QuestionScore:
    """The questions in the labelled files against FOLDER/quiz.tsv."""
    rows = [{**row, "path": row["path"].removeprefix("docs/")} for row in rows_of(folder / "quiz.tsv")]
    labelled = {row["path"] for row in rows}
    asked = [q for document in notes.corpus.documents for q in document.questions]
    found = {
        (q.location.path, _letters(q.question)): (q, about)
        for q, about in zip(asked, notes.graph.question_concepts, strict=True)
        if q.location.path in labelled
    }
    answered = score(
        ((*place, q.answer.partition(".")[0]) for place, (q, _) in found.items()),
        ((row["path"], _letters(row["question"]), row["answer"]) for row in rows),
    )
    known = [row for row in rows if label_key(row["concept"]) in notes.owner]
    wanted = {
        (row["path"], _letters(row["question"])): notes.owner[label_key(row["concept"])] for row in known
    }
    about = score(
        ((place, wanted[place]) for place, (_, ids) in found.items() if wanted.get(place) in ids),
        wanted.items(),
    )
    return QuestionScore(folder.name, answered, about)


def _letters(words: str) -> str:
    """Words as they can be compared whatever the mathematics in them is written in."""
    return re.sub(r"[^\w]+", "", words).casefold()


# Terms


def term_labels(folder: Path) -> TermLabels:
    """The terms of one of the labelled glossaries, by its folder's name."""
    match folder.name:
        case "google-ml-glossary":
            return TermLabels(
                folder.name, tuple(names_of(row["term"]) for row in rows_of(folder / "terms.tsv"))
            )
        case "cncf-glossary":
            # A page without a category explains nothing: the site's search, an index.
            rows = [row for row in rows_of(folder / "terms.tsv") if row["category"]]
            terms = tuple((*names_of(row["term"]), *filter(None, [row["abbrev"]])) for row in rows)
            return TermLabels(folder.name, terms)
        case "ibook-linear-algebra":
            rows = rows_of(folder / "glossary.tsv")
            return TermLabels(folder.name, tuple(names_of(row["term"]) for row in rows), "glossary.md")
        case "swc-shell":
            text = (folder / "notes" / "learners" / "reference.md").read_text(encoding="utf-8")
            terms = tuple(names_of(term) for term in _KRAMDOWN_TERM.findall(text))
            return TermLabels(folder.name, terms, "learners/reference.md")
    raise ValueError(f"{folder.name} has no labelled terms")


def names_of(term: str) -> tuple[str, ...]:
    """A term as it stands, and what it is called without and within its brackets.

    >>> names_of("false negative (FN)")
    ('false negative (FN)', 'false negative', 'FN')
    """
    term = _TAG.sub("", html.unescape(term))
    names = (term, _IN_BRACKETS.sub("", term), *_IN_BRACKETS.findall(term), *_EITHER.split(term))
    return tuple(dict.fromkeys(names))


def terms_found(notes: ReadNotes, labels: TermLabels) -> Score:
    """Defined concepts against labelled terms. A concept is right if it has any name of a labelled term."""
    defined = [c for c in notes.graph.concepts if _is_defined_in(c, labels.glossary)]
    wanted = [frozenset(map(label_key, names)) for names in labels.terms]
    known = frozenset[str]().union(*wanted)
    found = frozenset(label_key(label) for concept in defined for label in labels_of(concept))
    false = [c for c in defined if not known & {label_key(label) for label in labels_of(c)}]
    missed = [names[0] for names, keys in zip(labels.terms, wanted, strict=True) if not keys & found]
    return Score(
        len(defined) - len(false),
        len(defined),
        len(wanted),
        tuple(missed),
        tuple(f"{c.pref_label} ({c.definitions[0].style}, {_place(c)})" for c in false),
    )


def _is_defined_in(concept: Concept, path: str) -> bool:
    return any(not path or definition.location.path == path for definition in concept.definitions)


def _place(concept: Concept) -> str:
    place = concept.definitions[0].location
    return f"{place.path}:{place.first_line}"


# Links


def links_found(folder: Path) -> LinkScore:
    """Takes the author's links out of FOLDER/notes and compares what is linked then with FOLDER/links.tsv."""
    with tempfile.TemporaryDirectory() as place:
        notes = read_notes(_without_links(folder / "notes", Path(place) / "notes"))
    # A page whose title could not be told is called by its file's name.
    labels = {
        row["slug"]: row["term"] or row["slug"] for row in rows_of(folder / "terms.tsv") if "slug" in row
    }
    rows = [
        (labels.get(r["from"], r["from"]), labels.get(r["to"], r["to"]))
        for r in rows_of(folder / "links.tsv")
    ]
    terms = [next(iter(row.values())) for row in rows_of(folder / "terms.tsv")]
    linkable = {_concept(notes, labels.get(term, term)) for term in terms}
    wanted = {(_concept(notes, one), _concept(notes, other)) for one, other in rows}
    everywhere = frozenset(notes.graph.commonplace)
    mentioned = {pair for pair in _mention_pairs(notes) if linkable.issuperset(pair)}
    linked = {pair for pair in wanted if pair[0] != pair[1]}
    return LinkScore(
        folder.name,
        score((pair for pair in mentioned if pair[1] not in everywhere), linked),
        _nameable(notes, wanted),
        _agreement(mentioned, linked),
        _at_most(mentioned, linked),
    )


def _agreement(mentioned: set[Pair], linked: set[Pair]) -> float:
    times = Counter(named for _, named in linked)
    elsewhere = [pair for pair in mentioned if times[pair[1]] > (pair in linked)]
    return share(sum(pair in linked for pair in elsewhere), len(elsewhere))


def _at_most(mentioned: set[Pair], linked: set[Pair]) -> float:
    uses, right = Counter(n for _, n in mentioned), Counter(n for _, n in mentioned & linked)
    surest_first = sorted(uses, key=lambda named: (-right[named] / uses[named], named))
    sums = zip(
        accumulate(right[named] for named in surest_first),
        accumulate(uses[named] for named in surest_first),
        strict=True,
    )
    return max(2 * good / (all_ + len(linked)) for good, all_ in sums)


def _without_links(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    for file in sorted(target.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        file.chmod(0o644)
        file.write_text(_AUTHORS_LINK.sub(r"\1", text), encoding="utf-8")
    return target


def _concept(notes: ReadNotes, term: str) -> str:
    """The id of the concept with any name of a term, else the term itself."""
    return _first_known(notes, names_of(term)) or f"[{term}]"


def _mention_pairs(notes: ReadNotes) -> set[Pair]:
    """(explained, named) of every mention."""
    about = _explained_in(notes)
    pairs = ((about.get(m.section), str(m.concept)) for m in notes.graph.mentions)
    return {(source, named) for source, named in pairs if source and source != named}


def _explained_in(notes: ReadNotes) -> dict[str, str]:
    """The concept that a section explains: its title's, else its file's."""
    found = (
        (section.id, _first_known(notes, (*names_of(section.title), *names_of(document.title))))
        for document in notes.corpus.documents
        for section in document.sections
    )
    return {section: concept for section, concept in found if concept}


def _first_known(notes: ReadNotes, names: Iterable[str]) -> str:
    """The id of the first of these names that is a concept's, "" if none is."""
    return next((notes.owner[key] for name in names if (key := label_key(name)) in notes.owner), "")


def _nameable(notes: ReadNotes, wanted: set[Pair]) -> float:
    """The share of the pairs that are named at all where the one is explained, by any label of the other."""
    concepts = notes.concepts()
    texts: dict[str, list[str]] = defaultdict(list)
    about = _explained_in(notes)
    for section in notes.corpus.sections():
        texts[about.get(section.id, "")] += (passage.text for passage in section.passages)
    named = sum(
        other in concepts and is_named_in(concepts[other], "\n".join(texts[one])) for one, other in wanted
    )
    return share(named, len(wanted))


# Prerequisites


def prerequisites_found(folder: Path, notes: ReadNotes) -> PrerequisiteScore:
    """The graph of FOLDER/notes against FOLDER/prereq.tsv."""
    rows = [(row["prerequisite"], row["concept"]) for row in rows_of(folder / "prereq.tsv")]
    names = (
        {r["slug"]: r["name"] for r in rows_of(folder / "concepts.tsv")}
        if (folder / "concepts.tsv").exists()
        else {}
    )
    node = {label: _taught(notes, label, names) for label in {end for row in rows for end in row}}
    pairs = {(node[before], node[after]) for before, after in rows} - {(n, n) for n in node.values()}
    return PrerequisiteScore(
        folder.name,
        judge(notes.graph.prerequisites, pairs, pairs),
        _ceiling(notes, pairs),
        tuple(sorted(label for label, found in node.items() if found.startswith("["))),
    )


def _taught(notes: ReadNotes, label: str, names: Mapping[str, str]) -> str:
    """The concept with this label; for a slug, with its name, else the first that its page defines."""
    if label not in names:
        return _concept(notes, label)
    found = _concept(notes, names[label])
    if not found.startswith("["):
        return found
    page = f"{label}.md"
    return next(
        (c.id for c in notes.graph.concepts if c.definitions and _place(c).startswith(f"{page}:")), found
    )


def _ceiling(notes: ReadNotes, pairs: Iterable[Pair]) -> float:
    concepts = notes.concepts()
    wanted = list(pairs)
    texts = {id: explanation(notes, concepts[id]) for id in {after for _, after in wanted} if id in concepts}
    named = sum(
        before in concepts and after in texts and is_named_in(concepts[before], texts[after])
        for before, after in wanted
    )
    return share(named, len(wanted))


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file of labels, by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


# Evidence


@dataclass(frozen=True, slots=True)
class EvidenceScore:
    """How many pieces of evidence there are; those whose quote does not stand at its lines, and those whose
    quote does not name the prerequisite."""

    name: str
    pieces: int
    misplaced: tuple[str, ...]
    unnamed: tuple[str, ...]


def evidence_checked(name: str, notes: ReadNotes) -> EvidenceScore:
    """Every quote looked up in its file."""
    concepts = notes.concepts()
    lines: dict[str, list[str]] = {}
    misplaced, unnamed, pieces = [], [], 0
    for edge in notes.graph.prerequisites:
        for evidence in edge.evidence:
            place = evidence.location
            if place.path not in lines:
                source = (notes.folder / place.path).read_text(encoding="utf-8-sig", errors="replace")
                lines[place.path] = source.splitlines()
            there = lines[place.path][place.first_line - 1 : place.last_line]
            said = f"{place.path}:{place.first_line} {edge.prerequisite} -> {edge.target}: {evidence.quote}"
            pieces += 1
            if not stands_in(evidence.quote, there):
                misplaced.append(said)
            if not is_named_in(concepts[edge.prerequisite], _MARKS.sub("", evidence.quote)):
                unnamed.append(said)
    return EvidenceScore(name, pieces, tuple(misplaced), tuple(unnamed))


# Stated confidence


@dataclass(frozen=True, slots=True)
class Calibration:
    """A group of judged edges: how sure they are said to be on average, and the share that is right."""

    group: str
    edges: int
    confidence: float
    precision: float

    @property
    def gap(self) -> float:
        """How far what is stated lies above (or, negative, below) what is so."""
        return self.confidence - self.precision


_RANGES = ((0.0, 0.55), (0.55, 0.65), (0.65, 0.75), (0.75, 0.85), (0.85, 1.01))


def calibration(scores: Iterable[EdgeScore]) -> list[Calibration]:
    """By kind of evidence, then by range of confidence, over all judged edges."""
    edges = [j for each in scores for j in each.edges if j.verdict is not Verdict.UNJUDGED]
    kinds = [(str(kind), [j for j in edges if j.edge.evidence[0].kind is kind]) for kind in EvidenceKind]
    ranges = [
        (f"{low:.2f} to {min(high, 1):.2f}", [j for j in edges if low <= j.edge.confidence < high])
        for low, high in _RANGES
    ]
    return [_calibrated(group, members) for group, members in (*kinds, *ranges) if members]


def _calibrated(group: str, edges: list[JudgedEdge]) -> Calibration:
    right = sum(judged.verdict is Verdict.RIGHT for judged in edges)
    stated = sum(judged.edge.confidence for judged in edges) / len(edges)
    return Calibration(group, len(edges), stated, right / len(edges))
