"""What must be known before what, with the words that say so.

Few, true, quoted edges. A short definition that names another concept needs it; a longer name needs the name
it ends in; a section that keeps speaking of something taught before needs that. The order of the notes alone
never makes an edge, and never vetoes what a definition says.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.labels import label_key, label_words
from corpus.model import Corpus, Definition, DefinitionStyle, Passage, PassageKind, SectionId
from corpus.quoting import quoted
from corpus.sentences import sentence_at, sentences
from graph.concepts import LabelPlaces
from graph.evidence import LATER_SENTENCE, WEIGHTS, cue, is_example
from graph.mentions import Match, asked_lines
from graph.model import Broader, Concept, ConceptId, Evidence, EvidenceKind, Mention, Prerequisite
from graph.requirements import required
from graph.scope import ConceptFinder
from graph.stated import stated_prerequisites

# A page that names a thing in passing does not need it; one that keeps naming it does.
_REPEATED = 3
_MOST_CERTAIN = 0.98
_PAGE_STYLES = frozenset({DefinitionStyle.HEADING, DefinitionStyle.FRONT_MATTER})


@dataclass(frozen=True, slots=True)
class Use:
    """A mention with the passage that it stands in, and where in the passage."""

    mention: Mention
    passage: Passage
    start: int


@dataclass(frozen=True, slots=True)
class _Claim:
    prerequisite: ConceptId
    target: ConceptId
    evidence: Evidence


def prerequisites_of(
    corpus: Corpus,
    concepts: Sequence[Concept],
    stated: LabelPlaces,
    finder: ConceptFinder,
    broader: Sequence[Broader],
    uses: Sequence[Use],
) -> list[Prerequisite]:
    """Every edge that the notes give evidence for, sorted by target's and prerequisite's place; may hold
    cycles."""
    claims: dict[tuple[ConceptId, ConceptId], list[Evidence]] = defaultdict(list)
    sources: tuple[Iterable[_Claim], ...] = (
        _from_settings(corpus, concepts),
        _from_requirements(corpus, concepts, finder),
        _from_kinds(broader),
        (
            c
            for concept in concepts
            for d in concept.definitions
            for c in _from_definition(concept, d, concepts, finder)
        ),
        _from_statements(corpus, concepts, finder),
        _from_head_nouns(concepts, stated, finder),
    )
    for source in sources:
        for claim in source:
            if claim.prerequisite != claim.target:
                claims[claim.prerequisite, claim.target].append(claim.evidence)
    for claim in _from_bodies(concepts, uses, claims):
        claims[claim.prerequisite, claim.target].append(claim.evidence)
    place = {c.id: c.position for c in concepts}
    ordered = sorted(claims.items(), key=lambda item: (place[item[0][1]], place[item[0][0]]))
    return [_edge(pair, evidence) for pair, evidence in ordered]


def _edge(pair: tuple[ConceptId, ConceptId], evidence: list[Evidence]) -> Prerequisite:
    """One edge from all that was said for it. Independent reasons add up (noisy or); a second reason of the
    same kind says the same again and counts once."""
    ordered = sorted(evidence, key=lambda e: (-e.weight, e.location, e.quote))
    distinct = {(e.kind, e.location, e.quote): e for e in reversed(ordered)}.values()
    best: dict[EvidenceKind, float] = {}
    for item in ordered:
        best.setdefault(item.kind, item.weight)
    confidence = 1 - math.prod(1 - weight for weight in best.values())
    return Prerequisite(pair[0], pair[1], round(min(confidence, _MOST_CERTAIN), 3), tuple(reversed(distinct)))


# --- what definitions say ----------------------------------------------------------------------------------


def _from_definition(
    concept: Concept, definition: Definition, concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[_Claim]:
    for number, passage in enumerate(definition.passages):
        if passage.kind is PassageKind.LIST_ITEM and number and not _list_defines(definition):
            continue
        matches = finder.uses(passage, definition.section)
        for start, end in sentences(passage.text):
            first = number == 0 and start == 0
            sentence = passage.text[start:end]
            if is_example(sentence):
                continue
            inside = [m for m in matches if start <= m.start < end]
            for match in inside:
                owner = concepts[match.owner]
                if owner.id == concept.id or _is_about_another(
                    inside, match, concept.position, sentence, start
                ):
                    continue
                said = cue(sentence, match.start - start, match.end - start, first)
                if said is None:
                    continue
                kind, share = said
                weight = WEIGHTS[kind] * share * (1 if first else LATER_SENTENCE) * _trust(definition)
                quote, place = quoted(passage, start, end)
                yield _Claim(owner.id, concept.id, Evidence(kind, round(weight, 3), quote, place))


def _trust(definition: Definition) -> float:
    """How far a definition counts: one that may be none counts less."""
    return 1.0 if definition.confidence >= 0.7 else 0.85


def _list_defines(definition: Definition) -> bool:
    """A list belongs to a definition's meaning if the definition's first sentence announces it, and it is
    none of causes or kinds."""
    first = definition.passages[0].text
    opening = first[slice(*next(iter(sentences(first)), (0, 0)))].rstrip()
    return opening.endswith(":") and not opening.lower().rstrip(": ").endswith(
        ("include", "including", "such as", "are", "example")
    )


def _is_about_another(inside: Sequence[Match], match: Match, own: int, sentence: str, start: int) -> bool:
    """Whether the sentence is about the other concept: "A deep network contains hidden layers" in the entry
    of hidden layers says what deep networks need."""
    opens = sentence[: match.start - start].strip().casefold() in ("", "a", "an", "the")
    return opens and any(m.owner == own and m.start > match.start for m in inside)


# --- what is said elsewhere --------------------------------------------------------------------------------


def _from_kinds(broader: Sequence[Broader]) -> Iterator[_Claim]:
    weight = WEIGHTS[EvidenceKind.KIND]
    for link in broader:
        yield _Claim(
            link.broader, link.narrower, Evidence(EvidenceKind.KIND, weight, link.quote, link.location)
        )


def _from_statements(corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder) -> Iterator[_Claim]:
    """Sentences anywhere that say "X is a Y" of two concepts, X being the subject."""
    weight = WEIGHTS[EvidenceKind.IS_A]
    asked = asked_lines(corpus)
    for section in corpus.sections():
        for passage in section.passages:
            # Most options of a quiz are wrong.
            if passage.location.first_line in asked[passage.location.path]:
                continue
            matches = finder.uses(passage, section.id)
            for one, other in pairwise(matches):
                between = " ".join(passage.text[one.end : other.start].split()).casefold()
                if one.owner == other.owner or between not in (
                    "is a",
                    "is an",
                    "are",
                    "is the",
                    "is one",
                    "is a kind of",
                    "is a type of",
                ):
                    continue
                after = passage.text[other.end : other.end + 1]
                start, end = sentence_at(passage.text, one.start)
                lead = " ".join(passage.text[start : one.start].split()).casefold().rstrip(",")
                if after in (".", ",", ";", "", "\n") and lead in (
                    "",
                    "a",
                    "an",
                    "the",
                    "for example",
                    "for instance",
                ):
                    quote, place = quoted(passage, start, end)
                    yield _Claim(
                        concepts[other.owner].id,
                        concepts[one.owner].id,
                        Evidence(EvidenceKind.IS_A, weight, quote, place),
                    )


def _from_head_nouns(
    concepts: Sequence[Concept], stated: LabelPlaces, finder: ConceptFinder
) -> Iterator[_Claim]:
    """ "Stochastic gradient descent" needs "gradient descent": a longer name needs the one that it ends
    in."""
    owners = {label_key(label): (c, label) for c in concepts for label in (c.pref_label, *c.alt_labels)}
    weight = WEIGHTS[EvidenceKind.HEAD_NOUN]
    for concept in concepts:
        for label in (concept.pref_label, *concept.alt_labels):
            words = label_words(label)
            for cut in range(1, len(words)):
                head, name = owners.get(label_key(" ".join(words[cut:])), (concept, ""))
                near = concept.section is None or finder.reaches(head, name, concept.section)
                if head.id == concept.id or not near:
                    continue
                if place := stated.of(concept.id, label):
                    yield _Claim(head.id, concept.id, Evidence(EvidenceKind.HEAD_NOUN, weight, *place))
                    break


def _from_settings(corpus: Corpus, concepts: Sequence[Concept]) -> Iterator[_Claim]:
    """What the author states of the notes as a whole."""
    weight = WEIGHTS[EvidenceKind.STATED]
    for known, target, said in stated_prerequisites(corpus, concepts):
        if not said.remove:
            yield _Claim(known, target, Evidence(EvidenceKind.STATED, weight, said.quote, said.location))


def _from_requirements(
    corpus: Corpus, concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[_Claim]:
    """What authors state as prerequisites of a lesson, in front matter or in so many words."""
    weight = WEIGHTS[EvidenceKind.STATED]
    for known, target, quote, place in required(corpus, concepts, finder):
        yield _Claim(known, target, Evidence(EvidenceKind.STATED, weight, quote, place))


def _from_bodies(
    concepts: Sequence[Concept], uses: Sequence[Use], said: Mapping[tuple[ConceptId, ConceptId], object]
) -> Iterator[_Claim]:
    """A page that keeps speaking of something that the notes define before it, and is not spoken of there."""
    pages: dict[SectionId, list[Concept]] = defaultdict(list)
    for concept in concepts:
        if concept.section and concept.definitions and concept.definitions[0].style in _PAGE_STYLES:
            pages[concept.section].append(concept)
    spoken: dict[tuple[SectionId, ConceptId], list[Use]] = defaultdict(list)
    for use in uses:
        if use.mention.section in pages:
            spoken[use.mention.section, use.mention.concept].append(use)
    by_id = {c.id: c for c in concepts}
    weight = WEIGHTS[EvidenceKind.BODY]
    for (section, named), all_uses in spoken.items():
        other = by_id[named]
        for concept in pages[section]:
            body = [u for u in all_uses if not _in_definitions(u.mention, concept)]
            back = other.section is not None and (other.section, concept.id) in spoken
            before = other.position < concept.position and other.definitions
            if len(body) >= _REPEATED and before and not back and (concept.id, named) not in said:
                passage, place = body[0].passage, body[0].start
                quote, lines = quoted(passage, *sentence_at(passage.text, place))
                yield _Claim(named, concept.id, Evidence(EvidenceKind.BODY, weight, quote, lines))


def _in_definitions(mention: Mention, concept: Concept) -> bool:
    return any(
        d.location.path == mention.path and d.location.first_line <= mention.line <= d.location.last_line
        for d in concept.definitions
    )
