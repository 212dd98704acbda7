"""Which concept somebody means by a term: an id, a label in any spelling, or an id that it had before."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.anchors import github_slug
from corpus.errors import AmbiguousName, RemovedName, UnknownName
from graph.model import ConceptId
from indexer.snapshot import Snapshot
from web.model import LookupAnswer, Lookups

LISTING = "`glosspath concepts`"


@dataclass(frozen=True, slots=True)
class Terms:
    """Finds the concepts of one snapshot by what they are called."""

    snapshot: Snapshot

    def resolve(self, term: str) -> ConceptId:
        """The concept that a term means: by id, else by label, else by an id that it had before. UnknownName
        with the nearest labels."""
        if self.snapshot.entries_by_id([ConceptId(term)]):
            return ConceptId(term)
        if match := self.snapshot.lookup(term):
            return match.concept
        if now := self.snapshot.moved_to(ConceptId(term)):
            return now
        raise self._unknown("concept", term)

    def each_of(self, terms: Iterable[str]) -> tuple[str, ...]:
        """The terms, those that name nothing parted at their commas: "rope, knot" is two."""
        parted = ([term] if "," not in term or self._is_known(term) else term.split(",") for term in terms)
        return tuple(part.strip() for parts in parted for part in parts if len(parts) == 1 or part.strip())

    def _is_known(self, term: str) -> bool:
        try:
            return bool(self.resolve(term))
        except UnknownName:
            return False

    def moved(self, id: str) -> ConceptId | None:
        """The id that a concept has now which had this one before; None for any other name."""
        now = self.snapshot.moved_to(ConceptId(id))
        return now if now and self.resolve(id) == now else None

    def lookup(self, label: str) -> LookupAnswer:
        """The concept that has a label: exact, else but for case, else folded. UnknownName: the label."""
        if match := self.snapshot.lookup(label):
            return LookupAnswer(label, self.snapshot.entry(match.concept), match.matched_label, match.how)
        raise self._unknown("label", label)

    def lookups(self, labels: Iterable[str]) -> Lookups:
        """The concept that each of several labels means; the nearest labels of one that means none."""
        return Lookups(tuple(map(self._looked_up, labels)))

    def _looked_up(self, label: str) -> tuple[str, LookupAnswer | None, tuple[str, ...]]:
        try:
            return label, self.lookup(label), ()
        except UnknownName as unknown:
            return label, None, tuple(unknown.near)

    def _unknown(self, what: str, name: str) -> UnknownName:
        """Why a name names no concept: it stands for several, or for none. A name from before leads to the
        name of now."""
        if several := self.snapshot.sharing(name):
            return AmbiguousName(what, name, several, LISTING)
        now = self.snapshot.moved_to(ConceptId(github_slug(name)))
        renamed = [self.snapshot.entry(now).pref_label] if now else []
        near = dict.fromkeys([*renamed, *self.snapshot.nearest_labels(name, 5)])
        if what == "concept" and (removal := self.snapshot.history.removal(name)):
            gone, day = removal
            last = f"; last defined at {gone.at}" if gone.at else ""
            told = f"{gone.label} was removed with the build of {day}{last}."
            return RemovedName(what, name, list(near)[:5], LISTING, told)
        return UnknownName(what, name, list(near)[:5], LISTING)
