"""Who did and saw what: append-only, each entry authenticated together with the one before.

Entries hold ids and codes, never a patient's data (REQ-13). The chain's key is derived from
the data key, so that someone who can only write to the file cannot forge an entry.
"""

import hashlib
import hmac
from dataclasses import dataclass

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    at: Moment
    staff: str
    """Staff id, empty for what the program did by itself."""
    device: str
    action: str
    """A code such as `visit.accept` or `patient.reveal`."""
    object: str = ""
    """Opaque id of what it was about."""
    detail: str = ""
    """A code: a data class, a reason, a count."""
    outcome: str = "done"


class Journal:
    """Writes and proves the chain."""

    def __init__(self, key: bytes) -> None:
        """`key`: for the authentication codes, derived from the data key."""
        self._key = key

    def append(self, unit: Writing, entry: Entry) -> None:
        """Add an entry in the transaction of what it records; both are kept, or neither."""
        last = unit.row("SELECT n, mac FROM journal ORDER BY n DESC LIMIT 1")
        n, before = (last[0] + 1, bytes(last[1])) if last else (1, b"")
        unit.run(
            "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            n,
            entry.at,
            entry.staff,
            entry.device,
            entry.action,
            entry.object,
            entry.detail,
            entry.outcome,
            self._code(n, before, entry),
        )

    def first_wrong(self, unit: Reading) -> int | None:
        """The number of the first entry that was altered, removed or put in; None if all fit."""
        before = b""
        expected = 1
        for n, *fields, mac in unit.rows(
            "SELECT n, at, staff, device, action, object, detail, outcome, mac FROM journal "
            "ORDER BY n"
        ):
            code = self._code(expected, before, Entry(*fields))
            if n != expected or not hmac.compare_digest(code, bytes(mac)):
                return expected
            before = bytes(mac)
            expected += 1
        return None

    def _code(self, n: int, before: bytes, entry: Entry) -> bytes:
        fields = (
            n,
            entry.at,
            entry.staff,
            entry.device,
            entry.action,
            entry.object,
            entry.detail,
            entry.outcome,
        )
        # Each field with its length, so that no two different entries read alike.
        text = b"".join(b"%d:%b," % (len(part), part) for part in (str(f).encode() for f in fields))
        return hmac.digest(self._key, before + text, hashlib.sha256)
