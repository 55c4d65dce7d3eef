"""Apply a stretch of the feed to the store, inside the caller's transaction.

State is transferred, not events: an item counts if its version is newer than ours, so that
applying a page twice changes nothing. What the patient withdrew is gone when the
transaction is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from msgspec import UnsetType

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.feed import Item
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.patients import Consent, Coverage, Patient
from carekraft_desktop.domain.visits import Visit
from carekraft_desktop.exchange import incoming
from carekraft_desktop.ports import Ids
from carekraft_desktop.services import changes, holding_back, withdrawal
from carekraft_desktop.services.desk import Topic
from carekraft_desktop.services.withdrawal import Told
from carekraft_desktop.store import (
    arrivals,
    erasures,
    held,
    kept,
    machines,
    marks,
    notices,
    office,
    outbox,
    patients,
    permissions,
    referrals,
    reviews,
    search,
    visits,
)
from carekraft_desktop.store.unit import Writing
from carekraft_desktop.value import Value

WITHDRAWN = frozenset({"unshared", "revoked"})
"""Reasons of a removal for which the exchange wants a receipt."""

_PUT: dict[str, Callable[..., None]] = {
    "office": office.put_offices,
    "provider": office.put_providers,
    "schedule": office.put_schedules,
    "slot": office.put_slots,
    "patient": patients.put,
    "consent": patients.put_consents,
    "coverage": patients.put_coverages,
    "booking": visits.put,
    "review": reviews.put,
    "mark": marks.put,
    "sealing": permissions.put_sealings,
    "permission": permissions.put,
    "referral": referrals.put,
    "workstation": machines.put,
    "bulletin": notices.put,
}
"""In the order in which one stretch is written: people before their bookings."""

_ACTED_ON = frozenset({"booking", "mark"})
"""What is shown with the office's own acts added, until the feed brings them."""

Key = tuple[str, str]


@dataclass
class Applied:
    """What a stretch of the feed did."""

    topics: set[Topic] = field(default_factory=set)
    withdrawn: dict[str, str] = field(default_factory=dict)
    """Ids of patients who are gone, each with what became of the record: a receipt's code."""
    held: dict[str, str] = field(default_factory=dict)
    """Patients who are held from now on, each with the code of why."""
    let_go: set[str] = field(default_factory=set)
    """Patients who are held no longer."""
    returned: bool = False
    """Somebody is back whose record was disposed of: the exchange has to tell all of it again."""


class Circumstances(Value, frozen=True):
    """Under which conditions a stretch is applied."""

    now: Moment
    ids: Ids
    program: str
    """Version of this program; what it cannot apply, a later one tries again."""
    resync: bool = False
    """From zero: the exchange's state wins over any version, and what is met is noted."""


def apply(unit: Writing, items: Iterable[Item], how: Circumstances) -> Applied:
    """Write `items` into the store."""
    newest: dict[Key, Item] = {(item.kind, item.id): item for item in items}
    buried = arrivals.buried(unit, newest)
    fresh = {key: item for key, item in newest.items() if how.resync or item.v > buried.get(key, 0)}
    done = Applied()
    _keep_out(unit, fresh, how, done)
    if how.resync:
        arrivals.meet(unit, [key for key, item in fresh.items() if item.op == "put"])
    puts = [item for item in fresh.values() if item.op == "put"]
    arrivals.unbury(unit, [(i.kind, i.id) for i in puts if (i.kind, i.id) in buried])
    _put(unit, puts, how, done)
    _remove(unit, [item for item in fresh.values() if item.op == "del"], how, done)
    if any(item.kind in _ACTED_ON for item in fresh.values()):
        outbox.catch_up(unit)
    return done


def retry_quarantined(unit: Writing, how: Circumstances) -> Applied:
    """Try again what an earlier version of the program could not apply."""
    set_aside = arrivals.quarantined(unit, not_by=how.program)
    items = [decode(body, Item) for *_, body in set_aside]
    return apply(unit, items, how)


def retry_held(unit: Writing, how: Circumstances) -> Applied:
    """Who has come of age is held no longer (REQ-72)."""
    return apply(unit, holding_back.come_of_age(unit, how.now), how)


def _keep_out(unit: Writing, fresh: dict[Key, Item], how: Circumstances, done: Applied) -> None:
    """Nothing that was erased comes back, in a resync as little as by a late page (REQ-87)."""
    puts = {key: item.v for key, item in fresh.items() if item.op == "put"}
    for key in erasures.blocked(unit, puts):
        del fresh[key]
    done.returned = _came_back(unit, fresh, how)


def _came_back(unit: Writing, fresh: dict[Key, Item], how: Circumstances) -> bool:
    """Whether there is a new booking of somebody whose record was disposed of here."""
    named: set[str] = set()
    if how.resync or not erasures.any_disposed(unit):
        return False
    for (kind, _), item in fresh.items():
        if kind == "booking" and item.op == "put":
            with suppress(Malformed):  # then it is set aside later
                booked = incoming.read(item)
                named |= {booked.patient_id} if isinstance(booked, Visit) else set()
    if not named:
        return False
    back = erasures.blocked(
        unit, dict.fromkeys((("patient", id_) for id_ in named), 1), only={erasures.DISPOSED}
    )
    erasures.lift_patients(unit, [id_ for _, id_ in back])
    return bool(back)


def finish_resync(unit: Writing, how: Circumstances) -> Applied:
    """After the last page from zero: what the exchange did not mention is gone."""
    done = Applied()
    for kind in arrivals.OWNED:
        gone = arrivals.unmet(unit, kind)
        if gone and kind == "referral":
            # What this office sent is made again; only the exchange's record is gone.
            arrivals.remove(unit, kind, gone)
        elif gone:
            for id_, told in _keep_apart(unit, kind, gone, how, whole=kind == "patient").items():
                if kind == "patient":
                    done.withdrawn[id_] = told.code.value
            _erase(unit, kind, gone)
        done.topics |= _topics(kind) if gone else set()
    held.not_met(unit)
    arrivals.forget_met(unit)
    return done


def _put(unit: Writing, items: Sequence[Item], how: Circumstances, done: Applied) -> None:
    known = [item for item in items if item.kind in _PUT]
    arrivals.keep_unknown(
        unit, [(i.kind, i.id, i.v, _bytes(i)) for i in items if i.kind not in _PUT]
    )
    read: list[tuple[Item, Any]] = []
    refused: dict[Key, tuple[Item, str]] = {}
    for item in known:
        try:
            read.append((item, incoming.read(item)))
        except Malformed as refusal:
            refused[item.kind, item.id] = (item, refusal.reason)
    sifted = holding_back.sort_out(unit, read, how.now)
    if sifted.hide:
        # The outbox and the search first, which find things by the booking.
        _erase(unit, "patient", sifted.hide)
        _erase(unit, "booking", sifted.hide_bookings)
        done.topics |= _topics("patient")
    refused |= {(item.kind, item.id): (item, code) for item, code in sifted.aside}
    known += sifted.back
    done.held.update(sifted.held)
    done.let_go |= sifted.released
    done.returned |= sifted.incomplete
    values: dict[str, list[Any]] = defaultdict(list)
    for item, value in sifted.kept:
        values[item.kind].append(value)
    withdrawal.before_consents(unit, values.get("consent", ()), how.now)
    done.topics |= keep(unit, values, force=how.resync)
    _quarantine(unit, known, refused, how)


def keep(unit: Writing, values: dict[str, list[Any]], *, force: bool) -> set[Topic]:
    """Write values that have been read, by kind; `force` also replaces newer versions."""
    topics: set[Topic] = set()
    touched = [] if force else changes.before_arrivals(unit, values)
    for kind, put in _PUT.items():
        if values.get(kind):
            put(unit, values[kind], force=force)
            topics |= _topics(kind)
    _honour(unit, values)
    changes.after_arrivals(unit, touched)
    return topics


def _quarantine(
    unit: Writing, known: Sequence[Item], refused: dict[Key, tuple[Item, str]], how: Circumstances
) -> None:
    """Keep what was refused aside, and let go of what has become readable."""
    if arrivals.count_quarantined(unit):
        arrivals.release(unit, [(i.kind, i.id) for i in known if (i.kind, i.id) not in refused])
    arrivals.quarantine(
        unit,
        [
            (item.kind, item.id, item.v, how.now, reason, how.program, encode(item))
            for item, reason in refused.values()
        ],
    )


def _honour(unit: Writing, values: dict[str, list[Any]]) -> None:
    """Whatever order things came in, nothing stays that the patient did not share."""
    people: list[Patient] = values.get("patient", [])
    consents: list[Consent] = values.get("consent", [])
    coverages: list[Coverage] = values.get("coverage", [])
    bookings: list[Visit] = values.get("booking", [])
    named = {p.id for p in people} | {c.patient_id for c in consents}
    touched = named | {c.patient_id for c in coverages} | {b.patient_id for b in bookings}
    if not touched:
        return
    patients.honour_consent(unit, touched)
    search.index(unit, named)
    gone = arrivals.buried(unit, [("patient", id_) for id_ in touched])
    if gone:
        _erase(unit, "patient", [id_ for _, id_ in gone])


def _remove(unit: Writing, items: Sequence[Item], how: Circumstances, done: Applied) -> None:
    by_kind: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    stones: list[tuple[str, str, int, Moment, str]] = []
    told: dict[Key, Told] = {}
    due: dict[str, list[Item]] = {}
    for kind, removals in by_kind.items():
        there = arrivals.versions(unit, kind, [i.id for i in removals]) if kind in _PUT else {}
        due[kind] = [i for i in removals if how.resync or there.get(i.id, 0) <= i.v]
    for kind, removals in due.items():
        # Before anything is erased: what must be kept is found by what belongs together.
        told |= _withdrawn(unit, kind, removals, how)
    for kind, removals in due.items():
        if kind in _PUT:
            _erase(unit, kind, [i.id for i in removals])
            done.topics |= _topics(kind)
        if kind == "patient":
            held.let_go(unit, [i.id for i in removals])
            for item in removals:
                withdrawal.gone(unit, item.id, item.v)
                done.withdrawn[item.id] = told.get((kind, item.id), Told()).code.value
        stones += [(kind, i.id, i.v, how.now, i.reason or "deleted") for i in removals]
    arrivals.bury(unit, stones)
    arrivals.add_receipts(
        unit,
        [
            (how.ids.new(), kind, id_, v, at, said.code.value, said.month)
            for kind, id_, v, at, why in stones
            if why in WITHDRAWN
            for said in [told.get((kind, id_), Told())]
        ],
    )


def _withdrawn(
    unit: Writing, kind: str, removals: Sequence[Item], how: Circumstances
) -> dict[Key, Told]:
    """Keep apart what must stay; what is told of each thing."""
    told: dict[Key, Told] = {}
    for whole in (True, False):
        # A share that is withdrawn takes bookings along, each with that reason; insurance alone
        # may be one class of it.
        ids = [
            item.id
            for item in removals
            if whole
            is (kind == "patient" or (kind in {"booking", "consent"} and item.reason in WITHDRAWN))
        ]
        found = _keep_apart(unit, kind, ids, how, whole=whole) if ids else {}
        told |= {(kind, id_): each for id_, each in found.items()}
    return told


_KEEPS = frozenset({"patient", "booking", "consent", "coverage", "referral"})


def _keep_apart(
    unit: Writing, kind: str, ids: Sequence[str], how: Circumstances, *, whole: bool
) -> dict[str, Told]:
    """What the law or a hold keeps of these, before they are erased."""
    if kind not in _KEEPS:
        return {}
    conditions = withdrawal.around(unit, how.now)
    if not whole:
        return withdrawal.keep_single(unit, kind, ids, conditions)
    told: dict[str, Told] = {}
    for id_ in ids:
        patient_id = id_ if kind == "patient" else arrivals.patient_of(unit, kind, id_)
        if patient_id:
            said = withdrawal.withdraw(unit, patient_id, conditions)
            kept_so = kept.is_kept(unit, kind, id_) or kind == "patient"
            told[id_] = said if kept_so else Told()
    return told


def _erase(unit: Writing, kind: str, ids: Sequence[str]) -> None:
    if kind == "patient":
        referrals.forget(unit, ids)
        patients.forget(unit, ids)
    elif kind == "booking":
        visits.remove(unit, ids)
    elif kind == "review":
        reviews.remove(unit, ids)
    elif kind == "referral":
        referrals.remove(unit, ids)
    else:
        arrivals.remove(unit, kind, ids)


def bury_again(unit: Writing, stones: Iterable[tuple[str, str, int, Moment, str]]) -> None:
    """In a store of before: what was removed since then goes again (REQ-87).

    Each stone is (kind, id, version, moment, reason).
    """
    by_kind: dict[str, list[tuple[str, str, int, Moment, str]]] = defaultdict(list)
    for stone in stones:
        by_kind[stone[0]].append(stone)
    for kind, there in by_kind.items():
        known = arrivals.versions(unit, kind, [s[1] for s in there]) if kind in _PUT else {}
        due = [s for s in there if known.get(s[1], 0) <= s[2]]
        if kind in _PUT:
            _erase(unit, kind, [s[1] for s in due])
        arrivals.bury(unit, due)


def _topics(kind: str) -> set[Topic]:
    if kind in {"office", "provider", "schedule"}:
        return {Topic.OFFICE, Topic.VISITS}
    if kind == "review":
        return {Topic.REVIEWS, Topic.OUTBOX}
    if kind in {"workstation", "bulletin"}:
        return {Topic.NOTICES}
    if kind in {"sealing", "permission", "referral"}:
        return {Topic.REFERRALS, Topic.OUTBOX}
    return {Topic.VISITS, Topic.OUTBOX}


def _bytes(item: Item) -> bytes:
    return b"" if isinstance(item.data, UnsetType) else bytes(item.data)
