"""A workstation is taken out of service: what stands in the way, and what is certified (REQ-98).

45 CFR 164.310(d)(2): what held patients' data is destroyed, and it is shown that it was.
"""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.trail import Line
from carekraft_desktop.value import Value


class Obstacle(StrEnum):
    """Why it is refused; each names what a person does about it."""

    UNSENT = "unsent"
    """Acts in the outbox that the exchange does not have."""
    UNSENT_REFERRALS = "unsent-referrals"
    UNREAD = "unread"
    """Acts that ended otherwise than meant, and nobody has looked at them."""
    RECEIPTS = "receipts"
    """CareKraft has not heard yet what became of a withdrawn share (REQ-86)."""
    HOLDS = "holds"
    """Legal holds: they lie on this store alone (REQ-83)."""
    BACKUP = "backup"
    """No backup that was tried out would be left."""


class Told(StrEnum):
    """What the exchange knows of it."""

    TOLD = "told"
    """It lets this workstation in no more."""
    NOT_TOLD = "not-told"
    """It could not be reached, and whoever did it went on all the same."""
    NOT_CONFIRMED = "not-confirmed"
    """It was asked, and the program ended before the answer came."""


class KeyKind(StrEnum):
    """What a key that is destroyed was for."""

    DATA = "data-key"
    WRAP = "wrap"
    """The data key as it was wrapped for a person."""
    PAPER = "paper"
    """The same for the recovery key; the paper opens this store no more."""
    DEVICE = "device-secret"
    EXCHANGE = "exchange-key"


class Key(Value, frozen=True):
    """One key that is destroyed, by its id: nothing of the key itself."""

    kind: KeyKind
    id: str


class Stays(Value, frozen=True):
    """A backup that is not destroyed."""

    id: str
    made_at: Moment
    folder: str
    until: str
    """ISO date on which it is to be gone; nobody removes it by itself any more."""


class Outlook(Value, frozen=True):
    """How it stands before anybody decides."""

    obstacles: tuple[tuple[Obstacle, int], ...] = ()
    """With how many of each there are."""
    here: tuple[Stays, ...] = ()
    """Backups in this computer's own folder, which may go as well."""
    elsewhere: tuple[Stays, ...] = ()
    open_requests: int = 0
    """Of patients; they go on from the backup, so somebody should know of them."""
    open_incidents: int = 0
    people: int = 0
    """How many may sign in here."""


class Certificate(Value, frozen=True):
    """What was destroyed, by whom and when; nothing of a patient (REQ-98)."""

    at: Moment
    person: str
    """Staff id."""
    display: str
    """Their name, as colleagues read it."""
    device: str
    """The workstation's id at the exchange."""
    name: str
    """What it was called."""
    told: Told
    keys: tuple[Key, ...]
    destroyed: tuple[str, ...]
    """Codes of what is destroyed, backups by `backup:` and their id."""
    stays: tuple[Stays, ...]

    def lines(self) -> tuple[Line, ...]:
        """In the form in which the office's other signed papers are (`domain/trail.py`)."""
        said = [
            ("person", self.person, self.display),
            ("workstation", self.device, self.name),
            ("exchange", self.device, self.told.value),
            *(("key", key.id, key.kind.value) for key in self.keys),
            *(("destroyed", what, "") for what in self.destroyed),
            *(("stays", each.id, f"{each.until} {each.folder}") for each in self.stays),
        ]
        return tuple(
            Line(n, self.at, self.person, self.device, f"decommission.{what}", about, text, "done")
            for n, (what, about, text) in enumerate(said, 1)
        )
