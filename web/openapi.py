"""The OpenAPI 3.1 document, made from the endpoints, their questions and their payloads."""

import re
from functools import cache
from typing import Any

import msgspec

from indexer.manifest import package_version
from web.endpoints import DOCS, ENDPOINTS, ROOT, Endpoint
from web.failures import (
    INVALID_PARAMETER,
    METHOD_NOT_ALLOWED,
    NO_SNAPSHOT,
    NOT_JSON,
    REMOVED_NAME,
    TOO_LARGE,
    UNKNOWN_NAME,
    Failure,
)
from web.parameters import Schema, schemas_of
from web.payloads import ProblemDetails
from web.trimming import fields_of

TRIMMED = "Trimmed"
TAG = "glossary"  # programs that write clients name a package by it
REFERENCE = "#/components/schemas/{name}"
SUMMARY = """Look terms up, search, and ask what to learn first, in a glossary made from Markdown notes.

Names are those of SKOS. A term may be given by id or by any label. Every answer names its source: file, lines
and the address at which they can be read. Answers carry an `ETag` to ask again with, lists `Link` headers."""

_VALIDATORS = {
    "ETag": {"description": "Names this answer.", "schema": {"type": "string"}},
    "Last-Modified": {
        "description": "Since when these notes are served.",
        "schema": {"type": "string"},
    },
}


MOVED = {
    "description": "It has another id now: `Location` is its address, the answer its name.",
    "headers": {"Location": {"description": "Where the answer is.", "schema": {"type": "string"}}},
}


def document(prefix: str = "") -> dict[str, Any]:
    """The document, for a server that is mounted below `prefix`."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "glosspath", "version": package_version(), "description": SUMMARY},
        "servers": [{"url": prefix + ROOT}],
        "externalDocs": {"url": prefix + DOCS, "description": "The same to read."},
        "tags": [{"name": TAG, "description": "All that can be asked."}],
        "paths": {
            endpoint.path: {"post" if endpoint.posted else "get": _operation(endpoint)}
            for endpoint in ENDPOINTS
        },
        "components": {"schemas": _schemas(), "responses": _failures()},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    about = (endpoint.answer.__doc__ or "").strip()
    in_path = re.findall(r"\{(\w+)\}", endpoint.path)
    schemas = schemas_of(endpoint.question)
    in_body = {name for name in schemas if endpoint.posted and name != "fields"}
    parameters = [
        _fields(endpoint, schema)
        if name == "fields"
        else _parameter(name, schema, "path" if name in in_path else "query")
        for name, schema in schemas.items()
        if name not in in_body
    ]
    answers = [{"$ref": REFERENCE.format(name=name)} for name in (*map(_name, endpoint.kinds), TRIMMED)]
    answer: dict[str, Any] = {
        "description": " ".join((kind.__doc__ or "").strip() for kind in endpoint.kinds),
        "content": {"application/json": {"schema": {"anyOf": answers}}},
    }
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [TAG],
        "summary": about,
        "parameters": parameters,
    }
    responses = {"200": answer}
    if endpoint.posted:
        operation["requestBody"] = _body({name: schemas[name] for name in in_body})
    else:
        answer["headers"] = _VALIDATORS
        if endpoint.moves:
            named = {"schema": {"$ref": _reference(endpoint.moves)}}
            responses["308"] = {**MOVED, "content": {"application/json": named}}
        responses["304"] = {"description": "What `If-None-Match` names is still the answer."}
    for kind in _failures_of(endpoint):
        responses[str(kind.status.value)] = {"$ref": _failure_reference(kind)}
    responses["414"] = {"description": "The address is longer than the server takes, some 65,000 characters."}
    return {**operation, "responses": responses}


def _body(schemas: dict[str, Schema]) -> dict[str, Any]:
    """The body of a POST: an object of what is asked."""
    described = {"type": "object", "properties": schemas, "additionalProperties": False}
    required = [name for name, schema in schemas.items() if "default" not in schema]
    return {
        "required": True,
        "content": {"application/json": {"schema": {**described, "required": required}}},
    }


def _fields(endpoint: Endpoint, schema: Schema) -> dict[str, Any]:
    """The parameter that trims an answer: names with commas between them."""
    items = {"type": "string", "enum": list(fields_of(endpoint.kinds))}
    return {
        "name": "fields",
        "in": "query",
        "required": False,
        "allowEmptyValue": True,
        "style": "form",
        "explode": False,
        "description": schema["description"],
        "schema": {"type": "array", "items": items, "maxItems": schema["maxItems"]},
    }


def _parameter(name: str, schema: Schema, place: str) -> dict[str, Any]:
    """A parameter; what its schema says about it rather than its values is said beside the schema."""
    kept = {key: value for key, value in schema.items() if key not in {"description", "examples"}}
    required = "default" not in kept
    if kept.get("default") in (None, ()):  # not given is not a value
        kept.pop("default", None)
    described: dict[str, Any] = {
        "name": name,
        "in": place,
        "required": required,
        "description": schema.get("description", ""),
        "schema": kept,
    }
    if not required:
        described["allowEmptyValue"] = True
    if examples := schema.get("examples"):
        described["example"] = examples[0]
    return described


def _failures_of(endpoint: Endpoint) -> list[Failure]:
    """The failures that an endpoint can answer with: names are only wrong where there are some."""
    names = {"id", "label", "to", "known", "lesson", "prerequisite", "target"}
    can_miss = [UNKNOWN_NAME, REMOVED_NAME] if names & set(schemas_of(endpoint.question)) else []
    too_much = [TOO_LARGE, NOT_JSON] if endpoint.posted else []
    return [INVALID_PARAMETER, *can_miss, METHOD_NOT_ALLOWED, *too_much, NO_SNAPSHOT]


def _failures() -> dict[str, Any]:
    return {
        kind.anchor: {
            "description": kind.explanation,
            "content": {"application/problem+json": {"schema": {"$ref": _reference(ProblemDetails)}}},
        }
        for kind in (
            INVALID_PARAMETER,
            UNKNOWN_NAME,
            REMOVED_NAME,
            METHOD_NOT_ALLOWED,
            TOO_LARGE,
            NOT_JSON,
            NO_SNAPSHOT,
        )
    }


@cache
def _schemas() -> dict[str, Any]:
    answered = [*(kind for endpoint in ENDPOINTS for kind in endpoint.kinds), ProblemDetails]
    _, schemas = msgspec.json.schema_components(answered, ref_template=REFERENCE)
    trimmed = {"title": TRIMMED, "description": "The `fields` that were asked for.", "type": "object"}
    return dict(sorted({**schemas, TRIMMED: trimmed}.items()))


def _reference(payload: type[msgspec.Struct]) -> str:
    return REFERENCE.format(name=_name(payload))


def _name(payload: type[msgspec.Struct]) -> str:
    return payload.__name__


def _failure_reference(kind: Failure) -> str:
    return f"#/components/responses/{kind.anchor}"
