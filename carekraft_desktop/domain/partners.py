"""A partner outside the exchange who takes referrals by FHIR, and what was brought there."""

from datetime import datetime

from carekraft_desktop.contract.referrals import ReferralStatus
from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Guarded, Value

SigningKey = dict[str, str]
"""The private key as a JWK (RFC 7517), by which this office signs in there. Secret."""


class Partner(Guarded, frozen=True):
    """Somebody's server, and how this workstation signs in to it."""

    id: str
    name: str
    """As the office calls it; stays here."""
    address: str
    """Its FHIR base address."""
    client_id: str
    """What the partner named this office."""
    numbers: tuple[str, ...]
    """NPIs of the providers who are reached through it."""
    key: SigningKey
    tested_at: Moment = 0
    """When the connection was tried last; 0 for never."""
    problem: str = ""
    """Code of what was wrong then, empty when nothing was."""


class Carried(Value, frozen=True):
    """A referral that was brought to a partner, as the partner has it."""

    referral_id: str
    partner_id: str
    id: str
    """The partner's own name for it."""
    version: str
    """The partner's version that was seen last; a change names it."""
    status: str = ""
    """The last answer that was told to the exchange; empty before there was one."""
    start: Moment = 0
    next_at: Moment = 0
    """When it is asked about again."""
    dropped: int = 0
    """Members of answers that nobody looked at."""


class Answer(Value, frozen=True):
    """What a partner says of a referral, as far as it may be heard."""

    status: ReferralStatus | None
    """None where there is nothing that may be told."""
    start: datetime | None
    end: datetime | None
    version: str
    """The partner's version, for the next change."""
    id: str
    """The partner's own name for it."""
    dropped: int
    """Members that came and are looked at by nobody."""
