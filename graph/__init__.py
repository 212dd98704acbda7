"""Concepts and what comes first: from what notes say to a graph that knows what to learn before what."""

from graph.building import build_graph
from graph.model import ConceptGraph

__all__ = ["ConceptGraph", "build_graph"]
