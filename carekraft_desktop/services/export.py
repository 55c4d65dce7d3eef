"""Hand bookings out as an encrypted file: for a purpose, to a recipient, with the least (REQ-90).

The table is made in memory and goes straight into the container; nothing readable touches the
disk. Who got what is in the journal, and in the accounting of each patient where the recipient is
outside the office (REQ-78).
"""

import csv
import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from carekraft_desktop.config import translated
from carekraft_desktop.domain.exports import CHOICES, Wish
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError, ExportUnclear, PlaceLeaves
from carekraft_desktop.security import container
from carekraft_desktop.security.container import Part
from carekraft_desktop.security.keyfile import flush_folder
from carekraft_desktop.security.places import leaves
from carekraft_desktop.services import handover, step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import exports, visits
from carekraft_desktop.value import Guarded

_FORMULA = frozenset("=+-@\t\r")


class Exported(Guarded, frozen=True):
    """A file that was handed out, and the only copy of what opens it."""

    file: Path
    passphrase: str
    bookings: int
    patients: int


def count(desk: Desk, wish: Wish) -> int:
    """How many bookings it would hold; nothing is read of them.

    Raises:
        NotPermitted: this person hands nothing out.
    """
    desk.require(Right.EXPORT, "export.count")
    with desk.store.read() as unit:
        return len(exports.between(unit, wish.first, wish.last))


def export(
    desk: Desk,
    wish: Wish,
    folder: Path,
    proof: StepUp | None,
    environment: Mapping[str, str] = os.environ,
) -> Exported:
    """Make it; slow, for a worker.

    Args:
        desk: who hands it out.
        wish: what, why and to whom.
        folder: where the file goes.
        proof: that the password was typed just now (REQ-19).
        environment: where a cloud's own program says where its folder is.

    Raises:
        NotPermitted, PasswordAgain: nothing was made.
        ExportUnclear: recipient, period or fields are missing.
        PlaceLeaves: the folder is copied to a cloud or carried away, and that was not said.
        StoreReadOnly, DiskFull: the file could not be written; the journal says so.
    """
    desk.require(Right.EXPORT, "export.made")
    step_up.require(desk, proof, "export.made")
    if wish.flaw:
        raise ExportUnclear(wish.flaw)
    gone = leaves(folder, environment)
    if gone is not None and not wish.approved:
        raise PlaceLeaves(gone.value)
    with desk.store.write() as unit:
        found = [
            v
            for id_ in exports.between(unit, wish.first, wish.last)
            if (v := visits.get(unit, id_))
        ]
        rows = [handover.values_of(unit, desk, visit) for visit in found]
        sealed = container.seal(_parts(desk, wish, rows))
        people = {visit.patient_id for visit in found}
        digest = hashlib.sha256(sealed.content).hexdigest()
        detail = f"{wish.purpose}:{len(found)}:{','.join(_fields(wish))}"
        desk.note(unit, "export.made", digest[:16], detail=detail)
        if gone is not None:
            desk.note(unit, "export.approved", digest[:16], detail=gone.value)
        if wish.outside:
            _account(desk, unit, wish, people, digest)
    name = f"carekraft-{datetime.fromtimestamp(desk.now(), UTC):%Y%m%d}-{digest[:8]}.zip"
    try:
        _write(folder / name, sealed.content)
    except CareKraftError as failure:
        with desk.store.write() as unit:
            desk.note(unit, "export.made", digest[:16], detail=failure.code, outcome="failed")
        raise
    return Exported(folder / name, sealed.passphrase, len(found), len(people))


def _account(
    desk: Desk, unit: exports.Writing, wish: Wish, people: Sequence[str] | set[str], digest: str
) -> None:
    exports.account(
        unit,
        [
            (
                desk.ids.new(),
                desk.now(),
                patient,
                wish.recipient.strip(),
                "export",
                wish.purpose.value,
                "",
                digest,
                desk.staff.id,
            )
            for patient in sorted(people)
            if patient
        ],
    )


def _fields(wish: Wish) -> tuple[str, ...]:
    return tuple(field for field in CHOICES if field in wish.fields)


def _parts(desk: Desk, wish: Wish, rows: Sequence[dict[str, str]]) -> tuple[Part, ...]:
    fields = _fields(wish)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_plain(row.get(field, "")) for field in fields])
    about = (
        f"Handed out by {desk.staff.display} on"
        f" {datetime.fromtimestamp(desk.now(), UTC):%Y-%m-%d %H:%M} UTC.\n"
        f"For: {wish.recipient.strip()}. Purpose: {wish.purpose}.\n"
        "It holds patients' data: keep it encrypted, and delete it when the purpose is met.\n"
    )
    return Part("bookings.csv", text.getvalue().encode("utf-8-sig")), Part(
        "read-me.txt", about.encode()
    )


def _plain(value: str) -> str:
    """A value that a spreadsheet does not take for a formula."""
    return f"'{value}" if value[:1] in _FORMULA else value


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_name(f".{file.name}.part")
    try:
        handle = os.open(
            fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        flush_folder(file.parent)
    except OSError as failure:
        fresh.unlink(missing_ok=True)
        raise translated(failure) from failure
