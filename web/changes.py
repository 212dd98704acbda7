"""What changed between two states of the notes as JSON: what `glosspath diff --format json` writes."""

from corpus.model import Definition, Lesson, Section, SourceLocation
from graph.changes import Changes, EdgeChange, Succession
from graph.model import Concept
from web import payloads as json


def changed(changes: Changes, before: str, after: str) -> json.Changes:
    """What changed between two states of the notes, which are called so."""
    return json.Changes(
        before=before,
        after=after,
        changed=bool(changes),
        concepts=json.ChangedConcepts(
            added=tuple(map(_concept_then, changes.added)),
            removed=tuple(map(_concept_then, changes.removed)),
            renamed=tuple(map(_succession, changes.renamed)),
            merged=tuple(map(_succession, changes.merged)),
            split=tuple(map(_succession, changes.split)),
        ),
        definitions=tuple(
            json.DefinitionChange(
                _name(one.concept),
                _definition_then(one.before),
                _definition_then(one.after),
            )
            for one in changes.definitions
        ),
        prerequisites=json.ChangedPrerequisites(
            gained=tuple(map(_edge_then, changes.gained)), lost=tuple(map(_edge_then, changes.lost))
        ),
        lessons=json.ChangedLessons(
            added=tuple(map(_lesson_then, changes.lessons_added)),
            removed=tuple(map(_lesson_then, changes.lessons_removed)),
            renamed=tuple(
                json.LessonRenaming(_lesson_then(one.before), _lesson_then(one.after))
                for one in changes.lessons_renamed
            ),
        ),
        anchors=tuple(
            json.SectionMove(_section_then(one.before), _section_then(one.after)) for one in changes.moved
        ),
    )


def _place(location: SourceLocation) -> json.Place:
    return json.Place(location.path, location.first_line, location.last_line)


def _concept_then(concept: Concept) -> json.ConceptThen:
    place = _place(concept.definitions[0].location) if concept.definitions else None
    return json.ConceptThen(concept.id, concept.pref_label, place)


def _succession(one: Succession) -> json.Succession:
    return json.Succession(_concept_then(one.before), _concept_then(one.after), one.because)


def _definition_then(definition: Definition | None) -> json.DefinitionThen | None:
    return json.DefinitionThen(definition.text, _place(definition.location)) if definition else None


def _edge_then(change: EdgeChange) -> json.EdgeThen:
    best = change.edge.evidence[0]
    return json.EdgeThen(
        _name(change.prerequisite),
        _name(change.target),
        json.rounded(change.edge.confidence),
        best.quote,
        _place(best.location),
    )


def _lesson_then(lesson: Lesson) -> json.LessonThen:
    return json.LessonThen(lesson.id, lesson.title, lesson.path)


def _section_then(section: Section) -> json.SectionThen:
    return json.SectionThen(section.id, section.title, section.anchor, _place(section.location))


def _name(concept: Concept) -> json.ConceptName:
    return json.ConceptName(concept.id, concept.pref_label)
