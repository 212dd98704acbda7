"""Which names the notes give one thing: acronyms, "also called", "synonym for"."""

import re

import pytest
from cases import Case, load
from hypothesis import given
from hypothesis import strategies as st
from texts import document, lines

from corpus.acronyms import is_acronym_of, name_pairs
from corpus.model import AliasKind, SourceLocation
from corpus.names import split_names
from corpus.other_names import pointer


def names_in(text: str) -> str:
    """What a text says about names, as the cases show it."""
    read = document(text)
    stated = [
        f"{d.term} = {a.label} ({a.kind})  {lines(a.location)}" for d in read.definitions for a in d.aliases
    ]
    pairs = [f"{p.long} ~ {p.short}  {lines(p.location)}" for p in read.name_pairs]
    return "\n".join([*stated, *pairs]) or "nothing"


@pytest.mark.parametrize("case", load("names.md"), ids=str)
def test_names(case: Case) -> None:
    case.check(names_in(case.input))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("SGD", "stochastic gradient descent"),
        ("ReLU", "rectified linear unit"),
        ("CNNs", "convolutional neural network"),
        ("k-NN", "k nearest neighbours"),
    ],
)
def test_letters_that_stand_for_words(short: str, long: str) -> None:
    assert is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("SGD", "gradient descent"),
        ("GDS", "stochastic gradient descent"),
        ("A", "apple"),
        ("", "apple"),
        ("CNN", ""),
        ("tide", "tides"),
        ("UK", "Anna Smith"),
    ],
)
def test_letters_that_do_not(short: str, long: str) -> None:
    assert not is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("term", "name", "others"),
    [
        ("stochastic gradient descent (SGD)", "stochastic gradient descent", ["SGD"]),
        ("SGD (stochastic gradient descent)", "SGD", ["stochastic gradient descent"]),
        ("Convolutional Neural Networks (CNNs)", "Convolutional Neural Networks", ["CNN"]),
        ("ebb (also called falling tide or low run)", "ebb", ["falling tide", "low run"]),
        ("ebb", "ebb", []),
        ("ebb (of the sea)", "ebb (of the sea)", []),
        ("Gybe (US: jibe)", "Gybe", ["jibe"]),
        ("Autumn (American English: fall)", "Autumn", ["fall"]),
        ("Autumn (US – fall)", "Autumn", ["fall"]),
        ("Gybe (AU: jibe)", "Gybe", ["jibe"]),
        ('Gybe (us: "jibe")', "Gybe", ["jibe"]),
        ("Ebb (synonyms: falling tide)", "Ebb", ["falling tide"]),
        ("Anchor (US-style)", "Anchor (US-style)", []),
        ("Tacking (sailing)", "Tacking (sailing)", []),
        ("Reefing (optional)", "Reefing (optional)", []),
    ],
)
def test_a_term_is_taken_apart(term: str, name: str, others: list[str]) -> None:
    found, aliases = split_names(term, SourceLocation("notes.md", 1, 1))
    assert (found, [a.label for a in aliases]) == (name, others)
    assert {a.kind for a in aliases} <= {AliasKind.ACRONYM, AliasKind.ALSO_CALLED}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Synonym for learning rate.", "learning rate"),
        ("Another term for **ebb**", "ebb"),
        ("An abbreviation of nothing that we know: it is long.", None),
        ("The falling of the tide.", None),
        ("See what happens when the moon is full and the sea is high.", None),
    ],
)
def test_a_text_that_only_points_to_another_name(text: str, target: str | None) -> None:
    assert pointer(text) == target


@given(st.text(alphabet="ABCab (){}\n-'’.,ß&9", max_size=60))
def test_pairs_stand_where_they_say(text: str) -> None:
    for pair in name_pairs(text):
        words = " ".join(text[pair.start : pair.end].split())
        assert pair.long in words
        assert pair.short in words


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ion (n.)", "Ion"),
        ("Bit (noun)", "Bit"),
        ("Fast-forward 🚀", "Fast-forward"),
        ("✅ Done list", "Done list"),
        ("C♯", "C♯"),
        ("🚀", "🚀"),
        ("Sail (rig)", "Sail (rig)"),
    ],
)
def test_a_name_is_without_its_part_of_speech_and_ornaments(written: str, name: str) -> None:
    assert split_names(written, SourceLocation("", 1, 1))[0] == name


_WORDS = st.sampled_from(["ebb", "low water", "tide (sea)", "spring tide"])
_MARKUP = st.sampled_from(
    ["**{}**", "*{}*", "`{}`", "<b>{}</b>", "[{}](x.md)", "<i>*{}*</i>", "_{}_", "[**{}**](y.md)"]
)
_NAMED = st.builds(str.format, _MARKUP, _WORDS)
_SAYING = st.sampled_from(
    [
        '---\ntitle: "{0}"\naliases: ["{1}"]\n---\n\nA tide is the rise of the sea.',
        "# {0}\n\nThe falling of the tide, also called {1}.",
        "<h2>{0}</h2>\n\nThe falling of the tide.",
        "{0}: the falling of the tide, also known as {1}.",
        "- {0} - the falling of the tide.\n- {1} - the rising of the tide.",
        '{{{{Glossary("x", "{0}")}}}}: the falling of the tide.',
        'The **{{{{Glossary("x", "{1}")}}}}** is a tide.',
        "{0}\n: The falling of the tide.",
        "| Term | Meaning |\n|---|---|\n| {0} | the falling of the tide |\n| {1} | its rising |",
        "<dl><dt>{0}</dt><dd>The falling of the tide.</dd></dl>",
    ]
)


@given(st.builds(str.format, _SAYING, _NAMED, _NAMED))
def test_no_label_has_markup(text: str) -> None:
    read = document(text)
    labels = [
        read.title,
        *(s.title for s in read.sections),
        *(d.term for d in read.definitions),
        *(alias.label for d in read.definitions for alias in d.aliases),
        *(name for pair in read.name_pairs for name in (pair.long, pair.short)),
    ]
    assert [label for label in labels if re.search(r"[*`<>\[\]{}]", label)] == []
