"""How things are spoken of: the shorter and longer words that notes use for a name and never state."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from corpus.labels import label_key, label_words, singular
from corpus.model import AliasKind, Corpus, Definition, Document
from graph.evidence import ends_phrase
from graph.memory import Memory
from graph.mentions import LabelFinder
from graph.naming import Names, cut_short

# "rank (of a tensor)" is spoken of as "rank", as long as nothing else is.
QUALIFIED = re.compile(r"(.+?)\s*\([^()]+\)")
# "classification problem" is spoken of as "classification": these heads add nothing to what a name says.
_EMPTY_HEADS = frozenset({"problem", "task"})
# "Microservices architecture" is spoken of as "microservices", "software architecture" never as "software":
# these heads add little where the rest is several words, or several things.
_LIGHT_HEADS = frozenset("algorithm approach architecture method paradigm pattern technique".split())
# Names made of a verb or an adjective in a way that leaves no doubt which.
_OTHER_FORMS = {
    "ization": ("ize", "ized", "izing"),
    "isation": ("ise", "ised", "ising"),
    "ability": ("able", "ably"),
    "ibility": ("ible", "ibly"),
}
_SHORTEST_STEM = 4
_ARTICLE = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)


def spoken_without_head(
    corpus: Corpus, terms: Sequence[tuple[str, str]], names: Names, memory: Memory
) -> Iterator[tuple[str, str]]:
    """Compounds that stand for a whole name: the "log-line speed" is spoken of as "log line" where speed is a
    concept of its own, if the notes use these words only as a name, never before another noun. `terms` are
    the keys of all concepts, each with its names."""
    known = {key for key, _ in terms}
    candidates = [
        (key, words[0], " ".join(words))
        for key, words in ((key, term.split()) for key, term in terms)
        if "-" in words[0][1:-1]
        and names.find(label_key(" ".join(words[1:]))) in known
        and names.find(label_key(words[0])) not in known
    ]
    if not candidates:
        return
    labels = [label for _, compound, whole in candidates for label in (compound, whole)]
    finder = LabelFinder((number, (label,)) for number, label in enumerate(labels))
    always: dict[str, bool] = {}
    for document in corpus.documents:
        uses = memory.found(
            document,
            list[tuple[str, bool]],
            partial(_possible, finder, labels),
            partial(_standing_alone, document, finder, labels),
        )
        for label, alone in uses:
            always[label] = always.get(label, True) and alone
    for key, compound, _ in candidates:
        if always.get(compound):
            yield key, compound


def _possible(finder: LabelFinder, labels: Sequence[str], words: AbstractSet[str]) -> object:
    return [
        "alone",
        *((p.words, labels[p.owner], p.exact, p.joined) for p in finder.possible(words)),
    ]


def _standing_alone(document: Document, finder: LabelFinder, labels: Sequence[str]) -> list[tuple[str, bool]]:
    """Every use of the labels in a document, and whether a noun phrase ends with it."""
    return [
        (labels[match.owner], ends_phrase(passage.text, match.end))
        for section in document.sections
        for passage in section.passages
        for match in finder.find(passage.text, passage.masked)
    ]


def spoken_as_gloss(
    corpus: Corpus, terms: Sequence[tuple[str, str]], names: Names, memory: Memory
) -> Iterator[tuple[str, str]]:
    """Words in brackets that say a name again in its own form, "abseiling (rappelling)", where the notes use
    them as a name. What they do things in ("casting (fishing)": "a line for fishing"), or have a title for,
    is the field that the name belongs to. `terms` are the keys of all concepts, each with its names."""
    known = {key for key, _ in terms} | {
        label_key(word) for s in corpus.sections() for word in (s.title, *s.location.path.split("/")[:-1])
    }
    found = [(key, match["gloss"]) for key, term in terms if (match := _GLOSSED.fullmatch(term))]
    glosses = Counter(label_key(gloss) for _, gloss in found)
    candidates = [
        (key, gloss)
        for key, gloss in dict.fromkeys(found)
        if names.find(label_key(gloss)) not in known and glosses[label_key(gloss)] == 1
    ]
    if not candidates:
        return
    labels = [gloss for _, gloss in candidates]
    finder = LabelFinder((number, (label,)) for number, label in enumerate(labels))
    fields: dict[str, bool] = {}
    for document in corpus.documents:
        uses = memory.found(
            document,
            list[tuple[str, bool]],
            lambda words: ["field", _possible(finder, labels, words)],
            partial(_as_a_field, document, finder, labels),
        )
        for label, field in uses:
            fields[label] = fields.get(label, False) or field
    for key, gloss in candidates:
        if fields.get(gloss) is False:
            yield key, gloss


_GLOSSED = re.compile(r"[^\W\d_]{2,}ing\s\((?P<gloss>[^\W\d_]{2,}ing)\)", re.IGNORECASE)
_IN_A_FIELD = re.compile(r"\b(?:in|for|of|from|during|about|to|with)\s+\Z", re.IGNORECASE)
_BEFORE = 12


def _as_a_field(document: Document, finder: LabelFinder, labels: Sequence[str]) -> list[tuple[str, bool]]:
    """Every use of the labels in a document's prose as a noun phrase of its own, and whether it is what
    something is done in or for ("in fishing"). In brackets they are not used."""
    found = []
    for passage in (passage for section in document.sections for passage in section.passages):
        for match in finder.find(passage.text, passage.masked):
            before = passage.text[max(0, match.start - _BEFORE) : match.start]
            field = bool(_IN_A_FIELD.search(before))
            if field or (ends_phrase(passage.text, match.end) and not before.endswith("(")):
                found.append((labels[match.owner], field))
    return found


def spoken_short(pref: str, definitions: Sequence[Definition], shorter: Iterable[str]) -> Iterator[str]:
    """The words that a concept of this name is spoken of by; `shorter` are those that other names told."""
    for definition in definitions:
        yield from (a.label for a in definition.aliases if a.kind is AliasKind.CONDITIONAL)
    yield from shorter
    yield from (full for d in definitions if (full := _written_out(pref, d.text)))
    yield from bare(pref)
    words = pref.split()
    # "Training set" is spoken of as "training data set" where it is a set of data.
    data = {"data", "dataset"} & {w for d in definitions[:1] for w in label_words(d.text)}
    if len(words) > 1 and data and words[-1].casefold() == "set" and words[-2].casefold() != "data":
        yield " ".join((*words[:-1], "data", words[-1]))
    if len(words) > 1 and _adds_little(words):
        yield " ".join(words[:-1])
    if len(words) == 1:
        yield from other_forms(pref.casefold())


def other_forms(word: str) -> Iterator[str]:
    """How a thing is spoken of by verb or adjective: "tokenized" speaks of tokenization."""
    for ending, others in _OTHER_FORMS.items():
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            yield from (word.removesuffix(ending) + other for other in others)


def _adds_little(words: Sequence[str]) -> bool:
    """Whether a name is spoken of without its last word."""
    head, rest = label_key(words[-1]), words[:-1]
    last = rest[-1].casefold()
    several = len(label_words(" ".join(rest))) > 1 or (last.isalpha() and last != singular(last))
    return head in _EMPTY_HEADS or (head in _LIGHT_HEADS and several)


def _written_out(name: str, text: str) -> str:
    """The name that a definition begins with, if it is this one with a word written out or cut short: "Max
    temp" over "The maximum temperature is ...". Else ""."""
    words = _ARTICLE.sub("", text).split()
    count = len(label_words(name))
    first = next((f for n in range(1, count + 1) if len(label_words(f := " ".join(words[:n]))) == count), "")
    other = count > 1 and label_key(first) != label_key(name) and cut_short(first, name)
    return first if other else ""


def bare(name: str) -> Iterator[str]:
    """A name without what stands in brackets behind it."""
    if qualified := QUALIFIED.fullmatch(name):
        yield qualified[1]
