"""Other names and first sentences against what the authors of notes wrote.

The labels come from the authors' own markup, read here by simpler means than the reader has: the bracketed
names in their lists of terms, "Synonym for ...", the paragraph under a heading or behind a colon.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from author_labels import names_of, rows_of
from measures import Score, labels_of
from notes import ReadNotes

from corpus import label_key, plain_text
from graph.model import Concept

_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*")
_POINTER = re.compile(
    r"^## (?P<name>[^\n]+)\n+(?:Synonym|Abbreviation) for\s+(?P<other>[^.\n]+(?:\n[^.\n]+)?)\.", re.MULTILINE
)
_ENTRY = re.compile(r"^#{2,4} (?P<term>[^\n]+)\n+(?P<text>(?:[^\n#][^\n]*\n)+)", re.MULTILINE)
_KRAMDOWN_ENTRY = re.compile(r"^\[(?P<term>[^\]]+)\]\{#[^}]*\}\n:\s+(?P<text>(?:[^\n]+\n)+)", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"\A\s*(?P<text>(?:[^\n#<{][^\n]*\n?)+)")
_SENTENCE = re.compile(r"(.+?[.!?])(?:\s+[A-Z(\"“]|\s*\Z)", re.DOTALL)
_NOT_A_NAME = ("gloss", "NOT a synonym", "variant of", "Perceptrons are the", "units or neurons")


@dataclass(frozen=True, slots=True)
class Wordings:
    """One collection: pairs of names that are one thing, and the first sentence of each definition."""

    name: str
    names: Score
    sentences: Score


def wordings(folder: Path, notes: ReadNotes) -> Wordings:
    """FOLDER's labels against what was read of its notes."""
    return Wordings(
        folder.name, _names_known(notes, set(_pairs(folder))), _sentences_right(notes, _sentences(folder))
    )


# Other names


def _pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Two names that the author gives one thing."""
    match folder.name:
        case "cncf-glossary":
            for row in rows_of(folder / "terms.tsv"):
                if row["abbrev"] and row["category"]:
                    yield row["term"], row["abbrev"]
        case "google-ml-glossary":
            for row in rows_of(folder / "terms.tsv"):
                yield from _bracketed(row["term"])
            text = (folder / "notes" / "glossary.md").read_text(encoding="utf-8")
            for match in _POINTER.finditer(text):
                yield plain_text(match["name"]), plain_text(match["other"])
        case "ibook-linear-algebra":
            for row in rows_of(folder / "glossary.tsv"):
                yield from _bracketed(row["term"])
        case "pytorch-notes":
            gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
            for pair in gold["synonyms"]:
                if not any(words in f"{pair['cue']} {pair.get('note', '')}" for words in _NOT_A_NAME):
                    yield pair["a"], pair["b"]


def _bracketed(term: str) -> Iterator[tuple[str, str]]:
    """`long form (ABC)`; what is not a short name in its brackets is no other name."""
    names = [name for name in names_of(term) if name != term]
    if len(names) == 2 and _ACRONYM.fullmatch(names[1]):
        yield names[0], names[1]


def _names_known(notes: ReadNotes, pairs: Iterable[tuple[str, str]]) -> Score:
    """A pair is found if both names find one concept, be it one of those that share an acronym. It is false
    if they find two."""
    owners = {pair: [_owner(notes, name) for name in pair] for pair in pairs}
    known_by = {(label_key(n), c.id) for c in notes.graph.concepts for n in c.shared_labels}
    right = [
        pair
        for pair, (one, other) in owners.items()
        if (one and one == other) or (label_key(pair[1]), one) in known_by
    ]
    false = [pair for pair, (one, other) in owners.items() if one and other and one != other]
    missed = [f"{one} = {other}" for one, other in owners if (one, other) not in right]
    return Score(
        len(right),
        len(right) + len(false),
        len(owners),
        tuple(sorted(missed)),
        tuple(sorted(f"{one} is not {other}" for one, other in false)),
    )


def _owner(notes: ReadNotes, term: str) -> str | None:
    """The concept that goes by a term, or by what stands without or in its brackets."""
    return next((id for name in names_of(term) if (id := notes.owner.get(label_key(name)))), None)


# First sentences


def _sentences(folder: Path) -> dict[str, str]:
    """The first sentence with which the author explains each term."""
    match folder.name:
        case "pytorch-notes":
            gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
            return {d["term"]: d["first_sentence"] for d in gold["definitions"] if not d["merge_into"]}
        case "ibook-linear-algebra":
            rows = rows_of(folder / "glossary.tsv")
            return {row["term"]: _first(row["definition"]) for row in rows}
        case "swc-shell":
            text = (folder / "notes" / "learners" / "reference.md").read_text(encoding="utf-8")
            return {m["term"]: _first(m["text"]) for m in _KRAMDOWN_ENTRY.finditer(text)}
        case "google-ml-glossary":
            text = (folder / "notes" / "glossary.md").read_text(encoding="utf-8")
            return {m["term"]: _first(m["text"]) for m in _ENTRY.finditer(text)}
        case "cncf-glossary":
            return dict(_pages(folder))
    return {}


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    for row in rows_of(folder / "terms.tsv"):
        file = folder / "notes" / f"{row['slug']}.md"
        if row["category"] and file.is_file():
            text = _FRONT_MATTER.sub("", file.read_text(encoding="utf-8"))
            paragraph = _FIRST_PARAGRAPH.match(text)
            if paragraph:
                yield row["term"], _first(paragraph["text"])


def _first(text: str) -> str:
    words = plain_text(text)
    match = _SENTENCE.match(words)
    return match[1] if match else words


def _sentences_right(notes: ReadNotes, wanted: Mapping[str, str]) -> Score:
    """Whether some definition of a concept begins with its author's first sentence."""
    concepts = notes.concepts()
    right, false, missed = 0, [], []
    for key, sentence in sorted(wanted.items()):
        concept = concepts.get(_owner(notes, key) or "")
        if concept is None or not concept.definitions:
            missed.append(f"{key}: {sentence[:80]}")
        elif _begins(concept, sentence):
            right += 1
        else:
            false.append(f"{key}: {concept.definitions[0].text[:60]!r} for {sentence[:60]!r}")
    return Score(right, right + len(false), len(wanted), tuple(missed), tuple(false))


def _begins(concept: Concept, sentence: str) -> bool:
    said = "".join(filter(str.isalnum, sentence.casefold()))
    texts = ("".join(filter(str.isalnum, d.text.casefold())) for d in concept.definitions)
    names = {"".join(filter(str.isalnum, label.casefold())) for label in labels_of(concept)}
    return any(text.startswith(said) or any(name + text == said for name in names) for text in texts)
