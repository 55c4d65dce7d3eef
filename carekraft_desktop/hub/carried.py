"""Referrals that an office carries to a partner outside the exchange by itself.

The exchange still looks at the bytes, takes the permission once under its lock and writes the
patient's copy, before anything leaves for the partner. What the partner answers is told back in
the closed codes, by the office that carried it and for its own referrals alone.
"""

from carekraft_desktop.contract.commands import CommandType
from carekraft_desktop.contract.referrals import CancelCode, ReferralStatus, ReportReferral
from carekraft_desktop.hub import far_ends, feed, referrals
from carekraft_desktop.hub.feed import Place
from carekraft_desktop.hub.orders import Handler, Order, Refusal

NOBODY = ""
"""The office at the far end of a carried referral."""


def carry(order: Order) -> Place:
    """Take the permission for a referral that its office brings to a partner.

    Raises:
        Refusal: it cannot be done.
    """
    return referrals.guarded(order, _carry)


def report(order: Order) -> Place:
    """Keep what a partner answered.

    Raises:
        Refusal: it was not carried, or it has ended.
    """
    return referrals.guarded(order, _report)


def _carry(order: Order) -> Place:
    message, target = referrals.checked(order)
    referrals.record(order, message, to=NOBODY, provider_id=target["provider_id"])
    made = referrals.row_of(order, message.request_id)
    feed.write_all(order.connection, far_ends.items(dict(made)), order.at)
    return referrals.place_of(order)


def _report(order: Order) -> Place:
    body: ReportReferral = order.body
    row = referrals.row_of(order, order.command.id)
    if row["to_office_id"] != NOBODY:
        raise Refusal(referrals.illegal(row))  # the office that has it answers
    if row["status"] not in referrals.OPEN:
        raise Refusal(referrals.illegal(row))
    news: dict[str, object] = {"status": body.status.value}
    if body.status in (ReferralStatus.BOOKED, ReferralStatus.RESCHEDULED):
        news |= {
            "start_at": referrals.at_second(body.start),
            "end_at": referrals.at_second(body.end),
        }
    elif body.status is ReferralStatus.DECLINED:
        news["decline_code"] = str(body.decline_code)
    else:
        news["cancel_code"] = CancelCode.TO_OFFICE.value
    told = far_ends.change(order.connection, row, **news)
    feed.write_all(order.connection, told, order.at)
    return referrals.place_of(order)


HANDLERS: dict[CommandType, Handler] = {
    CommandType.REFERRAL_CARRY: carry,
    CommandType.REFERRAL_REPORT: report,
}
