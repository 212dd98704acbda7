"""HTML as notes have it: its tags, what is left without them, and Python's reader of tags, made to read on
whatever it meets.

All that looks at raw HTML with regular expressions is here. What it is shown as is for `web.markup` to say.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# A tag as it stands in Markdown: whether it closes, its name, whether it closes itself.
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*?(/?)>")

HEADING = re.compile(r"<h([1-6])\b[^<>]*>((?:(?!<h[1-6]\b).)*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
HREF = re.compile(r"<a\s[^>]*?href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
_NAMED = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\"'\s<>]+)")
_A_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def without_comments(html: str) -> str:
    """HTML without its comments, each line where it was. One that is not closed goes on to the end.

    >>> without_comments("a <!-- b --> c")
    'a  c'
    """
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        end = html.find("-->", start)
        parts += (html[at:start], "\n" * html.count("\n", start, end if end >= 0 else len(html)))
        at = end + 3 if end >= 0 else len(html)
    return "".join((*parts, html[at:]))


def without_tags(html: str, between: str = "") -> str:
    """HTML without its tags and comments, each line where it was.

    >>> without_tags("<b>low</b> <!-- or high --> water, 1 < 2")
    'low  water, 1 < 2'
    """
    return _A_TAG.sub(between, without_comments(html))


def names_in(html: str) -> Iterator[str]:
    """What the elements of a piece of HTML are called, by id or as an old-fashioned name."""
    return (match[1] for match in _NAMED.finditer(html))


_SUMMARY = re.compile(r"<summary\b[^<>]*>(.*?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_ABBREVIATION = re.compile(
    r"<abbr\b[^<>]*\btitle\s*=\s*[\"']([^\"'<>]{4,90})[\"'][^<>]*>([^<>]{2,12})</abbr\s*>", re.IGNORECASE
)


def summary_of(html: str) -> str:
    """The words over what a piece of HTML folds; empty where it folds nothing.

    >>> summary_of("<details><summary>The <b>answer</b></summary>")
    'The answer'
    """
    found = _SUMMARY.search(html)
    return " ".join(without_tags(found[1]).split()) if found else ""


def abbreviations_in(html: str) -> Iterator[tuple[str, str]]:
    """The long and the short forms in `<abbr title="long form">LF</abbr>`."""
    return ((" ".join(long.split()), short) for long, short in _ABBREVIATION.findall(html))


class Tags(HTMLParser):
    """Tells its methods of every tag and all words between them. Never raises."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Where `<![...` ends; it is passed over like a comment where it is no section of SGML."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)
