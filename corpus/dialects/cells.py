"""Quarto: the options at the top of code that is run. They are no code; a caption is words of the notes.

```{python}
#| label: fig-ebb
#| fig-cap: "The falling of the tide"
plot(ebb)
```
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from corpus.dialects.hidden import TARGET

EVIDENCE = re.compile(r"\n[ \t>]*(?:`{3,}|~{3,})[ \t]*\{[ \t]*[A-Za-z][^\n]*\n[ \t>]*(?:#|//|--|%{1,2}|;)\|")
_RUN = re.compile(r"\s*\{[ \t]*[A-Za-z]")
# Behind the mark of a comment in the code's own language.
_OPTION = re.compile(r"[ \t]*(?:#|//|--|%{1,2}|;)\|(?P<words>[^\n]*)\n?")
_CAPTION = re.compile(r"\s*(?:fig|tbl|lst)-cap:\s+(?P<words>[^\s|>].*)")
_LABEL = re.compile(r"\s*(?:label|id):\s+[\"']?(?P<name>[\w:.-]+)")


def _options(state: StateCore) -> None:
    """Takes the options out of code, puts a caption before it, and lets links lead to its label."""
    if not any(map(_is_run, state.tokens)):
        return
    read: list[Token] = []
    for token in state.tokens:
        if _is_run(token):
            read += _said_above(token)
        read.append(token)
    state.tokens = read


def _is_run(token: Token) -> bool:
    # A diagram may have been read as a directive, which has no braces any more.
    return token.type == "fence" and bool(_RUN.match(token.info) or token.content.startswith(("%%|", "//|")))


def _said_above(code: Token) -> list[Token]:
    found: list[Token] = []
    at, line = 0, (code.map or [0])[0] + 1
    while option := _OPTION.match(code.content, at):
        if caption := _CAPTION.match(option["words"]):
            found += _caption(caption["words"].strip().strip("\"'"), line, code.level)
        elif label := _LABEL.match(option["words"]):
            target = Token("target", "", 0, map=[line, line + 1], hidden=True, meta={TARGET: label["name"]})
            found.append(target)
        at, line = option.end(), line + 1
    code.content = code.content[at:]
    return found


def _caption(words: str, line: int, level: int) -> list[Token]:
    lines = [line, line + 1]
    opened = Token("box_title_open", "p", 1, map=lines, level=level, block=True)
    opened.attrSet("class", "code-title")
    inline = Token("inline", "", 0, map=list(lines), level=level + 1, content=words, children=[])
    return [opened, inline, Token("box_title_close", "p", -1, level=level, block=True)]


def install(parser: MarkdownIt) -> None:
    """Reads the options of code. Its language is read from the braces after that."""
    parser.core.ruler.after("block", "cell_options", _options)
