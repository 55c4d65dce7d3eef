"""A year of one office with a real exchange, real backups, and everything that can befall it.

By chance, as in `tests/year.py`: bookings, visits, withdrawn shares, holds, disclosures, nights. By
the calendar: two restores, a wrong reply, another key, and a laptop that is lost, after which the
office goes on at a new computer. The invariants are asked after each.
"""

import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import text

from carekraft_desktop.domain import machines
from carekraft_desktop.domain.acts import Cancel
from carekraft_desktop.domain.backups import PROMISED
from carekraft_desktop.domain.incidents import Kind
from carekraft_desktop.domain.machines import Answer, LastSeen
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import IllegalStep, KeysDestroyed
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.sandbox.office import OFFICE_ID, Size
from carekraft_desktop.services import (
    accounting,
    attesting,
    backup_shelf,
    disposal,
    holds,
    incidents,
    live_replies,
    lost,
    papers,
    posting,
    retention,
    visits,
)
from carekraft_desktop.services.accounting import Basis, Told
from carekraft_desktop.services.backup_making import quiet
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.new_machine import Answers
from carekraft_desktop.services.restore import Restored
from carekraft_desktop.store import records
from carekraft_desktop.store.holds import Scope, any_live
from tests import invariants
from tests.e2e.clinic import PASSWORD, Clinic
from tests.fakes.vault import FakeVault
from tests.hub_fixture import Hub
from tests.keeping import DAY
from tests.repliers import PAPERS, SAFE
from tests.year import SHORT

SIZE = Size(patients=24, bookings=40, providers=1, weeks_back=3, weeks_ahead=60)
"""A small office whose time is published for the whole year."""


@dataclass
class Known:
    """A patient, as the office should know them."""

    id: str
    name: str = ""
    bookings: dict[str, str] = field(default_factory=dict)
    """Status by id, as the office saw it last."""
    withdrawn: bool = False
    told: int = 0

    @property
    def marks(self) -> tuple[str, ...]:
        """Names are given twice in this world; the id and the bookings are not."""
        return (self.id, *self.bookings)

    @property
    def ever(self) -> set[str]:
        """Every booking they ever had."""
        return set(self.bookings)


@dataclass
class Office:
    """A workstation that lives through the year, a second one beside it, and their exchange."""

    clinic: Clinic
    second: Clinic
    disk: Path
    chance: Random
    people: dict[str, Known] = field(default_factory=dict)
    open_holds: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.since = int(self.clinic.clock.now().timestamp())
        self.clinic.program.keep_backup_folder(str(self.disk))
        retention.confirm(self.desk, SHORT, self.clinic.proof())
        papers.put(self.desk, PAPERS)
        self.sit_down()
        self.sync()

    @property
    def hub(self) -> Hub:
        """Their exchange."""
        return self.clinic.hub

    @property
    def desk(self) -> Desk:
        """Whoever answers for privacy, who also stands at the desk."""
        return self.clinic.opened.desk

    def sit_down(self) -> None:
        """What is confirmed once a year is confirmed, where it is due (REQ-25)."""
        for subject in attesting.due(self.desk):
            attesting.confirm(self.desk, subject)
        self.clinic.opened = self.clinic.program.confirmed()

    def sync(self) -> None:
        """Both sides agree, and the office is asked whom it knows now."""
        for _ in range(3):
            self.clinic.sync()
        rows = self.clinic.rows("SELECT id, name FROM patient")
        for id_, name in rows:
            self.people.setdefault(id_, Known(id_)).name = name
        for id_, patient_id, status in self.clinic.rows(
            "SELECT id, patient_id, status FROM booking WHERE patient_id <> ''"
        ):
            self.people.setdefault(patient_id, Known(patient_id)).bookings[id_] = status

    def someone(self) -> Known | None:
        """Anybody who is in the store now, with a visit."""
        rows = self.clinic.rows(
            """SELECT DISTINCT patient.id FROM patient JOIN booking ON patient_id = patient.id
            ORDER BY patient.id"""
        )
        there = [self.people[id_] for (id_,) in rows if not self.people[id_].withdrawn]
        return self.chance.choice(there) if there else None

    # -- what must hold -----------------------------------------------------------------

    def check(self) -> None:
        """Everything that must hold, on this day."""
        store, people = self.clinic.opened.store, list(self.people.values())
        proof = self.clinic.proof()
        invariants.check(self.desk, store, proof, self.since, people, self.open_holds)
        invariants.check_chain(self.desk)

    def check_night(self) -> None:
        """Nothing due is kept after a night."""
        store = self.clinic.opened.store
        invariants.check_night(self.desk, store, list(self.people.values()), self.open_holds)

    def back_up(self) -> None:
        """The program makes one by itself; then none is older than promised, but for a hold."""
        made = self.clinic.program.backups.turn()
        shelf, now = backup_shelf.shelf([self.disk]), self.desk.now()
        assert shelf.backups
        assert not shelf.damaged
        with self.clinic.opened.store.read() as unit:
            held = any_live(unit)
        if made is not None and not held:
            assert all(now - each.made_at < PROMISED for each in shelf.backups)

    # -- the office's days --------------------------------------------------------------

    def live(self, days: int, *, stride: int) -> None:
        """Live through days, some at a time."""
        weights, acts = [weight for weight, _ in STEPS], [act for _, act in STEPS]
        for day in range(0, days, stride):
            for act in self.chance.choices(acts, weights, k=2):
                act(self)
                self.done[act.__name__] += 1
            self.sync()
            at_the_desk(self)
            self.clinic.clock.advance(days=stride)
            self.sync()  # a night has passed: the disposal runs by itself
            if day % (3 * stride) == 0:
                self.back_up()
            self.check_night()


# ---------------------------------------------------------------------- what happens by chance


def book(office: Office) -> None:
    """Somebody new, or somebody known, books one of the next days."""
    hub, now = office.hub, office.clinic.clock.now()
    soon, late = seconds(now + timedelta(hours=2)), seconds(now + timedelta(days=9))
    free = hub.read(
        lambda c: c.execute(
            text(
                "SELECT id FROM slot WHERE office_id = :o AND status = 'free'"
                " AND start_at BETWEEN :a AND :b ORDER BY start_at"
            ),
            {"o": OFFICE_ID, "a": soon, "b": late},
        ).all()
    )
    if not free:
        return
    known = office.someone() if office.chance.random() < 0.4 else None
    slot = office.chance.choice(free)[0]
    body = {"slot": slot} | ({"patient": known.id} if known is not None else {})
    hub.play("patient/book", **body)


def unshare(office: Office) -> None:
    """A patient withdraws everything."""
    person = office.someone()
    if person is not None:
        office.hub.play("patient/unshare", patient=person.id)
        person.withdrawn = True


def cancel(office: Office) -> None:
    """The office cancels a visit."""
    for person in office.people.values():
        for id_, status in person.bookings.items():
            if status == "confirmed" and not person.withdrawn:
                with suppress(IllegalStep):
                    visits.cancel(office.desk, id_, Cancel.PROVIDER_AWAY)
                    return


def hold(office: Office) -> None:
    """A dispute is expected."""
    person = office.someone()
    if person is None or len(office.open_holds) > 1:
        return
    wish = holds.Wish(Scope.PATIENT, f"M-{office.done['hold']:04d}", person.id)
    made = holds.put(office.desk, wish, office.clinic.proof())
    with office.clinic.opened.store.read() as unit:
        there = frozenset(str(row["id"]) for row in records.of(unit, "booking", person.id))
    office.open_holds[made.id] = (person.id, there)


def release(office: Office) -> None:
    """A dispute is over; nothing goes in the same run."""
    if not office.open_holds:
        return
    hold_id = office.chance.choice(sorted(office.open_holds))
    patient_id, there = office.open_holds.pop(hold_id)
    holds.release(office.desk, hold_id, office.clinic.proof())
    disposal.run(office.desk)
    with office.clinic.opened.store.read() as unit:
        live = {str(row["id"]) for row in records.of(unit, "booking", patient_id)}
        kept = {str(row["id"]) for row in records.of(unit, "kept", patient_id)}
    assert there <= live | kept, "destroyed in the run of the release"


def tell(office: Office) -> None:
    """Something is told outside, and recorded."""
    person = office.someone()
    if person is None:
        return
    yesterday = office.clinic.clock.now().date() - timedelta(days=1)
    told = Told("County Court", "dates", "order", Basis.COURT, yesterday.isoformat())
    accounting.record(office.desk, person.id, told)
    person.told += 1


STEPS = [(34, book), (5, unshare), (3, cancel), (2, hold), (3, release), (3, tell)]
"""How likely each is."""


def at_the_desk(office: Office) -> None:
    """Requests are accepted; who was to come today or before has come, or has not."""
    desk = office.desk
    now = desk.now()
    for seen in visits.inbox(desk):
        with suppress(IllegalStep):  # it waits for the patient, or its time is over
            visits.accept(desk, seen.entry.id)
    for seen in visits.day(desk, now - 12 * DAY, now):
        if seen.status is Status.CONFIRMED:
            act = visits.no_show if office.chance.random() < 0.2 else visits.arrive
            with suppress(IllegalStep):
                act(desk, seen.entry.id)
        elif seen.status is Status.ARRIVED:
            visits.complete(desk, seen.entry.id)


# ---------------------------------------------------------------------- what happens once


def damaged_and_restored(office: Office) -> Restored:
    """A byte of the store is another; patients take back meanwhile; the newest backup comes back."""
    clinic = office.clinic
    made = clinic.back_up(office.disk)
    unshare(office)
    at_the_desk(office)
    tell(office)
    clinic.program.lock()
    clinic.flip(clinic.file, 30)
    done = clinic.restore(made.backup.place)
    clinic.unlock()
    office.sit_down()
    office.check()  # before anything else arrives: nothing was shown that should not be
    office.sync()
    return done


def wrong_reply(office: Office) -> None:
    """A reply told of a patient: taken down, an incident, and a line in that patient's accounting."""
    clinic, desk = office.clinic, office.desk
    review = str(office.hub.play("review/write")["done"])
    office.sync()
    posting.publish(desk, review, SAFE, acknowledged=1)
    clinic.clock.advance(seconds=desk.posting_seconds + 1)
    office.sync()
    before = {each.id for each in accounting.unlinked(desk)}
    live_replies.take_down(desk, review)
    office.sync()
    (loose,) = [each for each in accounting.unlinked(desk) if each.id not in before]
    person = office.someone()
    assert person is not None
    accounting.link(desk, loose.id, person.id)
    person.told += 1


def new_keys(office: Office) -> None:
    """The store gets another key while it is in use; a backup is made before."""
    office.clinic.program.rotate(office.clinic.proof())
    office.sync()


def lost_laptop(office: Office, folder: Path) -> None:
    """The laptop is gone. The second desk reports it, and a new computer takes its place.

    What the thief brings onto a network destroys its own keys.
    """
    clinic, second = office.clinic, office.second
    clinic.back_up(office.disk)
    gone = clinic.opened.desk.device
    second.sync()
    file = incidents.open_one(second.opened.desk, Kind.LOST_MACHINE)
    said = machines.Told(Answer.NO, Answer.NO, Answer.NO, LastSeen.NOT_KNOWN)
    found = lost.report(second.opened.desk, file.id, gone, second.proof(), said)
    assert found.entries
    second.sync()
    unshare(office)
    clinic.clock.advance(seconds=10)
    clinic.opened.sync.cycle(wait=0)
    assert not list(clinic.office.glob("office.keys*")), (
        "its keys are destroyed at its next contact"
    )
    clinic.program.lock()
    try:
        clinic.program.people()
    except KeysDestroyed:
        pass
    else:
        raise AssertionError("a lost machine opens")
    shutil.rmtree(clinic.home)
    clinic.home, clinic.vault = folder, FakeVault()
    clinic.program = clinic.fresh_program()
    answers = Answers(clinic.paper, clinic.rosa, office.hub.sandbox.issue_code(), "Desk 3")
    moved = clinic.program.move_in(office.disk, answers, quiet)
    assert moved.ours
    clinic.opened = clinic.program.recover(clinic.paper, clinic.rosa, PASSWORD)
    clinic.program.keep_backup_folder(str(office.disk))
    office.sit_down()
    office.check()  # before anything else arrives
    office.sync()
