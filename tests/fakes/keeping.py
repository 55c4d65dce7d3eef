"""One's own way in, and access and keys, in memory; for pictures and for tests of their pages."""

from collections.abc import Callable
from dataclasses import dataclass, field

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.emergencies import Reason
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.services.access_review import QUARTER, Member
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.drill import EVERY
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store.emergencies import Emergency
from tests.fakes.office import at
from tests.fakes.people import FakePeople

PAPER = "7KQ2 M4XD 9WTA B6RN 3FHJ V8PC 2YSE K5GM D7QX"


@dataclass
class FakeOwn:
    """Does what is asked, or refuses with what was set."""

    pin: str = ""
    left: list[Subject] = field(default_factory=lambda: list(Subject))
    needs_code: bool = False
    refuses: CareKraftError | None = None
    did: list[tuple[object, ...]] = field(default_factory=list)

    def _may(self) -> None:
        if self.refuses is not None:
            raise self.refuses

    def have(self, desk: Desk) -> bool:
        """Whether one was chosen."""
        del desk
        return bool(self.pin)

    def choose(self, desk: Desk, proof: StepUp | None, pin: str) -> None:
        """Keep it."""
        del desk
        self._may()
        self.did.append(("pin", proof))
        self.pin = pin

    def give_up(self, desk: Desk) -> None:
        """Forget it."""
        del desk
        self.pin = ""

    def change_password(self, desk: Desk, old: str, new: str, code: str) -> None:
        """Take it."""
        del desk
        self._may()
        self.did.append(("password", old, new, code))

    def due(self, desk: Desk) -> tuple[Subject, ...]:
        """What is left."""
        del desk
        return tuple(self.left)

    def confirm(self, desk: Desk, subject: Subject) -> None:
        """Done."""
        del desk
        self.left.remove(subject)


@dataclass
class FakeAccess:
    """An office whose list was never looked through, with one emergency behind it."""

    review_every: int = QUARTER
    drill_every: int = EVERY
    needs_code: bool = False
    people: FakePeople = field(default_factory=FakePeople)
    reviewed: tuple[int, str] | None = None
    drilled: tuple[str, int] | None = None
    waiting: list[Emergency] = field(
        default_factory=lambda: [
            Emergency(
                "e1",
                "staff-2",
                Reason.CALL_FROM_HOSPITAL,
                at("17:40", -1),
                at("18:40", -1),
                None,
                "",
                None,
                3,
            )
        ]
    )
    refuses: CareKraftError | None = None
    first: bool = False
    rotated: int = 0

    def everybody(self, desk: Desk) -> tuple[Member, ...]:
        """The same people."""
        return self.people.everybody(desk)

    def last_review(self, desk: Desk) -> tuple[int, str] | None:
        """When and who."""
        del desk
        return self.reviewed

    def sign_review(self, desk: Desk, proof: StepUp | None) -> None:
        """Now."""
        del proof
        self.reviewed = desk.now(), desk.staff.id

    def copying(self, desk: Desk) -> bool:
        """As it was set."""
        del desk
        return self.first

    def let_copy(self, desk: Desk, proof: StepUp | None, *, on: bool) -> None:
        """Set it."""
        del desk, proof
        self.first = on

    def unsigned(self, desk: Desk) -> tuple[Emergency, ...]:
        """Those that wait."""
        del desk
        return tuple(self.waiting)

    def sign_emergency(self, desk: Desk, id_: str, proof: StepUp | None) -> None:
        """One less."""
        del desk, proof
        self.waiting = [each for each in self.waiting if each.id != id_]

    def last_drill(self, desk: Desk) -> tuple[str, int] | None:
        """Who and when."""
        del desk
        return self.drilled

    def check_paper(self, typed: str, proof: StepUp | None) -> None:
        """Whatever is typed is right, unless it is to be refused."""
        del typed, proof
        if self.refuses is not None:
            raise self.refuses
        self.drilled = "staff-1", at("09:46")

    def new_paper(self, proof: StepUp | None, code: str) -> str:
        """Always the same."""
        del proof, code
        self.drilled = None
        return PAPER

    def rotate(self, proof: StepUp | None, told: Callable[[int, int], None]) -> None:
        """At once."""
        del proof
        told(1, 1)
        self.rotated += 1
