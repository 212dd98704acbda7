"""Headings, anchors, and what stands under them."""

from itertools import pairwise

import pytest
from cases import Case, load
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import NOTES, collapsed, document, lines

from corpus.anchors import Anchors, github_slug
from corpus.model import PassageKind, Section


def shown(section: Section) -> str:
    """A section as the cases show it."""
    above = f"  in #{section.parent}" if section.parent else ""
    named = f"h{section.level}  {section.title}  #{section.anchor}"
    return f"{lines(section.location)}  {named}  {section.content}{above}"


@pytest.mark.parametrize("case", load("sections.md"), ids=str)
def test_sections(case: Case) -> None:
    case.check("\n".join(map(shown, document(case.input).sections)))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Sea", "sea"),
        ("  Two  seas ", "--two--seas-"),
        ("Two\nseas\tmeet", "twoseasmeet"),
        ("Stride & Padding", "stride--padding"),
        ("Lesson 5 : Ropes", "lesson-5--ropes"),
        ("C++ and C#", "c-and-c"),
        ("a_b-c", "a_b-c"),
        ("Größe", "größe"),
        ("テンソル", "テンソル"),
        ("1.2 Kinds", "12-kinds"),
        ("…", ""),
        ("🚀 Go", "-go"),
        ("⚙\ufe0f Winch", "\ufe0f-winch"),
        ("m² and ½", "m-and-"),
        ("हिन्दी", "हिन्दी"),
        ("a -- b", "a----b"),
    ],
)
def test_an_anchor_is_the_one_that_github_gives(title: str, slug: str) -> None:
    assert github_slug(title) == slug


@given(st.lists(st.sampled_from(["a", "a-1", "a-2", "a-1-1", "b", ""])))
def test_an_anchor_is_given_once(slugs: list[str]) -> None:
    anchors = Anchors()
    given_out = [anchors.unique(slug) for slug in slugs]
    assert len(set(given_out)) == len(given_out)


def test_ids_begin_with_the_slug_of_the_document() -> None:
    sections = document("Before.\n\n# Sea\n\n## Tides\n", "a/sea.md", "a/sea").sections
    assert [(s.id, s.anchor, s.parent) for s in sections] == [
        ("a/sea/~start", "", None),
        ("a/sea/sea", "sea", "a/sea/~start"),
        ("a/sea/tides", "tides", "a/sea/sea"),
    ]


def check_passages(text: str, *expected: tuple[str, PassageKind, str]) -> None:
    (section,) = document(text).sections
    assert [(p.text, p.kind, lines(p.location)) for p in section.passages] == list(expected)


def test_passages_are_the_words_as_a_reader_sees_them() -> None:
    check_passages(
        "A **bold** [link](x.md) &amp; `code`.", ("A bold link & code.", PassageKind.PARAGRAPH, "1-1")
    )


def test_passages_say_where_they_stand() -> None:
    check_passages(
        "One\ntwo.\n\n- three\n- four\n\n> five\n\n| six |\n|---|\n| seven |",
        ("One\ntwo.", PassageKind.PARAGRAPH, "1-2"),
        ("three", PassageKind.LIST_ITEM, "4-4"),
        ("four", PassageKind.LIST_ITEM, "5-5"),
        ("five", PassageKind.QUOTE, "7-7"),
        ("six", PassageKind.TABLE, "9-9"),
        ("seven", PassageKind.TABLE, "11-11"),
    )


def test_code_pictures_and_html_are_no_passages() -> None:
    check_passages(
        "```\nls\n```\n\n![ebb](ebb.png)\n\n<div>words</div>\n\nTide.",
        ("Tide.", PassageKind.PARAGRAPH, "9-9"),
    )


def test_code_and_mathematics_in_a_passage_are_marked() -> None:
    (section,) = document("Take `dim` of $x^2$ twice.").sections
    (passage,) = section.passages
    assert [passage.text[slice(*span)] for span in passage.masked] == ["dim", "x^2"]


@settings(max_examples=50)
@given(NOTES)
def test_sections_follow_one_another_and_cover_the_document(text: str) -> None:
    sections = document(text).sections
    last = len(text.split("\n"))
    assert len({s.id for s in sections}) == len(sections)
    assert all(1 <= s.location.first_line <= s.location.last_line <= max(1, last) for s in sections)
    for before, after in pairwise(sections):
        assert before.location.first_line <= after.location.first_line
        assert after.parent is None or after.parent in {s.id for s in sections}


@settings(max_examples=50)
@given(NOTES)
def test_the_words_of_a_passage_stand_in_its_lines(text: str) -> None:
    source = text.split("\n")
    for section in document(text).sections:
        for passage in section.passages:
            place = passage.location
            words = collapsed(" ".join(source[place.first_line - 1 : place.last_line]))
            if passage.text and not passage.raw:
                assert collapsed(passage.text) in words.replace("> ", "") or "|" in words
            assert place.first_line + passage.text.count("\n") <= place.last_line
            assert all(0 <= a <= b <= len(passage.text) for a, b in passage.masked)
