"""How a workstation proves who it is: SMART Backend Services, signed with its own key.

OAuth 2 client credentials with a JWT assertion (RFC 7523), ES384; the key is made here and
its private half never leaves the encrypted store.
"""

from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from carekraft_desktop.contract.enrolment import ASSERTION_SECONDS, PublicKey

ALGORITHM = "ES384"


def new_key(kid: str) -> dict[str, Any]:
    """A new private key on P-384 as a JWK, called `kid`."""
    return dict(ECKey.generate_key("P-384", {"kid": kid}).as_dict(private=True))


def public_key(key: dict[str, Any]) -> PublicKey:
    """The half that the exchange may see."""
    return PublicKey(kty="EC", crv="P-384", x=key["x"], y=key["y"], kid=key["kid"])


def assertion(
    key: dict[str, Any],
    *,
    client_id: str,
    token_url: str,
    now: int,
    jti: str,
    lifetime: int = ASSERTION_SECONDS,
) -> str:
    """A sign-in assertion for one use.

    Args:
        key: the private JWK.
        client_id: who we are at the exchange.
        token_url: the address it will be posted to.
        now: seconds since 1970, by the exchange's clock as far as known.
        jti: never used before.
        lifetime: seconds.
    """
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": token_url,
        "jti": jti,
        "iat": now,
        "exp": now + lifetime,
    }
    return _signed(key, claims)


def proof(key: dict[str, Any], *, code: str, enrol_url: str, now: int, jti: str) -> str:
    """Proof, for enrolment with `code`, that we hold the private half of the key we show."""
    claims = {
        "sub": code,
        "aud": enrol_url,
        "jti": jti,
        "iat": now,
        "exp": now + ASSERTION_SECONDS,
    }
    return _signed(key, claims)


def _signed(key: dict[str, Any], claims: dict[str, Any]) -> str:
    header = {"alg": ALGORITHM, "kid": key["kid"], "typ": "JWT"}
    return jwt.encode(header, claims, ECKey.import_key(key), algorithms=[ALGORITHM])
