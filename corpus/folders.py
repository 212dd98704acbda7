"""Which files below a folder are notes, and which say how to read them; no file is opened here.

What programs fill, what the author leaves out and what leads out of the folder is passed over, and told.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from corpus.model import Problem, Settings, Severity, SourceLocation
from corpus.navigation import is_navigation
from corpus.paths import is_note, is_notebook
from corpus.settings import excludes, includes

MEGABYTE = 1_000_000
LARGEST = 8 * MEGABYTE  # a larger file is a data dump, not notes, if the author does not say otherwise
_OF_A_NOTEBOOK = 8  # times as much: most of a notebook is pictures that its code made, and nobody reads those


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read: its path in the notes, where it lies, and how many bytes may be read of it."""

    path: str
    file: Path
    is_note: bool = True
    largest: int = LARGEST


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


def files_below(
    prefix: str, root: Path, settings: Settings, problems: list[Problem], others: list[str]
) -> Iterator[FoundFile]:
    """The files below a root that are notes or say in which order to read them, from the top down. The paths
    of all that are neither are added to `others`."""
    if root.is_file():
        yield FoundFile(str(PurePosixPath(prefix) / root.name) if prefix else root.name, root)
        return
    largest = settings.largest_mb * MEGABYTE or LARGEST
    # A stack, for people nest folders deeper than programs nest calls.
    waiting: list[tuple[str, Path, frozenset[str]]] = [("", root, frozenset())]
    while waiting:
        below, folder, beside = waiting.pop()
        try:
            with os.scandir(folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(unreadable(joined(prefix, below) or ".", error))
            continue
        inside = frozenset(entry.name.casefold() for entry in entries)
        sign = _what_made(folder.name.casefold(), inside, beside) if below else ""
        if sign and not includes(settings, below):
            problems.append(_made(joined(prefix, below), sign))
            continue
        folders = []
        others += [joined(prefix, f"{below}/{e.name}" if below else e.name) for e in entries if _is_other(e)]
        problems += _of_other_formats(entries, settings, prefix, below)
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not _is_hidden(entry.name, settings, path) and not excludes(settings, path):
                    folders.append((path, folder / entry.name, inside))
            elif _leads_out(entry, root):
                if entry.is_dir() or is_note(entry.name):
                    problems.append(link_outside(joined(prefix, path)))
            elif _is_note(entry.name) and not excludes(settings, path):
                most = largest * (_OF_A_NOTEBOOK if is_notebook(entry.name) else 1)
                yield FoundFile(joined(prefix, path), folder / entry.name, largest=most)
            elif is_navigation(entry.name):
                yield FoundFile(joined(prefix, path), folder / entry.name, is_note=False)
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
        joined(prefix, path)
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


def joined(prefix: str, path: str) -> str:
    """A path of the notes below a prefix."""
    return path_as_written(f"{prefix}/{path}" if prefix and path else prefix or path)


def path_as_written(path: str) -> str:
    """A path as it can be written anywhere, on one line: bytes that are no UTF-8, and signs that do not
    print, become replacement marks."""
    written = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", "\N{REPLACEMENT CHARACTER}", written)


def with_paths_of_their_own(files: Iterable[FoundFile]) -> Iterator[FoundFile]:
    """The files, with a number in the path where two names can only be written alike."""
    taken: set[str] = set()
    for file in files:
        path, count = file.path, 2
        while path in taken:
            stem, dot, suffix = file.path.rpartition(".")
            path, count = f"{stem}-{count}{dot}{suffix}", count + 1
        taken.add(path)
        yield replace(file, path=path)


def link_outside(path: str) -> Problem:
    """That a link leads out of the notes."""
    hint = "Copy what it leads to into the notes."
    return unread(path, "link-outside", "is a link that leads out of the notes", hint)


def _made(path: str, sign: str) -> Problem:
    message = f"is left out: {sign} shows that a program filled it"
    hint = 'Name it in glosspath.toml if it holds notes: include = ["..."]'
    return Problem("made-folder", Severity.INFO, message, SourceLocation(path, 1, 1), hint)


def unreadable(path: str, error: OSError) -> Problem:
    """That a file or folder cannot be read."""
    reason = (error.strerror or "cannot be read").lower()
    return unread(path, "unreadable", f"is left out: {reason}", "Check it and its permissions.")


def unread(path: str, code: str, message: str, hint: str) -> Problem:
    """What was wrong with a whole file."""
    return Problem(code, Severity.WARNING, message, SourceLocation(path, 1, 1), hint)
