"""An office of any size, made from a seed straight into the store's own tables.

The density is that of a large practice: 40 providers, 528 bookings a day, 3,700 a week, so
that more bookings make a longer past and future, not a fuller day. All people are invented.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from carekraft_desktop.domain.acts import Act, Cancel
from carekraft_desktop.domain.intentions import Delivery, Intention
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import engine, outbox, search
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.journal import Journal
from carekraft_desktop.store.unit import Store
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds

KEY = bytes(range(32))
STORE_ID = "store-1"
NOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
"""Noon of a Tuesday in the office; every benchmark's clock stands here."""
NOW = int(NOON.timestamp())
DAY = 86_400
FIRST_HOUR = 14 * 3600
"""Eight in the morning in Chicago, as seconds of the UTC day."""
PROVIDERS, A_DAY, WEEK_ROWS = 40, 528, 3_700
REQUESTS = 60
"""How many requests wait; an inbox does not grow with the years."""
AWAY = Cancel.PROVIDER_AWAY
STAFF = Staff("staff-1", "r.alvarez", "Rosa Alvarez", frozenset({Role.FRONT_DESK}))
GIVEN = ("Elif", "Noah", "Amara", "Mateo", "Hanna", "Wei", "Priya", "Jonas", "Leila", "Omar")
FAMILY = ("Demir", "Okafor", "Lindqvist", "Marsh", "Tanaka", "Reyes", "Novak", "Abbott", "Shah")


def uid(number: int, tail: int) -> str:
    """A UUIDv7-like id whose first part grows with `number`."""
    return f"{0x019A0000 + (number >> 16):08x}-{number & 0xFFFF:04x}-7000-8000-{tail:012x}"


def provider_id(number: int) -> str:
    """Of one of the 40."""
    return f"provider-{number:02d}"


def name_of(number: int) -> str:
    """An invented name; the number keeps people apart."""
    family = FAMILY[number // len(GIVEN) % len(FAMILY)]
    return f"{GIVEN[number % len(GIVEN)]} {family}-{number:x}"


@dataclass(frozen=True, slots=True)
class Sample:
    """A filled store, closed."""

    folder: Path
    bookings: int

    @property
    def path(self) -> Path:
        """The encrypted file."""
        return self.folder / "office.store"

    @property
    def week(self) -> tuple[int, int]:
        """Beginning and end of this week, as moments."""
        first = NOW - NOW % DAY - DAY
        return first, first + 7 * DAY

    @property
    def day(self) -> tuple[int, int]:
        """Beginning and end of today."""
        first = NOW - NOW % DAY
        return first, first + DAY

    def open(self) -> Store:
        """As the program opens it."""
        return Store.open(self.path, KEY, anchor=anchor(self.folder), store_id=STORE_ID)


def anchor(folder: Path) -> Anchor:
    """The anchor beside a store."""
    return Anchor(folder / "office.anchor", b"anchor-key")


def new_store(folder: Path, key: bytes | bytearray = KEY, kept: Anchor | None = None) -> Store:
    """An empty one, with a key and an anchor of its own if they are given."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "office.store"
    return Store.create(path, key, anchor=kept or anchor(folder), store_id=STORE_ID)


def desk_of(store: Store) -> Desk:
    """Somebody at the desk, at noon."""
    return Desk(store, FakeClock(NOON), FakeIds(), Journal(b"journal-key"), STAFF, "ws-1")


def make(
    folder: Path, bookings: int, key: bytes | bytearray = KEY, kept: Anchor | None = None
) -> Sample:
    """Fill a new store with `bookings` and a quarter as many patients."""
    store = new_store(folder, key, kept)
    connection = engine.connect(folder / "office.store", key)
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    _people(connection, max(1, bookings // 4))
    _time(connection)
    _bookings(connection, bookings)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with store.write() as unit:
        for intention in _intentions([id_ for (id_,) in unit.rows(_SOON, NOW)]):
            outbox.append(unit, intention)
    store.close()
    return Sample(folder, bookings)


_SOON = "SELECT id FROM calendar WHERE start > ? AND status = 'confirmed' ORDER BY start LIMIT 260"


def _people(connection: Any, number: int) -> None:
    connection.execute(
        "INSERT INTO office VALUES ('office-1', 1, 'Lakeside Practice', 'America/Chicago', '',"
        " '', '')"
    )
    hours = "[" + ", ".join(f"[{day}, 480, 1080]" for day in range(7)) + "]"
    connection.executemany(
        "INSERT INTO provider VALUES (?, 1, ?, 'Family medicine', 1, ?)",
        [(provider_id(n), f"Dr. {name_of(n)}", hours) for n in range(PROVIDERS)],
    )
    connection.executemany(
        "INSERT INTO patient VALUES (NULL, ?, 1, ?, ?, ?, ?, ?, '60601', 'female', ?, '', '', '')",
        (
            (
                uid(n, n),
                name_of(n),
                ", ".join(reversed(name_of(n).split())),
                f"312-555-{n % 10_000:04d}",
                f"person{n}@example.com",
                f"{n % 900 + 1} Lake Street, Chicago, IL",
                f"{1940 + n % 60}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            )
            for n in range(number)
        ),
    )
    connection.executemany(
        "INSERT INTO consent VALUES (?, 1, ?, 'shared', 'shared', 'withheld', 'shared', ?, 0)",
        ((uid(n, n + 1), uid(n, n), NOW - DAY * 30) for n in range(number)),
    )
    people = connection.execute("SELECT n, name, sort_name, phone, birth_date FROM patient")
    connection.executemany(
        "INSERT INTO search(rowid, name, tail, birth) VALUES (?, ?, ?, ?)",
        (search.words_of(row) for row in people.fetchall()),
    )


def _time(connection: Any) -> None:
    """Schedules, and published slots of six weeks, a third of them free."""
    connection.executemany(
        "INSERT INTO schedule VALUES (?, 1, ?)",
        [(f"schedule-{n:02d}", provider_id(n)) for n in range(PROVIDERS)],
    )
    midnight = NOW - NOW % DAY
    connection.executemany(
        "INSERT INTO slot VALUES (?, 1, ?, ?, ?, ?)",
        (
            (uid(day, n * 100 + place), f"schedule-{n:02d}", start, start + 1800, place % 3 == 0)
            for n in range(PROVIDERS)
            for day in range(42)
            for place in range(18)
            for start in [midnight + day * DAY + FIRST_HOUR + place * 1800]
        ),
    )


def _bookings(connection: Any, number: int) -> None:
    marks = ", ".join("?" * 18)
    for rows in _chunks(number):
        connection.executemany(f"INSERT INTO booking VALUES ({marks})", rows)
    connection.execute(
        """INSERT INTO calendar SELECT start, booking.id, "end", provider_id, patient_id, name,
        status, booking.version, requested_at FROM booking JOIN patient
        ON patient.id = patient_id ORDER BY start, booking.id"""
    )


def _chunks(number: int) -> Iterator[list[tuple[Any, ...]]]:
    chance = random.Random(7)
    days = -(-number // A_DAY)
    first = NOW - NOW % DAY - (days * 2 // 3) * DAY
    rows: list[tuple[Any, ...]] = []
    waiting = REQUESTS
    for n in range(number):
        day, place = divmod(n, A_DAY)
        start = first + day * DAY + FIRST_HOUR + place // PROVIDERS * 2700
        if start > NOW and waiting and chance.random() < 0.1:
            status, waiting = "requested", waiting - 1
        elif start > NOW:
            status = "confirmed" if chance.random() < 0.9 else "cancelled"
        else:
            status = chance.choices(("completed", "no-show", "cancelled"), (80, 5, 15))[0]
        # Booked up to three weeks ahead: ids of one day lie far apart, as they do in life.
        made = n + 50_000 - chance.randrange(20 * A_DAY)
        person = chance.randrange(max(1, number // 4))
        rows.append(
            (
                uid(made, n),
                chance.randint(1, 4),
                f"CK-{n:08X}",
                uid(person, person),
                provider_id(place % PROVIDERS),
                "",
                start,
                start + 1800,
                status,
                start - chance.randrange(20 * DAY),
                "patient" if status == "cancelled" else "",
                "",
                None,
                None,
                "Knee pain after a fall",
                "It hurts on stairs",
                "[]",
                start - DAY,
            )
        )
        if len(rows) == 20_000:
            rows.sort()
            yield rows
            rows = []
    yield rows


def _intentions(visits: list[str]) -> Iterator[Intention]:
    """What the office asked for lately: 40 on their way, 20 to be read, 200 done."""
    ids = FakeIds(seed=9)
    for number, visit_id in enumerate(visits):
        delivery = Delivery.APPLIED
        if number < 40:
            delivery = Delivery.WAITING
        elif number < 60:
            delivery = Delivery.CONFLICT
        yield Intention(
            key=ids.new(),
            about=visit_id,
            act=Act.CANCEL,
            if_version=1,
            actor=STAFF.id,
            made_at=NOW - 600,
            visit_start=NOW + DAY,
            reason="office-closed",
            delivery=delivery,
            settled_version=1 if delivery is Delivery.APPLIED else 0,
        )
