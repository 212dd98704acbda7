"""What there is to read: the files of the notes with their texts, before any of them is parsed.

The only place that opens notes. Strange files are normal: what is binary, huge, unreadable or not UTF-8 is
reported and the rest is read. Links out of the notes' folder are not followed.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

from corpus.errors import NoNotes, NotesNotFound, near_misses
from corpus.model import Problem, Severity, SourceLocation

SUFFIXES = (".md", ".markdown", ".mdown", ".mdx", ".ipynb")
LARGEST = 8_000_000  # bytes; a larger file is a data dump, not notes
_LEFT_OUT = frozenset({"node_modules", "__pycache__", "site-packages", "venv"})
_NAVIGATION = ("mkdocs.yml", "mkdocs.yaml", "_toc.yml", "SUMMARY.md")


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
    of the paths below them ("" when there is one only); `navigation` holds the paths that a navigation file
    lists, in its order.
    """

    title: str
    roots: Mapping[str, Path]
    files: tuple[SourceFile, ...]
    navigation: tuple[str, ...]
    problems: tuple[Problem, ...]

    def digest(self) -> str:
        """The same for the same files, wherever they lie; other files that notes point to do not count."""
        words = [self.title, *self.roots, *self.navigation, *map(repr, self.problems)]
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
        folder = _folder(root)
        try:
            file = Path(os.path.realpath(folder / inside))
            return file.is_file() and file.is_relative_to(folder)
        except (OSError, ValueError):
            return False

    def still(self, lookups: Mapping[str, bool]) -> bool:
        """Whether the files that notes point to are there, or not there, as they were."""
        return all(self.has(path) is there for path, there in lookups.items())


def survey(notes: Sequence[Path]) -> Survey:
    """The files below `notes`, which are folders and single files.

    Raises NotesNotFound for a path that is not there, NoNotes when there is nothing to read.
    """
    roots = _roots(notes)
    problems: list[Problem] = []
    found = [f for prefix, root in roots.items() for f in _files(prefix, root, problems)]
    files = tuple(file for f in found if (file := _text(f, problems)) is not None)
    if not files:
        raise NoNotes(_nothing_to_read(notes, problems))
    return Survey(_folder_title(notes), roots, files, tuple(_navigation(roots)), tuple(problems))


def _folder(root: Path) -> Path:
    return root if root.is_dir() else root.parent


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    file: Path


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


def _files(prefix: str, root: Path, problems: list[Problem]) -> Iterator[_File]:
    if root.is_file():
        yield _File(str(PurePosixPath(prefix) / root.name) if prefix else root.name, root)
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _LEFT_OUT)
        for name in sorted(names):
            file = Path(folder) / name
            if name.startswith(".") or not name.lower().endswith(SUFFIXES):
                continue
            relative = PurePosixPath(prefix, file.relative_to(root).as_posix()).as_posix()
            if _printable(relative) != relative:
                relative = _printable(relative)
            if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(root):
                problems.append(
                    unread(
                        relative,
                        "link-outside",
                        "is a link that leads out of the notes",
                        "Copy the file into the notes.",
                    )
                )
                continue
            yield _File(relative, file)


def _printable(path: str) -> str:
    """A path that can be written anywhere: bytes of a file name that are not UTF-8 become replacement
    marks."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def unread(path: str, code: str, message: str, hint: str) -> Problem:
    """What was wrong with a whole file."""
    return Problem(code, Severity.WARNING, message, SourceLocation(path, 1, 1), hint)


def _text(file: _File, problems: list[Problem]) -> SourceFile | None:
    """A file's text. What cannot be read is a problem, and None."""
    try:
        size = file.file.stat().st_size
        if size > LARGEST:
            hint = f"Files over {LARGEST // 1_000_000} MB are left out. Split it."
            problems.append(
                unread(file.path, "too-large", f"is left out: it has {size // 1_000_000} MB", hint)
            )
            return None
        data = file.file.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        problems.append(
            unread(file.path, "unreadable", f"is left out: {reason}", "Check the file and its permissions.")
        )
        return None
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
        problems.append(unread(file.path, "not-utf8", "is read as UTF-16", "Save it as UTF-8."))
    elif b"\0" in data[:8192]:
        problems.append(
            unread(
                file.path,
                "not-text",
                "is left out: it is not text",
                "Take it out of the notes, or rename it.",
            )
        )
        return None
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
            problems.append(
                unread(file.path, "not-utf8", "is not UTF-8; it is read as Windows-1252", "Save it as UTF-8.")
            )
    return SourceFile(file.path, re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", _line_break, text), digest)


def _line_break(match: re.Match[str]) -> str:
    """Only line feeds end a line here; other separators are blanks, so that lines count as editors count
    them."""
    return "\n" if match[0].startswith("\r") else " "


def _navigation(roots: Mapping[str, Path]) -> Iterator[str]:
    """The paths that a navigation file at the root lists (mkdocs.yml, _toc.yml, SUMMARY.md), in its order."""
    for prefix, root in roots.items():
        for name in _NAVIGATION:
            file = root / name if root.is_dir() else None
            if file is None or not file.is_file() or file.stat().st_size > LARGEST:
                continue
            text = file.read_text("utf-8", "replace")
            if name.endswith(".md"):
                listed = re.findall(r"\]\(([^)\s#]+)", text)
            else:
                # Tags such as !!python/name are of no interest here: any scalar that names a file is an
                # entry.
                listed = [
                    t.value
                    for t in _scalars(text)
                    if t.value.lower().endswith(SUFFIXES) or name == "_toc.yml"
                ]
            for path in listed:
                for candidate in (path, f"{path}.md", f"docs/{path}", f"{path}.ipynb"):
                    if (root / candidate).is_file():
                        yield PurePosixPath(prefix, candidate).as_posix()
                        break
            break


def _scalars(text: str) -> Iterator[yaml.ScalarToken]:
    try:
        yield from (
            token for token in yaml.scan(text, Loader=yaml.SafeLoader) if isinstance(token, yaml.ScalarToken)
        )
    except yaml.YAMLError:
        return


def _folder_title(notes: Sequence[Path]) -> str:
    name = notes[0].resolve().name
    if name in ("notes", "docs", "content") and notes[0].resolve().parent.name:
        name = notes[0].resolve().parent.name
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or "Notes"
