"""What `hub serve` may be told about the sandbox, and the sandbox made of it."""

import argparse
from datetime import date, datetime

from sqlalchemy import Connection, select

from carekraft_desktop.hub import tables
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.now import Now, Shifted
from carekraft_desktop.hub.sandbox import permits, referred_before, world
from carekraft_desktop.hub.sandbox.office import OFFICE_ID, Size, make_office, moment_of, pour
from carekraft_desktop.hub.sandbox.sandbox import Sandbox


def add_to(server: argparse.ArgumentParser) -> None:
    """Add the sandbox's options."""
    sandbox = server.add_argument_group("sandbox (invented people, for demonstrations and tests)")
    sandbox.add_argument(
        "--sandbox", action="store_true", help="add an invented office and the /sandbox/ routes"
    )
    sandbox.add_argument(
        "--seed", type=int, default=1, help="what chance begins with [%(default)s]"
    )
    sandbox.add_argument("--patients", type=count, default=Size().patients, help="[%(default)s]")
    sandbox.add_argument("--bookings", type=count, default=Size().bookings, help="[%(default)s]")
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


def made(chosen: argparse.Namespace, exchange: Exchange, clock: Shifted) -> Sandbox:
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
            referred_before.pour(connection, OFFICE_ID, at, seed=seed)

    database.write(work)


def count(text: str) -> int:
    """A number of people or bookings."""
    value = int(text)
    if not 0 <= value <= 2_000_000:
        message = "between 0 and 2000000"
        raise argparse.ArgumentTypeError(message)
    return value
