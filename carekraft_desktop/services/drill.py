"""The recovery key from paper: proved to open the store before it is needed, and made anew.

A drill changes nothing. What is typed is compared with what the key file holds for the paper, the
key that comes out of it with the one in use, and who did it when is on file (REQ-21).
"""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import WrongRecoveryKey
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings, device_secret, ring_of
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact

EVERY = 182 * 86400
"""Seconds after which a drill is due again: half a year, as for a restore (REQ-28)."""


def last(desk: Desk) -> tuple[str, Moment] | None:
    """Who proved it when; None if nobody has since it was printed."""
    desk.require(Right.DISABLE_PEOPLE, "recovery.see")
    with desk.store.read() as unit:
        staff, _, at = facts.get(unit, Fact.DRILLED).partition(" ")
    return (staff, int(at)) if at else None


def check(around: Surroundings, opened: Opened, typed: str, proof: StepUp | None) -> None:
    """Prove that the paper opens the store; nothing is changed.

    Raises:
        NotPermitted, PasswordAgain: nothing was looked at.
        WrongRecoveryKey: mistyped, another office's, or a paper that was replaced.
        KeyFileDamaged: the key file was altered.
    """
    desk = opened.desk
    desk.require(Right.DISABLE_PEOPLE, "recovery.drill")
    step_up.require(desk, proof, "recovery.drill")
    ring = ring_of(around)
    try:
        _prove(ring, opened, typed)
    except WrongRecoveryKey:
        with opened.store.write() as unit:
            desk.note(unit, "recovery.drill", outcome="refused")
        raise
    with opened.store.write() as unit:
        facts.put(unit, Fact.DRILLED, f"{desk.staff.id} {desk.now()}")
        desk.note(unit, "recovery.drill")


def renew(
    around: Surroundings,
    opened: Opened,
    proof: StepUp | None,
    *,
    workstation_code: str = "",
) -> str:
    """Make a new paper, for one that was lost or seen; its text, to be shown once.

    Raises:
        NotPermitted, PasswordAgain: the paper of before still works.
        AccessError: the keyring or the workstation code does not fit.
    """
    desk = opened.desk
    desk.require(Right.DISABLE_PEOPLE, "recovery.paper")
    step_up.require(desk, proof, "recovery.paper")
    ring = ring_of(around)
    with device_secret(around, ring, workstation_code) as device:
        paper = ring.renew_recovery(opened.unlocked, device)
    text = paper.text
    paper.wipe()
    with opened.store.write() as unit:
        facts.put(unit, Fact.DRILLED, "")
        desk.note(unit, "recovery.paper")
    return text


def _prove(ring: KeyRing, opened: Opened, typed: str) -> None:
    with ring.key_by_paper(typed) as key:
        if not opened.store.has_key(key.content):
            raise WrongRecoveryKey("another key")
