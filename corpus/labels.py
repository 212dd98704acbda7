"""Labels: when two spellings are the same name, and which words can be a name at all.

Folding covers case, accents, hyphens, joins, possessives and plurals. Plurals are inflect's work; what it
takes for plural but is not (bias, analysis, lens) is guarded here. No word of any subject stands in this
file: only words of English grammar.
"""

import re
import unicodedata
from functools import lru_cache

import inflect

_ENGLISH = inflect.engine()
_ENGLISH.classical(all=True)
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?!\w))?|[+#]+", re.UNICODE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?!\w)")
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
ACRONYM_PLURAL = re.compile(r"\b([A-Z]{2,})s\b")
# Endings that look plural and are not, and plurals that inflect reads otherwise than technical prose does.
_SINGULAR_ENDINGS = (
    "ss",
    "us",
    "is",
    "ics",
    "series",
    "species",
    "news",
    "lens",
    "bias",
    "alias",
    "atlas",
    "canvas",
    "data",
    "media",
)
_NOT_PLURAL = frozenset(
    "gas axes agenda opera stamina always perhaps chaos kubernetes https dns aws reggae sundae vitae".split()
)
_IRREGULAR = {"matrices": "matrix", "vertices": "vertex", "indices": "index", "appendices": "appendix",
              "vortices": "vortex", "minima": "minimum", "maxima": "maximum", "optima": "optimum",
              "extrema": "extremum", "children": "child", "women": "woman", "teeth": "tooth",
              "geese": "goose", "feet": "foot"}  # fmt: skip
# Plurals of Greek and Latin, and what their singulars end in: those that inflect makes the plural of.
_CLASSICAL = {
    "i": ("us",),
    "a": ("um", "on"),
    "ata": ("a",),
    "ices": ("ex", "ix"),
    "era": ("us",),
    "ora": ("us",),
}
_SHORTEST_CLASSICAL = 5
# "σ-algebra" is also written "sigma-algebra", or with TeX.
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
        "phi chi psi omega".split(),
        strict=True,
    )
)


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The singular of one lower-case word; a word that is not plural comes back as it is.

    >>> singular("matrices"), singular("losses"), singular("bias"), singular("larvae")
    ('matrix', 'loss', 'bias', 'larva')
    """
    for plural, one in _IRREGULAR.items():
        if word.endswith(plural):
            return word[: -len(plural)] + one
    if len(word) <= 3 or word in _NOT_PLURAL or word.endswith(_SINGULAR_ENDINGS):
        return word
    if classical := _classical_singular(word):
        return classical
    found = word.endswith("s") and _ENGLISH.singular_noun(word)
    return str(found) if found else word


def _classical_singular(word: str) -> str | None:
    """The singular of a plural as in Greek or Latin: "larvae", "fungi", "criteria", "cortices"."""
    if len(word) < _SHORTEST_CLASSICAL or not word.endswith(("ae", "i", "a", "ices")):
        return None
    if word.endswith("ae"):
        return word[:-1]
    made = (
        word.removesuffix(plural) + ending
        for plural, endings in _CLASSICAL.items()
        if word.endswith(plural)
        for ending in endings
    )
    return next((one for one in made if _ENGLISH.plural_noun(one) == word), None)


def _plain(label: str) -> str:
    bare = label if label.islower() else ACRONYM_PLURAL.sub(r"\1", label)
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare)
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    folded = bare.replace("&", " and ").casefold()
    return _POSSESSIVE.sub("", folded) if "'" in folded or "’" in folded else folded


@lru_cache(maxsize=131072)
def label_words(label: str) -> tuple[str, ...]:
    """The words of a label, folded: case, accents, hyphens, possessives; the last one in the singular.

    >>> label_words("The Linear-Maps")
    ('linear', 'map')
    """
    words = _WORD.findall(_ARTICLE.sub("", _plain(label).strip()))
    if not label.isascii():
        words = [GREEK.get(word, word) for word in words]
    return (*words[:-1], singular(words[-1])) if words else ()


def says_more(one: str, other: str) -> bool:
    """Whether one of two names has all words of the other.

    >>> says_more("spring tide", "high spring tide"), says_more("spring tide", "spring time")
    (True, False)
    """
    few, many = sorted((label_words(one), label_words(other)), key=len)
    return bool(few) and set(few) <= set(many)


@lru_cache(maxsize=131072)
def label_key(label: str) -> str:
    """The form under which two spellings of a label are the same. Never empty for a label that is not blank.

    >>> label_key("Linear  Maps") == label_key("linear-map") == label_key("linearmap")
    True
    """
    key = "".join(label_words(label)) or "".join(_plain(label).split())
    # Joined words can be a plural of their own ("cross entropies" is found last word first, "crossentropies"
    # is not).
    for _ in range(4):
        folded = "".join(label_words(key)) or key
        if folded == key:
            break
        key = folded
    return key


_PRONOUNS = frozenset(
    "i we you it they me us him her them my our your his its their mine ours yours this these those "
    "there here who whom whose someone something everything anything nothing let lets".split()
)
_QUESTION_WORDS = frozenset(
    "how why what when where which who whose whether is are do does did can could should will".split()
)
_FUNCTION_STARTS = frozenset(
    "and or but so because if unless although while since as for from with without to at by on in into of "
    "about also then than not no yes only just even such some any each every both either neither most many "
    "more less few several all another other others note notes example examples e.g i.e see tip tips warning "
    "hint remember recall suppose consider assume imagine first second third finally next however therefore "
    "thus hence now again before after during between under over above below via per once sometimes often "
    "usually typically".split()
)
IMPERATIVES = frozenset(
    "make use using try do run install click open close see get add create write read learn find choose "
    "select check set go take give show build start stop keep put call import load save download upload move "
    "copy paste type press enter change remove delete update print look watch visit explore solve compute "
    "calculate determine explain describe discuss compare define understand ensure avoid apply implement "
    "follow complete answer configure enable disable review practice join submit clone fork "
    "contribute".split()
)
_DETERMINERS = frozenset("the a an this that these those your our its their my".split())
# Ends of sentences, and mathematics.
_NOT_IN_NAMES = re.compile(r"[.?!:;]\s|\\[A-Za-z]|\s[=<>≤≥∈]\s|[{}^]|\$\$")


@lru_cache(maxsize=16384)
def looks_like_term(label: str, longest: int = 7) -> bool:
    """Whether these words can be the name of something: a short noun phrase, not a sentence, question or
    number. `longest` counts words."""
    label = label.strip()
    words = label.split()
    if not words or len(words) > longest or len(label) > 100 or not any(c.isalpha() for c in label):
        return False
    if label[-1] in ".?!:;," or "://" in label or _NOT_IN_NAMES.search(label):
        return False
    # Capitals make a name of any word: "NOT gate" is no negation.
    lower = [w if len(w) > 1 and w.isupper() else w.strip("\"'“”‘’()[],").casefold() for w in words]
    if (
        lower[0] in _QUESTION_WORDS
        or (lower[0] in _FUNCTION_STARTS and len(lower) > 1)
        or lower[-1] in _DETERMINERS
    ):
        return False
    if (
        lower[0] in _PRONOUNS
        or any(w in _PRONOUNS for w in lower[1:])
        or {"vs", "vs.", "versus"} & set(lower)
    ):
        return False
    # "A knot is a friend" says something.
    if not {"is", "are", "was", "were"}.isdisjoint(words[1:-1]):
        return False
    # "Training the network" says what is done; "training set" names a thing.
    if len(lower) > 2 and lower[0].endswith("ing") and lower[1] in _DETERMINERS:
        return False
    return not (len(lower) > 2 and lower[0] in IMPERATIVES and lower[1] in _DETERMINERS)


_SET_PHRASE = re.compile(
    r"(?:above|below|before|after|in|on|off|out|over|under|up|by|at|per|via|to|with|without|for|from|behind|between|of)\s"
    r"(?:\w[\w'’-]*\s){0,2}\w[\w'’-]*",
    re.IGNORECASE,
)


def is_set_phrase(label: str) -> bool:
    """Whether words are a phrase that is said as one ("over the counter", "on call"). Only where terms are
    listed is that a name."""
    return bool(_SET_PHRASE.fullmatch(label.strip())) and not ends_in_function_word(label)


def ends_in_function_word(label: str) -> bool:
    """Whether the last word cannot end a name ("capacity of", "and")."""
    words = label.casefold().split()
    return bool(words) and (
        words[-1] in _FUNCTION_STARTS or words[-1] in _DETERMINERS or words[-1] in _PRONOUNS
    )
