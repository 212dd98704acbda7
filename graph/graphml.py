"""The concepts and what connects them as GraphML, for programs that draw and measure graphs."""

import re
from collections.abc import Iterable
from io import BytesIO

import networkx as nx

from graph.model import Concept, ConceptId, Prerequisite, Relation

# What XML cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PREREQUISITE, KIND_OF = "prerequisite", "kind-of"


def as_graphml(
    concepts: Iterable[Concept],
    prerequisites: Iterable[Prerequisite],
    broader: Iterable[tuple[ConceptId, ConceptId]],
    relations: Iterable[Relation],
) -> bytes:
    """A directed graph. Its nodes have a label, a definition ("" for a stub) and a lesson; of its edges the
    `kind` says what the source is to the target: its prerequisite, a kind, a part or an example of it.
    `broader` are pairs, the narrower one first."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for concept in concepts:
        graph.add_node(
            without_controls(concept.id),
            label=without_controls(concept.pref_label),
            definition=without_controls(concept.definitions[0].text) if concept.definitions else "",
            lesson=without_controls(concept.lesson or ""),
        )
    edges = [
        *((e.prerequisite, e.target, PREREQUISITE, e.confidence, e.implied) for e in prerequisites),
        *((narrower, wider, KIND_OF, 1.0, False) for narrower, wider in broader),
        *((r.one, r.other, str(r.kind), 1.0, False) for r in relations),
    ]
    for number, (source, target, kind, confidence, implied) in enumerate(dict.fromkeys(edges)):
        graph.add_edge(
            without_controls(source),
            without_controls(target),
            key=f"e{number}",
            kind=kind,
            confidence=round(confidence, 4),
            implied=implied,
        )
    written = BytesIO()
    nx.write_graphml_xml(graph, written)
    return written.getvalue() + b"\n"


def without_controls(words: str) -> str:
    """Words without the characters that no XML document may hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", words)
