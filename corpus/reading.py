"""Files -> a corpus: the only place that opens notes.

Strange files are normal: what is binary, huge, unreadable or not UTF-8 is reported and the rest is read.
Links out of the notes' folder are not followed.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Protocol

import yaml

from corpus.documents import read_document
from corpus.errors import NoNotes, NotesNotFound, near_misses
from corpus.model import Corpus, Document, Figure, Problem, Severity, SourceLocation
from corpus.notebooks import notebook_text
from corpus.order import in_reading_order, lessons_of
from corpus.resources import local_target
from corpus.sections import github_slug

SUFFIXES = (".md", ".markdown", ".mdown", ".mdx", ".ipynb")
LARGEST = 8_000_000  # bytes; a larger file is a data dump, not notes
_LEFT_OUT = frozenset({"node_modules", "__pycache__", "site-packages", "venv"})
_NAVIGATION = ("mkdocs.yml", "mkdocs.yaml", "_toc.yml", "SUMMARY.md")

Progress = Callable[[str, int, int], None]


class DocumentCache(Protocol):
    """Where documents that were read before are kept, by a key that changes with the file and the reader."""

    def get(self, key: str) -> Document | None:
        """The document that was kept under a key, None if there is none."""

    def put(self, key: str, document: Document) -> None:
        """Keep a document under a key."""


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    file: Path


def sample_folder() -> Path:
    """The folder of the bundled notes."""
    return Path(__file__).parent / "sample"


def read_corpus(
    notes: Sequence[Path],
    cache: DocumentCache | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Corpus:
    """Everything that the notes say, in reading order.

    `notes` are folders and single files. `progress` is told ("reading", done, total).
    Raises NotesNotFound for a path that is not there, NoNotes when there is nothing to read.
    """
    roots = _roots(notes)
    problems: list[Problem] = []
    files = [f for prefix, root in roots.items() for f in _files(prefix, root, problems)]
    texts = [(f, text) for f in files if (text := _text(f, problems)) is not None]
    if not texts:
        raise NoNotes(_nothing_to_read(notes, problems))
    slugs = _slugs([f.path for f, _ in texts])
    documents = _read_all(texts, slugs, cache, jobs, progress)
    ordered = in_reading_order(documents, tuple(_navigation(roots)))
    placed = tuple(_with_files(d, roots) for d in ordered)
    lessons = lessons_of(placed)
    title = placed[0].title if len(placed) == 1 or len(lessons) < len(placed) else _folder_title(notes)
    folders = {prefix: str(root if root.is_dir() else root.parent) for prefix, root in roots.items()}
    return Corpus(title, placed, lessons, tuple(problems), folders)


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
                    _unread(
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


def _unread(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.WARNING, message, SourceLocation(path, 1, 1), hint)


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    digest: str


def _text(file: _File, problems: list[Problem]) -> _Text | None:
    """A file's text. What cannot be read is a problem, and None."""
    try:
        size = file.file.stat().st_size
        if size > LARGEST:
            hint = f"Files over {LARGEST // 1_000_000} MB are left out. Split it."
            problems.append(
                _unread(file.path, "too-large", f"is left out: it has {size // 1_000_000} MB", hint)
            )
            return None
        data = file.file.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        problems.append(
            _unread(file.path, "unreadable", f"is left out: {reason}", "Check the file and its permissions.")
        )
        return None
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
        problems.append(_unread(file.path, "not-utf8", "is read as UTF-16", "Save it as UTF-8."))
    elif b"\0" in data[:8192]:
        problems.append(
            _unread(
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
                _unread(
                    file.path, "not-utf8", "is not UTF-8; it is read as Windows-1252", "Save it as UTF-8."
                )
            )
    return _Text(re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", _line_break, text), digest)


def _line_break(match: re.Match[str]) -> str:
    """Only line feeds end a line here; other separators are blanks, so that lines count as editors count
    them."""
    return "\n" if match[0].startswith("\r") else " "


def _slugs(paths: Sequence[str]) -> dict[str, str]:
    """What the addresses of each document begin with: unique, readable; empty for the only document."""
    if len(paths) == 1:
        return {paths[0]: ""}
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths):
        bare = str(PurePosixPath(path).with_suffix(""))
        wanted = "/".join(
            re.sub(r"-{2,}", "-", github_slug(p)).strip("-") or "notes" for p in bare.split("/")
        )
        slug, count = wanted, 2
        while slug in taken:
            slug, count = f"{wanted}-{count}", count + 1
        taken.add(slug)
        slugs[path] = slug
    return slugs


def _read_all(
    texts: Sequence[tuple[_File, _Text]],
    slugs: Mapping[str, str],
    cache: DocumentCache | None,
    jobs: int,
    progress: Progress | None,
) -> list[Document]:
    keys = [_cache_key(f.path, slugs[f.path], t.digest) for f, t in texts]
    known = [cache.get(key) if cache is not None else None for key in keys]
    missing = [i for i, document in enumerate(known) if document is None]
    work = [(texts[i][0].path, texts[i][1], slugs[texts[i][0].path]) for i in missing]
    if jobs > 1 and len(work) > 8 * jobs:
        with ProcessPoolExecutor(jobs) as pool:
            fresh = pool.map(_read_one, *zip(*work, strict=True), chunksize=max(1, len(work) // (8 * jobs)))
            documents = _counted(fresh, len(known), len(missing), progress)
    else:
        documents = _counted(
            map(_read_one, *zip(*work, strict=True)) if work else iter(()), len(known), len(missing), progress
        )
    for index, document in zip(missing, documents, strict=True):
        known[index] = document
        if cache is not None:
            cache.put(keys[index], document)
    return [document for document in known if document is not None]


def _counted(
    documents: Iterator[Document], total: int, missing: int, progress: Progress | None
) -> list[Document]:
    read = []
    if progress:
        progress("reading", total - missing, total)
    for document in documents:
        read.append(document)
        if progress:
            progress("reading", total - missing + len(read), total)
    return read


def _read_one(path: str, text: _Text, slug: str) -> Document:
    if path.lower().endswith(".ipynb"):
        notebook = notebook_text(text.text)
        if notebook is None:
            problem = _unread(
                path, "bad-notebook", "is no Jupyter notebook that can be read", "Save it again from Jupyter."
            )
            empty = read_document("", path, slug, text.digest)
            return replace(empty, problems=(problem,))
        return read_document(notebook.text, path, slug, text.digest, notebook.line_numbers)
    return read_document(text.text, path, slug, text.digest)


@cache
def reader_version() -> str:
    """A digest of this package's own code: documents read by other code are read again."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _cache_key(path: str, slug: str, digest: str) -> str:
    return hashlib.sha256("\0".join((reader_version(), path, slug, digest)).encode()).hexdigest()


def _with_files(document: Document, roots: Mapping[str, Path]) -> Document:
    """The document with its pictures and links checked against the files that are there."""
    problems = list(document.problems)
    pictures = []
    for figure in document.figures:
        placed = _placed(figure, document.path, roots)
        pictures.append(placed)
        if placed.missing:
            message = f"the picture {figure.src!r} is not there"
            hint = "Check its path; upper and lower case count."
            problems.append(Problem("missing-figure", Severity.WARNING, message, figure.location, hint))
    problems.sort(key=lambda p: (p.location, p.code, p.message))
    return replace(document, figures=tuple(pictures), problems=tuple(problems))


def _placed(figure: Figure, path: str, roots: Mapping[str, Path]) -> Figure:
    target = local_target(figure.src, path)
    if target is None:
        return figure
    prefix = next((p for p in roots if p and target.split("/")[0] == p), "")
    root = roots.get(prefix)
    if root is None:
        return replace(figure, missing=True)
    folder = root if root.is_dir() else root.parent
    below = target[len(prefix) :].lstrip("/") if prefix else target
    try:
        file = (folder / below).resolve()
        there = file.is_file() and file.is_relative_to(folder)
    except (OSError, ValueError):
        there = False
    return replace(figure, file=target) if there else replace(figure, missing=True)


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
