"""Views as JSON payloads: what stands in which field. The fields' names and order are those of `payloads`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.model import ConceptEntry, Explanation, Manifest
from web import model as view
from web import payloads as json
from web.addresses import Addresses
from web.markup import sanitize, with_names_resolved

ROOT = Addresses()


@dataclass(frozen=True, slots=True)
class Presenter:
    """Makes payloads whose addresses lie below one prefix. `follow` tells where a link that was found in a
    document leads; without it, such a link is read in its section."""

    addresses: Addresses = ROOT
    follow: Callable[[str, str], str | None] = lambda _url, _path: None

    # Concepts

    def concept(self, page: view.ConceptPage) -> json.Concept:
        """Everything about one concept."""
        return json.Concept(
            id=page.concept.id,
            url=self.addresses.concept(page.concept.id),
            pref_label=page.concept.pref_label,
            alt_label=page.concept.alt_labels,
            definitions=tuple(map(self._definition, page.definitions)),
            broader=_names(kind.concept for kind in page.broader),
            narrower=_names(kind.concept for kind in page.narrower),
            related=_names(page.related),
            part_of=self._relations(page.part_of),
            parts=self._relations(page.parts),
            example_of=self._relations(page.example_of),
            examples=self._relations(page.examples),
            prerequisites=tuple(self._one_end(edge, edge.prerequisite) for edge in page.prerequisites),
            unlocks=_names(edge.target for edge in page.unlocks),
            sections=tuple(map(self._section_place, page.sections)),
            mentions=json.Mentions(page.mentions.total, tuple(map(self._mention, page.mentions.items))),
            resources=tuple(map(self._resource, page.resources)),
            figures=tuple(map(self._figure, page.figures)),
            questions=tuple(map(self._question, page.questions)),
            lesson=self._lesson_name(page.lesson),
            dropped=tuple(map(self._dropped, page.dropped)),
        )

    def _relations(self, views: Iterable[view.RelationView]) -> tuple[json.StatedRelation, ...]:
        return tuple(
            json.StatedRelation(
                one.concept.id, one.concept.pref_label, one.relation.quote, self._source(one.source)
            )
            for one in views
        )

    def concepts(self, page: view.GlossaryPage) -> json.ConceptList:
        """One page of concepts by label."""
        return json.ConceptList(
            total=page.paging.total,
            page=page.paging.page,
            per_page=page.paging.per_page,
            concepts=tuple(map(self._summary, page.entries)),
        )

    def lookup(self, answer: view.LookupAnswer) -> json.Lookup:
        """The concept that a label means."""
        return json.Lookup(
            label=answer.label,
            matched_label=answer.matched_label,
            match=answer.how,
            id=answer.entry.id,
            pref_label=answer.entry.pref_label,
            url=self.addresses.concept(answer.entry.id),
        )

    def lookups(self, answer: view.Lookups) -> json.LookupList:
        """What several labels mean."""
        labels = tuple(
            json.LabelLookup(label, self.lookup(found) if found else None, near)
            for label, found, near in answer.answers
        )
        return json.LookupList(sum(one.found is not None for one in labels), labels)

    def annotations(self, found: tuple[view.Annotation, ...]) -> json.Annotations:
        """Which concepts a text names where."""
        return json.Annotations(
            len(found),
            tuple(
                json.Annotation(
                    start=one.start,
                    end=one.end,
                    label=one.words,
                    id=one.concept.id,
                    pref_label=one.concept.pref_label,
                    url=self.addresses.concept(one.concept.id),
                )
                for one in found
            ),
        )

    # What comes first

    def path(self, page: view.PathPage) -> json.LearningPath:
        """What to learn, in order."""
        return json.LearningPath(
            target=(page.steps[-1].concept if page.steps else page.targets[-1]).id if page.targets else "",
            targets=tuple(concept.id for concept in page.targets),
            known=tuple(concept.id for concept in page.known),
            steps=tuple(
                json.Step(step.concept.id, step.concept.pref_label, self._reasons(step))
                for step in page.steps
            ),
            undefined=page.undefined,
        )

    def prerequisites(self, page: view.PrerequisitesPage) -> json.Prerequisites:
        """All that a concept needs."""
        return json.Prerequisites(
            concept=_name(page.concept),
            depth=page.depth,
            total=len(page.steps),
            prerequisites=tuple(
                json.NeededConcept(
                    id=step.concept.id,
                    pref_label=step.concept.pref_label,
                    distance=step.distance,
                    because=self._reasons(step),
                )
                for step in page.steps
            ),
        )

    def unlocks(self, page: view.ConceptPage) -> json.Unlocks:
        """The concepts that need this one."""
        return json.Unlocks(
            concept=_name(page.link),
            total=len(page.unlocks),
            unlocks=tuple(self._one_end(edge, edge.target) for edge in page.unlocks),
            further=tuple(
                json.FurtherConcept(one.concept.id, one.concept.pref_label, one.distance)
                for one in page.further
            ),
        )

    def frontier(self, page: view.FrontierPage) -> json.Frontier:
        """What can be learned next."""
        return json.Frontier(
            known=tuple(concept.id for concept in page.known),
            concepts=tuple(map(self._summary, page.concepts)),
        )

    def graph(self, page: view.MapPage) -> json.Graph:
        """What the map shows."""
        return json.Graph(
            around=_name(page.around) if page.around else None,
            depth=page.depth,
            lesson=self._lesson_name(page.lesson),
            layer=page.layer,
            groups=tuple(map(self._group, page.groups)),
            between=tuple(
                json.GraphBetween(self.lesson_name(one.first), self.lesson_name(one.then), one.edges)
                for one in page.between
            ),
            concepts=tuple(
                json.GraphConcept(one.id, self.addresses.concept(one.id), one.pref_label, one.lesson)
                for one in page.concepts
            ),
            edges=tuple(
                json.GraphEdge(one.prerequisite, one.target, json.rounded(one.confidence), one.implied)
                for one in page.edges
            ),
            left_out=page.left_out,
            page=page.paging.page,
            per_page=page.paging.per_page,
            total=page.paging.total,
        )

    def _group(self, group: view.MapGroup) -> json.GraphGroup:
        layers = tuple(json.GraphLayer(_names(one.concepts), one.more) for one in group.layers)
        return json.GraphGroup(self._lesson_name(group.lesson), group.layer, group.total, layers)

    def why(self, page: view.WhyPage) -> json.Why:
        """Why one concept comes before another."""
        return json.Why(
            prerequisite=_name(page.prerequisite),
            target=_name(page.target),
            answer=page.answer,
            edges=tuple(map(self._edge, page.edges)),
            dropped=self._dropped(page.dropped) if page.dropped else None,
        )

    # Finding

    def search(self, page: view.SearchPage) -> json.Search:
        """One page of what was found."""
        return json.Search(
            query=page.results.query,
            total=page.results.total,
            page=page.paging.page,
            per_page=page.paging.per_page,
            hits=tuple(map(self._hit, page.hits)),
            facets=json.Facets(
                kind={facet.value: facet.count for facet in page.kinds},
                lesson={facet.value: facet.count for facet in page.lessons},
            ),
            any_word=page.results.any_word,
            cut=page.results.cut,
            read_as=page.results.read_as,
            suggestion=page.results.suggestion or None,
            suggestion_total=page.results.suggestion_total,
            as_typed=page.results.as_typed or None,
            unknown=tuple(json.UnknownFilter(u.name, u.value, u.near) for u in page.results.unknown),
            unfiltered=page.results.unfiltered or None,
            unfiltered_total=page.results.unfiltered_total,
            related=_names(page.related),
            nearest=page.nearest,
            wanted=page.wanted,
        )

    def suggestions(self, answer: view.SuggestAnswer) -> json.Suggestions:
        """Completions of what was typed."""
        return json.Suggestions(
            query=answer.query,
            suggestions=tuple(
                json.SuggestedConcept(
                    id=one.concept,
                    pref_label=one.pref_label,
                    matched_label=one.matched_label,
                    url=self.addresses.concept(one.concept),
                )
                for one in answer.suggestions
            ),
        )

    # The notes themselves

    def lessons(self, entries: Iterable[view.LessonEntry]) -> json.LessonList:
        """Every lesson."""
        lessons = tuple(
            json.LessonSummary(
                id=entry.link.id,
                title=entry.link.title,
                number=entry.link.number,
                path=entry.path,
                url=self.addresses.lesson(entry.link.id),
                section_count=entry.sections,
                concept_count=entry.concepts,
                language=entry.language,
            )
            for entry in entries
        )
        return json.LessonList(len(lessons), lessons)

    def lesson(self, page: view.LessonPage) -> json.Lesson:
        """A lesson, its sections and the concepts that it defines."""
        return json.Lesson(
            id=page.link.id,
            title=page.link.title,
            number=page.link.number,
            path=page.lesson.path,
            url=self.addresses.lesson(page.link.id),
            previous=self._lesson_name(page.previous),
            next=self._lesson_name(page.next),
            sections=tuple(
                json.SectionSummary(
                    id=one.section.id,
                    title=one.section.title,
                    level=one.section.level,
                    anchor=one.section.anchor,
                    url=self.addresses.section(one.link),
                )
                for one in page.sections
            ),
            concepts=_names(page.concepts),
            defined_again=_names(page.defined_again),
            objectives=tuple(
                json.Objective(one.objective.text, self._source(one.source)) for one in page.objectives
            ),
            language=page.lesson.language,
            assumes=_names(page.assumes),
            problems=tuple(map(self._problem, page.problems)),
        )

    def section(self, one: view.SectionView) -> json.Section:
        """What stands under a heading."""
        return json.Section(
            id=one.section.id,
            url=self.addresses.section(one.link),
            title=one.section.title,
            level=one.section.level,
            lesson=one.link.lesson,
            parent=_section_name(one.parent),
            source=self._source(one.source),
            html=self._html(one.section.html),
            text="\n\n".join(passage.text for passage in one.section.passages),
            definitions=tuple(map(self._definition_in_section, one.definitions)),
            resources=tuple(map(self._resource, one.resources)),
            figures=tuple(map(self._figure, one.figures)),
            questions=tuple(map(self._question, one.questions)),
            mentions=tuple(
                json.MentionInSection(mention.concept, mention.label, mention.sentence, mention.line)
                for mention in one.mentions
            ),
        )

    def questions(self, page: view.QuestionsPage) -> json.QuestionList:
        """One page of quiz items."""
        return json.QuestionList(
            total=page.paging.total,
            page=page.paging.page,
            per_page=page.paging.per_page,
            questions=tuple(map(self._question, page.questions)),
        )

    def problems(self, page: view.ProblemsPage) -> json.Problems:
        """The notes' own to-do list."""
        problems = tuple(map(self._problem, page.problems))
        wanted = tuple(
            json.Wanted(
                one.wanted.label,
                one.wanted.uses,
                tuple(map(self._source, one.places)),
                tuple(map(self._source, one.asked_for)),
            )
            for one in page.wanted
        )
        return json.Problems(
            total=page.paging.total,
            page=page.paging.page,
            per_page=page.paging.per_page,
            severities=dict(page.severities),
            codes=dict(page.codes),
            problems=problems,
            wanted=wanted,
        )

    def line(self, page: view.LinePage) -> json.LineReading:
        """What was read at one line of the notes."""
        seen, section = page.reading, page.reading.section
        return json.LineReading(
            path=seen.location.path,
            line=seen.line,
            place=seen.place,
            first_line=seen.location.first_line,
            last_line=seen.location.last_line,
            text=seen.text,
            section=json.SectionName(section.id, section.title) if section else None,
            anchor=section.anchor if section else "",
            rules=tuple(
                json.RuleLook(look.style, look.confidence, look.looked, look.terms, look.reason)
                for look in seen.looks
            ),
            remark=seen.remark,
            found=tuple(json.Finding(one.what, one.words) for one in page.found),
            problems=tuple(map(self._problem, page.problems)),
        )

    # Parts

    def _problem(self, one: view.ProblemView) -> json.Problem:
        return json.Problem(
            code=one.problem.code,
            severity=one.problem.severity,
            message=one.problem.message,
            hint=one.problem.hint,
            source=self._source(one.source),
        )

    def _html(self, html: str) -> str:
        """HTML that is safe to show; a link by name of no note leads to the concept, or nowhere."""
        return with_names_resolved(sanitize(html), lambda url: self.follow(url, ""))

    def _source(self, source: view.Source) -> json.Source:
        return json.Source(
            path=source.location.path,
            first_line=source.location.first_line,
            last_line=source.location.last_line,
            section=_section_name(source.section),
            url=self.addresses.section(source.section) if source.section else None,
            view=source.address or None,
        )

    def _definition(self, one: view.DefinitionView) -> json.Definition:
        return json.Definition(
            text=one.definition.text,
            html=self._html(one.definition.html),
            style=one.definition.style,
            confidence=json.rounded(one.definition.confidence),
            source=self._source(one.source),
        )

    def _definition_in_section(self, one: view.SectionDefinition) -> json.DefinitionInSection:
        definition = self._definition(one.view)
        return json.DefinitionInSection(
            concept=_name(one.concept),
            text=definition.text,
            html=definition.html,
            style=definition.style,
            confidence=definition.confidence,
            source=definition.source,
        )

    def _evidence(self, edge: view.EdgeView) -> tuple[json.Evidence, ...]:
        return tuple(
            json.Evidence(
                kind=one.evidence.kind,
                weight=json.rounded(one.evidence.weight),
                quote=one.evidence.quote,
                source=self._source(one.source),
            )
            for one in edge.evidence
        )

    def _one_end(self, edge: view.EdgeView, end: view.ConceptLink) -> json.Prerequisite:
        sure, why = json.rounded(edge.edge.confidence), self._evidence(edge)
        return json.Prerequisite(end.id, end.pref_label, sure, why, edge.edge.implied)

    def _edge(self, edge: view.EdgeView) -> json.Edge:
        return json.Edge(
            prerequisite=_name(edge.prerequisite),
            target=_name(edge.target),
            confidence=json.rounded(edge.edge.confidence),
            evidence=self._evidence(edge),
        )

    def _dropped(self, dropped: view.DroppedView) -> json.DroppedEdge:
        edge = self._edge(dropped.edge)
        return json.DroppedEdge(
            edge.prerequisite,
            edge.target,
            edge.confidence,
            edge.evidence,
            loop=_names(dropped.loop),
            reason=dropped.reason,
            removed=self._source(dropped.removed_at) if dropped.removed_at else None,
            believed=tuple(map(self._edge, dropped.believed)),
        )

    def _reasons(self, step: view.StepView) -> tuple[json.Reason, ...]:
        return tuple(
            json.Reason(edge.target.id, json.rounded(edge.edge.confidence), self._evidence(edge))
            for edge in step.because
        )

    def _summary(self, entry: ConceptEntry) -> json.ConceptSummary:
        return json.ConceptSummary(
            id=entry.id,
            url=self.addresses.concept(entry.id),
            pref_label=entry.pref_label,
            alt_label=entry.alt_labels,
            summary=entry.summary,
            lesson=entry.lesson,
            unlock_count=entry.unlocks,
        )

    def _mention(self, one: view.MentionView) -> json.Mention:
        return json.Mention(one.mention.label, one.mention.sentence, self._source(one.source))

    def _resource(self, one: view.ResourceView) -> json.Resource:
        resource = one.resource
        return json.Resource(
            kind=resource.kind,
            title=resource.title,
            url=resource.url,
            name=resource.name,
            source=self._source(one.source),
            href=self.follow(resource.url, one.source.location.path),
        )

    def _figure(self, one: view.FigureView) -> json.Figure:
        figure = one.figure
        url = self.addresses.file(figure.file) if figure.file else None
        return json.Figure(
            src=figure.src,
            alt=figure.alt,
            url=url,
            missing=figure.missing,
            source=self._source(one.source),
            alt_derived=figure.alt_derived,
            width=figure.width,
            height=figure.height,
        )

    def _question(self, one: view.QuestionView) -> json.Question:
        return json.Question(
            question=one.question.question,
            answer=one.question.answer,
            explanation=one.question.explanation,
            concepts=_names(one.concepts),
            source=self._source(one.source),
            options=one.question.options,
        )

    def _hit(self, one: view.HitView) -> json.Hit:
        return json.Hit(
            kind=one.hit.kind,
            id=one.hit.id,
            title=one.hit.title,
            url=self.addresses.hit(one, self.follow),
            lesson=one.hit.lesson,
            snippet=one.hit.snippet,
            score=json.rounded(one.hit.score),
            matched_label=one.hit.matched_label or None,
            also=tuple(map(self._section_place, one.also)),
            also_more=one.hit.also_more,
            explanation=_explanation(one.hit.explanation) if one.hit.explanation else None,
        )

    def _lesson_name(self, lesson: view.LessonLink | None) -> json.LessonName | None:
        return self.lesson_name(lesson) if lesson else None

    def lesson_name(self, lesson: view.LessonLink) -> json.LessonName:
        """A lesson by name."""
        return json.LessonName(lesson.id, lesson.title, lesson.number, self.addresses.lesson(lesson.id))

    def _section_place(self, section: view.SectionLink) -> json.SectionPlace:
        return json.SectionPlace(section.id, section.title, section.lesson, self.addresses.section(section))


def status(manifest: Manifest, version: str, failure: str | None = None) -> json.Status:
    """What is being served, and by which version of glosspath; `failure` says why it is not the newest."""
    return json.Status(
        status="behind" if failure else "ok",
        glosspath=version,
        title=manifest.title,
        snapshot=manifest.id,
        format=manifest.format,
        engine=manifest.engine,
        fingerprint=manifest.fingerprint,
        counts=dict(manifest.counts),
        detail=failure,
    )


def _name(concept: view.ConceptLink | ConceptEntry) -> json.ConceptName:
    return json.ConceptName(concept.id, concept.pref_label)


def _names(concepts: Iterable[view.ConceptLink | ConceptEntry]) -> tuple[json.ConceptName, ...]:
    return tuple(map(_name, concepts))


def _section_name(section: view.SectionLink | None) -> json.SectionName | None:
    return json.SectionName(section.id, section.title) if section else None


def _explanation(why: Explanation) -> json.Explanation:
    reasons = (
        json.Asked(
            terms=reason.terms,
            fields=dict(reason.fields),
            weight=json.rounded(reason.weight),
            rarity=json.rounded(reason.rarity),
            adds=json.rounded(reason.adds),
        )
        for reason in why.reasons
    )
    return json.Explanation(named=why.named, prior=why.prior, reasons=tuple(reasons))
