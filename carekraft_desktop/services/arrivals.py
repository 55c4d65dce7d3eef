"""Apply a stretch of the feed to the store, inside the caller's transaction.

State is transferred, not events: an item counts if its version is newer than ours, so that
applying a page twice changes nothing. What the patient withdrew is gone when the
transaction is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
from carekraft_desktop.services import changes
from carekraft_desktop.services.desk import Topic
from carekraft_desktop.store import (
    arrivals,
    machines,
    marks,
    notices,
    office,
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

Key = tuple[str, str]


@dataclass
class Applied:
    """What a stretch of the feed did."""

    topics: set[Topic] = field(default_factory=set)
    withdrawn: list[str] = field(default_factory=list)
    """Ids of patients whose data was erased."""


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
    if how.resync:
        arrivals.meet(unit, [key for key, item in fresh.items() if item.op == "put"])
    done = Applied()
    puts = [item for item in fresh.values() if item.op == "put"]
    arrivals.unbury(unit, [(i.kind, i.id) for i in puts if (i.kind, i.id) in buried])
    _put(unit, puts, how, done)
    _remove(unit, [item for item in fresh.values() if item.op == "del"], how, done)
    return done


def retry_quarantined(unit: Writing, how: Circumstances) -> Applied:
    """Try again what an earlier version of the program could not apply."""
    held = arrivals.quarantined(unit, not_by=how.program)
    items = [decode(body, Item) for *_, body in held]
    return apply(unit, items, how)


def finish_resync(unit: Writing) -> Applied:
    """After the last page from zero: what the exchange did not mention is gone."""
    done = Applied()
    for kind in arrivals.OWNED:
        gone = arrivals.unmet(unit, kind)
        if gone and kind == "referral":
            # What this office sent is made again; only the exchange's record is gone.
            arrivals.remove(unit, kind, gone)
        elif gone:
            _erase(unit, kind, gone)
        done.topics |= _topics(kind) if gone else set()
    arrivals.forget_met(unit)
    return done


def _put(unit: Writing, items: Sequence[Item], how: Circumstances, done: Applied) -> None:
    known = [item for item in items if item.kind in _PUT]
    arrivals.keep_unknown(
        unit, [(i.kind, i.id, i.v, _bytes(i)) for i in items if i.kind not in _PUT]
    )
    values: dict[str, list[Any]] = defaultdict(list)
    refused: dict[Key, tuple[Item, str]] = {}
    for item in known:
        try:
            values[item.kind].append(incoming.read(item))
        except Malformed as refusal:
            refused[item.kind, item.id] = (item, refusal.reason)
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
    for kind, removals in by_kind.items():
        held = arrivals.versions(unit, kind, [i.id for i in removals]) if kind in _PUT else {}
        due = [i for i in removals if how.resync or held.get(i.id, 0) <= i.v]
        if kind in _PUT:
            _erase(unit, kind, [i.id for i in due])
            done.topics |= _topics(kind)
        if kind == "patient":
            done.withdrawn += [i.id for i in due]
        stones += [(kind, i.id, i.v, how.now, i.reason or "deleted") for i in due]
    arrivals.bury(unit, stones)
    arrivals.add_receipts(
        unit,
        [(how.ids.new(), kind, id_, v, at) for kind, id_, v, at, why in stones if why in WITHDRAWN],
    )


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
