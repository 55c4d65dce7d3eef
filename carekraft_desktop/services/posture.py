"""How this installation stands, for a risk analysis and for whoever asks (REQ-10, REQ-29).

Says what can be shown and nothing else: what is not recorded is said not to be, and what the
build cannot report is not asserted. No patient's data, no name of a colleague.
"""

import platform
from collections import Counter
from collections.abc import Callable

from carekraft_desktop import __version__
from carekraft_desktop.domain.posture import Line, Standing
from carekraft_desktop.domain.staff import Right, Role
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.security.slots import FLOOR
from carekraft_desktop.services import checkup, papers, posture_records, weekly
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.partners import destinations
from carekraft_desktop.services.workplace import Surroundings, is_set_up, people
from carekraft_desktop.store import facts, held, posture
from carekraft_desktop.store.facts import Fact

DAY = 24 * 3600
DRILL_DAYS = 183
"""Days after which the paper and a restore are to be tried again (REQ-28; the office's default)."""
REVIEW_DAYS = 92
"""Days after which it is to be looked at who may sign in (REQ-24; the office's default)."""
BACKUP_HOURS = 48
_RECORDED: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("backup", ("backup.made",), BACKUP_HOURS * 3600),
    ("restore-drill", ("restore.trial",), DRILL_DAYS * DAY),
    ("paper-drill", ("recovery.drill",), DRILL_DAYS * DAY),
    ("access-review", ("access.review",), REVIEW_DAYS * DAY),
    ("rotation", ("keys.rotate",), 0),
    ("journal-proof", ("journal.prove",), REVIEW_DAYS * DAY),
)
"""What the journal tells: subject, actions, and seconds after which it should be done again."""


def outside(
    around: Surroundings,
    *,
    idle_minutes: int,
    capture: str = "not-prevented",
    backup_folder: str = "",
) -> tuple[Line, ...]:
    """What can be shown without anybody's password; slow, for a worker.

    `capture`: whether windows are kept out of pictures of the screen, as `ui/capture.py` says;
    `backup_folder`: where backups go, "" for this computer's own folder.
    """
    cost = FLOOR
    return (
        Line("version", Standing.PLAIN, __version__),
        Line("system", Standing.PLAIN, f"{platform.system()} {platform.release()}".strip()),
        _checked("cipher", lambda: checkup.cipher(around.folders.home)),
        Line(
            "derivation",
            Standing.GOOD,
            f"Argon2id, {cost.memory // 1024} MiB, {cost.passes} passes, {cost.lanes} lanes or more",
        ),
        Line("fips", Standing.UNKNOWN, "not-asserted"),
        _checked("keyring", lambda: checkup.keyring(around)),
        Line("idle", Standing.GOOD, str(idle_minutes)),
        _people(around),
        Line("capture", Standing.PLAIN, capture),
        Line("spool", Standing.PLAIN, "system"),
        posture_records.backups(around, backup_folder),
    )


def inside(desk: Desk) -> tuple[Line, ...]:
    """What the open store tells.

    Raises:
        NotPermitted: it is for the privacy officer and the IT administrator.
    """
    desk.require(Right.ADMIT_PEOPLE, "posture.read")
    now = desk.now()
    hosts = destinations(desk)
    overdue = weekly.overdue(desk)
    with desk.store.write() as unit:
        lines = [Line("destinations", Standing.PLAIN, ", ".join(hosts) or "none")]
        for subject, actions, within in _RECORDED:
            at, outcome, detail = posture.last(unit, actions)
            lines.append(_recorded(subject, at, outcome, detail, within, now))
        signed = weekly.last_signed(unit)
        lines.append(
            Line(
                "weekly-review",
                Standing.ATTENTION
                if overdue
                else Standing.GOOD
                if signed is not None
                else Standing.UNKNOWN,
                "overdue" if overdue else "" if signed is not None else "not-recorded",
                signed.signed_at if signed is not None else 0,
            )
        )
        missing = papers.missing(unit, now)
        lines.append(_needed("papers", len(missing)))
        lines.extend(posture_records.inside(unit, desk))
        lines.append(_needed("incidents", posture.open_incidents(unit)))
        lines.append(_needed("quarantine", held.count_unread(unit)))
        agreed = bool(facts.get(unit, Fact.AGREEMENT))
        lines.append(
            Line("agreement", Standing.GOOD if agreed else Standing.UNKNOWN, "" if agreed else "no")
        )
        contact = facts.get(unit, Fact.LAST_CONTACT)
        lines.append(
            Line(
                "contact",
                Standing.PLAIN if contact else Standing.UNKNOWN,
                "" if contact else "not-recorded",
                int(contact) if contact else 0,
            )
        )
        desk.note(unit, "posture.read")
    return tuple(lines)


def _checked(subject: str, check: Callable[[], str]) -> Line:
    try:
        return Line(subject, Standing.GOOD, check())
    except checkup.Bad as bad:
        return Line(subject, Standing.ATTENTION, str(bad))
    except CareKraftError as failure:
        return Line(subject, Standing.ATTENTION, failure.code)
    except OSError as failure:
        return Line(subject, Standing.ATTENTION, type(failure).__name__)


def _people(around: Surroundings) -> Line:
    """How many may sign in, in each role."""
    if not is_set_up(around.folders):
        return Line("people", Standing.UNKNOWN, "not-set-up")
    counted = Counter(Role(role) for person in people(around) for role in person.roles)
    told = " ".join(f"{role.value}:{counted[role]}" for role in Role if counted[role])
    officer = bool(counted[Role.PRIVACY_OFFICER])
    return Line("people", Standing.GOOD if officer else Standing.ATTENTION, told)


def _recorded(subject: str, at: int, outcome: str, detail: str, within: int, now: int) -> Line:
    if not at:
        return Line(subject, Standing.UNKNOWN, "not-recorded")
    wrong = outcome != "done" or (subject == "journal-proof" and bool(detail))
    if wrong:
        return Line(subject, Standing.ATTENTION, "failed", at)
    late = bool(within) and now - at > within
    return Line(subject, Standing.ATTENTION if late else Standing.GOOD, "late" if late else "", at)


def _needed(subject: str, count: int) -> Line:
    return Line(subject, Standing.ATTENTION if count else Standing.GOOD, str(count))
