"""Which files are pictures, and how large one is, from its first bytes: PNG, GIF, JPEG, WebP and SVG.

A page that knows the size leaves the room before the picture has come, and does not jump.
"""

import re
from collections.abc import Callable
from pathlib import Path

Size = tuple[int, int]

# What a picture of the notes may be, by the end of its name.
PICTURE_TYPES = {
    ".apng": "image/apng",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}

# An SVG says its size in its first tag, a JPEG after what the camera wrote.
HEAD = 65_536
_LARGEST = 100_000


def first_bytes(file: Path) -> bytes:
    """What `picture_size` needs to see of a file; nothing if it cannot be opened."""
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError:
        return b""


def picture_size(head: bytes) -> Size | None:
    """Width and height in pixels, None where the bytes do not tell. Never raises.

    >>> picture_size(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">')
    (30, 20)
    """
    for starts, read in _FORMATS:
        if head.startswith(starts):
            size = read(head)
            return size if size and all(0 < side <= _LARGEST for side in size) else None
    return _svg(head)


def _png(head: bytes) -> Size | None:
    return (_big(head[16:20]), _big(head[20:24])) if head[12:16] == b"IHDR" else None


def _gif(head: bytes) -> Size | None:
    return _little(head[6:8]), _little(head[8:10])


def _jpeg(head: bytes) -> Size | None:
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF:
        marker = head[place + 1]
        # Start of frame; C4, C8 and CC are tables.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _big(head[place + 7 : place + 9]), _big(head[place + 5 : place + 7])
        place += 1 if marker == 0xFF else 2 + max(2, _big(head[place + 2 : place + 4]))
    return None


def _webp(head: bytes) -> Size | None:
    kind, body = head[12:16], head[20:30]
    if head[8:12] != b"WEBP" or len(body) < 10:
        return None
    if kind == b"VP8X":
        return _little(body[4:7]) + 1, _little(body[7:10]) + 1
    if kind == b"VP8L":
        bits = _little(body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return (_little(body[6:8]) & 0x3FFF, _little(body[8:10]) & 0x3FFF) if kind == b"VP8 " else None


_SVG_TAG = re.compile(rb"<svg\b[^>]{0,4000}>", re.IGNORECASE)
_SIDE = re.compile(rb"\s(width|height)\s*=\s*[\"']\s*(\d{1,6}(?:\.\d{0,9})?)\s*(?:px)?\s*[\"']")
_VIEW = re.compile(
    rb"\sviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d{1,6})(?:\.\d*)?[\s,]+(\d{1,6})(?:\.\d*)?\s*[\"']"
)


def _svg(head: bytes) -> Size | None:
    tag = _SVG_TAG.search(head)
    if not tag:
        return None
    sides = {name: round(float(side)) for name, side in _SIDE.findall(tag[0])}
    if len(sides) == 2 and all(sides.values()):
        return sides[b"width"], sides[b"height"]
    view = _VIEW.search(tag[0])
    return (int(view[1]), int(view[2])) if view and int(view[1]) and int(view[2]) else None


def _big(digits: bytes) -> int:
    return int.from_bytes(digits, "big")


def _little(digits: bytes) -> int:
    return int.from_bytes(digits, "little")


_FORMATS: tuple[tuple[bytes, Callable[[bytes], Size | None]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"GIF8", _gif),
    (b"\xff\xd8", _jpeg),
    (b"RIFF", _webp),
)
