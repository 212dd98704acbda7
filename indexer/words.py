"""How text becomes the terms of an index, the same for what is stored and for what is asked.

A chunk is what a reader would call one word: `gradient`, `cross-entropy`, `nn.CrossEntropyLoss`, `zero_grad`.
Its pieces (`cross`, `entropy`) are terms by their stem; a chunk of several pieces is also a term as a whole,
written together (`crossentropy`); so are the ends of a dotted name (`nn.CrossEntropyLoss`), and the humps of
`CrossEntropyLoss` are terms of their own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Final, NamedTuple
from unicodedata import category, normalize

from whoosh.lang import stemmer_for_language
from whoosh.lang.stopwords import stoplists

ENGLISH: Final = "en"

# Scripts that are written without spaces: every character is a piece, a chunk is found as a phrase.
# (Korean has spaces, but writes its particles together with the word.)
_UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3"  # Chinese, Japanese, Korean
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
)
# Vowel signs and accents that are characters of their own, and joiners: inside a word, though they are no
# letters. Where scripts have them; `unicodedata` knows which ones they are.
_MARK = "\u200c\u200d" + "".join(
    character
    for first, end in ((0x300, 0xE00), (0xF00, 0x1000), (0x1100, 0x1780), (0x1800, 0x2100), (0xA600, 0xAC00))
    for character in map(chr, range(first, end))
    if category(character) in ("Mn", "Mc")
)
_RUN = rf"[^\W{_UNSPACED}]+(?:[{_MARK}]+[^\W{_UNSPACED}]*)*"
_CHUNK = re.compile(rf"[{_UNSPACED}]+|{_RUN}(?:[.\-\u2010\u2011]{_RUN})*")
_PIECE = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:[{_MARK}]+[^\W_{_UNSPACED}]*)*")
# An option of a command, as in `ls -l`.
_OPTION = re.compile(r"(?<!\S)-[A-Za-z]\w*(?![\w-])")
_UNSPACED_START = re.compile(rf"[{_UNSPACED}]")
_PLAIN = re.compile("[A-Za-z][a-z]*")
# Where a word may be that is not as it is spelled: joined from several, or of letters that are folded.
_ODD = re.compile(r"[._\-\x80-\U0010ffff](?:(?<=[^\x00-\x7f])|(?=[^\W_]))\S*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ACRONYM_PLURAL = re.compile(r"[A-Z]{2,}s")
# Accents go, but not the breve of a Cyrillic short i, which is a letter of its own; and what is written for
# learners only: the points of Hebrew, the short vowels, the hamza on a letter and the long stroke of Arabic.
_MARKS = re.compile(
    "(?<!\u0438)\u0306|[\u0300-\u0305\u0307-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d]"
)

_MANY_BEGINNINGS = 8  # with which most stretches of a text have a word
_SHORT = 3  # letters of a term
# Nothing that a posting list could hold is longer; both sides are cut alike.
LONGEST_TERM = 64

STOP_WORDS = frozenset(
    "a an and are as at be been being but by can could did do does for from had has have he her his how i if"
    " in into is it its ll me my no not of on or our re s shall she should so such t than that the their them"
    " then there these they this to was we were what when where which who why will with would you"
    " your".split()
)

_STEMMED = ("da", "de", ENGLISH, "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv")


# One of each, made when it is needed first.
_stemmer: Callable[[str], Callable[[str], str]] = cache(stemmer_for_language)


def stemmed_as(tag: str) -> str:
    """The language by whose rules a text with this tag is stemmed: its own if there are any, else English."""
    language = tag.lower().partition("-")[0]
    language = "no" if language in ("nb", "nn") else language
    return language if language in _STEMMED else ENGLISH


@lru_cache(maxsize=32)
def stop_words(language: str) -> frozenset[str]:
    """Folded words of a language that carry nothing next to others."""
    if language == ENGLISH:
        return STOP_WORDS
    return frozenset(map(folded, stoplists.get(language, ())))


@dataclass(frozen=True, slots=True)
class Word:
    """What there is to know about a chunk, wherever it stands.

    `pieces` and `humps` are folded, `whole` is the pieces written together (empty for one piece). `telling`
    are the terms of the pieces without stop words, `plain` those of all pieces, `code` those of the whole,
    its ends and the humps, and a stop word in capitals; `surface` has every spelling with its term, `keys`
    all terms. `unspaced` says that the pieces must stand side by side to mean this word.
    """

    pieces: tuple[str, ...]
    whole: str
    humps: tuple[str, ...]
    unspaced: bool
    plain: tuple[str, ...]
    telling: tuple[str, ...]
    code: tuple[str, ...]
    surface: tuple[tuple[str, str], ...]
    keys: frozenset[str]


class Chunk(NamedTuple):
    """A word of a text and its place there (half-open)."""

    start: int
    end: int
    word: Word


def composed(text: str) -> str:
    """The text with letters and their accents as one character; places in a text are counted in this form."""
    return text if text.isascii() else normalize("NFC", text)


def folded(word: str) -> str:
    """A word without case and accents; `LSTMs` without the plural that no stemmer sees.

    >>> folded("Bézier")
    'bezier'
    """
    if word.isascii():
        return (word[:-1] if _ACRONYM_PLURAL.fullmatch(word) else word).lower()[:LONGEST_TERM]
    # Taken apart, a sign such as a letter in a circle has a case again.
    apart = normalize("NFKD", normalize("NFKD", word.casefold()).casefold())
    return normalize("NFC", _MARKS.sub("", apart))[:LONGEST_TERM]


# Of words with two spellings the British one becomes the other; not where an end only looks so ("supervise").
_BRITISH = re.compile(
    r"(?<=[a-z]{3})(?:(o)u(?=r(?:s|ed|ing|al|able|ful|ite|ites|hood)?\b)"
    r"|(?<![cvw])(?<!pr)(?<!prom)(?<!prem)(?<!pert)is(?=(?:e[sdr]?|ers|ing|ations?)\b))"
)


@lru_cache(maxsize=16_384)
def stem(piece: str, language: str = ENGLISH) -> str:
    """The term under which a folded piece is found.

    >>> stem("gradients") == stem("gradient")
    True
    """
    if not piece.isalpha():
        return piece
    if piece.isascii():  # in Cyrillic notes, too, Latin words are mostly English
        if language in (ENGLISH, "ru"):
            return _stemmer(ENGLISH)(american(piece))
        return _stemmer(language)(piece)
    return piece if language == ENGLISH else _stemmer(language)(piece)


def american(text: str) -> str:
    """The text with American spellings of its words.

    >>> american("normalised colours")
    'normalized colors'
    """
    return _BRITISH.sub(lambda found: found[1] or "iz", text)


# Most words of a text are among the few that it uses all the time: what is known about them is kept.
@lru_cache(maxsize=32_768)
def word_of(chunk: str, language: str = ENGLISH) -> Word:
    """What there is to know about a chunk of a composed text in a language."""
    stops = stop_words(language)
    raw = _PIECE.findall(chunk)
    pieces = tuple(filter(None, map(folded, raw)))
    unspaced = _UNSPACED_START.match(chunk) is not None
    whole = "".join(pieces)[:LONGEST_TERM] if len(pieces) > 1 and not unspaced else ""
    humps = tuple(folded(hump) for part in raw for hump in _humps(part))
    plain = tuple(stem(piece, language) for piece in pieces)
    # A keyword is found although the same word in small letters says nothing: WHERE, NOT.
    keyword = pieces if len(chunk) > 1 and chunk.isupper() and len(raw) == 1 and pieces[0] in stops else ()
    compounds = (whole, *_ends(chunk), *humps) if whole else humps or keyword
    code = tuple(stem(compound, language) for compound in compounds)
    spelled = (*humps, *pieces, whole) if whole else (*humps, *pieces)
    surface = {piece: stem(piece, language) for piece in spelled}
    telling = tuple(stem(piece, language) for piece in pieces if piece not in stops)
    keys = frozenset(plain + code)
    return Word(pieces, whole, humps, unspaced, plain, telling, code, tuple(surface.items()), keys)


def _ends(chunk: str) -> Iterator[str]:
    """What people write of a dotted name who leave out its beginning: `nn.Linear` of `torch.nn.Linear`."""
    _, dot, rest = chunk.partition(".")
    while dot:
        pieces = _PIECE.findall(rest)
        if len(pieces) > 1:
            yield "".join(map(folded, pieces))[:LONGEST_TERM]
        _, dot, rest = rest.partition(".")


def _humps(part: str) -> list[str]:
    """The humps of one piece, none if it has one only; two letters (`Re|LU`) say nothing by themselves."""
    if part.islower() or part.isupper() or _ACRONYM_PLURAL.fullmatch(part):
        return []
    humps = _HUMP.split(part)
    return [hump for hump in humps if len(hump) > 2] if len(humps) > 1 else []


def chunks(text: str) -> Iterator[Chunk]:
    """The words of a text in order; places refer to `composed(text)`."""
    for found in _CHUNK.finditer(composed(text)):
        word = word_of(found.group())
        if word.pieces:  # there are none in a row of underscores
            yield Chunk(found.start(), found.end(), word)


class Found(NamedTuple):
    """A word of a text, its place there (half-open), and the terms that find it."""

    start: int
    end: int
    terms: frozenset[str]


class Finder:
    """Finds the words with some terms in the texts of an answer; quick, because most have none, and because
    the texts have much in common."""

    def __init__(self, terms: frozenset[str], language: str = ENGLISH) -> None:
        self._terms, self._language = terms, language
        self._beginnings = _beginnings(terms)
        self._known: dict[str, tuple[Found, ...]] = {}

    def found_in(self, text: str) -> Iterator[Found]:
        """The words in order; places refer to `composed(text)`."""
        known = self._known
        for place, stretch in _stretches(composed(text), self._beginnings):
            found = known.get(stretch)
            if found is None:
                found = known[stretch] = tuple(self._found(stretch))
            for start, end, terms in found:
                yield Found(place + start, place + end, terms)

    def _found(self, stretch: str) -> Iterator[Found]:
        for place in _CHUNK.finditer(stretch):
            if not (terms := self._terms_of(place[0])):
                continue
            if _UNSPACED_START.match(place[0]):
                yield from self._signs(place)
            else:
                yield Found(place.start(), place.end(), terms)

    def _signs(self, run: re.Match[str]) -> Iterator[Found]:
        """The signs of a run without spaces: those that stand side by side, or, if none do, single ones."""
        signs = [(sign.start(), sign.end(), self._terms_of(sign[0])) for sign in _PIECE.finditer(run[0])]
        side_by_side = [
            Found(
                run.start() + some[0][0], run.start() + some[-1][1], frozenset().union(*(s[2] for s in some))
            )
            for found, group in groupby(signs, key=lambda sign: bool(sign[2]))
            if found and (some := list(group))
        ]
        yield from [found for found in side_by_side if found.end - found.start > 1] or side_by_side

    def _terms_of(self, chunk: str) -> frozenset[str]:
        if _PLAIN.fullmatch(chunk) and not chunk.lower().startswith(self._beginnings):
            return frozenset()  # it need not be stemmed
        return self._terms & word_of(chunk, self._language).keys


def _stretches(text: str, beginnings: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Those parts of a text between its spaces, each with its place, in which a chunk may have a term that
    begins so."""
    lower = text.lower()
    # A few capitals are two characters when they are small.
    if len(beginnings) > _MANY_BEGINNINGS or len(lower) != len(text):
        place = 0
        for stretch in text.split(" "):
            yield place, stretch
            place += len(stretch) + 1
        return
    places = [found.start() for found in _ODD.finditer(text)]
    for beginning in beginnings:
        places += (
            place
            for place in _all_of(beginning, lower)
            if not text[place - 1 : place].isalnum() or text[place].isupper()
        )
    end = -1
    for place in sorted(places):
        if place > end:
            start = text.rfind(" ", 0, place) + 1
            end = text.find(" ", place) % (len(text) + 1)
            yield start, text[start:end]


def _all_of(part: str, text: str) -> Iterator[int]:
    """Where a part stands in a text."""
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)


def _beginnings(terms: frozenset[str]) -> tuple[str, ...]:
    """What every plain word that is found by one of the terms begins with: a stem changes at most its end."""
    kept: list[str] = []
    for beginning in sorted(map(_kept_beginning, terms)):
        if not kept or not beginning.startswith(kept[-1]):
            kept.append(beginning)
    return tuple(kept)


def _kept_beginning(term: str) -> str:
    """What a stem has in common with every plain word that has it: "lying" has the stem "lie"."""
    if len(term) == _SHORT and term.endswith("ie"):
        return term[:1]
    kept = term[: max(2, len(term) - 2)]
    return kept[: found + 1] if (found := kept.find("or", 3)) > 0 else kept  # "favorit" of "favourite"


def words_of(text: str, language: str = ENGLISH) -> list[Word]:
    """The words of a text in order, without their places."""
    return [word_of(chunk, language) for chunk in _CHUNK.findall(composed(text))]


def terms(text: str, language: str = ENGLISH) -> list[str]:
    """The stems of a text in order, without stop words unless there is nothing else."""
    words = words_of(text, language)
    found = [term for word in words for term in word.telling]
    return found or [term for word in words for term in word.plain]


def code_terms(text: str, language: str = ENGLISH) -> list[str]:
    """The terms of a text's compound words, each as a whole, of the humps of its camel case, of stop words in
    capitals, and of options."""
    return [term for word in words_of(text, language) for term in word.code] + options(text)


def options(text: str) -> list[str]:
    """The options of commands in a text: words with a dash in front of them.

    >>> options("ls -l notes - or -la")
    ['-l', '-la']
    """
    return list(map(folded, _OPTION.findall(text))) if "-" in text else []


def surface_words(text: str, language: str = ENGLISH) -> dict[str, str]:
    """Every word of a text as it is spelled (folded), and the term it is found under."""
    found: dict[str, str] = {}
    for chunk in set(_CHUNK.findall(composed(text))):
        found.update(word_of(chunk, language).surface)
    found.update((option, option) for option in options(text))
    return found
