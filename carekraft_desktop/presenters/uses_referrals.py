"""What the referral pages ask of the services, as the shape of the modules that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from carekraft_desktop.contract.referrals import DeclineCode
    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.directory import Entry, Times, Wanted
    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.domain.payload import Message
    from carekraft_desktop.domain.permissions import Refusal
    from carekraft_desktop.domain.visits import Opening, Provider
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.directory import Shelf
    from carekraft_desktop.services.referrals import Board, Open
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store.ledger import Line as LedgerLine


class ReferralUses(Protocol):
    """`services/referrals.py`."""

    def board(self, desk: Desk) -> Board:
        """Everything the folders show."""
        ...

    def count_attention(self, desk: Desk) -> int:
        """How many need somebody."""
        ...

    def waiting_patients(self, desk: Desk) -> tuple[tuple[str, str], ...]:
        """Patients who let the office book and wait for it."""
        ...

    def of_visit(self, desk: Desk, visit_id: str) -> tuple[str, str]:
        """Patient and provider of a visit."""
        ...

    def begin(self, desk: Desk, patient_id: str, *, visit_id: str = "", referring: str = "") -> str:
        """Start a draft, or go on with the one there is."""
        ...

    def open_one(self, desk: Desk, referral_id: str) -> Open:
        """One referral."""
        ...

    def agree(self, desk: Desk, referral_id: str, *, agreed: bool) -> None:
        """Somebody has asked the patient."""
        ...

    def act_for(self, desk: Desk, referral_id: str, referring: str) -> None:
        """On whose behalf it is."""
        ...

    def choose_provider(
        self, desk: Desk, referral_id: str, npi: str, location_id: str, *, specialty: str = ""
    ) -> Refusal | None:
        """Pick who is booked."""
        ...

    def choose_time(
        self, desk: Desk, referral_id: str, slot_id: str, start: Moment, end: Moment
    ) -> None:
        """Pick an open time."""
        ...

    def choose_wishes(
        self, desk: Desk, referral_id: str, wishes: tuple[tuple[str, str], ...]
    ) -> None:
        """Name parts of days."""
        ...

    def choose_how(
        self,
        desk: Desk,
        referral_id: str,
        *,
        visit_class: str | None = None,
        mode: str | None = None,
        earliest_ok: bool | None = None,
    ) -> None:
        """Pick the way of meeting."""
        ...

    def preview(self, desk: Desk, referral_id: str) -> Message:
        """Make the message."""
        ...

    def needs_password(self, desk: Desk) -> bool:
        """Whether it would be the first one since the person came in."""
        ...

    def send(
        self, desk: Desk, referral_id: str, digest: str, again: StepUp | None = None
    ) -> Intention:
        """Confirm what was shown."""
        ...

    def take_back(self, desk: Desk, referral_id: str) -> None:
        """Make a saved request a draft again."""
        ...

    def discard(self, desk: Desk, referral_id: str) -> None:
        """Throw a draft away."""
        ...

    def cancel(self, desk: Desk, referral_id: str, *, by_patient: bool = False) -> None:
        """Cancel at the other end."""
        ...

    def again(self, desk: Desk, referral_id: str) -> str:
        """Begin a new draft like it."""
        ...

    def seen(self, desk: Desk, referral_id: str) -> None:
        """Somebody has looked at it."""
        ...

    def accept(self, desk: Desk, referral_id: str, slot_id: str = "") -> None:
        """Take what another office booked here."""
        ...

    def decline(self, desk: Desk, referral_id: str, code: DeclineCode) -> None:
        """Refuse what another office booked here."""
        ...

    def own_openings(self, desk: Desk, referral_id: str) -> tuple[Opening, ...]:
        """This office's own open times for a wish of another office."""
        ...

    def accounting(self, desk: Desk, patient_id: str = "") -> tuple[tuple[LedgerLine, str], ...]:
        """What was told to whom."""
        ...

    def record_agreement(self, desk: Desk, *, on: bool) -> None:
        """The agreement is signed."""
        ...


class DirectoryUses(Protocol):
    """`services/directory.py`, with the exchange's directory already at hand."""

    def find(self, desk: Desk, wanted: Wanted) -> Shelf:
        """Providers who fit."""
        ...

    def known(self, desk: Desk, referring: str) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """Favourites, and whom was booked with last."""
        ...

    def mark(self, desk: Desk, referring: str, npi: str, location_id: str, *, on: bool) -> None:
        """Make somebody a favourite, or no longer."""
        ...

    def times_known(self, desk: Desk, npi: str, location_id: str) -> Times | None:
        """Open times as they were."""
        ...

    def is_old(self, desk: Desk) -> bool:
        """Whether the copy should be brought up to date."""
        ...

    def refresh(self, desk: Desk) -> int:
        """Bring the copy up to date; slow, for a worker."""
        ...

    def look_up_times(self, desk: Desk, npi: str, location_id: str) -> Times:
        """Ask for open times now; slow, for a worker."""
        ...

    def hold(self, desk: Desk, npi: str, location_id: str, slot_id: str) -> Moment:
        """Keep a slot; slow, for a worker."""
        ...

    def let_go(self, desk: Desk, npi: str, location_id: str, slot_id: str) -> None:
        """Keep it no longer; slow, for a worker."""
        ...


class StaffUses(Protocol):
    """`services/office.py`, as far as referrals ask."""

    def providers(self, desk: Desk) -> tuple[Provider, ...]:
        """The office's own providers."""
        ...
