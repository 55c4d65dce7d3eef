"""An exercise: every step and every clock, in a store of its own, and nobody is contacted (REQ-105).

The exercise's store lies beside the office's, under a key that only this process has, and is gone
with it. It knows no exchange and no patient. Its clock can be put forward by days.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from carekraft_desktop.config import private_folder
from carekraft_desktop.domain.incidents import DRILL, Entered, File, Kind
from carekraft_desktop.domain.staff import Right, Role, Staff
from carekraft_desktop.ports import Clock
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand
from carekraft_desktop.services import incidents as files
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.journal import Journal
from carekraft_desktop.store.unit import Store
from carekraft_desktop.value import replace

SECOND = Staff("drill-second", "drill.second", "A second person", frozenset({Role.PROVIDER}))
"""Who signs in an exercise, so that one person can go through all of it."""
_INVENTED = 620
"""People whom the exercise is about, so that both counts of 500 are met."""


class Ahead:
    """A clock that can be put forward; implements `ports.Clock`."""

    def __init__(self, clock: Clock) -> None:
        """At first as late as `clock`."""
        self._clock = clock
        self.days = 0

    def now(self) -> datetime:
        """The time of the exercise."""
        return self._clock.now() + timedelta(days=self.days)

    def monotonic(self) -> float:
        """Goes on as it does outside."""
        return self._clock.monotonic() + self.days * 86_400.0


class Drill:
    """One exercise, from its beginning to its end."""

    def __init__(self, desk: Desk, folder: Path, kind: Kind) -> None:
        """Begin it.

        Args:
            desk: who exercises; only the office's name and zone are taken from its store.
            folder: where the exercise's store is made anew.
            kind: what goes wrong in it.

        Raises:
            NotPermitted: the role does not allow it.
            StoreError: the folder cannot be written.
        """
        desk.require(Right.KEEP_INCIDENTS, "incident.drill")
        self._real, self._folder = desk, folder
        self._clock = Ahead(desk.clock)
        shutil.rmtree(folder, ignore_errors=True)
        private_folder(folder)
        with Secret.random() as key, expand(key, "carekraft anchor/v1") as code:
            anchor = Anchor(folder / "drill.anchor", bytes(code.content))
            self._store = Store.create(
                folder / "drill.store", key.content, anchor=anchor, store_id="drill"
            )
            journal = Journal(bytes(code.content), anchor.entries)
        self.desk = replace(desk, store=self._store, clock=self._clock, journal=journal)
        with desk.store.read() as unit:
            office = offices.office(unit)
        if office is not None:
            with self._store.write() as unit:
                offices.put_offices(unit, [office], force=True)
        self.file_id = files.open_one(self.desk, kind, about=DRILL).id
        files.put_down(self.desk, self.file_id, Entered.INDIVIDUALS, str(_INVENTED))
        files.put_down(self.desk, self.file_id, Entered.RESIDENTS, f"NY {_INVENTED - 12}, CO 12")
        with desk.store.write() as unit:
            desk.note(unit, "incident.drill", detail=f"begun:{kind.value}")

    @property
    def days(self) -> int:
        """How far its clock is ahead."""
        return self._clock.days

    @property
    def second(self) -> Desk:
        """The exercise's desk with the second person at it."""
        return replace(self.desk, staff=SECOND)

    def proof(self, staff: Staff | None = None) -> StepUp:
        """In an exercise nobody types a password: nothing is at stake."""
        return StepUp(staff or self.desk.staff, self.desk.now(), self._clock.monotonic())

    def file(self) -> File:
        """How it stands."""
        return files.read(self.desk, self.file_id)

    def forward(self, days: int) -> None:
        """Let days pass."""
        self._clock.days += max(0, days)

    def end(self) -> None:
        """Throw the exercise's store away and write down that there was one."""
        file = self.file()
        self.close()
        detail = f"ended:{file.kind.value}:{len(file.done())}:{self.days}"
        with self._real.store.write() as unit:
            self._real.note(unit, "incident.drill", detail=detail)

    def close(self) -> None:
        """Throw the exercise's store away; safe to call twice."""
        self._store.close()
        shutil.rmtree(self._folder, ignore_errors=True)
