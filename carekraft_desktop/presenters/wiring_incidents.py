"""The page of incidents with the services below it, for one open office."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from carekraft_desktop.bootstrap import Program as Root
    from carekraft_desktop.domain.breach_clocks import Addressee
    from carekraft_desktop.domain.incidents import File, Kind
    from carekraft_desktop.domain.machines import Machine, Told
    from carekraft_desktop.domain.trail import Report
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.incident_drill import Drill
    from carekraft_desktop.services.incident_notices import Way
    from carekraft_desktop.services.opening import Opened
    from carekraft_desktop.services.step_up import StepUp

DRILL_FOLDER = "drill"


class IncidentsAtHand:
    """Implements `uses_incidents.IncidentUses`."""

    def __init__(self, opened: Opened, home: Path) -> None:
        """For one open office; `home` is where an exercise keeps its store."""
        from carekraft_desktop.services import (
            incident_assessing,
            incident_bundle,
            incident_notices,
            incidents,
            office,
        )

        self._opened, self._home = opened, home
        self._bundle, self._notices = incident_bundle, incident_notices
        self.register, self.open_one = incidents.register, incidents.open_one
        self.read, self.tick = incidents.read, incidents.tick
        self.put_down = incidents.put_down
        self.everybody_here = incidents.everybody_here
        self.factors, self.assess = incident_assessing.factors, incident_assessing.assess
        self.conclude = incident_assessing.conclude
        self.countersign = incident_assessing.countersign
        self.violation, self.sanction = incident_assessing.violation, incident_assessing.sanction
        self.delay, self.confirm_days = incident_assessing.delay, incident_assessing.confirm_days
        self.clocks, self.close = incident_assessing.clocks, incident_assessing.close
        self.open_points = incident_assessing.open_points
        self.sent, self.written = incident_notices.sent, incident_notices.written
        self.envelopes = incident_notices.envelopes
        self.office = office.office

    def usual_way(self, who: Addressee) -> Way:
        """How they are told where nobody says otherwise."""
        return self._notices.ways(who)[0]

    def export(self, desk: Desk, incident_id: str, place: Path, proof: StepUp | None) -> Report:
        """Everything in one file, signed by whoever sits here."""
        return self._bundle.export(desk, self._opened.unlocked, incident_id, place, again=proof)

    def tell(self, desk: Desk, incident_id: str) -> File:
        """Tell CareKraft."""
        from carekraft_desktop.services import incident_telling

        return incident_telling.tell(desk, incident_id)

    def machines(self, desk: Desk) -> tuple[Machine, ...]:
        """The office's other computers."""
        from carekraft_desktop.services import lost

        return lost.others(desk)

    def report_lost(
        self, desk: Desk, incident_id: str, device: str, proof: StepUp | None, told: Told
    ) -> File:
        """One of them is missing."""
        from carekraft_desktop.services import lost

        return lost.report(desk, incident_id, device, proof, told)

    def begin_drill(self, desk: Desk, kind: Kind) -> Drill:
        """Practise."""
        from carekraft_desktop.services.incident_drill import Drill

        return Drill(desk, self._home / DRILL_FOLDER, kind)


class AffectedAtHand:
    """Implements `incident_patients.AffectedUses`."""

    def __init__(self) -> None:
        """Import them."""
        from carekraft_desktop.services import incident_patients as affected

        self.search, self.listed = affected.search, affected.listed
        self.add, self.take_off = affected.add, affected.take_off
        self.from_journal, self.birth_date = affected.from_journal, affected.birth_date


class TermsAtHand:
    """Implements `presenters.terms.TermsUses`."""

    def __init__(self, program: Root) -> None:
        """For one program."""
        from carekraft_desktop.services import (
            agreements,
            attesting,
            support,
            terms,
            training_record,
        )

        self._program, self._support = program, support
        self.shown, self.confirm = terms.shown, attesting.confirm
        self.agreements, self.record = agreements.listed, agreements.record
        self.export_training = training_record.export
        self.write_bundle = support.write

    def bundle(self, desk: Desk) -> str:
        """What support would see."""
        return self._support.bundle(self._program.stands(), desk)


def ended_here(program: Root, opened: Opened) -> str:
    """Why this desk has to be closed now, as a key of `wording.LOCKED_BY`; empty for "go on".

    On the way, the sign-ins that colleagues ended elsewhere are ended here as well (REQ-24).
    """
    from carekraft_desktop.services import shutting

    if opened.loss is not None and opened.loss.done:
        return "lost"
    if shutting.is_over(opened):
        return "shut-out"
    program.settle_shut_out()
    return ""


def banner(desk: Desk) -> Words | None:
    """What the bar above the pages says while a breach waits for those who have to be told."""
    from carekraft_desktop.domain.staff import Right
    from carekraft_desktop.presenters import wording_incidents
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services import incident_assessing, incidents, tries_told

    if not desk.staff.may(Right.KEEP_INCIDENTS):
        return None
    tried = tries_told.lately(desk)
    if tried:
        said = wording_incidents.TRIED
        name = tried[-1] or wording_incidents.TRIED_HERE
        return Words(said.title.format(name=name), said.advice)
    open_ = [each for each in incidents.register(desk) if each.closed_at is None]
    clocks = [incident_assessing.clocks(desk, each) for each in open_]
    days = [each.days for each in clocks if each.reached]
    if not days:
        return None
    said = wording_incidents.BANNER
    return Words(said.title, said.advice.format(day=max(days)))
