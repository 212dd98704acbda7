"""What browsers and search engines ask any site for: suggestions for a search field of their own, a list of
all pages, and what of it is not worth a visit.
"""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request
from markupsafe import escape
from werkzeug.exceptions import NotFound

from corpus.model import LessonId
from graph.model import ConceptId
from web.addresses import Addresses
from web.current import library
from web.parameters import LONGEST_TERM
from web.payloads import to_json

# The most that one file may list, by the rules of sitemaps.org.
MOST_LISTED = 50_000
SUGGESTED = 8
# Each of them has as many addresses as there are questions; what they say stands on the pages.
NOT_WORTH_A_VISIT = ("/api/", "/cards/", "/next", "/path", "/read/", "/search", "/suggest", "/why")

discovery = Blueprint("discovery", __name__)


@discovery.get("/opensearch.xml")
def opensearch() -> Response:
    """What a browser needs to know to add this search to its own."""
    return Response(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")


@discovery.get("/suggest")
def suggest() -> Response:
    """What may be meant by the letters typed so far, in the form that browsers read: what was typed, and of
    each suggestion its words, what they mean, and their address."""
    typed = request.args.get("q", "")[:LONGEST_TERM]
    found = library().suggest(typed, SUGGESTED).suggestions
    meanings = {one.id: one.summary for one in library().snapshot.entries_by_id(s.concept for s in found)}
    to = Addresses(_root())
    answer = (
        typed,
        [one.pref_label for one in found],
        [meanings[one.concept] for one in found],
        [to.concept(one.concept) for one in found],
    )
    return Response(to_json(answer), mimetype="application/x-suggestions+json")


@discovery.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that is worth finding, or, of very many, the files that list them."""
    pages = list(_pages())
    if len(pages) <= MOST_LISTED:
        return _listing("urlset", "url", pages)
    files = range(1, -(-len(pages) // MOST_LISTED) + 1)
    return _listing("sitemapindex", "sitemap", [f"{_root()}/sitemap-{number}.xml" for number in files])


@discovery.get("/sitemap-<int:number>.xml")
def part_of_sitemap(number: int) -> Response:
    """One of the files that together list every page."""
    pages = list(_pages())
    part = pages[(number - 1) * MOST_LISTED : number * MOST_LISTED] if number else []
    if not part or len(pages) <= MOST_LISTED:
        raise NotFound
    return _listing("urlset", "url", part)


@discovery.get("/robots.txt")
def robots() -> Response:
    """Where the list of pages is, and what need not be visited."""
    rules = "".join(f"Disallow: {request.script_root}{path}\n" for path in NOT_WORTH_A_VISIT)
    text = f"User-agent: *\n{rules}\nSitemap: {_root()}/sitemap.xml\n"
    return Response(text, mimetype="text/plain")


def _pages() -> Iterator[str]:
    to = Addresses(_root())
    yield from (to.home(), f"{_root()}/glossary", f"{_root()}/questions")
    yield from (to.lesson(LessonId(entry.link.id)) for entry in library().lessons())
    yield from (to.concept(ConceptId(entry.id)) for entry in library().snapshot.entries())


def _listing(kind: str, item: str, addresses: list[str]) -> Response:
    lines = "".join(f"<{item}><loc>{escape(address)}</loc></{item}>\n" for address in addresses)
    written = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</{kind}>\n'
    )
    return Response(written, mimetype="application/xml")


def _root() -> str:
    """The whole address of this site, without a slash at its end."""
    return request.root_url.rstrip("/")
