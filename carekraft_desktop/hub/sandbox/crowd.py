"""Thousands of invented offices, and a day of their public that is lived through faster.

Everything hangs on the seed: which offices there are, and which act happens in which office at
which second of the day. An act draws from a seed of its own, so that a day that is played again
on the same offices ends in the same feeds, however many threads play it and however fast.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from carekraft_desktop.hub import tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.now import steady
from carekraft_desktop.hub.sandbox import numbers
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import ZONE, Size, make_office, pour
from carekraft_desktop.hub.sandbox.public import WEIGHTS, Public
from carekraft_desktop.hub.settings import Settings
from carekraft_desktop.hub.slots import SlotTaken, SlotUnknown
from carekraft_desktop.value import Value

PREFIX = "crowd-"
FIRST_STEM = 91_000_000
"""Stem of the first office's national number."""
SMALL = Size(patients=24, bookings=40, providers=2, weeks_back=1, weeks_ahead=3)
HOURS = (0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 2, 5, 9, 11, 12, 10, 8, 9, 9, 8, 6, 4, 3, 2, 2, 1, 1, 0.5)
"""How a day's acts are spread over its hours; the busiest has an eighth of them."""


class Inhabited(Exception):
    """The database has offices that are not invented."""


class Event(Value, frozen=True):
    """One act that is going to happen."""

    at: datetime
    office_id: str
    number: int
    """Of the office's acts on that day."""


@dataclass(slots=True)
class Played:
    """What a day came to."""

    acts: Counter[str] = field(default_factory=Counter)
    """By name; `nothing` where there was nothing to do."""
    seconds: float = 0.0
    latest: float = 0.0
    """Seconds by which the most belated act was late."""


def office_id(number: int) -> str:
    """The id of an invented office, counted from 1."""
    return f"{PREFIX}{number:05d}"


def fill(
    database: Database,
    count: int,
    *,
    seed: int,
    at: datetime,
    size: Size = SMALL,
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Make offices 1 to `count` where they are missing; how many were made.

    `told` is called with the number of each office that is there.

    Raises:
        Inhabited: somebody real lives here.
    """
    if database.read(lambda c: _strangers(c)):
        raise Inhabited
    known = set(database.read(lambda c: list(c.scalars(select(tables.office.c.office_id)))))
    made = 0
    for number in range(1, count + 1):
        id_ = office_id(number)
        if id_ not in known:
            office = make_office(seed * 1_000_003 + number, at, size, office_id=id_)
            office.name = f"Invented practice {number}"
            office.npi = numbers.npi(FIRST_STEM + number)
            database.write(lambda c, office=office: pour(c, office))  # type: ignore[misc]
            made += 1
        told(number)
    return made


def day(offices: Sequence[str], *, seed: int, on: date, acts: float = 60.0) -> Iterator[Event]:
    """A day's events in the order of time; `acts`: how many an office has on the average."""
    chance = Chance(f"day {seed} {on.isoformat()}")
    midnight = datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(ZONE))
    hours = {str(hour): weight for hour, weight in enumerate(HOURS)}
    events = []
    for id_ in offices:
        wanted = max(0, round(acts * (0.6 + 0.8 * chance.random())))
        moments = sorted(
            int(chance.weighted(hours)) * 3_600 + chance.randrange(3_600) for _ in range(wanted)
        )
        events += [
            Event(midnight + timedelta(seconds=second), id_, number)
            for number, second in enumerate(moments)
        ]
    return iter(sorted(events, key=lambda event: (event.at, event.office_id, event.number)))


def play(
    database: Database,
    events: Sequence[Event],
    *,
    seed: int,
    speed: float = 0.0,
    threads: int = 8,
    until: threading.Event | None = None,
) -> Played:
    """Let the events happen, those of one office in their order.

    Args:
        database: with the offices in it.
        events: of one day.
        seed: the same as for the day.
        speed: how many times faster than life; 0 is as fast as it goes.
        threads: how many offices act at the same time.
        until: set to end early.
    """
    played, guard = Played(), threading.Lock()
    stop = until or threading.Event()
    exchange = Exchange(database, Settings(url="http://127.0.0.1"))
    began, first = steady(), events[0].at if events else None

    def live(mine: Sequence[Event]) -> None:
        for event in mine:
            if speed and first is not None:
                due = began + (event.at - first).total_seconds() / speed
                stop.wait(max(0.0, due - steady()))
            if stop.is_set():
                return
            name = happen(exchange, event, seed=seed)
            late = steady() - due if speed and first is not None else 0.0
            with guard:
                played.acts[name] += 1
                played.latest = max(played.latest, late)

    by_thread: list[list[Event]] = [[] for _ in range(threads)]
    place = {id_: n % threads for n, id_ in enumerate(sorted({e.office_id for e in events}))}
    for event in events:
        by_thread[place[event.office_id]].append(event)
    with ThreadPoolExecutor(threads, thread_name_prefix="crowd") as pool:
        for done in [pool.submit(live, mine) for mine in by_thread]:
            done.result()
    played.seconds = steady() - began
    return played


def happen(exchange: Exchange, event: Event, *, seed: int) -> str:
    """Let one act happen; its name, `nothing` when there was nothing to do it with."""
    public = Public(
        exchange, event.office_id, seed=f"{seed} {event.office_id} {event.at} {event.number}"
    )
    name = Chance(f"act {seed} {event.office_id} {event.at} {event.number}").weighted(WEIGHTS)
    try:
        public.happen(name, event.at)
    except (NotPossible, NotThere, SlotTaken, SlotUnknown):
        return "nothing"
    return name


def offices(connection: Connection) -> list[str]:
    """The invented offices that there are."""
    table = tables.office.c.office_id
    return list(connection.scalars(select(table).where(table.startswith(PREFIX)).order_by(table)))


def _strangers(connection: Connection) -> int:
    table = tables.office.c.office_id
    count = select(func.count()).where(~table.startswith(PREFIX))
    return connection.scalar(count) or 0
