"""Which section and which lesson of one state of the notes is which of another, and what has moved."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.labels import label_key
from corpus.model import Lesson, LessonId, Section, SectionId
from graph.changes import SectionMove, State, Succession
from graph.wording import words_of

_ENOUGH_WORDS = 5  # of a section, to be known again by its words

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


def same_sections(
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
    files = same_files(found.pairs)
    for name in ("anchor", "title"):
        found.by(partial(_named, name=name, files={}), partial(_named, name=name, files=files))
    return found.pairs


def _named(section: Section, name: str, files: Mapping[str, str]) -> Hashable:
    """A section's file, as it is called now, and its anchor or title."""
    return files.get(section.location.path, section.location.path), getattr(section, name)


def same_files(pairs: Iterable[tuple[Section, Section]]) -> dict[str, str]:
    """What each file is called now: most of what was in one is in the other, and the other way round."""
    votes = Counter((one.location.path, other.location.path) for one, other in pairs)
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


def lessons_moved(before: State, after: State, renamed: Iterable[Succession]) -> dict[LessonId, LessonId]:
    """The lessons with another id, and what each has now; `renamed` are the concepts that are called anew."""
    pairs = same_lessons(before, after, same_sections(before.sections, after.sections, renamed))
    return {one.id: other.id for one, other in pairs if one.id != other.id}


def same_lessons(before: State, after: State, sections: _Pairs) -> list[tuple[Lesson, Lesson]]:
    """The lessons that are the same: by their id, by what most of their sections became, by their title."""
    ours, theirs = ({lesson.id: lesson for lesson in state.lessons} for state in (before, after))
    pairs = {one: one for one in ours if one in theirs}
    homes = [_homes(state) for state in (before, after)]
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


def _homes(state: State) -> dict[SectionId, LessonId]:
    """The lesson in which each section stands."""
    return {section: lesson.id for lesson in state.lessons for section in lesson.sections}


def _titles(lessons: Mapping[LessonId, Lesson], paired: Iterable[LessonId]) -> dict[str, LessonId]:
    """The titles that only one of the lessons without a partner has."""
    paired = set(paired)
    free = [lesson for lesson in lessons.values() if lesson.id not in paired]
    counts = Counter(label_key(lesson.title) for lesson in free)
    return {key: lesson.id for lesson in free if counts[key := label_key(lesson.title)] == 1}


def moved(
    sections: _Pairs, before: State, after: State, lessons: Sequence[tuple[Lesson, Lesson]]
) -> tuple[SectionMove, ...]:
    """Sections with another address. What only moved with its whole lesson is told by that."""
    homes = [_homes(state) for state in (before, after)]
    went = {(one.id, other.id) for one, other in lessons}
    found = [
        SectionMove(one, other)
        for one, other in sections
        if one.id != other.id
        and (one.anchor or other.anchor)
        and not (one.anchor == other.anchor and (homes[0].get(one.id), homes[1].get(other.id)) in went)
    ]
    return tuple(sorted(found, key=lambda move: (move.after.location, move.before.location)))
