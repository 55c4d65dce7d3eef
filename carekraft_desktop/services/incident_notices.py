"""Tell those concerned: the letter, the addresses it goes to, and that it was sent (REQ-103).

A letter names nobody: it is the same for everyone, and the envelope carries the address. It goes by
first-class mail; by e-mail only to those who agreed to that (45 CFR 164.404).
"""

import json
from enum import StrEnum

from carekraft_desktop.domain.breach_clocks import Addressee
from carekraft_desktop.domain.incidents import Entered, File
from carekraft_desktop.domain.patients import Sharing
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import IncidentUnclear
from carekraft_desktop.services import incidents as files
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import patients
from carekraft_desktop.value import Value


class Way(StrEnum):
    """How it went out."""

    MAIL = "first-class-mail"
    EMAIL = "email-agreed"
    """Each of them agreed to be told by e-mail."""
    PORTAL = "secretary-portal"
    """The form on the Secretary's site."""
    PRESS = "press"


_WAYS = {
    Addressee.INDIVIDUALS: (Way.MAIL, Way.EMAIL),
    Addressee.SECRETARY: (Way.PORTAL,),
    Addressee.MEDIA: (Way.PRESS,),
}


class Addressed(Value, frozen=True):
    """One envelope."""

    name: str
    address: str


class Envelopes(Value, frozen=True):
    """All envelopes, and for how many people there is none."""

    lines: tuple[Addressed, ...]
    without: int
    """Their address was not shared, or they are not here any more: another way is needed."""


def ways(who: Addressee) -> tuple[Way, ...]:
    """How somebody may be told; the usual way first."""
    return _WAYS[who]


def written(desk: Desk, incident_id: str, text: str) -> File:
    """A letter was made; its words are kept with the incident."""
    return _note(desk, incident_id, Addressee.INDIVIDUALS, Way.MAIL, text=text, sent=False)


def sent(desk: Desk, incident_id: str, who: Addressee, way: Way, *, state: str = "") -> File:
    """Those concerned were told; ends their clock.

    Raises:
        IncidentUnclear: they cannot be told that way.
    """
    return _note(desk, incident_id, who, way, state=state, sent=True)


def envelopes(desk: Desk, incident_id: str, proof: StepUp | None) -> Envelopes:
    """Whom the letter goes to; the addresses are journalled as looked at, one by one.

    Raises:
        PasswordAgain: the password was not typed just now.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.envelopes", incident_id)
    desk.require(Right.TAKE_ALONG, "incident.envelopes", incident_id)
    step_up.require(desk, proof, "incident.envelopes", incident_id)
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        lines: list[Addressed] = []
        for id_ in file.patients:
            found = patients.get(unit, id_)
            open_ = patients.shares(unit, id_).contact is Sharing.SHARED
            if found is not None and found.address and open_:
                where = ", ".join(part for part in (found.address, found.postal_code) if part)
                lines.append(Addressed(found.name, where))
                desk.note(unit, "patient.reveal", id_, detail="address")
        desk.note(unit, "incident.envelopes", incident_id, detail=str(len(lines)))
    return Envelopes(tuple(lines), file.individuals - len(lines))


def _note(
    desk: Desk,
    incident_id: str,
    who: Addressee,
    way: Way,
    *,
    state: str = "",
    text: str = "",
    sent: bool,
) -> File:
    desk.require(Right.KEEP_INCIDENTS, "incident.notice", incident_id)
    if way not in _WAYS[who]:
        raise IncidentUnclear("way")
    value = {"who": who.value, "way": way.value, "state": state, "text": text, "sent": sent}
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        files.add(desk, unit, file, Entered.NOTICE, json.dumps(value))
        detail = f"{who.value}:{way.value}:{'sent' if sent else 'written'}"
        desk.note(unit, "incident.notice", incident_id, detail=detail)
    return files.read(desk, incident_id)
