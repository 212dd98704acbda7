"""What must change nothing: the shape of a definition, a second copy, other words for the same things."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from texts import graph_of

from corpus import label_key, read_corpus, sample_folder
from corpus.definitions import points_to
from graph import ConceptGraph, build_graph
from graph.model import Concept

# --- one definition, many shapes ---------------------------------------------------------------------------

WORDS = [
    ("spring tide", "A tide with a large range that comes with the full moon."),
    ("slack water", "A moment in which there is hardly any current."),
    ("global positioning system (GPS)", "A set of satellites that tells a ship where it is."),
    ("chart datum", "The level from which the depths on a chart are measured, also called zero line."),
    ("bowline", "A knot that makes a loop which does not slip."),
]


def heading(term: str, text: str) -> str:
    return f"## {term}\n\n{text}\n"


def bullet(term: str, text: str) -> str:
    return f"* {term}\n\n{text}\n"


def indented(term: str, text: str) -> str:
    return f"- {term}\n\n  {text}\n"


def nested(term: str, text: str) -> str:
    return f"- {term}\n  - {text}\n"


def bold(term: str, text: str) -> str:
    return f"**{term}**: {text}\n"


def dashed(term: str, text: str) -> str:
    return f"- **{term}** - {text}\n"


def plain(term: str, text: str) -> str:
    return f"- {term}: {text}"


def listed(term: str, text: str) -> str:
    return f"{term}\n: {text}\n"


def tagged(term: str, text: str) -> str:
    return f"<dl>\n<dt>{term}</dt>\n<dd>{text}</dd>\n</dl>\n"


def row(term: str, text: str) -> str:
    return f"| {term} | {text} |"


SHAPES: list[tuple[Callable[[str, str], str], str]] = [
    (heading, ""),
    (bullet, ""),
    (indented, ""),
    (nested, ""),
    (bold, ""),
    (dashed, ""),
    (plain, ""),
    (listed, ""),
    (tagged, ""),
    (row, "| Term | Meaning |\n|---|---|\n"),
]


def said(graph: ConceptGraph) -> list[tuple[str, tuple[str, ...], list[str]]]:
    """Every concept by its labels and what defines it."""
    return sorted(
        (c.pref_label, tuple(sorted(c.alt_labels)), [d.text for d in c.definitions]) for c in graph.concepts
    )


@pytest.mark.parametrize(("shape", "head"), SHAPES, ids=[shape.__name__ for shape, _ in SHAPES])
def test_a_definition_says_the_same_in_every_shape(shape: Callable[[str, str], str], head: str) -> None:
    expected = [
        ("bowline", (), [WORDS[4][1]]),
        ("chart datum", ("zero line",), [WORDS[3][1]]),
        ("global positioning system", ("GPS",), [WORDS[2][1]]),
        ("slack water", (), [WORDS[1][1]]),
        ("spring tide", (), [WORDS[0][1]]),
    ]
    text = head + "\n".join(shape(term, words) for term, words in WORDS) + "\n"
    assert said(graph_of(text)) == expected


# --- a copy ------------------------------------------------------------------------------------------------


def labels(concepts: Iterable[Concept]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return sorted((c.pref_label, c.alt_labels, c.hidden_labels) for c in concepts)


@pytest.mark.parametrize("shape", [heading, bullet, bold, listed], ids=lambda shape: str(shape.__name__))
def test_a_file_given_twice_changes_no_label(shape: Callable[[str, str], str]) -> None:
    text = "# Words of the shore\n\n" + "\n".join(shape(*entry) for entry in WORDS)
    once, twice = graph_of({"a.md": text}), graph_of({"a.md": text, "b.md": text})
    assert labels(once.concepts) == labels(twice.concepts)


def test_the_sample_given_twice_changes_no_label(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for file in sorted(sample_folder().glob("*.md")):
            (tmp_path / name / file.name).write_bytes(file.read_bytes())
    once, twice = (build_graph(read_corpus([tmp_path / "one"])), build_graph(read_corpus([tmp_path])))
    assert labels(c for c in once.concepts if c.definitions) == labels(
        c for c in twice.concepts if c.definitions
    )


# --- made-up words -----------------------------------------------------------------------------------------

_SYLLABLES = ("bok", "lut", "kam", "mip", "dor", "rug", "gan", "pim", "zot", "nem")
# Words that grammar lives on are kept, whatever they name.
_KEPT = re.compile(r".*(?:ing|ed|s|ly|er|est)\Z")


def made_up(words: Sequence[str]) -> dict[str, str]:
    """A new word for each, with its first letter, so that short names still fit."""
    new = {}
    for number, word in enumerate(words):
        middle = "".join(_SYLLABLES[int(digit)] for digit in f"{number:03}")
        new[word] = f"{word[0]}{middle}"
    return new


def modifiers(graph: ConceptGraph) -> list[str]:
    """The words before the head noun in names of several words."""
    found = {
        word.casefold()
        for concept in graph.concepts
        # Letters of a short name may stand inside of words.
        if not any(label.isupper() for label in (concept.pref_label, *concept.alt_labels))
        for word in re.findall(r"[A-Za-z]+", concept.pref_label)[:-1]
        if len(word) >= 4
        and not word.isupper()
        and word.casefold() not in _COMMON
        and not _KEPT.match(word.casefold())
    }
    return sorted(found)


_COMMON = frozenset(
    "with from that this what when where into over under first last next early late more less most data "
    "test part type kind form class name term note step code time local random second third each".split()
)


def renamed(text: str, new: dict[str, str]) -> str:
    """A text with its words replaced, capitals kept. Code and addresses stay."""

    def other(match: re.Match[str]) -> str:
        word = match[1]
        made = new[word.casefold()]
        made = made.upper() if word.isupper() else made.capitalize() if word[0].isupper() else made
        return made + match[2]

    known = "|".join(sorted(new, key=len, reverse=True))
    words = re.compile(rf"(?<![A-Za-z])({known})(s?)(?![A-Za-z])", re.IGNORECASE)
    return words.sub(other, text)


def shape_of(graph: ConceptGraph, new: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Concepts by their renamed keys, each with the rules and places that define it."""
    for concept in graph.concepts:
        places = tuple(
            sorted(
                f"{d.style} {d.location.path}:{d.location.first_line}-{d.location.last_line}"
                for d in concept.definitions
                if points_to(d) is None
            )
        )
        yield label_key(renamed(concept.pref_label, new)), places


def check_renamed(folder: Path, target: Path) -> None:
    """Nothing changes but the words when the notes speak of made-up things."""
    texts = {
        file.relative_to(folder): file.read_text(encoding="utf-8-sig")
        for file in sorted(folder.rglob("*.md"))
    }
    before = build_graph(read_corpus([written(texts, target / "before")]))
    new = made_up(modifiers(before))
    assert new
    other = {name: renamed(text, new) for name, text in texts.items()}
    after = build_graph(read_corpus([written(other, target / "after")]))
    expected = sorted(shape_of(before, new))
    found = sorted(shape_of(after, {"~": "~"}))
    assert [c for c in expected if c not in found] == []
    assert [c for c in found if c not in expected] == []


def written(texts: Mapping[Path, str], target: Path) -> Path:
    for name, text in texts.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    return target


def test_made_up_words_change_nothing_but_the_words(tmp_path: Path) -> None:
    check_renamed(sample_folder(), tmp_path)


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["pytorch-notes", "cncf-glossary", "exercism-python"])
def test_made_up_words_change_nothing_in_real_notes(corpora: Path, tmp_path: Path, name: str) -> None:
    check_renamed(corpora / name / "notes", tmp_path)
