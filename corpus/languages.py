"""In which language a text is written, and which documents are translations of the notes.

The language is told by letters, and for Latin and Cyrillic ones by the small words that every sentence
needs. A name that looks like a language ("README.fr.md", `docs/de/`) counts only if the words agree: a folder
`it` may hold notes on information technology.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.model import Document

_SMALL_WORDS: dict[str, str] = {
    "en": "the of and to in is that it for as with on by are be this from at which or an not can we you have",
    "de": "der die das und ist nicht ein eine einen zu den mit von für auf sich des dem im auch wird sind",
    "fr": "le la les des et est une dans pour que qui du sur pas au avec ce sont par plus ou il nous vous",
    "es": "el los las y es una para con por del que se como más su al este esta son lo o cuando entre",
    "pt": "o os as e é uma para com por do da dos das que se como mais não em um ao são isso quando também",
    "it": "il gli e è una per con di che non della del sono si come più nel alla questo anche dei le un",
    "nl": "de het een en van is dat niet op te zijn voor met die aan er om ook als bij wordt naar deze wat",
    "pl": "i w na z się nie do jest to że jak o dla przez po są od który która oraz tym może lub jego być",
    "cs": "a v na se je že s z do to jako pro o by jsou ale který která nebo při aby jeho tak podle může",
    "sv": "och att det är en som på av för med den till inte om ett har de kan eller från vi så när ska",
    "da": "og at det er en som på af for med den til ikke om et har de kan eller fra vi så når skal dette",
    "nb": "og å det er en som på av for med den til ikke om et har de kan eller fra vi så når skal dette",
    "fi": "ja on ei se että en ole mutta joka kun tai niin kuin ovat voi myös sen sitä tämä mitä jos hän",
    "hu": "a az és hogy nem is egy ez van csak meg de mint el ki már azt ha vagy lehet volt kell nagyon ami",
    "ro": "și de la în cu o un este pe care nu se din mai pentru să sunt ca fi sau prin ale acest această",
    "tr": "ve bir bu için ile da de olarak daha çok gibi olan ne en kadar sonra var veya değil her ise hem",
    "id": "dan yang di untuk dengan ini dari adalah pada itu tidak dalam akan ke atau dapat juga oleh",
    "vi": "và của là các có được trong cho một không với để này những từ khi bạn như người đến theo về ra",
    "ru": "и в не на что с по как это к из для а от так но у за его или же если только мы вы при может",
    "uk": "і в не на що з до як це та для а від так але у за його або ж якщо тільки ми ви при може є щоб",
    "el": "και το του η της την ο να με για είναι στο από τα που δεν οι στην τον των σε θα ένα μια ή",
    "bg": "и в не на че с по как това към от за а но у или ако само ние при може се е да са който като",
}
_COMMON_SIGNS = {
    "zh": frozenset("的一是不了在有和人这中大为上个们我到来时要就以也可"),
    "ko": frozenset("이다는을에의가를고은하지로기리사한서도"),
}
_LETTERS = {
    # By script, where a script is enough to tell.
    "ko": re.compile("[\uac00-\ud7a3]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ar": re.compile("[\u0621-\u064a]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "hi": re.compile("[\u0904-\u0939]"),
    "bn": re.compile("[\u0985-\u09b9]"),
    "ta": re.compile("[\u0b85-\u0bb9]"),
    "th": re.compile("[\u0e01-\u0e2e]"),
    "ka": re.compile("[\u10d0-\u10f0]"),
}
_ANY_LETTER = re.compile(f"[{''.join(pattern.pattern[1:-1] for pattern in _LETTERS.values())}]")
_MEMBERS = {tag: frozenset(words.split()) for tag, words in _SMALL_WORDS.items()}
_TAGS_BY_WORD = {
    word: [tag for tag, members in _MEMBERS.items() if word in members]
    for word in sorted(frozenset().union(*_MEMBERS.values()))
}
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[^\w\x00-\x7f]+")
_SMALL_LETTERS = {n: chr(n).lower() if chr(n).isalpha() else " " for n in range(128)}
_SAMPLE = 20_000  # letters: more than enough to tell
_FEWEST_HITS = 4
_SHARE_OF_WORDS = 0.1
_SHARE_OF_LETTERS = 0.2


def language_of(text: str) -> str:
    """The tag of the language that a text is written in; "" if that cannot be told.

    >>> language_of("Die Ebbe ist das Fallen des Wassers, und die Flut ist das Steigen.")
    'de'
    """
    text = text[:_SAMPLE]
    words = _words(text)
    others = not text.isascii() and _ANY_LETTER.search(text) is not None
    letters = sum(map(len, words)) if others else 0
    for tag, pattern in _LETTERS.items() if others else ():
        found = len(pattern.findall(text))
        # One sign of Chinese says what a word of another language says; kana among them make it Japanese.
        enough = 0.05 * letters if tag == "ja" else _SHARE_OF_LETTERS * letters
        if found >= _FEWEST_HITS and found > enough:
            return tag
    hits = _hits(words)
    (best, most), (_, second) = hits.most_common(2)
    clear = most >= _FEWEST_HITS and most >= _SHARE_OF_WORDS * len(words) and most >= 1.25 * second
    return best if clear or (most > second and {best, "nb", "da"} == {"nb", "da"}) else ""


def _words(text: str) -> list[str]:
    if not text.isascii():
        # English has dashes and quotes that are not in ASCII, and hardly a letter.
        text = _SIGNS.sub(" ", text)
    return text.translate(_SMALL_LETTERS).split() if text.isascii() else _WORD.findall(text)


def _hits(words: Sequence[str]) -> Counter[str]:
    hits = Counter(dict.fromkeys(_MEMBERS, 0))
    for word, count in Counter(words).items():
        for tag in _TAGS_BY_WORD.get(word.casefold(), ()):
            hits[tag] += count
    return hits


def likeness(text: str) -> float:
    """How much a text looks like words of some language, 0 to 1: the share of its most common ones."""
    words = _words(text[:_SAMPLE])
    letters = sum(map(len, words))
    if not letters:
        return 0.0
    shares = [sum(c in signs for c in text[:_SAMPLE]) / letters for signs in _COMMON_SIGNS.values()]
    kana = len(_LETTERS["ja"].findall(text[:_SAMPLE])) / letters
    return max(*shares, kana, _hits(words).most_common(1)[0][1] / len(words))


# --- what names say ----------------------------------------------------------------------------------------

_TAGS = frozenset(
    (
        "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr "
        "hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms my nb ne nl nn no pa pl pt ro "
        "ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh "
    ).split()
)
# Countries, and names in words, that people write for languages.
_OTHER_NAMES = dict(
    pair.split("=")
    for pair in (
        "cn=zh-CN tw=zh-TW jp=ja kr=ko br=pt-BR ua=uk cz=cs gr=el chinese=zh japanese=ja korean=ko french=fr "
        "german=de spanish=es portuguese=pt italian=it russian=ru dutch=nl polish=pl turkish=tr english=en "
        "français=fr deutsch=de español=es português=pt 中文=zh"
    ).split()
)
_TAG = re.compile(r"(?P<language>[a-z]{2})(?:[-_](?P<region>[a-z]{2}|hans|hant|419))?", re.IGNORECASE)
_SUFFIX = re.compile(
    r"(?P<stem>.+?)[._-](?P<tag>[a-z]{2}(?:[-_](?:[a-z]{2}|hans|hant))?|[a-z]{6,10})", re.IGNORECASE
)
_FOLDERS_OF_TRANSLATIONS = frozenset(
    {"translations", "translation", "i18n", "locales", "locale", "lang", "langs"}
)


def tag_named(name: str) -> str:
    """The language tag that a name is, in its usual spelling; "" if it is none.

    >>> tag_named("zh_cn"), tag_named("FR"), tag_named("french"), tag_named("sea")
    ('zh-CN', 'fr', 'fr', '')
    """
    if other := _OTHER_NAMES.get(name.casefold()):
        return other
    found = _TAG.fullmatch(name)
    if found is None or found["language"].casefold() not in _TAGS:
        return ""
    region = found["region"] or ""
    spelled = region.title() if len(region) == 4 else region.upper()
    return "-".join(part for part in (found["language"].casefold(), spelled) if part)


def _named(path: str) -> tuple[str, str]:
    """The language that a path names and the path without it; ("", path) if it names none."""
    place = PurePosixPath(path)
    suffix = _SUFFIX.fullmatch(place.stem)
    if suffix and (tag := tag_named(suffix["tag"])):
        return tag, _without_translations(place.with_name(suffix["stem"] + place.suffix).parts)
    for at, folder in enumerate(place.parts[:-1]):
        if tag := tag_named(folder):
            return tag, _without_translations((*place.parts[:at], *place.parts[at + 1 :]))
    return "", path


def _without_translations(parts: Iterable[str]) -> str:
    return "/".join(part for part in parts if part.casefold() not in _FOLDERS_OF_TRANSLATIONS)


def _primary(tag: str) -> str:
    primary = tag.partition("-")[0].casefold()
    return "nb" if primary in ("no", "nn") else primary


_UNKNOWN = "und"  # as BCP 47 has it


# --- which documents are translations ----------------------------------------------------------------------


def told_apart(documents: Sequence[Document], main: str = "") -> list[Document]:
    """The documents, with a language at those that are in another one than the notes are, and say so by name
    or front matter. What nobody says is left alone: people write notes in two languages.

    `main` is the language of the notes where the author says it.
    """
    counterparts = Counter(_named(d.path)[1] for d in documents)
    stated = [_stated(d, counterparts) for d in documents]
    main = _primary(main) if main else _main_language(documents, stated)
    others = [tag if tag and _primary(tag) != main else "" for tag in stated]
    return [
        replace(d, language=tag) if d.language != tag else d for d, tag in zip(documents, others, strict=True)
    ]


def _stated(document: Document, counterparts: Counter[str]) -> str:
    """The language that a document's name or front matter says it is in, if its words do not disagree."""
    told, words = document.language, document.words_language
    named, bare = _named(document.path)
    for tag in (t for t in (told, named) if t):
        if _primary(tag) == words:
            return tag
        paired = tag == told or counterparts[bare] > 1
        if paired and (not words or _primary(tag) not in {*_MEMBERS, *_LETTERS}):
            return tag
    return ""


def _main_language(documents: Sequence[Document], stated: Sequence[str]) -> str:
    """The language that the notes are in: that of the documents which name none, unless there are few of
    them; then that of the most."""
    all_of_them = Counter(_primary(tag) or d.words_language for d, tag in zip(documents, stated, strict=True))
    plain = Counter(d.words_language for d, tag in zip(documents, stated, strict=True) if not tag)
    unknown = plain.pop("", 0)
    del all_of_them[""]
    if not all_of_them:
        return _UNKNOWN
    most = max(all_of_them.values())
    if plain:
        usual = min(plain, key=lambda tag: (-plain[tag], tag))
        if 2 * (all_of_them[usual] + unknown) >= most:
            return usual
    elif 2 * unknown >= most:
        return _UNKNOWN
    # Among equals English, in which most projects begin.
    return min(all_of_them, key=lambda tag: (-all_of_them[tag], tag != "en", tag))
