"""A simulated public that goes on booking, moving, cancelling and withdrawing while one watches."""

import asyncio
import contextlib
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.database import Busy
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.sandbox import acts, colleagues, reviews, words
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import notice
from carekraft_desktop.hub.sharing import CLASSES
from carekraft_desktop.hub.slots import SlotTaken, SlotUnknown

if TYPE_CHECKING:
    from collections.abc import Callable

    Event = Callable[[Connection, datetime], None]

log = logging.getLogger(__name__)

TRIES = 8
"""How often another event is drawn when one finds nothing to do."""
WEIGHTS = {
    "book": 46.0,
    "answer": 20.0,
    "cancel": 12.0,
    "move": 9.0,
    "unshare-class": 4.0,
    "unshare": 2.5,
    "review": 4.0,
    "review-edit": 1.5,
    "review-delete": 0.5,
    "notice": 1.5,
    "colleague": 6.0,
}


class Public:
    """Draws one event after another from its seed."""

    def __init__(self, exchange: Exchange, office_id: str, *, seed: int | str) -> None:
        """It acts on one office of that exchange."""
        self._exchange = exchange
        self._office_id = office_id
        self._chance = Chance(f"public {seed}")
        self._weights = dict(WEIGHTS)
        self._events: dict[str, Callable[[Connection, datetime], None]] = {
            "book": self._book,
            "answer": self._answer,
            "cancel": self._cancel,
            "move": self._move,
            "unshare-class": self._unshare_class,
            "unshare": self._unshare,
            "review": self._review,
            "review-edit": self._review_edit,
            "review-delete": self._review_delete,
            "notice": self._notice,
            "colleague": self._colleague,
        }

    def also(self, name: str, weight: float, event: "Event") -> None:
        """Let another kind of thing happen, too."""
        self._events[name] = event
        self._weights[name] = weight

    def step(self) -> str | None:
        """Let one thing happen; its name, None when there was nothing to do."""
        for _ in range(TRIES):
            name = self._chance.weighted(self._weights)
            try:
                self.happen(name)
            except (NotPossible, NotThere, SlotTaken, SlotUnknown):
                continue
            return name
        return None

    def happen(self, name: str, now: datetime | None = None) -> None:
        """Let a certain thing happen, `now` or at the exchange's own time.

        Raises:
            NotPossible, NotThere, SlotTaken: there was nothing to do it with.
        """
        at = now or self._exchange.now()
        self._exchange.database.write(lambda connection: self._events[name](connection, at))
        self._exchange.wakeups.tell(self._office_id)

    async def live(self, per_minute: float, until: asyncio.Event) -> None:
        """Go on at that pace, with the unevenness of chance, until told to stop.

        It is not cancelled: what it has begun is finished before it returns.
        """
        while True:
            pause = self._chance.expovariate(per_minute / 60)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(until.wait(), pause)
                return
            try:
                await self._exchange.run(self.step)
            except (Busy, DBAPIError) as error:
                log.info("the public waits: %s", type(error).__name__)

    def _book(self, connection: Connection, now: datetime) -> None:
        known = None
        if self._chance.happens(0.6):
            known = self._one_of(connection, "patient")
        acts.book(connection, self._chance, self._office_id, now, patient_id=known)

    def _answer(self, connection: Connection, now: datetime) -> None:
        booking_id = self._booking(connection, now, "pending")
        if self._chance.happens(0.75):
            acts.agree(connection, self._office_id, booking_id, now)
        else:
            acts.refuse(connection, self._office_id, booking_id, now)

    def _cancel(self, connection: Connection, now: datetime) -> None:
        booking_id = self._booking(connection, now, "booked", "proposed")
        acts.cancel(connection, self._office_id, booking_id, now)

    def _move(self, connection: Connection, now: datetime) -> None:
        booking_id = self._booking(connection, now, "booked", "proposed")
        acts.move(connection, self._chance, self._office_id, booking_id, now)

    def _unshare_class(self, connection: Connection, now: datetime) -> None:
        patient_id = self._one_of(connection, "patient")
        acts.unshare_class(
            connection, self._office_id, patient_id, self._chance.choice(CLASSES), now
        )

    def _unshare(self, connection: Connection, now: datetime) -> None:
        acts.unshare(connection, self._office_id, self._one_of(connection, "patient"), now)

    def _review(self, connection: Connection, now: datetime) -> None:
        reviews.write(connection, self._chance, self._office_id, now)

    def _review_edit(self, connection: Connection, now: datetime) -> None:
        review_id = self._one_of(connection, "review")
        reviews.edit(connection, self._chance, self._office_id, review_id, now)

    def _review_delete(self, connection: Connection, now: datetime) -> None:
        review_id = self._one_of(connection, "review")
        reviews.delete(connection, self._office_id, review_id, now)

    def _colleague(self, connection: Connection, now: datetime) -> None:
        """Somebody at another desk of the office takes a request or enters a booking."""
        if not colleagues.act(connection, self._chance, self._office_id, now):
            raise NotPossible

    def _notice(self, connection: Connection, now: datetime) -> None:
        text = self._chance.choice(words.NOTICES)
        feed.write(connection, self._office_id, [notice(self._chance, text, now)], now)

    def _booking(self, connection: Connection, now: datetime, *statuses: str) -> str:
        """Some booking of those statuses whose visit has not begun."""
        booking = tables.booking
        wanted = (
            (booking.c.office_id == self._office_id)
            & booking.c.status.in_(statuses)
            & (booking.c.start_at > seconds(now))
        )
        count = connection.scalar(select(func.count()).select_from(booking).where(wanted)) or 0
        if count == 0:
            raise NotPossible
        ordered = select(booking.c.id).where(wanted).order_by(booking.c.start_at, booking.c.id)
        place = self._chance.randrange(count)
        found: str = connection.execute(ordered.offset(place).limit(1)).scalar_one()
        return found

    def _one_of(self, connection: Connection, kind: str) -> str:
        """Some item of a kind that is there."""
        item = tables.item
        wanted = (
            (item.c.office_id == self._office_id) & (item.c.kind == kind) & item.c.gone.is_(False)
        )
        count = connection.scalar(select(func.count()).select_from(item).where(wanted)) or 0
        if count == 0:
            raise NotPossible
        place = self._chance.randrange(count)
        ordered = select(item.c.id).where(wanted).order_by(item.c.id)
        found: str = connection.execute(ordered.offset(place).limit(1)).scalar_one()
        return found
