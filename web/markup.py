"""The notes' own HTML, made safe and part of the pages: links, pictures, code, mathematics, linked terms.

`corpus` renders Markdown and does not judge it: everything that comes in here is hostile until `sanitize`
has been over it. The other functions read what `sanitize` writes, whose form is canonical (tags balanced,
attribute values in double quotes, `<` escaped in them as in text); that is why regular expressions are enough
to find its tags. Which concepts to link, and where an address leads, is decided by the caller.
"""

import html as entities
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NewType
from xml.etree import ElementTree

import nh3
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from latex2mathml.converter import convert_to_element
from markupsafe import Markup, escape
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from corpus.resources import bare_addresses, code_language
from corpus.wikilinks import SCHEME, wiki_name

# What has been through `sanitize`; nothing else may become part of a page.
SafeHtml = NewType("SafeHtml", str)

TAGS = frozenset(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section "
    "small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
# Their content goes with them: it is not text that a reader was meant to see.
DROPPED_WITH_CONTENT = frozenset("script style iframe object embed noscript template svg math".split())
ATTRIBUTES = {
    "*": {"id", "class", "dir", "lang", "title"},
    "a": {"href", "name"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "q": {"cite"},
    "td": {"colspan", "rowspan", "align", "style"},
    "th": {"colspan", "rowspan", "align", "scope", "style"},
    "time": {"datetime"},
}
KEPT_CLASS = re.compile(
    r"(?:language-[\w+#.-]+|math|inline|display|block|footnotes?(?:-\w+)?|admonition(?:-\w+)?|code-title)\Z"
)
ALIGNMENT = re.compile(r"text-align: ?(left|center|right);?\Z")
# No heading's anchor holds a dot, so the ids of raw HTML never clash with the anchors of sections.
ID_PREFIX = "note."
# Browsers stop nesting near 512 as well; checking beforehand keeps the sanitiser's work linear.
DEEPEST_NESTING = 256

# What `sanitize` writes: <tag name="value" name="value">
TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*/?>')
ATTRIBUTE = re.compile(r'([^\s=>"/]+)="([^"]*)"')
CODE_BLOCK = re.compile(r"<pre><code(?: class=\"language-([^\" ]+)[^\"]*\")?>([^<]*)</code></pre>")
ALIGNED_CELL = re.compile(r'(<t[dh](?: [^<>]*?)?) style="text-align: ?(left|center|right);?"')
MATH = re.compile(r'<(span|div)(?: id="[^"]*")? class="math( \w+)*">(?:\s*<a [^>]*>[^<]*</a>)?([^<]*)</\1>')
# Mathematics in double dollars within a line is rendered as a <div>, which would end its paragraph.
DISPLAY_IN_LINE = re.compile(r'<div class="math inline">([^<]*)</div>')
RAW_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

# Wide tables scroll by themselves, by keyboard as well.
TABLE_BOX = '<div class="table-box" role="group" aria-label="Table" tabindex="0">'
LONGEST_HIGHLIGHTED = 50_000
LONGEST_TEX = 2_000

LITERAL = frozenset("a code pre".split())
UNLINKED_IN = frozenset("a code pre math h1 h2 h3 h4 h5 h6 kbd samp var summary button dfn".split())
BLOCK_OPENED = re.compile(
    r"<(?:p|li|dt|dd|td|th|tr|div|blockquote|figcaption|caption)"
    r'(?:\s+[^\s=>"/]+(?:="[^"]*")?)*\s*>'
)
# Browsers show several of these as one; no-break spaces they leave, yet a label may be written with one.
SEVERAL_BLANKS, BLANK = re.compile(r"[ \t\n\r\f]{2,}"), re.compile(r"\s")
WORD_BEGINS, WORD_ENDS = re.compile(r"(?<!\w)(?<!\w-)"), re.compile(r"(?!\w)")


@dataclass(frozen=True, slots=True)
class TermLink:
    """Where a label in running text leads: the concept's id and its page's address."""

    concept: str
    href: str


@dataclass(slots=True)
class Place:
    """Where a piece of HTML stands, so that its relative addresses can be resolved.

    `link` takes a relative address as written and gives the page's address, or None when the notes hold
    nothing there; `picture` does the same for pictures. `ids` are those that the page has given out already;
    `said` is what is known of each picture (alt, width, height) where its own tag does not say it, for each
    time that it is shown, in order, and `shown` how often that was so far.
    """

    link: Callable[[str], str | None]
    picture: Callable[[str], str | None]
    ids: set[str] = field(default_factory=set)
    said: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    shown: Counter[str] = field(default_factory=Counter)


def _plain_class(name: str) -> str:
    """A class as it is; that of code with nothing but its language: `language-js{1,3}`."""
    language = code_language(name) if name.startswith("language-") else ""
    return f"language-{language}" if language else name


def _kept_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(c for c in map(_plain_class, value.split()) if KEPT_CLASS.match(c)) or None
    if name == "style":
        return value if ALIGNMENT.match(value) else None
    if name in {"id", "name"}:
        return re.sub(r"\s+", "-", value[:200].strip()) or None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(DROPPED_WITH_CONTENT),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_kept_attribute,
    link_rel="noopener noreferrer",
    url_schemes={"http", "https", "mailto", "wiki"},
    id_prefix=ID_PREFIX,
)


def sanitize(html: str) -> SafeHtml:
    """HTML that is safe to stand in a page: no script, style, form or frame, no address but http, https,
    mailto and relative ones, ids of its own kind. Well-formed whatever comes in.

    >>> sanitize('<p onclick="x()">Hi <script>x()</script><b>you')
    '<p>Hi <b>you</b></p>'
    """
    if html.count("<") > DEEPEST_NESTING and _nesting(html) > DEEPEST_NESTING:
        html = f"<pre>{entities.escape(html)}</pre>"
    html = DISPLAY_IN_LINE.sub(r'<span class="math display">\1</span>', html)
    # The one style that Markdown writes becomes an attribute: the pages' policy lets no style through.
    return SafeHtml(ALIGNED_CELL.sub(r'\1 align="\2"', _CLEANER.clean(html)))


def with_names_resolved(safe: SafeHtml, address: Callable[[str], str | None]) -> SafeHtml:
    """The HTML with other addresses in the place of names of pages, and no link where there is none.

    >>> with_names_resolved(sanitize('<a href="wiki:Ebb">ebb</a>'), {"wiki:Ebb": "/concepts/ebb"}.get)
    '<a href="/concepts/ebb">ebb</a>'
    """

    def resolved(match: re.Match[str]) -> str:
        target = address(entities.unescape(match[1]))
        return f' href="{escape(target)}"' if target else ""

    return SafeHtml(_BY_NAME.sub(resolved, safe))


_BY_NAME = re.compile(rf' href="({SCHEME}[^"]*)"(?: rel="[^"]*")?')


def _nesting(html: str) -> int:
    """How deep the tags go, counting each that is opened and not closed by its own name."""
    depth = deepest = 0
    for closing, name in RAW_TAG.findall(html):
        if name.lower() in VOID:
            continue
        depth = max(depth + (-1 if closing else 1), 0)
        deepest = max(deepest, depth)
    return deepest


def render(safe: SafeHtml, place: Place, terms: Mapping[str, TermLink], defined: Mapping[str, str]) -> Markup:
    """A section or definition of the notes, ready for a page: the steps below, one after the other."""
    resolved = link_addresses(resolve(safe, place))
    return Markup(link_terms(typeset(resolved), terms, defined))  # noqa: S704 - SafeHtml is what makes it safe


def blocks(safe: SafeHtml) -> list[SafeHtml]:
    """The elements that stand side by side at the top, each with the text before it; joined they are all.

    >>> blocks(sanitize("<p>One</p> <ul><li>Two</li></ul>"))
    ['<p>One</p>', ' <ul><li>Two</li></ul>']
    """
    found, depth, start = [], 0, 0
    for tag in TAG.finditer(safe):
        if tag.group(2) not in VOID:
            depth += -1 if tag.group(1) else 1
        if depth == 0:
            found.append(SafeHtml(safe[start : tag.end()]))
            start = tag.end()
    return [*found, SafeHtml(safe[start:])] if safe[start:] else found


def text_of(safe: str) -> str:
    """The words of sanitised HTML, in one line."""
    return " ".join(entities.unescape(TAG.sub(" ", safe)).split())


def resolve(html: str, place: Place) -> str:
    """Sanitised HTML whose links and pictures lead to where the server has them.

    A relative link to nothing becomes plain text that says so. Pictures from elsewhere are not fetched (a
    page asks nobody but this server): they become links.
    """
    open_links: list[bool] = []

    def resolved(match: re.Match[str]) -> str:
        closing, tag, written = match.group(1), match.group(2), match.group(3)
        if tag == "a" and closing:
            return "</a>" if open_links and open_links.pop() else "</span>"
        attributes = {name: entities.unescape(value) for name, value in ATTRIBUTE.findall(written)}
        if not closing and attributes.keys() & {"id", "name"}:
            _claim_id(attributes, place.ids)
        elif tag not in {"a", "img"}:
            return match.group(0)
        if closing:
            return match.group(0)
        if tag == "img":
            return _picture(attributes, place, inside_link=any(open_links))
        if tag == "a":
            opened, is_link = _link(attributes, place)
            open_links.append(is_link)
            return opened
        return _opened(tag, attributes)

    return TAG.sub(resolved, html)


def _claim_id(attributes: dict[str, str], taken: set[str]) -> None:
    """Turns an old-fashioned name into an id; an id that the page has already is left out."""
    name = attributes.pop("name", None)
    id = attributes.pop("id", None) or (name and ID_PREFIX + name)
    if id and id not in taken:
        taken.add(id)
        attributes["id"] = id


def _link(attributes: dict[str, str], place: Place) -> tuple[str, bool]:
    href = attributes.get("href")
    if href is None:
        return _opened("span", {k: v for k, v in attributes.items() if k != "rel"}), False
    name = wiki_name(href)
    if _is_elsewhere(href) and name is None:
        return _opened("a", {**attributes, "class": "external"}), True
    target = place.link(href)
    attributes.pop("rel", None)
    if target is None:
        attributes.pop("href")
        missing = f"There is no page for {href}"
        if name:
            missing = f"There is no note named {name[0]}" if name[0] else f"No place is named {name[1]}"
        broken = {**attributes, "class": "broken-link", "title": missing}
        return _opened("span", broken), False
    return _opened("a", {**attributes, "href": target}), True


def _picture(attributes: dict[str, str], place: Place, inside_link: bool) -> str:
    src = attributes.get("src", "")
    said = _said_of(src, place)
    alt = said.get("alt") or attributes.get("alt", "")
    if src and not _is_elsewhere(src) and (file := place.picture(src)):
        sizes = {name: said[name] for name in ("width", "height") if name in said}
        shown = {**attributes, **sizes, "src": file, "alt": alt, "loading": "lazy", "decoding": "async"}
        return _opened("img", shown)
    if src and _is_elsewhere(src) and not inside_link:
        attributes = {"href": src, "rel": "noopener noreferrer", "class": "external picture-elsewhere"}
        return f"{_opened('a', attributes)}{escape(alt or 'a picture')}</a>"
    words = escape(alt or src.rpartition("/")[2] or "without words")
    return f'<span class="picture-missing">Missing picture: {words}</span>'


def _said_of(src: str, place: Place) -> Mapping[str, str]:
    """What is known of a picture this time."""
    times = place.said.get(src, ({},))
    place.shown[src] += 1
    return times[min(place.shown[src], len(times)) - 1]


def _is_elsewhere(address: str) -> bool:
    return bool(re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}", address.strip()))


def _opened(tag: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>"


def link_addresses(html: str) -> str:
    """Sanitised HTML in which addresses that just stand in its words are links.

    >>> link_addresses("<p>See http://example.org.</p>")
    '<p>See <a href="http://example.org" rel="noopener noreferrer" class="external bare">http://example.org</a>.</p>'
    """
    if "://" not in html and "www." not in html:
        return html
    out: list[str] = []
    for words, linkable, tag in _pieces(html, LITERAL):
        out += (_addressed(words) if linkable else words, tag[0] if tag else "")
    return "".join(out)


def _pieces(html: str, left: Collection[str]) -> Iterator[tuple[str, bool, re.Match[str] | None]]:
    """The words between tags, whether they stand in none of the elements that are left alone, and the tag
    behind them; None at the end. What stands in such an element comes in one piece, as it is."""
    position = 0
    while tag := TAG.search(html, position):
        yield html[position : tag.start()], True, tag
        position = tag.end()
        if tag[2] in left and not tag[1] and (end := _end_of(tag)) > position:
            yield html[position:end], False, None
            position = end
    yield html[position:], True, None


def _end_of(opened: re.Match[str]) -> int:
    """Where the closing tag of an element begins."""
    html, depth = opened.string, 0
    for tag in re.compile(rf"<(/?){opened[2]}(?=[\s>])").finditer(html, opened.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.start()
    return len(html)


def _addressed(text: str) -> str:
    plain = entities.unescape(text)
    out, position = [], 0
    for start, words, url in bare_addresses(plain):
        attributes = {"href": url, "rel": "noopener noreferrer", "class": "external bare"}
        out += [_escaped(plain[position:start]), _opened("a", attributes), _escaped(words), "</a>"]
        position = start + len(words)
    return "".join([*out, _escaped(plain[position:])]) if out else text


def typeset(html: str) -> str:
    """Sanitised HTML with its code highlighted, its mathematics as MathML, its tables in scrolling boxes."""
    html = CODE_BLOCK.sub(lambda m: code_block(entities.unescape(m[2]), entities.unescape(m[1] or "")), html)
    html = ENDED_MATH.sub(r'<span class="one-piece">\1\2</span>', MATH.sub(_math, html))
    return re.sub(r"<table[^>]*>", rf"{TABLE_BOX}\g<0>", html).replace("</table>", "</table></div>")


def _math(match: re.Match[str]) -> str:
    tag, last_class, tex = match.groups()
    stands_alone = tag == "div" or last_class == " display"
    shown = mathml(entities.unescape(tex).strip(), display=stands_alone)
    if stands_alone:
        return f'<{tag} class="display-math" tabindex="0">{shown}</{tag}>'
    return "<wbr>".join(map(_fitting, shown.split("<wbr>")))


def _fitting(piece: str) -> str:
    """A piece of a formula that cannot be broken: one wider than a line of a phone scrolls in a box."""
    if len(entities.unescape(TAG.sub("", piece))) <= LONGEST_UNBROKEN:
        return piece
    return f'<span class="line-math" tabindex="0">{piece}</span>'


@lru_cache(maxsize=2048)
def code_block(code: str, language: str) -> str:
    """Code as a block of its own, coloured where its language is one that is known."""
    label = f"Code, {language}" if language else "Code"
    opened = f'<pre class="code" tabindex="0" role="group" aria-label="{escape(label)}"><code>'
    return f"{opened}{_coloured(code, language)}</code></pre>"


def _coloured(code: str, language: str) -> str:
    if language and len(code) <= LONGEST_HIGHLIGHTED and (lexer := _lexer(language)):
        return str(pygments_highlight(code, lexer, _COLOURS))
    return str(escape(code))


# To make one takes longer than to colour a line.
_COLOURS = HtmlFormatter(nowrap=True)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


MATH_TAGS = frozenset(
    "math mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable "
    "mtr mtd mstyle mpadded mphantom menclose mfenced mmultiscripts mprescripts none".split()
)
MATH_ATTRIBUTES = frozenset(
    "display stretchy fence form separator symmetric largeop movablelimits accent accentunder linethickness "
    "mathvariant scriptlevel displaystyle minsize maxsize lspace rspace width height depth columnalign "
    "columnspacing rowspacing columnlines rowlines notation".split()
)


SIGNS = frozenset("-−+±")
CLOSING = frozenset(")]}|!′")
# A formula in a line and what ends its sentence: a full stop does not stand alone on the next line.
ENDED_MATH = re.compile(r'(<math display="inline"(?:(?!</?math).)*</math>)([.,;:!?)]+)', re.DOTALL)
# After these a formula in a line may go on in the next, as TeX breaks it; a list after its commas as well.
BREAKS_AFTER = frozenset("=≠≈≡≤≥<>∼≃≅∝∈⊂⊆→⇒⇔↦,;")
LONGEST_UNBROKEN = 16  # characters, about what is left of a line of the narrowest phone within a list


@lru_cache(maxsize=4096)
def mathml(tex: str, display: bool) -> str:
    """TeX as MathML; the TeX itself in <code> when it holds something that cannot be set."""
    shown = _math_element(tex, "block" if display else "inline") if len(tex) <= LONGEST_TEX else None
    return f'<code class="tex">{escape(tex)}</code>' if shown is None else shown


def _math_element(tex: str, display: str) -> str | None:
    # The converter has no errors of its own: what it cannot read ends in whatever its code ran into.
    try:
        converted = convert_to_element(tex, display=display)
        kept = _kept_math(converted)
    except Exception:  # noqa: BLE001
        return None
    if kept is None:
        return None
    kept.set("alttext", tex)
    pieces = _between_breaks(kept) if display == "inline" else [kept]
    return "<wbr>".join(
        ElementTree.tostring(piece, encoding="unicode", short_empty_elements=False) for piece in pieces
    )


def _between_breaks(formula: ElementTree.Element) -> list[ElementTree.Element]:
    """A formula, or the parts of a long one between which a line may end: browsers break none."""
    if len("".join(formula.itertext())) <= LONGEST_UNBROKEN or [child.tag for child in formula] != ["mrow"]:
        return [formula]
    rows: list[list[ElementTree.Element]] = [[]]
    for child in formula[0]:
        rows[-1].append(child)
        if child.tag == "mo" and child.text in BREAKS_AFTER:
            child.set("form", "infix")  # at the end of a row it would be spaced as a postfix
            rows.append([])
    return [_math_of(row) for row in rows if row]


def _math_of(row: Sequence[ElementTree.Element]) -> ElementTree.Element:
    formula = ElementTree.Element("math", {"display": "inline"})
    ElementTree.SubElement(formula, "mrow").extend(row)
    return formula


def _kept_math(element: ElementTree.Element) -> ElementTree.Element | None:
    """A copy that holds nothing but MathML's own words; None when the converter left a command unread."""
    text = entities.unescape(element.text or "")
    if element.tag not in MATH_TAGS or ("\\" in text and text.strip() != "\\"):
        return None
    copy = ElementTree.Element(element.tag, {k: v for k, v in element.attrib.items() if k in MATH_ATTRIBUTES})
    copy.text = text
    before: ElementTree.Element | None = None
    for child in element:
        kept = _kept_math(child)
        if kept is None:
            return None
        if _is_sign(kept, before):
            kept.set("form", "prefix")
        copy.append(kept)
        before = kept
    return copy


def _is_sign(element: ElementTree.Element, before: ElementTree.Element | None) -> bool:
    """Whether a minus or plus belongs to what follows, as in (-1, 2): browsers would space it like 1 - 2."""
    if element.tag != "mo" or element.text not in SIGNS:
        return False
    return before is None or (before.tag == "mo" and before.text not in CLOSING)


def link_terms(html: str, terms: Mapping[str, TermLink], defined: Mapping[str, str] | None = None) -> str:
    """HTML with each concept linked where its label first stands in running text, longest label first.

    `terms` are labels as written. `defined` maps the terms that this text defines to their concepts: from
    the block that starts with such a term to the next such block the concept is not linked, and one whose
    term starts no block is not linked at all. Headings, code, mathematics and links are left alone.

    >>> link_terms("<p>A loss is small.</p>", {"loss": TermLink("loss", "/c/loss")})
    '<p>A <a class="term" href="/c/loss">loss</a> is small.</p>'
    """
    if not terms:
        return html
    # What is defined is looked for as well: in "feature vector: ..." there is no vector to be linked.
    return _TermLinker(terms, defined or {}).linked(html)


class _TermLinker:
    """One walk over one section: what was linked already, and what is being defined."""

    def __init__(self, terms: Mapping[str, TermLink], defined: Mapping[str, str]) -> None:
        self._terms = {" ".join(label.split()): link for label, link in terms.items()}
        self._labels = sorted({*self._terms, *(" ".join(term.split()) for term in defined)} - {""})
        # Made for one section: what is quickest to make, not what is quickest to ask.
        quick = Implementation.NoncontiguousNFA
        self._automaton = AhoCorasick(self._labels, matchkind=MatchKind.Standard, implementation=quick)
        self._defined = {" ".join(term.casefold().split()): concept for term, concept in defined.items()}
        self._being_defined: set[str] = set()
        self._done: set[str] = set()

    def linked(self, html: str) -> str:
        """The HTML with its terms linked."""
        starts = dict(self._definition_starts(html))
        self._done |= set(self._defined.values()) - set().union(*starts.values())
        out: list[str] = []
        for words, linkable, tag in _pieces(html, UNLINKED_IN):
            out.append(self._text(words, linkable))
            if tag:
                out.append(tag[0])
                self._being_defined = starts.get(tag.start(), self._being_defined)
        return "".join(out)

    def _definition_starts(self, html: str) -> Iterator[tuple[int, set[str]]]:
        """The offsets of the blocks that start with a defined term, and its concept."""
        if not self._defined:
            return
        for tag in BLOCK_OPENED.finditer(html):
            start = _first_words(html, tag.end())
            if found := {c for term, c in self._defined.items() if _begins(start, term)}:
                yield tag.start(), found

    def _text(self, text: str, linkable: bool) -> str:
        if not linkable or not text or text.isspace():
            return text
        plain = SEVERAL_BLANKS.sub(" ", entities.unescape(text))  # as browsers show it
        out, position = [], 0
        for label, start, end in self._labels_in(plain):
            link = self._terms.get(label)
            if link is None or link.concept in self._done or link.concept in self._being_defined:
                continue
            self._done.add(link.concept)
            anchor = _opened("a", {"class": "term", "href": link.href})
            out.append(f"{_escaped(plain[position:start])}{anchor}{_escaped(plain[start:end])}</a>")
            position = end
        return "".join([*out, _escaped(plain[position:])]) if out else text

    def _labels_in(self, plain: str) -> Iterator[tuple[str, int, int]]:
        """The labels that stand in a text as whole words, the longest where several begin; what is part of
        one is none. `log-softmax` holds no `softmax`."""
        found = self._automaton.find_matches_as_indexes(BLANK.sub(" ", plain), overlapping=True)
        reached = 0
        for number, start, end in sorted(found, key=lambda match: (match[1], -match[2])):
            if start >= reached and WORD_BEGINS.match(plain, start) and WORD_ENDS.match(plain, end):
                yield self._labels[number], start, end
                reached = end


def _first_words(html: str, position: int) -> str:
    """The plain text from here on, case-folded and without an article, as far as a long label may reach."""
    return re.sub(r"^(?:an?|the)\s+", "", text_of(html[position : position + 600]).casefold())


def _begins(text: str, term: str) -> bool:
    return text.startswith(term) and not text[len(term) : len(term) + 1].isalnum()


def _escaped(text: str) -> str:
    return entities.escape(text, quote=False)
