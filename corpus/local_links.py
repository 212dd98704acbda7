"""Links inside the notes: which ones a document has, and which of them lead nowhere.

Nothing here opens a file: `Folder` is told what is there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from corpus.addresses import address_parts
from corpus.anchors import NearestAnchors, means_a_heading
from corpus.labels import label_key
from corpus.model import Definition, Document, Figure, LocalLink, Problem, Severity, SourceLocation, Topic
from corpus.paths import PAGES, note_meant
from corpus.problems import anchors_of, did_you_mean, wrong_with
from corpus.resources import SeenLink, local_target
from corpus.wikilinks import Named, wiki_name


@dataclass(frozen=True, slots=True)
class Folder:
    """What a document's links can be held against: whether a file is at a path of the notes, the anchors of
    each document, the documents by the names of their files, all other files by the ends of their paths,
    where the notes name files so; where they link by name, what they name and what they speak of."""

    holds: Callable[[str], bool]
    anchors: Mapping[str, frozenset[str]]
    names: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    named: Named = field(default_factory=lambda: Named({}, {}))
    labels: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, documents: Iterable[Document], holds: Callable[[str], bool], by_name: Mapping[str, str]
    ) -> "Folder":
        """The folder that these documents stand in."""
        documents = tuple(documents)
        anchors = {d.path: frozenset({*anchors_of(d), *d.ids}) for d in documents}
        names = {_folded(path): path for path in sorted(anchors, reverse=True)}
        if not any(wiki_name(link.url) for d in documents for link in d.links):
            return cls(holds, anchors, names, by_name)
        labels = frozenset(label_key(label) for d in documents for label in _labels(d))
        return cls(holds, anchors, names, by_name, Named.of(documents), labels)

    def file_at(self, path: str, written: str) -> str | None:
        """The file at a path that an address written so leads to; else the one whose path ends as it is
        written, wherever that lies."""
        if self.holds(path):
            return path
        named = self.by_name.get(unquote(_path_of(written)).removeprefix("./").casefold())
        return named if named and self.holds(named) else None

    def speaks_of(self, page: str) -> bool:
        """Whether a page's name, or the last part of its path, is what something is called in the notes."""
        return not self.labels.isdisjoint((label_key(page), label_key(page.rpartition("/")[2])))

    def called(self, name: str) -> str | None:
        """The document whose file's name is this one but for case, "-", "_" and blanks."""
        return None if name.lower().startswith(("index.", "readme.")) else self.names.get(_folded(name))


def _labels(document: Document) -> Iterator[str]:
    known: tuple[Definition | Topic, ...] = (*document.definitions, *document.topics)
    for one in known:
        yield from (one.term, *(alias.label for alias in one.aliases))
    for pair in document.name_pairs:
        yield from (pair.long, pair.short)


def _folded(path: str) -> str:
    return re.sub(r"[-_ ]", "", PurePosixPath(path).name.casefold())


def local_links(linked: Iterable[SeenLink], path: str) -> Iterator[LocalLink]:
    """The links of a document at a path that lead to itself or to a file, in order."""
    for title, url, line in linked:
        if url not in ("", "#") and (wiki_name(url) or not _names_a_host(url)):
            yield LocalLink(title, url, SourceLocation(path, line, line))


def _names_a_host(url: str) -> bool:
    parts = address_parts(url)
    return parts is None or bool(parts.scheme or parts.netloc)


_WRITTEN_BY_A_PROGRAM = re.compile(r"[{}<>$|]")


def broken_links(document: Document, folder: Folder) -> Iterator[Problem]:
    """Links and pictures of a document whose file is not there, and links into other documents whose heading
    is not."""
    yield from _missing_figures(document, folder)
    tried: dict[str, NearestAnchors] = {}
    yield from _nameless(document, folder)
    for link in document.links:
        path, _, anchor = link.url.partition("#")
        if not path or wiki_name(link.url) or _WRITTEN_BY_A_PROGRAM.search(path):
            continue
        if _leads_out(path, document.path):
            message = f'"{link.title}" leads out of the notes, to {path}'
            hint = "Fine on a code host; the built pages cannot show it."
            yield Problem("leads-outside", Severity.INFO, message, link.location, hint)
            continue
        target = local_target(path, document.path)
        found = _document_at(target, path, folder) if target else None
        if found is None:
            if hint := _missing(path, link, folder):
                message = f'"{link.title}" leads to the file {unquote(path)!r}, which is not there'
                yield Problem("missing-file", Severity.ERROR, message, link.location, hint)
        elif anchor and found in folder.anchors:
            known, wanted = folder.anchors[found], unquote(anchor)
            if not {wanted, wanted.lower()} & known and means_a_heading(wanted):
                nearest = tried.get(found) or tried.setdefault(found, NearestAnchors(known))
                hint = did_you_mean(nearest.nearest(wanted), nearest, {})
                message = f'"{link.title}" points to #{wanted}, which no heading of {found} has'
                yield Problem("stale-anchor", Severity.ERROR, message, link.location, hint)


def _nameless(document: Document, folder: Folder) -> Iterator[Problem]:
    """Links by name that lead to no note, no heading and no concept: each name once. A note that is linked
    before it is written is usual, so that this is no error; a place that no note names is one."""
    links: dict[str, LocalLink] = {}
    for link in document.links:
        if wiki_name(link.url):
            links.setdefault(link.url, link)
    for url, link in links.items():
        page, heading = wiki_name(url) or ("", "")
        found = folder.named.meant(url, document.path)
        if not page and found is None:
            message = f'"{link.title}" points to #{heading}, which no heading has'
            hint = "No note of the folder names such a place."
            yield Problem("stale-anchor", Severity.ERROR, message, link.location, hint)
        elif page and (missing := _unwritten(page, found, folder)):
            message = f'"{link.title}" leads to {missing}'
            hint = "Write it, or check how it is spelled."
            yield Problem("unwritten-note", Severity.INFO, message, link.location, hint)


def _unwritten(page: str, found: tuple[str, str] | None, folder: Folder) -> str:
    """What is not there of a note that is linked by name; empty if all is."""
    if found is None:
        return "" if folder.speaks_of(page) else f"{page!r}, and neither a note nor a term is called so"
    path, anchor = found
    there = not anchor or anchor in folder.anchors[path]
    return "" if there else f"#{anchor}, which no heading of {path} has"


_A_FOLDER = (
    3  # so many missing pictures of one folder, and none that is there, are one folder that is missing
)


def _missing_figures(document: Document, folder: Folder) -> Iterator[Problem]:
    """Pictures that are not there; where a whole folder of them is not, that is one problem."""
    by_folder: dict[str, list[Figure]] = {}
    for figure in document.figures:
        if target := local_target(figure.src, document.path):
            by_folder.setdefault(str(PurePosixPath(target).parent), []).append(figure)
    for pictures in by_folder.values():
        missing = [f for f in pictures if f.missing]
        told = missing
        if len(missing) >= _A_FOLDER and len(missing) == len(pictures):
            told = missing[:1]
        for figure in told:
            if hint := _missing(figure.src, figure, folder):
                message = f"the picture {figure.src!r} is not there"
                if len(missing) > len(told):
                    place = PurePosixPath(_path_of(figure.src)).parent
                    message += f", and neither are the other {len(missing) - 1} of the folder {str(place)!r}"
                    hint = "Is the folder missing, or called something else?"
                yield Problem("missing-figure", Severity.ERROR, message, figure.location, hint)


def _path_of(url: str) -> str:
    return re.split(r"[?#]", url, maxsplit=1)[0]


def _leads_out(path: str, document: str) -> bool:
    joined = normpath(str(PurePosixPath(document).parent / unquote(_path_of(path))))
    return not path.startswith("/") and joined.startswith("..")


def _document_at(target: str, written: str, folder: Folder) -> str | None:
    """The path of what a link means, if it is there: the file, or the notes that a page is made of."""
    return note_meant(target, folder.anchors) or folder.file_at(target, written)


def _missing(url: str, at: LocalLink | Figure, folder: Folder) -> str:
    """What to do about a file that is not there; empty where that is not for the notes to say.

    An address from the root of a site, without a file's ending, or of a page that a program makes may well be
    there when the site is built.
    """
    path = unquote(_path_of(url))
    target = local_target(url, at.location.path)
    if target is None or path.startswith("/") or wrong_with(url):
        return ""
    if path.lower().startswith("www."):
        return "Write https:// before it."
    no_ending = path.endswith("/") or "." not in PurePosixPath(path).name
    if isinstance(at, LocalLink) and (no_ending or path.lower().endswith(PAGES)):
        return ""
    near = folder.called(PurePosixPath(target).name)
    return f"Did you mean {near}?" if near else "Check its path; upper and lower case count."
