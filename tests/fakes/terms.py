"""Terms, agreements and support in memory, for pictures and for tests of their page."""

# ruff: noqa: ARG002 - the shape is the services'

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.terms import Terms
from carekraft_desktop.errors import PartnerUnclear
from carekraft_desktop.services.agreements import Agreement
from carekraft_desktop.services.terms import Shown
from tests.fakes.office import at

if TYPE_CHECKING:
    from carekraft_desktop.services.desk import Desk

FIRST = Terms("2026-1", "Privacy policy", date(2026, 1, 1), at("08:00", -300), ())
SECOND = Terms(
    "2027-1",
    "Privacy policy",
    date(2027, 1, 1),
    at("08:00"),
    (
        "Offices are told within one day when a patient takes a permission back.",
        "A list of everybody who processes data for CareKraft is published.",
    ),
)


@dataclass
class FakeTerms:
    """Implements `presenters.terms.TermsUses`."""

    versions: tuple[Terms, ...] = (SECOND, FIRST)
    confirmed: list[str] = field(default_factory=list)
    partners: list[Agreement] = field(
        default_factory=lambda: [
            Agreement(
                "Lakeside Computers", "Computers", None, "staff-1", at("09:00", -90), over=False
            ),
            Agreement(
                "Paper Mill",
                "Shredding",
                date(2026, 6, 30),
                "staff-1",
                at("09:00", -200),
                over=True,
            ),
        ]
    )
    written: list[tuple[str, Path]] = field(default_factory=list)

    def shown(self, desk: "Desk") -> Shown:
        """The versions."""
        mine = desk.staff.id in self.confirmed or not self.versions
        return Shown(
            self.versions,
            "2026-1",
            mine,
            bool(self.versions) and not self.confirmed,
            tuple(self.confirmed),
        )

    def confirm(self, desk: "Desk", subject: Subject) -> None:
        """The newest."""
        self.confirmed.append(desk.staff.id)

    def agreements(self, desk: "Desk") -> tuple[Agreement, ...]:
        """Those on file."""
        return tuple(self.partners)

    def record(self, desk: "Desk", name: str, does: str, until: str) -> None:
        """One more."""
        if not name:
            raise PartnerUnclear("name")
        self.partners.append(Agreement(name, does, None, "staff-1", desk.now(), over=False))

    def export_training(self, desk: "Desk", place: Path) -> int:
        """Three."""
        self.written.append(("training", place))
        return 3

    def bundle(self, desk: "Desk") -> str:
        """Short."""
        return '{\n  "counts": {\n    "booking": 412\n  },\n  "program": "0.1.0"\n}\n'

    def write_bundle(self, text: str, place: Path) -> None:
        """Keep it."""
        self.written.append((text, place))
