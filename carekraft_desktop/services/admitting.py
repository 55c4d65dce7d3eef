"""Let colleagues in, and give them and oneself another password or other roles."""

from carekraft_desktop.domain.staff import Right, Role, Staff
from carekraft_desktop.errors import AccessError, LastOfficer
from carekraft_desktop.security.keys import NewStaff
from carekraft_desktop.services import step_up
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings, device_secret, ring_of, staff_of
from carekraft_desktop.store import pins
from carekraft_desktop.value import Guarded


class Newcomer(Guarded, frozen=True):
    """A colleague who shall be able to sign in here."""

    name: str
    """Sign-in name."""
    display: str
    roles: frozenset[Role]
    password: str
    """The first one; a colleague who reads it can do nothing that is not theirs to do."""


def let_in(
    around: Surroundings,
    opened: Opened,
    who: Newcomer,
    *,
    proof: StepUp | None,
    workstation_code: str = "",
) -> Staff:
    """Let a colleague sign in at this workstation; counts from the next unlock on.

    Raises:
        PasswordAgain: the password was not typed just now (REQ-19).
        NotPermitted: this person's role lets nobody in.
        AccessError: name or password are not taken, or the workstation code is wrong.
    """
    desk = opened.desk
    desk.require(Right.ADMIT_PEOPLE, "access.let-in")
    step_up.require(desk, proof, "access.let-in")
    ring = ring_of(around)
    staff = NewStaff(
        id=around.ids.new(), name=who.name, display=who.display, roles=tuple(sorted(who.roles))
    )
    with device_secret(around, ring, workstation_code) as device:
        person = ring.add_staff(opened.unlocked, staff, who.password, device)
    with desk.store.write() as unit:
        desk.note(unit, "access.let-in", person.id, detail=" ".join(sorted(who.roles)))
    return staff_of(person)


def change_password(
    around: Surroundings, opened: Opened, old: str, new: str, *, workstation_code: str = ""
) -> None:
    """Whoever sits here takes another password; the PIN of before goes with the old one.

    Raises:
        AccessError: the old one does not fit, or the new one is not taken.
    """
    desk = opened.desk
    ring = ring_of(around)
    try:
        with device_secret(around, ring, workstation_code) as device:
            ring.change_password(
                desk.staff.id, old_password=old, new_password=new, device_secret=device
            )
    except AccessError as refusal:
        with opened.store.write() as unit:
            desk.note(unit, "access.password", detail=refusal.code, outcome="refused")
        raise
    with opened.store.write() as unit:
        pins.drop(unit, desk.staff.id)
        desk.note(unit, "access.password")


def renew(
    around: Surroundings,
    opened: Opened,
    staff_id: str,
    password: str,
    roles: frozenset[Role],
    *,
    proof: StepUp | None,
    workstation_code: str = "",
) -> Staff:
    """Give a colleague a new password, and these roles: both are sealed together.

    For a password that was forgotten, an account that is locked, somebody who waits after a lost
    keyring, and for another role. The colleague types the password.

    Raises:
        NotPermitted: the role does not allow it, or it is oneself.
        PasswordAgain: the password of whoever does it was not typed just now (REQ-19).
        LastOfficer: nobody would be left who answers for privacy.
        AccessError: the password is not taken, or the workstation code is wrong.
    """
    desk = opened.desk
    desk.require(Right.ADMIT_PEOPLE, "access.renew", staff_id)
    step_up.require(desk, proof, "access.renew", staff_id)
    ring = ring_of(around)
    others = [p for p in ring.people() if not p.disabled and p.id != staff_id]
    if not any(Role.PRIVACY_OFFICER in roles for roles in (roles, *(p.roles for p in others))):
        raise LastOfficer
    with device_secret(around, ring, workstation_code) as device:
        person = ring.renew_staff(
            opened.unlocked, staff_id, password, device, roles=tuple(sorted(roles))
        )
    opened.seats.leave(staff_id)
    with opened.store.write() as unit:
        pins.drop(unit, staff_id)
        desk.note(unit, "access.renew", staff_id, detail=" ".join(sorted(roles)))
    return staff_of(person)


def allow_again(
    around: Surroundings, opened: Opened, staff_id: str, *, proof: StepUp | None
) -> None:
    """Let a colleague who was locked out try again with the same password.

    Raises:
        NotPermitted: the role does not allow it, or it is oneself.
        PasswordAgain: the password was not typed just now.
    """
    desk = opened.desk
    desk.require(Right.ADMIT_PEOPLE, "access.allow-again", staff_id)
    step_up.require(desk, proof, "access.allow-again", staff_id)
    ring = ring_of(around)
    ring.allow_again(opened.unlocked, staff_id)
    with opened.store.write() as unit:
        desk.note(unit, "access.allow-again", staff_id)
