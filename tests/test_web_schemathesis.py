"""Requests that nobody would think of, made of the API's own description, to a running server.

Whatever is asked is answered as described: in its type, its status and its form. What the description allows
is accepted (or is no name in the notes), what it does not allow is refused.
SCHEMATHESIS_CASES=1000 asks more.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from servers import serving

from web.endpoints import ENDPOINTS

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

# Of each endpoint and kind, right ones and wrong ones.
CASES = int(os.environ.get("SCHEMATHESIS_CASES", "10"))
# An address that is too long is refused by the server itself, before anything is looked at.
TOO_LONG = "414"


@pytest.fixture(scope="module", params=["bundled", pytest.param("pytorch-notes", marks=pytest.mark.corpora)])
def description(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the description, where the bundled notes are served, and a student's."""
    notes: tuple[str, ...] = ()
    if request.param != "bundled":
        corpora: Path = request.getfixturevalue("corpora")
        notes = (str(corpora / request.param / "notes"),)
    with serving(*notes, folder=tmp_path_factory.mktemp("schemathesis")) as address:
        yield f"{address}/api/v1/openapi.json"


@pytest.mark.parametrize("kind", ["positive", "negative"])
@pytest.mark.parametrize("path", [endpoint.path for endpoint in ENDPOINTS])
def test_whatever_is_asked_is_answered_as_described(description: str, path: str, kind: str) -> None:
    schema = schemathesis.openapi.from_url(description)
    operations = [found.ok() for found in schema.get_all_operations()]
    (operation,) = (one for one in operations if one.path == path)
    refusals = schema.config.checks.negative_data_rejection
    refusals.expected_statuses = [*refusals.expected_statuses, TOO_LONG]

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode(kind)))
    def ask(case: Any) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "gzip"}, timeout=30)

    ask()
