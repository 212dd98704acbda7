"""What browsers and search engines find: suggestions for a search field, a list of all pages, linked data."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from served_notes import build, built_notes, client_of, library_of

from corpus import sample_folder
from web.exports.linked_data import as_jsonld

IN_XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
IN_HEAD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(built_notes(tmp_path_factory.mktemp("discovery")))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled notes, built."""
    return build(sample_folder(), tmp_path_factory.mktemp("course"))


# Suggestions


def test_a_browser_is_told_where_to_ask_for_suggestions(client: FlaskClient) -> None:
    described = ElementTree.fromstring(client.get("/opensearch.xml").data)
    templates = {one.get("type"): one.get("template", "") for one in described if one.tag.endswith("Url")}
    asked = templates["application/x-suggestions+json"].replace("{searchTerms}", "sof")
    response = client.get(asked)
    assert response.mimetype == "application/x-suggestions+json"
    typed, words, meanings, addresses = json.loads(response.data)
    assert (typed, words) == ("sof", ["Softmax"])
    assert meanings[0].startswith("A function that turns a vector")
    assert client.get(addresses[0]).status_code == 200
    assert addresses[0].startswith("http://localhost/")


def test_nothing_typed_and_anything_typed_is_answered(client: FlaskClient) -> None:
    for typed in ("", "%00", "x" * 5000, "%F0%9F"):
        assert len(client.get(f"/suggest?q={typed}").get_json(force=True)) == 4


# The list of pages


def listed(client: FlaskClient, address: str, **more: Any) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(client.get(address, **more).data).iter(IN_XML)]


def test_every_page_that_is_listed_is_there(client: FlaskClient) -> None:
    pages = listed(client, "/sitemap.xml")
    assert "http://localhost/concepts/stochastic-gradient-descent" in pages
    assert len(pages) == len(set(pages))
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


def test_addresses_are_those_under_which_the_site_is_asked(client: FlaskClient) -> None:
    pages = listed(client, "/sitemap.xml", base_url="https://example.org/course")
    assert all(page.startswith("https://example.org/course/") for page in pages)
    robots = client.get("/robots.txt", base_url="https://example.org/course").text
    assert "Sitemap: https://example.org/course/sitemap.xml" in robots
    assert "Disallow: /course/search" in robots


def test_very_many_pages_are_listed_in_several_files(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = listed(client, "/sitemap.xml")
    monkeypatch.setattr("web.discovery.MOST_LISTED", 4)
    parts = listed(client, "/sitemap.xml")
    assert len(parts) == -(-len(whole) // 4)
    assert [page for part in parts for page in listed(client, part)] == whole
    assert client.get("/sitemap-0.xml").status_code == 404
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


# Linked data


def graph_at(client: FlaskClient, address: str, accept: str) -> Graph:
    """What is said at an address, in a form."""
    response = client.get(address, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, accept)
    assert "Accept" in response.headers["Vary"]
    return Graph().parse(data=response.data, format="json-ld" if "json" in accept else "turtle")


@pytest.mark.parametrize("page", ["/concepts/softmax", "/lessons/02-training", "/glossary", "/questions"])
def test_a_page_says_the_same_in_both_forms_of_linked_data(client: FlaskClient, page: str) -> None:
    in_json = graph_at(client, page, "application/ld+json")
    assert len(in_json) > 3
    assert isomorphic(in_json, graph_at(client, page, "text/turtle"))


def test_a_concept_and_a_lesson_say_by_themselves_what_the_export_says_of_them(course: Path) -> None:
    client, library = client_of(course), library_of(course)
    exported = json.loads(as_jsonld(library.dump(), library.snapshot.settings(), "http://localhost"))
    nodes = {node["@id"]: node for node in exported["@graph"]}
    names = [f"http://localhost/concepts/{entry.id}" for entry in library.snapshot.entries()]
    names += [f"http://localhost/lessons/{entry.link.id}" for entry in library.lessons()]
    for name in names:
        said = client.get(name, headers={"Accept": "application/ld+json"}).get_json(force=True)
        del said["@context"]
        assert said == nodes[name]


def test_a_question_has_its_answer_and_what_it_is_about(client: FlaskClient) -> None:
    schema = "https://schema.org/"
    said = graph_at(client, "/questions", "application/ld+json")
    (question,) = said.subjects(URIRef(schema + "acceptedAnswer"))
    assert said.value(question, URIRef(schema + "about")) == URIRef("http://localhost/concepts/softmax")
    answer = said.value(question, URIRef(schema + "acceptedAnswer"))
    assert str(said.value(answer, URIRef(schema + "text"))) == "Equal probabilities."


@pytest.mark.parametrize(
    ("page", "kind"), [("concepts/softmax", "DefinedTerm"), ("lessons/01-linear", "LearningResource")]
)
def test_a_page_carries_what_search_engines_read(client: FlaskClient, page: str, kind: str) -> None:
    (said,) = IN_HEAD.findall(client.get(f"/{page}").text)
    read = json.loads(said)
    assert (read["@context"], read["@type"], read["@id"]) == (
        "https://schema.org",
        kind,
        f"http://localhost/{page}",
    )
    assert read["name"]


def test_no_words_of_the_notes_end_the_data_in_the_head(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    text = "# Ends\n\n## Tide\n\nA **tide** is `</script><script>alert(1)</script>` & the `<!--` sea.\n"
    (notes / "ends.md").write_text(text, encoding="utf-8")
    client = client_of(build(notes, tmp_path / "data"))
    (said,) = IN_HEAD.findall(client.get("/concepts/tide").text)
    assert not set("<>&") & set(said)
    assert "</script><script>" in json.loads(said)["description"]


def test_what_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    asked = {"Accept": "application/ld+json"}
    tag = client.get("/concepts/softmax", headers=asked).headers["ETag"]
    assert client.get("/concepts/softmax", headers={**asked, "If-None-Match": tag}).status_code == 304
    assert client.get("/api/v1/concepts/softmax", headers={"If-None-Match": tag}).status_code == 200


def test_whoever_asks_for_what_there_is_not_gets_the_page(client: FlaskClient) -> None:
    """A page is better than a refusal: RFC 9110 leaves it to the server."""
    for page, accept in (("/concepts/softmax", "image/png"), ("/problems", "text/turtle")):
        response = client.get(page, headers={"Accept": accept})
        assert (response.status_code, response.mimetype) == (200, "text/html")


def test_a_concept_that_is_unknown_is_problem_details_for_whoever_asks_for_data(client: FlaskClient) -> None:
    response = client.get("/concepts/softmx", headers={"Accept": "application/ld+json"})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
