"""The services as presenters ask them, over plain values in memory, and a small made-up office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

import msgspec

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act, Cancel, Decline, Overlap
from carekraft_desktop.domain.changes import Change, Field
from carekraft_desktop.domain.handover import SHIPPED, Template, render, unknown_fields
from carekraft_desktop.domain.intentions import NEEDS_EYES, OPEN, Delivery, Intention
from carekraft_desktop.domain.likeness import Point
from carekraft_desktop.domain.marks import (
    KIND_OF,
    CallOutcome,
    Mark,
    MarkKind,
    Marks,
    mark_id,
)
from carekraft_desktop.domain.patients import (
    DataClass,
    Guardian,
    Insurance,
    Patient,
    Shares,
    Sharing,
)
from carekraft_desktop.domain.pending import Seen, project
from carekraft_desktop.domain.staff import Right, Role, Staff
from carekraft_desktop.domain.visits import (
    Hours,
    Office,
    Opening,
    Provider,
    Status,
    Visit,
    acts_for,
)
from carekraft_desktop.errors import (
    CareKraftError,
    IllegalStep,
    NoLongerThere,
    NothingToUndo,
    NotPermitted,
    TemplateUnclear,
)
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.services.calls import ToCall, Why
from carekraft_desktop.services.changes import Changed
from carekraft_desktop.services.handover import Waiting
from carekraft_desktop.services.outbox import Line
from carekraft_desktop.services.persons import Likeness, Person
from carekraft_desktop.services.visits import Card
from carekraft_desktop.store.search import Hit
from carekraft_desktop.value import Value, replace
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds

if TYPE_CHECKING:
    from carekraft_desktop.services.desk import Desk

ZONE = "America/Chicago"
DAY = datetime(2026, 11, 24, tzinfo=ZoneInfo(ZONE))
"""A Tuesday."""
WHEN = OfficeTime.of(ZONE)
ROSA = Staff("staff-1", "r.alvarez", "Rosa Alvarez", frozenset({Role.FRONT_DESK}))


def at(clock: str, day: int = 0) -> Moment:
    """The moment of a wall-clock time, so many days after `DAY`."""
    hour, minute = clock.split(":")
    local = DAY.replace(hour=int(hour), minute=int(minute)) + timedelta(days=day)
    return int(local.timestamp())


class FakeDesk(Value, frozen=True):
    """As much of a desk as presenters use."""

    clock: FakeClock
    staff: Staff = ROSA
    undo_seconds: int = 6
    team: tuple[Staff, ...] = ()
    device: str = "ws-0"
    ids: FakeIds = msgspec.field(default_factory=FakeIds)

    def now(self) -> Moment:
        """The fake moment."""
        return int(self.clock.now().timestamp())


def desk(clock: str = "09:46", staff: Staff = ROSA) -> "Desk":
    """A desk at a wall-clock time of `DAY`."""
    fake = FakeDesk(FakeClock(datetime.fromtimestamp(at(clock), tz=UTC)), staff)
    return cast("Desk", cast("object", fake))


@dataclass
class FakeOffice:
    """Implements the three protocols of `presenters/uses.py` at once."""

    found: Office | None = None
    staffed: tuple[Provider, ...] = ()
    visits: dict[str, Visit] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)
    shares: dict[str, Shares] = field(default_factory=dict)
    insurances: dict[str, Insurance] = field(default_factory=dict)
    intentions: list[Intention] = field(default_factory=list)
    free: tuple[Opening, ...] = ()
    templates: dict[str, Template] = field(
        default_factory=lambda: {each.key: each for each in SHIPPED}
    )
    template: int = 0
    twins: dict[str, dict[str, tuple[Point, ...]]] = field(default_factory=dict)
    """Look-alikes of a patient, with the points."""
    decided: set[tuple[str, str, bool]] = field(default_factory=set)
    callable: dict[str, tuple[tuple[Why, ...], str, bool]] = field(default_factory=dict)
    """Whom to call: why, what they prefer, whether a number is shared."""
    marked: dict[str, Marks] = field(default_factory=dict)
    """What colleagues have marked."""
    news: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    """What has changed of a visit and has not been read."""
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    fails: CareKraftError | None = None
    """Raised by the next call."""
    ids: FakeIds = field(default_factory=FakeIds)

    def _may_fail(self) -> None:
        failure, self.fails = self.fails, None
        if failure is not None:
            raise failure

    # -- reading ------------------------------------------------------------------------

    def office(self, desk: "Desk") -> Office | None:
        del desk
        return self.found

    def providers(self, desk: "Desk") -> tuple[Provider, ...]:
        del desk
        return self.staffed

    def _seen(self, visit: Visit) -> Seen:
        patient = self.patients.get(visit.patient_id)
        entry = visit.entry(patient.name if patient is not None else "")
        return project(entry, [i for i in self.intentions if i.about == visit.id])

    def day(self, desk: "Desk", first: Moment, last: Moment) -> tuple[Seen, ...]:
        del desk
        self._may_fail()
        seen = [self._seen(visit) for visit in self.visits.values()]
        found = [each for each in seen if each.start < last and each.end > first]
        return tuple(sorted(found, key=lambda each: (each.start, each.entry.id)))

    def inbox(self, desk: "Desk") -> tuple[Seen, ...]:
        del desk
        seen = [self._seen(visit) for visit in self.visits.values()]
        found = [each for each in seen if each.status is Status.REQUESTED]
        return tuple(sorted(found, key=lambda each: each.entry.requested_at))

    def same(self, desk: "Desk", card: Card) -> bool:
        del desk
        self._may_fail()
        try:
            return self._card(card.visit.id) == card
        except NoLongerThere:
            return False

    def card(self, desk: "Desk", visit_id: str) -> Card:
        del desk
        self.calls.append(("card", visit_id))
        return self._card(visit_id)

    def _card(self, visit_id: str) -> Card:
        visit = self.visits.get(visit_id)
        if visit is None:
            raise NoLongerThere
        return Card(
            visit=visit,
            seen=self._seen(visit),
            patient=self.patients.get(visit.patient_id),
            shares=self.shares.get(visit.patient_id, Shares()),
            insurance=self.insurances.get(visit.patient_id),
            intentions=tuple(i for i in self.intentions if i.about.rpartition(".")[2] == visit_id),
            changes=self.news.get(visit_id, ()),
            marks=self.marked.get(visit_id, Marks()),
        )

    def reveal(self, desk: "Desk", visit_id: str, data: DataClass) -> None:
        self._may_fail()
        right = Right.REVEAL_MEDICAL if data is DataClass.MEDICAL else Right.REVEAL_CONTACT
        if not desk.staff.may(right):
            raise NotPermitted(right)
        self.calls.append(("reveal", visit_id, data))

    def openings(
        self, desk: "Desk", provider_id: str, first: Moment, last: Moment
    ) -> tuple[Opening, ...]:
        del desk
        self._may_fail()
        return tuple(
            each
            for each in self.free
            if each.provider_id == provider_id and first <= each.start < last
        )

    # -- acting -------------------------------------------------------------------------

    def _act(
        self, desk: "Desk", visit_id: str, act: Act, reason: str = "", to: Opening | None = None
    ) -> Intention:
        self._may_fail()
        visit = self.visits.get(visit_id)
        if visit is None:
            raise NoLongerThere
        seen = self._seen(visit)
        if act not in acts_for(seen.status, start=seen.start, now=desk.now()):
            raise IllegalStep(act)
        made = Intention(
            key=self.ids.new(),
            about=visit_id,
            act=act,
            if_version=visit.version,
            actor=desk.staff.id,
            made_at=desk.now(),
            visit_start=visit.start,
            start=to.start if to else None,
            end=to.end if to else None,
            slot_id=to.id if to else "",
            provider_id=to.provider_id if to else "",
            reason=reason,
        )
        self.intentions.append(made)
        self.calls.append((act.value, visit_id, reason or (to.id if to else "")))
        return made

    def accept(self, desk: "Desk", visit_id: str) -> Intention:
        return self._act(desk, visit_id, Act.ACCEPT)

    def arrive(self, desk: "Desk", visit_id: str) -> Intention:
        return self._act(desk, visit_id, Act.ARRIVE)

    def complete(self, desk: "Desk", visit_id: str) -> Intention:
        return self._act(desk, visit_id, Act.COMPLETE)

    def no_show(self, desk: "Desk", visit_id: str) -> Intention:
        return self._act(desk, visit_id, Act.NO_SHOW)

    def decline(self, desk: "Desk", visit_id: str, reason: Decline) -> Intention:
        return self._act(desk, visit_id, Act.DECLINE, reason)

    def cancel(self, desk: "Desk", visit_id: str, reason: Cancel) -> Intention:
        return self._act(desk, visit_id, Act.CANCEL, reason)

    def propose(
        self, desk: "Desk", visit_id: str, to: Opening, *, overlap: Overlap | None = None
    ) -> Intention:
        if overlap is not None:
            self.calls.append(("overlap", visit_id, overlap.value))
        return self._act(desk, visit_id, Act.PROPOSE, to=to)

    def move(
        self, desk: "Desk", visit_id: str, to: Opening, *, overlap: Overlap | None = None
    ) -> Intention:
        if overlap is not None:
            self.calls.append(("overlap", visit_id, overlap.value))
        return self._act(desk, visit_id, Act.MOVE, to=to)

    def accept_all(self, desk: "Desk", visit_ids: Sequence[str]) -> tuple[Intention, ...]:
        made = []
        self._may_fail()
        for visit_id in visit_ids:
            try:
                made.append(self.accept(desk, visit_id))
            except (IllegalStep, NoLongerThere):
                continue
        return tuple(made)

    def changed(self, desk: "Desk") -> tuple[Changed, ...]:
        del desk
        return tuple(
            Changed(self._seen(self.visits[id_]), changes, self.visits[id_].changed_at)
            for id_, changes in self.news.items()
            if id_ in self.visits
        )

    def acknowledge(self, desk: "Desk", visit_id: str) -> None:
        del desk
        self._may_fail()
        self.calls.append(("acknowledge", visit_id))
        self.news.pop(visit_id, None)

    def of_visits(self, desk: "Desk", visit_ids: Iterable[str]) -> dict[str, Marks]:
        now = desk.now()
        found = {id_: self.marked[id_] for id_ in visit_ids if id_ in self.marked}
        return {
            id_: replace(marks, claim=None)
            if marks.claim is not None and marks.claim.until <= now
            else marks
            for id_, marks in found.items()
        }

    def _mark(self, desk: "Desk", visit_id: str, act: Act, outcome: str = "") -> Intention:
        self._may_fail()
        kind, staff = KIND_OF[act], desk.staff
        made = Mark(
            mark_id(kind, visit_id),
            1,
            kind,
            visit_id,
            staff.id,
            staff.display,
            desk.device,
            "Front desk 1",
            desk.now(),
            desk.now() + 900 if kind is MarkKind.CLAIM else 0,
            outcome,
            self.visits[visit_id].version if act is Act.ENTER else 0,
        )
        gone = act in {Act.RELEASE, Act.UNENTER}
        before = self.marked.get(visit_id, Marks())
        self.marked[visit_id] = replace(before, **{kind.value: None if gone else made})
        self.calls.append((act.value, visit_id, outcome))
        intention = Intention(
            self.ids.new(), made.id, act, 0, staff.id, desk.now(), 0, kind="mark", body="{}"
        )
        self.intentions.append(intention)
        return intention

    def claim(self, desk: "Desk", visit_id: str) -> Intention:
        return self._mark(desk, visit_id, Act.CLAIM)

    def release(self, desk: "Desk", visit_id: str) -> Intention:
        return self._mark(desk, visit_id, Act.RELEASE)

    def enter(self, desk: "Desk", visit_id: str) -> Intention:
        return self._mark(desk, visit_id, Act.ENTER)

    def unenter(self, desk: "Desk", visit_id: str) -> Intention:
        return self._mark(desk, visit_id, Act.UNENTER)

    def call(self, desk: "Desk", visit_id: str, outcome: CallOutcome) -> Intention:
        return self._mark(desk, visit_id, Act.CALL, outcome.value)

    # -- patients' cards ------------------------------------------------------------------

    def person(self, patient_id: str) -> Person:
        """A patient's card."""
        patient = self.patients.get(patient_id)
        if patient is None:
            raise NoLongerThere
        joined = {b for a, b, is_same in self.decided if a == patient_id and is_same}
        apart = {b for a, b, is_same in self.decided if a == patient_id and not is_same}
        seen = [
            self._seen(v) for v in self.visits.values() if v.patient_id in {patient_id, *joined}
        ]
        return Person(
            patient,
            self.shares.get(patient_id, Shares()),
            self.insurances.get(patient_id),
            tuple(sorted(seen, key=lambda each: -each.start)),
            tuple(
                Likeness(self.patients[other], points, other in joined)
                for other, points in self.twins.get(patient_id, {}).items()
                if other not in apart
            ),
        )

    # -- the practice system ------------------------------------------------------------

    def all_templates(self, desk: "Desk") -> tuple[Template, ...]:
        del desk
        return tuple(self.templates.values())

    def chosen(self, desk: "Desk") -> Template:
        return self.all_templates(desk)[self.template]

    def choose(self, desk: "Desk", key: str) -> None:
        del desk
        self._may_fail()
        self.template = list(self.templates).index(key)

    def keep(self, desk: "Desk", key: str, text: str) -> None:
        del desk
        if unknown_fields(text):
            raise TemplateUnclear
        self.templates[key] = replace(self.templates[key], text=text)

    def restore(self, desk: "Desk", key: str) -> None:
        del desk
        self.templates[key] = next(each for each in SHIPPED if each.key == key)

    def copy(self, desk: "Desk", visit_id: str) -> str:
        self._may_fail()
        self.calls.append(("copy", visit_id))
        return render(
            self.chosen(desk), {"sort_name": self._seen(self.visits[visit_id]).entry.name}
        )

    def to_enter(self, desk: "Desk") -> tuple[Waiting, ...]:
        self._may_fail()
        live = {Status.CONFIRMED, Status.ARRIVED, Status.COMPLETED}
        rows = []
        for visit in self.visits.values():
            seen = self._seen(visit)
            entered = self.marked.get(visit.id, Marks()).entered
            if seen.status in live and (entered is None or visit.id in self.news):
                rows.append(Waiting(seen, visit.changed_at or visit.requested_at, entered))
        del desk
        return tuple(sorted(rows, key=lambda row: (row.since, row.seen.entry.id)))

    def count(self, desk: "Desk") -> int:
        return len(self.to_enter(desk))

    # -- calls --------------------------------------------------------------------------

    def to_call(self, desk: "Desk") -> tuple[ToCall, ...]:
        del desk
        self._may_fail()
        found = []
        for id_, (why, prefers, reachable) in self.callable.items():
            last = self.marked.get(id_, Marks()).call
            if last is None or last.outcome in {"no-answer", "call-back"}:
                seen = self._seen(self.visits[id_])
                patient = self.patients[self.visits[id_].patient_id]
                guardian = patient.guardian is not None
                found.append(ToCall(seen, why, prefers, reachable, guardian, last))
        return tuple(sorted(found, key=lambda each: each.seen.start))

    def number(self, desk: "Desk", visit_id: str) -> str:
        del desk
        self._may_fail()
        self.calls.append(("number", visit_id))
        return self.patients[self.visits[visit_id].patient_id].phone

    def undo(self, desk: "Desk", *keys: str) -> None:
        for key in keys:
            self._undo(desk, key)

    def _undo(self, desk: "Desk", key: str) -> None:
        del desk
        for number, made in enumerate(self.intentions):
            if made.key == key and made.delivery is Delivery.WAITING and not made.tries:
                self.intentions[number] = replace(made, delivery=Delivery.WITHDRAWN)
                self.calls.append(("undo", key))
                return
        raise NothingToUndo

    # -- the outbox ---------------------------------------------------------------------

    def lines(self, desk: "Desk") -> tuple[Line, ...]:
        del desk
        self._may_fail()
        shown = [i for i in self.intentions if i.delivery in OPEN]
        shown += [i for i in self.intentions if i.delivery in NEEDS_EYES and not i.read]
        return tuple(
            Line(
                i,
                self._seen(self.visits[i.about.rpartition(".")[2]]).entry.name,
                i.visit_start,
                self.visits[i.about.rpartition(".")[2]].cancelled_by == "patient",
                self.visits[i.about.rpartition(".")[2]].changed_at,
            )
            if i.about in self.visits
            else Line(i, "", i.visit_start)
            for i in shown
        )

    # -- finding ------------------------------------------------------------------------

    def _hits(self, visits: list[Visit]) -> tuple[Hit, ...]:
        return tuple(
            Hit(v.patient_id, self.patients[v.patient_id].name, v.id, v.start, v.status)
            for v in visits
        )

    def find(self, desk: "Desk", typed: str, *, most: int = 20) -> tuple[Hit, ...]:
        self._may_fail()
        self.calls.append(("find", desk.staff.id, typed))
        words = typed.casefold().split()
        fits = [
            visit
            for visit in self.visits.values()
            if all(
                any(part.startswith(word) for part in self._name(visit).split()) for word in words
            )
        ]
        return self._hits(sorted(fits, key=self._name)[:most])

    def _name(self, visit: Visit) -> str:
        return self.patients[visit.patient_id].name.casefold()

    def recent(self, desk: "Desk") -> tuple[Hit, ...]:
        self._may_fail()
        self.calls.append(("recent", desk.staff.id))
        return self._hits([self.visits[id_] for id_ in ("a5", "d2", "b1") if id_ in self.visits])

    def mark_read(self, desk: "Desk", key: str) -> None:
        del desk
        self._may_fail()
        self.intentions = [replace(i, read=True) if i.key == key else i for i in self.intentions]

    def waiting(self, desk: "Desk") -> int:
        del desk
        return sum(i.delivery in OPEN for i in self.intentions)

    def settle(self, key: str, delivery: Delivery, problem: str = "", tries: int = 1) -> None:
        """The exchange has answered."""
        self.intentions = [
            replace(i, delivery=delivery, problem=problem, tries=tries) if i.key == key else i
            for i in self.intentions
        ]

    # -- filling ------------------------------------------------------------------------

    def book(
        self,
        visit_id: str,
        provider: str,
        start: str,
        minutes: int,
        name: str,
        status: Status = Status.CONFIRMED,
        *,
        day: int = 0,
        asked: str = "08:00",
        **more: Any,
    ) -> Visit:
        """One visit with its patient, who shared everything."""
        begin = at(start, day)
        patient = f"pat-{visit_id}"
        visit = Visit(
            id=visit_id,
            version=3,
            number=f"CK-{4100 + len(self.visits)}",
            patient_id=patient,
            provider_id=provider,
            slot_id=f"slot-{visit_id}",
            start=begin,
            end=begin + minutes * 60,
            status=status,
            requested_at=at(asked),
            **more,
        )
        self.visits[visit_id] = visit
        self.patients[patient] = Patient(
            id=patient,
            version=1,
            name=name,
            sort_name=name,
            phone="312-555-0187",
            email="patient@example.org",
            address="1420 W Oak Street, Apt 3, Chicago, IL",
            postal_code="60614",
            gender="female",
            birth_date="1979-03-12",
        )
        shared = Sharing.SHARED
        self.shares[patient] = Shares(shared, shared, shared, shared, at("08:00", -3))
        self.insurances[patient] = Insurance("Lakeland Mutual", "Silver PPO 2500", "LM-555-0142-07")
        return visit


def _hours(*spans: tuple[int, int]) -> tuple[Hours, ...]:
    return tuple(
        Hours(weekday, opens * 60, closes * 60) for weekday in range(5) for opens, closes in spans
    )


def lakeside() -> FakeOffice:
    """Four providers and a day like others, with something of everything."""
    made = FakeOffice(
        found=Office("office-1", "Lakeside Family Practice", ZONE, "312-555-0100"),
        staffed=(
            Provider("osei", "Dr. Amara Osei", "Family medicine", True, _hours((8, 12), (13, 17))),
            Provider("fischer", "Dr. Lena Fischer", "Internal medicine", True, _hours((8, 16))),
            Provider("novak", "P. Novak, NP", "Nurse practitioner", True, _hours((8, 13))),
            Provider("okafor", "Dr. Samuel Okafor", "Pediatrics", True, _hours((9, 17))),
        ),
    )
    _fill_day(made)
    _fill_inbox(made)
    _fill_outbox(made)
    _special(made)
    made.free = tuple(
        Opening(f"free-{who}-{day}-{clock}", who, at(clock, day), at(clock, day) + 1800)
        for who in ("osei", "fischer", "okafor")
        for day, clocks in (
            (1, ("08:30", "11:00", "14:30")),
            (2, ("09:00", "15:30")),
            (6, ("10:00",)),
        )
        for clock in clocks
    )
    return made


def _fill_day(made: FakeOffice) -> None:
    done, here, sure = Status.COMPLETED, Status.ARRIVED, Status.CONFIRMED
    for visit_id, who, start, minutes, name, status in (
        ("a1", "osei", "08:00", 30, "Maria Keller", done),
        ("a2", "osei", "08:30", 30, "Tomasz Zieliński", done),
        ("a3", "osei", "09:00", 30, "Aisha Rahman", here),
        ("a4", "osei", "09:35", 25, "Jonas Weber", sure),
        ("a5", "osei", "10:30", 60, "Elif Demir", sure),
        ("a6", "osei", "11:30", 30, "Nguyễn Thị Minh Khai", sure),
        ("a7", "osei", "14:00", 30, "Oluwaseun Adébáyọ̀-Fitzgerald", sure),
        ("b1", "fischer", "08:15", 45, "Viktor Petrov", done),
        ("b2", "fischer", "09:05", 20, "Hanna Schulz", here),
        ("b3", "fischer", "09:50", 40, "Samuel Grant", sure),
        ("b4", "fischer", "10:40", 30, "Claire Dubois", sure),
        ("b5", "fischer", "10:40", 45, "Leon Krause", Status.OFFERED),
        ("b6", "fischer", "11:45", 30, "Georgia Papadopoulou", sure),
        ("c1", "novak", "08:00", 15, "Ruth Meyer", done),
        ("c2", "novak", "08:30", 30, "Mina Park", Status.NO_SHOW),
        ("c3", "novak", "09:10", 30, "Lucas Meyer", here),
        ("c4", "novak", "09:50", 15, "Eva Horvath", sure),
        ("c5", "novak", "10:20", 30, "Karl Neumann", sure),
        ("c6", "novak", "11:05", 45, "Zoe Martin", sure),
        ("d1", "okafor", "09:15", 30, "Ben Carter", here),
        ("d2", "okafor", "10:00", 30, "ليلى حداد", sure),
        ("d3", "okafor", "10:30", 30, "Layla Haddad", Status.CANCELLED),
        ("d4", "okafor", "11:00", 30, "Noah Lindqvist", sure),
    ):
        by = "patient" if status is Status.CANCELLED else ""
        made.book(visit_id, who, start, minutes, name, status, cancelled_by=by)


def _fill_inbox(made: FakeOffice) -> None:
    asked = Status.REQUESTED
    made.book("r1", "osei", "10:00", 30, "Julia Sommer", asked, asked="08:22")
    made.book("r2", "fischer", "14:30", 30, "Mehmet Yilmaz", asked, asked="08:41", day=1)
    made.book("r3", "novak", "12:00", 30, "Laura Bianchi", asked, asked="08:58")
    made.book("r4", "osei", "09:15", 30, "David Cohen", asked, asked="09:05", day=3)
    made.book("r5", "okafor", "13:00", 30, "Nadia Ivanova", asked, asked="09:31")
    made.book("r6", "okafor", "15:00", 45, "Oskar Lind", asked, asked="09:44", day=2)


def _fill_outbox(made: FakeOffice) -> None:
    where = desk("09:40")
    made.arrive(where, "b3")
    made.cancel(where, "c6", Cancel.PATIENT_ASKED)
    moved = made.move(where, "d4", Opening("s", "okafor", at("11:30"), at("12:00")))
    made.settle(moved.key, Delivery.UNKNOWN)
    lost = Intention(
        "lost", "d3", Act.MOVE, 2, "staff-1", at("09:31"), at("10:30"), Delivery.CONFLICT
    )
    late = Intention(
        "late",
        "a2",
        Act.NO_SHOW,
        2,
        "staff-1",
        at("08:45"),
        at("08:30"),
        Delivery.REJECTED,
        problem="illegal-transition",
    )
    made.intentions += [lost, late]


def _special(made: FakeOffice) -> None:
    made.patients["pat-d1"] = replace(
        made.patients["pat-d1"],
        birth_date="2017-06-02",
        gender="male",
        guardian=Guardian("Dana Carter", "312-555-0164"),
    )
    made.shares["pat-d1"] = replace(made.shares["pat-d1"], by_guardian=True)
    made.shares["pat-a5"] = replace(
        made.shares["pat-a5"], insurance=Sharing.WITHDRAWN, medical=Sharing.WITHHELD
    )
    made.shares["pat-r4"] = Shares()
    made.visits["a3"] = replace(
        made.visits["a3"],
        purpose="Diabetes review, and the results of last week",
        previous_providers=("Dr. Hill, Elm Street Clinic",),
    )
    made.visits["r1"] = replace(
        made.visits["r1"],
        purpose="New patient, yearly check-up",
        comment="Mornings suit me best",
        previous_providers=("Dr. Hill, Elm Street Clinic",),
    )
    made.visits["d3"] = replace(made.visits["d3"], changed_at=at("09:31"))
    made.visits["b5"] = replace(
        made.visits["b5"], offered_start=at("14:30", 1), offered_end=at("15:00", 1)
    )


def with_calls(made: FakeOffice) -> FakeOffice:
    """Somebody to remind, somebody whose insurance is doubtful, a child, one without a number."""
    made.callable = {
        "a5": ((Why.UPCOMING,), "phone", True),
        "a6": ((Why.UPCOMING, Why.INSURANCE), "email", True),
        "c2": ((Why.NO_SHOW,), "", True),
        "d1": ((Why.UPCOMING,), "", True),
        "d4": ((Why.UPCOMING,), "sms", False),
    }
    return made


def with_twin(made: FakeOffice) -> FakeOffice:
    """Somebody has two records."""
    made.book("t1", "osei", "09:00", 30, "Elif Demir", Status.COMPLETED, day=-20)
    made.twins["pat-a5"] = {
        "pat-t1": (Point.NAME, Point.BIRTH_DATE, Point.PHONE, Point.OTHER_MEMBER)
    }
    return made


def with_news(made: FakeOffice) -> FakeOffice:
    """A visit has changed since somebody last looked at it."""
    made.visits["d4"] = replace(made.visits["d4"], changed_at=at("09:20"))
    made.news["d4"] = (
        Change(Field.TIME, str(at("13:00")), str(at("11:00"))),
        Change(Field.PHONE),
        Change(Field.SHARING, "shared", "withdrawn", "insurance"),
    )
    return made
