"""Incidents in the demonstration: one that is half worked through, one that CareKraft tells of."""

import json

from carekraft_desktop.cli.exchange_process import ExchangeProcess
from carekraft_desktop.domain.breach import Factors, Mitigated, Nature, Recipient
from carekraft_desktop.domain.incidents import Containment, Entered, Kind, Secured, Step
from carekraft_desktop.services import incident_assessing, incidents
from carekraft_desktop.services.desk import Desk

DAYS = 17
"""How long ago the first one was noticed, so that its first reminder has come."""


def seed(desk: Desk, exchange: ExchangeProcess) -> None:
    """A list that went to the wrong fax; terms, and CareKraft's own word."""
    noticed = desk.now() - DAYS * 86_400
    file = incidents.open_one(desk, Kind.MISSENT, occurred=noticed, discovered=noticed)
    for step in (Step.STAY_CALM, Step.CALL_BACK):
        incidents.tick(desk, file.id, step)
    for kind, value in (
        (Entered.WHAT, "The call list of a morning went to another office's fax."),
        (Entered.CLASSES, json.dumps(["contact"])),
        (Entered.INDIVIDUALS, "14"),
        (Entered.RESIDENTS, "IL 12, WI 2"),
        (Entered.SECURED, Secured.NO.value),
        (Entered.CONTAINMENT, Containment.CALLED_BACK.value),
    ):
        incidents.put_down(desk, file.id, kind, value)
    incident_assessing.assess(
        desk,
        file.id,
        Factors(
            Nature.CONTACT_ONLY,
            Recipient.COVERED_PROVIDER,
            mitigated=Mitigated.WRITTEN_ASSURANCE,
            links=("", "fax report of that day", "", "letter 12"),
        ),
    )
    exchange.patient("carekraft/terms")
    exchange.patient("carekraft/incident")
    # Held at the office, until the public brings a guardian along.
    exchange.patient("minors/book")
