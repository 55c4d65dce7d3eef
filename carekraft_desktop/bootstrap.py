"""The composition root: settings in, a working program out.

What is slow to import (SQLAlchemy, requests, keyring, cryptography) waits until somebody
unlocks or sets up, so that the first window does not wait for it.
"""

from __future__ import annotations

import gc
import logging
import os
from enum import StrEnum
from typing import TYPE_CHECKING

from carekraft_desktop.claim import Claim
from carekraft_desktop.config import Folders, Settings, find_folders, read_settings, write_settings
from carekraft_desktop.errors import NotPermitted
from carekraft_desktop.logs import Log
from carekraft_desktop.machine import SystemClock, SystemIds
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from pathlib import Path

    from carekraft_desktop.domain.posture import Line
    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.ports import Clock, Ids, Vault
    from carekraft_desktop.security.people import Person
    from carekraft_desktop.services.access import Newcomer, Opened, SetUp, Surroundings
    from carekraft_desktop.services.checkup import Finding
    from carekraft_desktop.services.step_up import StepUp


_log = logging.getLogger(__name__)


COLLECT_AFTER = 20_000
"""New objects after which Python looks for cycles. Its own 700 is reached several times by one
screen of a large office, each time for nothing: rows and values hold no cycles."""


def calm_collector() -> None:
    """Look for cycles less often."""
    gc.set_threshold(COLLECT_AFTER, 10, 10)


class Standing(StrEnum):
    """What the first page has to offer."""

    NEEDS_SET_UP = "needs-set-up"
    LOCKED = "locked"


class Program:
    """One running program: its folder, its settings, and the office once it is unlocked."""

    def __init__(
        self,
        folders: Folders,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
        ids: Ids | None = None,
        vault: Vault | None = None,
    ) -> None:
        """Parts that are not given are the machine's own."""
        self.folders = folders
        self.settings = settings or read_settings(folders)
        self.clock: Clock = clock or SystemClock()
        self.ids: Ids = ids or SystemIds()
        self._vault = vault
        self._opened: Opened | None = None
        self._lock: Claim | None = None
        self._log: Log | None = None

    @classmethod
    def start(cls, home: Path | None = None) -> Program:
        """A program over the folder that was chosen, or the system's usual one."""
        calm_collector()
        return cls(find_folders(home, os.environ))

    def claim(self) -> None:
        """Take the folder for this process, and begin to keep its log.

        Raises:
            AlreadyRunning: another process has it.
        """
        self._lock = Claim(self.folders.lock)
        self._log = Log(self.folders.logs)
        _log.info("start")

    def release(self) -> None:
        """Lock, and give the folder back."""
        self.lock()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self._log is not None:
            _log.info("end")
            self._log.stop()
            self._log = None

    def standing(self) -> Standing:
        """Whether there is an office here; cheap."""
        return Standing.LOCKED if self.folders.office.exists() else Standing.NEEDS_SET_UP

    def people(self) -> tuple[Person, ...]:
        """Who may sign in here, for the unlock page; loads what comes after it on the way."""
        from carekraft_desktop.presenters import wiring
        from carekraft_desktop.services import access

        wiring.load()
        return access.people(self._around())

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well, because there is no keyring."""
        from carekraft_desktop.services import access

        return access.needs_code(self._around())

    def set_up(self, answers: SetUp) -> Opened:
        """Enrol and make keys and store; slow, for a worker."""
        from carekraft_desktop.services import access

        opened = access.set_up(self._around(), answers)
        self.settings = replace(read_settings(self.folders), exchange=answers.exchange)
        write_settings(self.folders, self.settings)
        return self._take(opened)

    def unlock(
        self,
        staff_id: str,
        password: str,
        workstation_code: str = "",
        *,
        accept_older: bool = False,
    ) -> Opened:
        """Let a person in; slow, for a worker."""
        from carekraft_desktop.services import access

        return self._take(
            access.unlock(
                self._around(),
                staff_id,
                password,
                workstation_code=workstation_code,
                accept_older=accept_older,
            )
        )

    def confirm(self, staff_id: str, password: str, workstation_code: str = "") -> StepUp:
        """Prove once more who somebody is; slow, for a worker."""
        from carekraft_desktop.services import access

        return access.confirm(self._around(), staff_id, password, workstation_code=workstation_code)

    def let_in(self, who: Newcomer, workstation_code: str = "") -> Staff:
        """Let a colleague sign in here; slow, for a worker.

        Raises:
            AccessError: name or password are not taken.
            NotPermitted: nobody is signed in, or this person lets nobody in.
        """
        from carekraft_desktop.services import access

        if self._opened is None:
            raise NotPermitted("locked")
        return access.let_in(self._around(), self._opened, who, workstation_code=workstation_code)

    def recover(self, recovery_key: str, staff_id: str, new_password: str) -> Opened:
        """Come in by the paper; slow, for a worker."""
        from carekraft_desktop.services import access

        return self._take(
            access.recover(
                self._around(), recovery_key, staff_id=staff_id, new_password=new_password
            )
        )

    def examine(self) -> tuple[Finding, ...]:
        """Check this installation, without anybody's password; slow."""
        from carekraft_desktop.services import checkup

        return checkup.examine(self._around(), exchange=self.settings.exchange)

    def stands(self) -> tuple[Line, ...]:
        """How this installation stands, as far as it shows without a password; slow."""
        from carekraft_desktop.services import posture

        return posture.outside(self._around(), idle_minutes=self.settings.idle_minutes)

    def lock(self) -> None:
        """Close the store and wipe the keys; returns at once."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()
            _log.info("locked")

    def _take(self, opened: Opened) -> Opened:
        self.lock()
        self._opened = opened
        if self._log is not None:
            with opened.unlocked.derive("log/v1") as key:
                self._log.use_key(key.content)
        _log.info("unlocked")
        return opened

    def _around(self) -> Surroundings:
        from carekraft_desktop.services.access import Surroundings

        if self._vault is None:
            from carekraft_desktop.security.vault import KeyringVault

            self._vault = KeyringVault()
        return Surroundings(self.folders, self.clock, self.ids, self._vault)
