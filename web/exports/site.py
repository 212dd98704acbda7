"""All pages as files: a site that any host serves, below any address, and that opens from a folder, too.

The pages are those of the server. Their addresses become relative ones that end in .html; what needs the
server is left out of the templates (`fixed`), and a link to what is not in the site is only its words. Search
is done by the reader's browser, over an index of names.
"""

import json
import posixpath
import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape, unescape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, unquote_plus, urlsplit

from corpus.errors import InvalidRequest
from corpus.tex import readable
from graph.model import ConceptId
from web.addresses import Addresses
from web.app import create_app
from web.exports.full_text import full_text_of
from web.exports.inventory import as_inventory
from web.library import Library
from web.markup import TAG
from web.pages import error_page

# What is in the site: pages, each with the one parameter that makes another page of it.
_PAGES = re.compile(
    r"/(?:\?lessons=all|glossary(?:\?(?:letter|lesson|page)=[^&]*)?|questions(?:\?page=\d+)?|problems|search"
    r"|map(?:\?(?:lesson|layer)=[^&]*)?"
    r"|concepts/[^?]+(?:\?uses=all)?|lessons/[^?]+|cards/[^?]+|path/[^?]+|files/[^?]+|static/[^?]+)?"
)
_PICTURES = "/files/"
_AS_THEY_ARE = (_PICTURES, "/static/")
_ADDRESS = re.compile(r'\b(href|src|action)="(/(?!/)[^"]*)"')  # "//" begins another host
_OWN_NAMES = re.compile(r'\b(data-(?:concepts|cards))="/')
# What some file systems do not take in a name, or take for something else.
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]|[. ]$|^\.')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# In bytes: a name of 255 is the longest that file systems take, and more is put behind it.
_LONGEST_NAME, _LONGEST_SUFFIX = 160, 10
INDEX = "search-index.js"
NOT_FOUND = "404.html"


def as_site(data: Path, library: Library, base: str = "") -> dict[str, bytes]:
    """The files of the site by their paths. `base` is where it will stand, if that is known: then the page
    for what is not there works below any address, and there is a list of all pages for search engines.
    InvalidRequest: the base is none."""
    if base and not re.fullmatch(r"https?://[^\s\"<>?#]+", base):
        raise InvalidRequest(
            "base", f"{base[:80]!r} is no address of a site: give https://example.org/notes/."
        )
    return _Crawl(data, library, base.rstrip("/")).files()


class _Crawl:
    """One walk from page to page, until no page leads to another."""

    def __init__(self, data: Path, library: Library, base: str) -> None:
        self._app = create_app(data, fixed=True)
        self._library = library
        self._base = base
        self._client = self._app.test_client()
        self._names: dict[str, str | None] = {}
        self._files: dict[str, bytes] = {}
        self._taken: set[str] = {NOT_FOUND, INDEX, "objects.inv", "sitemap.xml"}
        self._waiting: list[tuple[str, str]] = []

    def files(self) -> dict[str, bytes]:
        static = Path(self._app.static_folder or "")
        assets = {f"static/{file.name}": file.read_bytes() for file in sorted(static.iterdir())}
        self._taken |= assets.keys()
        self._names.update((f"/{name}", name) for name in assets)
        self._wanted("/")
        self._wanted("/search")
        for concept in self._library.snapshot.all_concepts():
            self._wanted(Addresses().concept(concept.id).replace("/concepts/", "/cards/", 1))
        files = self._files
        while self._waiting:
            address, file = self._waiting.pop()
            if (content := self._fetched(address, file)) is not None:
                files[file] = content
        files[NOT_FOUND] = self._rewritten(self._not_found(), NOT_FOUND)
        texts = full_text_of(files)
        files[INDEX] = self._index(bool(texts))
        files["objects.inv"] = as_inventory(self._library.dump(), self._link_from_top)
        if self._base:
            files["sitemap.xml"] = self._sitemap(files)
        return dict(sorted({**assets, **files, **texts}.items()))

    def _fetched(self, address: str, file: str) -> bytes | None:
        """What stands at an address, made relative; None where the server has nothing."""
        with self._client.get(address, follow_redirects=True) as answer:
            if answer.status_code != HTTPStatus.OK:
                return None
            if answer.mimetype != "text/html":
                content: bytes = answer.data
                return content
            return self._rewritten(answer.get_data(as_text=True), file)

    def _not_found(self) -> str:
        with self._app.test_request_context("/"):
            return error_page(HTTPStatus.NOT_FOUND, "Not found", "Nothing is at this address.")

    def _rewritten(self, html: str, file: str) -> bytes:
        """A page whose addresses are relative to its own, and that has no link to what is not in the site."""

        def rewritten(match: re.Match[str]) -> str:
            tag = _OWN_NAMES.sub(r'\1="', match[0])
            address = _ADDRESS.search(tag)
            if match[1] or address is None:
                return tag
            if match[2] == "form" and address[2] != "/search":  # nobody is there to answer
                return "<form hidden>"
            target = self._relative(unescape(address[2]), file)
            before, after = tag[: address.start()], tag[address.end() :]
            if target is not None:
                return f'{before}{address[1]}="{escape(target)}"{after}'
            # Words that lead nowhere stay, in a drawing as well.
            return f"{before.rstrip()}{after}" if match[2] == "a" else ""

        return TAG.sub(rewritten, html).encode("utf-8", "replace")

    def _relative(self, address: str, file: str) -> str | None:
        """The way from a file to an address of the server; None for one that is not in the site."""
        parts = urlsplit(address)
        page = f"{parts.path}?{parts.query}" if parts.query else parts.path
        end = f"#{parts.fragment}" if parts.fragment else ""
        if parts.path == "/search" and parts.query.startswith("q="):
            page, end = "/search", f"?{parts.query}"
        elif parts.path == "/map" and (around := re.fullmatch("around=([^&]+)", parts.query)):
            page = Addresses().concept(ConceptId(unquote_plus(around[1])))
        if (name := self._wanted(page)) is None:
            return None
        if file == NOT_FOUND and self._base:
            return f"{self._base}/{quote(name)}{end}"
        if name == file and end.startswith("#"):
            return end
        return quote(posixpath.relpath(name, posixpath.dirname(file) or ".")) + end

    def _wanted(self, address: str) -> str | None:
        """The file of an address, which will be fetched; None for one that is not in the site."""
        if address == f"/{INDEX}":
            return INDEX
        if address not in self._names:
            if not _PAGES.fullmatch(address):
                return None
            self._names[address] = (
                self._kept(address) if address.startswith(_PICTURES) else self._to_fetch(address)
            )
        return self._names[address]

    def _to_fetch(self, address: str) -> str:
        file = self._free(_file_of(address))
        self._waiting.append((address, file))
        return file

    def _kept(self, address: str) -> str | None:
        """The file of a picture, fetched now: it may be gone since the notes were built, and no page shows
        what is not there."""
        if (content := self._fetched(address, "")) is None:
            return None
        file = self._free(_file_of(address))
        self._files[file] = content
        return file

    def _free(self, file: str) -> str:
        """The file's name, or one like it where that is taken: by another case, on some systems, as well."""
        stem, suffix = posixpath.splitext(file)
        number = 1
        while file.casefold() in self._taken:
            number += 1
            file = f"{stem}~{number}{suffix}"
        self._taken.add(file.casefold())
        return file

    def _link_from_top(self, address: str) -> str:
        return self._relative(address, "index.html") or address

    def _index(self, full_text: bool) -> bytes:
        """What can be found: names, other names, address, and some words to show or to find it by; whether
        there is more to ask."""
        written = _script_safe(json.dumps(list(self._found()), ensure_ascii=False, indent=0))
        more = "globalThis.glosspathFullText = true;\n" if full_text else ""
        return f"{more}globalThis.glosspathIndex = {written};\n".encode("utf-8", "replace")

    def _found(self) -> Iterator[tuple[str, list[str], str, str]]:
        to, snapshot = Addresses(), self._library.snapshot
        entries = {entry.id: entry for entry in snapshot.entries()}
        own = set()
        for concept in snapshot.all_concepts():
            own.add((concept.section, concept.pref_label))
            others = [*concept.alt_labels, *concept.hidden_labels, *concept.shared_labels]
            summary = entries[concept.id].summary
            yield concept.pref_label, others, self._link_from_top(to.concept(concept.id)), summary
        for lesson in self._library.lessons():
            yield (
                lesson.link.title,
                [],
                self._link_from_top(to.lesson(lesson.link.id)),
                f"Lesson {lesson.link.number}",
            )
            for section in snapshot.sections_of(lesson.link.id):
                is_told = section.title == lesson.link.title or (section.id, section.title) in own
                if section.anchor and not is_told:
                    link = self._library.section_link(section.id)
                    words = " ".join(passage.text for passage in section.passages)
                    shown = readable(" ".join(words.split()))[:300]
                    yield section.title, [], self._link_from_top(to.section(link)), shown

    def _sitemap(self, files: dict[str, bytes]) -> bytes:
        pages = sorted(
            name for name in files if name.endswith(".html") and not name.startswith(("cards/", "404"))
        )
        places = "".join(
            f"  <url><loc>{escape(f'{self._base}/{quote(page)}')}</loc></url>\n" for page in pages
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
        ).encode()


def _file_of(address: str) -> str:
    """The file in which what stands at an address of the server is kept.

    >>> _file_of("/"), _file_of("/concepts/softmax"), _file_of("/glossary?letter=A")
    ('index.html', 'concepts/softmax.html', 'glossary--letter-A.html')
    """
    path, _, query = address.partition("?")
    name = "/".join(map(_safe, unquote(path).strip("/").split("/"))) or "index"
    if address.startswith(_AS_THEY_ARE):
        return name
    changed = f"--{_safe(unquote(query).replace('=', '-'))}" if query else ""
    return f"{name}{changed}.html"


def _safe(name: str) -> str:
    """A name that every file system takes; one that had to be changed keeps apart from all others."""
    written = name.encode("utf-8", "replace")
    safe = _UNSAFE.sub("_", name)
    if safe == name and not _RESERVED.match(name) and len(written) <= _LONGEST_NAME:
        return name
    stem, suffix = posixpath.splitext(safe)
    if len(suffix) > _LONGEST_SUFFIX:
        stem, suffix = safe, ""
    # Some systems take "con.notes" for "con".
    stem = f"_{stem}" if _RESERVED.match(safe) else stem
    return f"{_beginning(stem)}-{sha256(written).hexdigest()[:8]}{suffix}"


def _beginning(name: str) -> str:
    """As many whole characters as a name may have bytes."""
    return name.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore")


def _script_safe(written: str) -> str:
    """JSON that is a script as well."""
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
