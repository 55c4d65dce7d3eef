"""The register of incidents in memory, for pictures and for tests of its page."""

# ruff: noqa: ARG002 - the shape is the services'

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from carekraft_desktop.domain import breach, breach_clocks
from carekraft_desktop.domain.breach import Conclusion, Factors
from carekraft_desktop.domain.breach_clocks import Addressee
from carekraft_desktop.domain.incidents import (
    Entered,
    Entry,
    File,
    Kind,
    Sanction,
    Step,
    folded,
)
from carekraft_desktop.domain.machines import Machine, MachineState, Told, Wrap, against
from carekraft_desktop.domain.trail import Report
from carekraft_desktop.domain.visits import Office
from carekraft_desktop.errors import CareKraftError, IncidentUnclear, NoLongerThere
from carekraft_desktop.services import incident_assessing as assessing
from carekraft_desktop.services import incident_notices as notices
from carekraft_desktop.services.incident_assessing import Clocks
from carekraft_desktop.services.incident_notices import Addressed, Envelopes, Way
from carekraft_desktop.services.incident_patients import Affected
from carekraft_desktop.store.search import Hit
from tests.fakes.office import WHEN, ZONE, at

if TYPE_CHECKING:
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.step_up import StepUp

OFFICE = Office("office-1", "Lakeside Clinic", ZONE, "+1 312 555 0100", 1, "", "")
DAY = 86_400


def entered(*lines: tuple[Entered, str, str, int]) -> tuple[Entry, ...]:
    """Entries from kind, value, staff and moment."""
    return tuple(
        Entry(n, moment, staff, kind, value)
        for n, (kind, value, staff, moment) in enumerate(lines, 1)
    )


def missent() -> File:
    """A list of calls that went to the wrong fax, half worked through."""
    opened = at("09:12", -17)
    return File(
        "inc-1",
        Kind.MISSENT,
        "",
        opened,
        "staff-2",
        "",
        "",
        entered(
            (Entered.STEP, Step.STAY_CALM.value, "staff-2", opened + 60),
            (Entered.STEP, Step.CALL_BACK.value, "staff-2", opened + 900),
            (Entered.WHAT, "A list of calls went to another office's fax.", "staff-1", opened),
            (Entered.PATIENTS, json.dumps([f"p-{n}" for n in range(14)]), "staff-1", opened),
            (Entered.RESIDENTS, json.dumps({"IL": 12, "WI": 2}), "staff-1", opened),
            (Entered.CLASSES, json.dumps(["contact"]), "staff-1", opened),
            (Entered.SECURED, "readable", "staff-1", opened),
            (Entered.CONTAINMENT, "called-back", "staff-1", opened),
            (Entered.JOURNAL, "812-816", "staff-1", opened),
            (
                Entered.ASSESSED,
                json.dumps(
                    {
                        **asdict(
                            Factors("contact-only", "covered-provider", "", "written-assurance")
                        ),
                        "links": ["815", "letter 12", "", "letter 13"],
                    }
                ),
                "staff-1",
                opened,
            ),
            (Entered.VIOLATION, "staff-2", "staff-1", opened),
        ),
    )


def public_reply() -> File:
    """A reply that told of a patient."""
    opened = at("16:40", -1)
    return File(
        "inc-2",
        Kind.PUBLIC_REPLY,
        "review-1",
        opened,
        "staff-1",
        "staff-2",
        "A reply.",
        entered(
            (Entered.STEP, Step.TAKE_DOWN.value, "staff-1", opened),
            (Entered.STEP, Step.KEEP_EVIDENCE.value, "staff-1", opened),
        ),
    )


def stolen() -> File:
    """A laptop, a moment ago."""
    return File("inc-3", Kind.LOST_MACHINE, "", at("09:44"), "staff-1", "", "")


def closed() -> File:
    """One that two people have brought to an end."""
    opened = at("11:00", -120)
    return File(
        "inc-4",
        Kind.LOOKED,
        "",
        opened,
        "staff-1",
        "staff-2",
        "",
        entered(
            (Entered.CONCLUDED, Conclusion.GOOD_FAITH.value, "staff-1", opened + DAY),
            (Entered.SIGNED, Conclusion.GOOD_FAITH.value, "staff-2", opened + DAY),
            (Entered.CLOSED, "exception", "staff-1", opened + 2 * DAY),
        ),
    )


LAPTOP = Machine(
    "device-7",
    3,
    "Laptop of the house calls",
    at("18:05", -1),
    MachineState.CLOSED,
    5,
    "SQLCipher 4.6.1",
    "Argon2id, 64 MiB",
    Wrap.KEYRING,
    signed=True,
)


@dataclass
class FakeIncidents:
    """Keeps files in memory."""

    files: list[File] = field(default_factory=list)
    refuses: CareKraftError | None = None
    there: tuple[Machine, ...] = (LAPTOP,)
    lost: list[str] = field(default_factory=list)
    days: dict[str, int] = field(default_factory=dict)
    exported: list[Path] = field(default_factory=list)

    def _add(self, desk: "Desk", incident_id: str, *said: tuple[Entered, str]) -> File:
        if self.refuses is not None:
            raise self.refuses
        file = self.read(desk, incident_id)
        more = tuple(
            Entry(len(file.entries) + n, desk.now(), desk.staff.id, kind, value)
            for n, (kind, value) in enumerate(said, 1)
        )
        made = folded(file, (*file.entries, *more))
        self.files = [made if each.id == incident_id else each for each in self.files]
        return made

    def register(self, desk: "Desk") -> tuple[File, ...]:
        return tuple(sorted(self.files, key=lambda each: -each.opened_at))

    def open_one(self, desk: "Desk", kind: Kind) -> File:
        if self.refuses is not None:
            raise self.refuses
        made = File(f"inc-{len(self.files) + 10}", kind, "", desk.now(), desk.staff.id, "", "")
        self.files.append(made)
        return made

    def read(self, desk: "Desk", incident_id: str) -> File:
        for each in self.files:
            if each.id == incident_id:
                return each
        raise NoLongerThere

    def tick(self, desk: "Desk", incident_id: str, step: Step) -> File:
        return self._add(desk, incident_id, (Entered.STEP, step.value))

    def put_down(self, desk: "Desk", incident_id: str, kind: Entered, value: str) -> File:
        from carekraft_desktop.services.incidents import checked

        return self._add(desk, incident_id, (kind, checked(kind, value, desk.now())))

    def everybody_here(self, desk: "Desk", incident_id: str) -> File:
        return self._add(desk, incident_id, (Entered.PATIENTS, json.dumps(["p-1", "p-2"])))

    factors = staticmethod(assessing.factors)

    def assess(self, desk: "Desk", incident_id: str, chosen: Factors) -> File:
        value = json.dumps({**asdict(chosen), "links": list(chosen.links)})
        return self._add(desk, incident_id, (Entered.ASSESSED, value))

    def conclude(
        self, desk: "Desk", incident_id: str, conclusion: Conclusion, proof: "StepUp | None"
    ) -> File:
        return self._add(desk, incident_id, (Entered.CONCLUDED, conclusion.value))

    def countersign(self, desk: "Desk", incident_id: str, proof: "StepUp | None") -> File:
        return self._add(desk, incident_id, (Entered.SIGNED, ""))

    def violation(self, desk: "Desk", incident_id: str, staff_id: str) -> File:
        return self._add(desk, incident_id, (Entered.VIOLATION, staff_id))

    def sanction(self, desk: "Desk", incident_id: str, staff_id: str, outcome: Sanction) -> File:
        value = json.dumps({"staff": staff_id, "outcome": outcome.value})
        return self._add(desk, incident_id, (Entered.SANCTION, value))

    def delay(self, desk: "Desk", incident_id: str, asked: date, until: date | None) -> File:
        value = {"asked": asked.isoformat(), "until": until.isoformat() if until else ""}
        return self._add(desk, incident_id, (Entered.DELAY, json.dumps(value)))

    def confirm_days(self, desk: "Desk", state: str, days: int) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.days[state] = days

    def clocks(self, desk: "Desk", file: File) -> Clocks:
        discovered, today = WHEN.day(file.discovered), WHEN.day(desk.now())
        runs = breach.counts_as_breach(file) and file.closed_at is None
        told = assessing.noticed(file)
        due = breach_clocks.due(
            discovered,
            file.individuals if runs else 0,
            file.residents,
            shorter=self.days,
        )
        due = tuple(each for each in due if (each.who, "") not in told)
        reached = breach_clocks.reached(discovered, today) if runs else 0
        return Clocks(discovered, today, due, reached)

    def open_points(self, desk: "Desk", file: File) -> tuple[str, ...]:
        return ("conclusion",) if breach.state(file) is breach.State.PRESUMED else ()

    def close(self, desk: "Desk", incident_id: str, proof: "StepUp | None") -> File:
        return self._add(desk, incident_id, (Entered.CLOSED, "breach"))

    def sent(
        self, desk: "Desk", incident_id: str, who: Addressee, way: Way, *, state: str = ""
    ) -> File:
        value = {"who": who.value, "way": way.value, "state": state, "text": "", "sent": True}
        return self._add(desk, incident_id, (Entered.NOTICE, json.dumps(value)))

    def usual_way(self, who: Addressee) -> Way:
        return notices.ways(who)[0]

    def written(self, desk: "Desk", incident_id: str, text: str) -> File:
        value = {"who": "individuals", "way": "", "state": "", "text": text, "sent": False}
        return self._add(desk, incident_id, (Entered.NOTICE, json.dumps(value)))

    def envelopes(self, desk: "Desk", incident_id: str, proof: "StepUp | None") -> Envelopes:
        return Envelopes((Addressed("Ama Boateng", "1 Elm Street, Chicago, IL"),), 2)

    def export(self, desk: "Desk", incident_id: str, place: Path, proof: "StepUp | None") -> Report:
        self.exported.append(place)
        return Report(12, key=b"k" * 32)

    def tell(self, desk: "Desk", incident_id: str) -> File:
        return self._add(desk, incident_id, (Entered.TOLD, "key"))

    def machines(self, desk: "Desk") -> tuple[Machine, ...]:
        return self.there

    def report_lost(
        self, desk: "Desk", incident_id: str, device: str, proof: "StepUp | None", told: Told
    ) -> File:
        self.lost.append(device)
        (machine,) = [each for each in self.there if each.device == device]
        stands = [each.value for each in against(machine, told)]
        pack = json.dumps({"device": device, "candidate": not stands, "against": stands})
        return self._add(desk, incident_id, (Entered.EVIDENCE, pack))

    def office(self, desk: "Desk") -> Office:
        return OFFICE

    def begin_drill(self, desk: "Desk", kind: Kind) -> "FakeDrill":
        made = FakeDrill(desk, self, f"drill-{len(self.files)}")
        self.files.append(File(made.file_id, kind, "drill", desk.now(), desk.staff.id, "", ""))
        self.put_down(desk, made.file_id, Entered.INDIVIDUALS, "620")
        self.put_down(desk, made.file_id, Entered.RESIDENTS, "NY 608, CO 12")
        return made


@dataclass
class FakeDrill:
    """An exercise over the same files."""

    desk: "Desk"
    uses: FakeIncidents
    file_id: str
    days: int = 0
    ended: bool = False

    @property
    def second(self) -> "Desk":
        return self.desk

    def proof(self, staff: object = None) -> "StepUp":
        from carekraft_desktop.services.step_up import StepUp

        return StepUp(self.desk.staff, self.desk.now())

    def forward(self, days: int) -> None:
        self.days += days

    def end(self) -> None:
        self.ended = True
        self.uses.files = [each for each in self.uses.files if each.id != self.file_id]

    def close(self) -> None:
        self.ended = True


@dataclass
class FakeAffected:
    """Five patients of whom two fit; a stretch of the journal that names one more."""

    incidents: FakeIncidents
    people: dict[str, str] = field(
        default_factory=lambda: {
            "p-31": "Ama Boateng",
            "p-32": "Elif Demir",
            "p-33": "Emil Demir",
            "p-34": "Tomas Okafor",
        }
    )
    revealed: list[str] = field(default_factory=list)
    linked: bool = True

    def search(self, desk: "Desk", incident_id: str, typed: str) -> tuple[Hit, ...]:
        return tuple(
            Hit(id_, name, "", 0, None)
            for id_, name in self.people.items()
            if typed.lower() in name.lower()
        )

    def listed(self, desk: "Desk", incident_id: str) -> tuple[Affected, ...]:
        ids = self.incidents.read(desk, incident_id).patients
        return tuple(Affected(id_, self.people.get(id_, "")) for id_ in ids)

    def add(self, desk: "Desk", incident_id: str, patient_ids: Collection[str]) -> File:
        there = self.incidents.read(desk, incident_id).patients
        value = json.dumps([*there, *patient_ids])
        return self.incidents.put_down(desk, incident_id, Entered.PATIENTS, value)

    def take_off(self, desk: "Desk", incident_id: str, patient_id: str) -> File:
        there = self.incidents.read(desk, incident_id).patients
        value = json.dumps([each for each in there if each != patient_id])
        return self.incidents.put_down(desk, incident_id, Entered.PATIENTS, value)

    def from_journal(self, desk: "Desk", incident_id: str) -> int:
        if not self.linked:
            raise IncidentUnclear(Entered.JOURNAL.value)
        if "p-34" in self.incidents.read(desk, incident_id).patients:
            return 0
        self.add(desk, incident_id, ["p-34"])
        return 1

    def birth_date(self, desk: "Desk", incident_id: str, patient_id: str) -> str:
        self.revealed.append(patient_id)
        return "1979-03-12"
