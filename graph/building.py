"""A corpus -> its concept graph: every step in order, each in its own file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.labels import label_key
from corpus.model import (
    Corpus,
    Document,
)
from graph.commonplace import commonplace
from graph.concepts import concepts_of
from graph.cycles import implied, without_cycles
from graph.findings import Findings, said_in
from graph.memory import Kept, Memory
from graph.mentions import forget_texts
from graph.model import (
    Broader,
    Concept,
    ConceptGraph,
    ConceptId,
    DroppedPrerequisite,
    Relation,
)
from graph.prerequisites import prerequisites_of
from graph.problems import problems_among
from graph.requirements import asked_for
from graph.scope import ConceptFinder
from graph.stated import without_removed
from graph.subjects import owners_of, subjects_of
from graph.two_meanings import named_in_full
from graph.wanted import wanted_terms


def build_graph(corpus: Corpus, kept: Kept | None = None) -> ConceptGraph:
    """The concepts of the notes, what each needs first, where each is used, and what is wanting.

    `kept` is where what was found in documents is kept for the next time; the graph is the same without.

    The prerequisites are acyclic; what was dropped to make them so is in `dropped` and among the problems.
    """
    whole, corpus = corpus, named_in_full(corpus.in_main_language())
    memory = Memory(kept)
    concepts, stated = concepts_of(corpus, memory)
    finder = ConceptFinder(corpus, concepts)
    findings = [_findings(document, concepts, finder, memory) for document in corpus.documents]
    broader = tuple(_broader(corpus, concepts))
    position = {c.id: c.position for c in concepts}
    claimed = prerequisites_of(corpus, concepts, stated, finder, broader, findings)
    believed, removed = without_removed(corpus, concepts, claimed)
    acyclic, in_loops = without_cycles(believed, position)
    dropped = sorted(
        (*removed, *in_loops), key=lambda d: (position[d.edge.target], position[d.edge.prerequisite])
    )
    chained = implied(acyclic)
    edges = tuple(replace(e, implied=(e.prerequisite, e.target) in chained) for e in acyclic)
    asked = {label_key(one.label): one for one in asked_for(corpus, concepts, finder)}
    used = {label_key(one.label): one for one in wanted_terms(corpus, concepts, memory)}
    both = {key: replace(one, asked_for=asked[key].asked_for) for key, one in used.items() if key in asked}
    wanted = tuple((used | asked | both).values())
    mentions = tuple(use.mention for found in findings for use in found.uses)
    graph = ConceptGraph(
        tuple(_related(concepts, dropped)),
        edges,
        tuple(dropped),
        broader,
        mentions,
        wanted,
        tuple(problems_among(concepts, edges, dropped, wanted, mentions, corpus)),
        tuple(_question_concepts(whole, concepts, finder)),
        commonplace(mentions, concepts, corpus),
        tuple(_relations(findings, broader)),
    )
    forget_texts()
    return graph


def _findings(
    document: Document, concepts: Sequence[Concept], finder: ConceptFinder, memory: Memory
) -> Findings:
    return memory.found(
        document,
        Findings,
        lambda words: finder.view(document, words),
        lambda: said_in(document, concepts, finder),
    )


# --- what questions are about ------------------------------------------------------------------------------


def _question_concepts(
    corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[tuple[ConceptId, ...]]:
    """What each question is about: what the notes say, then what it names, then what its answer names; else
    what explains it, else the section that it stands in."""
    owners = owners_of(concepts)
    about = subjects_of(corpus, concepts)
    for document in corpus.documents:
        for question in document.questions:
            if document.language:
                yield ()
                continue
            said = [owners[key].id for label in question.about if (key := label_key(label)) in owners]
            named = (question.question, question.answer)
            found = said + [
                concepts[m.owner].id for text in named for m in finder.find(text, question.section)
            ]
            found = found or [
                concepts[m.owner].id for m in finder.find(question.explanation, question.section)
            ]
            found = found or [concept.id for concept in about.get(question.section, ())[:1]]
            yield tuple(dict.fromkeys(found))


# --- kinds, and things that go together --------------------------------------------------------------------


def _broader(corpus: Corpus, concepts: Sequence[Concept]) -> Iterator[Broader]:
    owners = owners_of(concepts)
    seen: set[frozenset[ConceptId]] = set()
    for document in corpus.documents:
        for statement in document.kinds:
            above, below = owners.get(label_key(statement.broader)), owners.get(label_key(statement.narrower))
            pair = frozenset((above.id, below.id)) if above and below else frozenset()
            if above and below and above is not below and pair not in seen:
                seen.add(pair)
                yield Broader(above.id, below.id, statement.quote, statement.location, statement.words)


def _relations(findings: Iterable[Findings], broader: Iterable[Broader]) -> Iterator[Relation]:
    """What is said to be a part or an example of something, each pair once: as what is said first, and as a
    kind where the notes call it that anywhere."""
    seen = {frozenset((b.broader, b.narrower)) for b in broader}
    for relation in (relation for found in findings for relation in found.relations):
        pair = frozenset((relation.one, relation.other))
        if pair not in seen:
            seen.add(pair)
            yield relation


def _related(concepts: Sequence[Concept], dropped: Sequence[DroppedPrerequisite]) -> Iterator[Concept]:
    """Concepts that are defined by each other belong together, whichever is learned first."""
    pairs: dict[ConceptId, set[ConceptId]] = {}
    for item in dropped:
        if len(item.loop) == 2:
            one, other = item.loop
            pairs.setdefault(one, set()).add(other)
            pairs.setdefault(other, set()).add(one)
    place = {c.id: c.position for c in concepts}
    for concept in concepts:
        yield replace(concept, related=tuple(sorted(pairs.get(concept.id, ()), key=place.__getitem__)))
