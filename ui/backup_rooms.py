"""The pages about copies, backups and files that are handed out, made when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring_backup
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room

if TYPE_CHECKING:
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services.opening import Opened
    from ui.open_office import OpenOffice


def furnish(office: OpenOffice) -> None:
    """There are these pages."""
    office.frame.rooms.add(Page.BACKUPS, lambda: _backups(office))
    office.frame.rooms.add(Page.EXPORT, lambda: _export(office))


def notice(opened: Opened) -> Words | None:
    """What the bar above the pages says to whoever looks after backups."""
    return wiring_backup.notice(opened)


def _backups(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.backups import BackupsPresenter
    from ui.pages.backups import BackupsPage

    around = office.around
    page = BackupsPage(around.theme)
    presenter = BackupsPresenter(
        around.desk,
        page.show_state,
        backups=around.program.backups,
        runner=around.runner,
        copies=around.copies,
        timers=around.timers,
        when=around.when(),
        needs_code=lambda: around.program.needs_code,
        keep_folder=around.program.keep_backup_folder,
        restore=lambda place: office.lent.rescue("asked", place),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _export(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.export import ExportPresenter
    from ui.pages.export import ExportPage

    around = office.around
    page = ExportPage(around.theme)
    presenter = ExportPresenter(
        around.desk,
        page.show_state,
        export=wiring_backup.ExportAtHand(),
        runner=around.runner,
        when=around.when(),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)
