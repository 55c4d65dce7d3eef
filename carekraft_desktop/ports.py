"""What the core asks of the machine around it: the time, new ids, the exchange, the keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from carekraft_desktop.contract.commands import Command, Result
    from carekraft_desktop.contract.directory import DirectoryPage, Held, OpenTimes
    from carekraft_desktop.contract.enrolment import Meta
    from carekraft_desktop.contract.feed import Acks, Page
    from carekraft_desktop.contract.referrals import CancelCode, ReferralBooking
    from carekraft_desktop.domain.partners import Answer


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The current time in UTC, with its zone."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never goes back."""
        ...


class Ids(Protocol):
    """The only source of new identifiers and of chance."""

    def new(self) -> str:
        """A new UUIDv7 in its 36-character form: sortable by the time it was made."""
        ...

    def unguessable(self) -> str:
        """A new UUIDv4 in its 36-character form: it tells neither when nor where it was made."""
        ...

    def chance(self) -> float:
        """A number in [0, 1), for jitter only, never for secrets."""
        ...


class Gateway(Protocol):
    """The exchange, as this workstation speaks with it. Every method may raise ExchangeError."""

    def meta(self) -> Meta:
        """What the exchange says of itself."""
        ...

    def changes(self, cursor: str, *, limit: int, wait: int) -> Page | None:
        """The next page of the feed after `cursor` ("" for the beginning).

        `limit` is the most items wanted; `wait` the seconds the exchange may hold an empty
        answer back. None when `cut` ended the waiting.
        """
        ...

    def send(self, commands: tuple[Command, ...]) -> tuple[Result, ...]:
        """Deliver commands, in order; one result for each, matched by key."""
        ...

    def acknowledge(self, acks: Acks) -> None:
        """Say how far we are, what we could not apply and what we erased."""
        ...

    def cut(self) -> None:
        """End the waiting of `changes`, now or at its next call; from any thread."""
        ...


class Directory(Protocol):
    """The exchange's directory of providers. Every method may raise ExchangeError."""

    def providers(self, after: int, *, limit: int) -> DirectoryPage:
        """What changed in the directory after a place."""
        ...

    def times(self, npi: str, location_id: str) -> OpenTimes:
        """The open times of a provider at a place."""
        ...

    def hold(self, npi: str, location_id: str, slot_id: str) -> Held:
        """Keep a slot for this office for a few minutes; raises Refused when it is taken."""
        ...

    def let_go(self, npi: str, location_id: str, slot_id: str) -> None:
        """Keep it no longer."""
        ...


class PartnerLink(Protocol):
    """A partner outside the exchange. Every method may raise ExchangeError."""

    def look(self) -> None:
        """Reach it, sign in, and see that appointments can be asked for."""
        ...

    def bring(self, booking: ReferralBooking) -> Answer:
        """Ask for the appointment; asking again finds the one that there is."""
        ...

    def ask(self, booking: ReferralBooking, id_: str) -> Answer:
        """How it stands."""
        ...

    def find(self, booking: ReferralBooking) -> Answer | None:
        """How it stands, where it is not known whether it arrived; None if it did not."""
        ...

    def recall(
        self, booking: ReferralBooking, code: CancelCode, *, id_: str, version: str
    ) -> Answer:
        """Cancel it as it was seen; raises ChangedThere where it is another one by now."""
        ...

    def times(self, npi: str, location_id: str) -> OpenTimes:
        """The open times of a provider at a place."""
        ...

    def close(self) -> None:
        """Let go; from any thread."""
        ...


class Vault(Protocol):
    """Where the operating system keeps this workstation's secret."""

    @property
    def backend(self) -> str:
        """The class name of the keyring in use, written beside the wrapped keys."""
        ...

    def keep(self, name: str, secret: bytes) -> None:
        """Store `secret` under `name` and prove it by reading it back."""
        ...

    def fetch(self, name: str) -> bytes | None:
        """The secret kept under `name`, None when there is none."""
        ...

    def forget(self, name: str) -> None:
        """Remove it; nothing happens when it is not there."""
        ...
