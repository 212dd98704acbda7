"""Running prose that defines: "An **X** is a ...", a line "X is a ...", "an X consists of ..."."""

import re
from collections.abc import Iterator

from corpus.definitions.leads import NO_TERM
from corpus.definitions.page import Candidate, Page
from corpus.labels import label_key, looks_like_term
from corpus.markdown import BlockKind, Inline, sentences

_COPULA = re.compile(r"\s+(?:\([^)]*\)\s*)?(?:is|are|means|refers\s+to|describes|denotes)\s", re.IGNORECASE)
_ARTICLE_ONLY = re.compile(r"(?:(?:a|an|the)\s+)?\Z", re.IGNORECASE)


def from_bold_is(page: Page) -> Iterator[Candidate]:
    """A sentence whose subject is set in bold or italics, then "is"."""
    for block in page.section.all_blocks:
        inline = block.inline
        if block.kind is not BlockKind.PARAGRAPH or not inline:
            continue
        found = list(_bold_subjects(inline))
        ends = (*(begin for begin, _ in found[1:]), None)
        for (begin, term), end in zip(found, ends[: len(found)], strict=True):
            first_line = block.first_line + inline.text.count("\n", 0, begin)
            yield Candidate(term, first_line, (block,), begin, end)


def _bold_subjects(inline: Inline) -> Iterator[tuple[int, str]]:
    """The sentences whose subject is set off: where each begins, and its subject."""
    starts = [start for start, _ in sentences(inline.text)]
    # Bold and italics at once are one span.
    for span in sorted({*inline.strong, *inline.emphasis}):
        term = re.sub(r"^(?:a|an|the)\s+", "", inline.text[slice(*span)].strip(), flags=re.IGNORECASE)
        begin = max((s for s in starts if s <= span[0]), default=0)
        if (
            _ARTICLE_ONLY.match(inline.text[begin : span[0]])
            and _COPULA.match(inline.text, span[1])
            and looks_like_term(term, longest=6)
            and label_key(term) not in NO_TERM
        ):
            yield begin, term


_LINE_IS = re.compile(
    r"(?P<article>(?:an?|the)\s+)?(?P<term>[\w][\w'’/+#-]*(?:\s+[\w][\w'’/+#-]*){0,4}?)(?:\s*\([^)]{1,60}\))?"
    r"(?:,\s[^,.]{1,80},)?\s+(?:is|are|means|refers\s+to)\s+"
    r"(?!an?\s+(?:cause|reason|part|example|application|instance|use|result|sign|symptom|feature|piece|matter|little|bit|lot|few|must)\b)"
    r"(?:an?|the|one\s+of|how|any|simply|just|basically|essentially|defined\s+as)\s",
    re.IGNORECASE,
)
_VAGUE = frozenset(
    map(
        label_key,
        "goal purpose idea problem result reason point key trick step way question answer difference "
        "advantage aim task thing one first second third last next main best simplest easiest most important "
        "part case example rest following above latter former other same opposite below before now example "
        "output input process method approach solution challenge drawback benefit fact truth catch issue "
        "concept term name word definition technique rule choice option default number value size line "
        "figure picture course lesson chapter section file here".split(),
    )
)


_NO_FIRST_WORD = frozenset(
    map(
        label_key,
        "first second third last next main best simplest easiest most important following above latter "
        "former other opposite only best-known usual typical common good bad big small new old key".split(),
    )
)


_NO_NAME_WORDS = frozenset("is are was and or who that for in with to from at by on as".split())


def from_line_is(page: Page) -> Iterator[Candidate]:
    """A line or bullet that begins "X is a ..." where X is a bare noun phrase."""
    for block in page.section.all_blocks:
        inline = block.inline
        if block.kind is not BlockKind.PARAGRAPH or not inline:
            continue
        match = _LINE_IS.match(inline.text)
        if not match or any(start == 0 for start, _ in inline.masked):
            continue
        term = match["term"]
        words = term.split()
        definite = (match["article"] or "").strip().casefold() == "the"
        if (
            looks_like_term(term, longest=5)
            and not definite
            and not all(label_key(w) in _VAGUE for w in words)
            and label_key(words[0]) not in _NO_FIRST_WORD
            and not any(
                w.casefold() in ("is", "are", "was", "of", "and", "or", "who", "that") for w in words[1:]
            )
        ):
            yield Candidate(term, block.first_line, (block,))


_IN_SENTENCE = re.compile(
    r"\b(?:an?)\s+(?P<term>(?:[\w-]+\s+){0,3}[\w-]+?)(?:\s+\([^)]{1,40}\))?\s+(?:consists\s+of|is\s+defined\s+as|is\s+defined\s+to\s+be)\s",
    re.IGNORECASE,
)
_BEFORE_CLAUSE = re.compile(r"(?:^|^[^.;:()]{1,80},\s+|[;:]\s+)\Z")


def from_sentence(page: Page) -> Iterator[Candidate]:
    """A sentence somewhere in prose that says "an X consists of" or "an X is defined as"."""
    for block in page.section.all_blocks:
        inline = block.inline
        if block.kind is not BlockKind.PARAGRAPH or not inline:
            continue
        for start, end in sentences(inline.text):
            match = _IN_SENTENCE.search(inline.text, start, end)
            if (
                match
                and _BEFORE_CLAUSE.search(inline.text[start : match.start()])
                and looks_like_term(match["term"], longest=4)
                and label_key(match["term"].split()[-1]) not in _VAGUE
            ):
                first_line = block.first_line + inline.text.count("\n", 0, start)
                yield Candidate(match["term"], first_line, (block,), start, end)
