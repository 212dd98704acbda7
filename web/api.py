"""How the JSON API's answers travel: tags, links between pages of a list, and pages that answer in JSON.

What is answered stands in `web.endpoints`.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from http import HTTPStatus
from urllib.parse import quote, urlencode

import msgspec
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import HTTPException, UnsupportedMediaType
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response as BaseResponse

from indexer.manifest import package_version
from web import payloads
from web.addresses import Addresses
from web.current import library, prose, served_since
from web.endpoints import DOCS, ENDPOINTS, ROOT, Endpoint, rule_of
from web.failures import FAILURES
from web.linked import LINKED, MIMETYPES, written
from web.openapi import document
from web.parameters import MOST_PAGES, Everything, InvalidParameter, allowed, read
from web.presenter import Presenter
from web.trimming import check, fields_of, trimmed

HTML, JSON, PROBLEM = "text/html", "application/json", "application/problem+json"
# Whoever reads one page of such a list finds the others in the Link header.
Paged = payloads.ConceptList | payloads.Search | payloads.QuestionList | payloads.Problems | payloads.Graph

BY_NAME = {endpoint.name: endpoint for endpoint in ENDPOINTS}
# The addresses of pages that answer as an endpoint does when JSON is asked for.
PAGES = Map([Rule(rule_of(one.page), endpoint=one.name) for one in ENDPOINTS if one.page])


def api() -> Blueprint:
    """The API as a blueprint."""
    made = Blueprint("api", __name__)
    for endpoint in ENDPOINTS:
        made.add_url_rule(
            ROOT + rule_of(endpoint.path),
            endpoint.name,
            _view(endpoint),
            methods=["POST" if endpoint.posted else "GET"],
            strict_slashes=True,
        )
    made.add_url_rule(ROOT + "/openapi.json", "openapi", _openapi, methods=["GET"])
    made.add_url_rule(DOCS, "docs", _docs, methods=["GET"])
    for path in ("/api/", f"{ROOT}/"):
        made.add_url_rule(path, "root", _to_docs, methods=["GET"])
    return made


def _view(endpoint: Endpoint) -> Callable[..., Response]:
    def view(**in_path: str) -> Response:
        return answer(endpoint, in_path)

    return view


def answer_as_page() -> Response | None:
    """The answer to a request for a page that would rather have it as data: as the endpoint answers that says
    the same, or as linked data. None if it would not, or if nothing answers what the page shows."""
    if request.method not in {"GET", "HEAD"} or (wanted := preferred()) == HTML:
        return None
    try:
        name, in_path = PAGES.bind("").match(request.path)
    except HTTPException:
        return None
    if wanted == JSON:
        return answer(BY_NAME[name], in_path)
    return _linked(name, in_path, wanted) if name in LINKED else None


def preferred() -> str:
    """What the request would rather have; whoever takes anything, or nothing that there is, gets a page."""
    return request.accept_mimetypes.best_match([HTML, JSON, PROBLEM, *MIMETYPES], HTML)


def _linked(name: str, in_path: Mapping[str, str], mimetype: str) -> Response:
    if now := _now(BY_NAME[name], in_path):
        return _moved(BY_NAME[name], now)
    tag = entity_tag(mimetype, request.root_url)
    if _has_already(tag):
        return _with_validators(Response(status=304), tag)
    made = written(name, {**request.args.to_dict(), **in_path}, mimetype)
    return _with_validators(Response(made, mimetype=mimetype), tag)


def answer(endpoint: Endpoint, in_path: Mapping[str, str]) -> Response:
    """The answer to the request at hand; not made at all when the client names the one that it has."""
    if now := _now(endpoint, in_path):
        return _moved(endpoint, now)
    tag = entity_tag()
    if not endpoint.posted and _has_already(tag):
        return _with_validators(Response(status=304), tag)
    payload = _answered(endpoint, in_path)
    # "Whatever it is", or by time only: that there is an answer must be known first.
    if not endpoint.posted and (request.if_none_match.star_tag or _is_old_news()):
        return _with_validators(Response(status=304), tag)
    response = Response(payloads.to_json(payload[0]), mimetype=JSON)
    if isinstance(payload[1], Paged):
        response.headers["Link"] = links(payload[1].page, payload[1].per_page, payload[1].total)
    return response if endpoint.posted else _with_validators(response, tag)


def _answered(endpoint: Endpoint, in_path: Mapping[str, str]) -> tuple[object, payloads.Payload]:
    """What is asked for, and all of the answer that it is from."""
    given = {**request.args.to_dict(flat=False), **{name: [text] for name, text in in_path.items()}}
    if not request.path.startswith(ROOT):
        given = {name: texts for name, texts in given.items() if name not in endpoint.looks}
    # Nothing at all counts as not given; nothing between two commas is no name of a field.
    fields = [name.strip() for text in given.pop("fields", ()) if text for name in text.split(",")]
    check(fields, fields_of(endpoint.kinds))
    given["fields"] = fields
    if endpoint.posted:
        read(Everything, given)  # all else stands in the body
        given = {**_body(), "fields": fields}
    about = read(endpoint.question, given)
    answered = endpoint.answer(library(), Presenter(Addresses(request.script_root), follow), about)
    return trimmed(answered, about.fields), answered


def _body() -> dict[str, list[str]]:
    """What the body of a POST gives: an object of texts."""
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        sent = msgspec.json.decode(request.get_data(), type=dict[str, str])
    except msgspec.DecodeError as error:  # what is no JSON, and what is no object of texts
        message = f'The body is to be JSON such as {{"text": "..."}}. {error}.'
        raise InvalidParameter("body", message) from error
    return {name: [text] for name, text in sent.items()}


Name = payloads.ConceptName | payloads.LessonName | payloads.SectionName


def _now(endpoint: Endpoint, in_path: Mapping[str, str]) -> Name | None:
    """The name that a concept, a lesson or a section has now whose old id was asked for."""
    if endpoint.moves is payloads.ConceptName and (id := library().terms.moved(in_path["id"])):
        return payloads.ConceptName(id, library().snapshot.entry(id).pref_label)
    if endpoint.moves is payloads.LessonName and (lesson := library().moved_lesson(in_path["id"])):
        return Presenter(Addresses(request.script_root)).lesson_name(lesson)
    if endpoint.moves is payloads.SectionName and (section := library().moved_section(in_path["id"])):
        return payloads.SectionName(section.id, section.title)
    return None


def _moved(endpoint: Endpoint, now: Name) -> Response:
    """Leads to where an endpoint answers about what has this name now."""
    path = endpoint.path if request.path.startswith(ROOT) else endpoint.page or endpoint.path
    root = request.script_root + (ROOT if request.path.startswith(ROOT) else "")
    asked = request.query_string.decode("ascii", "replace")
    address = root + path.replace("{id}", quote(now.id)) + (f"?{asked}" if asked else "")
    response = Response(payloads.to_json(now), HTTPStatus.PERMANENT_REDIRECT, mimetype=JSON)
    response.headers["Location"] = address
    response.cache_control.no_cache = True  # the old id may be another concept's one day
    return response


def follow(url: str, path: str) -> str | None:
    """Where a link in the notes' document `path` leads."""
    return prose().address(url, path)


def entity_tag(*form: str) -> str:
    """Names the answer to the request at hand, in a form: another snapshot, version or address, another
    tag."""
    made_of = (package_version(), request.script_root, request.full_path, library().snapshot.known, *form)
    asked = blake2b("\n".join(made_of).encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{library().snapshot.id}-{asked}"


def links(page: int, per_page: int, total: int) -> str:
    """The Link header of one page of the list at hand: first, prev, next and last, where there are such that
    may be asked for."""
    last = min(max(1, -(-total // per_page)), MOST_PAGES)
    pages = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    if page == 1:
        del pages["prev"]
    if page >= last:
        del pages["next"]
    return ", ".join(f'<{_address_of_page(number)}>; rel="{name}"' for name, number in pages.items())


def _address_of_page(number: int) -> str:
    kept = [(name, text) for name, text in request.args.items(multi=True) if name != "page"]
    return f"{request.script_root}{request.path}?{urlencode([*kept, ('page', number)])}"


def _has_already(tag: str) -> bool:
    return request.if_none_match.contains_weak(tag) and not request.if_none_match.star_tag


def _is_old_news() -> bool:
    """Whether a client that goes by time has what is served; a tag, where there is one, is more exact."""
    asked, since = request.if_modified_since, served_since()
    return bool(asked and since and asked >= since and "If-None-Match" not in request.headers)


def _with_validators(response: Response, tag: str) -> Response:
    # Weak: the same answer travels plain or compressed. To be checked each time: a build changes answers.
    response.set_etag(tag, weak=True)
    if since := served_since():  # to None, werkzeug says that it is now
        response.last_modified = since
    response.cache_control.no_cache = True
    return response


# What describes the API


def _openapi() -> Response:
    described = payloads.to_json(document(request.script_root))
    response = Response(described, mimetype=JSON)
    response.set_etag(blake2b(described, digest_size=12).hexdigest(), weak=True)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _to_docs() -> BaseResponse:
    return redirect(request.script_root + DOCS)


def _docs() -> str:
    described = document(request.script_root)
    return render_template("api_docs.html", document=described, failures=FAILURES, allowed=allowed)
