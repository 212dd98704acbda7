"""What the author says about concepts in `glosspath.toml`: looked up, and put above what was read.

A label that no concept has is a problem at the line that names it; nothing else is lost.
"""

from collections.abc import Iterator, Mapping, Sequence

from corpus.errors import near_misses
from corpus.labels import label_key
from corpus.model import Corpus, Problem, SameOrDifferent, Severity, SourceLocation, StatedPrerequisite
from graph.model import Concept, ConceptId, DroppedPrerequisite, Prerequisite
from graph.subjects import owners_of


def labels_said(corpus: Corpus) -> tuple[SameOrDifferent, ...]:
    """Everything that is said to be the same or different."""
    return tuple(said for settings in corpus.settings for said in settings.labels)


def stated_prerequisites(
    corpus: Corpus, concepts: Sequence[Concept]
) -> Iterator[tuple[ConceptId, ConceptId, StatedPrerequisite]]:
    """Every statement about a prerequisite whose labels both name concepts."""
    owners = owners_of(concepts)
    for statement in (s for settings in corpus.settings for s in settings.prerequisites):
        first, second = owners.get(label_key(statement.prerequisite)), owners.get(label_key(statement.target))
        if first and second and first is not second:
            yield first.id, second.id, statement


def without_removed(
    corpus: Corpus, concepts: Sequence[Concept], edges: Sequence[Prerequisite]
) -> tuple[list[Prerequisite], list[DroppedPrerequisite]]:
    """The edges that the author lets stand, and those that the author removed."""
    removals = {
        (first, second): statement
        for first, second, statement in stated_prerequisites(corpus, concepts)
        if statement.remove
    }
    kept = [e for e in edges if (e.prerequisite, e.target) not in removals]
    removed = [
        DroppedPrerequisite(e, (), said.reason, said.location)
        for e in edges
        if (said := removals.get((e.prerequisite, e.target)))
    ]
    return kept, removed


def statements_about_nothing(corpus: Corpus, concepts: Sequence[Concept]) -> Iterator[Problem]:
    """Labels in the settings that no concept has, and labels that cannot be told apart."""
    owners = owners_of(concepts)
    names = {label_key(label): label for c in concepts for label in (*c.alt_labels, c.pref_label)}
    for statement in (s for settings in corpus.settings for s in settings.prerequisites):
        for label in (statement.prerequisite, statement.target):
            if label_key(label) not in owners:
                yield _unknown(label, names, statement.location)
        first, second = owners.get(label_key(statement.prerequisite)), owners.get(label_key(statement.target))
        if first and first is second:
            message = f"{statement.prerequisite!r} and {statement.target!r} are one concept"
            hint = "A concept is not before itself: name another one."
            yield Problem("bad-settings", Severity.WARNING, message, statement.location, hint)
    for said in labels_said(corpus):
        known = [label for label in said.labels if label_key(label) in owners]
        if said.same and not known:
            yield _unknown(said.labels[0], names, said.location)
        keys = {label_key(label) for label in said.labels}
        if not said.same and len(keys) < len(said.labels):
            message = "labels that are to be different differ only in case, number or hyphens"
            hint = "Give one of them a name of its own in the notes, as in bank (river)."
            yield Problem("bad-settings", Severity.WARNING, message, said.location, hint)


def _unknown(label: str, names: Mapping[str, str], location: SourceLocation) -> Problem:
    near = near_misses(label, names.values(), limit=1)
    hint = f"Did you mean {near[0]!r}?" if near else "`glosspath concepts` lists all."
    return Problem("bad-settings", Severity.WARNING, f"no concept is called {label!r}", location, hint)
