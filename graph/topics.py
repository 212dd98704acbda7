"""Headings that name something without defining it: which of them are concepts."""

import re
from collections.abc import Container, Sequence
from itertools import combinations

from corpus.headings import bare_heading, is_meta_heading
from corpus.labels import label_key, label_words
from corpus.model import Corpus, DefinitionStyle, SectionContent, SectionId, Topic
from graph.memory import Memory
from graph.mentions import LabelFinder
from graph.naming import Names

_OF_MORE = re.compile(r"\s(?:in|for|with|and|using|to|from|on|by|as|at|or)\s|[&:?]", re.IGNORECASE)


def topics_worth_keeping(
    corpus: Corpus, names: Names, defined: set[str], named: set[str], memory: Memory
) -> list[Topic]:
    """Topics that are concepts: those that fold into one that is defined, those with a picture, empty ones
    that the notes speak of elsewhere or whose name is made of that of another, the titles of whole documents
    that other sections speak of, and all such titles in notes that have a page for each concept."""
    topics = [t for document in corpus.documents for t in document.topics]
    candidates = [
        t for t in topics if names.find(label_key(t.term)) not in defined and not _OF_MORE.search(t.term)
    ]
    used = _used_elsewhere(corpus, candidates, memory)
    containers = _containers(corpus)
    possible = {topic for topic in candidates if topic.section not in containers}
    titles = {s.id for s in corpus.sections() if s.level <= 1}
    called = [t for t in topics if t.section in titles]
    spoken_of = {label_key(t.term) for t in called if t in used}
    entries = set(called) if _a_page_each(corpus, names, defined, spoken_of) else set()
    kept = []
    for topic in topics:
        if names.find(label_key(topic.term)) in defined or topic in entries:
            kept.append(topic)
        elif topic in possible and len(topic.term.split()) <= 4:
            pictured = topic.content is SectionContent.PICTURES
            stub = topic.content is SectionContent.EMPTY
            page = len(corpus.documents) > 1 and topic.section in titles and topic in used
            leans = _head_is_defined(topic.term, names, defined) or _begins_with_a_name(
                topic.term, names, named
            )
            if pictured or page or (stub and (topic in used or leans)):
                kept.append(topic)
    return kept


def _containers(corpus: Corpus) -> set[SectionId]:
    """The headings over sections of which most define something: they say what these have in common."""
    found: set[SectionId] = set()
    for document in corpus.documents:
        defining = {d.section for d in document.definitions if d.style is DefinitionStyle.HEADING}
        below: dict[SectionId, list[SectionId]] = {}
        for section in document.sections if len(defining) > 1 else ():
            if section.parent and not is_meta_heading(section.title):
                below.setdefault(section.parent, []).append(section.id)
        found |= {
            above for above, those in below.items() if len(defining.intersection(those)) * 2 > len(those) > 1
        }
    return found


_FEW_PAGES = 8


def _a_page_each(corpus: Corpus, names: Names, defined: Container[str], spoken_of: Container[str]) -> bool:
    """Whether the notes have a page for each concept: most documents are called by what they define or by
    what other sections speak of."""
    titles = [label_key(bare_heading(document.title)) for document in corpus.documents]
    known = sum(names.find(title) in defined or title in spoken_of for title in titles)
    return len(titles) >= _FEW_PAGES and 2 * known >= len(titles)


def _head_is_defined(term: str, names: Names, defined: set[str]) -> bool:
    words = label_words(term)
    return any(names.find(label_key(" ".join(words[i:]))) in defined for i in range(1, len(words)))


def _begins_with_a_name(term: str, names: Names, named: set[str]) -> bool:
    """Whether words before the last one of a term are the name of something: "tide table"."""
    words = label_words(term)
    return any(
        names.find(label_key(" ".join(words[i:j]))) in named for i, j in combinations(range(len(words)), 2)
    )


def _used_elsewhere(corpus: Corpus, topics: Sequence[Topic], memory: Memory) -> set[Topic]:
    finder = LabelFinder((i, (t.term,)) for i, t in enumerate(topics))
    used: set[Topic] = set()
    keys = [label_key(t.term) for t in topics]
    by_key: dict[str, list[Topic]] = {}
    for topic, key in zip(topics, keys, strict=True):
        by_key.setdefault(key, []).append(topic)
    for document in corpus.documents:
        for key, section in {(spot.name, spot.section) for spot in memory.spots(document, finder, keys)}:
            used.update(t for t in by_key[key] if t.section != section)
    return used
