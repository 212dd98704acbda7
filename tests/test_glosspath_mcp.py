"""`glosspath mcp` as assistants see it: asked by the official client, over standard input and over HTTP."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY
from served_notes import built_notes
from servers import PATIENCE, free_port, until

mcp = pytest.importorskip("mcp", reason="the extra glosspath[mcp] is not installed")

NAMES = ["define", "search", "path", "why", "neighbours", "annotate"]
COMMAND = ["-m", "glosspath", "mcp"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_notes(tmp_path_factory.mktemp("mcp"))


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


async def told(server: object) -> dict[str, Any]:
    """What a client of a server is told, by tool; of what is refused, the words."""
    async with mcp.Client(server) as client:
        tools = (await client.list_tools()).tools
        answers: dict[str, Any] = {
            "tools": [tool.name for tool in tools],
            "read only": {tool.annotations.read_only_hint for tool in tools},
        }
        for name, given in (
            ("define", {"term": "SGD"}),
            ("search", {"query": "softmx"}),
            ("path", {"target": "cross-entropy loss", "known": ["vector"]}),
            ("why", {"prerequisite": "logits", "target": "softmax"}),
            ("neighbours", {"term": "softmax"}),
            ("annotate", {"text": "SGD makes the softargmax better."}),
        ):
            answered = await client.call_tool(name, given)
            assert not answered.is_error, answered
            answers[name] = answered.structured_content
        for name, given in (("define", {"term": "softmx"}), ("annotate", {"text": "x" * 50_001})):
            answered = await client.call_tool(name, given)
            assert answered.is_error
            answers[f"refused {name}"] = answered.content[0].text
        return answers


def check_answers(answers: dict[str, Any]) -> None:
    assert answers["tools"] == NAMES
    assert answers["read only"] == {True}
    definition = answers["define"]["definitions"][0]
    assert definition["text"].startswith("A way to make the cross-entropy loss smaller")
    assert (definition["source"]["path"], definition["source"]["firstLine"] > 0) == ("02-training.md", True)
    assert answers["search"]["hits"][0]["id"] == "softmax"
    assert [one["id"] for one in answers["path"]["steps"]] == ["logits", "softmax", "cross-entropy-loss"]
    (edge,) = answers["why"]["edges"]
    assert "vector of logits" in edge["evidence"][0]["quote"]
    assert edge["evidence"][0]["source"]["path"] == "02-training.md"
    assert "cross-entropy-loss" in [one["id"] for one in answers["neighbours"]["unlocks"]]
    assert [one["label"] for one in answers["annotate"]["annotations"]] == ["SGD", "softargmax"]
    assert answers["annotate"]["concepts"][1]["definitions"][0]["source"]["path"] == "02-training.md"
    assert "Softmax" in answers["refused define"]
    assert len(answers["refused annotate"]) < 2000


def test_an_assistant_asks_over_standard_input(data: Path) -> None:
    started = mcp.StdioServerParameters(
        command=sys.executable, args=[*COMMAND, "--data", str(data)], env=environment()
    )
    check_answers(asyncio.run(told(started)))


def test_an_assistant_asks_over_http(data: Path) -> None:
    port = str(free_port())
    listening = ["--data", str(data), "--http", "--port", port]
    server = subprocess.Popen([sys.executable, *COMMAND, *listening], env=environment())
    try:
        until(lambda: answers_at(int(port)) or server.poll() is not None, "the server listens")
        check_answers(asyncio.run(told(f"http://127.0.0.1:{port}/mcp")))
    finally:
        server.terminate()
        server.wait(PATIENCE)


def answers_at(port: int) -> bool:
    from socket import create_connection

    try:
        create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_no_answer_is_longer_than_is_good_for_whoever_reads_it(data: Path) -> None:
    from glosspath.tools import MOST, Tools

    answer = Tools(data).annotate("vector " * 100)
    assert (len(answer["annotations"]), answer["total"]) == (MOST, 100)
    assert answer["leftOut"] == {"annotations": 100 - MOST}


def test_without_a_snapshot_it_is_said_what_to_build(tmp_path: Path) -> None:
    asked = [sys.executable, *COMMAND, "--data", str(tmp_path)]
    ended = subprocess.run(
        asked, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "glosspath build" in ended.stderr


def test_without_the_library_it_is_said_what_to_install(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.errors import ExtraMissing
    from glosspath.tools import mcp_server

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(ExtraMissing, match=r"glosspath\[mcp\]"):
        mcp_server(data)
