"""One signed file with everything that shows how an incident was handled (45 CFR 164.414; REQ-104).

The form is that of a journal's export (`domain/trail.py`), so that the same stand-alone check reads
it: first the incident's own entries, then those of the journal that belong to it.
"""

from collections.abc import Iterator
from pathlib import Path

from carekraft_desktop.config import translated
from carekraft_desktop.domain import trail
from carekraft_desktop.domain.incidents import Entered, File
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.security.people import Unlocked
from carekraft_desktop.services import incidents as files
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import facts, journal
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading

MOST_ENTRIES = 100_000
"""Entries of the journal that one bundle takes along."""
_AT_ONCE = 2_000


def export(
    desk: Desk, unlocked: Unlocked, incident_id: str, place: Path, *, again: StepUp | None
) -> trail.Report:
    """Write the bundle and check it as a stranger would; for a worker.

    Raises:
        PasswordAgain: there is no fresh proof.
        StoreReadOnly, DiskFull: the file cannot be written.
    """
    from carekraft_desktop.security.signatures import holds

    desk.require(Right.KEEP_INCIDENTS, "incident.export", incident_id)
    step_up.require(desk, again, "incident.export", incident_id)
    with desk.store.read() as unit:
        file = files.found_file(unit, desk, incident_id)
        store_id = facts.get(unit, Fact.STORE_ID)
        whole = desk.journal.first_wrong(unit) is None
        lines = list(_lines(unit, file, desk.device))
    head = trail.Head(store_id, desk.now(), desk.staff.id, unlocked.verifying, whole)
    try:
        with place.open("wb") as copy:
            for line in trail.written(head, lines, unlocked.sign):
                copy.write(line)
        with place.open("rb") as copy:
            report = trail.checked(copy, holds)
    except OSError as failure:
        raise translated(failure) from failure
    with desk.store.write() as unit:
        desk.note(unit, "incident.export", incident_id, detail=str(report.entries))
    return report


def _lines(unit: Reading, file: File, device: str) -> Iterator[trail.Line]:
    """Numbered from one, without a gap; an entry of the journal tells its own number."""
    number = 1
    opening = trail.Line(
        number,
        file.opened_at,
        file.opened_by,
        device,
        "incident.opened",
        file.id,
        f"{file.kind.value} {file.about} {file.concerns}".strip(),
        "done",
    )
    yield opening
    if file.evidence:
        number += 1
        yield trail.Line(
            number,
            file.opened_at,
            file.opened_by,
            device,
            "incident.public-text",
            file.id,
            file.evidence,
            "done",
        )
    for each in file.entries:
        number += 1
        action = f"incident.{each.kind.value}"
        yield trail.Line(number, each.at, each.staff, device, action, file.id, each.value, "done")
    for n, entry in _of_journal(unit, file):
        number += 1
        yield trail.Line(
            number,
            entry.at,
            entry.staff,
            entry.device,
            entry.action,
            entry.object,
            f"{n} {entry.detail}".strip(),
            entry.outcome,
        )


def _of_journal(unit: Reading, file: File) -> Iterator[tuple[int, journal.Entry]]:
    said = file.said(Entered.JOURNAL)
    if not said:
        return
    first, last = (int(part) for part in said.split("-"))
    at, left = first - 1, MOST_ENTRIES
    while left > 0:
        found = journal.after(unit, at, most=min(_AT_ONCE, left))
        for n, entry in found:
            if n > last:
                return
            yield n, entry
            at, left = n, left - 1
        if not found:
            return
