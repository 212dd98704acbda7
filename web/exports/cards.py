"""The glossary as cards to learn by heart, for Anki: a concept asked for both ways, and the quiz questions.

Who imports a newer export gets what changed and keeps what was learned: a note is known by its concept. What
notes hold is shown by Anki as HTML, so all of it is sanitised or escaped, and no bracket is left that Anki
would take for a command ("[sound:...]").
"""

import json
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from html import escape, unescape
from io import BytesIO
from typing import TYPE_CHECKING

import nh3

from corpus.errors import ExtraMissing
from corpus.model import Definition, Figure, LessonId
from corpus.pixels import PICTURE_TYPES
from corpus.tex import readable
from graph.model import Concept
from web.exports.archives import zipped
from web.library import Library
from web.markup import MATH, Place, resolve, sanitize
from web.model import ConceptPage, QuestionView

if TYPE_CHECKING:
    import genanki

# Where nobody says when it is, a note is as old as its words make it, between these: the same words give the
# same bytes, and Anki sees that others are others. All are older than any true time.
_EARLIEST, _SECONDS_BETWEEN = 1_000_000_000, 500_000_000
GAP = "…"
_TAGS = set(
    "b blockquote br code dd del dl dt em i img kbd li ol p pre q s small strong sub sup table tbody td "
    "th thead tr u ul".split()
)
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes={"img": {"src", "alt"}}, url_schemes=set())
# Stand for the signs around mathematics while brackets are made harmless; notes that hold them lose them.
_MATHEMATICS = {"\ue000": r"\(", "\ue001": r"\)", "\ue002": r"\[", "\ue003": r"\]"}
_UNTOUCHED = re.compile("(<[^>]*>|\ue000[^\ue001]*\ue001|\ue002[^\ue003]*\ue003)")
_STYLE = """\
.card { font-family: sans-serif; font-size: 1.2rem; line-height: 1.5; max-width: 40rem; margin: 1rem auto; }
.term { font-size: 1.5rem; font-weight: bold; }
.aside { font-size: 0.9rem; opacity: 0.7; }
img { max-width: 100%; }
"""
_BEHIND = "{{FrontSide}}<hr id=answer>"
_CONCEPT_FIELDS = ("Concept", "Other names", "Definition", "Definition without the name", "Picture", "Source")
_ALSO = '{{#Other names}}<p class="aside">Also: {{Other names}}</p>{{/Other names}}'
_ASIDE = _ALSO + '<p class="aside">{{Source}}</p>'
_CONCEPT_CARDS = (
    (
        "What does it mean?",
        '<div class="term">{{Concept}}</div>',
        _BEHIND + "{{Definition}}{{Picture}}" + _ASIDE,
    ),
    (
        "What is it called?",
        "{{Definition without the name}}",
        _BEHIND + '<div class="term">{{Concept}}</div>{{Picture}}' + _ASIDE,
    ),
)
_QUESTION_FIELDS = ("Question", "Options", "Answer", "Explanation", "Source")
_QUESTION_CARDS = (
    (
        "Question",
        "<p>{{Question}}</p>{{Options}}",
        _BEHIND + '<p>{{Answer}}</p><p>{{Explanation}}</p><p class="aside">{{Source}}</p>',
    ),
)


def as_anki(library: Library, time: int | None = None, lesson: str = "") -> bytes:
    """An Anki package of all decks, or of that of a lesson. Anki takes over what changed in a note that it
    has if it is told to always, or if `time`, in seconds since 1970, is later than the last one.
    ExtraMissing: genanki is not installed; UnknownName: the lesson."""
    try:
        import genanki
    except ImportError:
        raise ExtraMissing("anki", "genanki", "anki") from None
    only = library.lesson_link(lesson).id if lesson else None
    maker = _Maker(library, time, only)
    written = BytesIO()
    genanki.Package(list(maker.decks())).write_to_file(written, timestamp=_EARLIEST)
    with zipfile.ZipFile(written) as package:
        collection = package.read("collection.anki2")
    names = sorted(maker.media)
    listed = json.dumps({str(number): name for number, name in enumerate(names)}, sort_keys=True)
    pictures = {str(number): maker.media[name] for number, name in enumerate(names)}
    return zipped({"collection.anki2": collection, "media": listed.encode(), **pictures})


class _Maker:
    """Makes the decks of one glossary, and gathers the pictures that they show, by name."""

    def __init__(self, library: Library, time: int | None, only: LessonId | None) -> None:
        self._only = only
        self.media: dict[str, bytes] = {}
        self._time = time
        self._library = library
        self._title = library.manifest.title
        self._concepts = self._model("concept", _CONCEPT_FIELDS, _CONCEPT_CARDS)
        self._questions = self._model("question", _QUESTION_FIELDS, _QUESTION_CARDS)

    def decks(self) -> "Iterator[genanki.Deck]":
        """A deck for what stands in no lesson, and one for each lesson; none that is empty or not wanted."""
        import genanki

        notes: dict[LessonId | None, list[genanki.Note]] = {None: []}
        notes.update({lesson.link.id: [] for lesson in self._library.lessons()})
        for concept in self._library.snapshot.all_concepts():
            if concept.definitions and self._is_asked_for(concept.lesson):
                page = self._library.concept_page(concept.id)
                notes[concept.lesson].append(self._concept(page))
        everything = max(1, self._library.manifest.counts.get("questions", 0))
        asked: dict[str, int] = {}
        for view in self._library.questions(per_page=everything).questions:
            same = asked[view.question.question] = asked.get(view.question.question, 0) + 1
            lesson = view.source.section.lesson if view.source.section else None
            if self._is_asked_for(lesson):
                notes[lesson].append(self._question(view, same))
        for lesson, inside in notes.items():
            if inside:
                deck = genanki.Deck(_number("deck", self._title, lesson or ""), self._deck_name(lesson))
                for note in inside:
                    deck.add_note(self._dated(note))
                yield deck

    def _is_asked_for(self, lesson: LessonId | None) -> bool:
        return self._only in (None, lesson)

    def _dated(self, note: "genanki.Note") -> "genanki.Note":
        """The note, written as of its own time: genanki knows one time for all."""
        written = "\0".join((*note.fields, *note.tags)).encode()
        time = self._time
        if time is None:
            time = _EARLIEST + int.from_bytes(sha256(written).digest()[:8]) % _SECONDS_BETWEEN
        write = note.write_to_db
        note.write_to_db = lambda cursor, _, deck, ids: write(cursor, time, deck, ids)
        return note

    def _deck_name(self, lesson: LessonId | None) -> str:
        title = _one_part(self._title)
        if lesson is None:
            return title
        link = self._library.lesson_link(lesson)
        return f"{title}::{link.number:02} {_one_part(link.title)}"

    def _model(
        self, name: str, fields: tuple[str, ...], cards: tuple[tuple[str, str, str], ...]
    ) -> "genanki.Model":
        import genanki

        return genanki.Model(
            _number("model", name),
            f"glosspath {name}",
            fields=[{"name": field} for field in fields],
            templates=[{"name": card, "qfmt": front, "afmt": back} for card, front, back in cards],
            css=_STYLE,
        )

    def _concept(self, page: ConceptPage) -> "genanki.Note":
        import genanki

        concept = page.concept
        shown = self._html(concept.definitions[0])
        pictures = (self._picture(figure) for figure in self._own_figures(page))
        return genanki.Note(
            model=self._concepts,
            guid=genanki.guid_for("glosspath", self._title, "concept", concept.id),
            fields=[
                _words(concept.pref_label),
                _words(", ".join(concept.alt_labels)),
                _harmless(shown),
                _harmless(_without_name(shown, concept)),
                "".join(f'<img src="{name}">' for name in pictures if name and f'"{name}"' not in shown),
                self._source(
                    concept.definitions[0].location.path, concept.definitions[0].location.first_line
                ),
            ],
            tags=self._tags(concept.lesson),
        )

    def _question(self, view: QuestionView, same: int) -> "genanki.Note":
        import genanki

        one = view.question
        options = "".join(f"<li>{_words(option)}</li>" for option in one.options)
        return genanki.Note(
            model=self._questions,
            guid=genanki.guid_for("glosspath", self._title, "question", one.question, same),
            fields=[
                _words(one.question),
                f"<ul>{options}</ul>" if options else "",
                _words(one.answer),
                _words(one.explanation),
                self._source(one.location.path, one.location.first_line),
            ],
            tags=self._tags(view.source.section.lesson if view.source.section else None),
        )

    def _tags(self, lesson: LessonId | None) -> list[str]:
        return ["glosspath", *([f"lesson::{'-'.join(lesson.split())}"] if lesson else [])]

    def _source(self, path: str, line: int) -> str:
        return _words(f"{path}:{line}")

    def _html(self, definition: Definition) -> str:
        """A definition as Anki shows it: mathematics for MathJax, pictures by their names in the package."""
        figures = {figure.src: figure for figure in self._library.figures_in(definition.section)}
        place = Place(
            link=lambda _: None,
            picture=lambda src: self._picture(figures[src]) if src in figures else None,
        )
        html = resolve(sanitize(_without_marks(definition.html)), place)
        return _CLEANER.clean(MATH.sub(_for_mathjax, html))

    def _own_figures(self, page: ConceptPage) -> list[Figure]:
        """The pictures of the sections that define this concept and no other."""
        defined = {s.id: self._library.snapshot.definitions_in(s.id) for s in page.sections}
        own = {id for id, found in defined.items() if {concept for concept, _ in found} == {page.concept.id}}
        return [view.figure for view in page.figures if view.figure.section in own]

    def _picture(self, figure: Figure) -> str | None:
        """The name of a picture in the package; None for one that is not there."""
        file = self._library.snapshot.figure_file(figure.file)
        if file is None or file.suffix.lower() not in PICTURE_TYPES:
            return None
        content = file.read_bytes()
        name = f"glosspath-{sha256(content).hexdigest()[:20]}{file.suffix.lower()}"
        self.media[name] = content
        return name


def _for_mathjax(match: re.Match[str]) -> str:
    tag, last_class, tex = match.groups()
    opening, closing = "\ue002\ue003" if tag == "div" or last_class == " display" else "\ue000\ue001"
    # A field is a place in a template, where double braces mean something.
    return f"{opening}{tex.strip().replace('}}', '} }').replace('{{', '{ {')}{closing}"


def _without_name(html: str, concept: Concept) -> str:
    """A definition that does not give away what it defines."""
    labels = {concept.pref_label, *concept.alt_labels, *(one.term for one in concept.definitions)}
    spelled = "|".join(
        r"\s+".join(map(re.escape, label.split()))
        for label in sorted(labels, key=lambda one: (-len(one), one))
        if label.strip()
    )
    names = re.compile(rf"(?<!\w)(?:{spelled})(?:e?s)?(?!\w)", re.IGNORECASE)
    pieces = _UNTOUCHED.split(html)
    pieces[::2] = (escape(names.sub(GAP, unescape(words)), quote=False) for words in pieces[::2])
    return "".join(pieces)


def _words(text: str) -> str:
    return _harmless(escape(readable(_without_marks(text))).replace("\n", "<br>"))


def _without_marks(text: str) -> str:
    return re.sub("[\ue000-\ue003]", "", text)


def _harmless(html: str) -> str:
    """HTML in which Anki finds no command such as "[sound:...]", and mathematics between its own signs."""
    html = html.replace("[", "&#91;")
    for mark, sign in _MATHEMATICS.items():
        html = html.replace(mark, sign)
    return html


def _one_part(title: str) -> str:
    """A title that is one level of Anki's decks."""
    return " ".join(title.replace("::", ":").replace('"', "'").split()) or "glosspath"


def _number(*parts: str) -> int:
    """A number of the size that Anki gives, the same for the same words."""
    return (1 << 30) + int.from_bytes(sha256("\0".join(("glosspath", *parts)).encode()).digest()[:4]) % (
        1 << 30
    )
