"""What stands above a document's text and speaks about it: title, other names, order, what comes first.

It is written in YAML (`---`), TOML (`+++`) or JSON (`{`, `;;;`), by hand or by many programs, so that keys
count in any case and spelling. What cannot be read is said in words, and as much as can be recovered is used.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.inlines import plain_text
from corpus.values import LONGEST, NotValues, from_json, from_toml, from_yaml, inside, number_of, words_of

# Keys are compared without case, blanks, hyphens and underscores.
_ALIAS_KEYS = (
    *("aliases", "alias", "aka", "synonyms", "synonym", "alsocalled", "alsoknownas", "othernames"),
    *("alternativenames", "abbreviation", "abbreviations", "acronym", "acronyms"),
)
_PREREQUISITE_KEYS = (
    *("prerequisites", "prerequisite", "prereqs", "prereq", "requires", "dependson", "buildson"),
)
_ORDER_KEYS = (
    *("order", "weight", "navorder", "sidebarposition", "position", "lesson", "chapter", "number", "index"),
    *("episode", "week", "session", "unit", "module", "part", "day"),
)
_OBJECTIVE_KEYS = (
    *("objectives", "objective", "learningobjectives", "learningoutcomes", "learninggoals", "outcomes"),
    *("goals", "youwilllearn", "whatyouwilllearn"),
)
_LANGUAGE_KEYS = ("lang", "language", "locale")
# Programs that make pages keep what is theirs under one of these.
_FOLDERS_OF_KEYS = ("sidebar", "nav", "navigation", "menu", "main", "docs", "params", "extra", "metadata")
_NAME_KEYS = ("name", "title", "term", "label", "concept")

_FENCE = re.compile(r"(?P<mark>---|\+\+\+|;;;)[ \t]*(?P<language>yaml|toml|json)?[ \t]*", re.IGNORECASE)
_LANGUAGES = {"---": "YAML", "+++": "TOML", ";;;": "JSON"}
_CLOSING = {
    mark: re.compile(rf"^{closing}[ \t]*$", re.MULTILINE)
    for mark, closing in (("---", r"(?:---|\.\.\.)"), ("+++", r"\+\+\+"), (";;;", ";;;"))
}
_WIKILINK = re.compile(r"^\[\[(?:[^\]|#]*/)?(?P<page>[^\]|#]+)[^\]]*\]\]$")
_KEY = re.compile(r"[\"']?[^\W\d_][\w .-]{0,60}[\"']?\s*[:=](?:\s|$)")
_JSON_START = re.compile(r"\{\s*(?:\"|\}\s*\n)")
_PANDOC_TITLE = re.compile(r"%[ \t]+(?P<title>\S[^\n]*)(?:\n[ \t]+\S[^\n]*|\n%[^\n]*)*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says about itself, in its first `last_line` lines (0: there is none). `error` says in
    words why a block could not be read, else is empty; it was found in `error_line`, and `error_hint` tells
    how to mend it. `prerequisite_lines` are the lines of the prerequisites, 0 for one that stands in no
    single line as written."""

    title: str = ""
    aliases: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    prerequisite_lines: tuple[int, ...] = ()
    order: float | None = None
    language: str = ""
    objectives: tuple[str, ...] = ()
    error: str = ""
    error_line: int = 1
    error_hint: str = ""
    last_line: int = 0


def front_matter_of(text: str) -> FrontMatter:
    """What stands above the text of a document. Never raises."""
    text = text.removeprefix("\ufeff")
    start = len(text) - len(text.lstrip("\n \t"))
    # An indented block is code, not front matter.
    start = text.rfind("\n", 0, start) + 1
    above = text.count("\n", 0, start)
    for reader in (_fenced, _formatted, _braced, _pandoc, _bare):
        if found := reader(text, start, above):
            return found
    return FrontMatter()


def _fenced(text: str, start: int, above: int) -> FrontMatter | None:
    end_of_first = text.find("\n", start)
    opened = _FENCE.fullmatch(text, start, max(start, end_of_first))
    if opened is None:
        return None
    closed = _CLOSING[opened["mark"]].search(text, end_of_first + 1)
    if closed is None:
        return None
    language = (opened["language"] or _LANGUAGES[opened["mark"]]).upper()
    block = text[end_of_first + 1 : closed.start()]
    last_line = above + 2 + block.count("\n")
    if not block.strip():
        return None if above else FrontMatter(last_line=last_line)
    if language == "YAML" and not _looks_like_keys(block):
        return None
    matter = read_front_matter(block, language)
    return _moved(matter, above + 1, last_line)


def _moved(matter: FrontMatter, lines: int, last_line: int) -> FrontMatter:
    """Front matter whose block begins behind so many lines."""
    return replace(
        matter,
        error_line=lines + matter.error_line,
        prerequisite_lines=tuple(line and lines + line for line in matter.prerequisite_lines),
        last_line=last_line,
    )


_RULE = r"(?:_{3,}|-{3,}|\*{3,})[ \t]*"
_KEYS_OF_PAGES = (
    r"title|aliases|alias|tags?|draft|date|created|updated|modified|description|publish|lang|author|order|weight|slug|"
    r"permalink|category|categories|cssclass(?:es)?|layout|type|status|id"
)
_BETWEEN_RULES = re.compile(
    rf"{_RULE}\n\s*\n(?P<block>(?:{_KEYS_OF_PAGES}):[ \t][^\n]*\n(?:(?!{_RULE}$)[^\n]*\n){{0,60}}?){_RULE}$",
    re.MULTILINE,
)
_AS_HEADING = re.compile(rf"{_RULE}\n\s*\n##[ \t]+(?P<block>(?:{_KEYS_OF_PAGES}):[ \t]+\S[^\n]*)(?:\n|\Z)")
_NEXT_KEY = re.compile(rf"[ \t]+(?=(?:{_KEYS_OF_PAGES}):(?:[ \t]|$))")


def _formatted(text: str, start: int, above: int) -> FrontMatter | None:
    """A block that a formatter of plain Markdown went over: its dashes are rules now, and where its last line
    stood upon dashes it is a heading."""
    if found := _BETWEEN_RULES.match(text, start):
        block = re.sub(r"\n\s*\n", "\n", found["block"])
        if not _looks_like_keys(block):
            return None
    elif found := _AS_HEADING.match(text, start):
        block = _NEXT_KEY.sub("\n", found["block"])
    else:
        return None
    # What cannot be read here is no mistake of the author's.
    matter = replace(read_front_matter(block), error="", error_line=1)
    unknown = (0,) * len(matter.prerequisites)
    return replace(
        matter, prerequisite_lines=unknown, last_line=above + 1 + found[0].rstrip("\n").count("\n")
    )


def _looks_like_keys(block: str) -> bool:
    """Whether a block is meant as keys and values: words between two rules are text."""
    lines = [line for line in block.split("\n") if line.strip() and not line.startswith("#")]
    told = sum(bool(_KEY.match(line)) or line[0] in " \t-[]{}\"'" for line in lines)
    if not lines:  # comments, or a heading
        return "\n\n" not in f"\n{block}"
    # Some authors indent the first key alone, or all keys.
    starts = _KEY.match(lines[0].lstrip(" "))
    return 2 * told >= len(lines) and (bool(starts) or lines[0][0] in "{-\t")


def _braced(text: str, start: int, above: int) -> FrontMatter | None:
    """JSON without a fence, from a brace to the brace that closes it."""
    if not _JSON_START.match(text, start):
        return None
    block = text[start : start + LONGEST]
    try:
        values, length = json.JSONDecoder().raw_decode(block)
    except (ValueError, RecursionError):
        closing = re.compile(r"^\}[ \t]*$", re.MULTILINE).search(block)
        if closing is None:
            return None
        matter = read_front_matter(block[: closing.end()], "JSON")
        last_line = above + 1 + block.count("\n", 0, closing.end())
        return _moved(matter, above, last_line)
    if block[length : length + 200].split("\n", 1)[0].strip():
        return None
    matter = _said(values, block[:length])
    return replace(_moved(matter, above, above + 1 + block.count("\n", 0, length)), error_line=1)


def _pandoc(text: str, start: int, above: int) -> FrontMatter | None:
    """A title as Pandoc's readers write it: lines that begin with a percent sign."""
    found = _PANDOC_TITLE.match(text, start)
    if above or found is None:
        return None
    return FrontMatter(title=" ".join(found["title"].split()), last_line=1 + found[0].count("\n"))


_INDENTED_FIRST = re.compile(r"[ ]{1,3}(?=[^\s#-][^\n]*\n[^\s#-])")


def _yaml(block: str) -> object:
    try:
        return from_yaml(block)
    except NotValues:
        # YAML wants blanks where people, and their editors, put tabs, and all keys in one column.
        mended = block.replace("\t", "  ")
        if _INDENTED_FIRST.match(mended):
            mended = mended.lstrip(" ")
        if mended == block:
            raise
        return from_yaml(mended)


def _json(block: str) -> object:
    return from_json(block if block.lstrip().startswith("{") else f"{{{block}}}")


_PROPERTY = re.compile(r"(?P<key>[^\W\d_][\w-]{0,40})::(?:[ \t]+(?P<value>[^\n]*))?(?:\n|\Z)")
_HEADER = re.compile(r"(?P<key>[^\W\d_][\w -]{0,40}):[ \t]+(?P<value>\S[^\n]*)(?:\n|\Z)")
_FEWEST_HEADERS = 2


def _bare(text: str, start: int, above: int) -> FrontMatter | None:
    """Keys and values without a fence: Logseq's properties (`alias:: ebb`), and the headers of Pelican and
    MultiMarkdown, which begin with a title and end with an empty line."""
    for pattern, fewest in ((_PROPERTY, 1), (_HEADER, _FEWEST_HEADERS)):
        values: dict[str, str] = {}
        count, end = 0, start
        while line := pattern.match(text, end):
            values.setdefault(line["key"], (line["value"] or "").strip())
            count, end = count + 1, line.end()
        closed = pattern is _PROPERTY or text[end : end + 1] in ("\n", "")
        titled = pattern is _PROPERTY or next(iter(values), "").casefold() == "title"
        if count >= fewest and closed and titled:
            matter = _said(values, text[start:end])
            return replace(_moved(matter, above, above + count), error_line=1)
    return None


_READERS: dict[str, Callable[[str], object]] = {"YAML": _yaml, "TOML": from_toml, "JSON": _json}


def read_front_matter(block: str, language: str = "YAML") -> FrontMatter:
    """The front matter from its text in a language. Never raises: what cannot be read is said in `error`."""
    try:
        values = _READERS[language](block)
    except NotValues as error:
        wrong = _Wrong(error.line, error.why, _HINTS[language])
        if language == "JSON" or len(block) > LONGEST:
            return FrontMatter(error=wrong.why, error_line=wrong.line, error_hint=wrong.hint)
        recovered = _said(dict(_recovered(block)), block)
        found = next(_wrong_values(block, error), wrong) if language == "YAML" else wrong
        return replace(recovered, error=found.why, error_line=found.line, error_hint=found.hint)
    return _said(values, block)


_HINTS = {
    "YAML": "Quote values that hold a colon, and indent with spaces.",
    "TOML": 'Put words between quotes: title = "Tides".',
    "JSON": "Look for a comma, a quote or a bracket that is missing.",
}
_CLOSERS = {"[": "]", "{": "}"}
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is wrong in a line of a block, and how to mend it."""

    line: int
    why: str
    hint: str


def _wrong_values(block: str, error: NotValues) -> Iterator[_Wrong]:
    """The values of YAML that a person sees to be wrong, where reading stopped or what was open began."""
    entries = list(_entries(block))
    following = (*(number for number, _, _ in entries[1:]), block.count("\n") + 2)
    for (number, key, value), behind in zip(entries, following, strict=False):
        if number <= error.line <= behind or number == error.opened:
            for why, mended in _wrong_in(value):
                written = f"{key}: {mended}"
                hint = f"Write {written}" if mended and len(mended) <= _LONGEST_SHOWN else _HINTS["YAML"]
                yield _Wrong(number, why.format(f'"{key}"'), hint)


def _wrong_in(value: str) -> Iterator[tuple[str, str]]:
    """What is wrong in a value, and the value as it should be written, "" where nobody can tell."""
    mark = value[:1]
    if closer := _CLOSERS.get(mark):
        less = value.count(mark) - value.count(closer)
        if less > 0:
            yield "{} opens a bracket that nothing closes", value.rstrip(", ") + closer * less
        elif less < 0:
            cut = value[:less] if value.endswith(closer * -less) else ""
            yield "{} closes a bracket that is not open", cut
    elif mark in ("'", '"') and value.count(mark) == 1:
        yield "{} opens a quote that nothing closes", value + mark
    elif re.search(r":\s|:\Z", value) and mark not in ("'", '"', "|", ">"):
        yield "the value of {} holds a colon", "'" + value.replace("'", "''") + "'"


_COMMENT = re.compile(r"(?P<quoted>\"[^\"]*\"|(?<!\w)'[^']*')|(?:\A|\s)#.*")


def _entries(block: str) -> Iterator[tuple[int, str, str]]:
    """The line of each outer key, the key and its value, with the lines that a bracket or quote goes on over
    and without comments."""
    first, key, parts = 0, "", [""]
    for number, line in enumerate(block.split("\n"), 1):
        if simple := _SIMPLE.fullmatch(line.rstrip()):
            if first:
                yield first, key, " ".join(parts)
            first, key, parts = number, simple["key"], [_without_comment(simple["value"])]
        elif parts[0][:1] in ("'", '"'):
            parts += [line.strip()] if line.strip() else []
        elif parts[0][:1] in _CLOSERS and (more := _without_comment(line.strip())):
            parts.append(more)
    if first:
        yield first, key, " ".join(parts)


def _without_comment(value: str) -> str:
    if value[:1] in ("'", '"'):
        return value
    return _COMMENT.sub(lambda found: found["quoted"] or "", value).rstrip()


_SIMPLE = re.compile(r"(?P<key>[^\W\d_][\w .-]{0,60}?)\s*[:=]\s*(?P<value>.*)")
_ENTRY = re.compile(r"\s*-\s+(?P<value>.*)")


def _recovered(block: str) -> Iterator[tuple[str, object]]:
    """Keys and values that stand plainly on lines of their own, whatever is wrong around them."""
    lines = block.split("\n")
    for number, key, value in _entries(block):
        if value.startswith("["):
            yield key, [_unquoted(v) for v in value.strip("[]").split(",")]
        elif value:
            yield key, _unquoted(value)
        else:
            below = takewhile(lambda line: not _SIMPLE.fullmatch(line.rstrip()), lines[number:])
            yield key, [_unquoted(entry["value"]) for line in below if (entry := _ENTRY.fullmatch(line))]


def _unquoted(words: str) -> str:
    words = words.strip()
    if words[:1] not in ("'", '"'):
        return words
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] else words[1:]


# --- what the values say -----------------------------------------------------------------------------------


def _said(values: object, block: str) -> FrontMatter:
    if not isinstance(values, dict):
        return FrontMatter()
    known = dict(_keys(values))
    collapsed = " ".join(block.split())
    weight = known.get("weight")
    if number_of(weight) == 0:
        # Hugo: no weight at all.
        known.pop("weight")
    # A quote of what is stated has to stand in the notes: what is spelled with escapes does not.
    prerequisites = tuple(w for w in _words(known, _PREREQUISITE_KEYS) if w in collapsed)
    return FrontMatter(
        _plain(words_of(known.get("title")) or words_of(known.get("term"))),
        # Hugo's aliases are old addresses of a page.
        tuple(_names(w for w in _words(known, _ALIAS_KEYS) if not re.match(r"\.{0,2}/|https?:", w))),
        prerequisites,
        tuple(_lines_of(prerequisites, block)),
        next((n for k in _ORDER_KEYS if (n := number_of(known.get(k))) is not None), None),
        next((w for k in _LANGUAGE_KEYS if (w := words_of(known.get(k)))), ""),
        tuple(_sentences(known, _OBJECTIVE_KEYS)),
    )


_IN_DOUBT = re.compile(r"[\s?,;:]+\Z")


def _names(written: Iterable[str]) -> Iterator[str]:
    """Names without markup, and without the marks of somebody in doubt: "bone broth?"."""
    bare = (_IN_DOUBT.sub("", _plain(words)) for words in written)
    yield from dict.fromkeys(name for name in bare if any(map(str.isalnum, name)))


def _lines_of(prerequisites: Sequence[str], block: str) -> Iterator[int]:
    """The line of each prerequisite, behind its key: 1 for the first, 0 where none holds its whole words."""
    if not prerequisites:
        return
    lines = [" ".join(line.split()) for line in block.split("\n")]
    behind = [_behind_key(line) for line in lines]
    first = next((n for n, rest in enumerate(behind) if rest is not None), 0)
    told = (line if rest is None else rest for line, rest in zip(lines[first:], behind[first:], strict=True))
    text = _WORD_ENDS.sub("\0", "\n".join(("", *told)))
    starts = [match.start() for match in re.finditer("\n", text)]
    at = 0
    for words in prerequisites:
        marked = _WORD_ENDS.sub("\0", words)
        # They mostly stand in order, so that each is looked for behind the one before.
        found = text.find(marked, at)
        found = text.find(marked) if found < 0 else found
        at = at if found < 0 else found + len(marked)
        yield 0 if found < 0 else first + bisect_right(starts, found)


_WORD_ENDS = re.compile(r"\b")


def _behind_key(line: str) -> str | None:
    """What stands behind the key in a line that begins with a key of prerequisites, None in any other."""
    key, *rest = re.split("[:=]", line, maxsplit=1)
    return "".join(rest) if re.sub(r"[\W_]+", "", key).casefold() in _PREREQUISITE_KEYS else None


_PAIRED_TAGS = re.compile(r"<(?P<tag>[a-z]+)\b[^<>]*>(?P<words>[^<>]*)</(?P=tag)\s*>", re.IGNORECASE)
_WHOLE_NAME = re.compile(r"__\w+__")


def _plain(words: str) -> str:
    """A name without markup. A lone tag is what the name is about: `<dialog>: an element`."""
    if _WHOLE_NAME.fullmatch(words):
        return words
    bare = words
    for _ in range(3):
        bare = _PAIRED_TAGS.sub(r"\g<words>", bare)
    # No mark of Markdown, so that it comes back as it is.
    return plain_text(bare.replace("<", "\ue000")).replace("\ue000", "<") or words


def _keys(values: Mapping[object, object]) -> Iterator[tuple[str, object]]:
    """Every key in its bare form with its value, those of inner mappings first, so that outer ones win."""
    spelled = [(re.sub(r"[\W_]+", "", str(key)).casefold(), value) for key, value in values.items()]
    for key, value in spelled:
        if key in _FOLDERS_OF_KEYS and isinstance(value, dict):
            for inner in (value, *(v for v in value.values() if isinstance(v, dict))):
                yield from ((re.sub(r"[\W_]+", "", str(k)).casefold(), v) for k, v in inner.items())
    yield from spelled


def _sentences(known: Mapping[str, object], keys: Iterable[str]) -> Iterator[str]:
    """The entries of lists, and texts as a whole: a comma is part of a sentence."""
    for key in keys:
        for entry in inside(known.get(key), (list,)):
            if words := " ".join(words_of(entry).split()):
                yield words


def _words(known: Mapping[str, object], keys: Iterable[str]) -> list[str]:
    found: list[str] = []
    for key in keys:
        value = known.get(key)
        # `[[Tide]]` is YAML for a list in a list.
        for entry in inside(value.split(",") if isinstance(value, str) else value, (list,)):
            bare = {str(k).casefold(): v for k, v in entry.items()} if isinstance(entry, dict) else {}
            words = words_of(next((bare[k] for k in _NAME_KEYS if k in bare), entry))
            found.append(_WIKILINK.sub(r"\g<page>", words).strip() if isinstance(value, (str, list)) else "")
    return [word for word in dict.fromkeys(found) if word]
