"""What there is to read: the files of the notes with their texts, before any of them is parsed.

The only place that opens notes. Strange files are normal: what is binary, huge, unreadable or not UTF-8 is
reported and the rest is read. Links out of the notes' folder are not followed.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from corpus.encodings import decoded, with_plain_lines
from corpus.errors import NoNotes, NotesNotFound, near_misses
from corpus.model import Problem, Settings, Severity, SourceLocation
from corpus.navigation import Entry, Navigation, is_navigation, navigation_of
from corpus.paths import SUFFIXES, is_note, is_notebook
from corpus.settings import NAME as SETTINGS_NAME
from corpus.settings import excludes, includes, read_settings
from corpus.wikilinks import files_by_name

_MEGABYTE = 1_000_000
LARGEST = 8 * _MEGABYTE  # a larger file is a data dump, not notes, if the author does not say otherwise
_OF_A_NOTEBOOK = 8  # times as much: most of a notebook is pictures that its code made, and nobody reads those


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


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    file: Path
    is_note: bool = True
    largest: int = LARGEST


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
        for file in _with_paths_of_their_own(_files(prefix, root, said, problems, others))
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
            problems.append(_link_outside(_joined(prefix, SETTINGS_NAME)))
        return Settings(prefix)
    read = _text(_File(_joined(prefix, SETTINGS_NAME), file), problems)
    settings, wrong = read_settings(read.text if read else "", _joined(prefix, SETTINGS_NAME), prefix)
    problems += wrong
    return settings


def _navigation(files: Iterable[_File], settings: Iterable[Settings]) -> Navigation:
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


# --- which files -------------------------------------------------------------------------------------------

# Folders that programs fill, whatever is in them.
_LEFT_OUT = frozenset(
    {"node_modules", "bower_components", "__pycache__", "site-packages", "venv", "_site", "_build", "_book"}
)
# Folders that programs fill, or people: what is in them, or beside them, tells.
_PERHAPS_MADE = frozenset({"site", "public", "dist", "build", "out", "output", "html", "book"})
_SIGNS_OF_A_SITE = frozenset({"index.html", "sitemap.xml", "objects.inv", ".buildinfo", ".nojekyll"})
_SIGNS_OF_PACKAGES = frozenset(
    {"go.mod", "composer.json", "gemfile", "cargo.toml", "package.json", "modules.txt", "autoload.php"}
)
_SIGNS_OF_A_TARGET = frozenset({"cargo.toml", "pom.xml", "build.sbt", "classes", "debug", "release"})
_SIGNS_OF_A_CACHE = frozenset({"cachedir.tag", "pyvenv.cfg"})


def _what_made(name: str, inside: frozenset[str], beside: frozenset[str]) -> str:
    """The file that shows that a program filled this folder; "" if a person may have."""
    signs = _SIGNS_OF_A_CACHE & inside
    if name in _PERHAPS_MADE:
        signs |= _SIGNS_OF_A_SITE & inside
    elif name == "vendor":
        signs |= _SIGNS_OF_PACKAGES & (inside | beside)
    elif name == "target":
        signs |= _SIGNS_OF_A_TARGET & (inside | beside)
    return min(signs, default="")


def _files(
    prefix: str, root: Path, settings: Settings, problems: list[Problem], others: list[str]
) -> Iterator[_File]:
    """The files below a root that are notes or say in which order to read them, from the top down. The paths
    of all that are neither are added to `others`."""
    if root.is_file():
        yield _File(str(PurePosixPath(prefix) / root.name) if prefix else root.name, root)
        return
    largest = settings.largest_mb * _MEGABYTE or LARGEST
    # A stack, for people nest folders deeper than programs nest calls.
    waiting: list[tuple[str, Path, frozenset[str]]] = [("", root, frozenset())]
    while waiting:
        below, folder, beside = waiting.pop()
        try:
            with os.scandir(folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(_unreadable(_joined(prefix, below) or ".", error))
            continue
        inside = frozenset(entry.name.casefold() for entry in entries)
        sign = _what_made(folder.name.casefold(), inside, beside) if below else ""
        if sign and not includes(settings, below):
            problems.append(_made(_joined(prefix, below), sign))
            continue
        folders = []
        others += [_joined(prefix, f"{below}/{e.name}" if below else e.name) for e in entries if _is_other(e)]
        problems += _of_other_formats(entries, settings, prefix, below)
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not _is_hidden(entry.name, settings, path) and not excludes(settings, path):
                    folders.append((path, folder / entry.name, inside))
            elif _leads_out(entry, root):
                if entry.is_dir() or is_note(entry.name):
                    problems.append(_link_outside(_joined(prefix, path)))
            elif _is_note(entry.name) and not excludes(settings, path):
                most = largest * (_OF_A_NOTEBOOK if is_notebook(entry.name) else 1)
                yield _File(_joined(prefix, path), folder / entry.name, largest=most)
            elif is_navigation(entry.name):
                yield _File(_joined(prefix, path), folder / entry.name, is_note=False)
        waiting += reversed(folders)


def _leads_out(entry: os.DirEntry[str], root: Path) -> bool:
    return entry.is_symlink() and not Path(os.path.realpath(entry.path)).is_relative_to(root)


def _is_note(name: str) -> bool:
    return not name.startswith(".") and is_note(name)


def _is_other(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a folder is a file that notes may show or link to."""
    named = not entry.name.startswith(".") and not _is_note(entry.name)
    return named and entry.is_file(follow_symlinks=False)


# Prose in other formats, and the files of such a name that are read by programs or say what is allowed.
_PROSE = (".txt", ".text", ".rst", ".adoc", ".asciidoc", ".org", ".docx", ".odt", ".rtf")
_NO_LESSON = re.compile(
    r"(?:(?:dev-?|test-?)?requirements\b.*|constraints\b.*|cmakelists|robots|humans|llms.*|ads|security|licen[cs]e.*|"
    r"copying.*|notice.*|authors|version|changelog|changes)\.\w+",
    re.IGNORECASE,
)
_NAMED = 3


def _of_other_formats(
    entries: Sequence[os.DirEntry[str]], settings: Settings, prefix: str, below: str
) -> Iterator[Problem]:
    """What stands beside the notes of a folder as text in a format that is not read; told once."""
    notes = {entry.name.rpartition(".")[0].casefold() for entry in entries if _is_note(entry.name)}
    paths = [
        _joined(prefix, path)
        for entry in entries
        if notes and entry.name.lower().endswith(_PROSE) and not _NO_LESSON.fullmatch(entry.name)
        if entry.name.rpartition(".")[0].casefold() not in notes and _is_other(entry)
        if not excludes(settings, path := f"{below}/{entry.name}" if below else entry.name)
    ]
    if not paths:
        return
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    others = ", ".join(PurePosixPath(path).name for path in paths[1:_NAMED])
    message = "is not read: it is no Markdown" + (f"; nor are {others}{more}" if others else "")
    hint = "Save it as Markdown: a plain text needs only the ending .md."
    yield Problem("other-format", Severity.INFO, message, SourceLocation(paths[0], 1, 1), hint)


def _is_hidden(name: str, settings: Settings, path: str) -> bool:
    return (name.startswith(".") or name in _LEFT_OUT) and not includes(settings, path)


def _joined(prefix: str, path: str) -> str:
    """A path of the notes below a prefix."""
    return path_as_written(f"{prefix}/{path}" if prefix and path else prefix or path)


def path_as_written(path: str) -> str:
    """A path as it can be written anywhere, on one line: bytes that are no UTF-8, and signs that do not
    print, become replacement marks."""
    written = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", "\N{REPLACEMENT CHARACTER}", written)


def _with_paths_of_their_own(files: Iterable[_File]) -> Iterator[_File]:
    """The files, with a number in the path where two names can only be written alike."""
    taken: set[str] = set()
    for file in files:
        path, count = file.path, 2
        while path in taken:
            stem, dot, suffix = file.path.rpartition(".")
            path, count = f"{stem}-{count}{dot}{suffix}", count + 1
        taken.add(path)
        yield replace(file, path=path)


# --- what is wrong with them -------------------------------------------------------------------------------


def _link_outside(path: str) -> Problem:
    hint = "Copy what it leads to into the notes."
    return unread(path, "link-outside", "is a link that leads out of the notes", hint)


def _made(path: str, sign: str) -> Problem:
    message = f"is left out: {sign} shows that a program filled it"
    hint = 'Name it in glosspath.toml if it holds notes: include = ["..."]'
    return Problem("made-folder", Severity.INFO, message, SourceLocation(path, 1, 1), hint)


def _unreadable(path: str, error: OSError) -> Problem:
    reason = (error.strerror or "cannot be read").lower()
    return unread(path, "unreadable", f"is left out: {reason}", "Check it and its permissions.")


def _too_large(file: _File, size: int) -> Problem:
    limit, needed = file.largest // _MEGABYTE, -(-size // _MEGABYTE)
    message = f"is left out: it has {size / _MEGABYTE:.1f} MB, and no more than {limit} MB are read"
    hint = (
        f"Split it, or write largest_mb = {needed} in glosspath.toml: each MB takes some 4 seconds and 120 MB"
        " of memory."
    )
    return unread(file.path, "too-large", message, hint)


def unread(path: str, code: str, message: str, hint: str) -> Problem:
    """What was wrong with a whole file."""
    return Problem(code, Severity.WARNING, message, SourceLocation(path, 1, 1), hint)


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


# --- what is in them ---------------------------------------------------------------------------------------


def _bytes(file: _File) -> tuple[bytes, int] | None:
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


def _text(file: _File, problems: list[Problem]) -> SourceFile | None:
    """A file's text. What cannot be read is a problem, and None."""
    try:
        read = _bytes(file)
    except OSError as error:
        problems.append(_unreadable(file.path, error))
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


def _folder_title(notes: Sequence[Path]) -> str:
    name = notes[0].resolve().name
    if name in ("notes", "docs", "content") and notes[0].resolve().parent.name:
        name = notes[0].resolve().parent.name
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or "Notes"
