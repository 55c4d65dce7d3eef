"""What leaves the office on paper: the day, the list of calls, and the packet for a dead computer.

Each is written in the journal before it is made, with how many lines it holds.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from carekraft_desktop.config import translated
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.patients import Sharing
from carekraft_desktop.domain.pending import Seen
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.security import keyfile, packet
from carekraft_desktop.services import calls, step_up, visits
from carekraft_desktop.services.calls import ToCall
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import no_contact, office, patients
from carekraft_desktop.store import visits as bookings

PACKET = "downtime.packet"
"""Name of the file; it says nothing of its content."""
FEW = 20
"""Patients that may be printed without the password (REQ-91)."""
_AHEAD = 7
"""Days in which the next day with visits is looked for."""
_ON_PAPER = frozenset({Status.REQUESTED, Status.OFFERED, Status.CONFIRMED, Status.ARRIVED})


class Call(NamedTuple):
    """One line of the printed list of calls."""

    line: ToCall
    number: str
    """Empty when none is shared."""


def is_bulk(desk: Desk, first: Moment, last: Moment) -> bool:
    """Whether a day sheet holds so many that it needs the password again (REQ-19, REQ-91)."""
    return len(_on_sheet(desk, first, last)) > FEW


def is_bulk_calls(desk: Desk) -> bool:
    """The same for the list of calls."""
    return len(calls.to_call(desk)) > FEW


def day(
    desk: Desk, first: Moment, last: Moment, name: str, again: StepUp | None = None
) -> tuple[Seen, ...]:
    """The visits of a day for a day sheet; `name` is the day, for the journal.

    Raises:
        PasswordAgain: there are more than a few, and no fresh proof.
    """
    desk.require(Right.TAKE_ALONG, "print.day-sheet", name)
    seen = _on_sheet(desk, first, last)
    if len(seen) > FEW:
        step_up.require(desk, again, "print.day-sheet", name)
    with desk.store.write() as unit:
        desk.note(unit, "print.day-sheet", name, detail=str(len(seen)))
    return seen


def _on_sheet(desk: Desk, first: Moment, last: Moment) -> tuple[Seen, ...]:
    return tuple(
        each for each in visits.day(desk, first, last) if each.status is not Status.CANCELLED
    )


def call_list(desk: Desk, again: StepUp | None = None) -> tuple[Call, ...]:
    """Whom to call, with their numbers; each number is journalled as looked at (REQ-03).

    Raises:
        PasswordAgain: there are more than a few, and no fresh proof.
    """
    desk.require(Right.TAKE_ALONG, "print.calls")
    desk.require(Right.REVEAL_CONTACT, "print.calls")
    lines = calls.to_call(desk)
    if len(lines) > FEW:
        step_up.require(desk, again, "print.calls")
    found = tuple(
        Call(line, calls.number(desk, line.seen.entry.id) if line.reachable else "")
        for line in lines
    )
    with desk.store.write() as unit:
        desk.note(unit, "print.calls", detail=str(len(found)))
    return found


def printed(desk: Desk, job: str, *, pages: int, patients: int) -> None:
    """Write down that a job went to a printer; no pages: the printer was one that writes files."""
    desk.require(Right.TAKE_ALONG, "print.job", job)
    with desk.store.write() as unit:
        outcome = "done" if pages else "refused"
        desk.note(unit, "print.job", job, detail=f"{pages}:{patients}", outcome=outcome)


def write_packet(desk: Desk, keys: Path, folders: tuple[Path, ...]) -> int:
    """Seal the rest of today and the next day with visits, for when no computer works.

    Args:
        desk: whose office.
        keys: the key file; only the recovery key's public half is read.
        folders: where the file goes; each gets the same one, in place of the one before.

    Returns:
        How many visits are in it.

    Raises:
        StoreReadOnly, DiskFull: a folder cannot be written; the others have it.
    """
    lines = _packet_lines(desk)
    content = json.dumps(lines, ensure_ascii=False)
    public = keyfile.read(keys)[0].recovery.public
    file = packet.sealed(content, public)
    with desk.store.write() as unit:
        desk.note(unit, "packet.write", detail=str(len(lines) - 1))
    failure: OSError | None = None
    for folder in folders:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = folder / f"{PACKET}.new"
            fresh.write_bytes(file)
            fresh.replace(folder / PACKET)
        except OSError as error:
            failure = error
    if failure is not None:
        raise translated(failure) from failure
    return len(lines) - 1


def _packet_lines(desk: Desk) -> list[list[str]]:
    """A head, then a line for each visit: when, who, with whom, status, number, booking number."""
    with desk.store.read() as unit:
        where = office.office(unit)
        names = {each.id: each.name for each in office.providers(unit)}
    zone = ZoneInfo(where.zone if where else "UTC")
    now = datetime.fromtimestamp(desk.now(), zone)
    lines = [[where.name if where else "", f"{now:%Y-%m-%d %H:%M}"]]
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = _visits(desk, now, midnight + timedelta(days=1))
    later: tuple[Seen, ...] = ()
    for ahead in range(1, _AHEAD + 1):
        later = _visits(
            desk, midnight + timedelta(days=ahead), midnight + timedelta(days=ahead + 1)
        )
        if later:
            break
    return lines + [_line(desk, seen, zone, names) for seen in (*today, *later)]


def _visits(desk: Desk, first: datetime, last: datetime) -> tuple[Seen, ...]:
    found = visits.day(desk, int(first.timestamp()), int(last.timestamp()))
    return tuple(each for each in found if each.status in _ON_PAPER)


def _line(desk: Desk, seen: Seen, zone: ZoneInfo, names: dict[str, str]) -> list[str]:
    entry = seen.entry
    with desk.store.read() as unit:
        patient = patients.get(unit, entry.patient_id)
        open_ = patients.shares(unit, entry.patient_id).contact is Sharing.SHARED
        open_ = open_ and not no_contact.is_marked(unit, entry.patient_id)
        booking = bookings.get(unit, entry.id)
    number = calls.dialled(patient, desk.now()) if patient is not None and open_ else ""
    return [
        f"{datetime.fromtimestamp(seen.start, zone):%Y-%m-%d %H:%M}",
        str((seen.end - seen.start) // 60),
        entry.name,
        names.get(seen.provider_id, ""),
        seen.status.value,
        number,
        booking.number if booking is not None else "",
    ]
