"""The dialects of Markdown: what people's tools have added to it, one file a dialect, all in one table.

Nothing is configured. A text speaks a dialect when there is evidence for it outside of code, and is read with
the rules of exactly the dialects that it speaks; plain Markdown meets none of them. What a dialect writes for
its own programs is no text: it becomes the words that a reader would see, or nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markdown_it import MarkdownIt

from corpus.dialects import (
    cells,
    citations,
    fences,
    github,
    grids,
    html,
    logseq,
    macros,
    math,
    mdn,
    mdx,
    mkdocs,
    myst,
    obsidian,
    pandoc,
    verse,
    vitepress,
)
from corpus.dialects.boxes import install_boxes
from corpus.dialects.hidden import install_targets
from corpus.dialects.lines import outside_code


def _seen(pattern: str) -> Callable[[str], object]:
    """Finds a pattern in a text before which a line ends: `\\n` is looked for sooner than `^`."""
    return re.compile(pattern, re.MULTILINE).search


_ITEM = r"(?:[-*+]|\d+[.)])[ \t]+"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What belongs together: the signs without which a text cannot speak it, the evidence that it does, and
    the rules to read it with. `in_code` says that the evidence is a fence."""

    name: str
    signs: tuple[str, ...]
    evidence: Callable[[str], object]
    install: Callable[[MarkdownIt], None]
    in_code: bool = False


# In the order in which their rules are set up: of two rules in one place the earlier one is asked first.
DIALECTS = (
    Dialect("callouts", ("[!",), _seen(r"\n[ \t>*+\-\d.]*>[ \t]*\\?\[!\w"), github.install_callouts),
    Dialect(
        "tasks",
        tuple(f"[{sign}]" for sign in github.STATES),
        _seen(rf"\n[ \t>]*{_ITEM}{github.TASK.pattern}"),
        github.install_tasks,
    ),
    Dialect("emoji", (":",), _seen(github.AN_EMOJI), github.install_emoji),
    Dialect(
        "mkdocs",
        tuple("!!! ??? === 8< *[ :material- :fontawesome- :octicons- :simple- ++ {-- {~~ {>> :::".split()),
        _seen(
            r"\n[ \t>]*(?:(?:!!!|\?\?\?\+?)[ \t]+[\w\"]|===[!+]*[ \t]+[\"']|;*-+8<-+|\*\[[^\]\n]+\]:)"
            rf"|{mkdocs.ICON.pattern}|{mkdocs.KEYS.pattern}|\n{mkdocs.OBJECT.pattern}"
            r"|\{(?:\+\+|--|~~|>>)"
        ),
        mkdocs.install,
    ),
    # Braces mean more and more in what follows: any expression, attributes, a role, a macro.
    Dialect("mdx", ("import ", "export ", "/>", "</"), mdx.has_components, mdx.install, in_code=True),
    Dialect("code names", ("```{", "``` {", "~~~{", "~~~ {"), bool, pandoc.install_code_names, in_code=True),
    Dialect("options of code", ("#|", "//|", "--|", "%|", ";|"), cells.EVIDENCE.search, cells.install, True),
    Dialect("attributes", ("{",), _seen(pandoc.EVIDENCE), pandoc.install_attributes),
    Dialect(
        "myst",
        ("{", ")=\n"),
        _seen(
            r"\n[ \t>]*(?:`{3,}|~{3,}|:{3,})[ \t]*\{[\w:+-]+\}|\{[A-Za-z][\w:.+-]*\}`[^`\n]"
            r"|\n\([^()\n]+\)=[ \t]*$"
        ),
        myst.install,
        in_code=True,
    ),
    Dialect(
        "fenced boxes",
        ("```ad-", "``` ad-", "~~~ad-", "~~~ ad-", "admonish"),
        _seen(rf"\n[ \t>]*{fences.OPENS.pattern}"),
        fences.install,
        in_code=True,
    ),
    Dialect("divs", (":::",), pandoc.has_divs, pandoc.install_divs),
    Dialect("wiki links", ("[[", "\\[\\["), obsidian.has_links, obsidian.install_links),
    Dialect("marks", ("==",), _seen(rf"(?<![=\w]){obsidian.MARKED.pattern}"), obsidian.install_marks),
    Dialect("comments", ("%%",), obsidian.has_comments, obsidian.install_comments),
    Dialect("templates", ("<%",), _seen(obsidian.TEMPLATE.pattern), obsidian.install_templates),
    Dialect("tags", ("#", " ^", "\n^"), obsidian.has_tags, obsidian.install_tags),
    Dialect("scripts", ("~", "^"), pandoc.has_scripts, pandoc.install_scripts),
    Dialect("citations", ("@",), citations.has_citations, citations.install),
    Dialect("markdown in html", ("markdown",), _seen(rf"\n[ \t>]*{html.OPENS.pattern}"), html.install),
    Dialect("definitions of mdn", ("- : ",), _seen(r"\n[ \t>]*[-*] : "), mdn.install),
    Dialect("macros", ("{{", "{%"), macros.has_macros, macros.install),
    Dialect("verse", ("| ", "|\t", "|\n"), _seen(verse.LINES.pattern), verse.install_lines),
    Dialect("drawn tables", ("+--", "+==", "+:-"), _seen(grids.EVIDENCE), grids.install),
    Dialect("examples", ("(@",), _seen(rf"\n[ \t>]*{verse.EXAMPLE.pattern}"), verse.install_examples),
    Dialect("properties", (":: ", "(("), logseq.EVIDENCE.search, logseq.install),
    Dialect("includes of code", ("<<<",), _seen(rf"\n[ \t>]*{vitepress.INCLUDE.pattern}"), vitepress.install),
    Dialect("tex", ("\\",), _seen(r"\\[(\[]|\n[ \t>]*\\[a-z]+"), math.install),
    Dialect("math", ("$`", "```math", "~~~math"), bool, math.install_github, in_code=True),
)  # fmt: skip

Spoken = tuple[str, ...]
_MARKS = frozenset(
    c for d in DIALECTS for sign in d.signs for c in sign if not c.isalpha() and not c.isspace()
)
_CODE_SPAN = re.compile(r"`[^`\n]+`")


def spoken(text: str) -> Spoken:
    """The dialects that a text speaks, by the evidence in it."""
    # Single characters are looked for sooner than words, and most texts have few of these.
    absent = frozenset(mark for mark in _MARKS if mark not in text)
    likely = [d for d in DIALECTS if any(absent.isdisjoint(sign) and sign in text for sign in d.signs)]
    if not likely:
        return ()
    whole, prose = f"\n{text}", f"\n{_without_code(text)}"
    return tuple(d.name for d in likely if d.evidence(whole if d.in_code else prose))


def _without_code(text: str) -> str:
    if "```" in text or "~~~" in text:
        text = "\n".join(line for _, line in outside_code(text.split("\n")))
    return _CODE_SPAN.sub("", text) if "`" in text else text


def install_spoken(parser: MarkdownIt, names: Spoken) -> None:
    """Adds the rules of these dialects to a parser."""
    install_boxes(parser)
    install_targets(parser)
    for dialect in DIALECTS:
        if dialect.name in names:
            dialect.install(parser)


__all__ = ["DIALECTS", "Dialect", "Spoken", "install_spoken", "spoken"]
