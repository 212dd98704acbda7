"""docs/http-api.md against the running application: what is shown there is what is answered.

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
EXAMPLE = re.compile(
    r"\$ curl '(?:http://127\.0\.0\.1:8000)([^']+'(?: --json '[^']+')?)\n```\n\n```json\n(.*?)\n```",
    re.DOTALL,
)
LONGEST_TEXT = 100


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(build(sample_folder(), tmp_path_factory.mktemp("documentation")))


def examples() -> list[tuple[str, str]]:
    """The addresses that the document asks, and the answers that it shows."""
    return EXAMPLE.findall(DOCUMENT.read_text(encoding="utf-8"))


# What changes with the code and the version, whatever the notes say; "format" where it is that of a snapshot.
_OWN = ("snapshot", "fingerprint", "glosspath", "format")


def short(answer: Any) -> Any:
    """An answer as the document shows it: one item of each list, the beginning of each text, and nothing that
    is different with every version."""
    match answer:
        case dict():
            own = {name for name in _OWN if answer.get(name) != "glosspath/1"}
            return {name: "…" if name in own else short(value) for name, value in answer.items()}
        case list():
            return [short(value) for value in answer[:1]]
        case str() if len(answer) > LONGEST_TEXT:
            return answer[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
    return answer


@pytest.mark.parametrize("address", [address for address, _ in examples()])
def test_an_answer_that_is_shown_is_the_one_that_is_given(client: FlaskClient, address: str) -> None:
    path, _, sent = address[:-1].partition("' --json '")
    response = client.post(path, json=json.loads(sent)) if sent else client.get(path)
    answered = short(json.loads(response.data))
    shown = dict(examples())[address]
    if os.environ.get("UPDATE_CASES"):
        text = DOCUMENT.read_text(encoding="utf-8")
        before = f"$ curl 'http://127.0.0.1:8000{address}\n```\n\n```json\n"
        written = json.dumps(answered, indent=2, ensure_ascii=False)
        DOCUMENT.write_text(text.replace(before + shown, before + written), encoding="utf-8")
    assert json.loads(shown) == answered
    assert json.dumps(json.loads(shown)) == json.dumps(answered), "the order of fields"


def test_every_endpoint_is_shown() -> None:
    asked = [re.split("[?']", address)[0] for address, _ in examples()]
    for endpoint in ENDPOINTS:
        pattern = re.sub(r"<path:\w+>", "[^?]+", ROOT + rule_of(endpoint.path))
        assert any(re.fullmatch(pattern, path) for path in asked), endpoint.path
