"""Makes the pages of what is kept and what patients ask, and privacy on the patient's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring, wiring_life, wording_asked, wording_held
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room

if TYPE_CHECKING:
    from carekraft_desktop.presenters.person import PersonPresenter
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services.desk import Desk
    from ui.around import Around
    from ui.pages.person import PersonPage
    from ui.rooms import Rooms


def furnish(rooms: Rooms, around: Around) -> None:
    """There are these pages."""
    rooms.add(Page.KEPT, lambda: _kept(around))
    rooms.add(Page.ASKED, lambda: _asked(around))


def notice(desk: Desk) -> Words | None:
    """What the bar above the pages says to whoever answers patients; None for nothing."""
    overdue, soon = wiring_life.pressing(desk)
    if overdue:
        return wording_asked.BANNER
    held = wiring_life.held(desk)
    if held:
        return wording_held.banner(held)
    return wording_asked.BANNER_SOON if soon else None


def _kept(around: Around) -> Room:
    from carekraft_desktop.presenters.kept import KeptPresenter
    from ui.pages.kept import KeptPage

    page = KeptPage(around.theme)
    presenter = KeptPresenter(
        around.desk,
        page.show_state,
        kept=wiring_life.KeptAtHand(),
        names=wiring.names(around.program),
        when=around.when(),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _asked(around: Around) -> Room:
    from carekraft_desktop.presenters.asked import AskedPresenter
    from carekraft_desktop.presenters.letters import Letters
    from ui.pages.asked import AskedPage
    from ui.printing import PaperPrinter, pdf

    page = AskedPage(around.theme)
    presenter = AskedPresenter(
        around.desk,
        page.show_state,
        asked=wiring_life.AskedAtHand(),
        letters=Letters(around.uses.office, wiring_life.official, around.when),
        printer=PaperPrinter(page),
        pdf=pdf,
        names=wiring.names(around.program),
        told=around.tell,
        when=around.when(),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def privacy(around: Around, page: PersonPage, person: PersonPresenter) -> None:
    """Privacy on the patient's card, which it follows from patient to patient."""
    from carekraft_desktop.presenters.on_file import OnFilePresenter
    from carekraft_desktop.presenters.privacy import PrivacyPresenter

    presenter = PrivacyPresenter(
        around.desk,
        page.privacy.show_state,
        privacy=wiring_life.PrivacyAtHand(),
        told=around.tell,
        changed=person.refresh,
        again=around.again,
    )
    on_file = OnFilePresenter(
        around.desk,
        page.privacy.on_file.show_state,
        on_file=wiring_life.OnFileAtHand(),
        told=around.tell,
        changed=person.refresh,
    )
    page.bind_privacy(presenter, on_file)
