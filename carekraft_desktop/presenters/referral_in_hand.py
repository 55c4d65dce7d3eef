"""The draft in hand: read anew after every change, with what each step asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.permissions import needs_naming
from carekraft_desktop.domain.referrals import Work
from carekraft_desktop.presenters import wording_referrals as words

if TYPE_CHECKING:
    from carekraft_desktop.domain.directory import Entry
    from carekraft_desktop.domain.permissions import Permission
    from carekraft_desktop.domain.visits import Provider
    from carekraft_desktop.presenters.uses_referrals import ReferralUses, StaffUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.referrals import Open


class InHand:
    """Nothing is in hand until `id` is given and it is `read`."""

    def __init__(self, desk: Desk, referrals: ReferralUses, staff: StaffUses) -> None:
        """Whose desk it is, and what is asked for the draft and for the office's providers."""
        self._desk, self._referrals, self._staff = desk, referrals, staff
        self.id = ""
        self.open: Open | None = None

    def read(self) -> None:
        """Read it anew.

        Raises:
            CareKraftError: it is gone, or may not be seen; what was read last stays.
        """
        self.open = self._referrals.open_one(self._desk, self.id)

    @property
    def work(self) -> Work:
        """What has been chosen; nothing before it is read."""
        return self.open.line.referral.work if self.open is not None else Work("", "")

    @property
    def entry(self) -> Entry | None:
        """The provider who is chosen."""
        return self.open.line.entry if self.open is not None else None

    @property
    def permission(self) -> Permission | None:
        """The patient's permission that it leans on."""
        return self.open.permission if self.open is not None else None

    @property
    def modes(self) -> tuple[str, ...]:
        """Ways of meeting that the provider offers."""
        entry = self.entry
        return entry.modes if entry is not None and entry.modes else ("IN_PERSON",)

    @property
    def warning(self) -> str:
        """That the specialty itself tells much; empty where it does not."""
        entry, work = self.entry, self.work
        if entry is None:
            return ""
        groups = frozenset({Specialty(work.specialty)} if work.specialty else entry.groups)
        return words.SENSITIVE if needs_naming(groups) else ""

    def own(self) -> list[Provider]:
        """The office's own providers, of whom one may be acted for."""
        return [each for each in self._staff.providers(self._desk) if each.active]
