"""The Anki package: read by its schema, and imported by Anki's own library where that is installed."""

import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from served_notes import PICTURE, build, library_of

from corpus import sample_folder
from corpus.errors import ExtraMissing, UnknownName
from web.exports.cards import as_anki
from web.library import Library

NOTES = """\
# Tides

## Ebb

The falling of the **tide**: an ebb of $h < 2$ {{metres}}, [sound:http://example.org/x.mp3] [$]x[/$]
<script>alert(1)</script> <img src="x" onerror="alert(1)"> (also called falling tide).

![The water falls](ebb.svg)

## Flood

The rising of the tide, by $$h = \\frac{a}{b[1]}$$ in a year.

## Stub

## Questions

Q: What comes after the [ebb]?
A: The flood, if 1 < 2 & so on.
"""


@dataclass(frozen=True)
class Note:
    guid: str
    fields: list[str]
    tags: str
    deck: str
    cards: int


def library_with(text: str, folder: Path) -> Library:
    folder.mkdir()
    (folder / "notes").mkdir()
    (folder / "notes" / "notes.md").write_text(text, encoding="utf-8")
    (folder / "notes" / "ebb.svg").write_text(PICTURE, encoding="utf-8")
    return library_of(build(folder / "notes", folder / "data"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_with(NOTES, tmp_path_factory.mktemp("cards") / "tides")


def read(package: bytes, folder: Path) -> tuple[list[Note], dict[str, bytes]]:
    """The notes of a package in the order of their fields, and its pictures by name."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        assert archive.testzip() is None
        (folder / "collection").write_bytes(archive.read("collection.anki2"))
        named = json.loads(archive.read("media"))
        media = {name: archive.read(number) for number, name in named.items()}
    database = sqlite3.connect(folder / "collection")
    try:
        decks = json.loads(database.execute("SELECT decks FROM col").fetchone()[0])
        rows = database.execute(
            "SELECT n.guid, n.flds, n.tags, min(c.did), count(*) FROM notes n JOIN cards c ON c.nid = n.id"
            " GROUP BY n.id ORDER BY n.flds"
        ).fetchall()
        assert database.execute("SELECT count(*) FROM notes").fetchone()[0] == len(rows)
    finally:
        database.close()
    notes = [
        Note(guid, fields.split("\x1f"), tags, decks[str(deck)]["name"], cards)
        for guid, fields, tags, deck, cards in rows
    ]
    return notes, media


def test_a_concept_is_asked_both_ways_and_a_question_once(library: Library, tmp_path: Path) -> None:
    notes, _ = read(as_anki(library), tmp_path)
    assert [(note.fields[0], note.cards) for note in notes] == [
        ("Ebb", 2),
        ("Flood", 2),
        ("What comes after the &#91;ebb]?", 1),
    ]
    assert {note.deck for note in notes} == {
        f"Tides::{part}" for part in ("01 Ebb", "02 Flood", "04 Questions")
    }
    assert all("glosspath" in note.tags.split() for note in notes)
    assert len({note.guid for note in notes}) == 3


def test_what_notes_hold_is_harmless_and_does_not_give_the_name_away(
    library: Library, tmp_path: Path
) -> None:
    (ebb, flood, question), media = read(as_anki(library), tmp_path)
    shown = "".join(ebb.fields)
    assert [bad for bad in ("script", "onerror", "[sound:", "[$]", "<a") if bad in shown] == []
    assert "\\(h &lt; 2\\)" in ebb.fields[2]
    assert "ebb" not in ebb.fields[3].lower().replace("ebb.svg", "")
    assert "falling tide" not in ebb.fields[3]
    assert "\\[h = \\frac{a}{b&#91;1]}\\]" in flood.fields[2]
    assert question.fields[2] == "The flood, if 1 &lt; 2 &amp; so on."
    ((name, content),) = media.items()
    assert content == PICTURE.encode()
    assert shown.count(f'<img src="{name}"') >= 1


def test_the_same_notes_give_the_same_bytes(library: Library) -> None:
    assert as_anki(library) == as_anki(library)
    assert as_anki(library) != as_anki(library, 1_700_000_000)


def test_a_note_keeps_its_identity_when_its_words_change(tmp_path: Path) -> None:
    changed = library_with(NOTES.replace("The rising", "Any rising"), tmp_path / "changed")
    before, _ = read(as_anki(library_with(NOTES, tmp_path / "before")), tmp_path)
    after, _ = read(as_anki(changed), tmp_path)
    assert [note.guid for note in before] == [note.guid for note in after]
    assert before[1].fields != after[1].fields


def test_every_definition_and_question_of_the_bundled_notes_has_its_note(tmp_path: Path) -> None:
    course = library_of(build(sample_folder(), tmp_path / "data"))
    notes, media = read(as_anki(course), tmp_path)
    defined = [concept for concept, _ in course.dump().concepts if concept.definitions]
    assert len(notes) == len(defined) + course.manifest.counts["questions"] > 300
    assert len({note.deck for note in notes}) == course.manifest.counts["lessons"]
    assert set(media) == {n for note in notes for n in media if n in "".join(note.fields)}
    assert len(media) >= 3


def test_without_genanki_it_is_said_what_to_install(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(ExtraMissing, match=r"glosspath\[anki\]"):
        as_anki(library)


# In Anki


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    anki = pytest.importorskip("anki.collection", reason="no Anki here; `make test` installs it")
    opened = anki.Collection(str(tmp_path / "anki.anki2"))
    yield opened
    opened.close()


def imported(collection: Any, package: bytes, file: Path, *, always: bool = False) -> Any:
    anki = pytest.importorskip("anki.collection")
    pb = pytest.importorskip("anki.import_export_pb2")
    file.write_bytes(package)
    update = (
        pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
        if always
        else pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
    )
    options = anki.ImportAnkiPackageOptions(update_notes=update)
    asked = anki.ImportAnkiPackageRequest(package_path=str(file), options=options)
    return collection.import_anki_package(asked).log


def test_anki_reads_all_of_it(collection: Any, library: Library, tmp_path: Path) -> None:
    log = imported(collection, as_anki(library), tmp_path / "a.apkg")
    assert (len(log.new), collection.note_count(), collection.card_count()) == (3, 3, 5)
    assert collection.db.scalar("PRAGMA integrity_check") == "ok"
    (flood,) = collection.find_notes("Concept:Flood")
    there, back = collection.get_note(flood).cards()
    assert '<div class="term">Flood</div>' in there.question()
    assert "The rising of the tide" in there.answer()
    assert "Flood" not in back.question()
    assert not there.answer_av_tags()
    assert not collection.media.check().missing


@pytest.mark.parametrize(("time", "always"), [(1_700_000_000, False), (None, True)])
def test_a_second_import_changes_what_changed_and_keeps_what_was_learned(
    collection: Any, library: Library, tmp_path: Path, time: int | None, always: bool
) -> None:
    imported(collection, as_anki(library), tmp_path / "a.apkg")
    (card,) = collection.find_cards('Concept:Flood "card:What does it mean?"')
    learned = collection.get_card(card)
    learned.type, learned.queue, learned.ivl, learned.due, learned.reps = 2, 2, 30, 100, 5
    collection.update_card(learned)
    changed = library_with(NOTES.replace("The rising", "Any rising"), tmp_path / "changed")
    log = imported(collection, as_anki(changed, time), tmp_path / "b.apkg", always=always)
    assert (len(log.new), collection.note_count()) == (0, 3)
    (flood,) = collection.find_notes("Concept:Flood")
    assert "Any rising" in collection.get_note(flood)["Definition"]
    assert (collection.get_card(card).ivl, collection.get_card(card).reps) == (30, 5)


def test_the_deck_of_one_lesson_is_that_of_all(library: Library, tmp_path: Path) -> None:
    whole, _ = read(as_anki(library), tmp_path)
    for lesson in library.lessons():
        notes, _ = read(as_anki(library, lesson=lesson.link.id), tmp_path)
        assert notes == [note for note in whole if note.deck.startswith(f"Tides::{lesson.link.number:02} ")]
    with pytest.raises(UnknownName):
        as_anki(library, lesson="nowhere")
