"""What the office's workstations and CareKraft tell each other, as it is kept here."""

import hashlib
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value


class NoticeKind(StrEnum):
    """What a notice is about."""

    SHUT_OUT = "shut-out"
    TRIES = "tries"
    TOOK = "took"
    TOLD = "told"
    INCIDENT = "incident"
    TERMS = "terms"


class Notice(Value, frozen=True):
    """One notice."""

    id: str
    version: int
    kind: NoticeKind
    at: Moment
    device: str
    person: str
    """Handle of a person; empty for nobody."""
    body: str
    """Codes and days, as JSON; for terms their public words."""


def handle(office_id: str, name: str) -> str:
    """A person of the office, as all its workstations know them and nobody else (REQ-24).

    Each workstation has ids of its own for its people; what they share is the sign-in name.
    """
    return hashlib.sha256(f"{office_id}\n{name.strip().lower()}".encode()).hexdigest()[:32]
