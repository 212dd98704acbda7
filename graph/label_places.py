"""Where the labels of concepts are stated: the words there, which evidence from names quotes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.labels import label_key
from corpus.model import Corpus, Definition, NamePair, Passage, Section, SourceLocation, Topic
from corpus.quoting import quoted, seen_words
from graph.drafts import Draft
from graph.model import Concept, ConceptId


class LabelPlaces:
    """Where each label of a concept is stated: the words there, as in the source, and their lines. Looked for
    when asked: most labels are never quoted."""

    def __init__(self, concepts: Sequence[Concept], drafts: Sequence[Draft], corpus: Corpus) -> None:
        self._sections = {s.id: s for s in corpus.sections()}
        self._stated: dict[tuple[ConceptId, str], Definition | Topic | NamePair] = {}
        for concept, draft in zip(concepts, drafts, strict=True):
            for definition in draft.definitions:
                self._note(concept, definition, definition.term, *(a.label for a in definition.aliases))
            for topic in draft.topics:
                self._note(concept, topic, topic.term, *(a.label for a in topic.aliases))
            for pair in draft.pairs:
                self._note(concept, pair, pair.long, pair.short)

    def _note(self, concept: Concept, by: "Definition | Topic | NamePair", *labels: str) -> None:
        for label in labels:
            self._stated.setdefault((concept.id, label), by)

    def of(self, concept: ConceptId, label: str) -> tuple[str, SourceLocation, str] | None:
        """The words that state a label and their lines; None for a label that is stated nowhere."""
        by = self._stated.get((concept, label))
        if by is None:
            return None
        section = self._sections[by.section]
        match by:
            case Definition():
                passages = by.passages
            case Topic():
                passages = ()
                if not section.raw_title:
                    return label, _above(section), ""
            case NamePair():
                passages = tuple(p for p in section.passages if _holds(p.location, by.location))
        return _stated_at(label, passages, section, by.location)


def _holds(outer: SourceLocation, inner: SourceLocation) -> bool:
    return outer.first_line <= inner.first_line and inner.last_line <= outer.last_line


def _above(section: Section) -> SourceLocation:
    """The lines above the text of a section without a heading: there stands what it is called."""
    text = min((p.location.first_line for p in section.passages), default=section.location.last_line + 1)
    return replace(section.location, last_line=max(section.location.first_line, text - 1))


def _stated_at(
    label: str, passages: Iterable[Passage], section: Section, location: SourceLocation
) -> tuple[str, SourceLocation, str]:
    """A label's words as the source has them: in the heading, in the text, else as they are; also as a reader
    sees them, where that is not the same."""
    heading = section.location.first_line == location.first_line
    if heading and section.raw_title and label_key(label) in label_key(section.title):
        lines = replace(location, last_line=location.first_line)
        return section.raw_title, lines, seen_words(section.raw_title, section.title)
    # To the ends of the words: a quote holds no half of one.
    written = r"\s+".join(map(re.escape, label.split()))
    words = re.compile(rf"(?<!\w){written}\w*", re.IGNORECASE)
    for passage in () if heading and label in section.title else passages:
        if found := words.search(passage.text):
            return quoted(passage, found.start(), found.end())
    return label, location, ""
