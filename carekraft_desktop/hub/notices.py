"""Notices in closed codes: between the workstations of an office, and between it and CareKraft."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.commands import CommandType
from carekraft_desktop.contract.notices import Band, IncidentTold, Notice, NoticeKind, took_id
from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.feed import Change, Place
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.orders import Handler, Order, Refusal
from carekraft_desktop.hub.tables import told

KIND = "bulletin"


def shut_out(order: Order) -> Place:
    """A person may come in nowhere in this office any more."""
    _expect(order, f"person.{order.body.person}")
    return _tell(order, NoticeKind.SHUT_OUT, person=order.body.person)


def tries(order: Order) -> Place:
    """Many passwords did not fit at the workstation that says so."""
    _expect(order, f"tries.{order.client_id}")
    return _tell(order, NoticeKind.TRIES)


def took(order: Order) -> Place:
    """What somebody whose sign-in ended had taken along at the workstation that says so."""
    _expect(order, took_id(order.body.person, order.client_id))
    return _tell(order, NoticeKind.TOOK, person=order.body.person, taken=order.body.taken)


def tell(order: Order) -> Place:
    """The office tells CareKraft of an incident."""
    body: IncidentTold = order.body
    try:
        with order.connection.begin_nested():
            order.connection.execute(
                insert(told).values(
                    office_id=order.office_id,
                    id=order.command.id,
                    client_id=order.client_id,
                    body=encode(body).decode(),
                    at=seconds(order.at),
                )
            )
    except IntegrityError:
        raise Refusal(
            problem(Slug.INVALID_REQUEST, "It was told before", errors=["$.id"])
        ) from None
    return _tell(order, NoticeKind.TOLD, what=body.what, day=body.day, band=body.band)


HANDLERS: dict[CommandType, Handler] = {
    CommandType.NOTICE_SHUT_OUT: shut_out,
    CommandType.NOTICE_TRIES: tries,
    CommandType.NOTICE_TOOK: took,
    CommandType.NOTICE_TOLD: tell,
}


def warn(
    connection: Connection,
    office_id: str,
    incident_id: str,
    *,
    what: str,
    day: date,
    classes: list[str],
    at: datetime,
) -> Place:
    """CareKraft tells an office of an incident on its side (45 CFR 164.410)."""
    notice = Notice(
        id=incident_id,
        kind=NoticeKind.INCIDENT,
        at=at,
        what=what,
        day=day,
        band=Band.FEW,
        classes=classes,
    )
    return put(connection, office_id, notice, at)


def put(connection: Connection, office_id: str, notice: Notice, at: datetime) -> Place:
    """Put a notice into the feed of one office."""
    change = Change(kind=KIND, id=notice.id, body=encode(notice).decode())
    return feed.write(connection, office_id, [change], at)[0]


def listed(connection: Connection) -> list[tuple[str, str, int, str]]:
    """What offices told, the newest first: office, id, when, and the codes as JSON."""
    rows = connection.execute(
        select(told.c.office_id, told.c.id, told.c.at, told.c.body).order_by(told.c.at.desc())
    )
    return [(row.office_id, row.id, row.at, row.body) for row in rows]


def _expect(order: Order, id_: str) -> None:
    if order.command.id != id_:
        raise Refusal(problem(Slug.INVALID_REQUEST, "The command is incomplete", errors=["$.id"]))


def _tell(order: Order, kind: NoticeKind, **more: object) -> Place:
    notice = Notice(
        id=order.command.id,
        kind=kind,
        at=order.at,
        device=order.client_id,
        **more,  # type: ignore[arg-type]
    )
    return put(order.connection, order.office_id, notice, order.at)
