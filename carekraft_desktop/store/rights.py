"""The register of what patients ask, with its steps, amendments, authorizations, representatives."""

from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.asking import Asked, Delay, Identity, Request, Result, Step
from carekraft_desktop.domain.authorizing import Authorization
from carekraft_desktop.domain.copying import Directed, Fee, FeeTold
from carekraft_desktop.domain.representing import Authority, Representative, Scope
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value

_REQUEST = (
    "id, patient_id, kind, received_on, due_on, extended_to, reason, identity, "
    "by_representative, state, outcome, made_by, closed_on, fee_cents, fee_supplies, fee_postage, "
    "fee_told_on, fee_told, to_name, to_address, to_signed_on, to_authorization"
)
_ONCE = frozenset({"id", "patient_id", "kind", "received_on", "due_on", "by_representative"})
"""What of a request is said once and for all."""


def put_request(unit: Writing, request: Request) -> None:
    """Keep a request as it is now."""
    fee, to = request.fee, request.to
    names = _REQUEST.split(", ")
    marks = ", ".join("?" * len(names))
    renewed = ", ".join(f"{each} = excluded.{each}" for each in names if each not in _ONCE)
    unit.run(
        f"""INSERT INTO patient_request ({_REQUEST}) VALUES ({marks})
        ON CONFLICT(id) DO UPDATE SET {renewed}""",
        request.id,
        request.patient_id,
        request.kind.value,
        request.received_on.isoformat(),
        request.due_on.isoformat(),
        request.extended_to.isoformat() if request.extended_to else "",
        request.reason.value if request.reason else "",
        request.identity.value if request.identity else "",
        request.by_representative,
        "open" if request.open else "closed",
        request.outcome.value if request.outcome else "",
        request.made_by,
        request.closed_on.isoformat() if request.closed_on else "",
        fee.cents,
        fee.supplies,
        fee.postage,
        fee.told_on.isoformat() if fee.told_on else "",
        fee.told.value if fee.told else "",
        to.name if to else "",
        to.address if to else "",
        to.signed_on.isoformat() if to else "",
        to.authorization_id if to else "",
    )


def add_step(unit: Writing, request_id: str, step: Step) -> None:
    """What somebody did with it."""
    unit.run(
        "INSERT INTO request_step (request_id, at, staff, what, code) VALUES (?, ?, ?, ?, ?)",
        request_id,
        step.at,
        step.staff,
        step.what,
        step.code,
    )


def request(unit: Reading, request_id: str) -> Request | None:
    """One request."""
    row = unit.row(f"SELECT {_REQUEST} FROM patient_request WHERE id = ?", request_id)
    return None if row is None else _request(row)


def requests(unit: Reading, patient_id: str = "") -> tuple[Request, ...]:
    """Open ones by their day, then the others, the newest first; of one patient or of all."""
    rows = unit.rows(
        f"""SELECT {_REQUEST} FROM patient_request WHERE ? IN ('', patient_id)
        ORDER BY state = 'closed', CASE state WHEN 'open' THEN
        coalesce(NULLIF(extended_to, ''), due_on) ELSE '' END, closed_on DESC, id""",
        patient_id,
    )
    return tuple(map(_request, rows))


def steps(unit: Reading, request_id: str) -> tuple[Step, ...]:
    """All that was done with it, in order."""
    rows = unit.rows(
        "SELECT at, staff, what, code FROM request_step WHERE request_id = ? ORDER BY n", request_id
    )
    return tuple(Step(*row) for row in rows)


def _request(row: Row) -> Request:
    (id_, patient_id, kind, received, due, extended, reason, identity, by, state, outcome) = row[
        :11
    ]
    made_by, closed, *costs = row[11:18]
    return Request(
        id_,
        patient_id,
        Asked(kind),
        date.fromisoformat(received),
        date.fromisoformat(due),
        date.fromisoformat(extended) if extended else None,
        Delay(reason) if reason else None,
        Identity(identity) if identity else None,
        by,
        state == "open",
        Result(outcome) if outcome else None,
        made_by,
        date.fromisoformat(closed) if closed else None,
        _fee(*costs),
        _directed(*row[18:]),
    )


def _fee(cents: int, supplies: int, postage: int, told_on: str, told: str) -> Fee:
    return Fee(
        cents - supplies - postage,
        supplies,
        postage,
        date.fromisoformat(told_on) if told_on else None,
        FeeTold(told) if told else None,
    )


def _directed(name: str, address: str, signed_on: str, authorization: str) -> Directed | None:
    if not name:
        return None
    return Directed(name, address, date.fromisoformat(signed_on), authorization)


class Amendment(Value, frozen=True):
    """What a patient wants changed, and what became of it; the original stays as it is."""

    request_id: str
    record_kind: str
    record_id: str
    asked: str
    """The patient's words."""
    decision: str = ""
    denial: str = ""
    disagreement: str = ""
    """The patient's statement against a denial; it stays attached."""


def put_amendment(unit: Writing, one: Amendment) -> None:
    """Keep it as it is now."""
    unit.run(
        """INSERT INTO amendment VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(request_id) DO UPDATE
        SET decision = excluded.decision, denial = excluded.denial,
        disagreement = excluded.disagreement""",
        one.request_id,
        one.record_kind,
        one.record_id,
        one.asked,
        one.decision,
        one.denial,
        one.disagreement,
    )


def amendment(unit: Reading, request_id: str) -> Amendment | None:
    """What belongs to a request for amendment."""
    row = unit.row("SELECT * FROM amendment WHERE request_id = ?", request_id)
    return None if row is None else Amendment(*row)


def amendments(unit: Reading, patient_id: str) -> tuple[Amendment, ...]:
    """Everything a patient wanted changed."""
    rows = unit.rows(
        """SELECT a.* FROM amendment a JOIN patient_request r ON r.id = a.request_id
        WHERE r.patient_id = ? ORDER BY a.request_id""",
        patient_id,
    )
    return tuple(Amendment(*row) for row in rows)


_AUTHORIZATION = (
    "id, patient_id, description, discloser, recipient, purpose, expires_on, expires_event, "
    "event_on, signed_on, representative_id, says_revocation, says_redisclosure, revoked_at, "
    "made_at, made_by"
)


def put_authorization(unit: Writing, one: Authorization) -> None:
    """Keep an authorization; only its end may change."""
    marks = ", ".join("?" * 16)
    unit.run(
        f"""INSERT INTO authorization ({_AUTHORIZATION}) VALUES ({marks}) ON CONFLICT(id)
        DO UPDATE SET event_on = excluded.event_on, revoked_at = excluded.revoked_at""",
        one.id,
        one.patient_id,
        one.description,
        one.discloser,
        one.recipient,
        one.purpose,
        one.expires_on,
        one.expires_event,
        one.event_on,
        one.signed_on,
        one.representative_id,
        int(one.says_revocation),
        int(one.says_redisclosure),
        one.revoked_at,
        one.made_at,
        one.made_by,
    )


def authorization(unit: Reading, id_: str) -> Authorization | None:
    """One authorization."""
    row = unit.row(f"SELECT {_AUTHORIZATION} FROM authorization WHERE id = ?", id_)
    return None if row is None else _authorization(row)


def authorizations(unit: Reading, patient_id: str) -> tuple[Authorization, ...]:
    """All of a patient, the newest first."""
    rows = unit.rows(
        f"""SELECT {_AUTHORIZATION} FROM authorization WHERE patient_id = ?
        ORDER BY made_at DESC, id""",
        patient_id,
    )
    return tuple(map(_authorization, rows))


def _authorization(row: Row) -> Authorization:
    names = _AUTHORIZATION.split(", ")
    members = dict(zip(names, row, strict=True))
    for name in ("says_revocation", "says_redisclosure"):
        members[name] = bool(members[name])
    return Authorization(**members)


_REPRESENTATIVE = (
    "id, patient_id, name, authority, scope, document, verified_by, starts_on, ends_on, "
    "endangers, exception"
)


def put_representative(unit: Writing, one: Representative, at: Moment) -> None:
    """Keep a representative; only the end and the warning may change."""
    unit.run(
        f"""INSERT INTO representative ({_REPRESENTATIVE}, made_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        ends_on = excluded.ends_on, endangers = excluded.endangers""",
        one.id,
        one.patient_id,
        one.name,
        one.authority.value,
        one.scope.value,
        one.document,
        one.verified_by,
        one.starts_on,
        one.ends_on,
        int(one.endangers),
        one.exception,
        at,
    )


def representative(unit: Reading, id_: str) -> Representative | None:
    """One of them."""
    row = unit.row(f"SELECT {_REPRESENTATIVE} FROM representative WHERE id = ?", id_)
    return None if row is None else _representative(row)


def representatives(unit: Reading, patient_id: str = "") -> tuple[Representative, ...]:
    """All of a patient, or of everybody."""
    rows = unit.rows(
        f"""SELECT {_REPRESENTATIVE} FROM representative WHERE ? IN ('', patient_id)
        ORDER BY made_at DESC, id""",
        patient_id,
    )
    return tuple(map(_representative, rows))


def _representative(row: Row) -> Representative:
    id_, patient_id, name, authority, scope, *rest = row
    document, verified_by, starts, ends, endangers, exception = rest
    return Representative(
        id_,
        patient_id,
        name,
        Authority(authority),
        Scope(scope),
        document,
        verified_by,
        starts,
        ends,
        bool(endangers),
        exception,
    )
