"""Reading notes: Markdown and notebooks in, what they say out."""

from corpus.files import Survey, survey
from corpus.labels import label_key
from corpus.markdown import plain_text
from corpus.model import Corpus, Document
from corpus.reading import DocumentCache, read_corpus, read_surveyed, sample_folder

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
