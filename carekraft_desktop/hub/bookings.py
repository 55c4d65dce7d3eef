"""A booking on the exchange: what decides about it, its slot, and its body in the feed.

Offices (`steps.py`) and patients both change bookings through `Case`, which writes rows in the
one lock order and never lets two live bookings hold one slot.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection, insert, select, update

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.fhir import (
    CANCELLED_BY,
    REASON,
    Appointment,
    AppointmentParticipant,
    CodeableConcept,
    Coding,
    InstantPeriod,
    Reference,
)
from carekraft_desktop.hub import far_ends, feed, tables
from carekraft_desktop.hub.feed import Change, Place, Told
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.slots import FREE, SLOT_OF, SlotTaken, alternatives, find_slot, set_slot


class NotThere(Exception):
    """There is no such booking; `gone` when there was one."""

    def __init__(self, *, gone: bool) -> None:
        """`gone`: whether it was withdrawn or deleted, rather than never known."""
        super().__init__()
        self.gone = gone


@dataclass(slots=True)
class Case:
    """One booking while a transaction changes it."""

    connection: Connection
    office_id: str
    id: str
    v: int
    patient_id: str
    provider_id: str
    slot_id: str | None
    marked_at: int | None
    """When it was marked arrived or noshow."""
    body: Appointment
    now: datetime
    was: str
    """Its status before this transaction; empty when it is new."""
    ended_by: str = ""
    """For the far end of a referral: the code of its ending, where that is known."""
    _freed: list[str] = field(default_factory=list)
    _taken: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """Its FHIR status."""
        return self.body.status

    @property
    def start(self) -> datetime:
        """When the visit begins as things stand."""
        if self.body.start is None:
            raise NotThere(gone=True)
        return self.body.start

    @property
    def end(self) -> datetime:
        """When the visit ends as things stand."""
        if self.body.end is None:
            raise NotThere(gone=True)
        return self.body.end

    def becomes(self, **changes: object) -> None:
        """Change elements of the body."""
        self.body = replace(self.body, **changes)

    def cancel(self, *, by: str, reason: str | None) -> None:
        """End it: `by` is FHIR's `pat` or `prov`, `reason` one of the contract's codes."""
        coding = [Coding(system=CANCELLED_BY, code=by)]
        if reason is not None:
            coding.append(Coding(system=REASON, code=reason))
        self.becomes(
            status="cancelled",
            cancelation_reason=CodeableConcept(coding=coding),
            requested_period=[],
        )

    def give_time(
        self, *, start: datetime, end: datetime, slot_id: str | None, provider_id: str
    ) -> None:
        """Set the time of the visit, and who sees the patient."""
        self.becomes(
            start=start, end=end, minutes_duration=max(1, int((end - start).total_seconds() // 60))
        )
        self.hold(slot_id, provider_id)

    def propose_time(
        self, *, start: datetime, end: datetime, slot_id: str | None, provider_id: str
    ) -> None:
        """Set the time that is offered to the patient; the one asked for stays readable."""
        self.becomes(requested_period=[InstantPeriod(start=start, end=end)])
        self.hold(slot_id, provider_id)

    def hold(self, slot_id: str | None, provider_id: str) -> None:
        """Refer to another slot (or none) and another provider."""
        if self.slot_id != slot_id:
            if self.slot_id is not None:
                self._freed.append(self.slot_id)
            if slot_id is not None:
                self._taken.append(slot_id)
            self.slot_id = slot_id
            self.becomes(slot=[Reference(reference=f"Slot/{slot_id}")] if slot_id else [])
        if self.provider_id != provider_id:
            role = f"PractitionerRole/{provider_id}"
            self.becomes(
                participant=[
                    replace(each, actor=Reference(reference=role)) if _is_role(each) else each
                    for each in self.body.participant
                ]
            )
            self.provider_id = provider_id

    def confirm_provider(self) -> None:
        """Everybody has agreed to the visit."""
        self.becomes(
            participant=[replace(each, status="accepted") for each in self.body.participant]
        )

    def has_provider(self, provider_id: str) -> bool:
        """Whether the office has such a provider."""
        row = feed.one(self.connection, self.office_id, "provider", provider_id)
        return row is not None and not row["gone"]

    def retake_slot(self) -> None:
        """Take the slot again that an ended booking still refers to."""
        if self.slot_id is not None:
            self._taken.append(self.slot_id)

    def settle(self, *, also: list[Change] | None = None) -> Place:
        """Write everything: booking row, slots, then the feed.

        Raises:
            SlotTaken: a slot that the booking needs is not free.
        """
        told = self.lay_down(also=also)
        place = feed.write_all(self.connection, told, self.now)[self.office_id][-1]
        self.v = place.v
        return place

    def lay_down(self, *, also: list[Change] | None = None) -> Told:
        """Write everything but the feed; what it has to tell, by office, the booking last.

        For whoever has more to write before the counters may be taken.

        Raises:
            SlotTaken: a slot that the booking needs is not free.
        """
        changes = self._settle_slots()
        self._write_row()
        change = Change(
            kind="booking",
            id=self.id,
            body=encode(self.body).decode(),
            subject=self.patient_id,
        )
        told = far_ends.follow(self.connection, self._far_end())
        news = [*changes, *(also or []), *told.pop(self.office_id, []), change]
        return {**told, self.office_id: news}

    def _far_end(self) -> far_ends.Visit:
        reason = self.body.cancelation_reason
        codes = {each.system: each.code or "" for each in (reason.coding if reason else ())}
        return far_ends.Visit(
            office_id=self.office_id,
            id=self.id,
            status=self.status,
            was=self.was,
            start=self.start,
            end=self.end,
            by=codes.get(CANCELLED_BY, ""),
            reason=codes.get(REASON, ""),
            ended_by=self.ended_by,
        )

    def _write_row(self) -> None:
        row = {
            "status": self.status,
            "patient_id": self.patient_id,
            "provider_id": self.provider_id,
            "slot_id": self.slot_id,
            "start_at": seconds(self.start),
            "end_at": seconds(self.end),
            "marked_at": self.marked_at,
        }
        booking = tables.booking
        if self.was:
            self.connection.execute(
                update(booking)
                .where(booking.c.office_id == self.office_id, booking.c.id == self.id)
                .values(**row)
            )
        else:
            self.connection.execute(
                insert(booking).values(office_id=self.office_id, id=self.id, **row)
            )

    def _settle_slots(self) -> list[Change]:
        """Free, hold and take slots in the order of their ids."""
        now_is = SLOT_OF[self.status]
        ends = now_is == FREE and SLOT_OF.get(self.was, FREE) != FREE
        # An ended booking let go of its slot before; by now it may be somebody else's.
        if ends and self.slot_id is not None:
            self._freed.append(self.slot_id)
        touched = {*self._freed, *self._taken}
        if now_is != FREE and self.slot_id is not None:
            touched.add(self.slot_id)
        changes: list[Change] = []
        for slot_id in sorted(touched):
            if slot_id in self._taken:
                changes.append(self._take(slot_id, now_is))
            else:
                status = now_is if slot_id == self.slot_id else FREE
                changes.extend(set_slot(self.connection, self.office_id, slot_id, status))
        return changes

    def _take(self, slot_id: str, status: str) -> Change:
        taken = set_slot(self.connection, self.office_id, slot_id, status, only_from=FREE)
        if not taken:
            slot = find_slot(self.connection, self.office_id, slot_id)
            raise SlotTaken(
                alternatives(
                    self.connection,
                    self.office_id,
                    provider_id=slot["provider_id"],
                    near=slot["start_at"],
                    now=self.now,
                )
            )
        return taken[0]


def lock(connection: Connection, wanted: Iterable[tuple[str, str]]) -> None:
    """Lock bookings, by office and id, and their slots, in the one lock order.

    For transactions that change several; a single one is locked by `load`.
    """
    booking, slot = tables.booking, tables.slot
    held: set[tuple[str, str]] = set()
    for office_id, id_ in sorted(set(wanted)):
        slot_id = connection.scalar(
            select(booking.c.slot_id)
            .where(booking.c.office_id == office_id, booking.c.id == id_)
            .with_for_update()
        )
        if slot_id is not None:
            held.add((office_id, slot_id))
    for office_id, slot_id in sorted(held):
        connection.execute(
            select(slot.c.id)
            .where(slot.c.office_id == office_id, slot.c.id == slot_id)
            .with_for_update()
        )


def load(connection: Connection, office_id: str, booking_id: str, now: datetime) -> Case:
    """Lock a booking and read it.

    Raises:
        NotThere: the office has no such booking.
    """
    row = (
        connection.execute(
            select(tables.booking)
            .where(tables.booking.c.office_id == office_id, tables.booking.c.id == booking_id)
            .with_for_update()
        )
        .mappings()
        .one_or_none()
    )
    entry = feed.one(connection, office_id, "booking", booking_id)
    if row is None or entry is None or entry["gone"]:
        raise NotThere(gone=entry is not None)
    return Case(
        connection=connection,
        office_id=office_id,
        id=booking_id,
        v=entry["v"],
        patient_id=row["patient_id"],
        provider_id=row["provider_id"],
        slot_id=row["slot_id"],
        marked_at=row["marked_at"],
        body=decode(entry["body"].encode(), Appointment),
        now=now,
        was=row["status"],
    )


def add(
    connection: Connection,
    office_id: str,
    body: Appointment,
    *,
    patient_id: str,
    provider_id: str,
    slot_id: str | None,
    now: datetime,
    before: list[Change] | None = None,
) -> Case:
    """Record a new booking, and take its slot; `before` goes into the feed ahead of it.

    Raises:
        SlotTaken: the slot is not free.
    """
    case = Case(
        connection=connection,
        office_id=office_id,
        id=body.id,
        v=0,
        patient_id=patient_id,
        provider_id=provider_id,
        slot_id=slot_id,
        marked_at=None,
        body=body,
        now=now,
        was="",
    )
    case.retake_slot()
    case.settle(also=before)
    return case


def _is_role(participant: AppointmentParticipant) -> bool:
    actor = participant.actor
    return actor is not None and (actor.reference or "").startswith("PractitionerRole/")
