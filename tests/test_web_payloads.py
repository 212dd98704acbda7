"""The JSON that leaves the house: its fields, their order, and what may stand in them."""

import json
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import msgspec
import pytest
from served_notes import built_notes, library_of

from web import payloads
from web.addresses import Addresses
from web.dump import export
from web.library import Library
from web.payloads import to_json
from web.presenter import Presenter


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(built_notes(tmp_path_factory.mktemp("payloads")))


def test_no_two_payloads_go_by_one_name() -> None:
    """The files of the package are one namespace: of two of a name, one would vanish."""
    names = [
        name
        for module in (
            import_module(f"web.payloads.{found.name}") for found in iter_modules(payloads.__path__)
        )
        for name, made in vars(module).items()
        if isinstance(made, type) and issubclass(made, msgspec.Struct) and made.__module__ == module.__name__
    ]
    assert len(names) > 40
    assert sorted(set(names)) == sorted(names)


def fields(payload: type[msgspec.Struct]) -> list[str]:
    return list(payload.__struct_encode_fields__)


def written(payload: payloads.Payload) -> Any:
    return json.loads(to_json(payload))


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (
            payloads.Concept,
            """id url prefLabel altLabel definitions broader narrower related partOf parts exampleOf examples
            prerequisites unlocks sections mentions resources figures questions lesson dropped""",
        ),
        (payloads.StatedRelation, "id prefLabel quote source"),
        (payloads.Definition, "text html style confidence source"),
        (payloads.Source, "path firstLine lastLine section url view"),
        (payloads.Prerequisite, "id prefLabel confidence evidence implied"),
        (payloads.DroppedEdge, "prerequisite target confidence evidence loop reason removed believed"),
        (payloads.Evidence, "kind weight quote source"),
        (payloads.LearningPath, "target targets known steps undefined"),
        (payloads.Unlocks, "concept total unlocks further"),
        (payloads.FurtherConcept, "id prefLabel distance"),
        (payloads.Step, "id prefLabel because"),
        (payloads.Reason, "unlocks confidence evidence"),
        (
            payloads.Search,
            """query total page perPage hits facets anyWord cut readAs suggestion suggestionTotal asTyped
                unknown unfiltered unfilteredTotal related nearest wanted""",
        ),
        (payloads.Hit, "kind id title url lesson snippet score matchedLabel also alsoMore explanation"),
        (payloads.Facets, "kind lesson"),
        (payloads.Suggestions, "query suggestions"),
        (payloads.SuggestedConcept, "id prefLabel matchedLabel url"),
        (
            payloads.Export,
            """format title lessons sections concepts prerequisites relations mentions inPassing resources
            figures questions objectives wanted problems""",
        ),
        (payloads.DumpedLesson, "id title path sections"),
        (payloads.DumpedSection, "id lesson title level anchor parent path firstLine lastLine empty"),
        (
            payloads.DumpedConcept,
            "id prefLabel altLabel hiddenLabel definitions broader narrower related section",
        ),
        (payloads.DumpedDefinition, "term text style confidence section path firstLine lastLine"),
        (payloads.DumpedPrerequisite, "prerequisite target confidence evidence implied"),
        (payloads.DumpedRelation, "kind concept of quote path firstLine lastLine"),
        (payloads.DumpedEvidence, "kind weight quote path firstLine lastLine"),
        (payloads.DumpedMention, "concept label section path line"),
        (payloads.DumpedResource, "kind title url section path line"),
        (payloads.DumpedFigure, "src alt section path line missing altDerived width height"),
        (payloads.DumpedQuestion, "question answer explanation section concepts path line options"),
        (payloads.DumpedObjective, "text section path line"),
        (payloads.DumpedWanted, "label uses places askedFor"),
        (payloads.DumpedProblem, "code severity message path line hint"),
    ],
)
def test_programs_find_the_fields_they_were_promised(payload: type[msgspec.Struct], expected: str) -> None:
    """Other programs read these: a change here breaks them and needs a new version of the API or format."""
    assert fields(payload) == expected.split()


def test_a_concept_says_where_it_is_read(library: Library) -> None:
    concept = written(Presenter(Addresses("/course")).concept(library.concept_page("SGD")))
    assert concept["url"] == "/course/concepts/stochastic-gradient-descent"
    assert concept["altLabel"] == ["SGD"]
    assert concept["definitions"][0]["source"]["url"] == (
        "/course/lessons/02-training#stochastic-gradient-descent-sgd"
    )


def test_hostile_notes_do_not_reach_anybody(library: Library) -> None:
    """The notes hold a script, an event handler and an address that is a program."""
    for entry in library.glossary().entries:
        concept = to_json(Presenter().concept(library.concept_page(entry.id))).decode()
        assert "<script" not in concept
    for name in ("softmax", "cross-entropy-loss"):
        section = written(Presenter().section(library.section(f"02-training/{name}")))
        assert not any(bad in section["html"] for bad in ("<script", "onerror", '"javascript:'))


def test_a_picture_has_an_address_only_when_it_is_there(library: Library) -> None:
    (there,) = written(Presenter().section(library.section("01-linear/vector")))["figures"]
    gone = written(Presenter().section(library.section("02-training/softmax")))["figures"]
    assert (there["url"], there["missing"]) == ("/files/figures/vector.svg", False)
    assert {(figure["url"], figure["missing"]) for figure in gone} == {(None, True)}


def test_the_dump_refers_only_to_what_it_holds(library: Library) -> None:
    dump = written(export(library.dump()))
    concepts, sections = ({one["id"] for one in dump[kind]} for kind in ("concepts", "sections"))
    for kind in ("mentions", "resources", "figures", "questions"):
        assert {one["section"] for one in dump[kind]} <= sections
    assert {
        end for edge in dump["prerequisites"] for end in (edge["prerequisite"], edge["target"])
    } <= concepts
    assert [section for lesson in dump["lessons"] for section in lesson["sections"]] == [
        section["id"] for section in dump["sections"]
    ]


def test_the_dump_marks_headings_with_nothing_under_them(library: Library) -> None:
    empty = {one["title"] for one in written(export(library.dump()))["sections"] if one["empty"]}
    assert empty == {"Perceptron"}


def test_the_same_notes_give_the_same_bytes(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = library_of(built_notes(tmp_path_factory.mktemp("elsewhere")))
    first, second = (export(one.dump()) for one in (library, again))
    assert to_json(first.concepts) == to_json(second.concepts)
    assert to_json(first.prerequisites) == to_json(second.prerequisites)


def test_numbers_are_short_enough_to_read(library: Library) -> None:
    """0.8800000000000001 is no better than 0.88, and ugly."""

    def floats(value: object) -> list[float]:
        match value:
            case float():
                return [value]
            case dict():
                return [number for one in value.values() for number in floats(one)]
            case list():
                return [number for one in value for number in floats(one)]
        return []

    found = floats(written(Presenter().search(library.search("softmax"))))
    found += floats(written(export(library.dump())))
    assert found
    assert all(len(str(number)) <= 8 for number in found)


def test_json_is_utf_8_ends_with_a_newline_and_can_be_indented() -> None:
    assert to_json({"prefLabel": "naïve"}) == '{"prefLabel":"naïve"}\n'.encode()
    assert to_json({"total": 1}, indent=2) == b'{\n  "total": 1\n}\n'
