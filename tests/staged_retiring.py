"""The page on which a computer is taken out of service, for pictures and for tests of the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.backups import DAY, Step
from carekraft_desktop.domain.retiring import (
    Certificate,
    Key,
    KeyKind,
    Obstacle,
    Outlook,
    Stays,
    Told,
)
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import CareKraftError, Offline
from carekraft_desktop.presenters.ended import EndedPresenter
from carekraft_desktop.presenters.retiring import RetiringPresenter
from carekraft_desktop.presenters.shell import Page, Screen
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.services.destroying import Ended
from carekraft_desktop.services.retiring import Settled
from carekraft_desktop.services.step_up import StepUp
from tests.fakes.backups import NOW
from tests.fakes.office import WHEN
from tests.fakes.timers import FakeTimers
from tests.staged_officer import officer
from ui.pages.ended import EndedPage
from ui.pages.retiring import RetiringPage
from ui.theme import Theme

_FOLDER = "/mnt/second-disk/carekraft"
HERE = tuple(Stays(f"b-{n}", NOW - n * DAY, "/desk/copies", "2026-12-24") for n in (0, 1))
ELSEWHERE = tuple(Stays(f"b-{n}", NOW - n * DAY, _FOLDER, f"2026-12-{24 - n}") for n in (0, 1, 2))
FREE = Outlook((), HERE, ELSEWHERE, open_requests=2, open_incidents=1, people=4)
IN_THE_WAY = Outlook(
    (
        (Obstacle.UNSENT, 3),
        (Obstacle.UNSENT_REFERRALS, 1),
        (Obstacle.HOLDS, 2),
        (Obstacle.BACKUP, 1),
    ),
    HERE,
    (),
    people=4,
)
CERTIFICATE = Certificate(
    at=NOW,
    person="staff-1",
    display="Rosa Alvarez",
    device="device-1",
    name="Front desk 1",
    told=Told.TOLD,
    keys=(Key(KeyKind.DATA, "store-1/generation-2"), Key(KeyKind.PAPER, "AAAA-BBBB")),
    destroyed=("key-file", "store", "backup:b-0"),
    stays=ELSEWHERE[:1],
)


class FakeRetiring:
    """Implements `RetiringUses`."""

    def __init__(self, found: Outlook, refuses: CareKraftError | None = None) -> None:
        """`refuses`: what every attempt ends with."""
        self.found, self.refuses = found, refuses
        self.did: list[tuple[str, object]] = []

    def look(self) -> Outlook:
        """How it stands."""
        return self.found

    def settle(
        self,
        place: Path,
        proof: StepUp | None,
        *,
        backups_here: bool,
        untold: bool,
        told: Callable[[Step, int, int], None],
    ) -> Settled:
        """Decided."""
        del proof
        told(Step.COPY, 1, 1)
        self.did.append(("settled", (place.name, backups_here, untold)))
        if self.refuses is not None and not untold:
            raise self.refuses
        return Settled(CERTIFICATE, place)


def staged_retiring(
    theme: Theme, fake: FakeRetiring, role: Role = Role.PRIVACY_OFFICER
) -> tuple[RetiringPage, RetiringPresenter]:
    """A page with its presenter, filled."""
    page = RetiringPage(theme)
    presenter = RetiringPresenter(
        officer(role),
        page.show_state,
        retiring=fake,
        runner=InlineRunner(),
        timers=FakeTimers(),
        when=WHEN,
        go_to=lambda page: fake.did.append(("went", page)),
        settled=lambda settled: fake.did.append(("ended", settled.place.name)),
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def staged_ended(theme: Theme, *left: str) -> EndedPage:
    """The last page."""
    page = EndedPage(theme)
    place = Path("/mnt/stick/certificate-of-destruction.jsonl")
    EndedPresenter(
        Settled(CERTIFICATE, place),
        lambda: Ended(str(place), left),
        InlineRunner(),
        page.show_state,
    ).begin()
    return page


def _free(theme: Theme) -> tuple[RetiringPage, RetiringPresenter]:
    return staged_retiring(theme, FakeRetiring(FREE))


def _in_the_way(theme: Theme) -> tuple[RetiringPage, RetiringPresenter]:
    return staged_retiring(theme, FakeRetiring(IN_THE_WAY))


def _asking(theme: Theme) -> tuple[RetiringPage, RetiringPresenter]:
    page, presenter = _free(theme)
    presenter.ask("/mnt/stick/certificate-of-destruction.jsonl")
    return page, presenter


def _offline(theme: Theme) -> tuple[RetiringPage, RetiringPresenter]:
    page, presenter = staged_retiring(theme, FakeRetiring(FREE, Offline()))
    presenter.ask("/mnt/stick/certificate-of-destruction.jsonl")
    presenter.destroy()
    return page, presenter


def _denied(theme: Theme) -> tuple[RetiringPage, RetiringPresenter]:
    return staged_retiring(theme, FakeRetiring(FREE), Role.IT_ADMINISTRATOR)


Maker = Callable[[Theme], tuple[QWidget, Screen]]
SCENES: dict[str, tuple[Page, Maker]] = {
    "retire": (Page.RETIRE, _free),
    "retire-in-the-way": (Page.RETIRE, _in_the_way),
    "retire-asking": (Page.RETIRE, _asking),
    "retire-offline": (Page.RETIRE, _offline),
    "retire-denied": (Page.RETIRE, _denied),
}
ALONE: dict[str, Callable[[Theme], QWidget]] = {
    "ended": staged_ended,
    "ended-left": lambda theme: staged_ended(theme, "keyring", "rest"),
}
"""They fill the window by themselves."""
