"""Taking a workstation out of service, with the machine and the open office at hand (REQ-98)."""

from collections.abc import Callable
from pathlib import Path

from carekraft_desktop.config import Settings
from carekraft_desktop.domain.retiring import Outlook
from carekraft_desktop.services import retiring
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.retiring import Settled, Wish
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings


class Retiring:
    """Everything that a page or a command asks for; slow, for a worker."""

    def __init__(
        self,
        around: Callable[[], Surroundings],
        settings: Callable[[], Settings],
        opened: Callable[[], Opened],
    ) -> None:
        """`opened` raises where no office is open."""
        self._around, self._settings, self._opened = around, settings, opened

    def look(self) -> Outlook:
        """How it stands now."""
        return retiring.look(self._around(), self._opened(), self._settings().backup_folder)

    def settle(
        self,
        place: Path,
        proof: StepUp | None,
        *,
        backups_here: bool,
        untold: bool,
        told: Told = quiet,
    ) -> Settled:
        """Up to the point of no return; `Program.finish_ending` does the rest."""
        settings = self._settings()
        wish = Wish(place, backups_here, untold, settings.packet_folder)
        return retiring.settle(
            self._around(), self._opened(), settings.backup_folder, wish, proof, told
        )
