"""Reviews as the public reads them, drafts of replies, and the record of what was posted."""

from collections.abc import Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.reviews import Draft, LiveReply, Review, Stage
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value

_COLUMNS = (
    "id, version, author, rating, text, written_at, edited_at, reply, reply_at, "
    "reply_edited_at, reported"
)
_DRAFT = "review_id, text, author, review_version, saved_at, stage, severity, until, note, held"


class Profile(Value, frozen=True):
    """What anybody can read of the office."""

    name: str
    phone: str
    staff: tuple[str, ...]


# ------------------------------------------------------------------ reviews


def put(unit: Writing, reviews: Sequence[Review], *, force: bool) -> None:
    """Keep reviews as they are now; `force` also replaces a newer version."""
    unit.run_many(
        f"""INSERT INTO review ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(id) DO UPDATE SET version = excluded.version, author = excluded.author,
        rating = excluded.rating, text = excluded.text, written_at = excluded.written_at,
        edited_at = excluded.edited_at, reply = excluded.reply, reply_at = excluded.reply_at,
        reply_edited_at = excluded.reply_edited_at, reported = excluded.reported
        WHERE excluded.version > review.version OR ?""",
        [_values(each, force=force) for each in reviews],
    )


def _values(review: Review, *, force: bool) -> Row:
    reply = review.reply or LiveReply("", 0)
    return (
        review.id,
        review.version,
        review.author,
        review.rating,
        review.text,
        review.written_at,
        review.edited_at,
        reply.text,
        reply.posted_at,
        reply.edited_at,
        int(review.reported),
        int(force),
    )


def remove(unit: Writing, ids: Sequence[str]) -> None:
    """The writer deleted them: drafts go along, and what has not left is not sent."""
    keys = [(id_,) for id_ in ids]
    for statement in (
        "DELETE FROM review WHERE id = ?",
        "DELETE FROM reply_draft WHERE review_id = ?",
        "DELETE FROM review_closed WHERE review_id = ?",
        "DELETE FROM live_check WHERE review_id = ?",
        """UPDATE outbox SET delivery = 'void' WHERE about = ? AND delivery = 'waiting'
        AND tries = 0""",
    ):
        unit.run_many(statement, keys)


def get(unit: Reading, id_: str) -> Review | None:
    """One review."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM review WHERE id = ?", id_)
    return _review(rows[0]) if rows else None


def newest(unit: Reading, *, most: int = 2_000) -> tuple[Review, ...]:
    """Reviews, the newest first."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM review ORDER BY written_at DESC, id LIMIT ?", most)
    return tuple(_review(row) for row in rows)


def unfinished(unit: Reading) -> tuple[Review, ...]:
    """Every review that may wait for somebody, and few others; quick also among thousands."""
    rows = unit.rows(
        f"""SELECT {_COLUMNS} FROM review WHERE
        (reply = '' AND NOT EXISTS (SELECT 1 FROM review_closed c WHERE c.review_id = review.id
        AND c.edited_at = review.edited_at))
        OR id IN (SELECT review_id FROM reply_draft)
        OR id IN (SELECT about FROM task WHERE done_at = 0)
        OR id IN (SELECT about FROM outbox WHERE kind = 'review' AND read = 0
        AND delivery IN ('conflict', 'rejected', 'expired'))"""
    )
    return tuple(_review(row) for row in rows)


def answered(unit: Reading) -> tuple[Review, ...]:
    """Reviews with a reply that the public reads."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM review WHERE reply <> '' ORDER BY id")
    return tuple(_review(row) for row in rows)


def _review(row: Row) -> Review:
    id_, version, author, rating, text, written_at, edited_at, *live, reported = row
    reply = LiveReply(*live) if live[0] else None
    return Review(id_, version, author, rating, text, written_at, edited_at, reply, bool(reported))


def profile(unit: Reading) -> Profile:
    """The office's public page: its telephone, and who works there."""
    office = unit.row("SELECT name, phone FROM office LIMIT 1") or ("", "")
    names = unit.rows("SELECT name FROM provider WHERE active = 1 ORDER BY name, id")
    return Profile(office[0], office[1], tuple(name for (name,) in names))


# ------------------------------------------------------------------ drafts


def draft(unit: Reading, review_id: str) -> Draft | None:
    """What is being written below a review."""
    rows = unit.rows(f"SELECT {_DRAFT} FROM reply_draft WHERE review_id = ?", review_id)
    return _draft(rows[0]) if rows else None


def drafts(unit: Reading) -> dict[str, Draft]:
    """All drafts by review."""
    return {row[0]: _draft(row) for row in unit.rows(f"SELECT {_DRAFT} FROM reply_draft")}


def keep_draft(unit: Writing, draft: Draft) -> None:
    """Keep a draft in place of the one before."""
    unit.run(
        f"INSERT OR REPLACE INTO reply_draft ({_DRAFT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        draft.review_id,
        draft.text,
        draft.author,
        draft.review_version,
        draft.saved_at,
        draft.stage,
        int(draft.severity),
        draft.until,
        draft.note,
        int(draft.held),
    )


def drop_draft(unit: Writing, review_id: str) -> None:
    """It was posted, thrown away, or may not be kept."""
    unit.run("DELETE FROM reply_draft WHERE review_id = ?", review_id)


def drop_held(unit: Writing, before: Moment) -> int:
    """Forget stopped texts whose editor nobody came back to; how many."""
    return unit.run("DELETE FROM reply_draft WHERE held = 1 AND saved_at < ?", before)


def _draft(row: Row) -> Draft:
    review_id, text, author, version, saved_at, stage, severity, until, note, held = row
    return Draft(
        review_id,
        text,
        author,
        version,
        saved_at,
        Stage(stage),
        Severity(severity),
        until,
        note,
        bool(held),
    )


# ------------------------------------------------------------------ choices


def close(unit: Writing, review: Review, staff: str, at: Moment) -> None:
    """No reply, as long as the review reads as it does."""
    unit.run(
        "INSERT OR REPLACE INTO review_closed VALUES (?, ?, ?, ?)",
        review.id,
        review.edited_at,
        staff,
        at,
    )


def reopen(unit: Writing, review_id: str) -> None:
    """It shall be answered after all."""
    unit.run("DELETE FROM review_closed WHERE review_id = ?", review_id)


def closed(unit: Reading) -> dict[str, Moment]:
    """Reviews that get no reply, with the edit of the review that this was decided on."""
    found: dict[str, Moment] = dict(unit.rows("SELECT review_id, edited_at FROM review_closed"))
    return found
