"""Which names are names of one thing.

Names are merged when they fold to one key, when the notes say that they are one ("also called", "SGD",
"Synonym for"), or when two names stand over the same words. A shared head word merges nothing: "batch" and
"batch size" stay apart.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from corpus.acronyms import is_acronym_of
from corpus.definitions import first_points_to, points_to
from corpus.labels import label_key, label_words, singular
from corpus.model import AliasKind, Definition, NamePair, SameOrDifferent
from graph.wording import words_of

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_MANY_LETTERS = 50
_MOST_LETTERS = 6
_SHORTEST_CUT = 3
# All that is said of a name is where else to look.
SENDS_ELSEWHERE = re.compile(r"\(?see\s+(?:also\s+)?[^.]{2,60}\.?\)?\Z", re.IGNORECASE)


class Names:
    """Keys that are one thing: union-find, the smallest key stands for all. What the author says is different
    stays apart, whatever else joins it."""

    def __init__(self, said: Iterable[SameOrDifferent] = ()) -> None:
        self._parent: dict[str, str] = {}
        # For a key, the groups of different things that it is in, and as which of them.
        self._marks: dict[str, dict[int, str]] = {}
        for number, group in enumerate(g for g in said if not g.same):
            for label in group.labels:
                self._marks.setdefault(label_key(label), {})[number] = label_key(label)

    def apart(self, one: str, other: str) -> bool:
        """Whether the author says that these keys are names of different things."""
        first, second = (self._marks.get(self.find(key), {}) for key in (one, other))
        return any(first[group] != second[group] for group in first.keys() & second.keys())

    def find(self, key: str) -> str:
        """The key that stands for all that are one thing with this one."""
        root = key
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        while self._parent.get(key, key) != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def union(self, one: str, other: str) -> None:
        """Make two keys names of one thing, unless the author says that they are not."""
        low, high = sorted((self.find(one), self.find(other)))
        if low != high and self.apart(low, high):
            return
        if high in self._marks and low != high:
            self._marks.setdefault(low, {}).update(self._marks[high])
        self._parent[high] = low
        self._parent.setdefault(low, low)


def merged_names(
    definitions: Sequence[Definition], pairs: Sequence[NamePair], said: Sequence[SameOrDifferent]
) -> Names:
    """Which of the names that the notes and their author give are one."""
    names = Names(said)
    for group in said:
        if group.same:
            for label in group.labels[1:]:
                names.union(label_key(group.labels[0]), label_key(label))
    expansions = _expansions(definitions, pairs)
    own: dict[str, list[Definition]] = {}
    for definition in definitions:
        if points_to(definition) is None and not SENDS_ELSEWHERE.match(definition.text):
            own.setdefault(label_key(definition.term), []).append(definition)
    texts: dict[str, str] = {}
    for definition in definitions:
        key = label_key(definition.term)
        words = _BETWEEN_WORDS.sub("", definition.text.casefold())
        # Under ten words or so, two things can well be described alike.
        if len(words) >= _MANY_LETTERS and words in texts:
            names.union(key, texts[words])
        texts.setdefault(words, key)
        for other in _also_called(definition, own, expansions):
            names.union(key, other)
    known = own.keys() | {label_key(a.label) for d in definitions for a in d.aliases}
    for pair in pairs:
        short, long = label_key(pair.short), label_key(pair.long)
        if (
            len(expansions[short]) == 1
            and (short in known or long in known)
            and not {short, long} <= own.keys()
        ):
            names.union(short, long)
    return names


def _also_called(
    definition: Definition, own: Mapping[str, Sequence[Definition]], expansions: Mapping[str, set[str]]
) -> Iterator[str]:
    """The keys of the other names that a definition gives to what it defines."""
    target = first_points_to(definition) or is_short_for(definition, own)
    if target and not _is_ambiguous(definition, target, expansions):
        yield label_key(target)
    for alias in definition.aliases:
        other = label_key(alias.label)
        # Two names that are both defined in words of their own are two things that somebody calls alike,
        # unless one is the other cut short.
        apart = (
            other in own
            and other != label_key(definition.term)
            and not cut_short(alias.label, definition.term)
        )
        match alias.kind:
            case AliasKind.CONDITIONAL:
                continue
            case AliasKind.ACRONYM if len(expansions[other]) > 1:
                continue
            case AliasKind.ALSO_CALLED if apart:
                continue
            case AliasKind.FRONT_MATTER if apart and _is_another(alias.label, definition, own[other]):
                continue
        yield other


_SMALL = 3
_PLAIN_WORDS = frozenset(
    "about after also because been before being between called during each every from have into made many "
    "more most often only other over some such than that their them then there these they this those through "
    "under used usually very what when where which while with within without your".split()
)


def _is_another(name: str, definition: Definition, others: Sequence[Definition]) -> bool:
    """Whether what is defined under a name shares no word with what the notes say it is another name of."""
    words = {*label_words(definition.term), *map(singular, words_of(definition.text))}
    said = {word for other in others for word in map(singular, words_of(other.text))}
    common = {word for word in words & said if len(word) > _SMALL and word not in _PLAIN_WORDS}
    return (
        not common and not is_acronym_of(name, definition.term) and not is_acronym_of(definition.term, name)
    )


def only_leads_on(definition: Definition) -> bool:
    """Whether all that is said is another name, or where else to look."""
    return first_points_to(definition) is not None or bool(SENDS_ELSEWHERE.match(definition.text))


def only_points(definition: Definition) -> bool:
    """Whether a definition says nothing but another name, or where else to look, in all its sentences."""
    return points_to(definition) is not None or bool(SENDS_ELSEWHERE.match(definition.text))


def only_spells_out(definition: Definition) -> bool:
    """Whether all that is said of letters is what they stand for, as in a table of acronyms."""
    said = label_key(definition.text)
    return any(a.kind is AliasKind.ACRONYM and label_key(a.label) == said for a in definition.aliases)


def is_short_for(definition: Definition, own: Container[str]) -> str | None:
    """The name that letters stand for, if nothing else is said of them and it is defined itself: "TC: tidal
    current", "TC: see tidal current"."""
    letters, words = definition.term, " ".join(definition.text.split()).rstrip(".")
    words = re.sub(r"\A[Ss]ee:?\s+", "", words)
    short = letters.isupper() and 1 < len(letters) <= _MOST_LETTERS and label_key(words) in own
    return words if short and words[:1].upper() == letters[0] else None


def cut_short(one: str, other: str) -> bool:
    """Whether two names are one but for words cut short: "max temp", "maximum temperature"."""
    words, others = label_words(one), label_words(other)
    return len(words) == len(others) and all(
        a == b or (min(len(a), len(b)) >= _SHORTEST_CUT and (a.startswith(b) or b.startswith(a)))
        for a, b in zip(words, others, strict=True)
    )


def _is_ambiguous(definition: Definition, target: str, expansions: Mapping[str, set[str]]) -> bool:
    """Whether a definition says of letters that stand for several things that they are short for one."""
    others = expansions.get(label_key(definition.term), set()) - {label_key(target)}
    return definition.term.isupper() and len(others) > 1


def _expansions(definitions: Iterable[Definition], pairs: Iterable[NamePair]) -> Mapping[str, set[str]]:
    """For every acronym (and, harmlessly, every long form) the different things that it is said to stand
    for."""
    found: dict[str, set[str]] = {}
    for definition in definitions:
        for alias in definition.aliases:
            short, long = label_key(alias.label), label_key(definition.term)
            # "CD is short for compact disc": there the term is the short one.
            if alias.kind is AliasKind.ACRONYM and definition.term.isupper():
                short, long = long, short
            found.setdefault(short, set()).add(long)
            found.setdefault(long, set())
    for pair in pairs:
        found.setdefault(label_key(pair.short), set()).add(label_key(pair.long))
        found.setdefault(label_key(pair.long), set())
    return found
