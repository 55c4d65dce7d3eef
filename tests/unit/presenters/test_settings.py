"""Settings, gesture by gesture."""

import pytest

from carekraft_desktop.errors import CareKraftError, DiskFull
from carekraft_desktop.presenters.settings import (
    About,
    Look,
    Preferences,
    SettingsPresenter,
    SettingsState,
)


class Screen:
    """A presenter, its file, and all it showed."""

    def __init__(self) -> None:
        self.fails: CareKraftError | None = None
        self.kept: list[Preferences] = []
        self.changed: list[Preferences] = []
        self.shown: list[SettingsState] = []
        self.presenter = SettingsPresenter(
            self,
            self.shown.append,
            about=About("0.1", "Lakeside", "", "Rosa", "Front desk"),
            preferences=Preferences(),
            changed=self.changed.append,
        )
        self.presenter.refresh()

    def keep(self, chosen: Preferences) -> None:
        if self.fails is not None:
            raise self.fails
        self.kept.append(chosen)


def test_each_change_counts_at_once_and_is_kept() -> None:
    screen = Screen()
    screen.presenter.look(Look.DARK)
    screen.presenter.scale(150)
    screen.presenter.idle(3)
    screen.presenter.work_offline(on=True)
    wanted = Preferences(Look.DARK, 150, 3, work_offline=True)
    assert screen.kept[-1] == screen.changed[-1] == screen.shown[-1].preferences == wanted


def test_the_same_again_changes_nothing() -> None:
    screen = Screen()
    screen.presenter.scale(100)
    assert screen.changed == []


@pytest.mark.req("REQ-04")
def test_nobody_gets_more_than_fifteen_minutes_or_twice_the_size() -> None:
    screen = Screen()
    screen.presenter.idle(90)
    screen.presenter.scale(900)
    assert screen.shown[-1].preferences.idle_minutes == 15
    assert screen.shown[-1].preferences.scale == 200
    assert Preferences(scale=7, idle_minutes=0).tidy() == Preferences(scale=100, idle_minutes=1)


def test_a_choice_that_could_not_be_kept_counts_and_says_so() -> None:
    screen = Screen()
    screen.fails = DiskFull()
    screen.presenter.look(Look.LIGHT)
    assert screen.changed[-1].look is Look.LIGHT
    problem = screen.shown[-1].problem
    assert problem is not None
    assert problem.code == "disk-full"
