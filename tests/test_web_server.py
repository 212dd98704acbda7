"""The server as a process: it starts, answers several at once, says when it cannot, and stops when told."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from served_notes import built_notes

from corpus.errors import NoSnapshot, ServerError
from web.server import check_port, serve

REPOSITORY = Path(__file__).parent.parent
SERVE = """
import sys
from pathlib import Path
from web.server import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]), workers=int(sys.argv[3]))
"""


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Running:
    """A server in a process of its own."""

    def __init__(self, data: Path, workers: int = 1) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        command = [sys.executable, "-c", SERVE, str(data), str(port), str(workers)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=REPOSITORY, stdout=pipe, stderr=pipe, text=True)
        patience = monotonic() + 60
        while not self._answers():
            assert monotonic() < patience and self.process.poll() is None, self.process.communicate()
            sleep(0.05)

    def _answers(self) -> bool:
        try:
            return self.get("/healthz") == b'{"status":"ok"}\n'
        except OSError:  # nobody listens yet
            return False

    def get(self, path: str) -> bytes:
        with urlopen(Request(self.address + path), timeout=30) as response:
            answer: bytes = response.read()
            return answer

    def status(self, path: str) -> int:
        """The status of an answer, whatever it is."""
        try:
            self.get(path)
        except HTTPError as refusal:
            refusal.close()
            return refusal.code
        return 200

    def stop(self, how: signal.Signals) -> tuple[int, str]:
        """The exit status, and all that was said on standard output and error."""
        self.process.send_signal(how)
        said, complained = self.process.communicate(timeout=30)
        return self.process.returncode, said + complained


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_notes(tmp_path_factory.mktemp("server"))


@pytest.fixture
def running(data: Path) -> Iterator[Running]:
    server = Running(data)
    yield server
    if server.process.poll() is None:
        server.stop(signal.SIGTERM)


def test_many_may_ask_at_once_and_nobody_gets_anothers_answer(running: Running) -> None:
    def looked_up(label: str) -> bool:
        return bool(json.loads(running.get(f"/api/v1/lookup?label={label}"))["label"] == label)

    with ThreadPoolExecutor(8) as readers:
        assert all(readers.map(looked_up, ["SGD", "softmax", "logits", "vector", "softargmax"] * 40))


def test_it_stops_even_when_a_worker_has_not_quite_started(data: Path) -> None:
    """Of two workers one may answer while the other still starts, and then it does not hear the signal."""
    status, _ = Running(data, workers=2).stop(signal.SIGINT)
    assert status == 0


def test_an_endless_address_is_refused_and_the_server_lives_on(running: Running) -> None:
    for path in ("/api/v1/search?q=", "/search?q=", "/concepts/"):
        for length in (10_000, 100_000):
            assert running.status(path + "x" * length) < 500
    assert running.get("/healthz")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_told_and_says_nothing_but_where_it_is(running: Running, how: signal.Signals) -> None:
    status, said = running.stop(how)
    assert status == 0
    assert said == f"Serving at {running.address}/ - Ctrl-C stops.\n"


def test_a_port_that_is_taken_is_named_with_one_that_is_free(data: Path) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(
            ServerError, match=rf"Port {port} of 127.0.0.1 is taken .*--port \d+ is free"
        ) as raised:
            serve(data, port=port)
    free = int(str(raised.value).split("--port ")[1].split()[0])
    check_port("127.0.0.1", free)


def test_an_address_that_is_not_ours_is_named() -> None:
    with pytest.raises(ServerError, match=r"cannot listen at 192\.0\.2\.1, port 8000"):
        check_port("192.0.2.1", 8000)


def test_a_name_that_is_no_address_is_named() -> None:
    with pytest.raises(ServerError, match=r"cannot listen at no host.*--host takes an address") as raised:
        check_port("no host", 8000)
    assert "--port" not in str(raised.value)


def test_a_name_that_no_host_can_have_is_named() -> None:
    with pytest.raises(ServerError, match=r"no name of a host\. --host takes"):
        check_port(f"{'x' * 70}.example", 8000)


def test_without_a_snapshot_nothing_is_started(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="glosspath build"):
        serve(tmp_path, port=free_port())
