"""The JSON API as programs see it: what it answers, how it says no, and that it is described as it is."""

import gzip
import json
import os
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import quote

import brotli  # type: ignore[import-untyped] # it has no types of its own
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from served_notes import build, built_notes, client_of
from werkzeug.http import http_date
from werkzeug.test import TestResponse

from indexer import switched_at
from web.endpoints import ENDPOINTS
from web.openapi import document
from web.parameters import AllConcepts, InvalidParameter, OneSearch, read

# A request for every endpoint, and for the ways in which an answer can differ.
REQUESTS = {
    "/concepts?letter=S&per_page=1": "concepts",
    "/concepts/softmax": "concept",
    "/concepts/batch": "concept",
    "/concepts/SGD/prerequisites": "prerequisites",
    "/concepts/SGD/prerequisites?depth=2": "prerequisites",
    "/concepts/vector/unlocks": "unlocks",
    "/lookup?label=softargmax": "lookup",
    "/lookup?label=softargmax&label=softmx": "lookup",
    "/path?to=SGD&known=vector&known=Logits": "path",
    "/frontier?known=vector": "frontier",
    "/frontier": "frontier",
    "/graph": "graph",
    "/graph?around=Softmax&depth=1": "graph",
    "/graph?lesson=2": "graph",
    "/graph?layer=1": "graph",
    "/why?prerequisite=vector&target=softmax": "why",
    "/why?prerequisite=epoch&target=batch": "why",
    "/search?q=softmax": "search",
    "/search?q=softmx&kind=concept&lesson=02-training": "search",
    "/suggest?q=so": "suggest",
    "/suggest?q=": "suggest",
    "/lessons": "lessons",
    "/lessons/01-linear": "lesson",
    "/sections/02-training/softmax": "section",
    "/questions": "questions",
    "/problems": "problems",
    "/problems?severity=info": "problems",
    "/export": "everything",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    data = built_notes(tmp_path_factory.mktemp("api"))
    os.utime(data / "current", (time() - 100, time() - 100))  # served for long enough to say since when
    return client_of(data)


def ask(client: FlaskClient, path: str) -> Any:
    response = client.get(f"/api/v1{path}")
    assert response.status_code == 200, response.text
    return json.loads(response.data)


def refused(client: FlaskClient, path: str, status: int) -> Any:
    """The problem details with which a request is refused."""
    response = client.get(f"/api/v1{path}")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    details = json.loads(response.data)
    assert details["status"] == status
    assert details["instance"].startswith("/api/v1")
    return details


def validator(schema: str) -> Draft202012Validator:
    described = document()
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": described["components"]}
    )


# What it answers


def test_a_concept_is_found_by_a_label_as_by_its_id(client: FlaskClient) -> None:
    assert ask(client, "/concepts/SGD") == ask(client, "/concepts/stochastic-gradient-descent")


def test_looking_up_tells_which_label_matched(client: FlaskClient) -> None:
    found = ask(client, "/lookup?label=Soft-Argmax")
    assert (found["id"], found["matchedLabel"], found["match"]) == ("softmax", "softargmax", "folded")


def test_a_path_ends_with_its_target_and_leaves_out_what_is_known(client: FlaskClient) -> None:
    path = ask(client, "/path?to=cross-entropy-loss&known=Vector&known=logits")
    assert path["target"] == "cross-entropy-loss"
    assert path["known"] == ["vector", "logits"]
    assert [step["id"] for step in path["steps"]] == ["softmax", "cross-entropy-loss"]
    (reason,) = path["steps"][0]["because"]
    assert reason["unlocks"] == "cross-entropy-loss"
    assert reason["evidence"][0]["source"]["path"] == "02-training.md"


def test_a_search_finds_softmax_by_its_alias_and_in_spite_of_a_typo(client: FlaskClient) -> None:
    by_alias, by_typo = ask(client, "/search?q=softargmax"), ask(client, "/search?q=softmx")
    assert (by_alias["hits"][0]["id"], by_alias["hits"][0]["matchedLabel"]) == ("softmax", "softargmax")
    assert (by_typo["hits"][0]["id"], by_typo["suggestion"]) == ("softmax", "softmax")


def test_sections_have_slashes_in_their_ids(client: FlaskClient) -> None:
    section = ask(client, "/sections/02-training/softmax")
    assert section["url"] == "/lessons/02-training#softmax"
    assert ask(client, "/sections/02-training%2Fsoftmax") == section


def test_lists_come_in_pages_that_together_hold_everything_once(client: FlaskClient) -> None:
    pages = [ask(client, f"/concepts?per_page=3&page={number}") for number in (1, 2, 3)]
    listed = [concept["id"] for page in pages for concept in page["concepts"]]
    assert listed == sorted(set(listed))
    assert len(listed) == pages[0]["total"]


def test_a_page_beyond_the_last_is_empty(client: FlaskClient) -> None:
    assert ask(client, "/concepts?page=99")["concepts"] == []


def test_link_headers_lead_from_page_to_page(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=a%20vector&per_page=1&page=2")
    links = {
        rel: address for address, rel in (one.split("; ") for one in response.headers["Link"].split(", "))
    }
    assert links['rel="prev"'] == "</api/v1/search?q=a+vector&per_page=1&page=1>"
    assert set(links) == {'rel="first"', 'rel="prev"', 'rel="next"', 'rel="last"'}
    following = client.get(links['rel="next"'].strip("<>"))
    assert following.get_json()["page"] == 3


def test_the_last_page_has_no_next_one(client: FlaskClient) -> None:
    assert 'rel="next"' not in client.get("/api/v1/concepts").headers["Link"]


def test_several_labels_are_looked_up_at_once_in_their_order(client: FlaskClient) -> None:
    found = ask(client, "/lookup?label=SGD&label=softmx&label=Vectors")
    assert found["total"] == 2
    assert [one["label"] for one in found["labels"]] == ["SGD", "softmx", "Vectors"]
    assert found["labels"][0]["found"] == ask(client, "/lookup?label=SGD")
    assert (found["labels"][1]["found"], found["labels"][1]["near"][0]) == (None, "Softmax")


def test_an_answer_has_only_the_fields_that_are_asked_for(client: FlaskClient) -> None:
    whole = ask(client, "/concepts/softmax")
    trimmed = ask(client, "/concepts/softmax?fields=prefLabel,id,definitions.text&fields=mentions.total")
    assert trimmed == {
        "id": whole["id"],
        "prefLabel": whole["prefLabel"],
        "definitions": [{"text": one["text"]} for one in whole["definitions"]],
        "mentions": {"total": whole["mentions"]["total"]},
    }
    assert ask(client, "/concepts/softmax?fields=") == whole


def test_a_trimmed_list_still_leads_from_page_to_page(client: FlaskClient) -> None:
    response = client.get("/api/v1/concepts?per_page=2&fields=concepts.id")
    assert response.get_json() == {"concepts": [{"id": "batch"}, {"id": "cross-entropy-loss"}]}
    assert "fields=concepts.id&page=2" in response.headers["Link"]


# Somebody's own text


def annotated(client: FlaskClient, text: str) -> list[tuple[str, str]]:
    """The words of a text that name concepts, as the server finds them, and the concepts."""
    answered = client.post("/api/v1/annotate", json={"text": text}).get_json()
    validator("Annotations").validate(answered)
    assert [text[one["start"] : one["end"]] for one in answered["annotations"]] == [
        one["label"] for one in answered["annotations"]
    ]
    return [(one["label"], one["id"]) for one in answered["annotations"]]


def test_a_text_is_told_which_concepts_it_names_where(client: FlaskClient) -> None:
    text = "𝒩aïve: SGD, like the softargmax of two Vectors, is no vectorisation."
    assert annotated(client, text) == [
        ("SGD", "stochastic-gradient-descent"),
        ("softargmax", "softmax"),
        ("Vectors", "vector"),
    ]
    assert annotated(client, "") == []


def test_a_text_may_be_trimmed_in_its_answer_too(client: FlaskClient) -> None:
    response = client.post("/api/v1/annotate?fields=annotations.id", json={"text": "a batch"})
    assert response.get_json() == {"annotations": [{"id": "batch"}]}
    assert "ETag" not in response.headers


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {}}, 400),
        ({"json": {"txet": "a"}}, 400),
        ({"json": {"text": 1}}, 400),
        ({"json": {"text": "a", "fields": "total"}}, 200),
        ({"json": ["text"]}, 400),
        ({"json": {"text": "x" * 50_001}}, 400),
        ({"data": b'{"text": ', "content_type": "application/json"}, 400),
        ({"data": b'{"text": "\\ud800"}', "content_type": "application/json"}, 400),
        ({"data": b"[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": b"text=a", "content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": b"x" * 1_000_000, "content_type": "application/json"}, 413),
    ],
)
def test_only_a_short_text_in_json_is_read(client: FlaskClient, sent: Any, status: int) -> None:
    response = client.post("/api/v1/annotate", **sent)
    assert response.status_code == status, response.text
    if status != 200:
        assert response.mimetype == "application/problem+json"
        validator("ProblemDetails").validate(response.get_json())


def test_a_text_is_not_asked_about_in_an_address(client: FlaskClient) -> None:
    response = client.get("/api/v1/annotate?text=a")
    assert (response.status_code, response.get_json()["allowed"]) == (405, ["POST"])
    assert client.post("/api/v1/annotate?text=a", json={"text": "a"}).status_code == 400
    asked = client.options("/api/v1/annotate")
    assert asked.headers["Access-Control-Allow-Methods"] == "POST"
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_its_annotation(client: FlaskClient, text: str) -> None:
    annotated(client, text.encode("utf-8", "replace").decode())


# How it says no


def test_an_unknown_concept_names_the_nearest(client: FlaskClient) -> None:
    details = refused(client, "/concepts/softmx", 404)
    assert details["near"][0] == "Softmax"
    assert details["type"] == "/api/docs#unknown-name"


def test_an_unknown_name_without_neighbours_says_where_all_are(client: FlaskClient) -> None:
    assert refused(client, "/lessons/zzz", 404)["detail"].endswith("/api/v1/lessons lists all.")
    assert refused(client, "/lookup?label=%E2%98%83", 404)["detail"].endswith("/api/v1/concepts lists all.")


@pytest.mark.parametrize(
    ("path", "parameter", "near"),
    [
        ("/concepts?pge=1", "pge", ["page"]),
        ("/concepts?page=0", "page", None),
        ("/concepts?page=one", "page", None),
        ("/concepts?per_page=100000", "per_page", None),
        ("/concepts?page=1&page=2", "page", None),
        ("/concepts?letter=SS", "letter", None),
        ("/search", "q", None),
        ("/search?q=", "q", None),
        ("/search?q=x&kind=concepts", "kind", ["concept"]),
        ("/concepts/softmax/prerequisites?depth=0", "depth", None),
        ("/problems?severity=worst", "severity", None),
        ("/problems?code=empty-sections", "code", ["empty-section"]),
        ("/concepts?page=1.0", "page", None),
        ("/concepts?page=1e0", "page", None),
        ("/concepts?page=01", "page", None),
        ("/concepts?page=%201", "page", None),
        ("/why?prerequisite=vector", "target", None),
        ("/lessons?page=1", "page", None),
        ("/concepts/softmax?feilds=id", "feilds", ["fields"]),
        ("/lookup?label=a" + "&label=a" * 100, "label", None),
        ("/path?to=softmax&known=vector&known=" + "x" * 301, "known", None),
        ("/path?to=softmax" + "&known=vector" * 1001, "known", None),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(
    client: FlaskClient, path: str, parameter: str, near: list[str] | None
) -> None:
    details = refused(client, path, 400)
    assert details["parameter"] == parameter
    assert details.get("near") == near
    assert parameter in details["detail"]


@pytest.mark.parametrize(
    ("fields", "meant"), [("prefLable", "prefLabel"), ("id,definitions.txt", "definitions.text")]
)
def test_a_misspelled_field_is_said_and_not_left_out(client: FlaskClient, fields: str, meant: str) -> None:
    details = refused(client, f"/concepts/softmax?fields={fields}", 400)
    assert (details["parameter"], details["near"][0]) == ("fields", meant)
    assert "prefLabel" in details["allowed"]


def test_a_field_that_a_form_left_empty_counts_as_not_given(client: FlaskClient) -> None:
    assert ask(client, "/concepts?letter=&lesson=&page=") == ask(client, "/concepts")


def test_a_code_that_no_problem_has_now_is_no_mistake(client: FlaskClient) -> None:
    assert ask(client, "/problems?code=too-large")["problems"] == []


def test_an_initial_is_found_in_any_case_and_with_any_accent(client: FlaskClient) -> None:
    assert ask(client, "/concepts?letter=S")["total"] > 0
    for letter in ("s", "%C5%9B"):
        assert ask(client, f"/concepts?letter={letter}") == ask(client, "/concepts?letter=S")


def test_problems_come_in_pages(client: FlaskClient) -> None:
    everything = ask(client, "/problems")
    response = client.get("/api/v1/problems?per_page=1&page=2")
    second = response.get_json()
    assert second["problems"] == everything["problems"][1:2]
    assert (second["total"], second["page"], second["perPage"]) == (everything["total"], 2, 1)
    assert 'page=3>; rel="next"' in response.headers["Link"]


def test_a_list_leads_to_no_page_that_may_not_be_asked_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.MOST_PAGES", 2)
    first = client.get("/api/v1/concepts?per_page=1").headers["Link"]
    assert 'page=2>; rel="last"' in first
    assert 'rel="next"' not in client.get("/api/v1/concepts?per_page=1&page=2").headers["Link"]


def test_a_page_of_another_site_may_ask_what_it_may_ask(client: FlaskClient) -> None:
    response = client.options("/api/v1/concepts/softmax")
    assert (response.status_code, response.data) == (204, b"")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert int(response.headers["Access-Control-Max-Age"]) > 0
    assert client.options("/api/v1/nowhere").status_code == 404


def test_whoever_has_any_answer_is_not_sent_another(client: FlaskClient) -> None:
    anything = {"If-None-Match": "*"}
    assert client.get("/api/v1/concepts/softmax", headers=anything).status_code == 304
    assert client.get("/api/v1/concepts/softmx", headers=anything).status_code == 404


def test_the_description_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/api/v1/openapi.json").headers["ETag"]
    assert client.get("/api/v1/openapi.json", headers={"If-None-Match": tag}).status_code == 304


def test_an_unknown_address_names_the_nearest(client: FlaskClient) -> None:
    assert refused(client, "/serch?q=x", 404)["near"][0] == "/api/v1/search"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_but_reading_is_allowed(client: FlaskClient, method: str) -> None:
    response = client.open("/api/v1/concepts", method=method)
    assert response.status_code == 405
    assert response.mimetype == "application/problem+json"
    assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))
    assert response.get_json()["allowed"] == ["GET", "HEAD"]


@pytest.mark.parametrize("path", ["/search?q=", "/suggest?q=", "/lookup?label=", "/path?to=", "/concepts/"])
def test_a_question_of_100_000_characters_is_refused_not_feared(client: FlaskClient, path: str) -> None:
    details = refused(client, path + "x" * 100_000, 400)
    assert len(json.dumps(details)) < 2000


def test_a_path_leads_to_several_targets_and_no_deeper_than_asked(client: FlaskClient) -> None:
    def steps(query: str) -> list[str]:
        return [step["id"] for step in client.get(f"/api/v1/path?{query}").get_json()["steps"]]

    both = client.get("/api/v1/path?to=vector&to=softmax").get_json()
    assert (both["target"], both["targets"]) == ("softmax", ["vector", "softmax"])
    assert steps("to=cross-entropy-loss&depth=1") == ["logits", "softmax", "cross-entropy-loss"]
    assert set(steps("to=lesson 2")) > set(steps("to=softmax")) > {"vector", "logits"}


def test_what_is_unlocked_further_on_is_named_with_its_distance(client: FlaskClient) -> None:
    told = client.get("/api/v1/concepts/logits/unlocks").get_json()
    assert "softmax" in [one["id"] for one in told["unlocks"]]
    assert {"id", "prefLabel", "distance"} == set(told["further"][0])
    assert all(one["distance"] >= 2 for one in told["further"])


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_server(client: FlaskClient, text: str) -> None:
    """Quotes, wild cards, control characters, halves of surrogate pairs."""
    written = quote(text, errors="replace")
    for path in (
        "/search?q=",
        "/lookup?label=",
        "/suggest?q=",
        "/concepts/",
        "/path?known=vector&to=",
        "/sections/",
    ):
        assert client.get(f"/api/v1{path}{written}").status_code < 500


# How an answer travels


def test_what_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/concepts/softmax")
    again = client.get("/api/v1/concepts/softmax", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/api/v1/concepts/vector", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.data == b""
    assert first.headers["Cache-Control"] == "no-cache"


def test_the_answer_of_an_older_date_is_sent_again_only_when_the_notes_are_newer(client: FlaskClient) -> None:
    since = client.get("/api/v1/concepts/softmax").headers["Last-Modified"]

    def asked(path: str, **headers: str) -> int:
        return client.get(f"/api/v1{path}", headers=headers).status_code

    assert asked("/concepts/softmax", **{"If-Modified-Since": since}) == 304
    assert asked("/concepts/softmax", **{"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}) == 200
    assert asked("/concepts/softmx", **{"If-Modified-Since": since}) == 404
    # A tag is more exact than a time.
    assert asked("/concepts/softmax", **{"If-Modified-Since": since, "If-None-Match": '"other"'}) == 200


def test_an_older_snapshot_that_is_served_again_is_news(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    first = switched_at(data)
    assert first is not None
    os.utime(data / "current", (first - 100, first - 100))
    lesson = tmp_path / "notes" / "02-training.md"
    before = lesson.read_text(encoding="utf-8")
    for text in (before + "\nMore.\n", before):
        lesson.write_text(text, encoding="utf-8")
        build(tmp_path / "notes", data)
    since = {"If-Modified-Since": http_date(first - 90)}
    assert client_of(data).get("/api/v1/lessons", headers=since).status_code == 200


def test_no_time_is_told_that_two_builds_may_share(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    soon = int(time()) + 100
    os.utime(data / "current", (soon, soon))
    asked = client_of(data).get("/api/v1/lessons", headers={"If-Modified-Since": http_date(soon)})
    assert (asked.status_code, "Last-Modified" in asked.headers) == (200, False)
    os.utime(data / "current", (soon - 200, soon - 200))
    told = client_of(data).get("/api/v1/lessons").headers["Last-Modified"]
    assert parsedate_to_datetime(told).timestamp() > soon - 200


def test_a_star_does_not_make_an_unknown_name_known(client: FlaskClient) -> None:
    assert client.get("/api/v1/concepts/zzz", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("path", REQUESTS)
def test_head_tells_the_same_without_the_body(client: FlaskClient, path: str) -> None:
    got, head = client.get(f"/api/v1{path}"), client.head(f"/api/v1{path}")
    assert head.data == b""
    assert dict(got.headers) == dict(head.headers)


def test_answers_are_compressed_as_the_client_likes_it(client: FlaskClient) -> None:
    def get(accepted: str) -> TestResponse:
        return client.get("/api/v1/export", headers={"Accept-Encoding": accepted})

    plain = get("identity")
    assert "Content-Encoding" not in plain.headers
    assert brotli.decompress(get("gzip, br").data) == plain.data
    assert gzip.decompress(get("gzip, br;q=0").data) == plain.data
    assert gzip.decompress(get("gzip;q=1, br;q=0.5").data) == plain.data
    assert get("zstd").data == plain.data
    assert plain.headers["Vary"] == "Accept-Encoding"


def test_a_short_answer_is_not_worth_compressing(client: FlaskClient) -> None:
    response = client.get("/api/v1/lookup?label=SGD", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("path", ["/concepts", "/concepts/zzz", "/nowhere", "/concepts?page=0"])
def test_programs_in_other_sites_may_read_answers_and_refusals(client: FlaskClient, path: str) -> None:
    assert client.get(f"/api/v1{path}").headers["Access-Control-Allow-Origin"] == "*"


def test_answers_end_with_a_newline(client: FlaskClient) -> None:
    for path in ("/api/v1/lessons", "/api/v1/nowhere", "/api/v1/openapi.json"):
        assert client.get(path).data.endswith(b"}\n")


# That it is described as it is


def test_the_description_is_openapi_3_1() -> None:
    validate(document())


def test_the_description_is_served_and_can_be_read_by_people(client: FlaskClient) -> None:
    assert client.get("/api/v1/openapi.json").get_json() == document()
    page = client.get("/api/docs").text
    for endpoint in ENDPOINTS:
        assert f"<code>{endpoint.path}</code>" in page
    assert client.get("/api/v1/").headers["Location"] == "/api/docs"


def test_every_route_stands_in_the_description(client: FlaskClient) -> None:
    undescribed = {"openapi", "docs", "root"}
    routes = {
        rule.endpoint.removeprefix("api.")
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert routes - undescribed == {
        one["operationId"] for path in document()["paths"].values() for one in path.values()
    }


def test_every_endpoint_is_asked_here() -> None:
    asked = {endpoint.name for endpoint in ENDPOINTS if not endpoint.posted}
    assert set(REQUESTS.values()) == asked


@pytest.mark.parametrize(("path", "name"), REQUESTS.items())
def test_answers_are_as_described(client: FlaskClient, path: str, name: str) -> None:
    (kinds,) = (endpoint.kinds for endpoint in ENDPOINTS if endpoint.name == name)
    answered = ask(client, path)
    assert any(validator(kind.__name__).is_valid(answered) for kind in kinds)


@pytest.mark.parametrize("path", ["/concepts/softmx", "/concepts?pge=1", "/nowhere"])
def test_refusals_are_as_described(client: FlaskClient, path: str) -> None:
    validator("ProblemDetails").validate(client.get(f"/api/v1{path}").get_json())


def test_path_parameters_are_required_and_lists_may_be_repeated() -> None:
    described = document()["paths"]
    id_of_concept, *_ = described["/concepts/{id}"]["get"]["parameters"]
    assert (id_of_concept["in"], id_of_concept["required"]) == ("path", True)
    known = {one["name"]: one for one in described["/path"]["get"]["parameters"]}["known"]
    assert (known["in"], known["required"], known["schema"]["type"]) == ("query", False, "array")


def test_the_prefix_of_the_site_stands_before_every_address(client: FlaskClient) -> None:
    response = client.get("/api/v1/concepts?per_page=1", base_url="http://localhost/course")
    assert response.get_json()["concepts"][0]["url"].startswith("/course/concepts/")
    assert response.headers["Link"].startswith("</course/api/v1/concepts?")


# Parameters by themselves


def test_a_question_is_read_from_texts() -> None:
    assert read(AllConcepts, {"page": ["2"], "letter": ["S"]}) == AllConcepts(letter="S", page=2)


PARAMETERS = ["q", "kind", "lesson", "page", "per_page", "x"]


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.lists(st.text(), max_size=2)))
def test_whatever_is_given_is_read_or_refused_by_name(texts: dict[str, list[str]]) -> None:
    try:
        assert read(OneSearch, texts).q
        return
    except InvalidParameter as error:
        refusal = error
    assert refusal.parameter in PARAMETERS
    assert len(str(refusal)) < 500


def test_the_target_of_a_path_to_a_lesson_is_its_last_step(client: FlaskClient) -> None:
    for address in ("/path?to=lesson%3A01-linear", "/path?to=softmax&to=vector"):
        answer = client.get("/api/v1" + address).get_json()
        assert answer["target"] == answer["steps"][-1]["id"]
        assert answer["target"] in answer["targets"]


def test_a_lesson_may_be_asked_for_by_number(client: FlaskClient) -> None:
    assert client.get("/api/v1/lessons/2").get_json() == client.get("/api/v1/lessons/02-training").get_json()


def test_a_part_of_the_map_has_no_further_page(client: FlaskClient) -> None:
    for query in ("", "?lesson=2", "?around=softmax"):
        assert 'rel="next"' not in client.get(f"/api/v1/graph{query}").headers["Link"]
