"""What the presenters ask of the services, as the shape of the modules that answer.

The modules themselves are fetched in `wiring.py`, and only when a store is about to be opened:
the first window must not wait for the database library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.acts import Cancel, Decline, Overlap
    from carekraft_desktop.domain.handover import Template
    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.domain.marks import CallOutcome, Marks
    from carekraft_desktop.domain.patients import DataClass
    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.domain.visits import Office, Opening, Provider
    from carekraft_desktop.services.alerts import News, Place
    from carekraft_desktop.services.calls import ToCall
    from carekraft_desktop.services.changes import Changed
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.handover import Waiting
    from carekraft_desktop.services.outbox import Line
    from carekraft_desktop.services.paper import Call
    from carekraft_desktop.services.persons import Person
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.services.visits import Card
    from carekraft_desktop.store.search import Hit


class VisitUses(Protocol):
    """`services/visits.py`."""

    def day(self, desk: Desk, first: Moment, last: Moment) -> tuple[Seen, ...]:
        """Every visit that overlaps the stretch."""
        ...

    def inbox(self, desk: Desk) -> tuple[Seen, ...]:
        """Requests to be answered, oldest first."""
        ...

    def card(self, desk: Desk, visit_id: str) -> Card:
        """One visit with all that may be shown of it."""
        ...

    def same(self, desk: Desk, card: Card) -> bool:
        """Whether an open card still says all there is."""
        ...

    def reveal(self, desk: Desk, visit_id: str, data: DataClass) -> None:
        """Write down that a class was looked at; refuse when the role has no right."""
        ...

    def openings(
        self, desk: Desk, provider_id: str, first: Moment, last: Moment
    ) -> tuple[Opening, ...]:
        """Free published slots of one provider."""
        ...

    def accept(self, desk: Desk, visit_id: str) -> Intention:
        """Take the booking, or take a mark back."""
        ...

    def arrive(self, desk: Desk, visit_id: str) -> Intention:
        """The patient is here."""
        ...

    def complete(self, desk: Desk, visit_id: str) -> Intention:
        """The visit is over."""
        ...

    def no_show(self, desk: Desk, visit_id: str) -> Intention:
        """The patient did not come."""
        ...

    def decline(self, desk: Desk, visit_id: str, reason: Decline) -> Intention:
        """Refuse a request."""
        ...

    def cancel(self, desk: Desk, visit_id: str, reason: Cancel) -> Intention:
        """Cancel a visit."""
        ...

    def propose(
        self, desk: Desk, visit_id: str, to: Opening, *, overlap: Overlap | None = None
    ) -> Intention:
        """Offer another time."""
        ...

    def move(
        self, desk: Desk, visit_id: str, to: Opening, *, overlap: Overlap | None = None
    ) -> Intention:
        """Put a confirmed visit elsewhere."""
        ...

    def accept_all(self, desk: Desk, visit_ids: Sequence[str]) -> tuple[Intention, ...]:
        """Take several bookings in one transaction; those that have changed stay."""
        ...

    def undo(self, desk: Desk, *keys: str) -> None:
        """Take acts back that have not left, all or none."""
        ...


class ChangeUses(Protocol):
    """`services/changes.py`."""

    def changed(self, desk: Desk) -> tuple[Changed, ...]:
        """Bookings with changes that nobody has read."""
        ...

    def acknowledge(self, desk: Desk, visit_id: str) -> None:
        """Somebody has read them."""
        ...


class MarkUses(Protocol):
    """`services/marks.py`."""

    def of_visits(self, desk: Desk, visit_ids: Iterable[str]) -> dict[str, Marks]:
        """What colleagues have marked on these bookings."""
        ...

    def claim(self, desk: Desk, visit_id: str) -> Intention:
        """This person is on it."""
        ...

    def release(self, desk: Desk, visit_id: str) -> Intention:
        """No longer."""
        ...

    def enter(self, desk: Desk, visit_id: str) -> Intention:
        """It stands in the practice system."""
        ...

    def unenter(self, desk: Desk, visit_id: str) -> Intention:
        """It does not."""
        ...

    def call(self, desk: Desk, visit_id: str, outcome: CallOutcome) -> Intention:
        """The patient was called."""
        ...


class HandoverUses(Protocol):
    """`services/handover.py`."""

    def all_templates(self, desk: Desk) -> tuple[Template, ...]:
        """Every template."""
        ...

    def chosen(self, desk: Desk) -> Template:
        """The one in use."""
        ...

    def choose(self, desk: Desk, key: str) -> None:
        """Use another."""
        ...

    def keep(self, desk: Desk, key: str, text: str) -> None:
        """Change its words; refuses a field that there is not."""
        ...

    def restore(self, desk: Desk, key: str) -> None:
        """Back to the shipped words."""
        ...

    def copy(self, desk: Desk, visit_id: str) -> str:
        """A booking in its shape; journalled."""
        ...

    def to_enter(self, desk: Desk) -> tuple[Waiting, ...]:
        """What is not entered, oldest first."""
        ...

    def count(self, desk: Desk) -> int:
        """How many are not entered."""
        ...


class AlertUses(Protocol):
    """`services/alerts.py`."""

    def news(self, desk: Desk) -> News:
        """What has come since somebody was told."""
        ...

    def told(self, desk: Desk, place: Place) -> None:
        """Somebody has been told up to here."""
        ...


class PersonUses(Protocol):
    """`services/persons.py`."""

    def card(self, desk: Desk, patient_id: str) -> Person:
        """A patient with all visits and look-alikes; journalled."""
        ...

    def same(self, desk: Desk, person: Person) -> bool:
        """Whether an open card still says all there is."""
        ...

    def reveal(self, desk: Desk, patient_id: str, data: DataClass) -> None:
        """Write down that a class was looked at."""
        ...

    def join(self, desk: Desk, one: str, other: str) -> None:
        """Two records are one person."""
        ...

    def keep_apart(self, desk: Desk, one: str, other: str) -> None:
        """They are two."""
        ...

    def undecide(self, desk: Desk, one: str, other: str) -> None:
        """Take that back."""
        ...

    def let_be(self, desk: Desk, patient_id: str, *, on: bool) -> None:
        """The patient does not want to be called or reminded, or does again."""
        ...


class PaperUses(Protocol):
    """`services/paper.py`."""

    def is_bulk(self, desk: Desk, first: Moment, last: Moment) -> bool:
        """Whether a day's sheet needs the password again."""
        ...

    def is_bulk_calls(self, desk: Desk) -> bool:
        """Whether the list of calls does."""
        ...

    def day(
        self, desk: Desk, first: Moment, last: Moment, name: str, again: StepUp | None = None
    ) -> tuple[Seen, ...]:
        """The visits of a day, for a sheet; journalled."""
        ...

    def call_list(self, desk: Desk, again: StepUp | None = None) -> tuple[Call, ...]:
        """Whom to call, with numbers; journalled."""
        ...

    def printed(self, desk: Desk, job: str, *, pages: int, patients: int) -> None:
        """It went to a printer, or no page of it did; journalled."""
        ...

    def write_packet(self, desk: Desk, keys: Path, folders: tuple[Path, ...]) -> int:
        """Seal today and the next day, for when no computer works; how many visits."""
        ...


class CallUses(Protocol):
    """`services/calls.py`."""

    def to_call(self, desk: Desk) -> tuple[ToCall, ...]:
        """Whom to call, by the start of the visit."""
        ...

    def number(self, desk: Desk, visit_id: str) -> str:
        """The number to dial; journalled."""
        ...


class OutboxUses(Protocol):
    """`services/outbox.py`."""

    def lines(self, desk: Desk) -> tuple[Line, ...]:
        """Acts on their way, then those that ended otherwise and are unread."""
        ...

    def mark_read(self, desk: Desk, key: str) -> None:
        """Somebody has seen how an act ended."""
        ...

    def waiting(self, desk: Desk) -> int:
        """How many acts are on their way."""
        ...


class OfficeUses(Protocol):
    """`services/office.py`."""

    def office(self, desk: Desk) -> Office | None:
        """The office, None before it has arrived."""
        ...

    def providers(self, desk: Desk) -> tuple[Provider, ...]:
        """Whose time can be booked."""
        ...


class FindUses(Protocol):
    """`services/find.py`."""

    def find(self, desk: Desk, typed: str, *, most: int = 20) -> tuple[Hit, ...]:
        """Patients who fit what was typed."""
        ...

    def recent(self, desk: Desk) -> tuple[Hit, ...]:
        """Patients whose visits this person opened last."""
        ...
