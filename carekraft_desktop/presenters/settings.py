"""How this computer shows the program, when it locks, and whether it works offline."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_LEAST, IDLE_MOST = 1, 15
"""Minutes; nobody can choose more than fifteen (REQ-04)."""
DAY = 1440
"""Minutes."""
SCALE_LEAST, SCALE_MOST, SCALE_STEP = 100, 200, 10
"""Percent."""


class Look(StrEnum):
    """Which colours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Preferences(Value, frozen=True):
    """What a person at this computer chose. Holds nothing of patients and nothing secret."""

    look: Look = Look.SYSTEM
    scale: int = 100
    """Size of text in percent."""
    idle_minutes: int = 5
    """Minutes without a touch until the lock."""
    alerts: bool = True
    """Tell through the operating system that something has come."""
    sound: bool = False
    quiet: bool = False
    """No alerts in the quiet hours."""
    quiet_from: int = 18 * 60
    """Minutes after midnight, in the office's time."""
    quiet_to: int = 7 * 60
    packet_folder: str = ""
    """A second place for the downtime packet; empty for none."""
    work_offline: bool = False
    """Counts until the program ends; every start is online."""

    def tidy(self) -> Preferences:
        """With every number inside its bounds: the file may have been edited by hand."""
        steps = round(self.scale / SCALE_STEP) * SCALE_STEP
        return replace(
            self,
            scale=min(max(steps, SCALE_LEAST), SCALE_MOST),
            idle_minutes=min(max(self.idle_minutes, IDLE_LEAST), IDLE_MOST),
            quiet_from=self.quiet_from % DAY,
            quiet_to=self.quiet_to % DAY,
        )


class Keeper(Protocol):
    """Where preferences are kept between starts."""

    def keep(self, preferences: Preferences) -> None:
        """Keep it; may raise a StoreError."""
        ...


class About(Value, frozen=True):
    """What the program says of itself."""

    version: str
    office: str
    exchange: str
    person: str
    roles: str


class SettingsState(Value, frozen=True):
    """Everything on the screen."""

    preferences: Preferences
    about: About
    problem: Problem | None = None


class SettingsPresenter:
    """Each change counts at once and is kept."""

    def __init__(
        self,
        keeper: Keeper,
        show: Callable[[SettingsState], None],
        *,
        about: About,
        preferences: Preferences,
        changed: Callable[[Preferences], None],
    ) -> None:
        """Make it; `changed` puts a new choice into effect."""
        self._keeper = keeper
        self._show = show
        self._changed = changed
        self.state = SettingsState(preferences, about)

    def refresh(self) -> None:
        """Show it."""
        self._show(self.state)

    def look(self, look: Look) -> None:
        """Other colours."""
        self._take(replace(self.state.preferences, look=look))

    def scale(self, percent: int) -> None:
        """Another size of text."""
        self._take(replace(self.state.preferences, scale=percent))

    def idle(self, minutes: int) -> None:
        """Another time until the lock."""
        self._take(replace(self.state.preferences, idle_minutes=minutes))

    def alerts(self, *, on: bool) -> None:
        """Tell what has come, or do not."""
        self._take(replace(self.state.preferences, alerts=on))

    def sound(self, *, on: bool) -> None:
        """With a sound, or without."""
        self._take(replace(self.state.preferences, sound=on))

    def quiet(self, *, on: bool) -> None:
        """Keep the quiet hours, or do not."""
        self._take(replace(self.state.preferences, quiet=on))

    def packet_folder(self, folder: str) -> None:
        """A second place for the downtime packet, or none."""
        self._take(replace(self.state.preferences, packet_folder=folder.strip()))

    def quiet_hours(self, first: int, last: int) -> None:
        """From one hour of the day to another."""
        self._take(replace(self.state.preferences, quiet_from=first * 60, quiet_to=last * 60))

    def work_offline(self, *, on: bool) -> None:
        """Stop or resume talking to the exchange."""
        self._take(replace(self.state.preferences, work_offline=on))

    def _take(self, wanted: Preferences) -> None:
        wanted = wanted.tidy()
        if wanted == self.state.preferences:
            return
        problem = None
        try:
            self._keeper.keep(wanted)
        except CareKraftError as error:
            problem = Problem.of(error)
        self.state = replace(self.state, preferences=wanted, problem=problem)
        self._changed(wanted)
        self._show(self.state)
