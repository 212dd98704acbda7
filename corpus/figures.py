"""Pictures: where they stand, what they show, and how large the notes want them.

A picture should have words of its own. Where it has none they are taken from what stands around it, in this
order: its caption, its title, the heading above it, the name of its file; `Figure.alt_derived` says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from corpus.addresses import address_parts
from corpus.blocks import Block, BlockKind, Inline
from corpus.headings import is_meta_heading
from corpus.html import Tags, without_comments
from corpus.model import Figure, SourceLocation
from corpus.pixels import picture_size
from corpus.places import lines_before
from corpus.sections import OpenSection

_LONGEST_CAPTION = 40


@dataclass(frozen=True, slots=True)
class _Seen:
    """A picture as it stands in the notes."""

    src: str
    alt: str
    line: int
    title: str = ""
    caption: str = ""
    width: str = ""
    height: str = ""


def figures(section: OpenSection) -> Iterator[Figure]:
    """Every picture of a section, from Markdown and from HTML. Whether the file is there is asked later."""
    heading = (section.heading,) if section.heading else ()
    blocks = (*heading, *section.all_blocks)
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        for seen in _in_block(block, following):
            yield _figure(seen, section)


def _figure(seen: _Seen, section: OpenSection) -> Figure:
    line = SourceLocation(section.location.path, seen.line, seen.line)
    own = "" if _says_nothing(seen.alt, seen.src) else seen.alt
    words = own if own or is_badge(seen.src) else _words_around(seen, section)
    derived = bool(words) and not own
    alt = words or (seen.alt if is_badge(seen.src) else "")
    return Figure(seen.src, alt, section.id, line, alt_derived=derived, width=seen.width, height=seen.height)


def sized(figure: Figure, head: bytes) -> Figure:
    """The figure with the size of its file, from the file's first bytes; a side that the notes give in pixels
    brings the other one with it."""
    size = picture_size(head)
    if size is None or figure.width.endswith("%") or figure.height.endswith("%"):
        return figure
    width, height = size
    if figure.width and figure.height:
        return figure
    if figure.width:
        return replace(figure, height=str(max(1, round(float(figure.width) * height / width))))
    if figure.height:
        return replace(figure, width=str(max(1, round(float(figure.height) * width / height))))
    return replace(figure, width=str(width), height=str(height))


# --- words -------------------------------------------------------------------------------------------------

_BADGE = re.compile(
    r"shields\.io|badgen\.net|badge\.fury\.io|/badges?[/.]|[-_/]badge\b|codecov\.io|coveralls\.io"
    r"|travis-ci\.|circleci\.com/.*\.svg|/workflows/.*\.svg|mybinder\.org/.*\.svg|colab-badge",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:an? )?(?:image|img|picture|pic|photo|figure|fig|drawing|diagram|screen ?shot|alt(?:[ -]?text)?"
    r"|untitled|none|null|no description|image alt text)[\s._-]*\d*",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?)", re.IGNORECASE)
_SPEAKING = re.compile(r"[^\W\d_]{3,}")
# What cameras, screens and editors call their files.
_NAMELESS = frozenset(
    "img dsc pxl image images picture pic photo figure fig screen shot screenshot capture pasted untitled "
    "unnamed unknown download at copy tmp temp output out asset assets slide clip final new".split()
)
_EDITORS_NAME = re.compile(r"(?:pasted image|screen ?shot|img|dsc|image|untitled)[\s_-]", re.IGNORECASE)
_HEX = re.compile(r"[a-f0-9]{8,}")


def is_badge(src: str) -> bool:
    """Whether a picture is a sign of some state ("build: passing") and shows nothing of the subject."""
    return bool(_BADGE.search(src))


def _says_nothing(alt: str, src: str) -> bool:
    words = alt.strip()
    if not words or _PLACEHOLDER.fullmatch(words):
        return True
    if not _telling(re.sub(r"[^\w]+", " ", words)) and _EDITORS_NAME.match(words):
        return True
    return bool(_FILE_NAME.fullmatch(words)) or words.casefold() == _file_name(src).casefold()


def _file_name(src: str) -> str:
    parts = address_parts(src)
    return PurePosixPath(unquote(parts.path)).name if parts else ""


def _words_around(seen: _Seen, section: OpenSection) -> str:
    named = "" if is_meta_heading(section.title) else section.title
    return seen.caption or seen.title or named or _words_of_name(_file_name(seen.src))


def _words_of_name(name: str) -> str:
    """`ebb-and-flood_2.png` speaks; `IMG_2041.jpg` does not."""
    stem = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.rpartition(".")[0] or name)
    words = " ".join(re.split(r"[\s_.+-]+", stem)).strip()
    if not _telling(words):
        return ""
    return words[:1].upper() + words[1:]


def _telling(words: str) -> list[str]:
    return [
        word
        for word in words.casefold().split()
        if word not in _NAMELESS and not _HEX.fullmatch(word) and _SPEAKING.search(word)
    ]


# --- Markdown ----------------------------------------------------------------------------------------------

# Every part has a limit, so that no text makes the search slow.
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,400})\]"
    r"(?:\(\s*(?P<src><[^<>\n]{1,500}>|(?:[^()\s]|\([^()\s]{0,200}\)){1,500}|[^()\n\"'<>]{1,300}?\.\w{2,5})"
    r"(?:\s+(?P<title>\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?(?:\s+=(?P<size>[0-9]{0,5}%?x?[0-9]{0,5}%?))?\s*\)|\[[^\]\n]{0,200}\])"
    r"(?P<attributes>\{[^}\n]{1,200}\})?"
)
_SIZE_AFTER_BAR = re.compile(
    r"(?:(?:^|\|)\s*(?P<width>[0-9]{1,4})(?:x(?P<height>[0-9]{1,4}))?|\|\s*(?P<share>[0-9]{1,3}%))\s*$"
)
# Nothing is larger than this on any screen; what is longer is no size.
_A_SIZE = r"[0-9]{1,5}(?:\.[0-9]{1,5})?(?:px|%)?"
_SIZE_ATTRIBUTE = re.compile(rf"\b(?P<name>width|height)\s*[=:]\s*[\"']?(?P<size>{_A_SIZE})(?![\w.])")
_ALT_ATTRIBUTE = re.compile(r"\b(?:fig-)?alt\s*=\s*([\"'])(.*?)\1")
_CAPTION = re.compile(r"(?:figure|fig\.?|abb\.?|image|picture)\s*\d+[\d.]*\s*[:.–—-]", re.IGNORECASE)


def _in_block(block: Block, following: Block | None) -> Iterator[_Seen]:
    if block.kind is BlockKind.HTML:
        yield from _in_html(block.text, block.first_line)
    elif block.inline:
        if block.inline.pictures or "![" in block.inline.raw:
            yield from _in_markdown(block.inline, block.first_line, following)
        for tag, lines in block.inline.tags():
            if "<img" in tag.lower():
                yield from _in_html(tag, block.first_line + lines)


def _in_markdown(inline: Inline, first_line: int, following: Block | None) -> Iterator[_Seen]:
    written: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _PICTURE.finditer(inline.raw) if "![" in inline.raw else ():
        written[unquote((match["src"] or "").strip("<>"))].append(match)
    caption = _caption_below(inline, following) if len(inline.pictures) == 1 else ""
    for picture in inline.pictures:
        line = first_line + lines_before(inline.text, picture.offset)
        same = written.get(unquote(picture.src)) or written.get("") or []
        title, own, sizes = _said_beside(same.pop(0)) if same else ("", "", {})
        alt, width, height = _alt_and_size(picture.alt or own)
        size = (sizes.get("width", width), sizes.get("height", height))
        yield _Seen(picture.src, alt, line, title, caption, *size)
    yield from _not_parsed(inline, first_line, written)


def _said_beside(match: re.Match[str]) -> tuple[str, str, dict[str, str]]:
    """A picture's title, and from the braces behind it its words and sizes."""
    attributes = match["attributes"] or ""
    alt = _ALT_ATTRIBUTE.search(attributes)
    return (match["title"] or "")[1:-1], alt[2] if alt else "", _sizes(attributes)


def _not_parsed(inline: Inline, first_line: int, written: dict[str, list[re.Match[str]]]) -> Iterator[_Seen]:
    """Pictures that are none in CommonMark and that everybody means: a size after the address, or an address
    with blanks."""
    for src, matches in written.items():
        for match in matches:
            plain = match["size"] is None and " " not in src
            if not src or plain or "`" in inline.raw[: match.start()].rpartition("\n")[2]:
                continue
            width, _, height = (match["size"] or "").partition("x")
            line = first_line + lines_before(inline.raw, match.start())
            yield _Seen(src, " ".join(match["alt"].split()), line, "", "", width, height)


def _alt_and_size(alt: str) -> tuple[str, str, str]:
    """`The ebb|300` and `300x200` hold a size."""
    words = " ".join(alt.split())
    size = _SIZE_AFTER_BAR.search(words)
    if not size:
        return words, "", ""
    return words[: size.start()].strip(), size["width"] or size["share"], size["height"] or ""


def _sizes(attributes: str) -> dict[str, str]:
    return {m["name"].lower(): m["size"].removesuffix("px") for m in _SIZE_ATTRIBUTE.finditer(attributes)}


def _caption_below(inline: Inline, following: Block | None) -> str:
    """The words in italics right below a picture, in its paragraph or as the next one."""
    words = " ".join(inline.text.split())
    if words:
        return words if _is_caption(inline) else ""
    below = following.inline if following and following.kind is BlockKind.PARAGRAPH else None
    return " ".join(below.text.split()) if below and not below.pictures and _is_caption(below) else ""


def _is_caption(inline: Inline) -> bool:
    words = inline.text.strip()
    start = len(inline.text) - len(inline.text.lstrip())
    slanted = any(a <= start and b >= start + len(words) for a, b in inline.emphasis)
    return len(words.split()) <= _LONGEST_CAPTION and (slanted or bool(_CAPTION.match(words)))


# --- HTML --------------------------------------------------------------------------------------------------


class _Pictures(Tags):
    """The pictures of a piece of HTML, each with its line (0-based within the piece), the number of the
    `<figure>` around it, the captions by that number, and all other words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str], int, int]] = []
        self.captions: dict[int, str] = defaultdict(str)
        self.words = ""
        self._figure = 0
        self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figure":
            self._figure += 1
        elif tag == "figcaption":
            self._in_caption = True
        elif tag == "img":
            attributes = {key: value or "" for key, value in attrs}
            if attributes.get("src"):
                self.found.append((attributes, self.getpos()[0] - 1, self._figure))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("figcaption", "figure"):
            self._in_caption = False

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self.captions[self._figure] += data
        else:
            self.words += data


def _in_html(html: str, first_line: int) -> Iterator[_Seen]:
    if "<img" not in html.lower():
        return
    reader = _Pictures()
    reader.feed(without_comments(html))
    reader.close()
    words = " ".join(reader.words.split())
    for attributes, line, figure in reader.found:
        caption = " ".join(reader.captions.get(figure, "").split())
        if not caption and len(reader.found) == 1 and len(words.split()) <= _LONGEST_CAPTION:
            caption = words
        sizes = _sizes(attributes.get("style", "")) | {
            name: size.removesuffix("px")
            for name in ("width", "height")
            if re.fullmatch(_A_SIZE, size := attributes.get(name, "").strip())
        }
        yield _Seen(
            attributes["src"],
            " ".join(attributes.get("alt", "").split()),
            first_line + line,
            attributes.get("title", "").strip(),
            caption,
            sizes.get("width", ""),
            sizes.get("height", ""),
        )
