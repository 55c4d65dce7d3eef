"""How a referral begins: for whom it could, a new draft, the same once more."""

from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.domain.referrals import Stage, Work
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, ReferralRefused
from carekraft_desktop.services import referral_choices, referral_rules
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.referral_ending import look_at
from carekraft_desktop.services.referral_rows import get
from carekraft_desktop.store import directory, patients, referrals, visits
from carekraft_desktop.store import permissions as rows
from carekraft_desktop.store.unit import Writing
from carekraft_desktop.value import replace


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
    with desk.store.write() as unit:
        begun = _begin(desk, unit, patient_id, visit_id=visit_id, referring=referring)
    if isinstance(begun, Refusal):
        raise ReferralRefused(begun)
    return begun.id


def again(desk: Desk, referral_id: str) -> str:
    """Begin a new draft like one that did not come about; the old one counts as seen.

    Where the directory no longer has the provider, the new draft begins without one.

    Raises:
        NoLongerThere: the old one is gone.
        ReferralRefused: no permission allows it; journalled.
    """
    desk.require(Right.REFER, "referral.again", referral_id)
    with desk.store.write() as unit:
        referral = get(unit, referral_id)
        old = referral.work
        begun = _begin(desk, unit, old.patient_id, visit_id=old.visit_id, referring=old.referring)
        if isinstance(begun, Work):
            look_at(desk, unit, referral)
            entry = directory.get(unit, old.provider_npi, old.location_id)
            if entry is not None:
                _choose_like(desk, unit, begun, old, entry)
    if isinstance(begun, Refusal):
        raise ReferralRefused(begun)
    return begun.id


def _begin(
    desk: Desk, unit: Writing, patient_id: str, *, visit_id: str, referring: str
) -> Work | Refusal:
    """The patient's draft, new or as it is; or why there can be none, which is then journalled."""
    now = desk.now()
    for each in referrals.of_patient(unit, patient_id):
        if each.stage is Stage.DRAFT:
            return each.work
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
        return work
    refusal = answer.refusal or Refusal.NONE
    desk.note(unit, "referral.draft", patient_id, detail=refusal, outcome="refused")
    return refusal


def _choose_like(desk: Desk, unit: Writing, work: Work, old: Work, entry: Entry) -> None:
    """Choose with whom and how as it was chosen before; the time is chosen anew."""
    picked, _ = referral_choices.picked(unit, work, entry, old.specialty, desk.now())
    like = replace(picked, visit_class=old.visit_class, mode=old.mode, earliest_ok=old.earliest_ok)
    referrals.save(unit, like)
    desk.note(unit, "referral.choose", work.id, detail="provider")
    desk.note(unit, "referral.choose", work.id, detail="how")
