"""Short names that stand for two things: "IPA (India pale ale)", and "IPA (isopropyl alcohol)" elsewhere.

What is defined under such a name is called by its long form, so that each thing has a name of its own.
"""

from collections.abc import Iterator
from dataclasses import replace

from corpus.acronyms import is_acronym_of
from corpus.labels import label_key, label_words, says_more
from corpus.model import Alias, AliasKind, Corpus, Definition, Document

_STEM = 4  # letters


def named_in_full(corpus: Corpus) -> Corpus:
    """The notes, with the long form as the name of what is defined under a short one of several things."""
    meant: dict[str, list[str]] = {}
    for short, long in _meanings(d for document in corpus.documents for d in document.definitions):
        meant.setdefault(label_key(short), []).append(long)
    several = {key for key, longs in meant.items() if any(not _is_one(longs[0], long) for long in longs)}
    if not several:
        return corpus
    return replace(corpus, documents=tuple(_in_full(document, several) for document in corpus.documents))


def _meanings(definitions: Iterator[Definition]) -> Iterator[tuple[str, str]]:
    """The short names of definitions, each with what it stands for there."""
    for definition in definitions:
        if long := _long_form(definition):
            yield definition.term, long.label


def _long_form(definition: Definition) -> Alias | None:
    """What the short name that a definition stands under is said to stand for there."""
    acronyms = (alias for alias in definition.aliases if alias.kind is AliasKind.ACRONYM)
    return next((alias for alias in acronyms if is_acronym_of(definition.term, alias.label)), None)


def _is_one(one: str, other: str) -> bool:
    """Whether two long forms are one but for their endings, or for a word: "very high frequency (radio)"."""
    words, others = label_words(one), label_words(other)
    alike = len(words) == len(others) and all(
        a[:_STEM] == b[:_STEM] for a, b in zip(words, others, strict=True)
    )
    return alike or label_key(one) == label_key(other) or says_more(one, other)


def _in_full(document: Document, several: set[str]) -> Document:
    if not any(label_key(d.term) in several for d in document.definitions):
        return document
    return replace(document, definitions=tuple(_called_in_full(d, several) for d in document.definitions))


def _called_in_full(definition: Definition, several: set[str]) -> Definition:
    """A definition under its long form, if it stands under a short name of several things and tells it."""
    long = _long_form(definition) if label_key(definition.term) in several else None
    if long is None:
        return definition
    short = Alias(definition.term, AliasKind.ACRONYM, definition.location)
    others = tuple(alias for alias in definition.aliases if alias is not long)
    return replace(definition, term=long.label, aliases=(short, *others))
