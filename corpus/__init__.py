"""Reading notes: Markdown and notebooks in, what they say out."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.files import Survey, survey
    from corpus.inlines import plain_text
    from corpus.labels import label_key
    from corpus.model import Corpus, Document
    from corpus.reading import DocumentCache, read_corpus, read_surveyed, sample_folder

_HOMES = {
    "Corpus": "corpus.model",
    "Document": "corpus.model",
    "DocumentCache": "corpus.reading",
    "Survey": "corpus.files",
    "label_key": "corpus.labels",
    "plain_text": "corpus.inlines",
    "read_corpus": "corpus.reading",
    "read_surveyed": "corpus.reading",
    "sample_folder": "corpus.reading",
    "survey": "corpus.files",
}


def __getattr__(name: str) -> object:
    """A name is fetched when it is asked for: a command that only needs an error does not wait for all that
    reads notes."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


__all__ = [
    "Corpus",
    "Document",
    "DocumentCache",
    "Survey",
    "label_key",
    "plain_text",
    "read_corpus",
    "read_surveyed",
    "sample_folder",
    "survey",
]
