"""The files that a text includes: what stands in them is read where they are named.

--8<-- "tides.md"     {{#include tides.md}}     ```{include} tides.md     {{< include _tides.qmd >}}
{% include tides.md %}     import Tides from './_tides.mdx'
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from posixpath import basename, dirname, normpath

from corpus.model import Document

_PATH = r"[^\s\"'<>{}|:*?]+\.(?:md|markdown|mdx|qmd|rmd)"
_INCLUDED = re.compile(
    rf"""
      ^[ \t]*[-;]+8<[-]+[ \t]+["']?(?P<snippet>{_PATH})
    | \{{\{{\#include[ \t]+(?P<mdbook>{_PATH})
    | ^[ \t]*(?:`{{3,}}|:{{3,}}|~{{3,}})[ \t]*\{{include\}}[ \t]+(?P<myst>{_PATH})
    | \{{\{{[<%][ \t]*include[ \t]+["']?(?P<quarto>{_PATH})
    | \{{%-?[ \t]*include(?:[_-]relative|-markdown)?[ \t]+["']?(?P<liquid>{_PATH})
    | ^import[ \t]+\w+[ \t]+from[ \t]+["'](?P<mdx>{_PATH})["']
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_MARKS = ("8<", "nclude", "import ")


def includes_of(text: str) -> tuple[str, ...]:
    """The files that a text includes, as it names them, each once."""
    if not _is_marked(text):
        return ()
    lines = filter(_is_marked, text.split("\n"))
    found = (match for line in lines for match in _INCLUDED.finditer(line))
    return tuple(dict.fromkeys(match[match.lastgroup or 0] for match in found))


def _is_marked(text: str) -> bool:
    return any(mark in text for mark in _MARKS)


def only_included(documents: Sequence[Document], listed: frozenset[str]) -> Mapping[str, str]:
    """The documents that are only ever included, each with the first one that includes it: nothing links to
    them, and no table of contents lists them."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for document in documents if any(d.includes for d in documents) else ():
        by_name[basename(document.path)].append(document.path)
    linked = {path for d in documents for path in d.linked_files if path != d.path} | listed
    found: dict[str, str] = {}
    for document in documents:
        for target in document.includes:
            path = _meant(target, document.path, by_name.get(basename(target), ()))
            if path and path != document.path and path not in linked:
                found.setdefault(path, document.path)
    return {path: by for path, by in found.items() if not _in_a_circle(path, found)}


def _meant(target: str, path: str, called_so: Sequence[str]) -> str | None:
    """The document that a name means, among those called so: beside the one that names it, or where the names
    of files begin, which may be any folder."""
    for folder in (dirname(path), ""):
        joined = normpath(f"{folder}/{target}").lstrip("/")
        if joined in called_so:
            return joined
    below = [p for p in called_so if p.endswith(f"/{target.lstrip('./')}")]
    return below[0] if len(below) == 1 else None


def _in_a_circle(path: str, by: Mapping[str, str]) -> bool:
    """Whether documents include each other, so that none of them stands by itself."""
    seen = {path}
    while (path := by.get(path, "")) and path not in seen:
        seen.add(path)
    return bool(path)
