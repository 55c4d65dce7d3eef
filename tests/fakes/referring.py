"""Referrals and the directory as presenters ask them, over plain values in memory."""

# ruff: noqa: ARG002 - the shape is the services'

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from carekraft_desktop.contract.referrals import DeclineCode
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.directory import Entry, Found, Slot, Times, Wanted
from carekraft_desktop.domain.intentions import Delivery, Intention
from carekraft_desktop.domain.payload import Message, Time, Wish
from carekraft_desktop.domain.permissions import Permission, Refusal
from carekraft_desktop.domain.referrals import Record, Referral, Stage, Work, see
from carekraft_desktop.errors import CareKraftError, NoLongerThere, Offline, ReferralRefused
from carekraft_desktop.services.directory import Shelf
from carekraft_desktop.services.referrals import Arrived, Board, Line, Open, Rules, Way
from carekraft_desktop.store.ledger import Line as LedgerLine
from carekraft_desktop.value import replace
from tests.messages import CHOICE, OFFICE, PERMISSION, message, npi

if TYPE_CHECKING:
    from carekraft_desktop.domain.visits import Opening
    from carekraft_desktop.services.desk import Desk

HOUR, DAY = 3_600, 24 * 3_600


def entry(number: int, name: str, group: Specialty, city: str = "Evanston", **more: Any) -> Entry:
    """A provider of the directory."""
    values: dict[str, Any] = {
        "npi": npi(4_000 + number),
        "location_id": f"loc-{number}",
        "name": name,
        "groups": (group,),
        "line": f"{number * 100} Oak Avenue",
        "city": city,
        "state": "IL",
        "zip5": "60201",
        "latitude": 42.0,
        "longitude": -87.7,
        "zone": "America/Chicago",
        "phone": f"+1312555{100 + number:04d}",
        "plans": ("PRAIRIE", "SELF_PAY"),
        "languages": ("en", "es"),
        "modes": ("IN_PERSON", "VIDEO"),
        "new_patients": True,
        "wants_sex": False,
    }
    return Entry(**(values | more))


HEART = entry(1, "Dr. Wei Zhang", Specialty.CARDIOLOGY)
SKIN = entry(2, "Dr. Ingrid Lindqvist", Specialty.DERMATOLOGY, "Oak Park")
FAR = entry(3, "Dr. Amira Haddad", Specialty.CARDIOLOGY, "Ann Arbor", zone="America/New_York")
GROUP = entry(
    4,
    "Skokie Specialty Group",
    Specialty.CARDIOLOGY,
    "Skokie",
    groups=(Specialty.CARDIOLOGY, Specialty.NEUROLOGY),
    new_patients=False,
)
MIND = entry(5, "Dr. Nadia Brandt", Specialty.BEHAVIORAL)


@dataclass
class FakeReferring:
    """Answers like `services/referrals.py` and `services/directory.py`."""

    now: Moment = 0
    agreement: bool = True
    people: dict[str, str] = field(default_factory=lambda: {"p-demir": "Elif Demir"})
    works: dict[str, Work] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    deliveries: dict[str, tuple[Delivery, str]] = field(default_factory=dict)
    received: list[Arrived] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=lambda: [HEART, SKIN, FAR, GROUP, MIND])
    starred: list[Entry] = field(default_factory=lambda: [HEART])
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    old_times: dict[str, Times] = field(default_factory=dict)
    refuses: Refusal | None = None
    """Why every draft is refused; None lets them begin."""
    out_of_scope: tuple[Specialty, ...] = (Specialty.DERMATOLOGY,)
    offline: bool = False
    hold_fails: CareKraftError | None = None
    held: list[str] = field(default_factory=list)
    let_go_of: list[str] = field(default_factory=list)
    did: list[str] = field(default_factory=list)
    ledger: list[tuple[LedgerLine, str]] = field(default_factory=list)
    directory_at: Moment | None = 0
    searched: list[Wanted] = field(default_factory=list)
    ways: dict[str, Way] = field(default_factory=dict)
    """Partners by the provider's number."""

    # -- referrals ----------------------------------------------------------------------

    def board(self, desk: "Desk") -> Board:
        self.now = desk.now()
        lines = tuple(self._line(work) for work in self.works.values())
        rules = Rules(self.agreement, part_2=False, number=OFFICE)
        return Board(lines, tuple(self.received), rules)

    def count_attention(self, desk: "Desk") -> int:
        return 0

    def waiting_patients(self, desk: "Desk") -> tuple[tuple[str, str], ...]:
        return tuple(self.people.items())

    def of_visit(self, desk: "Desk", visit_id: str) -> tuple[str, str]:
        if not self.people:
            raise NoLongerThere
        return next(iter(self.people)), ""

    def begin(
        self, desk: "Desk", patient_id: str, *, visit_id: str = "", referring: str = ""
    ) -> str:
        if self.refuses is not None:
            raise ReferralRefused(self.refuses)
        id_ = f"draft-{len(self.works) + 1}"
        self.works[id_] = Work(
            id_, patient_id, "perm-1", referring, visit_id, touched_at=desk.now()
        )
        return id_

    def open_one(self, desk: "Desk", referral_id: str) -> Open:
        work = self.works.get(referral_id)
        if work is None:
            raise NoLongerThere
        return Open(self._line(work), self.permission, None, None, ())

    @property
    def permission(self) -> Permission:
        return replace(PERMISSION, payer_code="PRAIRIE", targets=frozenset())

    def agree(self, desk: "Desk", referral_id: str, *, agreed: bool) -> None:
        self._change(referral_id, agreed_by="staff-1" if agreed else "")

    def act_for(self, desk: "Desk", referral_id: str, referring: str) -> None:
        self._change(referral_id, referring=referring)

    def choose_provider(
        self, desk: "Desk", referral_id: str, npi: str, location_id: str, *, specialty: str = ""
    ) -> Refusal | None:
        found = next(each for each in self.entries if each.npi == npi)
        self._change(
            referral_id,
            provider_npi=npi,
            location_id=location_id,
            specialty=specialty,
            slot_id="",
            start=0,
            end=0,
            wishes=(),
        )
        return Refusal.WRONG_SPECIALTY if found.groups[0] in self.out_of_scope else None

    def choose_time(
        self, desk: "Desk", referral_id: str, slot_id: str, start: Moment, end: Moment
    ) -> None:
        self._change(referral_id, slot_id=slot_id, start=start, end=end, wishes=())

    def choose_wishes(
        self, desk: "Desk", referral_id: str, wishes: tuple[tuple[str, str], ...]
    ) -> None:
        self._change(referral_id, slot_id="", start=0, end=0, wishes=wishes)

    def choose_how(
        self,
        desk: "Desk",
        referral_id: str,
        *,
        visit_class: str | None = None,
        mode: str | None = None,
        earliest_ok: bool | None = None,
    ) -> None:
        work = self.works[referral_id]
        self._change(
            referral_id,
            visit_class=visit_class or work.visit_class,
            mode=mode or work.mode,
            earliest_ok=work.earliest_ok if earliest_ok is None else earliest_ok,
        )

    def preview(self, desk: "Desk", referral_id: str) -> Message:
        work = self.works[referral_id]
        time = Time(work.slot_id, work.start, work.end) if work.slot_id else None
        choice = replace(
            CHOICE,
            provider_npi=work.provider_npi,
            location_id=work.location_id,
            visit_class=work.visit_class,
            mode=work.mode,
            time=time,
            wishes=tuple(Wish(*wish) for wish in work.wishes),
            specialty=work.specialty,
            earliest_ok=work.earliest_ok,
        )
        made = message(choice, made=desk.now())
        self._change(referral_id, message=made.data, digest=made.digest)
        return made

    def send(self, desk: "Desk", referral_id: str, digest: str) -> Intention:
        assert digest == self.works[referral_id].digest
        self.did.append("send")
        self._change(referral_id, key=f"key-{referral_id}", touched_at=desk.now())
        self.deliveries[referral_id] = (Delivery.WAITING, "")
        return Intention("key", referral_id, Act.REFER, 0, "staff-1", desk.now(), 0)

    def take_back(self, desk: "Desk", referral_id: str) -> None:
        self.did.append("take_back")
        self.deliveries.pop(referral_id)

    def discard(self, desk: "Desk", referral_id: str) -> None:
        self.did.append("discard")
        self.works.pop(referral_id)

    def cancel(self, desk: "Desk", referral_id: str, *, by_patient: bool = False) -> None:
        self.did.append("cancel")

    def again(self, desk: "Desk", referral_id: str) -> str:
        self.did.append("again")
        return self.begin(desk, self.works[referral_id].patient_id)

    def seen(self, desk: "Desk", referral_id: str) -> None:
        self.did.append("seen")
        record = self.records.get(referral_id)
        self._change(referral_id, seen_version=record.version if record else -1)

    def accept(self, desk: "Desk", referral_id: str, slot_id: str = "") -> None:
        self.did.append(f"accept {slot_id}".strip())

    def decline(self, desk: "Desk", referral_id: str, code: DeclineCode) -> None:
        self.did.append(f"decline {code}")

    def own_openings(self, desk: "Desk", referral_id: str) -> "tuple[Opening, ...]":
        return ()

    def accounting(self, desk: "Desk", patient_id: str = "") -> tuple[tuple[LedgerLine, str], ...]:
        return tuple(self.ledger)

    def record_agreement(self, desk: "Desk", *, on: bool) -> None:
        self.agreement = on

    # -- directory ----------------------------------------------------------------------

    def find(self, desk: "Desk", wanted: Wanted) -> Shelf:
        self.searched.append(wanted)
        found = [
            Found(each, 1.5 * number)
            for number, each in enumerate(self.entries, 1)
            if wanted.words.lower() in each.name.lower()
            and (wanted.group is None or wanted.group in each.groups)
        ]
        return Shelf(tuple(found), desk.now() - HOUR if self.directory_at is not None else None)

    def known(self, desk: "Desk", referring: str) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        return tuple(self.starred), ()

    def mark(self, desk: "Desk", referring: str, npi: str, location_id: str, *, on: bool) -> None:
        found = next(each for each in self.entries if each.npi == npi)
        self.starred = [each for each in self.starred if each.npi != npi] + [found] * on

    def times_known(self, desk: "Desk", npi: str, location_id: str) -> Times | None:
        return self.old_times.get(npi)

    def is_old(self, desk: "Desk") -> bool:
        return False

    def refresh(self, desk: "Desk") -> int:
        return 0

    def look_up_times(self, desk: "Desk", npi: str, location_id: str) -> Times:
        if self.offline:
            raise Offline
        start = (desk.now() // DAY + 2) * DAY + 15 * HOUR
        usual = tuple(
            Slot(f"slot-{n}", start + n * HOUR, start + n * HOUR + 1_800) for n in range(4)
        )
        return Times(desk.now(), self.slots.get(npi, usual))

    def hold(self, desk: "Desk", npi: str, location_id: str, slot_id: str) -> Moment:
        if self.offline:
            raise Offline
        if self.hold_fails is not None:
            raise self.hold_fails
        self.held.append(slot_id)
        return desk.now() + 300

    def let_go(self, desk: "Desk", npi: str, location_id: str, slot_id: str) -> None:
        self.let_go_of.append(slot_id)

    # -- for tests ----------------------------------------------------------------------

    def add(
        self,
        id_: str,
        who: Entry,
        stage: Stage,
        *,
        name: str,
        start: Moment,
        now: Moment,
        **more: Any,
    ) -> None:
        """A referral that stands so."""
        self.people[f"p-{id_}"] = name
        made = message()
        self.works[id_] = Work(
            id_,
            f"p-{id_}",
            "perm-1",
            provider_npi=who.npi,
            location_id=who.location_id,
            slot_id="slot-1",
            start=start,
            end=start + 1_800,
            message=b"" if stage is Stage.DRAFT else made.data,
            touched_at=now - HOUR,
            key="" if stage is Stage.DRAFT else f"key-{id_}",
        )
        if stage is Stage.SAVED:
            self.deliveries[id_] = (Delivery.WAITING, "")
        elif stage is Stage.REFUSED:
            self.deliveries[id_] = (Delivery.REJECTED, more.pop("problem", "slot-taken"))
        elif stage is not Stage.DRAFT:
            values: dict[str, Any] = {
                "version": 1,
                "sent": True,
                "stage": stage,
                "message": made.data,
                "patient_id": f"p-{id_}",
                "permission_id": "perm-1",
                "provider_npi": who.npi,
                "location_id": who.location_id,
                "from_npi": OFFICE,
                "from_phone": "+13125550100",
                "start": start,
                "end": start + 1_800,
                "sent_at": now - 2 * HOUR,
            }
            self.records[id_] = Record(id=id_, **(values | more))

    def arrive(self, id_: str, name: str, *, start: Moment, now: Moment) -> None:
        """A referral that another office made."""
        record = Record(
            id=id_,
            version=1,
            sent=False,
            stage=Stage.PROPOSED,
            message=message().data,
            patient_id=f"p-{id_}",
            permission_id="perm-9",
            provider_npi=OFFICE,
            location_id="loc-0",
            from_npi=npi(77),
            from_phone="+13125550177",
            start=start,
            end=start + 1_800 if start else 0,
            booking_id=id_ if start else "",
            sent_at=now - HOUR,
        )
        self.received.append(Arrived(record, name, answering=False))

    def _change(self, referral_id: str, **values: Any) -> None:
        self.works[referral_id] = replace(self.works[referral_id], **values)

    def _line(self, work: Work) -> Line:
        delivery, problem = self.deliveries.get(work.id, (None, ""))
        referral: Referral = see(work, self.records.get(work.id), delivery, problem)
        found = next((each for each in self.entries if each.npi == work.provider_npi), None)
        way = self.ways.get(work.provider_npi)
        return Line(referral, self.people.get(work.patient_id, ""), found, way)
