"""What looks wrong in one document: each check a small function, all of them in the table at the end.

A check reads what was read and yields problems; none opens a file, and none tells the same cause twice.
Whether the files that a document links to are there is asked in local_links.py, for which the caller
knows the folder. Every code is explained in docs/problems.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from urllib.parse import unquote

from corpus.anchors import NearestAnchors, means_a_heading
from corpus.blocks import Block, BlockKind, Inline
from corpus.contents import names_contents
from corpus.labels import label_words, singular
from corpus.model import Document, Problem, SectionContent, Severity, SourceLocation
from corpus.paths import is_notebook
from corpus.places import lines_before
from corpus.resources import SeenLink
from corpus.sections import Outline


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the checks look at: what a document says, the blocks it was read from, what its front matter
    could not be read for (empty where it was), with the line, the macros that are not known, with theirs,
    all links of each section, and the lines in which conflicts begin."""

    document: Document
    outline: Outline
    matter_error: str = ""
    matter_line: int = 1
    matter_hint: str = ""
    unknown_macros: tuple[tuple[str, int], ...] = ()
    links: Sequence[Sequence[SeenLink]] = ()
    conflicts: tuple[int, ...] = ()

    def at(self, line: int) -> SourceLocation:
        """A line of the document as a place."""
        return SourceLocation(self.document.path, line, line)


Check = Callable[[Reading], Iterator[Problem]]


def problems_of(reading: Reading) -> tuple[Problem, ...]:
    """All that looks wrong in a document by itself, by place."""
    found = {problem for check in CHECKS for problem in check(reading)}
    return tuple(sorted(found, key=by_place))


def by_place(problem: Problem) -> tuple[SourceLocation, str, str]:
    """What problems are sorted by."""
    return problem.location, problem.code, problem.message


# --- front matter and headings -----------------------------------------------------------------------------


def bad_front_matter(reading: Reading) -> Iterator[Problem]:
    """Front matter that is not YAML, TOML or JSON."""
    if reading.matter_error:
        message = f"the front matter is not read as it stands: {reading.matter_error}"
        place = reading.at(reading.matter_line)
        yield Problem("bad-front-matter", Severity.WARNING, message, place, reading.matter_hint)


def conflict_marks(reading: Reading) -> Iterator[Problem]:
    """Marks that a merge left in the text."""
    for line in reading.conflicts:
        message = "marks of a merge that was not finished stand in the text; both versions are read"
        hint = "Keep one of the versions, and take the marks out."
        yield Problem("conflict-marks", Severity.WARNING, message, reading.at(line), hint)


def empty_section(reading: Reading) -> Iterator[Problem]:
    """A heading with nothing under it."""
    for section in reading.document.sections:
        if section.content is SectionContent.EMPTY and section.level and not names_contents(section.title):
            message = f'nothing stands under "{section.title}"'
            hint = "Write a sentence, or take the heading out."
            yield Problem(
                "empty-section", Severity.INFO, message, reading.at(section.location.first_line), hint
            )


def only_pictures(reading: Reading) -> Iterator[Problem]:
    """A heading with pictures under it and not a word."""
    for opened, section in zip(reading.outline.sections, reading.document.sections, strict=True):
        if section.content is SectionContent.PICTURES and section.level and not opened.has_children:
            message = f'only pictures stand under "{section.title}"'
            hint = "Say in a sentence what they show: pictures are not searched, and not everybody sees them."
            yield Problem(
                "only-pictures", Severity.INFO, message, reading.at(section.location.first_line), hint
            )


def skipped_level(reading: Reading) -> Iterator[Problem]:
    """A heading that is more than one level below the one before it; each kind of step once."""
    headed = [s for s in reading.document.sections if s.level]
    told = set()
    for above, below in pairwise(headed):
        step = (above.level, below.level)
        if below.level > above.level + 1 and step not in told:
            told.add(step)
            message = f'"{below.title}" is {below.level - above.level} levels below "{above.title}"'
            hint = f"Give it level {above.level + 1}, so that outlines and screen readers do not miss one."
            yield Problem(
                "skipped-level", Severity.INFO, message, reading.at(below.location.first_line), hint
            )


# --- links inside the document -----------------------------------------------------------------------------


def stale_anchor(reading: Reading) -> Iterator[Problem]:
    """A link into the document whose heading is not there."""
    document, toc = reading.document, reading.outline.toc
    headings = anchors_of(document)
    there = {*headings, *document.ids}
    listed = {unquote(entry.anchor) for entry in toc}
    nearest = NearestAnchors(there)
    # A heading that was renamed is one that the contents do not list.
    unlisted = NearestAnchors([a for a in headings if a not in listed])
    in_contents = {(unquote(entry.anchor), entry.line) for entry in toc}
    for title, anchor, line in _pointers(reading):
        if anchor in there or anchor.lower() in there or not means_a_heading(anchor):
            continue
        near = unlisted.nearest(anchor) if (anchor, line) in in_contents else None
        near = near or nearest.nearest(anchor)
        message = f'"{title}" points to #{anchor}, which no heading has'
        hint = did_you_mean(near, nearest, headings)
        yield Problem("stale-anchor", Severity.ERROR, message, reading.at(line), hint)


def did_you_mean(near: str | None, nearest: NearestAnchors, headings: Mapping[str, str]) -> str:
    """What to do about a link to a heading that is not there; `near` is the one most like it."""
    if near:
        return f"Did you mean #{near} ({headings[near]})?" if near in headings else f"Did you mean #{near}?"
    if nearest.too_many:
        return "Many links here are stale: make their list again from the headings."
    return "No heading is like it."


def anchors_of(document: Document) -> dict[str, str]:
    """The titles of a document's headings by their anchors."""
    return {s.anchor: s.title for s in document.sections if s.level}


def _pointers(reading: Reading) -> Iterator[tuple[str, str, int]]:
    """Every link into the document itself: its words, the anchor, its line."""
    for entry in reading.outline.toc:
        yield entry.title, unquote(entry.anchor), entry.line
    for link in reading.document.links:
        if link.url.startswith("#"):
            yield link.title, unquote(link.url[1:]), link.location.first_line


def unlisted_heading(reading: Reading) -> Iterator[Problem]:
    """A table of contents that lists nearly all headings, and not these."""
    toc = reading.outline.toc
    if len(toc) < _A_LIST:
        return
    listed = {unquote(entry.anchor) for entry in toc}
    headed = [s for s in reading.document.sections if s.level]
    levels = {s.level for s in headed if s.anchor in listed}
    left_out = [
        s
        for s in headed
        if s.anchor not in listed and s.level in levels and s.location.first_line > toc[0].line
    ]
    if not 0 < len(left_out) <= max(1, len(toc) // 5):
        return
    title = [s for s in headed[:1] if s.level == 1 and s.anchor not in listed]
    named = ", ".join(f'"{s.title}" (line {s.location.first_line})' for s in left_out)
    named += "".join(f', and the title "{s.title}" (line {s.location.first_line})' for s in title)
    hint = "Add it, or make the list again with the tool that made it."
    message = f"the table of contents leaves out {named}"
    yield Problem("unlisted-heading", Severity.INFO, message, reading.at(toc[0].line), hint)


_A_LIST = 3
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)


def misleading_link(reading: Reading) -> Iterator[Problem]:
    """A link whose words are another address than it leads to; an entry of the contents that leads to
    another heading."""
    hint = "Make the words say where it leads, or lead where they say."
    for linked in reading.links:
        for title, url, line in linked:
            if _ADDRESS.match(title) and "://" in url and not _bare(url).startswith(_bare(title)):
                message = f'the words of a link say "{title}", and it leads to {url}'
                yield Problem("misleading-link", Severity.WARNING, message, reading.at(line), hint)
    headings = anchors_of(reading.document)
    for entry in reading.outline.toc:
        heading = headings.get(unquote(entry.anchor))
        if heading and not _folded_words(entry.title) & _folded_words(heading):
            message = (
                f'the table of contents says "{entry.title}", and the heading it leads to is "{heading}"'
            )
            yield Problem("misleading-link", Severity.WARNING, message, reading.at(entry.line), hint)


def _folded_words(title: str) -> set[str]:
    return {singular(word) for word in label_words(title)}


def _bare(address: str) -> str:
    """An address without what does not matter, so that two can be compared; the words of a link may end in
    dots for what was cut off."""
    words = re.sub(r"\A(?:https?:)?(?://)?(?:www\.)?", "", unquote(address).casefold())
    return re.sub(r"(?:/|\.\.\.|…)*\Z", "", words)


_FILE = r"[\w%./ -]+\.(?:mdx?|ipynb|html?|png|jpe?g|gif|svg|pdf)\b"
_TARGET = rf"(?:https?://|www\.|\.{{0,2}}/(?=[\w.])|#(?=\w)|(?={_FILE}))"
_MALFORMED = re.compile(
    rf"\[(?P<words>[^\[\]\n]+)\](?P<gap>[ \t]*)\(\s*(?P<url>{_TARGET}[^()\n]*)(?P<close>\)?)"
    rf"|\((?P<turned>[^()\n]+)\)\[(?P<turned_url>{_TARGET}[^\[\]\s]*)\]"
)


def malformed_link(reading: Reading) -> Iterator[Problem]:
    """Words and an address that were meant as a link and are read as plain words."""
    for block in _running(reading):
        text = _without_code(block.inline) if block.inline and "[" in block.inline.raw else ""
        for match in _MALFORMED.finditer(text):
            line = block.first_line + lines_before(text, match.start())
            yield Problem(
                "malformed-link",
                Severity.WARNING,
                f'"{(match["words"] or match["turned"]).strip()}" is no link: {_what_is_wrong(match)}',
                reading.at(min(line, block.last_line)),
                "Write [words](address): no blank between, none inside, both brackets closed.",
            )


# `a[i][j]` is code, `[1][2]` a pair of numbers, `[@moon][@sea]` of sources.
_REFERENCE = re.compile(
    r"(?<![\w\])\[\\$])\[(?P<words>[^\[\]\n]*[^\W\d][^\[\]\n]*)\]\[(?P<label>\w[^\[\]\n]{0,200})\](?![\[(:])"
)


def undefined_reference(reading: Reading) -> Iterator[Problem]:
    """A link by reference, `[words][label]`, whose label is defined nowhere: its brackets are shown."""
    for section in reading.outline.sections:
        for block in section.all_blocks:
            if not block.inline or "][" not in block.inline.raw:
                continue
            text = _without_code(block.inline)
            for match in _REFERENCE.finditer(text):
                if match[0] in block.inline.raw and match["words"][0] not in "@^!":
                    line = block.first_line + lines_before(text, match.start())
                    message = f'"{match["words"]}" is no link: nothing says where [{match["label"]}] leads'
                    hint = f"Write a line [{match['label']}]: address, or check the label."
                    place = reading.at(min(line, block.last_line))
                    yield Problem("undefined-reference", Severity.WARNING, message, place, hint)


# What a program makes a link of: `[concept:python/sets]()`.
_FILLED_IN = re.compile(r"[\w-]+:[\w./-]+\Z")
_SCHEMES = ("https", "http", "mailto")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{2,9}):(?!\\)")
_HALF = re.compile(r"https?(?::/?(?![/])|/{2,3}:?(?=\w)|;//)", re.IGNORECASE)


def bad_address(reading: Reading) -> Iterator[Problem]:
    """A link without an address, or with one that is spelled wrong."""
    for linked in reading.links:
        for title, url, line in linked:
            wrong = "" if not url and _FILLED_IN.match(title) else wrong_with(url)
            if wrong:
                message = f'"{title}" leads nowhere: {wrong}' if title else f"a link leads nowhere: {wrong}"
                hint = "Write the whole address, from https:// on."
                yield Problem("bad-address", Severity.WARNING, message, reading.at(line), hint)


def wrong_with(url: str) -> str:
    """What is wrong with an address as it is written; "" if nothing is."""
    if not url.strip():
        return "it has no address"
    scheme = _SCHEME.match(url)
    name = scheme[1].lower() if scheme else ""
    if _HALF.match(url):
        return f"{url} is half an address"
    if name and name not in _SCHEMES and get_close_matches(name, _SCHEMES, n=1, cutoff=0.8):
        return f"{name}: is misspelled"
    return ""


def _what_is_wrong(match: re.Match[str]) -> str:
    if match["turned"]:
        return "its brackets are the wrong way round"
    if match["gap"]:
        return "a blank stands between its words and its address"
    if not match["close"]:
        return "the bracket of its address is not closed"
    return "a blank stands in its address"


def _running(reading: Reading) -> Iterator[Block]:
    for section in reading.outline.sections:
        yield from (b for b in section.all_blocks if b.inline and ")" in b.inline.text + b.inline.raw)


def _without_code(inline: Inline) -> str:
    """The text with no bracket in its code and mathematics, which is no link whatever it looks like."""
    parts: list[str] = []
    done = 0
    for start, end in inline.masked:
        parts += inline.text[done:start], re.sub(r"[\[\]()]", "_", inline.text[start:end])
        done = end
    return "".join((*parts, inline.text[done:]))


# --- HTML and pictures -------------------------------------------------------------------------------------

# Comments, scripts and the like end by themselves; any other HTML goes on until a blank line.
_ENDS_BY_ITSELF = re.compile(r"\s*<(?:!|\?|(?:script|pre|style|textarea)\b)", re.IGNORECASE)
_SWALLOWED = {BlockKind.LIST: "list", BlockKind.HEADING: "heading", BlockKind.CODE: "block of code"}


def swallowed_block(reading: Reading) -> Iterator[Problem]:
    """A list, heading or block of code right under HTML: most programs show it as plain words. The lines of a
    notebook's file do not say what stands in one cell."""
    if is_notebook(reading.document.path):
        return
    for above, below in pairwise(_outer_blocks(reading)):
        if (
            above.kind is BlockKind.HTML
            and below.kind in _SWALLOWED
            and below.first_line == above.last_line + 1
            and not _ENDS_BY_ITSELF.match(above.text)
            and not (below.kind is BlockKind.HEADING and below.inline and "<" in below.inline.raw)
        ):
            message = f"the {_SWALLOWED[below.kind]} is read as part of the HTML above it by most programs"
            hint = "Put a blank line between them."
            yield Problem("swallowed-block", Severity.WARNING, message, reading.at(below.first_line), hint)


def _outer_blocks(reading: Reading) -> Iterator[Block]:
    for section in reading.outline.sections:
        if section.heading:
            yield section.heading
        yield from section.blocks


def undescribed_figure(reading: Reading) -> Iterator[Problem]:
    """Pictures without words for those who do not see them; all of a document are one problem."""
    if not reading.document.figures:
        return
    attributed = set(_with_an_attribute(reading))
    bare = (f for f in reading.document.figures if f.alt_derived or not f.alt)
    lines = [line for f in bare if (line := f.location.first_line) not in attributed]
    if lines:
        count = "a picture has" if len(lines) == 1 else f"{len(lines)} pictures have"
        places = list(dict.fromkeys(lines))
        others = f" All are in lines {_some(places)}." if len(places) > 1 else ""
        hint = f"Write what it shows between the brackets: ![what it shows](address).{others}"
        message = f"{count} no words for those who cannot see"
        yield Problem("undescribed-figure", Severity.INFO, message, reading.at(lines[0]), hint)


_ALT_ATTRIBUTE = re.compile(r"\s{0,4}\{[^{}]*\balt\s*=\s*[\"']?\w")


def _with_an_attribute(reading: Reading) -> Iterator[int]:
    """The lines of pictures whose words stand in braces behind them: `![](a.png){alt="what it shows"}`."""
    for block in (b for section in reading.outline.sections for b in section.all_blocks if b.inline):
        inline = block.inline
        for picture in inline.pictures if inline else ():
            if inline and _ALT_ATTRIBUTE.match(inline.text, picture.offset):
                yield block.first_line + lines_before(inline.text, picture.offset)


def _some(lines: Iterable[int]) -> str:
    found = [str(line) for line in lines]
    return ", ".join(found[:8]) + (f" and {len(found) - 8} more" if len(found) > 8 else "")


def unknown_macro(reading: Reading) -> Iterator[Problem]:
    """A macro of a site builder that nobody knows; each once, where it first stands."""
    first: dict[str, int] = {}
    for name, line in reading.unknown_macros:
        first[name] = min(line, first.get(name, line))
    for name, line in first.items():
        message = f'what the macro "{name}" shows is not known; it is left out'
        hint = "Write its words beside it if a reader needs them."
        yield Problem("unknown-macro", Severity.INFO, message, reading.at(line), hint)


# --- the table ---------------------------------------------------------------------------------------------

CHECKS: tuple[Check, ...] = (
    bad_front_matter,
    conflict_marks,
    empty_section,
    only_pictures,
    skipped_level,
    stale_anchor,
    unlisted_heading,
    misleading_link,
    malformed_link,
    undefined_reference,
    bad_address,
    swallowed_block,
    undescribed_figure,
    unknown_macro,
)
