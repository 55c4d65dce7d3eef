"""Carries out what colleagues say to each other about a booking: claims, "entered", calls.

Who comes first has it: a claim that still lasts, and an "entered", stand against everybody else.
"""

from datetime import datetime

from sqlalchemy import select

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import CommandType, ResultStatus
from carekraft_desktop.contract.marks import CLAIM_LASTS, Mark, MarkBody, MarkKind, mark_id
from carekraft_desktop.contract.problems import Problem, Slug, problem
from carekraft_desktop.hub import bookings, feed
from carekraft_desktop.hub.feed import Change, Place
from carekraft_desktop.hub.orders import Order, Refusal
from carekraft_desktop.hub.tables import device

KIND_OF: dict[CommandType, MarkKind] = {
    CommandType.CLAIM: MarkKind.CLAIM,
    CommandType.RELEASE: MarkKind.CLAIM,
    CommandType.ENTER: MarkKind.ENTERED,
    CommandType.UNENTER: MarkKind.ENTERED,
    CommandType.CALL: MarkKind.CALL,
}
_TAKES_AWAY = frozenset({CommandType.RELEASE, CommandType.UNENTER})


def carry_out(order: Order) -> Place:
    """Do it.

    Raises:
        Refusal: there is no such booking, or a colleague was first.
    """
    command, body = order.command, order.body
    kind = KIND_OF[command.type]
    if command.id != mark_id(kind, body.about):
        raise Refusal(_unreadable("$.id"))
    if command.type is CommandType.CALL and body.outcome is None:
        raise Refusal(_unreadable("$.body.outcome"))
    try:
        # The booking's lock decides between two who mark it at the same time.
        case = bookings.load(order.connection, order.office_id, body.about, order.at)
    except bookings.NotThere as error:
        slug = Slug.GONE if error.gone else Slug.NOT_FOUND
        raise Refusal(problem(slug, "There is no such booking")) from None
    held = feed.one(order.connection, order.office_id, "mark", command.id)
    now = None if held is None or held["gone"] else decode(held["body"].encode(), Mark)
    if command.type in _TAKES_AWAY and (now is None or not _may_take_away(order, now)):
        if held is None:
            raise Refusal(problem(Slug.NOT_FOUND, "There is no such mark"))
        return Place(held["v"], held["seq"])
    if now is not None and _stands(now, order):
        current = {"name": now.name, "workstation": now.workstation}
        raise Refusal(
            problem(Slug.ALREADY_MARKED, "A colleague was first", current=current),
            ResultStatus.CONFLICT,
        )
    written = None if command.type in _TAKES_AWAY else encode(_mark(order, kind, body)).decode()
    change = Change(kind="mark", id=command.id, body=written, subject=case.patient_id)
    return feed.write(order.connection, order.office_id, [change], order.at)[0]


def _may_take_away(order: Order, mark: Mark) -> bool:
    """A claim is its owner's; what was entered wrongly any colleague may correct."""
    return order.command.type is CommandType.UNENTER or _own(order, mark)


def _own(order: Order, mark: Mark) -> bool:
    return mark.by == order.command.actor.sub


def _stands(mark: Mark, order: Order) -> bool:
    """Whether what is there stands against this command."""
    if order.command.type is CommandType.ENTER:
        return True
    mine = _own(order, mark) and mark.device == order.client_id
    return order.command.type is CommandType.CLAIM and not mine and not _over(mark, order.at)


def _over(mark: Mark, now: datetime) -> bool:
    return mark.until is not None and mark.until <= now


def _mark(order: Order, kind: MarkKind, body: MarkBody) -> Mark:
    return Mark(
        id=order.command.id,
        kind=kind,
        about=body.about,
        by=order.command.actor.sub,
        name=body.name,
        device=order.client_id,
        workstation=_workstation(order),
        at=order.at,
        until=order.at + CLAIM_LASTS if kind is MarkKind.CLAIM else None,
        outcome=body.outcome if kind is MarkKind.CALL else None,
        v=body.v,
    )


def _workstation(order: Order) -> str:
    found: str | None = order.connection.scalar(
        select(device.c.name).where(device.c.client_id == order.client_id)
    )
    return found or ""


def _unreadable(place: str) -> Problem:
    return problem(Slug.INVALID_REQUEST, "The command is incomplete", errors=[place])
