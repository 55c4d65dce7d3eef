"""The terms in force, and new ones that each person confirms before new data is accepted.

The first version that this workstation hears is the one that the office came with. From then on a
new version stops what is received, in the moment in which it comes: it is shown, and once somebody
here has confirmed it, receiving goes on where it stopped. Each colleague confirms it as well before
they see a patient. What was received keeps the version under which it came.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from carekraft_desktop.contract.codec import Malformed
from carekraft_desktop.contract.feed import Item
from carekraft_desktop.domain import terms as rules
from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.notices import Notice, NoticeKind
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.terms import Terms
from carekraft_desktop.exchange import incoming
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import attesting, facts, terms
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

KEEPS = ("patient", "booking")
"""The kinds of which each record keeps the version it came under."""


class Shown(Value, frozen=True):
    """What the page of the terms shows."""

    versions: tuple[Terms, ...]
    """The newest first."""
    in_force: str
    mine: bool
    """Whoever sits here has confirmed the newest."""
    waits: bool
    """Nothing new is received until somebody has."""
    confirmed: tuple[str, ...]
    """Staff ids of everybody who has confirmed the newest."""


def shown(desk: Desk) -> Shown:
    """The versions, and who has confirmed the newest."""
    desk.require(Right.RUN_SYNC, "terms.see")
    with desk.store.read() as unit:
        found = terms.versions(unit)
        now = desk.now()
        office = offices.office(unit)
        zone = ZoneInfo(office.zone) if office is not None else UTC
        force = rules.in_force(found, datetime.fromtimestamp(now, zone).date())
        newest = rules.newest(found)
        said = newest.version if newest is not None else ""
        who = tuple(sorted(_confirmed(unit, said))) if said else ()
        return Shown(
            tuple(sorted(found, key=lambda each: each.heard_at, reverse=True)),
            force.version if force is not None else "",
            desk.staff.id in who or not said,
            waits(unit),
            who,
        )


def newest(unit: Reading) -> str:
    """The version that was heard last, empty while none was."""
    found = rules.newest(terms.versions(unit))
    return found.version if found is not None else ""


def pending(unit: Reading, staff_id: str) -> bool:
    """Whether a new version stands between this person and the patients."""
    version = newest(unit)
    if not version or version == facts.get(unit, Fact.TERMS_BASE):
        return False
    return staff_id not in _confirmed(unit, version)


def waits(unit: Reading) -> bool:
    """Whether nothing new is received until somebody here has confirmed the newest version."""
    version = newest(unit)
    if not version or version == facts.get(unit, Fact.TERMS_BASE):
        return False
    return not _confirmed(unit, version)


def cut(unit: Reading, items: Sequence[Item]) -> int:
    """How many items of a stretch may be taken: up to a version that is new, and with it.

    All of them while this workstation knows no version at all.
    """
    base = facts.get(unit, Fact.TERMS_BASE)
    if not base:
        return len(items)
    known = {each.version for each in terms.versions(unit)}
    for number, item in enumerate(items):
        if item.kind == "bulletin" and item.op == "put" and _version(item) not in {"", *known}:
            return number + 1
    return len(items)


def note_arrivals(unit: Writing, items: Sequence[Item]) -> None:
    """Each record that came keeps the version that was confirmed then."""
    base = facts.get(unit, Fact.TERMS_BASE)
    version = newest(unit)
    if not version:
        return
    if not base:
        facts.put(unit, Fact.TERMS_BASE, version)
    for kind in KEEPS:
        ids = [item.id for item in items if item.kind == kind and item.op == "put"]
        if ids:
            terms.came(unit, kind, ids, version)


def under(desk: Desk, kind: str, id_: str) -> str:
    """The version under which a record came."""
    desk.require(Right.SEE_SCHEDULE, "terms.under", id_)
    with desk.store.read() as unit:
        return terms.under(unit, kind, id_)


def _confirmed(unit: Reading, version: str) -> set[str]:
    return {
        staff
        for (staff, subject), (said, _) in attesting.latest(unit).items()
        if subject is Subject.TERMS and said == version
    }


def _version(item: Item) -> str:
    """The version of the terms that an item brings, empty for every other item."""
    try:
        found = incoming.read(item)
    except Malformed:
        return ""
    if not isinstance(found, Notice) or found.kind is not NoticeKind.TERMS:
        return ""
    return str(json.loads(found.body)["version"])
