"""What there is to read: the files of the notes with their texts, before any of them is parsed.

The only place that opens notes. Strange files are normal: what is binary, huge, unreadable or not UTF-8 is
reported and the rest is read. Links out of the notes' folder are not followed.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from corpus.encodings import decoded, with_plain_lines
from corpus.errors import NoNotes, NotesNotFound, near_misses
from corpus.folders import (
    MEGABYTE,
    FoundFile,
    files_below,
    joined,
    link_outside,
    unread,
    unreadable,
    with_paths_of_their_own,
)
from corpus.model import Problem, Settings
from corpus.navigation import Entry, Navigation, is_navigation, navigation_of
from corpus.paths import SUFFIXES, is_note
from corpus.settings import NAME as SETTINGS_NAME
from corpus.settings import read_settings
from corpus.wikilinks import files_by_name


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that can be read: its path in the notes, its text, and the SHA-256 of its bytes."""

    path: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in the notes' folders.

    `title` is what the folder is called; `roots` are the folders and files that were given, by the first part
    of the paths below them ("" when there is one only); `navigation` is what tables of contents say;
    `settings` is what the author says of each root; `by_name` are the files besides the notes by the ends of
    their paths, where notes embed files by name.
    """

    title: str
    roots: Mapping[str, Path]
    files: tuple[SourceFile, ...]
    navigation: Navigation
    problems: tuple[Problem, ...]
    settings: tuple[Settings, ...] = ()
    by_name: Mapping[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """The same for the same files, wherever they lie; other files that notes point to do not count."""
        words = [
            self.title,
            *self.roots,
            repr(self.navigation),
            repr(self.settings),
            repr(self.by_name),
            *map(repr, self.problems),
        ]
        words += [word for file in self.files for word in (file.path, file.digest)]
        return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()

    def folders(self) -> dict[str, str]:
        """The absolute folders that paths are relative to, by the first part of the path."""
        return {prefix: str(_folder(root)) for prefix, root in self.roots.items()}

    def has(self, path: str) -> bool:
        """Whether there is a file, of any kind, at this path of the notes; links that lead out are none."""
        first, _, below = path.partition("/")
        root, inside = (self.roots[""], path) if "" in self.roots else (self.roots.get(first), below)
        if root is None:
            return False
        return file_below(_folder(root), inside) is not None

    def still(self, lookups: Mapping[str, bool]) -> bool:
        """Whether the files that notes point to are there, or not there, as they were."""
        return all(self.has(path) is there for path, there in lookups.items())


_EMBEDS = ("![[", "!\\[\\[")


def survey(notes: Sequence[Path]) -> Survey:
    """The files below `notes`, which are folders and single files.

    Raises NotesNotFound for a path that is not there, NoNotes when there is nothing to read.
    """
    roots = _roots(notes)
    problems: list[Problem] = []
    others: list[str] = []
    settings = tuple(_settings(prefix, root, problems) for prefix, root in roots.items())
    found = [
        file
        for (prefix, root), said in zip(roots.items(), settings, strict=True)
        for file in with_paths_of_their_own(files_below(prefix, root, said, problems, others))
    ]
    texts = [file for f in found if f.is_note and (file := _text(f, problems)) is not None]
    files = tuple(_without_copies(texts, problems))
    if not files:
        raise NoNotes(_nothing_to_read(notes, problems))
    navigation = _navigation((f for f in found if is_navigation(f.file.name)), settings)
    title = navigation.titles.get(next(iter(roots)), "") or _folder_title(notes)
    embeds = any(sign in file.text for sign in _EMBEDS for file in files)
    by_name = files_by_name(others) if embeds else {}
    return Survey(title, roots, files, navigation, tuple(problems), settings, by_name)


def _settings(prefix: str, root: Path, problems: list[Problem]) -> Settings:
    file = file_below(root, SETTINGS_NAME) if root.is_dir() else None
    if file is None:
        if root.is_dir() and (root / SETTINGS_NAME).is_file():
            problems.append(link_outside(joined(prefix, SETTINGS_NAME)))
        return Settings(prefix)
    read = _text(FoundFile(joined(prefix, SETTINGS_NAME), file), problems)
    settings, wrong = read_settings(read.text if read else "", joined(prefix, SETTINGS_NAME), prefix)
    problems += wrong
    return settings


def _navigation(files: Iterable[FoundFile], settings: Iterable[Settings]) -> Navigation:
    """What the notes say about their order: the author in the settings before any other table of contents."""
    nobody_asks: list[Problem] = []
    texts = {f.path: read.text for f in files if (read := _text(f, nobody_asks))}
    found = navigation_of(texts)
    stated = {said.prefix: tuple(map(Entry, said.order)) for said in settings if said.order}
    return Navigation({**found.entries, **stated}, found.positions, found.titles)


def file_below(folder: Path, path: str) -> Path | None:
    """The file of any kind at a path below a folder, however its name writes accents; None if there is none,
    or if links lead out."""
    for spelled in dict.fromkeys((path, normalize("NFC", path), normalize("NFD", path))):
        try:
            file = Path(os.path.realpath(folder / spelled))
            if file.is_file() and file.is_relative_to(folder):
                return file
        except (OSError, ValueError):
            continue
    return None


def _folder(root: Path) -> Path:
    return root if root.is_dir() else root.parent


def _roots(notes: Sequence[Path]) -> dict[str, Path]:
    roots: dict[str, Path] = {}
    for given in notes:
        if not given.exists():
            siblings = [p.name for p in given.parent.iterdir()] if given.parent.is_dir() else []
            near = near_misses(given.name, siblings, limit=1)
            hint = (
                f"Did you mean {str(given.parent / near[0])!r}?"
                if near
                else "Give a folder of Markdown notes, or a file."
            )
            raise NotesNotFound(f"There is no {str(given)!r}. {hint}")
        if given.is_file() and not is_note(given.name):
            raise NoNotes(
                f"{str(given)!r} is no Markdown and no notebook. Give a folder, or a file that ends in"
                f" {', '.join(SUFFIXES)}."
            )
        root = given.resolve()
        if root in roots.values():
            continue
        prefix = root.name if len(notes) > 1 else ""
        count = 2
        while prefix in roots:
            prefix = f"{root.name}-{count}"
            count += 1
        roots[prefix] = root
    return roots


def _nothing_to_read(notes: Sequence[Path], problems: Sequence[Problem]) -> str:
    named = ", ".join(repr(str(n)) for n in notes)
    if problems:
        return (
            f"Nothing in {named} can be read: {problems[0].location.path} {problems[0].message}. "
            "Give Markdown or notebooks in UTF-8."
        )
    return f"There are no notes in {named}. Give a folder with Markdown (.md) or Jupyter notebooks (.ipynb)."


def _folder_title(notes: Sequence[Path]) -> str:
    name = notes[0].resolve().name
    if name in ("notes", "docs", "content") and notes[0].resolve().parent.name:
        name = notes[0].resolve().parent.name
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or "Notes"


def _too_large(file: FoundFile, size: int) -> Problem:
    limit, needed = file.largest // MEGABYTE, -(-size // MEGABYTE)
    message = f"is left out: it has {size / MEGABYTE:.1f} MB, and no more than {limit} MB are read"
    hint = (
        f"Split it, or write largest_mb = {needed} in glosspath.toml: each MB takes some 4 seconds and 120 MB"
        " of memory."
    )
    return unread(file.path, "too-large", message, hint)


def _bytes(file: FoundFile) -> tuple[bytes, int] | None:
    """A file's bytes, as many as may be read and one more, and how many it has; None if it is no regular
    file. Raises OSError."""
    # What waits for a writer (a FIFO) must not keep us waiting.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        opened = os.open(file.file, flags)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket
            return None
        raise
    with os.fdopen(opened, "rb") as stream:
        about = os.fstat(opened)
        return (stream.read(file.largest + 1), about.st_size) if stat.S_ISREG(about.st_mode) else None


def _text(file: FoundFile, problems: list[Problem]) -> SourceFile | None:
    """A file's text. What cannot be read is a problem, and None."""
    try:
        read = _bytes(file)
    except OSError as error:
        problems.append(unreadable(file.path, error))
        return None
    if read is None:
        hint = "Take it out of the notes."
        problems.append(unread(file.path, "unreadable", "is left out: it is a device or a pipe", hint))
        return None
    data, size = read
    if len(data) > file.largest:
        problems.append(_too_large(file, size))
        return None
    found = decoded(data)
    if found is None:
        hint = "Take it out of the notes, or rename it."
        problems.append(unread(file.path, "not-text", "is left out: it is not text", hint))
        return None
    text, encoding = found
    if encoding:
        message = f"is not UTF-8; it is read as {encoding}"
        problems.append(unread(file.path, "not-utf8", message, "Save it as UTF-8."))
    if zeros := text.count("\0"):
        message = f"holds {zeros} zero byte{'s'[: zeros > 1]}, which no text has; the rest is read"
        problems.append(unread(file.path, "not-text", message, "Take them out, or save it anew."))
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return SourceFile(file.path, with_plain_lines(text), hashlib.sha256(data).hexdigest())


_FEWEST_WORDS = 20


def _without_copies(files: Sequence[SourceFile], problems: list[Problem]) -> Iterator[SourceFile]:
    """The files, of several with the same bytes only the one that lies highest and has the shortest name.
    What has hardly a word in it, such as a page that waits to be written, is no copy of anything."""
    first: dict[str, SourceFile] = {}
    for file in sorted(files, key=lambda f: (f.path.count("/"), len(f.path), f.path)):
        first.setdefault(file.digest, file)
    for file in files:
        original = first[file.digest]
        if file is original or len(file.text.split(maxsplit=_FEWEST_WORDS)) <= _FEWEST_WORDS:
            yield file
        else:
            message = f"is left out: it is a copy of {original.path}"
            problems.append(unread(file.path, "duplicate-file", message, "Keep one, and link to it."))
