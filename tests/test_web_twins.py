"""What a page says to people and what it says to programs at the same address: the same, for every page of
all notes at hand.

Pages are read as trees. What is compared are words and addresses: of a quote, its letters, because people see
its words and programs its source.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from html_tree import labelled_by, of_class, tree_of, words_in
from markdown_it import MarkdownIt
from served_notes import build, client_of

from corpus import sample_folder
from corpus.tex import readable
from graph.model import EvidenceKind
from web.exports.linked_data import in_schema_org
from web.groups import RESOURCE_TITLES
from web.phrases import EVIDENCE_WORDS, confidence_in_words

Json = Any
# A place as pages name it: the address of its section, file and first line.
Place = tuple[str | None, str]

INLINE = MarkdownIt("commonmark", {"html": False})


@pytest.fixture(scope="module", params=["bundled", pytest.param("pytorch-notes", marks=pytest.mark.corpora)])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the bundled notes, and of a student's, where they are."""
    notes = sample_folder()
    if request.param != "bundled":
        corpora: Path = request.getfixturevalue("corpora")
        notes = corpora / request.param / "notes"
    return client_of(build(notes, tmp_path_factory.mktemp("twins")))


def page(client: FlaskClient, address: str) -> Element:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "text/html"), address
    return tree_of(response.text)


def twin(client: FlaskClient, address: str, mimetype: str = "application/json") -> Json:
    """What the page at this address says to programs."""
    response = client.get(address, headers={"Accept": mimetype})
    assert (response.status_code, response.mimetype) == (200, mimetype), response.text
    return json.loads(response.data)


def ids(client: FlaskClient, of: str) -> list[str]:
    """The ids of all concepts, or all lessons."""
    listed = [one for answer in all_pages(client, f"/api/v1/{of}") for one in answer[of]]
    assert len(listed) > 5
    return [one["id"] for one in listed]


def all_pages(client: FlaskClient, address: str) -> Iterator[Json]:
    """The pages of a list, each led to by the one before."""
    following: str | None = address
    while following:
        response = client.get(following)
        assert response.status_code == 200, response.text
        yield response.get_json()
        found = re.search('<([^>]*)>; rel="next"', response.headers.get("Link", ""))
        following = found[1] if found else None


# Parts of pages, and the same of answers


def letters(text: str) -> str:
    """The letters and digits of a text, however it is set."""
    return "".join(re.findall(r"[^\W_]+", text))


def letters_of(source: str) -> str:
    """The letters that people read of words that stand so in the notes."""
    return letters(readable(words_in(tree_of(INLINE.renderInline(source)))))


def links(element: Element) -> list[tuple[str, str]]:
    """Where the links of an element lead, and what they say."""
    return [(one.get("href", ""), words_in(one)) for one in element.iter("a")]


def named(concepts: Iterable[Json]) -> list[tuple[str, str]]:
    """Concepts as pages link them."""
    return [(f"/concepts/{quote(one['id'])}", " ".join(one["prefLabel"].split())) for one in concepts]


def place_on(element: Element) -> Place:
    """The place that a page names first in an element."""
    (place, *_) = of_class(element, "place")
    link = next((one for one in element.iter("a") if "place" not in one.get("class", "")), None)
    return (None if link is None else link.get("href"), words_in(place))


def place_in(source: Json) -> Place:
    return (source["url"], f"{source['path']}:{source['firstLine']}")


def quotes_on(element: Element) -> dict[tuple[str, Place], set[str]]:
    """The quotes of an element, and why each speaks for what it is quoted for."""
    found: dict[tuple[str, Place], set[str]] = {}
    for one in of_class(element, "evidence"):
        (source,) = of_class(one, "source")
        reasons = words_in(source).rpartition(" · ")[2].split("; ")
        found.setdefault((letters(words_in(one.find("p"))), place_on(source)), set()).update(reasons)
    return found


def quotes_in(evidence: Iterable[Json]) -> dict[tuple[str, Place], set[str]]:
    found: dict[tuple[str, Place], set[str]] = {}
    for one in evidence:
        said = (letters_of(one["quote"]), place_in(one["source"]))
        found.setdefault(said, set()).add(EVIDENCE_WORDS[EvidenceKind(one["kind"])])
    return found


def questions_on(element: Element) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for one in element.findall(".//ul[@class='questions']/li"):
        explained = one.find(".//p[@class='explanation']")
        answer = next((p for p in one.findall(".//details/div/p") if p is not explained), None)
        (source,) = of_class(one, "source")
        about = [link for link in links(source) if link[0].startswith("/concepts/")]
        options = [words_in(option) for option in one.findall(".//ol/li")]
        (asked,) = of_class(one, "question")
        said = (words_in(asked), options, words_in(answer), words_in(explained))
        found.append((*said, place_on(source), about))
    return found


def questions_in(questions: Iterable[Json]) -> list[tuple[object, ...]]:
    return [
        (
            as_read(one["question"]),
            list(map(as_read, one["options"])),
            as_read(one["answer"]),
            as_read(one["explanation"]),
            place_in(one["source"]),
            named(one["concepts"]),
        )
        for one in questions
    ]


def as_read(text: str) -> str:
    return " ".join(readable(text).split())


def linked_data_on(tree: Element) -> Json:
    """What the head of a page says, first of what it says."""
    (said, *_) = tree.findall(".//script[@type='application/ld+json']")
    return json.loads(said.text or "")


def schema_org_of(node: Json) -> Json:
    """What a page's head is to hold of its linked data."""
    return json.loads(json.dumps(in_schema_org(node)))


# Concepts


def test_every_concepts_page_says_what_its_twin_says(client: FlaskClient) -> None:
    for id in ids(client, "concepts"):
        check_concept(client, f"/concepts/{quote(id)}")


def lesson_named(lesson: Json) -> str:
    """A lesson on a page: without our number where its title has its own, as those of pytorch-notes have."""
    title = str(lesson["title"])
    return title if title.startswith("Lesson ") else f"Lesson {lesson['number']}, {title}"


def check_concept(client: FlaskClient, address: str) -> None:
    tree, said = page(client, f"{address}?uses=all"), twin(client, f"{address}?uses=all")
    assert said == client.get(f"/api/v1{address}?uses=all").get_json()
    assert words_in(tree.find(".//h1")) == " ".join(said["prefLabel"].split())
    assert [words_in(b) for p in of_class(tree, "aliases") for b in p.iter("b")] == said["altLabel"]
    lesson = said["lesson"]
    assert links(of_class(tree, "kicker")[0]) == ([(lesson["url"], lesson_named(lesson))] if lesson else [])
    check_definitions(tree, said)
    check_edges(client, tree, said, address)
    check_neighbours(tree, said)
    check_uses(tree, said)
    check_beside(tree, said)
    assert linked_data_on(tree) == schema_org_of(twin(client, address, "application/ld+json")), address


POINTS = re.compile(r"(?:synonym|abbreviation)\s(?:for|of)\s[^.]*\.?\Z", re.IGNORECASE)


def check_definitions(tree: Element, said: Json) -> None:
    shown = of_class(tree, "definition")
    # On its own page "Synonym for ebb." beside what an ebb is tells nothing.
    told = said["definitions"][:1] + [one for one in said["definitions"][1:] if not POINTS.match(one["text"])]
    assert [place_on(of_class(one, "source")[0]) for one in shown] == [
        place_in(one["source"]) for one in told
    ]
    for one, definition in zip(shown, told, strict=True):
        in_words = words_in(tree_of(definition["html"]))
        if of_class(one, "soft") and not of_class(one, "prose"):
            assert letters(definition["text"]).lower() == letters(said["definitions"][0]["text"]).lower()
        else:
            assert letters(words_in(of_class(one, "prose")[0])) == letters(readable(in_words))
        if not any(tag in definition["html"] for tag in ("<math", "<img", "<pre", "$")):
            assert letters(definition["text"]) in letters(in_words)


def check_edges(client: FlaskClient, tree: Element, said: Json, address: str) -> None:
    contested = {one[end]["id"] for one in said["dropped"] for end in ("prerequisite", "target")}
    first = labelled_by(tree, "page.first")
    heads = [(links(one)[0], words_in(one.find("span"))) for one in of_class(first, "edge-head")]
    expected = [
        (
            named([one])[0],
            confidence_in_words(one["confidence"])
            + ", and implied by others" * one["implied"]
            + ", and contested" * (one["id"] in contested),
        )
        for one in said["prerequisites"]
    ]
    assert sorted(heads) == sorted(expected)
    quoted = [e for one in said["prerequisites"] for e in one["evidence"]]
    if not quoted:  # then what is not believed to come first stands there
        doubted = [one for one in said["dropped"] if one["target"]["id"] == said["id"]]
        quoted = [one["evidence"][0] for one in doubted]
    assert quotes_on(first) == quotes_in(quoted)
    unlocks = labelled_by(tree, "page.unlocks")
    further = unlocks.find("details")
    listed = [link for link in links(unlocks) if link[0] != "#page.dropped"]
    after = client.get(f"/api/v1{address}/unlocks").get_json()["further"]
    assert listed == named(said["unlocks"]) + named(after)
    assert (links(further) if further is not None else []) == named(after)
    if said["unlocks"]:
        assert words_in(of_class(unlocks, "count")[0]) == str(len(said["unlocks"]))
    check_dropped(of_class(labelled_by(tree, "page.dropped"), "notice"), said["dropped"])


def check_dropped(notices: list[Element], dropped: Json) -> None:
    assert len(notices) == len(dropped)
    for notice, one in zip(notices, dropped, strict=True):
        edges = [one, *one["believed"]]
        told = " ".join(map(words_in, notice.findall("p")))
        assert [link for link in links(notice) if link[0].startswith("/concepts/")] == [
            link for edge in edges for link in named([edge["prerequisite"], edge["target"]])
        ]
        assert " → ".join(step["prefLabel"] for step in one["loop"]) in told
        assert one["reason"] in told
        quotes: dict[tuple[str, Place], set[str]] = {}
        for edge in edges:
            for said, reasons in quotes_in(edge["evidence"][:1]).items():
                quotes.setdefault(said, set()).update(reasons)
        assert quotes_on(notice) == quotes


def check_neighbours(tree: Element, said: Json) -> None:
    parts = (labelled_by(tree, "page.kinds"), labelled_by(tree, "page.related"))
    shown = [link for part in parts for link in links(part) if link[0].startswith("/concepts/")]
    assert shown == named([*said["broader"], *said["narrower"], *said["related"]])
    for id, names in {
        "page.parts": ("partOf", "parts"),
        "page.examples": ("exampleOf", "examples"),
    }.items():
        expected = [
            (named([one])[0], letters_of(one["quote"]), place_in(one["source"]))
            for name in names
            for one in said[name]
        ]
        found = [
            (links(p)[0], letters(words_in(p.find("q"))), place_on(of_class(p, "soft")[0]))
            for p in labelled_by(tree, id).findall("p")
        ]
        assert found == expected


def check_uses(tree: Element, said: Json) -> None:
    uses = labelled_by(tree, "page.uses")
    mentions = said["mentions"]
    if mentions["total"]:
        assert words_in(of_class(uses, "count")[0]) == f"{mentions['total']:,}"
    assert [
        (words_in(one.find("q")), place_on(of_class(one, "source")[0]))
        for one in uses.findall("ul[@class='uses']/li")
    ] == [(as_read(one["sentence"]), place_in(one["source"])) for one in mentions["items"]]


def check_beside(tree: Element, said: Json) -> None:
    """Pictures, links and questions."""
    shown = [
        (image.get("src") if (image := one.find(".//img")) is not None else None, place_on(one))
        for one in labelled_by(tree, "page.figures").iter("figure")
    ]
    pictures = [(one["url"], (one["source"]["url"], place_in(one["source"])[1])) for one in said["figures"]]
    assert [(url, place[1]) for url, place in shown] == [(url, place[1]) for url, place in pictures]
    once = {(one["kind"], one["url"]): one for one in reversed(said["resources"])}
    by_title = {str(title): kind for kind, title in RESOURCE_TITLES.items()}
    resources = labelled_by(tree, "page.links")
    kinds = [by_title[words_in(one)] for one in resources.iter("h3")]
    found = [
        (str(kind), item.find("a").get("href") if item.find("a") is not None else None, words_in(item))  # type: ignore[union-attr]
        for kind, items in zip(kinds, resources.iter("ul"), strict=True)
        for item in items
    ]
    assert sorted(found, key=str) == sorted(
        ((k, one["href"], " ".join((one["title"] or url).split())) for (k, url), one in once.items()), key=str
    )
    asked = questions_on(labelled_by(tree, "page.questions"))
    assert asked == questions_in(said["questions"])
    sections = [(one["url"], " ".join(one["title"].split())) for one in said["sections"]]
    (aside,) = tree.iter("aside")
    assert [link for ul in of_class(aside, "plain-list") for link in links(ul)] == sections


# Lessons, questions, problems, lists


def test_every_lessons_page_says_what_its_twin_says(client: FlaskClient) -> None:
    for id in ids(client, "lessons"):
        address = f"/lessons/{quote(id)}"
        tree, said = page(client, address), twin(client, address)
        assert words_in(tree.find(".//h1")) == " ".join(said["title"].split())
        above = "Lesson" if lesson_named(said) == said["title"] else f"Lesson {said['number']}"
        assert words_in(of_class(tree, "kicker")[0]) == above
        for part, name in (("assumes", "assumes"), ("introduces", "concepts"), ("again", "definedAgain")):
            assert links(labelled_by(tree, f"page.{part}")) == named(said[name])
        promised = labelled_by(tree, "page.objectives").iter("li")
        assert list(map(words_in, promised)) == [" ".join(o["text"].split()) for o in said["objectives"]]
        headed = {f"#{one['anchor']}" for one in said["sections"] if one["anchor"]}
        contents = [href for href, _ in links(of_class(tree, "contents")[0]) if href != "#page.questions"]
        assert set(contents) == headed - ({f"#{tree.find('.//h1').get('id')}"} - set(contents))  # type: ignore[union-attr]
        for way in ("previous", "next"):
            turn = [
                one.get("href") for one in of_class(tree, "turn")[0].iter("a") if one.get("rel") == way[:4]
            ]
            assert turn == ([said[way]["url"]] if said[way] else [])
        check_problems(of_class(tree, "for-author"), said["problems"])
        assert linked_data_on(tree) == schema_org_of(twin(client, address, "application/ld+json"))


def check_problems(parts: Iterable[Element], problems: Iterable[Json]) -> None:
    found = [
        (words_in(of_class(one, "problem")[0]), words_in(of_class(one, "place")[0]))
        for part in parts
        for one in part.findall(".//ul[@class='entries']/li")
    ]
    assert sorted(found) == sorted(
        (f"{one['severity']} {' '.join(one['message'].split())}", place_in(one["source"])[1])
        for one in problems
    )


def test_every_page_of_questions_says_what_its_twin_says(client: FlaskClient) -> None:
    lessons, concepts = ids(client, "lessons"), ids(client, "concepts")
    asked = [{"page": "1"}, {"page": "2"}]
    asked += [{"lesson": id} for id in lessons] + [{"concept": id} for id in concepts[:20]]
    for one in asked:
        address = f"/questions?{urlencode(one)}"
        tree, said = page(client, address), twin(client, address)
        assert questions_on(tree) == questions_in(said["questions"])
        if said["questions"]:
            assert linked_data_on(tree) == schema_org_of(twin(client, address, "application/ld+json"))
    everything = [
        q for answer in all_pages(client, "/api/v1/questions?per_page=20") for q in answer["questions"]
    ]
    assert len(everything) == twin(client, "/questions")["total"]


@pytest.mark.parametrize("asked", ["", "?severity=warning", "?severity=info", "?by=file"])
def test_the_problems_are_the_same_in_both(
    client: FlaskClient, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.PROBLEMS_OF_A_KIND", 10_000)  # all are on one page
    monkeypatch.setattr("web.pages.PROBLEMS_PER_PAGE", 10_000)
    tree = page(client, f"/problems{asked}")
    problems = [
        one
        for answer in all_pages(client, f"/api/v1/problems{asked.replace('?by=file', '')}")
        for one in answer["problems"]
    ]
    found = [
        words_in(of_class(item, "problem")[0]).removeprefix(f"{word} ")
        for group in of_class(tree, "problem-group")
        for item in group.findall(".//ul[@class='entries']/li")
        for word in [next((words_in(t) for t in of_class(item, "tag")), "")]
    ]
    assert sorted(found) == sorted(" ".join(one["message"].split()) for one in problems)
    assert twin(client, f"/problems{asked}")["total"] == len(problems)


@pytest.mark.parametrize("asked", ["", "letter=S", "lesson=2", "q=ma", "only=undefined", "q=ma&letter=S"])
def test_the_glossary_lists_the_same_in_both(client: FlaskClient, asked: str) -> None:
    tree = page(client, f"/glossary?{asked}")
    entries = [item for part in of_class(tree, "letter-group") for item in part.iter("li")]
    listed = [
        one
        for answer in all_pages(client, f"/api/v1/concepts?{asked}&per_page=100")
        for one in answer["concepts"]
    ]
    assert [(*links(item)[:1], words_in(item.find("p"))) for item in entries] == [
        (named([one])[0], " ".join(one["summary"].split()) or "not defined yet") for one in listed
    ]
    assert twin(client, f"/glossary?{asked}")["total"] == len(entries)
