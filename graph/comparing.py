"""What changed from one state of the notes to another: pure functions over frozen values.

The other way round everything is told the other way round: what was added is removed, what was merged is
split. A state compared with itself has no changes.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import networkx as nx

from corpus.model import Definition, Lesson, SourceLocation
from graph.changes import Because, Changes, DefinitionChange, EdgeChange, LessonRenaming, State, Succession
from graph.model import Concept, ConceptId, Prerequisite
from graph.moves import moved, same_lessons, same_sections
from graph.succession import Successions, successions, without_names
from graph.wording import shared, words_of

_CHANGED = 0.5  # of two definitions in different places: the words that must be shared
_MOST_PAIRED = 40  # definitions of one concept, or of those merged into it

T = TypeVar("T")


def changes_between(before: State, after: State) -> Changes:
    """All that changed from `before` to `after`."""
    found = successions(before.concepts, after.concepts)
    concepts = _concept_changes(before.concepts, after.concepts, found)
    gained, lost = _edges(before, after, found)
    sections = same_sections(before.sections, after.sections, concepts.renamed)
    lessons = same_lessons(before, after, sections)
    return replace(
        concepts,
        gained=gained,
        lost=lost,
        moved=moved(sections, before, after, lessons),
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
