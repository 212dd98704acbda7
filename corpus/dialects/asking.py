"""Which rules of a parser are asked at a place: only those that can take what begins there.

Markdown-it asks all its rules at every line and every mark, and most look at one character and say no. Here a
table says with which characters each one begins, and a place is held against it first. What is read stays the
same; a rule that is not in the tables is asked everywhere (in running text: wherever markdown-it stops).
"""

import re
from collections.abc import Callable, Iterable, Mapping

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import RuleFuncTv, Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

# The first character of a line, without its indentation, that a rule for blocks can take.
LINES = {
    "fence": "`~", "blockquote": ">", "hr": "*-_", "list": "*-+0123456789", "footnote_def": "[",
    "reference": "[", "html_block": "<", "heading": "#", "math_block": "$", "code": "",
    "mkdocs_box": "!?=", "snippet": ";-", "abbreviation": "*", "object": ":", "tex_commands": "\\",
    "tex": "\\", "div": ":", "macros": "{", "directive": "`~:", "target": "(", "myst_comment": "%+",
    "component": "<", "statement": "ie", "expression": "{", "comment": "%", "attribute_line": "{",
    "markdown_in_html": "<", "fenced_box": "`~", "caption_in_html": "<", "code_include": "<",
    "example": "(", "property": "bcehilpqtu", "verse": "|", "grid": "+",
}  # fmt: skip
# The character at which a rule for running text can begin, and at which the text in it can end.
MARKS = {
    "newline": "\n", "escape": "\\", "backticks": "`", "strikethrough": "~", "emphasis": "*_", "link": "[",
    "image": "!", "autolink": "<", "html_inline": "<", "entity": "&", "footnote_inline": "^",
    "footnote_ref": "[", "math_inline": "$", "emoji": ":", "task": "[", "tex": "\\", "ticked_math": "$",
    "macro": "{", "macros_in_tag": "<", "component": "<", "expression": "{", "icon": ":",
    "critic": "{+-~=<", "keys": "+", "role": "{", "wiki_link": "[!\\", "marked": "=", "comment": "%",
    "template": "<", "tag": "#", "block_id": "^", "attributes": "{", "span": "[", "caption": ":",
    "script": "~^", "citation": "[", "cited": "@", "reference": "\\", "example": "@",
}  # fmt: skip
_PAIRING = frozenset({"balance_pairs", "strikethrough", "emphasis"})
_ANY = "\n!#$%&*+-:<=>@[\\]^_`{}~"  # all that markdown-it stops at
_ENDS_LABELS = "]"  # where markdown-it looks for the end of a link's words
_INDENTED = 4  # columns that make code
_FAR = 40  # lines


def ask_by_sign(parser: MarkdownIt) -> None:
    """Makes a parser ask by signs, when all its rules are set up."""
    block = parser.block.ruler
    named = {id(rule): name for name, rule in _rules(block)}
    chains = {
        chain: [(named[id(rule)], rule) for rule in block.getRules(chain)]
        for chain in ("", "paragraph", "reference", "blockquote", "list")
    }
    parser.block.ruler = _Chains(block, {chain: _line_rule(rules) for chain, rules in chains.items()})
    parser.inline = _ParserInline(parser.inline)


def _rules(ruler: Ruler[RuleFuncTv]) -> list[tuple[str, RuleFuncTv]]:
    return list(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))


class _Chains(Ruler[RuleFuncTv]):
    """A ruler each of whose chains is one rule, which asks others."""

    def __init__(self, before: Ruler[RuleFuncTv], chains: Mapping[str, RuleFuncTv]) -> None:
        super().__init__()
        self._names = before.get_active_rules()
        self._chains = {chain: [rule] for chain, rule in chains.items()}

    def getRules(self, chainName: str = "") -> list[RuleFuncTv]:  # noqa: N802, N803 - markdown-it's names
        """The one rule of a chain."""
        return self._chains.get(chainName, [])

    def get_active_rules(self) -> list[str]:
        """The names of the rules that are asked."""
        return self._names


def _by_sign(
    rules: Iterable[tuple[str, RuleFuncTv]], signs: Mapping[str, str]
) -> Callable[[str], tuple[RuleFuncTv, ...]]:
    return lambda sign: tuple(rule for name, rule in rules if name not in signs or sign in signs[name])


# --- lines -------------------------------------------------------------------------------------------------


def _line_rule(rules: Iterable[tuple[str, RuleFuncBlockType]]) -> RuleFuncBlockType:
    """One rule that asks those of a chain that can take a line."""
    guarded = [(name, _GUARDS[name](rule) if name in _GUARDS else rule) for name, rule in rules]
    every = tuple(rule for _, rule in guarded)
    chosen = _by_sign(guarded, LINES)
    known = {sign: chosen(sign) for sign in "".join(LINES.values())}
    others = chosen("\0")

    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = state.bMarks[start] + state.tShift[start]
        if first >= state.eMarks[start] or state.sCount[start] - state.blkIndent >= _INDENTED:
            asked = every
        else:
            asked = known.get(state.src[first], others)
        for rule in asked:  # noqa: SIM110 - a loop is faster, and this one runs at every line
            if rule(state, start, end, silent):
                return True
        return False

    return ask


def _begins(state: StateBlock, line: int, signs: str) -> bool:
    """Whether a line is there and begins with one of these characters."""
    first = state.bMarks[line] + state.tShift[line]
    return first < state.eMarks[line] and state.src[first] in signs


def _table(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """The second line of a table is one of dashes."""

    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return start + 1 < end and _begins(state, start + 1, "|-:") and rule(state, start, end, silent)

    return ask


def _definition_list(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """The line after a term, or the one after that, begins with a colon or a tilde; within a definition the
    line itself may."""

    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return state.ddIndent >= 0 and _begins(state, start, ":~") and rule(state, start, end, silent)
        marked = start + 1
        if marked < end and state.isEmpty(marked):
            marked += 1
        return marked < end and _begins(state, marked, ":~") and rule(state, start, end, silent)

    return ask


def _underlined_heading(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """One of the next lines is a line of dashes or equals signs. Of very many lines only the first are looked
    at here, so that time grows with the text."""

    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        for line in range(start + 1, min(end, start + _FAR)):
            if state.isEmpty(line):
                break
            if _begins(state, line, "-="):
                return rule(state, start, end, silent)
        else:
            if start + _FAR < end:
                return rule(state, start, end, silent)
        if not state.is_code_block(start):
            # The rule leaves this behind when it finds no heading, and others read it.
            state.parentType = "paragraph"
        return False

    return ask


_GUARDS = {"table": _table, "deflist": _definition_list, "lheading": _underlined_heading}


# --- running text ------------------------------------------------------------------------------------------


class _ParserInline(ParserInline):
    """The parser of running text with one rule, which asks those that can take what stands at a place."""

    def __init__(self, before: ParserInline) -> None:
        super().__init__()
        marked = [(name, rule) for name, rule in _rules(before.ruler) if name != "text"]
        chosen = _by_sign(marked, MARKS)
        signs = {_ENDS_LABELS}.union(*(MARKS.get(name, _ANY) for name, _ in marked))
        self._known = {sign: chosen(sign) for sign in signs}
        self._next_sign = re.compile(f"[{re.escape(''.join(sorted(signs)))}]").search
        self.ruler = _Chains(before.ruler, {"": self._ask})
        self.ruler2 = before.ruler2
        self._unpaired = [rule for name, rule in _rules(before.ruler2) if name not in _PAIRING]

    def _ask(self, state: StateInline, silent: bool) -> bool:
        asked = self._known.get(state.src[state.pos])
        if asked is not None:
            for rule in asked:  # noqa: SIM110 - a loop is faster, and this one runs at every mark
                if rule(state, silent):
                    return True
            return False
        sign = self._next_sign(state.src, state.pos)
        end = sign.start() if sign else state.posMax
        if not silent:
            state.append_pending(state.src[state.pos : end])
        state.pos = end
        return True

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """The tokens of a piece of running text. Words without any sign are one token."""
        if src and not tokens and not self._next_sign(src):
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        # Without a mark of emphasis, here or in a link, nothing is to be paired.
        marked = state.delimiters or any(state.tokens_meta)
        for rule in self.ruler2.getRules("") if marked else self._unpaired:
            rule(state)
        return state.tokens
