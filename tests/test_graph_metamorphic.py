"""What must change the prerequisites, and what must not: a sentence less, another order, another shape,
a copy, other notes beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from texts import corpus_of, graph_of

from corpus import read_corpus, sample_folder
from corpus.model import Corpus
from corpus.order import lessons_of
from graph import ConceptGraph, build_graph
from graph.model import EvidenceKind, Prerequisite

STRONG = 0.7
_IN_DEFINITIONS = {EvidenceKind.KIND, EvidenceKind.NEEDS, EvidenceKind.IS_A, EvidenceKind.DEFINITION}

SEA = {
    "tide.md": "# Tide\n\nThe rise and fall of the sea, twice a day.\n",
    "moon.md": "# Moon\n\nThe stone in the sky that pulls at the sea in a tide.\n",
    "spring.md": "# Spring tide\n\nA kind of tide that comes with the full moon.\n",
    "bore.md": "# Bore\n\nA spring tide that runs up a river as a wave.\n",
    "gauge.md": "# Tide gauge\n\nA stick with marks that is set up in the reach of a tide.\n",
}
UNRELATED = """# Bread words

**Crumb**: what is inside of a loaf.

**Crust**: what is outside of a loaf, around the crumb.

**Leaven**: what makes a dough rise.

**Sourdough**: a leaven of flour and water that has stood for days.
"""


def edges_of(graph: ConceptGraph) -> dict[tuple[str, str], Prerequisite]:
    return {(e.prerequisite, e.target): e for e in graph.prerequisites}


def sample() -> dict[str, str]:
    """The bundled notes, by path."""
    root = Path(str(sample_folder()))
    files = sorted(file for file in root.rglob("*.md"))
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}


NOTES = {"the sea": SEA, "the sample": sample()}
notes = pytest.mark.parametrize("texts", NOTES.values(), ids=NOTES)


# --- a sentence less ---------------------------------------------------------------------------------------


def without(texts: Mapping[str, str], quotes: Iterator[tuple[str, str]]) -> dict[str, str]:
    """The notes without the words quoted from them, whatever white space they stand in there."""
    left = dict(texts)
    for path, quote in quotes:
        words = r"\s+(?:>\s*)*".join(map(re.escape, quote.split()))
        left[path] = re.sub(words, "", left[path])
    return left


@notes
def test_without_the_words_that_say_so_an_edge_is_believed_less_or_gone(texts: dict[str, str]) -> None:
    before = edges_of(graph_of(texts))
    assert len(before) >= 5
    for pair, edge in list(before.items())[:25]:
        left = without(texts, ((e.location.path, e.quote) for e in edge.evidence))
        assert left != texts
        after = edges_of(graph_of(left)).get(pair)
        assert after is None or after.confidence < edge.confidence, pair


# --- another order -----------------------------------------------------------------------------------------


def reversed_lessons(corpus: Corpus) -> Corpus:
    documents = tuple(reversed(corpus.documents))
    return replace(corpus, documents=documents, lessons=lessons_of(documents))


@notes
def test_no_strong_edge_of_a_definition_turns_round_with_the_lessons(texts: dict[str, str]) -> None:
    corpus = corpus_of(texts)
    before, after = edges_of(build_graph(corpus)), edges_of(build_graph(reversed_lessons(corpus)))
    strong = {
        pair
        for pair, edge in before.items()
        if edge.confidence >= STRONG and {e.kind for e in edge.evidence} & _IN_DEFINITIONS
    }
    assert strong
    assert not {(target, needed) for needed, target in strong} & after.keys()
    # What is said in words of the target's own stands in any order.
    stated = {
        p for p in strong if {e.kind for e in before[p].evidence} & {EvidenceKind.KIND, EvidenceKind.IS_A}
    }
    assert stated <= after.keys()


# --- another shape -----------------------------------------------------------------------------------------

_TERMS = {
    "Tide": "The rise and fall of the sea, twice a day.",
    "Spring tide": "A kind of tide that comes with the full moon.",
    "Bore": "A spring tide that runs up a river as a wave.",
    "Tide gauge": "A stick with marks that is set up in the reach of a tide.",
}
_SHAPES = {
    "headings": lambda term, text: f"## {term}\n\n{text}\n",
    "bold and colon": lambda term, text: f"**{term}**: {text}\n",
    "bullets": lambda term, text: f"* {term}\n\n  {text}\n",
    "definition list": lambda term, text: f"{term}\n: {text}\n",
    "html": lambda term, text: f"<dl><dt>{term}</dt><dd>{text}</dd></dl>\n",
}


@pytest.mark.parametrize("shape", _SHAPES)
def test_the_same_definitions_in_another_shape_make_the_same_edges(shape: str) -> None:
    def said(shape: str) -> set[tuple[str, str, float]]:
        text = "# Sea\n\nWords.\n\n" + "\n".join(_SHAPES[shape](*item) for item in _TERMS.items())
        return {(*pair, edge.confidence) for pair, edge in edges_of(graph_of(text)).items()}

    assert said(shape) == said("headings") != set()


# --- a second copy, and other notes ------------------------------------------------------------------------


@notes
def test_a_file_given_twice_changes_no_edge(texts: dict[str, str], tmp_path: Path) -> None:
    def built(folder: Path, *copies: str) -> dict[tuple[str, str], float]:
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        for path in copies:
            (folder / path).with_suffix(".copy.md").write_text(texts[path], encoding="utf-8")
        graph = build_graph(read_corpus([folder]))
        return {pair: edge.confidence for pair, edge in edges_of(graph).items()}

    assert built(tmp_path / "once") == built(tmp_path / "twice", *sorted(texts)[-2:])


@notes
def test_an_unrelated_glossary_changes_no_edge(texts: dict[str, str]) -> None:
    before, after = edges_of(graph_of(texts)), edges_of(graph_of({**texts, "zz-bread.md": UNRELATED}))
    assert {pair: edge for pair, edge in after.items() if pair in before} == before
    assert after.keys() - before.keys() == {("crumb", "crust"), ("leaven", "sourdough")}
