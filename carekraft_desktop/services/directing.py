"""A patient wants their copy to go to somebody else: by a signed writing, or an authorization.

The writing names who gets it and where it goes (45 CFR 164.524(c)(3)(ii)). It goes into the
accounting either way: in its full view, since the patient asked for it (REQ-39, REQ-42).
"""

from datetime import date

from carekraft_desktop.domain.asking import Asked, Request
from carekraft_desktop.domain.authorizing import Authorization, flaw
from carekraft_desktop.domain.copying import Directed
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import RequestUnclear
from carekraft_desktop.services import authorizations, requests
from carekraft_desktop.services.accounting import Basis
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import disclosures, retention, rights
from carekraft_desktop.store.disclosures import Outside
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import replace

WHAT = "everything held"
PURPOSE = "at the patient's request"
LONGEST = 200
"""Letters of a name and of an address."""


def direct(desk: Desk, request_id: str, to: Directed) -> Request:
    """Put down to whom the copy goes.

    Args:
        desk: who puts it down.
        request_id: an open request for a copy.
        to: who is named in the signed writing, or the authorization that names them.

    Raises:
        RequestUnclear: no name, no address, or a day that has not come.
        NotAuthorized: the authorization does not cover this recipient (REQ-42).
        NoLongerThere: it is answered.
    """
    desk.require(Right.ANSWER_REQUESTS, "request.direct", request_id)
    with desk.store.read() as unit:
        request = requests.open_one(unit, request_id)
        today = retention.day_of(desk.now(), retention.zone(unit))
        tidy = replace(to, name=" ".join(to.name.split()), address=" ".join(to.address.split()))
        if to.authorization_id:
            paper = rights.authorization(unit, to.authorization_id)
            if paper is not None:
                signed = date.fromisoformat(paper.signed_on)
                tidy = replace(tidy, name=paper.recipient, signed_on=signed)
    if request.kind is not Asked.ACCESS:
        raise RequestUnclear("directed")
    if not (0 < len(tidy.name) <= LONGEST and 0 < len(tidy.address) <= LONGEST):
        raise RequestUnclear("directed")
    if tidy.signed_on > today:
        raise RequestUnclear("signed")
    with desk.store.read() as unit:
        require(unit, replace(request, to=tidy), today)
    how = "authorization" if tidy.authorization_id else "writing"
    return requests.change(desk, request_id, "direct", how, to=tidy)


def to_the_patient(desk: Desk, request_id: str) -> Request:
    """The copy goes to whoever asks after all."""
    return requests.change(desk, request_id, "direct", "patient", to=None)


def authorized(desk: Desk, patient_id: str) -> tuple[Authorization, ...]:
    """Authorizations that would cover it today."""
    desk.require(Right.ANSWER_REQUESTS, "authorization.list", patient_id)
    with desk.store.read() as unit:
        today = retention.day_of(desk.now(), retention.zone(unit))
        return tuple(
            each
            for each in rights.authorizations(unit, patient_id)
            if flaw(each, patient_id, each.recipient, today) is None
        )


def require(unit: Reading, request: Request, today: date) -> None:
    """Let a copy go to somebody else only under what covers it on this day.

    Raises:
        NotAuthorized: the authorization has ended, or was taken back, since.
    """
    to = request.to
    if to is None or not to.authorization_id:
        return
    authorizations.require(unit, to.authorization_id, request.patient_id, to.name, today)


def went(desk: Desk, unit: Writing, request: Request) -> None:
    """It has gone to somebody else: a line of the accounting, in the caller's transaction."""
    to = request.to
    if to is None:
        return
    basis = Basis.AUTHORIZED if to.authorization_id else Basis.PATIENT
    disclosures.add(
        unit,
        Outside(
            desk.ids.new(),
            request.patient_id,
            desk.now(),
            to.name,
            to.address,
            WHAT,
            PURPOSE,
            basis.value,
            request.id,
            desk.staff.id,
        ),
    )
    desk.note(unit, "disclosure.record", request.patient_id, detail=basis.value)
