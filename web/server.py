"""The server: granian's processes in front of the application, and a clear word when it cannot start."""

import os
import socket
import sys
from contextlib import closing
from errno import EACCES, EADDRINUSE, EPERM
from pathlib import Path

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from corpus.errors import ServerError
from indexer import open_snapshot
from web.app import create_app

# How the data folder reaches the worker processes, which granian starts afresh.
DATA = "GLOSSPATH_DATA"
# One slow search must not keep others waiting; more would only queue for the interpreter.
THREADS = 4
# A worker that is told to stop while it still starts does not hear it.
SECONDS_TO_STOP = 3
LAST_PORT = 65535
PORTS_TRIED = 100


def serve(data: Path, host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """Serves the current snapshot of a data folder until it is stopped (Ctrl-C, SIGTERM).

    Raises SnapshotError when there is nothing to serve and ServerError when the port cannot be had.
    """
    open_snapshot(data).close()  # what is wrong with it is said here and once, not by every worker
    check_port(host, port)
    os.environ[DATA] = str(data.resolve())
    server = Server(
        "web.server:app_from_environment",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=SECONDS_TO_STOP,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: _announce(host, port))
    server.serve()


def app_from_environment() -> Flask:
    """The application for the data folder that GLOSSPATH_DATA names: what each worker starts with."""
    return create_app(Path(os.environ[DATA]))


def check_port(host: str, port: int) -> None:
    """Raises ServerError, with a free port to take instead, unless a server could listen there."""
    error = _listening_error(host, port)
    if error is None:
        return
    if error.errno != EADDRINUSE:
        reason = error.strerror or str(error)
        raise ServerError(f"The server cannot listen at {host}, port {port}: {reason}. {_advice(error)}")
    others = range(port + 1, min(port + PORTS_TRIED, LAST_PORT) + 1)
    free = next((other for other in others if not _listening_error(host, other)), None)
    hint = f"--port {free} is free" if free else "choose another with --port"
    raise ServerError(f"Port {port} of {host} is taken by another program: {hint}.")


def _advice(error: OSError) -> str:
    if error.errno in {EACCES, EPERM}:
        return "--port takes another; those from 1024 up are open to everybody."
    return "--host takes an address of this machine: 127.0.0.1, or 0.0.0.0 for others to reach it too."


def _listening_error(host: str, port: int) -> OSError | None:
    """What the system says when a server wants to listen there; None: it may."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind)) as listener:
            # As servers do: a connection that was closed a moment ago does not keep the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
    except OSError as error:
        return error
    except UnicodeError:  # a name that cannot be written as one of a host
        return OSError("it is no name of a host")
    return None


def _announce(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"Serving at http://{shown}:{port}/ - Ctrl-C stops.\n")
    sys.stderr.flush()
