"""The lawful steps of an office with a booking, one function for each type of command.

    proposed --accept--> booked      proposed --decline--> cancelled (prov)
    proposed, pending --propose--> pending (the patient answers)
    pending --cancel--> cancelled (prov)
    booked --move--> booked          booked --cancel--> cancelled (prov)
    booked --arrive--> arrived       booked --noshow--> noshow (not before its start)
    arrived --complete--> fulfilled
    arrived, noshow --accept--> booked (taken back, on the day it was marked)

Anything else is refused as an illegal transition.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from carekraft_desktop.contract.commands import Body, CancelReason, CommandType, DeclineReason
from carekraft_desktop.hub.bookings import Case
from carekraft_desktop.hub.now import moment, seconds
from carekraft_desktop.hub.slots import find_slot

LONGEST = timedelta(hours=12)
"""No visit is longer."""


class IllegalStep(Exception):
    """The booking's status does not allow it."""


class BodyRefused(Exception):
    """The command lacks something its type needs; `place` is the JSON path."""

    def __init__(self, place: str) -> None:
        """`place`: e.g. `$.body.reason`."""
        super().__init__(place)
        self.place = place


def take(case: Case, kind: CommandType, body: Body, zone: ZoneInfo) -> None:
    """Do what the command says to `case`, without writing it yet.

    Raises:
        IllegalStep, BodyRefused: it cannot be done.
        SlotUnknown: the time refers to a slot that the office does not have.
    """
    _STEPS[kind](case, body, zone)


def _accept(case: Case, _body: Body, zone: ZoneInfo) -> None:
    if case.status in ("arrived", "noshow"):
        if case.marked_at is None or not _same_day(moment(case.marked_at), case.now, zone):
            raise IllegalStep
        if case.status == "noshow":
            case.retake_slot()
        case.marked_at = None
    else:
        _only_from(case, "proposed")
    case.becomes(status="booked", requested_period=[])
    case.confirm_provider()


def _decline(case: Case, body: Body, _zone: ZoneInfo) -> None:
    _only_from(case, "proposed")
    case.cancel(by="prov", reason=_reason(body, DeclineReason))


def _propose(case: Case, body: Body, _zone: ZoneInfo) -> None:
    _only_from(case, "proposed", "pending")
    start, end, provider_id = _time(case, body)
    if start <= case.now:
        raise BodyRefused("$.body.start")
    case.propose_time(start=start, end=end, slot_id=body.slot, provider_id=provider_id)
    case.becomes(status="pending")


def _move(case: Case, body: Body, _zone: ZoneInfo) -> None:
    _only_from(case, "booked")
    start, end, provider_id = _time(case, body)
    case.give_time(start=start, end=end, slot_id=body.slot, provider_id=provider_id)


def _cancel(case: Case, body: Body, _zone: ZoneInfo) -> None:
    _only_from(case, "booked", "pending")
    case.cancel(by="prov", reason=_reason(body, CancelReason))


def _arrive(case: Case, _body: Body, _zone: ZoneInfo) -> None:
    _only_from(case, "booked")
    case.becomes(status="arrived")
    case.marked_at = seconds(case.now)


def _complete(case: Case, _body: Body, _zone: ZoneInfo) -> None:
    _only_from(case, "arrived")
    case.becomes(status="fulfilled")


def _no_show(case: Case, _body: Body, _zone: ZoneInfo) -> None:
    _only_from(case, "booked")
    if case.now < case.start:
        raise IllegalStep
    case.becomes(status="noshow")
    case.marked_at = seconds(case.now)


_STEPS: dict[CommandType, Callable[[Case, Body, ZoneInfo], None]] = {
    CommandType.ACCEPT: _accept,
    CommandType.DECLINE: _decline,
    CommandType.PROPOSE: _propose,
    CommandType.MOVE: _move,
    CommandType.CANCEL: _cancel,
    CommandType.ARRIVE: _arrive,
    CommandType.COMPLETE: _complete,
    CommandType.NO_SHOW: _no_show,
}


def _only_from(case: Case, *allowed: str) -> None:
    if case.status not in allowed:
        raise IllegalStep


def _reason(body: Body, kind: type[StrEnum]) -> str:
    if body.reason not in set(kind):
        raise BodyRefused("$.body.reason")
    return str(body.reason)


def _time(case: Case, body: Body) -> tuple[datetime, datetime, str]:
    """The wanted start, end and provider; a slot's own time must be meant when one is named."""
    start, end = body.start, body.end
    if start is None or start.tzinfo is None:
        raise BodyRefused("$.body.start")
    if end is None or end.tzinfo is None or not start < end <= start + LONGEST:
        raise BodyRefused("$.body.end")
    if body.slot is None:
        return start, end, _provider(case, body)
    slot = find_slot(case.connection, case.office_id, body.slot)
    if slot["start_at"] != seconds(start):
        raise BodyRefused("$.body.start")
    if body.provider not in (None, slot["provider_id"]):
        raise BodyRefused("$.body.provider")
    return start, end, slot["provider_id"]


def _provider(case: Case, body: Body) -> str:
    """The named provider, who must be one of the office's; else the one it has."""
    if body.provider is None or body.provider == case.provider_id:
        return case.provider_id
    if not case.has_provider(body.provider):
        raise BodyRefused("$.body.provider")
    return body.provider


def _same_day(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()
