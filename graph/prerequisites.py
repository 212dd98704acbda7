"""What must be known before what, with the words that say so.

Few, true, quoted edges. A short definition that names another concept needs it; a longer name needs the names
it holds; a section that keeps speaking of something taught before needs that. The order of the notes alone
never makes an edge, and never vetoes what a definition says.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.labels import label_key, label_words
from corpus.model import Corpus, DefinitionStyle, SectionId
from corpus.quoting import quoted
from corpus.sentences import sentence_at
from graph.concepts import LabelPlaces
from graph.evidence import WEIGHTS, support
from graph.findings import Claim, Findings, Use
from graph.model import Broader, Concept, ConceptId, Evidence, EvidenceKind, Mention, Prerequisite
from graph.order import TeachingOrder
from graph.requirements import required
from graph.scope import ConceptFinder, is_everyday
from graph.stated import stated_prerequisites

# A page that names a thing in passing does not need it; one that keeps naming it does.
_REPEATED = 3
_MOST_CERTAIN = 0.98
_PAGE_STYLES = frozenset({DefinitionStyle.HEADING, DefinitionStyle.FRONT_MATTER})

Claims = dict[tuple[ConceptId, ConceptId], list[Evidence]]


def prerequisites_of(
    corpus: Corpus,
    concepts: Sequence[Concept],
    stated: LabelPlaces,
    finder: ConceptFinder,
    broader: Sequence[Broader],
    findings: Sequence[Findings],
) -> list[Prerequisite]:
    """Every edge that the notes give evidence for, sorted by target's and prerequisite's place; may hold
    cycles."""
    claims: Claims = defaultdict(list)
    sources: tuple[Iterable[Claim], ...] = (
        _from_settings(corpus, concepts),
        _from_requirements(corpus, concepts, finder),
        _from_kinds(broader),
        (claim for found in findings for claim in found.claims),
        _from_names(concepts, stated, finder),
    )
    for source in sources:
        for claim in source:
            if claim.prerequisite != claim.target:
                claims[claim.prerequisite, claim.target].append(claim.evidence)
    for claim in _from_bodies(corpus, concepts, findings, claims):
        claims[claim.prerequisite, claim.target].append(claim.evidence)
    place = {c.id: c.position for c in concepts}
    _weigh_mentions(claims, TeachingOrder(corpus, concepts))
    ordered = sorted(claims.items(), key=lambda item: (place[item[0][1]], place[item[0][0]]))
    return [_edge(pair, evidence) for pair, evidence in ordered]


def _weigh_mentions(claims: Claims, order: TeachingOrder) -> None:
    """Gives mentions the weight that they have in these notes: more where their order agrees and where more
    is explained with the one than with the other, less where not. It never takes one away."""
    explains = Counter(prerequisite for prerequisite, _ in claims)
    for (one, other), evidence in claims.items():
        share = support(order.is_first(one, other), explains[one] - 1 > explains[other])
        evidence[:] = [
            replace(e, weight=round(e.weight * share, 3)) if e.kind is EvidenceKind.DEFINITION else e
            for e in evidence
        ]


def _edge(pair: tuple[ConceptId, ConceptId], evidence: list[Evidence]) -> Prerequisite:
    """One edge from all that was said for it. Independent reasons add up (noisy or); a second reason of the
    same kind says the same again and counts once, as does a name that holds the word a definition uses."""
    ordered = sorted(evidence, key=lambda e: (-e.weight, e.location, e.quote))
    distinct = {(e.kind, e.location, e.quote): e for e in reversed(ordered)}.values()
    best: dict[EvidenceKind, float] = {}
    for item in ordered:
        kind = EvidenceKind.DEFINITION if item.kind is EvidenceKind.NAME else item.kind
        best[kind] = max(best.get(kind, 0), item.weight)
    confidence = 1 - math.prod(1 - weight for weight in best.values())
    return Prerequisite(pair[0], pair[1], round(min(confidence, _MOST_CERTAIN), 3), tuple(reversed(distinct)))


# --- what is said of the notes as a whole, and of names ----------------------------------------------------


def _from_kinds(broader: Sequence[Broader]) -> Iterator[Claim]:
    weight = WEIGHTS[EvidenceKind.KIND]
    for link in broader:
        yield Claim(
            link.broader,
            link.narrower,
            Evidence(EvidenceKind.KIND, weight, link.quote, link.location, link.words),
        )


def _from_names(concepts: Sequence[Concept], stated: LabelPlaces, finder: ConceptFinder) -> Iterator[Claim]:
    """What names say: "stochastic gradient descent" needs the "gradient descent" that it ends in, a "tide
    table" has to do with the tides that it begins with."""
    owners = {label_key(label): (c, label) for c in concepts for label in (c.pref_label, *c.alt_labels)}
    for concept in concepts:
        for label in (concept.pref_label, *concept.alt_labels):
            for part, name, is_head in _names_in(label_words(label), owners):
                near = concept.section is None or finder.reaches(part, name, concept.section)
                if part.id == concept.id or not near or not (is_head or _says_much(name, part)):
                    continue
                if place := stated.of(concept.id, label):
                    kind = EvidenceKind.HEAD_NOUN if is_head else EvidenceKind.NAME
                    yield Claim(part.id, concept.id, Evidence(kind, WEIGHTS[kind], *place))


def _names_in(
    words: Sequence[str], owners: Mapping[str, tuple[Concept, str]]
) -> Iterator[tuple[Concept, str, bool]]:
    """The concepts that a part of a name is the name of, the longest first, none of them within another; and
    whether the name ends in it."""
    free = [True] * len(words)
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length, -1, -1):
            end = start + length
            owner = owners.get(label_key(" ".join(words[start:end])))
            if owner and all(free[start:end]):
                free[start:end] = [False] * length
                yield *owner, end == len(words)


def _says_much(name: str, concept: Concept) -> bool:
    """Whether a name at the beginning of a longer one is sure to mean its concept: no everyday word, and no
    short form that only its owner's notes use."""
    return not is_everyday(name) and (name == concept.pref_label or " " in name or name.isupper())


def _from_settings(corpus: Corpus, concepts: Sequence[Concept]) -> Iterator[Claim]:
    """What the author states of the notes as a whole."""
    weight = WEIGHTS[EvidenceKind.STATED]
    for known, target, said in stated_prerequisites(corpus, concepts):
        if not said.remove:
            yield Claim(known, target, Evidence(EvidenceKind.STATED, weight, said.quote, said.location))


def _from_requirements(corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder) -> Iterator[Claim]:
    """What authors state as prerequisites of a lesson, in front matter or in so many words."""
    weight = WEIGHTS[EvidenceKind.STATED]
    for known, target, said in required(corpus, concepts, finder):
        yield Claim(known, target, Evidence(EvidenceKind.STATED, weight, *said))


def _from_bodies(
    corpus: Corpus,
    concepts: Sequence[Concept],
    findings: Iterable[Findings],
    said: Mapping[tuple[ConceptId, ConceptId], object],
) -> Iterator[Claim]:
    """A page that keeps speaking of something that the notes define before it, and is not spoken of there."""
    pages: dict[SectionId, list[Concept]] = defaultdict(list)
    for concept in concepts:
        if concept.section and concept.definitions and concept.definitions[0].style in _PAGE_STYLES:
            pages[concept.section].append(concept)
    spoken: dict[tuple[SectionId, ConceptId], list[Use]] = defaultdict(list)
    for use in (use for found in findings for use in found.uses):
        if use.mention.section in pages:
            spoken[use.mention.section, use.mention.concept].append(use)
    by_id = {c.id: c for c in concepts}
    passages = {s.id: s.passages for s in corpus.sections() if s.id in pages}
    weight = WEIGHTS[EvidenceKind.BODY]
    for (section, named), all_uses in spoken.items():
        other = by_id[named]
        for concept in pages[section]:
            body = [u for u in all_uses if not _in_definitions(u.mention, concept)]
            back = other.section is not None and (other.section, concept.id) in spoken
            before = other.position < concept.position and other.definitions
            if len(body) >= _REPEATED and before and not back and (concept.id, named) not in said:
                passage, place = passages[section][body[0].passage], body[0].start
                said_there = quoted(passage, *sentence_at(passage.text, place))
                yield Claim(named, concept.id, Evidence(EvidenceKind.BODY, weight, *said_there))


def _in_definitions(mention: Mention, concept: Concept) -> bool:
    return any(
        d.location.path == mention.path and d.location.first_line <= mention.line <= d.location.last_line
        for d in concept.definitions
    )
