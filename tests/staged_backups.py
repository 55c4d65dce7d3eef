"""The pages about backups and about the worst day, for pictures and for tests of the window."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.backups import Step
from carekraft_desktop.domain.exports import Wish
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import CareKraftError, CatchUpNeeded, DiskFull, PlaceLeaves
from carekraft_desktop.presenters.backups import BackupsPresenter
from carekraft_desktop.presenters.export import ExportPresenter
from carekraft_desktop.presenters.rescue import RescuePresenter, Way
from carekraft_desktop.presenters.shell import Page, Screen
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.wording_backup import progress
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.export import Exported
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.value import replace
from tests.fakes.backups import NOW, FakeBackups, backup, several
from tests.fakes.office import WHEN
from tests.fakes.timers import FakeTimers
from tests.staged_officer import officer
from ui.pages.backups import BackupsPage
from ui.pages.export import ExportPage
from ui.pages.rescue import RescuePage
from ui.theme import Theme

PACKET = "/desk/downtime"


def staged_backups(
    theme: Theme, backups: FakeBackups, role: Role = Role.PRIVACY_OFFICER
) -> tuple[BackupsPage, BackupsPresenter]:
    """A page with its presenter, filled."""
    page = BackupsPage(theme)
    desk = officer(role)
    presenter = BackupsPresenter(
        replace(desk, clock=_Fixed()),
        page.show_state,
        backups=backups,
        runner=InlineRunner(),
        copies=InlineRunner(),
        timers=FakeTimers(),
        when=WHEN,
        restore=lambda place: backups.did.append(("to-rescue", place)),
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


class _Fixed:
    """The moment from which the fakes count."""

    def now(self) -> datetime:
        return datetime.fromtimestamp(NOW, UTC)

    def monotonic(self) -> float:
        return 0.0


def staged_rescue(
    theme: Theme, backups: FakeBackups, why: str = "store-damaged", place: str = ""
) -> tuple[RescuePage, RescuePresenter]:
    """A page with its presenter, filled."""
    page = RescuePage(theme)
    presenter = RescuePresenter(
        backups,
        InlineRunner(),
        page.show_state,
        timers=FakeTimers(),
        when=WHEN,
        person=("staff-1", "Rosa Alvarez"),
        why=why,
        packet=PACKET,
        left=lambda: backups.did.append(("left", "")),
        place=place,
    )
    page.bind(presenter)
    presenter.begin()
    return page, presenter


def _full(theme: Theme) -> tuple[BackupsPage, BackupsPresenter]:
    return staged_backups(theme, FakeBackups(several()))


def _first(theme: Theme) -> tuple[BackupsPage, BackupsPresenter]:
    return staged_backups(theme, FakeBackups(own=True, drilled=0))


def _late(theme: Theme) -> tuple[BackupsPage, BackupsPresenter]:
    folders = ("/mnt/second-disk/carekraft",)
    fake = FakeBackups((backup(50),), missing=folders, damaged=("one",), refuses=DiskFull())
    page, presenter = staged_backups(theme, fake)
    presenter.make()
    return page, presenter


def _trying(theme: Theme) -> tuple[BackupsPage, BackupsPresenter]:
    page, presenter = _full(theme)
    presenter.ask_trial()
    return page, presenter


def _asking(theme: Theme) -> tuple[BackupsPage, BackupsPresenter]:
    page, presenter = _full(theme)
    presenter.make()
    presenter.ask_restore()
    return page, presenter


def _busy(theme: Theme) -> tuple[BackupsPage, BackupsPresenter]:
    page, presenter = _full(theme)
    page.show_state(replace(presenter.state, busy=progress(Step.COPY, 38, 100)))
    return page, presenter


def _denied(theme: Theme) -> tuple[BackupsPage, BackupsPresenter]:
    return staged_backups(theme, FakeBackups(), Role.FRONT_DESK)


class FakeExport:
    """Implements `ExportUses`."""

    def __init__(self, refuses: CareKraftError | None = None) -> None:
        self.refuses, self.wishes = refuses, list[tuple[Wish, Path]]()

    def export(self, desk: Desk, wish: Wish, folder: Path, proof: StepUp | None) -> Exported:
        del desk, proof
        self.wishes.append((wish, folder))
        if self.refuses is not None:
            raise self.refuses
        file = folder / "carekraft-20261124-3f2a9c11.zip"
        return Exported(file, "7K2M-QX9T-4HWB-ZP3C-86RD", 214, 187)


def staged_export(
    theme: Theme, export: FakeExport, role: Role = Role.PRIVACY_OFFICER
) -> tuple[ExportPage, ExportPresenter]:
    """A page with its presenter, filled."""
    page = ExportPage(theme)
    presenter = ExportPresenter(
        officer(role), page.show_state, export=export, runner=InlineRunner(), when=WHEN
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _export(theme: Theme) -> tuple[ExportPage, ExportPresenter]:
    page, presenter = staged_export(theme, FakeExport(PlaceLeaves("cloud")))
    page.recipient.put("Lakeside Audits")
    presenter.go(page.typed(), "/desk/OneDrive")
    return page, presenter


def _exported(theme: Theme) -> tuple[ExportPage, ExportPresenter]:
    page, presenter = staged_export(theme, FakeExport())
    presenter.go(page.typed(), "/desk/out")
    return page, presenter


def _export_denied(theme: Theme) -> tuple[ExportPage, ExportPresenter]:
    return staged_export(theme, FakeExport(), Role.IT_ADMINISTRATOR)


Maker = Callable[[Theme], tuple[QWidget, Screen]]
SCENES: dict[str, tuple[Page, Maker]] = {
    "backups": (Page.BACKUPS, _full),
    "backups-first": (Page.BACKUPS, _first),
    "backups-late": (Page.BACKUPS, _late),
    "backups-trial": (Page.BACKUPS, _trying),
    "backups-restore": (Page.BACKUPS, _asking),
    "backups-busy": (Page.BACKUPS, _busy),
    "backups-denied": (Page.BACKUPS, _denied),
    "export": (Page.EXPORT, _export),
    "exported": (Page.EXPORT, _exported),
    "export-denied": (Page.EXPORT, _export_denied),
}


def _damaged(theme: Theme) -> RescuePage:
    return staged_rescue(theme, FakeBackups(several()))[0]


def _nothing(theme: Theme) -> RescuePage:
    page, presenter = staged_rescue(theme, FakeBackups(refuses=CatchUpNeeded()))
    presenter.take(Way.SALVAGE)
    presenter.use_paper(on=True)
    presenter.go("", "", "typed")
    return page


def _on_paper(theme: Theme) -> RescuePage:
    page, presenter = staged_rescue(theme, FakeBackups(several()))
    presenter.take(Way.PAPER)
    return page


def _done(theme: Theme) -> RescuePage:
    page, presenter = staged_rescue(theme, FakeBackups(several()))
    presenter.go("typed", "", "")
    return page


def _asked(theme: Theme) -> RescuePage:
    page, presenter = staged_rescue(theme, FakeBackups(several()), "asked", "/backups/carekraft-2")
    busy = progress(Step.CATCH_UP, 4_000, 9_000)
    page.show_state(replace(presenter.state, busy=busy))
    return page


RESCUES: dict[str, Callable[[Theme], RescuePage]] = {
    "rescue": _damaged,
    "rescue-nothing": _nothing,
    "rescue-paper": _on_paper,
    "rescue-done": _done,
    "rescue-busy": _asked,
}
"""They fill the window by themselves."""
