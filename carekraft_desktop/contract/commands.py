"""What an office asks the exchange to do, one command for each act of a person."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from carekraft_desktop.contract.feed import Seq, Version
from carekraft_desktop.contract.limits import BATCH_COMMANDS, Code, Id, Key
from carekraft_desktop.contract.marks import MarkBody
from carekraft_desktop.contract.notices import IncidentTold, ShutOut, TookTold, TriesTold
from carekraft_desktop.contract.problems import Problem
from carekraft_desktop.contract.referrals import (
    AcceptReferral,
    CancelReferral,
    DeclineReferral,
    ReferralBooking,
    ReportReferral,
)
from carekraft_desktop.contract.reviews import ReplyDelete, ReplyPut, ReviewReport
from carekraft_desktop.contract.workstations import ReportLost, Retire


class CommandType(StrEnum):
    """Everything an office can ask for; the part before the dot is the feed's kind."""

    ACCEPT = "booking.accept"
    DECLINE = "booking.decline"
    PROPOSE = "booking.propose"
    MOVE = "booking.move"
    CANCEL = "booking.cancel"
    ARRIVE = "booking.arrive"
    COMPLETE = "booking.complete"
    NO_SHOW = "booking.noshow"
    REPLY_PUT = "review.reply.put"
    REPLY_DELETE = "review.reply.delete"
    REVIEW_REPORT = "review.report"
    CLAIM = "mark.claim"
    RELEASE = "mark.release"
    ENTER = "mark.enter"
    UNENTER = "mark.unenter"
    CALL = "mark.call"
    REFERRAL_CREATE = "referral.create"
    REFERRAL_CANCEL = "referral.cancel"
    REFERRAL_ACCEPT = "referral.accept"
    REFERRAL_DECLINE = "referral.decline"
    REFERRAL_CARRY = "referral.carry"
    REFERRAL_REPORT = "referral.report"
    WORKSTATION_LOST = "workstation.lost"
    WORKSTATION_RETIRED = "workstation.retired"
    NOTICE_SHUT_OUT = "bulletin.shut-out"
    NOTICE_TRIES = "bulletin.tries"
    NOTICE_TOOK = "bulletin.took"
    NOTICE_TOLD = "bulletin.told"


class DeclineReason(StrEnum):
    """Why the office cannot take a booking; told to the patient as a fixed sentence."""

    NO_TIME = "no-time"
    NOT_TAKING_PATIENTS = "not-taking-patients"
    OTHER_PROVIDER = "other-provider"
    INSURANCE_NOT_TAKEN = "insurance-not-taken"
    REFERRAL_NEEDED = "referral-needed"
    DUPLICATE = "duplicate"


class CancelReason(StrEnum):
    """Why the office cancels a confirmed visit."""

    PROVIDER_AWAY = "provider-away"
    OFFICE_CLOSED = "office-closed"
    PATIENT_ASKED = "patient-asked"
    DUPLICATE = "duplicate"


class Actor(Struct, frozen=True):
    """Who did it, and at which workstation; ids only."""

    sub: Id
    device: Id


class Body(Struct, frozen=True, omit_defaults=True):
    """What a command about a booking says beyond its type, which decides what it needs.

    `booking.decline` needs a DeclineReason, `booking.cancel` a CancelReason; `booking.propose`
    and `booking.move` need `start` and `end`, and `slot` when the time is a published one.
    """

    reason: Code | None = None
    start: datetime | None = None
    end: datetime | None = None
    slot: Id | None = None
    provider: Id | None = None


BODY_OF: dict[CommandType, type[Struct]] = dict.fromkeys(CommandType, Body) | {
    CommandType.REPLY_PUT: ReplyPut,
    CommandType.REPLY_DELETE: ReplyDelete,
    CommandType.REVIEW_REPORT: ReviewReport,
    **{kind: MarkBody for kind in CommandType if kind.startswith("mark.")},
    CommandType.REFERRAL_CREATE: ReferralBooking,
    CommandType.REFERRAL_CANCEL: CancelReferral,
    CommandType.REFERRAL_ACCEPT: AcceptReferral,
    CommandType.REFERRAL_DECLINE: DeclineReferral,
    CommandType.REFERRAL_CARRY: ReferralBooking,
    CommandType.REFERRAL_REPORT: ReportReferral,
    CommandType.WORKSTATION_LOST: ReportLost,
    CommandType.WORKSTATION_RETIRED: Retire,
    CommandType.NOTICE_SHUT_OUT: ShutOut,
    CommandType.NOTICE_TRIES: TriesTold,
    CommandType.NOTICE_TOOK: TookTold,
    CommandType.NOTICE_TOLD: IncidentTold,
}
"""What each command's body is."""


class Command(Struct, frozen=True, omit_defaults=True):
    """One act, made at most once whatever happens to its delivery."""

    key: Key
    type: CommandType
    id: Id
    """What it is about."""
    if_version: Annotated[int, Meta(ge=0, lt=2**53)]
    """The version the person saw, 0 for what did not exist; another one on the exchange is a
    conflict."""
    actor: Actor
    made_at: datetime
    body: Raw | UnsetType = UNSET
    """A `BODY_OF[type]`, still as bytes: one that cannot be read spoils no other command."""
    after: Key | None = None
    """Skip this one unless the command with that key was applied."""


class Commands(Struct, frozen=True):
    """A request with up to fifty commands; each stands alone."""

    commands: Annotated[list[Command], Meta(min_length=1, max_length=BATCH_COMMANDS)]


class ResultStatus(StrEnum):
    """What became of a command."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class Result(Struct, frozen=True, omit_defaults=True):
    """The exchange's answer to one command."""

    key: Key
    status: ResultStatus
    v: Version | None = None
    """Version of the booking after an applied command."""
    seq: Seq | None = None
    """Its place in the feed after an applied command."""
    problem: Problem | None = None
    was: ResultStatus | None = None
    """For `duplicate`: what the first delivery was answered."""


class Results(Struct, frozen=True):
    """One result for each command, in their order."""

    results: list[Result]
