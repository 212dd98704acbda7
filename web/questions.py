"""The quiz items of the notes: which of them a page shows, and how many lessons and concepts have."""

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.labels import label_key
from corpus.model import LessonId
from web.model import ConceptLink, Facet, LessonLink, Paging, QuestionsPage, QuestionView


class Questions:
    """All quiz items of a snapshot, in reading order."""

    def __init__(self, views: Sequence[QuestionView], lessons: Iterable[LessonLink]) -> None:
        of_lesson = Counter(map(_lesson_of, views))
        about = Counter(concept for view in views for concept in view.concepts)
        self._views = views
        self._lessons = tuple(
            Facet(link.id, link.title, of_lesson[link.id]) for link in lessons if link.id in of_lesson
        )
        self._concepts = tuple(
            Facet(concept.id, concept.pref_label, about[concept])
            for concept in sorted(about, key=lambda one: (label_key(one.pref_label), one.id))
        )

    def page(
        self, page: int, per_page: int, lesson: LessonLink | None, concept: ConceptLink | None
    ) -> QuestionsPage:
        """One page of those of a lesson and about a concept (None: of all)."""
        found = [
            view
            for view in self._views
            if (lesson is None or _lesson_of(view) == lesson.id)
            and (concept is None or concept in view.concepts)
        ]
        paging = Paging(page, per_page, len(found))
        return QuestionsPage(
            questions=tuple(found[paging.offset : paging.offset + per_page]),
            paging=paging,
            lessons=self._lessons,
            concepts=self._concepts,
            lesson=lesson,
            concept=concept,
        )


def _lesson_of(view: QuestionView) -> LessonId | None:
    return view.source.section.lesson if view.source.section else None
