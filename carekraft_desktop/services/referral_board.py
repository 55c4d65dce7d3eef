"""What the desk sees of referrals: the folders, one that is opened, whom was told what."""

from carekraft_desktop.domain import payload
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.permissions import Permission, Refusal
from carekraft_desktop.domain.referrals import Folder, Stage, folder
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services import referral_lines, referral_rules
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.referral_lines import Arrived, Line
from carekraft_desktop.services.referral_rows import get
from carekraft_desktop.store import directory, facts, ledger, outbox, patients, referrals
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value


class Rules(Value, frozen=True):
    """What must be so before anything is referred."""

    agreement: bool
    """The agreement with CareKraft is recorded (REQ-36)."""
    part_2: bool
    """A program under 42 CFR 2 makes no referrals here (REQ-75)."""
    number: str
    """The office's own provider number; empty while the exchange has not told it."""


class Board(Value, frozen=True):
    """Everything the folders show."""

    sent: tuple[Line, ...]
    received: tuple[Arrived, ...]
    rules: Rules


class Open(Value, frozen=True):
    """One referral with all that the desk may see of it."""

    line: Line
    permission: Permission | None
    refusal: Refusal | None
    """Why it may not be sent as it stands; None when it may, or has been."""
    message: payload.Message | None
    """What is about to leave, or left; None while a choice is missing."""
    recipient: tuple[Entry, ...]
    """Everywhere the provider can be booked."""


def board(desk: Desk) -> Board:
    """The office's referrals and those that other offices made with it."""
    desk.require(Right.SEE_SCHEDULE, "referral.list")
    with desk.store.read() as unit:
        sent = referral_lines.of_sent(unit, referrals.sent(unit))
        received = referral_lines.of_received(unit, referrals.received(unit))
        return Board(sent, received, _rules(unit))


def count_attention(desk: Desk) -> int:
    """How many referrals need somebody: ours that changed, others' that wait for an answer."""
    now = desk.now()
    with desk.store.read() as unit:
        ours = sum(folder(each, now) is Folder.ATTENTION for each in referrals.unseen(unit))
        answered = outbox.open_about(unit)
        theirs = sum(id_ not in answered for id_ in referrals.unanswered(unit))
    return ours + theirs


def open_one(desk: Desk, referral_id: str) -> Open:
    """One referral; for a draft with the reason why it may not leave, as it stands.

    Raises:
        NoLongerThere: it is gone.
    """
    desk.require(Right.SEE_SCHEDULE, "referral.open", referral_id)
    with desk.store.read() as unit:
        referral = get(unit, referral_id)
        work = referral.work
        recipient = directory.by_npi(unit, work.provider_npi) if work.provider_npi else ()
        (line,) = referral_lines.of_sent(unit, (referral,))
        if referral.stage is not Stage.DRAFT:
            message = payload.read(work.message) if work.message else None
            return Open(line, None, None, message, recipient)
        answer = referral_rules.allowed(unit, work, desk.now())
        return Open(line, answer.permission, answer.refusal, None, recipient)


def accounting(desk: Desk, patient_id: str = "") -> tuple[tuple[ledger.Line, str], ...]:
    """What was told to whom, newest first, each with the patient's name (REQ-78).

    Raises:
        NotPermitted: it is for the privacy officer.
    """
    desk.require(Right.SEE_ACCOUNTING, "accounting.see", patient_id)
    with desk.store.write() as unit:
        desk.note(unit, "accounting.see", patient_id)
        lines = ledger.lines(unit, patient_id=patient_id)
        names = patients.names(unit, sorted({line.patient_id for line in lines}))
        return tuple((line, names.get(line.patient_id, "")) for line in lines)


def _rules(unit: Reading) -> Rules:
    office = offices.office(unit)
    return Rules(
        agreement=bool(facts.get(unit, Fact.AGREEMENT)),
        part_2=bool(facts.get(unit, Fact.PART_2)),
        number=office.npi if office is not None else "",
    )
