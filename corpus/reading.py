"""Files -> a corpus: each document read, or taken from the cache, and all of them put in order."""

import gc
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Protocol

import msgspec

from corpus.anchors import github_slug
from corpus.documents import read_document
from corpus.files import SourceFile, Survey, survey
from corpus.folders import unread
from corpus.headings import is_meta_heading
from corpus.languages import told_apart
from corpus.local_links import Folder, broken_links
from corpus.model import Corpus, Document, Figure
from corpus.notebooks import notebook_text
from corpus.order import contents_page, in_reading_order, lessons_of, title_of_file
from corpus.paths import is_notebook
from corpus.problems import by_place
from corpus.processes import Work, in_processes, worth
from corpus.resources import local_target

Progress = Callable[[str, int, int], None]


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Document).decode


class DocumentCache(Protocol):
    """Where documents that were read before are kept, packed, by a key that changes with the file and the
    reader."""

    def recall(self, key: bytes) -> bytes | None:
        """What was kept under a key, None if there is nothing."""

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep a packed document under a key."""


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
    return read_surveyed(survey(notes), cache, jobs, progress)


def read_surveyed(
    found: Survey, cache: DocumentCache | None = None, jobs: int = 1, progress: Progress | None = None
) -> Corpus:
    """Everything that files which were found say, in reading order. See `read_corpus`."""
    slugs = _slugs([f.path for f in found.files])
    documents = _read_all(found.files, slugs, cache, jobs, progress)
    main = next((said.language for said in found.settings if said.language), "")
    ordered = in_reading_order(told_apart(documents, main), found.navigation)
    lookups: dict[str, bool] = {}
    folder = Folder.of(ordered, lambda path: _is_there(path, found, lookups), found.by_name)
    placed = tuple(_with_files(d, folder) for d in ordered)
    lessons = lessons_of(placed, found.navigation)
    title = next((said.title for said in found.settings if said.title), "") or _title(placed, found)
    return Corpus(
        title, placed, lessons, found.problems, found.folders(), dict(sorted(lookups.items())), found.settings
    )


def _title(documents: Sequence[Document], found: Survey) -> str:
    """What the notes are called: by their only document, or their contents page, or their folder."""
    if len(documents) == 1:
        return documents[0].title
    main = [d for d in documents if not d.language]
    front = main[0] if len(main) == 1 else contents_page(documents)
    named = (
        front is not None and front.title != title_of_file(front.path) and not is_meta_heading(front.title)
    )
    return front.title if front and named else found.title


def _slugs(paths: Sequence[str]) -> dict[str, str]:
    """What the addresses of each document begin with: unique, readable; empty for the only document."""
    if len(paths) == 1:
        return {paths[0]: ""}
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    last: dict[str, int] = {}
    for path in sorted(paths):
        # What stands after a point is no ending: 2.1 is not 21.
        bare = str(PurePosixPath(path).with_suffix("")).replace(".", "-")
        wanted = "/".join(
            re.sub(r"-{2,}", "-", github_slug(p)).strip("-") or "notes" for p in bare.split("/")
        )
        slug, count = wanted, last.get(wanted, 1)
        while slug in taken:
            count += 1
            slug = f"{wanted}-{count}"
        last[wanted] = count
        taken.add(slug)
        slugs[path] = slug
    return slugs


def _read_all(
    files: Sequence[SourceFile],
    slugs: Mapping[str, str],
    cache: DocumentCache | None,
    jobs: int,
    progress: Progress | None,
) -> list[Document]:
    keys = [_cache_key(f.path, slugs[f.path], f.digest) for f in files]
    known = [_recalled(cache, key) for key in keys]
    missing = [i for i, document in enumerate(known) if document is None]
    work = [(files[i], slugs[files[i].path]) for i in missing]
    done = len(known) - len(missing)
    if progress:
        progress("reading", done, len(known))
    with no_search_for_circles():
        for place, document, packed in _documents(work, worth(work, jobs)):
            known[missing[place]] = document
            if cache is not None:
                cache.keep(keys[missing[place]], packed or _pack(document))
            done += 1
            if progress:
                progress("reading", done, len(known))
    return [document for document in known if document is not None]


def _recalled(cache: DocumentCache | None, key: bytes) -> Document | None:
    packed = cache.recall(key) if cache is not None else None
    try:
        return _unpack(packed) if packed else None
    except msgspec.DecodeError:
        return None


@contextmanager
def no_search_for_circles() -> Iterator[None]:
    """Python's search for values that hold each other, off for a while.

    A build makes a great many values and hardly a circle of them: the search finds nothing, over and over, in
    ever more of them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _documents(work: Sequence[Work], jobs: int) -> Iterator[tuple[int, Document, bytes]]:
    """Each document with its place in `work`; packed, too, where another process read it."""
    if jobs > 1:
        for place, packed in in_processes(_read_packed, work, jobs):
            yield place, _unpack(packed), packed
    else:
        for place, (file, slug) in enumerate(work):
            yield place, _read_one(file, slug), b""


def _read_packed(file: SourceFile, slug: str) -> bytes:
    return _pack(_read_one(file, slug))


def _read_one(file: SourceFile, slug: str) -> Document:
    if is_notebook(file.path):
        notebook = notebook_text(file.text)
        if notebook is None:
            problem = unread(
                file.path,
                "bad-notebook",
                "is no Jupyter notebook that can be read",
                "Save it again from Jupyter.",
            )
            empty = read_document("", file.path, slug, file.digest)
            return replace(empty, problems=(problem,))
        return read_document(notebook.text, file.path, slug, file.digest, notebook.line_numbers)
    return read_document(file.text, file.path, slug, file.digest)


@cache
def reader_version() -> str:
    """A digest of this package's own code: documents read by other code are read again."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _cache_key(path: str, slug: str, digest: str) -> bytes:
    return hashlib.sha256("\0".join((reader_version(), path, slug, digest)).encode()).digest()


def _is_there(path: str, found: Survey, lookups: dict[str, bool]) -> bool:
    """Whether a file is there; what was looked up is noted in `lookups`."""
    if path not in lookups:
        lookups[path] = found.has(path)
    return lookups[path]


def _with_files(document: Document, folder: Folder) -> Document:
    """The document with its pictures and links checked against the files that are there."""
    pictures = tuple(_placed(figure, document.path, folder) for figure in document.figures)
    placed = replace(document, figures=pictures)
    problems = {*document.problems, *broken_links(placed, folder)}
    return replace(placed, problems=tuple(sorted(problems, key=by_place)))


def _placed(figure: Figure, path: str, folder: Folder) -> Figure:
    target = local_target(figure.src, path)
    if target is None:
        return figure
    file = folder.file_at(target, figure.src)
    return replace(figure, file=file) if file else replace(figure, missing=True)
