"""What an open office does by itself: backups, the packet for a downtime, and its own end."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wiring, wiring_backup, wiring_incidents
from carekraft_desktop.presenters.backup_care import BackupCare
from carekraft_desktop.presenters.downtime import Downtime

if TYPE_CHECKING:
    from ui.open_office import OpenOffice


class Upkeep:
    """Of one open office."""

    def __init__(self, office: OpenOffice) -> None:
        """Nothing is begun before `look`."""
        self._office = office
        around, lent = office.around, office.lent
        self._downtime = Downtime(
            around.desk,
            lent.runner,
            paper=around.uses.paper,
            places=lambda: wiring.packet_places(lent.program, lent.preferences()),
            told=around.tell,
        )
        self._care = BackupCare(
            wiring_backup.CareAtHand(lent.program, office.opened),
            lent.copies,
            now=around.desk.now,
            told=around.tell,
            damaged=lambda: lent.rescue("store-damaged"),
        )

    def is_over(self) -> bool:
        """Whether this office was ended elsewhere: then it is locked now."""
        lent = self._office.lent
        with suppress(CareKraftError):
            why = wiring_incidents.ended_here(lent.program, self._office.opened)
            if why:
                lent.lock(why)
                return True
        return False

    def look(self) -> None:
        """A minute has passed: is something due?"""
        self._care.look()
        if self._office.around.shell.state.open:
            self._downtime.look()

    def leave(self) -> None:
        """It is being closed or handed over."""
        self._downtime.leave()
        self._care.leave()
