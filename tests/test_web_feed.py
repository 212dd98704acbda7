"""What changed with the last builds, as feed readers get it; what is new on the first page; definitions that
say a thing twice."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from served_notes import build, client_of, rewritten

ATOM = "{http://www.w3.org/2005/Atom}"
FLOOD = "# Flood\n\nA **flood** is the rise of the water that the moon brings twice a day.\n"
SLACK = "# Slack water\n\nThe short time in which a tidal stream does not move at all.\n"
EBB = "# Ebb\n\nThe **ebb** is the fall of the water after a flood, six hours long.\n"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def built(folder: Path, *states: tuple[str, ...]) -> FlaskClient:
    """A client of notes that were built once for each of these states."""
    for texts in states:
        data = build(rewritten(folder / "notes", *texts), folder / "data")
    return client_of(data)


@pytest.fixture
def changed(tmp_path: Path) -> FlaskClient:
    renamed = SLACK.replace("Slack water", "Stand of tide")
    return built(
        tmp_path,
        (FLOOD, SLACK),
        (FLOOD, SLACK, EBB),
        (FLOOD, renamed, EBB.replace("six hours", "half a day")),
    )


def feed(client: FlaskClient, **headers: str) -> ElementTree.Element:
    answer = client.get("/feed", headers=headers)
    assert answer.mimetype == "application/atom+xml"
    return ElementTree.fromstring(answer.data)


def text_of(element: ElementTree.Element, name: str) -> str:
    found = element.findtext(ATOM + name)
    assert found is not None, name
    return found


def test_the_feed_is_atom_with_all_that_atom_asks_for(changed: FlaskClient) -> None:
    root = feed(changed)
    assert root.tag == f"{ATOM}feed"
    assert text_of(root, "id") == "http://localhost/feed"
    assert STAMP.fullmatch(text_of(root, "updated"))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in root.iterfind(f"{ATOM}link")}
    assert links == {"self": "http://localhost/feed", "alternate": "http://localhost/"}
    entries = root.findall(f"{ATOM}entry")
    assert len({text_of(entry, "id") for entry in entries}) == len(entries) == 2
    for entry in entries:
        assert text_of(entry, "title") and STAMP.fullmatch(text_of(entry, "updated"))
        content = entry.find(f"{ATOM}content")
        assert content is not None and content.get("type") == "html"
    assert text_of(root, "updated") == text_of(entries[0], "updated")


def test_the_last_build_comes_first_and_says_what_changed(changed: FlaskClient) -> None:
    last, first = feed(changed).findall(f"{ATOM}entry")
    assert text_of(last, "title") == "1 renamed, 1 defined in other words"
    content = text_of(last, "content")
    assert "<li>Slack water is now <a " in content and ">Stand of tide</a>" in content
    assert 'href="http://localhost/concepts/ebb"' in content
    assert "<del>six hours</del> <ins>half a day</ins>" in content
    assert text_of(first, "title") == "1 new"
    assert "The ebb is the fall of the water" in text_of(first, "content")


def test_words_of_the_notes_stay_words(tmp_path: Path) -> None:
    client = built(tmp_path, (FLOOD,), (FLOOD, EBB.replace("the water", "1 < 2 & `<b>`")))
    (entry,) = feed(client).findall(f"{ATOM}entry")
    assert "1 &lt; 2 &amp; &lt;b&gt;" in text_of(entry, "content")


def test_addresses_in_the_feed_are_those_that_it_was_asked_at(changed: FlaskClient) -> None:
    answer = changed.get("/feed", base_url="https://example.org/sea/")
    assert "https://example.org/sea/concepts/ebb" in answer.text
    assert "localhost" not in answer.text


def test_a_feed_that_did_not_change_is_not_sent_again(changed: FlaskClient) -> None:
    tag = changed.get("/feed").headers["ETag"]
    assert changed.get("/feed", headers={"If-None-Match": tag}).status_code == 304


def test_a_first_build_has_nothing_to_tell(tmp_path: Path) -> None:
    client = built(tmp_path, (FLOOD,))
    assert feed(client).findall(f"{ATOM}entry") == []
    assert "New since" not in client.get("/").text


def test_control_characters_of_notes_do_not_break_the_feed(tmp_path: Path) -> None:
    client = built(tmp_path, (FLOOD,), (FLOOD, EBB.replace("the water", "the \x0b\x1b\ufffewater]]>&<b>")))
    assert "1 new" in text_of(feed(client).findall(f"{ATOM}entry")[0], "title")


def test_every_page_names_the_feed(changed: FlaskClient) -> None:
    for page in ("/", "/concepts/ebb", "/glossary"):
        assert '<link rel="alternate" type="application/atom+xml"' in changed.get(page).text


def test_the_first_page_names_what_the_last_build_brought_and_nothing_else(tmp_path: Path) -> None:
    page = built(tmp_path, (FLOOD,), (FLOOD, EBB)).get("/").text
    new = page.partition("New since the build before")[2].partition("</ul>")[0]
    assert ">Ebb</a>" in new and "Flood" not in new
    assert "New since" not in built(tmp_path, (FLOOD, EBB.replace("six hours", "half a day"))).get("/").text


def test_what_is_defined_nearly_alike_shows_the_words_that_differ(tmp_path: Path) -> None:
    again = EBB.replace("six hours", "about six and a quarter hours")
    page = built(tmp_path, (FLOOD, EBB, again)).get("/concepts/ebb").text
    shown = page.partition("Against the first:")[2].partition("</p>")[0]
    assert "<ins>about</ins> six <ins>and a quarter</ins> hours" in shown
    assert "1.md:1" in page and "2.md:1" in page


def test_what_is_defined_in_the_same_words_is_said_once(tmp_path: Path) -> None:
    page = built(tmp_path, (FLOOD, EBB, f"{EBB}\nWater runs out.\n")).get("/concepts/ebb").text
    article = page.partition("<article")[2].partition("Learn first")[0]
    assert article.count("six hours long") == 1
    assert "In the same words, once more." in article and "1.md:" in article and "2.md:" in article


def test_what_only_gives_another_name_is_shown_only_where_nothing_says_more(tmp_path: Path) -> None:
    pointer = "# Words\n\n**Outgoing tide**: Synonym for ebb.\n\n**Lee**: Synonym for ruth.\n"
    client = built(tmp_path, (FLOOD, EBB, pointer))
    page = client.get("/concepts/ebb").text
    assert "six hours" in page and "Outgoing tide" in page and "Synonym for" not in page
    assert "Synonym for ruth" in client.get("/concepts/lee", follow_redirects=True).text
    hits = client.get("/search?q=outgoing+tide").text.partition("</h2>")[2]
    assert "Synonym" not in hits.partition("<footer")[0]


def test_a_heading_and_the_sentence_below_it_define_once(tmp_path: Path) -> None:
    once = "# Tides\n\n## Ebb\n\nThe **ebb** is the falling of the tide, some six hours long.\n"
    page = built(tmp_path, (FLOOD, once)).get("/concepts/ebb").text
    assert "once more" not in page and "Defined again" not in page
    shown = page.partition('<section class="definition"')[2]
    assert "six hours long" in shown.partition("</section>")[0]


def test_what_is_defined_in_other_words_stands_as_it_is(tmp_path: Path) -> None:
    other = "# Ebb\n\nAn **ebb** is what leaves boats dry on the mud.\n"
    page = built(tmp_path, (FLOOD, EBB, other)).get("/concepts/ebb").text
    assert "In other words" in page and "leaves boats dry" in page and "Against the first" not in page
