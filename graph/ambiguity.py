"""Labels that the notes state for two things: one acronym, two long forms; one other name, two owners.

A label belongs to one concept. An acronym of two belongs to neither, of another name the second is not found
by it. That is for authors to know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.labels import label_key, says_more
from corpus.model import AliasKind, Corpus, Problem, Severity, SourceLocation
from graph.model import Concept
from graph.subjects import owners_of


@dataclass(frozen=True, slots=True)
class _Statement:
    """`label` is said to be another name of `thing`; `owner` tells things apart."""

    label: str
    thing: str
    owner: str
    location: SourceLocation


def ambiguous_labels(corpus: Corpus, concepts: Sequence[Concept]) -> Iterator[Problem]:
    """A problem for each label and each further thing that it is stated for, where that is stated first."""
    owners = owners_of(concepts)
    by_label: dict[str, list[_Statement]] = {}
    for statement in _statements(corpus, owners):
        by_label.setdefault(label_key(statement.label), []).append(statement)
    for statements in by_label.values():
        first, *others = statements
        told = [first]
        for other in others:
            if any(_same(other, earlier) for earlier in told):
                continue
            told.append(other)
            place = f"{first.location.path}:{first.location.first_line}"
            message = f'"{other.label}" stands for "{other.thing}" here and for "{first.thing}" at {place}'
            hint = "Write the long name where both could be meant, or give one of them another short one."
            yield Problem("ambiguous-label", Severity.WARNING, message, other.location, hint)


def names_defined_elsewhere(corpus: Corpus, concepts: Sequence[Concept]) -> Iterator[Problem]:
    """A problem for each other name that front matter gives to one thing and that notes define as another."""
    owners = owners_of(concepts)
    for definition in (d for document in corpus.documents for d in document.definitions):
        for alias in (a for a in definition.aliases if a.kind is AliasKind.FRONT_MATTER):
            thing, other = owners.get(label_key(definition.term)), owners.get(label_key(alias.label))
            named = (
                [d for d in other.definitions if label_key(d.term) == label_key(alias.label)] if other else ()
            )
            if thing and thing is not other and named:
                place = f"{named[0].location.path}:{named[0].location.first_line}"
                message = f'"{alias.label}" is given here as another name of "{definition.term}"'
                message += f", and is defined in other words at {place}"
                hint = "They are shown as two things. Take the name out here, or define one thing only once."
                yield Problem("ambiguous-label", Severity.WARNING, message, alias.location, hint)


def _statements(corpus: Corpus, owners: Mapping[str, Concept]) -> Iterator[_Statement]:
    def owner(thing: str) -> str:
        key = label_key(thing)
        return owners[key].id if key in owners else f" {key}"  # no id begins with a blank

    for document in corpus.documents:
        found = [
            _Statement(alias.label, definition.term, owner(definition.term), alias.location)
            for definition in document.definitions
            for alias in definition.aliases
            if alias.kind not in (AliasKind.CONDITIONAL, AliasKind.SYNONYM)
        ]
        found += [_Statement(p.short, p.long, owner(p.long), p.location) for p in document.name_pairs]
        yield from sorted(found, key=lambda s: (s.location, s.label, s.thing))


def _same(one: _Statement, other: _Statement) -> bool:
    """Whether two statements speak of one thing: one concept, or names of which one just says more."""
    if one.owner == other.owner:
        return True
    return says_more(one.thing, other.thing)
