"""What the notes speak of all the time, so that a link says nothing any more.

Pages link the other mentions only. Authors of glossaries do the same: of the words that so many of their
entries use they link one use in ten, of the others every second. Whoever reads a course may have forgotten
what a word meant, so there it takes more. The mentions themselves stay: they are what a concept's page lists,
and where evidence is looked for.
"""

from collections.abc import Iterable, Sequence

from corpus.model import Corpus
from graph.model import Concept, ConceptId, Mention
from graph.order import glossaries_among, in_no_order

_PLACES = 20
_SHARE_OF_ENTRIES = 1 / 12
_SHARE_OF_FILES = 0.5


def commonplace(
    mentions: Iterable[Mention], concepts: Sequence[Concept], corpus: Corpus
) -> tuple[ConceptId, ...]:
    """The concepts that twenty and at least a twelfth of the entries of a glossary mention, or twenty and at
    least half of the files of other notes, sorted.

    Of few files only the entries of glossaries are counted: in a course of a dozen lessons a link helps in
    each.
    """
    first = [c.definitions[0] for c in concepts if c.definitions]
    by_file = len(corpus.documents) >= _PLACES
    glossaries = glossaries_among(first, corpus)
    entries = {s.id for s in corpus.sections() if s.passages and s.location.path in glossaries}
    if by_file:
        of_entries = 2 * len(in_no_order(first)) >= len(corpus.documents)
        least = (_SHARE_OF_ENTRIES if of_entries else _SHARE_OF_FILES) * len(corpus.documents)
    else:
        least = _SHARE_OF_ENTRIES * len(entries)
    places: dict[ConceptId, set[str]] = {}
    for mention in mentions:
        if by_file or mention.section in entries:
            places.setdefault(mention.concept, set()).add(mention.path if by_file else mention.section)
    return tuple(sorted(concept for concept, found in places.items() if len(found) >= max(_PLACES, least)))
