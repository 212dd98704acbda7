"""The site as files: every link and picture is there, nothing asks the server, each time it is the same."""

import json
import posixpath
import re
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from served_notes import build, built_notes, library_of

from corpus import sample_folder
from corpus.errors import InvalidRequest
from web.exports.site import INDEX, NOT_FOUND, _file_of, as_site

Site = dict[str, bytes]
# What a page may say that only a server can answer.
SERVED = re.compile(
    r'<form(?! class="search-form"| hidden>)|/api/|data-suggest|opensearch|\bknown=|name="known"'
)


class Page(HTMLParser):
    """A page's addresses and the places in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"a", "span", "div", "form"}:
            self.open.append(tag)
        for name, value in attrs:
            if name in {"href", "src", "action"} and value is not None:
                self.addresses.append(value)
            elif name == "id" and value:
                self.ids.add(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"a", "span", "div", "form"}:
            assert self.open.pop() == tag


def pages_of(site: Site) -> dict[str, Page]:
    return {name: Page(content.decode()) for name, content in site.items() if name.endswith(".html")}


def lost(site: Site) -> list[tuple[str, str]]:
    """The addresses of pages that lead nowhere, or that would only work at the top of a host."""
    pages, found = pages_of(site), []
    for name, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme in {"http", "https", "mailto"}:
                continue
            target = unquote(urlsplit(urljoin(f"http://h/some/prefix/{name}", address)).path)
            file = target.removeprefix("/some/prefix/") if parts.path else name
            there = file in site and (not parts.fragment or unquote(parts.fragment) in pages[file].ids)
            if parts.scheme or address.startswith("/") or not there:
                found.append((name, address))
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_notes(tmp_path_factory.mktemp("site"))


@pytest.fixture(autouse=True)
def without_pagefind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same site whether it is installed or not."""
    monkeypatch.setitem(sys.modules, "pagefind.index", None)


@pytest.fixture(scope="module")
def site(data: Path) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pagefind.index", None)
        return as_site(data, library_of(data))


def test_every_address_leads_to_something_that_is_there(site: Site) -> None:
    assert lost(site) == []
    assert {"index.html", "concepts/softmax.html", "cards/softmax.html", "path/softmax.html"} <= site.keys()
    assert {"lessons/01-linear.html", "files/figures/vector.svg", "static/glosspath.css"} <= site.keys()
    assert "files/figures/secret.svg" not in site


def test_no_page_asks_the_server(site: Site) -> None:
    asking = {n: SERVED.findall(p.decode()) for n, p in site.items() if n.endswith(".html")}
    assert {name: found for name, found in asking.items() if found} == {}
    assert all(b'<form class="search-form" action="' in page for n, page in site.items() if n == "index.html")


def test_the_bundled_notes_are_a_whole_site(tmp_path: Path) -> None:
    data = build(sample_folder(), tmp_path)
    library = library_of(data)
    site = as_site(data, library)
    assert lost(site) == []
    pages = [name for name in site if re.fullmatch(r"concepts/[^/]+\.html", name) and "--" not in name]
    assert len(pages) == library.manifest.counts["concepts"]
    shown = {name for name in site if name.startswith("files/")}
    assert len(shown) == len({figure.file for figure in library.dump().figures if figure.file})


def test_the_same_notes_give_the_same_bytes(data: Path, site: Site) -> None:
    again = as_site(data, library_of(data))
    assert list(again) == list(site) == sorted(site)
    assert again == site


def test_the_index_holds_every_name_with_its_page(site: Site) -> None:
    written = site[INDEX].decode()
    entries = json.loads(written.removeprefix("globalThis.glosspathIndex = ").removesuffix(";\n"))
    found = {name: (others, address) for name, others, address, _ in entries}
    assert found["Softmax"] == (["softargmax"], "concepts/softmax.html")
    assert found["Training"][1] == "lessons/02-training.html"
    assert {urlsplit(address).path for *_, address, _ in entries} <= site.keys()
    assert "</script" not in written
    assert "<" not in written
    scripts = re.findall(r'<script defer src="([^"]+)"', site["search.html"].decode())
    assert scripts == [INDEX, "static/site-search.js"]


def test_with_pagefind_all_texts_can_be_searched(
    data: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    pytest.importorskip("pagefind.index", reason="no Pagefind here; `make test` installs it")
    searched = as_site(data, library_of(data))
    assert {name for name in searched if not name.startswith("pagefind/")} == set(site)
    entry = json.loads(searched["pagefind/pagefind-entry.json"])
    pages = [name for name in site if name.startswith(("concepts/", "lessons/"))]
    assert [found["page_count"] for found in entry["languages"].values()] == [len(pages) + 1]
    assert searched[INDEX].startswith(b"globalThis.glosspathFullText = true;\n")
    assert {name: content for name, content in searched.items() if name.endswith(".html")} == {
        name: content for name, content in site.items() if name.endswith(".html")
    }


def test_names_that_file_systems_do_not_take_are_changed_and_kept_apart(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    (notes / "a").mkdir(parents=True)
    for name, text in (
        ("a/b.md", "One."),
        ("a.md", "Two."),
        ("Ebb?.md", "[tide](a/b.md)"),
        ("con x.md", "Four."),
    ):
        (notes / name).write_text(
            f"# {name}\n\n## Tide {name[0]}\n\nA **tide {name[0]}** is water. {text}\n", "utf-8"
        )
    data = build(notes, tmp_path / "data")
    site = as_site(data, library_of(data))
    assert lost(site) == []
    assert len({name.casefold() for name in site}) == len(site)
    assert [name for name in site if re.search(r'[<>:"|?*\\]', name)] == []


def test_names_are_no_longer_than_file_systems_take_in_any_script(tmp_path: Path) -> None:
    notes, tide = tmp_path / "notes", "\u6f6e" * 80
    notes.mkdir()
    (notes / f"{tide}.md").write_text(f"# {tide}\n\n{tide} is **{tide}**, {tide}.\n", "utf-8")
    (notes / "lake.md").write_text(f"# {tide * 2}\n\n## NUL\n\nA **NUL** is no tide.\n\n{tide}", "utf-8")
    data = build(notes, tmp_path / "data")
    site = as_site(data, library_of(data))
    parts = {part for name in site for part in name.split("/")}
    assert [part for part in parts if len(part.encode()) > 230] == []
    assert [part for part in parts if part.split(".")[0].casefold() == "nul"] == []
    assert lost(site) == []
    for name in site:
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(site[name])


@pytest.mark.parametrize("name", ["NUL", "con.png", "aux.tar.gz", "x" * 300 + ".png", "\u6f6e" * 90 + ".svg"])
def test_a_name_that_had_to_be_changed_keeps_its_kind(name: str) -> None:
    file = _file_of(f"/files/{name}").removeprefix("files/")
    assert file != name and len(file.encode()) < 200
    assert not re.match(r"(?i)(nul|con|aux)(\.|$)", file)
    assert posixpath.splitext(file)[1] == posixpath.splitext(name)[1]


def test_an_address_of_another_host_stays(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    text = "# Tides\n\nA **tide** is water that [comes and goes](//example.org/tides).\n"
    (notes / "tides.md").write_text(text, "utf-8")
    data = build(notes, tmp_path / "data")
    site = as_site(data, library_of(data))
    assert [name for name, content in site.items() if b'href="//example.org/tides"' in content]


def test_a_picture_that_is_gone_is_shown_on_no_page(tmp_path: Path) -> None:
    data = built_notes(tmp_path)
    (tmp_path / "notes" / "figures" / "vector.svg").unlink()
    site = as_site(data, library_of(data))
    assert lost(site) == []
    assert [name for name, content in site.items() if b"vector.svg" in content and b"<img" in content] == []


def test_with_its_address_it_tells_search_engines_and_who_is_lost(data: Path) -> None:
    base = "https://example.org/notes"
    site = as_site(data, library_of(data), f"{base}/")
    listed = [one.text or "" for one in ET.fromstring(site["sitemap.xml"]).iter() if one.tag.endswith("}loc")]
    assert f"{base}/concepts/softmax.html" in listed
    assert {unquote(place.removeprefix(f"{base}/")) for place in listed} <= site.keys()
    inside = [a for a in Page(site[NOT_FOUND].decode()).addresses if not a.startswith("#")]
    assert inside
    assert [address for address in inside if not address.startswith(f"{base}/")] == []
    assert lost({name: content for name, content in site.items() if name != NOT_FOUND}) == []


def test_an_address_that_is_none_is_refused(data: Path) -> None:
    for base in ("notes", "ftp://example.org", "https://example.org/?a"):
        with pytest.raises(InvalidRequest, match="no address of a site"):
            as_site(data, library_of(data), base)


def test_other_documentation_links_into_the_files(site: Site) -> None:
    import zlib

    body = zlib.decompress(site["objects.inv"].split(b"\n", 4)[4]).decode()
    assert "softargmax std:term 1 concepts/softmax.html -\n" in body
    places = [
        posixpath.normpath(unquote(line.split(" ")[-2].partition("#")[0]))
        for line in body.splitlines()
        if line.endswith(" -")
    ]
    assert set(places) <= site.keys()
