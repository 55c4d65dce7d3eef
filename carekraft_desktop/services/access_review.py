"""Look through who may do what, once a quarter, and sign it (REQ-24)."""

import json

from msgspec.structs import asdict

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services import attesting, step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings, ring_of
from carekraft_desktop.store import attesting as kept
from carekraft_desktop.value import Value

QUARTER = 92 * 86400
"""Seconds after which it is due again."""


class Member(Value, frozen=True):
    """How one person stands."""

    id: str
    name: str
    display: str
    roles: tuple[str, ...]
    disabled: bool
    waiting: bool
    last_seen: Moment | None
    failures: int
    """Wrong passwords since."""
    unconfirmed: tuple[Subject, ...]


def everybody(around: Surroundings, desk: Desk) -> tuple[Member, ...]:
    """Every person who was ever let in here."""
    desk.require(Right.ADMIT_PEOPLE, "access.see")
    ring = ring_of(around)
    with desk.store.read() as unit:
        seen = kept.last_seen(unit)
        return tuple(
            Member(
                person.id,
                person.name,
                person.display,
                person.roles,
                person.disabled,
                person.waiting,
                seen.get(person.id),
                ring.failures(person.id),
                () if person.disabled else attesting.missing(unit, person.id, desk.now()),
            )
            for person in ring.people()
        )


def last(desk: Desk) -> tuple[Moment, str] | None:
    """When it was last signed, and by whom."""
    desk.require(Right.ADMIT_PEOPLE, "access.see")
    with desk.store.read() as unit:
        return kept.last_review(unit)


def sign(around: Surroundings, desk: Desk, proof: StepUp | None) -> None:
    """Put on file how everybody stands now, with whose signature.

    Raises:
        NotPermitted, PasswordAgain: nothing is on file.
    """
    desk.require(Right.REVIEW_ACCESS, "access.review")
    step_up.require(desk, proof, "access.review")
    people = everybody(around, desk)
    content = json.dumps([asdict(each) for each in people], sort_keys=True)
    with desk.store.write() as unit:
        kept.file_review(unit, desk.staff.id, content, desk.now())
        desk.note(unit, "access.review", detail=str(len(people)))
