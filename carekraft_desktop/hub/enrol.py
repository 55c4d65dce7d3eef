"""How a workstation gets its place in an office: a one-time code, and proof that it has its key."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import Connection, insert, select, update

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.enrolment import EnrolRequest
from carekraft_desktop.hub.assertions import AssertionRefused, read_assertion
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.tables import code, device, office
from carekraft_desktop.value import Value

LIFE = timedelta(minutes=15)
TRIES = 5
SELECTOR, SECRET = 4, 8
# Without the letters that are read as digits or as each other (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class CodeRefused(Exception):
    """The code is wrong, used, out of date, or was tried too often."""


class KeyRefused(Exception):
    """The key is no point of the curve, or the proof does not show that it is held."""


class Place(Value, frozen=True):
    """What an enrolled workstation is told."""

    client_id: str
    office_id: str
    office_name: str


def issue(connection: Connection, office_id: str, at: datetime) -> str:
    """Make a code for the office's administrator to pass on, e.g. `7F3K-2210-QXWZ`."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(SELECTOR + SECRET))
    connection.execute(
        insert(code).values(
            selector=_free_selector(connection, text[:SELECTOR]),
            secret_hash=_hash(text[SELECTOR:]),
            office_id=office_id,
            expires_at=seconds(at + LIFE),
            tries_left=TRIES,
        )
    )
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def plain(written: str) -> str:
    """A code without the hyphens, blanks and small letters that people put in."""
    return written.replace("-", "").replace(" ", "").upper()


def enrol(
    connection: Connection, request: EnrolRequest, *, at: datetime, audience: str
) -> Place | CodeRefused | KeyRefused:
    """Trade a code and a key for a place.

    A refusal is returned, not raised: the try it cost must be committed.
    """
    typed = plain(request.code)
    row = connection.execute(
        select(code).where(code.c.selector == typed[:SELECTOR]).with_for_update()
    ).one_or_none()
    if row is None or row.used_at is not None or row.expires_at < seconds(at):
        return CodeRefused()
    if row.tries_left < 1:
        return CodeRefused()
    connection.execute(
        update(code).where(code.c.selector == row.selector).values(tries_left=code.c.tries_left - 1)
    )
    if not hmac.compare_digest(_hash(typed[SELECTOR:]), row.secret_hash):
        return CodeRefused()
    try:
        key = ECKey.import_key(
            {"kty": "EC", "crv": "P-384", "x": request.key.x, "y": request.key.y}
        )
        claims = read_assertion(request.proof, key, audience=audience, at=at)
    except (JoseError, ValueError, AssertionRefused):
        return KeyRefused()
    if plain(str(claims.get("sub"))) != typed:
        return KeyRefused()
    return _admit(connection, request, row.selector, row.office_id, at)


def _admit(
    connection: Connection, request: EnrolRequest, selector: str, office_id: str, at: datetime
) -> Place:
    connection.execute(update(code).where(code.c.selector == selector).values(used_at=seconds(at)))
    client_id = f"ws-{secrets.token_hex(8)}"
    connection.execute(
        insert(device).values(
            client_id=client_id,
            office_id=office_id,
            name=request.name,
            jwk=encode(request.key).decode(),
            enrolled_at=seconds(at),
        )
    )
    name = connection.execute(
        select(office.c.name).where(office.c.office_id == office_id)
    ).scalar_one()
    return Place(client_id, office_id, name)


def _free_selector(connection: Connection, selector: str) -> str:
    """The selector; the code that had it before can no longer be used."""
    connection.execute(code.delete().where(code.c.selector == selector))
    return selector


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
