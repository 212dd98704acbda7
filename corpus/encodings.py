"""Bytes -> text: UTF-8, what says that it is something else, and a guess at the rest.

A guess is only made for bytes that are no UTF-8: the encoding in which the most common words of some language
stand there, and Windows-1252 where none do.
"""

import codecs
import re

from corpus.languages import likeness

_MARKS = (
    # The longer first: a mark of UTF-32 begins like one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_GUESSES = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "cp1250": "Windows-1250",
    "cp1253": "Windows-1253",
    # Before Chinese, which has the same signs for Japan's syllables.
    "shift_jis": "Shift JIS",
    "euc_jp": "EUC-JP",
    "gb18030": "GB 18030",
    "euc_kr": "EUC-KR",
    "big5": "Big5",
}
_SAMPLE = 50_000
_MOST_ZEROS = 10  # of a short text, or one byte in a hundred: that is a flaw; more is no text
_CLEARLY = 0.02  # how much more likely than Windows-1252 a guess has to be


def decoded(data: bytes) -> tuple[str, str] | None:
    """The text that bytes spell, and the name of the encoding ("" for UTF-8); None if they are no text."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), name
    if b"\0" in data[:8192]:
        wide = _without_mark(data[:8192])
        if wide:
            return data.decode(wide, "replace"), "UTF-16"
        if data.count(b"\0") > max(len(data) // 100, min(_MOST_ZEROS, len(data) // 10)):
            return None
        try:
            return data.decode("utf-8-sig"), ""
        except UnicodeDecodeError:
            return None
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        codec = _guessed(data)
        return data.decode(codec, "replace"), _GUESSES[codec]


def _without_mark(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain words is nothing."""
    even, odd = start[::2], start[1::2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _guessed(data: bytes) -> str:
    # Lines that hold other letters than ASCII's, and whole ones: half a character would be an error.
    telling = b"\n".join(line for line in data[:_SAMPLE].split(b"\n")[:-1] or [data] if not line.isascii())
    scores = {}
    for codec in _GUESSES:
        try:
            scores[codec] = likeness(telling.decode(codec))
        except UnicodeDecodeError:
            continue
    best = max(scores, key=lambda codec: scores[codec], default="cp1252")
    return best if scores.get(best, 0) > scores.get("cp1252", 0) + _CLEARLY else "cp1252"


_SEPARATORS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def with_plain_lines(text: str) -> str:
    """The text in which only line feeds end a line, as editors count them; other separators are blanks."""
    return _SEPARATORS.sub(lambda match: "\n" if match[0].startswith("\r") else " ", text)
