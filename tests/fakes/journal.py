"""A journal in memory, for pictures and for tests of its page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from carekraft_desktop.domain.trail import Report
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.journal import Proof
from carekraft_desktop.store.journal import Entry, Sieve
from tests.fakes.office import at

NAMES = {"staff-1": "Rosa Alvarez", "staff-2": "Kofi Boateng"}


def entry(clock: str, staff: str, action: str, about: str = "", **more: str) -> Entry:
    """One of this morning."""
    return Entry(at(clock), staff, "ws-1", action, about, **more)


MORNING = (
    entry("07:58", "staff-1", "access.unlock"),
    entry("08:02", "staff-1", "visit.open", "019d5b02-9d6c-7717"),
    entry("08:02", "staff-1", "patient.reveal", "019d5b02-9d6c-7717", detail="contact"),
    entry("08:03", "staff-1", "visit.accept", "019d5b02-9d6c-7717"),
    entry("08:03", "", "visit.applied", "019d5b02-9d6c-7717", detail="accept"),
    entry("08:40", "staff-2", "patient.reveal", "019d5b11-20aa-7c01", outcome="denied"),
    entry("08:41", "", "patient.erased", "019d5b11-20aa-7c01", detail="withdrawn"),
    entry("09:10", "staff-2", "reply.begin", "r-14"),
    entry("09:12", "staff-1", "print.day-sheet", detail="38"),
)


@dataclass
class FakeJournal:
    """Sifts like the real one; what a proof finds can be set."""

    entries: tuple[Entry, ...] = MORNING
    first_wrong: int | None = None
    report: Report = field(default_factory=lambda: Report(9, key=bytes(32), made_by="staff-1"))
    asked: list[Sieve] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    looks: int = 0

    sieve = staticmethod(Sieve)

    def opened(self, _desk: Desk) -> tuple[str, ...]:
        """Who occurs."""
        self.looks += 1
        return tuple({each.staff for each in self.entries if each.staff})

    def page(self, _desk: Desk, sieve: Sieve, *, before: int, most: int) -> list[tuple[int, Entry]]:
        """The newest first."""
        self.asked.append(sieve)
        numbered = [(n, each) for n, each in enumerate(self.entries, 1) if self._fits(sieve, each)]
        found = [(n, each) for n, each in reversed(numbered) if not before or n < before]
        return found[:most]

    @staticmethod
    def _fits(sieve: Sieve, each: Entry) -> bool:
        return (
            each.at >= sieve.since
            and sieve.staff in ("", each.staff)
            and sieve.subject in ("", each.action.partition(".")[0])
            and each.object.startswith(sieve.about)
            and (not sieve.refused or each.outcome == "denied")
        )

    def proof(self, _desk: Desk) -> Proof:
        """As it was set."""
        return Proof(len(self.entries), self.first_wrong)

    def export(
        self, _desk: Desk, place: Path, _told: Callable[[int, int], None], _again: object
    ) -> Report:
        """As it was set."""
        self.written.append(place)
        return self.report
