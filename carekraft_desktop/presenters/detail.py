"""The pane beside the day: one visit, what the patient shared of it, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.acts import Act, Cancel, Decline
from carekraft_desktop.domain.intentions import NEEDS_EYES, Delivery, Intention
from carekraft_desktop.domain.marks import MARK, Marks
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Right, Staff
from carekraft_desktop.domain.visits import Status, acts_for
from carekraft_desktop.presenters import claims, wording, wording_desk, wording_errors
from carekraft_desktop.presenters.day import mark_of, pending_of
from carekraft_desktop.presenters.pieces import Mark
from carekraft_desktop.presenters.shared_data import ClassState, Fact, Held, classes, decided
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.domain import Moment
    from carekraft_desktop.presenters.inbox import ChangeLine
    from carekraft_desktop.services.visits import Card

KEYS: dict[Act, str] = {
    Act.ACCEPT: "A",
    Act.DECLINE: "D",
    Act.PROPOSE: "P",
    Act.MOVE: "M",
    Act.CANCEL: "C",
    Act.ARRIVE: "V",
    Act.COMPLETE: "E",
    Act.NO_SHOW: "N",
}
"""One key for each act, everywhere on the page."""

_ORDER: dict[Status, tuple[Act, ...]] = {
    Status.REQUESTED: (Act.ACCEPT, Act.PROPOSE, Act.DECLINE),
    Status.OFFERED: (Act.PROPOSE, Act.CANCEL),
    Status.CONFIRMED: (Act.ARRIVE, Act.MOVE, Act.NO_SHOW, Act.CANCEL),
    Status.ARRIVED: (Act.COMPLETE, Act.ACCEPT),
    Status.NO_SHOW: (Act.ARRIVE, Act.ACCEPT),
    Status.COMPLETED: (),
    Status.CANCELLED: (),
}
_ICON: dict[Act, str] = {
    Act.ACCEPT: "check",
    Act.DECLINE: "x",
    Act.PROPOSE: "calendar-clock",
    Act.MOVE: "calendar-clock",
    Act.CANCEL: "calendar-x",
    Act.ARRIVE: "log-in",
    Act.COMPLETE: "check-check",
    Act.NO_SHOW: "user-x",
}
_DANGER = frozenset({Act.DECLINE, Act.CANCEL})


class ActionState(Value, frozen=True):
    """One button."""

    act: Act
    label: str
    key: str
    icon: str
    live: bool
    tip: str
    danger: bool


class Note(Value, frozen=True):
    """An act that ended otherwise than meant, told on the visit it was about."""

    key: str
    words: str


class DetailState(Value, frozen=True):
    """Everything in the pane."""

    visit_id: str
    provider_id: str
    status: Status
    name: str
    mark: Mark
    pending: str
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]
    shared: str
    """When and by whom it was decided what is shared."""
    classes: tuple[ClassState, ...]
    actions: tuple[ActionState, ...]
    changes: tuple[ChangeLine, ...] = ()
    """What has changed and has not been read."""
    claim: str = ""
    """Who is on it, in a sentence."""

    def action(self, act: Act) -> ActionState | None:
        """The button of an act, None when the visit does not allow it."""
        return next((action for action in self.actions if action.act is act), None)


def detail(
    card: Card,
    *,
    provider: str,
    staff: Staff,
    device: str,
    when: OfficeTime,
    now: Moment,
    revealed: frozenset[DataClass],
    changes: tuple[ChangeLine, ...] = (),
) -> DetailState:
    """The pane for one card."""
    held = Held(card.patient, card.shares, card.insurance, card.visit)
    return DetailState(
        visit_id=card.visit.id,
        provider_id=card.seen.provider_id,
        status=card.seen.status,
        name=card.seen.entry.name or wording.NAME_MISSING,
        mark=mark_of(card.seen, now),
        pending=pending_of(card.seen),
        facts=_visit_facts(card, provider, when),
        notes=_notes(card, when, now),
        shared=decided(held, when),
        classes=classes(held, staff=staff, when=when, now=now, revealed=revealed),
        actions=_actions(card, staff, when, now),
        changes=changes,
        claim=claims.sentence(card.marks.claim, staff, device, when),
    )


def _visit_facts(card: Card, provider: str, when: OfficeTime) -> tuple[Fact, ...]:
    visit, seen = card.visit, card.seen
    minutes = (seen.end - seen.start) // 60
    facts = [
        Fact("calendar-days", "Day", when.short_day(seen.start)),
        Fact("clock", "Time", f"{when.stretch(seen.start, seen.end)} · {minutes} min"),
        Fact("stethoscope", "Provider", provider),
        Fact("ticket", "Booking number", visit.number),
    ]
    if seen.status is Status.OFFERED and visit.start != seen.start:
        facts.insert(2, Fact("calendar-clock", "Asked for", _asked_for(visit.start, when)))
    if seen.status is Status.CANCELLED:
        facts.append(Fact("ban", "Cancelled", _cancelled(visit.cancelled_by, visit.reason)))
    entered = card.marks.entered
    if entered is not None:
        words = wording_desk.entered_by(entered.name, when.day_and_clock(entered.at))
        facts.append(Fact("monitor", "In our system", words))
    guardian = card.patient.guardian if card.patient is not None else None
    if guardian is not None:
        facts.append(Fact("users", "Guardian", guardian.name))
    return tuple(facts)


def _asked_for(start: Moment, when: OfficeTime) -> str:
    return f"Offered instead of {when.day_and_clock(start)}"


def _cancelled(by: str, reason: str) -> str:
    who = {"patient": "Cancelled by the patient", "office": "Cancelled by the office"}.get(
        by, "Cancelled"
    )
    why = {**_as_text(wording.DECLINE), **_as_text(wording.CANCEL)}.get(reason, "")
    return f"{who}: {why}" if why else who


def _as_text(words: dict[Decline, str] | dict[Cancel, str]) -> dict[str, str]:
    return {code.value: text for code, text in words.items()}


def _notes(card: Card, when: OfficeTime, now: Moment) -> tuple[Note, ...]:
    visit = card.visit
    by_patient = visit.status is Status.CANCELLED and visit.cancelled_by == "patient"
    at = when.shortly(visit.changed_at, now) if visit.changed_at else ""
    return tuple(
        Note(
            intention.key,
            _lost(intention, card.marks)
            if intention.kind == MARK
            else wording.ended(
                intention,
                by_patient=by_patient,
                at=at if visit.version > intention.if_version else "",
            ),
        )
        for intention in card.intentions
        if intention.delivery in NEEDS_EYES and not intention.read
    )


def _lost(intention: Intention, marks: Marks) -> str:
    """Two colleagues have met: who was first."""
    if intention.delivery is not Delivery.CONFLICT:
        return wording.ended(intention)
    first = marks.entered if intention.act is Act.ENTER else marks.claim
    noun = wording.NOUN[intention.act]
    name, where = (first.name, first.workstation) if first is not None else ("", "")
    return wording_desk.lost(noun, name, where)


def _actions(card: Card, staff: Staff, when: OfficeTime, now: Moment) -> tuple[ActionState, ...]:
    seen = card.seen
    lawful = acts_for(seen.status, start=seen.start, now=now)
    may = staff.may(Right.ANSWER_BOOKINGS)
    return tuple(
        ActionState(
            act=act,
            label=wording.button(act, seen.status),
            key=KEYS[act],
            icon="undo-2" if _takes_back(act, seen.status) else _ICON[act],
            live=may and not (_takes_back(act, seen.status) and _too_late(card, when, now)),
            tip=_tip(card, act, when, now) if may else wording_errors.ERRORS["not-permitted"].title,
            danger=act in _DANGER,
        )
        for act in _ORDER[seen.status]
        if act in lawful
    )


def _takes_back(act: Act, status: Status) -> bool:
    return act is Act.ACCEPT and status is not Status.REQUESTED


def _too_late(card: Card, when: OfficeTime, now: Moment) -> bool:
    """A mark can be taken back on the office's day on which it was made, as at the exchange."""
    marked = card.visit.changed_at
    return card.seen.waiting is None and bool(marked) and when.day(marked) != when.day(now)


def _tip(card: Card, act: Act, when: OfficeTime, now: Moment) -> str:
    takes_back = _takes_back(act, card.seen.status)
    if takes_back and _too_late(card, when, now):
        return wording_desk.TOO_LATE_TO_TAKE_BACK
    words = wording.TAKE_BACK if takes_back else wording.ACT[act]
    return f"{words} ({KEYS[act]})"
