"""Other names that texts give to what they define: "also called ...", "Synonym for ...".

What is stated about names anywhere in the notes is read here; which concept it belongs to is decided later.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from corpus.acronyms import MOST_WORDS, expansion, is_acronym_of, name_pairs
from corpus.labels import ends_in_function_word, label_key, looks_like_term
from corpus.model import Alias, AliasKind, SourceLocation
from corpus.names import listed_names

_OTHER_NAME = re.compile(
    r"\b(?:(?:also|sometimes|often|otherwise|commonly|better|frequently|usually|alternatively)\s+"
    r"(?:called|known\s+as|referred\s+to\s+as|termed|named|written(?:\s+as)?|spelled|abbreviated(?:\s+as|\s+to)?)"
    r"|called\s+also|abbreviated\s+(?:as|to)|a\.?k\.?a\.?|known\s+as|also|synonyms?\s*:|alias(?:es)?\s*:|other\s+names?\s*:)\s*:?\s+",
    re.IGNORECASE,
)
# "Aka FV, fermentation vessel.": a sentence of nothing but names, and not "also called drift, a slow motion".
_ONLY_NAMES = re.compile(
    r"(?:[\w'’-]+(?:\s+[\w'’-]+){0,3}(?:,\s+(?:(?:or|and)\s+)?(?!an?\s|the\s|\w+ly\b)|\s+(?:or|and)\s+)){1,6}"
    r"[\w'’-]+(?:\s+[\w'’-]+){0,3}\s*[.;]"
)
# As in: "a chamber with gates (a lock for short)".
_FOR_SHORT = re.compile(
    r"(?:\(\s*(?:or\s+)?|,\s+(?:or\s+)?)(?:just\s+|simply\s+)?(?=(?:[\w'’-]+\s){1,4}for\s+short\s*(?:[),.;:]|\Z))",
    re.IGNORECASE,
)
_PAREN_ALSO = re.compile(r"\(\s*also\s+", re.IGNORECASE)
_SHORT_FOR = re.compile(r"\b(?:short|an?\s+abbreviation|an?\s+acronym)\s+for\s+(?:the\s+)?", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:where|when|if|in\s+which\s+case|then)\b[^.()]*(?<!\bwhich)\s(?:is|are|becomes?|be)\s+(?:called|known\s+as)\s+",
    re.IGNORECASE,
)
_BRACKET_END = re.compile(
    r"[;()]|\.(?:\s|\)|$)|\s(?:is|are|in|by|when|if|because|since|which|that|where|for)\s"
)
_NAME_END = re.compile(
    r"[.;:()\n]|,\s(?!or\b|and\b)|\s(?:is|are|in|by|when|if|because|since|which|that|where|for|as|from|to)\s|\s[-–—]\s"
)
_PLURAL_IN_TEXT = re.compile(r"\((?:pl\.|plural:?)\s+(?P<plural>[\w'’-]+)\)", re.IGNORECASE)
# "An ebb, or falling tide, is ...", "Personal computer (PC or pc) ...": what follows the term.
_OR_ELSE = re.compile(r"s?,\s+or\s+(?P<other>[\w' -]{2,40}),\s", re.IGNORECASE)
_ONE_OR_OTHER = re.compile(r"\s+\((?P<one>[\w-]{2,12})\s+or\s+(?P<other>[\w-]{2,12})\)", re.IGNORECASE)


def other_names(term: str, text: str, location: SourceLocation) -> Iterator[Alias]:
    """The names that a definition's own words give its term besides the one it stands under, each once."""
    found = {label_key(term)}
    for name, kind in _given(term, " ".join(text.split())):
        if label_key(name) not in found:
            found.add(label_key(name))
            yield Alias(name, kind, location)


def _given(term: str, text: str) -> Iterator[tuple[str, AliasKind]]:
    for name, kind in _introduced(term, text):
        if looks_like_term(name, longest=6) and not ends_in_function_word(name):
            yield name, kind
    if long := expansion(term, text):
        yield long, AliasKind.ACRONYM
    if plural := _PLURAL_IN_TEXT.search(text) if "(pl" in text else None:
        yield plural["plural"], AliasKind.ALSO_CALLED
    opens = _OR_ELSE.match(text, _after_subject(term, text)) if ", or " in text else None
    if opens and looks_like_term(opens["other"]):
        yield opens["other"], AliasKind.ALSO_CALLED
    either = _ONE_OR_OTHER.match(text, _after_subject(term, text)) if " or " in text else None
    for short in either.groups() if either else ():
        if is_acronym_of(short, term):
            yield short, AliasKind.ACRONYM
    for pair in name_pairs(text):
        if label_key(term) in (label_key(pair.long), label_key(pair.short)):
            other = pair.short if label_key(term) == label_key(pair.long) else pair.long
            yield other, pair.kind


def _introduced(term: str, text: str) -> Iterator[tuple[str, AliasKind]]:
    """What stands behind words that introduce other names: "also called", "short for"."""
    named = "called" in text or "known" in text
    conditional = [(m.end(), AliasKind.CONDITIONAL) for m in _CONDITION.finditer(text)] if named else []
    plain = [
        (m.end(), AliasKind.ALSO_CALLED)
        for m in (
            *(_OTHER_NAME.finditer(text) if _may_name(text) else ()),
            *(_FOR_SHORT.finditer(text) if "for short" in text else ()),
        )
        if _names_follow(m, text) and _is_of_the_term(m, text, term)
    ]
    spelled = [(m.end(), AliasKind.ACRONYM) for m in _SHORT_FOR.finditer(text)]
    taken = {end for end, _ in conditional}
    opening = {(m.end(), AliasKind.ALSO_CALLED) for m in (_OTHER_NAME.match(text),) if m}
    for start, kind in (*conditional, *(p for p in plain if p[0] not in taken), *spelled):
        # Inside brackets and behind a colon a comma goes on with the list, outside it may end the clause.
        bracketed = text.count("(", 0, start) > text.count(")", 0, start) or ":" in text[start - 2 : start]
        listed = _ONLY_NAMES.match(text, start) if (start, kind) in opening else None
        end = (_BRACKET_END if bracketed or listed else _NAME_END).search(text, start)
        for name in listed_names(text[start : end.start() if end else len(text)]):
            yield name, kind


# One of these stands in every text that _OTHER_NAME finds something in.
_STEMS = (
    "called", "known", "referred", "termed", "named", "written", "spelled", "abbreviated", "aka", "also",
    "alias", "synonym", "other",
)  # fmt: skip


def _may_name(text: str) -> bool:
    bare = text.casefold().replace(".", "")
    return any(stem in bare for stem in _STEMS)


_ARTICLE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)


def _after_subject(term: str, text: str) -> int:
    """Where a text goes on that begins with the term; its end if it does not."""
    article = _ARTICLE.match(text)
    ends = [start + len(term) for start in (article.end() if article else 0, 0)]
    folded = term.casefold()
    return next((end for end in ends if text[end - len(term) : end].casefold() == folded), len(text))


def _names_follow(match: re.Match[str], text: str) -> bool:
    """A bare "also" or "known as" names something only in brackets or after a comma."""
    if match[0].split()[0].casefold().rstrip(":") == "also" and len(match[0].split()) == 1:
        return bool(_PAREN_ALSO.match(text, match.start() - 1)) and not re.match(
            r"\w+(?:s|ed|ing)\b", text[match.end() :]
        )
    return True


_QUOTES = '"“”'
_SENTENCE_BEGINS = re.compile(rf"[.!?][){_QUOTES}]*\s+(?=[({_QUOTES}]?[A-Z])")
_SENTENCE_ENDS = re.compile(rf"(?:\s*for\s+short)?[){_QUOTES}]*\s*(?:[.;]|\Z)")
# What stands between a thing and "also called": a bracket, a comma, "which is", "It is".
_LEANS_ON = re.compile(
    r"(?:^|[\s,(—–-]+)(?P<subject>(?:and|but|which|it|this|they|these)\b)?"
    r"(?P<verb>\s*\b(?:is|are|was|were)\b)?(?:\s*\b(?:also|more|most|very))?[\s,(—–-]*\Z",
    re.IGNORECASE,
)
_OF_ONE_OF_TWO = re.compile(r"\b(?:the\s+(?:latter|former|other|second)|each|one)\b[^,;()]*\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)\s*")
_A_NOUN_PHRASE = 5  # words
_LONGEST_SENTENCE = 2000  # characters: no more is looked at before a name
_PREPOSITIONS = frozenset(
    "about around at by for from in into of on over through to under with within".split()
)


def _is_of_the_term(match: re.Match[str], text: str, term: str) -> bool:
    """Whether "also called" gives a name to the term, and not to what the text speaks of just there: "The
    plank that runs along its bottom is known as garboard."."""
    near = max(0, match.start() - _LONGEST_SENTENCE)
    begins = max(
        (m.end() for m in _SENTENCE_BEGINS.finditer(text, near, match.end()) if m.end() <= match.start()),
        default=near,
    )
    sentence = text[begins : match.start()]
    leans = _LEANS_ON.search(sentence)
    before = _IN_BRACKETS.sub("", sentence[: leans.start()] if leans else sentence).split()
    # "The end of a rope is called ..." speaks of the end, "the end of a rope, called ..." of the rope.
    named = (before,) if leans and leans["verb"] else (before[-n:] for n in range(1, MOST_WORDS))
    if not before or _is_named(term, named):
        return True
    if _OF_ONE_OF_TWO.search(sentence):
        return False
    if leans and leans["subject"]:
        # "It" is what the whole definition is about; "and is" goes on with what the sentence begins with.
        is_it = leans["subject"].casefold() == "it" and before[-1].casefold() not in _PREPOSITIONS
        return begins == 0 or is_it or _is_named(term, (before[:n] for n in range(1, MOST_WORDS)))
    names_end = _NAME_END.search(text, match.end())
    names = listed_names(text[match.end() : names_end.start() if names_end else len(text)])
    is_all = (names_end is None or _SENTENCE_ENDS.match(text, names_end.start())) and all(
        looks_like_term(name, longest=6) for name in names
    )
    said = re.split(r"\b(?:is|are)\b", " ".join(before), maxsplit=1)[-1].split()
    # "Dough combining flour (also known as meal) with water": the flour is called so.
    does = any(
        word.endswith("ing") and not _ARTICLE.fullmatch(f"{before} ") for before, word in pairwise(said[:-1])
    )
    return begins == 0 and (bool(is_all) or (len(said) <= _A_NOUN_PHRASE and not does))


def _is_named(term: str, phrases: Iterable[list[str]]) -> bool:
    names = {label_key(term), label_key(_IN_BRACKETS.sub("", term))}
    return any(label_key(" ".join(words)) in names for words in phrases)


_STATED = re.compile(
    r"(?:synonyms?|alias(?:es)?|(?:also|otherwise)\s+(?:called|known\s+as)|a\.?k\.?a\.?|other\s+names?|alternative\s+names?)\s*:\s*"
    r"(?P<names>[^\n]{2,160})",
    re.IGNORECASE,
)


def stated_names(text: str) -> tuple[str, ...]:
    """The names of a line that gives other names and nothing else.

    >>> stated_names("Synonyms: ebb tide, falling tide")
    ('ebb tide', 'falling tide')
    """
    match = _STATED.fullmatch(text.strip())
    names = listed_names(match["names"].rstrip(" .;")) if match else []
    return tuple(names) if all(looks_like_term(name, longest=5) for name in names) else ()


_POINTER = re.compile(
    r"^(?:a\s+)?(?:synonym\s+(?:for|of)|synonymous\s+with|another\s+(?:name|word|term)\s+for|same\s+as|alias\s+(?:for|of)"
    r"|alternative\s+(?:name|term)\s+for|short\s+for|abbreviation\s+(?:for|of)|acronym\s+for|stands\s+for)\s+"
    r"(?:the\s+|an?\s+)?(.+?)(?:,\s+(?:an?|the|which|that)\s.*)?\s*[.;]?\s*$",
    re.IGNORECASE | re.DOTALL,
)


def pointer(text: str) -> str | None:
    """The other name, if a definition only points to it: "Synonym for learning rate." """
    match = _POINTER.match(text.strip())
    name = match[1].strip("\"'“”‘’*_` ") if match else ""
    return name if name and looks_like_term(name, longest=8) else None
