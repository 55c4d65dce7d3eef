"""The weekly review and the posture in memory, for pictures and for tests of their pages."""

# ruff: noqa: ARG002 - the shape is the services'

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from carekraft_desktop.domain.posture import Line, Standing
from carekraft_desktop.domain.weekly import WEEK, Finding, Kind
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.services.weekly import Report, Week
from carekraft_desktop.store.weekly import Signature

if TYPE_CHECKING:
    from carekraft_desktop.services.desk import Desk

MONDAY = int(datetime(2026, 11, 2, 6, tzinfo=UTC).timestamp())
NAMES = {"staff-1": "Rosa Alvarez", "staff-2": "Kofi Boateng"}
HOUR = 3_600


def busy_week() -> tuple[Finding, ...]:
    """A week in which something of everything stood out."""
    day = 24 * HOUR
    return (
        Finding(Kind.SURNAME, "staff-2", MONDAY + 9 * HOUR, 1, 41, "p-1", "patient.open"),
        Finding(Kind.MANY, "staff-2", MONDAY + day + 10 * HOUR, 63, 90, "", "visit.open"),
        Finding(Kind.AFTER_HOURS, "staff-1", MONDAY + day + 15 * HOUR, 4, 210, "", "visit.open"),
        Finding(Kind.DENIED, "staff-2", MONDAY + 2 * day, 2, 300, "", "journal.open"),
        Finding(Kind.TAKEN, "staff-1", MONDAY + 3 * day, 1, 340, "", "print.day-sheet"),
    )


@dataclass
class FakeWeekly:
    """Three weeks; the oldest is overdue, the newest is signed where that was set."""

    found: tuple[Finding, ...] = field(default_factory=busy_week)
    signed: dict[int, Signature] = field(default_factory=dict)
    number: int = 3
    refuses: CareKraftError | None = None
    read: list[int] = field(default_factory=list)

    def weeks(self, desk: "Desk") -> tuple[Week, ...]:
        """The newest first."""
        found = []
        for n in range(self.number):
            start = MONDAY + n * WEEK
            signature = self.signed.get(start)
            found.append(Week(start, start + WEEK, signature, n == 0 and signature is None))
        return tuple(reversed(found))

    def report(self, desk: "Desk", start: int) -> Report:
        """The same for each."""
        if self.refuses is not None:
            raise self.refuses
        self.read.append(start)
        week = next(each for each in self.weeks(desk) if each.start == start)
        return Report(week, self.found, {"p-1": "Ama Boateng"}, 1_204)

    def sign(self, desk: "Desk", start: int) -> Signature:
        """Once."""
        made = Signature(start, desk.staff.id, desk.now(), len(self.found), 1_204)
        self.signed[start] = made
        return made


STANDS: tuple[Line, ...] = (
    Line("version", Standing.PLAIN, "0.1.0"),
    Line("system", Standing.PLAIN, "Linux 6.1"),
    Line("cipher", Standing.GOOD, "SQLCipher 4.6.1 community, SQLite 3.46.1"),
    Line("derivation", Standing.GOOD, "Argon2id, 64 MiB, 3 passes, 4 lanes or more"),
    Line("fips", Standing.UNKNOWN, "not-asserted"),
    Line("keyring", Standing.GOOD, "keyring.backends.SecretService.Keyring"),
    Line("idle", Standing.GOOD, "5"),
    Line("people", Standing.GOOD, "front-desk:2 provider:1 privacy-officer:1"),
    Line("capture", Standing.PLAIN, "not-prevented"),
    Line("spool", Standing.PLAIN, "system"),
    Line("backup-place", Standing.ATTENTION, "own"),
    Line("destinations", Standing.PLAIN, "exchange.example.com, fhir.lakeside.example.com"),
    Line("backup", Standing.UNKNOWN, "not-recorded"),
    Line("restore-drill", Standing.UNKNOWN, "not-recorded"),
    Line("paper-drill", Standing.GOOD, "", MONDAY),
    Line("access-review", Standing.ATTENTION, "late", MONDAY),
    Line("rotation", Standing.UNKNOWN, "not-recorded"),
    Line("journal-proof", Standing.GOOD, "", MONDAY),
    Line("weekly-review", Standing.ATTENTION, "overdue", MONDAY),
    Line("papers", Standing.ATTENTION, "2"),
    Line("retention", Standing.GOOD, "privacy-officer", MONDAY),
    Line("holds", Standing.PLAIN, "2"),
    Line("requests", Standing.PLAIN, "3"),
    Line("requests-overdue", Standing.ATTENTION, "1"),
    Line("incidents", Standing.GOOD, "0"),
    Line("quarantine", Standing.GOOD, "0"),
    Line("agreement", Standing.GOOD, ""),
    Line("contact", Standing.PLAIN, "", MONDAY),
)


@dataclass
class FakePosture:
    """Stands like that."""

    stands: tuple[Line, ...] = STANDS
    refuses: CareKraftError | None = None

    def lines(self, desk: "Desk") -> tuple[Line, ...]:
        """Everything."""
        if self.refuses is not None:
            raise self.refuses
        return self.stands
