"""What changed from one state of the notes to another: pure functions over frozen values.

The other way round everything is told the other way round: what was added is removed, what was merged is
split. A state compared with itself has no changes.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import networkx as nx

from corpus.labels import label_key
from corpus.model import Definition, Lesson, LessonId, Section, SectionId, SourceLocation
from graph.changes import (
    Because,
    Changes,
    DefinitionChange,
    EdgeChange,
    LessonRenaming,
    SectionMove,
    State,
    Succession,
)
from graph.model import Concept, ConceptId, Prerequisite
from graph.succession import Successions, successions, without_names
from graph.wording import shared, words_of

_CHANGED = 0.5  # of two definitions in different places: the words that must be shared
_ENOUGH_WORDS = 5  # of a section, to be known again by its words
_MOST_PAIRED = 40  # definitions of one concept, or of those merged into it

T = TypeVar("T")


def changes_between(before: State, after: State) -> Changes:
    """All that changed from `before` to `after`."""
    found = successions(before.concepts, after.concepts)
    concepts = _concept_changes(before.concepts, after.concepts, found)
    gained, lost = _edges(before, after, found)
    sections = _same_sections(before.sections, after.sections, concepts.renamed)
    lessons = _same_lessons(before, after, sections)
    return replace(
        concepts,
        gained=gained,
        lost=lost,
        moved=_moved(sections, before, after, lessons),
        lessons_added=_others(after.lessons, (b.id for _, b in lessons)),
        lessons_removed=_others(before.lessons, (a.id for a, _ in lessons)),
        lessons_renamed=tuple(LessonRenaming(a, b) for a, b in lessons if (a.id, a.title) != (b.id, b.title)),
    )


def concept_changes(before: Sequence[Concept], after: Sequence[Concept]) -> Changes:
    """What changed in concepts and their definitions alone."""
    return _concept_changes(before, after, successions(before, after))


def _concept_changes(before: Sequence[Concept], after: Sequence[Concept], found: Successions) -> Changes:
    called_anew = (
        Succession(one, other, Because.LABEL)
        for one, other in found.same
        if one.pref_label != other.pref_label
    )
    renamed = sorted((*found.renamed, *called_anew), key=lambda s: _order(s.after))
    went = {s.before.id for s in (*found.renamed, *found.merged)} | {one.id for one, _ in found.same}
    came = {s.after.id for s in (*found.renamed, *found.split)} | {other.id for _, other in found.same}
    return Changes(
        added=_others(after, came),
        removed=_others(before, went),
        renamed=tuple(renamed),
        merged=tuple(sorted(found.merged, key=lambda s: (_order(s.after), _order(s.before)))),
        split=tuple(sorted(found.split, key=lambda s: (_order(s.before), _order(s.after)))),
        definitions=tuple(
            sorted(
                (change for group in _groups(before, after, found) for change in _redefined(*group)),
                key=lambda change: (_place_of(change), _text_of(change)),
            )
        ),
    )


def _order(concept: Concept) -> tuple[int, ConceptId]:
    return concept.position, concept.id


K = TypeVar("K", Concept, Lesson)


def _others(all_: Iterable[K], known: Iterable[str]) -> tuple[K, ...]:
    known = set(known)
    return tuple(one for one in all_ if one.id not in known)


# --- definitions -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Owned:
    """A definition, whose it was on its own side, and what that is called now."""

    own: Concept
    now: Concept
    definition: Definition

    def text(self) -> str:
        return " ".join(self.definition.text.split())

    def but_for_names(self) -> tuple[str, ...]:
        return without_names(self.definition.text, self.own)


def _groups(
    before: Sequence[Concept], after: Sequence[Concept], found: Successions
) -> Iterator[tuple[list[_Owned], list[_Owned]]]:
    """The definitions of what was one concept or several and now is one or several, on both
    sides, where they are not the same."""
    joined = [(s.before, s.after) for s in (*found.renamed, *found.merged, *found.split)]
    ends = ({one.id for one, _ in joined}, {other.id for _, other in joined})
    linked = [
        (one, other)
        for one, other in found.same
        if one.id in ends[0]
        or other.id in ends[1]
        or [d.text for d in one.definitions] != [d.text for d in other.definitions]
    ]
    linked += joined
    root = _joined([((0, one.id), (1, other.id)) for one, other in linked])
    called = {one.id: other for one, other in reversed(linked)}
    groups: dict[Hashable, tuple[list[_Owned], list[_Owned]]] = {}
    for side, concepts in enumerate((before, after)):
        for concept in concepts:
            if (side, concept.id) in root:
                group = groups.setdefault(root[side, concept.id], ([], []))
                now = concept if side else called[concept.id]
                group[side].extend(_Owned(concept, now, definition) for definition in concept.definitions)
    yield from groups.values()


def _joined(links: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, Hashable]:
    """For everything that is linked, one that stands for all that it is linked to."""
    groups: nx.utils.UnionFind[Hashable] = nx.utils.UnionFind()
    for one, other in links:
        groups.union(one, other)
    return {one: groups[one] for one in list(groups)}


def _redefined(before: list[_Owned], after: list[_Owned]) -> Iterator[DefinitionChange]:
    gone, new = _without_equal(before, after, _Owned.text)
    # What only uses the new name is told by the renaming.
    gone, new = _without_equal(gone, new, _Owned.but_for_names) if gone and new else (gone, new)
    pairs = _most_alike(gone, new) if max(len(gone), len(new)) <= _MOST_PAIRED else []
    for a, b in pairs:
        yield DefinitionChange(new[b].now, gone[a].definition, new[b].definition)
    left, right = {a for a, _ in pairs}, {b for _, b in pairs}
    yield from (DefinitionChange(o.now, o.definition, None) for n, o in enumerate(gone) if n not in left)
    yield from (DefinitionChange(o.now, None, o.definition) for n, o in enumerate(new) if n not in right)


def _without_equal(
    one: Sequence[T], other: Sequence[T], key: Callable[[T], Hashable]
) -> tuple[list[T], list[T]]:
    """What is left on both sides when equals have gone in pairs."""
    both = Counter(map(key, one)) & Counter(map(key, other))
    return _without(one, key, both), _without(other, key, both)


def _without(things: Sequence[T], key: Callable[[T], Hashable], counts: Counter[Hashable]) -> list[T]:
    counts, kept = counts.copy(), []
    for thing in things:
        if counts[key(thing)] > 0:
            counts[key(thing)] -= 1
        else:
            kept.append(thing)
    return kept


def _most_alike(gone: Sequence[_Owned], new: Sequence[_Owned]) -> list[tuple[int, int]]:
    """Pairs of definitions of which one is the other in new words, the most alike first. What stands in the
    same section is one however it reads, and so is the only one that is left on both sides."""
    scored = []
    words = [[words_of(owned.definition.text) for owned in side] for side in (gone, new)]
    for a, one in enumerate(gone):
        for b, other in enumerate(new):
            alike = shared(words[0][a], words[1][b])
            here = one.definition.section == other.definition.section
            if here or alike >= _CHANGED:
                scored.append((-(alike + here), abs(a - b), a + b, a, b))
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(gone))), set(range(len(new)))
    for *_, a, b in sorted(scored):
        if a in left and b in right:
            pairs.append((a, b))
            left.remove(a)
            right.remove(b)
    return [*pairs, (left.pop(), right.pop())] if len(left) == len(right) == 1 else pairs


def _place_of(change: DefinitionChange) -> SourceLocation:
    shown = change.after or change.before
    return shown.location if shown else SourceLocation("", 0, 0)


def _text_of(change: DefinitionChange) -> tuple[str, str]:
    return change.before.text if change.before else "", change.after.text if change.after else ""


# --- prerequisites -----------------------------------------------------------------------------------------


def _edges(
    before: State, after: State, found: Successions
) -> tuple[tuple[EdgeChange, ...], tuple[EdgeChange, ...]]:
    """Prerequisites that are new and gone, of targets that there are on both sides: those of a new concept
    come with it."""
    linked = [*found.same, *((s.before, s.after) for s in (*found.renamed, *found.merged, *found.split))]
    root = _joined([((0, one.id), (1, other.id)) for one, other in linked])

    def keyed(side: int, state: State) -> dict[Hashable, Prerequisite]:
        edges: dict[Hashable, Prerequisite] = {}
        for edge in state.prerequisites:
            first, target = (side, edge.prerequisite), (side, edge.target)
            ends = root.get(first, first), root.get(target)
            if ends[1] is not None and ends[0] != ends[1]:
                edges.setdefault(ends, edge)
        return edges

    ours, theirs = keyed(0, before), keyed(1, after)
    return _only_in(theirs, ours, after.concepts), _only_in(ours, theirs, before.concepts)


def _only_in(
    edges: Mapping[Hashable, Prerequisite],
    others: Mapping[Hashable, Prerequisite],
    concepts: Sequence[Concept],
) -> tuple[EdgeChange, ...]:
    called = {concept.id: concept for concept in concepts}
    found = (
        EdgeChange(called[edge.prerequisite], called[edge.target], edge)
        for ends, edge in edges.items()
        if ends not in others
    )
    return tuple(sorted(found, key=lambda change: (_order(change.target), _order(change.prerequisite))))


# --- sections and lessons ----------------------------------------------------------------------------------

_Pairs = list[tuple[Section, Section]]


@dataclass(slots=True)
class _Pairing:
    """Sections that have found each other so far, and those that have not."""

    pairs: _Pairs
    old: dict[SectionId, Section]
    new: dict[SectionId, Section]

    def take(self, pairs: Iterable[tuple[Section, Section]]) -> None:
        for one, other in list(pairs):
            self.pairs.append((one, other))
            del self.old[one.id], self.new[other.id]

    def by(
        self,
        key: Callable[[Section], Hashable | None],
        key_before: Callable[[Section], Hashable | None] | None = None,
    ) -> None:
        """Takes those that have the same key, which no other has; None is no key."""
        ours, theirs = _singles(self.old.values(), key_before or key), _singles(self.new.values(), key)
        self.take([(one, theirs[k]) for k, one in ours.items() if k in theirs])


def _singles(
    sections: Iterable[Section], key: Callable[[Section], Hashable | None]
) -> dict[Hashable, Section]:
    sections = list(sections)
    counts = Counter(map(key, sections))
    return {k: s for s in sections if (k := key(s)) is not None and counts[k] == 1}


def _same_sections(
    before: Sequence[Section], after: Sequence[Section], renamed: Iterable[Succession]
) -> _Pairs:
    """The sections that are the same: as they were, elsewhere in the same words, in other words at the same
    address, about what is called otherwise, and at the same place of a file that is."""
    texts: dict[int, tuple[str, ...]] = {}

    def content(section: Section) -> tuple[str, ...]:
        if id(section) not in texts:
            texts[id(section)] = tuple(words_of(" ".join(p.text for p in section.passages) or section.html))
        return texts[id(section)]

    def long_content(section: Section) -> Hashable | None:
        return content(section) if len(content(section)) >= _ENOUGH_WORDS else None

    found = _Pairing([], {s.id: s for s in before}, {s.id: s for s in after})
    found.by(lambda s: (s.id, s.title, content(s)))
    found.by(lambda s: (s.title, content(s)) if long_content(s) is not None else None)
    found.by(long_content)
    found.by(lambda s: s.id)
    for one, other in ((s.before.section, s.after.section) for s in renamed):
        if one in found.old and other in found.new:
            found.take([(found.old[one], found.new[other])])
    files = _same_files(found)
    for name in ("anchor", "title"):
        found.by(partial(_named, name=name, files={}), partial(_named, name=name, files=files))
    return found.pairs


def _named(section: Section, name: str, files: Mapping[str, str]) -> Hashable:
    """A section's file, as it is called now, and its anchor or title."""
    return files.get(section.location.path, section.location.path), getattr(section, name)


def _same_files(found: _Pairing) -> dict[str, str]:
    """The files with another name: most of what was in one is in the other, and the other way round."""
    votes = Counter((one.location.path, other.location.path) for one, other in found.pairs)
    return _mutual(votes)


def _mutual(votes: Counter[tuple[str, str]]) -> dict[str, str]:
    """The pairs in which each is what most of the other became; none where two became as much."""
    ranked = votes.most_common()

    def best(side: int) -> dict[str, tuple[str, str] | None]:
        most: dict[str, int] = {}
        chosen: dict[str, tuple[str, str] | None] = {}
        for pair, count in ranked:
            if count > most.get(pair[side], 0):
                most[pair[side]], chosen[pair[side]] = count, pair
            elif count == most[pair[side]]:
                chosen[pair[side]] = None
        return chosen

    there = best(1)
    return {pair[0]: pair[1] for pair in best(0).values() if pair and there[pair[1]] == pair}


def _same_lessons(before: State, after: State, sections: _Pairs) -> list[tuple[Lesson, Lesson]]:
    ours, theirs = ({lesson.id: lesson for lesson in state.lessons} for state in (before, after))
    pairs = {one: one for one in ours if one in theirs}
    homes = [{s: lesson.id for lesson in state.lessons for s in lesson.sections} for state in (before, after)]
    taken = set(pairs.values())
    votes = Counter(
        (str(home), str(other))
        for one, two in sections
        if (home := homes[0].get(one.id)) and (other := homes[1].get(two.id))
        if home not in pairs and other not in taken
    )
    pairs.update((LessonId(one), LessonId(other)) for one, other in _mutual(votes).items())
    titles = (_titles(ours, pairs.keys()), _titles(theirs, pairs.values()))
    pairs.update((one, titles[1][title]) for title, one in titles[0].items() if title in titles[1])
    return [(ours[one], theirs[other]) for one, other in pairs.items()]


def _titles(lessons: Mapping[LessonId, Lesson], paired: Iterable[LessonId]) -> dict[str, LessonId]:
    """The titles that only one of the lessons without a partner has."""
    paired = set(paired)
    free = [lesson for lesson in lessons.values() if lesson.id not in paired]
    counts = Counter(label_key(lesson.title) for lesson in free)
    return {key: lesson.id for lesson in free if counts[key := label_key(lesson.title)] == 1}


def _moved(
    sections: _Pairs, before: State, after: State, lessons: Sequence[tuple[Lesson, Lesson]]
) -> tuple[SectionMove, ...]:
    """Sections with another address. What only moved with its whole lesson is told by that."""
    homes = [{s: lesson.id for lesson in state.lessons for s in lesson.sections} for state in (before, after)]
    went = {(one.id, other.id) for one, other in lessons}
    found = [
        SectionMove(one, other)
        for one, other in sections
        if one.id != other.id
        and (one.anchor or other.anchor)
        and not (one.anchor == other.anchor and (homes[0].get(one.id), homes[1].get(other.id)) in went)
    ]
    return tuple(sorted(found, key=lambda move: (move.after.location, move.before.location)))
