"""The referrals' page with its presenter, made when somebody first goes there, and the ways to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wiring, wording
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room, Rooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.referral_state import WizardState
    from carekraft_desktop.presenters.referral_wizard import Wizard
    from carekraft_desktop.presenters.referrals import ReferralsPresenter
    from carekraft_desktop.presenters.times import OfficeTime
    from ui.around import Around


class Referring:
    """Booking for a patient with another office."""

    def __init__(self, around: Around) -> None:
        """Nothing is made yet."""
        self._around, self._shell = around, around.shell
        self._rooms: Rooms | None = None

    def furnish(self, rooms: Rooms) -> None:
        """There is this page."""
        self._rooms = rooms
        rooms.add(Page.REFERRALS, self._make)

    def count(self) -> int:
        """How many referrals need attention."""
        return self._around.uses.referrals.count_attention(self._around.desk)

    def _make(self) -> Room:
        from carekraft_desktop.presenters.referral_wizard import Wizard
        from carekraft_desktop.presenters.referrals import ReferralsPresenter
        from ui.pages.referrals import ReferralsPage

        desk, uses = self._around.desk, self._around.uses
        page = ReferralsPage(self._around.theme)
        found = uses.office.office(desk)
        directory = wiring.DirectoryAtHand(uses, self._around.opened)
        if desk.staff.may(Right.REFER) and directory.is_old(desk):
            # Copied ahead, so that it is there when the network is not.
            self._around.runner.submit(lambda: directory.refresh(desk), lambda _outcome: None)

        def wizard(
            show: Callable[[WizardState], None], sent: Callable[[str], None], when: OfficeTime
        ) -> Wizard:
            return Wizard(
                desk,
                show,
                referrals=uses.referrals,
                directory=directory,
                staff=uses.office,
                runner=self._around.runner,
                online=lambda: self._shell.online,
                sent=sent,
                when=when,
                office=found.name if found is not None else wording.PROGRAM,
                again=self._around.again,
            )

        presenter = ReferralsPresenter(
            desk,
            page.show_state,
            referrals=uses.referrals,
            make_wizard=wizard,
            told=self._around.tell,
            acted=self._shell.acted,
            when=self._around.when(),
        )
        page.bind(presenter)
        return Room(page, presenter)

    # -- the ways to it -----------------------------------------------------------------

    def begin(self) -> None:
        """A new one, for whoever is found first."""
        self._with(lambda presenter: presenter.begin())

    def for_visit(self, visit_id: str) -> None:
        """A new one for the patient of a visit."""
        self._with(lambda presenter: presenter.begin_for_visit(visit_id))

    def for_patient(self, patient_id: str) -> None:
        """A new one for a patient whose card is open."""
        self._with(lambda presenter: presenter.begin_for_patient(patient_id))

    def show(self, referral_id: str) -> None:
        """One that is there."""
        self._with(lambda presenter: presenter.show_one(referral_id))

    def _with(self, do: Callable[[ReferralsPresenter], None]) -> None:
        """The page comes to the front, unless the one before it has to be left in order first."""
        self._shell.go(Page.REFERRALS)
        if self._rooms is not None and self._shell.state.page is Page.REFERRALS:
            do(cast("ReferralsPresenter", self._rooms.screen(Page.REFERRALS)))
