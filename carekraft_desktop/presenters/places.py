"""Where somebody was on a page, in a few words that lead back there after a lock.

Ids only; what was typed is kept by `ui/unfinished.py` beside it. All of it lies in the encrypted
store until its owner is back.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from carekraft_desktop.presenters.shell import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.lists import ListsPresenter
    from carekraft_desktop.presenters.outbox import OutboxPresenter
    from carekraft_desktop.presenters.person import PersonPresenter
    from carekraft_desktop.presenters.referrals import ReferralsPresenter
    from carekraft_desktop.presenters.reviews import ReviewsPresenter
    from carekraft_desktop.presenters.shell import Screen
    from carekraft_desktop.presenters.today import TodayPresenter

Place = dict[str, str]
_YES = "yes"


def place_of(page: Page, screen: Screen) -> Place:
    """Where one is on this page; empty where there is nothing to find again."""
    find = _FIND.get(page)
    return {name: value for name, value in find(screen).items() if value} if find else {}


def go_back(page: Page, screen: Screen, place: Place) -> None:
    """Be there again, as far as it still exists."""
    back = _BACK.get(page)
    if back is not None and place:
        back(screen, place)


def _today(screen: Screen) -> Place:
    state = cast("TodayPresenter", screen).state
    return {
        "day": state.day.isoformat(),
        "week": _YES if state.week else "",
        "visit": state.selected,
        "cancelled": _YES if state.show_cancelled else "",
    }


def _to_today(screen: Screen, place: Place) -> None:
    today = cast("TodayPresenter", screen)
    if place.get("visit"):
        today.visit.choose(place["visit"])
    if place.get("week") and not today.state.week:
        today.days.toggle_week()
    if place.get("cancelled") and not today.state.show_cancelled:
        today.days.toggle_cancelled()
    today.days.look_at(date.fromisoformat(place["day"]))


def _lists(screen: Screen) -> Place:
    state = cast("ListsPresenter", screen).state
    return {"tab": state.tab.value, "line": state.selected}


def _to_lists(screen: Screen, place: Place) -> None:
    from carekraft_desktop.presenters.lists import Tab

    lists = cast("ListsPresenter", screen)
    lists.go(Tab(place["tab"]))
    lists.choose(place.get("line", ""))


def _person(screen: Screen) -> Place:
    return {"patient": cast("PersonPresenter", screen).state.patient_id}


def _to_person(screen: Screen, place: Place) -> None:
    cast("PersonPresenter", screen).open(place["patient"])


def _outbox(screen: Screen) -> Place:
    return {"act": cast("OutboxPresenter", screen).state.selected}


def _to_outbox(screen: Screen, place: Place) -> None:
    cast("OutboxPresenter", screen).choose(place["act"])


def _reviews(screen: Screen) -> Place:
    reviews = cast("ReviewsPresenter", screen)
    return {"review": reviews.state.selected, "editing": _YES if reviews.editing else ""}


def _to_reviews(screen: Screen, place: Place) -> None:
    reviews = cast("ReviewsPresenter", screen)
    reviews.show_review(place.get("review", ""))
    if place.get("editing"):
        reviews.do("edit-go-on")


def _referrals(screen: Screen) -> Place:
    referrals = cast("ReferralsPresenter", screen)
    draft = referrals.wizard.id if referrals.wizard is not None else ""
    state = referrals.state
    return {"folder": state.chosen, "referral": draft or state.selected, "draft": draft}


def _to_referrals(screen: Screen, place: Place) -> None:
    referrals = cast("ReferralsPresenter", screen)
    referrals.choose_folder(place.get("folder", ""))
    referrals.choose(place.get("referral", ""))
    if place.get("draft"):
        referrals.open()


_FIND: dict[Page, Callable[[Screen], Place]] = {
    Page.TODAY: _today,
    Page.LISTS: _lists,
    Page.PERSON: _person,
    Page.OUTBOX: _outbox,
    Page.REVIEWS: _reviews,
    Page.REFERRALS: _referrals,
}
_BACK: dict[Page, Callable[[Screen, Place], None]] = {
    Page.TODAY: _to_today,
    Page.LISTS: _to_lists,
    Page.PERSON: _to_person,
    Page.OUTBOX: _to_outbox,
    Page.REVIEWS: _to_reviews,
    Page.REFERRALS: _to_referrals,
}
