"""The notes' own words as they stand on a page: which of them are linked, and where their addresses lead.

`markup` knows HTML and nothing of the notes; this file looks up what a section mentions, defines and shows,
and hands it over. What was made is remembered as long as the library is: a snapshot never changes.
"""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from corpus.anchors import NearestAnchors, means_a_heading
from corpus.errors import UnknownName
from corpus.html import names_in
from corpus.model import Figure, LessonId, Question, Section, SourceLocation
from corpus.paths import note_meant
from corpus.wikilinks import wiki_name
from graph.model import ConceptId, Mention
from graph.subjects import PAGE_STYLES
from web.addresses import Addresses
from web.library import Library
from web.markup import ID_PREFIX, Place, SafeHtml, TermLink, blocks, render, sanitize, text_of
from web.model import DefinitionView, QuestionView, SectionLink, SectionView
from web.phrases import asks_in_title

REMEMBERED_CONCEPTS = 1024
REMEMBERED_LESSONS = 64
# A block belongs to the quiz when at least this share of its words is questions and answers.
QUIZ_SHARE = 0.6
# Marks where the quiz stood. No HTML holds this character: parsers drop it.
QUIZ_MARK = "\0"
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
# What an anchor on GitHub begins with in the address of a page.
GITHUB_PREFIX = "user-content-"


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it stands on a page: what comes before its quiz and what after. `quiz` are the questions
    that stood in between and are to be shown there, with their answers hidden; `open` those that the text
    itself answers for all to see, to be asked somewhere else."""

    before: Markup
    after: Markup
    quiz: tuple[QuestionView, ...] = ()
    open: tuple[QuestionView, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to be read about one concept: the section about it, or a definition, or nothing."""

    section: SectionView | None
    text: SectionText | None
    definition: tuple[DefinitionView, Markup] | None


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one file that links can lead to: its sections by anchor, the first one first; the
    sections that hold what the notes' HTML names, by that name; which of both a stale anchor may mean."""

    sections: Mapping[str, SectionLink]
    named: Mapping[str, SectionLink]
    nearest: NearestAnchors

    @classmethod
    def of(cls, read: Iterable[tuple[Section, SectionLink]]) -> "Places":
        """The places in these sections, which stand in the order of the file."""
        sections: dict[str, SectionLink] = {}
        named: dict[str, SectionLink] = {}
        for section, link in read:
            sections.setdefault(link.anchor, link)
            for name in names_in(section.html):
                named.setdefault(name, link)
        return cls(sections, named, NearestAnchors({*sections, *named}))


class Prose:
    """Renders definitions and sections of one library for pages below one prefix."""

    def __init__(self, library: Library, to: Addresses) -> None:
        self._library = library
        self._to = to
        self._paths = frozenset(entry.path for entry in library.lessons())
        self._places = lru_cache(REMEMBERED_LESSONS)(self._read_places)
        self.definitions = lru_cache(REMEMBERED_CONCEPTS)(self._definitions)
        self.lesson = lru_cache(REMEMBERED_LESSONS)(self._lesson)

    def address(self, url: str, path: str) -> str | None:
        """Where a link in the notes' file `path` leads: as it is when that is elsewhere by http, https or
        mail; to the page that has it when it is in the notes; None when there is nothing, or nothing safe."""
        if name := wiki_name(url):
            return self._named(name[0])
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return url if parts.scheme in SAFE_SCHEMES else None
        target = self._document(unquote(parts.path), path) if parts.path else path
        return None if target is None else self._in_notes(target, unquote(parts.fragment))

    def sections(self, sections: Iterable[SectionView]) -> tuple[SectionText, ...]:
        """Sections that stand on one page, rendered in order."""
        ids: set[str] = set()
        return tuple(self._section(section, ids) for section in sections)

    def readings(self, concepts: Iterable[ConceptId]) -> tuple[Reading, ...]:
        """What the notes say of concepts, to be read one after the other: of each the section about it, which
        begins with its definition; where a section is about more than it, the definition alone."""
        ids: set[str] = set()
        readings = []
        for page in map(self._library.concept_page, concepts):
            section = page.concept.section
            view = self._library.section(section) if section else None
            shown = page.definitions[0] if page.definitions else None
            if view and (not shown or shown.source.location.first_line <= view.source.location.first_line):
                readings.append(Reading(view, self._section(view, ids), None))
            elif shown:
                readings.append(Reading(None, None, (shown, self._definition(page.link.id, shown, ids))))
            else:
                readings.append(Reading(None, None, None))
        return tuple(readings)

    def _definitions(self, concept: ConceptId) -> tuple[Markup, ...]:
        """A concept's definitions in its own order. The concept itself is not linked."""
        ids: set[str] = set()
        views = self._library.concept_page(concept).definitions
        return tuple(self._definition(concept, view, ids) for view in views)

    def _definition(self, concept: ConceptId, view: DefinitionView, ids: set[str]) -> Markup:
        definition = view.definition
        mentions = [
            mention
            for mention in self._library.snapshot.mentions_in(definition.section)
            if mention.concept != concept and _holds(definition.location, mention)
        ]
        figures = self._library.figures_in(definition.section)
        place = self._place(definition.location.path, figures, ids)
        return render(sanitize(definition.html), place, self._terms(mentions), {})

    def _lesson(self, lesson: LessonId) -> tuple[SectionText, ...]:
        """A lesson's sections in order."""
        return self.sections(self._library.lesson_page(lesson).sections)

    def _section(self, view: SectionView, ids: set[str]) -> SectionText:
        about, defined = set(), {}
        for definition in view.definitions:
            defined[definition.view.definition.term] = definition.concept.id
            if definition.view.definition.style in PAGE_STYLES:
                about.add(definition.concept.id)
        mentions = [mention for mention in view.mentions if mention.concept not in about]
        place = self._place(view.source.location.path, [one.figure for one in view.figures], ids)
        safe, terms = sanitize(view.section.html), self._terms(mentions)
        if not view.questions:
            return SectionText(render(safe, place, terms, defined), Markup())
        parts = blocks(safe)
        folded = _folded(parts, [one.question for one in view.questions])
        parts = _lettered(parts, folded)
        safe = _with_quiz_marked(parts, [q for q in _to_hide(view) if q not in folded])
        before, mark, after = render(safe, place, terms, defined).partition(QUIZ_MARK)
        asked = tuple(one for one in view.questions if one.question not in folded)
        return SectionText(before, after, asked if mark else (), () if mark else asked)

    def _terms(self, mentions: Iterable[Mention]) -> dict[str, TermLink]:
        everywhere = self._library.snapshot.commonplace
        return {
            m.label: TermLink(m.concept, self._to.concept(m.concept))
            for m in mentions
            if m.concept not in everywhere
        }

    def _place(self, path: str, shown: Iterable[Figure], ids: set[str]) -> Place:
        figures = list(map(self._library.measured, shown))
        pictures = {f.src: self._to.file(f.file) for f in figures if f.file}
        said: dict[str, list[dict[str, str]]] = {}
        for figure in figures:
            said.setdefault(figure.src, []).append(_said(figure))
        return Place(lambda url: self.address(url, path), pictures.get, ids, said)

    def _document(self, written: str, path: str) -> str | None:
        named = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
        return note_meant(named, self._paths)

    def _named(self, page: str) -> str | None:
        """Where a link by name leads that names no note: to the concept."""
        try:
            return self._to.concept(self._library.terms.resolve(page))
        except UnknownName:
            return None

    def _in_notes(self, path: str, fragment: str) -> str:
        """Where a place in a file is read. What is not there leads to what is most like it: so does the hint
        of the problem that tells of it."""
        places = self._places(path)
        wanted = fragment.removeprefix(GITHUB_PREFIX)
        for anchor in (wanted, wanted.lower()):
            if anchor and anchor in places.sections:
                return self._to.section(places.sections[anchor])
            if anchor in places.named:
                return f"{self._page(places.named[anchor])}#{quote(ID_PREFIX + anchor)}"
        if means_a_heading(wanted) and (near := places.nearest.nearest(wanted)):
            return self._in_notes(path, near)
        return self._page(next(iter(places.sections.values()), None))

    def _page(self, section: SectionLink | None) -> str:
        lesson = section.lesson if section else None
        return self._to.home() if lesson is None else self._to.lesson(lesson)

    def _read_places(self, path: str) -> Places:
        snapshot = self._library.snapshot
        lessons = [entry.link.id for entry in self._library.lessons() if entry.path == path]
        sections = [
            *snapshot.introduction(),
            *(s for lesson in lessons for s in snapshot.sections_of(lesson)),
        ]
        return Places.of((s, self._library.section_link(s.id)) for s in sections if s.location.path == path)


def _said(figure: Figure) -> dict[str, str]:
    """The attributes of a picture's tag. A share of the page's width has no height to leave room for."""
    return {k: v for k, v in (("alt", figure.alt), ("width", figure.width), ("height", figure.height)) if v}


def _holds(location: SourceLocation, mention: Mention) -> bool:
    return mention.path == location.path and location.holds(mention.line)


def _to_hide(view: SectionView) -> list[Question]:
    """The questions whose answers a reader is not to see at once; under a heading that asks stands prose."""
    asked = [one.question for one in view.questions]
    return [q for q in asked if q.options or not asks_in_title(q.question, view.section.title)]


def _folded(section: Sequence[SafeHtml], questions: Sequence[Question]) -> list[Question]:
    """The questions whose answers the notes themselves keep hidden: between a question and the next one the
    answer, or why it is right, stands in a box that is opened."""
    if not questions or not any("<details" in block for block in section):
        return []
    words = ["".join(text_of(block).split()) for block in section]
    places, at = [], 0
    for question in questions:
        asked = "".join(question.question.split())
        at = next((n for n in range(at, len(words)) if asked in words[n]), at)
        places.append(at)
    found = []
    for question, start, end in zip(questions, places, [*places[1:], len(words)], strict=True):
        told = ["".join(said.split()) for said in (question.answer, question.explanation) if said]
        boxes = [words[n] for n in range(start, max(start + 1, end)) if "<details" in section[n]]
        if any(said in box for said in told for box in boxes):
            found.append(question)
    return found


def _lettered(section: Iterable[SafeHtml], questions: Iterable[Question]) -> list[SafeHtml]:
    """A section in which options that an answer calls by a letter have letters."""
    by_letter = {
        " ".join(question.options)
        for question in questions
        if question.answer in map(". ".join, zip(ascii_uppercase, question.options, strict=False))
    }
    return [
        SafeHtml(block.replace("<ol>", '<ol type="A">', 1)) if text_of(block) in by_letter else block
        for block in section
    ]


def _with_quiz_marked(section: Iterable[SafeHtml], questions: Iterable[Question]) -> SafeHtml:
    """A section without the blocks that hold these questions and their answers; a mark where the first one
    stood. What the notes fold is hidden by them."""
    parts = [p for q in questions for p in (q.question, q.answer, q.explanation, *q.options) if p]
    kept, marked = [], False
    for block in section:
        if not parts or "<details" in block or not _is_quiz(text_of(block), parts):
            kept.append(block)
        elif not marked:
            kept.append(SafeHtml(QUIZ_MARK))
            marked = True
    return SafeHtml("".join(kept))


def _is_quiz(text: str, parts: Iterable[str]) -> bool:
    words = "".join(text.split())
    found = sum(len(part) for part in ("".join(p.split()) for p in parts) if part in words)
    return bool(words) and found >= QUIZ_SHARE * len(words)
