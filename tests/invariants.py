"""What must hold of an office on any day of its life, whoever looks and whatever has happened.

Nothing withdrawn is visible, nothing held is destroyed, nothing goes without a record, nothing due
is kept after a night, every disclosure is in the accounting, and the journal's chain is whole.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Protocol

from carekraft_desktop.domain import Moment
from carekraft_desktop.services import (
    accounting,
    calls,
    disposal,
    find,
    journal,
    paper,
    persons,
    visits,
)
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import arrivals, records
from carekraft_desktop.store import holds as held
from carekraft_desktop.store import retention as retention_store
from carekraft_desktop.store.unit import Store
from tests.keeping import DAY


class Person(Protocol):
    """A patient, as the office should know them."""

    @property
    def id(self) -> str:
        """Their id."""
        ...

    @property
    def marks(self) -> tuple[str, ...]:
        """What nobody else has and what would give them away on a screen."""
        ...

    @property
    def ever(self) -> Collection[str]:
        """Every booking they ever had."""
        ...

    @property
    def withdrawn(self) -> bool:
        """They took everything back."""
        ...

    @property
    def told(self) -> int:
        """Disclosures outside that were recorded."""
        ...


Holds = Mapping[str, tuple[str, frozenset[str]]]
"""By hold: the patient it lies on, and the bookings that were there."""


def shown(desk: Desk, proof: StepUp, since: Moment, gone: Iterable[Person]) -> str:
    """All that screens, lists, search and paper can show, also to whoever looks for those gone."""
    now = desk.now()
    day = visits.day(desk, since - 40 * DAY, now + 40 * DAY)
    sheet = paper.day(desk, since - 40 * DAY, now + 40 * DAY, "all", proof)
    ids = {seen.entry.patient_id for seen in day if seen.entry.patient_id}
    cards = [persons.card(desk, patient_id) for patient_id in sorted(ids)]
    found = [find.find(desk, mark) for person in gone for mark in person.marks]
    lists = (calls.to_call(desk), paper.call_list(desk, proof))
    return repr((day, sheet, cards, found, lists))


def check(
    desk: Desk, store: Store, proof: StepUp, since: Moment, people: Collection[Person], holds: Holds
) -> None:
    """Ask for everything that must hold on any day."""
    withdrawn = [person for person in people if person.withdrawn]
    visible = shown(desk, proof, since, withdrawn)
    for person in withdrawn:
        assert not [mark for mark in person.marks if mark in visible], "withdrawn, and visible"
    with store.read() as unit:
        for patient_id, there in holds.values():
            assert held.on(unit, patient_id)
            live = {str(row["id"]) for row in records.of(unit, "booking", patient_id)}
            kept = {
                str(row["id"])
                for row in records.of(unit, "kept", patient_id)
                if row["kind"] == "booking"
            }
            assert there <= live | kept, "held, and destroyed"
        lines = {
            id_ for (id_,) in unit.rows("SELECT id FROM disposal_line WHERE outcome = 'disposed'")
        }
        # Also without anybody's identity a booking is there.
        live = {str(id_) for (id_,) in unit.rows("SELECT id FROM booking")}
        for person in people:
            kept = {str(row["id"]) for row in records.of(unit, "kept", person.id)}
            gone = set(person.ever) - live - kept
            buried = arrivals.buried(unit, [("booking", id_) for id_ in gone])
            without = {
                id_
                for id_ in gone - lines
                if ("booking", id_) not in buried and person.id not in lines
            }
            assert not without, "destroyed without a record"
    for person in people:
        report = accounting.report(desk, person.id, full=True)
        assert len(report.entries) == person.told, "a disclosure is not in the accounting"


def check_night(desk: Desk, store: Store, people: Collection[Person], holds: Holds) -> None:
    """After a disposal nothing is due but what lies under a hold; counted by other means."""
    assert not [each for each in disposal.due(desk) if not each.held], "due, and kept"
    free = {person.id for person in people} - {patient_id for patient_id, _ in holds.values()}
    with store.read() as unit:
        days = retention_store.table(unit).never_came_days
        long_ago = desk.now() - (days + 1) * DAY
        never = unit.rows(
            """SELECT patient_id FROM booking WHERE "end" < ?
            AND status IN ('cancelled', 'no-show', 'requested')""",
            long_ago,
        )
        today = desk.clock.now().date() - timedelta(days=1)
        apart = unit.rows("SELECT patient_id FROM kept WHERE due_on < ?", today.isoformat())
    assert not free & {patient_id for (patient_id,) in never}, "due, and kept"
    assert not free & {patient_id for (patient_id,) in apart}, "due, and kept apart"


def check_chain(desk: Desk) -> None:
    """The journal's chain is whole."""
    assert journal.proof(desk).first_wrong is None
