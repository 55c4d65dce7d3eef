"""`hub public`: thousands of invented offices, and their public, for trials of size."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from datetime import date
from types import FrameType

from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.sandbox import crowd
from carekraft_desktop.hub.sandbox.office import Size, moment_of
from carekraft_desktop.hub.sandbox.options import count

WORDS = "For trials of size only: it refuses a database that has offices of its own."


def fill_arguments(parser: argparse.ArgumentParser) -> None:
    """What `public fill` is told."""
    parser.description = f"Make invented offices with patients, times and bookings. {WORDS}"
    parser.add_argument("--offices", type=count, default=100, metavar="N", help="[%(default)s]")
    parser.add_argument(
        "--patients", type=count, default=crowd.SMALL.patients, help="[%(default)s]"
    )
    parser.add_argument(
        "--bookings", type=count, default=crowd.SMALL.bookings, help="[%(default)s]"
    )
    _day(parser)


def play_arguments(parser: argparse.ArgumentParser) -> None:
    """What `public play` is told."""
    parser.description = (
        "Let the invented offices' public live through a day: it books, moves, cancels, "
        f"withdraws and reviews, most around noon. {WORDS}"
    )
    parser.add_argument(
        "--speed",
        type=float,
        default=60.0,
        metavar="TIMES",
        help="how many times faster than life; 0 is as fast as it goes [%(default)g]",
    )
    parser.add_argument(
        "--acts",
        type=float,
        default=60.0,
        metavar="N",
        help="what happens in an office on that day, on the average [%(default)g]",
    )
    parser.add_argument("--threads", type=count, default=8, metavar="N", help="[%(default)s]")
    _day(parser)


def fill(chosen: argparse.Namespace, database: Database) -> list[str]:
    """Make offices, telling how far it is."""
    size = Size(
        patients=chosen.patients,
        bookings=chosen.bookings,
        providers=crowd.SMALL.providers,
        weeks_back=crowd.SMALL.weeks_back,
        weeks_ahead=crowd.SMALL.weeks_ahead,
    )
    made = crowd.fill(
        database,
        chosen.offices,
        seed=chosen.seed,
        at=moment_of(chosen.day),
        size=size,
        told=_telling(chosen.offices),
    )
    return [f"{made} offices made, {chosen.offices - made} were there"]


def play(chosen: argparse.Namespace, database: Database) -> list[str]:
    """Let a day pass; Ctrl+C ends it early."""
    ids = database.read(crowd.offices)
    events = list(crowd.day(ids, seed=chosen.seed, on=chosen.day, acts=chosen.acts))
    enough = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        enough.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        played = crowd.play(
            database,
            events,
            seed=chosen.seed,
            speed=chosen.speed,
            threads=max(1, chosen.threads),
            until=enough,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    total = sum(played.acts.values())
    acts = ", ".join(f"{name} {many}" for name, many in sorted(played.acts.items()))
    rate = total / played.seconds if played.seconds else 0.0
    return [
        f"{total} of {len(events)} acts in {len(ids)} offices, {played.seconds:.1f} s, "
        f"{rate:.0f} a second; the latest was {played.latest:.1f} s late",
        acts,
    ]


def _day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, help="what chance begins with [%(default)s]")
    parser.add_argument(
        "--day",
        type=date.fromisoformat,
        default=date(2026, 11, 24),
        metavar="DATE",
        help="as on that day [%(default)s]",
    )


def _telling(count_: int) -> Callable[[int], None]:
    """A line on standard error from time to time."""

    def told(number: int) -> None:
        if number % 250 == 0 and number < count_:
            sys.stderr.write(f"{number} of {count_} offices\n")

    return told
