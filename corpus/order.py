"""In which order notes are read: documents sorted as the notes themselves say, and the lessons they make
up.

Every folder has an order of its own: what a navigation file or a contents page lists; else numbers in front
matter, in names, in titles; else names. The key of a document is the keys of its folders, from the root on.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from pathlib import PurePosixPath
from posixpath import normpath
from unicodedata import normalize

from corpus.file_names import without_idle_names
from corpus.includes import only_included
from corpus.model import Document, Lesson, LessonId, Section
from corpus.navigation import REST, Entry, Navigation
from corpus.numbering import (
    NameKey,
    is_about_the_project,
    is_index,
    name_key,
    natural_key,
    numbered_lessons,
    numbers_of,
    place_of_words,
)
from corpus.wikilinks import with_links_by_name

# A single document is a course of level-2 lessons, unless those are just the entries of a long list.
_MOST_FLAT_LESSONS = 40
_MOST_PATTERNS = 50
_WILD = frozenset("*?[")
_NO_NUMBER = float("inf")
_AFTER_LESSONS = 0.5  # between the lessons with numbers and what stands at the back of any book

# Where something stands in its folder: the kind of place, the place, whether it follows what is listed, name.
_Rank = tuple[int, tuple[float, ...], int, NameKey]


class _Paths:
    """The documents' paths, to be found as tables of contents name them: in any case, with any form of an
    accent, without suffix, as a page of a site, as a folder."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {d.path: d for d in documents}
        ordered = sorted(self.documents, key=natural_key)
        self._exact = {_folded(path): path for path in reversed(ordered)}
        self._bare = {_folded(_bare(path)): path for path in reversed(ordered)}
        self.below: dict[str, list[str]] = defaultdict(list)
        self.fronts: dict[str, list[str]] = defaultdict(list)
        for path in ordered:
            for folder in folders_of(path):
                self.below[folder].append(path)
            if is_index(path):
                self.fronts[_parent(path)].append(path)
        self._folders = {_folded(folder): folder for folder in self.below}

    def meant(self, target: str, folder: str) -> Iterator[str]:
        """The documents, or the one folder, that an entry of a table of contents in `folder` points to."""
        joined = normpath(f"/{target}" if target.startswith("/") else f"/{folder}/{target}").lstrip("/")
        folded = _folded(joined)
        for name in (folded, re.sub(r"\.html?$", "", folded)):
            found = self._exact.get(name) or self._bare.get(name)
            if found:
                yield found
                return
        if folded in self._folders and folded:
            yield self._folders[folded]
        elif _WILD & set(target):
            pattern = re.compile(translate(joined.replace("**/", "*")), re.IGNORECASE)
            yield from (p for p in self.below.get(folder, ()) if pattern.match(p))


def _folded(path: str) -> str:
    return normalize("NFC", path).casefold().replace(" ", "-")


def _bare(path: str) -> str:
    return path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def folders_of(path: str) -> list[str]:
    """The folders that a path lies in, from the root on.

    >>> folders_of("a/b/c.md")
    ['', 'a', 'a/b']
    """
    return ["", *(path[:at] for at, letter in enumerate(path) if letter == "/")]


@dataclass(frozen=True, slots=True)
class _Listing:
    """What a table of contents of a folder lists: the place of every document and folder that it names, the
    last place of what lies below each folder, and the place of all else."""

    places: Mapping[str, int]
    last: Mapping[str, int]
    rest: int | None


def _listing(entries: Iterable[Entry], folder: str, paths: _Paths) -> _Listing | None:
    """The listing of these entries; None if they name nothing that is there."""
    places: dict[str, int] = {}
    rest, patterns = None, 0
    for entry in entries:
        if entry.target.startswith(REST):
            rest = len(places)
            places[REST] = rest
            continue
        patterns += bool(_WILD & set(entry.target))
        if patterns <= _MOST_PATTERNS:
            for path in paths.meant(entry.target, folder):
                places.setdefault(path, len(places))
    last: dict[str, int] = {}
    for path, place in places.items():
        within = folders_of(path) if path in paths.documents else [*folders_of(path), path]
        for above in within:
            if above != folder and above.startswith(folder):
                last[above] = max(place, last.get(above, 0))
    return _Listing(places, last, rest) if places.keys() - {REST} else None


def _contents(folder: str, paths: _Paths) -> _Listing | None:
    """The listing of a folder's front page, if it links half of what else is in the folder, itself or by the
    front pages of folders."""
    for front in paths.fronts.get(folder, ()):
        # A front page also tells where to find the licence, long before it lists the first chapter.
        linked = (p for p in paths.documents[front].linked_files if p != front)
        links = (Entry(f"/{p}") for p in linked if not is_about_the_project(p))
        listing = _listing(links, folder, paths)
        if listing is None or len(listing.places) < 2:
            continue
        whole = {_parent(p) if is_index(p) else p for p in listing.places}
        others = [p for p in paths.below[folder] if p != front]
        reached = sum(p in listing.places or any(f in whole for f in folders_of(p)[1:]) for p in others)
        if 2 * reached >= len(others):
            return listing
    return None


def contents_page(documents: Iterable[Document]) -> Document | None:
    """The front page of the notes, if it links at least half of the other documents: its links are their
    order."""
    paths = _Paths(d for d in documents if not d.language)
    count = len(paths.documents)
    fronts = [d for d in paths.documents.values() if is_index(d.path)]
    for front in sorted(fronts, key=lambda d: (d.path.count("/"), natural_key(d.path))):
        linked = {p for target in front.linked_files for p in paths.meant(f"/{target}", "")}
        linked = (linked & paths.documents.keys()) - {front.path}
        if len(linked) >= 2 and 2 * len(linked) >= count - 1:
            return front
    return None


_NOTHING = Navigation()


def in_reading_order(
    documents: Sequence[Document], navigation: Navigation = _NOTHING
) -> tuple[Document, ...]:
    """The documents as the notes order them, with the titles that navigation gives to those without one."""
    documents = without_idle_names(with_links_by_name(documents))
    paths, main = _Paths(documents), [d for d in documents if not d.language]
    listings: dict[str, _Listing] = {}
    in_main = paths if len(main) == len(paths.documents) else _Paths(main)
    for folder in paths.below:
        entries = navigation.entries.get(folder, ())
        if found := (_listing(entries, folder, paths) or _contents(folder, in_main)):
            listings[folder] = found
    ranks = _ranks(paths, navigation)
    titles = _titles(navigation, paths)

    def key(document: Document) -> tuple[bool, str, tuple[_Rank, ...], str]:
        rank = tuple(_path_ranks(document.path, listings, ranks))
        return bool(document.language), document.language, rank, document.path

    return tuple(_titled(d, titles.get(d.path, "")) for d in sorted(documents, key=key))


def _path_ranks(path: str, listings: Mapping[str, _Listing], ranks: Mapping[str, _Rank]) -> Iterator[_Rank]:
    folders = folders_of(path)
    for folder, child in zip(folders, [*folders[1:], path], strict=True):
        listing = listings.get(folder)
        if listing is None:
            yield ranks[child]
        elif path in listing.places:
            yield 1, (listing.places[path],), 0, ()
            return
        elif child == path and is_index(path):
            yield ranks[child]
        else:
            inner = [f for f in folders if len(f) > len(folder) and f in listing.last]
            rest = (2, (), 0, ()) if listing.rest is None else (1, (listing.rest,), 0, ())
            yield (1, (listing.last[inner[-1]],), 1, ()) if inner else rest
            yield ranks[child]


def _ranks(paths: _Paths, navigation: Navigation) -> dict[str, _Rank]:
    """Where each file and folder stands in its folder, as numbers and names say."""
    children: dict[str, dict[str, None]] = defaultdict(dict)
    for path in paths.documents:
        folders = folders_of(path)
        for folder, child in zip(folders, [*folders[1:], path], strict=True):
            children[folder][child] = None
    ranks: dict[str, _Rank] = {}
    for inside in children.values():
        ranks |= _ranks_in(sorted(inside), paths, navigation)
    return ranks


def _ranks_in(children: Sequence[str], paths: _Paths, navigation: Navigation) -> Iterator[tuple[str, _Rank]]:
    fronts = [c for c in children if c in paths.documents and is_index(c)]
    yield from ((front, (0, (), 0, name_key(PurePosixPath(front).name))) for front in fronts)
    others = [c for c in children if c not in fronts]
    pages = [paths.documents.get(c) or _front(c, paths) for c in others]
    names = [PurePosixPath(c).stem if c in paths.documents else PurePosixPath(c).name for c in others]
    given = [
        navigation.positions.get(child, page.order if page else None)
        for child, page in zip(others, pages, strict=True)
    ]
    if 2 * sum(n is not None for n in given) <= len(given):
        given = [None] * len(given)
        counted = numbers_of(names, [page.title if page else "" for page in pages])
    else:
        counted = [None] * len(given)
    lessons = numbered_lessons(names)
    for child, name, number, figures, is_lesson in zip(others, names, given, counted, lessons, strict=True):
        # A file before the folder of its name: it introduces what is in there.
        named = (*name_key(name), *((0, (), ""),) * (child not in paths.documents))
        words: float = 0 if name[:1].isdigit() else place_of_words(name)
        places = (number,) if number is not None else tuple(map(float, figures or ()))
        if not places and any(lessons) and not is_lesson and not words and not name[:1].isdigit():
            words = _AFTER_LESSONS
        yield child, (1, (words, *(places or (_NO_NUMBER,))), 0, named)


def _front(folder: str, paths: _Paths) -> Document | None:
    return next((paths.documents[path] for path in paths.fronts.get(folder, ())), None)


# --- titles that only the navigation gives -----------------------------------------------------------------


def _titles(navigation: Navigation, paths: _Paths) -> dict[str, str]:
    titles: dict[str, str] = {}
    for folder, entries in navigation.entries.items():
        for entry in entries:
            if entry.title and not _WILD & set(entry.target):
                for path in paths.meant(entry.target, folder):
                    front = None if path in paths.documents else _front(path, paths)
                    titles.setdefault(front.path if front else path, entry.title)
    return titles


def _titled(document: Document, title: str) -> Document:
    """The document by the title that the navigation gives it, if it has none of its own."""
    if not title or document.title != title_of_file(document.path):
        return document
    if any(s.level == 1 for s in document.sections):
        return document
    sections = tuple(replace(s, title=title) if s.level == 0 else s for s in document.sections)
    return replace(document, title=title, sections=sections)


# A day, a month, a week or a quarter, as diaries name their pages.
_DATE = re.compile(
    r"(?:1[5-9]|20)\d\d(?:([-._])(?:0[1-9]|1[0-2])(?:\1(?:0[1-9]|[12]\d|3[01]))?|-[WQ]\d{1,2})"
)


def title_of_file(path: str) -> str:
    """What a document without a title is called: its file's name, or its folder's if it is the front page. A
    date before a name only says when.

    >>> title_of_file("sea/02-ebb_and_flood.md"), title_of_file("sea/README.md")
    ('Ebb and flood', 'Sea')
    >>> title_of_file("log/2024-01-02.md"), title_of_file("log/2024-01-02-ebb.md")
    ('2024-01-02', 'Ebb')
    """
    place = PurePosixPath(path)
    name = place.parent.name if is_index(path) and place.parent.name else place.stem
    if _DATE.fullmatch(name):
        return re.sub(r"[._]", "-", name)
    words = re.sub(r"[-_\s]+", " ", name).strip()
    bare = re.sub(r"^\d+(?:[. ]\d+)*[.)]? +(?=[^\W\d_])", "", words)
    return bare[:1].upper() + bare[1:] if bare else path


# --- lessons -----------------------------------------------------------------------------------------------


def lessons_of(documents: Sequence[Document], navigation: Navigation = _NOTHING) -> tuple[Lesson, ...]:
    """The lessons: the level-2 sections of a single document, otherwise the documents without the contents
    page. Translations are lessons of their own; what is only ever included belongs to the lesson that does
    so."""
    by = only_included(documents, _listed_by_name(documents, navigation))
    lessons = _own_lessons([d for d in documents if d.path not in by])
    for part in (d for d in documents if d.path in by):
        path = by[part.path]
        while path in by:
            path = by[path]
        place = max((n for n, lesson in enumerate(lessons) if lesson.path == path), default=None)
        if place is not None:
            sections = (*lessons[place].sections, *(s.id for s in part.sections))
            lessons[place] = replace(lessons[place], sections=sections)
    return tuple(lessons)


def _listed_by_name(documents: Sequence[Document], navigation: Navigation) -> frozenset[str]:
    """The documents that a navigation file lists, not their folders or a pattern."""
    paths = _Paths(documents)
    named = (
        (entry.target, folder)
        for folder, entries in navigation.entries.items()
        for entry in entries
        if not (_WILD & set(entry.target) or entry.target.startswith(REST))
    )
    return frozenset(path for target, folder in named for path in paths.meant(target, folder))


def _own_lessons(documents: Sequence[Document]) -> list[Lesson]:
    main = [d for d in documents if not d.language]
    if len(main) == 1:
        # Translations of a course in one document are not cut up.
        return [*_lessons_in(main[0]), *(_whole(d) for d in documents if d.language)]
    front = contents_page(documents)
    return [
        _whole(d)
        for d in documents
        if (front is None or d.path != front.path) and not _is_table_of_contents(d)
    ]


def _whole(document: Document) -> Lesson:
    sections = tuple(s.id for s in document.sections)
    return Lesson(
        LessonId(document.slug or "notes"), document.title, document.path, sections, document.language
    )


def _is_table_of_contents(document: Document) -> bool:
    """Whether a document is a navigation file: by its name, and because little but links is in it."""
    name = document.path.rpartition("/")[2]
    if name.casefold() == "_sidebar.md":
        return True
    passages = sum(len(s.passages) for s in document.sections)
    return name == "SUMMARY.md" and 2 * len(document.linked_files) > passages


def _lessons_in(document: Document) -> tuple[Lesson, ...]:
    tops = [s for s in document.sections if s.level == 2]
    has_inner = any(s.level > 2 for s in document.sections)
    if not tops or (len(tops) > _MOST_FLAT_LESSONS and not has_inner):
        return (_whole(document),)
    groups: list[tuple[Section, list[Section]]] = []
    for section in document.sections:
        if section.level == 2:
            groups.append((section, [section]))
        elif groups and section.level > 2:
            groups[-1][1].append(section)
        elif groups:
            # Another level-1 heading: its text is a lesson of its own.
            groups.append((section, [section]))
    return tuple(
        Lesson(LessonId(top.id), top.title, document.path, tuple(s.id for s in sections))
        for top, sections in groups
    )
