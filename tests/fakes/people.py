"""The people of an office in memory, for pictures and for tests of their page."""

from dataclasses import dataclass, field

from carekraft_desktop.domain.staff import Staff
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters.people import Candidate
from carekraft_desktop.security.people import Person
from carekraft_desktop.services.step_up import StepUp


def person(id_: str, name: str, display: str, *roles: str, waiting: bool = False) -> Person:
    """Somebody with a name here."""
    return Person(id=id_, name=name, display=display, roles=roles, disabled=False, waiting=waiting)


@dataclass
class FakePeople:
    """Takes whoever comes, or refuses with what was set."""

    there: list[Person] = field(
        default_factory=lambda: [
            person("staff-1", "r.alvarez", "Rosa Alvarez", "front-desk", "privacy-officer"),
            person("staff-2", "k.boateng", "Kofi Boateng", "front-desk", "reply-author"),
            person("staff-3", "l.fischer", "Lena Fischer", "provider", waiting=True),
        ]
    )
    needs_code: bool = False
    refuses: CareKraftError | None = None
    came: list[Candidate] = field(default_factory=list)
    proofs: list[StepUp | None] = field(default_factory=list)

    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return tuple(self.there)

    def let_in(self, who: Candidate, proof: StepUp | None = None) -> Staff:
        """One more."""
        self.proofs.append(proof)
        if self.refuses is not None:
            raise self.refuses
        self.came.append(who)
        new = person(f"staff-{len(self.there) + 1}", who.name, who.display, *sorted(who.roles))
        self.there.append(new)
        return Staff(new.id, new.name, new.display, who.roles)
