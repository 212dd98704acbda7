"""Names inside words: acronyms with their long form, "also called ...", "Synonym for ...".

What is stated about names anywhere in the notes is read here; which concept it belongs to is decided later.
Acronyms follow Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text", with the letters also allowed to come first: `MLP (multi-layer perceptron)`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.labels import ends_in_function_word, label_key, looks_like_term
from corpus.model import Alias, AliasKind, SourceLocation

_SHORT = r"[A-Z][A-Za-z0-9&/-]{1,11}s?"
# Both begin with a character and look back behind it, so that no other is looked at.
_SHORT_IN_BRACKETS = re.compile(rf"\((?<=[ \n]\()({_SHORT})\)")
_WORDS_BEFORE = re.compile(r"(?:[\w'’-]+[ \n]+)+\Z")
_LONGEST_LONG = 160
_MOST_WORDS = 9
_SHORT_THEN_LONG = re.compile(r"([A-Z](?<!\w[A-Z])[A-Za-z0-9&/-]{1,11}s?)\s+\(([^()]{4,90})\)")
_PARENTHESIS = re.compile(r"^(.+?)\s*\(([^()]+)\)\s*$", re.DOTALL)

_IS_CODE = re.compile(r"[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*)+(?:\(\))?|[a-z]+_\w+|\w+\(\)")
_INNER_ACRONYM = re.compile(rf"^(?P<long>[^()]+?)\s*\((?P<short>{_SHORT})\)\s+(?P<rest>[\w-]+(?:\s[\w-]+)?)$")
_OTHER_NAME = re.compile(
    r"\b(?:(?:also|sometimes|often|otherwise|commonly|better|frequently|usually|alternatively)\s+"
    r"(?:called|known\s+as|referred\s+to\s+as|termed|named|written(?:\s+as)?|spelled|abbreviated(?:\s+as|\s+to)?)"
    r"|called\s+also|abbreviated\s+(?:as|to)|a\.?k\.?a\.?|known\s+as|also|synonyms?\s*:|alias(?:es)?\s*:|other\s+names?\s*:)\s*:?\s+",
    re.IGNORECASE,
)
# As in: "a chamber with gates (a lock for short)".
_FOR_SHORT = re.compile(
    r"(?:\(\s*(?:or\s+)?|,\s+(?:or\s+)?)(?:just\s+|simply\s+)?(?=(?:[\w'’-]+\s){1,4}for\s+short\s*(?:[),.;:]|\Z))",
    re.IGNORECASE,
)
_PAREN_ALSO = re.compile(r"\(\s*also\s+", re.IGNORECASE)
_POINTER = re.compile(
    r"^(?:a\s+)?(?:synonym\s+(?:for|of)|synonymous\s+with|another\s+(?:name|word|term)\s+for|same\s+as|alias\s+(?:for|of)"
    r"|alternative\s+(?:name|term)\s+for|short\s+for|abbreviation\s+(?:for|of)|acronym\s+for|stands\s+for)\s+"
    r"(?:the\s+|an?\s+)?(.+?)(?:,\s+(?:an?|the|which|that)\s.*)?\s*[.;]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
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


_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def is_acronym_of(short: str, long: str) -> bool:
    """Whether the letters of `short` stand for words of `long`: each in order, the first starting its first
    word.

    >>> is_acronym_of("SGD", "stochastic gradient descent"), is_acronym_of("ReLU", "rectified linear unit")
    (True, True)
    """
    letters = _NO_LETTERS.sub("", short.removesuffix("s").casefold())
    words = [w for w in _NO_LETTERS.split(long.casefold()) if w]
    if letters[:1].isdigit():
        words = [_ORDINALS.get(word, word) for word in words]
    if (
        not letters
        or not words
        or words[0][0] != letters[0]
        or len(letters) < 2
        or label_key(short) == label_key(long)
    ):
        return False
    # From the right, as Schwartz and Hearst do: each letter somewhere, the first at the start of the first
    # word.
    text = " ".join(words)
    at = len(text)
    for letter in reversed(letters[1:]):
        at = text.rfind(letter, 1, at)
        if at < 1:
            return False
    initials = sum(1 for w in words if w[0] in letters)
    return initials >= min(2, len(letters)) and len(words) <= len(letters) + 4


# "First normal form (1NF)".
_ORDINALS = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth".split(), "123456789", strict=True)
)
_SHORT_NAME = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9&/.-]{1,11}")
_EXPANSION = re.compile(
    r"(?:(?:short|stands)\s+for\s+)?(?:the\s+|an?\s+)?(?P<words>[\w'’/-]+(?:\s+[\w'’/&-]+){1,8}?)\s*(?=[.,;:(]|\s[-–—]{1,3}\s|$)",
    re.IGNORECASE,
)
_LINKING = frozenset("of and the for in to on with by a an".split())
_NO_LINKING = frozenset("is are was that which used whose who or from".split())


def spells(short: str, words: str) -> bool:
    """Whether words are what a short name in capitals stands for, and nothing more.

    >>> spells("MTU", "maximum transmission unit"), spells("AR", "abbreviation for augmented reality")
    (True, False)
    """
    every = words.casefold().split()
    content = [word for word in every if word not in _LINKING]
    letters = sum(c.isalnum() for c in short)
    return (
        bool(_SHORT_NAME.fullmatch(short))
        and 1 < len(content) <= letters
        and short.casefold() not in every
        and not _NO_LINKING & set(every)
        and is_acronym_of(short, words)
    )


def expansion(term: str, text: str) -> str | None:
    """What a short name stands for, if the text under it begins by saying so."""
    match = _EXPANSION.match(text) if _SHORT_NAME.fullmatch(term) else None
    words = match["words"].split() if match else []
    if words and spells(term, " ".join(words)):
        return " ".join(words)
    # "Very high frequency radio": the radio itself is not spelled.
    first = words[: len(term)]
    plain = term.isupper() and term.isalpha() and len(term) > _FEWEST_LETTERS
    initials = "".join(word[0] for word in first).upper()
    return " ".join(first) if plain and initials == term and spells(term, " ".join(first)) else None


_FEWEST_LETTERS = 2


# What dictionaries say of a word, and what stands beside it for the eye.
_OF_A_WORD = re.compile(
    r"\s+\((?:(?:n|v|vb|adj|adv|sing)\.|(?:proper\s+|mass\s+|count\s+)?noun|(?:intransitive\s+|transitive\s+)?verb"
    r"|adjective|adverb)\)\s*\Z",
    re.IGNORECASE,
)
_PICTOGRAM = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u200D\u20E3]"
_ORNAMENTS = re.compile(rf"\A(?:{_PICTOGRAM}+\s+)+|(?:\s+{_PICTOGRAM}+)+\s*\Z")


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
    outside, inside = match[1].strip(), match[2].strip()
    if plural := _PLURAL_NOTE.match(inside):
        return outside, (Alias(plural["plural"], AliasKind.ALSO_CALLED, location),)
    # "Porosity (n)", "Area (A_0)": the sign that stands for it in formulas.
    if _A_SIGN.fullmatch(inside) and (
        len(inside) > 1 or not inside.isupper() or inside == outside[:1].upper()
    ):
        return outside, ()
    if is_acronym_of(inside, outside) or is_acronym_of(outside, inside):
        return outside, (
            Alias(
                inside.removesuffix("s") if inside.removesuffix("s").isupper() else inside,
                AliasKind.ACRONYM,
                location,
            ),
        )
    also = re.match(
        r"(?:also(?:\s+(?:called|known\s+as))?|a\.?k\.?a\.?|or|abbreviated(?:\s+as)?|short:?)[,:]?\s+(.+)$",
        inside,
        re.IGNORECASE,
    )
    if also:
        names = [n for n in _listed(also[1]) if looks_like_term(n)]
        return outside, tuple(Alias(n, AliasKind.ALSO_CALLED, location) for n in names)
    elsewhere = _ELSEWHERE.fullmatch(inside)
    if not elsewhere and _SPOKEN.match(inside):
        return outside, ()
    if elsewhere or _same_kind(outside, inside):
        return outside, (Alias(elsewhere["name"] if elsewhere else inside, AliasKind.ALSO_CALLED, location),)
    # "tanh" is spelled with letters of "hyperbolic tangent", though not in their order.
    spelled = (
        re.fullmatch(r"[a-z]{2,5}", inside) and set(inside) <= set(outside.casefold()) and " " in outside
    )
    if (
        _IS_CODE.fullmatch(inside)
        or spelled
        or (len(inside) >= 2 and outside.casefold().startswith(inside.casefold()))
    ):
        return outside, (Alias(inside, AliasKind.ALSO_CALLED, location),)
    return term, ()


_PLURAL_NOTE = re.compile(r"(?:pl\.?|plural:?)\s+(?P<plural>[\w'’-]+(?:\s[\w'’-]+){0,3})$", re.IGNORECASE)
_A_SIGN = re.compile(r"[A-Za-zα-ωΑ-Ω](?:_\{?\w{1,6}\}?)?'?")
_PLURAL_IN_TEXT = re.compile(r"\((?:pl\.|plural:?)\s+(?P<plural>[\w'’-]+)\)", re.IGNORECASE)
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
_EITHER = re.compile(
    r"(?P<one>[^/,;:()]{2,50}?)(?:\s+/\s+|\s+(?:or|aka|a\.k\.a\.)\s+)(?P<other>[^/,;:()]{2,50})",
    re.IGNORECASE,
)
# "VPN – virtual private network".
_DASHED = re.compile(r"(?P<one>[^–—:()]{2,50}?)(?:\s+[–—-]\s+|:\s+)(?P<other>[^–—:()]{2,60})")
_EITHER_WORD = re.compile(r"(?P<one>[^\W\d_][\w'’-]{2,24})\s*/\s*(?P<other>[^\W\d_][\w'’-]{2,24})")
# Names that begin so and are alike in the rest stand for two sides of a thing.
_SIDES = re.compile(
    r"^(?:un|non|in|im|ir|de|dis|en|over|under|pre|post|sub|super|up|down|out|inter|intra|multi|uni|bi|a|anti|mis)"
    r"[- ]?"
)


def _same_kind(outside: str, inside: str) -> bool:
    """Whether words in brackets are the name again in other words: "bench scraper (dough scraper)"."""
    one, other = outside.casefold().split(), inside.casefold().split()
    return 1 < len(one) <= 4 and len(one) == len(other) and one[-1] == other[-1] and one != other


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


_ALIKE = 0.75


def _spelled_alike(one: str, other: str) -> bool:
    """Whether two words on either side of a slash are one name: `gybe/jibe`. What belongs together in pairs
    is two things: `input/output`, `mother/father`, `TCP/IP`."""
    first, second = one.casefold(), other.casefold()
    if one.isupper() or other.isupper() or abs(len(one) - len(other)) > _LONGER or {first, second} <= _PAIRED:
        return False
    if _SIDES.sub("", first) == _SIDES.sub("", second):
        return first == second
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _HALF_ALIKE


_LONGER = 2
_HALF_ALIKE = 0.5
# Words that look alike and are the two sides of something.
_PAIRED = frozenset(
    "input output inlet outlet inside outside inner outer import export mother father brother sister before "
    "after upper lower sender receiver lender sender buyer seller major minor encode decode client agent "
    "affect effect mitosis meiosis latitude longitude horizontal vertical prefix suffix there here then than "
    "increase decrease ascending descending stalactite stalagmite maximum minimum explicit implicit".split()
)


def _listed(words: str) -> list[str]:
    marks = " \"'“”‘’*_`"
    parts = _NEXT_NAME.split(words.strip())
    bare = [re.sub(r"^(?:simply|just|as|the|an?)\s+", "", p.strip(marks)).strip(marks) for p in parts]
    return [p for p in bare if p]


# Quotes hold a name together: "ebb and flow".
_NEXT_NAME = re.compile(
    r"(?:\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+)(?=[^\"“”]*(?:[\"“][^\"“”]*[\"”][^\"“”]*)*\Z)"
)


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
    names = _listed(match["names"].rstrip(" .;")) if match else []
    return tuple(names) if all(looks_like_term(name, longest=5) for name in names) else ()


def pointer(text: str) -> str | None:
    """The other name, if a definition only points to it: "Synonym for learning rate." """
    match = _POINTER.match(text.strip())
    name = match[1].strip("\"'“”‘’*_` ") if match else ""
    return name if name and looks_like_term(name, longest=8) else None


# One of these stands in every text that _OTHER_NAME finds something in.
_STEMS = (
    "called", "known", "referred", "termed", "named", "written", "spelled", "abbreviated", "aka", "also",
    "alias", "synonym", "other",
)  # fmt: skip


def _may_name(text: str) -> bool:
    bare = text.casefold().replace(".", "")
    return any(stem in bare for stem in _STEMS)


def other_names(term: str, text: str, location: SourceLocation) -> Iterator[Alias]:
    """The names that a definition's own words give its term besides the one it stands under."""
    text = " ".join(text.split())
    found = {label_key(term)}
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
    for start, kind in (*conditional, *(p for p in plain if p[0] not in taken), *spelled):
        # Inside brackets and behind a colon a comma goes on with the list, outside it may end the clause.
        bracketed = text.count("(", 0, start) > text.count(")", 0, start) or ":" in text[start - 2 : start]
        end = (_BRACKET_END if bracketed else _NAME_END).search(text, start)
        words = text[start : end.start() if end else len(text)]
        for name in _listed(words):
            if (
                looks_like_term(name, longest=6)
                and not ends_in_function_word(name)
                and label_key(name) not in found
            ):
                found.add(label_key(name))
                yield Alias(name, kind, location)
    if (long := expansion(term, text)) and label_key(long) not in found:
        found.add(label_key(long))
        yield Alias(long, AliasKind.ACRONYM, location)
    plural = _PLURAL_IN_TEXT.search(text) if "(pl" in text else None
    if plural and label_key(plural["plural"]) not in found:
        found.add(label_key(plural["plural"]))
        yield Alias(plural["plural"], AliasKind.ALSO_CALLED, location)
    opens = _OR_ELSE.match(text, _after_subject(term, text)) if ", or " in text else None
    if opens and looks_like_term(opens["other"]) and label_key(opens["other"]) not in found:
        found.add(label_key(opens["other"]))
        yield Alias(opens["other"], AliasKind.ALSO_CALLED, location)
    either = _ONE_OR_OTHER.match(text, _after_subject(term, text)) if " or " in text else None
    for short in either.groups() if either else ():
        if is_acronym_of(short, term) and label_key(short) not in found:
            found.add(label_key(short))
            yield Alias(short, AliasKind.ACRONYM, location)
    for pair in name_pairs(text):
        keys = {label_key(pair.long), label_key(pair.short)}
        if label_key(term) in keys and not keys <= found:
            other = pair.short if label_key(term) == label_key(pair.long) else pair.long
            found.add(label_key(other))
            yield Alias(other, pair.kind, location)


# "An ebb, or falling tide, is ...", "Personal computer (PC or pc) ...": what follows the term.
_OR_ELSE = re.compile(r"s?,\s+or\s+(?P<other>[\w' -]{2,40}),\s", re.IGNORECASE)
_ONE_OR_OTHER = re.compile(r"\s+\((?P<one>[\w-]{2,12})\s+or\s+(?P<other>[\w-]{2,12})\)", re.IGNORECASE)
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
    named = (before,) if leans and leans["verb"] else (before[-n:] for n in range(1, _MOST_WORDS))
    if not before or _is_named(term, named):
        return True
    if _OF_ONE_OF_TWO.search(sentence):
        return False
    if leans and leans["subject"]:
        # "It" is what the whole definition is about; "and is" goes on with what the sentence begins with.
        is_it = leans["subject"].casefold() == "it" and before[-1].casefold() not in _PREPOSITIONS
        return begins == 0 or is_it or _is_named(term, (before[:n] for n in range(1, _MOST_WORDS)))
    names_end = _NAME_END.search(text, match.end())
    names = _listed(text[match.end() : names_end.start() if names_end else len(text)])
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


@dataclass(frozen=True, slots=True)
class Pair:
    """A long and a short name as they stand in a text, and where they do."""

    long: str
    short: str
    start: int
    end: int
    kind: AliasKind = AliasKind.ACRONYM


_GLOSS = re.compile(
    r"\b(?P<count>one|each|every)\s+(?P<one>[\w-]+(?:\s[\w-]+){0,3})\s+"
    r"\((?:that\s+is|i\.\s?e\.|in\s+other\s+words),?\s+(?P=count)\s+(?P<other>[\w-]+(?:\s[\w-]+){0,2})\)",
    re.IGNORECASE,
)


def _glosses(text: str) -> Iterator[Pair]:
    """ "One lap (that is, one full round)": the name again in other words, and counted alike. "The crew
    (that is, the people)" tells what it is made of, "a whale (that is, a mammal)" of what kind it is."""
    for match in _GLOSS.finditer(text):
        one, other = (" ".join(match[group].split()) for group in ("one", "other"))
        words = {*one.casefold().split(), *other.casefold().split()}
        if looks_like_term(one) and looks_like_term(other) and not words & (_LINKING | _NO_LINKING):
            yield Pair(one, other, match.start("one"), match.end(), AliasKind.ALSO_CALLED)


def name_pairs(text: str) -> Iterator[Pair]:
    """Every `long form (ABC)` and `ABC (long form)` of a text, in order, then those that are glossed."""
    if "(" not in text:
        return
    for match in _SHORT_IN_BRACKETS.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, match.start() - _LONGEST_LONG), match.start())
        words = before[0].split() if before else []
        # The shortest run of words before the bracket whose letters fit.
        for count in range(2, min(len(words), _MOST_WORDS) + 1):
            long = " ".join(words[-count:])
            if is_acronym_of(match[1], long) and looks_like_term(long, longest=9):
                start = text.rindex(words[-count], 0, match.start())
                yield Pair(long, match[1].removesuffix("s"), start, match.end())
                break
    for match in _SHORT_THEN_LONG.finditer(text):
        long = " ".join(match[2].split())
        if is_acronym_of(match[1], long) and looks_like_term(long, longest=9):
            yield Pair(long, match[1].removesuffix("s"), match.start(), match.end())
    yield from _glosses(text)
