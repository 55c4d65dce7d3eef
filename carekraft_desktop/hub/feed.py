"""The feed of changes of each office: a counter row and one row for each item.

The counter's row lock is held until the commit is visible, so the order of `seq` is the order
of commits and a reader that asks for what is above its cursor misses nothing.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    RowMapping,
    String,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)

from carekraft_desktop.hub.now import stamp
from carekraft_desktop.hub.tables import exchange, feed, item
from carekraft_desktop.value import Value


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    return cast(column, String)


# The JSON of an item, put together by the database, which is quicker at it. Kind, id, reason
# and moment are of our own closed alphabets and need no escaping; the body is JSON already.
_LINE = (
    literal('{"seq":')
    + _text(item.c.seq)
    + ',"kind":"'
    + item.c.kind
    + '","id":"'
    + item.c.id
    + '","v":'
    + _text(item.c.v)
    + ',"at":"'
    + item.c.at
    + func.coalesce(
        literal('","op":"put","data":') + item.c.body,
        literal('","op":"del"') + func.coalesce(literal(',"reason":"') + item.c.reason + '"', ""),
    )
    + "}"
).label("line")


class CursorMalformed(ValueError):
    """The cursor is not one of ours."""


class CursorExpired(Exception):
    """The cursor's place in the feed does not exist (any more)."""


class EpochChanged(Exception):
    """The cursor was made by a database that has been replaced."""


class Change(Value, frozen=True, kw_only=True):
    """The new state of one item, or that it is gone."""

    kind: str
    id: str
    body: str | None = None
    """JSON of the resource; None when it is gone."""
    reason: str | None = None
    """Why it is gone."""
    subject: str | None = None
    """The patient it tells about, if any."""


class Place(Value, frozen=True):
    """Where a change landed."""

    v: int
    seq: int


class Stretch(Value, frozen=True):
    """A stretch of the feed, its items ready to be sent."""

    epoch: str
    items: bytes
    """JSON array of the items."""
    place: int
    """Where to go on."""
    head: int
    """The newest place in the feed."""

    @property
    def empty(self) -> bool:
        """Whether nothing has changed."""
        return self.items == b"[]"

    def envelope(self, poll_after: float) -> bytes:
        """The JSON of the page."""
        return b'{"epoch":"%s","items":%s,"cursor":"%s","more":%s,"head":%d,"poll_after":%s}' % (
            self.epoch.encode(),
            self.items,
            make_cursor(self.epoch, self.place).encode(),
            b"true" if self.place < self.head else b"false",
            self.head,
            repr(float(poll_after)).encode(),
        )


def write(
    connection: Connection, office_id: str, changes: Sequence[Change], at: datetime
) -> list[Place]:
    """Put `changes` into the feed, in their order; each gets the next place and version."""
    first = _take(connection, office_id, len(changes))
    written = stamp(at)
    places: list[Place] = []
    for seq, change in enumerate(changes, first):
        values = _values(change, seq, written)
        v = connection.execute(
            update(item)
            .where(
                item.c.office_id == office_id, item.c.kind == change.kind, item.c.id == change.id
            )
            .values(v=item.c.v + 1, **values)
            .returning(item.c.v)
        ).scalar_one_or_none()
        if v is None:
            v = 1
            connection.execute(
                insert(item).values(
                    office_id=office_id, kind=change.kind, id=change.id, v=1, **values
                )
            )
        places.append(Place(v, seq))
    return places


def write_all(
    connection: Connection, changes: Mapping[str, Sequence[Change]], at: datetime
) -> dict[str, list[Place]]:
    """Put changes into the feeds of several offices, by office.

    The counters are taken in the order of the offices' ids, so that two transactions that
    touch the same offices never wait for each other.
    """
    return {
        office_id: write(connection, office_id, changes[office_id], at)
        for office_id in sorted(changes)
        if changes[office_id]
    }


def fill(connection: Connection, office_id: str, changes: Sequence[Change], at: datetime) -> None:
    """Put many new items into the feed at once; none of them may be there yet."""
    first = _take(connection, office_id, len(changes))
    written = stamp(at)
    rows = [
        {
            "office_id": office_id,
            "kind": change.kind,
            "id": change.id,
            "v": 1,
            **_values(change, seq, written),
        }
        for seq, change in enumerate(changes, first)
    ]
    if rows:
        connection.execute(insert(item), rows)


def open_feed(connection: Connection, office_id: str) -> None:
    """Start the counter of a new office."""
    connection.execute(insert(feed).values(office_id=office_id, last_seq=0, min_seq=0))


def page(
    connection: Connection,
    office_id: str,
    cursor: str,
    *,
    limit: int,
    most_bytes: int,
    kinds: Sequence[str] = (),
) -> Stretch:
    """What changed after `cursor`.

    Raises:
        CursorMalformed, CursorExpired, EpochChanged: the cursor is not good.
    """
    # The head is read first: every change up to it is visible to the query that follows.
    head, least, epoch = connection.execute(
        select(feed.c.last_seq, feed.c.min_seq, _epoch()).where(feed.c.office_id == office_id)
    ).one()
    after = _after(cursor, epoch=epoch, head=head, least=least)
    if after >= head:
        return Stretch(epoch, b"[]", after, head)
    wanted = select(item.c.seq, _LINE).where(item.c.office_id == office_id, item.c.seq > after)
    if kinds:
        wanted = wanted.where(item.c.kind.in_(kinds))
    rows = connection.execute(wanted.order_by(item.c.seq).limit(limit)).all()
    lines: list[str] = []
    size = 0
    for _, line in rows:
        lines.append(line)
        size += len(line)
        if size > most_bytes:
            break
    last = rows[len(lines) - 1].seq if lines else after
    if len(lines) == len(rows) < limit:
        last = max(last, head)
    return Stretch(epoch, f"[{','.join(lines)}]".encode(), last, max(head, last))


def head(connection: Connection, office_id: str) -> int:
    """The newest place in the office's feed."""
    newest: int = connection.execute(
        select(feed.c.last_seq).where(feed.c.office_id == office_id)
    ).scalar_one()
    return newest


def heads(connection: Connection, offices: Sequence[str]) -> dict[str, int]:
    """The newest place in the feed of each of `offices`."""
    rows = connection.execute(
        select(feed.c.office_id, feed.c.last_seq).where(feed.c.office_id.in_(offices))
    )
    return {office_id: last_seq for office_id, last_seq in rows}  # noqa: C416 - rows, not tuples


def one(connection: Connection, office_id: str, kind: str, id_: str) -> RowMapping | None:
    """One item's row, None when the office never had it."""
    return (
        connection.execute(
            select(item).where(item.c.office_id == office_id, item.c.kind == kind, item.c.id == id_)
        )
        .mappings()
        .one_or_none()
    )


def current_epoch(connection: Connection) -> str:
    """The name of this database's life."""
    epoch: str = connection.execute(
        select(exchange.c.value).where(exchange.c.name == "epoch")
    ).scalar_one()
    return epoch


def new_epoch(connection: Connection) -> str:
    """Begin a new life of the database, as after a restored backup."""
    epoch = secrets.token_hex(4)
    connection.execute(update(exchange).where(exchange.c.name == "epoch").values(value=epoch))
    return epoch


def make_cursor(epoch: str, seq: int) -> str:
    """The opaque cursor for a place in the feed."""
    return base64.urlsafe_b64encode(f"v1.{epoch}.{seq}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[str, int]:
    """The epoch and place behind a cursor.

    Raises:
        CursorMalformed: it is not one of ours.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        version, epoch, seq = base64.b64decode(padded, altchars=b"-_", validate=True).split(b".")
    except (binascii.Error, ValueError):
        raise CursorMalformed from None
    if version != b"v1" or not epoch.isalnum() or not (seq.isdigit() and len(seq) <= 16):
        raise CursorMalformed
    return epoch.decode(), int(seq)


def _after(cursor: str, *, epoch: str, head: int, least: int) -> int:
    if cursor == "":
        return 0
    of_epoch, after = read_cursor(cursor)
    if of_epoch != epoch:
        raise EpochChanged
    if after > head or 0 < after < least:
        raise CursorExpired
    return after


def _epoch() -> Label[str]:
    return (
        select(exchange.c.value).where(exchange.c.name == "epoch").scalar_subquery().label("epoch")
    )


def _take(connection: Connection, office_id: str, count: int) -> int:
    """Reserve `count` places; the first of them."""
    last: int = connection.execute(
        update(feed)
        .where(feed.c.office_id == office_id)
        .values(last_seq=feed.c.last_seq + count)
        .returning(feed.c.last_seq)
    ).scalar_one()
    return last - count + 1


def _values(change: Change, seq: int, written: str) -> dict[str, object]:
    return {
        "seq": seq,
        "gone": change.body is None,
        "reason": change.reason,
        "at": written,
        "subject": change.subject,
        "body": change.body,
    }
