"""Definitions -> concepts: what each is called, and what it is made of.

A label belongs to one concept: the preferred names are given first, then what the notes state, then how
things are spoken of.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from corpus.anchors import github_slug
from corpus.labels import label_key, says_more
from corpus.model import AliasKind, Corpus, SameOrDifferent
from graph.drafts import Draft, drafts_of
from graph.label_places import LabelPlaces
from graph.memory import Memory
from graph.model import Concept, ConceptId
from graph.naming import Names, merged_names
from graph.spoken import QUALIFIED, bare, spoken_short
from graph.stated import labels_said
from graph.topics import topics_worth_keeping


def concepts_of(corpus: Corpus, memory: Memory) -> tuple[tuple[Concept, ...], LabelPlaces]:
    """The concepts of the notes, in the order in which the notes define them, and where each label is
    stated."""
    places = {section.id: place for place, section in enumerate(corpus.sections())}
    definitions = [d for document in corpus.documents for d in document.definitions]
    pairs = [p for document in corpus.documents for p in document.name_pairs]
    said = labels_said(corpus)
    names = merged_names(definitions, pairs, said)
    defined = {names.find(label_key(d.term)) for d in definitions}
    named = defined | {names.find(label_key(name)) for p in pairs for name in (p.short, p.long)}
    topics = topics_worth_keeping(corpus, names, defined, named, memory)
    drafts = drafts_of(corpus, definitions, topics, pairs, names, places, memory)
    concepts = _finished(drafts, corpus, names, said)
    return concepts, LabelPlaces(concepts, drafts, corpus)


def _finished(
    drafts: Sequence[Draft], corpus: Corpus, names: Names, said: Sequence[SameOrDifferent]
) -> tuple[Concept, ...]:
    called = {label_key(label): group.labels for group in said if group.same for label in group.labels}
    lesson_of = corpus.lesson_of()
    taken_ids: set[str] = set()
    all_terms = [draft.terms() for draft in drafts]
    taken_labels = {label_key(label) for terms in all_terms for label in terms}
    shared = _shared(drafts, taken_labels | called.keys())
    taken_labels |= shared
    finished: list[Concept] = []
    for position, (draft, terms) in enumerate(zip(drafts, all_terms, strict=True)):
        shown = draft.best_first()
        given = next((called[key] for t in terms if (key := label_key(t)) in called), ())
        # What the author names first is what it is called, if it stands over anything.
        pref = next((g for g in given if label_key(g) in map(label_key, terms)), terms[0])
        other = (n for n in (*terms, *_stated(draft)) if not names.apart(label_key(n), label_key(pref)))
        alts = _new_labels((*given, *other), {label_key(pref)}, taken_labels, (*terms, *given))
        hidden = _new_labels(
            spoken_short(pref, draft.definitions, draft.shorter),
            {label_key(pref), *map(label_key, alts)},
            taken_labels,
            (),
        )
        taken_labels.update(map(label_key, (*alts, *hidden)))
        several = _new_labels(
            (n for n in (*_stated(draft), *bare(pref)) if label_key(n) in shared), set(), set(), ()
        )
        section = draft.home()
        finished.append(
            Concept(
                _unique_id(pref, taken_ids),
                pref,
                alts,
                hidden,
                (*shown[:1], *(d for d in draft.definitions if d is not shown[0])),
                section,
                lesson_of.get(section),
                position,
                shared_labels=several,
            )
        )
    return tuple(finished)


def _shared(drafts: Sequence[Draft], owned: Container[str]) -> set[str]:
    """The acronyms and bare names that stand for several things, and over none of them."""
    meant: dict[str, list[tuple[int, str]]] = {}
    for number, draft in enumerate(drafts):
        aliases = ((a, d.term) for d in draft.definitions for a in d.aliases)
        short = [(alias.label, term) for alias, term in aliases if alias.kind is AliasKind.ACRONYM]
        for label, thing in (*short, *((p.short, p.long) for p in draft.pairs)):
            if (key := label_key(label)) not in owned:
                meant.setdefault(key, []).append((number, thing))
        for term in draft.terms()[:1]:
            if (bare := QUALIFIED.fullmatch(term)) and (key := label_key(bare[1])) not in owned:
                meant.setdefault(key, []).append((number, term))
    return {key for key, things in meant.items() if _several(things)}


def _several(things: Sequence[tuple[int, str]]) -> bool:
    """Whether names of drafts are those of different things, and none just says more than another."""
    first, *others = things
    return any(number != first[0] and not says_more(first[1], thing) for number, thing in others)


def _stated(draft: Draft) -> Iterator[str]:
    for definition in draft.definitions:
        yield from (a.label for a in definition.aliases if a.kind is not AliasKind.CONDITIONAL)
    for topic in draft.topics:
        yield from (a.label for a in topic.aliases)
    for pair in draft.pairs:
        yield from (pair.long, pair.short)


def _new_labels(
    labels: Iterable[str], own: set[str], taken: set[str], terms: Sequence[str]
) -> tuple[str, ...]:
    """Labels that no concept has yet, each once: a label belongs to one concept."""
    mine = {label_key(t) for t in terms}
    found: dict[str, str] = {}
    for label in labels:
        key = label_key(label)
        if key and key not in own and key not in found and (key not in taken or key in mine):
            found[key] = label
    return tuple(found.values())


# Signs that tell names apart ("C", "C++", "A*"), and that addresses leave out.
_SIGNS = {"+": " plus", "#": " sharp", "*": " star"}
_SIGNS_BEHIND = re.compile(r"(?<=\w)[+#*]+(?!\w)")


def _unique_id(label: str, taken: set[str]) -> ConceptId:
    said = _SIGNS_BEHIND.sub(lambda signs: "".join(_SIGNS[sign] for sign in signs[0]), label)
    slug = re.sub(r"-{2,}", "-", github_slug(said)).strip("-") or "concept"
    unique, count = slug, 2
    while unique in taken:
        unique, count = f"{slug}-{count}", count + 1
    taken.add(unique)
    return ConceptId(unique)
