"""Links worth keeping, and code: what a section points to and runs.

What kind of thing a link leads to is read by `addresses`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from corpus.addresses import address_parts, dotted_name, resource_kind
from corpus.blocks import BlockKind, Inline, Link, Picture
from corpus.html import Tags, without_comments
from corpus.model import Resource, ResourceKind, Snippet, SourceLocation
from corpus.paths import is_note, is_notebook
from corpus.places import lines_before
from corpus.sections import BROKEN_LINK, OpenSection

_BARE_URL = re.compile(r"https?://[^\s<>\"'`|]+")
_BARE_ADDRESS = re.compile(r"(?:https?://|(?<![\w./@-])www\.(?=[\w-]+\.\w))[^\s<>\"'`|]+")
# No link in CommonMark, for its address has a blank.
_SPACED_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()<>\s\"']+(?: [^()<>\s\"']+){1,12}\.\w{2,5})\)")
_NO_PAGE = re.compile(r"(?:mailto|tel|javascript|data|wiki):", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_EMBEDDING = frozenset({"iframe", "video", "audio", "source", "embed"})
_EMBEDS = re.compile(r"<(?:iframe|video|audio|embed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Tag:
    """A link of HTML: its words, its address, its line (0-based within the HTML)."""

    words: str
    url: str
    line: int


class _Links(Tags):
    """The links of a piece of HTML, and what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Tag] = []
        self._open: tuple[str, int] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        line = self.getpos()[0] - 1
        if tag == "a" and attributes.get("href"):
            self._open, self._words = (attributes["href"], line), []
        elif tag in _EMBEDDING and (src := attributes.get("src", "").strip()):
            self.found.append(_Tag(" ".join(attributes.get("title", "").split()) or src, src, line))

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            url, line = self._open
            self.found.append(_Tag(" ".join("".join(self._words).split()) or url, url, line))
            self._open = None


def _html_links(html: str) -> list[_Tag]:
    reader = _Links()
    reader.feed(without_comments(html))
    reader.close()
    return reader.found


SeenLink = tuple[str, str, int]  # title, address, line


def links(section: OpenSection) -> Iterator[SeenLink]:
    """Every link of a section, its heading included, in order: title, address, line; also those that a stray
    space broke and addresses that just stand there."""
    heading = (section.heading,) if section.heading else ()
    for block in (*heading, *section.all_blocks):
        if block.inline and _may_link(block.inline):
            found = sorted(_inline_links(block.inline))
            yield from ((title, url, block.first_line + lines) for lines, _, title, url in found)
        elif block.kind is BlockKind.HTML:
            yield from ((tag.words, tag.url, block.first_line + tag.line) for tag in _html_links(block.text))


def _may_link(inline: Inline) -> bool:
    """Most text links nothing, and a look says so."""
    raw = inline.raw
    return bool(inline.links or inline.html) or "](" in raw or "://" in raw or "www." in raw


def _inline_links(inline: Inline) -> Iterator[tuple[int, int, str, str]]:
    """The links of running text: lines below its first, place in the line's text, title, address."""
    for link in inline.links:
        title = " ".join(inline.text[slice(*link.span)].split()) or _picture_in(link, inline) or link.url
        yield lines_before(inline.text, link.span[0]), link.span[0], title, link.url
    for tag, lines in inline.tags():
        if _EMBEDS.match(tag):
            yield from ((lines, 0, found.words, found.url) for found in _html_links(tag))
    broken = set()
    for match in (*BROKEN_LINK.finditer(inline.raw), *_SPACED_LINK.finditer(inline.raw)):
        broken.add(match[2])
        place = inline.text.find(match[1].strip("`* "))
        yield lines_before(inline.raw, match.start()), max(place, 0), match[1].strip("`* "), match[2]
    taken = sorted((*(link.span for link in inline.links), *inline.masked))
    passed, taken_to = 0, 0
    for start, words, url in bare_addresses(inline.text):
        while passed < len(taken) and taken[passed][0] <= start:
            taken_to = max(taken_to, taken[passed][1])
            passed += 1
        if start >= taken_to and words not in broken:
            yield lines_before(inline.text, start), start, words, url


def _picture_in(link: Link, inline: Inline) -> str:
    """The words of the first picture in a link that has any."""
    first = bisect_left(inline.pictures, link.span[0], key=_offset)
    after = bisect_right(inline.pictures, link.span[1], key=_offset)
    return next((p.alt for p in inline.pictures[first:after] if p.alt), "")


def _offset(picture: Picture) -> int:
    return picture.offset


def bare_addresses(text: str) -> Iterator[tuple[int, str, str]]:
    """The addresses that just stand in a text: where each begins, its words, the address.

    >>> list(bare_addresses("See www.example.org/tides."))
    [(4, 'www.example.org/tides', 'http://www.example.org/tides')]
    """
    if "://" not in text and "www." not in text:
        return
    for match in _BARE_ADDRESS.finditer(text):
        words = _without_end(match[0])
        yield match.start(), words, words if "://" in words else f"http://{words}"


def _without_end(address: str) -> str:
    """An address without the punctuation of its sentence; a bracket that it opens belongs to it."""
    while address[-1:] and (
        address[-1] in ".,;:!?]}*_" or (address[-1] == ")" and address.count("(") < address.count(")"))
    ):
        address = address[:-1]
    return address


def resources(section: OpenSection, linked: Iterable[SeenLink]) -> Iterator[Resource]:
    """The links of a section that lead out of the notes (and to files beside them that are not notes), and
    downloads named in code.

    An address that a section names again is kept once, with words if one of the links has any.
    """
    kept: dict[str, Resource] = {}
    for resource in (*_leading_out(section, linked), *_downloads(section)):
        key = resource.url.rstrip("/")
        if key not in kept or (kept[key].title == kept[key].url != resource.title):
            kept[key] = resource
    yield from kept.values()


def _leading_out(section: OpenSection, linked: Iterable[SeenLink]) -> Iterator[Resource]:
    for title, url, line in linked:
        if _leads_out(url):
            kind = resource_kind(url)
            name = dotted_name(url) if kind is ResourceKind.API else ""
            place = SourceLocation(section.location.path, line, line)
            yield Resource(kind, title.strip("`"), url, section.id, place, name)


def _leads_out(url: str) -> bool:
    """Whether a link leads out of the notes, or to a file beside them that is no note."""
    if "://" in url or url.startswith("//"):
        return url.startswith(("http://", "https://", "//", "ftp://"))
    target = url.partition("#")[0]
    note = is_note(target) and not is_notebook(target)
    named = "." in target.rpartition("/")[2].strip(".")
    return named and not note and not _NO_PAGE.match(url) and not _MAIL.fullmatch(target)


def _downloads(section: OpenSection) -> Iterator[Resource]:
    path = section.location.path
    for block in (b for b in section.all_blocks if b.kind is BlockKind.CODE):
        for offset, code in enumerate(block.text.split("\n") if "://" in block.text else ()):
            for match in _BARE_URL.finditer(code):
                url = match[0].rstrip(".,;:)]'\"")
                at = block.first_line + offset + (1 if block.last_line > block.first_line else 0)
                parts = address_parts(url)
                title = (PurePosixPath(parts.path).name if parts else "") or url
                yield Resource(resource_kind(url), title, url, section.id, SourceLocation(path, at, at))


def local_target(src: str, path: str) -> str | None:
    """The path, relative to the notes, of the file that `src` in the file `path` means; None if it is no
    local file or leads out of the notes."""
    parts = address_parts(src)
    if (
        parts is None
        or parts.scheme
        or parts.netloc
        or not parts.path
        or "\\" in parts.path
        or "\0" in unquote(parts.path)
    ):
        return None
    below = PurePosixPath(path).parent
    joined = (
        unquote(parts.path).lstrip("/") if parts.path.startswith("/") else str(below / unquote(parts.path))
    )
    target = normpath(joined)
    return None if target.startswith("..") or target == "." else target


# What may follow the name of a language in one word: `python{1,3}`, `rust,ignore`, `js:app.js`.
_AFTER_LANGUAGE = re.compile(r"[{,:;(\[=].*\Z")


_NO_LANGUAGE = re.compile(r"#|(?:title|filename|caption|name|linenums|hl_lines|numbers|startline)=")


def code_language(info: str) -> str:
    """The language that the first word of a fence's info string names, however it is written.

    >>> code_language("{.Python"), code_language("{r,"), code_language("language-rust,ignore")
    ('python', 'r', 'rust')
    >>> code_language("cpp=101"), code_language('title="a.cpp"')
    ('cpp', '')
    """
    word = info.strip().lstrip("{").strip(".=").lower()
    word = word.removeprefix("language-").removeprefix("lang-")
    return "" if _NO_LANGUAGE.match(word) else _AFTER_LANGUAGE.sub("", word).rstrip("}.")


def snippets(section: OpenSection) -> Iterator[Snippet]:
    """Every block of code of a section."""
    for block in (b for b in section.all_blocks if b.kind is BlockKind.CODE):
        location = SourceLocation(section.location.path, block.first_line, block.last_line)
        yield Snippet(block.text, code_language(block.info), section.id, location)
