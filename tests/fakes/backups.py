"""Backups as a page hears of them, without a file."""

from collections.abc import Callable
from pathlib import Path

from carekraft_desktop.domain.backups import DAY, HOUR, Backup, Step, Why
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters.rescue import Typed
from carekraft_desktop.services.backup import Made
from carekraft_desktop.services.backup_shelf import Shelf
from carekraft_desktop.services.backups_at_hand import Overview
from carekraft_desktop.services.restore import Restored
from carekraft_desktop.services.restore_drill import Tried
from carekraft_desktop.services.salvage import Salvaged
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store.carrying import Carried
from carekraft_desktop.store.salvage import Saved
from tests.fakes.office import at

Told = Callable[[Step, int, int], None]
NOW = at("09:42")


def backup(hours: int, why: Why = Why.DUE, *, number: int = 1) -> Backup:
    """One that was made so many hours ago."""
    return Backup(
        id=f"backup-{number}",
        place=f"/backups/carekraft-{number}",
        made_at=NOW - hours * HOUR,
        why=why.value,
        program="0.1.0",
        schema=13,
        store="store-1",
        size=18_300_000 - number * 40_000,
        patients=4_120 - number,
        bookings=9_604 - 3 * number,
        entries=58_000,
    )


def several() -> tuple[Backup, ...]:
    """As an office has them after some weeks."""
    whys = (Why.DUE, Why.ASKED, Why.DUE, Why.ROTATION, Why.DUE, Why.PAPER, Why.DUE)
    hours = (2, 15, 27, 49, 73, 170, 400)
    return tuple(
        backup(hour, why, number=n) for n, (hour, why) in enumerate(zip(hours, whys, strict=True))
    )


class FakeBackups:
    """Implements `BackupUses` and `RescueUses`."""

    needs_code = False

    def __init__(
        self,
        there: tuple[Backup, ...] = (),
        *,
        own: bool = False,
        drilled: int = NOW - 9 * DAY,
        missing: tuple[str, ...] = (),
        damaged: tuple[str, ...] = (),
        refuses: CareKraftError | None = None,
    ) -> None:
        """`refuses`: what every attempt ends with."""
        self.there, self.refuses = there, refuses
        self._own, self._drilled = own, drilled
        self._missing, self._damaged = missing, damaged
        self.did: list[tuple[str, str]] = []

    def overview(self) -> Overview:
        """What there is."""
        folder = "/desk/copies" if self._own else "/mnt/second-disk/carekraft"
        other = frozenset({"backup-6"} if len(self.there) > 6 else set[str]())
        return Overview(self.shelf(""), folder, self._own, self._drilled, other)

    def shelf(self, extra: str) -> Shelf:
        """The same for a rescue."""
        if extra:
            self.did.append(("looked", extra))
        return Shelf(self.there, self._damaged, self._missing)

    def make(self, proof: StepUp | None, told: Told) -> Made:
        """One more."""
        del proof
        self._try("made", "")
        told(Step.COPY, 1, 1)
        made = backup(0, Why.ASKED, number=99)
        self.there = (made, *self.there)
        return Made(made)

    def choose(self, folder: str, proof: StepUp | None) -> None:
        """Another folder."""
        del proof
        self._try("chose", folder)
        self._own = not folder

    def try_restore(self, place: Path, password: str, code: str, told: Told) -> Tried:
        """A trial."""
        del password, code, told
        self._try("tried", place.name)
        self._drilled = NOW
        return Tried(self.there[0], 41, 4_120, 9_604, 58_000)

    def restore(self, place: Path, typed: Typed, told: Told) -> Restored:
        """In place."""
        del typed
        self._try("restored", place.name)
        told(Step.COPY, 3, 4)
        carried = Carried(failed=("ledger",))
        return Restored(self.there[0], Path("/aside"), carried, caught_up=True, to_look_at=2)

    def salvage(self, typed: Typed, told: Told) -> Salvaged:
        """What can be read."""
        told(Step.SALVAGE, 1, 1)
        self._try("salvaged", typed.staff_id)
        return Salvaged((Saved("journal", 58_000), Saved("ledger", 812, gaps=1)))

    def _try(self, what: str, about: str) -> None:
        self.did.append((what, about))
        if self.refuses is not None:
            raise self.refuses
