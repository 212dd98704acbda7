"""Sentences that describe a thing before they give its name, which is set in bold or italics: "A point that
has just one neighbour is called a *leaf*.", "... long ropes, called **warps**", "we call this a *turn*".

Stress looks alike: only words of naming make a name, or a noun phrase right behind one that says what it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.blocks import Block, Inline
from corpus.definitions.page import Candidate, Page
from corpus.definitions.remarks import NO_TERM
from corpus.definitions.texts import in_words, set_off
from corpus.headings import is_numbered, lists_people
from corpus.labels import ends_in_function_word, label_key, looks_like_term
from corpus.phrasing.noun_phrases import is_noun_phrase, tells_apart
from corpus.phrasing.subjects import begins_with_is, has_verb
from corpus.phrasing.talk import has_opinion, opens_an_aside
from corpus.places import Span, beginning_in, lines_before, meeting
from corpus.sentences import sentences

_VERB = r"(?:called|known\s+as|termed|named|referred\s+to\s+as)"
_THE = r"(?:an?\s+|the\s+)?"
_OFTEN = r"(?:then\s+|usually\s+|simply\s+|often\s+|commonly\s+|generally\s+)?"
_CALLED = re.compile(
    r"(?:(?:for|in|if|when|given)\s[^,;:]{3,80},\s+)?(?:an?|any|every|each|the|those|two|all)\s[^,;:]{3,160}?\s(?:is|are)\s+(?:then\s+|usually\s+|simply\s+)?"
    rf"{_VERB}\s+{_THE}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in which something is set off, the ranges of that, and where the sentence before begins if
    that does not begin with what is set off. `words` is the text of its paragraph without formulas."""

    block: Block
    inline: Inline
    words: str
    start: int
    end: int
    spans: Sequence[Span]
    before: int | None

    @property
    def opening(self) -> str:
        """The words before what is set off, in one line, and a blank if one stands there."""
        words = self.words[self.start : self.spans[0][0]]
        return " ".join(words.split()) + (" " if words[-1:].isspace() else "")

    def named(self, span: Span, begin: int, end: int | None = None) -> Iterator[Candidate]:
        """What the range from `begin` on defines, if the words at `span` can be a name."""
        line = self.block.first_line + lines_before(self.inline.text, min(begin, span[0]))
        if term := _term(self.inline, span):
            yield Candidate(term, line, (self.block,), begin, self.end if end is None else end)


_ARTICLES = " aAnthTe\n"
# 'is called "drift"', "known as ‘neaps’".
_QUOTED = re.compile(
    rf"\b{_VERB}\s+{_THE}(?P<name>\"[^\"\n]{{2,50}}\"|“[^“”\n]{{2,50}}”|['‘][^'‘’\n]{{2,50}}['’])"
    r"(?=\s*(?:[.,;:)]|\Z))"
)
_QUOTES = "\"“”'‘’"


def _marked(inline: Inline) -> Sequence[Span]:
    """What is set off in a text, or in quotes behind words of naming."""
    spans = set_off(inline)
    if not any(verb in inline.text for verb in ("call", "known", "termed", "named", "referred")):
        return spans
    quoted = [m.span("name") for m in _QUOTED.finditer(inline.text)] if _names_in_quotes(inline.text) else []
    # What is set off names better than what is not.
    bare = [] if spans or quoted else [m.span("name") for m in _BARE.finditer(inline.text)]
    named = [span for span in bare if _is_bare_name(inline, span)]
    return sorted({*spans, *quoted, *named}) if quoted or named else spans


# "... is called leaching.", "We call this lag gravel.": nothing is set off, and the sentence ends.
_BARE = re.compile(
    rf"\b(?:(?:is|are)\s+(?:then\s+|usually\s+|simply\s+|often\s+|commonly\s+|generally\s+)?{_VERB}|call\s+(?:this|that|these|it|them))"
    r"\s+(?:an?\s+|the\s+)?(?P<name>[a-z][\w'’-]{2,}(?:\s[a-z][\w'’-]+){0,2})(?=\.(?:\s|\Z))"
)
# "It is called twice", "are called the good ones", "is called for".
_NO_BARE = frozenset(
    "one ones it that this so first last next twice once again before later now here there too back home "
    "names off up out in into on by from with when after if day today good bad well such same other "
    "others something anything nothing everything normal default automatic manual at to for of and or as "
    "me us them him her you mistake error luck fun magic life progress done".split()
)


def _is_bare_name(inline: Inline, span: Span) -> bool:
    """Whether words that nothing sets off behind "is called" can be a name: no adverb, no pronoun, no
    code."""
    words = inline.text[slice(*span)].casefold().split()
    adverb = any(word.endswith("ly") for word in words) or words[-1].endswith("times")
    return _NO_BARE.isdisjoint(words) and not adverb and not meeting(inline.masked, *span)


def _names_in_quotes(text: str) -> bool:
    return any(mark in text for mark in _QUOTES) and any(
        verb in text for verb in ("called", "known", "termed", "named", "referred")
    )


@lru_cache(maxsize=1)  # both rules ask about the same page
def _sentences(page: Page) -> Sequence[_Sentence]:
    found: list[_Sentence] = []
    for block, inline in page.paragraphs:
        spans = _marked(inline)
        words = in_words(inline) if spans else ""
        before: int | None = None
        for start, end in sentences(words) if spans else ():
            inside = beginning_in(spans, start, end)
            if inside:
                found.append(_Sentence(block, inline, words, start, end, inside, before))
            opens = inside and not words[start : inside[0][0]].strip(_ARTICLES)
            before = None if opens else start
    return found


def from_called(page: Page) -> Iterator[Candidate]:
    """ "A vertex with one neighbour is called a *leaf*.": the term set off comes last."""
    for said in _sentences(page):
        if _CALLED.match(said.opening):
            yield from said.named(said.spans[0], said.start)


# "Stars that change are known as", "Eggs and larvae together are called".
_PLURAL_CALLED = re.compile(
    rf"(?P<subject>[^\W\d_][^.;:]{{5,140}}?)\s(?:are|is)\s+{_OFTEN}(?:{_VERB}|what\s+(?:\w+\s+){{1,3}}call)\s+{_THE}\Z",
    re.IGNORECASE,
)
# "What stays behind is called".
_WHAT = re.compile(r"What\s+(?!we\b|you\b|i\b|is\b|are\b)\w+\s+\w+\s", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\s(?:that|which|who|whose|with|without|of|in|between|below|above|from|together|for|per)\b"
)
# "A blot of ink on paper, called *rorschach*", "(so-called **ellipticals**)".
_APPENDED = re.compile(
    rf"(?P<thing>[^.;:()]{{12,160}}?)(?:,|\s\()\s*(?:{_VERB}|so-called)\s+{_THE}\Z", re.IGNORECASE
)
# "When two stars circle each other, we speak of a *binary*".
_WHEN = re.compile(
    r"(?:[^.;:,]{0,60},\s+)?(?:when|if|where|once|whenever)\s[^.;]{8,160}?,?\s(?:(?:we|one|people|\w+s)\s+(?:\w+ly\s+)?(?:speak\s+of|talk\s+of|"
    rf"call\s+(?:it|this|that|them|these|the\s+result))|(?:this|it|that|the\s+result)\s+is\s+{_OFTEN}{_VERB})\s+{_THE}\Z",
    re.IGNORECASE,
)
# "If it has no loops, then it is a *tree*", "When the wind falls, that is a *lull*".
_IF_THEN = re.compile(
    r"(?:[^.;:,]{0,60},\s+)?if\s[^.;]{8,160}?,?\s+then\s+(?:it|they|\S+|(?:the|such\s+an?)\s+\S+)\s+(?:is|are)\s+an?\s+\Z"
    r"|when\s[^.;]{8,160}?,\s+that(?:\s+is|['’]s)\s+an?\s+\Z",
    re.IGNORECASE,
)
# "We say that vectors are *independent* if", "A pot is said to be *bone-dry* when".
_SAID = re.compile(
    r"(?:we\s+say\s+(?:that\s+)?(?P<we>\S[^.;]{0,120}?)\s(?:is|are)|(?:an?|the|two|any|every)\s[^.;]{2,120}?\s(?:is|are)\s+said\s+"
    r"to\s+be)\s+(?:an?\s+)?\Z",
    re.IGNORECASE,
)
# "We call a set *compact* if", "A sort is *stable* if", "$f$ is *odd* on $S$ if": of any of its kind, so not
# "The dough is *ready* when", nor where a judgement stands.
_CALL_IF = re.compile(
    r"(?:[^.;:,]{0,60},\s+)?(?:we\s+(?:also\s+)?call\s+(?:an?|any|two|such)\s[^.;:]{2,120}?"
    r"|(?:(?:an?|any|every|each|two|three)\s[^.;:]{2,120}?|(?!(?:this|these|those|most|some|many|all|things)\b)(?:\w+\s+){0,2}\w+s|x{1,40})\s+(?:is|are))\s+(?:an?\s+)?\Z",
    re.IGNORECASE,
)
_EXACTLY_IF = re.compile(
    r"(?:\s+(?:on|at|in|over|with|to)\s+\S{1,12}){0,2}\s*(?:if(?!\s+you)|iff|whenever|exactly\s+when)\b"
)
_JUDGED = frozenset(
    "important useful ready done fine good bad better best wrong right correct valid invalid optional "
    "required necessary needed allowed safe ok true false possible impossible helpful recommended enough "
    "easy hard slow fast not only also always never often too very more most less".split()
)
_IF = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:if|when|whenever|iff|provided|as\s+soon\s+as)\s")
# "This is called *tacking*", "We call this a *turn*": it says of the sentence before.
_THIS_IS = re.compile(
    rf"(?:[^.;:,]{{0,40}},\s+)?(?:th(?:is|ese|ose)(?:\s+[\w-]+){{0,2}}|they)\s+(?:is|are)\s+{_OFTEN}{_VERB}\s+{_THE}\Z"
    rf"|(?:[^.;:,]{{0,40}},\s+)?(?:we|people|one|\w+s)\s+{_OFTEN}call\s+(?:this|that|these)(?:\s+\w+)?\s+{_THE}\Z",
    re.IGNORECASE,
)
_AND_THIS = re.compile(
    rf"(?P<thing>.{{12,200}})[,;–—:]\s+(?:and\s+)?(?:{_THIS_IS.pattern})", re.IGNORECASE | re.DOTALL
)
_ENDS_NAMING = re.compile(
    r"\s*(?:[.,;:!?)(–—]|$|\s-|(?:\s|^)(?:and|of|by|in|because|after|for|when|if|since)\s)"
)


def from_named(page: Page) -> Iterator[Candidate]:
    """A name at the end of what it stands for, in less plain words; the sentence before belongs to "This is
    called ..."."""
    for said in _sentences(page):
        span, text = said.spans[0], said.inline.text
        if span[0] - said.start > _LONGEST or not _NAMES.search(text, said.start, span[0]):
            continue
        begin = _begin(said)
        # "Two halves, called **port** and **starboard**": not said which is which.
        joined = (_JOINS.fullmatch(text[one[1] : other[0]]) for one, other in pairwise(said.spans))
        if begin is not None and not any(joined):
            yield from said.named(span, begin)


_JOINS = re.compile(r"\s*(?:,|and|or|,\s*and|,\s*or)\s+(?:an?\s+|the\s+)?")


def _begin(said: _Sentence) -> int | None:
    """Where the words begin that describe what a sentence names; None if it names nothing."""
    start, after = said.start, said.inline.text[said.spans[0][1] : said.spans[0][1] + _AHEAD]
    before = said.opening
    if _SAID.fullmatch(before):
        return start if _IF.match(after) else None
    if _CALL_IF.fullmatch(before) and _EXACTLY_IF.match(after):
        return start if _is_exact(said, before) else None
    if not _ENDS_NAMING.match(after):
        return None
    joined = _AND_THIS.fullmatch(before)
    if _WHEN.fullmatch(before) or _IF_THEN.fullmatch(before) or (joined and _says_enough(joined["thing"])):
        return start
    if _THIS_IS.fullmatch(before):
        return said.before if _stands_alone(said) else None
    if plural := _PLURAL_CALLED.fullmatch(before):
        what = _WHAT.match(before)
        told = what or (_SUBJECT.search(plural["subject"]) and not opens_an_aside(before))
        return start if told else None
    appended = _APPENDED.fullmatch(before)
    return start if appended and _says_which(appended["thing"], after) else None


_OF_ANY = re.compile(r"(?:any|every|each|two|three)\s", re.IGNORECASE)


def _is_exact(said: _Sentence, before: str) -> bool:
    """Whether what is so and so "if" is a term, and not stressed: it stands in bold, of any or two of a kind,
    or among formulas, and is no judgement."""
    span = said.spans[0]
    marked = span in said.inline.strong or bool(said.inline.masked or _OF_ANY.match(before))
    return marked and _JUDGED.isdisjoint(said.inline.text[slice(*span)].casefold().split())


def _says_enough(words: str) -> bool:
    """Whether words say something of their own, and not just where a name holds: "In music,"."""
    return has_verb(words) or len(words.split()) > _A_SCOPE


def _says_which(thing: str, after: str) -> bool:
    """Whether words before ", called" say what is called so; after a verb of their own they have to end with
    it: "he loosened the brown bits (called the *fond*) with a spoon" is about other things."""
    told = len(thing.split()) > _SHORTEST or bool(_SUBJECT.search(thing))
    ended = after.lstrip(")")[:1] in (".", ",", ";", "")
    return told and (ended or not (has_verb(thing) or opens_an_aside(thing)))


_SHORTEST = 3
_A_SCOPE = 4
_LONGEST = 300
_AHEAD = 60
_NAMES = re.compile(
    r"call|known|termed|named|referred|said|say|speak|talk|then|that|\b(?:is|are)\s+(?:an?\s+)?\Z",
    re.IGNORECASE,
)


# What I did has no name of its own.
_MINE = re.compile(r"(?:I|My)\b")


def _stands_alone(said: _Sentence) -> bool:
    """Whether the sentence before is neither about a thing that it names itself nor about somebody here."""
    words = said.inline.text[said.before or 0 : said.start].strip()
    return not (begins_with_is(words) or _MINE.match(words) or words.endswith("?"))


APPOSED = re.compile(
    r"\s*(?:,\s+(?:i\.\s?e\.,?\s+|that\s+is,?\s+)?(?P<what>(?:an?|the|any)\s[^.;:]{1,200})"
    r"|\s+[-–—]{1,3}\s+(?P<dashed>(?:an?|the|any)\s[^.;:]{1,200})"
    r"|\s+[–—-]{1,3}\s+(?P<doing>[a-z]{3,}ing\s[^.;:–—]{8,200}?)\s[–—-]{1,3}\s"
    r"|,\s+which\s+means\s+(?:that\s+)?(?P<means>[^.;:]{10,200})"
    r"|\s\((?:i\.\s?e\.,?\s+|that\s+is,?\s+)?(?P<inside>(?:an?|the|any)\s[^();]{1,200})\))",
    re.IGNORECASE,
)


def from_apposition(page: Page) -> Iterator[Candidate]:
    """ "It ends with a *debrief*, a meeting in which all say what they saw.": a noun phrase right behind the
    term says what it is."""
    people = page.section.level > 0 and lists_people(page.section.title)
    for said in () if people else _sentences(page):
        for span in said.spans:
            found = APPOSED.match(said.inline.text, span[1], said.end)
            in_small = span[0] == said.start or said.inline.text[span[0]].islower()
            if found is None or not in_small:
                continue
            begin, end = found.span(found.lastgroup or 0)
            words = said.inline.text[begin:end].rstrip()
            another = beginning_in(said.spans, begin, end)
            what = found.lastgroup == "means" or (is_noun_phrase(words) and not has_opinion(words))
            if not another and what and (tells_apart(words) or _DESCRIBED.fullmatch(words)):
                yield from said.named(span, begin, end)


# "A steep narrow valley".
_DESCRIBED = re.compile(
    r"an?\s+(?!(?:very|quite|really|rather|good|nice)\s)[a-z-]+\s+[a-z-]+\s+(?!(?:one|thing)\b)[a-z-]+",
    re.IGNORECASE,
)


def _term(inline: Inline, span: Span) -> str:
    """The name that is set off, without its article; empty if it is none."""
    words = inline.text[slice(*span)].strip().strip(_QUOTES)
    term = re.sub(r"^(?:a|an|the)\s+", "", words, flags=re.IGNORECASE)
    return term if may_be_term(term) else ""


def may_be_term(term: str) -> bool:
    """Whether words that are set off in a sentence can be a name."""
    return (
        looks_like_term(term, longest=6)
        and label_key(term) not in NO_TERM
        and not is_numbered(term)
        and not ends_in_function_word(term)
    )
