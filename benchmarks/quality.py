"""How good the answers are, measured against note collections whose truth is known.

    python benchmarks/quality.py [COLLECTION...] [--examples N] [--record]

The collections are third-party notes with labels, in the folder that GLOSSPATH_CORPORA names; without them
there is nothing to measure, and this says so. The lines under the tables say what the columns mean.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from author_labels import (
    Calibration,
    EvidenceScore,
    LinkScore,
    PrerequisiteScore,
    QuestionScore,
    calibration,
    evidence_checked,
    links_found,
    prerequisites_found,
    questions_found,
    term_labels,
    terms_found,
)
from hand_labels import HandLabelled, hand_labelled
from measures import EdgeScore, Score, Verdict
from notes import ReadNotes, corpora_folder, read_notes
from records import Table, command_line, write_record
from wordings import Wordings, wordings

HAND_LABELLED = "pytorch-notes"
WITH_TERMS = ("google-ml-glossary", "cncf-glossary", "swc-shell", "ibook-linear-algebra")
WITH_WORDINGS = (HAND_LABELLED, *WITH_TERMS)
WITH_LINKS = ("cncf-glossary", "google-ml-glossary")
WITH_QUESTIONS = ("ibook-linear-algebra",)
WITH_PREREQUISITES = ("ibook-linear-algebra", "exercism-python", "exercism-elixir")
COLLECTIONS = tuple(dict.fromkeys((HAND_LABELLED, *WITH_TERMS, *WITH_LINKS, *WITH_PREREQUISITES)))
STRONG = 0.7


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes a record if asked; returns the exit status."""
    options = _options(arguments)
    folder = corpora_folder()
    if folder is None:
        print("No labelled notes here, so quality is not measured; GLOSSPATH_CORPORA names their folder.")
        return 0
    wanted = [name for name in options.collections or COLLECTIONS if (folder / name).is_dir()]
    tables = []
    for table in measured(folder, wanted, options.examples):
        print(table.plain(), end="\n\n", flush=True)
        tables.append(table)
    if options.record:
        path = write_record("quality", "Quality", command_line("quality.py"), tables)
        print(f"Recorded in benchmarks/records/{path.name}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures glosspath's answers against labelled notes.")
    parser.add_argument("collections", nargs="*", metavar="COLLECTION", help="measure only these")
    parser.add_argument(
        "--examples", type=int, default=0, metavar="N", help="list up to N misses and false ones of each"
    )
    parser.add_argument(
        "--record", action="store_true", help="keep the tables in benchmarks/records/quality.md"
    )
    options = parser.parse_args(arguments)
    if unknown := set(options.collections) - set(COLLECTIONS):
        parser.error(f"there is no collection {min(unknown)!r}; there are {', '.join(COLLECTIONS)}")
    return options


def measured(folder: Path, wanted: Sequence[str], examples: int = 0) -> Iterator[Table]:
    """Every table, as soon as it is measured. Collections that are not in the folder are left out."""
    hand = hand_labelled(folder / HAND_LABELLED) if HAND_LABELLED in wanted else None
    notes: dict[str, ReadNotes] = {HAND_LABELLED: hand.notes} if hand else {}
    if hand:
        yield structure_table(hand)
        yield from _listed(((name, score) for name, score in hand.scores()), examples)
        yield rules_table(hand)
    for name in wanted:
        if name in (*WITH_TERMS, *WITH_PREREQUISITES):
            notes[name] = read_notes(folder / name / "notes")
    terms = {n: terms_found(notes[n], term_labels(folder / n)) for n in WITH_TERMS if n in wanted}
    if terms:
        yield terms_table(terms)
        yield from _listed(terms.items(), examples)
    quizzes = [questions_found(folder / name, notes[name]) for name in WITH_QUESTIONS if name in wanted]
    if hand or quizzes:
        yield questions_table(hand, quizzes)
        yield from _listed(((quiz.name, quiz.answered) for quiz in quizzes), examples)
    words = [wordings(folder / name, notes[name]) for name in WITH_WORDINGS if name in notes]
    if words:
        yield wordings_table(words)
        yield from _listed(((f"other names in {w.name}", w.names) for w in words), examples)
        yield from _listed(((f"first sentences in {w.name}", w.sentences) for w in words), examples)
    links = [links_found(folder / name) for name in WITH_LINKS if name in wanted]
    if links:
        yield links_table(links)
        yield from _listed(((link.name, link.pairs) for link in links), examples)
    edges = [prerequisites_found(folder / n, notes[n]) for n in WITH_PREREQUISITES if n in wanted]
    yield from _edge_tables(hand, edges, examples)
    evidence = [evidence_checked(name, read) for name, read in notes.items()]
    yield evidence_table(evidence)
    yield from _failing(evidence, examples)


def _edge_tables(
    hand: HandLabelled | None, others: Sequence[PrerequisiteScore], examples: int
) -> Iterator[Table]:
    if hand:
        yield prerequisites_table(
            [PrerequisiteScore(HAND_LABELLED, hand.edges, hand.textual_ceiling, hand.unknown), *others]
        )
    elif others:
        yield prerequisites_table(others)
    scores = ((HAND_LABELLED, hand.edges),) if hand else ()
    for name, edges in (*scores, *((each.name, each.edges) for each in others)):
        yield from _wrong_edges(name, edges, examples)
    believed = [*([hand.edges] if hand else []), *(e.edges for e in others if e.name.startswith("ibook"))]
    if believed:
        yield calibration_table(calibration(believed))


# Tables


def structure_table(hand: HandLabelled) -> Table:
    """What was read, against the labels made by hand."""
    rows = tuple(
        (name, *_counts(score), _share(score.precision), _share(score.recall))
        for name, score in hand.scores()
    )
    return Table(
        f"What was read: {HAND_LABELLED}", ("", "right", "found", "labelled", "precision", "recall"), rows
    )


def rules_table(hand: HandLabelled) -> Table:
    """What must not be, and what is found of what the notes state."""
    rows = (
        (
            "prerequisites that the notes state, found",
            f"{hand.textual.right} of {hand.textual.wanted}",
            _share(hand.textual.recall),
        ),
        (
            "prerequisites that a teacher would add, found",
            f"{hand.background.right} of {hand.background.wanted}",
            _share(hand.background.recall),
        ),
        (
            "closure precision without contested pairs",
            f"{hand.uncontested.count(Verdict.RIGHT)} of {hand.uncontested.judged}",
            _share(hand.uncontested.closure_precision),
        ),
        (
            f"words never defined, found among {hand.undefined.found}",
            f"{hand.undefined.right} of {hand.undefined.wanted}",
            _share(hand.undefined.recall),
        ),
        ("edges that must not be", f"{len(hand.forbidden)} of {hand.forbidden_of}", ""),
        ("labels wrongly merged", f"{len(hand.merged)} of {hand.merged_of}", ""),
        ("lists wrongly taken for kinds", str(len(hand.false_kinds)), ""),
        ("definition cycles not reported", str(len(hand.unreported_cycles)), ""),
        ("labelled concepts that are none here", str(len(hand.unknown)), ""),
    )
    return Table(f"What the graph says: {HAND_LABELLED}", ("", "", "share"), rows)


def terms_table(terms: dict[str, Score]) -> Table:
    """Terms found, a collection a row."""
    rows = tuple(
        (name, *_counts(s), _share(s.precision), _share(s.recall), _share(s.f1)) for name, s in terms.items()
    )
    return Table(
        "Terms found",
        ("", "right", "found", "labelled", "precision", "recall", "F1"),
        rows,
        "A concept with a definition counts, by its folded labels; of a book, those defined in its glossary.",
    )


def questions_table(hand: HandLabelled | None, quizzes: Iterable[QuestionScore]) -> Table:
    """Quiz items found, a collection a row."""
    rows = [(HAND_LABELLED, *_counts(hand.questions), _share(hand.questions.recall), "")] if hand else []
    rows += [
        (q.name, *_counts(q.answered), _share(q.answered.recall), f"{q.about.right} of {q.about.wanted}")
        for q in quizzes
    ]
    return Table(
        "Questions found with the right answer",
        ("", "right", "found", "labelled", "recall", "about the right concept"),
        tuple(rows),
        "Found: in the files that hold the quizzes. About: of the labelled concepts that are concepts here.",
    )


def wordings_table(collections: Iterable[Wordings]) -> Table:
    """Other names and first sentences, a collection a row."""
    rows = tuple(
        (
            each.name,
            *_counts(each.names),
            _share(each.names.precision),
            _share(each.names.recall),
            f"{each.sentences.right} of {each.sentences.found}",
            _share(each.sentences.precision),
        )
        for each in collections
    )
    return Table(
        "Other names and first sentences",
        ("", "names right", "found", "labelled", "precision", "recall", "sentences right", "share"),
        rows,
        "A pair of names is right if both find one concept, wrong if they find two. A first sentence is\n"
        "right if a definition begins with the one that the author explains the term with.",
    )


def links_table(links: Iterable[LinkScore]) -> Table:
    """Links found, a collection a row."""
    rows = tuple(
        (
            link.name,
            *_counts(link.pairs),
            _share(link.pairs.precision),
            _share(link.pairs.recall),
            _share(link.pairs.f1),
            _share(link.ceiling),
            _share(link.agreement),
            _share(link.at_most),
        )
        for link in links
    )
    return Table(
        "Links found from plain text",
        ("", "right", "found", "labelled", "precision", "recall", "F1", "ceiling", "authors", "F1 at most"),
        rows,
        "Pairs of concepts; the authors' own links were taken out first. Authors leave many uses unlinked:\n"
        "precision counts those as wrong. Ceiling: the share of their pairs that known labels name at all.\n"
        "Authors: of the uses of concepts that they link elsewhere, those that they link. F1 at most: if it\n"
        "were told for each concept how often they link it, and all its uses were linked or none.",
    )


def prerequisites_table(scores: Iterable[PrerequisiteScore]) -> Table:
    """Edges against labels, each collection with all edges and with the strong ones."""
    rows: list[tuple[str, ...]] = []
    for each in scores:
        rows.append(_edge_row(each.name, each.edges, each))
        rows.append(_edge_row(f"  confidence {STRONG} and more", each.edges.believed(STRONG), None))
    return Table(
        "Prerequisites",
        (
            "",
            "edges",
            "judged",
            "direction",
            "closure",
            "of all",
            "recall",
            "direct P",
            "direct F1",
            "ceiling",
            "unknown",
        ),
        tuple(rows),
        "Judged: both ends are labelled. Direction: the right way, of those that the labels order. Closure:\n"
        "judged edges that follow from the labels; of all: unjudged ones counted as wrong. Recall: labelled\n"
        "edges found as such. Ceiling: those whose prerequisite is named where the target is explained.",
    )


def _edge_row(name: str, edges: EdgeScore, whole: PrerequisiteScore | None) -> tuple[str, ...]:
    direct = edges.labelled
    labelled = (
        (
            _share(direct.recall),
            _share(direct.precision),
            _share(direct.f1),
            _share(whole.ceiling),
            str(len(whole.unknown)),
        )
        if whole
        else ("",) * 5
    )
    shares = (edges.direction, edges.closure_precision, edges.closure_precision_of_all)
    return (name, str(len(edges.edges)), str(edges.judged), *map(_share, shares), *labelled)


def evidence_table(scores: Iterable[EvidenceScore]) -> Table:
    """Whether quotes stand where they are said to, and name what they speak for."""
    rows = tuple(
        (
            s.name,
            str(s.pieces),
            _share(1 - len(s.misplaced) / max(1, s.pieces)),
            _share(1 - len(s.unnamed) / max(1, s.pieces)),
        )
        for s in scores
    )
    return Table("Evidence", ("", "pieces", "stands at its lines", "names the prerequisite"), rows)


def calibration_table(groups: Iterable[Calibration]) -> Table:
    """Stated confidence against what is so."""
    rows = tuple(
        (g.group, str(g.edges), _share(g.confidence), _share(g.precision), f"{g.gap:+.3f}") for g in groups
    )
    return Table(
        "Stated confidence",
        ("", "edges", "stated", "right", "gap"),
        rows,
        "By the kind of the strongest evidence, then by confidence; judged edges of pytorch-notes and ibook.",
    )


# Examples


def _listed(scores: Iterable[tuple[str, Score]], examples: int) -> Iterator[Table]:
    for name, score in scores:
        rows = [("missed", item) for item in score.missed[:examples]] + [
            ("false", item) for item in score.false[:examples]
        ]
        if rows:
            yield Table(f"Examples: {name}", ("", "what"), tuple(rows))


def _wrong_edges(name: str, edges: EdgeScore, examples: int) -> Iterator[Table]:
    wrong = [j for j in edges.edges if j.verdict in (Verdict.REVERSED, Verdict.UNRELATED)]
    wrong.sort(key=lambda j: -j.edge.confidence)
    rows = [
        (
            f"{j.verdict} {j.edge.prerequisite} -> {j.edge.target}",
            f"{j.edge.confidence:.2f}",
            f"{e.kind}: {e.quote[:110]}",
        )
        for j in wrong[:examples]
        for e in j.edge.evidence[:1]
    ]
    rows += [(f"missed {pair}", "", "") for pair in edges.labelled.missed[:examples]]
    if rows:
        yield Table(f"Examples: edges of {name}", ("", "confidence", "evidence"), tuple(rows))


def _failing(scores: Iterable[EvidenceScore], examples: int) -> Iterator[Table]:
    for each in scores:
        rows = [("misplaced", said) for said in each.misplaced[:examples]]
        rows += [("does not name", said) for said in each.unnamed[:examples]]
        if rows:
            yield Table(f"Examples: evidence in {each.name}", ("", "what"), tuple(rows))


def _counts(score: Score) -> tuple[str, str, str]:
    return str(score.right), str(score.found), str(score.wanted)


def _share(value: float) -> str:
    return f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
