"""`carekraft-desktop hub serve`: its options, one process or several, and how they end."""

import argparse
import json
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from carekraft_desktop import itself
from carekraft_desktop.hub import log_lines, serve, workers
from carekraft_desktop.hub.app import create_app
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.exits import NO_PORT, OK, TOLD, USAGE, fail
from carekraft_desktop.hub.now import Shifted, utc_now
from carekraft_desktop.hub.opening import opened
from carekraft_desktop.hub.sandbox import options
from carekraft_desktop.hub.settings import Settings

MOST_WORKERS = 64

EPILOG = f"""\
examples:
  one clinic, one machine:
    carekraft-desktop hub serve --database sqlite:////var/lib/carekraft/exchange.db --port 8420
  a group, behind a reverse proxy that ends TLS:
    carekraft-desktop hub serve --workers 4 --port 8420 --log json \\
      --database postgresql+psycopg://exchange@db.internal/exchange \\
      --url https://exchange.example.org

When it answers, it prints one line of JSON on standard output:
  {{"url": "http://127.0.0.1:41234", "ready": true, "workers": 1}}
With --sandbox also "office" and "code", an enrolment code that is good for 15 minutes.

The schema is brought up to date at the start; `hub upgrade` does the same beforehand.
SIGTERM or SIGINT stops it: held-back polls are answered at once, requests under way have
{serve.GRACE_SECONDS} seconds. /healthz answers while a process lives, /readyz while the database does too,
/metrics has figures for Prometheus, of all workers together.

{TOLD}"""


def add_to(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve` to the parser."""
    server = actions.add_parser(
        "serve",
        help="answer requests until stopped",
        description="Answer requests until stopped.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    server.add_argument(
        "--database",
        metavar="URL",
        help="SQLAlchemy URL, e.g. sqlite:////var/lib/exchange.db or "
        "postgresql+psycopg://user@host/name (password: from ~/.pgpass or PGPASSWORD); "
        "without it, a temporary file that is removed at the end",
    )
    server.add_argument("--host", default="127.0.0.1", help="address to listen on [%(default)s]")
    server.add_argument(
        "--port", type=_port, default=0, help="port; 0 lets the system choose [%(default)s]"
    )
    server.add_argument(
        "--url", help="address that clients use, when another server stands in front"
    )
    server.add_argument(
        "--booking-url",
        default="",
        metavar="URL",
        help="where a person may book: published free times link to URL/OFFICE/SLOT",
    )
    scale = server.add_argument_group("several processes (PostgreSQL only)")
    scale.add_argument(
        "--workers",
        type=_workers,
        default=1,
        metavar="N",
        help="processes that answer on the same port; one for each core is a good beginning "
        "[%(default)s]",
    )
    scale.add_argument(
        "--connections",
        type=_workers,
        default=16,
        metavar="N",
        help="most database connections of each process; all processes together must stay "
        "below the server's max_connections [%(default)s]",
    )
    scale.add_argument(
        "--pooler",
        action="store_true",
        help="PgBouncer or the like stands before the database and pools by transaction: "
        "no prepared statements are used",
    )
    watch = server.add_argument_group("watching it")
    watch.add_argument(
        "--log",
        choices=log_lines.FORMATS,
        default="text",
        help="form of the lines on standard error; they never hold an id or a person's data "
        "[%(default)s]",
    )
    watch.add_argument(
        "--log-requests",
        action="store_true",
        help="a line for each request, too: method, route, status, milliseconds",
    )
    watch.add_argument(
        "--until-input-ends",
        action="store_true",
        help="stop when standard input is closed, as when the program that started it has ended",
    )
    server.add_argument("--on-socket", type=int, help=argparse.SUPPRESS)
    options.add_to(server)


def run(chosen: argparse.Namespace, argv: Sequence[str]) -> int:
    """Serve; the exit code. `argv`: the whole command line, for workers."""
    problem = _contradiction(chosen)
    if problem:
        return fail(USAGE, problem)
    log_lines.begin(chosen.log, requests=chosen.log_requests)
    with ExitStack() as stack:
        if chosen.database is None:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(
                    prefix="carekraft-exchange-", ignore_cleanup_errors=True
                )
            )
            chosen.database = f"sqlite:///{Path(folder) / 'exchange.db'}"
        if chosen.on_socket is not None:
            workers.let_signals_through()
        database = opened(
            chosen.database,
            pool=chosen.connections + 2,
            pooler=chosen.pooler,
            upgrade=chosen.on_socket is None,
        )
        if isinstance(database, int):
            return database
        stack.callback(database.close)
        try:
            place = _place(chosen)
        except OSError as error:
            where = f"{chosen.host}:{chosen.port}"
            return fail(NO_PORT, f"cannot listen on {where} ({error.strerror})")
        stack.callback(place.close)
        if chosen.workers == 1 or chosen.on_socket is not None:
            return _serve(chosen, database, place)
        database.close()
        figures = stack.enter_context(tempfile.TemporaryDirectory(prefix="carekraft-figures-"))
        return _serve_with_workers(chosen, argv, place, Path(figures))


def _contradiction(chosen: argparse.Namespace) -> str:
    """Why these options do not go together; empty when they do."""
    if chosen.public and not chosen.sandbox:
        return "--public needs --sandbox"
    if chosen.workers == 1:
        return ""
    if not workers.POSSIBLE:
        return "this system runs one process only; start more on other ports, behind a proxy"
    if chosen.sandbox:
        return "the sandbox keeps its orders in one process: --workers 1"
    if chosen.database is None or chosen.database.startswith("sqlite"):
        return "several workers need PostgreSQL; SQLite is for one process"
    return ""


def _place(chosen: argparse.Namespace) -> socket.socket:
    if chosen.on_socket is not None:
        return socket.socket(fileno=chosen.on_socket)
    return serve.bind(chosen.host, chosen.port)


def _url(chosen: argparse.Namespace, place: socket.socket) -> str:
    return str(chosen.url or serve.address(place)).rstrip("/")


def _serve(chosen: argparse.Namespace, database: Database, place: socket.socket) -> int:
    if chosen.until_input_ends or chosen.on_socket is not None:
        threading.Thread(target=_end_with_input, name="input", daemon=True).start()
    clock = Shifted(utc_now)
    settings = Settings(
        url=_url(chosen, place), booking_url=chosen.booking_url, workers=chosen.connections
    )
    exchange = Exchange(database, settings, now=clock)
    sandbox = options.made(chosen, exchange, clock) if chosen.sandbox else None

    def ready() -> None:
        more = {}
        if sandbox is not None:
            more = {"office": sandbox.office_id, "code": sandbox.issue_code()}
        _say(settings.url, workers=1, **more)

    serve.run(serve.Server(create_app(exchange, sandbox), exchange, ready=ready), place)
    return OK


def _serve_with_workers(
    chosen: argparse.Namespace, argv: Sequence[str], place: socket.socket, figures: Path
) -> int:
    if chosen.until_input_ends:
        threading.Thread(target=_end_with_input, name="input", daemon=True).start()
    url = _url(chosen, place)
    command = itself.command("hub", *argv, "--url", url)
    crew = workers.Workers(command, chosen.workers, place, figures)
    return crew.run(lambda: _say(url, workers=chosen.workers))


def _say(url: str, **more: object) -> None:
    """The line that tells whoever started us that we answer."""
    try:
        sys.stdout.write(json.dumps({"url": url, "ready": True, **more}) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever started us is gone; what Python still wants to flush goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_with_input() -> None:
    # Not by way of sys.stdin: its lock, held by this thread, would abort the interpreter's end.
    while os.read(0, 1):
        pass
    signal.raise_signal(signal.SIGTERM)


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65_535:
        message = "a port is at most 65535"
        raise argparse.ArgumentTypeError(message)
    return value


def _workers(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MOST_WORKERS:
        message = f"between 1 and {MOST_WORKERS}"
        raise argparse.ArgumentTypeError(message)
    return value
