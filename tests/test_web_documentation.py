"""docs/http-api.md against the running application: what is shown there has the fields that are answered.

`make update` writes today's answers about the bundled notes into the document, cut short.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from served_notes import build, client_of

from corpus import sample_folder
from web.endpoints import ENDPOINTS, ROOT, rule_of

DOCUMENT = Path(__file__).parent.parent / "docs" / "http-api.md"
EXAMPLE = re.compile(r"\$ curl '(?:http://127\.0\.0\.1:8000)([^']+)'\n```\n\n```json\n(.*?)\n```", re.DOTALL)
LONGEST_TEXT = 100


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(build(sample_folder(), tmp_path_factory.mktemp("documentation")))


def examples() -> list[tuple[str, str]]:
    """The addresses that the document asks, and the answers that it shows."""
    return EXAMPLE.findall(DOCUMENT.read_text(encoding="utf-8"))


def short(answer: Any) -> Any:
    """An answer as the document shows it: one item of each list, the beginning of each text."""
    match answer:
        case dict():
            return {name: short(value) for name, value in answer.items()}
        case list():
            return [short(value) for value in answer[:1]]
        case str() if len(answer) > LONGEST_TEXT:
            return answer[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
    return answer


def difference(shown: Any, answered: Any, place: str = "answer") -> str:
    """Where fields or types of two answers differ; empty if nowhere. Counts by name may have any names."""
    match shown, answered:
        case dict(), dict() if _counts(shown) and _counts(answered):
            return ""
        case dict(), dict():
            if list(shown) != list(answered):
                return f"{place}: {list(shown)} is shown, {list(answered)} is answered"
            found = (difference(shown[name], answered[name], f"{place}.{name}") for name in shown)
            return next(filter(None, found), "")
        case ([one, *_], [other, *_]):
            return difference(one, other, f"{place}[0]")
        case (None | [], _) | (_, None | []):
            return ""
    same = isinstance(shown, type(answered)) or {type(shown), type(answered)} == {int, float}
    return "" if same else f"{place}: {shown!r} is shown, {answered!r} is answered"


def _counts(named: dict[str, Any]) -> bool:
    return all(isinstance(value, int) for value in named.values())


@pytest.mark.parametrize("address", [address for address, _ in examples()])
def test_an_answer_that_is_shown_has_the_fields_that_are_answered(client: FlaskClient, address: str) -> None:
    answered = short(json.loads(client.get(address).data))
    shown = dict(examples())[address]
    if os.environ.get("UPDATE_CASES"):
        text = DOCUMENT.read_text(encoding="utf-8")
        before = f"$ curl 'http://127.0.0.1:8000{address}'\n```\n\n```json\n"
        written = json.dumps(answered, indent=2, ensure_ascii=False)
        DOCUMENT.write_text(text.replace(before + shown, before + written), encoding="utf-8")
    assert difference(json.loads(shown), answered) == ""


def test_every_endpoint_is_shown() -> None:
    asked = [address.partition("?")[0] for address, _ in examples()]
    for endpoint in ENDPOINTS:
        pattern = re.sub(r"<path:\w+>", "[^?]+", ROOT + rule_of(endpoint.path))
        assert any(re.fullmatch(pattern, path) for path in asked), endpoint.path
