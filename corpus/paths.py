"""Which files are notes, and which of them a path may mean that says less than the whole.

Links leave endings out, name folders for their front pages, and name the page of a site for the notes that
it is made of. Everything that looks for notes by a path asks here.
"""

import re
from collections.abc import Collection, Iterator

SUFFIXES = (
    *(".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".mdx"),
    *(".qmd", ".rmd", ".ipynb"),  # Quarto, R Markdown, Jupyter
)
PAGES = (".html", ".htm", ".php")
_FRONTS = ("index", "README", "readme", "_index", "Readme")
# As files are called: R Markdown is written with a capital letter.
_WRITTEN = (*SUFFIXES, ".Rmd", ".MD")
_ENDING = re.compile(rf"(?:{'|'.join(map(re.escape, SUFFIXES))})\Z", re.IGNORECASE)


def is_note(path: str) -> bool:
    """Whether a path ends as notes do.

    >>> is_note("sea/Tides.Rmd"), is_note("sea/tides.csv")
    (True, False)
    """
    return bool(_ENDING.search(path))


def is_notebook(path: str) -> bool:
    """Whether a path ends as Jupyter notebooks do."""
    return path.lower().endswith(".ipynb")


def without_ending(path: str) -> str:
    """A path without the ending of notes.

    >>> without_ending("sea/Tides.qmd"), without_ending("sea/v1.2")
    ('sea/Tides', 'sea/v1.2')
    """
    return _ENDING.sub("", path)


def note_meant(path: str, notes: Collection[str]) -> str | None:
    """The note that a path means: the file itself, the file of that name with any ending, the front page of a
    folder, or what the page of a site is made of; None if there is none.

    >>> note_meant("sea/tides.html", {"sea/tides.qmd"}), note_meant("sea/", {"sea/index.md"})
    ('sea/tides.qmd', 'sea/index.md')
    """
    return next((meant for meant in _meant(path) if meant in notes), None)


def _meant(path: str) -> Iterator[str]:
    yield path
    bare = path.strip("/").removeprefix("./")
    bare = "" if bare == "." else bare
    if bare.lower().endswith(PAGES):
        bare = bare.rpartition(".")[0]
    yield from (bare + ending for ending in _WRITTEN)
    folder = f"{bare}/" if bare else ""
    yield from (f"{folder}{front}{ending}" for front in _FRONTS for ending in _WRITTEN)
