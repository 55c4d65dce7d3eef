"""Carries out what an office asks about a booking, and words each refusal."""

from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from carekraft_desktop.contract.commands import ResultStatus
from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.hub import bookings, slots, steps
from carekraft_desktop.hub.feed import Place
from carekraft_desktop.hub.orders import Order, Refusal
from carekraft_desktop.hub.tables import office


def carry_out(order: Order) -> Place:
    """Do it.

    Raises:
        Refusal: it cannot be done.
    """
    command = order.command
    try:
        case = bookings.load(order.connection, order.office_id, command.id, order.at)
        if case.v != command.if_version:
            current = {"v": case.v, "status": case.status}
            raise Refusal(
                problem(Slug.VERSION_CONFLICT, "The booking changed", current=current),
                ResultStatus.CONFLICT,
            )
        steps.take(case, command.type, order.body, _zone(order.connection, order.office_id))
        return case.settle()
    except bookings.NotThere as error:
        slug = Slug.GONE if error.gone else Slug.NOT_FOUND
        raise Refusal(problem(slug, "There is no such booking")) from None
    except slots.SlotUnknown:
        raise Refusal(
            problem(Slug.NOT_FOUND, "There is no such slot", errors=["$.body.slot"])
        ) from None
    except slots.SlotTaken as error:
        raise Refusal(
            problem(Slug.SLOT_TAKEN, "The slot is not free", alternatives=error.alternatives)
        ) from None
    except steps.IllegalStep:
        raise Refusal(
            problem(
                Slug.ILLEGAL_TRANSITION,
                "The booking's state does not allow it",
                current={"v": case.v, "status": case.status},
            )
        ) from None
    except steps.BodyRefused as error:
        raise Refusal(
            problem(Slug.INVALID_REQUEST, "The command is incomplete", errors=[error.place])
        ) from None


def _zone(connection: Connection, office_id: str) -> ZoneInfo:
    return ZoneInfo(
        connection.execute(
            select(office.c.zone).where(office.c.office_id == office_id)
        ).scalar_one()
    )
