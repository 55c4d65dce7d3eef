"""What a workstation tells the others of its office, and CareKraft: acts in the outbox."""

import json
from datetime import date

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.notices import (
    Band,
    IncidentTold,
    ShutOut,
    Taken,
    TookTold,
    TriesTold,
    took_id,
)
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import NOTICE, WORKSTATION, Intention
from carekraft_desktop.domain.notices import handle
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import facts, outbox
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Writing


def shut_out(desk: Desk, unit: Writing, name: str) -> str:
    """A person of this sign-in name may come in nowhere any more (REQ-24); the hash for them."""
    person = handle(facts.get(unit, Fact.OFFICE_ID), name)
    _leave(desk, unit, Act.SHUT_OUT, f"person.{person}", encode(ShutOut(person)).decode())
    return person


def tries(desk: Desk, unit: Writing) -> None:
    """Many passwords did not fit here (REQ-26); no name leaves."""
    _leave(desk, unit, Act.TELL_TRIES, f"tries.{desk.device}", encode(TriesTold()).decode())


def took(desk: Desk, unit: Writing, person: str, taken: list[Taken]) -> None:
    """What somebody whose sign-in ended had taken along here (REQ-97): counts and days."""
    body = encode(TookTold(person, taken)).decode()
    _leave(desk, unit, Act.TELL_TOOK, took_id(person, desk.device), body)


def incident(
    desk: Desk,
    unit: Writing,
    incident_id: str,
    *,
    what: str,
    day: date,
    band: Band,
    classes: list[str],
) -> str:
    """CareKraft is told of an incident; the key of the act."""
    body = IncidentTold(what=what, day=day, band=band, classes=classes)
    return _leave(desk, unit, Act.TELL_INCIDENT, incident_id, encode(body).decode())


def lost(desk: Desk, unit: Writing, device: str) -> str:
    """A workstation is lost; the key of the act."""
    return _leave(desk, unit, Act.REPORT_LOST, device, json.dumps({}), kind=WORKSTATION)


def _leave(
    desk: Desk, unit: Writing, act: Act, about: str, body: str, *, kind: str = NOTICE
) -> str:
    now = desk.now()
    intention = Intention(
        key=desk.ids.new(),
        about=about,
        act=act,
        if_version=0,
        actor=desk.staff.id or "workstation",
        made_at=now,
        visit_start=0,
        next_at=now,
        kind=kind,
        body=body,
    )
    outbox.append(unit, intention)
    return intention.key
