"""The files in which notes say their own order: what each program's table of contents lists.

Text in, entries out: an entry is what stands in the file, a path below its folder with or without a suffix, a
folder, a pattern. Which documents are meant, and what comes where, is for `order.py` to say. Tables that are
programs (`sidebars.js`) are not read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from corpus.values import NotValues, from_json, from_yaml, inside, number_of, words_of

LONGEST = 1_000_000
_MOST_ENTRIES = 100_000
REST = "..."  # where all that is not listed stands


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: what it points to, and the title that it gives there."""

    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Navigation:
    """What the notes' navigation files say, by the folder that they speak of: entries in order, numbers that
    say where the folder stands among its neighbours, and what the whole is called."""

    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    positions: Mapping[str, float] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def is_navigation(name: str) -> bool:
    """Whether a file of this name may say in which order to read."""
    return name.casefold() in _READERS or name.casefold() in _POSITIONS


def navigation_of(files: Mapping[str, str]) -> Navigation:
    """What navigation files say, given as paths and texts. Never raises."""
    entries: dict[str, tuple[Entry, ...]] = {}
    positions: dict[str, float] = {}
    titles: dict[str, str] = {}
    rank = {name: number for number, name in enumerate(_READERS)}
    for path in sorted(files, key=lambda p: (rank.get(PurePosixPath(p).name.casefold(), 0), p)):
        place = PurePosixPath(path)
        folder = place.parent.as_posix().removeprefix(".")
        name = place.name.casefold()
        try:
            if name in _POSITIONS:
                value = from_json(files[path]) if name.endswith("json") else from_yaml(files[path])
                number = number_of(value.get("position")) if isinstance(value, dict) else None
                if number is not None:
                    positions.setdefault(folder, number)
                continue
            if name.endswith((".yml", ".yaml")) and (title := _title_in(_mapping(files[path]))):
                titles.setdefault(folder, title)
            if folder not in entries and (found := tuple(_READERS[name](files[path][:LONGEST]))):
                entries[folder] = found
        except NotValues:
            continue
    return Navigation(entries, positions, titles)


# --- tables in Markdown ------------------------------------------------------------------------------------

_LINK = re.compile(
    r"\[(?P<title>[^\[\]\n]{0,300})\]\(\s*(?:<(?P<spaced>[^<>\n]{1,500})>|(?P<target>[^()\s<]{1,500}))"
    r"|\[\[(?P<page>[^\[\]|#\n]{1,300})[^\[\]\n]{0,300}\]\]"
)


def from_links(text: str) -> Iterator[Entry]:
    """Every link of a table of contents in Markdown: mdBook's and GitBook's SUMMARY.md, a side bar."""
    for link in _LINK.finditer(text):
        target = link["page"] or unquote(link["spaced"] or link["target"])
        if "://" not in target and (bare := target.split("#")[0].strip()):
            yield Entry(bare, " ".join((link["title"] or "").split()))


# --- tables in YAML and JSON -------------------------------------------------------------------------------

_TARGET_KEYS = (
    *("file", "href", "part", "root", "path", "page", "section", "url", "id", "link", "glob", "pattern"),
)
_TITLE_KEYS = ("title", "text", "label", "name")


def _listed(value: object) -> Iterator[Entry]:
    """The entries of a table whose lines are words, or mappings that name a file and its title."""
    for item in inside(value):
        if isinstance(item, dict):
            target = next((t for key in _TARGET_KEYS if (t := words_of(item.get(key)))), "")
            if target:
                yield Entry(target, next((t for key in _TITLE_KEYS if (t := words_of(item.get(key)))), ""))
        elif isinstance(item, list):
            continue
        elif words_of(item):
            yield Entry(words_of(item))


def _titled(value: object) -> Iterator[Entry]:
    """The entries of a table in which a title stands before the colon and a file, or more of the table,
    after it."""
    stack: list[tuple[object, str]] = [(value, "")]
    for _ in range(_MOST_ENTRIES):
        if not stack:
            return
        current, title = stack.pop()
        if isinstance(current, dict):
            stack += [(inner, words_of(key)) for key, inner in reversed(current.items())]
        elif isinstance(current, list):
            stack += [(inner, "") for inner in reversed(current)]
        elif words_of(current):
            yield Entry(words_of(current), title)


def _mapping(text: str) -> dict[object, object]:
    value = from_yaml(text, LONGEST)
    return value if isinstance(value, dict) else {}


_TITLES = (("site_name",), ("book", "title"), ("website", "title"), ("project", "title"), ("title",))


def _title_in(settings: Mapping[object, object]) -> str:
    """What the settings of a site or a book call it."""
    for keys in _TITLES:
        value: object = settings
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if words_of(value):
            return words_of(value)
    return ""


def _from_mkdocs(text: str) -> Iterator[Entry]:
    settings = _mapping(text)
    folder = words_of(settings.get("docs_dir")) or "docs"
    for entry in _titled(settings.get("nav") or settings.get("pages")):
        if "://" not in entry.target:
            yield Entry(f"{folder}/{entry.target}", entry.title)
            # Notes that were copied without the folder around them.
            yield entry


def _from_pages(text: str) -> Iterator[Entry]:
    settings = _mapping(text)
    return _titled(settings.get("nav") or settings.get("arrange"))


def _from_table(text: str) -> Iterator[Entry]:
    return _listed(from_yaml(text, LONGEST))


def _from_myst(text: str) -> Iterator[Entry]:
    project = _mapping(text).get("project")
    return _listed(project.get("toc") if isinstance(project, dict) else None)


def _from_quarto(text: str) -> Iterator[Entry]:
    settings = _mapping(text)
    for name, keys in (
        ("book", ("chapters", "appendices")),
        ("website", ("sidebar",)),
        ("website", ("navbar",)),
    ):
        part = settings.get(name)
        found = [e for key in keys for e in _listed(part.get(key))] if isinstance(part, dict) else []
        if found:
            yield from found
            return


def _from_carpentries(text: str) -> Iterator[Entry]:
    """Lessons of The Carpentries, of today (`config.yaml`) and of old (`_config.yml`), and Jekyll's
    collections."""
    settings = _mapping(text)
    for key, folder in (
        *(("episodes", "episodes"), ("learners", "learners"), ("instructors", "instructors")),
        *(("profiles", "profiles"), ("episode_order", "_episodes"), ("header_pages", "")),
    ):
        listed = settings.get(key)
        for name in listed if isinstance(listed, list) else ():
            yield Entry(f"{folder}/{words_of(name)}".lstrip("/"))
    collections = settings.get("collections")
    for name, about in collections.items() if isinstance(collections, dict) else ():
        order = about.get("order") if isinstance(about, dict) else None
        for page in order if isinstance(order, list) else ():
            yield Entry(f"_{name}/{words_of(page)}")
            yield Entry(words_of(page))


def _from_sidebars(text: str) -> Iterator[Entry]:
    return _listed(from_json(text, LONGEST))


# The surest first: where a folder has two of them, the first one that lists something counts.
_READERS: dict[str, Callable[[str], Iterator[Entry]]] = {
    "mkdocs.yml": _from_mkdocs,
    "mkdocs.yaml": _from_mkdocs,
    "_toc.yml": _from_table,
    "_toc.yaml": _from_table,
    "myst.yml": _from_myst,
    "_quarto.yml": _from_quarto,
    "_quarto.yaml": _from_quarto,
    "_bookdown.yml": _from_table,
    "config.yaml": _from_carpentries,
    "_config.yml": _from_carpentries,
    "sidebars.json": _from_sidebars,
    "summary.md": from_links,
    "_sidebar.md": from_links,
    ".nav.yml": _from_pages,
    ".pages": _from_pages,
}
_POSITIONS = frozenset({"_category_.json", "_category_.yml", "_category_.yaml"})
