"""Reviews and replies at the exchange: the public writes, offices answer.

A review's body in the feed is the public page itself: whoever reads it sees the review and the
reply as they stand.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import Command
from carekraft_desktop.contract.reviews import (
    PublicReply,
    PublicReview,
    ReplyDelete,
    ReplyPut,
    ReviewReport,
)
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.feed import Change, Place

KIND = "review"


class Changed(Exception):
    """The review is not the one that the office saw."""

    def __init__(self, v: int) -> None:
        """`v`: its version now."""
        super().__init__()
        self.v = v


class NoReply(Exception):
    """There is no reply to take away."""


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


def put_reply(
    connection: Connection, now: datetime, office_id: str, command: Command, body: ReplyPut
) -> Place:
    """Let the office's reply stand below the review, the first one or another."""

    def changed(review: PublicReview) -> PublicReview:
        before = review.reply
        if before is None:
            return replace(review, reply=PublicReply(text=body.text, posted=now))
        return replace(review, reply=replace(before, text=body.text, edited=now))

    return _change(connection, now, office_id, command, changed)


def delete_reply(
    connection: Connection, now: datetime, office_id: str, command: Command, body: ReplyDelete
) -> Place:
    """Take the office's reply away.

    Raises:
        NoReply: there is none.
    """
    del body

    def changed(review: PublicReview) -> PublicReview:
        if review.reply is None:
            raise NoReply
        return replace(review, reply=None)

    return _change(connection, now, office_id, command, changed)


def report(
    connection: Connection, now: datetime, office_id: str, command: Command, body: ReviewReport
) -> Place:
    """Note that the office asks for the review to be looked at."""
    del body  # whoever looks at reports reads the command
    return _change(
        connection, now, office_id, command, lambda review: replace(review, reported=True)
    )


def _change(
    connection: Connection,
    now: datetime,
    office_id: str,
    command: Command,
    change: Callable[[PublicReview], PublicReview],
) -> Place:
    review, v = load(connection, office_id, command.id)
    if v != command.if_version:
        raise Changed(v)
    return write(connection, office_id, change(review), now)
