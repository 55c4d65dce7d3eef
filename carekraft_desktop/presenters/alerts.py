"""Tells that something has come, through the operating system: a count and a kind, no name.

Never while somebody looks at the page that shows it anyway, and not in the quiet hours; what came
meanwhile is told in one sentence when they are over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from carekraft_desktop.presenters.settings import Preferences
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import AlertUses
    from carekraft_desktop.services.alerts import Place
    from carekraft_desktop.services.desk import Desk


class Alert(Value, frozen=True):
    """What the operating system shows; nothing of a patient can be in it."""

    words: str
    sound: bool


class AlertsPresenter:
    """Looks after each synchronization and each minute."""

    def __init__(
        self,
        desk: Desk,
        tell: Callable[[Alert], None],
        *,
        alerts: AlertUses,
        preferences: Callable[[], Preferences],
        watching: Callable[[], bool],
        when: OfficeTime,
        unattended: Desk | None = None,
        knock: Callable[[Iterable[str]], None] = lambda _requests: None,
    ) -> None:
        """Make it.

        Args:
            desk: at which desk.
            tell: shows an alert.
            alerts: the service that counts.
            preferences: what was chosen; asked each time.
            watching: whether somebody has the day and its inbox before them.
            when: the office's zone, for the quiet hours.
            unattended: counts instead of `desk`, so that alerts come while it is covered.
            knock: told which requests are new, to show them inside the window.
        """
        self._counts = unattended or desk
        self._desk, self._tell, self._alerts = desk, tell, alerts
        self._preferences, self._watching, self._when = preferences, watching, when
        self._knock = knock
        self.requests: frozenset[str] = frozenset()
        """Which requests the last alert was about."""
        self._told: Place | None = None

    def respell(self, when: OfficeTime) -> None:
        """Another zone."""
        self._when = when

    def look(self) -> None:
        """Tell what has come, or keep it for later. A failure is told elsewhere, not here."""
        if not self._desk.staff.may(Right.SEE_SCHEDULE):
            return
        chosen = self._preferences()
        try:
            news = self._alerts.news(self._counts)
            if news.total and self._is_quiet(chosen) and not self._watching():
                return
            if news.total and chosen.alerts and not self._watching():
                words = wording_desk.alert(news.new, news.moved, news.cancelled, news.changed)
                self._tell(Alert(words, chosen.sound))
                self.requests = news.requests
                self._knock(news.requests)
            if news.place != self._told:
                self._alerts.told(self._counts, news.place)
                self._told = news.place
        except CareKraftError:
            return

    def _is_quiet(self, chosen: Preferences) -> bool:
        if not chosen.quiet:
            return False
        now = self._desk.now()
        minute = self._when.minute(now, self._when.day(now))
        first, last = chosen.quiet_from, chosen.quiet_to
        if first <= last:
            return first <= minute < last
        return minute >= first or minute < last
