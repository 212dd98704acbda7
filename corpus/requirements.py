"""What notes say must be known before them, in so many words.

"Prerequisites: tides, knots", a section or box of that name, "this lesson assumes that you know tides".
Labels are taken as they stand, with the words that say so; which of them are concepts, and what the place
that states them is about, is decided by `graph`. What is said to be not needed is left.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, BlockKind, Inline, Link
from corpus.model import Passage, PassageKind, Requirement
from corpus.objectives import is_promised
from corpus.places import Span, meeting
from corpus.quoting import quoted
from corpus.sections import OpenSection, passage
from corpus.sentences import sentence_at, sentences

_TITLE = re.compile(
    r"(?:(?:course|lesson|module|chapter|required|assumed|prior|key|technical|recommended|concept)\s+)*"
    r"(?:pre-?requisites?|pre-?reqs?|prior\s+knowledge|required\s+knowledge|assumed\s+knowledge"
    r"|background\s+knowledge|builds?\s+on)"
    r"|what\s+(?:you|we)\s+(?:need|should|must)(?:\s+(?:to|already))?\s+know(?:\s+(?:first|already|before\b.*))?"
    r"|you\s+should\s+(?:already\s+)?know|things\s+to\s+know\s+first|assumes"
    r"|before\s+(?:reading|you\s+read)(?:\s+(?:this|on))?(?:\s+\w+)?|(?:read|know)\s+(?:this|these)\s+first",
    re.IGNORECASE,
)
# What has to be installed or done stands under these as well: only what reads like a name counts there.
_LOOSE_TITLE = re.compile(
    r"(?:\w+\s+)?requirements?|dependencies|before\s+(?:you|we)\s+(?:start|begin)"
    r"|before\s+(?:starting|beginning)(?:\s+this\s+\w+)?",
    re.IGNORECASE,
)
_BOXES = frozenset({"prereq", "prereqs", "prerequisite", "prerequisites", "requirements"})
_LINE = re.compile(
    r"(?:(?P<known>pre-?requisites?(?:\(s\))?(?:\s+(?:knowledge|reading|lessons?|concepts?|topics?))?|pre-?reqs?"
    r"|prior\s+knowledge|assumed\s+knowledge|required\s+(?:knowledge|reading|concepts?))"
    r"|requires?|(?:depends|builds|relies)\s+(?:up)?on|assumes|you\s+should\s+(?:already\s+)?know|needs|read\s+first"
    r"|first\s+read)\s*:\s*",
    re.IGNORECASE,
)
_LINE_WITHIN = re.compile(rf"(?:\A|(?<=\n)|(?<=[.!?)]\s))(?:{_LINE.pattern})", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:(?:assum(?:es?|ing)|expects?|presum(?:es?|ing)|presupposes?)\b(?:\s+\w+){0,4}?\s+(?:know(?:s|ledge\s+of)?"
    r"|understand(?:s|ing\s+of)?|familiar(?:ity)?\s+with|experience\s+(?:with|in)|learn(?:ed|t)|read|seen|met)"
    r"|\byou(?:\s+|['’]ll\s+)(?:should|must|need\s+to|will\s+need\s+to|ought\s+to)(?:\s+\w+){0,2}?\s+(?:know|understand|have\s+read"
    r"|be\s+familiar\s+with|be\s+comfortable\s+with|have\s+(?:a\s+\w+\s+)?(?:knowledge|understanding)\s+of)"
    r"|\b(?:familiarity\s+with|knowledge\s+of|(?:basic|working|good)\s+understanding\s+of)"
    r"|\b(?:this|the)\s+(?:\w+\s+)?(?:lesson|chapter|page|section|course|note|module|unit|article|guide|tutorial)"
    r"\s+(?:\w+\s+)?builds\s+(?:up)?on)\s+",
    re.IGNORECASE,
)
# Sentences that by themselves state what comes first: what has to be known, and for what if they say so.
_KNOW = (
    r"(?:know|understand|have\s+(?:read|understood|seen|met)"
    r"|(?:are|be|feel)\s+(?:\w+ly\s+)?(?:familiar|comfortable)\s+with)"
)
_STUDY = (
    r"(?:read|learn|study|review|revise|recap|refresh|brush\s+up\s+on|look\s+at|(?:go|work)\s+through)"
    r"(?:\s+(?:up\s+on|about))?"
)
# Not "first look at the sea": what makes somebody know a thing.
_MASTER = r"(?:learn|study|master|understand|revise|review|read\s+(?:up\s+on|about))(?:\s+about)?"
_YOU = (
    r"(?:you|we|one|readers?|learners?|students?)"
    r"(?:\s+(?:will|must|should|do|has|have|first|also|really)|['’]ll)*"
)
_SURE = rf"\b(?:make|be)\s+sure\s+(?:that\s+)?you\s+(?:already\s+|first\s+)?{_KNOW}\s+"
_PLEASE = r"(?:please\s+|first\s+|you\s+(?:should|must|may\s+want\s+to)\s+)?"
_LESSON = r"(?:lesson|chapter|page|section|note|module|unit|article|guide|tutorial|exercises?)\b"
# Not "before starting the engine".
_GOING_ON = (
    r"(?:(?:(?:you|we)\s+)?(?:read(?:ing)?|start(?:ing)?|begin(?:ning)?|continu(?:e|ing)|tackl(?:e|ing)|go(?:ing)?|mov(?:e|ing)"
    rf"|div(?:e|ing)\s+in)(?=\s*[,.!)]|\s*\Z|\s+(?:this|these|on|further|here|with\s+this|(?:the\s+)?(?:next|rest|{_LESSON})))"
    rf"|this\s+{_LESSON}|this\s*(?=[,.!]|\Z))"
)
_STATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Make sure you know what a tide is", "make sure you know tides before you go on".
        rf"{_SURE}what\s+(?!time\b|you\b)(?P<known>[^.;:,]+?)\s+(?:is|are|means?)\b",
        rf"{_SURE}(?P<known>[^.;:]+?)\s+(?:first\b|before(?:hand\b|\s+{_GOING_ON}))",
        # "To understand neap tides, you need tides first."
        (
            rf"\bto\s+(?:\w+ly\s+)?(?:understand|follow|grasp)\s+(?P<subject>[^.;:,]{{2,60}}?),?\s+{_YOU}\s+(?:need|have)"
            rf"(?:\s+to)?(?:\s+first)?(?:\s+(?:{_KNOW}|learn))?\s+(?P<known>[^.;:]+)"
        ),
        # "Before reading this, read about knots", "read about knots before you go on".
        rf"\bbefore\s+{_GOING_ON}[^.;:,]{{0,40}},\s+{_PLEASE}(?:{_STUDY}|{_KNOW})\s+(?P<known>[^.;:]+)",
        rf"\A\W*(?:please\s+)?{_STUDY}\s+(?P<known>[^.;:,]+?)\s+before\s+{_GOING_ON}",
        # "You should be familiar with tides", "this builds on tides".
        (
            r"\byou\s+(?:should|must|need\s+to|ought\s+to)\s+(?:already\s+|first\s+)?be\s+(?:familiar|comfortable)\s+with\s+"
            r"(?P<known>[^.;:]+)"
        ),
        r"(?:\bthis\s+|\A\W*)builds\s+(?:up)?on\s+(?P<known>[^.;:]+)",
        # "Assumes that you know tides", "first learn knots", "learn knots first".
        (
            r"(?:\b(?:this|it)\s+|\A\W*)(?:assumes|expects|presumes|presupposes)\s+(?:(?:that\s+)?you\s+(?:already\s+)?"
            rf"(?:to\s+)?{_KNOW}|(?:some\s+)?(?:knowledge\s+of|familiarity\s+with))\s+(?P<known>[^.;:]+)"
        ),
        rf"\A\W*(?:please\s+|you\s+\w+\s+)?first,?\s+{_MASTER}\s+(?P<known>[^.;:,]{{2,60}}?)\W*\Z",
        rf"\A\W*(?:please\s+)?{_MASTER}\s+(?P<known>[^.;:,]{{2,60}}?)\s+first\W*\Z",
        # "If you are not familiar with tides, read the first note."
        (
            r"\bif\s+you(?:\s+are|['’]re)?\s+(?:(?:not\s+(?:yet\s+)?(?:familiar|comfortable)|unfamiliar)\s+with|unsure\s+what"
            r"|(?:do\s+not|don['’]t)\s+(?:yet\s+)?(?:know|understand))\s+(?:what\s+)?(?P<known>[^.;:,]+?)(?:\s+yet)?,\s+"
            rf"{_PLEASE}(?:read|see|start|go|look|check|review|learn|have\s+a\s+look)\b"
        ),
    )
)
_ARTICLE = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)
_OF_THIS = re.compile(r"(?:this|these|it|them|what\s+follows|the\s+rest)\b", re.IGNORECASE)
# What readers know when they have read it.
_AFTERWARDS = re.compile(
    r"\b(?:after\w*|(?:by|at|until)\s+the\s+end|by\s+now|should\s+now|be\s+able\s+to|once\s+you|when\s+you\s+(?:finish|are\s+done))\b",
    re.IGNORECASE,
)
_THIS_LESSON = re.compile(
    r"\b(?:this|these|our|the\s+rest\s+of\s+(?:the|this))\s+(?:\w+\s+)?(?:lessons?|chapters?|pages?|sections?|courses?"
    r"|notes?|modules?|units?|articles?|guides?|tutorials?|exercises?|concepts?|episodes?|book|material|workshop)\b",
    re.IGNORECASE,
)
# "Read [the first lesson](a.md) first": what is linked in such a sentence.
_READING = re.compile(
    r"\b(?:have\s+)?(?:read|seen|worked\s+through|work\s+through|finish(?:ed)?|complet(?:e|ed)|go\s+through|gone\s+through"
    r"|stud(?:y|ied)|review(?:ed)?|understood|done|(?:you|we)(?:['’]ll|\s+will)?\s+need)\b",
    re.IGNORECASE,
)
_BEFORE_IT = re.compile(
    r"\bfirst\b|\bbefore\s+(?:you|we|starting|beginning|reading|going|moving|continuing|this)\b|\bbeforehand\b",
    re.IGNORECASE,
)
# Without a word on the lesson, "you should know" is advice; these say that it comes first.
_FIRST = re.compile(
    r"\b(?:already|before\w*|first|prior|to\s+follow|required|assumed|expected|we\s+assume|i\s+assume|assuming)\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\b(?:no|not|n['’]t|without|never|nothing|none|optional(?:ly)?|helpful|nice\s+to\s+have|unnecessary)\b|n['’]t\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\W*(?:none|n/?a|nothing|no\b.*|not?\s+required.*)\W*", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[,;•·]|\band\b|\bas\s+well\s+as\b|\n)\s*(?:and\s+)?", re.IGNORECASE)
_LEAD_WORDS = re.compile(
    r"^(?:(?:a|an|the|some|basic|basics|working|good|solid|prior|of|in|with|on|knowledge|understanding|familiarity|how|to"
    r"|to|what|is|are|about|that|you|know|understand|read|see)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?::|\s[-–—]\s|\().*\Z", re.DOTALL)
# "the tides first", "what the moon does", "knots to follow this".
_BEHIND = re.compile(
    r"\s+(?:(?:is|are|means?|first|already|yet|beforehand|helps?)|(?:before|does|do|to\s+follow|for\s+this|in\s+order)\b.*)\Z",
    re.IGNORECASE,
)
_WORKS = re.compile(r"\A(how\s.+?)\s+works?\Z", re.IGNORECASE)  # not "rope work"
_ASIDE = re.compile(r"\s*\([^()]*\)")
_LONGEST = 80
_LONGEST_QUOTE = 500  # characters, of what follows "Prerequisites:"
_MOST_WORDS = 9
_SPEAKS = re.compile(
    r"(?:this|these|if|when|in|we|i|it|there|please|make|use|install|be\s+sure|here|to)\b", re.IGNORECASE
)


# One of these stands in every sentence that _SENTENCE finds: most text has none, and a look says so.
_STEMS = (
    "before",
    "know",
    "understand",
    "read",
    "familiar",
    "comfortable",
    "builds",
    "assum",
    "expect",
    "presu",
    "first",
)
# One of these stands in every section that states anything, but for boxes, whose kind may say it.
_WORDS = (*_STEMS, "req", "depend", "need", "build", "relies")


_AROUND_WORDS = re.compile(r"^[\W\d]+|\W+$")


def requirements(sections: Sequence[OpenSection]) -> Iterator[Requirement]:
    """What the sections of a document state, in order."""
    for section in sections:
        title = _AROUND_WORDS.sub("", section.title)
        if section.level and is_promised(title):
            continue
        named = bool(section.level and _TITLE.fullmatch(title))
        loose = bool(section.level and _LOOSE_TITLE.fullmatch(title))
        if named or loose or _may_state(section):
            yield from _in(_names_in(section.blocks) if loose else section.blocks, section, named or loose)


def _may_state(section: OpenSection) -> bool:
    return any(word in section.lowered for word in _WORDS) or any(
        block.kind is BlockKind.BOX for block in section.all_blocks
    )


def _names_in(blocks: Sequence[Block]) -> list[Block]:
    """The lists among some blocks of which every item could be a name."""
    return [
        block
        for block in blocks
        if block.kind is BlockKind.LIST
        and all(
            len(item.children) == 1
            and (words := item.children[0].inline)
            and (len(words.text.split()) <= _MOST_WORDS // 2 or words.links)
            for item in block.children
        )
    ]


def _in(blocks: Sequence[Block], section: OpenSection, named: bool) -> Iterator[Requirement]:
    announced = False
    for block in blocks:
        if block.kind is BlockKind.BOX:
            headed = _words(block.title)
            if not named and _LOOSE_TITLE.fullmatch(" ".join(headed.split()).strip(" :")):
                yield from _in(_names_in(block.children), section, True)
                yield from _needed(block.children, section)
            else:
                yield from _in(block.children, section, named or block.info in _BOXES or _is_named(headed))
        elif block.kind is BlockKind.QUOTE:
            first = block.children[0] if block.children else None
            title = first.inline if first and first.kind is BlockKind.HEADING else None
            yield from _in(block.children, section, named or _is_named(_words(title)))
        elif block.kind is BlockKind.LIST:
            for item in block.children:
                yield from _item(item, section, named or announced)
        elif block.kind is BlockKind.TABLE:
            yield from _table(block, section, named)
        elif block.kind is BlockKind.PARAGRAPH and block.inline:
            yield from _paragraph(block, block.inline, section, named)
        announced = _announces(block)


# "You need [tides](tides.md) and knots": of what has to be installed there is no concept.
_NEED = re.compile(
    r"\b(?:you|we)(?:['’]ll|\s+will|\s+should|\s+only)?\s+need\s+(?:to\s+(?:know|understand|have\s+read)\s+(?:about\s+)?)?"
    r"(?P<known>[^.;:]+)",
    re.IGNORECASE,
)


def _needed(blocks: Sequence[Block], section: OpenSection) -> Iterator[Requirement]:
    """What the sentences of a box such as "Before you start" say that readers need."""
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH or not block.inline:
            continue
        text = block.inline.text
        told = passage(block, block.inline, section.location.path, PassageKind.PARAGRAPH)
        for start, end in sentences(text):
            need = _NEED.search(text, start, end)
            if need and not _NOT_NEEDED.search(text[start:end]):
                yield from _labels(told, block.inline, need.span("known"), (start, end), section)


def _words(inline: Inline | None) -> str:
    return inline.text if inline else ""


def _is_named(title: str) -> bool:
    return bool(_TITLE.fullmatch(" ".join(title.split()).strip(" :")))


def _is_about_this(words: str) -> bool:
    """Whether a sentence speaks of what a reader of these notes has to know first."""
    return bool(_THIS_LESSON.search(words) or _FIRST.search(words))


def is_of_lesson(words: str) -> bool:
    """Whether words speak of a whole lesson, and not of what is explained beside them."""
    return bool(_THIS_LESSON.search(words) or _GO_ON.search(words))


_GO_ON = re.compile(rf"\bbefore\s+{_GOING_ON}", re.IGNORECASE)


def _announces(block: Block) -> bool:
    """Whether a paragraph is nothing but the announcement of a list: "Prerequisites:"."""
    if block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return False
    if not block.inline.text.rstrip().endswith(":"):
        return False
    words = " ".join(block.inline.text.split())
    lead = _SENTENCE.search(words.rstrip(":") + " ") if _may_require(words.casefold()) else None
    about = bool(lead and not _NOT_NEEDED.search(words) and _is_about_this(words))
    return bool(_TITLE.fullmatch(words.rstrip(": ")) or _LINE.fullmatch(words + " ") or about)


# --- blocks ------------------------------------------------------------------------------------------------


def _item(item: Block, section: OpenSection, named: bool) -> Iterator[Requirement]:
    first = item.children[0] if item.children else None
    if first is None or not first.inline or first.kind is not BlockKind.PARAGRAPH:
        return
    line = _LINE.match(first.inline.text)
    if line and line.end() >= len(first.inline.text.strip()):
        # A bullet "Prerequisites:" with the list below it.
        for inner in item.children[1:]:
            if inner.kind is BlockKind.LIST:
                for one in inner.children:
                    yield from _item(one, section, True)
        return
    yield from _paragraph(first, first.inline, section, named)
    if not named:
        yield from _in([b for b in item.children[1:] if b.kind in _WITHIN_ITEM], section, named)


_WITHIN_ITEM = (BlockKind.LIST, BlockKind.PARAGRAPH)


def _table(table: Block, section: OpenSection, named: bool) -> Iterator[Requirement]:
    """A row or a column headed Prerequisites, or the rows of a table that stands under such a heading."""
    column = _column(table)
    for row in table.children:
        if column and len(row.children) > column:
            yield from _of_a_row(row, column, section)
            continue
        cells = [cell for cell in row.children if cell.inline]
        if not cells or cells[0].info == "header":
            continue
        words = cells[0].inline.text.strip(" :") if cells[0].inline else ""
        wanted = cells[1:] if _TITLE.fullmatch(words) else cells[:1] if named else []
        for cell in wanted:
            if cell.inline:
                told = passage(cell, cell.inline, section.location.path, PassageKind.TABLE)
                whole = (0, len(cell.inline.text))
                yield from _labels(told, cell.inline, whole, whole, section)


def _column(table: Block) -> int:
    """The place of the column that says what comes before what the first column names; 0 if there is none."""
    heads = table.children[0].children if table.children else ()
    return next(
        (
            place
            for place, cell in enumerate(heads)
            if place and cell.info == "header" and _TITLE.fullmatch(_words(cell.inline).strip(" :"))
        ),
        0,
    )


def _of_a_row(row: Block, column: int, section: OpenSection) -> Iterator[Requirement]:
    """What the cell of a column says of what the first cell names, or links to."""
    cell = row.children[column]
    named = next((c.inline for c in row.children[:column] if c.inline and c.inline.links), None)
    named = named or row.children[0].inline
    if cell.info == "header" or not cell.inline or not named or not named.text.strip():
        return
    url = _local(named.links[0].url) if named.links else ""
    told = passage(cell, cell.inline, section.location.path, PassageKind.TABLE)
    whole = (0, len(cell.inline.text))
    for one in _labels(told, cell.inline, whole, whole, section):
        yield replace(one, subject=" ".join(named.text.split()), subject_url=url)


def _paragraph(block: Block, inline: Inline, section: OpenSection, named: bool) -> Iterator[Requirement]:
    text, lowered = inline.text, inline.text.casefold()
    stated = tuple(_lines(text)) if ":" in text else ()
    before = bool(inline.links) and ("first" in lowered or "before" in lowered)
    reads = before and _BEFORE_IT.search(text) is not None
    if not stated and not named and not reads and not _may_require(lowered):
        return
    told = passage(block, inline, section.location.path, PassageKind.PARAGRAPH)
    for line, end in stated:
        for first, last in meeting(sentences(text), line.end(), end):
            low, high = max(first, line.end()), min(last, end)
            if low < high and not _says_none(text[low:high]):
                quote = (line.start() if high - line.start() <= _LONGEST_QUOTE else low, high)
                is_name = line["known"] is not None
                yield from _labels(told, inline, (low, high), quote, section, listed=is_name)
    if stated and not stated[0][0].start():
        return
    lines = [(line.start(), end) for line, end in stated]
    for start, end in sentences(text):
        if not meeting(lines, start, end) and (named or not _AFTERWARDS.search(text, start, end)):
            yield from _sentence(told, inline, (start, end), section, named, reads)


def _lines(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Where a paragraph says "Prerequisites:", at its beginning, on a line or in a sentence of its own, and
    where what is named there ends."""
    found = [match for match in _LINE_WITHIN.finditer(text) if _begins_anew(text, match.start())]
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, following in zip(found, ends, strict=False):
        line_end = text.find("\n", match.end())
        end = following if line_end < 0 or _continues(text, line_end) else min(line_end, following)
        if match.start():
            # What comes behind it goes on with the paragraph.
            end = min(end, sentence_at(text, match.end())[1])
        yield match, end


def _begins_anew(text: str, start: int) -> bool:
    """Whether a line or a sentence begins here, and no line just goes on: "the boat / needs: wind"."""
    ended = text[start - 1 : start] == "\n" and text[start - 2 : start - 1] in ".!?:;)"
    return not start or ended or text[start].isupper()


def _sentence(
    told: Passage, inline: Inline, place: Span, section: OpenSection, named: bool, reads: bool
) -> Iterator[Requirement]:
    """What one sentence states."""
    start, end = place
    sentence = inline.text[start:end]
    if not named and not reads and not _may_require(sentence.casefold()):
        return
    if not named and (stated := _stated(sentence)):
        low, high = stated.span("known")
        about = stated.groupdict().get("subject") or ""
        subject = "" if _OF_THIS.match(about) else _ARTICLE.sub("", " ".join(about.split()))
        # "You should be familiar with X first" gives names; what of these is not defined is missed.
        listed = bool(_WITH.match(stated[0]) and _BEFORE_IT.search(sentence))
        for one in _labels(told, inline, (start + low, start + high), place, section, listed=listed):
            yield replace(one, subject=subject)
        return
    if _NOT_NEEDED.search(sentence) or sentence.rstrip(" *_").endswith(":"):
        return
    lead = _SENTENCE.search(sentence)
    after = start + lead.end() if lead else start
    if lead and (named or _is_about_this(sentence)) and not sentence[lead.end() :].startswith("that "):
        yield from _labels(told, inline, (after, end), place, section)
    elif named:
        listed = _is_list(sentence)
        yield from _labels(told, inline, place, place, section, plain=listed, listed=listed)
    elif reads and _READING.search(sentence) and _BEFORE_IT.search(sentence):
        found = _labels(told, inline, place, place, section, plain=False)
        yield from (one for one in found if one.url)


_WITH = re.compile(r"you\s.*?\b(?:familiar|comfortable)\s+with\s", re.IGNORECASE | re.DOTALL)


def _stated(sentence: str) -> re.Match[str] | None:
    """What a sentence states by itself, if nothing before it says that it is not so."""
    found = next((match for pattern in _STATED if (match := pattern.search(sentence))), None)
    return None if found and _LESS.search(sentence, 0, found.start()) else found


def _says_none(sentence: str) -> bool:
    """Whether a sentence after "Prerequisites:" says that something is not needed."""
    return bool(_NONE.fullmatch(sentence) or _NO_NEED.match(sentence))


_LESS = re.compile(r"\b(?:not|no|never|optional(?:ly)?|n['’]t)\b", re.IGNORECASE)
_NO_NEED = re.compile(
    r"\W*(?:no|not|none|nothing|neither|never|you\s+(?:do\s+not|don['’]t)|there\s+(?:are|is)\s+no(?:ne)?)\b|.*\b(?:not|n['’]t)\s+"
    r"(?:\w+\s+)?(?:need(?:ed)?|required?|necessary|assumed)\b",
    re.IGNORECASE | re.DOTALL,
)


def _may_require(lowered: str) -> bool:
    return any(stem in lowered for stem in _STEMS)


def _is_list(sentence: str) -> bool:
    """Whether words under a heading are names, and do not speak of anything."""
    return all(len(part.split()) <= _MOST_WORDS for part in _SPLIT.split(sentence)) and not _SPEAKS.match(
        sentence
    )


def _continues(text: str, line_end: int) -> bool:
    """Whether a list of names goes on in the next line."""
    return text[max(0, line_end - 8) : line_end].rstrip().endswith((",", "and", ";"))


# --- labels ------------------------------------------------------------------------------------------------


def _labels(
    told: Passage,
    inline: Inline,
    place: Span,
    quote: Span,
    section: OpenSection,
    *,
    plain: bool = True,
    listed: bool = False,
) -> Iterator[Requirement]:
    """The links in a range of text, and the names in it if it is `plain`, each with the words that say so;
    `listed` tells whether those are names of things."""
    start, end = place
    if _NONE.fullmatch(inline.text[start:end]) or start >= end:
        return
    written, lines, words = quoted(told, *quote)
    first = bisect_left(inline.links, start, key=_begins)
    links = inline.links[first : bisect_left(inline.links, end, key=_begins)]
    for link in links:
        label = " ".join(inline.text[slice(*link.span)].split())
        yield Requirement(label, written, section.id, lines, _local(link.url), words=words)
    if not plain:
        return
    stops = (start, *(link.span[1] for link in links))
    between = zip(stops, (*(link.span[0] for link in links), end), strict=True)
    rest = ",".join(inline.text[low:high] for low, high in between)
    for part in _SPLIT.split(_ASIDE.sub("", rest)):
        named = _WORKS.sub(r"\1", _BEHIND.sub("", _TAIL.sub("", " ".join(part.split())).rstrip(" .?!")))
        label = _LEAD_WORDS.sub("", named).strip(" .*_`?!")
        if 2 <= len(label) <= _LONGEST and any(c.isalpha() for c in label):
            yield Requirement(label, written, section.id, lines, words=words, listed=listed)


def _begins(link: Link) -> int:
    return link.span[0]


def _local(url: str) -> str:
    """An address within the notes, else nothing."""
    return "" if "://" in url or url.startswith(("mailto:", "//")) else url
