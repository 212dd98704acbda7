"""A candidate -> a definition: its names, its words as plain text and as HTML, and its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.page import Candidate
from corpus.labels import label_key
from corpus.markdown import Markdown
from corpus.model import Alias, AliasKind, Definition, DefinitionStyle, Passage, PassageKind, SourceLocation
from corpus.names import split_names, two_names
from corpus.other_names import other_names, pointer
from corpus.places import lines_before, meeting
from corpus.quoting import source_range
from corpus.sections import OpenSection, names_linked, passages
from corpus.sentences import first_sentence

_ARTICLE = re.compile(r"^(?:The|An?)\s+(?=\S)")


def taken(
    candidate: Candidate, style: DefinitionStyle, confidence: float, section: OpenSection, markdown: Markdown
) -> Definition | None:
    """The definition that a rule's candidate makes; None where nothing is left of its words or its term, or
    they only lead to several other things, as in a map of contents."""
    path = section.location.path
    if _only_leads_on(candidate):
        return None
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
    if not kept or (
        len(kept) == 1 and (_IS_OPEN.fullmatch(kept[0].text) or _ONLY_ANNOUNCES.fullmatch(kept[0].text))
    ):
        return None
    html = html or f"<p>{markdown.inline_html(kept[0].raw or kept[0].text)}</p>\n"
    if formula := candidate.formula:
        kept, html = (*kept, *_displayed(formula, path)), html + markdown.html((formula,))
        last_line = max(last_line, formula.last_line)
    text = "\n\n".join(" ".join(p.text.split()) for p in kept)
    location = SourceLocation(path, candidate.first_line, max(last_line, candidate.first_line))
    written = " ".join(candidate.term.split()).strip("\"'“”‘’ ")
    term, aliases = split_names(_ARTICLE.sub("", written), location)
    if not label_key(term):
        return None
    if two := two_names(term, text):
        term, aliases = two[0], (*aliases, Alias(two[1], AliasKind.ALSO_CALLED, location))
    stated = (
        *aliases,
        *(Alias(other, AliasKind.ALSO_CALLED, location) for other in candidate.others),
        *(Alias(letters, AliasKind.ACRONYM, location) for letters in _letters(term, candidate, section)),
        *other_names(term, kept[0].text, location),
    )
    return Definition(term, text, html, style, confidence, section.id, location, _once(term, stated), kept)


def _displayed(formula: Block, path: str) -> Iterator[Passage]:
    """A displayed formula as a passage of nothing but mathematics."""
    tex = formula.text.strip()
    if tex:
        first = formula.first_line + lines_before(formula.text, formula.text.index(tex))
        location = SourceLocation(path, first, min(first + tex.count("\n"), formula.last_line))
        yield Passage(tex, PassageKind.PARAGRAPH, location, ((0, len(tex)),))


# "Luff: ???": nobody has written yet what it is.
_IS_OPEN = re.compile(r"[\s?!.…–—-]*")
# "A sail has three parts:" above a table says nothing of its own.
_ONLY_ANNOUNCES = re.compile(
    r"[^.:]{2,60}?\s(?:has|have|consists?\s+of|comprises?|contains?|(?:is|are)\s+made\s+(?:up\s+)?of)\s+(?:[\w-]+\s+){0,4}"
    r"(?:parts|pieces|components|elements|sections|layers|regions|kinds|types|forms)(?:\s[^.:]{0,40})?:\s*",
    re.IGNORECASE,
)
_BETWEEN_LINKS = re.compile(
    r"(?:\b(?:and|or|the|an?|some|any|see|also|as\s+well\s+as)\b|[\W_])*", re.IGNORECASE
)
_SEVERAL = 2


def _only_leads_on(candidate: Candidate) -> bool:
    """Whether the words are nothing but links to several things: "a [[winch]], a [[cleat]]"."""
    found = [
        b.inline for block in candidate.blocks for b in block.walk() if b.inline and b.inline.text.strip()
    ]
    if not found or sum(len(inline.links) for inline in found) < _SEVERAL:
        return False
    for inline in found:
        end = candidate.end if len(found) == 1 and candidate.end is not None else len(inline.text)
        at = candidate.start if inline is found[0] else 0
        count = 0
        for low, high in sorted(link.span for link in inline.links):
            if at <= low < end:
                if not _BETWEEN_LINKS.fullmatch(inline.text, at, low):
                    return False
                at, count = high, count + 1
        if not _BETWEEN_LINKS.fullmatch(inline.text, at, end) or (len(found) == 1 and count < _SEVERAL):
            return False
    return True


def _letters(term: str, candidate: Candidate, section: OpenSection) -> Iterator[str]:
    """The letters that are set off in a name where it is written."""
    for block in (section.heading, *candidate.blocks[:1]):
        inline = block.inline if block else None
        for start, end, letters in inline.letters if inline else ():
            if inline and label_key(inline.text[start:end]) == label_key(term):
                yield letters


def _once(term: str, aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """Each other name once, as it is first stated."""
    found = {label_key(term): None}
    kept = {label_key(a.label): a for a in reversed([*aliases]) if label_key(a.label) not in found}
    return tuple(reversed(kept.values()))


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
    first = block.first_line + lines_before(inline.text, start)
    location = SourceLocation(path, first, first + text.count("\n"))
    inside = meeting(inline.masked, start, end)
    masked = tuple((a - start, b - start) for a, b in inside if a >= start and b <= end)
    named = tuple((a - start, b - start, n) for a, b, n in names_linked(inline) if a >= start and b <= end)
    return Passage(text, PassageKind.PARAGRAPH, location, masked, raw if raw != text else "", named)


def points_to(definition: Definition) -> str | None:
    """The name that a definition merely points to ("Synonym for learning rate."), if that is all it says."""
    return pointer(_without_subject(definition, definition.text))


def first_points_to(definition: Definition) -> str | None:
    """The name that a definition's first sentence points to, whatever it says after that."""
    return pointer(_without_subject(definition, first_sentence(definition.text)))


_IS = re.compile(r"\s+(?:is|are)\s+(?:just\s+|simply\s+)?", re.IGNORECASE)


def _without_subject(definition: Definition, text: str) -> str:
    """A text from its predicate on, if it begins with its term: "Step size is a synonym for ..."."""
    verb = _IS.search(text, 0, len(definition.term) + 12)
    about = verb and label_key(text[: verb.start()]) == label_key(definition.term)
    return text[verb.end() :] if verb and about else text


def up_to_line(definition: Definition, last: int, markdown: Markdown) -> Definition:
    """A definition without the lines after `last`."""
    kept = tuple(p for p in (_up_to(p, last) for p in definition.passages) if p)
    text = "\n\n".join(" ".join(p.text.split()) for p in kept)
    location = replace(definition.location, last_line=last)
    html = "".join(f"<p>{markdown.inline_html(p.raw or p.text)}</p>\n" for p in kept)
    return replace(definition, text=text, html=html, location=location, passages=kept)


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
    location = replace(passage.location, last_line=last_line)
    named = tuple(link for link in passage.named if link[1] <= len(text))
    return Passage(text, passage.kind, location, masked, raw if raw != text else "", named)
