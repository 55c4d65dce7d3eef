"""What the page of incidents asks of the services below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from carekraft_desktop.domain.breach import Conclusion, Factors
    from carekraft_desktop.domain.breach_clocks import Addressee
    from carekraft_desktop.domain.incidents import Entered, File, Kind, Sanction, Step
    from carekraft_desktop.domain.machines import Machine, Told
    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.domain.trail import Report
    from carekraft_desktop.domain.visits import Office
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.incident_assessing import Clocks
    from carekraft_desktop.services.incident_notices import Envelopes, Way
    from carekraft_desktop.services.step_up import StepUp


class DrillUses(Protocol):
    """`services/incident_drill.py`: an exercise that has begun."""

    @property
    def desk(self) -> Desk:
        """Where it takes place."""
        ...

    @property
    def second(self) -> Desk:
        """The same with the second person."""
        ...

    @property
    def file_id(self) -> str:
        """Its incident."""
        ...

    @property
    def days(self) -> int:
        """How far its clock is ahead."""
        ...

    def proof(self, staff: Staff | None = None) -> StepUp:
        """Nobody types a password in an exercise."""
        ...

    def forward(self, days: int) -> None:
        """Let days pass."""
        ...

    def end(self) -> None:
        """It is over."""
        ...

    def close(self) -> None:
        """It is broken off."""
        ...


class IncidentUses(Protocol):
    """`services/incidents.py` and its neighbours."""

    def register(self, desk: Desk) -> tuple[File, ...]:
        """All that concern whoever looks."""
        ...

    def open_one(self, desk: Desk, kind: Kind) -> File:
        """Begin a file."""
        ...

    def read(self, desk: Desk, incident_id: str) -> File:
        """One of them."""
        ...

    def tick(self, desk: Desk, incident_id: str, step: Step) -> File:
        """A step was taken."""
        ...

    def put_down(self, desk: Desk, incident_id: str, kind: Entered, value: str) -> File:
        """Put something down."""
        ...

    def everybody_here(self, desk: Desk, incident_id: str) -> File:
        """It is about everybody."""
        ...

    def factors(self, file: File) -> Factors:
        """The four."""
        ...

    def assess(self, desk: Desk, incident_id: str, chosen: Factors) -> File:
        """Put the four down."""
        ...

    def conclude(
        self, desk: Desk, incident_id: str, conclusion: Conclusion, proof: StepUp | None
    ) -> File:
        """Conclude."""
        ...

    def countersign(self, desk: Desk, incident_id: str, proof: StepUp | None) -> File:
        """Agree."""
        ...

    def violation(self, desk: Desk, incident_id: str, staff_id: str) -> File:
        """A rule was broken."""
        ...

    def sanction(self, desk: Desk, incident_id: str, staff_id: str, outcome: Sanction) -> File:
        """What came of it."""
        ...

    def delay(self, desk: Desk, incident_id: str, asked: date, until: date | None) -> File:
        """Law enforcement asked to wait."""
        ...

    def confirm_days(self, desk: Desk, state: str, days: int) -> None:
        """A state's own law."""
        ...

    def clocks(self, desk: Desk, file: File) -> Clocks:
        """Who is to be told by when."""
        ...

    def open_points(self, desk: Desk, file: File) -> tuple[str, ...]:
        """What stands against closing."""
        ...

    def close(self, desk: Desk, incident_id: str, proof: StepUp | None) -> File:
        """Bring it to an end."""
        ...

    def sent(
        self, desk: Desk, incident_id: str, who: Addressee, way: Way, *, state: str = ""
    ) -> File:
        """They were told."""
        ...

    def usual_way(self, who: Addressee) -> Way:
        """How they are told."""
        ...

    def written(self, desk: Desk, incident_id: str, text: str) -> File:
        """A letter was made."""
        ...

    def envelopes(self, desk: Desk, incident_id: str, proof: StepUp | None) -> Envelopes:
        """Whom it goes to."""
        ...

    def export(self, desk: Desk, incident_id: str, place: Path, proof: StepUp | None) -> Report:
        """Everything in one file; slow."""
        ...

    def tell(self, desk: Desk, incident_id: str) -> File:
        """Tell CareKraft, with closed codes only."""
        ...

    def machines(self, desk: Desk) -> tuple[Machine, ...]:
        """The office's other computers, with their last word."""
        ...

    def report_lost(
        self, desk: Desk, incident_id: str, device: str, proof: StepUp | None, told: Told
    ) -> File:
        """One of them is missing."""
        ...

    def office(self, desk: Desk) -> Office | None:
        """Whose letter it is."""
        ...

    def begin_drill(self, desk: Desk, kind: Kind) -> DrillUses:
        """Practise."""
        ...
