"""Confirm training and the policy in force; who has not is seen in the access review (REQ-25)."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.attesting import YEAR, Subject
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services import step_up, terms
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import attesting, facts, register
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.register import Paper
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import replace

_FIRST = "1"


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


def comes_first(desk: Desk) -> bool:
    """Whether nobody here sees a patient before they have confirmed."""
    with desk.store.read() as unit:
        return bool(facts.get(unit, Fact.CONFIRM_FIRST))


def let_come_first(desk: Desk, proof: StepUp | None, *, on: bool) -> None:
    """Whether nobody sees a patient before they have confirmed; counts from the next sign-in on.

    Raises:
        NotPermitted, PasswordAgain: it stays as it is.
    """
    desk.require(Right.REVIEW_ACCESS, "attest.rule")
    step_up.require(desk, proof, "attest.rule")
    with desk.store.write() as unit:
        facts.put(unit, Fact.CONFIRM_FIRST, "yes" if on else "")
        desk.note(unit, "attest.rule", detail="on" if on else "off")


def bars(unit: Reading, staff_id: str, now: Moment) -> bool:
    """Whether this person has to confirm something before they see a patient."""
    if terms.pending(unit, staff_id):
        return True
    return bool(facts.get(unit, Fact.CONFIRM_FIRST) and missing(unit, staff_id, now))


def freed(desk: Desk) -> Desk:
    """The same desk without the bar, once nothing is left to confirm."""
    with desk.store.read() as unit:
        barred = bars(unit, desk.staff.id, desk.now())
    return replace(desk, staff=replace(desk.staff, unconfirmed=barred))


def _versions(unit: Reading, now: Moment) -> dict[Subject, str]:
    """Which version of each is in force."""
    policy = register.in_force(unit, now).get(Paper.SOCIAL_MEDIA_POLICY, _FIRST)
    return {
        Subject.TRAINING: _FIRST,
        Subject.POLICY: policy,
        Subject.TERMS: terms.newest(unit),
    }
