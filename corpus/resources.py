"""Links worth keeping, pictures and code: what a section points to and shows.

What kind of thing a link leads to is read by `addresses`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from corpus.addresses import dotted_name, resource_kind
from corpus.markdown import BlockKind, Inline
from corpus.model import Figure, Resource, ResourceKind, Snippet, SourceLocation
from corpus.sections import BROKEN_LINK, OpenSection

_BARE_URL = re.compile(r"https?://[^\s<>\"'`|]+")
_MARKDOWN = re.compile(r"\.(?:md|markdown|mdx|ipynb)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    attributes: dict[str, str]
    words: str
    line: int


class _Tags(HTMLParser):
    """The pictures and links of a piece of HTML, each with its line (0-based within the piece)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Tag] = []
        self._open: tuple[dict[str, str], int] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        line = self.getpos()[0] - 1
        if tag == "img":
            self.found.append(_Tag("img", attributes, "", line))
        elif tag == "a" and attributes.get("href"):
            self._open, self._words = (attributes, line), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            attributes, line = self._open
            self.found.append(_Tag("a", attributes, " ".join("".join(self._words).split()), line))
            self._open = None


def _tags(html: str) -> list[_Tag]:
    reader = _Tags()
    reader.feed(html)
    reader.close()
    return reader.found


def links(section: OpenSection) -> Iterator[tuple[str, str, int]]:
    """Every link of a section, its heading included, in order: title, address, line; also those that a stray
    space broke and addresses that just stand there."""
    heading = (section.heading,) if section.heading else ()
    for block in (*heading, *section.all_blocks):
        if block.inline:
            found = sorted(_inline_links(block.inline))
            yield from ((title, url, block.first_line + lines) for lines, _, title, url in found)
        elif block.kind is BlockKind.HTML:
            for tag in _tags(block.text):
                if tag.name == "a":
                    yield (
                        tag.words or tag.attributes["href"],
                        tag.attributes["href"],
                        block.first_line + tag.line,
                    )


def _inline_links(inline: Inline) -> Iterator[tuple[int, int, str, str]]:
    """The links of running text: lines below its first, place in the line's text, title, address."""
    for link in inline.links:
        picture = next(
            (p.alt for p in inline.pictures if link.span[0] <= p.offset <= link.span[1] and p.alt), ""
        )
        title = " ".join(inline.text[slice(*link.span)].split()) or picture or link.url
        yield inline.text.count("\n", 0, link.span[0]), link.span[0], title, link.url
    broken = {}
    for match in BROKEN_LINK.finditer(inline.raw):
        broken[match[2]] = match
        place = inline.text.find(match[1].strip("`* "))
        yield inline.raw.count("\n", 0, match.start()), max(place, 0), match[1].strip("`* "), match[2]
    taken = [*(link.span for link in inline.links), *inline.masked]
    for match in _BARE_URL.finditer(inline.text):
        url = match[0].rstrip(".,;:!?)]}*_")
        if not any(a <= match.start() < b for a, b in taken) and url not in broken:
            yield inline.text.count("\n", 0, match.start()), match.start(), url, url


def resources(section: OpenSection) -> Iterator[Resource]:
    """Links out of the notes (and to files beside them that are not notes), and downloads named in code."""
    path = section.location.path
    for title, url, line in links(section):
        if url.startswith(("#", "mailto:", "tel:", "javascript:", "data:")):
            continue
        if "://" not in url and not url.startswith("//"):
            target = url.split("#")[0]
            if (
                not target
                or (_MARKDOWN.search(target) and not target.lower().endswith(".ipynb"))
                or "." not in target
            ):
                continue
        elif not url.startswith(("http://", "https://", "//", "ftp://")):
            continue
        kind = resource_kind(url)
        name = dotted_name(url) if kind is ResourceKind.API else ""
        yield Resource(kind, title.strip("`"), url, section.id, SourceLocation(path, line, line), name)
    for block in (b for b in section.all_blocks if b.kind is BlockKind.CODE):
        for offset, code in enumerate(block.text.split("\n")):
            for match in _BARE_URL.finditer(code):
                url = match[0].rstrip(".,;:)]'\"")
                at = block.first_line + offset + (1 if block.last_line > block.first_line else 0)
                title = PurePosixPath(urlsplit(url).path).name or url
                yield Resource(resource_kind(url), title, url, section.id, SourceLocation(path, at, at))


def figures(section: OpenSection) -> Iterator[Figure]:
    """Every picture of a section, from Markdown and from HTML. Whether the file is there is asked later."""
    heading = (section.heading,) if section.heading else ()
    for block in (*heading, *section.all_blocks):
        if block.inline:
            for picture in block.inline.pictures:
                at = block.first_line + block.inline.text.count("\n", 0, picture.offset)
                yield _figure(picture.src, picture.alt, section, at)
            for tag in _tags("".join(block.inline.html)) if block.inline.html else ():
                if tag.name == "img" and tag.attributes.get("src"):
                    yield _figure(
                        tag.attributes["src"], tag.attributes.get("alt", ""), section, block.first_line
                    )
        elif block.kind is BlockKind.HTML:
            for tag in _tags(block.text):
                if tag.name == "img" and tag.attributes.get("src"):
                    at = block.first_line + tag.line
                    yield _figure(tag.attributes["src"], tag.attributes.get("alt", ""), section, at)


def _figure(src: str, alt: str, section: OpenSection, line: int) -> Figure:
    return Figure(src, " ".join(alt.split()), section.id, SourceLocation(section.location.path, line, line))


def local_target(src: str, path: str) -> str | None:
    """The path, relative to the notes, of the file that `src` in the file `path` means; None if it is no
    local file or leads out of the notes."""
    try:
        parts = urlsplit(src)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or "\\" in parts.path or "\0" in unquote(parts.path):
        return None
    below = PurePosixPath(path).parent
    joined = (
        unquote(parts.path).lstrip("/") if parts.path.startswith("/") else str(below / unquote(parts.path))
    )
    target = normpath(joined)
    return None if target.startswith("..") or target == "." else target


def snippets(section: OpenSection) -> Iterator[Snippet]:
    """Every block of code of a section."""
    for block in (b for b in section.all_blocks if b.kind is BlockKind.CODE):
        location = SourceLocation(section.location.path, block.first_line, block.last_line)
        yield Snippet(block.text, block.info.strip("{}.").lower(), section.id, location)
