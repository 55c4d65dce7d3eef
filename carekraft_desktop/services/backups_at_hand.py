"""Backups as the program has them: the machine, the chosen folder and the open office at hand."""

from collections.abc import Callable
from pathlib import Path

from carekraft_desktop.domain.backups import Why
from carekraft_desktop.errors import CareKraftError, StoreDamaged
from carekraft_desktop.security import backup_keys
from carekraft_desktop.services import (
    backup,
    backup_shelf,
    new_machine,
    restore,
    restore_drill,
    salvage,
    swap,
)
from carekraft_desktop.services.backup import Held, Made
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.backup_shelf import Shelf
from carekraft_desktop.services.new_machine import Answers, Inside, Moved
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.proving import ByPassword, Way
from carekraft_desktop.services.restore import Restored
from carekraft_desktop.services.restore_drill import Tried
from carekraft_desktop.services.salvage import Salvaged
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings, ring_of
from carekraft_desktop.store import holds
from carekraft_desktop.value import Value


class Overview(Value, frozen=True):
    """What the page about backups shows."""

    shelf: Shelf
    folder: str
    """The chosen folder, or this computer's own."""
    own: bool
    """Whether that is on the same disk as the store, in the program's own folder."""
    last_drill: int
    other_paper: frozenset[str]
    """Ids of backups that open with an earlier recovery key only."""


class Backups:
    """Everything about backups that a page or a command asks for; slow, for a worker."""

    def __init__(
        self,
        around: Callable[[], Surroundings],
        chosen: Callable[[], str],
        opened: Callable[[], Opened],
        held: Held = holds.any_live,
    ) -> None:
        """Make it.

        Args:
            around: the machine.
            chosen: the folder for backups as it is set now.
            opened: the open office; raises where there is none.
            held: whether something keeps every backup from going (REQ-83).
        """
        self._around, self._chosen, self._opened = around, chosen, opened
        self._held = held

    def shelf(self) -> Shelf:
        """What lies in the folders."""
        return backup_shelf.shelf(self.folders())

    def own_shelf(self, extra: Path | None) -> Shelf:
        """Backups of this computer's own store, also in a folder that somebody named."""
        folders = self.folders() if extra is None else (extra, extra.parent, *self.folders())
        found, store = backup_shelf.shelf(folders), ring_of(self._around()).store_id
        mine = tuple(each for each in found.backups if each.store == store)
        return Shelf(mine, found.damaged, found.missing)

    def folders(self) -> tuple[Path, ...]:
        """Where backups lie, the chosen folder first."""
        return backup.folders_of(self._around().folders, self._chosen())

    def overview(self) -> Overview:
        """Everything on the page; an office is open."""
        folders, shelf = self.folders(), self.shelf()
        ring = ring_of(self._around())
        mine = tuple(each for each in shelf.backups if each.store == ring.store_id)
        other = set()
        for each in mine:
            try:
                manifest = backup_shelf.manifest_in(Path(each.place))
            except CareKraftError:
                continue
            if not backup_keys.paper_fits(manifest, ring):
                other.add(each.id)
        return Overview(
            Shelf(mine, shelf.damaged, shelf.missing),
            str(folders[0]),
            len(folders) == 1,
            restore_drill.last(self._opened()),
            frozenset(other),
        )

    def make(self, proof: StepUp | None, told: Told = quiet) -> Made:
        """One that somebody asks for."""
        return backup.make(self._around(), self._opened(), self._chosen(), proof, told, self._held)

    def turn(self) -> Made | None:
        """What the program does by itself, from time to time; None where nothing was due."""
        around, opened, chosen = self._around(), self._opened(), self._chosen()
        now = opened.desk.now()
        with opened.store.read() as unit:
            held = self._held(unit)
        if not held:
            swap.expire(around.folders.office, now)
        if backup.due(opened, now):
            try:
                return backup.make_by_itself(around, opened, chosen, Why.DUE, self._held)
            except ValueError:
                if not opened.unlocked.key.is_wiped:
                    raise
                # Locked meanwhile: as for everything that comes to a closed store.
                raise StoreDamaged("closed") from None
        backup.bring_waiting(around, opened, chosen)
        return None

    def before(self, why: Why) -> Made | None:
        """Before something that reaches far; a failure is in the journal and stops nothing."""
        try:
            return backup.make_by_itself(
                self._around(), self._opened(), self._chosen(), why, self._held
            )
        except CareKraftError:
            return None

    def choose(self, folder: str, proof: StepUp | None) -> None:
        """Whether backups may go there from now on; write it into the settings after."""
        backup.choose(self._opened(), folder, proof)

    def restore(self, place: Path, way: Way, told: Told = quiet) -> Restored:
        """Put a backup in the store's place; no office is open."""
        return restore.restore(self._around(), place, way, told)

    def salvage(self, way: Way, told: Told = quiet) -> Salvaged:
        """Save what can be read of a damaged store; no office is open."""
        return salvage.save(self._around(), way, told)

    def try_restore(self, place: Path, password: str, code: str, told: Told = quiet) -> Tried:
        """A trial by whoever sits here."""
        opened = self._opened()
        way = ByPassword(opened.desk.staff.id, password, code)
        return restore_drill.try_restore(self._around(), opened, place, way, told)

    def look_into(self, place: Path, recovery_key: str) -> Inside:
        """What a backup says to the holder of the paper, for a computer without an office."""
        return new_machine.look_into(place, recovery_key)

    def check_password(self, inside: Inside, staff_id: str, password: str) -> None:
        """Whether this may become the person's password here."""
        new_machine.check_password(self._around(), inside, staff_id, password)

    def move_in(self, place: Path, answers: Answers, told: Told = quiet) -> Moved:
        """Put a backup's office on a computer that has none."""
        return new_machine.move_in(self._around(), place, answers, told)

    def take_back(self) -> None:
        """What was just put there goes again."""
        new_machine.take_back(self._around())
