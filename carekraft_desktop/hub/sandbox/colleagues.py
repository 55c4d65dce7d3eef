"""Invented colleagues of the office at other desks: what they have entered, and what they are on.

They mark bookings as real desks do, so that a single seat of the demonstration is not alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.marks import CLAIM_LASTS, Mark, MarkKind, mark_id
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.people import Person
from carekraft_desktop.hub.sandbox.requests import Booking

_NOT_ENTERED = 11
"""One confirmed booking in so many is not in the practice system yet."""
_LOOK = timedelta(days=9)
_LARGE, _TWINS = 200, 3
"""From so many people on, so many have signed up twice."""


class Colleague(NamedTuple):
    """Somebody at another desk."""

    staff: str
    name: str
    device: str
    workstation: str


COLLEAGUES = (
    Colleague("staff-lee", "Sam Lee", "desk-two", "Front desk 2"),
    Colleague("staff-ortiz", "Pat Ortiz", "back-office", "Back office"),
)


def mark(
    kind: MarkKind, booking_id: str, who: Colleague, at: datetime, *, subject: str, v: int = 1
) -> Change:
    """What a colleague says of a booking."""
    body = Mark(
        id=mark_id(kind, booking_id),
        kind=kind,
        about=booking_id,
        by=who.staff,
        name=who.name,
        device=who.device,
        workstation=who.workstation,
        at=at,
        until=at + CLAIM_LASTS if kind is MarkKind.CLAIM else None,
        v=v if kind is MarkKind.ENTERED else None,
    )
    return Change(kind="mark", id=body.id, body=encode(body).decode(), subject=subject)


def past_marks(bookings: Iterable[Booking], now: datetime) -> list[Change]:
    """Nearly everything that was confirmed is entered; the newest of it is not yet."""
    live = [
        booking
        for booking in bookings
        if booking.body.status in ("booked", "arrived", "fulfilled") and booking.start > now - _LOOK
    ]
    return [
        mark(
            MarkKind.ENTERED,
            booking.body.id,
            COLLEAGUES[number % len(COLLEAGUES)],
            now - timedelta(hours=2 + number % 60),
            subject=booking.person.id,
        )
        for number, booking in enumerate(live)
        if number % _NOT_ENTERED
    ]


def sign_up_twice(people: Sequence[Person], today_minors: frozenset[str]) -> None:
    """Some people of a large office have two records: the same name, birth date and telephone."""
    if len(people) < _LARGE:
        return
    adults = [
        each
        for each in people
        if each.id not in today_minors and each.shares("contact") and each.shares("demographic")
    ]
    for one, other in zip(adults[:_TWINS], adults[-_TWINS:], strict=False):
        if one is not other:
            other.born = one.born
            other.full = replace(
                other.full,
                name=one.full.name,
                birth_date=one.full.birth_date,
                gender=one.full.gender,
                telecom=one.full.telecom,
            )


def act(connection: Connection, chance: Chance, office_id: str, now: datetime) -> bool:
    """A colleague claims a request or enters a booking; False when there is none."""
    wanted, kind = (
        ("proposed", MarkKind.CLAIM) if chance.happens(0.5) else ("booked", MarkKind.ENTERED)
    )
    booking = tables.booking
    rows = connection.execute(
        select(booking.c.id, booking.c.patient_id)
        .where(
            booking.c.office_id == office_id,
            booking.c.status == wanted,
            booking.c.start_at > seconds(now),
        )
        .order_by(booking.c.start_at, booking.c.id)
        .limit(40)
    ).all()
    free = [
        row
        for row in rows
        if feed.one(connection, office_id, "mark", mark_id(kind, row.id)) is None
    ]
    if not free:
        return False
    row = chance.choice(free)
    change = mark(kind, row.id, chance.choice(COLLEAGUES), now, subject=row.patient_id)
    feed.write(connection, office_id, [change], now)
    return True
