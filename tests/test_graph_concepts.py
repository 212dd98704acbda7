"""Which names are names of one thing."""

import pytest
from cases import Case, load
from hypothesis import given, settings
from texts import NOTES, corpus_of, graph_of

from corpus.labels import label_key
from graph.concepts import concepts_of
from graph.memory import Memory
from graph.model import Concept, ConceptId


def shown(concept: Concept) -> str:
    """A concept as the cases show it."""
    alt = "".join(f" = {label}" for label in concept.alt_labels)
    hidden = f" ({', '.join(concept.hidden_labels)})" if concept.hidden_labels else ""
    shared = "".join(f" ~ {label}" for label in concept.shared_labels)
    times = f"{len(concept.definitions)}x" if concept.definitions else "stub"
    return f"{concept.id}: {concept.pref_label}{alt}{hidden}{shared}  {times}"


@pytest.mark.parametrize("case", load("concepts.md"), ids=str)
def test_concepts(case: Case) -> None:
    case.check("\n".join(map(shown, graph_of(case.input).concepts)) or "nothing")


def test_the_definition_shown_first_is_the_one_that_is_surest() -> None:
    (concept,) = graph_of(
        "Ebb is the falling of the tide.\n\n## Words\n\n**Ebb**: what follows the flood."
    ).concepts
    assert [d.style for d in concept.definitions] == ["bold-lead", "line-is"]
    assert concept.section == "words"


def test_every_label_says_where_and_in_which_words_it_is_stated() -> None:
    text = "Words.\n\n**Ebb**: the falling of the tide, also called low run.\n"
    _, places = concepts_of(corpus_of(text), Memory())
    said = {label: places.of(ConceptId("ebb"), label) for label in ("Ebb", "low run")}
    stated = {label: (place[0], place[1].first_line) for label, place in said.items() if place}
    assert stated == {"Ebb": ("Ebb", 3), "low run": ("low run", 3)}


def test_concepts_know_their_lesson() -> None:
    graph = graph_of("# Sea\n\n## Tides\n\n**Ebb**: the falling of the tide.\n")
    assert [(c.id, c.section, c.lesson) for c in graph.concepts] == [("ebb", "tides", "tides")]


@settings(max_examples=60)
@given(NOTES)
def test_a_label_belongs_to_one_concept_and_is_of_one_kind(text: str) -> None:
    concepts = graph_of(text).concepts
    keys = [label_key(name) for c in concepts for name in (c.pref_label, *c.alt_labels, *c.hidden_labels)]
    assert len(set(keys)) == len(keys)
    assert len({c.id for c in concepts}) == len(concepts)
    assert [c.position for c in concepts] == list(range(len(concepts)))


@settings(max_examples=60)
@given(NOTES)
def test_every_definition_belongs_to_one_concept(text: str) -> None:
    corpus = corpus_of(text)
    concepts, _ = concepts_of(corpus, Memory())
    found = sorted((d.location, d.term, d.text) for c in concepts for d in c.definitions)
    assert found == sorted((d.location, d.term, d.text) for doc in corpus.documents for d in doc.definitions)


def test_a_title_that_leaves_a_word_out_finds_what_its_document_defines() -> None:
    notes = {
        "a.md": "# Sea rescue\n\n## Sea air rescue\n\nThe finding of people in the sea by plane.",
        "b.md": "# Harbours\n\nThey all have sea rescue, and without sea rescue no ship goes out.",
    }
    assert [shown(c) for c in graph_of(notes).concepts] == [
        "sea-air-rescue: Sea air rescue (Sea rescue)  1x",
    ]


def test_names_that_differ_in_signs_have_ids_of_their_own_in_any_order() -> None:
    parts = (
        "## C\n\nC is a small language close to the machine.\n",
        "## C++\n\nC++ is a language with classes and templates.\n",
        "## A*\n\nA* is a search that guesses how far it still is.\n",
    )
    expected = {"C": "c", "C++": "c-plus-plus", "A*": "a-star"}
    for order in (parts, parts[::-1]):
        found = {c.pref_label: c.id for c in graph_of("# Notes\n\n" + "\n".join(order)).concepts}
        assert found == expected


def test_a_small_edit_changes_no_id_but_its_own() -> None:
    """What is added, taken out or said otherwise elsewhere leaves the addresses of all else."""
    text = "# Tides\n\n## Ebb\n\nThe fall of the water.\n\n## Flood\n\nThe rise of the water.\n"
    text += "\n## Slack\n\nThe pause of the water between two tides.\n"
    ids = {c.pref_label: c.id for c in graph_of(text).concepts}
    edits = (
        text.replace("# Tides\n", "# Tides\n\nMore words first.\n"),
        text.replace("The fall of the water.", "When the water falls."),
        text.replace("## Ebb\n\nThe fall of the water.\n\n", ""),
        text.replace("## Ebb", "## Neap\n\nThe lowest tide of a month.\n\n## Ebb"),
    )
    for edited in edits:
        now = {c.pref_label: c.id for c in graph_of(edited).concepts}
        assert {label: id for label, id in now.items() if label in ids}.items() <= ids.items()
        assert "Flood" in now and "Slack" in now


def test_another_name_in_front_matter_takes_no_thing_that_is_defined_otherwise() -> None:
    graph = graph_of(
        {
            "stock.md": "---\naliases: [scum]\n---\n# Stock\n\nA stock is water in which bones cooked.\n",
            "broth.md": "# Broth\n\nA broth is served clear.\n\n## Steps\n\n"
            "**Scum**: the foam that rises at first.\n\nCook it.\n",
        }
    )
    assert {c.pref_label: c.alt_labels for c in graph.concepts}["Stock"] == ()
    assert "Scum" in {c.pref_label for c in graph.concepts}
    assert [(p.code, p.location.path, p.message) for p in graph.problems if "Stock" in p.message] == [
        (
            "ambiguous-label",
            "stock.md",
            '"scum" is given here as another name of "Stock", and is defined in other words at broth.md:7',
        )
    ]


def test_another_name_in_front_matter_takes_what_is_said_alike() -> None:
    graph = graph_of(
        {
            "gybe.md": "---\naliases: [jibe]\n---\n# Gybe\n\nTurning the stern through the wind.\n",
            "words.md": "# Words\n\n**Jibe**: to turn the stern of a boat through the wind.\n\n"
            "**Reef**: to make a sail smaller.\n",
        }
    )
    assert sorted(c.pref_label for c in graph.concepts) == ["Gybe", "Reef"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Many learn it late. Rappelling is tiring.", "rappelling"),
        ("Rappelling is tiring. It is a rope for rappelling.", None),
        ("A rappelling rope is thin.", None),
        ("Nobody speaks of it.", None),
    ],
)
def test_a_name_again_in_brackets_is_one_where_the_notes_use_it_as_a_name(
    text: str, label: str | None
) -> None:
    (concept,) = graph_of(
        f"# Climbing\n\n## Abseiling (rappelling)\n\nSliding down a rope to the ground.\n\n{text}\n"
    ).concepts
    assert concept.pref_label == "Abseiling (rappelling)"
    assert set(concept.hidden_labels) == {"Abseiling", label} - {None}


def test_what_several_names_have_in_brackets_or_a_folder_is_called_by_is_a_field() -> None:
    several = (
        "# Words\n\n**Tacking (sailing)**: turning the bow.\n\n**Gybing (sailing)**: turning the stern.\n\n"
        "Sailing is fun."
    )
    folder = {
        "sailing/a.md": "# Words\n\n**Tacking (sailing)**: turning the bow.\n\nSailing is fun.\n",
        "b.md": "# More\n\n**Jib**: a sail before the mast.\n",
    }
    for notes in (several, folder):
        assert all("sailing" not in map(str.casefold, c.hidden_labels) for c in graph_of(notes).concepts)
