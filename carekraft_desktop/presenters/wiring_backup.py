"""Brings the pages about backups together with what they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from carekraft_desktop.domain.backups import DRILL_LATE, VERY_LATE, Freshness, freshness
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wording_backup as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.domain.backups import Step
    from carekraft_desktop.presenters.bring_back import Typed as BroughtBy
    from carekraft_desktop.presenters.rescue import Typed
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services.backup_shelf import Shelf
    from carekraft_desktop.services.new_machine import Inside, Moved
    from carekraft_desktop.services.opening import Opened
    from carekraft_desktop.services.proving import Way
    from carekraft_desktop.services.restore import Restored
    from carekraft_desktop.services.salvage import Salvaged


class CareAtHand:
    """What the program does by itself for one open office."""

    def __init__(self, program: Program, opened: Opened) -> None:
        """From its opening until it is locked."""
        from carekraft_desktop.services import page_check

        self._program, self._opened = program, opened
        self._pages = page_check.PageCheck(
            opened.desk.now(), at_once=page_check.is_large(program.around)
        )
        self._brought_at = opened.desk.now()

    def check_due(self) -> bool:
        """Whether every page is to be looked at."""
        return self._pages.is_due(self._opened.desk.now())

    def check(self) -> None:
        """Look at every page; slow."""
        self._pages.look(self._opened.store, self._opened.desk.now())

    def backup_due(self) -> bool:
        """Whether one is to be made, or an hour has passed since what waits was brought."""
        from carekraft_desktop.services import backup

        now = self._opened.desk.now()
        return backup.due(self._opened, now) or not 0 <= now - self._brought_at < 3600

    def turn(self) -> None:
        """Make it, or bring what waits; slow."""
        self._brought_at = self._opened.desk.now()
        self._program.backups.turn()


class RescueAtHand:
    """What can be done where the store does not open."""

    def __init__(self, program: Program) -> None:
        """With the office locked."""
        self._program = program

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        return self._program.needs_code

    def shelf(self, extra: str) -> Shelf:
        """Backups of this office, in the usual folders and in one that somebody named."""
        return self._program.backups.own_shelf(Path(extra) if extra else None)

    def restore(
        self, place: Path, typed: Typed, told: Callable[[Step, int, int], None]
    ) -> Restored:
        """Put one in place; slow."""
        return self._program.backups.restore(place, _way(typed), told)

    def salvage(self, typed: Typed, told: Callable[[Step, int, int], None]) -> Salvaged:
        """Save what can be read; slow."""
        return self._program.backups.salvage(_way(typed), told)


class BringBackAtHand:
    """What brings an office to a computer that has none."""

    def __init__(self, program: Program) -> None:
        """There is no office yet."""
        self._program = program

    def look(self, place: Path, paper: str) -> Inside:
        """What a backup says to the holder of the paper; slow."""
        return self._program.backups.look_into(place, paper)

    def bring(
        self, inside: Inside, typed: BroughtBy, told: Callable[[Step, int, int], None]
    ) -> Moved:
        """Put it in place; slow. The password is looked at first, so that nothing is half."""
        from carekraft_desktop.services.new_machine import Answers

        self._program.backups.check_password(inside, typed.person, typed.password)
        code, name = (typed.code.strip(), typed.name.strip()) if typed.has_code else ("", "")
        answers = Answers(typed.paper, typed.person, code, name)
        return self._program.move_in(Path(inside.backup.place), answers, told)

    def enter(self, typed: BroughtBy) -> Opened:
        """Let this person in by the same paper; slow."""
        return self._program.recover(typed.paper, typed.person, typed.password)

    def take_back(self) -> None:
        """Remove what was just put in place."""
        self._program.backups.take_back()


class ExportAtHand:
    """Handing data out."""

    def __init__(self) -> None:
        """Import it."""
        from carekraft_desktop.services import export

        self.export = export.export


def _way(typed: Typed) -> Way:
    from carekraft_desktop.services.proving import ByPaper, ByPassword

    if typed.recovery_key:
        return ByPaper(typed.recovery_key)
    return ByPassword(typed.staff_id, typed.password, typed.code)


def notice(opened: Opened) -> Words | None:
    """What the bar above the pages says of backups, to whoever looks after them."""
    from carekraft_desktop.store import backups

    desk = opened.desk
    if not desk.staff.may(Right.BACK_UP):
        return None
    now = desk.now()
    with desk.store.read() as unit:
        last, first = backups.newest(unit), backups.first_entry(unit)
        drilled = backups.last_drill(unit)
    stands = freshness(last, now)
    if stands is Freshness.NEVER and now - first < VERY_LATE:
        return None  # the office is two days old at most
    if stands in words.BAR:
        return words.BAR[stands]
    late = now - max(drilled, first) >= DRILL_LATE
    return words.DRILL_BAR if late else None
