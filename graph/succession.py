"""Which concept of one state of the notes is which of another: the same, renamed, merged into another or
split off from one.

Conservative: what could go on as two things goes on as none. Everything is decided alike in both directions,
so what is merged one way is split the other way.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from corpus.labels import label_key, singular
from graph.changes import Because, Succession
from graph.model import Concept, ConceptId
from graph.wording import words_of

_ENOUGH_WORDS = 5  # by fewer, two things can well be described alike
_NEARLY = 0.8  # less is shared by sentences that are built alike
_MOST_IN_A_PLACE = 40
_NAME = "\0"  # stands for a concept's own name in its definition


@dataclass(frozen=True, slots=True)
class Successions:
    """What went on as what. `same` has the concepts that kept their name or id, `renamed`, `merged` and
    `split` those that did not."""

    same: tuple[tuple[Concept, Concept], ...]
    renamed: tuple[Succession, ...]
    merged: tuple[Succession, ...]
    split: tuple[Succession, ...]


class _Side:
    """The concepts of one state, and which of them have a successor so far."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = concepts
        self.free = {concept.id: concept for concept in concepts}

    @cached_property
    def owners(self) -> dict[str, Concept]:
        """The concepts by the keys of their names. Made when it is asked for: mostly nothing is renamed."""
        return {
            label_key(label): concept
            for concept in reversed(self.concepts)
            for label in (*concept.hidden_labels, *concept.alt_labels, concept.pref_label)
        }

    def called(self, concept: Concept) -> Concept | None:
        """The concept here that has the name of one over there."""
        return self.owners.get(label_key(concept.pref_label))

    def is_free(self, concept: Concept | None) -> bool:
        return concept is not None and concept.id in self.free


def successions(before: Sequence[Concept], after: Sequence[Concept]) -> Successions:
    """What became of the concepts `before`."""
    old, new = _Side(before), _Side(after)
    same: list[tuple[Concept, Concept]] = []

    def pair(pairs: Iterable[tuple[Concept, Concept]]) -> list[tuple[Concept, Concept]]:
        found = list(pairs)
        for one, other in found:
            del old.free[one.id], new.free[other.id]
        return found

    same += pair(_alike(old, new, lambda concept: (concept.id, concept.pref_label)))
    same += pair(_alike(old, new, lambda concept: label_key(concept.pref_label)))
    same += pair(_alike(old, new, lambda concept: concept.id))
    renamed = [Succession(one, other, Because.LABEL) for one, other in pair(_called_alike(old, new))]
    signatures = (_signatures(before), _signatures(after)) if old.free or new.free else ({}, {})
    in_words = _defined_alike(old, new, *signatures) if old.free and new.free else []
    renamed += [Succession(one, other, Because.WORDS) for one, other in pair(in_words)]
    known = {one.id: other.id for one, other in same}
    known.update({succession.before.id: succession.after.id for succession in renamed})
    in_place = _placed_alike(old, new, known) if old.free and new.free else []
    renamed += [Succession(one, other, Because.PLACE) for one, other in pair(in_place)]
    partner = known | {one.id: other.id for one, other in in_place}
    back = {after: before for before, after in partner.items()}
    merged = [Succession(one, other, why) for one, other, why in _went_into(old, new, *signatures, back)]
    split = [
        Succession(other, one, why)
        for one, other, why in _went_into(new, old, signatures[1], signatures[0], partner)
    ]
    return Successions(tuple(same), tuple(renamed), tuple(merged), tuple(split))


def _alike(old: _Side, new: _Side, key: Callable[[Concept], Hashable]) -> Iterator[tuple[Concept, Concept]]:
    """Concepts with the same key, which nothing else on their side has."""
    ours, theirs = _by_one_key(old.free.values(), key), _by_one_key(new.free.values(), key)
    return ((concept, theirs[one]) for one, concept in ours.items() if one in theirs)


def _by_one_key(concepts: Iterable[Concept], key: Callable[[Concept], Hashable]) -> dict[Hashable, Concept]:
    concepts = list(concepts)
    counts = Counter(map(key, concepts))
    return {one: concept for concept in concepts if counts[one := key(concept)] == 1}


def _called_alike(old: _Side, new: _Side) -> list[tuple[Concept, Concept]]:
    """Concepts of which one's name is another name of the other, and of nothing else that is free."""
    forth = {one.id: found for one in old.free.values() if (found := new.called(one))}
    back = {other.id: found for other in new.free.values() if (found := old.called(other))}
    to, by = Counter(found.id for found in forth.values()), Counter(found.id for found in back.values())
    pairs: dict[tuple[ConceptId, ConceptId], tuple[Concept, Concept]] = {}
    for one in old.free.values():
        if (successor := forth.get(one.id)) and new.is_free(successor):
            pairs[one.id, successor.id] = (one, successor)
    for other in new.free.values():
        if (origin := back.get(other.id)) and old.is_free(origin):
            pairs[origin.id, other.id] = (origin, other)
    alone: list[tuple[Concept, Concept]] = []
    for (before, after), both in pairs.items():
        there = forth[before].id if before in forth else None
        here = back[after].id if after in back else None
        mutual = there == after and here == before
        only = there in (after, None) and here in (before, None) and to[after] <= 1 and by[before] <= 1
        if mutual or only:
            alone.append(both)
    return alone


# --- the same words ----------------------------------------------------------------------------------------

_Signature = tuple[str, ...]


def _signatures(concepts: Iterable[Concept]) -> dict[_Signature, set[ConceptId]]:
    """What each concept is defined by, without its own names; who shares it."""
    found: dict[_Signature, set[ConceptId]] = {}
    for concept in concepts:
        for signature in _signatures_of(concept):
            found.setdefault(signature, set()).add(concept.id)
    return found


def _signatures_of(concept: Concept) -> Iterator[_Signature]:
    for definition in concept.definitions:
        words = without_names(definition.text, concept)
        if sum(word != _NAME for word in words) >= _ENOUGH_WORDS:
            yield words


def without_names(text: str, concept: Concept) -> tuple[str, ...]:
    """The words of a text about a concept, a sign in the place of each of its names."""
    words = words_of(text)
    names = {tuple(words_of(n)) for n in (concept.pref_label, *concept.alt_labels, *concept.hidden_labels)}
    for name in sorted(filter(None, names), key=lambda name: (-len(name), name)):
        words = list(_masked(words, name))
    return tuple(words)


def _masked(words: Sequence[str], name: Sequence[str]) -> Iterator[str]:
    *first, last = name
    singulars, at = {last, singular(last)}, 0
    while at < len(words):
        end = at + len(name)
        if end <= len(words) and list(words[at : end - 1]) == first and _is(words[end - 1], singulars):
            yield _NAME
            at = end
        else:
            yield words[at]
            at += 1


def _is(word: str, singulars: Container[str]) -> bool:
    return word in singulars or singular(word) in singulars


def _defined_alike(
    old: _Side,
    new: _Side,
    ours: Mapping[_Signature, set[ConceptId]],
    theirs: Mapping[_Signature, set[ConceptId]],
) -> list[tuple[Concept, Concept]]:
    """Concepts that are defined in the same words, as nothing else is on either side."""
    pairs = set()
    for signature in ours.keys() & theirs.keys():
        one, other = ours[signature], theirs[signature]
        if len(one) == len(other) == 1:
            pairs.add((next(iter(one)), next(iter(other))))
    return _only_ones(old, new, pairs)


def _only_ones(
    old: _Side, new: _Side, pairs: Iterable[tuple[ConceptId, ConceptId]]
) -> list[tuple[Concept, Concept]]:
    """The pairs of free concepts that are in one pair only, and whose names say nothing else."""
    free = [
        (one, other)
        for one, other in sorted(pairs)
        if one in old.free
        and other in new.free
        and not new.called(old.free[one])
        and not old.called(new.free[other])
    ]
    left, right = Counter(one for one, _ in free), Counter(other for _, other in free)
    return [(old.free[a], new.free[b]) for a, b in free if left[a] == right[b] == 1]


# --- the same place ----------------------------------------------------------------------------------------


def _placed_alike(
    old: _Side, new: _Side, known: Mapping[ConceptId, ConceptId]
) -> list[tuple[Concept, Concept]]:
    """Concepts in nearly the same words, first defined in the same section or between the same others."""
    ours = _by_place(old, known)
    theirs = _by_place(new, {after: after for after in known.values()})
    # Made once for each concept, and two concepts are compared once, in however many places they meet.
    words = [
        {
            concept.id: _numbered(without_names(concept.definitions[0].text, concept))
            for concept in side.free.values()
            if concept.definitions
        }
        for side in (old, new)
    ]
    near: dict[tuple[ConceptId, ConceptId], bool] = {}
    for place in ours.keys() & theirs.keys():
        one, other = ours[place], theirs[place]
        if max(len(one), len(other)) <= _MOST_IN_A_PLACE:
            for pair in product((concept.id for concept in one), (concept.id for concept in other)):
                if pair not in near:
                    near[pair] = _nearly(words[0][pair[0]], words[1][pair[1]])
    return _only_ones(old, new, (pair for pair, alike in near.items() if alike))


def _numbered(words: Iterable[str]) -> frozenset[str]:
    """Words with the number of times that each has come up: what two of these have in common is what their
    words have, as `shared` counts it, and takes no counting."""
    seen: Counter[str] = Counter()
    found = []
    for word in words:
        seen[word] += 1
        found.append(f"{word} {seen[word]}")
    return frozenset(found)


def _nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    total = len(one) + len(other)
    return min(len(one), len(other)) >= _ENOUGH_WORDS and 2 * len(one & other) >= _NEARLY * total


def _by_place(side: _Side, known: Mapping[ConceptId, ConceptId]) -> dict[Hashable, list[Concept]]:
    """The free concepts by section, and by the known ones that they stand between in their file."""
    fixed: dict[str, list[tuple[int, ConceptId]]] = {}
    for concept in side.concepts:
        if concept.id in known and concept.definitions:
            where = concept.definitions[0].location
            fixed.setdefault(where.path, []).append((where.first_line, known[concept.id]))
    for places in fixed.values():
        places.sort()
    found: dict[Hashable, list[Concept]] = {}
    for concept in side.free.values():
        for definition in concept.definitions[:1]:
            where = definition.location
            others = fixed.get(where.path, [])
            at = bisect_left(others, (where.first_line, ConceptId("")))
            above = others[at - 1][1] if at else None
            below = others[at][1] if at < len(others) else None
            found.setdefault((definition.section,), []).append(concept)
            found.setdefault((where.path, above, below), []).append(concept)
    return found


# --- merged, split -----------------------------------------------------------------------------------------


def _went_into(
    here: _Side,
    there: _Side,
    ours: Mapping[_Signature, set[ConceptId]],
    theirs: Mapping[_Signature, set[ConceptId]],
    origin: Mapping[ConceptId, ConceptId],
) -> Iterator[tuple[Concept, Concept, Because]]:
    """The concepts here that have no successor, whose name or words are another concept's there. `origin`
    says what concepts there were called here."""
    all_there = {concept.id: concept for concept in there.concepts}
    for concept in here.free.values():
        if called := there.called(concept):
            yield concept, called, Because.LABEL
            continue
        owners = {
            owner
            for signature in _signatures_of(concept)
            if len(ours[signature]) == 1  # else it was there before
            for owner in theirs.get(signature, ())
        }
        if len(owners) == 1 and (owner := owners.pop()) in origin:
            yield concept, all_there[owner], Because.WORDS
