"""Registers of the privacy officer: papers on file, tasks, incidents, disclosures."""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

PRESUMED_BREACH = "presumed-breach"
"""The state in which an incident begins (45 CFR 164.402; REQ-55, REQ-100)."""


class Paper(StrEnum):
    """What the office keeps on file; the first three open the reply editor (REQ-46)."""

    SOCIAL_MEDIA_POLICY = "social-media-policy"
    PRIVACY_NOTICE = "privacy-notice"
    PRIVACY_OFFICIAL = "privacy-official"
    SECURITY_OFFICIAL = "security-official"
    CONTACT_NAME = "contact-name"
    """Whom readers may ask for on the telephone; part of the public page."""
    CONTACT_PAGE = "contact-page"
    """The one link that a reply may hold (REQ-57)."""


NEEDED = (Paper.SOCIAL_MEDIA_POLICY, Paper.PRIVACY_NOTICE, Paper.PRIVACY_OFFICIAL)
"""Without these nobody replies in public (REQ-46)."""


def file_paper(
    unit: Writing, paper: Paper, value: str, *, from_at: Moment, staff: str, at: Moment
) -> None:
    """Put a version on file from a moment on; earlier ones stay."""
    unit.run(
        "INSERT INTO paper (kind, value, from_at, staff, at) VALUES (?, ?, ?, ?, ?)",
        paper,
        value,
        from_at,
        staff,
        at,
    )


def in_force(unit: Reading, at: Moment) -> dict[Paper, str]:
    """What was in force at a moment, at most one version of each (REQ-31)."""
    rows = unit.rows(
        """SELECT kind, value FROM (SELECT kind, value, row_number() OVER
        (PARTITION BY kind ORDER BY from_at DESC, n DESC) AS place FROM paper WHERE from_at <= ?)
        WHERE place = 1""",
        at,
    )
    return {Paper(kind): value for kind, value in rows if value}


class Task(Value, frozen=True):
    """Something that somebody has to do."""

    id: str
    kind: str
    """live-reply, training or locked-author."""
    about: str
    at: Moment


def add_task(unit: Writing, task: Task) -> bool:
    """Note a task unless the same is open; whether it is new."""
    there = unit.value(
        "SELECT 1 FROM task WHERE kind = ? AND about = ? AND done_at = 0", task.kind, task.about
    )
    if there:
        return False
    unit.run("INSERT INTO task VALUES (?, ?, ?, ?, 0, '')", task.id, task.kind, task.about, task.at)
    return True


def open_tasks(unit: Reading) -> tuple[Task, ...]:
    """What is to be done, the oldest first."""
    rows = unit.rows("SELECT id, kind, about, at FROM task WHERE done_at = 0 ORDER BY at, id")
    return tuple(Task(*row) for row in rows)


def is_open(unit: Reading, kind: str, about: str) -> bool:
    """Whether such a task waits."""
    return bool(
        unit.value("SELECT 1 FROM task WHERE kind = ? AND about = ? AND done_at = 0", kind, about)
    )


def finish_task(unit: Writing, task_id: str, staff: str, at: Moment) -> int:
    """It is done; how many tasks that were."""
    return unit.run(
        "UPDATE task SET done_at = ?, done_by = ? WHERE id = ? AND done_at = 0", at, staff, task_id
    )


def finish_about(unit: Writing, kind: str, about: str, staff: str, at: Moment) -> None:
    """Every open task of this kind about this is done."""
    unit.run(
        "UPDATE task SET done_at = ?, done_by = ? WHERE kind = ? AND about = ? AND done_at = 0",
        at,
        staff,
        kind,
        about,
    )


class Incident(Value, frozen=True):
    """Something that may have been a breach; kept, never deleted (REQ-99)."""

    id: str
    kind: str
    """public-reply."""
    about: str
    """Opaque id of what it was about, such as a review."""
    opened_at: Moment
    opened_by: str
    concerns: str
    """Staff id of who caused it, empty when nobody did."""
    state: str = PRESUMED_BREACH
    evidence: str = ""
    """What was public, word for word; it stays in the encrypted store."""


def open_incident(unit: Writing, incident: Incident) -> None:
    """Add it to the register."""
    unit.run(
        "INSERT INTO incident VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '')",
        incident.id,
        incident.kind,
        incident.about,
        incident.opened_at,
        incident.opened_by,
        incident.concerns,
        incident.state,
        incident.evidence,
    )


def incidents(unit: Reading, about: str = "") -> tuple[Incident, ...]:
    """All incidents, or those about one thing, the newest first."""
    rows = unit.rows(
        """SELECT id, kind, about, opened_at, opened_by, concerns, state, evidence FROM incident
        WHERE ? = '' OR about = ? ORDER BY opened_at DESC, id""",
        about,
        about,
    )
    return tuple(Incident(*row) for row in rows)


class Disclosure(Value, frozen=True):
    """One line of the accounting of disclosures (45 CFR 164.528; REQ-39)."""

    id: str
    at: Moment
    recipient: str
    what: str
    purpose: str
    incident_id: str


def add_disclosure(unit: Writing, entry: Disclosure) -> None:
    """Add a line."""
    unit.run(
        "INSERT INTO disclosure VALUES (?, ?, ?, ?, ?, ?)",
        entry.id,
        entry.at,
        entry.recipient,
        entry.what,
        entry.purpose,
        entry.incident_id,
    )


def disclosures(unit: Reading) -> tuple[Disclosure, ...]:
    """All lines, the newest first."""
    rows = unit.rows(
        "SELECT id, at, recipient, what, purpose, incident_id FROM disclosure ORDER BY at DESC, id"
    )
    return tuple(Disclosure(*row) for row in rows)
