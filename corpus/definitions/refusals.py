"""Why a rule took nothing at a place: for authors who wonder why their words are no definition.

Each rule has a function here that goes through what the rule asks for, in its order, and says what is missing
first. It yields nothing where the place has not the shape that the rule reads; then the rule's own first
sentence says what it needs. The rules do not know of this file: they answer, and nothing else.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.bullets import from_bullet_term, from_indented_bullet, from_lazy_bullet, from_run_on
from corpus.definitions.headings import from_heading, from_titled_box
from corpus.definitions.leads.bold import from_bold_lead
from corpus.definitions.leads.lone import IN_WORDS, from_lone_lead
from corpus.definitions.leads.openings import AFTER_TERM, PLAIN
from corpus.definitions.leads.plain import from_plain_lead
from corpus.definitions.lists import from_colon_line, from_definition_list, from_html_list
from corpus.definitions.naming import APPOSED, from_apposition, from_called, from_named
from corpus.definitions.page import Page, Rule
from corpus.definitions.prose import from_bold_is, from_line_is, from_sentence
from corpus.definitions.remarks import NO_TERM
from corpus.definitions.tables import from_table
from corpus.definitions.texts import is_picture, set_off
from corpus.definitions.titles import from_file_name, from_front_matter, from_title
from corpus.headings import bare_heading, is_meta_heading, is_numbered, lists_no_terms, lists_people
from corpus.labels import label_key, looks_like_term
from corpus.names import split_names
from corpus.phrasing.formulas import is_counted_from
from corpus.phrasing.meaning import AIMS, says_what_it_is
from corpus.phrasing.noun_phrases import is_noun_phrase, tells_apart
from corpus.phrasing.talk import asks, has_opinion, opens_an_aside, speaks, tells
from corpus.sentences import first_sentence, is_sentence


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a section: the innermost block there, and the blocks around it, the outermost first. The
    block is the heading itself where the place is that."""

    page: Page
    block: Block
    around: tuple[Block, ...] = ()

    def inside(self, kind: BlockKind) -> Block | None:
        """The innermost block of this kind that holds the place."""
        return next((b for b in reversed((*self.around, self.block)) if b.kind is kind), None)

    def siblings(self) -> Sequence[Block]:
        """The blocks that the outermost block here stands among."""
        return self.page.section.blocks


_FEWEST = 5
_NUMBERS = {2: "two", 3: "three", 5: "five"}
Refusal = Callable[[Spot], Iterator[str]]

_KINDS = {
    BlockKind.LIST: "a list",
    BlockKind.CODE: "code",
    BlockKind.HTML: "HTML",
    BlockKind.MATH: "a formula",
    BlockKind.QUOTE: "a quotation",
    BlockKind.TABLE: "a table",
    BlockKind.RULE: "a line across",
    BlockKind.TERM_LIST: "a list of terms",
}


def needs(rule: Rule) -> str:
    """What a rule reads, in one sentence: the first of its docstring."""
    words = " ".join((rule.__doc__ or rule.__name__).split())
    return re.split(r"(?<=\.)\s", words, maxsplit=1)[0]


def refusal(rule: Rule, spot: Spot) -> tuple[str, bool]:
    """Why a rule took nothing here, and whether it looked: whether the place has the shape that it reads.
    Where it has not, the reason is what the rule reads."""
    reason = next(REFUSALS[rule](spot), None) if rule in REFUSALS else None
    return (reason, True) if reason else (needs(rule), False)


# --- what several rules ask for ----------------------------------------------------------------------------


def _no_name(words: str, longest: int = 7) -> Iterator[str]:
    name = split_names(words.strip())[0]
    if looks_like_term(name, longest):
        return
    count = len(name.split())
    if count > longest:
        yield f'"{_short(name)}" has {count} words, and a name has {longest} at most'
    elif name[-1:] in tuple(".?!:;,"):
        yield f'"{_short(name)}" ends like a sentence, not like a name'
    else:
        yield f'"{_short(name)}" does not read like the name of a thing'


def _says_nothing(name: str, text: str, shortest: int = 5) -> Iterator[str]:
    if says_what_it_is(name, text, shortest):
        return
    sentence = first_sentence(text)
    if len(text.split()) < shortest:
        yield f"the text has fewer than {_NUMBERS[shortest]} words"
    elif asks(sentence):
        yield f'it asks: "{_short(sentence)}"'
    elif opens_an_aside(sentence):
        yield f'it goes on talking: it begins with "{_first_word(sentence)}"'
    else:
        yield f'it does not say what "{_short(name)}" is: it begins with "{_short(sentence, 5)}"'


def _no_predicate(words: str) -> Iterator[str]:
    """What stands behind a subject, its verb first."""
    predicate = words.split(maxsplit=1)[1] if len(words.split()) > 1 else ""
    if tells(words):
        yield f'it tells what happens, not what the thing is: "{_short(words, 5)}"'
    if has_opinion(predicate):
        yield f'"{_short(predicate, 5)}" is a remark, and does not say what the thing is'
    if not tells_apart(predicate):
        yield f'"{_short(predicate, 5)}" does not tell it from other things'


def _no_sentence(text: str) -> Iterator[str]:
    if speaks(text):
        yield f'somebody speaks: it begins with "{_first_word(text)}"'
    elif asks(first_sentence(text)):
        yield f'it asks: "{_short(first_sentence(text))}"'
    elif not is_sentence(text):
        yield "what follows is no whole sentence: four words or more, with a capital first"


def _paragraph(spot: Spot) -> Inline | None:
    return spot.block.inline if spot.block.kind is BlockKind.PARAGRAPH else None


def _short(words: str, longest: int = 9) -> str:
    found = words.split()
    return " ".join(found[:longest]) + (" …" if len(found) > longest else "")


def _first_word(words: str) -> str:
    return words.split(maxsplit=1)[0].rstrip(",.:;") if words.strip() else ""


# --- the rules ---------------------------------------------------------------------------------------------


def _front_matter(spot: Spot) -> Iterator[str]:
    page, inline = spot.page, _paragraph(spot)
    if page.section.level > 1 or inline is None:
        return
    first = next(
        (b for b in page.section.blocks if b.kind is BlockKind.PARAGRAPH and not is_picture(b)), None
    )
    if not page.title:
        yield "the document's title does not name one thing"
    elif not page.alone:
        yield "the document's headings name further things, so it is not about its title alone"
    elif spot.block is not first:
        yield "only the first paragraph of a document says what its title is"
    elif not page.given:
        yield f'only the file\'s name says "{page.title}", and no sentence begins with that'
    elif len(inline.text.split()) < _FEWEST:
        yield f"the text has fewer than {_NUMBERS[_FEWEST]} words"
    elif opens_an_aside(inline.text):
        yield f'it goes on talking: it begins with "{_first_word(inline.text)}"'
    else:
        yield "it opens with another term in bold"


def _title(spot: Spot) -> Iterator[str]:
    page, inline = spot.page, _paragraph(spot)
    if page.section.level > 1 or inline is None:
        return
    if not page.title:
        yield "the document's title does not name one thing"
    elif not page.opens:
        yield "the document does not begin to talk here"
    elif next(from_front_matter(page), None):
        yield "the document's first paragraph says already what its title is"
    else:
        yield f'none of its sentences begins with "{page.title} is"'


def _file_name(spot: Spot) -> Iterator[str]:
    page, inline = spot.page, _paragraph(spot)
    if not page.title or page.given or page.section.level or inline is None:
        return
    yield f'its first words do not say in a phrase what "{page.title}" is'


def _heading(spot: Spot) -> Iterator[str]:
    page, section = spot.page, spot.page.section
    if section.heading is None or not (spot.block is section.heading or spot.block in section.blocks):
        return
    if section.level < page.top:
        yield "the heading above is the document's title"
        return
    name = split_names(bare_heading(section.title), section.location)[0]
    is_entry = section.level == page.entries
    first = next((b for b in section.blocks if not is_picture(b)), None)
    if section.heading.inline and section.heading.inline.links:
        yield "the heading is a link"
    if section.title.endswith("?"):
        yield "the heading asks a question"
    if not is_entry:
        yield from _no_name(name)
        if is_meta_heading(name):
            yield f'the heading "{section.title}" names a part of notes, not a thing'
    if first is None:
        yield "nothing stands under the heading"
        return
    if not first.inline:
        yield f"the first thing under the heading is {_KINDS.get(first.kind, first.kind)}, not a paragraph"
        return
    if spot.block not in (section.heading, first):
        yield "only the first paragraph under a heading says what the heading names"
    if page.holds:
        yield f'further headings stand below, so the paragraph must begin with "{name} is"'
    yield from _says_nothing(name, first.inline.text, 2 if is_entry else 3 if page.listed else _FEWEST)
    yield f'the heading joins things or says what is done, so the paragraph must begin with "{name} is"'


def _titled_box(spot: Spot) -> Iterator[str]:
    box = spot.inside(BlockKind.BOX)
    said = next((b.inline for b in box.children[1:] if b.inline), None) if box else None
    if box is None or box.title is None or said is None:
        return
    name = split_names(" ".join(box.title.text.split()))[0]
    yield from _no_name(name, 5)
    if lists_no_terms(name) or label_key(name) in NO_TERM or is_meta_heading(name):
        yield f'the title "{_short(name)}" names a part of notes, not a thing'
    yield from _says_nothing(name, said.text)
    yield f'its text does not begin with "a", "the" or "{_short(name)} is", and say which one it is'


def _bullet_term(spot: Spot) -> Iterator[str]:
    listed = spot.inside(BlockKind.LIST) or _bullet_above(spot)
    if listed is None:
        return
    if len(listed.children) != 1:
        yield f"the list has {len(listed.children)} bullets, and a term stands alone above its paragraph"
        return
    item = listed.children[0]
    if len(item.children) != 1 or not item.children[0].inline:
        yield "the bullet holds more than one line of words"
        return
    inline = item.children[0].inline
    if any(link.span == (0, len(inline.text)) for link in inline.links):
        yield "the bullet is a link"
    yield from _no_name(inline.text.rstrip(": "), 9)
    siblings = list(spot.siblings())
    below = siblings[siblings.index(listed) + 1 :] if listed in siblings else []
    if not below or not below[0].inline:
        yield "no paragraph follows the bullet"
    else:
        yield from _no_sentence(below[0].inline.text)


def _bullet_above(spot: Spot) -> Block | None:
    """The list of one bullet right above a paragraph."""
    siblings = list(spot.siblings())
    index = siblings.index(spot.block) if spot.block in siblings else 0
    above = siblings[index - 1] if index else None
    return above if above and above.kind is BlockKind.LIST and len(above.children) == 1 else None


def _indented_bullet(spot: Spot) -> Iterator[str]:
    item = spot.inside(BlockKind.ITEM)
    if item is None:
        return
    if len(item.children) < 2 or not item.children[0].inline or not item.children[1].inline:
        yield "no paragraph is indented below the bullet's first line"
        return
    name = item.children[0].inline.text.strip().rstrip(":")
    yield from _no_name(name, 9)
    yield from _says_nothing(name, item.children[1].inline.text)


def _lazy_bullet(spot: Spot) -> Iterator[str]:
    item = spot.inside(BlockKind.ITEM)
    if item is None or not item.children or not item.children[0].inline:
        return
    head, _, rest = item.children[0].inline.text.partition("\n")
    if not rest:
        yield "the bullet has one line only: a term stands on the first, a sentence on the next"
        return
    yield from _no_name(head, 5)
    yield from _no_sentence(rest)


def _run_on(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    if inline is None or "\n" not in inline.text:
        return
    yield "no short line in small letters stands between two sentences"


def _bold_lead(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    spans = [*inline.strong, *inline.emphasis] if inline else []
    if inline is None or not spans:
        return
    if lists_no_terms(spot.page.section.title) or lists_people(spot.page.section.title):
        yield f'under "{spot.page.section.title}" no terms are listed'
    opening = [span for span in spans if span[0] == 0]
    if not opening:
        yield "the words in bold or italics do not stand at its beginning"
        return
    end = max(stop for _, stop in opening)
    inside, after = inline.text[:end].rstrip(), inline.text[end:]
    mark = AFTER_TERM.match(after)
    if not inside.endswith((":", ".")) and not mark:
        yield f'no colon, dash, arrow or equals sign follows "{_short(inside)}"'
    elif mark and "=" in mark["mark"] and not _is_in_words(inside, after[mark.end() :]):
        yield f'a formula follows "{_short(inside)}", no words that say what it is'
        return
    yield from _no_lead(inside.rstrip(":. "), re.sub(r"^\s*(?:\([^()]*\)\s*)?[:–—-]?\s*", "", after))


def _is_in_words(term: str, text: str) -> bool:
    return bool(IN_WORDS.fullmatch(first_sentence(text))) or is_counted_from(term, text)


def _parted(spot: Spot) -> tuple[str, str] | None:
    """The words before a mark in a paragraph that begins with nothing set off, and those behind it."""
    inline = _paragraph(spot)
    found = PLAIN.match(inline.text) if inline else None
    if inline is None or found is None or any(start == 0 for start, _ in (*inline.strong, *inline.emphasis)):
        return None
    return found["term"], inline.text[found.end() :]


def _plain_lead(spot: Spot) -> Iterator[str]:
    if (words := _parted(spot)) is None:
        return
    yield from _no_lead(*words)
    if not spot.page.listed and spot.inside(BlockKind.LIST) is None:
        yield "without bold, it is in no list of such lines"
    else:
        yield "too few of the lines beside it say what something is"


def _lone_lead(spot: Spot) -> Iterator[str]:
    # What is wrong with the name or the text itself is told once, for the lines of a list.
    words = _parted(spot)
    if words is None or next(_no_lead(*words), None) or lists_no_terms(spot.page.section.title):
        return
    name = split_names(words[0])[0]
    if label_key(name) in AIMS:
        yield f'"{name}" says what something is for, and names no thing'
    yield f'it does not say in general what "{_short(name)}" is, as "the way in which" would'


def _no_lead(term: str, text: str) -> Iterator[str]:
    name = split_names(term)[0]
    if label_key(name) in NO_TERM or is_numbered(name):
        yield f'"{name}" marks a remark and names no thing'
    yield from _no_name(name)
    yield from _says_nothing(name, text, 3)


def _definition_list(spot: Spot) -> Iterator[str]:
    if spot.inside(BlockKind.TERM_LIST):
        yield "the term has no line below it that begins with a colon, or is longer than a name"


def _colon_line(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    if inline is None or not (found := re.search(r"\n[ \t]*:[ \t]+\S", inline.text)):
        return
    names = inline.text[: found.start()].split("\n")
    if len(names) > _MOST_NAMES:
        yield "more than three lines stand above the line that begins with a colon"
    for name in names:
        yield from _no_name(name)


_MOST_NAMES = 3


def _html_list(spot: Spot) -> Iterator[str]:
    html = spot.inside(BlockKind.HTML)
    if html and re.search(r"<d[lt]\b", html.text, re.IGNORECASE):
        yield "no `<dt>` with words is followed by a `<dd>` with words here"


def _table(spot: Spot) -> Iterator[str]:
    table = spot.inside(BlockKind.TABLE)
    if table is None or not table.children:
        return
    heads = ", ".join(f'"{c.inline.text.strip()}"' for c in table.children[0].children if c.inline)
    yield f'of its columns ({heads}) none is headed like "term", or none like "definition"'


def _bold_is(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    span = next(iter(set_off(inline)), None) if inline else None
    if inline is None or span is None:
        return
    words, after = inline.text[slice(*span)].strip(), inline.text[span[1] :]
    verb = re.match(
        r"\s+(?:\([^)]*\)\s*)?(?P<rest>(?:is|are|means|refers|describes|denotes)\s.*)", after, re.DOTALL
    )
    if verb is None:
        yield f'no "is" follows "{_short(words)}"'
        return
    if label_key(words) in NO_TERM:
        yield f'"{words}" marks a remark and names no thing'
    yield from _no_name(words, 6)
    yield from _no_predicate(first_sentence(verb["rest"]))
    yield f'its sentence does not begin with "{_short(words)}"'


def _called(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    if inline is None or not re.search(r"\b(?:called|known\s+as|termed|named|referred\s+to)\b", inline.text):
        return
    if not set_off(inline):
        yield "what it is called stands neither in bold nor in italics"
    else:
        yield 'its sentence does not run "A ... is called", and then the words in bold or italics'


_NAMING = re.compile(
    r"\b(?:called|known\s+as|termed|named|referred\s+to\s+as|said\s+to\s+be|speak\s+of|"
    r"call\s+(?:it|this|that|them|these|those)(?:\s\w+)?)\s+(?:an?\s+|the\s+)?\Z",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|and|or|,\s*and|,\s*or)\s+(?:an?\s+|the\s+)?\Z")
_MORE = re.compile(r"\s+\w")


def _named(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    spans = set_off(inline) if inline else ()
    for number, (start, end) in enumerate(spans) if inline else ():
        text = inline.text if inline else ""
        if not _NAMING.search(text[max(0, start - _NEAR) : start]):
            continue
        words = _short(text[start:end])
        yield from _no_name(text[start:end], 6)
        following = spans[number + 1][0] if number + 1 < len(spans) else end
        if _AND.fullmatch(text[end:following]):
            yield "several names follow, and it is not said which is which"
        if _MORE.match(text, end):
            yield f'its sentence goes on behind "{words}", with "{_first_word(text[end:])}"'
        yield f'the words before "{words}" do not say what is called so'


_NEAR = 60


def _apposition(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    for start, end in set_off(inline) if inline else ():
        text = inline.text if inline else ""
        found = APPOSED.match(text, end)
        if not found:
            continue
        words, term = found[found.lastgroup or 0], text[start:end]
        yield from _no_name(term, 6)
        if term[0].isupper() and not re.search(r"(?:\A|[.!?]\s+)\Z", text[:start]):
            yield f'"{_short(term)}" begins with a capital within a sentence, like the name of a single thing'
        if not tells_apart(words) or has_opinion(words):
            yield f'"{_short(words, 5)}" does not tell "{_short(term)}" from other things'
        if found.lastgroup != "means" and not is_noun_phrase(words):
            yield f'"{_short(words, 5)}" goes on with the sentence, and does not say what "{_short(term)}" is'
        yield f'further words in bold or italics stand behind "{_short(term)}"'


_IS = re.compile(r"\s(?P<rest>(?:is|are|means|refers\s+to)\s+(?P<then>\S*).*)", re.IGNORECASE | re.DOTALL)
_THEN = frozenset("a an the one how any simply just basically essentially defined".split())


def _line_is(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    if inline is None:
        return
    sentence = first_sentence(inline.text)
    verb = _IS.search(sentence)
    if any(start == 0 for start, _ in inline.masked):
        yield "it begins with code or a formula"
    elif verb is None:
        yield 'its first sentence has no "is", "are", "means" or "refers to"'
    else:
        subject = sentence[: verb.start()]
        if subject.casefold().startswith("the "):
            yield f'"{_short(subject)}" is a certain one, not one of a kind'
        yield from _no_name(re.sub(r"^(?:an?)\s+", "", subject, flags=re.IGNORECASE), 5)
        if verb["then"].casefold() not in _THEN:
            yield f'"{verb["then"]}" does not begin to say what it is: "a", "the" or "any" would'
        yield from _no_predicate(verb["rest"])
        yield f'"{_short(subject)}" could be anything, and names no thing of its own'


def _sentence(spot: Spot) -> Iterator[str]:
    inline = _paragraph(spot)
    if inline and not re.search(r"\b(?:consists of|is defined)\b", inline.text):
        yield 'no sentence says that a thing "consists of" or "is defined as" something'
    elif inline:
        yield 'what stands before "consists of" or "is defined as" is not "a" and a name'


# --- the table ---------------------------------------------------------------------------------------------

REFUSALS: dict[Rule, Refusal] = {
    from_front_matter: _front_matter,
    from_definition_list: _definition_list,
    from_colon_line: _colon_line,
    from_html_list: _html_list,
    from_table: _table,
    from_heading: _heading,
    from_titled_box: _titled_box,
    from_title: _title,
    from_file_name: _file_name,
    from_bullet_term: _bullet_term,
    from_indented_bullet: _indented_bullet,
    from_bold_lead: _bold_lead,
    from_plain_lead: _plain_lead,
    from_lone_lead: _lone_lead,
    from_run_on: _run_on,
    from_bold_is: _bold_is,
    from_called: _called,
    from_named: _named,
    from_line_is: _line_is,
    from_lazy_bullet: _lazy_bullet,
    from_sentence: _sentence,
    from_apposition: _apposition,
}
