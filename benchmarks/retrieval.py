"""How well searching finds what is meant: judged queries over the bundled notes, and classic collections.

    python benchmarks/retrieval.py [--record] [--misses]

judged-queries.tsv has a query a line, what kind of query it is, and the titles of which any hit is right. The
classic collections are third-party, in the folder that GLOSSPATH_CORPORA names; without it they are left out.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from notes import corpora_folder
from records import Table, command_line, write_record

from corpus import read_corpus, sample_folder
from corpus.model import (
    Corpus,
    Document,
    Passage,
    PassageKind,
    Section,
    SectionContent,
    SectionId,
    SourceLocation,
)
from graph import build_graph
from graph.model import ConceptGraph
from indexer import Snapshot, build_snapshot, open_snapshot
from indexer.engines import engines_here

JUDGED = Path(__file__).parent / "judged-queries.tsv"
LOOKED_AT = 10  # hits of a judged query
# MAP and nDCG@10 of plain BM25 with Porter's stemmer, everything that was judged being relevant.
PLAIN = {"cranfield": (0.425, 0.518), "med": (0.520, 0.686)}
_NOTHING = ConceptGraph((), (), (), (), (), (), ())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes a record if asked; returns the exit status."""
    parser = argparse.ArgumentParser(description="Measures whether searching finds what is meant.")
    parser.add_argument("--record", action="store_true", help="keep the tables in benchmarks/records")
    parser.add_argument("--misses", action="store_true", help="list queries whose right answer is not first")
    options = parser.parse_args(arguments)
    answered = answered_queries(judged_queries())
    if options.misses:
        for one in answered:
            if one.rank != 1:
                print(f"{one.rank or '-'}  {one.query.kind}: {one.query.text}  (not {one.first!r})")
    tables = [judged_table(answered)]
    print(tables[0].plain(), end="\n\n", flush=True)
    folder = corpora_folder()
    each = [(name, engine) for name in PLAIN for engine in engines_here()] if folder else []
    scores = [collection_score(folder / "search" / name, engine) for name, engine in each] if folder else []
    if scores:
        tables.append(collections_table(scores))
        print(tables[-1].plain())
    if options.record:
        path = write_record("retrieval", "Retrieval", command_line("retrieval.py"), tables)
        print(f"Recorded in benchmarks/records/{path.name}")
    return 0


# Judged queries


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """What somebody types who wants something with one of the titles, folded."""

    kind: str
    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """The rank of the first right hit (0: not among those looked at), and the title of the first."""

    query: JudgedQuery
    rank: int
    first: str

    @property
    def reciprocal(self) -> float:
        """One over the rank."""
        return 1 / self.rank if self.rank else 0.0


def judged_queries() -> list[JudgedQuery]:
    """All of them, in the order of the file."""
    lines = (line for line in JUDGED.read_text(encoding="utf-8").splitlines() if line)
    fields = (line.split("\t") for line in lines)
    return [JudgedQuery(kind, text, frozenset(right.casefold().split("|"))) for kind, text, right in fields]


def answered_queries(queries: Sequence[JudgedQuery]) -> list[Answered]:
    """What a search in the bundled notes answers."""
    corpus = read_corpus([sample_folder()])
    with TemporaryDirectory() as data:
        snapshot = _built(Path(data), corpus, build_graph(corpus))
        answered = [_answered(snapshot, query) for query in queries]
        snapshot.close()
    return answered


def _answered(snapshot: Snapshot, query: JudgedQuery) -> Answered:
    titles = [hit.title for hit in snapshot.search(query.text, per_page=LOOKED_AT).hits]
    ranks = (rank for rank, title in enumerate(titles, 1) if title.casefold() in query.right)
    return Answered(query, next(ranks, 0), titles[0] if titles else "")


def mean_reciprocal_ranks(answered: Sequence[Answered]) -> dict[str, float]:
    """By kind of query, and of all."""
    kinds = dict.fromkeys(one.query.kind for one in answered)
    means = {kind: mean(one.reciprocal for one in answered if one.query.kind == kind) for kind in kinds}
    return {**means, "all": mean(one.reciprocal for one in answered)}


def judged_table(answered: Sequence[Answered]) -> Table:
    """A row for each kind of query."""
    rows = []
    for kind, reciprocal in mean_reciprocal_ranks(answered).items():
        of_kind = [one for one in answered if kind in (one.query.kind, "all")]
        first, found = sum(one.rank == 1 for one in of_kind), sum(one.rank > 0 for one in of_kind)
        rows.append((kind, f"{len(of_kind)}", f"{first}", f"{found}", f"{reciprocal:.3f}"))
    columns = ("", "queries", "right first", f"right in {LOOKED_AT}", "MRR")
    return Table("Judged queries over the bundled notes", columns, tuple(rows))


# Classic collections


@dataclass(frozen=True, slots=True)
class CollectionScore:
    """Means over the queries of a collection, as an engine answers them."""

    name: str
    engine: str
    queries: int
    average_precision: float
    ndcg: float


def collection_score(folder: Path, engine: str = "whoosh") -> CollectionScore:
    """Every query that was judged, asked of all documents."""
    judged: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, _ = line.split()
        judged[query].add(document)
    queries = (line.split("\t", 1) for line in _lines(folder / "queries.tsv"))
    with TemporaryDirectory() as data:
        snapshot = _built(Path(data), _collection(folder), _NOTHING, engine)
        ranked = [(list(_ranking(snapshot, text)), judged[id]) for id, text in queries if judged[id]]
        snapshot.close()
    precisions = [average_precision(ranking, right) for ranking, right in ranked]
    ndcgs = [ndcg(ranking, dict.fromkeys(right, 1)) for ranking, right in ranked]
    return CollectionScore(folder.name, engine, len(ranked), mean(precisions), mean(ndcgs))


def average_precision(ranking: Sequence[str], right: set[str]) -> float:
    """The mean precision at the ranks of all that is right.

    >>> average_precision(["a", "x", "b"], {"a", "b"})
    0.8333333333333333
    """
    found, precisions = 0, 0.0
    for rank, id in enumerate(ranking, 1):
        if id in right:
            found += 1
            precisions += found / rank
    return precisions / len(right)


def ndcg(ranking: Sequence[str], gains: Mapping[str, int], depth: int = 10) -> float:
    """The discounted gain of the first hits, as a share of the best that there could be.

    >>> ndcg(["a", "b"], {"a": 1, "b": 1})
    1.0
    """
    best = sorted(gains.values(), reverse=True)
    return _discounted([gains.get(id, 0) for id in ranking[:depth]]) / _discounted(best[:depth])


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


def collections_table(scores: Sequence[CollectionScore]) -> Table:
    """A row for each collection, with what plain BM25 reaches."""
    rows = tuple(
        (
            *(
                score.name,
                score.engine,
                f"{score.queries}",
                f"{score.average_precision:.3f}",
                f"{PLAIN[score.name][0]:.3f}",
            ),
            *(f"{score.ndcg:.3f}", f"{PLAIN[score.name][1]:.3f}"),
        )
        for score in scores
    )
    columns = ("", "engine", "queries", "MAP", "plain BM25", "nDCG@10", "plain BM25")
    return Table("Classic collections", columns, rows, "Plain: BM25 with Porter's stemmer, one field.")


def _collection(folder: Path) -> Corpus:
    """A document a section: it is searching that is measured, not reading."""
    return Corpus(folder.name, tuple(map(_document, map(json.loads, _lines(folder / "docs.jsonl")))), ())


def _document(given: Mapping[str, str]) -> Document:
    title, text = (" ".join((given.get(name) or "").split()) for name in ("title", "text"))
    text = text.removeprefix(title)  # cranfield's texts begin with their titles
    where = SourceLocation(f"{given['id']}.md", 1, 1)
    passage = Passage(text, PassageKind.PARAGRAPH, where)
    id, content = SectionId(given["id"]), SectionContent.TEXT
    section = Section(id, title, 1, given["id"], None, where, content, "", (passage,))
    return Document(where.path, given["id"], title, given["id"], (section,))


def _ranking(snapshot: Snapshot, query: str) -> Iterator[str]:
    page = 1
    while hits := snapshot.search(query, page=page, per_page=100).hits:
        yield from (hit.id for hit in hits)
        page += 1


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _built(data: Path, corpus: Corpus, graph: ConceptGraph, engine: str = "whoosh") -> Snapshot:
    build_snapshot(data, corpus, graph, engine=engine)
    return open_snapshot(data)


if __name__ == "__main__":
    sys.exit(main())
