"""From the office's intentions to the wire; sees acts and payloads, never a patient."""

from datetime import UTC, datetime

from msgspec import Raw

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.commands import Actor, Body, Command, CommandType
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Intention

_TYPE: dict[Act, CommandType] = {
    Act.ACCEPT: CommandType.ACCEPT,
    Act.DECLINE: CommandType.DECLINE,
    Act.PROPOSE: CommandType.PROPOSE,
    Act.MOVE: CommandType.MOVE,
    Act.CANCEL: CommandType.CANCEL,
    Act.ARRIVE: CommandType.ARRIVE,
    Act.COMPLETE: CommandType.COMPLETE,
    Act.NO_SHOW: CommandType.NO_SHOW,
    Act.REPLY: CommandType.REPLY_PUT,
    Act.REPLY_WITHDRAW: CommandType.REPLY_DELETE,
    Act.REVIEW_REPORT: CommandType.REVIEW_REPORT,
    Act.CLAIM: CommandType.CLAIM,
    Act.RELEASE: CommandType.RELEASE,
    Act.ENTER: CommandType.ENTER,
    Act.UNENTER: CommandType.UNENTER,
    Act.CALL: CommandType.CALL,
    Act.REFER: CommandType.REFERRAL_CREATE,
    Act.CANCEL_REFERRAL: CommandType.REFERRAL_CANCEL,
    Act.ACCEPT_REFERRAL: CommandType.REFERRAL_ACCEPT,
    Act.DECLINE_REFERRAL: CommandType.REFERRAL_DECLINE,
    Act.CARRY: CommandType.REFERRAL_CARRY,
    Act.REPORT_ANSWER: CommandType.REFERRAL_REPORT,
    Act.SHUT_OUT: CommandType.NOTICE_SHUT_OUT,
    Act.TELL_TRIES: CommandType.NOTICE_TRIES,
    Act.TELL_TOOK: CommandType.NOTICE_TOOK,
    Act.TELL_INCIDENT: CommandType.NOTICE_TOLD,
    Act.REPORT_LOST: CommandType.WORKSTATION_LOST,
}


def command(intention: Intention, *, device: str) -> Command:
    """The command for an intention; the same bytes for every attempt at the same version."""
    return Command(
        key=intention.key,
        type=_TYPE[intention.act],
        id=intention.about,
        if_version=intention.if_version,
        actor=Actor(sub=intention.actor, device=device),
        made_at=instant(intention.made_at),
        body=Raw(intention.body.encode() if intention.body else encode(_body(intention))),
    )


def _body(intention: Intention) -> Body:
    return Body(
        reason=intention.reason or None,
        start=None if intention.start is None else instant(intention.start),
        end=None if intention.end is None else instant(intention.end),
        slot=intention.slot_id or None,
        provider=intention.provider_id or None,
    )


def instant(moment: Moment) -> datetime:
    """A moment as the wire writes it."""
    return datetime.fromtimestamp(moment, UTC)
