"""Who confirmed what, in which version, and when; and who signed the access review."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.store.unit import Reading, Writing


def put(unit: Writing, staff: str, subject: Subject, version: str, now: Moment) -> None:
    """Somebody has confirmed it; earlier confirmations stay."""
    unit.run(
        "INSERT OR IGNORE INTO attestation VALUES (?, ?, ?, ?)",
        staff,
        subject.value,
        version,
        now,
    )


def latest(unit: Reading) -> dict[tuple[str, Subject], tuple[str, Moment]]:
    """The last version that each person confirmed of each, and when."""
    rows = unit.rows("SELECT staff, subject, version, at FROM attestation ORDER BY at")
    return {(staff, Subject(subject)): (version, at) for staff, subject, version, at in rows}


def last_seen(unit: Reading) -> dict[str, Moment]:
    """When each person last came in."""
    rows = unit.rows(
        "SELECT staff, max(at) FROM journal WHERE outcome = 'done' AND staff <> '' AND action IN"
        " ('access.set-up', 'access.unlock', 'access.return', 'access.switch') GROUP BY staff"
    )
    return {staff: int(at) for staff, at in rows}


def file_review(unit: Writing, by: str, content: str, now: Moment) -> None:
    """Somebody has signed how things stood."""
    unit.run("INSERT OR IGNORE INTO access_review VALUES (?, ?, ?)", now, by, content)


def last_review(unit: Reading) -> tuple[Moment, str] | None:
    """When, and staff id of whoever signed; None if nobody ever did."""
    row = unit.row("SELECT at, by FROM access_review ORDER BY at DESC LIMIT 1")
    return (int(row[0]), str(row[1])) if row is not None else None


def everything(unit: Reading) -> list[tuple[str, str, str, Moment]]:
    """Every confirmation that was ever given: who, what, which version, when."""
    rows = unit.rows("SELECT staff, subject, version, at FROM attestation ORDER BY at, staff")
    return [(staff, subject, version, int(at)) for staff, subject, version, at in rows]
