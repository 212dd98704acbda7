"""What the notes' own links call the things that they lead to.

An author who links "the falling" to the page of ebb, and not once but again, speaks of ebb by these words. A
single link can say anything ("here", "as we saw"), and words that lead to several places name none of them.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from corpus.headings import is_meta_heading
from corpus.labels import label_key, looks_like_term
from corpus.model import Corpus, Document, LocalLink, SectionId
from corpus.paths import note_meant
from corpus.wikilinks import wiki_name
from graph.scope import is_everyday

_OFTEN = 2
_LONGEST = 4  # words


def called_in_links(corpus: Corpus, about: Mapping[SectionId, str]) -> Iterator[tuple[str, str]]:
    """Labels that links give to what a section is about, each with that, in the order of the first such
    link; `about` tells what the sections are about."""
    documents = {document.path: document for document in corpus.documents}
    anchors = {(s.location.path, s.anchor): about[s.id] for s in corpus.sections() if s.id in about}
    led_to: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    places: dict[str, set[object]] = {}
    for document in corpus.documents:
        for link in document.links:
            key = label_key(link.title)
            target = _about(link, document, documents, anchors, about)
            led_to.setdefault(key, set()).add(target)
            written.setdefault(key, link.title)
            places.setdefault(key, set()).add(link.location)
    for key, targets in led_to.items():
        label = " ".join(written[key].split())
        if len(targets) == 1 and len(places[key]) >= _OFTEN and _is_name(label):
            (target,) = targets
            if target:
                yield target, label


def _is_name(label: str) -> bool:
    plain = is_meta_heading(label) or is_everyday(label) or "(" in label
    return looks_like_term(label, longest=_LONGEST) and not plain


def _about(
    link: LocalLink,
    document: Document,
    documents: Mapping[str, Document],
    anchors: Mapping[tuple[str, str], str],
    about: Mapping[SectionId, str],
) -> str:
    """What a link leads to is about, "" for nothing known. A link by name says itself whom it means."""
    if wiki_name(link.url):
        return ""
    path, _, anchor = link.url.partition("#")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(path)))
    note = document.path if not path else note_meant(there, documents)
    if note is None:
        return ""
    sections = documents[note].sections
    if anchor:
        return anchors.get((note, unquote(anchor)), "")
    return next((about[s.id] for s in sections if s.level <= 1 and s.id in about), "")
