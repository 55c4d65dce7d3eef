"""Reviews and replies at the exchange: the public writes, offices answer.

A review's body in the feed is the public page itself: whoever reads it sees the review and the
reply as they stand.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import CommandType, ResultStatus
from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.contract.reviews import PublicReply, PublicReview
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.feed import Change, Place
from carekraft_desktop.hub.orders import Handler, Order, Refusal

KIND = "review"


def load(connection: Connection, office_id: str, review_id: str) -> tuple[PublicReview, int]:
    """A review and its version.

    Raises:
        NotThere: nobody wrote it, or the writer took it away.
    """
    row = feed.one(connection, office_id, KIND, review_id)
    if row is None:
        raise NotThere(gone=False)
    if row["gone"]:
        raise NotThere(gone=True)
    return decode(row["body"].encode(), PublicReview), int(row["v"])


def write(connection: Connection, office_id: str, review: PublicReview, now: datetime) -> Place:
    """Put a review into the feed as it stands now."""
    change = Change(kind=KIND, id=review.id, body=encode(review).decode())
    return feed.write(connection, office_id, [change], now)[0]


def remove(connection: Connection, office_id: str, review_id: str, now: datetime) -> Place:
    """The writer takes a review away, and the reply below it goes along."""
    change = Change(kind=KIND, id=review_id, reason="deleted")
    return feed.write(connection, office_id, [change], now)[0]


def put_reply(order: Order) -> Place:
    """Let the office's reply stand below the review, the first one or another.

    Raises:
        Refusal: the review is not there, or not the one that the office saw.
    """
    text, now = order.body.text, order.at

    def changed(review: PublicReview) -> PublicReview:
        before = review.reply
        if before is None:
            return replace(review, reply=PublicReply(text=text, posted=now))
        return replace(review, reply=replace(before, text=text, edited=now))

    return _change(order, changed)


def delete_reply(order: Order) -> Place:
    """Take the office's reply away.

    Raises:
        Refusal: as for `put_reply`, or there is no reply.
    """

    def changed(review: PublicReview) -> PublicReview:
        if review.reply is None:
            raise Refusal(problem(Slug.ILLEGAL_TRANSITION, "There is no reply"))
        return replace(review, reply=None)

    return _change(order, changed)


def report(order: Order) -> Place:
    """Note that the office asks for the review to be looked at.

    Raises:
        Refusal: as for `put_reply`.
    """
    # Why is for those who look at reports; they read the command.
    return _change(order, lambda review: replace(review, reported=True))


def _change(order: Order, change: Callable[[PublicReview], PublicReview]) -> Place:
    try:
        review, v = load(order.connection, order.office_id, order.command.id)
    except NotThere as error:
        slug = Slug.GONE if error.gone else Slug.NOT_FOUND
        raise Refusal(problem(slug, "There is no such review")) from None
    if v != order.command.if_version:
        why = problem(Slug.VERSION_CONFLICT, "The review changed", current={"v": v})
        raise Refusal(why, ResultStatus.CONFLICT)
    return write(order.connection, order.office_id, change(review), order.at)


HANDLERS: dict[CommandType, Handler] = {
    CommandType.REPLY_PUT: put_reply,
    CommandType.REPLY_DELETE: delete_reply,
    CommandType.REVIEW_REPORT: report,
}
