"""What is kept, what is asked, and privacy on the card, in memory; for pictures and page tests."""

# ruff: noqa: ARG002 - the shape is the services'

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from carekraft_desktop.domain.asking import (
    Asked,
    Delay,
    Denial,
    Identity,
    Request,
    Result,
    due,
    extended,
)
from carekraft_desktop.domain.authorizing import Authorization
from carekraft_desktop.domain.copying import Directed, Fee, FeeTold
from carekraft_desktop.domain.representing import Authority, Representative
from carekraft_desktop.domain.representing import Scope as Scope_
from carekraft_desktop.domain.retention import DEFAULTS, Kept, Life, Table
from carekraft_desktop.domain.wishes import Wish, WishKind
from carekraft_desktop.errors import CareKraftError, NoLongerThere, RequestUnclear
from carekraft_desktop.presenters.kept import HoldWish
from carekraft_desktop.services.disposal import Due
from carekraft_desktop.services.handing import Handed
from carekraft_desktop.services.requests import Line
from carekraft_desktop.services.retention import Overview, Restricted, Standing
from carekraft_desktop.store.disclosures import Loose
from carekraft_desktop.store.disposals import Run
from carekraft_desktop.store.held import Record as Waiting
from carekraft_desktop.store.holds import Hold, Scope
from carekraft_desktop.store.kept import Piece
from carekraft_desktop.store.records import Record
from carekraft_desktop.store.retention import Version
from carekraft_desktop.store.rights import Amendment
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.step_up import StepUp

TODAY = date(2026, 11, 23)
NIGHT = int(datetime(2026, 11, 23, 8, 4, tzinfo=UTC).timestamp())
NEVER = Life(Kept.NEVER_CAME, date(2026, 8, 24), date(2026, 11, 22))
SEEN = Life(Kept.SEEN, date(2016, 11, 22), date(2026, 11, 22))
LATER = Life(Kept.SEEN, date(2026, 10, 2), date(2036, 10, 2))


def _nothing(*_: object) -> None:
    """Nothing is destroyed here."""


def things_due() -> tuple[Due, ...]:
    """Some of each, one under a hold."""
    return (
        Due("booking", "b-1", NEVER, "p-1", _nothing),
        Due("booking", "b-2", NEVER, "p-2", _nothing),
        Due("patient", "p-1", NEVER, "p-1", _nothing),
        Due("kept.booking", "b-9", SEEN, "p-9", _nothing, held=True),
        Due("ledger", "l-1", replace(SEEN, kept=Kept.PAPER), "", _nothing),
    )


def some_holds() -> tuple[Hold, ...]:
    """One in force, one that still counts, one that is over."""
    long_ago = NIGHT - 40 * 86_400
    return (
        Hold("h-1", Scope.PATIENT, "p-9", "", "", "M-2026-04", NIGHT - 86_400, "staff-1"),
        Hold(
            "h-2",
            Scope.DATES,
            "",
            "2026-03-01",
            "2026-03-31",
            "M-2026-02",
            long_ago,
            "staff-1",
            NIGHT,
            "staff-1",
        ),
        Hold(
            "h-3",
            Scope.PERSON,
            "prov-1",
            "",
            "",
            "M-2025-11",
            long_ago,
            "staff-1",
            long_ago + 86_400,
            "staff-1",
            long_ago + 90_000,
        ),
    )


@dataclass
class FakeKept:
    """A table, a night, three holds and two people who withdrew."""

    table: Table = DEFAULTS
    confirmed: bool = True
    things: tuple[Due, ...] = field(default_factory=things_due)
    set_holds: tuple[Hold, ...] = field(default_factory=some_holds)
    gone: tuple[Restricted, ...] = (
        Restricted("p-9", "Elif Demir", 4, date(2036, 10, 2), held=True),
        Restricted("p-8", "", 1, date(2027, 8, 19), held=False),
    )
    ran: bool = True
    waiting: tuple[Waiting, ...] = ()
    refuses: CareKraftError | None = None
    did: list[object] = field(default_factory=list)

    def overview(self, desk: "Desk") -> Overview:
        """How things stand."""
        run = Run("r-1", NIGHT, TODAY, "", NIGHT + 4, 31, 2)
        return Overview(
            self.table,
            Version(NIGHT - 9 * 86_400, "staff-1", self.table) if self.confirmed else None,
            {
                Kept.NEVER_CAME: 214,
                Kept.SEEN: 9_812,
                Kept.REFERRAL: 133,
                Kept.PERMISSION: 41,
                Kept.PAPER: 1_408,
                Kept.DRAFT: 3,
            }
            if self.ran
            else {},
            self.gone,
            (run,) if self.ran else (),
            {"K1": 31} if self.ran else {},
            12 if self.ran else 0,
        )

    def due(self, desk: "Desk") -> tuple[Due, ...]:
        """What is due."""
        return self.things

    def confirm(self, desk: "Desk", table: Table, again: "StepUp | None") -> bool:
        """Take the table."""
        self._refuse()
        self.table, self.confirmed = table, True
        return table.seen_years < DEFAULTS.seen_years

    def run(self, desk: "Desk", again: "StepUp | None") -> Run:
        """Dispose."""
        self._refuse()
        self.things = ()
        return Run("r-2", NIGHT, TODAY, "staff-1", NIGHT, 4, 1)

    def holds(self, desk: "Desk") -> tuple[Hold, ...]:
        """All of them."""
        return self.set_holds

    def hold(self, desk: "Desk", wanted: HoldWish, again: "StepUp | None") -> None:
        """Set one."""
        self._refuse()
        self.did.append(wanted)

    def release(self, desk: "Desk", hold_id: str, again: "StepUp | None") -> None:
        """Release one."""
        self._refuse()
        self.did.append(hold_id)

    def open(self, desk: "Desk", patient_id: str) -> tuple[Piece, ...]:
        """Two records."""
        patient: Record = {"id": patient_id, "name": "Elif Demir", "phone": "312-555-0187"}
        booking: Record = {"id": "b-9", "start": NIGHT, "status": "completed"}
        return tuple(
            Piece(patient_id, kind, str(body["id"]), "", LATER, "1979-03-12", False, NIGHT, body)
            for kind, body in (("patient", patient), ("booking", booking))
        )

    def held(self, desk: "Desk") -> tuple[Waiting, ...]:
        """Those who wait."""
        return self.waiting

    def providers(self, desk: "Desk") -> tuple[tuple[str, str], ...]:
        """One."""
        return (("prov-1", "Dr. Amara Osei"),)

    def _refuse(self) -> None:
        if self.refuses is not None:
            raise self.refuses


def request(number: int, kind: Asked, received: date, **more: object) -> Request:
    """A request of somebody."""
    made = Request(
        id=f"q-{number}",
        patient_id=f"p-{number}",
        kind=kind,
        received_on=received,
        due_on=due(kind, received),
        extended_to=None,
        reason=None,
        identity=None,
        by_representative="",
        open=True,
        outcome=None,
        made_by="staff-1",
        closed_on=None,
    )
    return replace(made, **more)


def some_requests() -> list[Request]:
    """One of most kinds, in most states."""
    photo = Identity.PHOTO
    return [
        request(1, Asked.ACCESS, date(2026, 10, 20)),
        request(2, Asked.ACCOUNTING, date(2026, 9, 28), identity=photo),
        request(3, Asked.AMENDMENT, date(2026, 11, 9), identity=photo),
        request(4, Asked.CONFIDENTIAL, date(2026, 11, 22)),
        request(5, Asked.COMPLAINT, date(2026, 11, 20), identity=Identity.SIGNATURE),
        request(
            6,
            Asked.ACCESS,
            date(2026, 9, 1),
            identity=photo,
            open=False,
            outcome=Result.HANDED_OVER,
            closed_on=date(2026, 9, 8),
        ),
    ]


PEOPLE = {
    "p-1": "Ama Boateng",
    "p-2": "Elif Demir",
    "p-3": "Tomas Okafor",
    "p-4": "Ines Duarte",
    "p-5": "",
    "p-6": "Ada Lindqvist",
}


@dataclass
class FakeAsked:
    """A register in memory."""

    there: list[Request] = field(default_factory=some_requests)
    amendments: dict[str, Amendment] = field(
        default_factory=lambda: {
            "q-3": Amendment("q-3", "patient", "p-3", "My middle name is missing.")
        }
    )
    refuses: CareKraftError | None = None
    phrase: str = "QKM4-9TRA-BX2D-77HE-ZP3N"
    given: list[str] = field(default_factory=list)

    def every(self, desk: "Desk") -> tuple[Line, ...]:
        """The register."""
        return tuple(
            Line(each, PEOPLE.get(each.patient_id, ""), each.urgency(TODAY)) for each in self.there
        )

    def identify(self, desk: "Desk", request_id: str, how: Identity) -> None:
        """Record it."""
        self._change(request_id, identity=how)

    def extend(self, desk: "Desk", request_id: str, why: Delay) -> None:
        """The one extension."""
        self._change(request_id, extended_to=extended(self._of(request_id)), reason=why)

    def close(self, desk: "Desk", request_id: str, result: Result) -> None:
        """It is answered."""
        self._change(request_id, open=False, outcome=result, closed_on=TODAY)

    def amendment(self, desk: "Desk", request_id: str) -> Amendment | None:
        """What belongs to it."""
        return self.amendments.get(request_id)

    def amend(self, desk: "Desk", request_id: str) -> None:
        """Agree."""
        self._change(request_id, open=False, outcome=Result.AMENDED)

    def correct(self, desk: "Desk", request_id: str) -> None:
        """At the source."""
        self._change(request_id, open=False, outcome=Result.CORRECT_AT_SOURCE)

    def deny(self, desk: "Desk", request_id: str, why: Denial) -> None:
        """Deny."""
        one = self.amendments[request_id]
        self.amendments[request_id] = replace(one, decision="denied", denial=why.value)
        self._change(request_id, open=False, outcome=Result.DENIED)

    def disagree(self, desk: "Desk", request_id: str, statement: str) -> None:
        """Attach."""
        if not statement:
            raise RequestUnclear("statement")
        one = self.amendments[request_id]
        self.amendments[request_id] = replace(one, disagreement=statement)

    def prepare(
        self, desk: "Desk", request_id: str, again: "StepUp | None", *, full: bool
    ) -> Handed:
        """A small record."""
        if self.refuses is not None:
            raise self.refuses
        rows: tuple[Record, ...] = (
            {"id": "p-1", "name": "Ama Boateng", "birth_date": "1979-03-12"},
        )
        return Handed(self._of(request_id), {"patient": rows}, None, "{}")

    def on_paper(self, desk: "Desk", handed: Handed) -> None:
        """It is printed."""
        self.given.append("paper")
        self.close(desk, handed.request.id, Result.HANDED_OVER)

    def to_file(
        self,
        desk: "Desk",
        handed: Handed,
        pdf: Callable[[], bytes],
        place: Path,
        again: "StepUp | None",
    ) -> str:
        """It is written."""
        self.given.append(f"{place.name} {len(pdf()) > 0}")
        self.close(desk, handed.request.id, Result.HANDED_OVER)
        return self.phrase

    def fee(self, desk: "Desk", request_id: str, fee: Fee) -> None:
        """Put it down."""
        self._change(request_id, fee=fee)

    def fee_told(self, desk: "Desk", request_id: str, how: FeeTold) -> None:
        """The patient knows it."""
        known = replace(self._of(request_id).fee, told_on=TODAY, told=how)
        self._change(request_id, fee=known)

    def authorized(self, desk: "Desk", patient_id: str) -> tuple[Authorization, ...]:
        """One."""
        return FakeOnFile().authorizations(desk, patient_id)

    def direct(self, desk: "Desk", request_id: str, to: Directed) -> None:
        """It goes there."""
        if not to.name or not to.address:
            raise RequestUnclear("directed")
        self._change(request_id, to=to)

    def to_the_patient(self, desk: "Desk", request_id: str) -> None:
        """It does not."""
        self._change(request_id, to=None)

    def by_number(self, desk: "Desk", number: str, kind: Asked) -> str:
        """One number leads to somebody."""
        if number != "CK-7Q2M-0001":
            raise RequestUnclear("number")
        self.there.insert(0, request(7, kind, TODAY))
        return "q-7"

    def _of(self, request_id: str) -> Request:
        found = next((each for each in self.there if each.id == request_id), None)
        if found is None:
            raise NoLongerThere
        return found

    def _change(self, request_id: str, **changes: object) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.there = [
            replace(each, **changes) if each.id == request_id else each for each in self.there
        ]


@dataclass
class FakeOnFile:
    """A parent, and somebody who may endanger; an authorization; an incident linked to nobody."""

    added: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    did: list[str] = field(default_factory=list)
    refuses: CareKraftError | None = None

    def representatives(self, desk: "Desk", patient_id: str) -> tuple[Representative, ...]:
        """Two people."""
        common = ("p-1", "Ama Boateng", Authority.PARENT, Scope_.ALL, "Passport", "staff-1")
        return (
            Representative("r-1", *common, "2026-01-01", "", endangers=False, exception=""),
            Representative(
                "r-2",
                "p-1",
                "Kwesi Boateng",
                Authority.GUARDIAN,
                Scope_.RECORDS,
                "Order 7",
                "staff-1",
                "2026-01-01",
                "",
                endangers=True,
                exception="",
            ),
        )

    def authorizations(self, desk: "Desk", patient_id: str) -> tuple[Authorization, ...]:
        """One in force."""
        return (
            Authorization(
                "a-1",
                "p-1",
                "Dates of visits",
                "Lakeside Family Practice",
                "Prairie Legal Aid",
                "At the patient's request",
                "2027-03-01",
                "",
                "",
                "2026-11-20",
                "",
                says_revocation=True,
                says_redisclosure=True,
                revoked_at=0,
                made_at=NIGHT,
                made_by="staff-1",
            ),
        )

    def loose(self, desk: "Desk") -> tuple[Loose, ...]:
        """One."""
        return (Loose("d-1", NIGHT, "public", "a reply", "none"),)

    def add(self, desk: "Desk", patient_id: str, kind: str, typed: Mapping[str, str]) -> None:
        """Keep what was typed."""
        if self.refuses is not None:
            raise self.refuses
        self.added.append((kind, dict(typed)))

    def warn(self, desk: "Desk", representative_id: str, *, endangers: bool) -> None:
        """Note it."""
        self.did.append(f"{representative_id} {endangers}")

    def end(self, desk: "Desk", representative_id: str) -> None:
        """Note it."""
        self.did.append(f"end {representative_id}")

    def revoke(self, desk: "Desk", authorization_id: str) -> None:
        """Note it."""
        self.did.append(f"revoke {authorization_id}")


@dataclass
class FakePrivacy:
    """One patient with a number of their own."""

    agreed: list[Wish] = field(
        default_factory=lambda: [
            Wish("w-1", "p-1", WishKind.PHONE, "312-555-0111", "", NIGHT, "staff-1")
        ]
    )
    is_held: bool = False
    refuses: CareKraftError | None = None

    def wishes(self, desk: "Desk", patient_id: str) -> tuple[Wish, ...]:
        """What is agreed."""
        return tuple(self.agreed)

    def agree(self, desk: "Desk", patient_id: str, kind: WishKind, value: str) -> None:
        """Agree."""
        if self.refuses is not None:
            raise self.refuses
        name = f"w-{len(self.agreed) + 2}"
        self.agreed.append(Wish(name, patient_id, kind, value, "", NIGHT, "staff-1"))

    def end(self, desk: "Desk", wish_id: str) -> None:
        """End."""
        self.agreed = [each for each in self.agreed if each.id != wish_id]

    def open_requests(self, desk: "Desk", patient_id: str) -> tuple[Request, ...]:
        """One."""
        return (request(1, Asked.ACCESS, date(2026, 11, 2)),)

    def attached(self, desk: "Desk", patient_id: str) -> tuple[Amendment, ...]:
        """One that was denied."""
        asked, against = "My middle name is missing.", "It is in my passport."
        return (Amendment("q-3", "patient", patient_id, asked, "denied", "accurate", against),)

    def take(self, desk: "Desk", patient_id: str, kind: Asked, asked: str) -> date:
        """Take it."""
        if kind is Asked.AMENDMENT and not asked:
            raise RequestUnclear("asked")
        return due(kind, TODAY)

    def standing(self, desk: "Desk", patient_id: str) -> tuple[Standing, ...]:
        """Ten years."""
        return (Standing("patient", patient_id, Kept.SEEN, LATER.start, LATER.due, self.is_held),)

    def hold(self, desk: "Desk", patient_id: str, matter: str, again: "StepUp | None") -> None:
        """Set it."""
        self.is_held = True
