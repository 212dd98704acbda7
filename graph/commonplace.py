"""What the notes speak of all the time, so that a link says nothing any more.

Pages link the other mentions only. Authors do the same: of the words that so many of their entries use they
link one use in ten, of the others every second. The mentions themselves stay: they are what a concept's page
lists, and where evidence is looked for.
"""

from collections.abc import Iterable, Sequence

from corpus.model import Corpus
from graph.model import Concept, ConceptId, Mention
from graph.order import glossaries_among

_PLACES = 20
_SHARE = 0.08


def commonplace(
    mentions: Iterable[Mention], concepts: Sequence[Concept], corpus: Corpus
) -> tuple[ConceptId, ...]:
    """The concepts that more than a few and more than a twelfth of all files mention, sorted.

    Of few files, the entries of glossaries are counted: in a course of a dozen lessons a link helps in each.
    """
    glossaries = glossaries_among([c.definitions[0] for c in concepts if c.definitions], corpus)
    by_file = len(corpus.documents) >= _PLACES
    entries = {s.id for s in corpus.sections() if s.passages and s.location.path in glossaries}
    least = max(_PLACES, _SHARE * len(corpus.documents if by_file else entries))
    places: dict[ConceptId, set[str]] = {}
    for mention in mentions:
        if by_file or mention.section in entries:
            places.setdefault(mention.concept, set()).add(mention.path if by_file else mention.section)
    return tuple(sorted(concept for concept, found in places.items() if len(found) >= least))
