"""Refusals as problem documents (RFC 9457), with a closed list of kinds."""

from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta, Struct

from carekraft_desktop.contract.limits import ShortText

PREFIX = "urn:carekraft:problem:"
CONTENT_TYPE = "application/problem+json"


class Slug(StrEnum):
    """Every kind of problem; the HTTP status that goes with each is in `STATUS`."""

    INVALID_REQUEST = "invalid-request"
    TOKEN_INVALID = "token-invalid"  # noqa: S105 - a problem's name, not a secret
    DEVICE_REVOKED = "device-revoked"
    DEVICE_LOST = "device-lost"
    """It was reported lost: `current` is {"order": a signed order to destroy its keys}."""
    KEY_REPLACED = "key-replaced"
    """The workstation has another key by now; the one of before opens nothing."""
    CODE_REFUSED = "code-refused"
    NOT_YOUR_OFFICE = "not-your-office"
    SCOPE_MISSING = "scope-missing"
    NOT_FOUND = "not-found"
    GONE = "gone"
    CURSOR_EXPIRED = "cursor-expired"
    EPOCH_CHANGED = "epoch-changed"
    KEY_IN_PROGRESS = "key-in-progress"
    SLOT_TAKEN = "slot-taken"
    ALREADY_MARKED = "already-marked"
    ILLEGAL_TRANSITION = "illegal-transition"
    VERSION_CONFLICT = "version-conflict"
    TOO_LARGE = "too-large"
    KEY_REUSED = "key-reused"
    CLIENT_TOO_OLD = "client-too-old"
    SKIPPED = "skipped"
    SLOW_DOWN = "slow-down"
    UNAVAILABLE = "unavailable"
    # Why a referral is not taken; the words of REQ-66.
    PERMISSION_NONE = "permission-none"
    PERMISSION_EXPIRED = "permission-expired"
    PERMISSION_REVOKED = "permission-revoked"
    PERMISSION_OFFICE = "permission-wrong-office"
    PERMISSION_TARGET = "permission-wrong-target"
    PERMISSION_SPECIALTY = "permission-wrong-specialty"
    PERMISSION_USED = "permission-count-used"
    PERMISSION_GUARDIAN = "permission-guardian-required"
    PERMISSION_AGED_OUT = "permission-aged-out"
    PROFILE_DRIFT = "profile-drift"
    SCHEMA = "schema"


STATUS: dict[Slug, int] = {
    Slug.INVALID_REQUEST: 400,
    Slug.TOKEN_INVALID: 401,
    Slug.DEVICE_REVOKED: 401,
    Slug.DEVICE_LOST: 401,
    Slug.KEY_REPLACED: 401,
    Slug.CODE_REFUSED: 403,
    Slug.NOT_YOUR_OFFICE: 403,
    Slug.SCOPE_MISSING: 403,
    Slug.NOT_FOUND: 404,
    Slug.GONE: 410,
    Slug.CURSOR_EXPIRED: 410,
    Slug.EPOCH_CHANGED: 410,
    Slug.KEY_IN_PROGRESS: 409,
    Slug.SLOT_TAKEN: 409,
    Slug.ALREADY_MARKED: 409,
    Slug.ILLEGAL_TRANSITION: 409,
    Slug.VERSION_CONFLICT: 412,
    Slug.TOO_LARGE: 413,
    Slug.KEY_REUSED: 422,
    Slug.CLIENT_TOO_OLD: 426,
    Slug.SKIPPED: 424,
    Slug.SLOW_DOWN: 429,
    Slug.UNAVAILABLE: 503,
    Slug.PERMISSION_NONE: 403,
    Slug.PERMISSION_EXPIRED: 403,
    Slug.PERMISSION_REVOKED: 403,
    Slug.PERMISSION_OFFICE: 403,
    Slug.PERMISSION_TARGET: 403,
    Slug.PERMISSION_SPECIALTY: 403,
    Slug.PERMISSION_USED: 403,
    Slug.PERMISSION_GUARDIAN: 403,
    Slug.PERMISSION_AGED_OUT: 403,
    Slug.PROFILE_DRIFT: 409,
    Slug.SCHEMA: 422,
}


class Problem(Struct, frozen=True, omit_defaults=True):
    """One refusal: what kind, in which words, and what is true now where that helps."""

    type: Annotated[str, Meta(max_length=100)]
    title: ShortText
    status: int
    detail: ShortText | None = None
    errors: list[ShortText] = []
    """For `invalid-request`: JSON paths of what was wrong."""
    current: Any = None
    """For `version-conflict`: {"v": version, "status": FHIR status} of the booking now; for
    `already-marked`: {"name", "workstation"} of the colleague; for `device-lost`: {"order"}."""
    alternatives: list[Any] = []
    """For `slot-taken`: up to three slots that are free, as {"id", "start", "end"}."""

    @property
    def slug(self) -> str:
        """The last part of the type, also of kinds that this version does not know."""
        return self.type.removeprefix(PREFIX)


def problem(slug: Slug, title: str, **more: Any) -> Problem:  # noqa: ANN401 - the fields of Problem
    """A problem document of a known kind."""
    return Problem(type=PREFIX + slug, title=title, status=STATUS[slug], **more)
