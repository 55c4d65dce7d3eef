"""The workstations of an office: their last word, and those that come in no more (REQ-96, REQ-98)."""

from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import Connection, Row, delete, select, update

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.enrolment import PublicKey
from carekraft_desktop.contract.notices import Notice, NoticeKind
from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.contract.workstations import (
    Heard,
    Heartbeat,
    Slip,
    SlipSpent,
    Trail,
    Word,
    Workstation,
)
from carekraft_desktop.hub import feed, notices, seals
from carekraft_desktop.hub.assertions import TOLERANCE, AssertionRefused
from carekraft_desktop.hub.feed import Change, Place
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.orders import Order, Refusal
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.tables import device, token

KIND = "workstation"
ALGORITHM = "ES384"
SLIP_LIFE = 100 * 86_400
"""Seconds after which a slip counts no more; a workstation's key lives for ninety days."""
T = TypeVar("T")


def hear(connection: Connection, who: Device, said: Heartbeat, at: datetime) -> Heard:
    """Keep what a workstation says of itself, and let the others of its office read it.

    Returns:
        What it had said before of its journal, at its furthest: an anchor outside its own files
        (REQ-14).

    Raises:
        AssertionRefused: another key signed it, or it is about another workstation.
    """
    row = connection.execute(select(device).where(device.c.client_id == who.client_id)).one()
    for jwk in filter(None, (row.jwk, row.next_jwk)):
        key = decode(jwk.encode(), PublicKey)
        word = _word(said.statement, key)
        if word is not None and word.iss == who.client_id:
            _write(connection, row, key, said.statement, at)
            return Heard(_follow(connection, row, word.trail))
    raise AssertionRefused


def spend(connection: Connection, spent: SlipSpent, at: datetime) -> tuple[str, Place | None]:
    """A closed workstation says that many passwords did not fit there; its office, and the notice.

    A slip counts once; a second time nothing happens.

    Raises:
        AssertionRefused: it is nobody's, too old, or says something else.
    """
    row = connection.execute(
        select(device).where(
            device.c.client_id == spent.client_id,
            device.c.scopes == "",
            device.c.revoked_at.is_(None),
        )
    ).one_or_none()
    for jwk in filter(None, (row.jwk, row.next_jwk) if row is not None else ()):
        slip = _claims(spent.statement, decode(jwk.encode(), PublicKey), Slip)
        if row is None or slip is None or slip.iss != spent.client_id:
            continue
        if not -SLIP_LIFE <= slip.iat - seconds(at) <= TOLERANCE:
            raise AssertionRefused
        id_ = f"slip.{slip.jti}"
        if feed.one(connection, row.office_id, notices.KIND, id_) is not None:
            return row.office_id, None
        notice = Notice(id=id_, kind=NoticeKind.TRIES, at=at, device=spent.client_id)
        return row.office_id, notices.put(connection, row.office_id, notice, at)
    raise AssertionRefused


def _follow(
    connection: Connection, row: Row[tuple[object, ...]], trail: Trail | None
) -> Trail | None:
    """Remember the furthest that was said; what it was before."""
    before = Trail(row.trail_entries, row.trail_code) if row.trail_entries else None
    if trail is not None and (before is None or trail.entries > before.entries):
        connection.execute(
            update(device)
            .where(device.c.client_id == row.client_id)
            .values(trail_entries=trail.entries, trail_code=trail.code)
        )
    return before


def report_lost(order: Order) -> Place:
    """A colleague says that a workstation is lost: it is shut out, and told at its next contact.

    Raises:
        Refusal: the office has none of that id, or it is the one that says so.
    """
    connection, lost = order.connection, order.command.id
    row = connection.execute(
        select(device).where(
            device.c.client_id == lost,
            device.c.office_id == order.office_id,
            device.c.scopes == "",
        )
    ).one_or_none()
    if row is None:
        raise Refusal(problem(Slug.NOT_FOUND, "There is no such workstation"))
    if lost == order.client_id:
        raise Refusal(problem(Slug.INVALID_REQUEST, "A lost workstation says nothing"))
    now = seconds(order.at)
    connection.execute(
        update(device)
        .where(device.c.client_id == lost)
        .values(lost_at=row.lost_at or now, revoked_at=row.revoked_at or now)
    )
    return _out(order, row, lost_at=datetime.fromtimestamp(row.lost_at or now, UTC))


def retire(order: Order) -> Place:
    """A workstation is taken out of service: it comes in no more, and the others read that (REQ-98).

    Raises:
        Refusal: another one says so; that would be `report_lost`.
    """
    connection, own = order.connection, order.client_id
    if order.command.id != own:
        raise Refusal(problem(Slug.INVALID_REQUEST, "A workstation says this of itself"))
    row = connection.execute(select(device).where(device.c.client_id == own)).one()
    now = seconds(order.at)
    connection.execute(update(device).where(device.c.client_id == own).values(revoked_at=now))
    return _out(order, row, retired_at=order.at)


def _out(order: Order, row: Row[tuple[object, ...]], **when: datetime) -> Place:
    """It comes in nowhere from now on; the others of its office read when and why."""
    connection, out = order.connection, str(row.client_id)
    connection.execute(delete(token).where(token.c.client_id == out))
    held = feed.one(connection, order.office_id, KIND, out)
    known = decode(held["body"].encode(), Workstation) if held is not None else None
    item = Workstation(
        id=out,
        name=row.name,
        key=known.key if known is not None else decode(row.jwk.encode(), PublicKey),
        statement=known.statement if known is not None else "",
        at=known.at if known is not None else order.at,
        **when,
    )
    change = Change(kind=KIND, id=out, body=encode(item).decode())
    return feed.write(connection, order.office_id, [change], order.at)[0]


def _write(
    connection: Connection,
    row: Row[tuple[object, ...]],
    key: PublicKey,
    statement: str,
    at: datetime,
) -> Place:
    item = Workstation(id=row.client_id, name=row.name, key=key, statement=statement, at=at)
    change = Change(kind=KIND, id=row.client_id, body=encode(item).decode())
    # A lost workstation proves its order by our key, so every office has to know it.
    known = seals.told(connection, row.office_id)
    return feed.write(connection, row.office_id, [*known, change], at)[-1]


def _word(statement: str, key: PublicKey) -> Word | None:
    return _claims(statement, key, Word)


def _claims(statement: str, key: PublicKey, kind: type[T]) -> T | None:
    """What a statement says; None where another key signed it, or it says something else."""
    jwk = ECKey.import_key({"kty": "EC", "crv": "P-384", "x": key.x, "y": key.y})
    try:
        claims = jwt.decode(statement, jwk, algorithms=[ALGORITHM]).claims
        return msgspec.convert(claims, kind)
    except (JoseError, ValueError, UnicodeError, RecursionError, msgspec.MsgspecError):
        return None
