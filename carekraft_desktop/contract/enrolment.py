"""How a workstation becomes part of an office, and proves it at every sign-in.

Sign-in is SMART Backend Services: OAuth 2 client credentials with a signed assertion
(RFC 7523, ES384), one key pair for each workstation.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Struct

from carekraft_desktop.contract.limits import Id, ShortText

API_VERSION = 1
ASSERTION_SECONDS = 60
"""Life of a sign-in assertion."""
TOKEN_SECONDS = 600
"""Life of an access token."""
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CLIENT_HEADER = "CareKraft-Client"
"""Request header with the program's version, e.g. `desktop/0.1.0`."""

CodeText = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z\- ]{10,16}(?![\s\S])")]
Coordinate = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_\-]{64}(?![\s\S])")]


class PublicKey(Struct, frozen=True, omit_defaults=True):
    """The public half of a workstation's key, as a JWK (RFC 7517) on P-384."""

    kty: Literal["EC"]
    crv: Literal["P-384"]
    x: Coordinate
    y: Coordinate
    kid: Id
    alg: Literal["ES384"] = "ES384"
    use: Literal["sig"] = "sig"


class EnrolRequest(Struct, frozen=True):
    """A one-time code from the office's administrator, and proof that we hold the key."""

    code: CodeText
    name: ShortText
    """What the administrator sees this workstation called."""
    key: PublicKey
    proof: Annotated[str, msgspec.Meta(max_length=2_000)]
    """A JWT signed with the key, `aud` the enrolment address, `sub` the code."""


class Enrolled(Struct, frozen=True):
    """The place we were given."""

    client_id: Id
    office_id: Id
    office_name: ShortText
    token_endpoint: ShortText


class RotateRequest(Struct, frozen=True):
    """A new key for a workstation that is signed in, and proof that it holds that, too."""

    key: PublicKey
    proof: Annotated[str, msgspec.Meta(max_length=2_000)]
    """A JWT signed with the new key, `aud` this endpoint's address, `sub` the client id."""


class Token(Struct, frozen=True):
    """An access token; kept in memory only."""

    access_token: Annotated[str, msgspec.Meta(max_length=4_000)]
    token_type: ShortText
    expires_in: Annotated[float, msgspec.Meta(ge=0)]
    scope: ShortText | msgspec.UnsetType = msgspec.UNSET
    """What a partner's system may do; a workstation has no scopes."""


class Meta(Struct, frozen=True):
    """What the exchange says of itself."""

    epoch: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    api: int
    min_client: Annotated[str, msgspec.Meta(pattern=r"^\d+\.\d+\.\d+(?![\s\S])")]
    now: datetime
    page_items: int
    wait_seconds: int


class Configuration(Struct, frozen=True):
    """Where to sign in, from `/.well-known/smart-configuration`."""

    token_endpoint: ShortText
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]
    grant_types_supported: list[str] = []
    scopes_supported: list[str] = []
    capabilities: list[str] = []
