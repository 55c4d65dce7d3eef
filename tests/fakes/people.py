"""The people of an office in memory, for pictures and for tests of their page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.leaving import Cause, Chore
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters.people import Candidate
from carekraft_desktop.services.access_review import Member
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.leaving import Farewell
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.taken_along import Counted, Elsewhere
from carekraft_desktop.store.leaving import Leaving, Took
from carekraft_desktop.value import replace
from tests.fakes.office import at


def person(id_: str, name: str, display: str, *roles: str, waiting: bool = False) -> Member:
    """Somebody with a name here, who came in this morning."""
    return Member(id_, name, display, roles, False, waiting, at("08:02"), 0, ())


ELSEWHERE = (
    Elsewhere("Room 2", (Counted("printed", 3, date(2026, 11, 20)),)),
    Elsewhere("Laptop of the house calls", None),
)


@dataclass
class FakePeople:
    """Takes whoever comes, or refuses with what was set."""

    there: list[Member] = field(
        default_factory=lambda: [
            person("staff-1", "r.alvarez", "Rosa Alvarez", "front-desk", "privacy-officer"),
            replace(
                person("staff-2", "k.boateng", "Kofi Boateng", "front-desk", "reply-author"),
                failures=2,
                unconfirmed=(Subject.TRAINING,),
            ),
            replace(
                person("staff-3", "l.fischer", "Lena Fischer", "provider", waiting=True),
                last_seen=None,
                failures=10,
            ),
        ]
    )
    needs_code: bool = False
    refuses: CareKraftError | None = None
    came: list[Candidate] = field(default_factory=list)
    proofs: list[StepUp | None] = field(default_factory=list)
    did: list[tuple[object, ...]] = field(default_factory=list)
    gone: dict[str, Farewell] = field(default_factory=dict)

    def everybody(self, desk: Desk) -> tuple[Member, ...]:
        """Everybody."""
        del desk
        return tuple(self.there)

    def let_in(self, who: Candidate, proof: StepUp | None = None) -> Staff:
        """One more."""
        self._note(proof, "let-in", who.name)
        self.came.append(who)
        new = person(f"staff-{len(self.there) + 1}", who.name, who.display, *sorted(who.roles))
        self.there.append(new)
        return Staff(new.id, new.name, new.display, who.roles)

    def _note(self, proof: StepUp | None, *what: object) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.proofs.append(proof)
        self.did.append(what)

    def _put(self, staff_id: str, **change: object) -> Member:
        at_ = [each.id for each in self.there].index(staff_id)
        self.there[at_] = replace(self.there[at_], **change)
        return self.there[at_]

    def renew(
        self, staff_id: str, password: str, roles: frozenset[Role], proof: StepUp | None, code: str
    ) -> Staff:
        """Take it."""
        self._note(proof, "renew", staff_id, password, code)
        found = self._put(staff_id, roles=tuple(sorted(roles)), waiting=False, failures=0)
        return Staff(found.id, found.name, found.display, roles)

    def allow_again(self, staff_id: str, proof: StepUp | None) -> None:
        """Forget the failures."""
        self._note(proof, "again", staff_id)
        self._put(staff_id, failures=0)

    def let_go(self, staff_id: str, cause: Cause, proof: StepUp | None) -> Farewell:
        """Close the way in."""
        self._note(proof, "leave", staff_id, cause)
        self._put(staff_id, disabled=True)
        took = (
            Took(at("09:12"), "print.day-sheet", "18"),
            Took(at("16:40", -3), "print.calls", "7"),
        )
        leaving = Leaving(staff_id, at("09:46"), "staff-1", cause, None, frozenset())
        self.gone[staff_id] = Farewell(leaving, took, ELSEWHERE, 1, 2)
        return self.gone[staff_id]

    def farewell(self, desk: Desk, staff_id: str) -> Farewell:
        """How it stands."""
        del desk
        return self.gone[staff_id]

    def tick(self, desk: Desk, staff_id: str, chore: Chore, *, done: bool) -> Farewell:
        """Done, or not."""
        before = self.farewell(desk, staff_id)
        chores = before.leaving.done | {chore} if done else before.leaving.done - {chore}
        self.gone[staff_id] = replace(before, leaving=replace(before.leaving, done=chores))
        return self.gone[staff_id]

    def rotate(self, proof: StepUp | None, told: Callable[[int, int], None]) -> None:
        """At once."""
        self._note(proof, "rotate")
        told(1, 1)
        for staff_id, each in self.gone.items():
            leaving = replace(each.leaving, rotated_at=at("09:47"))
            self.gone[staff_id] = replace(each, leaving=leaving)
