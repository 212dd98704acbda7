"""What one document says of the concepts: where it uses them, and which of them need which.

All of it follows from the document and from the labels that its words could be, and from nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.labels import label_key, label_words
from corpus.model import (
    Definition,
    Document,
    Passage,
    PassageKind,
    RelationKind,
    SectionId,
    SourceLocation,
)
from corpus.places import Span, lines_before
from corpus.questions.marks import MARK, OPTION
from corpus.quoting import quoted
from corpus.sentences import sentence_at, sentences
from graph.evidence import LATER_SENTENCE, WEIGHTS, cue, is_brought_about, is_example, is_order
from graph.mentions import Match
from graph.model import Concept, ConceptId, Evidence, EvidenceKind, Mention, Relation
from graph.scope import ConceptFinder, is_everyday

_LONGEST_SENTENCE = 400
_MARKS = " *_`\n"


@dataclass(frozen=True, slots=True)
class Use:
    """A mention, the number of the passage in its section, and where in the passage it begins."""

    mention: Mention
    passage: int
    start: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said to be known before what, and the words that say so; `if_first` tells that it holds only
    where the notes define it before, `if_unsaid` only where nothing says the reverse."""

    prerequisite: ConceptId
    target: ConceptId
    evidence: Evidence
    if_first: bool = False
    if_unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a document, in reading order."""

    uses: tuple[Use, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...] = ()


def said_in(document: Document, concepts: Sequence[Concept], finder: ConceptFinder) -> Findings:
    """What a document says of the concepts."""
    asked = _asked_lines(document)
    claims = [
        *(c for d in document.definitions for c in _from_definition(d, concepts, finder)),
        *_from_lists_of_kinds(document, concepts, finder),
        *_from_statements(document, asked, concepts, finder),
    ]
    uses = tuple(_uses(document, asked, concepts, finder))
    return Findings(uses, tuple(claims), tuple(_relations(document, asked, concepts, finder)))


def _asked_lines(document: Document) -> frozenset[int]:
    """The lines that are those of quizzes."""
    return frozenset(
        line
        for question in document.questions
        for line in range(question.location.first_line, question.location.last_line + 1)
    )


# --- where concepts are used -------------------------------------------------------------------------------


def _uses(
    document: Document, asked: frozenset[int], concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[Use]:
    """Every use of a concept in prose, except inside its own definitions."""
    own: dict[ConceptId, list[SourceLocation]] = {}
    for definition in document.definitions:
        own.setdefault(finder.defined_by(definition).id, []).append(definition.location)
    for section in document.sections:
        for number, passage in enumerate(section.passages):
            for match in finder.uses(passage, section.id):
                concept = concepts[match.owner].id
                line = passage.location.first_line + lines_before(passage.text, match.start)
                if any(place.holds(line) for place in own.get(concept, ())):
                    continue
                label = match.name or passage.text[match.start : match.end]
                sentence = _sentence(passage, match.start, line in asked)
                mention = Mention(concept, label, section.id, passage.location.path, line, sentence)
                yield Use(mention, number, match.start)


def _sentence(passage: Passage, place: int, in_quiz: bool) -> str:
    """The sentence around a place; of a quiz as it is spoken, without "Q:", "A:" and "E:", and each option by
    itself."""
    start, end = _apart_from_options(passage.text, sentence_at(passage.text, place), place, in_quiz)
    if end - start > _LONGEST_SENTENCE:
        start = max(start, passage.text.rfind(" ", 0, max(1, place - _LONGEST_SENTENCE // 2)) + 1)
        cut = passage.text.find(" ", start + _LONGEST_SENTENCE)
        end = min(end, cut) if cut > 0 else end
    words = passage.text[start:end]
    return " ".join((_without_marks(words) if in_quiz else words).split())


def _apart_from_options(text: str, sentence: Span, place: int, in_quiz: bool) -> Span:
    """The lines of a sentence that say one thing: the options of a question, and its answer, are lines of
    their own. What is no question has two options at least."""
    start, end = sentence
    if "\n" not in text[start:end]:
        return sentence
    at, begins = start, []
    for line in text[start:end].split("\n"):
        bare = line.strip()
        if OPTION.match(bare) or (in_quiz and MARK.match(bare)):
            begins.append(at)
        at += len(line) + 1
    if len(begins) < (1 if in_quiz else 2):
        return sentence
    return max([start, *(b for b in begins if b <= place)]), min([end, *(b - 1 for b in begins if b > place)])


def _without_marks(words: str) -> str:
    return "\n".join(map(_spoken, words.split("\n")))


def _spoken(line: str) -> str:
    bare = line.strip()
    marks = (found for pattern in (MARK, OPTION) if (found := pattern.match(bare)))
    return bare[max((mark.end() for mark in marks), default=0) :]


# --- what definitions say ----------------------------------------------------------------------------------


def _from_definition(
    definition: Definition, concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[Claim]:
    concept = finder.defined_by(definition)
    for number, passage in enumerate(definition.passages):
        if passage.kind is PassageKind.LIST_ITEM and number and not _list_defines(definition):
            continue
        matches = finder.uses(passage, definition.section)
        for start, end in sentences(passage.text):
            first = number == 0 and start == 0
            # What to do with a thing one does when it is known.
            if not first and is_order(passage.text[start:end]):
                continue
            inside = [m for m in matches if start <= m.start < end]
            share = (1 if first else LATER_SENTENCE) * _trust(definition)
            opens = first or passage.kind is PassageKind.LIST_ITEM
            about = _is_about_another(inside, concept, passage.text[start:end], start, opens)
            needed = inside[1:] if about else inside
            yield from _from_sentence(concept, passage, (start, end), needed, share, first, concepts)


def _from_sentence(
    concept: Concept,
    passage: Passage,
    place: Span,
    inside: Sequence[Match],
    trust: float,
    first: bool,
    concepts: Sequence[Concept],
) -> Iterator[Claim]:
    """What one sentence that explains a concept says that it needs."""
    start, end = place
    sentence = passage.text[start:end]
    if is_example(sentence):
        return
    for match in inside:
        owner = concepts[match.owner]
        if owner.id == concept.id or _is_in_another_name(sentence, match.start - start, concept):
            continue
        # What follows a semicolon explains, as a later sentence does.
        defines = first and ";" not in sentence[: match.start - start]
        said = cue(sentence, match.start - start, match.end - start, defines)
        if said is None or (said[1] < 1 and is_everyday(sentence[match.start - start : match.end - start])):
            continue
        kind, share = said
        brought = is_brought_about(sentence, match.start - start, defines)
        if brought and not defines:
            continue
        share *= trust * (LATER_SENTENCE if first and not defines else 1)
        evidence = Evidence(kind, round(WEIGHTS[kind] * share, 3), *quoted(passage, start, end))
        yield Claim(owner.id, concept.id, evidence, brought)


_LONGEST_NAME = 60


def _is_in_another_name(sentence: str, place: int, concept: Concept) -> bool:
    """Whether a place is in brackets that hold another name of a thing and no more: behind "spruce timber",
    "(deal timber)"."""
    _, opened, before = sentence[max(0, place - _LONGEST_NAME) : place].rpartition("(")
    inside, closed, _ = (before + sentence[place : place + _LONGEST_NAME]).partition(")")
    if not opened or not closed or ")" in before:
        return False
    words = label_words(inside)
    return 2 <= len(words) <= 4 and words[-1] == label_words(concept.pref_label)[-1]


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


def _is_about_another(
    inside: Sequence[Match], concept: Concept, sentence: str, start: int, defines: bool
) -> bool:
    """Whether what is named first is another concept that the sentence is about: "A deep net contains hidden
    layers" in the entry of hidden layers says what deep nets need, "The tide then turns", after the words
    that define something else, what comes of it."""
    if not inside or inside[0].owner == concept.position:
        return False
    before = sentence[: inside[0].start - start].strip(_MARKS).casefold()
    before = before if defines else _SETTING.sub("", before, count=1)
    opens = before in ("", "a", "an", "the")
    speaks = (
        m.owner == concept.position and not _GIVES_A_NAME.search(sentence, 0, m.start - start) for m in inside
    )
    return opens and (not defines or any(speaks))


# "After that", "With little wind,": what stands before the subject of a sentence.
_SETTING = re.compile(
    r"\A(?:after(?:wards?)?|before|by|until|since|with(?:out|in)?|in|on|at|for|during|under|when|if|while|as|once|later|"
    r"usually|often|sometimes|today|however|therefore|thus|moreover)\b(?:[^,]{0,80},|\s(?:that|then)\b)\s*",
)
# "A knot that ... (also called a hitch)" tells another name of the hitch, and speaks of no other thing.
_GIVES_A_NAME = re.compile(
    r"(?:\((?:[^()]*\s)?|\b(?:called|known\s+as|a\.?k\.?a\.?|named|termed|or)\s+)(?:an?\s+|the\s+|simply\s+|just\s+)*"
    r"[\"'“”‘’*_]*\Z",
    re.IGNORECASE,
)


def _from_lists_of_kinds(
    document: Document, concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[Claim]:
    """What a list of kinds says of each: "- canoe (a narrow boat with paddles)"."""
    listed = {(k.section, label_key(k.narrower)) for k in document.kinds}
    for section in document.sections:
        for passage in section.passages if listed else ():
            if passage.kind is not PassageKind.LIST_ITEM:
                continue
            matches = finder.uses(passage, section.id)
            begins = passage.text[: matches[0].end].strip(_MARKS) if matches else ""
            if (section.id, label_key(begins)) in listed:
                whole = (0, len(passage.text))
                concept, others = concepts[matches[0].owner], matches[1:]
                yield from _from_sentence(concept, passage, whole, others, LATER_SENTENCE, False, concepts)


# --- parts and examples ------------------------------------------------------------------------------------


def _relations(
    document: Document, asked: frozenset[int], concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[Relation]:
    """What is said to be part of what, and an example of what, where both are concepts."""
    for said in document.relations:
        is_part = said.kind is RelationKind.PART_OF
        one = _named_by(said.one, said.section, concepts, finder, more=is_part)
        other = _named_by(said.other, said.section, concepts, finder, more=True)
        if one and other and one != other and said.location.first_line not in asked:
            yield Relation(said.kind, one, other, said.quote, said.location, said.words)


def _named_by(
    phrase: str, section: SectionId, concepts: Sequence[Concept], finder: ConceptFinder, *, more: bool
) -> ConceptId | None:
    """The concept that a noun phrase names, or, if it may say `more`, ends in: "small boats" are boats."""
    last = max(finder.find(phrase, section), key=lambda match: match.end, default=None)
    found = last and last.end == len(phrase) and (more or last.start == 0)
    return concepts[last.owner].id if last and found else None


# --- what sentences say anywhere ---------------------------------------------------------------------------


_SAYS_WHAT = frozenset(("is a", "is an", "are", "is the", "is one", "is a kind of", "is a type of"))
_BEGINS = frozenset(("", "a", "an", "the", "for example", "for instance"))
_ENDS = frozenset((".", ",", ";", "", "\n"))


def _from_statements(
    document: Document, asked: frozenset[int], concepts: Sequence[Concept], finder: ConceptFinder
) -> Iterator[Claim]:
    """Sentences anywhere that say "X is a Y" of two concepts, X being the subject."""
    weight = WEIGHTS[EvidenceKind.IS_A]
    for section in document.sections:
        for passage in section.passages:
            # Most options of a quiz are wrong.
            if passage.location.first_line in asked:
                continue
            text = passage.text
            for one, other in pairwise(finder.uses(passage, section.id)):
                if one.owner == other.owner or not _says_what(text, one, other):
                    continue
                start, end = sentence_at(text, one.start)
                if _folded(text[start : one.start]).rstrip(",") in _BEGINS:
                    evidence = Evidence(EvidenceKind.IS_A, weight, *quoted(passage, start, end))
                    yield Claim(concepts[other.owner].id, concepts[one.owner].id, evidence)


def _says_what(text: str, one: Match, other: Match) -> bool:
    """Whether between two mentions stands what says that the one is the other, and behind them no more."""
    ends = text[other.end : other.end + 1] in _ENDS
    return ends and _folded(text[one.end : other.start]) in _SAYS_WHAT


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
