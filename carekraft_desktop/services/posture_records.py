"""How the life of the data stands: retention, holds, what patients asked for, where backups lie.

Lines of the posture (REQ-10, REQ-29): counts, codes and days, nothing of a patient and no name.
"""

import os
from pathlib import Path

from carekraft_desktop.domain.asking import Urgency
from carekraft_desktop.domain.posture import Line, Standing
from carekraft_desktop.domain.staff import MATRIX, Right, Role
from carekraft_desktop.services import backup_shelf
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.workplace import Surroundings, is_set_up, ring_of
from carekraft_desktop.store import retention, retiring, rights
from carekraft_desktop.store.unit import Reading


def inside(unit: Reading, desk: Desk) -> tuple[Line, ...]:
    """What the open store tells of it."""
    return (_table(unit, desk), _holds(unit), *_requests(unit, desk))


def backups(around: Surroundings, chosen: str) -> Line:
    """Where backups lie, as far as the operating system says so.

    Two folders on two parts of one disk look like two disks; nothing here claims to know better.

    Args:
        around: the machine.
        chosen: the folder for backups, "" for this computer's own.
    """
    if not is_set_up(around.folders):
        return Line("backup-place", Standing.UNKNOWN, "not-set-up")
    if not chosen or Path(chosen) == around.folders.copies:
        return Line("backup-place", Standing.ATTENTION, "own")
    place = Path(chosen)
    try:
        same = os.stat(place).st_dev == os.stat(around.folders.home).st_dev  # noqa: PTH116
    except OSError:
        return Line("backup-place", Standing.ATTENTION, "missing")
    store = ring_of(around).store_id
    there = [each for each in backup_shelf.shelf([place]).backups if each.store == store]
    if not there:
        return Line("backup-place", Standing.ATTENTION, "empty")
    return Line(
        "backup-place",
        Standing.ATTENTION if same else Standing.GOOD,
        "same-disk" if same else "elsewhere",
    )


def _table(unit: Reading, desk: Desk) -> Line:
    """Whether the office has confirmed how long it keeps things, when, and in which role."""
    versions = retention.versions(unit)
    if not versions:
        return Line("retention", Standing.ATTENTION, "defaults")
    newest = versions[0]
    may = {role for role in Role if Right.KEEP_RECORDS in MATRIX[role]}
    roles = {role for each in desk.team if each.id == newest.staff for role in each.roles}
    known = sorted(role.value for role in roles & may)
    return Line("retention", Standing.GOOD, known[0] if known else "left", newest.at)


def _holds(unit: Reading) -> Line:
    """How many are in force; a hold is neither good nor bad."""
    return Line("holds", Standing.PLAIN, str(retiring.live_holds(unit)))


def _requests(unit: Reading, desk: Desk) -> tuple[Line, Line]:
    """How many requests of patients are open, and how many of them are late."""
    today = retention.day_of(desk.now(), retention.zone(unit))
    waiting = [each for each in rights.requests(unit) if each.open]
    late = sum(each.urgency(today) is Urgency.OVERDUE for each in waiting)
    return (
        Line("requests", Standing.PLAIN, str(len(waiting))),
        Line("requests-overdue", Standing.ATTENTION if late else Standing.GOOD, str(late)),
    )
