"""What every use case needs: the store, the time, new ids, and who is acting."""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Right, Staff
from carekraft_desktop.errors import NotAttested, NotPermitted
from carekraft_desktop.ports import Clock, Ids
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.screened import Transactions
from carekraft_desktop.store.unit import Writing
from carekraft_desktop.value import Value


class Topic(StrEnum):
    """What a use case touched; pages that show it refresh."""

    VISITS = "visits"
    OUTBOX = "outbox"
    OFFICE = "office"
    REFERRALS = "referrals"
    SYNC = "sync"
    REVIEWS = "reviews"
    NOTICES = "notices"


class Desk(Value, frozen=True):
    """One signed-in person at one workstation."""

    store: Transactions
    clock: Clock
    ids: Ids
    journal: Journal
    staff: Staff
    device: str
    """This workstation's id at the exchange."""
    undo_seconds: int = 6
    """An act can be taken back for this long; only then does it leave the office."""
    posting_seconds: int = 120
    """A public reply can be taken back for this long."""
    signed_in: Moment = 0
    """When this person typed the password to come in; 0 where nobody did."""
    team: tuple[Staff, ...] = ()
    """Everybody who can sign in here."""

    def now(self) -> Moment:
        """The current moment."""
        return int(self.clock.now().timestamp())

    def note(
        self,
        unit: Writing,
        action: str,
        about: str = "",
        *,
        detail: str = "",
        outcome: str = "done",
    ) -> None:
        """Add a line to the journal in the transaction at hand."""
        self.journal.append(
            unit, Entry(self.now(), self.staff.id, self.device, action, about, detail, outcome)
        )

    def require(self, right: Right, action: str, about: str = "") -> None:
        """Let the person go on only with this right; a refusal is journalled (REQ-02, REQ-11).

        Raises:
            NotPermitted: none of the person's roles carries it.
            NotAttested: something has to be confirmed first (REQ-25).
        """
        over = self.staff.emergency and self.now() >= self.staff.emergency_until
        if over or not self.staff.may(right):
            with self.store.write() as unit:
                self.note(unit, action, about, outcome="denied")
            if self.staff.unconfirmed and self.staff.would(right):
                raise NotAttested(right)
            raise NotPermitted(right)
