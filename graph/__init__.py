"""Concepts and what comes first: from what notes say to a graph that knows what to learn before what."""
