"""`carekraft-desktop hub`: runs the reference exchange from the command line."""

import argparse
import json
import logging
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from carekraft_desktop.hub import metrics, operator_command, serve, tables
from carekraft_desktop.hub.app import Exchange, create_app
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.now import Now, Shifted, utc_now
from carekraft_desktop.hub.sandbox import permits, world
from carekraft_desktop.hub.sandbox.office import (
    OFFICE_ID,
    Size,
    make_office,
    moment_of,
    pour,
)
from carekraft_desktop.hub.sandbox.sandbox import Sandbox
from carekraft_desktop.hub.settings import Settings

OK, USAGE, NO_DATABASE, NO_PORT = 0, 2, 3, 4

EPILOG = """\
When it answers, it prints one line of JSON on standard output:
  {"url": "http://127.0.0.1:41234", "ready": true, "office": ..., "code": ...}
"office" and "code" (an enrolment code, good for 15 minutes) come with --sandbox only.

exit codes:
  0  stopped by SIGTERM or SIGINT
  2  the command line is not understood
  3  the database cannot be opened
  4  the address cannot be listened on
  5  there is no such office, code or workstation
  6  refused; the text says why
"""


def main(argv: Sequence[str]) -> int:
    """Run `hub serve` or one of the operator's commands; the exit code."""
    try:
        chosen = _parser().parse_args(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    if chosen.action != "serve":
        return _operate(chosen)
    if chosen.public and not chosen.sandbox:
        return _fail(USAGE, "--public needs --sandbox")
    with ExitStack() as stack:
        url = chosen.database
        if url is None:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(
                    prefix="carekraft-exchange-", ignore_cleanup_errors=True
                )
            )
            url = f"sqlite:///{Path(folder) / 'exchange.db'}"
        return _serve(chosen, url)


def _operate(chosen: argparse.Namespace) -> int:
    database = _opened(chosen.database)
    if isinstance(database, int):
        return database
    try:
        return operator_command.run(chosen, database)
    finally:
        database.close()


def _opened(url: str) -> Database | int:
    """The database, its tables made where they are missing; an exit code when it will not open."""
    try:
        database = Database(url)
        database.create()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        return _fail(NO_DATABASE, f"the database URL is not understood ({type(error).__name__})")
    except DBAPIError as error:
        return _fail(NO_DATABASE, f"the database cannot be opened ({type(error.orig).__name__})")
    return database


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="carekraft-desktop hub",
        description="The reference exchange: what workstations of offices sync with.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    operator_command.add_to(actions)
    server = actions.add_parser(
        "serve",
        help="answer requests until stopped",
        description="Answer requests until stopped by SIGTERM or SIGINT.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    server.add_argument(
        "--database",
        metavar="URL",
        help="SQLAlchemy URL, e.g. sqlite:////var/lib/exchange.db; "
        "without it, a temporary file that is removed at the end",
    )
    server.add_argument("--host", default="127.0.0.1", help="address to listen on [%(default)s]")
    server.add_argument(
        "--port", type=_port, default=0, help="port; 0 lets the system choose [%(default)s]"
    )
    server.add_argument(
        "--until-input-ends",
        action="store_true",
        help="stop when standard input is closed, as when the program that started it has ended",
    )
    server.add_argument(
        "--log-requests",
        action="store_true",
        help="a line on standard error for each request: method, route, status, time; no ids",
    )
    server.add_argument(
        "--url", help="address that clients use, when another server stands in front"
    )
    sandbox = server.add_argument_group("sandbox (invented people, for demonstrations and tests)")
    sandbox.add_argument(
        "--sandbox", action="store_true", help="add an invented office and the /sandbox/ routes"
    )
    sandbox.add_argument(
        "--seed", type=int, default=1, help="what chance begins with [%(default)s]"
    )
    sandbox.add_argument("--patients", type=_count, default=Size().patients, help="[%(default)s]")
    sandbox.add_argument("--bookings", type=_count, default=Size().bookings, help="[%(default)s]")
    sandbox.add_argument(
        "--public",
        type=float,
        default=0.0,
        metavar="PER_MINUTE",
        help="how many things patients do in a minute [%(default)g]",
    )
    sandbox.add_argument(
        "--today",
        type=date.fromisoformat,
        metavar="DATE",
        help="make the office as at half past ten of that day, not as at now",
    )
    return parser


def _serve(chosen: argparse.Namespace, url: str) -> int:
    if chosen.log_requests:
        _log_requests()
    if chosen.until_input_ends:
        threading.Thread(target=_end_with_input, name="input", daemon=True).start()
    database = _opened(url)
    if isinstance(database, int):
        return database
    try:
        place = serve.bind(chosen.host, chosen.port)
    except OSError as error:
        database.close()
        return _fail(NO_PORT, f"cannot listen on {chosen.host}:{chosen.port} ({error.strerror})")
    clock = Shifted(utc_now)
    settings = Settings(url=(chosen.url or serve.address(place)).rstrip("/"))
    exchange = Exchange(database, settings, now=clock)
    sandbox = _sandbox(chosen, exchange, clock) if chosen.sandbox else None

    def ready() -> None:
        line: dict[str, object] = {"url": settings.url, "ready": True}
        if sandbox is not None:
            line |= {"office": sandbox.office_id, "code": sandbox.issue_code()}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    serve.run(serve.Server(create_app(exchange, sandbox), exchange, ready=ready), place)
    return OK


def _end_with_input() -> None:
    while sys.stdin.buffer.read(1):
        pass
    signal.raise_signal(signal.SIGTERM)


def _log_requests() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    metrics.log.addHandler(handler)
    metrics.log.setLevel(logging.INFO)
    metrics.log.propagate = False


def _sandbox(chosen: argparse.Namespace, exchange: Exchange, clock: Shifted) -> Sandbox:
    """The sandbox; its office is made when the database does not have it."""
    size = Size(patients=chosen.patients, bookings=chosen.bookings)
    fill(exchange.database, chosen.seed, made_at(chosen.today, clock), size)
    sandbox = Sandbox(exchange, clock, seed=chosen.seed, per_minute=chosen.public)
    for name, (weight, event) in sandbox.far.events().items():
        sandbox.public.also(name, weight, event)
    return sandbox


def made_at(day: date | None, now: Now) -> datetime:
    """The moment to make an office for."""
    return moment_of(day) if day is not None else now()


def fill(database: Database, seed: int, at: datetime, size: Size) -> None:
    """Make the sandbox's office unless the database has it."""

    def work(connection: Connection) -> None:
        known = connection.scalar(
            select(tables.office.c.name).where(tables.office.c.office_id == OFFICE_ID)
        )
        if known is None:
            pour(connection, make_office(seed, at, size))
            world.pour(connection, at, seed=seed)
            permits.pour(connection, OFFICE_ID, at, seed=seed, most=size.patients // 4)

    database.write(work)


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65_535:
        message = "a port is at most 65535"
        raise argparse.ArgumentTypeError(message)
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 2_000_000:
        message = "between 0 and 2000000"
        raise argparse.ArgumentTypeError(message)
    return value


def _fail(code: int, message: str) -> int:
    sys.stderr.write(f"carekraft-desktop hub: {message}\n")
    return code
