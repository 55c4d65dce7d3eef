"""Cover an open office, come back behind the cover, and hand the desk over (REQ-04 to REQ-06).

Below the cover the store stays open and the exchange is heard; the actor of all that is nobody.
Whoever comes back proves it: with the password, or with a PIN where the password was typed since
the store was opened. Every try is in the journal, under the name it was made in.
"""

from carekraft_desktop.errors import (
    AccessError,
    KeyFileDamaged,
    PinNeedsPassword,
    PinsUsedUp,
    WrongPin,
)
from carekraft_desktop.security import pins as rules
from carekraft_desktop.security.people import Unlocked
from carekraft_desktop.security.pins import Stretched
from carekraft_desktop.services import attesting as confirming
from carekraft_desktop.services import entering, shutting
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.opening import Before, Opened
from carekraft_desktop.services.workplace import Surroundings, device_secret, ring_of, staff_of
from carekraft_desktop.store import attesting, pins, unfinished
from carekraft_desktop.store.journal import Entry
from carekraft_desktop.value import replace

KEPT = 30 * 86400
"""Seconds for which work in hand waits for somebody to come back."""


def cover(opened: Opened, cause: str, work: str = "") -> None:
    """Lay the cover over the office; then write down why, with the work in hand.

    Args:
        opened: the office; call this in the thread that paints.
        cause: a key of `wording.LOCKED_BY`.
        work: what the person was doing, as their screen wrote it; empty for nothing.

    Raises:
        StoreError: the cover lies, but nothing could be written; better close it now.
    """
    opened.cover.draw()
    desk = _below(opened)
    with desk.store.write() as unit:
        unfinished.drop_older(unit, desk.now() - KEPT)
        unfinished.drop(unit, desk.staff.id)
        if work:
            unfinished.put(unit, desk.staff.id, work, desk.now())
        desk.note(unit, "access.cover", detail=cause)


def closing(opened: Opened, cause: str, work: str = "") -> None:
    """Write down why the office is closed, with the work in hand unless it is kept already.

    Raises:
        StoreError: it was not written; close it all the same.
    """
    desk = _below(opened)
    with desk.store.write() as unit:
        if work:
            unfinished.put(unit, desk.staff.id, work, desk.now())
        desk.note(unit, "access.lock", detail=cause)


def take_work(desk: Desk) -> str:
    """What this person was doing when the office was closed over it; given back once."""
    with desk.store.read() as unit:
        work = unfinished.get(unit, desk.staff.id)
    if work:
        with desk.store.write() as unit:
            unfinished.drop(unit, desk.staff.id)
    return work


def may_use_pin(opened: Opened) -> frozenset[str]:
    """Everybody who comes back by PIN: they have one, and have typed the password here."""
    with opened.store.read() as unit:
        return frozenset(
            id_
            for id_ in pins.holders(unit)
            if opened.seats.of(id_) is not None and opened.seats.is_new(id_, _ticks(opened))
        )


def come_back(
    around: Surroundings,
    opened: Opened,
    staff_id: str,
    typed: str,
    *,
    workstation_code: str = "",
) -> Opened:
    """Lift the cover for somebody who proves who they are; slow, for a worker.

    Args:
        around: the machine.
        opened: the office that is covered.
        staff_id: who says to be there.
        typed: a password, or six digits.
        workstation_code: where there is no keyring.

    Returns:
        The office with this person at its desk; the same one for the person who left it.

    Raises:
        PinsUsedUp: close the office now.
        AccessError: the cover stays.
    """
    failures = ring_of(around).failures(staff_id)
    try:
        if rules.looks_like_one(typed):
            seated = _by_pin(opened, staff_id, typed)
        else:
            seated = _by_password(around, opened, staff_id, typed, workstation_code)
    except AccessError as refusal:
        _denied(opened, staff_id, refusal.code)
        if around.watch.failed(refusal, _ticks(opened)):
            entering.tell_tries(opened)
        raise
    shutting.refuse(opened, seated.staff.name)
    same = staff_id == opened.desk.staff.id
    back = opened if same else _seated(opened, seated, failures)
    desk = _below(back)
    with desk.store.write() as unit:
        if same:
            unfinished.drop(unit, staff_id)
        desk.note(unit, "access.return" if same else "access.switch")
    opened.cover.lift()
    return back


def _below(opened: Opened) -> Desk:
    """The desk of whoever sits there, over the store that no cover shuts."""
    return replace(opened.desk, store=opened.store)


def _seated(opened: Opened, unlocked: Unlocked, failures: int) -> Opened:
    now = opened.desk.now()
    with opened.store.read() as unit:
        last = attesting.last_seen(unit).get(unlocked.staff.id)
        barred = confirming.bars(unit, unlocked.staff.id, now)
    staff = replace(staff_of(unlocked.staff), unconfirmed=barred)
    typed = opened.seats.typed_at(unlocked.staff.id)
    ago = _ticks(opened) - typed if typed is not None else 0.0
    desk = replace(opened.desk, staff=staff, signed_in=now - int(ago))
    return replace(opened, desk=desk, unlocked=unlocked, before=Before(last, failures))


def _by_pin(opened: Opened, staff_id: str, pin: str) -> Unlocked:
    seated = opened.seats.of(staff_id)
    with opened.store.read() as unit:
        kept = pins.get(unit, staff_id)
    if seated is None or kept is None or not opened.seats.is_new(staff_id, _ticks(opened)):
        raise PinNeedsPassword
    if not rules.fits(pin, Stretched(*kept)):
        raise PinsUsedUp if opened.seats.wrong_pin() else WrongPin
    opened.seats.right_pin()
    return seated


def _by_password(
    around: Surroundings, opened: Opened, staff_id: str, password: str, code: str
) -> Unlocked:
    ring = ring_of(around)
    with device_secret(around, ring, code) as device:
        unlocked = ring.unlock(staff_id, password, device)
    if not unlocked.key.matches(opened.unlocked.key):
        unlocked.wipe()
        raise KeyFileDamaged("another store's key")
    return opened.seats.take(unlocked, _ticks(opened))


def _ticks(opened: Opened) -> float:
    return opened.desk.clock.monotonic()


def _denied(opened: Opened, staff_id: str, code: str) -> None:
    desk = opened.desk
    with opened.store.write() as unit:
        entry = Entry(
            desk.now(), staff_id, desk.device, "access.return", detail=code, outcome="denied"
        )
        desk.journal.append(unit, entry)
