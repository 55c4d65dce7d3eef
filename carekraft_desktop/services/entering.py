"""Come in by password, and what has to be true besides the password (REQ-24, REQ-26, REQ-96).

A colleague may have ended this sign-in elsewhere; and where the exchange was not heard for fourteen
days, the keys alone are not enough: a machine that was taken off the network cannot be told that it
is lost, so it has to reach the exchange, or somebody brings the paper.
"""

from carekraft_desktop.domain.machines import OFFLINE_DAYS
from carekraft_desktop.errors import (
    AccessError,
    ExchangeError,
    KeysDestroyed,
    NeedsContact,
    ReportedLost,
)
from carekraft_desktop.services import access, outgoing_notices, shutting
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.tries_watch import MANY
from carekraft_desktop.services.workplace import Surroundings
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact

DAY = 86_400


def enter(
    around: Surroundings,
    staff_id: str,
    password: str,
    *,
    workstation_code: str = "",
    accept_older: bool = False,
) -> Opened:
    """Let a person in.

    Raises:
        ShutOut: a colleague ended this sign-in for the whole office.
        NeedsContact: fourteen days without the exchange, and it cannot be reached now.
        KeysDestroyed: this workstation was reported lost; its keys are gone now.
        AccessError, StoreError: as for `access.unlock`.
    """
    try:
        opened = access.unlock(
            around,
            staff_id,
            password,
            workstation_code=workstation_code,
            accept_older=accept_older,
        )
    except AccessError as refusal:
        around.watch.failed(refusal, around.clock.monotonic())
        raise
    try:
        shutting.refuse(opened, opened.desk.staff.name)
        require_contact(opened)
    except BaseException:
        opened.close()
        raise
    shutting.settle(around, opened)
    if opened.before.failures >= MANY or around.watch.take():
        tell_tries(opened)
    return opened


def tell_tries(opened: Opened) -> None:
    """Let the office's other workstations know that many passwords did not fit here (REQ-26)."""
    desk = opened.unattended
    with opened.store.write() as unit:
        outgoing_notices.tries(desk, unit)
        desk.note(unit, "access.many-failed")


def require_contact(opened: Opened) -> None:
    """Let a person go on where the exchange was heard lately, or is heard now.

    Raises:
        NeedsContact, KeysDestroyed: as for `enter`.
    """
    with opened.store.read() as unit:
        heard = max(
            int(facts.get(unit, fact) or 0)
            for fact in (Fact.HEARD, Fact.LAST_CONTACT, Fact.KEY_SINCE)
        )
        # A clock that was set back does not make the silence shorter.
        latest = int(unit.value("SELECT max(at) FROM journal") or 0)
        cursor = facts.get(unit, Fact.CURSOR)
    now = max(opened.desk.now(), latest)
    if now - heard < OFFLINE_DAYS * DAY:
        return
    try:
        opened.gateway.changes(cursor, limit=1, wait=0)
    except ReportedLost as lost:
        if opened.loss is not None and opened.loss.obey(lost.order):
            raise KeysDestroyed from None
        raise NeedsContact from None
    except ExchangeError:
        with opened.store.write() as unit:
            opened.desk.note(unit, "access.needs-contact", outcome="denied")
        raise NeedsContact from None
    with opened.store.write() as unit:
        facts.put(unit, Fact.HEARD, str(opened.desk.now()))
