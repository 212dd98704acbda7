"""The questions that pages, the JSON API and the command line ask of one snapshot.

Each answer is a frozen view of `web.model`. A term may be an id or any label; what is not in the notes raises
`UnknownName` with the nearest names. Nothing here knows HTML, JSON or addresses.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from corpus.errors import AmbiguousName, InvalidRequest, UnknownName
from corpus.figures import sized
from corpus.headings import bare_heading
from corpus.labels import label_key
from corpus.model import Figure, LessonId, Problem, RelationKind, SectionId, SourceLocation
from corpus.numbering import place_of_words
from corpus.pixels import first_bytes
from graph.model import Concept, ConceptId, DroppedPrerequisite, EvidenceKind
from graph.order import are_to_look_up
from graph.paths import PrerequisiteGraph, frontier, further_unlocked, learning_path, why
from indexer.history import BuildChanges
from indexer.model import ConceptEntry, Cut, Hit, HitKind, Manifest
from indexer.snapshot import Snapshot
from indexer.store import letter_of
from web import extracts
from web.contents import Contents
from web.listing import Listed, holds_words, listed, names_folded
from web.maps import MOST_CONCEPTS, Maps
from web.model import (
    Annotation,
    ConceptLink,
    ConceptPage,
    DroppedView,
    Dump,
    Facet,
    FrontierPage,
    FurtherView,
    GlossaryPage,
    HitView,
    HomePage,
    KindView,
    LessonEntry,
    LessonLink,
    LessonPage,
    MapPage,
    MentionList,
    MentionView,
    ObjectiveView,
    Paging,
    PathPage,
    PrerequisitesPage,
    ProblemsPage,
    ProblemView,
    QuestionsPage,
    RelationView,
    SearchPage,
    SectionLink,
    SectionView,
    SuggestAnswer,
    WantedView,
    WhyPage,
)
from web.names import Names
from web.paths import steps_of, undefined_on
from web.questions import Questions
from web.terms import LISTING, Terms

REMEMBERED_CONCEPTS = 256
REMEMBERED_LESSONS = 16
REMEMBERED_PATHS = 64
MENTIONS_SHOWN = 20
MOST_MENTIONS = 1000
MOST_UNLOCKING = 8
MOST_BESIDE = 8
MOST_NEAR = 6
MOST_NEW = 8
MOST_NAMED = 4
MOST_WANTED = 6
LONGEST_NEAR = 200
FURTHER_SHOWN = 40
# How many edges a neighbourhood reaches where nobody says otherwise.
AROUND = 2
_A_LESSON = "lesson:"

# The fields of a concept's page for both ends of a relation: what it is one of, and what is one of it.
_RELATION_ENDS = {
    RelationKind.PART_OF: ("part_of", "parts"),
    RelationKind.EXAMPLE_OF: ("example_of", "examples"),
}


class Library:
    """Answers questions from one open snapshot; safe to share between threads if the snapshot is. `terms`
    says which concept a name means."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._names = Names(snapshot)
        self.terms = Terms(snapshot)
        self._contents = Contents(snapshot, self._names)
        # A snapshot never changes, so what was answered once is still the answer.
        self._remembered_concept_page = lru_cache(REMEMBERED_CONCEPTS)(self._concept_page)
        self._remembered_lesson_page = lru_cache(REMEMBERED_LESSONS)(self._lesson_page)
        self._remembered_path = lru_cache(REMEMBERED_PATHS)(self._path)
        self._remembered_neighbourhood = lru_cache(REMEMBERED_CONCEPTS)(self._neighbourhood)
        self._remembered_lesson_map = lru_cache(REMEMBERED_LESSONS)(self._lesson_map)
        self._remembered_course_map = lru_cache(REMEMBERED_LESSONS)(self._course_map)

    @property
    def manifest(self) -> Manifest:
        """What the open snapshot is: id, title, counts, engine."""
        return self.snapshot.manifest

    @property
    def _graph(self) -> PrerequisiteGraph:
        return self.snapshot.prerequisite_graph()

    @cached_property
    def _letters(self) -> dict[str, int]:
        return self.snapshot.letters()

    @cached_property
    def first_lesson(self) -> LessonLink | None:
        """Where to begin: the first lesson that is called an introduction, or that defines something and asks
        for nothing that only comes later; None without any lesson."""
        lessons = self._names.lessons()
        places = {link.id: link.number for link in lessons}
        taught = {e.id: places[e.lesson] for e in self.snapshot.entries() if e.lesson in places}
        early = {
            place
            for concept, place in taught.items()
            for edge in self._graph.prerequisites_of(concept)
            if taught.get(edge.prerequisite, 0) > place
            and any(one.kind is EvidenceKind.STATED for one in edge.evidence)
        }
        worth_it = [
            link
            for link in lessons
            if link.id in self._concept_counts or place_of_words(bare_heading(link.title)) < 0
        ]
        return next(
            (link for link in worth_it if link.number not in early), next(iter(worth_it or lessons), None)
        )

    @cached_property
    def is_to_look_up(self) -> bool:
        """Whether the notes are a glossary to look things up in rather than a course."""
        names: dict[LessonId | None, list[str]] = {}
        for entry in sorted(self.snapshot.entries(), key=lambda entry: entry.position):
            names.setdefault(entry.lesson, []).append(entry.pref_label)
        return are_to_look_up(names.values())

    # Whole pages

    def home(self) -> HomePage:
        """What is here and where to begin."""
        return self._remembered_home

    def glossary(
        self,
        letter: str | None = None,
        lesson: str | None = None,
        page: int = 1,
        per_page: int = 100,
        words: str = "",
        undefined: bool = False,
    ) -> GlossaryPage:
        """One page of concepts by label: of one initial, in any case, or lesson, of those whose names hold
        all `words`, of those without a definition, where asked. UnknownName: the lesson; InvalidRequest: a
        letter that is none."""
        letter = self._letter(letter) if letter is not None else None
        link = self.lesson_link(lesson) if lesson is not None else None
        is_called = holds_words(words)
        is_narrowed = bool(link or words or undefined)
        kept = (
            self._listed
            if not is_narrowed
            else tuple(
                listed
                for listed in self._listed
                if (link is None or listed.entry.lesson == link.id)
                and not (undefined and listed.entry.summary)
                and is_called(listed.names)
            )
        )
        counts = Counter(listed.letter for listed in kept) if is_narrowed else self._letters
        shown = [listed.entry for listed in kept if letter in (None, listed.letter)]
        paging = Paging(page, per_page, len(shown))
        wanted = self.snapshot.wanted() if letter is None and link is None else ()
        return GlossaryPage(
            entries=tuple(shown[paging.offset : paging.offset + per_page]),
            paging=paging,
            letters={one: counts[one] for one in self._letters if one in counts},
            letter=letter,
            lesson=link,
            wanted=tuple(one for one in wanted if is_called(names_folded((one.label,)))),
            words=words,
            undefined=undefined,
        )

    def concept_page(self, term: str, mentions: int = MENTIONS_SHOWN) -> ConceptPage:
        """Everything about the concept with this id or label; its first uses. UnknownName: the term."""
        return self._remembered_concept_page(self.terms.resolve(term), mentions)

    def lesson_page(self, lesson: str) -> LessonPage:
        """A lesson to read, by id, title or number. UnknownName: the lesson."""
        return self._remembered_lesson_page(self.lesson_link(lesson))

    def section(self, section: str) -> SectionView:
        """A section with what stands in it, by id. UnknownName: the section."""
        return self._contents.section(self.snapshot.section(SectionId(section)))

    def path(self, to: Sequence[str], known: Sequence[str] = (), depth: int | None = None) -> PathPage:
        """What to learn, in order, to know the targets when `known` is known, no more than `depth` edges from
        a target. A target may be a lesson: all that it defines. UnknownName: any term."""
        asked = tuple(dict.fromkeys(map(self.target, to)))
        return self._remembered_path(asked, frozenset(map(self.terms.resolve, known)), depth)

    def target(self, term: str) -> ConceptLink | LessonLink:
        """What a way leads to: a concept by id or label, else a lesson by id, title or "lesson 5";
        "lesson:..." is always a lesson. UnknownName: the term."""
        named = term.casefold().startswith(_A_LESSON)
        if not named:
            try:
                return self._names.concept(self.terms.resolve(term))
            except AmbiguousName:
                raise
            except UnknownName as unknown:
                if lesson := self._names.lesson_called(term):
                    return lesson
                raise unknown from None
        return self.lesson_link(term[len(_A_LESSON) :].strip())

    def why(self, prerequisite: str, target: str) -> WhyPage:
        """Why one concept comes before another, or why not. UnknownName: either term."""
        found = why(self._graph, self.terms.resolve(prerequisite), self.terms.resolve(target))
        return WhyPage(
            prerequisite=self._names.concept(found.prerequisite),
            target=self._names.concept(found.target),
            answer=found.answer,
            edges=tuple(map(self._names.edge, found.edges)),
            dropped=self._dropped(found.dropped) if found.dropped else None,
        )

    def search(
        self,
        query: str,
        kind: str | None = None,
        lesson: str | None = None,
        page: int = 1,
        per_page: int = 20,
        explain: bool = False,
    ) -> SearchPage:
        """One page of what a search finds, of one kind or one lesson where asked, and why if `explain`.
        UnknownName: the lesson."""
        link = self.lesson_link(lesson) if lesson is not None else None
        of_kind = HitKind(kind) if kind is not None else None
        results = self.snapshot.search(query, of_kind, link.id if link else None, page, per_page, explain)
        is_missing = not results.total and Cut.EMPTY not in results.cut
        return SearchPage(
            results=results,
            paging=Paging(results.page, results.per_page, results.total),
            hits=tuple(
                HitView(
                    hit,
                    self._names.lesson(hit.lesson) if hit.lesson else None,
                    self._names.section(hit.section) if hit.section else None,
                    tuple(map(self._names.section, hit.also)),
                )
                for hit in results.hits
            ),
            kinds=tuple(Facet(kind, kind, count) for kind, count in results.facets.get("kind", {}).items()),
            lessons=tuple(
                Facet(id, self._names.lesson(id).title, count)
                for id, count in results.facets.get("lesson", {}).items()
            ),
            kind=kind,
            lesson=link,
            related=self._beside(results.hits),
            nearest=() if results.total else self.snapshot.nearest_labels(query[:LONGEST_NEAR], MOST_NEAR),
            wanted=tuple(w.label for w in self.snapshot.wanted()[:MOST_NEAR]) if is_missing else (),
        )

    def _beside(self, hits: tuple[Hit, ...]) -> tuple[ConceptLink, ...]:
        """What somebody may want who named the first hit: wider, narrower and related concepts, and what it
        needs."""
        if not hits or not hits[0].matched_label:
            return ()
        concept = self.snapshot.concept(ConceptId(hits[0].id))
        near = [kind.broader for kind in self.snapshot.broader_of(concept.id)]
        near += [kind.narrower for kind in self.snapshot.narrower_of(concept.id)]
        near += [*concept.related, *(edge.prerequisite for edge in self._graph.prerequisites_of(concept.id))]
        return self._links(list(dict.fromkeys(near))[:MOST_BESIDE])

    def questions(
        self, page: int = 1, per_page: int = 50, lesson: str | None = None, concept: str | None = None
    ) -> QuestionsPage:
        """One page of the quiz items, in reading order, of one lesson or about one concept where asked.
        UnknownName: the lesson or the concept."""
        link = self.lesson_link(lesson) if lesson is not None else None
        about = self._names.concept(self.terms.resolve(concept)) if concept is not None else None
        return self._questions.page(page, per_page, link, about)

    def problems(
        self,
        severity: str | None = None,
        code: str | None = None,
        page: int = 1,
        per_page: int | None = None,
        of_each: int | None = None,
    ) -> ProblemsPage:
        """The notes' own to-do list, of one severity or code where asked, and the words never defined; one
        page of it, or all of it on one, or the first `of_each` code."""
        problems = self._problems
        found = [p for p in problems if severity in (None, p.severity) and code in (None, p.code)]
        paging = Paging(page, per_page or max(1, len(found)), len(found))
        shown = found[paging.offset : paging.offset + paging.per_page]
        if of_each is not None:
            shown = _first_of_each(shown, of_each)
        return ProblemsPage(
            paging=paging,
            problems=tuple(ProblemView(p, self._names.source(p.location)) for p in shown),
            wanted=tuple(WantedView.of(wanted, self._names.source) for wanted in self.snapshot.wanted()),
            severities=dict(sorted(Counter(p.severity.value for p in problems).items())),
            codes=dict(sorted(Counter(p.code for p in problems).items())),
            kinds=Counter(p.code for p in found),
            files=Counter(p.location.path for p in found),
        )

    # Short answers

    def annotate(self, text: str) -> tuple[Annotation, ...]:
        """Where a text of anybody's uses which concept, in order; found as in the notes."""
        found = self.snapshot.concepts_in(text)
        return tuple(
            Annotation(self._names.concept(id), start, end, text[start:end]) for id, start, end in found
        )

    def wanted_called(self, label: str) -> WantedView | None:
        """The word of this name that the notes use or ask for, and never define; None if it is none."""
        key = label_key(label)
        found = (one for one in self.snapshot.wanted() if key and label_key(one.label) == key)
        wanted = next(found, None)
        return WantedView.of(wanted, self._names.source) if wanted else None

    def suggest(self, typed: str, limit: int = 8) -> SuggestAnswer:
        """Completions of what was typed so far, best first."""
        return SuggestAnswer(typed, tuple(self.snapshot.suggest(typed, limit)))

    def frontier(self, known: Sequence[str] = (), limit: int = 20) -> FrontierPage:
        """What can be learned next by somebody who knows `known`. UnknownName: any term."""
        ids = frozenset(map(self.terms.resolve, known))
        found = frontier(self._graph, ids, limit)
        in_order = sorted(ids, key=self._graph.position)
        return FrontierPage(self._links(in_order), tuple(self.snapshot.entries_by_id(found)))

    def map(
        self,
        around: str | None = None,
        depth: int | None = None,
        lesson: str | None = None,
        layer: int | None = None,
        page: int = 1,
    ) -> MapPage:
        """The map of the course; or of what lies around a concept, of a lesson, of a layer, the first that is
        given. UnknownName: the concept, the lesson or the layer."""
        if around is not None:
            near = self._names.concept(self.terms.resolve(around))
            return self._remembered_neighbourhood(near, depth or AROUND, MOST_CONCEPTS)
        if lesson is not None:
            return self._remembered_lesson_map(self.lesson_link(lesson))
        if layer is None:
            return self._remembered_course_map(page)
        if not 1 <= layer <= self._maps.layers:
            last = (str(self._maps.layers),) if self._maps.layers else ()
            raise UnknownName("layer", str(layer), last, LISTING)
        return self._maps.layer(layer)

    def neighbourhood(self, term: str, limit: int) -> MapPage:
        """What lies next to a concept, no more than `limit` concepts. UnknownName: the term."""
        return self._remembered_neighbourhood(self._names.concept(self.terms.resolve(term)), AROUND, limit)

    def prerequisites(self, term: str, depth: int | None = None) -> PrerequisitesPage:
        """All that a concept needs within `depth` edges, in teaching order. UnknownName: the term."""
        concept = self.terms.resolve(term)
        steps = steps_of(learning_path(self._graph, [concept], depth=depth), self.snapshot, self._names)
        others = tuple(step for step in steps if step.concept.id != concept)
        return PrerequisitesPage(self._names.concept(concept), depth, others)

    def lessons(self) -> tuple[LessonEntry, ...]:
        """Every lesson, in reading order, with the numbers of its sections and of the concepts it defines."""
        return tuple(
            LessonEntry(
                link,
                lesson.path,
                len(lesson.sections),
                self._concept_counts.get(link.id, 0),
                lesson.language,
                self._introduced.get(link.id, ()),
            )
            for link, lesson in zip(self._names.lessons(), self.snapshot.lessons(), strict=True)
        )

    def lesson_link(self, lesson: str) -> LessonLink:
        """A lesson by name: by id, else by an id that it had before, else by title or number. UnknownName:
        the lesson."""
        return self.moved_lesson(lesson) or self._names.lesson_called(lesson) or self._names.lesson(lesson)

    def moved_lesson(self, id: str) -> LessonLink | None:
        """The lesson which had this id before, under the one that it has now; None for any other name."""
        now = self.snapshot.lesson_moved_to(LessonId(id))
        return self._names.lesson(now) if now else None

    def moved_section(self, id: str) -> SectionLink | None:
        """The section that had this id before its lesson had the one that it has now; None for any other."""
        place = -1
        while (place := id.find("/", place + 1)) >= 0:
            if now := self.snapshot.lesson_moved_to(LessonId(id[:place])):
                try:
                    return self._names.section(SectionId(f"{now}{id[place:]}"))
                except UnknownName:
                    return None
        return None

    def section_link(self, section: SectionId) -> SectionLink:
        """A section by name, by id. UnknownName: the section."""
        return self._names.section(section)

    def figures_in(self, section: SectionId) -> tuple[Figure, ...]:
        """The pictures of a section, with their sizes where the notes tell them."""
        return tuple(self.snapshot.figures_in(section))

    def dump(self) -> Dump:
        """Everything that the snapshot knows, for other programs."""
        return extracts.everything(self.snapshot)

    def dump_of_lesson(self, lesson: str) -> Dump:
        """The concepts that a lesson introduces, and what connects them with each other. UnknownName: the
        lesson."""
        return extracts.of_lesson(self.snapshot, self.lesson_link(lesson).id)

    def dump_about(self, concepts: Iterable[ConceptId]) -> Dump:
        """What is to be known of some concepts by themselves: how they are connected to others, and all that
        is above them and what is related to them."""
        return extracts.about(self.snapshot, concepts)

    # Views of parts

    def _letter(self, asked: str) -> str:
        """The letter under which labels with this initial are listed."""
        if len(asked) != 1:
            listed = ", ".join(self._letters) or "none here"
            raise InvalidRequest(
                "letter", f"There is no letter {asked[:40]!r}: give one of those that are listed, {listed}."
            )
        return letter_of(label_key(asked))

    @cached_property
    def _questions(self) -> Questions:
        return Questions(self._contents.questions(self.snapshot.questions()), self._names.lessons())

    @cached_property
    def _introduced(self) -> dict[LessonId, tuple[ConceptLink, ...]]:
        """The concepts of each lesson that most others need, in the notes' order."""
        found: dict[LessonId, list[ConceptEntry]] = defaultdict(list)
        for entry in self.snapshot.entries():
            if entry.lesson:
                found[entry.lesson].append(entry)
        return {
            lesson: tuple(
                ConceptLink(entry.id, entry.pref_label)
                for entry in sorted(
                    sorted(entries, key=lambda entry: (-entry.unlocks, entry.position, entry.id))[
                        :MOST_NAMED
                    ],
                    key=lambda entry: (entry.position, entry.id),
                )
            )
            for lesson, entries in found.items()
        }

    @cached_property
    def _listed(self) -> tuple[Listed, ...]:
        """All concepts from A to Z. Kept: whoever narrows a list down as they type asks again and again."""
        return tuple(map(listed, self.snapshot.entries()))

    @cached_property
    def _maps(self) -> Maps:
        return Maps(self._graph, self.snapshot.entries(), self._names.lessons())

    @cached_property
    def _problems(self) -> tuple[Problem, ...]:
        return self.snapshot.problems()

    @cached_property
    def _concept_counts(self) -> Mapping[LessonId, int]:
        return self.snapshot.entries_by_lesson()

    @cached_property
    def _remembered_home(self) -> HomePage:
        last = self._last_build()
        new = self.snapshot.entries_by_id(one.id for one in last.added) if last else ()
        return HomePage(
            title=self.manifest.title,
            counts=self.manifest.counts,
            introduction=tuple(map(self._contents.section, self.snapshot.introduction())),
            lessons=self._names.lessons(),
            start=self._start(),
            most_unlocking=self.snapshot.most_unlocking(MOST_UNLOCKING),
            letters=self._letters,
            new=new[:MOST_NEW],
            new_total=last.counts.get("added", 0) if last else 0,
            wanted=tuple(self.snapshot.wanted()[:MOST_WANTED]),
        )

    def _last_build(self) -> BuildChanges | None:
        """What changed with the build that made what is served; None if nothing did."""
        builds = self.snapshot.history.builds
        return builds[-1] if builds and builds[-1].after == self.snapshot.id else None

    def _links(self, concepts: Iterable[ConceptId]) -> tuple[ConceptLink, ...]:
        return tuple(map(self._names.concept, concepts))

    def _concept_page(self, id: ConceptId, mentions: int) -> ConceptPage:
        concept = self.snapshot.concept(id)
        names = self._names
        sections = self._sections_of(concept)
        total, first = self.snapshot.mentions_of(id, mentions)
        return ConceptPage(
            concept=concept,
            lesson=names.lesson(concept.lesson) if concept.lesson else None,
            definitions=tuple(self._contents.definitions(concept)),
            broader=tuple(
                KindView(names.concept(b.broader), b, names.source(b.location))
                for b in self.snapshot.broader_of(id)
            ),
            narrower=tuple(
                KindView(names.concept(b.narrower), b, names.source(b.location))
                for b in self.snapshot.narrower_of(id)
            ),
            related=self._links(concept.related),
            **self._relations_of(id),
            prerequisites=tuple(map(names.edge, self._graph.prerequisites_of(id))),
            unlocks=tuple(map(names.edge, self._graph.unlocked_by(id))),
            further=tuple(
                FurtherView(names.concept(one), distance)
                for one, distance in further_unlocked(self._graph, id, FURTHER_SHOWN)
            ),
            dropped=tuple(map(self._dropped, self._graph.dropped_at(id))),
            sections=sections,
            mentions=MentionList(
                total,
                tuple(
                    MentionView(m, names.source(SourceLocation(m.path, m.line, m.line), m.section))
                    for m in first
                ),
            ),
            resources=tuple(r for s in sections for r in self._contents.resources_in(s.id)),
            figures=tuple(f for s in sections for f in self._contents.figures_in(s.id)),
            questions=self._contents.questions(self.snapshot.questions_of(id)),
        )

    def _dropped(self, dropped: DroppedPrerequisite) -> DroppedView:
        return self._names.dropped(dropped, self._graph.believed_instead(dropped))

    def _relations_of(self, concept: ConceptId) -> dict[str, tuple[RelationView, ...]]:
        """What a concept is part of and an example of, its parts and its examples."""
        found: dict[str, list[RelationView]] = {
            name: [] for names in _RELATION_ENDS.values() for name in names
        }
        for relation in self.snapshot.relations_of(concept):
            of, its = _RELATION_ENDS[relation.kind]
            name, end = (of, relation.other) if relation.one == concept else (its, relation.one)
            view = RelationView(self._names.concept(end), relation, self._names.source(relation.location))
            found[name].append(view)
        return {name: tuple(views) for name, views in found.items()}

    def measured(self, figure: Figure) -> Figure:
        """A figure with the size of its file as it is now, for a page that leaves room for it. It is no
        part of the notes, and in no answer that the snapshot names: the file may change without a build."""
        file = self.snapshot.figure_file(figure.file)
        return sized(figure, first_bytes(file)) if file else figure

    def _sections_of(self, concept: Concept) -> tuple[SectionLink, ...]:
        """The section about a concept, then the others that define it; each once."""
        ids = dict.fromkeys((concept.section, *(d.section for d in concept.definitions)))
        return tuple(self._names.section(id) for id in ids if id)

    def _start(self) -> ConceptEntry | None:
        """The first concept in the notes' own order."""
        first = next(self._graph.concepts(), None)
        return self.snapshot.entry(first) if first else None

    def _lesson_page(self, link: LessonLink) -> LessonPage:
        before, after = self._names.neighbours(link)
        sections = tuple(map(self._contents.section, self.snapshot.sections_of(link.id)))
        own, again = self.snapshot.concepts_of(link.id), self._contents.defined_again(link.id, sections)
        return LessonPage(
            lesson=self.snapshot.lesson(link.id),
            link=link,
            sections=sections,
            assumes=self._contents.assumed(link, own, again, sections),
            concepts=own,
            defined_again=again,
            objectives=tuple(
                ObjectiveView(one, self._names.source(one.location, one.section))
                for view in sections
                for one in self.snapshot.objectives_in(view.link.id)
            ),
            problems=self._problems_in(link),
            previous=before,
            next=after,
        )

    def _problems_in(self, lesson: LessonLink) -> tuple[ProblemView, ...]:
        """What looked wrong in a lesson: in its sections, or in its file outside of any section."""
        path = self.snapshot.lesson(lesson.id).path
        views = (
            ProblemView(p, self._names.source(p.location)) for p in self._problems if p.location.path == path
        )
        return tuple(v for v in views if v.source.section is None or v.source.section.lesson == lesson.id)

    def _course_map(self, page: int) -> MapPage:
        return self._maps.course(page)

    def _lesson_map(self, lesson: LessonLink) -> MapPage:
        return self._maps.lesson(lesson)

    def _neighbourhood(self, concept: ConceptLink, depth: int, limit: int) -> MapPage:
        return self._maps.around(concept, depth, limit)

    # Paths

    def _path(
        self, asked: tuple[ConceptLink | LessonLink, ...], known: frozenset[ConceptId], depth: int | None
    ) -> PathPage:
        targets = dict.fromkeys(concept for target in asked for concept in self._meant(target))
        found = learning_path(self._graph, targets, known, depth)
        return PathPage(
            asked=asked,
            targets=self._links(found.targets),
            known=self._links(found.known),
            steps=steps_of(found, self.snapshot, self._names),
            undefined=undefined_on(found, self.snapshot, self._names),
            depth=depth,
        )

    def _meant(self, target: ConceptLink | LessonLink) -> tuple[ConceptId, ...]:
        """A concept, or all that a lesson defines, in the notes' order."""
        if isinstance(target, ConceptLink):
            return (target.id,)
        page = self.lesson_page(target.id)
        entries = (*page.concepts, *page.defined_again)
        return tuple(entry.id for entry in sorted(entries, key=lambda entry: (entry.position, entry.id)))


def _first_of_each(problems: Iterable[Problem], most: int) -> list[Problem]:
    """The first problems of each code, in their order."""
    seen: Counter[str] = Counter()
    kept = []
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= most:
            kept.append(problem)
    return kept
