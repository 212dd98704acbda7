"""Notes that were read for a measurement, with what the graph made of them."""

import os
from dataclasses import dataclass
from pathlib import Path

from measures import owners

from corpus import read_corpus
from corpus.model import Corpus
from graph import build_graph
from graph.model import Concept, ConceptGraph

_BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """A folder of notes and what was found in it; `owner` holds concept ids by folded label."""

    folder: Path
    corpus: Corpus
    graph: ConceptGraph
    owner: dict[str, str]

    def concepts(self) -> dict[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.graph.concepts}


def read_notes(folder: Path) -> ReadNotes:
    """Reads and relates one folder, in this process, without a cache."""
    corpus = read_corpus([folder])
    graph = build_graph(corpus)
    return ReadNotes(folder, corpus, graph, owners(graph.concepts))


def corpora_folder() -> Path | None:
    """Where labelled notes are: GLOSSPATH_CORPORA, else beside the checkout; None where there are none."""
    folder = Path(os.environ.get("GLOSSPATH_CORPORA") or _BESIDE)
    return folder if folder.is_dir() else None
