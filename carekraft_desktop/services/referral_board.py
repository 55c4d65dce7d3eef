"""What the desk sees of referrals: the folders, one that is opened, whom was told what."""

from carekraft_desktop.domain import payload
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.permissions import Permission, Refusal
from carekraft_desktop.domain.referrals import Folder, Record, Referral, Stage, folder
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services import referral_rules
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.referral_rows import get, under_way
from carekraft_desktop.store import directory, facts, ledger, outbox, partners, patients, referrals
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


class Way(Value, frozen=True):
    """A partner outside the exchange, and how far a referral has come on its way there."""

    name: str
    """What the office calls the partner."""
    delivery: Delivery | None = None
    """None for a draft, and for what another desk of the office carries."""
    problem: str = ""
    recalled: Delivery | None = None
    """How far a cancellation at the partner has come; None when there is none."""
    taken: bool = False
    """The exchange has taken the permission."""


class Line(Value, frozen=True):
    """One of the office's referrals with what a list shows of it."""

    referral: Referral
    name: str
    """The patient's; empty when it is not here (any more)."""
    entry: Entry | None
    """With whom; None before one is chosen, or when the directory no longer has it."""
    way: Way | None = None
    """By which partner it goes; None for the exchange."""


class Arrived(Value, frozen=True):
    """A referral that another office made with this one."""

    record: Record
    name: str
    answering: bool
    """An answer is on its way."""


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
        sent = tuple(_line(unit, each) for each in referrals.sent(unit))
        received = tuple(_arrived(unit, each) for each in referrals.received(unit))
        return Board(sent, received, _rules(unit))


def count_attention(desk: Desk) -> int:
    """How many referrals need somebody: ours that changed, others' that wait for an answer."""
    now = desk.now()
    with desk.store.read() as unit:
        ours = sum(folder(each, now) is Folder.ATTENTION for each in referrals.unseen(unit))
        theirs = sum(
            each.stage is Stage.PROPOSED and not under_way(unit, each.id)
            for each in referrals.received(unit)
        )
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
        line = _line(unit, referral)
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
        return tuple((line, _name(unit, line.patient_id)) for line in lines)


def _line(unit: Reading, referral: Referral) -> Line:
    work = referral.work
    entry = directory.get(unit, work.provider_npi, work.location_id)
    return Line(referral, _name(unit, work.patient_id), entry, _way(unit, referral))


def _way(unit: Reading, referral: Referral) -> Way | None:
    carried = partners.carried(unit, referral.id)
    draft = referral.stage is Stage.DRAFT
    asked = {each.act: each for each in outbox.about(unit, referral.id)}
    if draft or carried is None:
        if not draft and Act.DELIVER not in asked:
            return None
        partner = partners.of_number(unit, referral.work.provider_npi)
    else:
        partner = partners.get(unit, carried.partner_id)
    if partner is None:
        return None
    if draft:
        return Way(partner.name)
    deliver, recall, carry = asked.get(Act.DELIVER), asked.get(Act.RECALL), asked.get(Act.CARRY)
    return Way(
        partner.name,
        deliver.delivery if deliver is not None else None,
        deliver.problem if deliver is not None else "",
        recall.delivery if recall is not None else None,
        taken=carry is not None and carry.delivery is Delivery.APPLIED,
    )


def _arrived(unit: Reading, record: Record) -> Arrived:
    return Arrived(record, _name(unit, record.patient_id), under_way(unit, record.id))


def _name(unit: Reading, patient_id: str) -> str:
    patient = patients.get(unit, patient_id) if patient_id else None
    return patient.name if patient is not None else ""


def _rules(unit: Reading) -> Rules:
    office = offices.office(unit)
    return Rules(
        agreement=bool(facts.get(unit, Fact.AGREEMENT)),
        part_2=bool(facts.get(unit, Fact.PART_2)),
        number=office.npi if office is not None else "",
    )
