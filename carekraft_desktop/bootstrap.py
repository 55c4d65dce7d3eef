"""The composition root: settings in, a working program out.

What is slow to import (SQLAlchemy, requests, keyring, cryptography) waits until somebody
unlocks or sets up, so that the first window does not wait for it.
"""

from __future__ import annotations

import logging
import os
import threading
from enum import StrEnum
from typing import TYPE_CHECKING

from carekraft_desktop.claim import Claim
from carekraft_desktop.config import Folders, Settings, find_folders, read_settings, write_settings
from carekraft_desktop.errors import NoOffice, NotPermitted
from carekraft_desktop.logs import Log
from carekraft_desktop.machine import SystemClock, SystemIds
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carekraft_desktop.domain.emergencies import Reason
    from carekraft_desktop.domain.leaving import Cause
    from carekraft_desktop.domain.posture import Line
    from carekraft_desktop.domain.staff import Role, Staff
    from carekraft_desktop.ports import Clock, Ids, Vault
    from carekraft_desktop.security.people import Person
    from carekraft_desktop.services.access import SetUp
    from carekraft_desktop.services.access_review import Member
    from carekraft_desktop.services.admitting import Newcomer
    from carekraft_desktop.services.backup_making import Told
    from carekraft_desktop.services.backups_at_hand import Backups
    from carekraft_desktop.services.checkup import Finding
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.destroying import Ended
    from carekraft_desktop.services.leaving import Farewell
    from carekraft_desktop.services.new_machine import Answers, Moved
    from carekraft_desktop.services.opening import Opened
    from carekraft_desktop.services.retiring_at_hand import Retiring
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.services.workplace import Surroundings


_log = logging.getLogger(__name__)


LAST_WORD = 1.5
"""Seconds that the end of the program waits for its last word to leave."""
PATIENCE = 10.0
"""Seconds to wait for a sync that is being broken off, before its files are destroyed."""


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
        self._surroundings: Surroundings | None = None
        self._opened: Opened | None = None
        self._gone: threading.Event | None = None
        self._said: threading.Event | None = None
        self._lock: Claim | None = None
        self._log: Log | None = None
        self.capture: Callable[[], str] = lambda: "not-prevented"
        """Whether windows are kept out of pictures of the screen; a window tells."""

    @classmethod
    def start(cls, home: Path | None = None) -> Program:
        """A program over the folder that was chosen, or the system's usual one."""
        return cls(find_folders(home, os.environ))

    def claim(self) -> None:
        """Take the folder for this process, and begin to keep its log.

        Raises:
            AlreadyRunning: another process has it.
        """
        self._lock = Claim(self.folders.lock)
        self._log = Log(self.folders.logs)
        _log.info("start")
        if self.folders.ending.exists():
            self.finish_ending()

    def release(self) -> None:
        """Lock, and give the folder back."""
        self.lock()
        if self._said is not None:
            self._said.wait(LAST_WORD)
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
        from carekraft_desktop.services import workplace

        wiring.warm()
        return workplace.people(self._around())

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well, because there is no keyring."""
        from carekraft_desktop.services import workplace

        return workplace.needs_code(self._around())

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
        """Let a person in, or back behind the cover; slow, for a worker."""
        from carekraft_desktop.services import entering

        if self._opened is not None and self._opened.cover.drawn:
            return self._come_back(self._opened, staff_id, password, workstation_code)
        if self.folders.ending.exists():
            # Decided, and nobody saw the end of it: nobody works in a store that goes (REQ-98).
            self.finish_ending()
            raise NoOffice
        return self._take(
            entering.enter(
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

    def let_in(
        self, who: Newcomer, workstation_code: str = "", *, proof: StepUp | None = None
    ) -> Staff:
        """Let a colleague sign in here; slow, for a worker.

        Raises:
            AccessError: name or password are not taken.
            NotPermitted: nobody is signed in, or this person lets nobody in.
            PasswordAgain: there is no fresh proof.
        """
        from carekraft_desktop.services import admitting

        if self._opened is None:
            raise NotPermitted("locked")
        return admitting.let_in(
            self._around(), self._opened, who, proof=proof, workstation_code=workstation_code
        )

    def everybody(self, desk: Desk) -> tuple[Member, ...]:
        """Everybody who has a name here, and how they stand."""
        from carekraft_desktop.services import access_review

        return access_review.everybody(self._around(), desk)

    def sign_review(self, desk: Desk, proof: StepUp | None) -> None:
        """Sign how everybody stands."""
        from carekraft_desktop.services import access_review

        access_review.sign(self._around(), desk, proof)

    def renew(
        self,
        staff_id: str,
        password: str,
        roles: frozenset[Role],
        proof: StepUp | None,
        workstation_code: str = "",
    ) -> Staff:
        """Give a colleague a new password and roles; slow, for a worker."""
        from carekraft_desktop.services import admitting

        return admitting.renew(
            self._around(),
            self._open_office(),
            staff_id,
            password,
            roles,
            proof=proof,
            workstation_code=workstation_code,
        )

    def allow_again(self, staff_id: str, proof: StepUp | None) -> None:
        """Let a colleague who was locked out try again."""
        from carekraft_desktop.services import admitting

        admitting.allow_again(self._around(), self._open_office(), staff_id, proof=proof)

    def let_go(self, staff_id: str, cause: Cause, proof: StepUp | None) -> Farewell:
        """Take a colleague's way in away for good."""
        from carekraft_desktop.services import leaving

        return leaving.let_go(self._around(), self._open_office(), staff_id, cause, proof)

    def take_alarm(self) -> bool:
        """Whether many passwords did not fit just now (REQ-26); asked once."""
        return self._around().watch.take_alarm()

    def tell_of_tries(self) -> bool:
        """Tell the other workstations of it, with the office closed here; slow, for a worker."""
        from carekraft_desktop.services import slip

        return slip.spend(self._around())

    def settle_shut_out(self) -> None:
        """Close the way in of everybody whose sign-in a colleague ended elsewhere."""
        from carekraft_desktop.services import shutting

        shutting.settle(self._around(), self._open_office())

    def rotate(
        self, proof: StepUp | None, told: Callable[[int, int], None] = lambda *_: None
    ) -> None:
        """Give the store another key while it is in use; slow, for a worker."""
        from carekraft_desktop.domain.backups import Why
        from carekraft_desktop.domain.staff import Right
        from carekraft_desktop.services import rotation, step_up

        desk = self._open_office().desk
        if step_up.is_fresh(desk, proof) and desk.staff.may(Right.DISABLE_PEOPLE):
            self.backups.before(Why.ROTATION)
        rotation.rotate(self._around(), self._open_office(), proof, told)

    @property
    def backups(self) -> Backups:
        """Backups, restores and what else is done on the worst day."""
        from carekraft_desktop.services.backups_at_hand import Backups

        return Backups(lambda: self.around, lambda: self.settings.backup_folder, self._open_office)

    def move_in(self, place: Path, answers: Answers, told: Told) -> Moved:
        """Put a backup's office on this computer, which has none; slow, for a worker."""
        moved = self.backups.move_in(place, answers, told)
        self.settings = replace(read_settings(self.folders), exchange=moved.exchange)
        write_settings(self.folders, self.settings)
        return moved

    @property
    def around(self) -> Surroundings:
        """The machine, as use cases without an open office need it."""
        return self._around()

    def keep_backup_folder(self, folder: str) -> None:
        """Write down where backups go."""
        self.settings = replace(read_settings(self.folders), backup_folder=folder)
        write_settings(self.folders, self.settings)

    @property
    def retiring(self) -> Retiring:
        """Taking this workstation out of service."""
        from carekraft_desktop.services.retiring_at_hand import Retiring

        return Retiring(lambda: self.around, lambda: self.settings, self._open_office)

    def finish_ending(self) -> Ended:
        """Destroy what was decided; the office is closed first. Slow, for a worker.

        What cannot be finished now, because a file is held open, is finished by the next start.
        """
        from carekraft_desktop.services import destroying

        self.lock()
        self.wait_until_closed(PATIENCE)
        ended = destroying.finish(self.folders, self._around().vault)
        self.settings = read_settings(self.folders)
        _log.info("ended")
        return ended

    def check_recovery_key(self, typed: str, proof: StepUp | None) -> None:
        """Prove that the paper opens the store, and write that down."""
        from carekraft_desktop.services import drill

        drill.check(self._around(), self._open_office(), typed, proof)

    def new_recovery_key(self, proof: StepUp | None, workstation_code: str = "") -> str:
        """A new paper; the one before opens nothing any more."""
        from carekraft_desktop.domain.backups import Why
        from carekraft_desktop.services import drill

        text = drill.renew(
            self._around(), self._open_office(), proof, workstation_code=workstation_code
        )
        # The backups before open with the old paper only: there is one for the new paper at once.
        self.backups.before(Why.PAPER)
        return text

    def change_password(self, old: str, new: str, workstation_code: str = "") -> None:
        """One's own password; slow, for a worker."""
        from carekraft_desktop.services import admitting

        admitting.change_password(
            self._around(), self._open_office(), old, new, workstation_code=workstation_code
        )

    def confirmed(self) -> Opened:
        """The same office, with whoever sits there free to see patients if nothing is left."""
        from carekraft_desktop.services import attesting
        from carekraft_desktop.services.opening import Before

        opened = self._open_office()
        self._opened = replace(opened, desk=attesting.freed(opened.desk), before=Before())
        return self._opened

    def begin_emergency(self, reason: Reason, proof: StepUp | None) -> Opened:
        """The same office with whoever sits there seeing more, for an hour."""
        from carekraft_desktop.services import emergency
        from carekraft_desktop.services.opening import Before

        opened = self._open_office()
        seen = emergency.begin(opened.desk, reason, proof)
        self._opened = replace(opened, desk=seen, before=Before())
        return self._opened

    def end_emergency(self) -> Opened:
        """The same office, with the person as before."""
        from carekraft_desktop.services import emergency

        opened = self._open_office()
        self._opened = replace(opened, desk=emergency.end(opened.desk))
        return self._opened

    def _open_office(self) -> Opened:
        if self._opened is None:
            raise NotPermitted("locked")
        return self._opened

    def recover(self, recovery_key: str, staff_id: str, new_password: str) -> Opened:
        """Come in by the paper; slow, for a worker. A covered office is closed first."""
        from carekraft_desktop.services import access

        self.lock()

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

        return posture.outside(
            self._around(),
            idle_minutes=self.settings.idle_minutes,
            capture=self.capture(),
            backup_folder=self.settings.backup_folder,
        )

    def cover(self, cause: str, work: str = "") -> None:
        """Cover the office: the store stays open, and nothing is read for the screen.

        Call it in the thread that paints. `work` is what the person was doing.

        Raises:
            StoreError: it is covered, but nothing could be written.
        """
        from carekraft_desktop.services import covering

        if self._opened is not None and not self._opened.cover.drawn:
            covering.cover(self._opened, cause, work)
            _log.info("covered")

    @property
    def covered(self) -> bool:
        """Whether an office is open below the cover."""
        return self._opened is not None and self._opened.cover.drawn

    def may_use_pin(self) -> frozenset[str]:
        """Ids of those who come back by PIN; nobody where the office is closed."""
        from carekraft_desktop.services import covering

        opened = self._opened
        return covering.may_use_pin(opened) if opened is not None else frozenset()

    def closing(self, cause: str, work: str = "") -> None:
        """Write down why the office is about to be closed; call `lock` whatever comes of it.

        Raises:
            StoreError: it could not be written.
        """
        from carekraft_desktop.services import covering

        if self._opened is not None:
            covering.closing(self._opened, cause, work)

    def lock(self) -> None:
        """Close the store and wipe the keys; returns at once."""
        opened, self._opened = self._opened, None
        if opened is not None:
            self._gone = opened.gone
            self._said = opened.said
            opened.close()
            _log.info("locked")

    def wait_until_closed(self, seconds: float) -> bool:
        """Wait for a sync that is being broken off, which closes the store when it ends.

        Returns:
            Whether the keys are wiped.
        """
        until = self.clock.monotonic() + seconds
        closed = self._gone is None or self._gone.wait(seconds)
        if self._said is not None:
            # The word that it is locked leaves as well, as long as there is time.
            self._said.wait(max(0.0, until - self.clock.monotonic()))
        return closed

    def _come_back(self, opened: Opened, staff_id: str, typed: str, code: str) -> Opened:
        from carekraft_desktop.errors import Covered, PinsUsedUp
        from carekraft_desktop.services import covering

        try:
            back = covering.come_back(
                self._around(), opened, staff_id, typed, workstation_code=code
            )
        except PinsUsedUp:
            self.lock()
            raise
        if self._opened is not opened:
            raise Covered  # it was closed meanwhile: the computer went to sleep, say
        self._opened = back
        return back

    def _take(self, opened: Opened) -> Opened:
        self.lock()
        self._opened = opened.without_paper()
        if self._log is not None:
            with opened.unlocked.derive("log/v1") as key:
                self._log.use_key(key.content)
        _log.info("unlocked")
        return opened

    def _around(self) -> Surroundings:
        from carekraft_desktop.services.workplace import Surroundings

        if self._surroundings is None:
            if self._vault is None:
                from carekraft_desktop.security.vault import KeyringVault

                self._vault = KeyringVault()
            # One for the whole run: it knows since when whoever failed has been waiting.
            self._surroundings = Surroundings(self.folders, self.clock, self.ids, self._vault)
        return self._surroundings
