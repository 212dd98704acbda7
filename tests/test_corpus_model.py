"""The values through which packages speak of notes: frozen, in order, and the same after a round trip."""

import dataclasses
from enum import StrEnum

import msgspec
import pytest
from hypothesis import given, settings
from texts import NOTES, corpus_of, document

from corpus import model
from corpus.model import Corpus, Document, SourceLocation

TYPES = [t for t in vars(model).values() if isinstance(t, type) and dataclasses.is_dataclass(t)]
WORDS = [
    t for t in vars(model).values() if isinstance(t, type) and issubclass(t, StrEnum) and t is not StrEnum
]


@pytest.mark.parametrize("kind", TYPES, ids=lambda t: t.__name__)
def test_every_type_is_frozen_has_slots_and_a_docstring(kind: type) -> None:
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")
    assert "__slots__" in vars(kind)
    assert "__setattr__" in vars(kind)


@pytest.mark.parametrize("words", WORDS, ids=lambda t: t.__name__)
def test_the_words_that_leave_the_house_are_lower_case_with_hyphens(words: type[StrEnum]) -> None:
    assert [w.value for w in words if not w.value.replace("-", "").isalpha() or not w.value.islower()] == []


def test_places_are_sorted_by_file_then_line() -> None:
    places = [SourceLocation("b.md", 1, 1), SourceLocation("a.md", 2, 9), SourceLocation("a.md", 2, 3)]
    assert sorted(places) == list(reversed(places))


def test_a_corpus_gives_its_sections_in_reading_order() -> None:
    corpus = corpus_of({"a.md": "# A\n\n## B\n", "c.md": "# C\n"})
    assert [s.title for s in corpus.sections()] == ["A", "B", "C"]
    assert corpus.lesson_of() == {"a/a": "a", "a/b": "a", "c/c": "c"}


@settings(max_examples=40)
@given(NOTES)
def test_a_document_is_the_same_after_it_was_kept(text: str) -> None:
    read = document(text)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=Document) == read


def test_a_corpus_is_the_same_after_it_was_kept() -> None:
    corpus = corpus_of({"a.md": "# A\n\n**Ebb**: the falling of the tide.\n", "c.md": "# C\n"})
    assert msgspec.json.decode(msgspec.json.encode(corpus), type=Corpus) == corpus


@settings(max_examples=60)
@given(NOTES)
def test_every_place_is_within_the_document_and_every_section_exists(text: str) -> None:
    read = document(text)
    last = len(text.split("\n"))
    sections = {s.id for s in read.sections}
    things = [
        *((d.section, d.location) for d in read.definitions),
        *((t.section, t.location) for t in read.topics),
        *((p.section, p.location) for p in read.name_pairs),
        *((k.section, k.location) for k in read.kinds),
        *((r.section, r.location) for r in read.resources),
        *((f.section, f.location) for f in read.figures),
        *((q.section, q.location) for q in read.questions),
        *((c.section, c.location) for c in read.snippets),
    ]
    assert {section for section, _ in things} <= sections
    for place in [*(place for _, place in things), *(p.location for p in read.problems)]:
        assert place.path == "notes.md"
        assert 1 <= place.first_line <= place.last_line <= last
