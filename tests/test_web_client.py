"""A client that a program writes from the description of the API alone, against a running server.

Nothing about the API is known here but what the description says: names of functions, of their arguments and
of the fields of answers are those that the generator makes of it.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from servers import fetched_json

pytest.importorskip("openapi_python_client", reason="openapi-python-client is not installed: `make readers`")

NAME = "glosspath_client"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Calls a function of the client by name; gives its answer, parsed."""
    folder = tmp_path_factory.mktemp("client")
    described: Any = fetched_json(f"{address}/api/v1/openapi.json")
    (folder / "openapi.json").write_text(json.dumps(described), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "openapi_python_client",
        "generate",
        "--meta",
        "none",
        "--fail-on-warning",
    ]
    where = ["--path", str(folder / "openapi.json"), "--output-path", str(folder / NAME)]
    (folder / "config.yml").write_text("post_hooks: []\n", encoding="utf-8")
    ended = subprocess.run(
        [*command, *where, "--config", str(folder / "config.yml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    sys.path.insert(0, str(folder))
    try:
        root = described["servers"][0]["url"]
        client = importlib.import_module(NAME).Client(f"{address}{root}")

        def call(name: str, *arguments: str, **named: object) -> Any:
            return function(name).sync(*arguments, client=client, **named)

        yield call
    finally:
        sys.path.remove(str(folder))


def function(name: str) -> ModuleType:
    return importlib.import_module(f"{NAME}.api.glossary.{name}")


def models() -> ModuleType:
    return importlib.import_module(f"{NAME}.models")


def test_a_label_is_looked_up(ask: Ask) -> None:
    one = ask("lookup", label=["softargmax"])
    assert isinstance(one, models().Lookup)
    assert (one.id, one.pref_label, one.match) == ("softmax", "Softmax", models().LookupMatch.EXACT)
    several = ask("lookup", label=["SGD", "softmx"])
    assert isinstance(several, models().LookupList)
    assert [label.found and label.found.id for label in several.labels] == [
        "stochastic-gradient-descent",
        None,
    ]


def test_a_concept_is_told_with_its_places(ask: Ask) -> None:
    softmax = ask("concept", "softmax")
    assert isinstance(softmax, models().Concept)
    assert "softargmax" in softmax.alt_label
    (definition, *_) = softmax.definitions
    assert definition.style is models().DefinitionStyle.HEADING
    assert definition.source.path == "03-training.md" and definition.source.first_line > 0
    assert softmax.lesson.number == 3
    assert all(0 < edge.confidence <= 1 and edge.evidence[0].quote for edge in softmax.prerequisites)


def test_a_path_is_asked_for_with_what_is_known(ask: Ask) -> None:
    path = ask("path", to=["softmax"], known=["vector"])
    assert isinstance(path, models().LearningPath)
    assert path.steps[-1].id == path.target == "softmax"
    assert path.steps[0].because[0].evidence[0].source.section.title


def test_a_search_is_narrowed_down(ask: Ask) -> None:
    found = ask("search", q="softmax", kind=models().SearchKind.CONCEPT, per_page=3)
    assert isinstance(found, models().Search)
    assert found.hits[0].matched_label == "Softmax"
    assert {hit.kind for hit in found.hits} == {models().HitKind.CONCEPT}
    assert found.facets.kind.additional_properties["concept"] == found.total


def test_a_text_is_annotated(ask: Ask) -> None:
    text = "SGD follows the gradients."
    found = ask("annotate", body=models().AnnotateBody(text))
    assert isinstance(found, models().Annotations)
    assert [text[one.start : one.end] for one in found.annotations] == ["SGD", "gradients"]


def test_every_question_that_needs_nothing_is_answered_as_its_type_says(ask: Ask) -> None:
    for name, kind in {
        "concepts": "ConceptList",
        "lessons": "LessonList",
        "questions": "QuestionList",
        "problems": "Problems",
        "frontier": "Frontier",
        "graph": "Graph",
        "everything": "Export",
    }.items():
        assert isinstance(ask(name), getattr(models(), kind)), name


def test_an_answer_may_be_trimmed_and_a_refusal_is_told(ask: Ask) -> None:
    trimmed = ask("concept", "softmax", fields=[models().ConceptFieldsItem.ID])
    assert trimmed.to_dict() == {"id": "softmax"}
    refused = ask("concept", "softmx")
    assert isinstance(refused, models().ProblemDetails)
    assert (refused.status, refused.near[0]) == (404, "Softmax")
