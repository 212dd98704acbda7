"""The pages as a browser gets them: each answers, each link leads somewhere, and notes stay words."""

import html
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from served_notes import build, built_notes, client_of

from corpus import sample_folder
from corpus.codes import MEANINGS
from web.app import create_app

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
PAGES = (
    "/",
    "/glossary",
    "/glossary?letter=S",
    "/glossary?q=soft&lesson=02-training&only=undefined",
    "/glossary?only=undefined",
    "/concepts/softmax",
    "/concepts/softmax?uses=all",
    "/cards/softmax",
    "/lessons/02-training",
    "/path/cross-entropy-loss",
    "/path/cross-entropy-loss?known=vector&known=logits",
    "/path",
    "/path/softmax?to=lesson%3A01-linear",
    "/read/cross-entropy-loss",
    "/read/lesson%3A01-linear?known=vector",
    "/next",
    "/next?known=vector&known=tides",
    "/map",
    "/map?lesson=1",
    "/map?layer=2",
    "/map?around=softmax",
    "/map?around=Logits&depth=1",
    "/search",
    "/search?q=loss",
    "/search?q=loss&kind=concept",
    "/search?q=softmx",
    "/search?q=zzzzqqqq",
    "/questions",
    "/questions?lesson=02-training&concept=softmax",
    "/questions?lesson=01-linear",
    "/problems",
    "/problems?severity=warning",
    "/problems?by=file",
    "/problems?by=file&code=circular-definition",
    "/why",
    "/why?prerequisite=softmax&target=cross-entropy+loss",
    "/why?prerequisite=vector&target=cross-entropy+loss",
    "/why?prerequisite=cross-entropy+loss&target=vector",
    "/why?prerequisite=softmax&target=softmax",
)


@dataclass
class Seen:
    """What an HTML checker saw of a page."""

    faults: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    labels_for: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)


class Checker(HTMLParser):
    """Reads a page strictly: what is opened is closed in order, nothing in it runs or styles by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        seen = self.seen
        if len(attributes) != len(attrs):
            seen.faults.append(f"<{tag}> has an attribute twice")
        is_data = attributes.get("type") == "application/ld+json"  # nothing that runs
        if tag == "style" or (tag == "script" and not attributes.get("src") and not is_data):
            seen.faults.append(f"an inline <{tag}>")
        seen.faults += [
            f"{name} on <{tag}>" for name in attributes if name.startswith("on") or name == "style"
        ]
        seen.ids += [value for name, value in attrs if name == "id" and value]
        seen.links += [value for name, value in attrs if name in {"href", "src", "action"} and value]
        seen.labels_for += [value for name, value in attrs if name == "for" and value]
        if tag == "img" and "alt" not in attributes:
            seen.faults.append("<img> without alt")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            seen.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.seen.faults.append(f"</{tag}> closes something else")

    def checked(self, html: str) -> Seen:
        self.feed(html)
        self.close()
        self.seen.faults += [f"<{tag}> is left open" for tag in self._open]
        self.seen.faults += sorted(
            {f"id {id!r} twice" for id in self.seen.ids if self.seen.ids.count(id) > 1}
        )
        self.seen.faults += [
            f"a label for no {id!r}" for id in self.seen.labels_for if id not in self.seen.ids
        ]
        return self.seen


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(built_notes(tmp_path_factory.mktemp("pages")))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(build(sample_folder(), tmp_path_factory.mktemp("sample")))


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    """The HTML at an address; redirects are followed."""
    answer = client.get(address, follow_redirects=True, headers={"Accept": "text/html"})
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    assert answer.mimetype == "text/html"
    return answer.text


# Every page


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_sound_html(client: FlaskClient, address: str) -> None:
    assert Checker().checked(text(client, address)).faults == []


@pytest.mark.parametrize("address", [page for page in PAGES if not page.startswith("/cards")])
def test_every_page_has_one_title_and_no_heading_skips_a_level(client: FlaskClient, address: str) -> None:
    levels = Checker().checked(text(client, address)).headings
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_works_below_a_prefix(client: FlaskClient, address: str) -> None:
    answer = client.get(address, environ_overrides={"SCRIPT_NAME": "/notes"}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    inside = [link for link in Checker().checked(answer.text).links if link.startswith("/")]
    assert [link for link in inside if not link.startswith("/notes/")] == []


def test_the_headings_of_a_lesson_are_an_outline_however_deep_the_notes_begin(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    headings = ("# Course", "## One", "#### Loss", "### Gain", "##### Net gain", "## Two")
    deep = "".join(f"{heading}\n\nWords that stand here.\n\n" for heading in headings)
    (tmp_path / "notes" / "course.md").write_text(deep, encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    levels = Checker().checked(text(client, "/lessons/one")).headings
    assert levels[0] == 1 and all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def internal(address: str, links: list[str]) -> Iterator[str]:
    for link in links:
        joined = urljoin(f"http://here{address}", link)
        if urlsplit(joined).netloc == "here":
            yield joined.removeprefix("http://here")


def test_every_link_in_the_bundled_notes_leads_somewhere(sample: FlaskClient) -> None:
    waiting, ids, wanted, faults = ["/"], dict[str, list[str]](), list[tuple[str, str]](), list[str]()
    while waiting:
        page = waiting.pop()
        if page in ids:
            continue
        with sample.get(page, follow_redirects=True, headers={"Accept": "text/html"}) as answer:
            html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        ids[page] = []
        if answer.status_code != 200:
            faults.append(f"{page}: {answer.status_code}")
        # Search and paths answer any question: their own pages are checked, what they lead on to is not.
        if not html or page.startswith(("/search?", "/path/", "/read/", "/next?", "/map?", "/why?", "/api/")):
            continue
        seen = Checker().checked(html)
        ids[page] = seen.ids
        faults += [f"{page}: {fault}" for fault in seen.faults]
        for link in internal(page, seen.links):
            target, anchor = urldefrag(link)
            waiting.append(target)
            wanted.append((target, unquote(anchor)))
    lost = sorted({f"{t}#{anchor}" for t, anchor in wanted if anchor and anchor not in ids[t]})
    assert (faults, lost) == ([], [])
    assert sum(page.startswith("/concepts/") for page in ids) > 150


# What the pages say


def test_a_concept_shows_its_definition_with_its_place(client: FlaskClient) -> None:
    page = text(client, "/concepts/softmax")
    assert "into probabilities" in page
    assert '<a href="/lessons/02-training#softmax">Softmax</a>, <span class="place">02-training.md:' in page


def test_a_label_leads_to_the_concept(client: FlaskClient) -> None:
    answer = client.get("/concepts/SGD", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location) == (302, "/concepts/stochastic-gradient-descent")


@pytest.mark.parametrize("concept", ["batch", "epoch"])
def test_both_concepts_of_a_loop_show_both_sentences(client: FlaskClient, concept: str) -> None:
    page = text(client, f"/concepts/{concept}")
    left_out = page[page.index("Not believed") :]
    for words in ("A part of an <mark>epoch</mark>.", "A pass over every <mark>batch</mark>."):
        assert words in left_out[: left_out.index("</section>")]
    assert "What is believed instead" in left_out


def test_what_begins_a_loop_says_what_else_the_notes_put_first(client: FlaskClient) -> None:
    page = text(client, "/concepts/batch")
    first = page.partition('id="page.first"')[2].partition("</section>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", first).split())
    assert "The notes also say that Epoch comes first; that is not believed because Epoch itself" in words
    assert "A part of an <mark>epoch</mark>." in first and "you can begin here" not in first
    assert "you can begin here" in text(client, "/concepts/logits") + text(client, "/concepts/vector")


def test_what_the_notes_say_both_ways_round_is_contested(client: FlaskClient) -> None:
    first, then = (text(client, f"/concepts/{concept}") for concept in ("batch", "epoch"))
    assert (first + then).count('href="#page.dropped">contested</a>') == 2
    assert "contested" not in text(client, "/concepts/softmax")


def test_a_concept_is_drawn_with_what_is_around_it(client: FlaskClient) -> None:
    page = text(client, "/concepts/softmax")
    around = page.partition('id="page.around"')[2].partition("</section>")[0]
    api = client.get("/api/v1/graph?around=softmax&depth=2").get_json()
    assert drawn_on(around) == [concept["prefLabel"] for concept in api["concepts"]]
    assert around.count('class="target"') == 2  # for a page, and for a phone
    assert 'href="/map?around=softmax"' in around


def test_a_concept_that_is_joined_to_nothing_is_not_drawn(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("**Ebb**: when water falls.\n", encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    assert "page.around" not in text(client, "/concepts/ebb")


def test_a_citation_names_the_notes_the_file_and_the_lines(client: FlaskClient) -> None:
    page = text(client, "/concepts/softmax")
    (citation,) = re.findall(r'data-copy="(“[^"]*)"', page)
    definition = client.get("/api/v1/concepts/softmax").get_json()["definitions"][0]["source"]
    assert citation.startswith("“Softmax”, ")
    assert f"02-training.md, lines {definition['firstLine']}–{definition['lastLine']}. " in citation


def test_a_prerequisite_that_others_imply_is_marked(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    words = (
        "**Sea**: a great deal of salt water.\n\n**Tide**: the rise of the sea.\n\n"
        "**Bore**: a tide that comes from the sea.\n"
    )
    (notes / "sea.md").write_text(words, encoding="utf-8")
    page = text(client_of(build(notes, tmp_path / "data")), "/concepts/bore")
    assert page.count("and implied by others") == 1


def test_a_lesson_leads_to_the_way_to_all_of_it(client: FlaskClient) -> None:
    address = "/path/lesson%3A01-linear"
    assert f'href="{address}"' in text(client, "/lessons/01-linear")
    page = text(client, address)
    assert '<h1>To <a href="/lessons/01-linear">Linear models</a></h1>' in page
    assert page.count('class="target"') >= 4


def test_a_way_asked_for_in_a_form_leads_to_its_path(client: FlaskClient) -> None:
    answer = client.get("/path?to=&to=Softmax&to=lesson+1&known=vector")
    assert (answer.status_code, answer.location) == (302, "/path/Softmax?to=lesson+1&known=vector")
    assert 'name="to"' in text(client, "/path")
    assert 'href="/path?to=softmax"' in text(client, "/path/softmax?to=lesson+1")


def test_all_of_a_path_is_read_in_its_order_in_the_words_of_the_notes(client: FlaskClient) -> None:
    page = text(client, "/read/cross-entropy-loss?known=vector")
    names = re.findall(r'<h2 id="page.step-\d+">.*?href="/concepts/([^"]*)"', page)
    steps = client.get("/api/v1/path?to=cross-entropy-loss&known=vector").get_json()["steps"]
    assert names == [step["id"] for step in steps]
    assert page.count("A function that turns a") == 1
    assert "Left out, as known to you: " in page


def test_what_is_next_is_what_the_api_says(client: FlaskClient) -> None:
    page = text(client, "/next?known=Vector&known=logits&limit=3").partition('id="page.next"')[2]
    listed = re.findall(r'"step-head"><a href="/concepts/([^"]*)"', page)
    api = client.get("/api/v1/frontier?known=vector&known=logits&limit=3").get_json()["concepts"]
    assert listed == [concept["id"] for concept in api]
    assert "limit=100" in text(client, "/next?limit=1")


def test_what_is_known_but_unknown_to_the_notes_is_said_and_the_rest_stays(client: FlaskClient) -> None:
    page = text(client, "/next?known=vector&known=softmx")
    assert "The notes have no concept “softmx”" in page
    assert 'href="/next?known=vector&amp;known=Softmax"' in page
    assert 'value="vector" checked' in page


def test_the_map_shows_the_lessons_and_what_leads_from_one_to_the_other(client: FlaskClient) -> None:
    page = text(client, "/map")
    api = client.get("/api/v1/graph").get_json()
    for group in api["groups"]:
        assert f'href="/map?lesson={group["lesson"]["id"]}"' in page
        for layer in group["layers"]:
            assert all(f'href="/map?around={concept["id"]}"' in page for concept in layer["concepts"])
    (between,) = [one for one in api["between"] if one["target"]["id"] == "02-training"]
    assert re.search(f"{between['edges']} edges? from lesson 1 to lesson 2", page)


def drawn_on(page: str) -> list[str]:
    """The names in the boxes of the drawing for a page."""
    svg = page.partition("on-a-page")[2].partition("<svg")[2].partition("</svg>")[0]
    return re.findall(r"<title>([^<]*)</title>", svg)


@pytest.mark.parametrize("query", ["around=softmax&depth=1", "around=logits", "lesson=2", "lesson=01-linear"])
def test_map_and_api_tell_the_same(client: FlaskClient, query: str) -> None:
    page = text(client, f"/map?{query}")
    api = client.get(f"/api/v1/graph?{query}").get_json()
    joined = {end for edge in api["edges"] for end in (edge["prerequisite"], edge["target"])}
    names = [concept["prefLabel"] for concept in api["concepts"] if concept["id"] in joined]
    assert drawn_on(page) == names
    alone = page.partition('id="page.alone"')[2].partition("</section>")[0]
    assert all(f'around={c["id"]}"' in alone for c in api["concepts"] if c["id"] not in joined)
    assert client.get(f"/map?{query}", headers={"Accept": "application/json"}).get_json() == api


def test_a_map_without_lessons_to_speak_of_has_layers(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    for name, words in {"sea": "salt water", "tide": "the rise of the sea", "ebb": "a falling tide"}.items():
        (tmp_path / "notes" / f"{name}.md").write_text(f"**{name.title()}**: {words}.\n", encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    page = text(client, "/map")
    assert "Layer 1: what needs nothing else" in page
    assert 'href="/map?layer=2"' in page
    assert "Sea" in text(client, "/map?layer=1")
    assert client.get("/map?layer=9").status_code == 404


def test_a_map_of_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("Nothing but words.\n", encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    assert "There is nothing to draw" in text(client, "/map")
    assert client.get("/map?layer=1").status_code == 404


@pytest.mark.parametrize("query", ["depth=0", "depth=x", "around=softmax&depth=101", "layer=-1", "page=0"])
def test_a_map_of_what_cannot_be_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/map?{query}").status_code == 400


def test_a_map_around_what_is_not_in_the_notes_names_the_nearest(client: FlaskClient) -> None:
    assert "Softmax" in text(client, "/map?around=softmx", status=404)


HOSTILE = """\
# Tides <script>alert(1)</script>

**Ebb"><script>alert(2)</script>**: the falling of the tide.

**Flood & <img src=x onerror=alert(3)>**: what follows the ebb"><script>alert(2)</script>.

**Slack ]]> <!-- water**: what stands after the flood & <img src=x onerror=alert(3)>.
"""


@pytest.mark.parametrize("address", ["/map", "/map?lesson=1", "/map?lesson=2", "/map?layer=1", "/next"])
def test_names_in_drawings_stay_words(tmp_path: Path, address: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "1.md").write_text(HOSTILE, encoding="utf-8")
    (tmp_path / "notes" / "2.md").write_text(HOSTILE.replace("Tides", "Seas"), encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    page = text(client, address)
    assert Checker().checked(page).faults == []
    assert "<script>alert" not in page and "<img src=x" not in page
    for concept in client.get("/api/v1/concepts").get_json()["concepts"]:
        for one in (f"/map?around={quote(concept['id'])}", f"/path/{quote(concept['id'])}", concept["url"]):
            page = text(client, one)
            assert Checker().checked(page).faults == []
            assert "<script>alert" not in page and "<img src=x" not in page


def test_a_lesson_says_what_it_defines_again(client: FlaskClient) -> None:
    again = text(client, "/lessons/02-training").partition('id="page.again"')[2].partition("</section>")[0]
    assert re.findall(r'href="([^"]*)"', again) == ["/concepts/vector"]
    assert 'id="page.again"' not in text(client, "/lessons/01-linear")


def test_the_number_of_a_lesson_leads_to_it(client: FlaskClient) -> None:
    answer = client.get("/lessons/2")
    assert (answer.status_code, answer.location) == (302, "/lessons/02-training")


def test_a_path_may_have_several_targets_and_a_depth(client: FlaskClient) -> None:
    page = text(client, "/path/softmax?to=vector&depth=1")
    assert (
        '<h1>To <a href="/concepts/softmax">Softmax</a>, <a href="/concepts/vector">Vector</a></h1>' in page
    )
    assert "no more than 1 back" in page
    assert 'name="to" value="vector"' in page
    assert client.get("/path/softmax?depth=no").status_code == 400


def test_a_concept_shows_what_it_unlocks_further_on(client: FlaskClient) -> None:
    page = text(client, "/concepts/vector")
    further = page[page.index("And further on") :]
    assert 'href="/concepts/cross-entropy-loss"' in further[: further.index("</details>")]


def test_a_concept_shows_what_it_is_part_of_and_its_parts_with_the_sentence(client: FlaskClient) -> None:
    part, whole = (client.get(f"/concepts/{name}").text for name in ("batch", "epoch"))
    assert 'Part of: <a href="/concepts/epoch">Epoch</a>, <q>A part of an epoch.</q>' in part
    assert 'Its part: <a href="/concepts/batch">Batch</a>, <q>A part of an epoch.</q>' in whole


def test_a_concept_quotes_the_sentence_for_each_prerequisite(client: FlaskClient) -> None:
    page = text(client, "/concepts/cross-entropy-loss")
    assert "compares what <mark>softmax</mark> makes" in page


def test_other_definitions_are_shown_with_their_origin(client: FlaskClient) -> None:
    page = text(client, "/concepts/vector")
    assert (
        page.index("numbers in a fixed order")
        < page.index("In other words")
        < page.index("a length and a direction")
    )


def test_a_link_by_name_leads_to_the_note_or_the_concept_of_that_name(tmp_path: Path) -> None:
    notes = {
        "bread.md": "# Rye\n\n[[Sourdough starter|Starter]] [[sourdough-starter#Feeding]] [[Crumb]] [[Oven]]",
        "more/Sourdough starter.md": "# Keeping it\n\n## Feeding\n\n**Crumb**: the soft part of bread.",
    }
    (tmp_path / "notes" / "more").mkdir(parents=True)
    for path, text in notes.items():
        (tmp_path / "notes" / path).write_text(text, encoding="utf-8")
    page = client_of(build(tmp_path / "notes", tmp_path / "data")).get("/lessons/bread").text
    assert '<a href="/lessons/more/sourdough-starter">Starter</a>' in page
    assert '<a href="/lessons/more/sourdough-starter#feeding">sourdough-starter &gt; Feeding</a>' in page
    assert '<a href="/concepts/crumb">Crumb</a>' in page
    assert 'title="There is no note named Oven"' in page


HARBOUR = """# Harbour

The tide turns[^turn]. See [winds](#winds-and-waves), [the chart](#chart), [rope](#quite-something-else),
[Winds](#user-content-winds--waves), [tips](#a-tip) and http://example.org/tides(1).

## Winds & waves

To and fro, with the [ebb](other.md#Ebbing).

> ### A tip
>
> Look out.

## Ships

<a name="chart"></a>They have charts.

[^turn]: Twice a day.
"""


def test_links_to_places_lead_to_them_and_stale_ones_to_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    home, winds, ships = (text(client, page) for page in ("/", "/lessons/winds--waves", "/lessons/ships"))
    assert '<a href="/lessons/winds--waves#winds--waves">winds</a>' in home
    assert '<a href="/lessons/winds--waves#winds--waves">Winds</a>' in home
    assert '<a href="/lessons/winds--waves#note.a-tip">tips</a>' in home and 'id="note.a-tip"' in winds
    assert '<a href="/lessons/ships#note.chart">the chart</a>' in home and 'id="note.chart"' in ships
    assert '<a href="/lessons/ships#note.fn1" id="note.fnref1">' in home and 'id="note.fn1"' in ships
    assert '<a href="/#note.fnref1"' in ships
    assert '<a href="/">rope</a>' in home
    assert ' class="external bare">http://example.org/tides(1)</a>.' in home


def test_a_stale_link_into_another_note_leads_to_what_the_hint_names(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n\nThe [low run](b.md#ebbs).\n", encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# B\n\n## Ebb\n\nDown.\n\n## Flood\n\nUp.\n", encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    assert '<a href="/lessons/b#ebb">low run</a>' in text(client, "/lessons/a")
    assert "Did you mean #ebb?" in text(client, "/problems")


def test_quotes_and_definitions_are_shown_as_their_own_document_means_them(tmp_path: Path) -> None:
    """A link by reference, or a sign of a dialect, says nothing by itself: what it means stands elsewhere."""
    tides = "**Ebb**: the falling tide.\n\n**Slack**: the pause after the [ebb][low] {/* never */}ends.\n"
    lesson = f"import a from 'a'\n\n# Tides\n\n{tides}\n[low]: https://example.org/low\n"
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.mdx").write_text(lesson, encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    page = text(client_of(build(tmp_path / "notes", tmp_path / "data")), "/concepts/slack")
    assert "the pause after the <mark>ebb</mark> ends" in page
    assert ' href="https://example.org/low"' in page
    assert "[low]" not in page and "never" not in page


def test_a_picture_that_is_shown_twice_has_the_size_of_each_time(tmp_path: Path) -> None:
    lesson = "# Sea\n\n![Low](ebb.svg){width=300}\n\n![High](ebb.svg){width=50%}\n\n![As it is](ebb.svg)\n"
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(lesson, encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    (tmp_path / "notes" / "ebb.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="3"/>'
    )
    page = text(client_of(build(tmp_path / "notes", tmp_path / "data")), "/lessons/a")
    pictures = re.findall(r"<img [^>]*>", page)
    assert [re.findall(r'(?:alt|width|height)="([^"]*)"', one) for one in pictures] == [
        ["Low", "300", "100"],
        ["High", "50%"],
        ["As it is", "9", "3"],
    ]


def test_a_lesson_that_defines_nothing_says_what_it_takes_from_earlier_ones(tmp_path: Path) -> None:
    lessons = {
        "1.md": "# Tides\n\n**Ebb**: the falling of the tide.\n\n**Flood**: the rising of the tide.\n",
        "2.md": "# Practice\n\nWait for the ebb, then look whether the jetty is dry.\n",
        "3.md": "# Harbours\n\n**Jetty**: a wall that runs out into the sea.\n",
    }
    (tmp_path / "notes").mkdir()
    for path, words in lessons.items():
        (tmp_path / "notes" / path).write_text(words, encoding="utf-8")
    page = text(client_of(build(tmp_path / "notes", tmp_path / "data")), "/lessons/2")
    assumed = page[page.index('id="page.assumes"') :].partition("</section>")[0]
    assert re.findall(r'href="([^"]*)"', assumed) == ["/concepts/ebb"]


def test_a_stub_says_that_the_notes_do_not_define_it(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    notes = "# Networks\n\n## Perceptron\n\n## Layer\n\nA row of units. One perceptron stands by another.\n"
    (tmp_path / "notes" / "networks.md").write_text(notes, encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    assert "The notes do not define this." in text(client, "/concepts/perceptron")
    assert "tag--stub" in text(client, "/glossary")
    only = text(client, "/glossary?only=undefined")
    assert 'href="/concepts/perceptron"' in only and 'href="/concepts/layer"' not in only


def test_notes_without_definitions_say_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "one.md").write_text("Only a few words, and nothing is what.\n", encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    assert "is enough to define something" in text(client, "/")
    for address in ("/glossary", "/questions", "/problems", "/search?q=words"):
        assert Checker().checked(text(client, address)).faults == []


def test_a_browser_can_add_the_search(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://localhost/search?q={searchTerms}"' in answer.text


def test_what_was_left_out_to_break_a_loop_is_said(client: FlaskClient) -> None:
    assert "each would come before itself" in text(client, "/concepts/epoch")


def test_terms_are_linked_in_a_lesson_but_not_in_its_headings(client: FlaskClient) -> None:
    page = text(client, "/lessons/02-training")
    assert '<a class="term" href="/concepts/logits">logits</a>' in page
    assert '<h2>Softmax <a class="anchor-link" href="#softmax"' in page


def test_the_answers_of_a_quiz_are_hidden_in_its_own_place(client: FlaskClient) -> None:
    page = text(client, "/lessons/02-training").partition("<body")[2]
    assert page.count("What does softmax make of equal logits?") == 1
    assert page.index("<summary>Show the answer</summary>") < page.index("Equal probabilities.")


def test_only_a_heading_that_asks_just_the_question_stands_for_it(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    why, how = "Why does the water fall twice a day?", "How far does the water run out?"
    quiz = "## {}\n\n**Q:** {}\n**A:** That is up to the far and silent moon.\n\n"
    lesson = f"# Tides\n\n{quiz.format(f'Quiz: {why} Or else?', why)}{quiz.format(f'2. {how}', how)}"
    (tmp_path / "notes" / "a.md").write_text(lesson, encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    page = text(client_of(build(tmp_path / "notes", tmp_path / "data")), "/lessons/a")
    body, _, end = page.partition('aria-labelledby="page.questions"')
    assert re.findall(r'class="question">(.*?)<', body) == [why]
    assert re.findall(r'class="question">(.*?)<', end) == [how]


TWO_QUESTIONS = """# Tides

What drives tides is asked here.

<details><summary>A chart of the bay</summary>Nothing but depths.</details>

**Q:** What pulls the water up on both sides?
**A:** Mostly the far and silent moon.

**Q:** What is the low run of the water called?

<details><summary>Answer</summary>

**A:** Sailors call it the ebb.

</details>
"""


def test_a_table_of_contents_that_is_taken_off_takes_its_heading_along(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    toc = "## Contents\n\n- [Ebb](#ebb)\n- [Flood](#flood)\n\n"
    entries = "## Ebb\n\nThe falling of the tide.\n\n## Flood\n\nThe rising of the tide.\n"
    (tmp_path / "notes" / "a.md").write_text(
        f"# Tides\n\n[Up](#contents)\n\n{toc}{entries}", encoding="utf-8"
    )
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    page = text(client_of(build(tmp_path / "notes", tmp_path / "data")), "/lessons/a")
    assert ">Contents" not in page
    assert page.count('id="contents"') == 1  # for what leads there


def test_a_lesson_with_a_folded_box_and_no_question_is_shown(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    lesson = "# Tides\n\n<details><summary>A chart</summary>Nothing but depths.</details>\n"
    (tmp_path / "notes" / "a.md").write_text(lesson, encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    page = text(client_of(build(tmp_path / "notes", tmp_path / "data")), "/lessons/a")
    assert "<details><summary>A chart</summary>Nothing but depths.</details>" in page


def test_a_box_elsewhere_in_a_section_does_not_show_the_answers_of_its_quiz(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(TWO_QUESTIONS, encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    page = (
        client_of(build(tmp_path / "notes", tmp_path / "data")).get("/lessons/a").text.partition("<body")[2]
    )
    assert "<summary>A chart of the bay</summary>" in page
    hidden = re.findall(r"<details.*?</details>", page, re.DOTALL)
    for answer in ("Mostly the far and silent moon.", "Sailors call it the ebb."):
        assert page.count(answer) == sum(answer in box for box in hidden) > 0


def test_a_question_whose_answer_the_notes_fold_is_asked_once(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(TWO_QUESTIONS, encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    page = client.get("/lessons/a").text.partition("<body")[2]
    assert page.count("What is the low run of the water called?") == 1
    assert page.count("What pulls the water up on both sides?") == 1
    assert (
        client.get("/questions").text.count("What is the low run of the water called?") == 2
    )  # head and body


OPTIONS = """# Quiz on tides

#### 1. What is the ebb?

1. The rising water
2. The falling water
3. The slack water

??? question "Show Answer"
    The correct answer is **B**. The falling of the water is called ebb, and it takes about six hours.
"""


def test_options_that_a_folded_answer_calls_by_a_letter_have_letters(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(OPTIONS, encoding="utf-8")
    (tmp_path / "notes" / "b.md").write_text("# Bread\n\nWords.\n", encoding="utf-8")
    page = (
        client_of(build(tmp_path / "notes", tmp_path / "data")).get("/lessons/a").text.partition("<body")[2]
    )
    assert page.count("The falling water") == page.count("it takes about six hours") == 1
    assert '<ol type="A">' in page and "Test yourself" not in page


def test_what_is_around_a_concept_is_drawn_and_listed(client: FlaskClient) -> None:
    around = text(client, "/concepts/softmax").partition('id="page.around"')[2].partition("</section>")[0]
    drawn = set(re.findall(r'<a href="/concepts/([^"]+)"[^>]*><title>', around))
    listed = re.findall(r'<li><a href="/concepts/([^"]+)"', around)
    assert set(listed) >= {"softmax", "logits", "cross-entropy-loss"} and drawn <= {*listed}
    assert re.search(r'cross-entropy-loss">[^<]*</a> <span class="soft">after [^<]*Softmax', around)


def test_what_is_related_is_no_kind(client: FlaskClient) -> None:
    page = text(client, "/concepts/batch")
    related = page.partition('<h2 id="page.related">Related</h2>')[2].partition("</section>")[0]
    assert 'href="/concepts/epoch"' in related and 'id="page.kinds"' not in page


def test_notes_of_one_lesson_begin_with_what_most_rests_on(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    words = "### Ebb\n\nThe falling of the water.\n\n### Slack\n\nThe end of an ebb.\n"
    tides = f"# Tides\n\n## Words\n\n{words}"
    (tmp_path / "notes" / "a.md").write_text(tides, encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    page = client.get("/").text
    assert (
        page.index("What most else rests on")
        < page.index("The falling of the water.")
        < page.index(">Lessons<")
    )
    assert "Needed most" not in page
    assert "Lesson 1" not in client.get("/search?q=ebb").text


def test_a_path_gets_shorter_by_what_is_known(client: FlaskClient) -> None:
    everything = text(client, "/path/cross-entropy-loss")
    shorter = text(client, "/path/cross-entropy-loss?known=softmax&known=logits")
    assert 'value="vector"' in everything and 'value="vector"' not in shorter
    assert '<input type="checkbox" name="known" value="softmax" checked>' in shorter


def test_a_path_to_what_is_known_says_so(client: FlaskClient) -> None:
    assert "You know this already." in text(client, "/path/softmax?known=softmax")


def test_a_search_says_which_label_matched(client: FlaskClient) -> None:
    page = text(client, "/search?q=softargmax")
    assert "matched by <b>softargmax</b>" in page


def test_a_search_that_finds_nothing_names_the_nearest_labels(client: FlaskClient) -> None:
    page = text(client, "/search?q=zzsoftmaxxzz")
    assert "/glossary" in page and "Nothing for" in page


def test_a_search_that_only_a_filter_leaves_empty_leads_to_all(client: FlaskClient) -> None:
    for address in ("/search?q=softargmax&kind=code", "/search?q=softargmax+kind%3Acode"):
        page = client.get(address).text
        assert "only the filter" in page and 'href="/search?q=softargmax"' in page


def test_a_kind_that_there_is_not_is_named_with_the_nearest(client: FlaskClient) -> None:
    page = text(client, "/search?q=loss+kind%3Asektion")
    assert "no kind called “sektion”" in page and "kind:section" in page


def test_a_search_for_nothing_says_how_to_ask(client: FlaskClient) -> None:
    assert "Type a word or two" in text(client, "/search?q=+")


def test_what_was_searched_for_stays_in_the_box_as_text(client: FlaskClient) -> None:
    page = text(client, '/search?q="><script>alert(1)</script>')
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


# Wrong questions


def test_an_unknown_concept_is_a_page_with_the_nearest_names(client: FlaskClient) -> None:
    page = text(client, "/concepts/softmx", status=404)
    assert '<a href="/concepts/Softmax">Softmax</a>' in page


def test_a_word_that_is_used_and_never_defined_is_a_page_that_says_where(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    notes = (
        "# Tides\n\n## Ebb\n\nThe tide that falls, told by a **tide gauge**. Read the **tide gauge** twice.\n"
    )
    (tmp_path / "notes" / "tides.md").write_text(
        notes + "\nA **tide gauge** stands in the harbour.\n", encoding="utf-8"
    )
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    page = text(client, "/concepts/Tide-gauges", status=404)
    assert "Used, and never defined" in page and ">tides.md:5<" in page and "/search?q=Tide-gauges" in page


def test_an_unknown_name_can_be_searched_for(client: FlaskClient) -> None:
    assert "/search?q=nowhere" in text(client, "/concepts/nowhere", status=404)
    assert "/search?q=" not in text(client, "/lessons/nowhere", status=404)


def test_an_unknown_lesson_is_a_page_with_the_nearest_names(client: FlaskClient) -> None:
    assert 'href="/lessons/02-training"' in text(client, "/lessons/02-trainin", status=404)


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=loss&page=0",
        "/search?q=loss&page=x",
        "/search?q=loss&kind=pages",
        "/problems?severity=bad",
        "/problems?by=size",
        "/problems?page=abc",
    ],
)
def test_a_question_that_cannot_be_asked_is_a_page_that_says_why(client: FlaskClient, address: str) -> None:
    assert Checker().checked(text(client, address, status=400)).faults == []


@pytest.mark.parametrize(
    "asked", ["_external=1", "_anchor=z", "_scheme=a", "_method=POST", "endpoint=x", "self=x"]
)
@pytest.mark.parametrize(
    "address",
    ["/next?known=&", "/path/softmax?known=&target=vector&", "/map?around=softmax&", "/search?q=loss&"],
)
def test_what_an_address_says_has_no_say_in_where_links_lead(
    client: FlaskClient, address: str, asked: str
) -> None:
    headers = {"Accept": "text/html", "Host": "elsewhere.example"}
    answer = client.get(f"{address}{asked}", headers=headers)
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}
    assert answer.headers.get("Location", "/").startswith("/")
    assert "elsewhere.example" not in answer.text


def test_a_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    assert "Back to its first page" in text(client, "/search?q=loss&page=99")
    for address in ("/read/softmax", "/map"):
        beyond = text(client, f"{address}?page=99")
        assert f'href="{address}">Back to its first page' in beyond
        assert "You know this already" not in beyond and "define nothing here" not in beyond
    assert "You know this already" in text(client, "/read/softmax?known=softmax")


def test_no_more_than_a_few_definitions_are_held_against_the_first(tmp_path: Path) -> None:
    told = (f"## Ebb\n\nThe slow and steady fall of the water after tide number {n}.\n" for n in range(14))
    (tmp_path / "notes").mkdir()
    for number, words in enumerate(told):
        (tmp_path / "notes" / f"{number:02}.md").write_text(f"# Day {number}\n\n{words}", encoding="utf-8")
    page = text(client_of(build(tmp_path / "notes", tmp_path / "data")), "/concepts/ebb")
    assert page.count('class="definition definition--other"') == 13
    assert page.count('class="difference"') == 10
    assert "<del>0</del> <ins>1</ins>" in page


def test_an_enormous_question_gets_an_answer(client: FlaskClient) -> None:
    assert "Search" in text(client, "/search?q=" + "loss+" * 20_000)


# Hostile notes

HOSTILE = """\
# <script>alert("title")</script> Lesson

## Loss <img src=x onerror=alert(1)>

A **loss** says how wrong a model is. <script>alert("text")</script><style>body { display: none }</style>

<form action="https://example.org/steal"><input name="page.q"></form> <a id="page.main" name="page.q">here</a>

[click](javascript:alert(1)) and [there](data:text/html,x) and <iframe src="https://example.org"></iframe>

![">\\<script>alert(2)</script>](https://example.org/track.png)

Math: $\\href{javascript:alert(1)}{x}$ and $\\text{<script>alert(3)</script>}$

| "><script>alert(4)</script> | b |
|---|--:|
| c | d |

## Loss model

"><b onmouseover=alert(5)>A loss of a model.

## Questions

Q: What is <script>alert(6)</script> a loss?
A: "><script>alert(7)</script>
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    notes = tmp_path_factory.mktemp("hostile")
    (notes / "notes").mkdir()
    (notes / "notes" / "one.md").write_text(HOSTILE, encoding="utf-8")
    (notes / "notes" / "two.md").write_text(HOSTILE.replace("Loss", "Gain"), encoding="utf-8")
    return create_app(build(notes / "notes", notes / "data")).test_client()


@pytest.mark.parametrize(
    "address", ["/", "/glossary", "/lessons/one", "/lessons/two", "/concepts/loss", "/path/loss",
                "/search?q=loss", "/search?q=alert", "/questions", "/problems"]
)  # fmt: skip
def test_hostile_notes_stay_words(hostile: FlaskClient, address: str) -> None:
    answer = hostile.get(address, follow_redirects=True, headers={"Accept": "text/html"})
    assert answer.status_code in {200, 404}
    seen = Checker().checked(answer.text)
    assert seen.faults == []
    assert [link for link in seen.links if link.startswith(("javascript:", "data:"))] == []
    assert not any("track.png" in link for link in seen.links) or "<img" not in answer.text


def test_pictures_come_from_this_server_alone(hostile: FlaskClient) -> None:
    assert '<img src="http' not in text(hostile, "/lessons/one")


# --- problems ----------------------------------------------------------------------------------------------


def test_problems_stand_by_kind_with_what_each_means_and_the_worst_come_first(client: FlaskClient) -> None:
    page = client.get("/problems").text
    assert MEANINGS["circular-definition"] in html.unescape(page)
    order = [
        page.index(f'tag--{one}">{one}</span></h2>')
        for one in ("error", "warning", "info")
        if f'tag--{one}">{one}</span></h2>' in page
    ]
    assert len(order) >= 2
    assert order == sorted(order)


def test_problems_stand_by_file_in_the_order_of_lines(client: FlaskClient) -> None:
    page = client.get("/problems?by=file").text
    lines = [
        int(line)
        for line in re.findall(r"\bline (\d+)", page[page.index("02-training.md") :].split("</section>")[0])
    ]
    assert lines
    assert lines == sorted(lines)
    assert 'href="/problems?code=' in page


def client_of_text(folder: Path, text: str) -> FlaskClient:
    (folder / "notes").mkdir()
    (folder / "notes" / "ships.md").write_text(text, encoding="utf-8")
    return client_of(build(folder / "notes", folder / "data"))


def test_a_long_list_of_one_kind_is_folded_and_nothing_is_left_out(tmp_path: Path) -> None:
    headings = "".join(f"## Part {number}\n\n" for number in range(20))
    page = client_of_text(tmp_path, f"# Ship\n\nA vessel.\n\n{headings}").get("/problems").text
    assert "<summary>14 more</summary>" in page
    assert page.count("nothing stands under") == 20


def test_very_many_of_one_kind_have_pages_of_their_own(tmp_path: Path) -> None:
    headings = "".join(f"## Part {number}\n\n" for number in range(250))
    client = client_of_text(tmp_path, f"# Ship\n\nA vessel.\n\n{headings}")
    first = client.get("/problems").text
    assert first.count("nothing stands under") == 30
    assert 'href="/problems?code=empty-section">All 250 of this kind</a>' in first
    for address in ("/problems?code=empty-section", "/problems?by=file"):
        pages = [client.get(f"{address}&page={number}").text for number in (1, 2)]
        assert sum(page.count("nothing stands under") for page in pages) == 250
        assert "Page 2 of 2, 250 problems" in pages[1]
        assert "The list ends before this page" in client.get(f"{address}&page=3").text


def test_advice_that_is_the_same_for_all_is_given_once(tmp_path: Path) -> None:
    client = client_of_text(tmp_path, "# Ship\n\nA vessel.\n\n## Bow\n\n## Keel\n\n## Mast\n")
    page = client.get("/problems?code=empty-section").text
    assert page.count("nothing stands under") == 3
    assert page.count("Write a sentence, or take the heading out.") == 1


def notebook(text: str) -> str:
    cell = {"cell_type": "markdown", "metadata": {}, "source": [text]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_link_that_was_found_leads_where_it_leads_in_its_document(tmp_path: Path) -> None:
    """Two files have one name; the link stands beside the one in the subfolder."""
    (tmp_path / "notes" / "sub").mkdir(parents=True)
    for file, text in {
        "tables.ipynb": notebook("# Wrong tables\n\nA **tide** is a slow wave."),
        "sub/tables.ipynb": notebook("# Right tables\n\nA **current** is a slow river."),
        "sub/harbour.md": "# Harbour\n\nSee the [almanac of buoys](tables.ipynb).\n",
    }.items():
        (tmp_path / "notes" / file).write_text(text, encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    (hit,) = [
        one
        for one in client.get("/api/v1/search?q=almanac&kind=resource").get_json()["hits"]
        if one["title"] == "almanac of buoys"
    ]
    assert hit["url"].startswith("/lessons/sub/tables")
    assert f'class="hit-title" href="{hit["url"]}"' in client.get("/search?q=almanac").text


def test_another_name_leads_on_with_all_that_was_asked(client: FlaskClient) -> None:
    response = client.get("/concepts/SGD?uses=all")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/concepts/stochastic-gradient-descent?uses=all")


def test_a_home_page_can_be_looked_over_however_many_lessons_there_are(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.LESSONS_ON_HOME", 1)
    home, whole = client.get("/").text, client.get("/?lessons=all").text
    assert "All 2 lessons" in home and "All 2 lessons" not in whole
    assert (home.count("/lessons/02-training"), whole.count("/lessons/02-training")) == (0, 1)


@pytest.mark.parametrize("letter", ["SS", "everything"])
def test_what_is_no_letter_is_refused(client: FlaskClient, letter: str) -> None:
    assert client.get(f"/glossary?letter={letter}").status_code == 400
    assert client.get("/glossary?letter=s").status_code == 200


def test_a_sentence_that_speaks_for_several_is_quoted_once(tmp_path: Path) -> None:
    text = """# Rigging

## Mast

A tall pole that stands on the keel.

## Rope

A long thing made of many threads.

## Ship

A vessel that is moved by a mast and a rope over the water.
"""
    page = client_of_text(tmp_path, text).get("/concepts/ship").text
    first = page[page.index("page.first") :].split("</section>")[0]
    assert first.count("<blockquote") == 1
    assert "<mark>mast</mark>" in first and "<mark>rope</mark>" in first
    assert 'href="/concepts/mast"' in first and 'href="/concepts/rope"' in first


def test_hits_for_a_better_spelling_say_so(client: FlaskClient) -> None:
    said = text(client, "/search?q=softmx")
    assert "Showing hits for" in said and "(you typed softmx)" in said
    assert "q=%22softmx%22" in said
    assert "you typed" not in text(client, "/search?q=softmax")
    answer = client.get("/api/v1/search?q=softmx").get_json()
    assert (answer["suggestion"], answer["asTyped"]) == ("softmax", '"softmx"')


def test_the_concept_that_is_named_comes_with_its_definition_and_what_it_needs(client: FlaskClient) -> None:
    said = text(client, "/search?q=softargmax")
    (card,) = re.findall(r'<li class="hit-named">.*?</li>', said, re.DOTALL)
    assert "A function that turns a vector of logits into probabilities" in card
    assert 'href="/path/softmax"' in card and 'href="/concepts/vector"' in card
    assert 'class="hit-named"' not in text(client, "/search?q=function")


def test_all_hits_of_a_page_are_shown_once_with_their_kind(client: FlaskClient) -> None:
    said = text(client, "/search?q=vector")
    hits = client.get("/api/v1/search?q=vector").get_json()["hits"]
    assert said.count('class="hit-title"') == len(hits)
    assert '<ul class="hits-there">' in said


def test_what_a_hit_says_is_not_said_again_below_it(tmp_path: Path) -> None:
    float_ = "## Float\n\nA thing that swims above the hook. Kinds of float include:\n\n* a cork\n* a quill\n"
    (tmp_path / "fishing.md").write_text(f"# Fishing\n\n{float_}")
    said = text(client_of(build(tmp_path, tmp_path / "data")), "/search?q=hook+swims")
    assert said.count('class="hit-title"') == 2
    assert said.count('class="hit-snippet"') == 1


def test_the_contents_of_a_lesson_are_closed_until_there_is_room(client: FlaskClient) -> None:
    assert "<details data-open-when-wide>" in client.get("/lessons/02-training").text


@pytest.mark.parametrize("path", ["/path/softmax?known=vector&to=", "/next?known=vector&known="])
def test_fields_that_were_left_empty_do_not_stay_in_the_address(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (302, path.partition("&")[0])


def test_notes_from_a_to_z_are_no_course(tmp_path: Path) -> None:
    words = "anchor bight buoy cleat ebb fender gale halyard jib keel leech mast reef sheet tide wake".split()
    entries = [
        f"## {word.capitalize()}\n\nA {word} is a thing that sailors on this coast know well."
        for word in words
    ]
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "words.md").write_text("# Our words\n\n" + "\n\n".join(entries), encoding="utf-8")
    client = client_of(build(tmp_path / "notes", tmp_path / "data"))
    home = text(client, "/")
    assert '<a class="button button--main" href="/glossary">All concepts from A to Z</a>' in home
    assert "Begin with" not in home and "Map of the course" not in home
    assert "16 concepts from 16 pages of notes" in home
    lesson = re.findall(r'href="(/lessons/[^"]+)"', home)[2]
    assert "Lesson" not in text(client, "/concepts/tide") and '<p class="kicker">Notes</p>' in text(
        client, lesson
    )
