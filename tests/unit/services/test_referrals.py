"""Referrals from the desk over a real exchange and back, and every reason why one stays here."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import requests

from carekraft_desktop.contract.referrals import DeclineCode
from carekraft_desktop.domain import payload
from carekraft_desktop.domain.directory import Wanted
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.domain.referrals import DRAFT_DAYS, Folder, Stage, folder
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import (
    IllegalStep,
    NothingToUndo,
    NotPermitted,
    PasswordAgain,
    ReferralRefused,
)
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.sandbox.world import neighbour_id
from carekraft_desktop.services import directory, referral_gate, referrals, visits
from carekraft_desktop.services.step_up import FRESH, StepUp
from carekraft_desktop.store import directory as directory_rows
from carekraft_desktop.store import outbox as outbox_rows
from carekraft_desktop.store import referrals as rows
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.value import replace
from tests.referring import ROSA, Referring, Seat, referring, template

__all__ = ["referring", "template"]


def test_a_referral_goes_out_and_its_answer_comes_back(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    assert ours.look(sent).stage is Stage.SAVED
    ours.settle()
    found = ours.look(sent)
    assert found.stage is Stage.PROPOSED
    assert found.record is not None
    assert found.record.message == found.work.message
    referring.answer(sent, "accept")
    ours.settle()
    assert ours.look(sent).stage is Stage.BOOKED
    now = ours.desk.now()
    assert folder(ours.look(sent), now) is Folder.BOOKED


@pytest.mark.req("REQ-13", "REQ-77")
def test_every_step_is_in_the_journal_without_a_value(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    actions = [action for action, _, _ in ours.journal_of(sent)]
    for action in ("draft", "choose", "agree", "preview", "send", "applied"):
        assert f"referral.{action}" in actions
    detail = {action: detail for action, detail, _ in ours.journal_of(sent)}["referral.send"]
    assert detail == f"ck-ref-1 {ours.look(sent).work.permission_id}"


@pytest.mark.req("REQ-78")
def test_the_ledger_has_one_row_for_what_was_sent(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    referring.answer(sent, "accept")
    ours.settle()
    ((line, name),) = referrals.accounting(ours.desk, patient_id)
    assert (line.id, line.recipient, line.what, line.purpose) == (
        sent,
        entry.npi,
        "scheduling data",
        "appointment booking",
    )
    assert line.digest == ours.look(sent).work.digest
    assert name
    front = replace(ours.desk, staff=replace(ROSA, roles=frozenset({Role.FRONT_DESK})))
    with pytest.raises(NotPermitted):
        referrals.accounting(front)


def test_a_colleagues_desk_shows_what_was_sent(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    colleague = referring.seat()
    colleague.settle()
    found = colleague.look(sent)
    assert (found.stage, found.work.message) == (Stage.PROPOSED, ours.look(sent).work.message)
    ((line, _),) = referrals.accounting(colleague.desk)
    assert line.id == sent


def test_two_offices_on_one_exchange_agree_in_the_end(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    there = next(
        referring.seat(neighbour_id(n)) for n in range(3) if _has(referring, neighbour_id(n), sent)
    )
    there.settle()
    (arrived,) = referrals.board(there.desk).received
    assert (arrived.record.id, arrived.record.from_phone) == (sent, "+13125550100")
    (request,) = [seen for seen in visits.inbox(there.desk) if seen.entry.id == sent]
    assert request.entry.name == arrived.name
    referrals.accept(there.desk, sent)
    there.settle()
    ours.settle()
    assert ours.look(sent).stage is Stage.BOOKED
    referrals.cancel(ours.desk, sent)
    ours.settle()
    there.settle()
    assert ours.look(sent).cancel_code == "FROM_OFFICE"
    (arrived,) = referrals.board(there.desk).received
    assert arrived.record.stage is Stage.CANCELLED
    assert visits.card(there.desk, sent).visit.cancelled_by == "patient"


def _has(referring: Referring, office_id: str, request: str) -> bool:
    return bool(referring.hub.read(lambda c: feed.one(c, office_id, "referral", request)))


def test_a_refusal_of_the_other_office_waits_until_somebody_has_seen_it(
    referring: Referring,
) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    referring.answer(sent, "decline", code=DeclineCode.NOT_TAKING_NEW)
    ours.settle()
    found = ours.look(sent)
    assert found.record is not None
    assert (found.stage, found.record.decline_code) == (Stage.DECLINED, "NOT_TAKING_NEW")
    now = ours.desk.now()
    assert folder(found, now) is Folder.ATTENTION
    new = referrals.again(ours.desk, sent)
    assert folder(ours.look(sent), now) is Folder.DECLINED
    assert ours.look(new).work.provider_npi == entry.npi
    assert ours.look(new).stage is Stage.DRAFT


@pytest.mark.req("REQ-79")
def test_whether_somebody_came_never_comes_back(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    referring.answer(sent, "accept")
    referring.answer(sent, "arrived")
    referring.answer(sent, "fulfilled")
    ours.settle()
    found = ours.look(sent)
    assert found.stage is Stage.BOOKED
    assert found.record is not None
    assert found.record.version == 2


def test_what_has_not_left_can_be_taken_back(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    referrals.take_back(ours.desk, sent)
    assert ours.look(sent).stage is Stage.DRAFT
    ours.settle()
    assert ours.look(sent).stage is Stage.DRAFT
    assert referring.letters(patient_id) == []
    message = referrals.preview(ours.desk, sent)
    referrals.send(ours.desk, sent, message.digest)
    ours.settle()
    with pytest.raises(NothingToUndo):
        referrals.take_back(ours.desk, sent)
    with pytest.raises(IllegalStep):
        referrals.choose_how(ours.desk, sent, mode="VIDEO")


def test_another_message_than_the_one_that_was_shown_is_not_sent(referring: Referring) -> None:
    ours = referring.ours
    draft = ours.draft(*ours.whole())
    shown = referrals.preview(ours.desk, draft)
    referrals.choose_how(ours.desk, draft, earliest_ok=True)
    with pytest.raises(IllegalStep):
        referrals.send(ours.desk, draft, shown.digest)


def test_nothing_is_sent_before_somebody_has_asked_the_patient(referring: Referring) -> None:
    ours = referring.ours
    draft = ours.draft(*ours.whole())
    referrals.agree(ours.desk, draft, agreed=False)
    shown = referrals.preview(ours.desk, draft)
    with pytest.raises(IllegalStep):
        referrals.send(ours.desk, draft, shown.digest)


@pytest.mark.req("REQ-80")
def test_the_patient_gets_the_copy_and_its_link_takes_the_permission_back(
    referring: Referring,
) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    (letter,) = referring.letters(patient_id)
    assert letter["message"].encode() == ours.look(sent).work.message
    url = f"{referring.hub.url}/v1/copies/{letter['link']}/revocations"
    assert requests.post(url, timeout=20).status_code == 204
    ours.settle()
    assert ours.look(sent).cancel_code == "PERMISSION_REVOKED"


# ------------------------------------------------------------------ every refusal, one by one


def _gate(seat: Seat, referral_id: str) -> Refusal | None:
    """What the gate says of a confirmed referral."""
    with seat.store.read() as unit:
        (intention, *_) = outbox_rows.about(unit, referral_id)
        return referral_gate.reason(unit, intention, seat.desk.now())


def test_without_a_permission_no_draft_begins(referring: Referring) -> None:
    ours = referring.ours
    patient_id = ours.patient()
    with pytest.raises(ReferralRefused) as refused:
        referrals.begin(ours.desk, patient_id)
    assert refused.value.refusal == Refusal.NONE
    assert ours.journal_of(patient_id)[-1] == ("referral.draft", "NONE", "refused")


@pytest.mark.req("REQ-36", "REQ-66")
def test_without_a_recorded_agreement_no_draft_begins(referring: Referring) -> None:
    ours = referring.ours
    patient_id, _ = ours.whole()
    referrals.record_agreement(ours.desk, on=False)
    with pytest.raises(ReferralRefused) as refused:
        referrals.begin(ours.desk, patient_id)
    assert refused.value.refusal == Refusal.NO_BAA


@pytest.mark.req("REQ-75")
def test_a_program_for_addiction_care_makes_no_referrals(referring: Referring) -> None:
    ours = referring.ours
    patient_id, _ = ours.whole()
    referrals.set_part_2(ours.desk, on=True)
    with pytest.raises(ReferralRefused):
        referrals.begin(ours.desk, patient_id)


def test_a_provider_out_of_scope_is_told_at_once(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    draft = referrals.begin(ours.desk, patient_id)
    other = next(
        found.entry
        for found in directory.find(ours.desk, Wanted()).found
        if not set(found.entry.groups) & set(entry.groups) and not found.entry.organisation
    )
    refusal = referrals.choose_provider(ours.desk, draft, other.npi, other.location_id)
    assert refusal in {Refusal.WRONG_TARGET, Refusal.WRONG_SPECIALTY}
    with pytest.raises(ReferralRefused):
        referrals.preview(ours.desk, draft)


def test_a_used_permission_covers_no_second_draft(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    ours.sent(patient_id, entry)
    with pytest.raises(ReferralRefused) as refused:
        referrals.begin(ours.desk, patient_id)
    assert refused.value.refusal == Refusal.COUNT_USED


@pytest.mark.req("REQ-68")
def test_a_revocation_destroys_the_draft(referring: Referring) -> None:
    ours = referring.ours
    entry, patient_id = ours.entry(wants_sex=False), ours.patient()
    permission = ours.permit(patient_id, entry)
    draft = ours.draft(patient_id, entry)
    referring.hub.play("patient/revoke", permission=permission)
    ours.cycle()
    with pytest.raises(AssertionError):
        ours.look(draft)
    with pytest.raises(ReferralRefused) as refused:
        referrals.begin(ours.desk, patient_id)
    assert refused.value.refusal == Refusal.REVOKED


@pytest.mark.req("REQ-68")
def test_a_revocation_stops_what_was_saved_and_has_not_left(referring: Referring) -> None:
    ours = referring.ours
    entry, patient_id = ours.entry(wants_sex=False), ours.patient()
    permission = ours.permit(patient_id, entry)
    sent = ours.sent(patient_id, entry)
    referring.hub.play("patient/revoke", permission=permission)
    ours.cycle()
    ours.settle()
    found = ours.look(sent)
    assert (found.stage, found.delivery) == (Stage.CANCELLED, Delivery.VOID)
    assert referring.letters(patient_id) == []


@pytest.mark.req("REQ-67")
def test_what_waited_too_long_is_not_sent_before_the_exchange_was_heard(
    referring: Referring,
) -> None:
    ours = referring.ours
    sent = ours.sent(*ours.whole())
    referring.clock.advance(seconds=16 * 60)
    assert _gate(ours, sent) is Refusal.STALE
    assert ours.look(sent).stage is Stage.SAVED
    ours.settle()
    assert ours.look(sent).stage is Stage.PROPOSED


def test_a_term_that_ends_before_sending_stops_it(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    far = max(ours.times(entry), key=lambda slot: slot.start)
    draft = ours.draft(patient_id, entry)
    referrals.choose_time(ours.desk, draft, far.id, far.start, far.end)
    shown = referrals.preview(ours.desk, draft)
    referrals.send(ours.desk, draft, shown.digest)
    with ours.store.read() as unit:
        (intention,) = outbox_rows.about(unit, draft)
        later = ours.desk.now() + 91 * 86_400
        ours_heard = str(later)
    ours.set_fact(Fact.HEARD, ours_heard)
    with ours.store.read() as unit:
        assert referral_gate.reason(unit, intention, later) is Refusal.EXPIRED


@pytest.mark.req("REQ-66")
def test_a_signature_that_does_not_fit_stops_it(referring: Referring) -> None:
    ours = referring.ours
    sent = ours.sent(*ours.whole())
    with ours.store.write() as unit:
        unit.run(
            "UPDATE permission SET sealed = substr(sealed, 1, length(sealed) - 8) || 'AAAAAAAA'"
        )
    assert _gate(ours, sent) is Refusal.BAD_SIGNATURE


def test_a_permission_of_another_office_stops_it(referring: Referring) -> None:
    ours = referring.ours
    sent = ours.sent(*ours.whole())
    with ours.store.write() as unit:
        unit.run("UPDATE office SET npi = '1234567893'")
    assert _gate(ours, sent) is Refusal.WRONG_OFFICE


@pytest.mark.req("REQ-66")
@pytest.mark.parametrize("changes", [{"sort_name": "Knee, Pain"}, {"birth_date": "1950-01-01"}])
def test_a_profile_that_was_altered_here_stops_it(
    referring: Referring, changes: dict[str, str]
) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.change_patient(patient_id, **changes)
    assert _gate(ours, sent) is Refusal.PROFILE_DRIFT


@pytest.mark.req("REQ-61", "REQ-65")
def test_bytes_that_are_not_those_of_the_preview_are_stopped(referring: Referring) -> None:
    ours = referring.ours
    sent = ours.sent(*ours.whole())
    with ours.store.write() as unit:
        unit.run("""UPDATE outbox SET body = replace(body, '"NEW"', '"RETURNING"')""")
    assert _gate(ours, sent) is Refusal.SCHEMA
    ours.settle()
    found = ours.look(sent)
    assert (found.stage, found.problem) == (Stage.REFUSED, "schema")
    assert folder(found, ours.desk.now()) is Folder.ATTENTION
    assert referring.letters(found.work.patient_id) == []


@pytest.mark.req("REQ-61")
def test_a_member_more_is_stopped_even_when_the_preview_has_it(referring: Referring) -> None:
    ours = referring.ours
    sent = ours.sent(*ours.whole())
    body = ours.look(sent).work.message[:-1] + b',"note":"x"}'
    with ours.store.write() as unit:
        unit.run(
            "UPDATE referral_work SET message = ?, digest = ?",
            body,
            hashlib.sha256(body).hexdigest(),
        )
        unit.run("UPDATE outbox SET body = ?", body.decode())
    assert _gate(ours, sent) is Refusal.SCHEMA


@pytest.mark.req("REQ-71")
def test_a_minor_is_booked_by_a_guardians_permission_with_the_guardian_named(
    referring: Referring,
) -> None:
    ours = referring.ours
    entry, patient_id = ours.entry(wants_sex=False), ours.patient(minor=True)
    ours.permit(patient_id, entry)
    draft = ours.draft(patient_id, entry)
    shown = dict(payload.parts(referrals.preview(ours.desk, draft).booking))
    assert "guardian.phone" in shown
    assert "phone" not in shown
    assert "email" not in shown


@pytest.mark.req("REQ-72")
def test_at_the_midnight_of_the_eighteenth_birthday_all_that_is_open_ends(
    referring: Referring,
) -> None:
    ours = referring.ours
    entry, patient_id = ours.entry(wants_sex=False), ours.patient(minor=True)
    ours.permit(patient_id, entry)
    sent = ours.sent(patient_id, entry)
    born = (datetime.fromtimestamp(ours.desk.now(), UTC).date() + timedelta(days=1)).replace(
        year=2008
    )
    ours.change_patient(patient_id, birth_date=born.isoformat())
    with ours.store.read() as unit:
        (intention,) = outbox_rows.about(unit, sent)
        local_midnight = int(datetime(2026, 11, 25, 6, tzinfo=UTC).timestamp())
    ours.set_fact(Fact.HEARD, str(local_midnight))
    with ours.store.read() as unit:
        assert referral_gate.reason(unit, intention, local_midnight - 60) is Refusal.PROFILE_DRIFT
        assert referral_gate.reason(unit, intention, local_midnight) is Refusal.AGED_OUT
    referring.clock.advance(seconds=local_midnight - ours.desk.now())
    ours.cycle()
    assert ours.look(sent).delivery is Delivery.VOID


def test_a_minor_without_a_guardians_permission_is_not_booked(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.change_patient(patient_id, birth_date="2012-05-01")
    assert _gate(ours, sent) is Refusal.GUARDIAN_REQUIRED


# ------------------------------------------------------------------ what happens by itself


def test_a_draft_that_nobody_touches_is_removed(referring: Referring) -> None:
    ours = referring.ours
    draft = ours.draft(*ours.whole())
    referring.clock.advance(seconds=DRAFT_DAYS * 86_400 + 1)
    ours.cycle()
    with pytest.raises(AssertionError):
        ours.look(draft)
    assert ours.journal_of(draft)[-1][:2] == ("referral.expired", "draft")


def test_a_withdrawn_share_takes_everything_but_the_ledger(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    referring.hub.play("patient/unshare", patient=patient_id)
    ours.settle()
    with pytest.raises(AssertionError):
        ours.look(sent)
    ((line, name),) = referrals.accounting(ours.desk)
    assert (line.id, name) == (sent, "")
    with ours.store.read() as unit:
        left = [str(row) for row in unit.rows("SELECT body FROM outbox WHERE about = ?", sent)]
        assert left == ["('',)"]
        assert not unit.rows("SELECT * FROM permission WHERE patient_id = ?", patient_id)


def test_a_slot_that_was_taken_meanwhile_comes_back_to_the_worklist(referring: Referring) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    draft = ours.draft(patient_id, entry)
    shown = referrals.preview(ours.desk, draft)
    slot_id = ours.look(draft).work.slot_id
    other = referring.seat(neighbour_id(2))
    directory.hold(other.desk, other.directory, entry.npi, entry.location_id, slot_id)
    referrals.send(ours.desk, draft, shown.digest)
    ours.settle()
    found = ours.look(draft)
    assert (found.stage, found.problem) == (Stage.REFUSED, "slot-taken")
    new = referrals.again(ours.desk, draft)
    assert ours.look(new).work.slot_id == ""


def test_a_time_that_is_on_its_way_from_here_is_not_offered_to_the_next_patient(
    referring: Referring,
) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    first, *others = ours.times(entry)
    directory.hold(ours.desk, ours.directory, entry.npi, entry.location_id, first.id)
    assert ours.times(entry)[0] == first  # held for this draft, which may still be changed
    sent = ours.draft_at(patient_id, entry, first)
    assert ours.times(entry) == tuple(others)
    assert ours.times_known(entry) == tuple(others)
    referrals.take_back(ours.desk, sent)
    assert ours.times_known(entry)[0] == first
    referrals.send(ours.desk, sent, referrals.preview(ours.desk, sent).digest)
    ours.settle()
    assert ours.look(sent).stage is Stage.PROPOSED
    assert first not in ours.times_known(entry)
    referring.answer(sent, "decline", code="NO_CAPACITY")
    ours.settle()
    assert ours.look(sent).stage is Stage.DECLINED
    assert first in ours.times(entry)


def test_booking_again_leaves_nothing_behind_where_it_fails_halfway(
    referring: Referring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    referring.answer(sent, "decline", code=DeclineCode.NOT_TAKING_NEW)
    ours.settle()
    with ours.store.read() as unit:
        before = len(rows.of_patient(unit, patient_id))

    def full(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(directory_rows, "get", full)
        with pytest.raises(MemoryError):
            referrals.again(ours.desk, sent)
    with ours.store.read() as unit:
        assert len(rows.of_patient(unit, patient_id)) == before
    assert folder(ours.look(sent), ours.desk.now()) is Folder.ATTENTION
    assert "referral.seen" not in [action for action, _, _ in ours.journal_of(sent)]
    assert ours.look(referrals.again(ours.desk, sent)).work.provider_npi == entry.npi


def test_booking_again_with_a_provider_who_left_the_directory_begins_without_one(
    referring: Referring,
) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    sent = ours.sent(patient_id, entry)
    ours.settle()
    referring.answer(sent, "decline", code=DeclineCode.NOT_TAKING_NEW)
    ours.settle()
    with ours.store.write() as unit:
        directory_rows.put(unit, (), gone=((entry.npi, entry.location_id),))
    new = ours.look(referrals.again(ours.desk, sent))
    assert (new.stage, new.work.provider_npi) == (Stage.DRAFT, "")


def test_a_request_that_a_restored_exchange_has_forgotten_is_made_again(
    referring: Referring,
) -> None:
    ours = referring.ours
    patient_id, entry = ours.whole()
    referring.hub.play("snapshot")
    sent = ours.sent(patient_id, entry)
    ours.settle()
    referring.hub.play("restore")
    ours.settle()
    ours.settle()
    assert ours.look(sent).stage is Stage.PROPOSED
    assert ours.look(sent).record is not None
    assert len(referring.letters(patient_id)) == 1


def test_drafts_outlive_a_resync_from_zero(referring: Referring) -> None:
    ours = referring.ours
    draft = ours.draft(*ours.whole())
    referring.hub.play("restore")
    ours.settle()
    assert ours.look(draft).stage is Stage.DRAFT


@pytest.mark.req("REQ-19")
def test_req_19_the_first_referral_of_a_session_needs_the_password(referring: Referring) -> None:
    ours = referring.ours
    draft = ours.draft(*ours.whole())
    came = ours.desk.now()
    desk = replace(ours.desk, signed_in=came)
    assert not referrals.needs_password(desk)  # it was typed just now, to come in
    referring.clock.advance(seconds=FRESH + 1)
    shown = referrals.preview(desk, draft)
    with pytest.raises(PasswordAgain):
        referrals.send(desk, draft, shown.digest)
    proof = StepUp(desk.staff, desk.now(), desk.clock.monotonic())
    referrals.send(desk, draft, shown.digest, proof)
    assert not referrals.needs_password(desk)
