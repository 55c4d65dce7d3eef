"""Under eighteen and no guardian named: the record is held, shown nowhere, told by a code alone.

Nobody under 18 may use CareKraft; a guardian may for a child (policy 1.4, REQ-71, REQ-74). So what
comes without one is kept aside whole, with everything that belongs to it, until a guardian's block
arrives or the patient has come of age. A record of somebody who came already is a record of care:
it stays, and is flagged where it is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.feed import Item
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.ages import Held, held_back
from carekraft_desktop.domain.patients import Patient
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.exchange import incoming
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import held, retention
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

Read = tuple[Item, Any]
"""An item with the value that it carries."""


class Sorted(Value, frozen=True):
    """What may be written, and what is held."""

    kept: Sequence[Read]
    aside: Sequence[tuple[Item, str]] = ()
    """Items with the code under which they are held."""
    back: Sequence[Item] = ()
    """Items of before that are held no longer; they are among `kept`."""
    held: Mapping[str, str] = MappingProxyType({})
    """Patients who are held from now on, each with why."""
    released: frozenset[str] = frozenset()
    hide: Sequence[str] = ()
    """Patients of whom something is in sight, which has to go before they are held."""
    hide_bookings: Sequence[str] = ()
    incomplete: bool = False
    """Not all of what belongs to the released is here any more."""


def sort_out(unit: Writing, read: Sequence[Read], now: Moment) -> Sorted:
    """Tell what is held from what may be written, in the transaction that writes it."""
    today = retention.day_of(now, retention.zone(unit))
    due = _due(unit, read, today)
    before = held.ids(unit)
    if not due and not before:
        return Sorted(read)
    named = {value.id for _, value in read if isinstance(value, Patient)}
    released = frozenset((before & named) - due.keys())
    out = (before - released) | due.keys()
    there, bookings = held.there(unit, due)
    for id_, why in due.items():
        held.put(unit, id_, why, now, whole=id_ not in there)
    kept = [each for each in read if _whose(each[1]) not in out]
    aside = [(item, _code(value, due)) for item, value in read if _whose(value) in out]
    back = _of(unit, released, {(item.kind, item.id) for item, _ in read})
    return Sorted(
        [*kept, *back],
        aside,
        [item for item, _ in back],
        {id_: why.value for id_, why in due.items() if id_ not in before},
        released,
        incomplete=held.let_go(unit, released) if released else False,
        hide=sorted(there),
        hide_bookings=bookings,
    )


def come_of_age(unit: Reading, now: Moment) -> list[Item]:
    """What is held of whom nothing stands in the way any more: a birthday has come."""
    read = _read(held.bodies(unit))
    today = retention.day_of(now, retention.zone(unit))
    people = [value for _, value in read if isinstance(value, Patient)]
    free = {each.id for each in people if _why(each, today) is None}
    return [item for item, value in read if _whose(value) in free]


def listed(desk: Desk) -> tuple[held.Record, ...]:
    """Who is held, for whoever decides what is kept: codes and moments, nobody's name."""
    desk.require(Right.KEEP_RECORDS, "held.list")
    with desk.store.read() as unit:
        return held.every(unit)


def _due(unit: Reading, read: Iterable[Read], today: date) -> dict[str, Held]:
    found = {
        value.id: why
        for _, value in read
        if isinstance(value, Patient)
        for why in [_why(value, today)]
        if why is not None
    }
    for id_ in held.cared_for(unit, found) if found else ():
        del found[id_]
    return found


def _why(one: Patient, today: date) -> Held | None:
    return held_back(one.birth_date, today, guardian=one.guardian is not None)


def _whose(value: object) -> str:
    return value.id if isinstance(value, Patient) else str(getattr(value, "patient_id", ""))


def _code(value: object, due: dict[str, Held]) -> str:
    if isinstance(value, Patient):
        return due[value.id].value
    return held.WITH_PATIENT


def _of(unit: Reading, patient_ids: frozenset[str], newer: set[tuple[str, str]]) -> list[Read]:
    """What was held of these, but for what has just come anew."""
    if not patient_ids:
        return []
    return [
        (item, value)
        for item, value in _read(held.bodies(unit))
        if _whose(value) in patient_ids and (item.kind, item.id) not in newer
    ]


def _read(bodies: Iterable[bytes]) -> list[Read]:
    found: list[Read] = []
    for body in bodies:
        item = decode(body, Item)
        try:
            found.append((item, incoming.read(item)))
        except Malformed:  # another version of the program held it; it is tried again as such
            continue
    return found
