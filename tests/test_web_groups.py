"""How pages group what they list."""

import pytest

from corpus.model import SectionId
from indexer.model import Hit, HitKind
from web.groups import hits_by_place
from web.model import HitView, SectionLink


def check_places(found: str, expected: str) -> None:
    """Hits are written "concept.a": a kind and the section in which it stands; "link" is a resource."""
    kinds = {"link": HitKind.RESOURCE, **{kind.value: kind for kind in HitKind}}
    views = []
    for number, written in enumerate(found.split()):
        kind, _, section = written.partition(".")
        id = SectionId(section) if section else None
        link = SectionLink(id, section, section, None) if id else None
        views.append(HitView(Hit(kinds[kind], f"{number}", written, id, None, "", 1.0), None, link, ()))
    groups = hits_by_place(views)
    assert " | ".join(" ".join(view.hit.title for view in group) for group in groups) == expected


def test_a_section_and_its_links_and_code_stand_with_what_was_found_there_before() -> None:
    check_places(
        "concept.a section.b section.a link.a code.b", "concept.a section.a link.a | section.b code.b"
    )


def test_concepts_and_questions_stand_by_themselves() -> None:
    check_places("concept.a concept.a section.a", "concept.a section.a | concept.a")
    check_places("section.a question.a question.a", "section.a | question.a | question.a")


@pytest.mark.parametrize(
    ("first", "again", "shown"),
    [
        ("A <mark>float</mark> swims.", "A float <mark>swims</mark>.", ""),
        ("… by which a rope &amp; a <mark>sail</mark> …", "… by which a rope &amp; a <mark>sail</mark>", ""),
        ("<mark>Catenary</mark>", "cat", "cat"),
        ("The cats <mark>sleep</mark>", "The cat", "The cat"),
        ("A <mark>float</mark>", "A <mark>float</mark> swims.", "A <mark>float</mark> swims."),
        ("", "A <mark>float</mark>", "A <mark>float</mark>"),
    ],
)
def test_a_snippet_that_the_first_hit_of_its_place_has_said_is_left_out(
    first: str, again: str, shown: str
) -> None:
    place = SectionId("a")
    link = SectionLink(place, "a", "a", None)
    views = (
        HitView(Hit(kind, kind, kind, place, None, said, 1.0), None, link, ())
        for kind, said in ((HitKind.CONCEPT, first), (HitKind.SECTION, again))
    )
    assert [[view.hit.snippet for view in group] for group in hits_by_place(views)] == [[first, shown]]


def test_what_stands_in_no_section_stands_by_itself() -> None:
    check_places("concept concept link.a", "concept | concept | link.a")
