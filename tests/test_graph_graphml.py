"""GraphML, read back by networkx."""

from io import BytesIO

import networkx as nx

from corpus.model import RelationKind, SourceLocation
from graph.graphml import as_graphml
from graph.model import Concept, ConceptId, Evidence, EvidenceKind, Prerequisite, Relation

PLACE = SourceLocation("notes.md", 1, 1)


def concept(id: str, label: str) -> Concept:
    return Concept(ConceptId(id), label, (), (), (), None, None, 0)


def edge(one: str, other: str, confidence: float = 0.81234, implied: bool = False) -> Prerequisite:
    reason = Evidence(EvidenceKind.STATED, 0.9, "said", PLACE)
    return Prerequisite(ConceptId(one), ConceptId(other), confidence, (reason,), implied)


def read(written: bytes) -> "nx.MultiDiGraph[str]":
    found = nx.read_graphml(BytesIO(written), force_multigraph=True)
    assert isinstance(found, nx.MultiDiGraph)
    return found


def test_what_is_written_is_what_networkx_reads() -> None:
    ebb, tide = ConceptId("ebb"), ConceptId("tide")
    relation = Relation(RelationKind.EXAMPLE_OF, ebb, tide, "said", PLACE)
    graph = read(
        as_graphml(
            [concept("ebb", "Ebb"), concept("tide", "Tide")], [edge("tide", "ebb")], [(ebb, tide)], [relation]
        )
    )
    assert {id: graph.nodes[id]["label"] for id in graph} == {"ebb": "Ebb", "tide": "Tide"}
    assert sorted(graph.edges(data="kind")) == [
        ("ebb", "tide", "example-of"),
        ("ebb", "tide", "kind-of"),
        ("tide", "ebb", "prerequisite"),
    ]
    assert graph.edges["tide", "ebb", "e0"] == {
        "kind": "prerequisite",
        "confidence": 0.8123,
        "implied": False,
    }


def test_labels_of_any_characters_are_read_back() -> None:
    hostile = '<a> & "b" ]]> \x00\x1b \ud800 \ufffe ébb 潮'
    graph = read(as_graphml([concept("x", hostile)], [], [], []))
    assert graph.nodes["x"]["label"] == '<a> & "b" ]]> \ufffd\ufffd \ufffd \ufffd ébb 潮'


def test_a_graph_of_nothing_is_a_graph() -> None:
    assert len(read(as_graphml([], [], [], []))) == 0
