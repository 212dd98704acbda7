"""Notes in other languages are found by the forms of their own words; signs without spaces are found, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import read_corpus
from graph import build_graph
from indexer import Snapshot, build_snapshot, open_snapshot
from indexer.words import stemmed_as, stop_words

Notes = Callable[..., Snapshot]


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    """A snapshot of files by their names without ".md"."""

    def build(**files: str) -> Snapshot:
        (tmp_path / "notes").mkdir()
        for name, text in files.items():
            (tmp_path / "notes" / f"{name}.md").write_text(text, encoding="utf-8")
        corpus = read_corpus([tmp_path / "notes"])
        build_snapshot(tmp_path / "data", corpus, build_graph(corpus))
        return open_snapshot(tmp_path / "data")

    return build


GERMAN = "# Gezeiten\n\n## Fluten\n\nDie Fluten steigen, wenn der Mond und die Sonne auf einer Seite sind.\n"
FRENCH = (
    "# Marées\n\n## Les côtes\n\nLes bateaux arrivent avec les marées hautes, et ils sont dans le port.\n"
)
RUSSIAN = (
    "# Море\n\n## Волны\n\nВолны не стоят на месте, и это не то, что мы видим в реке. Если дует ветер, они"
    " идут к берегу, или только так кажется, но высокие волны опасны для лодок.\n"
)
ENGLISH = "# Tides\n\n## Waves\n\nThe waves of the sea are seen from the shore, and they rise in a storm.\n"


def titles(snapshot: Snapshot, query: str) -> list[str]:
    return [hit.title for hit in snapshot.search(query).hits]


@pytest.mark.parametrize(
    ("text", "query", "title"),
    [
        (GERMAN, "flut", "Fluten"),
        (GERMAN, "Sonnen", "Fluten"),
        (GERMAN, "Was ist die Flut?", "Fluten"),
        (FRENCH, "marée haute", "Les côtes"),
        (FRENCH, "cote", "Les côtes"),
        (RUSSIAN, "волна", "Волны"),
        (RUSSIAN, "высокого берега", "Волны"),
        (ENGLISH, "wave", "Waves"),
    ],
)
def test_a_word_is_found_in_any_of_its_forms(notes: Notes, text: str, query: str, title: str) -> None:
    snapshot = notes(sea=text)
    assert titles(snapshot, query)[0] == title
    assert snapshot.search(query).suggestion == "", "the word as it is was not found"


def test_each_note_is_read_by_the_rules_of_its_own_language(notes: Notes) -> None:
    snapshot = notes(sea=ENGLISH, meer=f"---\nlang: de\n---\n\n{GERMAN}")
    assert titles(snapshot, "wave")[0] == "Waves"
    assert titles(snapshot, "flut")[0] == "Fluten"
    assert "<mark>Fluten</mark>" in snapshot.search("flut").hits[0].snippet


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("## 海流\n\n海流は海の水の大きな流れである。\n", "海の水"),
        ("## 潮汐\n\n潮汐是海水的涨落。\n", "海水"),
        ("## 조수\n\n바닷물이 높아지고 낮아지는 것을 조수라고 한다.\n", "바닷물"),
        ("## กระแสน้ำ\n\nกระแสน้ำคือการไหลของน้ำทะเล\n", "น้ำทะเล"),
    ],
)
def test_signs_without_spaces_are_found_as_they_stand(notes: Notes, text: str, query: str) -> None:
    snapshot = notes(sea=f"# {query[0]}\n\n{text}")
    (first, *_) = snapshot.search(query).hits
    assert first.snippet.replace("</mark><mark>", "").count("<mark>") >= 1
    assert not titles(snapshot, f'"{query[::-1]}{query}"')


def test_tags_of_languages_have_rules_or_those_of_english() -> None:
    assert [stemmed_as(tag) for tag in ("de-AT", "nb", "en-GB", "xx", "")] == ["de", "no", "en", "en", "en"]
    assert {"der", "fur"} <= stop_words("de")


@pytest.mark.parametrize(
    ("text", "query", "snippet"),
    [
        ("満潮は海面が高い時です。", "満潮の時", "<mark>満潮</mark>は海面が高い時です。"),
        ("酵母让面团发起来。", "什么是酵母", "<mark>酵母</mark>让面团发起来。"),
        ("船旁有水。", "水", "船旁有<mark>水</mark>。"),
    ],
)
def test_of_a_question_in_signs_any_two_side_by_side_will_do(
    notes: Notes, text: str, query: str, snippet: str
) -> None:
    snapshot = notes(sea=f"# A\n\n{text}\n")
    assert [hit.snippet for hit in snapshot.search(query).hits] == [snippet]
    assert snapshot.search(f'"{query}{query}"').total == 0
    assert snapshot.search(query * 20).total == (len(query) > 1)


def test_of_signs_that_are_looked_for_in_titles_any_two_will_do(notes: Notes) -> None:
    snapshot = notes(sea="# 潮の表\n\n満潮は海面が高い時です。\n\n## 船\n\n潮の話。\n")
    assert [hit.title for hit in snapshot.search("title:潮の時間").hits] == ["潮の表"]
