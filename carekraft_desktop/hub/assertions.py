"""Reads the signed assertions of workstations (RFC 7523) and believes none too long."""

from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from carekraft_desktop.hub.now import seconds

LONGEST = 300
"""Seconds an assertion may live."""
TOLERANCE = 60
"""Seconds by which two clocks may differ."""
MOST = 4_000
"""Characters of an assertion."""


class AssertionRefused(Exception):
    """The assertion proves nothing."""


def read_assertion(text: str, key: ECKey, *, audience: str, at: datetime) -> dict[str, Any]:
    """The claims of an ES384 assertion that is meant for us and in its time.

    Raises:
        AssertionRefused: signature, audience or time are not good.
    """
    if len(text) > MOST:
        raise AssertionRefused
    try:
        token = jwt.decode(text, key, algorithms=["ES384"])
    except (JoseError, ValueError, UnicodeError, RecursionError):
        raise AssertionRefused from None
    claims = token.claims
    if not isinstance(claims, dict) or claims.get("aud") not in (audience, [audience]):
        raise AssertionRefused
    expires = _number(claims.get("exp"))
    now = seconds(at)
    if expires is None or not now - TOLERANCE < expires <= now + LONGEST + TOLERANCE:
        raise AssertionRefused
    for name in ("iat", "nbf"):
        begins = claims.get(name)
        if begins is not None and not _in_time(_number(begins), now=now, expires=expires):
            raise AssertionRefused
    return claims


def _in_time(begins: float | None, *, now: int, expires: float) -> bool:
    return begins is not None and begins <= now + TOLERANCE and expires - begins <= LONGEST


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
