"""The pages' words: for kinds of reasons and of hits, for how sure we are, for what changed."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from corpus import label_key
from corpus.headings import bare_heading
from corpus.numbering import title_number
from corpus.tex import readable
from graph.model import Evidence, EvidenceKind
from indexer.history import BuildChanges
from indexer.model import Cut, HitKind
from web.model import EdgeView, LessonLink

EVIDENCE_WORDS = {
    EvidenceKind.STATED: "the notes state it",
    EvidenceKind.KIND: "one is a kind of the other",
    EvidenceKind.NEEDS: "the definition says that it takes this",
    EvidenceKind.IS_A: "the definition begins with this word",
    EvidenceKind.DEFINITION: "the definition uses this word",
    EvidenceKind.HEAD_NOUN: "the name ends in this name",
    EvidenceKind.NAME: "the name holds this name",
    EvidenceKind.BODY: "the text about it uses this word",
}
# The least confidence for each: nobody should have to know what .62 means.
CONFIDENCE_WORDS = ((0.9, "as good as certain"), (0.7, "very likely"), (0.5, "likely"), (0.0, "possible"))

KIND_TITLES = {
    HitKind.CONCEPT: ("Concept", "Concepts"),
    HitKind.SECTION: ("Section", "Sections"),
    HitKind.QUESTION: ("Question", "Questions"),
    HitKind.RESOURCE: ("Link", "Links"),
    HitKind.CODE: ("Code", "Code"),
}
CUT_SAYS = {
    Cut.LENGTH: "The question was very long; only its beginning was searched for.",
    Cut.TERMS: "The question was very long; only its first words were searched for.",
    Cut.COMMON: "So many texts hold these words that the most common of them were left out.",
    Cut.EXPANSIONS: "More words begin or are spelled so than were searched for.",
    Cut.STOPS: "So common a word is only found where it stands alone or in capitals.",
    Cut.EMPTY: "There is no word in this to search for.",
}

# How many of what changed with a build, in the order in which a feed tells it.
CHANGE_WORDS = {
    "added": "new",
    "renamed": "renamed",
    "merged": "merged",
    "redefined": "defined in other words",
    "removed": "removed",
}


def counted_changes(build: BuildChanges) -> str:
    """How much changed with a build: "3 new, 1 renamed"."""
    counts = ((build.counts.get(kind, 0), words) for kind, words in CHANGE_WORDS.items())
    return ", ".join(f"{count:,} {words}" for count, words in counts if count)


def numbered(lesson: LessonLink) -> str:
    """A lesson by its number and title; a title that begins with a number of its own needs no other.

    >>> numbered(LessonLink("sea", "The sea", 2))
    'Lesson 2, The sea'
    >>> numbered(LessonLink("ebb", "Chapter 3: Ebb", 4))
    'Chapter 3: Ebb'
    """
    return lesson.title if title_number(lesson.title) else f"Lesson {lesson.number}, {lesson.title}"


def asks_in_title(question: str, title: str) -> bool:
    """Whether a section's title is the question itself, but for its number.

    >>> asks_in_title("Why does it ebb?", "2. Why does it ebb?")
    True
    >>> asks_in_title("Why?", "Test yourself: Why? How?")
    False
    """
    asked, titled = (bare_heading(readable(text)).casefold().split() for text in (question, title))
    return asked == titled


def confidence_in_words(confidence: float) -> str:
    """How sure we are, 0 to 1, in words.

    >>> confidence_in_words(0.75)
    'very likely'
    """
    return next(words for least, words in CONFIDENCE_WORDS if confidence >= least)


def reason_in_words(evidence: Evidence) -> str:
    """Why a piece of evidence speaks for its edge, in words."""
    return EVIDENCE_WORDS[evidence.kind]


def reasons_in_words(edges: Iterable[EdgeView]) -> list[str]:
    """Why the strongest evidence of each edge speaks for it, each reason once."""
    return list(dict.fromkeys(reason_in_words(edge.edge.evidence[0]) for edge in edges))


def marked(sentence: str, *labels: str) -> Markup:
    """A plain sentence as HTML, the first place of each label in it marked, whatever its case and number.

    >>> marked("A <b> of losses and tides.", "Loss", "tide")
    Markup('A &lt;b&gt; of <mark>losses</mark> and <mark>tides</mark>.')
    """
    html, at = Markup(), 0
    for first, last in sorted(_place_of(label, sentence) for label in labels):
        if at <= first < last:
            html += Markup("{}<mark>{}</mark>").format(sentence[at:first], sentence[first:last])
            at = last
    return html + escape(sentence[at:])


def _place_of(label: str, sentence: str) -> tuple[int, int]:
    """Where a label stands in a sentence: as it is written, else as another form of it (a plural); (0, 0) if
    nowhere."""
    if found := re.search(rf"(?<!\w){re.escape(label)}(?!\w)", sentence, re.IGNORECASE):
        return found.span()
    words = [match.span() for match in re.finditer(r"[\w-]+", sentence)]
    length, key = len(label.split()), label_key(label)
    ranges = ((words[at][0], words[at + length - 1][1]) for at in range(len(words) - length + 1))
    return next(((first, last) for first, last in ranges if label_key(sentence[first:last]) == key), (0, 0))
