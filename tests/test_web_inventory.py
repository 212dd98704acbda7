"""The inventory, read back by Sphinx: by its reader, and by building documentation that links our terms."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from served_notes import built_notes, library_of

from web.exports.inventory import as_inventory
from web.library import Library

BASE = "https://example.org/notes/"
CONF = """
project = "Other"
extensions = ["sphinx.ext.intersphinx"]
intersphinx_mapping = {{"notes": ("{base}", "{inventory}")}}
"""
PAGE = """
Other documentation
===================

See :term:`softargmax`, :term:`the raw scores <logits>`, :ref:`training <02-training/softmax>`
and :doc:`notes:02-training`.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(built_notes(tmp_path_factory.mktemp("inventory")))


def lines(inventory: bytes) -> list[str]:
    *head, body = inventory.split(b"\n", 4)
    assert head[0] == b"# Sphinx inventory version 2"
    return zlib.decompress(body).decode().splitlines()


def test_every_label_leads_to_its_concept(library: Library) -> None:
    written = lines(as_inventory(library.dump()))
    assert "softargmax std:term 1 concepts/softmax -" in written
    assert "02-training/softmax std:label -1 lessons/02-training#softmax Softmax" in written
    assert written == sorted(set(written))
    elsewhere = lines(as_inventory(library.dump(), lambda address: f"/there{address}"))
    assert "softargmax std:term 1 there/concepts/softmax -" in elsewhere


def test_other_documentation_links_our_terms(library: Library, tmp_path: Path) -> None:
    cmd = pytest.importorskip("sphinx.cmd.build", reason="no Sphinx here; `make test` installs it")
    (tmp_path / "objects.inv").write_bytes(as_inventory(library.dump()))
    conf = CONF.format(base=BASE, inventory=(tmp_path / "objects.inv").as_posix())
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    (tmp_path / "index.rst").write_text(PAGE, encoding="utf-8")
    status = cmd.build_main(["-q", "-n", "-W", "-b", "html", str(tmp_path), str(tmp_path / "out")])
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert status == 0
    for address in (
        "concepts/softmax",
        "concepts/logits",
        "lessons/02-training#softmax",
        "lessons/02-training",
    ):
        assert f'href="{BASE}{address}"' in page


def test_a_name_that_sphinx_would_read_as_something_else_is_left_out(library: Library) -> None:
    reader = pytest.importorskip("sphinx.util.inventory", reason="no Sphinx here; `make test` installs it")
    names = ("the top 5 list", "x std:term 1 elsewhere y", "a\nb", "  ", "#", "naïve Bayes")
    dump = library.dump()
    (concept, kinds), *_ = dump.concepts
    odd = tuple((replace(concept, pref_label=name, alt_labels=(), hidden_labels=()), kinds) for name in names)
    dump = replace(dump, concepts=odd, sections=(), lessons=())
    read = reader.InventoryFile.loads(as_inventory(dump), uri=BASE)
    terms = read.data["std:term"]
    assert set(terms) == {"a b", "#", "naïve Bayes"}
    assert {term.uri for term in terms.values()} == {f"{BASE}concepts/{concept.id}"}
