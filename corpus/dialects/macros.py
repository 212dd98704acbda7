"""Macros of site builders: Liquid (Jekyll, GitBook), shortcodes (Hugo), KumaScript (MDN), mdBook.

    {% include x.md %}   {{ page.title }}   {{< figure src="a.png" >}}   {{#include a.rs}}
    {{< glossary_tooltip term_id="ebb" text="ebbs" >}}   {{Glossary("ebb", "ebbs")}}

A macro that mentions something becomes the words that its page would show. All others are no text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain
from types import SimpleNamespace

from markdown_it import MarkdownIt, helpers
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.common.utils import unescapeAll
from markdown_it.helpers.parse_link_destination import _Result as Destination
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from corpus.dialects.boxes import close_box, open_box, put_box, put_paragraph
from corpus.dialects.hidden import put_nothing, put_picture, put_words, skip
from corpus.dialects.kinds import FOLDED, box_kind
from corpus.dialects.lines import line_at, line_pairs
from corpus.html import without_tags
from corpus.wikilinks import wiki_url

_NO_BREAK = r"\n"
_QUOTED = rf"\"(?:[^\"\\{_NO_BREAK}]|\\.)*+\"|'(?:[^'\\{_NO_BREAK}]|\\.)*+'"
_SHAPE = re.compile(
    r"\{%-?(?P<tag>[^{}]*?)-?%\}|\{\{[<%]-?(?P<short>[^{}]*?)[>%]\}\}|\{\{\{?[-~]?(?P<braces>[^{}]*?)[-~]?\}\}\}?"
)
# Double braces hold a name, a call, a path or words in quotes: {{a, b}} is a set in a set.
_IN_BRACES = re.compile(
    r"\s*(?:[#/^&>!]?\s*[A-Za-z_$@][\w$@./-]*+(?:\[[^\]\n]*\])*+(?:\s*\(.*\)\s*|[^,|\n(]*+(?:\|.*)?|\s[^,\n]*+)"
    rf"|(?:{_QUOTED})\s*(?:\|.*)?|\[\[[^\[\]\n]*\]\][^\n]*)",
    re.DOTALL,
)
_NAME = re.compile(r"[#/^&>!]?\s*/?\s*([A-Za-z_$@][\w$@:./-]*)")
# What an argument is given may go on over lines.
_ARGUMENT = re.compile(rf"(?:([\w-]+)\s*=\s*)?(?:({_QUOTED.replace(_NO_BREAK, '')})|([^\s,()=\"'|]+))")
_INCLUDES = re.compile(r"[#]?(?:include|playground|rustdoc_include|playpen|title|shiftinclude|quiz|tab\w*)\Z")

# Words that are shown stand in the first of these that is given.
_SHOWN = ("text", "label", "caption", "title", "display", "alt")
_WHERE = ("term_id", "term", "id", "href", "url", "link", "page")
_MENTIONS = re.compile(
    r"(?:gloss(?:ary)?(?:[_-]?tooltip|[_-]?term)?|term|tooltip|abbr|def|definition_of|concept|xref|crossref|ref|"
    r"relref|link|doclink|pagelink|kbd|key|keys|badge|button|heading|mark|highlighted|hl|color|dfn|popover|"
    r"domxref|cssxref|jsxref|htmlelement|svgelement|svgattr|mathmlelement|mathmlattr|htmlattrxref|httpheader|"
    r"httpmethod|httpstatus|csp|rfc|webextapiref|webgl\w*xref|domattr\w*|cssref|event|jsxreflink|non-standard)\Z",
    re.IGNORECASE,
)
_GLOSSARY = re.compile(r"gloss|\Aterm\Z|concept|\Adfn\Z", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)\Z", re.IGNORECASE)
_SIDE = re.compile(r"([0-9]{1,4}%?)(?:px)?\Z")
_PICTURES = frozenset(
    {"figure", "img", "image", "picture", "imgproc", "photo", "resize_image", "responsive_image"}
)
_KNOWN = re.compile(
    r"(?:(?:end)?(?:if|for|unless|case|capture|raw|comment|highlight|tablerow|block|schema|autoescape|macro|"
    r"verbatim|filter|set|trans|blocktrans|with|call|spaceless|code|details|tabs?|hint|note|warning|tip|alert)|"
    r"else|elsif|elseif|elif|when|assign|include\w*|include-markdown|import|from|extends|render|layout|link|"
    r"post_url|url|static|cycle|increment|decrement|break|continue|liquid|echo|load|cite|cite_\w+|reference|"
    r"bibliography|quote|youtube\w*|vimeo|video|audio|gist|tweet|twitter|x|instagram|spotify|embed\w*|iframe|"
    r"codepen|jsfiddle|codesandbox|asciinema|pdf|file|content-ref|swagger|openapi\w*|api-\w+|stepper|step|"
    r"tabs?|tab-\w+|tabpane|codetab|columns?|cards?|cardpane|row|col|grid|gallery|carousel|accordion|toc|"
    r"table_of_contents|children|pages|list|param|params?\w*|readfile|readme|snippet|code|code_\w+|codenew|"
    r"highlight|mermaid|katex|math|mathjax|latex|chart|diagram|plantuml|details|expand|collapse|spoiler|"
    r"br|hr|clear|skew|latest-?\w*|version\w*|feature-state|feature_state|glossary_definition|sidebar\w*|\w*sidebar|"
    r"\w*ref|\w*compat\w*|specifications|specs?|embed\w*|previous\w*|next\w*|\w*_inline|\w*_header|\w*_badge|"
    r"available\w*|inheritancediagram|quicklinks\w*|index|subpages\w*|landingpage\w*|listsubpages\w*|"
    r"draft|page-?\w*|securecontext\w*|see\w*|optional\w*|deprecated\w*|experimental\w*|interwiki|"
    r"docs|doc|site|page|book|kramdown|jekyll|content|date|time|now|partial\w*|super|self|icon|icons|fa|emoji|"
    r"anchor|html|rawhtml|raw|css|style|script|form|newsletter|comments?|disqus|related|nav\w*|menu|header|"
    r"footer|toml|yaml|json|csv|table|datatable|hidden|todo|ifnot\w*|unlessversion|ifversion|endifversion|data|"
    r"var|meta|fa|bi|pagebreak|env|lipsum|placeholder|brand|kbd|ai\w*|reusable\w*|variable\w*|octicon|rowheaders|endrowheaders|indented_data_reference)\Z",
    re.IGNORECASE,
)
_CODE = frozenset({"highlight", "code", "codeblock", "mermaid", "raw-code", "prism"})
_GONE = frozenset({"comment"})
_EMBEDS = re.compile(
    r"(?:video|youtube|vimeo|embed|iframe|audio|gist|pdf|tweet|x|twitter)\w*\Z", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s\"']+")
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
# What an include is given as the text of a box.
_CONTENT = ("content", "text", "message", "body")
_MATHEMATICS = frozenset({"katex", "math", "mathjax", "latex"})


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: its name, what it is given by name and by place, and whether it only ends something.

    `is_variable` tells that it is a value to be filled in, not a command.
    """

    name: str
    named: dict[str, str]
    placed: tuple[str, ...]
    closes: bool
    is_variable: bool
    body: str
    end: int


def macro_at(text: str, position: int) -> Macro | None:
    """The macro that begins at a position of a text."""
    match = _SHAPE.match(text, position)
    return _macro(match) if match else None


def macros_in(text: str) -> Iterator[tuple[int, Macro]]:
    """The macros of a text, each with where it begins."""
    for match in _SHAPE.finditer(text):
        if macro := _macro(match):
            yield match.start(), macro


def has_macros(prose: str) -> bool:
    """Whether there is any macro in a text."""
    return next(macros_in(prose), None) is not None


def _macro(match: re.Match[str]) -> Macro | None:
    braces = match["braces"]
    if braces is not None and not _IN_BRACES.fullmatch(braces):
        return None
    body = (braces or match["tag"] or match["short"] or "").strip()
    named_at = _NAME.match(body)
    name = named_at[1].rstrip("/") if named_at else ""
    given = body[named_at.end() if named_at else 0 :]
    named: dict[str, str] = {}
    placed: list[str] = []
    for argument in _ARGUMENT.finditer(given.partition("|")[0] if braces else given):
        value = unescape(re.sub(r"\\(.)", r"\1", argument[2][1:-1]) if argument[2] else argument[3])
        if argument[1]:
            named[argument[1].lower()] = value
        else:
            placed.append(value)
    variable = (
        braces is not None and not given.lstrip().startswith("(") and not body.startswith(("#", "/", ">"))
    )
    closes = body.startswith("/") or (bool(match["tag"]) and name.startswith("end"))
    return Macro(name, named, tuple(placed), closes, variable, body, match.end())


# --- what macros say ---------------------------------------------------------------------------------------


def words_of(macro: Macro) -> str:
    """The words that a macro shows, as far as it says; empty if it shows none."""
    if macro.closes or macro.is_variable or not macro.name:
        return ""
    if embedded := _embedded(macro):
        return next((macro.named[key] for key in _SHOWN if macro.named.get(key)), embedded)
    if given := next((macro.named[key] for key in ("text", "label", "display") if macro.named.get(key)), ""):
        return given
    if not _MENTIONS.match(macro.name):
        return ""
    if macro.name.lower() == "rfc" and macro.placed:
        return macro.placed[1] if len(macro.placed) > 1 and macro.placed[1] else macro.placed[0]
    shown = next((macro.named[key] for key in _SHOWN if macro.named.get(key)), "")
    placed = [value for value in macro.placed if value]
    if shown or not placed:
        return shown or next((_as_words(macro.named[k]) for k in _WHERE if macro.named.get(k)), "")
    last = placed[1] if len(placed) > 1 and not placed[1].startswith("#") else placed[0]
    return _as_words(last) if "/" in last and not set(" <") & set(last) else last


def _as_words(name: str) -> str:
    """An address or an id as words: its last part."""
    last = name.strip("/").rpartition("/")[2].removesuffix(".md").removesuffix(".html")
    return last.replace("-", " ").replace("_", " ")


def _embedded(macro: Macro) -> str:
    """The address of what a macro embeds from elsewhere, empty if it embeds nothing."""
    if not _EMBEDS.match(macro.name):
        return ""
    if address := _ADDRESS.search(macro.body):
        return address[0]
    id = macro.named.get("id") or next(iter(macro.placed), "")
    is_video = macro.name.lower() == "youtube" and _YOUTUBE_ID.fullmatch(id)
    return f"https://www.youtube.com/watch?v={id}" if is_video else ""


def address_of(macro: Macro) -> str:
    """Where a macro that mentions something leads, empty if nowhere."""
    if embedded := _embedded(macro):
        return embedded
    if _GLOSSARY.search(macro.name):
        term = macro.named.get("term_id") or macro.named.get("term") or next(iter(macro.placed), "")
        return wiki_url(term or macro.named.get("text", "")) if term or macro.named.get("text") else ""
    if macro.name.lower() in ("ref", "relref"):
        target = macro.named.get("path") or next(iter(macro.placed), "")
        return target if target.startswith("#") else wiki_url(*target.partition("#")[::2]) if target else ""
    return ""


def is_known(macro: Macro) -> bool:
    """Whether it is known what a macro does, so that it may say nothing."""
    bare = macro.name.removeprefix("end") if macro.closes else macro.name
    bare = bare.rpartition("/")[2].split(".")[0]
    return (
        macro.is_variable
        or not bare
        or bool(_KNOWN.match(bare) or _MENTIONS.match(bare) or _INCLUDES.match(bare))
        or bare in _PICTURES
        or box_kind(bare) is not None
        or bool(words_of(macro))
    )


def _resolved(macro: Macro) -> str:
    """What a macro is within an address: the address that it makes, or nothing."""
    if macro.is_variable:
        quoted = re.match(_QUOTED, macro.body)
        return quoted[0][1:-1] if quoted else ""
    if macro.name in ("ref", "relref", "link", "post_url", "url", "static") and not macro.closes:
        rest = macro.body[len(macro.name) :].strip().strip("\"'")
        return rest.split("|")[0].strip().strip("\"'")
    return ""


def without_macros(text: str) -> str:
    """Text for programs (HTML, an address) with its macros resolved; its lines stay."""
    if "{{" not in text and "{%" not in text:
        return text
    parts, position = [], 0
    for start, macro in macros_in(text):
        parts += [text[position:start], _resolved(macro), "\n" * text.count("\n", start, macro.end)]
        position = macro.end
    return "".join([*parts, text[position:]])


# --- rules -------------------------------------------------------------------------------------------------


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or state.src[state.pos + 1 : state.pos + 2] not in ("{", "%"):
        return False
    macro = macro_at(state.src, state.pos)
    if macro is None or macro.end > state.posMax:
        return False
    if _is_picture(macro):
        src = without_macros(_source(macro))
        if src:
            caption = ". ".join(macro.named[key] for key in ("title", "caption") if macro.named.get(key))
            # As Hugo has it: a caption is what is read out where nothing else is given.
            alt = macro.named.get("alt") or without_tags(caption)
            return put_picture(state, src.replace(" ", "%20"), alt, macro.end, silent, _size(macro), caption)
    words = words_of(macro) or _content(macro)
    if words:
        return put_words(state, words, macro.end, silent, address_of(macro), markdown=True)
    return skip(state, macro.end, silent, "" if is_known(macro) else macro.name)


def _source(macro: Macro) -> str:
    """Where a picture's file is."""
    named = (macro.named[key] for key in ("src", "url", "image_path", "file") if macro.named.get(key))
    return next(chain(named, macro.placed), "")


def _size(macro: Macro) -> str:
    """How large a picture is to be: "300", "300x200" or "50%"; empty where nothing is said."""
    width, height = (
        given[1] if (given := _SIDE.match(macro.named.get(side, ""))) else "" for side in ("width", "height")
    )
    return f"{width}x{height}" if width and height and "%" not in width + height else width


def _is_picture(macro: Macro) -> bool:
    if macro.closes or macro.is_variable:
        return False
    return macro.name in _PICTURES or (macro.name == "include" and bool(_PICTURE_FILE.search(_source(macro))))


def _in_tag(state: StateInline, silent: bool) -> bool:
    """A tag in running text with macros in its attributes, whose quotes and brackets may be those of the
    tag."""
    if state.src[state.pos] != "<" or "{" not in state.src[state.pos : state.pos + 400]:
        return False
    at = state.pos + 1
    while at < min(state.posMax, state.pos + 400) and state.src[at] != ">":
        macro = macro_at(state.src, at) if state.src[at] == "{" else None
        at = macro.end if macro else at + 1
    written = state.src[state.pos : at + 1]
    if not written.endswith(">") or not has_macros(written) or not HTML_TAG_RE.match(without_macros(written)):
        return False
    if not silent:
        state.push("html_inline", "", 0).content = without_macros(written)
    state.pos = at + 1
    return True


def _alone(line: str) -> Macro | None:
    """The macro that a line consists of; of several, the first."""
    if line[:2] not in ("{{", "{%"):
        return None
    first, position = None, 0
    for start, macro in macros_in(line):
        if line[position:start].strip():
            return None
        first, position = first or macro, macro.end
    return None if line[position:].strip() else first


def _opens(line: str) -> str | None:
    macro = _alone(line.rstrip())
    return macro.name if macro and not macro.closes and not macro.is_variable else None


def _closes(line: str) -> str | None:
    macro = _alone(line.rstrip())
    return macro.name.removeprefix("end") if macro and macro.closes else None


def _lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of macros: the beginning of a box or of code, or no text."""
    first = state.bMarks[start] + state.tShift[start]
    if state.src[first : first + 2] not in ("{{", "{%") or state.is_code_block(start):
        return False
    line = line_at(state, start).rstrip()
    macro = _alone(line)
    if macro is None:
        return False
    if silent:
        return True
    close = line_pairs(state, "macros", _opens, _closes).get(start)
    if close is not None and close < end and not macro.closes and macro.end >= len(line):
        if macro.name in _GONE:
            return put_nothing(state, start, close + 1)
        if macro.name in _CODE or macro.name in _MATHEMATICS or "codelang" in macro.named:
            return _put_code(state, macro, start, close)
        if kind := _kind(macro):
            return _put_box(state, macro, kind, start, close)
    macros = [found for _, found in macros_in(line)]
    if len(macros) == 1 and (words := _content(macro)):
        return _put_include(state, macro, words, start)
    if any(map(_shows, macros)):
        return False
    unknown = next((found.name for found in macros if not is_known(found)), "")
    return put_nothing(state, start, start + 1, unknown)


def _shows(macro: Macro) -> bool:
    return bool(words_of(macro)) or _is_picture(macro)


def _kind(macro: Macro) -> str | None:
    """The kind of box that a macro begins; some are only named in what they are given."""
    kind = box_kind(macro.name)
    if macro.name in ("alert", "hint", "notice", "admonition", "callout", "pageinfo", "block"):
        given = macro.named.get("style") or macro.named.get("type") or next(iter(macro.placed), "")
        return box_kind(given) or kind or "note"
    return kind


def _content(macro: Macro) -> str:
    """The text that an include is given: `{% include note.html content="Words." %}`."""
    if macro.name != "include":
        return ""
    given = (" ".join(macro.named.get(key, "").split()) for key in _CONTENT)
    return next((words for words in given if " " in words), "")


def _put_include(state: StateBlock, macro: Macro, words: str, start: int) -> bool:
    """A box of the kind that the included file is called by; else plain words."""
    file = next(iter(macro.placed), "").rpartition("/")[2].partition(".")[0]
    kind = box_kind(macro.named.get("type", "")) or box_kind(file)
    if kind:
        open_box(state, kind, macro.named.get("title", ""), (start, start + 1))
    put_paragraph(state, words, start)
    if kind:
        close_box(state)
    state.line = start + 1
    return True


def _put_code(state: StateBlock, macro: Macro, start: int, close: int) -> bool:
    content = state.getLines(start + 1, close, state.sCount[start], True)
    mathematics = macro.name in _MATHEMATICS
    token = state.push("math_block" if mathematics else "fence", "math" if mathematics else "code", 0)
    token.content, token.map, token.block = content, [start, close + 1], True
    token.markup, token.info = (
        "```",
        "" if mathematics else macro.named.get("codelang") or next(iter(macro.placed), ""),
    )
    state.line = close + 1
    return True


def _put_box(state: StateBlock, macro: Macro, kind: str, start: int, close: int) -> bool:
    placed = [value for value in macro.placed if " " in value or box_kind(value) is None]
    title = next((macro.named[k] for k in ("title", "heading", "name", "summary") if macro.named.get(k)), "")
    title = title or " ".join(placed[:1])
    return put_box(state, kind, title, (start, close + 1), (start + 1, close), kind in FOLDED)


def _in_html(state: StateCore) -> None:
    """The macros in HTML."""
    for token in state.tokens:
        if token.type == "html_block":
            token.content = without_macros(token.content)
        for child in token.children or ():
            if child.type == "html_inline":
                child.content = without_macros(child.content)


def _destination(text: str, position: int, end: int) -> Destination:
    """The address of a link, in which macros may stand, with their blanks and brackets."""
    if "{" not in text[position:end]:
        return helpers.parseLinkDestination(text, position, end)
    found = Destination()
    at = position
    while at < end and text[at] not in " \n\t)<":
        macro = macro_at(text, at) if text[at] == "{" else None
        at = macro.end if macro else at + 1
    written = text[position:at]
    if not has_macros(written):
        return helpers.parseLinkDestination(text, position, end)
    found.ok, found.pos, found.str = True, at, unescapeAll(without_macros(written))
    return found


def install(parser: MarkdownIt) -> None:
    """Reads macros as what they say."""
    parser.inline.ruler.before("escape", "macro", _inline)
    parser.inline.ruler.before("html_inline", "macros_in_tag", _in_tag)
    parser.block.ruler.before(
        "fence", "macros", _lines, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.push("macros_in_html", _in_html)
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=_destination,
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=helpers.parseLinkTitle,
    )
