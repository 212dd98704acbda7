"""Links worth keeping, pictures and code."""

import re
from collections import Counter
from time import process_time

import pytest
from cases import CASES, Case, load
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import NOTES, document, lines

from corpus.addresses import dotted_name, resource_kind
from corpus.model import Figure, ResourceKind
from corpus.resources import local_target


def shown(text: str) -> str:
    """The links, pictures and code of a text, as the cases show them."""
    read = document(text)
    links = [
        f"link  {r.kind}  {r.title}  {r.url}  {r.location.first_line}" + (f"  = {r.name}" if r.name else "")
        for r in read.resources
    ]
    pictures = [picture_line(f) for f in read.figures]
    code = [f"code  {s.language or '(no language)'}  {lines(s.location)}" for s in read.snippets]
    return "\n".join([*links, *pictures, *code]) or "nothing"


def picture_line(figure: Figure) -> str:
    derived = " (derived)" if figure.alt_derived else ""
    size = f"  {figure.width or '?'}x{figure.height or '?'}" if figure.width or figure.height else ""
    return f"picture  {figure.alt or '(no words)'}{derived}  {figure.src}  {figure.location.first_line}{size}"


@pytest.mark.parametrize("case", load("resources.md"), ids=str)
def test_resources(case: Case) -> None:
    case.check(shown(case.input))


def addresses() -> list[tuple[str, str]]:
    """The table at the end of the case file: kind and address."""
    rows = (
        (CASES / "resources.md").read_text(encoding="utf-8").partition("\n| kind | address |\n|---|---|\n")[2]
    )
    return [(kind, url) for kind, url in re.findall(r"^\| (\w+) \| (\S+) \|$", rows, re.MULTILINE)]


@pytest.mark.parametrize(("kind", "url"), [*addresses(), ("other", "http://[broken"), ("other", "")])
def test_the_kind_of_a_link_is_read_from_its_address(kind: str, url: str) -> None:
    assert resource_kind(url) == ResourceKind(kind)


def test_the_table_of_addresses_has_every_kind() -> None:
    kinds = Counter(kind for kind, _ in addresses())
    assert set(kinds) == {kind.value for kind in ResourceKind}
    assert min(kinds.values()) >= 10
    assert kinds.total() >= 200


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://pytorch.org/docs/stable/nn.html#torch.nn.Linear", "torch.nn.Linear"),
        ("https://numpy.org/doc/stable/reference/generated/numpy.dot.html", "numpy.dot"),
        ("https://docs.python.org/3/library/json.html", ""),
        ("https://pytorch.org/docs/", ""),
        ("https://docs.python.org/3/library/os.path.html#module-os.path", "os.path"),
        ("https://www.tensorflow.org/api_docs/python/tf/keras/layers/Dense", "tf.keras.layers.Dense"),
        ("https://docs.oracle.com/javase/8/docs/api/java/util/List.html", "java.util.List"),
        ("https://docs.rs/serde/latest/serde/trait.Serialize.html", "Serialize"),
        ("https://hexdocs.pm/elixir/Enum.html#map/2", "Enum.map"),
        ("https://numpy.org/doc/stable/user/basics.types.html", ""),
        ("https://docs.example.org/page.aspx", ""),
    ],
)
def test_an_api_page_has_a_dotted_name_if_its_address_does(url: str, name: str) -> None:
    assert dotted_name(url) == name


@pytest.mark.parametrize(
    ("src", "path", "target"),
    [
        ("ebb.png", "notes.md", "ebb.png"),
        ("./images/ebb.png", "a/notes.md", "a/images/ebb.png"),
        ("../ebb.png", "a/notes.md", "ebb.png"),
        ("/images/ebb.png", "a/notes.md", "images/ebb.png"),
        ("ebb%20tide.png?raw=true#x", "notes.md", "ebb tide.png"),
        ("../ebb.png", "notes.md", None),
        ("a/../../ebb.png", "notes.md", None),
        ("https://example.org/ebb.png", "notes.md", None),
        ("//example.org/ebb.png", "notes.md", None),
        ("data:image/png;base64,AA", "notes.md", None),
        ("..\\ebb.png", "notes.md", None),
        ("%2e%2e/ebb.png", "notes.md", None),
        ("a%00b.png", "notes.md", None),
        ("#ebb", "notes.md", None),
        ("", "notes.md", None),
    ],
)
def test_a_local_file_is_found_from_where_it_is_named_and_never_outside(
    src: str, path: str, target: str | None
) -> None:
    assert local_target(src, path) == target


@given(st.text(max_size=40))
def test_any_address_has_a_kind_and_leads_nowhere_outside(url: str) -> None:
    assert resource_kind(url) in ResourceKind
    target = local_target(url, "a/notes.md")
    assert target is None or not target.startswith(("/", ".."))


@settings(max_examples=50)
@given(NOTES)
def test_links_pictures_and_code_stand_within_the_document(text: str) -> None:
    read = document(text)
    last = len(text.split("\n"))
    places = [
        *(r.location for r in read.resources),
        *(f.location for f in read.figures),
        *(s.location for s in read.snippets),
    ]
    assert all(1 <= place.first_line <= place.last_line <= last for place in places)
    for link in read.resources:
        assert link.url
        assert not link.url.startswith(("javascript:", "data:", "#"))


def test_html_that_is_none_hides_no_link_and_stops_nothing() -> None:
    link = "<a href='https://sea.example/tides'>tides</a>"
    read = document(f"<p><![ =></p>\n<p>{link}</p>\n<img src='ebb.png' alt='Ebb'>\n")
    assert [r.url for r in read.resources] == ["https://sea.example/tides"]
    assert [f.src for f in read.figures] == ["ebb.png"]


def test_of_equal_tags_each_has_its_own_line() -> None:
    tag = '<img src="a.png" alt="Ebb">'
    read = document(f"One {tag} two\n{tag} three\nfour {tag}\n")
    assert [figure.location.first_line for figure in read.figures] == [1, 2, 3]


def test_many_equal_tags_are_read_in_time_that_grows_with_their_number() -> None:
    def taken(times: int) -> float:
        start = process_time()
        assert len(document('<img src="a.png" alt="Ebb"> x\n' * times).figures) == times
        return process_time() - start

    taken(100)
    assert min(taken(6400) for _ in range(3)) < 40 * max(taken(400), 0.02)


def test_the_address_of_a_tag_is_without_entities() -> None:
    read = document('See <a href="https://example.org/?tide=ebb&amp;moon=full">the tide</a> today.\n')
    assert [r.url for r in read.resources] == ["https://example.org/?tide=ebb&moon=full"]
