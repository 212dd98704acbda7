"""Real servers for tests, `glosspath serve` as a process or a thread of ours, and how to ask them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen

from werkzeug.serving import make_server

from web.app import create_app

REPOSITORY = Path(__file__).parent.parent
FROM_CHECKOUT = (sys.executable, "-m", "glosspath")
PATIENCE = 60  # seconds; a slow machine is not a bug


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(
    *arguments: str,
    folder: Path,
    command: Sequence[str] = FROM_CHECKOUT,
    python_path: Path | None = REPOSITORY,
) -> Iterator[str]:
    """Runs `glosspath serve` with these arguments in `folder`; gives its address once it answers."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(python_path or "")}
    environment.pop("GLOSSPATH_DATA", None)
    log = folder / "serve.log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [*command, "serve", *arguments, "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        until(lambda: is_answering(address) or server.poll() is not None, "the server answers")
        assert server.poll() is None, log.read_text(encoding="utf-8")
        yield address
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)
        said = log.read_text(encoding="utf-8")
        assert "Traceback" not in said, said
    finally:
        server.kill()
        server.wait()


@contextmanager
def listening(data: Path) -> Iterator[str]:
    """Serves the snapshot below `data` from a thread; gives its address."""
    server = make_server("127.0.0.1", 0, create_app(data), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def until(done: Callable[[], bool], what: str) -> None:
    """Wait until `done()` is true; fail when that takes longer than patience lasts."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"waited for: {what}"
        time.sleep(0.05)


def is_answering(address: str) -> bool:
    """Whether this address answers with success."""
    try:
        with urlopen(address, timeout=10) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def fetched(address: str) -> str:
    """The text at an address."""
    with urlopen(address, timeout=10) as response:
        text: str = response.read().decode("utf-8")
        return text


def fetched_json(address: str) -> dict[str, object]:
    """The JSON object at an address."""
    answer: dict[str, object] = json.loads(fetched(address))
    return answer
