"""A workstation's key is replaced by another, without a moment in which neither works.

The next key is kept beside the one in use until the workstation has signed in with it. An answer
that was lost on its way shuts nobody out: both sides know what to try next.
"""

from datetime import datetime

from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import Connection, update

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.enrolment import RotateRequest
from carekraft_desktop.hub.assertions import AssertionRefused, read_assertion
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.tables import device


def offer(
    connection: Connection, client_id: str, wanted: RotateRequest, *, at: datetime, audience: str
) -> None:
    """Keep the next key of a workstation; one that was offered before is forgotten.

    Raises:
        AssertionRefused: the proof does not show that it holds the key.
    """
    try:
        key = ECKey.import_key({"kty": "EC", "crv": "P-384", "x": wanted.key.x, "y": wanted.key.y})
    except (JoseError, ValueError):
        raise AssertionRefused from None
    if read_assertion(wanted.proof, key, audience=audience, at=at).get("sub") != client_id:
        raise AssertionRefused
    connection.execute(
        update(device)
        .where(device.c.client_id == client_id)
        .values(next_jwk=encode(wanted.key).decode())
    )


def promote(connection: Connection, client_id: str, at: datetime) -> None:
    """The next key is the one in use from now on; the one before opens nothing any more.

    It is known again, so that a backup that holds it is not taken for somebody else's. One is
    enough: a key lasts ninety days, and no backup is kept as long.
    """
    connection.execute(
        update(device)
        .where(device.c.client_id == client_id)
        .values(
            jwk=device.c.next_jwk,
            next_jwk=None,
            former_jwk=device.c.jwk,
            rotated_at=seconds(at),
        )
    )
