"""Bringing an office back on a computer that has none, for pictures and for tests of the window."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.backups import Step
from carekraft_desktop.errors import BackupDamaged, CareKraftError, CodeNeeded, WrongRecoveryKey
from carekraft_desktop.presenters.bring_back import BringBackPresenter, Typed
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.wording_backup import progress
from carekraft_desktop.security.people import Person
from carekraft_desktop.services.new_machine import Inside, Moved
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.value import replace
from tests.fakes.backups import backup
from tests.fakes.office import WHEN
from tests.fakes.timers import FakeTimers
from ui.pages.bring_back import BringBackPage
from ui.theme import Theme

PAPER = "7K2M QX9T 4HWB ZP3C 86RD 5VNE J2YA T9LS 3GUF"
WORD = "copper-harbor-lantern-31"
PEOPLE = tuple(
    Person(id=id_, name=name, display=display, roles=(), disabled=False, waiting=False)
    for id_, name, display in (
        ("staff-1", "r.alvarez", "Rosa Alvarez"),
        ("staff-2", "k.boateng", "Kofi Boateng"),
    )
)


class FakeBringBack:
    """Implements `BringBackUses`."""

    def __init__(
        self,
        *,
        looks: CareKraftError | None = None,
        brings: CareKraftError | None = None,
        ours: bool = True,
        to_look_at: int = 0,
    ) -> None:
        """`looks` and `brings`: what these attempts end with."""
        self.looks, self.brings = looks, brings
        self.ours, self.to_look_at = ours, to_look_at
        self.did: list[tuple[str, str]] = []

    def look(self, place: Path, paper: str) -> Inside:
        """What the backup says."""
        self.did.append(("looked", f"{place.name}:{len(paper.split())}"))
        if self.looks is not None:
            raise self.looks
        return Inside(backup(9), PEOPLE, by_code=False)

    def bring(self, inside: Inside, typed: Typed, told: Callable[[Step, int, int], None]) -> Moved:
        """In place."""
        told(Step.COPY, 1, 2)
        self.did.append(("brought", f"{typed.person}:{typed.code}"))
        if self.brings is not None and not typed.code:
            raise self.brings
        return Moved(inside.backup, self.to_look_at, "https://exchange.example.com", self.ours)

    def enter(self, typed: Typed) -> Opened:
        """In."""
        self.did.append(("entered", typed.person))
        return cast("Opened", None)

    def take_back(self) -> None:
        """Gone again."""
        self.did.append(("taken-back", ""))


def staged_bring_back(
    theme: Theme, fake: FakeBringBack
) -> tuple[BringBackPage, BringBackPresenter]:
    """A page with its presenter."""
    page = BringBackPage(theme)
    presenter = BringBackPresenter(
        fake,
        InlineRunner(),
        page.show_state,
        timers=FakeTimers(),
        when=WHEN,
        opened=lambda _opened: fake.did.append(("opened", "")),
        left=lambda: fake.did.append(("left", "")),
    )
    page.bind(presenter)
    presenter.begin()
    return page, presenter


def _first(theme: Theme) -> BringBackPage:
    return staged_bring_back(theme, FakeBringBack())[0]


def _typed(
    theme: Theme, fake: FakeBringBack, *, go: bool = True
) -> tuple[BringBackPage, BringBackPresenter]:
    page, presenter = staged_bring_back(theme, fake)
    presenter.edit(Typed(place="/mnt/second-disk/carekraft", paper=PAPER))
    if go:
        presenter.go_on()
    return page, presenter


def _person(theme: Theme) -> BringBackPage:
    return _typed(theme, FakeBringBack())[0]


def _wrong(theme: Theme) -> BringBackPage:
    return _typed(theme, FakeBringBack(looks=WrongRecoveryKey()))[0]


def _damaged(theme: Theme) -> BringBackPage:
    return _typed(theme, FakeBringBack(looks=BackupDamaged("no manifest")))[0]


def chosen(presenter: BringBackPresenter) -> None:
    """Everything of the second step is typed."""
    typed = replace(presenter.typed, person="staff-1", password=WORD, again=WORD)
    presenter.edit(typed)


def _code(theme: Theme) -> BringBackPage:
    page, presenter = _typed(theme, FakeBringBack(brings=CodeNeeded()))
    chosen(presenter)
    presenter.go_on()
    return page


def _busy(theme: Theme) -> BringBackPage:
    page, presenter = _typed(theme, FakeBringBack())
    chosen(presenter)
    busy = progress(Step.CATCH_UP, 4_000, 9_000)
    page.show_state(replace(presenter.state, busy=busy, stoppable=True))
    return page


def _forged(theme: Theme) -> BringBackPage:
    page, presenter = _typed(theme, FakeBringBack(ours=False, to_look_at=2))
    chosen(presenter)
    presenter.go_on()
    return page


ALONE: dict[str, Callable[[Theme], QWidget]] = {
    "bring-back": _first,
    "bring-back-wrong": _wrong,
    "bring-back-damaged": _damaged,
    "bring-back-person": _person,
    "bring-back-code": _code,
    "bring-back-busy": _busy,
    "bring-back-forged": _forged,
}
"""They fill the window by themselves."""
