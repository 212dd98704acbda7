"""What looks wrong in the notes that only all of them together show, and how to mend it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.definitions import first_points_to, points_to
from corpus.labels import label_key
from corpus.model import (
    Corpus,
    Definition,
    Problem,
    Section,
    SectionContent,
    SectionId,
    Severity,
    SourceLocation,
)
from graph.ambiguity import ambiguous_labels, names_defined_elsewhere
from graph.model import (
    Concept,
    ConceptId,
    DroppedPrerequisite,
    Mention,
    Prerequisite,
    Wanted,
)
from graph.order import glossaries_among, in_no_order, out_of_alphabet
from graph.stated import statements_about_nothing
from graph.wanted import notes_not_written
from graph.wording import Alike, alike, words_of

_PLACES = 5


def problems_among(
    concepts: Sequence[Concept],
    edges: Sequence[Prerequisite],
    dropped: Sequence[DroppedPrerequisite],
    wanted: Sequence[Wanted],
    mentions: Sequence[Mention],
    corpus: Corpus,
) -> list[Problem]:
    """The problems that no document shows by itself: what is defined twice, needed before it is told, asked
    for and not defined, or part of a loop."""
    by_id = {c.id: c for c in concepts}
    kept = {(edge.prerequisite, edge.target): edge for edge in edges}
    sections = {s.id: s for s in corpus.sections()}
    first = [c.definitions[0] for c in concepts if c.definitions]
    glossaries = glossaries_among(first, corpus)
    chapters = frozenset(d.path for d in corpus.documents if d.definitions or len(d.linked_files) >= _A_MAP)
    # Of what has a heading or a pointer, `_undefined` tells that it is not defined.
    named = {label_key(c.pref_label) for c in concepts}
    # A link by name to what is not written is told as that.
    named |= {label_key(name) for name in notes_not_written(corpus)}
    found = [
        *(p for c in concepts for p in _several_definitions(c)),
        *(_loop(d, by_id, kept) for d in dropped if d.loop),
        *statements_about_nothing(corpus, concepts),
        *_used_before_defined(edges, by_id, glossaries | in_no_order(first)),
        *(p for c in concepts for p in _undefined(c, sections, chapters)),
        *(p for w in wanted if label_key(w.label) not in named for p in _never_defined(w)),
        *_never_used(concepts, mentions, glossaries, corpus),
        *ambiguous_labels(corpus, concepts),
        *names_defined_elsewhere(corpus, concepts),
        *_out_of_alphabet(first, glossaries),
    ]
    return sorted(found, key=lambda p: (p.location, p.code, p.message))


def _out_of_alphabet(definitions: Sequence[Definition], glossaries: Collection[str]) -> Iterator[Problem]:
    for entry, following in out_of_alphabet(definitions, glossaries):
        message = f'"{entry.term}" stands out of the alphabet, which the other entries follow'
        where = f'before "{following.term}"' if following else "at the end"
        yield Problem(
            "out-of-alphabet", Severity.INFO, message, entry.location, f"From A to Z it belongs {where}."
        )


def _several_definitions(concept: Concept) -> Iterator[Problem]:
    """Definitions after the first: in the same words, in nearly the same, or in others.

    Running prose that says it again, and what only points to another name, is no problem.
    """
    set_out = [d for d in concept.definitions if d.confidence >= _SET_OUT and first_points_to(d) is None]
    first = set_out[0] if set_out else None
    for other in set_out[1:]:
        if first is None or _stands_with(first, other):
            continue
        place = f"{first.location.path}:{first.location.first_line}"
        name, likeness = concept.pref_label, alike(first.text, other.text)
        if likeness is Alike.SAME:
            message = f'"{name}" is defined in the same words at {place}'
            yield Problem(
                "duplicate-definition", Severity.INFO, message, other.location, "Keep one, and link to it."
            )
        elif likeness is Alike.NEARLY:
            message = f'"{name}" is defined in nearly the same words at {place}'
            hint = "One of them is probably an older copy: compare them, keep one, and link to it."
            yield Problem("near-duplicate-definition", Severity.WARNING, message, other.location, hint)
        else:
            message = f'"{name}" is defined in other words at {place}'
            hint = (
                "Both are shown. If they mean two things, give them two names; if not, keep the better one."
            )
            yield Problem("second-definition", Severity.WARNING, message, other.location, hint)


def _stands_with(one: Definition, other: Definition) -> bool:
    """Whether two terms of one entry share the words that are read as the definition of each."""
    same_end = (one.location.path, one.location.last_line) == (other.location.path, other.location.last_line)
    return same_end and words_of(one.text) == words_of(other.text)


_SET_OUT = 0.8


def _loop(
    item: DroppedPrerequisite,
    by_id: Mapping[ConceptId, Concept],
    kept: Mapping[tuple[ConceptId, ConceptId], Prerequisite],
) -> Problem:
    names = " → ".join(by_id[c].pref_label for c in (*item.loop, item.loop[0]))
    evidence = item.edge.evidence[0]
    message = f"these are defined by each other: {names}"
    first, second = by_id[item.edge.prerequisite].pref_label, by_id[item.edge.target].pref_label
    hint = f'Not believed: "{first}" before "{second}", said by {_sentence(evidence.said)} '
    # Of two that need each other it is the other's word; of more, that of the one before in the loop.
    if against := kept.get((item.loop[-1], item.loop[0])):
        before = by_id[against.prerequisite].pref_label
        hint += f'Believed: "{before}" before "{first}", said by {_sentence(against.evidence[0].said)} '
    hint += "Define one of them without the other."
    return Problem("circular-definition", Severity.WARNING, message, evidence.location, hint)


def _sentence(said: str) -> str:
    """A quotation that ends a sentence of ours."""
    return f'"{said}"' + "." * (not said.endswith((".", "!", "?")))


def _used_before_defined(
    edges: Iterable[Prerequisite], by_id: Mapping[ConceptId, Concept], unordered: frozenset[str]
) -> Iterator[Problem]:
    """Each thing that is defined later than where definitions use it: once, at the first of them."""
    early: dict[ConceptId, list[Prerequisite]] = {}
    for edge in edges:
        needed, target = by_id[edge.prerequisite], by_id[edge.target]
        if (
            needed.position > target.position
            and needed.definitions
            and target.definitions
            and not edge.implied
            and not {d.location.path for c in (needed, target) for d in c.definitions[:1]} & unordered
        ):
            early.setdefault(needed.id, []).append(edge)
    for needed_id, its_edges in early.items():
        needed = by_id[needed_id]
        edge, *others = sorted(its_edges, key=lambda e: (by_id[e.target].position, e.target))
        target = by_id[edge.target]
        where = needed.definitions[0].location
        later = f"{where.path}:{where.first_line}"
        message = (
            f'"{target.pref_label}" is defined with "{needed.pref_label}", which comes later, at {later}'
        )
        hint = f'Define "{needed.pref_label}" first, or say here in passing what it is.'
        if others:
            hint += f" {len(others)} more {'uses' if len(others) == 1 else 'use'} it before: "
            hint += ", ".join(by_id[e.target].pref_label for e in others[:_PLACES])
            hint += ", …" if len(others) > _PLACES else "."
        yield Problem("used-before-defined", Severity.INFO, message, edge.evidence[0].location, hint)


def _never_used(
    concepts: Sequence[Concept], mentions: Sequence[Mention], glossaries: frozenset[str], corpus: Corpus
) -> Iterator[Problem]:
    """Entries of a glossary that the notes around it never use. What a course explains needs no more use."""
    around = {d.path for d in corpus.documents if any(s.passages for s in d.sections)} - glossaries
    if not around or len(glossaries) > len(around):
        return
    used = {m.concept for m in mentions}
    for concept in concepts:
        places = [d.location for d in concept.definitions]
        if places and concept.id not in used and all(p.path in glossaries for p in places):
            message = f'"{concept.pref_label}" is in the glossary, and nothing else in the notes uses it'
            hint = "Take it out, or use it where the notes speak of it."
            line = replace(places[0], last_line=places[0].first_line)
            yield Problem("unused-term", Severity.INFO, message, line, hint)


_SAY = "Say in a sentence what it is."
_A_MAP = 3


def _undefined(
    concept: Concept, sections: Mapping[SectionId, Section], chapters: Collection[str]
) -> Iterator[Problem]:
    """What has a heading of its own and no definition. The title of a chapter, which defines other things, or
    of a map, which links to them, says what it is about."""
    # A heading with nothing or only pictures under it was told already, as such.
    told = (SectionContent.EMPTY, SectionContent.PICTURES)
    named = sections[concept.section] if concept.section and not concept.definitions else None
    is_chapter = (
        named is not None
        and named.level <= 1
        and named.location.path in chapters
        and concept.pref_label.casefold() in named.title.casefold()
    )
    if named is not None and named.content not in told and not is_chapter:
        place = named.location
        line = SourceLocation(place.path, place.first_line, place.first_line)
        message = f'"{concept.pref_label}" is named but not defined'
        yield Problem("undefined-concept", Severity.INFO, message, line, _SAY)
    pointing = [d for d in concept.definitions if points_to(d)]
    if pointing and len(pointing) == len(concept.definitions):
        first = pointing[0]
        message = f'"{first.term}" is said to be another name of "{points_to(first)}", which is not defined'
        yield Problem("undefined-concept", Severity.INFO, message, first.location, _SAY)


def _never_defined(wanted: Wanted) -> Iterator[Problem]:
    message = f'"{wanted.label}" is asked for and not defined in the notes'
    hint = "Say in a sentence what it is, or link to where it is explained."
    for place in {at.path: at for at in reversed(wanted.asked_for)}.values():
        yield Problem("undefined-concept", Severity.INFO, message, place, hint)
    if wanted.uses:
        times = "once" if wanted.uses == 1 else f"{wanted.uses} times"
        message = f'"{wanted.label}" is used {times} and never defined'
        hint = "Define it where it is first used."
        yield Problem("undefined-term", Severity.WARNING, message, wanted.places[0], hint)
