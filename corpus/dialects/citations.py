"""Pandoc, Quarto, R Markdown: what is cited, and what is pointed to by its label.

[@moon99, p. 3; @sea2001]    @moon99 says    @fig-ebb, @sec-neap-tides    \\@ref(fig:ebb)
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from corpus.dialects.hidden import put_words, skip
from corpus.wikilinks import target_url

_KIND = "fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau"
_KEY = r"[A-Za-z_][\w]*(?:[:.#$%&+?<>~/-][\w]+)*"
# A person is addressed by a name, a work by a name and a year.
_WORK = r"[A-Za-z_][\w:.+/-]*?\d{2,4}[a-z]{0,20}"
_LABEL = rf"(?:{_KIND})-[\w-]*\w"
_EVIDENCE = (
    re.compile(rf"\[[^\[\]\n@]{{0,80}}@(?:{_WORK}|{_LABEL})(?![\w-])[^\[\]\n]{{0,400}}\](?![(\[:])"),
    re.compile(r"@(?:(?<=[\s(]@)|(?<=^@))(?:fig|tbl|sec|eq|lst|thm)-[\w-]*\w(?![\w/-])", re.MULTILINE),
    re.compile(r"\\@ref\([a-z]+:"),
)
_CITED = re.compile(rf"\[[^\[\]\n@]{{0,80}}@{_KEY}[^\[\]\n]{{0,400}}\](?![(\[:])")
_NAMED = re.compile(rf"@(?=(?:{_WORK}|{_LABEL})(?![\w-]))({_KEY})")
_ALL_LABELS = re.compile(rf"\[(?:[;\s-]*@{_LABEL})+\]")
_A_LABEL = re.compile(_LABEL)


def has_citations(prose: str) -> bool:
    """Whether a text cites works, or refers to what it numbers."""
    return any(evidence.search(prose) for evidence in _EVIDENCE)


_POINTED = re.compile(r"\\@ref\(([\w:.-]+)\)")


def _bracketed(state: StateInline, silent: bool) -> bool:
    """What is cited in brackets is no text; what is pointed to there is."""
    match = _CITED.match(state.src, state.pos)
    if not match or match.end() > state.posMax:
        return False
    labels = _NAMED.findall(match[0]) if _ALL_LABELS.fullmatch(match[0]) else ()
    for number, label in enumerate(labels):
        if number and not silent:
            state.push("text", "", 0).content = "; "
        _put_label(state, label, match.end(), silent)
    return bool(labels) or skip(state, match.end(), silent)


def _in_text(state: StateInline, silent: bool) -> bool:
    """What is cited or pointed to as a part of the sentence."""
    before = state.src[state.pos - 1] if state.pos else " "
    match = _NAMED.match(state.src, state.pos)
    if not match or before.isalnum() or before in "/\\":
        return False
    if _A_LABEL.fullmatch(match[1]):
        return _put_label(state, match[1], match.end(), silent)
    return put_words(state, match[1], match.end(), silent)


def _by_reference(state: StateInline, silent: bool) -> bool:
    match = _POINTED.match(state.src, state.pos)
    # What it leads to is named by a program.
    if not match:
        return False
    # What it leads to is named by a program.
    return put_words(state, _words(match[1]), match.end(), silent)


def _put_label(state: StateInline, label: str, end: int, silent: bool) -> bool:
    """A label shows its words and leads to what is called so."""
    return put_words(state, _words(label), end, silent, target_url(label))


def _words(label: str) -> str:
    return re.sub(r"[-_:.]+", " ", label.rpartition(":")[2]).strip()


def install(parser: MarkdownIt) -> None:
    """Reads citations and references by label."""
    parser.inline.ruler.before("link", "citation", _bracketed)
    parser.inline.ruler.before("escape", "cited", _in_text)
    parser.inline.ruler.before("escape", "reference", _by_reference)
