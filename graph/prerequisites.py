"""What must be known before what, with the words that say so.

Few, true, quoted edges. A short definition that names another concept needs it; a longer name needs the names
it holds; a section that keeps speaking of something taught before needs that. The order of the notes alone
never makes an edge, and never vetoes what a definition says.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.acronyms import is_acronym_of
from corpus.headings import bare_heading
from corpus.labels import label_key, label_words
from corpus.model import Corpus, Document, SectionId, SourceLocation
from corpus.quoting import quoted
from corpus.sentences import sentence_at
from graph.evidence import OTHER_NAME, WEIGHTS, support
from graph.findings import Claim, Findings, Use
from graph.label_places import LabelPlaces
from graph.model import Broader, Concept, ConceptId, Evidence, EvidenceKind, Mention, Prerequisite
from graph.order import TeachingOrder
from graph.requirements import required
from graph.scope import ConceptFinder, is_everyday
from graph.stated import stated_prerequisites
from graph.subjects import subjects_of

# A page that names a thing in passing does not need it; one that keeps naming it does.
_REPEATED = 3
# What else a document may define and still be a page about the thing that it is called by.
_FEW = 3
_MOST_CERTAIN = 0.98

_WORD = re.compile(r"[\w’'+#]+|&")

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
        # What a text says either way counts more than how a thing is also called: these come last.
        _from_names(concepts, stated, finder, others=True),
    )
    # "There are two kinds of boat: rafts and canoes" in the entry of boats does not explain boats by rafts.
    backward = {(b.narrower, b.broader, b.quote) for b in broader}
    order = TeachingOrder(corpus, concepts)
    for source in sources:
        for claim in source:
            pair = claim.prerequisite, claim.target
            held = not claim.if_first or order.is_first(*pair) is True
            held = held and not (claim.if_unsaid and claims.get(pair[::-1]))
            if claim.prerequisite != claim.target and held and (*pair, claim.evidence.quote) not in backward:
                claims[pair].append(claim.evidence)
    for claim in _from_bodies(corpus, concepts, findings, claims, order):
        claims[claim.prerequisite, claim.target].append(claim.evidence)
    place = {c.id: c.position for c in concepts}
    _weigh_mentions(claims, order)
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
    # What is stated inside a definition is no mention beside.
    stated = {(e.location, e.quote) for e in evidence if e.kind is EvidenceKind.STATED}
    told = [e for e in evidence if e.kind is EvidenceKind.STATED or (e.location, e.quote) not in stated]
    ordered = sorted(told, key=lambda e: (-e.weight, e.location, e.quote))
    distinct: dict[tuple[EvidenceKind, SourceLocation, str], Evidence] = {}
    for item in ordered:
        distinct.setdefault((item.kind, item.location, item.quote), item)
    best: dict[EvidenceKind, float] = {}
    for item in ordered:
        kind = EvidenceKind.DEFINITION if item.kind is EvidenceKind.NAME else item.kind
        best[kind] = max(best.get(kind, 0), item.weight)
    confidence = 1 - math.prod(1 - weight for weight in best.values())
    return Prerequisite(pair[0], pair[1], round(min(confidence, _MOST_CERTAIN), 3), tuple(distinct.values()))


# --- what is said of the notes as a whole, and of names ----------------------------------------------------


def _from_kinds(broader: Sequence[Broader]) -> Iterator[Claim]:
    weight = WEIGHTS[EvidenceKind.KIND]
    for link in broader:
        yield Claim(
            link.broader,
            link.narrower,
            Evidence(EvidenceKind.KIND, weight, link.quote, link.location, link.words),
        )


def _from_names(
    concepts: Sequence[Concept], stated: LabelPlaces, finder: ConceptFinder, *, others: bool = False
) -> Iterator[Claim]:
    """What names say: "stochastic gradient descent" needs the "gradient descent" that it ends in, a "tide
    table" has to do with the tides that it begins with. What a thing is only also called (`others`) says
    less, if it is not what the thing's short name stands for."""
    shown = {label_key(label): (c, label) for c in concepts for label in (c.pref_label, *c.alt_labels)}
    for concept in concepts:
        for label in (concept.pref_label, *concept.alt_labels):
            own = label == concept.pref_label or label.isupper() or is_acronym_of(concept.pref_label, label)
            if others is own:
                continue
            for part, name, is_head in _names_in(label_words(label), shown):
                near = concept.section is None or finder.reaches(part, name, concept.section)
                if part.id == concept.id or not near or not (is_head or _says_much(name, part)):
                    continue
                place = stated.of(concept.id, label)
                if place and _holds_words(place[0], name):
                    kind = EvidenceKind.HEAD_NOUN if is_head else EvidenceKind.NAME
                    weight = round(WEIGHTS[kind] * (OTHER_NAME if others and not is_head else 1), 3)
                    yield Claim(part.id, concept.id, Evidence(kind, weight, *place), if_unsaid=others)


def _names_in(
    words: Sequence[str], shown: Mapping[str, tuple[Concept, str]]
) -> Iterator[tuple[Concept, str, bool]]:
    """The concepts that a part of a name is the name of, the longest first, none of them within another; and
    whether the name ends in it."""
    free = [True] * len(words)
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length, -1, -1):
            end = start + length
            owner = shown.get(label_key(" ".join(words[start:end])))
            if owner and all(free[start:end]):
                free[start:end] = [False] * length
                yield *owner, end == len(words)


def _holds_words(text: str, name: str) -> bool:
    """Whether words as they stand in the source hold a name: a title that a file gives may be shorter."""
    whole, part = (
        "".join(f" {''.join(label_words(word))}" for word in _WORD.findall(words)) + " "
        for words in (text, name)
    )
    return part in whole


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
    for one in required(corpus, concepts, finder):
        evidence = Evidence(EvidenceKind.STATED, round(weight * one.share, 3), *one.said)
        yield Claim(one.known, one.target, evidence)


def _from_bodies(
    corpus: Corpus,
    concepts: Sequence[Concept],
    findings: Iterable[Findings],
    said: Mapping[tuple[ConceptId, ConceptId], object],
    order: TeachingOrder,
) -> Iterator[Claim]:
    """A page that keeps speaking of something with which the notes explain more than with the page's own
    subject, unless they define it later; or as much, if they define it before."""
    pages = _pages(corpus, concepts)
    spoken: dict[tuple[ConceptId, ConceptId], list[Use]] = defaultdict(list)
    for use in (use for found in findings for use in found.uses):
        if use.mention.section in pages and not is_everyday(use.mention.label):
            for concept in pages[use.mention.section]:
                spoken[use.mention.concept, concept.id].append(use)
    by_id = {c.id: c for c in concepts}
    passages = {s.id: s.passages for s in corpus.sections() if s.id in pages}
    explains = Counter(prerequisite for prerequisite, _ in said)
    weight = WEIGHTS[EvidenceKind.BODY]
    for (named, about), all_uses in spoken.items():
        if named == about or (named, about) in said:
            continue
        body = [use for use in all_uses if not _in_definitions(use.mention, by_id[about])]
        back = len(spoken.get((about, named), ()))
        more, first = explains[named] - explains[about], order.is_first(named, about)
        before = first is not False if more > 0 else first is True and not more
        if len(body) >= max(_REPEATED, 2 * back + 1) and before:
            passage, place = passages[body[0].mention.section][body[0].passage], body[0].start
            said_there = quoted(passage, *sentence_at(passage.text, place))
            yield Claim(named, about, Evidence(EvidenceKind.BODY, weight, *said_there))


def _pages(corpus: Corpus, concepts: Sequence[Concept]) -> Mapping[SectionId, list[Concept]]:
    """The sections that are about a concept, and all of a document that is called so, if it defines little
    else."""
    homes = {section.id: section for section in corpus.sections()}
    defined = Counter(c.definitions[0].location.path for c in concepts if c.definitions)
    documents = {document.path: document for document in corpus.documents}
    # Under a heading that nobody explains there stands anything.
    explained = subjects_of(corpus, [c for c in concepts if c.definitions])
    pages = {section: {c.id: c for c in about} for section, about in explained.items()}
    for concept in concepts:
        home = homes.get(concept.section) if concept.section else None
        document = documents[home.location.path] if home and home.level <= 1 else None
        if document and defined[document.path] <= _FEW and _is_called(document, concept):
            for section in document.sections:
                pages.setdefault(section.id, {})[concept.id] = concept
    return {section: list(about.values()) for section, about in pages.items()}


def _is_called(document: Document, concept: Concept) -> bool:
    labels = (concept.pref_label, *concept.alt_labels, *concept.hidden_labels)
    return label_key(bare_heading(document.title)) in map(label_key, labels)


def _in_definitions(mention: Mention, concept: Concept) -> bool:
    return any(
        d.location.path == mention.path and d.location.holds(mention.line) for d in concept.definitions
    )
