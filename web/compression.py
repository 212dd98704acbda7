"""Answers made smaller on their way out, by Brotli or gzip, whichever the client would rather have."""

import gzip
from http import HTTPStatus

import brotli  # type: ignore[import-untyped] # it has no types of its own
from flask import Request, Response
from werkzeug.datastructures import Accept

SMALLEST = 1024
# Measured on answers of this API: higher levels cost several times the time for a few per cent.
BROTLI_QUALITY = 4
GZIP_LEVEL = 6
COMPRESSIBLE = (
    "application/xml",
    "text/",
    "application/json",
    "application/problem+json",
    "application/ld+json",
    "image/svg+xml",
)


def compressed(response: Response, request: Request) -> Response:
    """The response, its body compressed if that is worth it; `Vary` says that this depends on the request."""
    if not (response.mimetype or "").startswith(COMPRESSIBLE):
        return response
    response.vary.add("Accept-Encoding")
    encoding = encoding_for(request.accept_encodings)
    is_whole = response.status_code == HTTPStatus.OK or response.status_code >= HTTPStatus.BAD_REQUEST
    if encoding is None or not is_whole or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) > SMALLEST:
        response.set_data(_compress(body, encoding))
        response.headers["Content-Encoding"] = encoding
        tag, is_weak = response.get_etag()
        if tag and not is_weak:  # it named the bytes as they were
            response.set_etag(tag, weak=True)
    return response


def encoding_for(accepted: Accept) -> str | None:
    """The better of what is accepted, Brotli before gzip; None for neither."""
    best = accepted.best_match(["br", "gzip"]) if accepted.provided else None
    return best if best and accepted.quality(best) > 0 else None


def _compress(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        made: bytes = brotli.compress(body, quality=BROTLI_QUALITY)
        return made
    # A fixed time stamp: the same answer, the same bytes.
    return gzip.compress(body, GZIP_LEVEL, mtime=0)
