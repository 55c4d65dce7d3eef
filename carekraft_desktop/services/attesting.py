"""Confirm training and the policy in force; who has not is seen in the access review (REQ-25)."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.attesting import FIRST, YEAR, Subject
from carekraft_desktop.services import terms
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import attesting, register
from carekraft_desktop.store.register import Paper
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import replace

_VERSION = "1"
"""Of what has none of its own."""


def due(desk: Desk) -> tuple[Subject, ...]:
    """What whoever sits here has to confirm."""
    with desk.store.read() as unit:
        return missing(unit, desk.staff.id, desk.now())


def missing(unit: Reading, staff_id: str, now: Moment) -> tuple[Subject, ...]:
    """What a person has not confirmed in its version of now, within a year."""
    versions, there = _versions(unit, now), attesting.latest(unit)

    def counts(subject: Subject) -> bool:
        version, at = there.get((staff_id, subject), ("", 0))
        if subject is Subject.TERMS:
            return not versions[subject] or version == versions[subject]
        return version == versions[subject] and now - at < YEAR

    return tuple(subject for subject in Subject if not counts(subject))


def confirm(desk: Desk, subject: Subject) -> None:
    """Whoever sits here confirms it for themselves; nobody does it for a colleague."""
    now = desk.now()
    with desk.store.write() as unit:
        version = _versions(unit, now)[subject]
        attesting.put(unit, desk.staff.id, subject, version, now)
        desk.note(unit, "attest.confirm", detail=f"{subject.value}")


def bars(unit: Reading, staff_id: str, now: Moment) -> bool:
    """Whether this person has to confirm something before they see a patient; nobody lifts that."""
    if terms.pending(unit, staff_id):
        return True
    return not FIRST.isdisjoint(missing(unit, staff_id, now))


def freed(desk: Desk) -> Desk:
    """The same desk without the bar, once nothing is left to confirm."""
    with desk.store.read() as unit:
        barred = bars(unit, desk.staff.id, desk.now())
    return replace(desk, staff=replace(desk.staff, unconfirmed=barred))


def _versions(unit: Reading, now: Moment) -> dict[Subject, str]:
    """Which version of each is in force."""
    policy = register.in_force(unit, now).get(Paper.SOCIAL_MEDIA_POLICY, _VERSION)
    return {
        Subject.TRAINING: _VERSION,
        Subject.POLICY: policy,
        Subject.TERMS: terms.newest(unit),
    }
