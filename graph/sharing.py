"""Which of the concepts that share a label it means, by where it stands.

The notes say in some places what a shared label means there: where one of the concepts is defined or written
out beside it. In such a section it means that one, else the one of its lesson, else the one of its document.
Where none of these says it, or says several, it means the one that the notes write out most; of names that
their authors had to put in brackets ("luff (of a sail)") none: the bare word means other things, too.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.labels import label_key
from corpus.model import Corpus, SectionId
from graph.model import Concept


class SharedLabels:
    """The labels that several concepts share. Their owners are numbered on behind the concepts."""

    def __init__(self, corpus: Corpus, concepts: Sequence[Concept], owners: Mapping[str, int]) -> None:
        self._first = len(concepts)
        self._scopes = _scopes(corpus)
        sharing: dict[str, list[Concept]] = {}
        written: dict[str, str] = {}
        for concept in concepts:
            for label in concept.shared_labels:
                sharing.setdefault(label_key(label), []).append(concept)
                written.setdefault(label_key(label), label)
        several = {key: those for key, those in sharing.items() if len(those) > 1}
        self._numbers = {key: self._first + n for n, key in enumerate(several)}
        self.labels = [(number, (written[key],)) for key, number in self._numbers.items()]
        # For each label, how often each scope says that it means each concept.
        self._said: list[dict[str, Counter[int]]] = [{} for _ in several]
        self._most: list[int | None] = [None] * len(several)
        self._note_all(corpus, several, owners)

    def _note_all(
        self, corpus: Corpus, several: Mapping[str, Sequence[Concept]], owners: Mapping[str, int]
    ) -> None:
        for key, concepts in several.items():
            for concept in concepts:
                for section in {d.section for d in concept.definitions} | {concept.section}:
                    self._note(key, concept.position, section)
        for document in corpus.documents:
            for pair in document.name_pairs:
                owner = owners.get(label_key(pair.long))
                if owner is not None and label_key(pair.short) in several:
                    self._note(label_key(pair.short), owner, pair.section)
        for key, concepts in several.items():
            number = self._numbers[key] - self._first
            written_out = all(not c.pref_label.endswith(")") for c in concepts)
            self._most[number] = _one(self._said[number].get("", Counter())) if written_out else None

    def _note(self, key: str, concept: int, section: SectionId | None) -> None:
        said = self._said[self._numbers[key] - self._first]
        for scope in (*self._scopes.get(section or SectionId(""), ()), ""):
            said.setdefault(scope, Counter())[concept] += 1

    def is_shared(self, owner: int) -> bool:
        """Whether an owner is one of these labels, and no concept."""
        return owner >= self._first

    def meant(self, owner: int, section: SectionId) -> int | None:
        """The position of the concept that a shared label means in a section; None if that cannot be told."""
        said = self._said[owner - self._first]
        for scope in self._scopes[section]:
            if scope in said and len(said[scope]) == 1:
                return _one(said[scope])
        return self._most[owner - self._first]


def _one(counted: Counter[int]) -> int | None:
    """What was counted most, None if several were."""
    first, *others = [*counted.most_common(2), (0, 0)]
    return first[0] if first[1] > others[0][1] else None


def _scopes(corpus: Corpus) -> dict[SectionId, tuple[str, ...]]:
    """What a section is in, the narrowest first; marks keep sections, lessons and documents apart."""
    lesson_of = corpus.lesson_of()
    return {
        section.id: (
            f"section {section.id}",
            *(f"lesson {lesson}" for lesson in [lesson_of.get(section.id)] if lesson),
            f"document {section.location.path}",
        )
        for section in corpus.sections()
    }
