"""What the desk does with referrals: draft, choose, look at the message, send, take back, answer.

Nothing here is typed: every choice comes from a list, every value of the patient is copied in
`referral_profile.py`. What was sent is never edited: it is cancelled and booked again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.referrals import (
    SCHEMA,
    AcceptReferral,
    CancelCode,
    DeclineCode,
    DeclineReferral,
)
from carekraft_desktop.domain import Moment, payload
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.intentions import OPEN, Delivery, Intention
from carekraft_desktop.domain.permissions import Permission, Refusal
from carekraft_desktop.domain.referrals import (
    AFTER,
    DAY,
    Folder,
    Record,
    Referral,
    Stage,
    Step,
    Work,
    folder,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Opening
from carekraft_desktop.errors import (
    IllegalStep,
    MessageRefused,
    NoLongerThere,
    NothingToUndo,
    ReferralRefused,
)
from carekraft_desktop.services import referral_care, referral_rules
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import directory, facts, ledger, outbox, patients, referrals, visits
from carekraft_desktop.store import office as offices
from carekraft_desktop.store import permissions as rows
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading

KIND = "referral"
OPENINGS_DAYS, MOST_OPENINGS = 28, 40


@dataclass(frozen=True, slots=True)
class Rules:
    """What must be so before anything is referred."""

    agreement: bool
    """The agreement with CareKraft is recorded (REQ-36)."""
    part_2: bool
    """A program under 42 CFR 2 makes no referrals here (REQ-75)."""
    number: str
    """The office's own provider number; empty while the exchange has not told it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of the office's referrals with what a list shows of it."""

    referral: Referral
    name: str
    """The patient's; empty when it is not here (any more)."""
    entry: Entry | None
    """With whom; None before one is chosen, or when the directory no longer has it."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A referral that another office made with this one."""

    record: Record
    name: str
    answering: bool
    """An answer is on its way."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the folders show."""

    sent: tuple[Line, ...]
    received: tuple[Arrived, ...]
    rules: Rules


@dataclass(frozen=True, slots=True)
class Open:
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
        ours = sum(folder(each, now) is Folder.ATTENTION for each in referrals.sent(unit))
        theirs = sum(
            each.stage is Stage.PROPOSED and not _under_way(unit, each.id)
            for each in referrals.received(unit)
        )
    return ours + theirs


def permitted(desk: Desk, patient_id: str) -> Refusal | None:
    """Whether a referral could be begun for a patient, and the reason if not."""
    with desk.store.read() as unit:
        work = Work(id="", patient_id=patient_id)
        return referral_rules.usable(unit, work, desk.now()).refusal


def waiting_patients(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Patients who let the office book for them and wait for it: id and name, by name."""
    desk.require(Right.REFER, "referral.worklist")
    now = desk.now()
    with desk.store.read() as unit:
        found = []
        for patient_id in rows.patients(unit):
            patient = patients.get(unit, patient_id)
            begun = any(
                each.stage is Stage.DRAFT for each in referrals.of_patient(unit, patient_id)
            )
            answer = referral_rules.usable(unit, Work(id="", patient_id=patient_id), now)
            if patient is not None and answer.refusal is None and not begun:
                found.append((patient.sort_name, patient_id))
    return tuple((id_, name) for name, id_ in sorted(found))


def of_visit(desk: Desk, visit_id: str) -> tuple[str, str]:
    """The patient and the provider of a visit, to begin a referral from.

    Raises:
        NoLongerThere: the visit is gone, or nobody is known to it.
    """
    desk.require(Right.REFER, "referral.begin", visit_id)
    with desk.store.read() as unit:
        visit = visits.get(unit, visit_id)
    if visit is None or not visit.patient_id:
        raise NoLongerThere
    return visit.patient_id, visit.provider_id


def own_openings(desk: Desk, referral_id: str) -> tuple[Opening, ...]:
    """This office's own open times that fit the parts of days another office named.

    Raises:
        NoLongerThere: it is gone.
    """
    desk.require(Right.REFER, "referral.openings", referral_id)
    now = desk.now()
    with desk.store.read() as unit:
        record = referrals.record(unit, referral_id)
        if record is None:
            raise NoLongerThere
        found = [
            opening
            for provider in offices.providers(unit)
            for opening in offices.openings(unit, provider.id, now, now + OPENINGS_DAYS * DAY)
        ]
    return tuple(sorted(found, key=lambda opening: opening.start)[:MOST_OPENINGS])


def begin(desk: Desk, patient_id: str, *, visit_id: str = "", referring: str = "") -> str:
    """Start a draft for a patient, or go on with the one there is; its id.

    Args:
        desk: who starts it.
        patient_id: for whom.
        visit_id: the visit it is started from; stays in the office.
        referring: the provider on whose behalf it is; stays in the office.

    Raises:
        ReferralRefused: no permission of the patient allows it; journalled.
    """
    desk.require(Right.REFER, "referral.begin", patient_id)
    now = desk.now()
    with desk.store.write() as unit:
        for each in referrals.of_patient(unit, patient_id):
            if each.stage is Stage.DRAFT:
                return each.id
        blank = Work(
            id=desk.ids.unguessable(),
            patient_id=patient_id,
            visit_id=visit_id,
            referring=referring,
            made_at=now,
            touched_at=now,
        )
        answer = referral_rules.usable(unit, blank, now)
        if answer.refusal is None and answer.permission is not None:
            work = replace(blank, permission_id=answer.permission.id)
            referrals.save(unit, work)
            desk.note(unit, "referral.draft", work.id, detail=work.permission_id)
            return work.id
        refusal = answer.refusal or Refusal.NONE
        desk.note(unit, "referral.draft", patient_id, detail=refusal, outcome="refused")
    raise ReferralRefused(refusal)


def open_one(desk: Desk, referral_id: str) -> Open:
    """One referral; for a draft with the reason why it may not leave, as it stands.

    Raises:
        NoLongerThere: it is gone.
    """
    desk.require(Right.SEE_SCHEDULE, "referral.open", referral_id)
    with desk.store.read() as unit:
        referral = _get(unit, referral_id)
        work = referral.work
        recipient = directory.by_npi(unit, work.provider_npi) if work.provider_npi else ()
        line = _line(unit, referral)
        if referral.stage is not Stage.DRAFT:
            message = payload.read(work.message) if work.message else None
            return Open(line, None, None, message, recipient)
        answer = referral_rules.allowed(unit, work, desk.now())
        return Open(line, answer.permission, answer.refusal, None, recipient)


def agree(desk: Desk, referral_id: str, *, agreed: bool) -> None:
    """Somebody at the desk has asked the patient, who agrees to this very booking."""

    def change(work: Work) -> Work:
        by, at = (desk.staff.id, desk.now()) if agreed else ("", 0)
        return replace(work, agreed_by=by, agreed_at=at)

    _change(desk, referral_id, "referral.agree", change, detail="yes" if agreed else "no")


def act_for(desk: Desk, referral_id: str, referring: str) -> None:
    """Name the provider of this office on whose behalf it is; never leaves the office."""
    _change(desk, referral_id, "referral.for", lambda work: replace(work, referring=referring))


def choose_provider(
    desk: Desk, referral_id: str, npi: str, location_id: str, *, specialty: str = ""
) -> Refusal | None:
    """Pick who is booked; for an organisation also the group.

    Picks the permission that covers it. The refusal is the reason if none does; the choice
    stands so that it can be seen.
    """
    now = desk.now()
    desk.require(Right.REFER, "referral.choose", referral_id)
    with desk.store.write() as unit:
        work = _draft(unit, referral_id)
        entry = directory.get(unit, npi, location_id)
        if entry is None:
            raise NoLongerThere
        modes = entry.modes or ("IN_PERSON",)
        picked = replace(
            work,
            provider_npi=npi,
            location_id=location_id,
            specialty=specialty if entry.organisation else "",
            mode=work.mode if work.mode in modes else modes[0],
            slot_id="",
            start=0,
            end=0,
            wishes=(),
            message=b"",
            digest="",
            touched_at=now,
        )
        answer = referral_rules.usable(unit, picked, now)
        if answer.permission is not None and answer.refusal is None:
            picked = replace(picked, permission_id=answer.permission.id)
        referrals.save(unit, picked)
        desk.note(unit, "referral.choose", referral_id, detail="provider")
        return answer.refusal


def choose_time(desk: Desk, referral_id: str, slot_id: str, start: Moment, end: Moment) -> None:
    """Pick one of the times that the other office published."""
    _change(
        desk,
        referral_id,
        "referral.choose",
        lambda work: replace(work, slot_id=slot_id, start=start, end=end, wishes=()),
        detail="time",
    )


def choose_wishes(desk: Desk, referral_id: str, wishes: tuple[tuple[str, str], ...]) -> None:
    """Name up to three parts of days where there is no time to be had."""
    _change(
        desk,
        referral_id,
        "referral.choose",
        lambda work: replace(work, slot_id="", start=0, end=0, wishes=wishes[:3]),
        detail="wishes",
    )


def choose_how(
    desk: Desk,
    referral_id: str,
    *,
    visit_class: str | None = None,
    mode: str | None = None,
    earliest_ok: bool | None = None,
) -> None:
    """Pick a first or a further visit, the way of meeting, and whether earlier would suit."""
    _change(
        desk,
        referral_id,
        "referral.choose",
        lambda work: replace(
            work,
            visit_class=visit_class or work.visit_class,
            mode=mode or work.mode,
            earliest_ok=work.earliest_ok if earliest_ok is None else earliest_ok,
        ),
        detail="how",
    )


def preview(desk: Desk, referral_id: str) -> payload.Message:
    """Make the message and keep it: exactly these bytes are what may leave (REQ-65).

    Raises:
        ReferralRefused: the permission does not cover it; journalled.
        MessageRefused: something is missing or has not its form; journalled.
    """
    desk.require(Right.REFER, "referral.preview", referral_id)
    now = desk.now()
    failure: ReferralRefused | MessageRefused
    with desk.store.write() as unit:
        work = _draft(unit, referral_id)
        try:
            message = referral_rules.prepared(unit, work, now)
        except (ReferralRefused, MessageRefused) as refused:
            failure = refused
            code = refused.refusal if isinstance(refused, ReferralRefused) else Refusal.SCHEMA
            desk.note(unit, "referral.preview", referral_id, detail=code, outcome="refused")
        else:
            referrals.save(
                unit, replace(work, message=message.data, digest=message.digest, touched_at=now)
            )
            desk.note(unit, "referral.preview", referral_id, detail=message.digest[:16])
            return message
    raise failure


def send(desk: Desk, referral_id: str, digest: str) -> Intention:
    """Confirm what was shown: it leaves as soon as it can no longer be taken back.

    Args:
        desk: who confirms it.
        referral_id: which one.
        digest: of the message that the person looked at.

    Raises:
        IllegalStep: nobody has asked the patient, or another message was looked at.
        ReferralRefused: the permission does not cover it any more; journalled.
    """
    desk.require(Right.REFER, "referral.send", referral_id)
    now = desk.now()
    with desk.store.write() as unit:
        work = _draft(unit, referral_id)
        if not work.agreed_by or not work.message or digest != work.digest:
            raise IllegalStep(Act.REFER)
        refusal = referral_rules.allowed(unit, work, now).refusal
        if refusal is None:
            intention = Intention(
                key=desk.ids.new(),
                about=work.id,
                act=Act.REFER,
                if_version=0,
                actor=desk.staff.id,
                made_at=now,
                visit_start=work.start or _last_wish(work, now),
                next_at=now + desk.undo_seconds,
                kind=KIND,
                body=work.message.decode(),
            )
            outbox.append(unit, intention)
            referrals.save(
                unit, replace(work, key=intention.key, actor=desk.staff.id, touched_at=now)
            )
            desk.note(unit, "referral.send", work.id, detail=f"{SCHEMA} {work.permission_id}")
            return intention
        desk.note(unit, "referral.send", referral_id, detail=refusal, outcome="refused")
    raise ReferralRefused(refusal)


def take_back(desk: Desk, referral_id: str) -> None:
    """Make a saved request a draft again, as long as it has not left.

    Raises:
        NothingToUndo: it has left.
    """
    desk.require(Right.REFER, "referral.undo", referral_id)
    with desk.store.write() as unit:
        work = _get(unit, referral_id).work
        intention = outbox.get(unit, work.key)
        if intention is None or intention.delivery is not Delivery.WAITING or intention.tries:
            raise NothingToUndo
        outbox.settle(unit, intention.key, Delivery.WITHDRAWN)
        referrals.save(unit, replace(work, key="", message=b"", digest="", touched_at=desk.now()))
        desk.note(unit, "referral.undo", referral_id)


def discard(desk: Desk, referral_id: str) -> None:
    """Throw a draft away."""
    desk.require(Right.REFER, "referral.discard", referral_id)
    with desk.store.write() as unit:
        _draft(unit, referral_id)
        referrals.drop(unit, [referral_id])
        desk.note(unit, "referral.discard", referral_id)


def cancel(desk: Desk, referral_id: str, *, by_patient: bool = False) -> None:
    """Cancel at the other end what has been sent; a saved request is taken back instead.

    Raises:
        IllegalStep: it has ended, or is being cancelled already.
    """
    desk.require(Right.REFER, "referral.cancel", referral_id)
    code = CancelCode.PATIENT if by_patient else CancelCode.FROM_OFFICE
    now = desk.now()
    with desk.store.write() as unit:
        referral = _get(unit, referral_id)
        asked = outbox.about(unit, referral_id)
        if Step.CANCEL not in AFTER[referral.stage] or any(
            i.act is Act.CANCEL_REFERRAL and i.delivery in OPEN for i in asked
        ):
            raise IllegalStep(Act.CANCEL_REFERRAL)
        version = referral.record.version if referral.record is not None else 0
        outbox.append(
            unit,
            referral_care.cancelling(
                referral,
                code,
                key=desk.ids.new(),
                actor=desk.staff.id,
                now=now,
                version=max(version, *(i.settled_version for i in asked), 0),
            ),
        )
        desk.note(unit, "referral.cancel", referral_id, detail=code)


def again(desk: Desk, referral_id: str) -> str:
    """Begin a new draft like one that did not come about; the old one stays as it is.

    Raises:
        ReferralRefused: no permission allows it.
    """
    with desk.store.read() as unit:
        old = _get(unit, referral_id).work
    new = begin(desk, old.patient_id, visit_id=old.visit_id, referring=old.referring)
    seen(desk, referral_id)
    if old.provider_npi:
        choose_provider(desk, new, old.provider_npi, old.location_id, specialty=old.specialty)
        choose_how(
            desk,
            new,
            visit_class=old.visit_class,
            mode=old.mode,
            earliest_ok=old.earliest_ok,
        )
    return new


def seen(desk: Desk, referral_id: str) -> None:
    """Somebody has looked at how it stands."""
    desk.require(Right.REFER, "referral.seen", referral_id)
    with desk.store.write() as unit:
        referral = _get(unit, referral_id)
        version = referral.record.version if referral.record is not None else -1
        referrals.save(unit, replace(referral.work, seen_version=version))
        if referral.work.key:
            outbox.mark_read(unit, referral.work.key)
        desk.note(unit, "referral.seen", referral_id, detail=referral.stage)


def accept(desk: Desk, referral_id: str, slot_id: str = "") -> None:
    """Take what another office booked here; with a slot where it named only parts of days."""
    body = AcceptReferral(slot_id=slot_id) if slot_id else AcceptReferral()
    _answer(desk, referral_id, Act.ACCEPT_REFERRAL, encode(body).decode())


def decline(desk: Desk, referral_id: str, code: DeclineCode) -> None:
    """Refuse what another office booked here, with one of the closed codes."""
    body = encode(DeclineReferral(code)).decode()
    _answer(desk, referral_id, Act.DECLINE_REFERRAL, body, detail=code)


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


def record_agreement(desk: Desk, *, on: bool) -> None:
    """The privacy officer records that the agreement with CareKraft is signed, or no longer is.

    Raises:
        NotPermitted: it is for the privacy officer.
    """
    desk.require(Right.SET_REFERRAL_RULES, "agreement.record")
    with desk.store.write() as unit:
        facts.put(unit, Fact.AGREEMENT, f"{desk.staff.id} {desk.now()}" if on else "")
        desk.note(unit, "agreement.record", detail="on" if on else "off")


def set_part_2(desk: Desk, *, on: bool) -> None:
    """The office is, or is not, a program under 42 CFR 2, whose referrals would tell too much.

    Raises:
        NotPermitted: it is for the privacy officer.
    """
    desk.require(Right.SET_REFERRAL_RULES, "part-2.record")
    with desk.store.write() as unit:
        facts.put(unit, Fact.PART_2, "yes" if on else "")
        desk.note(unit, "part-2.record", detail="on" if on else "off")


def _answer(desk: Desk, referral_id: str, act: Act, body: str, *, detail: str = "") -> None:
    desk.require(Right.REFER, f"referral.{act}", referral_id)
    now = desk.now()
    with desk.store.write() as unit:
        record = referrals.record(unit, referral_id)
        if record is None or record.sent:
            raise NoLongerThere
        if record.stage is not Stage.PROPOSED or _under_way(unit, referral_id):
            raise IllegalStep(act)
        outbox.append(
            unit,
            Intention(
                key=desk.ids.new(),
                about=referral_id,
                act=act,
                if_version=record.version,
                actor=desk.staff.id,
                made_at=now,
                visit_start=record.start,
                next_at=now + desk.undo_seconds,
                kind=KIND,
                body=body,
            ),
        )
        desk.note(unit, f"referral.{act}", referral_id, detail=detail)


def _change(
    desk: Desk,
    referral_id: str,
    action: str,
    change: Callable[[Work], Work],
    *,
    detail: str = "",
) -> None:
    """Change a draft; the message that was looked at before counts no more."""
    desk.require(Right.REFER, action, referral_id)
    with desk.store.write() as unit:
        work = change(_draft(unit, referral_id))
        referrals.save(unit, replace(work, message=b"", digest="", touched_at=desk.now()))
        desk.note(unit, action, referral_id, detail=detail)


def _get(unit: Reading, referral_id: str) -> Referral:
    found = referrals.get(unit, referral_id)
    if found is None:
        raise NoLongerThere
    return found


def _draft(unit: Reading, referral_id: str) -> Work:
    referral = _get(unit, referral_id)
    if Step.EDIT not in AFTER[referral.stage]:
        raise IllegalStep(Act.REFER)
    return referral.work


def _under_way(unit: Reading, referral_id: str) -> bool:
    return any(i.delivery in OPEN for i in outbox.about(unit, referral_id))


def _line(unit: Reading, referral: Referral) -> Line:
    work = referral.work
    entry = directory.get(unit, work.provider_npi, work.location_id)
    return Line(referral, _name(unit, work.patient_id), entry)


def _arrived(unit: Reading, record: Record) -> Arrived:
    return Arrived(record, _name(unit, record.patient_id), _under_way(unit, record.id))


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


def _last_wish(work: Work, now: Moment) -> Moment:
    """Until when a wish for parts of days means something: the end of the last of the days."""
    if not work.wishes:
        return now
    last = max(day for day, _ in work.wishes)
    return int((datetime.fromisoformat(last).replace(tzinfo=UTC) + timedelta(days=2)).timestamp())
