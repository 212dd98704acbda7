"""What notes say about kinds: "X is a kind of Y", "kinds of X include: ...".

Only lists that are announced as kinds, types, forms or variants are taken. Lists of causes, parts, examples
and applications are not kinds.
"""

import re
from collections.abc import Iterator

from corpus.labels import looks_like_term
from corpus.markdown import Block, BlockKind, sentences, source_range
from corpus.model import KindStatement, SourceLocation
from corpus.sections import OpenSection

_KIND = (
    r"(?:kinds?|types?|forms?|variants?|varieties|sorts?|flavou?rs?|class(?:es)?|categor(?:y|ies)|famil(?:y|ies)|"
    r"subtypes?)"
)
_ANNOUNCED = re.compile(
    rf"(?:\b(?:different|common|main|several|many|some|various|two|three|four|five|popular|typical)\s+)*\b{_KIND}\s+of\s+"
    r"(?P<broader>[\w'’-]+(?:\s+[\w'’-]+){0,4}?)\s+(?:include|are|includes|comprise)\b(?P<rest>[^.:]*)(?P<end>[:.]|$)",
    re.IGNORECASE,
)
_IS_KIND = re.compile(
    rf"(?P<narrower>[\w][\w'’-]*(?:\s+[\w'’-]+){{0,4}}?)\s+(?:is|are)\s+(?:an?\s+|one\s+)?(?:special\s+|specific\s+|particular\s+)?"
    rf"{_KIND}\s+of\s+(?:an?\s+|the\s+)?(?P<broader>[\w'’-]+(?:\s+[\w'’-]+){{0,3}}?)(?=[\s]*[.,;:(]|\s+(?:that|which|in|where|used|for|with|whose)\b|$)",
    re.IGNORECASE,
)


def kind_statements(section: OpenSection) -> Iterator[KindStatement]:
    """Every statement of a section that one thing is a kind of another."""
    listed = dict(zip(map(id, section.blocks), section.blocks[1:], strict=False))
    for block in section.all_blocks:
        if block.kind is not BlockKind.PARAGRAPH or not block.inline:
            continue
        text = block.inline.text
        for start, end in sentences(text):
            if announced := _ANNOUNCED.search(text, start, end):
                following = listed.get(id(block))
                if announced["end"] == ":" and following and following.kind is BlockKind.LIST:
                    yield from _items(announced["broader"], block, (start, end), following, section)
                else:
                    rest = announced["rest"] or text[announced.end() : end]
                    for name in re.split(r",\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+", rest.strip(" .:")):
                        yield from _statement(announced["broader"], name, block, (start, end), section)
            elif stated := _IS_KIND.match(text, start, end):
                for name in re.split(r"\s+(?:and|or)\s+", stated["narrower"]):
                    yield from _statement(stated["broader"], name, block, (start, end), section)


def _items(
    broader: str, announcing: Block, span: tuple[int, int], listed: Block, section: OpenSection
) -> Iterator[KindStatement]:
    for item in listed.children:
        inline = item.children[0].inline if item.children else None
        if inline:
            head = re.split(r"\s[-–—]\s|[:(,.]|\s+(?:is|are|which|that)\s", inline.text, maxsplit=1)[0]
            yield from _statement(broader, head, announcing, span, section)


def _statement(
    broader: str, narrower: str, block: Block, span: tuple[int, int], section: OpenSection
) -> Iterator[KindStatement]:
    narrower = re.sub(r"^(?:an?|the)\s+", "", narrower.strip(" *_`\n"), flags=re.IGNORECASE)
    if (
        block.inline is None
        or not narrower
        or not looks_like_term(narrower, longest=6)
        or not looks_like_term(broader, longest=6)
    ):
        return
    low, high = source_range(block.inline.raw, block.inline.text, *span)
    first = block.first_line + block.inline.text.count("\n", 0, span[0])
    last = block.first_line + block.inline.text.count("\n", 0, span[1])
    quote = " ".join(block.inline.raw[low:high].split())
    yield KindStatement(
        broader, narrower, quote, section.id, SourceLocation(section.location.path, first, last)
    )
