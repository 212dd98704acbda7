"""The pages: each asks the library one question and chooses the words. Complete without JavaScript.

Errors are not caught here: `web.app` turns them into `error_page`, whatever address they come from.
"""

from collections import defaultdict
from collections.abc import Callable
from http import HTTPStatus
from itertools import chain
from urllib.parse import urlencode

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.contents import names_contents
from corpus.errors import GlosspathError, UnknownName
from corpus.model import LessonId, SectionContent, Severity
from corpus.tex import readable
from graph.graphml import without_controls
from graph.model import Answer, ConceptId
from graph.naming import only_points
from graph.wording import Alike, excerpt
from indexer.model import HitKind
from web.addresses import Addresses
from web.asked import check_listed, given, page_number, some_left_empty, tidied, whole_number, with_query
from web.course_drawing import course_drawing, title_of
from web.current import drawn_around, library, prose, remembered
from web.drawing import alone_on, map_drawings, needs_on, path_drawing
from web.groups import (
    by_lesson,
    by_letter,
    by_sentence,
    heading_levels,
    hits_by_place,
    problems_by_file,
    problems_by_kind,
    resource_groups,
)
from web.library import MENTIONS_SHOWN, MOST_MENTIONS
from web.linked import in_head
from web.model import ConceptLink, ConceptPage, DefinitionView, Paging, PathPage
from web.phrases import (
    CUT_SAYS,
    KIND_TITLES,
    asks_in_title,
    confidence_in_words,
    counted_changes,
    marked,
    numbered,
    reason_in_words,
    reasons_in_words,
)

# More are shown on demand: a home page is to be looked over.
LESSONS_ON_HOME = 120
GLOSSARY_PER_PAGE = 500
LONGEST_FILTER = 200
HITS_PER_PAGE = 20
QUESTIONS_PER_PAGE = 50
PROBLEMS_PER_PAGE = 200
PROBLEMS_OF_A_KIND = 30  # beside all other kinds
STEPS_PER_READING = 100
NEXT_SHOWN = 20
MOST_NEXT = 100

# What an unknown name may have been meant to be that can be searched for.
_TERMS = frozenset({"concept", "label"})

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """What is here, and where to begin."""
    page, lessons = library().home(), library().lessons()
    return render_template(
        "home.html",
        page=page,
        begin=library().first_lesson,
        to_look_up=library().is_to_look_up,
        lessons=lessons if request.args.get("lessons") == "all" else lessons[:LESSONS_ON_HOME],
        introduction=prose().sections(page.introduction),
        levels=heading_levels((view for view in page.introduction if view.section.level > 1), highest=3),
    )


@pages.get("/glossary")
def glossary() -> str | Response:
    """Every concept from A to Z, or those that were asked for."""
    if some_left_empty():
        return redirect(tidied())
    only = request.args.get("only")
    check_listed("only", only, ("undefined",))
    page = library().glossary(
        request.args.get("letter"),
        request.args.get("lesson"),
        page_number(),
        GLOSSARY_PER_PAGE,
        request.args.get("q", "")[:LONGEST_FILTER],
        only == "undefined",
    )
    return render_template(
        "glossary.html", page=page, groups=by_letter(page.entries), lessons=library().lessons()
    )


@pages.get("/concepts/<path:concept>")
def concept(concept: str) -> str | Response:
    """One concept: what it means, what comes before it, what it leads to, where it is used."""
    id = library().terms.resolve(concept)
    if id != concept:
        asked = request.query_string.decode("ascii", "replace")
        return _elsewhere(addresses().concept(id) + (f"?{asked}" if asked else ""), concept)
    shown = MOST_MENTIONS if request.args.get("uses") == "all" else MENTIONS_SHOWN
    page = library().concept_page(id, shown)
    uses = by_lesson(page.mentions.items, library().lesson_link)
    around = drawn_around(id)
    texts = prose().definitions(id)
    others = [told for told in zip(page.definitions, texts, strict=True) if _says_more(page, told[0])]
    return render_template(
        "concept.html",
        page=page,
        texts=texts,
        others=others,
        uses=uses,
        first=by_sentence(page.prerequisites),
        contested=_contested(page),
        around=around,
    )


@pages.get("/cards/<path:concept>")
def card(concept: str) -> str:
    """The fragment that a hover card shows: a concept's name, other names and first definition."""
    return render_template("card.html", page=library().concept_page(concept))


@pages.get("/lessons/<path:lesson>")
def lesson(lesson: str) -> str | Response:
    """A lesson of the notes to read, its terms linked."""
    page = library().lesson_page(lesson)
    if page.link.id != lesson:
        moved = library().moved_lesson(lesson)
        return redirect(addresses().lesson(page.link.id), _for_good_if(moved))
    texts = prose().lesson(page.link.id)
    # The section whose heading is the lesson's own title needs no heading of its own.
    first = page.sections[0].link if page.sections else None
    titled = first is not None and (first.title == page.link.title or not first.anchor)
    # The notes' own table of contents is made anew beside them: its heading would stand alone.
    emptied = {
        view.link.id
        for view in page.sections
        if view.section.content is SectionContent.EMPTY and names_contents(view.section.title)
    }
    return render_template(
        "lesson.html",
        to_look_up=library().is_to_look_up,
        page=page,
        emptied=emptied,
        titled=titled,
        texts=texts,
        questions=[question for text in texts for question in text.open],
        levels=heading_levels(page.sections[1:] if titled else page.sections, highest=2),
    )


@pages.get("/path")
def any_path() -> str | Response:
    """Where to? The address of the path to what a form asks for."""
    to = given("to")
    if not to:
        return render_template("path_to.html")
    arguments = {"known": given("known"), "depth": request.args.get("depth") or None}
    return redirect(url_for("pages.path", target=to[0], to=to[1:], **arguments))  # type: ignore[arg-type]


@pages.get("/path/<path:target>")
def path(target: str) -> str | Response:
    """What to learn, in order, to know a concept or a lesson, and more of them (`to`), for somebody who knows
    some already; no more than `depth` edges back."""
    if some_left_empty():
        return redirect(tidied())
    asked = library().target(target)
    known, more = [library().terms.resolve(term) for term in given("known")], given("to")
    if isinstance(asked, ConceptLink) and asked.id != target and not more and not request.args.get("depth"):
        return _elsewhere(addresses().path(asked.id, known), target)
    page = _path(target)
    # Each target as an address names it: a lesson may be called as a concept is.
    terms = [one.id if isinstance(one, ConceptLink) else f"lesson:{one.id}" for one in page.asked]
    return render_template(
        "path.html", page=page, target=target, more=more, terms=terms, drawing=path_drawing(page)
    )


@pages.get("/read/<path:target>")
def read(target: str) -> str:
    """All that stands on a path, to be read from beginning to end: what the notes say of each step."""
    return remembered(lambda: _reading(target))


def _reading(target: str) -> str:
    page = _path(target)
    shown = Paging(page_number(), STEPS_PER_READING, len(page.steps))
    steps = page.steps[shown.offset : shown.offset + shown.per_page]
    readings = prose().readings([step.concept.id for step in steps])
    return render_template(
        "read.html", page=page, target=target, paging=shown, steps=steps, readings=readings
    )


def _path(target: str) -> PathPage:
    """The path that the request asks for."""
    return library().path([target, *given("to")], given("known"), whole_number("depth", 100))


@pages.get("/next")
def what_next() -> str | Response:
    """What can be learned next by somebody who knows some concepts already."""
    if some_left_empty():
        return redirect(tidied())
    limit = whole_number("limit", MOST_NEXT) or NEXT_SHOWN
    known, unknown = [], []
    for term in given("known"):
        try:
            known.append(library().terms.resolve(term))
        except UnknownName as error:  # typed into the form: what else was given stays
            unknown.append(error)
    # One more than is shown, to know whether there are more.
    page = library().frontier(known, limit + 1)
    return render_template(
        "next.html", page=page, shown=page.concepts[:limit], unknown=unknown, most=MOST_NEXT
    )


@pages.get("/map")
def course_map() -> str:
    """The course as a map: its lessons; one of them, a layer, or what lies around a concept."""
    return remembered(_map)


def _map() -> str:
    asked = {name: value for name, value in request.args.items() if value.strip()}
    page = library().map(
        asked.get("around"),
        whole_number("depth", 100),
        asked.get("lesson"),
        whole_number("layer", 10_000),
        page_number(),
    )
    takes, leads = defaultdict(list), defaultdict(list)
    for one in page.between:
        takes[one.then.id].append(one)
        leads[one.first.id].append(one)
    return render_template(
        "map.html",
        page=page,
        course=course_drawing(page) if page.groups else None,
        drawings=map_drawings(page),
        alone=alone_on(page),
        takes=takes,
        leads=leads,
        needs=needs_on(page),
        asked=f"?{urlencode(asked)}" if asked else "",
    )


@pages.get("/why")
def why() -> str:
    """Why one concept comes before another, or why not."""
    prerequisite, target = (request.args.get(name, "").strip() for name in ("prerequisite", "target"))
    page = library().why(prerequisite, target) if prerequisite and target else None
    return render_template("why.html", page=page, prerequisite=prerequisite, target=target, Answer=Answer)


@pages.get("/search")
def search() -> str:
    """What a search finds, by kind and lesson."""
    query = request.args.get("q", "").strip()
    if not query:
        return render_template("search.html", page=None, query="")
    kind, lesson = request.args.get("kind") or None, request.args.get("lesson") or None
    check_listed("kind", kind, [str(k) for k in HitKind])
    page = library().search(query, kind, lesson, page_number(), HITS_PER_PAGE)
    named = next((view.hit.id for view in page.hits[:1] if view.hit.matched_label), None)
    return render_template(
        "search.html",
        page=page,
        query=page.results.query,
        places=hits_by_place(page.hits),
        only_lesson=len(library().lessons()) == 1,
        named=library().concept_page(named) if named else None,
    )


@pages.get("/feed")
def feed() -> Response:
    """What changed with the last builds, the last first, as an Atom feed."""
    builds = tuple(reversed(library().snapshot.history.builds))
    contents = [render_template("feed_entry.html", build=build) for build in builds]
    written = render_template("feed.xml", builds=builds, contents=contents)
    response = current_app.response_class(written, mimetype="application/atom+xml")
    response.add_etag(weak=True)
    response.cache_control.no_cache = True
    return response.make_conditional(request)


@pages.get("/questions")
def questions() -> str | Response:
    """Quiz items, the answers hidden until asked for."""
    if some_left_empty():
        return redirect(tidied())
    lesson, concept = request.args.get("lesson"), request.args.get("concept")
    page = library().questions(page_number(), QUESTIONS_PER_PAGE, lesson, concept)
    groups = by_lesson(page.questions, library().lesson_link)
    return render_template("questions.html", page=page, groups=groups)


@pages.get("/problems")
def problems() -> str:
    """The notes' own to-do list, by kind or by file."""
    severity, code = request.args.get("severity") or None, request.args.get("code") or None
    by = request.args.get("by") or "kind"
    check_listed("by", by, ("kind", "file"))
    number = page_number()
    if current_app.jinja_env.globals["fixed"]:
        page = library().problems(severity, code)  # there is no other page that could hold the rest
    elif by == "kind" and not code:
        page = library().problems(severity, page=number, of_each=PROBLEMS_OF_A_KIND)
    else:
        page = library().problems(severity, code, number, PROBLEMS_PER_PAGE)
    check_listed("severity", severity, page.severities)
    check_listed("code", code, page.codes)
    groups = problems_by_kind(page) if by == "kind" else problems_by_file(page)
    severities = {s.value: page.severities[s] for s in Severity if s in page.severities}
    return render_template(
        "problems.html",
        page=page,
        groups=groups,
        by=by,
        severities=severities,
        severity=severity,
        code=code,
    )


def _says_more(page: ConceptPage, view: DefinitionView) -> bool:
    """Whether a definition is another than the first, and not its words at its own place: a heading and the
    sentence below it may both define. "Synonym for ebb." tells a reader of the ebb nothing."""
    first, here, place = page.definitions[0], view.source.location, page.definitions[0].source.location
    meet = here.path == place.path and (here.holds(place.first_line) or place.holds(here.first_line))
    return view is not first and not (meet and view.alike is Alike.SAME) and not only_points(view.definition)


def _contested(page: ConceptPage) -> frozenset[ConceptId]:
    """What comes before or after a concept though the notes also say it the other way round."""
    ends = ({edge.edge.prerequisite.id, edge.edge.target.id} for edge in page.dropped)
    return frozenset(chain.from_iterable(ends)) - {page.concept.id}


def _elsewhere(address: str, asked: str) -> Response:
    """Leads to the address of the concept that was asked for: for good, if its old id was asked for."""
    return redirect(address, _for_good_if(library().terms.moved(asked)))


def _for_good_if(moved: object) -> HTTPStatus:
    return HTTPStatus.PERMANENT_REDIRECT if moved else HTTPStatus.FOUND


def error_page(status: int, title: str, said: str, error: Exception | None = None) -> str:
    """A page that says what went wrong and what to do: with the nearest names where a name was wrong, and
    with the places of a word that the notes use and never define.

    Works without a library: that there is none may be what is wrong.
    """
    near: list[tuple[str, str]] = []
    if isinstance(error, UnknownName) and (address := _near_address(error.what)):
        near = [(name, address(name)) for name in error.near]
    term = error.name if isinstance(error, UnknownName) and error.what in _TERMS else ""
    return render_template(
        "error.html",
        status=status,
        title=title,
        message=said,
        near=near,
        term=term[:LONGEST_FILTER],
        wanted=library().wanted_called(term) if term else None,
    )


def _near_address(what: str) -> Callable[[str], str] | None:
    to = addresses()
    if what == "lesson":
        return lambda name: to.lesson(LessonId(name))
    # A concept's address takes any of its labels.
    return (lambda name: to.concept(ConceptId(name))) if what in _TERMS else None


# What every template may say


@pages.app_context_processor
def _words() -> dict[str, object]:
    return {
        "to": addresses(),
        "site_title": site_title(),
        "asks_in_title": asks_in_title,
        "confidence": confidence_in_words,
        "all_of_it": lambda: "notes" if library().is_to_look_up else "course",
        "numbered": lambda lesson: lesson.title if library().is_to_look_up else numbered(lesson),
        "reason": reason_in_words,
        "reasons": reasons_in_words,
        "measured": lambda figure: library().measured(figure),
        "readable": readable,
        "linked_data": in_head,
        "excerpt": excerpt,
        "plain": without_controls,
        "whole": lambda path: request.host_url.rstrip("/") + path,
        "counted_changes": counted_changes,
        "marked": marked,
        "hit_address": lambda view: addresses().hit(view, prose().address),
        "link_address": lambda url, path: prose().address(url, path),
        "resource_groups": resource_groups,
        "kind_titles": KIND_TITLES,
        "cut_says": CUT_SAYS,
        "with_query": with_query,
        "title_of": title_of,
    }


# What a request is asked of


def site_title() -> str:
    """The notes' title; ours when there is no library to ask."""
    try:
        return library().manifest.title
    except GlosspathError:
        return "glosspath"


def addresses() -> Addresses:
    """Addresses below the prefix under which this request came."""
    return Addresses(request.script_root)
