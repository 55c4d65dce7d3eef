"""The ways from one page of an open office to what another shows, and what the palette does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from carekraft_desktop.presenters.shell import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.acts import Act
    from carekraft_desktop.presenters.person import PersonPresenter
    from carekraft_desktop.presenters.settings import SettingsPresenter
    from ui.open_office import OpenOffice

_STEPS_BACK = 5
"""So often Esc leads from the innermost choice of the day out of its visit."""
_PAGES = {
    "today": Page.TODAY,
    "outbox": Page.OUTBOX,
    "referrals": Page.REFERRALS,
    "settings": Page.SETTINGS,
    "reviews": Page.REVIEWS,
    "check": Page.CHECK,
    "papers": Page.PAPERS,
    "lists": Page.LISTS,
    "journal": Page.JOURNAL,
    "people": Page.PEOPLE,
    "partners": Page.PARTNERS,
    "week-review": Page.WEEK,
    "incidents": Page.INCIDENTS,
    "terms": Page.TERMS,
    "posture": Page.POSTURE,
    "kept": Page.KEPT,
    "asked": Page.ASKED,
    "own": Page.OWN,
    "access": Page.ACCESS,
    "backups": Page.BACKUPS,
    "export": Page.EXPORT,
    "retire": Page.RETIRE,
}
"""The palette's actions that only lead to a page."""


class Ways:
    """Who goes somewhere asks here; nothing else knows which page shows what."""

    def __init__(self, office: OpenOffice) -> None:
        """For as long as `office` is open."""
        self._office = office
        self._shell = office.around.shell

    def to(self, page: Page) -> Callable[[], None]:
        """Leads to a page."""
        return lambda: self._shell.go(page)

    def on_today(self, do: Callable[[], None]) -> None:
        """Something that Today does, from whatever page one is on."""
        self._shell.go(Page.TODAY)
        if self._shell.state.page is Page.TODAY:
            do()

    def visit(self, visit_id: str) -> None:
        """A visit, on its day."""
        if visit_id:
            self.on_today(lambda: self._office.today.visit.show_visit(visit_id))
        else:
            self._shell.go(Page.TODAY)

    def person(self, patient_id: str) -> None:
        """The patient's card; none while a reply is open (REQ-51)."""
        office = self._office
        if patient_id and not office.answering.editing:
            room = office.frame.rooms[Page.PERSON]
            cast("PersonPresenter", room.screen).open(patient_id)
            self._shell.go(Page.PERSON)

    def request(self, visit_id: str, act: Act | None = None) -> None:
        """A request of the inbox; what `act` needs is asked for at once."""

        def show() -> None:
            self._office.today.visit.choose_request(visit_id)
            if act is not None:
                self._office.today.answers.act(act)

        self.on_today(show)

    def news(self) -> None:
        """What an alert told of: the first new request, opened, or else the inbox."""
        wanted = self._office.news.first_request()
        if wanted:
            self.request(wanted)
        else:
            self.on_today(self._office.frame.today.to_inbox)

    def review(self, review_id: str) -> None:
        """A review, on its page."""
        self._shell.go(Page.REVIEWS)
        if self._shell.state.page is Page.REVIEWS:
            self._office.answering.open(review_id)

    def hide_patients(self) -> None:
        """Out of choices and fields, then out of the visit."""
        self._office.finding.close()
        self._office.knock.leave()
        for _ in range(_STEPS_BACK):
            self._office.today.visit.close()

    def undo(self, key: str) -> None:
        """The toast's button: a reply, or an act of whichever page it was done on."""
        office = self._office
        if office.answering.undo(key):
            return
        undo = getattr(office.frame.rooms.screen(self._shell.state.page), "undo", None)
        if undo is not None:
            undo(key)
        else:
            office.today.answers.undo(key)

    def sync(self) -> None:
        """By key or button; also the way back from working offline."""
        if self._office.preferences().work_offline:
            settings = self._office.frame.rooms.screen(Page.SETTINGS)
            cast("SettingsPresenter", settings).work_offline(on=False)
        self._shell.sync_now()

    def actions(self) -> dict[str, Callable[[], None]]:
        """What the palette's actions do, by their names."""
        office, today, frame = self._office, self._office.today, self._office.frame
        days = today.days
        return {name: self.to(page) for name, page in _PAGES.items()} | {
            "new-referral": office.referring.begin,
            "copy": today.next_door.copy,
            "entered": today.next_door.entered,
            "claim": today.claims.toggle,
            "person": today.visit.person,
            "print": lambda: office.paper.day(today.state.day),
            "lock": lambda: office.lent.cover("person"),
            "switch": lambda: office.lent.cover("switch"),
            "sync": self.sync,
            "before": lambda: self.on_today(lambda: days.go(-1)),
            "after": lambda: self.on_today(lambda: days.go(1)),
            "home": lambda: self.on_today(days.go_today),
            "week": lambda: self.on_today(days.toggle_week),
            "everyone": lambda: self.on_today(days.show_everyone),
            "inbox": lambda: self.on_today(frame.today.to_inbox),
            "cancelled": lambda: self.on_today(days.toggle_cancelled),
            "undo": today.answers.undo,
            "keys": frame.show_keys,
        }
