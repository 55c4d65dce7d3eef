"""Emergency access at the screen: its beginning, the sign over every page, and its end (REQ-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_errors, wording_own
from carekraft_desktop.presenters.pieces import Toast

if TYPE_CHECKING:
    from carekraft_desktop.domain.emergencies import Reason
    from carekraft_desktop.services.step_up import StepUp
    from ui.open_office import OpenOffice


class Glass:
    """Whoever sits here may look at everything for an hour, and changes nothing."""

    def __init__(self, office: OpenOffice) -> None:
        """Nothing is shown until `show`."""
        self._office = office
        self._around, self._lent = office.around, office.lent

    def show(self) -> None:
        """The sign, if this is an emergency."""
        staff = self._around.desk.staff
        if not staff.emergency:
            return
        glass = self._office.frame.glass
        glass.say(
            wording_own.GLASS_ON.format(at=self._around.when().clock(staff.emergency_until)),
            wording_own.GLASS_ON_ADVICE,
            tone="warn",
            icon_name="triangle-alert",
            action=wording_own.GLASS_END,
        )
        glass.button.clicked.connect(self._end)
        self._around.timers.after(staff.emergency_until - self._around.desk.now(), self._end)

    def break_it(self, reason: Reason, proof: StepUp | None) -> None:
        """Begin."""
        try:
            opened = self._around.program.begin_emergency(reason, proof)
        except CareKraftError as error:
            self._around.tell(Toast(wording_errors.of_error(error).title))
            return
        self._lent.reseat(opened)

    def _end(self) -> None:
        try:
            opened = self._around.program.end_emergency()
        except CareKraftError:
            # Over it is in any case: the services below refuse from now on.
            self._lent.lock("idle")
            return
        self._lent.reseat(opened)
        self._around.tell(Toast(wording_own.GLASS_OVER))
