"""A public review on the wire, and what an office may do about it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from carekraft_desktop.contract.limits import Id, ShortText

REPLY_LETTERS = 600
"""Most characters of a reply, the same on both sides (REQ-57)."""

ReplyText = Annotated[str, Meta(min_length=1, max_length=REPLY_LETTERS)]
PublicText = Annotated[str, Meta(max_length=5_000)]
"""What may stand on the page; replies from elsewhere may be longer than ours."""


class PublicReply(Struct, frozen=True, omit_defaults=True):
    """What the office wrote below a review, as everybody reads it."""

    text: PublicText
    posted: datetime
    edited: datetime | None = None


class PublicReview(Struct, frozen=True, omit_defaults=True):
    """What somebody wrote about the office; whether it was a patient, nobody says."""

    id: Id
    rating: Annotated[int, Meta(ge=1, le=5)]
    text: PublicText
    author_alias: ShortText
    """The display name that the writer chose."""
    created: datetime
    edited: datetime | None = None
    reply: PublicReply | None = None
    reported: bool = False
    """The office asked the platform to look at it."""


class ReportReason(StrEnum):
    """Why the platform should look; none of them says whether the writer was a patient."""

    OFF_TOPIC = "off-topic"
    ADVERTISING = "advertising"
    INSULT = "insult"
    PRIVATE_DATA = "private-data"
    OTHER_OFFICE = "other-office"


class ReplyPut(Struct, frozen=True, forbid_unknown_fields=True):
    """Body of `review.reply.put`: the reply as it shall stand, the first one or another."""

    text: ReplyText


class ReplyDelete(Struct, frozen=True, forbid_unknown_fields=True):
    """Body of `review.reply.delete`: nothing else to say."""


class ReviewReport(Struct, frozen=True, forbid_unknown_fields=True):
    """Body of `review.report`."""

    reason: ReportReason
