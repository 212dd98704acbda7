"""Pages as linked data: what a page shows, in JSON-LD and Turtle at the same address, and in its head.

What is said stands in `web.exports.linked_data`; here it is chosen by what was asked for. Names begin with
the address under which the request came, so that each leads to its page.
"""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from itertools import accumulate
from urllib.parse import urlencode

from flask import request
from markupsafe import Markup

from corpus.model import LessonId
from graph.model import ConceptId
from web.current import library, remembered_head
from web.exports.linked_data import (
    Node,
    about_concept,
    about_glossary,
    about_lesson,
    about_questions,
    in_schema_org,
    turtle_of,
    whole,
)
from web.payloads import to_json

JSON_LD, TURTLE = "application/ld+json", "text/turtle"
# rdflib writes Turtle, and not everybody has it: then a page is not offered so.
MIMETYPES = (JSON_LD, *([TURTLE] if find_spec("rdflib") else []))
GLOSSARY_PER_PAGE, QUESTIONS_PER_PAGE = 500, 50
MOST_IN_HEAD = 20_000  # bytes of the parts of a page


def concept(given: Mapping[str, str]) -> Node:
    """A concept as a term of the glossary."""
    id = library().terms.resolve(given["id"])
    return about_concept(library().dump_about([id]), id, library().snapshot.settings(), _base())


def lesson(given: Mapping[str, str]) -> Node:
    """A lesson, what it teaches and what it asks for."""
    page = library().lesson_page(given["id"])
    dump = library().dump_about(entry.id for entry in page.concepts)
    return about_lesson(dump, LessonId(page.link.id), library().snapshot.settings(), _base())


def concepts(given: Mapping[str, str]) -> Node:
    """The glossary, or the terms of an initial or a lesson."""
    letter, of_lesson = given.get("letter") or None, given.get("lesson") or None
    page = library().glossary(letter, of_lesson, _page(given), GLOSSARY_PER_PAGE)
    terms = ((ConceptId(entry.id), entry.pref_label) for entry in page.entries)
    return about_glossary(library().manifest.title, terms, _base())


def questions(given: Mapping[str, str]) -> Node:
    """A page of quiz items, or of those of a lesson or about a concept."""
    lesson, concept = given.get("lesson") or None, given.get("concept") or None
    page = library().questions(_page(given), QUESTIONS_PER_PAGE, lesson, concept)
    asked = ((one.question, [link.id for link in one.concepts]) for one in page.questions)
    narrowed = [
        (name, link.id) for name, link in (("lesson", page.lesson), ("concept", page.concept)) if link
    ]
    which = urlencode([*narrowed, *([("page", page.paging.page)] if page.paging.page > 1 else [])])
    return about_questions(library().manifest.title, asked, _base(), which)


# By the name of the endpoint that says the same in plain JSON.
LINKED: dict[str, Callable[[Mapping[str, str]], Node]] = {
    made.__name__: made for made in (concept, lesson, concepts, questions)
}


def written(name: str, given: Mapping[str, str], mimetype: str) -> bytes:
    """A page in JSON-LD or Turtle."""
    document = whole(LINKED[name](given))
    return turtle_of(document) if mimetype == TURTLE else to_json(document, indent=2)


def in_head(name: str, **given: str) -> Markup:
    """What search engines read about a page, safe in its head: no text of the notes can end the element. Of
    very many parts, the first."""
    said = remembered_head(lambda: _said(name, given), name, *given.items())
    return Markup(f'<script type="application/ld+json">{said}</script>')  # noqa: S704 - escaped there


def _said(name: str, given: Mapping[str, str]) -> str:
    node = in_schema_org(LINKED[name](given))
    if isinstance(parts := node.get("hasPart"), list):
        sizes = accumulate(len(to_json(part)) for part in parts)
        node["hasPart"] = [part for part, size in zip(parts, sizes, strict=True) if size <= MOST_IN_HEAD]
    said = to_json(node).decode().strip()
    for sign in "<>&":
        said = said.replace(sign, f"\\u{ord(sign):04x}")
    return said


def _base() -> str:
    return request.root_url.rstrip("/")


def _page(given: Mapping[str, str]) -> int:
    asked = given.get("page", "")
    return int(asked) if asked.isdecimal() and 0 < len(asked) < 5 and int(asked) else 1
