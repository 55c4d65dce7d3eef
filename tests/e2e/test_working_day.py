"""A working day replayed: twelve hours, three hundred bookings, two desks, and bad luck.

The network is cut four times and one desk is killed twice. At the end both desks and the exchange
agree, and the journals explain every change that the office made. The suite lives through a day of
`CAREKRAFT_DAY` bookings, 90 where nothing is said; 300 are the whole day.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from carekraft_desktop.domain.acts import Act, Cancel, Decline
from carekraft_desktop.domain.visits import Status, acts_for
from carekraft_desktop.errors import RuleError
from carekraft_desktop.hub import serve, tables
from carekraft_desktop.hub.app import create_app
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.now import Shifted
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.office import Size
from carekraft_desktop.hub.sandbox.public import Public
from carekraft_desktop.hub.sandbox.sandbox import Sandbox
from carekraft_desktop.hub.settings import Settings
from carekraft_desktop.services import changes, marks, outbox, visits
from tests.e2e.seats import WEEKS, Seat
from tests.e2e.test_crash import run_and_kill
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON, Hub, filled_database
from tests.proxy import Relay

BOOKINGS = int(os.environ.get("CAREKRAFT_DAY", "90"))
HOURS = 12
MORNING = NOON - timedelta(hours=3)
CUTS = {
    round(BOOKINGS * gone): round(BOOKINGS * back)
    for gone, back in ((0.2, 0.28), (0.4, 0.5), (0.63, 0.72), (0.83, 0.93))
}
"""At which booking the network goes, and at which it comes back."""
KILLS = (round(BOOKINGS / 3), round(BOOKINGS * 0.77))
SIZE = Size(patients=150, bookings=160, providers=6)


@dataclass
class Day:
    """An exchange behind a network that can be cut, its public, and a clock for all."""

    clock: FakeClock
    hub: Hub
    relay: Relay
    public: Public

    def cut(self) -> None:
        """Nobody reaches the exchange."""
        self._targets, self.relay.targets = self.relay.targets, []

    def mend(self) -> None:
        """Everybody does again."""
        self.relay.targets = self._targets


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    clock, relay = FakeClock(MORNING), Relay()
    database, office = filled_database(tmp_path, 11, MORNING, SIZE, None)
    place = serve.bind("127.0.0.1", 0)
    relay.targets = [("127.0.0.1", place.getsockname()[1])]
    shifted = Shifted(clock.now)
    exchange = Exchange(database, Settings(url=relay.url), now=shifted)
    sandbox = Sandbox(exchange, shifted, seed=11, per_minute=0.0)
    background = serve.Background(create_app(exchange, sandbox), exchange, place)
    hub = Hub(relay.url, exchange, sandbox, office, tmp_path, background.stop)
    yield Day(clock, hub, relay, Public(exchange, office.id, seed=11))
    relay.close()
    background.stop()


class Colleague:
    """Somebody at a desk who does what the day brings, as chance has it."""

    def __init__(self, seat: Seat, seed: int) -> None:
        self.seat, self.chance = seat, random.Random(seed)

    def work(self) -> None:
        """One look at the desk, some acts."""
        desk = self.seat.opened.desk
        now = desk.now()
        for found in changes.changed(desk)[:2]:
            changes.acknowledge(desk, found.seen.entry.id)
        for seen in visits.inbox(desk)[:3]:
            with suppress(RuleError):
                self._answer(seen.entry.id, late=seen.start <= now)
        for seen in visits.day(desk, now - 7200, now + 3600):
            lawful = acts_for(seen.status, start=seen.start, now=now)
            marking = [act for act in (Act.ARRIVE, Act.NO_SHOW, Act.COMPLETE) if act in lawful]
            if marking and self.chance.random() < 0.2:
                act = self.chance.choice(marking)
                does = {
                    Act.ARRIVE: visits.arrive,
                    Act.NO_SHOW: visits.no_show,
                    Act.COMPLETE: visits.complete,
                }
                with suppress(RuleError):
                    does[act](desk, seen.entry.id)

    def _answer(self, visit_id: str, *, late: bool) -> None:
        desk = self.seat.opened.desk
        chosen = self.chance.random()
        if chosen < 0.3:
            marks.claim(desk, visit_id)
        if late or chosen > 0.85:
            visits.decline(desk, visit_id, self.chance.choice(list(Decline)))
            return
        made = visits.accept(desk, visit_id)
        if chosen < 0.05:
            visits.undo(desk, made.key)
        elif chosen > 0.8:
            visits.cancel(desk, visit_id, Cancel.PATIENT_ASKED)
        else:
            marks.enter(desk, visit_id)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
def test_a_day_of_two_desks_ends_in_agreement_and_every_change_is_explained(
    day: Day, tmp_path: Path
) -> None:
    seats = [
        Seat(day.hub, tmp_path / name, clock=day.clock, name=f"{name[0]}.desk")
        for name in ("north", "south")
    ]
    for seat in seats:
        settle(seat)
    live_through(day, seats)
    for _ in range(3):
        for seat in seats:
            settle(seat)
    agreed(day, seats)
    for seat in seats:
        explained(day, seat)
        seat.program.lock()


def live_through(day: Day, seats: list[Seat]) -> None:
    """Twelve hours; after some bookings one desk dies and comes back."""
    people = [Colleague(seat, number) for number, seat in enumerate(seats)]
    chance = random.Random(3)
    for number in range(BOOKINGS):
        happen(day, number)
        day.clock.advance(minutes=HOURS * 60 / BOOKINGS)
        person = people[number % 2]
        person.work()
        if number % 6 < 2:
            person.seat.cycle()
        if number in KILLS:
            seats[1].program.lock()
            run_and_kill(seats[1], "send", chance)
            restart(seats[1])


def happen(day: Day, number: int) -> None:
    """What the public and the network do around one booking."""
    if number in CUTS:
        day.cut()
    if number in CUTS.values():
        day.mend()
    with suppress(NotPossible):
        day.public.happen("book")
    if number % 3 == 0:
        day.public.step()


def settle(seat: Seat) -> None:
    """Cycle until nothing waits; the day's clock is everybody's and moves a little."""
    seat.settle(most=120)


def restart(seat: Seat) -> None:
    """The same person unlocks the desk again."""
    seat.program = seat._program()
    (person,) = seat.program.people()
    seat.opened = seat.program.unlock(person.id, "copper-harbor-lantern-31")


_STATUS = {
    "proposed": Status.REQUESTED,
    "pending": Status.OFFERED,
    "booked": Status.CONFIRMED,
    "arrived": Status.ARRIVED,
    "fulfilled": Status.COMPLETED,
    "cancelled": Status.CANCELLED,
    "noshow": Status.NO_SHOW,
}


def agreed(day: Day, seats: list[Seat]) -> None:
    """Every booking stands the same on both desks and at the exchange, and holds its slot once."""
    rows = day.hub.read(
        lambda c: c.execute(select(tables.booking.c.id, tables.booking.c.status)).all()
    )
    there = {row.id: _STATUS[row.status] for row in rows}
    assert len(there) > SIZE.bookings + BOOKINGS * 0.7
    for seat in seats:
        here = {id_: status for id_, (status, _) in seat.all_visits().items()}
        assert here == there
        assert not [i for i in outbox.lines(seat.opened.desk) if i.intention.delivery == "waiting"]
    assert seats[0].all_visits() == seats[1].all_visits()
    now = seats[0].opened.desk.now()
    shown = [marks.of_visits(seat.opened.desk, there) for seat in seats]
    assert shown[0] == shown[1]
    assert any(each.entered for each in shown[0].values())
    live = {Status.REQUESTED, Status.CONFIRMED, Status.ARRIVED}
    slots = Counter(
        visits.card(seats[0].opened.desk, seen.entry.id).visit.slot_id
        for seen in visits.day(seats[0].opened.desk, now - WEEKS, now + WEEKS)
        if seen.status in live
    )
    del slots[""]
    assert max(slots.values()) == 1


def explained(day: Day, seat: Seat) -> None:
    """Each change that the exchange made for this desk has its line, and each line its answer."""
    desk = seat.opened.desk
    with desk.store.read() as unit:
        assert desk.journal.first_wrong(unit) is None
        lines = Counter(
            (action, about)
            for action, about in unit.rows("SELECT action, object FROM journal WHERE staff <> ''")
        )
        ends = Counter(
            (about, detail)
            for about, detail in unit.rows(
                "SELECT object, detail FROM journal WHERE action IN ('visit.applied', 'mark.applied')"
            )
        )
    outcomes = day.hub.read(
        lambda c: c.execute(
            select(tables.outcome.c.result, tables.outcome.c.key).where(
                tables.outcome.c.client_id == desk.device
            )
        ).all()
    )
    applied = {row.key for row in outcomes if json.loads(row.result)["status"] == "applied"}
    assert len(applied) > BOOKINGS / 6
    with desk.store.read() as unit:
        asked = unit.rows("SELECT key, about, act, kind FROM outbox")
    mine = {key: (about, act, kind) for key, about, act, kind in asked}
    assert applied <= set(mine)
    for key in applied:
        about, act, kind = mine[key]
        booking = about.partition(".")[2] if kind == "mark" else about
        subject = "mark" if kind == "mark" else "visit"
        assert lines[f"{subject}.{act}", booking] >= 1
        assert ends[about, act] >= 1
