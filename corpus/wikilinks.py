"""Links by name: `[[Sourdough starter]]` leads to the note of that name, wherever it stands.

A document alone cannot know where that is. Its links by name have addresses of their own
(`wiki:Name#Heading`) and find their note when all notes are known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from corpus.anchors import github_slug
from corpus.model import Document

SCHEME = "wiki:"


def wiki_url(page: str, heading: str = "") -> str:
    """The address of a link by name.

    >>> wiki_url("Spring tide", "In short"), wiki_url("", "In short")
    ('wiki:Spring%20tide#In%20short', '#in-short')
    """
    if not page:
        return "#" + quote(github_slug(heading))
    return SCHEME + quote(page.strip()) + (f"#{quote(heading.strip())}" if heading.strip() else "")


def wiki_name(url: str) -> tuple[str, str] | None:
    """The page and the heading that a link by name names; None for any other address.

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
    bare = name.strip().casefold().strip("/")
    for ending in (".md", ".markdown", ".mdx", ".ipynb"):
        bare = bare.removesuffix(ending)
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


def with_links_by_name(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents, with the paths of the notes that their links by name lead to."""
    if not any(link.startswith(SCHEME) for d in documents for link in d.linked_files):
        return tuple(documents)
    named = notes_by_name((d.path for d in documents), {d.path: (d.title,) for d in documents})

    def path(link: str) -> str | None:
        name = wiki_name(link)
        return link if name is None else named.get(name_key(name[0]))

    return tuple(
        replace(d, linked_files=tuple(dict.fromkeys(filter(None, map(path, d.linked_files)))))
        for d in documents
    )
