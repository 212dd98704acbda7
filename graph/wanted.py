"""Words that the notes use like terms and never define, with the places where they are used."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.labels import ends_in_function_word, label_key, looks_like_term
from corpus.model import Corpus, Passage, SourceLocation
from graph.memory import Memory
from graph.mentions import LabelFinder
from graph.model import Concept, Wanted

_PLACES = 5
_FEWEST_USES = 3
_USES_PER_STRESS = 25

_EMPHASISED = re.compile(
    r"(?P<article>\b(?:an?|the|of|this|called|by|with)\s+)?(?<![\w*_])(?P<mark>\*\*|\*|__|_)(?=\S)(?P<words>[^*_\n]{2,40}?)(?<=\S)(?P=mark)(?![\w*_])"
)
_PHRASE_END = re.compile(
    r"\s*(?:[.,;:)!?]|$)|\s+(?:is|are|was|of|in|on|that|which|and|or|for|from|to|with|by|at|as|can|has)\b"
)


def wanted_terms(corpus: Corpus, concepts: Sequence[Concept], memory: Memory) -> Iterator[Wanted]:
    """Words that the notes set off like terms, name as kinds or give an acronym, use, and never define."""
    defined = {label_key(n) for c in concepts for n in (c.pref_label, *c.alt_labels, *c.hidden_labels)}
    candidates: dict[str, str] = {}
    stressed = Counter(label_key(label) for label in _all_set_off(corpus) if " " not in label)
    for label in _term_like(corpus):
        key = label_key(label)
        if key and key not in defined and _names_a_thing(label):
            candidates.setdefault(key, label)
    names = sorted(candidates.values(), key=str.casefold)
    finder = LabelFinder(enumerate((name,) for name in names))
    places: dict[str, list[SourceLocation]] = {}
    for document in corpus.documents:
        for spot in memory.spots(document, finder, names):
            places.setdefault(spot.name, []).append(SourceLocation(document.path, spot.line, spot.line))
    found = [
        Wanted(name, len(uses), tuple(uses[:_PLACES]))
        for name, uses in places.items()
        if len(uses) >= _FEWEST_USES
        # A word that is set off once in dozens of uses was just stressed there.
        and len(uses) <= _USES_PER_STRESS * stressed.get(label_key(name), len(uses))
    ]
    yield from sorted(found, key=lambda w: (-w.uses, w.label.casefold()))


def _term_like(corpus: Corpus) -> Iterator[str]:
    for document in corpus.documents:
        for statement in document.kinds:
            yield from (statement.narrower, statement.broader)
        for pair in document.name_pairs:
            yield from (pair.long, pair.short)
        for definition in document.definitions:
            yield from (a.label for a in definition.aliases)
        yield from document.prerequisites
    yield from _all_set_off(corpus)


def _all_set_off(corpus: Corpus) -> Iterator[str]:
    for section in corpus.sections():
        for passage in section.passages:
            yield from _set_off(passage)


_NO_NAME_BEGINS = frozenset(
    "a an the one two three four five six seven eight nine ten both multiple several many various few "
    "some any all each every other another same such would could should will can may might must shall "
    "do does did is are was were be been being has have had not".split()
)


def _names_a_thing(label: str) -> bool:
    """Whether words that stand out can be the name of something: no count of things, no bit of a sentence."""
    words = label.casefold().split()
    does = len(words) == 2 and words[0].endswith("ly") and words[1].endswith("ed")
    return (
        label[0].isalpha()
        and words[0] not in _NO_NAME_BEGINS
        and not does
        and not ends_in_function_word(label)
    )


def _set_off(passage: Passage) -> Iterator[str]:
    """Words in italics or bold that read like a name. A single word can just be stressed ("the *only* way"):
    it counts in italics where the noun phrase ends with it ("on a *manifold*.")."""
    for match in _EMPHASISED.finditer(passage.raw):
        words = match["words"].strip("`")
        if not looks_like_term(words, longest=4) or words[0].isupper():
            continue
        single = " " not in words
        if not single or (
            len(match["mark"]) == 1 and match["article"] and _PHRASE_END.match(passage.raw, match.end())
        ):
            yield words
