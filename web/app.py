"""The Flask application: made, never imported.

It puts pages and API together, answers what goes wrong, and hands out the notes' pictures.
"""

import logging
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote
from wsgiref.types import WSGIApplication

from flask import Flask, Response, current_app, request, send_file
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from corpus.errors import UnknownName, near_misses
from corpus.pixels import PICTURE_TYPES
from indexer.manifest import package_version
from web.api import HTML, JSON, PROBLEM, answer_as_page, api, preferred
from web.compression import compressed
from web.current import CurrentLibrary, library
from web.discovery import discovery
from web.endpoints import DOCS, ENDPOINTS, ROOT
from web.failures import OWN_FAULT, UNKNOWN_ADDRESS, detail_of, failure_of, problem_details, status_of
from web.pages import error_page, pages
from web.parameters import LONGEST_TEXT
from web.payloads import Health, to_json
from web.presenter import status

# Only what stands in our own files runs and is shown; the notes' pictures are handed out by us, too.
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# An SVG is a document that can run scripts: opened by itself it may do nothing.
PICTURE_SECURITY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"

# How long a browser need not ask again what other sites may ask of the API.
SECONDS_TO_REMEMBER = 86_400

# A letter of a text takes up to twelve bytes in JSON.
MOST_BYTES = 12 * LONGEST_TEXT + 1000

logger = logging.getLogger("glosspath.web")


def create_app(data: Path, *, fixed: bool = False) -> Flask:
    """The application that serves the data folder's current snapshot, and each next one once it is there.

    Pages that are `fixed` are to stand without it: they leave out what asks the server.
    Raises SnapshotError when there is none that can be used.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.extensions["current-library"] = CurrentLibrary(data)
    app.jinja_env.globals["fixed"] = fixed
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(answer_as_page)
    app.register_blueprint(pages)
    app.register_blueprint(api())
    app.register_blueprint(discovery)
    app.add_url_rule("/files/<path:file>", "picture", picture, methods=["GET"])
    app.add_url_rule("/healthz", "healthz", healthz, methods=["GET"])
    app.add_url_rule("/status", "status", show_status, methods=["GET"])
    app.register_error_handler(Exception, answer_error)
    app.after_request(_finish)
    return app


def mount(app: Flask, data: Path, url_prefix: str) -> None:
    """Serves pages, API and pictures of a data folder below `url_prefix` of an application of somebody's.

    That application's own addresses, sessions and error pages stay as they are.
    Raises SnapshotError when there is no snapshot that can be used, ValueError for a prefix that is none.
    """
    if not url_prefix.startswith("/") or url_prefix.endswith("/"):
        raise ValueError(f"The prefix {url_prefix!r} is to begin with a slash, and not to end with one.")
    mounted: dict[str, WSGIApplication] = {url_prefix: create_app(data).wsgi_app}
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, mounted)  # type: ignore[method-assign]


# What is neither a page nor a question


def picture(file: str) -> Response:
    """A picture that the notes show, from the notes' folder; nothing else of it, nothing from elsewhere."""
    found = library().snapshot.figure_file(file)
    kind = PICTURE_TYPES.get(found.suffix.lower()) if found else None
    if found is None or kind is None:
        raise NotFound
    response = send_file(found, mimetype=kind, conditional=True)
    response.headers["Content-Security-Policy"] = PICTURE_SECURITY
    return response


def healthz() -> Response:
    """Whether the server answers: for whoever restarts it when it does not."""
    return Response(to_json(Health("ok")), mimetype=JSON)


def show_status() -> Response:
    """What is being served, and whether it can be read: for whoever runs the server."""
    served = library()
    served.snapshot.check()
    current: CurrentLibrary = current_app.extensions["current-library"]
    answer = status(served.manifest, package_version(), current.failure())
    return Response(to_json(answer), mimetype=JSON)


# What goes wrong


def answer_error(error: Exception) -> Response | HTTPException:
    """The answer to a request that cannot be answered: problem details for programs, a page for people."""
    if isinstance(error, HTTPException) and (error.code is None or error.code < HTTPStatus.BAD_REQUEST):
        return error
    if failure_of(error) is OWN_FAULT:
        logger.error("%s %s failed", request.method, request.path, exc_info=error)
    if _is_for_programs():
        details = problem_details(error, request.script_root, _instance(), _near(error))
        response = Response(to_json(details), details.status, mimetype=PROBLEM)
    else:
        response = Response(_page_of(error), status_of(error), mimetype="text/html")
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                response.headers[name] = value
    return response


def _is_for_programs() -> bool:
    return request.path.startswith("/api/v") or request.path in {"/healthz", "/status"} or preferred() != HTML


def _instance() -> str:
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return request.script_root + quote(request.path) + query


def _page_of(error: Exception) -> str:
    is_misspelt = isinstance(error, UnknownName) and bool(error.near)
    said = str(error) if is_misspelt else detail_of(error, _instance(), _near(error))
    return error_page(status_of(error), failure_of(error).title, said, error)


def _near(error: Exception) -> list[str]:
    """The addresses most like the one asked for, when nothing is at that one."""
    if failure_of(error) is not UNKNOWN_ADDRESS:
        return []
    if request.path.startswith(ROOT):  # what all have in common says nothing about what is near
        found = near_misses(request.path.removeprefix(ROOT), [one.path for one in ENDPOINTS])
        return [request.script_root + ROOT + near for near in found]
    pages = [one.page for one in ENDPOINTS if one.page]
    return [request.script_root + near for near in near_misses(request.path, [*pages, DOCS])]


# What every answer carries


def _finish(response: Response) -> Response:
    """Headers that keep the reader safe and caches honest, and a smaller body where that is worth it."""
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY
        response.headers.setdefault("Cache-Control", "no-cache")  # a build changes what is shown
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.path.startswith(ROOT):
        _open_to_all(response)
    elif request.endpoint is None or request.endpoint.startswith("pages."):
        response.vary.add("Accept")
    return compressed(response, request)


def _open_to_all(response: Response) -> None:
    """Lets programs in other sites' pages read the API (CORS)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    if request.method == "OPTIONS" and response.status_code == HTTPStatus.OK:
        response.status_code = HTTPStatus.NO_CONTENT
        response.headers.pop("Content-Type", None)
        response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted({*response.allow} - {"OPTIONS"}))
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-Modified-Since, If-None-Match"
        response.headers["Access-Control-Max-Age"] = str(SECONDS_TO_REMEMBER)
