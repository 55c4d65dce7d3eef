"""Proves at the exchange that we are the workstation we say: keys and signed assertions.

SMART Backend Services: OAuth 2 client credentials with `private_key_jwt` (RFC 7523), ES384
on P-384, one key pair for each workstation.
"""

from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from msgspec import to_builtins

from carekraft_desktop.contract.enrolment import ASSERTION_SECONDS, PublicKey
from carekraft_desktop.contract.workstations import Slip, Word

ALGORITHM = "ES384"
CURVE = "P-384"

PrivateKey = dict[str, str]
"""An EC private key as a JWK: `kty`, `crv`, `x`, `y`, `d`, `kid`. Secret."""


def new_key() -> PrivateKey:
    """A new key pair; its `kid` is the key's thumbprint (RFC 7638)."""
    key = ECKey.generate_key(CURVE, private=True)
    parts: dict[str, Any] = key.as_dict(private=True)
    jwk = {name: str(parts[name]) for name in ("kty", "crv", "x", "y", "d")}
    # Identifiers are of FHIR's alphabet, which lacks the underscore.
    jwk["kid"] = str(key.thumbprint()).replace("_", ".")
    return jwk


def public_key(jwk: PrivateKey) -> PublicKey:
    """The half that the exchange may know."""
    return PublicKey(kty="EC", crv="P-384", x=jwk["x"], y=jwk["y"], kid=jwk["kid"])


def assertion(
    jwk: PrivateKey,
    *,
    client_id: str,
    token_url: str,
    now: datetime,
    jti: str,
    lifetime: int = ASSERTION_SECONDS,
) -> str:
    """A signed statement that we are `client_id`, for one sign-in.

    Args:
        jwk: our private key.
        client_id: what the exchange named us at enrolment.
        token_url: the token endpoint, for which alone the statement is good.
        now: the time by the exchange's clock.
        jti: a new id; the exchange accepts each once.
        lifetime: seconds for which it is good.
    """
    return _signed(
        jwk,
        subject=client_id,
        issuer=client_id,
        audience=token_url,
        now=now,
        jti=jti,
        lifetime=lifetime,
    )


def statement(jwk: PrivateKey, word: Word, now: datetime) -> str:
    """What this workstation says of itself, signed (REQ-96).

    Args:
        jwk: our private key.
        word: what it says; its time is replaced.
        now: the time by the exchange's clock.
    """
    header = {"alg": ALGORITHM, "kid": jwk["kid"], "typ": "JWT"}
    claims: dict[str, Any] = to_builtins(word) | {"iat": int(now.timestamp())}
    return jwt.encode(header, claims, ECKey.import_key(dict(jwk)), algorithms=[ALGORITHM])


def slip(jwk: PrivateKey, what: Slip) -> str:
    """A statement for later, when nobody can sign: it says one thing, once (REQ-26)."""
    header = {"alg": ALGORITHM, "kid": jwk["kid"], "typ": "slip+jwt"}
    claims: dict[str, Any] = to_builtins(what)
    return jwt.encode(header, claims, ECKey.import_key(dict(jwk)), algorithms=[ALGORITHM])


def proof(
    jwk: PrivateKey,
    *,
    code: str,
    enrol_url: str,
    now: datetime,
    jti: str,
    lifetime: int = ASSERTION_SECONDS,
) -> str:
    """A signed statement that who uses the enrolment code holds the key."""
    return _signed(
        jwk,
        subject=code,
        issuer=jwk["kid"],
        audience=enrol_url,
        now=now,
        jti=jti,
        lifetime=lifetime,
    )


def holding(jwk: PrivateKey, *, client_id: str, key_url: str, now: datetime, jti: str) -> str:
    """A statement signed with a workstation's next key, for the endpoint that takes it."""
    return _signed(
        jwk,
        subject=client_id,
        issuer=client_id,
        audience=key_url,
        now=now,
        jti=jti,
        lifetime=ASSERTION_SECONDS,
    )


def _signed(
    jwk: PrivateKey,
    *,
    subject: str,
    issuer: str,
    audience: str,
    now: datetime,
    jti: str,
    lifetime: int,
) -> str:
    issued = int(now.timestamp())
    claims = {
        "iss": issuer,
        "sub": subject,
        "aud": audience,
        "iat": issued,
        "exp": issued + lifetime,
        "jti": jti,
    }
    header = {"alg": ALGORITHM, "kid": jwk["kid"], "typ": "JWT"}
    return jwt.encode(header, claims, ECKey.import_key(dict(jwk)), algorithms=[ALGORITHM])
