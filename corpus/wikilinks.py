"""Links by name: `[[Sourdough starter]]` leads to the note of that name, wherever it stands.

A document alone cannot know where that is. Its links by name have addresses of their own
(`wiki:Name#Heading`) and find their note when all notes are known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import dirname, relpath
from urllib.parse import quote, unquote

from corpus.anchors import github_slug
from corpus.model import Document
from corpus.paths import without_ending

SCHEME = "wiki:"


def wiki_url(page: str, heading: str = "") -> str:
    """The address of a link by name.

    >>> wiki_url("Spring tide", "In short"), wiki_url("", "In short")
    ('wiki:Spring%20tide#In%20short', '#in-short')
    """
    if not page:
        return "#" + quote(github_slug(heading.strip()))
    return SCHEME + quote(page.strip()) + (f"#{quote(heading.strip())}" if heading.strip() else "")


def target_url(target: str) -> str:
    """The address of a link to a place that some note names, as MyST's `(ebb)=` does.

    >>> target_url("fig ebb")
    'wiki:#fig%20ebb'
    """
    return f"{SCHEME}#{quote(' '.join(target.split()))}"


def wiki_name(url: str) -> tuple[str, str] | None:
    """The page and the heading that a link by name names; no page for a place that any note may name; None
    for any other address.

    >>> wiki_name("wiki:Spring%20tide#In%20short")
    ('Spring tide', 'In short')
    """
    if not url.startswith(SCHEME):
        return None
    page, _, heading = url.removeprefix(SCHEME).partition("#")
    return unquote(page), unquote(heading)


def name_key(name: str) -> str:
    """The form under which two ways of writing a note's name are the same.

    >>> name_key("Notes/Spring-Tide.md") == name_key("notes/spring tide")
    True
    """
    bare = without_ending(name.strip().casefold().strip("/"))
    return " ".join(bare.replace("-", " ").replace("_", " ").split())


def notes_by_name(paths: Iterable[str], titles: Mapping[str, Iterable[str]] | None = None) -> dict[str, str]:
    """The path of each note by every name that it can be linked by: the ends of its path, then its titles.

    Where two notes have one name, it means the one that lies higher up.
    """
    ordered = sorted(paths, key=lambda path: (path.count("/"), path))
    named: dict[str, str] = {}
    for path in ordered:
        parts = PurePosixPath(path).parts
        for start in range(len(parts)):
            named.setdefault(name_key("/".join(parts[start:])), path)
    for path in ordered:
        for title in (titles or {}).get(path, ()):
            named.setdefault(name_key(title), path)
    return named


def files_by_name(paths: Iterable[str]) -> dict[str, str]:
    """The path of each file by every end of its path in any case, as embeds name pictures. Where two files
    have one name, it means the one that lies higher up.

    >>> files_by_name(["deep/down/Ebb.png", "up/ebb.png"])["ebb.png"]
    'up/ebb.png'
    """
    named: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        parts = path.casefold().split("/")
        for start in range(len(parts)):
            named.setdefault("/".join(parts[start:]), path)
    return named


@dataclass(frozen=True, slots=True)
class Named:
    """What links by name can lead to: notes by their names, and the places that notes name, each with its
    note, by how it is spelled in any case."""

    notes: Mapping[str, str]
    places: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Named":
        """What there is in these documents."""
        notes = notes_by_name((d.path for d in documents), {d.path: (d.title,) for d in documents})
        places: dict[str, dict[str, str]] = {}
        for document in documents:
            for place in document.ids:
                places.setdefault(_place_key(place), {}).setdefault(document.path, place)
        for document in documents:
            for section in document.sections:
                places.setdefault(_place_key(section.anchor), {}).setdefault(document.path, section.anchor)
        return cls(notes, places)

    def meant(self, url: str, here: str) -> tuple[str, str] | None:
        """The note that a link by name leads to, and the anchor in it; a place that several notes name is the
        one in the document that links. None for what nobody is called, and for other addresses."""
        name = wiki_name(url)
        if name is None:
            return None
        page, heading = name
        if page:
            path = self.notes.get(name_key(page))
            return (path, github_slug(heading.strip())) if path else None
        found = self.places.get(_place_key(heading), {})
        path = here if here in found else next(iter(found), None)
        return (path, found[path]) if path else None


def _place_key(place: str) -> str:
    return "-".join(place.casefold().split())


_HREF = re.compile(rf'href="({SCHEME}[^"]*)"')


def with_links_by_name(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents, with the paths of the notes that their links by name lead to; those that lead to no note
    may still mean a concept, and stay."""
    if not any(link.url.startswith(SCHEME) for d in documents for link in d.links):
        return tuple(documents)
    named = Named.of(documents)
    return tuple(_resolved(document, named) for document in documents)


def _resolved(document: Document, named: Named) -> Document:
    here = document.path

    def path(link: str) -> str | None:
        if wiki_name(link) is None:
            return link
        found = named.meant(link, here)
        return found[0] if found else None

    def address(match: re.Match[str]) -> str:
        found = named.meant(unescape(match[1]), here)
        return f'href="{escape(_relative(*found, here))}"' if found else match[0]

    def html(words: str) -> str:
        return _HREF.sub(address, words)

    return replace(
        document,
        linked_files=tuple(dict.fromkeys(filter(None, map(path, document.linked_files)))),
        sections=tuple(replace(s, html=html(s.html)) if SCHEME in s.html else s for s in document.sections),
        definitions=tuple(
            replace(d, html=html(d.html)) if SCHEME in d.html else d for d in document.definitions
        ),
    )


def _relative(path: str, anchor: str, here: str) -> str:
    """The address of a place in a note, for a link in another one."""
    written = "" if path == here else quote(relpath(path, dirname(here) or "."))
    return written + (f"#{quote(anchor)}" if anchor or not written else "")
