"""Tell CareKraft that there is an incident: the kind, the day, and how many in round numbers.

Nothing of a patient, no name, and no sentence of anybody leaves.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from carekraft_desktop.contract.notices import Band
from carekraft_desktop.domain.breach_clocks import MANY
from carekraft_desktop.domain.incidents import Entered, File
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import IncidentUnclear
from carekraft_desktop.services import incidents as files
from carekraft_desktop.services import outgoing_notices
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import office as offices

_KNOWN = frozenset({"contact", "demographic", "insurance", "medical", "other"})


def tell(desk: Desk, incident_id: str) -> File:
    """Put the word to CareKraft into the outbox, once.

    Raises:
        IncidentUnclear: it was told before.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.tell", incident_id)
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        if file.said(Entered.TOLD):
            raise IncidentUnclear("told")
        office = offices.office(unit)
        zone = ZoneInfo(office.zone) if office is not None else UTC
        key = outgoing_notices.incident(
            desk,
            unit,
            incident_id,
            what=file.kind.value,
            day=datetime.fromtimestamp(file.discovered, zone).date(),
            band=band(file.individuals),
            classes=[each for each in file.classes if each in _KNOWN],
        )
        files.add(desk, unit, file, Entered.TOLD, key)
        desk.note(unit, "incident.tell", incident_id)
    return files.read(desk, incident_id)


def band(individuals: int) -> Band:
    """How many, in round numbers."""
    if not individuals:
        return Band.NONE
    return Band.MANY if individuals >= MANY else Band.FEW
