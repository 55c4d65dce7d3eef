"""The record of replies that were posted or stopped, and how public ones were judged last."""

import json
from collections.abc import Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.reviews import Approval
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value


class Record(Value, frozen=True):
    """One line of what the office must be able to show for six years (REQ-54)."""

    key: str
    """Of the outbox; empty for a text that was stopped."""
    review_id: str
    what: str
    """put, delete, report, blocked or released."""
    at: Moment
    author: str
    approver: str
    text: str
    """What was posted; empty for a text that was stopped, which may hold a patient's data."""
    hash: str
    """SHA-256 of what was posted; of a stopped text a salted one."""
    checker: str
    severity: Severity
    labels: tuple[tuple[str, int], ...]
    """Category and number of characters of each finding whose reminder was shown."""
    acknowledged: Moment
    """When the author put the entry reminder away."""
    cooled: bool = False
    released: str = ""

    def approval(self) -> Approval:
        """Under what it may leave."""
        return Approval(
            self.hash, self.severity, self.author, self.approver, self.cooled, self.released
        )


def add_record(unit: Writing, record: Record) -> None:
    """Write down what was posted or stopped; it is never changed again."""
    unit.run(
        """INSERT INTO reply_record (key, review_id, what, at, author, approver, text, hash,
        checker, severity, labels, acknowledged, cooled, released)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        record.key,
        record.review_id,
        record.what,
        record.at,
        record.author,
        record.approver,
        record.text,
        record.hash,
        record.checker,
        int(record.severity),
        json.dumps(record.labels),
        record.acknowledged,
        int(record.cooled),
        record.released,
    )


def record(unit: Reading, key: str) -> Record | None:
    """What was written down about an act of the outbox."""
    row = unit.row(f"SELECT {_RECORD} FROM reply_record WHERE key = ? AND key <> ''", key)
    return _record(row) if row else None


def records(unit: Reading, review_id: str) -> tuple[Record, ...]:
    """Everything that was posted or stopped below a review, in order."""
    rows = unit.rows(
        f"SELECT {_RECORD} FROM reply_record WHERE review_id = ? ORDER BY n", review_id
    )
    return tuple(_record(row) for row in rows)


def blocked(unit: Reading, author: str, since: Moment) -> int:
    """How many texts of one person were stopped since then (REQ-56)."""
    return int(
        unit.value(
            """SELECT count(*) FROM reply_record WHERE author = ? AND what = 'blocked'
            AND at >= ?""",
            author,
            since,
        )
    )


_RECORD = (
    "key, review_id, what, at, author, approver, text, hash, checker, severity, labels, "
    "acknowledged, cooled, released"
)


def _record(row: Row) -> Record:
    key, review_id, what, at, author, approver, text, hash_, checker, severity, *last = row
    labels, acknowledged, cooled, released = last
    return Record(
        key=key,
        review_id=review_id,
        what=what,
        at=at,
        author=author,
        approver=approver,
        text=text,
        hash=hash_,
        checker=checker,
        severity=Severity(severity),
        labels=tuple((str(code), int(length)) for code, length in json.loads(labels)),
        acknowledged=acknowledged,
        cooled=bool(cooled),
        released=released,
    )


# ------------------------------------------------------------------ live replies


class LiveCheck(Value, frozen=True):
    """How a public reply was judged last."""

    review_id: str
    hash: str
    checker: str
    severity: Severity


def live_checks(unit: Reading) -> dict[str, LiveCheck]:
    """The last judgement of each public reply."""
    rows = unit.rows("SELECT review_id, hash, checker, severity FROM live_check")
    return {id_: LiveCheck(id_, hash_, made_by, Severity(n)) for id_, hash_, made_by, n in rows}


def put_live_checks(unit: Writing, checks: Sequence[LiveCheck], at: Moment) -> None:
    """Keep judgements."""
    unit.run_many(
        "INSERT OR REPLACE INTO live_check VALUES (?, ?, ?, ?, ?)",
        [(c.review_id, c.hash, c.checker, int(c.severity), at) for c in checks],
    )
