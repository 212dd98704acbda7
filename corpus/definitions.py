"""Where notes define a term: one rule a function, all of them in the table at the end.

Nobody marks definitions up, so the rules read the shapes that people use without thinking: a heading and its
first paragraph, a bullet and the paragraph after it, a bold lead-in, "An X is a ...". A rule knows English
grammar and Markdown and nothing about any subject. What a rule takes and what it leaves stands in
tests/cases/definitions.md.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.labels import (
    bare_heading,
    is_meta_heading,
    is_numbered,
    label_key,
    looks_like_term,
    names_a_subject,
)
from corpus.markdown import Block, BlockKind, Inline, Markdown, inline_html, sentences, source_range
from corpus.model import Definition, DefinitionStyle, Passage, PassageKind, SourceLocation
from corpus.names import other_names, pointer, split_names
from corpus.phrasing import asks, is_sentence, is_subject, opens_an_aside, says_what_it_is, speaks
from corpus.sections import OpenSection, passages


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule found: a term as written and the text that defines it: whole blocks, or a range of one."""

    term: str
    first_line: int
    blocks: tuple[Block, ...]
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule may look at: one section, and what its document is.

    `title` is what the document's title names, if it names a thing; `alone` tells that no heading in it names
    another; `opens` that the section is where the document begins to talk; `entries` the level of the
    headings that are a glossary's entries (0 if it is none).
    """

    section: OpenSection
    title: str | None = None
    alone: bool = False
    opens: bool = False
    entries: int = 0


Rule = Callable[[Page], Iterator[Candidate]]


def _with_its_list(block: Block, following: Sequence[Block]) -> tuple[Block, ...]:
    """A paragraph that ends in a colon takes the list after it, unless the list holds pictures."""
    if not block.inline or not block.inline.text.rstrip().endswith(":") or not following:
        return (block,)
    listed = following[0]
    plain = listed.kind is BlockKind.LIST and not any(
        b.kind in (BlockKind.HTML, BlockKind.CODE) or (b.inline and b.inline.pictures) for b in listed.walk()
    )
    return (block, listed) if plain else (block,)


# --- the rules ---------------------------------------------------------------------------------------------


def from_front_matter(page: Page) -> Iterator[Candidate]:
    """A document about one thing: its title, and the first paragraph of it."""
    section = page.section
    if not page.title or not page.alone or section.level > 1:
        return
    for index, block in enumerate(section.blocks):
        if block.kind is BlockKind.PARAGRAPH and block.inline and _introduces(page.title, block.inline):
            first = section.heading.first_line if section.heading else 1
            yield Candidate(page.title, first, _with_its_list(block, section.blocks[index + 1 :]))
        if block.kind is not BlockKind.HTML:
            return


def _introduces(title: str, inline: Inline) -> bool:
    words = " ".join(inline.text.split())
    if len(words.split()) < 5 or is_subject(title, words):
        return len(words.split()) >= 5
    # A paragraph that opens with another term in bold is about that one.
    opens_with = next((inline.text[a:b] for a, b in inline.strong if a == 0), title)
    return label_key(opens_with.rstrip(": ")) == label_key(title) and not opens_an_aside(words)


_OPENING_PARAGRAPHS = 3


def from_title(page: Page) -> Iterator[Candidate]:
    """A document that says near its beginning what its title is, in a sentence about it."""
    if not page.title or page.alone or not page.opens:
        return
    paragraphs = [b for b in page.section.blocks if b.kind is BlockKind.PARAGRAPH and b.inline]
    for block in paragraphs[:_OPENING_PARAGRAPHS]:
        text = block.inline.text if block.inline else ""
        for start, end in sentences(text):
            if is_subject(page.title, text[start:end]):
                first_line = block.first_line + text.count("\n", 0, start)
                yield Candidate(page.title, first_line, (block,), start)
                return


def from_heading(page: Page) -> Iterator[Candidate]:
    """A heading that is a term, and the first thing under it: a paragraph that says what it is."""
    section = page.section
    if section.heading is None or section.level < 2 or not section.blocks:
        return
    term = bare_heading(section.title)
    heading = section.heading.inline
    linked = bool(heading and heading.links)
    name = split_names(term, section.location)[0]
    is_entry = section.level == page.entries
    if linked or section.title.endswith("?") or not (is_entry or looks_like_term(name)):
        return
    if is_meta_heading(name) and not is_entry:
        return
    block = next(
        (b for b in section.blocks if not _is_picture(b) and not _is_html_heading(b)), section.blocks[0]
    )
    if block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return
    # A heading that could be an instruction, or that holds others, must be the subject of what follows.
    strict = section.has_children or _names_several(name) or (name == term and not names_a_subject(term))
    text = block.inline.text
    says = len(text.split()) >= 2 if is_entry else not strict and says_what_it_is(name, text)
    if says or is_subject(name, text):
        rest = section.blocks[section.blocks.index(block) + 1 :]
        yield Candidate(term, section.heading.first_line, _with_its_list(block, rest))


def _is_html_heading(block: Block) -> bool:
    return block.kind is BlockKind.HTML and bool(
        re.fullmatch(r"\s*<h[1-6][^>]*>.*</h[1-6]>\s*", block.text, re.DOTALL | re.IGNORECASE)
    )


def _names_several(name: str) -> bool:
    """Whether a heading joins things ("Loss & optimization") or says what is done ("Creating random
    numbers")."""
    words = name.casefold().split()
    does = len(words) > 2 and words[0].endswith("ing") and len(words[0]) > 4
    return does or bool({"&", "and", "or", "in", "for", "with", "to"} & set(words[1:]))


def _is_picture(block: Block) -> bool:
    only_pictures = block.inline is not None and bool(block.inline.pictures) and not block.inline.text.strip()
    return only_pictures or (block.kind is BlockKind.HTML and "<img" in block.text.lower())


def from_bullet_term(page: Page) -> Iterator[Candidate]:
    """A bullet that is nothing but a term, then paragraphs that are not indented."""
    for siblings in _sibling_runs(page.section):
        for index, block in enumerate(siblings):
            term = _lone_term(block)
            if term is None:
                continue
            defining: list[Block] = []
            for later in siblings[index + 1 :]:
                if later.kind is not BlockKind.PARAGRAPH or _is_picture(later) or not later.inline:
                    break
                # A further paragraph belongs to the definition if it goes on about the term.
                if defining and not is_subject(term, " ".join(later.inline.text.split())):
                    break
                defining.append(later)
            words = defining[0].inline.text if defining and defining[0].inline else ""
            says = is_sentence(words) and not speaks(words) and not asks(words)
            if says or pointer(words):
                taken = defining[:-1] + list(
                    _with_its_list(defining[-1], siblings[index + 1 + len(defining) :])
                )
                yield Candidate(term, block.first_line, tuple(taken))


def _lone_term(block: Block) -> str | None:
    """The term of a list of one short item. In a longer list the last item is just its end."""
    if block.kind is not BlockKind.LIST or len(block.children) != 1 or len(block.children[0].children) != 1:
        return None
    only = block.children[0].children[0].inline
    if only is None or any(
        end - start == len(only.text) for start, end in (link.span for link in only.links)
    ):
        return None
    term = only.text.strip().rstrip(":")
    return term if looks_like_term(split_names(term, SourceLocation("", 1, 1))[0], longest=9) else None


def from_indented_bullet(page: Page) -> Iterator[Candidate]:
    """A bullet whose first paragraph is a term and whose next one, indented below it, defines it."""
    for block in page.section.all_blocks:
        if block.kind is not BlockKind.ITEM or len(block.children) < 2:
            continue
        head, body = block.children[0], block.children[1]
        if (
            head.kind is BlockKind.PARAGRAPH
            and body.kind is BlockKind.PARAGRAPH
            and head.inline
            and body.inline
        ):
            term = head.inline.text.strip().rstrip(":")
            name = split_names(term, SourceLocation("", 1, 1))[0]
            if looks_like_term(name, longest=9) and says_what_it_is(name, body.inline.text):
                yield Candidate(term, block.first_line, (body,))


def from_lazy_bullet(page: Page) -> Iterator[Candidate]:
    """A bullet with a short term on its first line and a sentence on the next."""
    for block in page.section.all_blocks:
        if block.kind is not BlockKind.ITEM or not block.children or not block.children[0].inline:
            continue
        inline = block.children[0].inline
        head, _, rest = inline.text.partition("\n")
        if rest and looks_like_term(head, longest=5) and is_sentence(rest) and not speaks(rest):
            yield Candidate(head.strip(), block.first_line, (block.children[0],), start=len(head) + 1)


def from_run_on(page: Page) -> Iterator[Candidate]:
    """Two definitions glued together: a sentence ends, a short lower-case line names the next term, and a
    capitalised sentence follows."""
    for block in page.section.all_blocks:
        if block.kind is not BlockKind.PARAGRAPH or not block.inline:
            continue
        for name, line in _glued(block.inline.text):
            start = line + len(name) + 1
            following = next((at for _, at in _glued(block.inline.text) if at > line), None)
            first_line = block.first_line + block.inline.text.count("\n", 0, line)
            yield Candidate(name.strip(), first_line, (block,), start, following)


def _glued(text: str) -> Iterator[tuple[str, int]]:
    lines = text.split("\n")
    offset = 0
    for index, line in enumerate(lines):
        if (
            0 < index < len(lines) - 1
            and lines[index - 1].rstrip().endswith((".", "!", "?"))
            and len(line.split()) <= 5
            and line[:1].islower()
            and not line.rstrip().endswith((".", ",", ";", ":", "!", "?"))
            and lines[index + 1][:1].isupper()
            and looks_like_term(line, longest=5)
        ):
            yield line, offset
        offset += len(line) + 1


_LEAD = re.compile(r"\s*(:|[-–—](?=\s))\s*")
_NO_TERM = frozenset(
    map(
        label_key,
        "note example examples tip tips warning important question answer hint q a e caution exercise "
        "solution input output pros cons advantages disadvantages advantage disadvantage goal result step "
        "reason why how when where who idea intuition remark observation conclusion explanation e.g. i.e. "
        "p.s. edit update todo key takeaway bonus challenge problem date author source level time duration "
        "objective correct incorrect true false yes no".split(),
    )
)


def from_bold_lead(page: Page) -> Iterator[Candidate]:
    """`**Term**: text` or `**Term** - text` at the start of a paragraph or bullet."""
    for block in page.section.all_blocks:
        inline = block.inline
        if (
            block.kind is not BlockKind.PARAGRAPH
            or not inline
            or not inline.strong
            or inline.strong[0][0] != 0
        ):
            continue
        end = inline.strong[0][1]
        inside = inline.text[:end].rstrip()
        lead = _LEAD.match(inline.text, end)
        if inside.endswith(":"):
            start = end
        elif lead:
            start = lead.end()
        else:
            continue
        term = inside.rstrip(": ")
        name = split_names(term, SourceLocation("", 1, 1))[0]
        text = inline.text[start:]
        if (
            looks_like_term(name)
            and label_key(name) not in _NO_TERM
            and not is_numbered(name)
            and says_what_it_is(name, text, shortest=3)
        ):
            yield Candidate(term, block.first_line, (block,), start)


def from_definition_list(page: Page) -> Iterator[Candidate]:
    """A term on a line, then lines that begin with a colon."""
    for block in page.section.all_blocks:
        if block.kind is not BlockKind.TERM_LIST:
            continue
        for index, term in enumerate(block.children):
            details = []
            for later in block.children[index + 1 :]:
                if later.kind is not BlockKind.DETAILS:
                    break
                details.append(later)
            if term.kind is BlockKind.TERM and term.inline and details:
                name = re.sub(r"\s*\{[^}]*\}\s*$", "", term.inline.text).strip()
                inner = tuple(b for d in details for b in d.children)
                if name and inner and len(name) <= 100:
                    yield Candidate(name, term.first_line, inner)


_TERM_HEADS = frozenset(
    map(
        label_key,
        ["term", "concept", "word", "name", "keyword", "key term", "acronym", "abbreviation", "phrase"],
    )
)
_TEXT_HEADS = frozenset(
    map(
        label_key,
        [
            "definition",
            "meaning",
            "description",
            "explanation",
            "what it means",
            "what it is",
            "in short",
            "stands for",
        ],
    )
)


def from_table(page: Page) -> Iterator[Candidate]:
    """A table with a column of terms and a column of what they mean."""
    for block in page.section.all_blocks:
        if block.kind is not BlockKind.TABLE or len(block.children) < 2:
            continue
        heads = [label_key(c.inline.text) if c.inline else "" for c in block.children[0].children]
        terms = next((i for i, h in enumerate(heads) if h in _TERM_HEADS), None)
        texts = next((i for i, h in enumerate(heads) if h in _TEXT_HEADS), None)
        if terms is None or texts is None or terms == texts:
            continue
        for row in block.children[1:]:
            if len(row.children) <= max(terms, texts):
                continue
            term, text = row.children[terms].inline, row.children[texts].inline
            if term and text and term.text.strip() and len(term.text) <= 100 and text.text.strip():
                yield Candidate(term.text.strip(), row.first_line, (row.children[texts],))


_COPULA = re.compile(r"\s+(?:\([^)]*\)\s*)?(?:is|are|means|refers\s+to|describes|denotes)\s", re.IGNORECASE)
_ARTICLE_ONLY = re.compile(r"(?:(?:a|an|the)\s+)?\Z", re.IGNORECASE)


def from_bold_is(page: Page) -> Iterator[Candidate]:
    """A sentence whose subject is set in bold or italics, then "is"."""
    for block in page.section.all_blocks:
        inline = block.inline
        if block.kind is not BlockKind.PARAGRAPH or not inline:
            continue
        found = list(_bold_subjects(inline))
        ends = (*(begin for begin, _ in found[1:]), None)
        for (begin, term), end in zip(found, ends[: len(found)], strict=True):
            first_line = block.first_line + inline.text.count("\n", 0, begin)
            yield Candidate(term, first_line, (block,), begin, end)


def _bold_subjects(inline: Inline) -> Iterator[tuple[int, str]]:
    """The sentences whose subject is set off: where each begins, and its subject."""
    starts = [start for start, _ in sentences(inline.text)]
    # Bold and italics at once are one span.
    for span in sorted({*inline.strong, *inline.emphasis}):
        term = re.sub(r"^(?:a|an|the)\s+", "", inline.text[slice(*span)].strip(), flags=re.IGNORECASE)
        begin = max((s for s in starts if s <= span[0]), default=0)
        if (
            _ARTICLE_ONLY.match(inline.text[begin : span[0]])
            and _COPULA.match(inline.text, span[1])
            and looks_like_term(term, longest=6)
            and label_key(term) not in _NO_TERM
        ):
            yield begin, term


_LINE_IS = re.compile(
    r"(?P<article>(?:an?|the)\s+)?(?P<term>[\w][\w'’/+#-]*(?:\s+[\w][\w'’/+#-]*){0,4}?)(?:\s*\([^)]{1,60}\))?"
    r"(?:,\s[^,.]{1,80},)?\s+(?:is|are|means|refers\s+to)\s+"
    r"(?!an?\s+(?:cause|reason|part|example|application|instance|use|result|sign|symptom|feature|piece|matter|little|bit|lot|few|must)\b)"
    r"(?:an?|the|one\s+of|how|any|simply|just|basically|essentially|defined\s+as)\s",
    re.IGNORECASE,
)
_VAGUE = frozenset(
    map(
        label_key,
        "goal purpose idea problem result reason point key trick step way question answer difference "
        "advantage aim task thing one first second third last next main best simplest easiest most important "
        "part case example rest following above latter former other same opposite below before now example "
        "output input process method approach solution challenge drawback benefit fact truth catch issue "
        "concept term name word definition technique rule choice option default number value size line "
        "figure picture course lesson chapter section file here".split(),
    )
)


_NO_FIRST_WORD = frozenset(
    map(
        label_key,
        "first second third last next main best simplest easiest most important following above latter "
        "former other opposite only best-known usual typical common good bad big small new old key".split(),
    )
)


_NO_NAME_WORDS = frozenset("is are was and or who that for in with to from at by on as".split())


def from_line_is(page: Page) -> Iterator[Candidate]:
    """A line or bullet that begins "X is a ..." where X is a bare noun phrase."""
    for block in page.section.all_blocks:
        inline = block.inline
        if block.kind is not BlockKind.PARAGRAPH or not inline:
            continue
        match = _LINE_IS.match(inline.text)
        if not match or any(start == 0 for start, _ in inline.masked):
            continue
        term = match["term"]
        words = term.split()
        definite = (match["article"] or "").strip().casefold() == "the"
        if (
            looks_like_term(term, longest=5)
            and not definite
            and not all(label_key(w) in _VAGUE for w in words)
            and label_key(words[0]) not in _NO_FIRST_WORD
            and not any(
                w.casefold() in ("is", "are", "was", "of", "and", "or", "who", "that") for w in words[1:]
            )
        ):
            yield Candidate(term, block.first_line, (block,))


_IN_SENTENCE = re.compile(
    r"\b(?:an?)\s+(?P<term>(?:[\w-]+\s+){0,3}[\w-]+?)(?:\s+\([^)]{1,40}\))?\s+(?:consists\s+of|is\s+defined\s+as|is\s+defined\s+to\s+be)\s",
    re.IGNORECASE,
)
_BEFORE_CLAUSE = re.compile(r"(?:^|^[^.;:()]{1,80},\s+|[;:]\s+)\Z")


def from_sentence(page: Page) -> Iterator[Candidate]:
    """A sentence somewhere in prose that says "an X consists of" or "an X is defined as"."""
    for block in page.section.all_blocks:
        inline = block.inline
        if block.kind is not BlockKind.PARAGRAPH or not inline:
            continue
        for start, end in sentences(inline.text):
            match = _IN_SENTENCE.search(inline.text, start, end)
            if (
                match
                and _BEFORE_CLAUSE.search(inline.text[start : match.start()])
                and looks_like_term(match["term"], longest=4)
                and label_key(match["term"].split()[-1]) not in _VAGUE
            ):
                first_line = block.first_line + inline.text.count("\n", 0, start)
                yield Candidate(match["term"], first_line, (block,), start, end)


def _sibling_runs(section: OpenSection) -> Iterator[Sequence[Block]]:
    yield section.blocks
    for block in section.all_blocks:
        if block.kind in (BlockKind.ITEM, BlockKind.QUOTE, BlockKind.DETAILS) and len(block.children) > 1:
            yield block.children


RULES: dict[DefinitionStyle, tuple[tuple[Rule, float], ...]] = {
    # What an author set out as a definition wins over running prose that happens to say "is".
    DefinitionStyle.FRONT_MATTER: ((from_front_matter, 0.95),),
    DefinitionStyle.DEFINITION_LIST: ((from_definition_list, 0.95),),
    DefinitionStyle.TABLE: ((from_table, 0.90),),
    DefinitionStyle.HEADING: ((from_heading, 0.90),),
    DefinitionStyle.TITLE: ((from_title, 0.85),),
    DefinitionStyle.BULLET_TERM: ((from_bullet_term, 0.90), (from_indented_bullet, 0.90)),
    DefinitionStyle.BOLD_LEAD: ((from_bold_lead, 0.90),),
    DefinitionStyle.RUN_ON: ((from_run_on, 0.80),),
    DefinitionStyle.BOLD_IS: ((from_bold_is, 0.75),),
    DefinitionStyle.LINE_IS: ((from_line_is, 0.75),),
    DefinitionStyle.LAZY_BULLET: ((from_lazy_bullet, 0.60),),
    DefinitionStyle.IN_SENTENCE: ((from_sentence, 0.50),),
}
_RUNNING_PROSE = frozenset({DefinitionStyle.LINE_IS, DefinitionStyle.IN_SENTENCE})


def definitions(page: Page, markdown: Markdown) -> list[Definition]:
    """Every definition of one section, in the order of its lines.

    A weaker rule does not define a term again that a stronger one defined in the same lines, and running
    prose inside a definition is part of it.
    """
    found: list[Definition] = []
    for style, rules in RULES.items():
        for rule, confidence in rules:
            for candidate in rule(page):
                definition = _definition(candidate, style, confidence, page.section, markdown)
                if definition and not any(_covers(earlier, definition, style) for earlier in found):
                    found.append(definition)
    return [_without_what_was_glued_on(d, found) for d in sorted(found, key=lambda d: (d.location, d.term))]


def _covers(earlier: Definition, later: Definition, style: DefinitionStyle) -> bool:
    first, second = earlier.location, later.location
    if style in _RUNNING_PROSE and label_key(earlier.term) == label_key(later.term):
        return True
    if first.last_line < second.first_line or second.last_line < first.first_line:
        return False
    return style in _RUNNING_PROSE or label_key(earlier.term) == label_key(later.term)


def _without_what_was_glued_on(definition: Definition, found: Sequence[Definition]) -> Definition:
    """A definition ends where a run-on term begins inside its last line range."""
    for other in found:
        if (
            other is not definition
            and other.style is DefinitionStyle.RUN_ON
            and definition.location.first_line < other.location.first_line <= definition.location.last_line
            and definition.style is not DefinitionStyle.RUN_ON
        ):
            last = other.location.first_line - 1
            kept = tuple(p for p in (_up_to(p, last) for p in definition.passages) if p)
            text = "\n\n".join(" ".join(p.text.split()) for p in kept)
            location = replace(definition.location, last_line=last)
            html = "".join(f"<p>{inline_html(p.raw or p.text)}</p>\n" for p in kept)
            return replace(definition, text=text, html=html, location=location, passages=kept)
    return definition


def _up_to(passage: Passage, last_line: int) -> Passage | None:
    """A passage without the lines after `last_line`."""
    count = last_line - passage.location.first_line + 1
    if count <= 0:
        return None
    lines = passage.text.split("\n")
    if count >= len(lines):
        return passage
    text = "\n".join(lines[:count])
    start, end = source_range(passage.raw or passage.text, passage.text, 0, len(text))
    masked = tuple(span for span in passage.masked if span[1] <= len(text))
    raw = (passage.raw or passage.text)[start:end]
    return Passage(
        text, passage.kind, replace(passage.location, last_line=last_line), masked, raw if raw != text else ""
    )


def _definition(
    candidate: Candidate, style: DefinitionStyle, confidence: float, section: OpenSection, markdown: Markdown
) -> Definition | None:
    path = section.location.path
    whole = candidate.start == 0 and candidate.end is None
    if whole:
        kept = tuple(passages(candidate.blocks, path))
        last_line = max(b.last_line for b in candidate.blocks)
        html = markdown.html(candidate.blocks) if candidate.blocks[0].kind is not BlockKind.CELL else ""
    else:
        block = candidate.blocks[0]
        if block.inline is None:
            return None
        part = _part(block, block.inline, candidate.start, candidate.end, path)
        kept, html, last_line = (part,), "", part.location.last_line
    if not kept:
        return None
    html = html or f"<p>{inline_html(kept[0].raw or kept[0].text)}</p>\n"
    text = "\n\n".join(" ".join(p.text.split()) for p in kept)
    location = SourceLocation(path, candidate.first_line, max(last_line, candidate.first_line))
    written = " ".join(candidate.term.split()).strip("\"'“”‘’ ")
    term, aliases = split_names(re.sub(r"^(?:The|An?)\s+(?=\S)", "", written), location)
    if not label_key(term):
        return None
    named = {label_key(a.label) for a in aliases}
    stated = tuple(a for a in other_names(term, kept[0].text, location) if label_key(a.label) not in named)
    return Definition(term, text, html, style, confidence, section.id, location, aliases + stated, kept)


def _part(block: Block, inline: Inline, start: int, end: int | None, path: str) -> Passage:
    """A range of a block's text as a passage of its own."""
    end = len(inline.text) if end is None else end
    while start < end and inline.text[start].isspace():
        start += 1
    while end > start and inline.text[end - 1].isspace():
        end -= 1
    text = inline.text[start:end]
    low, high = source_range(inline.raw, inline.text, start, end)
    raw = inline.raw[low:high]
    first = block.first_line + inline.text.count("\n", 0, start)
    location = SourceLocation(path, first, first + text.count("\n"))
    masked = tuple((a - start, b - start) for a, b in inline.masked if a >= start and b <= end)
    return Passage(text, PassageKind.PARAGRAPH, location, masked, raw if raw != text else "")


def points_to(definition: Definition) -> str | None:
    """The name that a definition merely points to ("Synonym for learning rate."), if that is all it says."""
    return pointer(definition.text)


_ENTRIES = 12
_IN_ORDER = 0.9


def pages(title: str, sections: Sequence[OpenSection], titled: bool) -> Iterator[Page]:
    """A document's sections, each with what the rules may know of the document.

    `titled` says that the title was given in front matter. Otherwise a level-1 heading must give it.
    """
    headed = [s for s in sections if s.level == 1]
    names = names_a_subject(title, longest=6) and (titled or (len(headed) == 1 and sections[0] is headed[0]))
    inner = [s for s in sections if s.level >= 1 and label_key(s.title) != label_key(title)]
    alone = names and not any(names_a_subject(bare_heading(s.title)) for s in inner)
    opening = next((s for s in sections if any(b.kind is BlockKind.PARAGRAPH for b in s.blocks)), None)
    introduces = opening is not None and (opening.level <= 1 or is_meta_heading(opening.title))
    entries = _entry_level(sections)
    for section in sections:
        opens = introduces and section is opening
        yield Page(section, title if names else None, alone, opens, entries)


def _entry_level(sections: Sequence[OpenSection]) -> int:
    """The level of the headings that are a glossary's entries: many, without headings below, from A to Z."""
    for level in (2, 3, 4):
        titles = [s.title.casefold() for s in sections if s.level == level and not s.has_children]
        ordered = sum(one <= other for one, other in pairwise(titles))
        if len(titles) >= _ENTRIES and ordered >= _IN_ORDER * (len(titles) - 1):
            return level
    return 0
