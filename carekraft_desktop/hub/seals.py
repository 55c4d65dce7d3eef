"""The exchange's signature on permissions (JWS, ES384), with a key that it makes for itself."""

from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from msgspec import json, to_builtins
from sqlalchemy import Connection, insert, select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.referrals import PermissionGrant, Sealing
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.feed import Change

ALGORITHM = "ES384"
DESTROY = "destroy-keys"


def seal(connection: Connection, grant: PermissionGrant) -> str:
    """The grant as a signed text."""
    jwk = _key(connection)
    header = {"alg": ALGORITHM, "kid": jwk["kid"], "typ": "JWT"}
    return jwt.encode(header, to_builtins(grant), ECKey.import_key(jwk), algorithms=[ALGORITHM])


def order(connection: Connection, client_id: str, at: int) -> str:
    """A signed order to one workstation: it was reported lost, and destroys its keys."""
    jwk = _key(connection)
    header = {"alg": ALGORITHM, "kid": jwk["kid"], "typ": "JWT"}
    claims = {"sub": client_id, "do": DESTROY, "iat": at}
    return jwt.encode(header, claims, ECKey.import_key(jwk), algorithms=[ALGORITHM])


def told(connection: Connection, office_id: str) -> list[Change]:
    """The item that tells an office the public half; nothing when it has been told."""
    jwk = _key(connection)
    if feed.one(connection, office_id, "sealing", jwk["kid"]) is not None:
        return []
    item = Sealing(id=jwk["kid"], kty="EC", crv="P-384", x=jwk["x"], y=jwk["y"])
    return [Change(kind="sealing", id=item.id, body=encode(item).decode())]


def _key(connection: Connection) -> dict[str, Any]:
    found = connection.scalar(select(tables.sealing.c.jwk).order_by(tables.sealing.c.kid))
    if found is not None:
        known: dict[str, Any] = json.decode(found)
        return known
    key = ECKey.generate_key("P-384", private=True)
    parts: dict[str, Any] = key.as_dict(private=True)
    jwk: dict[str, Any] = {name: str(parts[name]) for name in ("kty", "crv", "x", "y", "d")}
    # Identifiers are of FHIR's alphabet, which lacks the underscore.
    jwk["kid"] = str(key.thumbprint()).replace("_", ".")
    connection.execute(insert(tables.sealing).values(kid=jwk["kid"], jwk=encode(jwk).decode()))
    return jwk
