"""Looked up in finished concepts: whose a name is, and what a section is about."""

from collections import defaultdict
from collections.abc import Sequence

from corpus.labels import label_key, label_words
from corpus.model import Corpus, DefinitionStyle, SectionId
from graph.model import Concept

# A section that defines so is about what it defines, and does not just define it in passing.
PAGE_STYLES = frozenset(
    {DefinitionStyle.HEADING, DefinitionStyle.FRONT_MATTER, DefinitionStyle.TITLE, DefinitionStyle.FILE_NAME}
)


def owners_of(concepts: Sequence[Concept]) -> dict[str, Concept]:
    """Whose label, or id, each folded name is."""
    hidden = {label_key(label): c for c in concepts for label in c.hidden_labels}
    ids = {label_key(c.id): c for c in concepts}
    shown = {label_key(label): c for c in concepts for label in (*c.alt_labels, c.pref_label)}
    return hidden | ids | shown


def subjects_of(corpus: Corpus, concepts: Sequence[Concept]) -> dict[SectionId, list[Concept]]:
    """The concepts that sections are about: those that they define under their heading, and those that the
    heading names and nothing defines."""
    titles = {section.id: padded(section.title) for section in corpus.sections()}
    about: dict[SectionId, list[Concept]] = defaultdict(list)
    for concept in concepts:
        places = [d.section for d in concept.definitions if d.style in PAGE_STYLES]
        if not concept.definitions and concept.section:
            places = [s for s in [concept.section] if padded(concept.pref_label) in titles[s]]
        for place in dict.fromkeys(places):
            about[place].append(concept)
    return dict(about)


def padded(name: str) -> str:
    """The words of a name, so that another name stands in it only with whole words."""
    return f" {' '.join(label_words(name))} "
