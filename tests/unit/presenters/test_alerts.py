"""When somebody is alerted, and when not."""

from dataclasses import dataclass, field

import pytest

from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import StoreBusy
from carekraft_desktop.presenters.alerts import Alert, AlertsPresenter
from carekraft_desktop.presenters.settings import Preferences
from carekraft_desktop.presenters.wording_desk import alert
from carekraft_desktop.services.alerts import News, Place
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.value import replace
from tests.fakes.office import ROSA, WHEN, desk


@dataclass
class FakeNews:
    """What has come, and up to where it was told."""

    waiting: News = field(default_factory=lambda: News(new=2, cancelled=1, place=Place(7)))
    places: list[Place] = field(default_factory=list)
    fails: bool = False

    def news(self, desk: Desk) -> News:
        del desk
        if self.fails:
            raise StoreBusy
        return self.waiting

    def told(self, desk: Desk, place: Place) -> None:
        del desk
        self.places.append(place)
        self.waiting = News(place=place)


class Scene:
    """A presenter, its choices, and what it told."""

    def __init__(self, clock: str = "09:46", staff: Staff = ROSA, **chosen: object) -> None:
        self.news, self.told, self.watching = FakeNews(), list[Alert](), False
        self.preferences = replace(Preferences(), **chosen)
        self.presenter = AlertsPresenter(
            desk(clock, staff),
            self.told.append,
            alerts=self.news,
            preferences=lambda: self.preferences,
            watching=lambda: self.watching,
            when=WHEN,
        )


def test_an_alert_is_a_count_and_a_kind_and_is_told_once() -> None:
    scene = Scene(sound=True)
    scene.presenter.look()
    scene.presenter.look()
    assert scene.told == [Alert("2 new bookings, 1 cancelled", sound=True)]
    assert scene.news.places == [Place(7)]


def test_who_looks_at_the_inbox_is_not_alerted_of_it() -> None:
    scene = Scene()
    scene.watching = True
    scene.presenter.look()
    scene.watching = False
    scene.presenter.look()
    assert scene.told == []


@pytest.mark.parametrize(
    ("clock", "hours", "silent"),
    [
        ("09:46", (18, 7), False),
        ("19:00", (18, 7), True),
        ("06:59", (18, 7), True),
        ("12:30", (12, 14), True),
        ("14:00", (12, 14), False),
        ("12:30", (12, 12), False),
    ],
)
def test_in_the_quiet_hours_nothing_is_told(
    clock: str, hours: tuple[int, int], silent: bool
) -> None:
    scene = Scene(clock, quiet=True, quiet_from=hours[0] * 60, quiet_to=hours[1] * 60)
    scene.presenter.look()
    assert (scene.told == []) is silent


def test_what_came_in_the_quiet_hours_is_told_when_they_are_over() -> None:
    scene = Scene("06:59", quiet=True)
    scene.presenter.look()
    scene.preferences = replace(scene.preferences, quiet_to=6 * 60)
    scene.presenter.look()
    assert [each.words for each in scene.told] == ["2 new bookings, 1 cancelled"]


def test_without_alerts_nothing_is_told_and_nothing_piles_up() -> None:
    scene = Scene(alerts=False)
    scene.presenter.look()
    assert (scene.told, scene.news.places) == ([], [Place(7)])


def test_a_store_that_is_busy_is_asked_again_at_the_next_turn() -> None:
    scene = Scene()
    scene.news.fails = True
    scene.presenter.look()
    scene.news.fails = False
    scene.presenter.look()
    assert len(scene.told) == 1


def test_a_role_without_sight_of_patients_is_told_nothing() -> None:
    scene = Scene(staff=Staff("3", "it", "Kim", frozenset({Role.IT_ADMINISTRATOR})))
    scene.presenter.look()
    assert scene.told == []


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 0, 0), "1 new booking"),
        ((0, 1, 0, 0), "1 booking moved"),
        ((0, 2, 1, 0), "2 bookings moved, 1 cancelled"),
        ((3, 1, 1, 1), "3 new bookings, 1 moved, 1 cancelled, 1 changed"),
    ],
)
def test_the_words_of_an_alert(counts: tuple[int, int, int, int], words: str) -> None:
    assert alert(*counts) == words
