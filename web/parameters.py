"""What may be asked of the JSON API: the parameters of each question, declared once and checked by that.

A question is a struct whose fields are its parameters, those of the path among them. `read` turns texts into
such a struct or says which parameter is wrong, what is allowed, and which names are nearest. The OpenAPI
document is made from the same structs.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from corpus.codes import MEANINGS
from corpus.errors import InvalidRequest, near_misses

LONGEST_TERM = 300
LONGEST_QUERY = 1000
MOST_KNOWN = 1000
MOST_TARGETS = 100
MOST_LABELS = 100
MOST_FIELDS = 100
LONGEST_TEXT = 50_000
MOST_PAGES = 1000
MOST_PER_PAGE = 100
SHOWN = 60
# One spelling for each number: not 01, 1.0 or 1e0.
WHOLE_NUMBER = re.compile("0|[1-9][0-9]{0,17}")

Term = Annotated[str, Meta(min_length=1, max_length=LONGEST_TERM)]
# One of a list: an empty one counts for nothing, but one has to be there where any is.
Listed = Annotated[str, Meta(max_length=LONGEST_TERM)]
ONE_SAID: dict[str, object] = {"contains": {"minLength": 1}}
ConceptTerm = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_TERM,
        description="A concept's id, or any of its labels.",
        examples=["softmax"],
    ),
]
LessonId = Annotated[
    str, Meta(min_length=1, max_length=LONGEST_TERM, description="A lesson's id, title or number.")
]
Known = Annotated[
    tuple[Listed, ...],
    Meta(
        max_length=MOST_KNOWN, description="What is known already, by id or label; may be given many times."
    ),
]
Targets = Annotated[
    tuple[Listed, ...],
    Meta(
        min_length=1,
        max_length=MOST_TARGETS,
        extra_json_schema=ONE_SAID,
        description="A concept's id or any of its labels, or a lesson's id or title; as often as wanted.",
        examples=["softmax"],
    ),
]
Depth = Annotated[int, Meta(ge=1, le=100, description="How many edges to follow; all when it is left out.")]
Page = Annotated[int, Meta(ge=1, le=MOST_PAGES, description="Which page of the list; pages count from 1.")]
PerPage = Annotated[int, Meta(ge=1, le=MOST_PER_PAGE, description="How many items a page has.")]

Fields = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=80)], ...],
    Meta(
        max_length=MOST_FIELDS,
        description="Only these fields of the answer, separated by commas; `definitions.text` is one field of"
        " each definition.",
    ),
]

# A JSON Schema, as msgspec writes it.
Schema = dict[str, Any]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What all questions have in common."""

    fields: Fields = ()


class Everything(Question, frozen=True, kw_only=True):
    """A question without parameters of its own."""


class AllConcepts(Question, frozen=True, kw_only=True):
    """Which concepts to list."""

    letter: (
        Annotated[str, Meta(min_length=1, max_length=1, description='An initial, or "#" for all others.')]
        | None
    ) = None
    lesson: LessonId | None = None
    q: Annotated[Term, Meta(description="Only concepts with a name that holds all these words.")] | None = (
        None
    )
    only: Annotated[Literal["undefined"], Meta(description="Only concepts without a definition.")] | None = (
        None
    )
    page: Page = 1
    per_page: PerPage = 100


class OneConcept(Question, frozen=True, kw_only=True):
    """Which concept."""

    id: ConceptTerm


class OneConceptAndUses(OneConcept, frozen=True, kw_only=True):
    """Which concept, and whether all its uses are wanted."""

    uses: (
        Annotated[Literal["all"], Meta(description="All `mentions` (a thousand), not the first twenty.")]
        | None
    ) = None


class OneConceptsPrerequisites(Question, frozen=True, kw_only=True):
    """Which concept, and how far back to go."""

    id: ConceptTerm
    depth: Depth | None = None


class SomeLabels(Question, frozen=True, kw_only=True):
    """Which labels."""

    label: Annotated[
        tuple[Listed, ...],
        Meta(
            min_length=1,
            max_length=MOST_LABELS,
            extra_json_schema=ONE_SAID,
            description="A label as people write it; may be given many times.",
            examples=["SGD"],
        ),
    ]


class OneText(Question, frozen=True, kw_only=True):
    """Which text."""

    text: Annotated[
        str,
        Meta(
            max_length=LONGEST_TEXT,
            description="Plain text, of anything.",
            examples=["Softmax turns logits into probabilities."],
        ),
    ]


class OnePath(Question, frozen=True, kw_only=True):
    """Where to, and from where."""

    to: Targets
    known: Known = ()
    depth: Depth | None = None


class WhatNext(Question, frozen=True, kw_only=True):
    """From where."""

    known: Known = ()
    limit: Annotated[int, Meta(ge=1, le=100, description="How many concepts to name.")] = 20


class OneMap(Question, frozen=True, kw_only=True):
    """Of what: of all, or of the first of these that is given."""

    around: ConceptTerm | None = None
    depth: Annotated[int, Meta(ge=1, le=100, description="How many edges to follow from `around`.")] = 2
    lesson: LessonId | None = None
    layer: (
        Annotated[int, Meta(ge=1, le=10_000, description="What needs a chain of so many concepts, less one.")]
        | None
    ) = None
    page: Page = 1


class OneSearch(Question, frozen=True, kw_only=True):
    """What to search for, and where."""

    q: Annotated[
        str,
        Meta(min_length=1, max_length=LONGEST_QUERY, description="The words.", examples=["gradient descent"]),
    ]
    kind: (
        Annotated[
            Literal["concept", "section", "question", "resource", "code"],
            Meta(description="Only this kind of thing."),
        ]
        | None
    ) = None
    lesson: LessonId | None = None
    page: Page = 1
    per_page: PerPage = 20
    explain: Annotated[int, Meta(ge=0, le=1, description="1: say of each hit why it was found.")] = 0


class OneBeginning(Question, frozen=True, kw_only=True):
    """What was typed so far."""

    q: Annotated[
        str, Meta(max_length=LONGEST_TERM, description="The letters typed so far.", examples=["soft"])
    ]
    limit: Annotated[int, Meta(ge=1, le=50, description="How many completions to give.")] = 8


class OneEdge(Question, frozen=True, kw_only=True):
    """Between which concepts."""

    prerequisite: ConceptTerm
    target: ConceptTerm


class OneLesson(Question, frozen=True, kw_only=True):
    """Which lesson."""

    id: LessonId


class OneSection(Question, frozen=True, kw_only=True):
    """Which section."""

    id: Annotated[str, Meta(min_length=1, max_length=LONGEST_TERM, description="A section's id.")]


class AllQuestions(Question, frozen=True, kw_only=True):
    """Which quiz items, and which page of them."""

    lesson: LessonId | None = None
    concept: ConceptTerm | None = None
    page: Page = 1
    per_page: PerPage = 50


class AllProblems(Question, frozen=True, kw_only=True):
    """Which problems to list."""

    severity: (
        Annotated[Literal["error", "warning", "info"], Meta(description="Only problems as bad as this.")]
        | None
    ) = None
    code: (
        Annotated[
            str,
            Meta(
                min_length=1,
                max_length=80,
                description="Only problems of this code.",
                extra_json_schema={"enum": sorted(MEANINGS)},
            ),
        ]
        | None
    ) = None
    page: Page = 1
    per_page: PerPage = 100


class InvalidParameter(InvalidRequest):
    """A parameter that is unknown, missing, given twice or out of range.

    `value` is what was given, shortened (None: nothing); `allowed` what may be given, in words or as names;
    `near` are the nearest allowed names.
    """

    def __init__(
        self,
        parameter: str,
        message: str,
        value: str | None = None,
        allowed: Sequence[str] = (),
        near: Sequence[str] = (),
    ) -> None:
        super().__init__(parameter, message)
        self.value = value
        self.allowed = tuple(allowed)
        self.near = tuple(near)


Q = TypeVar("Q", bound=Question)


def read(kind: type[Q], given: Mapping[str, Sequence[str]]) -> Q:
    """The question that these texts ask. An empty text counts as not given, so that an HTML form's unused
    fields do no harm. Raises InvalidParameter for the first parameter, by name, that is wrong."""
    schemas = schemas_of(kind)
    for name in sorted(given):
        if name not in schemas:
            raise _unknown(name, schemas)
    values: dict[str, Any] = {}
    for name, schema in schemas.items():
        is_list = schema["type"] == "array"
        may_be_empty = not is_list and schema.get("minLength", 0) == 0
        texts = [text for text in given.get(name, ()) if text or may_be_empty]
        if is_list and len(given.get(name, ())) > schema["maxItems"]:
            texts = list(given[name])
        if is_list and (texts or not schema.get("minItems")):
            values[name] = _checked(kind, name, schema, texts)
        elif len(texts) > 1:
            raise InvalidParameter(
                name, f"{name!r} is given {len(texts)} times; it may be given once.", shortened(texts[1])
            )
        elif texts and (texts[0] or "default" not in schema):
            values[name] = _checked(kind, name, schema, texts[0])
        elif "default" not in schema:
            raise InvalidParameter(
                name, f"{name!r} is missing: give {allowed(schema)}.", None, [allowed(schema)]
            )
    return kind(**values)


@cache
def schemas_of(kind: type[Question]) -> dict[str, Schema]:
    """The JSON Schema of each parameter; those that must be given have no "default" in theirs."""
    _, components = msgspec.json.schema_components([kind])
    found = {name: _without_null(one) for name, one in components[kind.__name__]["properties"].items()}
    found["fields"] = found.pop("fields")  # what all have in common comes last
    return found


def allowed(schema: Schema) -> str:
    """What a parameter may be, in words.

    >>> allowed({"type": "integer", "minimum": 1, "maximum": 9})
    'a whole number from 1 to 9'
    """
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if schema["type"] == "integer":
        return f"a whole number from {schema['minimum']} to {schema['maximum']}"
    if schema["type"] == "array":
        return f"{allowed(schema['items'])}, up to {schema['maxItems']} times"
    longest = schema["maxLength"]
    return "one character" if longest == 1 else f"a text of at most {longest} characters"


def shortened(value: str) -> str:
    """A given value, short enough to be repeated in an answer."""
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def _unknown(name: str, schemas: Mapping[str, Schema]) -> InvalidParameter:
    near = near_misses(name, schemas)
    hint = f"Did you mean {near[0]!r}?" if near else f"Allowed: {', '.join(schemas)}."
    shown = shortened(name)
    return InvalidParameter(shown, f"There is no parameter {shown!r} here. {hint}", None, list(schemas), near)


def _checked(kind: type[Question], name: str, schema: Schema, given: str | list[str]) -> object:
    try:
        listed = "enum" not in schema or given in schema["enum"]  # "null" would be taken for None
        if listed and (schema["type"] != "integer" or WHOLE_NUMBER.fullmatch(str(given))):
            return msgspec.convert(given, _types(kind)[name], strict=False)
    except msgspec.ValidationError:
        pass
    texts = [given] if isinstance(given, str) else given
    if len(texts) > schema.get("maxItems", 1):
        message = f"{name!r} is given {len(texts)} times; it may be given up to {schema['maxItems']} times."
        raise InvalidParameter(name, message, None, [allowed(schema)])
    value = max(texts, key=len)  # of a list, the one that is too long
    options = [str(option) for option in schema.get("enum", ())]
    near = near_misses(value, options)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    message = f"{name!r} cannot be {shortened(value)!r}: give {allowed(schema)}.{hint}"
    raise InvalidParameter(name, message, shortened(value), options or [allowed(schema)], near)


@cache
def _types(kind: type[Question]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def _without_null(schema: Schema) -> Schema:
    """A schema that leaves out null: a parameter in an address is a text or not there."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    if not options:
        return {"type": "string", **schema} if "enum" in schema else schema
    (only,) = options
    return _without_null({**only, "default": None})
