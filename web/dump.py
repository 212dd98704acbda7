"""The complete dump of a snapshot as JSON: what `glosspath export json` and the API's /export write."""

from corpus.model import Definition, SectionContent, SourceLocation
from graph.model import Concept, Evidence, Mention, Prerequisite, Relation
from web import model as view
from web import payloads as json


def export(dump: view.Dump) -> json.Export:
    """Everything that the notes say, in the form "glosspath/1"."""
    return json.Export(
        format="glosspath/1",
        title=dump.title,
        lessons=tuple(json.DumpedLesson(one.id, one.title, one.path, one.sections) for one in dump.lessons),
        sections=tuple(
            json.DumpedSection(
                id=section.id,
                lesson=lesson,
                title=section.title,
                level=section.level,
                anchor=section.anchor,
                parent=section.parent,
                path=section.location.path,
                first_line=section.location.first_line,
                last_line=section.location.last_line,
                empty=section.content is SectionContent.EMPTY,
            )
            for section, lesson in dump.sections
        ),
        concepts=tuple(_concept(concept, kinds) for concept, kinds in dump.concepts),
        prerequisites=tuple(map(_prerequisite, dump.prerequisites)),
        relations=tuple(map(_relation, dump.relations)),
        mentions=tuple(map(_mention, dump.mentions)),
        in_passing=tuple(map(_mention, dump.in_passing)),
        resources=tuple(
            json.DumpedResource(
                one.kind, one.title, one.url, one.section, one.location.path, one.location.first_line
            )
            for one in dump.resources
        ),
        figures=tuple(
            json.DumpedFigure(
                src=one.src,
                alt=one.alt,
                section=one.section,
                path=one.location.path,
                line=one.location.first_line,
                missing=one.missing,
                alt_derived=one.alt_derived,
                width=one.width,
                height=one.height,
            )
            for one in dump.figures
        ),
        questions=tuple(
            json.DumpedQuestion(
                question=question.question,
                answer=question.answer,
                explanation=question.explanation,
                section=question.section,
                concepts=concepts,
                path=question.location.path,
                line=question.location.first_line,
                options=question.options,
            )
            for question, concepts in dump.questions
        ),
        objectives=tuple(
            json.DumpedObjective(one.text, one.section, one.location.path, one.location.first_line)
            for one in dump.objectives
        ),
        wanted=tuple(
            json.DumpedWanted(
                one.label, one.uses, tuple(map(_place, one.places)), tuple(map(_place, one.asked_for))
            )
            for one in dump.wanted
        ),
        problems=tuple(
            json.DumpedProblem(
                code=one.code,
                severity=one.severity,
                message=one.message,
                path=one.location.path,
                line=one.location.first_line,
                hint=one.hint,
            )
            for one in dump.problems
        ),
    )


def _concept(concept: Concept, kinds: view.Kinds) -> json.DumpedConcept:
    return json.DumpedConcept(
        id=concept.id,
        pref_label=concept.pref_label,
        alt_label=concept.alt_labels,
        hidden_label=concept.hidden_labels,
        definitions=tuple(map(_definition, concept.definitions)),
        broader=kinds.broader,
        narrower=kinds.narrower,
        related=concept.related,
        section=concept.section,
    )


def _mention(one: Mention) -> json.DumpedMention:
    return json.DumpedMention(one.concept, one.label, one.section, one.path, one.line)


def _definition(one: Definition) -> json.DumpedDefinition:
    return json.DumpedDefinition(
        term=one.term,
        text=one.text,
        style=one.style,
        confidence=json.rounded(one.confidence),
        section=one.section,
        path=one.location.path,
        first_line=one.location.first_line,
        last_line=one.location.last_line,
    )


def _prerequisite(edge: Prerequisite) -> json.DumpedPrerequisite:
    evidence = tuple(map(_evidence, edge.evidence))
    return json.DumpedPrerequisite(
        edge.prerequisite, edge.target, json.rounded(edge.confidence), evidence, edge.implied
    )


def _evidence(one: Evidence) -> json.DumpedEvidence:
    return json.DumpedEvidence(
        kind=one.kind,
        weight=json.rounded(one.weight),
        quote=one.quote,
        path=one.location.path,
        first_line=one.location.first_line,
        last_line=one.location.last_line,
    )


def _relation(one: Relation) -> json.DumpedRelation:
    return json.DumpedRelation(
        kind=one.kind,
        concept=one.one,
        of=one.other,
        quote=one.quote,
        path=one.location.path,
        first_line=one.location.first_line,
        last_line=one.location.last_line,
    )


def _place(location: SourceLocation) -> json.Place:
    return json.Place(location.path, location.first_line, location.last_line)
