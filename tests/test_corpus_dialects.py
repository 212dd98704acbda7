"""Dialects of Markdown: what each of their additions reads as, and what plain Markdown keeps."""

import pytest
from cases import Case, load
from texts import document, lines

from corpus.markdown import Block, BlockKind, Inline, parse


def shown(text: str) -> str:
    """A text as the cases show it: its blocks with their words, links and pictures, then what it defines."""
    read = parse(text)
    parts = [line for top in read.blocks for line in _block(top, 0)]
    parts += [f"unknown macro: {name} ({line})" for name, line in read.unknown_macros]
    parts += [
        f"defines {d.term} ({lines(d.location)}, {d.style}): {d.text}" for d in document(text).definitions
    ]
    return "\n".join(parts)


def _block(block: Block, depth: int) -> list[str]:
    place = f"{'  ' * depth}{block.first_line}-{block.last_line}  {block.kind}"
    named = f" {block.info}" if block.kind in (BlockKind.BOX, BlockKind.CODE) and block.info else ""
    words = (
        _words(block.inline) if block.inline else f"  {block.text.strip()!r}" if block.text.strip() else ""
    )
    return [place + named + words] + [line for child in block.children for line in _block(child, depth + 1)]


def _words(inline: Inline) -> str:
    links = "".join(f"  [{inline.text[slice(*link.span)]}]({link.url})" for link in inline.links)
    pictures = "".join(f"  ![{picture.alt}]({picture.src})" for picture in inline.pictures)
    return f"  {inline.text!r}{links}{pictures}"


@pytest.mark.parametrize("case", load("dialects.md"), ids=str)
def test_dialects(case: Case) -> None:
    case.check(shown(case.input))
