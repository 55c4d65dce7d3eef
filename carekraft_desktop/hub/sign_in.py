"""Signing in by `private_key_jwt` (SMART Backend Services), and the tokens given for it.

Tokens are random and opaque. The database holds their hashes, so that any process of the
exchange can check one and none can give one away.
"""

import contextlib
import hashlib
import secrets
from datetime import datetime
from functools import partial

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from msgspec import UNSET
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.enrolment import TOKEN_SECONDS, PublicKey, Token
from carekraft_desktop.hub import rotating, seals
from carekraft_desktop.hub.assertions import MOST, TOLERANCE, AssertionRefused, read_assertion
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.scopes import narrowed
from carekraft_desktop.hub.tables import assertion, device, token
from carekraft_desktop.value import Value

TOKEN_TYPE = "bearer"  # noqa: S105 - a kind of token (RFC 6750), no secret


# Asked with every request: the statement is put together once.
_WHOSE = (
    select(
        device.c.client_id,
        device.c.office_id,
        device.c.revoked_at,
        token.c.expires_at,
        token.c.scopes,
    )
    .join_from(token, device, token.c.client_id == device.c.client_id)
    .where(token.c.token_hash == bindparam("hash"))
)


class TokenRefused(Exception):
    """No or no good access token."""


class DeviceRevoked(Exception):
    """The workstation was shut out by the office or the exchange."""


class KeyReplaced(Exception):
    """It was signed with the key that the workstation had before its own, which opens nothing."""


class DeviceLost(Exception):
    """The workstation was reported lost; it proved who it is, and gets its order."""

    def __init__(self, order: str) -> None:
        """`order`: signed."""
        super().__init__()
        self.order = order


class Device(Value, frozen=True):
    """Whose request it is."""

    client_id: str
    office_id: str
    scopes: str = ""
    """What a partner's system may do; empty for a workstation."""


class SignedIn(Value, frozen=True):
    """A workstation and its new token."""

    client_id: str
    token: Token


def sign_in(
    connection: Connection, text: str, *, at: datetime, audience: str, scope: str = ""
) -> SignedIn:
    """Trade an assertion for an access token; each assertion works once.

    `scope`: what a partner's system asks for; workstations have none.

    Raises:
        AssertionRefused: it proves nothing, or was used before.
        KeyReplaced: it was made with the key of before.
        DeviceRevoked: the workstation may not come in any more.
        ScopeRefused: nothing of what a partner asks for is given to it.
    """
    client_id = _claimed_client(text)
    row = connection.execute(select(device).where(device.c.client_id == client_id)).one_or_none()
    if row is None:
        raise AssertionRefused
    claims = _claims(connection, row, text, audience=audience, at=at)
    if claims.get("iss") != client_id or claims.get("sub") != client_id:
        raise AssertionRefused
    if row.lost_at is not None:
        raise DeviceLost(seals.order(connection, client_id, seconds(at)))
    if row.revoked_at is not None:
        raise DeviceRevoked
    _use_once(connection, client_id, claims, at)
    granted = narrowed(row.scopes, scope) if row.scopes else ""
    value = secrets.token_urlsafe(32)
    connection.execute(delete(token).where(token.c.expires_at < seconds(at)))
    connection.execute(
        insert(token).values(
            token_hash=_hash(value),
            client_id=client_id,
            expires_at=seconds(at) + TOKEN_SECONDS,
            scopes=granted,
        )
    )
    given = Token(value, TOKEN_TYPE, TOKEN_SECONDS, granted or UNSET)
    return SignedIn(client_id, given)


def bearer(connection: Connection, authorization: str, at: datetime) -> Device:
    """Whose request it is, from its Authorization header.

    Raises:
        TokenRefused, DeviceRevoked: nobody's who may come in.
    """
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "bearer" or not value:
        raise TokenRefused
    row = connection.execute(_WHOSE, {"hash": _hash(value.strip())}).one_or_none()
    if row is None:
        raise TokenRefused
    if row.revoked_at is not None:
        raise DeviceRevoked
    if row.expires_at <= seconds(at):
        raise TokenRefused
    return Device(row.client_id, row.office_id, row.scopes)


def revoke(connection: Connection, client_id: str, at: datetime) -> bool:
    """Shut a workstation out; False when there is none of that id."""
    done = connection.execute(
        update(device)
        .where(device.c.client_id == client_id)
        .values(revoked_at=seconds(at))
        .returning(device.c.client_id)
    )
    return done.one_or_none() is not None


def _claimed_client(text: str) -> str:
    """Who the assertion says it is from; believed only after its signature was checked."""
    if len(text) > MOST:
        raise AssertionRefused
    try:
        payload = jws.extract_compact(text.encode("ascii")).payload
        claims = decode(payload, dict[str, object])
    except (JoseError, Malformed, ValueError):
        raise AssertionRefused from None
    claimed = claims.get("iss")
    if not isinstance(claimed, str) or len(claimed) > 64:
        raise AssertionRefused
    return claimed


def _claims(
    connection: Connection,
    row: Row[tuple[object, ...]],
    text: str,
    *,
    audience: str,
    at: datetime,
) -> dict[str, object]:
    """What the assertion says, by the key in use or by the next one, which then is in use."""
    proves = partial(read_assertion, text, audience=audience, at=at)
    with contextlib.suppress(AssertionRefused):
        return proves(_key(row.jwk))
    if row.next_jwk is not None:
        with contextlib.suppress(AssertionRefused):
            claims = proves(_key(row.next_jwk))
            rotating.promote(connection, row.client_id, at)
            return claims
    if row.former_jwk is not None:
        proves(_key(row.former_jwk))
        raise KeyReplaced
    raise AssertionRefused


def _key(jwk: str) -> ECKey:
    key = decode(jwk.encode(), PublicKey)
    return ECKey.import_key({"kty": "EC", "crv": "P-384", "x": key.x, "y": key.y})


def _use_once(
    connection: Connection, client_id: str, claims: dict[str, object], at: datetime
) -> None:
    jti = claims.get("jti")
    expires = claims.get("exp")
    if not isinstance(jti, str) or not 8 <= len(jti) <= 128:
        raise AssertionRefused
    if not isinstance(expires, int | float):
        raise AssertionRefused
    connection.execute(
        delete(assertion).where(
            assertion.c.client_id == client_id, assertion.c.expires_at < seconds(at) - TOLERANCE
        )
    )
    try:
        connection.execute(
            insert(assertion).values(client_id=client_id, jti=jti, expires_at=int(expires) + 1)
        )
    except IntegrityError:
        raise AssertionRefused from None


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
