"""What tells that something has come: an alert of the system, and a request in a page's corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters.alerts import AlertsPresenter
from carekraft_desktop.presenters.knock import Knock
from carekraft_desktop.presenters.shell import Page

if TYPE_CHECKING:
    from carekraft_desktop.presenters.looks import Looks
    from carekraft_desktop.presenters.times import OfficeTime
    from ui.open_office import OpenOffice


class News:
    """Of one open office, for whoever sits there."""

    def __init__(self, office: OpenOffice, looks: Looks) -> None:
        """`looks` writes down whose request was shown."""
        self._office = office
        around, lent = office.around, office.lent
        uses, when = around.uses, around.when()
        self._alerts = AlertsPresenter(
            around.desk,
            lent.tell_news,
            alerts=uses.alerts,
            preferences=lent.preferences,
            watching=self._watching,
            when=when,
            unattended=office.opened.unattended,
            knock=lambda requests: self.knock.come(requests),
        )
        self.knock = Knock(
            around.desk,
            office.frame.knock.show_state,
            visits=uses.visits,
            office=uses.office,
            when=when,
            elsewhere=self._elsewhere,
            told=around.tell,
            acted=around.shell.acted,
            open_request=office.ways.request,
            seen=looks.painted,
        )

    def look(self) -> None:
        """Something has come, or a minute has passed."""
        self._alerts.look()

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._alerts.respell(when)
        self.knock.respell(when)

    def first_request(self) -> str:
        """The oldest request of the inbox that the last alert told of; empty for none."""
        told, around = self._alerts.requests, self._office.around
        waiting = around.uses.visits.inbox(around.desk) if told else ()
        return next((seen.entry.id for seen in waiting if seen.entry.id in told), "")

    def _watching(self) -> bool:
        """Whether somebody has the day and its inbox before them."""
        state = self._office.around.shell.state
        front = self._office.lent.window.window().isActiveWindow()
        return state.open and front and state.page is Page.TODAY

    def _elsewhere(self) -> bool:
        """Whether somebody works where patients may be shown and the inbox is not."""
        state = self._office.around.shell.state
        return state.open and state.page is not Page.TODAY and not self._office.answering.editing
