"""What several rules ask of a text or a block: what is set off in it, what it is about, what goes with it."""

import re
from collections.abc import Sequence

from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.short_names import SHORT_NAMES
from corpus.inlines import plain_text
from corpus.places import Span


def with_its_list(block: Block, following: Sequence[Block]) -> tuple[Block, ...]:
    """A paragraph that ends in a colon takes the list after it, unless the list holds pictures."""
    if not block.inline or not block.inline.text.rstrip().endswith(":") or not following:
        return (block,)
    listed = following[0]
    plain = listed.kind is BlockKind.LIST and not any(
        b.kind in (BlockKind.HTML, BlockKind.CODE) or (b.inline and b.inline.pictures) for b in listed.walk()
    )
    return (block, listed) if plain else (block,)


# "*noun*", "/bel/", "Up: [[Harbours]]", "Tags: #sea", "status:: draft".
_GRAMMAR = re.compile(
    r"[(\[]?(?:proper\s+)?(?:noun|verb|adjective|adverb|abbreviation|acronym|phrase|n\.|v\.|adj\.|adv\.)[)\]]?[.,]?"
    r"(?:\s*[,;·|]?\s*(?:plural|singular|countable|uncountable|informal|transitive|intransitive))?|/[^/\s][^/\n]{0,40}/|\[[^\]\n]{1,40}\]",
    re.IGNORECASE,
)
_PROPERTY = re.compile(
    r"(?:up|down|parents?|tags?|topics?|status|created|updated|modified|date|links?|related|type|category|categories|"
    r"source|area|moc|next|prev(?:ious)?|author|aliases|alias|see\s+also)\s*::?(?:\s.*)?|(?:#[\w/-]+\s*)+",
    re.IGNORECASE,
)
_SEE = re.compile(r"see(?:\s+also)?:?\s[^.\n]{2,80}\.?", re.IGNORECASE)


def is_about_the_note(block: Block) -> bool:
    """Whether a paragraph says nothing of the subject: a part of speech, how it is spoken, or properties of
    the note, one a line."""
    if block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return False
    text = block.inline.text.strip()
    lines = text.split("\n")
    properties = bool(text) and all(_PROPERTY.fullmatch(line.strip()) for line in lines)
    return (
        properties
        or bool(_GRAMMAR.fullmatch(text) or _SEE.fullmatch(text) or SHORT_NAMES.match(text))
        or (len(lines) > 1 and _holds_fields(block.inline))
    )


_LONGEST_VALUE = 5  # words


def _holds_fields(inline: Inline) -> bool:
    """Whether each line is a short value behind words in bold: "**Serves:** 4"."""
    stops = dict(inline.strong)
    at = 0
    for line in inline.text.split("\n"):
        stop = stops.get(at, at)
        value = inline.text[stop : at + len(line)]
        marked = inline.text[at:stop].rstrip().endswith(":") or value.lstrip().startswith(":")
        if stop == at or not marked or len(value.split()) > _LONGEST_VALUE or value.rstrip().endswith("."):
            return False
        at += len(line) + 1
    return True


# Headings and labels under which stands what a title means.
MEANING = re.compile(
    r"(?:(?:short\s+)?definition|meaning|what\s+(?:it\s+is|is\s+it|it\s+means)\??|what\s+does\s+it\s+mean\??|in\s+short)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"{MEANING.pattern}\s*[:.]\s+(?=\S)", re.IGNORECASE)


def after_label(inline: Inline) -> int:
    """Where a text begins behind a label such as "**Definition:**"."""
    label = _LABEL.match(inline.text)
    return label.end() if label else 0


_HTML_SET_OFF = re.compile(
    r"<(?P<tag>dfn|b|strong|i|em)\b[^>]*>(?P<words>.*?)</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)


def set_off(inline: Inline) -> Sequence[Span]:
    """The ranges of a text in bold or italics, in Markdown or HTML, or marked as `<dfn>`, in order."""
    if not (inline.strong or inline.emphasis or inline.html):
        return ()
    spans = {*inline.strong, *inline.emphasis}
    if inline.html:
        at = 0
        for match in _HTML_SET_OFF.finditer(inline.raw):
            words = plain_text(match["words"])
            found = inline.text.find(words, at) if words else -1
            if found >= 0:
                at = found + len(words)
                spans.add((found, at))
    # Bold and italics at once are one span.
    return sorted(spans)


def in_words(inline: Inline) -> str:
    """A text with a letter for each sign of mathematics and code in it, which has no grammar."""
    if not inline.masked:
        return inline.text
    parts: list[str] = []
    at = 0
    for start, end in inline.masked:
        parts += (inline.text[at:start], "x" * (end - max(at, start)))
        at = max(at, end)
    return "".join((*parts, inline.text[at:]))


_ARTICLE = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:is|are|means|refers\s+to|describes|denotes)\s", re.IGNORECASE
)


def set_off_subject(inline: Inline) -> str | None:
    """The subject of a text's first sentence, if it is set off and the sentence says what it is."""
    spans = set_off(inline)
    article = _ARTICLE.match(inline.text) if spans else None
    opening = article.end() if article else 0
    span = next((s for s in spans if s[0] in (0, opening)), None)
    if span is None or not _PREDICATE.match(inline.text, span[1]):
        return None
    return _ARTICLE.sub("", inline.text[slice(*span)].strip(), count=1)


def is_picture(block: Block) -> bool:
    """Whether a block holds nothing but pictures, or is what stands by what code draws."""
    if block.kind is BlockKind.TITLE:
        return True
    only_pictures = block.inline is not None and bool(block.inline.pictures) and not block.inline.text.strip()
    return only_pictures or (block.kind is BlockKind.HTML and "<img" in block.text.lower())
