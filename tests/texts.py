"""Texts as notes: documents, a corpus and its graph from strings, without files."""

import hashlib
from collections.abc import Mapping

from hypothesis import strategies as st

from corpus.documents import read_document
from corpus.languages import told_apart
from corpus.model import Corpus, Document, SourceLocation
from corpus.order import in_reading_order, lessons_of
from graph import ConceptGraph, build_graph


def document(text: str, path: str = "notes.md", slug: str = "") -> Document:
    return read_document(text, path, slug, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


def of_file(text: str) -> tuple[str, str]:
    """The text of a case and its path: the first line may name the file, as `@Mirepoix.md`."""
    first, _, rest = text.partition("\n")
    return (rest, first[1:]) if first.startswith("@") and first.endswith(".md") else (text, "notes.md")


def corpus_of(notes: str | Mapping[str, str]) -> Corpus:
    """One text, or several by their paths, as a corpus."""
    if isinstance(notes, str):
        read = [document(notes)]
    elif len(notes) == 1:
        read = [document(text, path) for path, text in notes.items()]
    else:
        read = [document(text, path, path.rsplit(".", 1)[0]) for path, text in notes.items()]
    ordered = in_reading_order(told_apart(read))
    return Corpus("Notes", ordered, lessons_of(ordered))


def graph_of(notes: str | Mapping[str, str]) -> ConceptGraph:
    return build_graph(corpus_of(notes))


def lines(place: SourceLocation) -> str:
    """`3-4`, as cases show it."""
    return f"{place.first_line}-{place.last_line}"


def collapsed(words: str) -> str:
    return " ".join(words.split())


def source_lines(notes: Mapping[str, str], place: SourceLocation) -> list[str]:
    """The lines of a place."""
    return notes[place.path].split("\n")[place.first_line - 1 : place.last_line]


# --- texts that look like notes, for property tests --------------------------------------------------------

_NAMES = st.sampled_from(
    [
        *("tensor", "vector space", "Cross-Entropy", "naïve Bayes", "matrix", "matrices", "tide", "tides"),
        *("stochastic gradient descent (SGD)", "SGD", "A* search", "C++", "bias", "learning rate", "Größe"),
        *(
            "`dim`",
            "*rank*",
            "x_1",
            "テンソル",
            "Introduction",
            "why",
            "3.2 Pooling",
            "$x^2$",
            "[norm](#norm)",
        ),
    ]
)
_GLUE = st.sampled_from(
    [
        *(" is a ", " of the ", " such as ", " (also called ", ") and ", ", which is a kind of ", ". "),
        *(" needs a ", ": ", "\n", "? ", " – ", "<b>", "&amp;", "\\"),
    ]
)
_PROSE = st.lists(st.one_of(_NAMES, _GLUE, st.text(max_size=8)), min_size=1, max_size=9).map("".join)
_SHAPES = st.sampled_from(
    [
        "# {0}",
        "## {0}\n\n{1}",
        "### {0}\n\nA {1} that {2}.",
        "- {0}\n\n{1}",
        "* {0}\n  {1}",
        "**{0}**: {1}",
        "A **{0}** is a {1}",
        "{0}\n: {1}",
        "| Term | Definition |\n|---|---|\n| {0} | {1} |",
        "{1}.\n{0}\nThe {2}.",
        "Kinds of {0} include:\n\n- {1}\n- {2}",
        "> {0} is a {1}",
        "```\n{1}\n```",
        "<p align='center'>{0}</p>\n* {1}\n\n{2}",
        "Q: {0}?\nA: {1}\nE: {2}",
        "![{0}](x.png) [{1}](#{2})",
        "[{0}](https://example.org/docs/{1}) https://example.org/{2}",
        "---\n{0}: {1}\n---",
        "> **{0}**: a kind of {1}\n> that needs {2}",
        "> [!note] {0}\n> A {0} is a {1},\n> such as {2}.",
        "Prerequisites: {0}, [{1}](#{2})",
        "## Prerequisites\n\n- {0}\n- You should know {1}\n  before {2}",
        "## Objectives\n\nBy the end you will be able to:\n\n- Explain {0}\n- Draw {1}",
        "::: note\nRequires {0}\nand {1}.\n:::",
        "!!! tip\n    **{0}** is a kind of {1}\n    with {2}",
        '- A **{0}** is a kind of\n  {{{{< glossary_tooltip text="{1}" >}}}} by {2}.',
        "{{term}}`{0}` is a kind of [{1}]{{.small #{2}}}<br>&mdash; here.",
        "[[{0}|{1}]] is ==a kind of== {2} ^abc",
        "{1}",
    ]
)


def _filled(shape: str, *words: str) -> str:
    return shape.format(*words)


# Only line feeds, for files are read with their line ends made one; no NUL, which Markdown replaces.
NOTES = st.lists(st.builds(_filled, _SHAPES, _NAMES, _PROSE, _PROSE), max_size=8).map(
    lambda parts: "\n\n".join(parts).replace("\r", "").replace("\0", "")
)
