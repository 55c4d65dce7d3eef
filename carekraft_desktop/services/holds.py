"""Legal holds as the privacy officer sets and releases them (REQ-83).

Whoever else removes anything asks `store/holds.py` first, and `require_free` raises for them.
"""

import re
from datetime import date

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import Held, NoLongerThere, RequestUnclear
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import holds
from carekraft_desktop.store.holds import Hold, Scope
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

_MATTER = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")


class Wish(Value, frozen=True):
    """What a hold is to lie on."""

    scope: Scope
    matter: str
    """The office's own code for the matter, e.g. `M-2026-04`: letters, digits, hyphens."""
    about: str = ""
    first_day: str = ""
    last_day: str = ""


def every(desk: Desk) -> tuple[Hold, ...]:
    """All holds, released ones among them, the newest first."""
    desk.require(Right.KEEP_RECORDS, "hold.list")
    with desk.store.read() as unit:
        return holds.every(unit)


def put(desk: Desk, wish: Wish, again: StepUp | None) -> Hold:
    """Set a hold.

    Raises:
        NotPermitted: only the privacy officer may.
        PasswordAgain: there is no fresh proof (REQ-19).
        RequestUnclear: the matter's code, the person or the days are missing.
    """
    desk.require(Right.KEEP_RECORDS, "hold.set", wish.about)
    step_up.require(desk, again, "hold.set", wish.about)
    _check(wish)
    hold = Hold(
        desk.ids.new(),
        wish.scope,
        wish.about,
        wish.first_day,
        wish.last_day,
        wish.matter,
        desk.now(),
        desk.staff.id,
    )
    with desk.store.write() as unit:
        holds.put(unit, hold)
        desk.note(unit, "hold.set", wish.about or hold.id, detail=f"{hold.scope} {hold.matter}")
    return hold


def release(desk: Desk, hold_id: str, again: StepUp | None) -> None:
    """Release a hold; what is due goes at the earliest with the disposal after the next one.

    Raises:
        NotPermitted, PasswordAgain: as for `put`.
        NoLongerThere: it is none, or released already.
    """
    desk.require(Right.KEEP_RECORDS, "hold.release", hold_id)
    step_up.require(desk, again, "hold.release", hold_id)
    with desk.store.write() as unit:
        if not holds.release(unit, hold_id, desk.staff.id, desk.now()):
            raise NoLongerThere
        desk.note(unit, "hold.release", hold_id)


def require_free(unit: Reading, patient_id: str = "") -> None:
    """Let somebody go on only where no hold lies: on a patient, or on copies of everything.

    Raises:
        Held: one does.
    """
    if holds.on(unit, patient_id) if patient_id else holds.on_backups(unit):
        raise Held


def _check(wish: Wish) -> None:
    if not _MATTER.fullmatch(wish.matter):
        raise RequestUnclear("matter")
    if wish.scope in {Scope.PATIENT, Scope.PERSON} and not wish.about:
        raise RequestUnclear("about")
    if wish.scope is Scope.DATES:
        try:
            if date.fromisoformat(wish.first_day) > date.fromisoformat(wish.last_day):
                raise RequestUnclear("days")
        except ValueError:
            raise RequestUnclear("days") from None
