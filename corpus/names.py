"""The names in a term as it is written: `stochastic gradient descent (SGD)`, `data set or dataset`."""

import re
from difflib import SequenceMatcher

from corpus.acronyms import SHORT, is_acronym_of
from corpus.labels import label_key, looks_like_term
from corpus.model import Alias, AliasKind, SourceLocation

# What dictionaries say of a word, and what stands beside it for the eye.
_OF_A_WORD = re.compile(
    r"\s+\((?:(?:n|v|vb|adj|adv|sing)\.|(?:proper\s+|mass\s+|count\s+)?noun|(?:intransitive\s+|transitive\s+)?verb"
    r"|adjective|adverb)\)\s*\Z",
    re.IGNORECASE,
)
_PICTOGRAM = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u200D\u20E3]"
_ORNAMENTS = re.compile(rf"\A(?:{_PICTOGRAM}+\s+)+|(?:\s+{_PICTOGRAM}+)+\s*\Z")
_PARENTHESIS = re.compile(r"^(.+?)\s*\(([^()]+)\)\s*$", re.DOTALL)
_IS_CODE = re.compile(r"[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*)+(?:\(\))?|[a-z]+_\w+|\w+\(\)")
_INNER_ACRONYM = re.compile(rf"^(?P<long>[^()]+?)\s*\((?P<short>{SHORT})\)\s+(?P<rest>[\w-]+(?:\s[\w-]+)?)$")
# For whoever asks what the names are, and not where they stand.
_NOWHERE = SourceLocation("", 1, 1)


def split_names(term: str, location: SourceLocation = _NOWHERE) -> tuple[str, tuple[Alias, ...]]:
    """A term as written, taken apart: `stochastic gradient descent (SGD)` is one name and an acronym."""
    term = " ".join(term.split())
    if not term.isascii():
        term = _ORNAMENTS.sub("", term) or term
    if "(" not in term:
        return _joined_names(term, location)
    term = _OF_A_WORD.sub("", term)
    inner = _INNER_ACRONYM.match(term)
    if inner and is_acronym_of(inner["short"], inner["long"]):
        short = f"{inner['short']} {inner['rest']}"
        return f"{inner['long']} {inner['rest']}", (Alias(short, AliasKind.ACRONYM, location),)
    match = _PARENTHESIS.match(term)
    if not match:
        return _joined_names(term, location)
    outside = match[1].strip()
    others = _in_brackets(outside, match[2].strip())
    if others is None:
        return term, ()
    return outside, tuple(Alias(name, kind, location) for name, kind in others)


def _in_brackets(outside: str, inside: str) -> list[tuple[str, AliasKind]] | None:
    """The names in brackets behind a name, if any; None where what stands there is part of the name."""
    if plural := _PLURAL_NOTE.match(inside):
        return [(plural["plural"], AliasKind.ALSO_CALLED)]
    # "Porosity (n)", "Area (A_0)": the sign that stands for it in formulas.
    if _A_SIGN.fullmatch(inside) and (
        len(inside) > 1 or not inside.isupper() or inside == outside[:1].upper()
    ):
        return []
    if is_acronym_of(inside, outside) or is_acronym_of(outside, inside):
        singular = inside.removesuffix("s")
        return [(singular if singular.isupper() else inside, AliasKind.ACRONYM)]
    if also := _ALSO.match(inside):
        names = listed_names(also["names"])
        return [(name, AliasKind.ALSO_CALLED) for name in names if looks_like_term(name)]
    if elsewhere := _ELSEWHERE.fullmatch(inside):
        return [(elsewhere["name"], AliasKind.ALSO_CALLED)]
    if _SPOKEN.match(inside):
        return []
    # "tanh" is spelled with letters of "hyperbolic tangent", though not in their order.
    letters = set(inside) <= set(outside.casefold()) and " " in outside
    spelled = letters and re.fullmatch(r"[a-z]{2,5}", inside)
    begins = len(inside) >= 2 and outside.casefold().startswith(inside.casefold())
    if _same_kind(outside, inside) or _IS_CODE.fullmatch(inside) or spelled or begins:
        return [(inside, AliasKind.ALSO_CALLED)]
    return None


_ALSO = re.compile(
    r"(?:also(?:\s+(?:called|known\s+as))?|a\.?k\.?a\.?|or|abbreviated(?:\s+as)?|short:?)[,:]?\s+(?P<names>.+)$",
    re.IGNORECASE,
)
_PLURAL_NOTE = re.compile(r"(?:pl\.?|plural:?)\s+(?P<plural>[\w'’-]+(?:\s[\w'’-]+){0,3})$", re.IGNORECASE)
_A_SIGN = re.compile(r"[A-Za-zα-ωΑ-Ω](?:_\{?\w{1,6}\}?)?'?")
# How a name is said, or where it comes from: `(pronounced ...)`, `(Greek: "many forms")`.
_SPOKEN = re.compile(
    r"(?:pronounced|say|spoken|pron\.|from|lit\.|literally|lat\.|gr\.|fr\.|ger\.|latin|greek|french|german)\s"
    r"|[\w ]{0,20}[:,]?\s*[\"'“‘][^\"'”’]+[\"'”’]\Z",
    re.IGNORECASE,
)
# "Gybe (US: jibe)", "Autumn (in American English: "fall")": what others call it.
_ELSEWHERE = re.compile(
    r"(?:(?:in\s+)?(?:the\s+)?(?:USA?|U\.S\.(?:A\.)?|UK|U\.K\.|AU|NZ|AmE|BrE|Am\.|Br\.|America|Britain|Canada|Australia"
    r"|American|British|Australian|Canadian|Irish|Scottish)(?:\s+English)?|synonyms?|alias(?:es)?)"
    r"(?:\s*:\s*|\s+[-–—]\s+)[\"“'‘]?(?P<name>[^\W\d_][\w'’-]*(?:\s[\w'’-]+){0,3}?)[\"”'’]?",
    re.IGNORECASE,
)


def _same_kind(outside: str, inside: str) -> bool:
    """Whether words in brackets are the name again in other words: "bench scraper (dough scraper)"."""
    one, other = outside.casefold().split(), inside.casefold().split()
    return 1 < len(one) <= 4 and len(one) == len(other) and one[-1] == other[-1] and one != other


_EITHER = re.compile(
    r"(?P<one>[^/,;:()]{2,50}?)(?:\s+/\s+|\s+(?:or|aka|a\.k\.a\.)\s+)(?P<other>[^/,;:()]{2,50})",
    re.IGNORECASE,
)
# "VPN – virtual private network".
_DASHED = re.compile(r"(?P<one>[^–—:()]{2,50}?)(?:\s+[–—-]\s+|:\s+)(?P<other>[^–—:()]{2,60})")
_EITHER_WORD = re.compile(r"(?P<one>[^\W\d_][\w'’-]{2,24})\s*/\s*(?P<other>[^\W\d_][\w'’-]{2,24})")


def _joined_names(term: str, location: SourceLocation) -> tuple[str, tuple[Alias, ...]]:
    """`Golgi apparatus / Golgi body` and `data set or dataset` name one thing twice; `left side / right
    side` and `input or output` name two."""
    if "/" in term and (single := _EITHER_WORD.fullmatch(term)):
        one, other = single["one"], single["other"]
        if _spelled_alike(one, other):
            return one, (Alias(other, AliasKind.ALSO_CALLED, location),)
        return term, ()
    dash = (
        _DASHED.fullmatch(term) if ": " in term or " – " in term or " — " in term or " - " in term else None
    )
    if dash and (is_acronym_of(dash["one"], dash["other"]) or is_acronym_of(dash["other"], dash["one"])):
        return dash["one"], (Alias(dash["other"], AliasKind.ACRONYM, location),)
    lowered = term.casefold()
    joined = "/" in term or "or" in lowered or "aka" in lowered or "a.k" in lowered
    match = _EITHER.fullmatch(term) if joined else None
    if not match or not _name_one_thing(match["one"].strip(), match["other"].strip()):
        return term, ()
    return match["one"].strip(), (Alias(match["other"].strip(), AliasKind.ALSO_CALLED, location),)


_TWO = re.compile(r"(?P<one>[^,/;:()]{2,40}?)(?:\s+/\s+|,\s+)(?P<other>[^\W\d_A-Z][^,/;:()]{1,39})")
# "The two sides of ...", "How flour and water ...": about both of them.
_OF_BOTH = re.compile(r"\b(?:and|or|both|two|they|are|each|either|between|versus|vs|pairs?)\b", re.IGNORECASE)
_FIRST_WORDS = 8


def two_names(term: str, text: str) -> tuple[str, str] | None:
    """`Rollback, revert` and `mutex / lock` above what is said of one thing, taken apart.

    >>> two_names("Jib, foresail", "A sail that is set before the mast.")
    ('Jib', 'foresail')
    >>> two_names("Ebb, flood", "The falling and the rising of the tide.")
    """
    match = _TWO.fullmatch(term)
    if not match or _OF_BOTH.search(" ".join(text.split()[:_FIRST_WORDS])) or _OF_BOTH.search(term):
        return None
    one, other = match["one"].strip(), match["other"].strip()
    paired = {one.casefold(), other.casefold()} <= _PAIRED
    sides = _SIDES.sub("", label_key(one)) == _SIDES.sub("", label_key(other))
    named = looks_like_term(one, longest=3) and looks_like_term(other, longest=3)
    return (one, other) if named and not paired and not sides else None


# Names that begin so and are alike in the rest stand for two sides of a thing.
_SIDES = re.compile(
    r"^(?:un|non|in|im|ir|de|dis|en|over|under|pre|post|sub|super|up|down|out|inter|intra|multi|uni|bi|a|anti|mis)"
    r"[- ]?"
)
_ALIKE = 0.75


def _name_one_thing(one: str, other: str) -> bool:
    if not (looks_like_term(one) and looks_like_term(other)):
        return False
    first, second = label_key(one), label_key(other)
    if first == second or is_acronym_of(one, other) or is_acronym_of(other, one):
        return True
    words, others = one.casefold().split(), other.casefold().split()
    if _SIDES.sub("", first) == _SIDES.sub("", second) or (len(words) > 1 and words[-1] == others[-1]):
        return False
    same_start = words[0] == others[0] and len(words) > 1 and len(others) > 1
    return same_start or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


_LONGER = 2
_HALF_ALIKE = 0.5
# Words that look alike and are the two sides of something.
_PAIRED = frozenset(
    "input output inlet outlet inside outside inner outer import export mother father brother sister before "
    "after upper lower sender receiver lender sender buyer seller major minor encode decode client agent "
    "affect effect mitosis meiosis latitude longitude horizontal vertical prefix suffix there here then than "
    "increase decrease ascending descending stalactite stalagmite maximum minimum explicit implicit".split()
)


def _spelled_alike(one: str, other: str) -> bool:
    """Whether two words on either side of a slash are one name: `gybe/jibe`. What belongs together in pairs
    is two things: `input/output`, `mother/father`, `TCP/IP`."""
    first, second = one.casefold(), other.casefold()
    if one.isupper() or other.isupper() or abs(len(one) - len(other)) > _LONGER or {first, second} <= _PAIRED:
        return False
    if _SIDES.sub("", first) == _SIDES.sub("", second):
        return first == second
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _HALF_ALIKE


# Quotes hold a name together: "ebb and flow".
_NEXT_NAME = re.compile(
    r"(?:\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+)(?=[^\"“”]*(?:[\"“][^\"“”]*[\"”][^\"“”]*)*\Z)"
)


def listed_names(words: str) -> list[str]:
    """The names that words list, without the signs and articles around each: 'the jib or "foresail"'."""
    marks = " \"'“”‘’*_`"
    parts = _NEXT_NAME.split(words.strip())
    bare = [re.sub(r"^(?:simply|just|as|the|an?)\s+", "", p.strip(marks)).strip(marks) for p in parts]
    return [p for p in bare if p]
