"""How large a picture is, from the first bytes of its file."""

import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from served_notes import build, client_of, library_of
from texts import document

from corpus.figures import sized
from corpus.pixels import picture_size


def png(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\x14\x00\x1e\x03"
)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (png(30, 20), (30, 20)),
        (b"GIF89a\x1e\x00\x14\x00\x00", (30, 20)),
        (JPEG, (30, 20)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x1d\x00\x00\x13\x00\x00", (30, 20)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x1e\x00\x14\x00", (30, 20)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\x1d\xc0\x04\x00\x00\x00\x00\x00\x00", (30, 20)),
        (b'<?xml version="1.0"?><svg width="30px" height="20" viewBox="0 0 3 2">', (30, 20)),
        (b'<svg width="100%" viewBox="0 0 30 20.5">', (30, 20)),
        (b'<svg width="100%">', None),
        (png(0, 20), None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff", None),
        (b"not a picture", None),
        (b"", None),
    ],
)
def test_the_size_stands_in_the_first_bytes(head: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(head) == size


@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"RIFF", b"<svg "]),
)
def test_any_bytes_have_a_size_or_none(rest: bytes, start: bytes) -> None:
    size = picture_size(start + rest)
    assert size is None or all(side > 0 for side in size)


_SIDES = st.one_of(
    st.integers(0).map(str),
    st.text(max_size=6),
    st.from_regex(r"[0-9]{1,400}(\.[0-9]{1,400})?(px|%)?", fullmatch=True),
)
_TAGS = st.builds('<img src="a.png" width="{}" height={}>'.format, _SIDES, _SIDES)
_PICTURES = st.one_of(
    _TAGS,
    st.builds("![a](a.png){{width={} height={}}}".format, _SIDES, _SIDES),
    st.builds("![a](a.png ={}x{})".format, _SIDES, _SIDES),
    st.builds("![a|{}x{}](a.png)".format, _SIDES, _SIDES),
)


@given(_PICTURES, st.sampled_from([png(300, 200), png(1, 100_000), b""]))
@example('<img src="a.png" width="' + "9" * 400 + '">', png(300, 200))
def test_any_size_in_the_notes_goes_with_any_file(written: str, head: bytes) -> None:
    for figure in document(written).figures:
        shown = sized(figure, head)
        assert all(len(side) <= 12 for side in (shown.width, shown.height))


def test_a_picture_gets_the_size_of_its_file_unless_the_notes_say_another(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "ebb.png").write_bytes(png(300, 200))
    (notes / "notes.md").write_text(
        "# Ebb\n\n![a](ebb.png)\n\n![a](ebb.png){width=150}\n\n![a](ebb.png){height=100}\n\n"
        "![a](ebb.png){width=50%}\n\n![a](ebb.png){width=10 height=10}\n\n![a](gone.png)\n",
        encoding="utf-8",
    )
    library = library_of(build(notes, tmp_path / "data"))
    assert [(f.width, f.height) for f in map(library.measured, library.dump().figures)] == [
        ("300", "200"),
        ("150", "100"),
        ("150", "100"),
        ("50%", ""),
        ("10", "10"),
        ("", ""),
    ]


def test_what_the_snapshot_names_does_not_change_with_a_file(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "ebb.png").write_bytes(png(300, 200))
    (notes / "notes.md").write_text("# Ebb\n\n![a](ebb.png)\n", encoding="utf-8")
    client = client_of(build(notes, tmp_path / "data"))
    before = client.get("/api/v1/export")
    (notes / "ebb.png").write_bytes(png(30, 20))
    after = client.get("/api/v1/export")
    assert (before.status_code, before.data, before.headers["ETag"]) == (
        200,
        after.data,
        after.headers["ETag"],
    )


def test_a_page_leaves_room_for_pictures_and_describes_them(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "ebb.png").write_bytes(png(300, 200))
    text = "# Low water\n\nWords.\n\n![](ebb.png)\n"
    (notes / "a.md").write_text(text, encoding="utf-8")
    (notes / "b.md").write_text("# High water\n\nWords.\n", encoding="utf-8")
    page = client_of(build(notes, tmp_path / "data")).get("/lessons/a").text
    (tag,) = re.findall(r"<img [^>]*>", page)
    assert 'alt="Low water"' in tag
    assert 'width="300"' in tag
    assert 'height="200"' in tag
