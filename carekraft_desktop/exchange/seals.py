"""Proves the exchange's signature on a permission (JWS, ES384), and reads what was signed."""

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UnsetType

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.referrals import PermissionGrant
from carekraft_desktop.domain.permissions import Permission, Sealed, Standing

ALGORITHM = "ES384"
LONGEST = 8_000
MOST_PROVEN = 20_000
_proven: set[bytes] = set()
"""Hashes of signed texts with their keys: every open referral is looked at in each turn."""


class BadSeal(Exception):
    """The signature does not prove what the permission says."""


def claimed(text: str) -> PermissionGrant:
    """What a signed text says, without proof; for sorting it in.

    Raises:
        Malformed: it is no signed grant.
    """
    parts = text.split(".")
    if len(parts) != 3 or len(text) > LONGEST:
        raise Malformed("not-signed")
    try:
        body = base64.b64decode(parts[1] + "=" * (-len(parts[1]) % 4), altchars=b"-_")
    except (binascii.Error, ValueError):
        raise Malformed("not-signed") from None
    return decode(body, PermissionGrant, most=LONGEST)


def proven(sealed: Sealed, keys: list[str]) -> Permission:
    """The permission, if one of `keys` (public JWKs as JSON) signed it.

    Raises:
        BadSeal: none did, or it was put under another name.
    """
    for jwk in keys:
        grant = _opened(sealed.grant, jwk)
        if grant is not None and _same(grant, sealed):
            return _permission(grant, sealed)
    raise BadSeal


def ordered(text: str, keys: list[str], client_id: str) -> bool:
    """Whether one of `keys` signed the order that this workstation destroys its keys (REQ-96)."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    for jwk in keys:
        try:
            key = ECKey.import_key(msgspec.json.decode(jwk, type=dict[str, str | list[str]]))
            claims: Any = jwt.decode(text[:LONGEST], key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError, UnicodeError, RecursionError, msgspec.MsgspecError):
            continue
        if (claims.get("sub"), claims.get("do")) == (client_id, "destroy-keys"):
            return True
    return False


def _opened(text: str, jwk: str) -> PermissionGrant | None:
    """What was signed; a signature that was proven once is not proven again."""
    mark = hashlib.sha256(f"{jwk}\n{text}".encode()).digest()
    if mark not in _proven:
        found = _verified(text, jwk)
        if found is not None:
            if len(_proven) >= MOST_PROVEN:
                _proven.clear()
            _proven.add(mark)
        return found
    try:
        return claimed(text)
    except Malformed:
        return None


def _verified(text: str, jwk: str) -> PermissionGrant | None:
    # Slow to load, and the first page, which has this module on its way, proves nothing.
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    try:
        key = ECKey.import_key(msgspec.json.decode(jwk, type=dict[str, str | list[str]]))
        claims: Any = jwt.decode(text, key, algorithms=[ALGORITHM]).claims
        return msgspec.convert(claims, PermissionGrant)
    except (JoseError, ValueError, UnicodeError, RecursionError, msgspec.MsgspecError):
        return None


def _same(grant: PermissionGrant, sealed: Sealed) -> bool:
    return (grant.permission_id, grant.patient_id) == (sealed.id, sealed.patient_id)


def _permission(grant: PermissionGrant, sealed: Sealed) -> Permission:
    profile, guardian = grant.profile, grant.profile.guardian
    return Permission(
        id=sealed.id,
        version=sealed.version,
        patient_id=grant.patient_id,
        office_npi=grant.grantee_office_npi,
        targets=frozenset(grant.targets),
        specialties=frozenset(grant.specialties),
        share_contact=grant.share_contact,
        share_demographic=grant.share_demographic,
        share_insurance=grant.share_insurance,
        max_bookings=grant.max_bookings,
        valid_from=_moment(grant.valid_from),
        valid_until=_moment(grant.valid_until),
        granted_by=grant.granted_by,
        representative_id=_text(grant.representative_id),
        contact_pref=profile.contact_pref.value,
        language=profile.language.value,
        interpreter=profile.interpreter,
        payer_code=_text(profile.payer_code),
        plan_code=_text(profile.plan_code),
        guardian=None
        if isinstance(guardian, UnsetType)
        else Standing(
            guardian.given_name, guardian.family_name, guardian.phone, guardian.relation.value
        ),
        revoked_at=sealed.revoked_at,
    )


def _text(value: str | UnsetType) -> str:
    return "" if isinstance(value, UnsetType) else value


def _moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
