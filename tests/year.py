"""An office that lives through days by chance, and what must hold on each of them.

A step is a function that takes the office; `STEPS` says how likely each is on a day. The exchange is
a stand-in, so that many lives are cheap; `tests/year_at_the_exchange.py` lives one with a real one,
with backups, restores, a lost laptop, a wrong reply and new keys.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from carekraft_desktop.contract.feed import Item
from carekraft_desktop.domain.asking import Asked, Delay, Identity, Result
from carekraft_desktop.domain.retention import Table
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services import (
    accounting,
    disposal,
    handing,
    holds,
    nightly,
    requests,
    retention,
)
from carekraft_desktop.services.accounting import Basis, Told
from carekraft_desktop.services.nightly import Nightly
from carekraft_desktop.store import records
from carekraft_desktop.store.holds import Scope
from carekraft_desktop.value import replace
from tests import invariants, samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import officer, proof

SHORT = Table(never_came_days=20, seen_years=1, minor_years=1, referral_years=1, draft_days=3)
"""Numbers by which something of each class is due within the year."""
START = int(samples.NOON.timestamp())


@dataclass
class Someone:
    """A patient, as the exchange and the office should know them."""

    number: int
    bookings: dict[str, str] = field(default_factory=dict)
    """FHIR status by id."""
    versions: Counter[str] = field(default_factory=Counter)
    withdrawn: bool = False
    told: int = 0
    """Disclosures outside that were recorded."""

    @property
    def id(self) -> str:
        """Their id."""
        return f"pat-{self.number}"

    @property
    def name(self) -> str:
        """A family name that nobody else has."""
        return f"Quartz{self.number:04d}"

    @property
    def marks(self) -> tuple[str, ...]:
        """It alone gives them away."""
        return (self.name,)

    @property
    def ever(self) -> set[str]:
        """Every booking they ever had."""
        return set(self.bookings)


@dataclass
class Office:
    """One seat, its exchange, and what is expected."""

    seat: Workstation
    exchange: FakeGateway
    chance: Random
    people: list[Someone] = field(default_factory=list)
    open_holds: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    """By hold: the patient it lies on, and the bookings that were there."""
    done: Counter[str] = field(default_factory=Counter)
    bookings: int = 0
    made: int = 0
    """People there ever were."""
    backup: dict[tuple[str, str], Item] = field(default_factory=dict)
    """The exchange as it was some days ago."""

    def __post_init__(self) -> None:
        self.exchange.put(samples.office(), samples.provider())
        self.backup = dict(self.exchange.feed)
        self.night = Nightly(self.seat.desk, nightly.JOBS)
        desk = officer(self.seat)
        retention.confirm(desk, SHORT, proof(desk))

    # -- what happens -------------------------------------------------------------------

    def someone(self, *, withdrawn: bool = False) -> Someone | None:
        """Anybody whom the office should know; or who should be out of sight."""
        there = [p for p in self.people if p.withdrawn is withdrawn and p.bookings]
        return self.chance.choice(there) if there else None

    def put(self, person: Someone) -> None:
        """The exchange tells everything of a person anew."""
        person.versions["self"] += 1
        v = person.versions["self"]
        self.exchange.put(
            samples.patient(person.id, given="Given", family=person.name, v=v),
            samples.consent(f"cons-{person.number}", patient_id=person.id, v=v),
            samples.coverage(f"cov-{person.number}", patient_id=person.id, v=v),
        )

    def set_booking(self, person: Someone, id_: str, status: str, *, days: int = 0) -> None:
        """A booking is made, or changes."""
        person.versions[id_] += 1
        when = self.seat.clock.now() + timedelta(days=days)
        person.bookings[id_] = status
        self.exchange.put(
            samples.booking(
                id_, patient_id=person.id, status=status, start=when, v=person.versions[id_]
            )
        )

    # -- what must hold -----------------------------------------------------------------

    def check(self) -> None:
        """Ask for everything that must hold on any day."""
        desk = officer(self.seat)
        people = self.people
        invariants.check(desk, self.seat.store, proof(desk), START, people, self.open_holds)

    def check_night(self) -> None:
        """After a disposal nothing is due but what lies under a hold."""
        invariants.check_night(officer(self.seat), self.seat.store, self.people, self.open_holds)

    def check_chain(self) -> None:
        """The journal's chain is whole."""
        invariants.check_chain(officer(self.seat))


# ---------------------------------------------------------------------- steps


def book(office: Office) -> None:
    """Somebody new, or somebody known, books."""
    known = office.someone()
    if known is None or office.chance.random() < 0.6:
        office.made += 1
        known = Someone(office.made)
        office.people.append(known)
        office.put(known)
    office.bookings += 1
    days = office.chance.randint(1, 9)
    office.set_booking(known, f"book-{office.bookings}", "booked", days=days)


def come(office: Office) -> None:
    """A patient is seen."""
    _change(office, "booked", "fulfilled")


def miss(office: Office) -> None:
    """A patient does not come."""
    _change(office, "booked", "noshow")


def cancel(office: Office) -> None:
    """A patient cancels."""
    _change(office, "booked", "cancelled")


def _change(office: Office, was: str, becomes: str) -> None:
    person = office.someone()
    ids = [id_ for id_, status in person.bookings.items() if status == was] if person else []
    if person is not None and ids:
        office.set_booking(person, office.chance.choice(ids), becomes)


def unshare(office: Office) -> None:
    """A patient withdraws everything."""
    person = office.someone()
    if person is None:
        return
    for id_ in person.bookings:
        person.versions[id_] += 1
        v = person.versions[id_]
        office.exchange.put(samples.gone("booking", id_, v=v, reason="unshared"))
    person.versions["self"] += 1
    v = person.versions["self"]
    for kind, id_ in (
        ("consent", f"cons-{person.number}"),
        ("coverage", f"cov-{person.number}"),
        ("patient", person.id),
    ):
        office.exchange.put(samples.gone(kind, id_, v=v, reason="unshared"))
    person.withdrawn = True


def come_back(office: Office) -> None:
    """Somebody who withdrew books again, of their own will."""
    person = office.someone(withdrawn=True)
    if person is None:
        return
    person.withdrawn = False
    office.put(person)
    office.bookings += 1
    office.set_booking(person, f"book-{office.bookings}", "booked", days=3)


def hold(office: Office) -> None:
    """A dispute is expected."""
    person = office.someone()
    if person is None:
        return
    desk = officer(office.seat)
    made = holds.put(
        desk, holds.Wish(Scope.PATIENT, f"M-{len(office.open_holds):04d}", person.id), proof(desk)
    )
    with office.seat.store.read() as unit:
        there = frozenset(str(row["id"]) for row in records.of(unit, "booking", person.id))
    office.open_holds[made.id] = (person.id, there)


def release(office: Office) -> None:
    """A dispute is over; nothing goes in the same run."""
    if not office.open_holds:
        return
    hold_id = office.chance.choice(sorted(office.open_holds))
    patient_id, there = office.open_holds.pop(hold_id)
    desk = officer(office.seat)
    holds.release(desk, hold_id, proof(desk))
    disposal.run(desk)
    with office.seat.store.read() as unit:
        live = {str(row["id"]) for row in records.of(unit, "booking", patient_id)}
        kept = {str(row["id"]) for row in records.of(unit, "kept", patient_id)}
    assert there <= live | kept, "destroyed in the run of the release"


def tell(office: Office) -> None:
    """Something is told outside, and recorded."""
    person = office.someone()
    if person is None:
        return
    desk = officer(office.seat)
    today = office.seat.clock.now().date() - timedelta(days=1)
    accounting.record(
        desk, person.id, Told("County Court", "dates", "order", Basis.COURT, today.isoformat())
    )
    person.told += 1


def ask(office: Office) -> None:
    """A patient asks for something; the office answers what it can."""
    person = office.someone() or office.someone(withdrawn=True)
    if person is None:
        return
    desk = officer(office.seat)
    kind = office.chance.choice([Asked.ACCESS, Asked.ACCOUNTING, Asked.COMPLAINT])
    request = requests.take(desk, person.id, kind, identity=Identity.PHOTO)
    if office.chance.random() < 0.3 and request.may_extend:
        requests.extend(desk, request.id, Delay.ADVICE)
    if kind is Asked.COMPLAINT:
        requests.close(desk, request.id, Result.ANSWERED)
    elif office.chance.random() < 0.7:
        handing.on_paper(desk, handing.prepare(desk, request.id, proof(desk)))


def lose_the_exchange(office: Office) -> None:
    """The exchange lives on from a backup of some days ago: what came since, it does not know."""
    office.exchange.feed = dict(office.backup)
    office.exchange.restore()
    known = {id_ for kind, id_ in office.backup if kind == "patient"}
    office.people = [person for person in office.people if person.id in known]
    for person in office.people:
        told = {id_ for id_ in person.bookings if ("booking", id_) in office.backup}
        person.bookings = {id_: s for id_, s in person.bookings.items() if id_ in told}
    for _ in range(3):
        office.seat.cycle()


def another_table(office: Office) -> None:
    """The office looks its numbers up again."""
    desk = officer(office.seat)
    days = office.chance.choice([20, 25, 30])
    retention.confirm(desk, replace(SHORT, never_came_days=days), proof(desk))


Step = Callable[[Office], None]
STEPS: list[tuple[float, Step]] = [
    (30, book),
    (18, come),
    (4, miss),
    (6, cancel),
    (5, unshare),
    (2, come_back),
    (2, hold),
    (2, release),
    (3, tell),
    (2, ask),
    (0.4, lose_the_exchange),
    (0.4, another_table),
]
"""How likely each is. Add to it what else happens in a year: see the module's first lines."""


def live(
    office: Office, days: int, *, each_day: int, check_every: int, steps: list[tuple[float, Step]]
) -> None:
    """Live through days, and ask every so many whether all still holds."""
    weights, acts = [weight for weight, _ in steps], [act for _, act in steps]
    for day in range(1, days + 1):
        for act in office.chance.choices(acts, weights, k=each_day):
            try:
                act(office)
            except NoLongerThere:
                continue
            office.done[act.__name__] += 1
            office.seat.cycle()
        office.seat.clock.advance(days=1)
        office.seat.cycle()
        office.night.turn()
        if day % 15 == 0:
            office.backup = dict(office.exchange.feed)
        if day % check_every == 0:
            office.check_night()
            office.check()
        if day % 30 == 0:
            office.check_chain()
    office.check_chain()
