"""The referrals' page with its presenter, made when somebody first goes there, and the ways to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wiring, wording
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room, Rooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.again import AskAgain
    from carekraft_desktop.presenters.pieces import Toast
    from carekraft_desktop.presenters.referral_state import WizardState
    from carekraft_desktop.presenters.referral_wizard import Wizard
    from carekraft_desktop.presenters.referrals import ReferralsPresenter
    from carekraft_desktop.presenters.shell import Shell
    from carekraft_desktop.presenters.tasks import Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.wiring import Uses
    from carekraft_desktop.services.access import Opened
    from ui.theme import Theme


class Referring:
    """Booking for a patient with another office."""

    def __init__(
        self,
        opened: Opened,
        uses: Uses,
        theme: Theme,
        *,
        chores: Runner,
        shell: Shell,
        told: Callable[[Toast], None],
        when: Callable[[], OfficeTime],
        again: AskAgain,
    ) -> None:
        """Nothing is made yet; `again` asks for the password."""
        self._again = again
        self._opened, self._uses, self._theme = opened, uses, theme
        self._chores, self._shell, self._told, self._when = chores, shell, told, when
        self._rooms: Rooms | None = None

    def furnish(self, rooms: Rooms) -> None:
        """There is this page."""
        self._rooms = rooms
        rooms.add(Page.REFERRALS, self._make)

    def count(self) -> int:
        """How many referrals need attention."""
        return self._uses.referrals.count_attention(self._opened.desk)

    def _make(self) -> Room:
        from carekraft_desktop.presenters.referral_wizard import Wizard
        from carekraft_desktop.presenters.referrals import ReferralsPresenter
        from ui.pages.referrals import ReferralsPage

        desk, uses = self._opened.desk, self._uses
        page = ReferralsPage(self._theme)
        found = uses.office.office(desk)
        directory = wiring.DirectoryAtHand(uses, self._opened)
        if desk.staff.may(Right.REFER) and directory.is_old(desk):
            # Copied ahead, so that it is there when the network is not.
            self._chores.submit(lambda: directory.refresh(desk), lambda _outcome: None)

        def wizard(
            show: Callable[[WizardState], None], sent: Callable[[str], None], when: OfficeTime
        ) -> Wizard:
            return Wizard(
                desk,
                show,
                referrals=uses.referrals,
                directory=directory,
                staff=uses.office,
                runner=self._chores,
                online=lambda: self._shell.online,
                sent=sent,
                when=when,
                office=found.name if found is not None else wording.PROGRAM,
                again=self._again,
            )

        presenter = ReferralsPresenter(
            desk,
            page.show_state,
            referrals=uses.referrals,
            make_wizard=wizard,
            told=self._told,
            acted=self._shell.acted,
            when=self._when(),
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
