"""In which language texts are, and which documents are translations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import corpus_of, graph_of

from corpus.languages import language_of, tag_named
from corpus.model import Document

ENGLISH = "The ebb is the falling of the tide, and it is the time in which the sea goes out from the shore."
GERMAN = (
    "Die Ebbe ist das Fallen des Wassers, und sie ist die Zeit, in der das Meer sich von der Küste entfernt."
)
FRENCH = "Le jusant est la descente de la mer, et il est le moment où les eaux se retirent de la côte."
ITALIAN = (
    "Il riflusso è la discesa del mare, e si tratta del momento in cui le acque non sono più alla costa."
)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (ITALIAN, "it"),
        ("O mar é fundo e as ondas são altas quando o vento vem do mar. Isso não é para todos.", "pt"),
        ("El mar es profundo y las olas son altas cuando el viento viene del mar, pero no para todos.", "es"),
        ("Море глубокое, и волны высоки, когда ветер дует с моря. Это не всегда так.", "ru"),
        ("海是深的，风来的时候浪很高。", "zh"),
        ("海は深く、風が来ると波が高くなります。", "ja"),
        ("바다는 깊고 바람이 오면 파도가 높다.", "ko"),
        ("البحر عميق والأمواج عالية عندما تهب الرياح من البحر.", "ar"),
        ("Ebb, flood, tide.", ""),
        ("x = y + 1; print(x)", ""),
        ("", ""),
    ],
)
def test_a_language_is_told_by_its_small_words_and_letters(text: str, tag: str) -> None:
    assert language_of(text) == tag


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert isinstance(language_of(text), str)


def test_names_of_languages_are_spelled_as_usual() -> None:
    names = "pt-br zh_CN FR english cn sea sea-fr"
    assert [tag_named(name) for name in names.split()] == ["pt-BR", "zh-CN", "fr", "en", "zh-CN", "", ""]


def check_languages(notes: dict[str, str], expected: str) -> None:
    """Documents in reading order, those in another language with its tag."""

    def shown(document: Document) -> str:
        return f"{document.path}={document.language}" if document.language else document.path

    assert " ".join(map(shown, corpus_of(notes).documents)) == expected


def test_a_translation_beside_its_page_comes_after_all_else() -> None:
    check_languages(
        {"README.md": ENGLISH, "README.de.md": GERMAN, "README_fr.md": FRENCH, "tides.md": ENGLISH},
        "README.md tides.md README.de.md=de README_fr.md=fr",
    )


def test_folders_of_translations() -> None:
    check_languages(
        {
            "docs/en/ebb.md": ENGLISH,
            "docs/de/ebb.md": GERMAN,
            "translations/fr/ebb.md": FRENCH,
            "README.md": ENGLISH,
        },
        "README.md docs/en/ebb.md docs/de/ebb.md=de translations/fr/ebb.md=fr",
    )


def test_a_folder_of_a_name_like_a_language_in_the_notes_own_language_is_none() -> None:
    check_languages({"it/ebb.md": ENGLISH, "net/ebb.md": ENGLISH}, "it/ebb.md net/ebb.md")


def test_front_matter_says_so_too() -> None:
    check_languages(
        {"a.md": ENGLISH, "b.md": f"---\nlang: de-AT\n---\n{GERMAN}", "c.md": ENGLISH}, "a.md c.md b.md=de-AT"
    )


def test_front_matter_that_the_words_contradict_says_nothing() -> None:
    check_languages({"a.md": ENGLISH, "b.md": f"---\nlang: de\n---\n{ENGLISH}"}, "a.md b.md")


def test_what_nobody_calls_a_translation_is_left_alone() -> None:
    check_languages({"a.md": ENGLISH, "b.md": GERMAN}, "a.md b.md")


def test_the_main_language_is_that_of_most_documents() -> None:
    german = {f"de/{n}.md": GERMAN for n in range(4)}
    assert not [
        d.path
        for d in corpus_of({"README.md": ENGLISH, **german}).documents
        if d.path[:2] == "de" and d.language
    ]


def test_a_short_translation_counts_if_its_page_is_there() -> None:
    check_languages(
        {"ebb.md": "Ebb", "ebb.de.md": "Ebbe", "tides.md": ENGLISH}, "ebb.md tides.md ebb.de.md=de"
    )


def test_translations_beside_the_pages_in_folders_of_their_own() -> None:
    check_languages(
        {
            "sea/ebb.md": "Ebb",
            "sea/translations/ebb.zh-cn.md": "海是深的，风来的时候浪很高。",
            "b.md": ENGLISH,
        },
        "b.md sea/ebb.md sea/translations/ebb.zh-cn.md=zh-CN",
    )


def test_pages_too_short_to_tell_are_in_the_main_language() -> None:
    check_languages(
        {"a.md": "Ebb", "b.md": "Flood", "a.fr.md": FRENCH, "b.de.md": GERMAN},
        "a.md b.md b.de.md=de a.fr.md=fr",
    )


def test_a_course_in_one_document_is_one_beside_its_translations() -> None:
    links = "[Deutsch](README.de.md) [Français](README.fr.md)"
    corpus = corpus_of(
        {
            "README.md": f"# Sea\n\n{links}\n\n## Ebb\n\n{ENGLISH}\n\n## Flood\n\n{ENGLISH}\n",
            "README.de.md": f"# Meer\n\n## Ebbe\n\n{GERMAN}\n",
            "README.fr.md": f"# Mer\n\n## Jusant\n\n{FRENCH}\n",
        }
    )
    assert [(lesson.title, lesson.language) for lesson in corpus.lessons] == [
        ("Ebb", ""),
        ("Flood", ""),
        ("Meer", "de"),
        ("Mer", "fr"),
    ]


def test_what_a_translation_defines_is_no_concept_and_it_mentions_none() -> None:
    graph = graph_of(
        {
            "ebb.md": f"# Ebb\n\n{ENGLISH}\n\n**Tide**: the rise and fall of the sea.\n",
            "de/ebb.md": f"# Ebbe\n\n{GERMAN}\n\n**Tide**: das Steigen der See.\n\nQ: Tide?\nA: Die Tide.\n",
        }
    )
    assert [c.pref_label for c in graph.concepts] == ["Ebb", "Tide"]
    assert [len(c.definitions) for c in graph.concepts] == [1, 1]
    assert {m.path for m in graph.mentions} <= {"ebb.md"}
    assert graph.question_concepts == ((),)
