"""What patients ask: taken with a day, answered in form, and true everywhere it matters."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from carekraft_desktop.contract.referrals import Grantor
from carekraft_desktop.domain.asking import Asked, Delay, Denial, Identity, Result, Urgency
from carekraft_desktop.domain.copying import Directed, Fee, FeeTold
from carekraft_desktop.domain.permissions import Permission
from carekraft_desktop.domain.representing import Authority, Minor, Scope
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.wishes import WishKind
from carekraft_desktop.errors import (
    NoLongerThere,
    NotAuthorized,
    NotPermitted,
    PasswordAgain,
    RequestUnclear,
)
from carekraft_desktop.security import container
from carekraft_desktop.services import (
    accounting,
    after_erasure,
    amending,
    authorizations,
    calls,
    directing,
    fees,
    handing,
    handover,
    no_contact,
    paper,
    persons,
    representatives,
    requests,
    wishes,
)
from carekraft_desktop.services.accounting import Basis, Told
from carekraft_desktop.services.authorizations import Signed
from carekraft_desktop.services.referral_profile import copied
from carekraft_desktop.services.representatives import Shown
from carekraft_desktop.services.wishes import Agreed
from carekraft_desktop.store import records
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count, dispose, let_copy, officer, patient, proof, unshare

TODAY = date(2026, 11, 23)
PAPER = Signed(
    description="Dates of visits in 2026",
    discloser="Lakeside Family Practice",
    recipient="Prairie Legal Aid",
    purpose="At the patient's request",
    signed_on="2026-11-20",
    expires_on="2027-03-01",
    says_revocation=True,
    says_redisclosure=True,
)


@pytest.fixture
def stocked(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """Somebody with a visit to come, and a child with one."""
    exchange.put(samples.office(), samples.provider())
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=1))
    patient(exchange, 2, "booked", when=samples.NOON + timedelta(days=1), birth="2009-03-12")
    seat.cycle()
    return seat


# ------------------------------------------------------------------ the register


@pytest.mark.req("REQ-39", "REQ-40", "REQ-41")
@pytest.mark.parametrize(
    ("kind", "due", "extended"),
    [
        (Asked.ACCESS, "2026-12-23", "2027-01-22"),
        (Asked.AMENDMENT, "2027-01-22", "2027-02-21"),
        (Asked.ACCOUNTING, "2027-01-22", "2027-02-21"),
    ],
)
def test_a_request_has_its_day_and_one_extension_with_a_reason(
    stocked: Workstation, kind: Asked, due: str, extended: str
) -> None:
    desk = officer(stocked)
    request = requests.take(desk, "pat-1", kind)
    assert (request.day.isoformat(), request.fee.cents) == (due, 0)
    request = requests.extend(desk, request.id, Delay.OFF_SITE)
    assert (request.day.isoformat(), request.reason) == (extended, Delay.OFF_SITE)
    with pytest.raises(RequestUnclear):
        requests.extend(desk, request.id, Delay.OFF_SITE)
    assert [(s.what, s.code) for s in requests.steps(desk, request.id)] == [
        ("take", kind.value),
        ("extend", "off-site"),
    ]


@pytest.mark.req("REQ-41")
def test_the_office_is_reminded_ten_days_ahead_and_told_when_it_is_late(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    requests.take(desk, "pat-1", Asked.ACCESS)
    assert requests.pressing(desk) == (0, 0)
    stocked.clock.advance(days=20)  # the warning of day 20
    assert requests.pressing(desk) == (0, 1)
    stocked.clock.advance(days=11)
    assert requests.pressing(desk) == (1, 0)
    (line,) = requests.every(desk)
    assert (line.urgency, line.name) == (Urgency.OVERDUE, "Given1 Family1")
    assert requests.pressing(stocked.desk) == (0, 0)


def test_a_kind_without_an_extension_has_none_and_a_day_that_passed_has_none(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    complaint = requests.take(desk, "pat-1", Asked.COMPLAINT)
    with pytest.raises(RequestUnclear):
        requests.extend(desk, complaint.id, Delay.ADVICE)
    late = requests.take(desk, "pat-1", Asked.ACCESS, received=TODAY - timedelta(days=31))
    with pytest.raises(RequestUnclear):
        requests.extend(desk, late.id, Delay.ADVICE)
    with pytest.raises(RequestUnclear):
        requests.take(desk, "pat-1", Asked.ACCESS, received=TODAY + timedelta(days=1))
    requests.close(desk, complaint.id, Result.ANSWERED)
    with pytest.raises(NoLongerThere):
        requests.close(desk, complaint.id, Result.ANSWERED)
    with pytest.raises(RequestUnclear):
        requests.close(desk, late.id, Result.AGREED)


def test_the_desk_takes_requests_and_the_officer_answers_them(stocked: Workstation) -> None:
    request = requests.take(stocked.desk, "pat-1", Asked.ACCESS)
    for act in (
        lambda: requests.close(stocked.desk, request.id, Result.TAKEN_BACK),
        lambda: requests.extend(stocked.desk, request.id, Delay.ADVICE),
        lambda: accounting.report(stocked.desk, "pat-1"),
    ):
        with pytest.raises(NotPermitted):
            act()
    nobody = replace(stocked.desk, staff=Staff("x", "x.y", "X", frozenset({Role.REPLY_AUTHOR})))
    with pytest.raises(NotPermitted):
        requests.take(nobody, "pat-1", Asked.ACCESS)


# ------------------------------------------------------------------ access


@pytest.mark.req("REQ-41")
def test_every_table_with_a_patient_in_it_is_handed_out_or_left_out_with_a_reason(
    stocked: Workstation,
) -> None:
    naming = {"patient_id", "booking_id"}
    with stocked.store.read() as unit:
        tables = [
            name
            for (name,) in unit.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
        ]
        found = {
            table
            for table in tables
            if naming
            & {name for (name,) in unit.rows(f"SELECT name FROM pragma_table_info('{table}')")}
        }
    missing = found - set(records.WHERE) - set(records.LEFT_OUT)
    assert not missing, "say in store/records.py how these are handed out, or why not"
    assert not set(records.WHERE) - set(tables)
    assert not set(records.WHERE) & set(records.LEFT_OUT)


@pytest.mark.req("REQ-41", "REQ-19")
def test_everything_held_is_handed_over_in_an_encrypted_container_and_nowhere_else(
    stocked: Workstation, tmp_path: Path
) -> None:
    desk = officer(stocked)
    wishes.agree(desk, "pat-1", Agreed(WishKind.PHONE, "312-555-0111"))
    request = requests.take(desk, "pat-1", Asked.ACCESS)
    with pytest.raises(PasswordAgain):
        handing.prepare(desk, request.id, None)
    with pytest.raises(RequestUnclear, match="identity"):
        handing.prepare(desk, request.id, proof(desk))
    requests.check_identity(desk, request.id, Identity.PHOTO)
    handed = handing.prepare(desk, request.id, proof(desk))
    place = tmp_path / "out" / "copy.zip"
    place.parent.mkdir()
    phrase = handing.in_container(desk, handed, lambda: b"%PDF-1.7", place, proof(desk))
    assert len(phrase) >= 15
    (file,) = list(place.parent.iterdir())
    content = file.read_bytes()
    assert b"Family1" not in content
    pdf, text = container.opened(content, phrase)
    assert (pdf.name, text.name) == ("record.pdf", "record.json")
    told = json.loads(text.content)
    with stocked.store.read() as unit:
        for table in records.WHERE:
            rows = records.of(unit, table, "pat-1")
            if table in {"patient_request", "wish"} and rows:
                assert table in told["records"]
            elif rows:
                assert told["records"][table] == [dict(row) for row in rows]
    assert {"patient", "consent", "coverage", "booking", "wish"} <= set(told["records"])
    (line,) = requests.every(desk)
    assert (line.request.outcome, line.request.open) == (Result.HANDED_OVER, False)
    (copy,) = handing.given(desk, request.id)
    assert (copy.form, len(copy.hash), copy.content) == ("container", 64, "")


@pytest.mark.req("REQ-41", "REQ-85")
def test_access_still_works_for_what_is_kept_apart(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    desk = officer(stocked)
    exchange.put(samples.booking("book-1", patient_id="pat-1", status="arrived", v=2))
    stocked.cycle()
    unshare(exchange, 1, v=3)
    stocked.cycle()
    request = requests.take(desk, "pat-1", Asked.ACCESS, identity=Identity.DETAILS)
    handed = handing.prepare(desk, request.id, proof(desk))
    assert set(handed.everything) == {"kept", "patient_request"}
    assert "Given1" in handed.text
    assert accounting.report(desk, "pat-1").entries == ()


# ------------------------------------------------------------------ amendment


@pytest.mark.req("REQ-40")
def test_an_amendment_is_denied_for_four_reasons_only_and_the_disagreement_stays(
    stocked: Workstation,
) -> None:
    assert [each.value for each in Denial] == [
        "not-created-here",
        "not-in-record-set",
        "not-accessible",
        "accurate",
    ]
    desk = officer(stocked)
    wanted = amending.Wanted("booking", "book-1", "I did not fall.")
    request = amending.take(stocked.desk, "pat-1", wanted)
    with pytest.raises(RequestUnclear):
        amending.disagree(desk, request.id, "Yet it is so.")
    amending.deny(desk, request.id, Denial.ACCURATE)
    amending.disagree(desk, request.id, "Yet it is so.")
    with pytest.raises(RequestUnclear):
        amending.disagree(desk, request.id, "And another one.")
    with pytest.raises(Exception, match="stays"), stocked.store.write() as unit:
        unit.run("UPDATE amendment SET disagreement = 'gone'")
    (attached,) = amending.attached(stocked.desk, "pat-1")
    assert (attached.asked, attached.denial, attached.disagreement) == (
        "I did not fall.",
        "accurate",
        "Yet it is so.",
    )
    assert "Yet it is so." in handing.written("pat-1", _everything(stocked, "pat-1"), 0)


@pytest.mark.req("REQ-40")
def test_what_came_from_carekraft_is_corrected_there_and_fetched_anew(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    desk = officer(stocked)
    wanted = amending.Wanted("patient", "pat-1", "My name is spelled otherwise.")
    request = amending.take(desk, "pat-1", wanted)
    exchange.put(samples.patient("pat-1", given="Gyven1", family="Family1", v=4))
    amending.correct_at_source(desk, request.id)
    assert exchange.polls
    stocked.cycle()
    assert exchange.polls[-1][0] == ""
    assert persons.card(desk, "pat-1").patient.name == "Gyven1 Family1"
    for wrong in (
        amending.Wanted("patient", "pat-1", " "),
        amending.Wanted("patient", "pat-2", "Not mine."),
        amending.Wanted("journal", "pat-1", "Not a record."),
    ):
        with pytest.raises(RequestUnclear):
            amending.take(desk, "pat-1", wrong)


# ------------------------------------------------------------------ accounting


@pytest.mark.req("REQ-39")
def test_the_accounting_holds_what_the_rule_asks_for_and_the_full_view_the_rest(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    with stocked.store.write() as unit:
        unit.run(
            "INSERT INTO ledger VALUES ('l', ?, 'pat-1', '1234567893', 'scheduling data',"
            " 'appointment booking', '', '', '')",
            desk.now(),
        )
        unit.run(
            "INSERT INTO disclosure VALUES ('d', ?, 'public', 'reply', 'none', 'i')", desk.now()
        )
    one = authorizations.record(desk, "pat-1", PAPER)
    for basis, more in (
        (Basis.COURT, ""),
        (Basis.PATIENT, ""),
        (Basis.TREATMENT, ""),
        (Basis.AUTHORIZED, one.id),
    ):
        accounting.record(
            desk,
            "pat-1",
            Told(PAPER.recipient, "dates", basis.value, basis, "2026-11-21", authorization_id=more),
        )
    (loose,) = accounting.unlinked(desk)
    accounting.link(desk, loose.id, "pat-1")
    assert accounting.unlinked(desk) == ()
    with pytest.raises(NoLongerThere):
        accounting.link(desk, loose.id, "pat-2")
    short = accounting.report(desk, "pat-1")
    # What should not have happened is in it; treatment, the patient and authorized ones are not.
    assert [each.basis for each in short.entries] == [Basis.IMPERMISSIBLE, Basis.COURT]
    full = accounting.report(desk, "pat-1", full=True)
    assert len(full.entries) == 6
    assert (short.since.isoformat(), short.until.isoformat()) == ("2020-11-23", "2026-11-23")
    assert accounting.report(desk, "pat-2", full=True).entries == ()


@pytest.mark.req("REQ-41")
def test_a_fee_holds_three_parts_and_is_told_before_a_copy_is_handed_over(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    request = requests.take(desk, "pat-1", Asked.ACCESS, identity=Identity.PHOTO)
    for wrong in (Fee(copying=-1), Fee(postage=200_000)):
        with pytest.raises(RequestUnclear, match="fee"):
            fees.put(desk, request.id, wrong)
    with pytest.raises(RequestUnclear, match="fee"):
        fees.told(desk, request.id, FeeTold.BY_PHONE)
    fees.put(desk, request.id, Fee(copying=500, supplies=75, postage=160))
    with pytest.raises(RequestUnclear, match="fee-told"):
        handing.prepare(desk, request.id, proof(desk))
    known = fees.told(desk, request.id, FeeTold.BY_PHONE)
    assert (known.fee.cents, known.fee.told_on) == (735, TODAY)
    assert fees.put(desk, request.id, Fee(500, 75, 160)).fee.told_on, "nothing is new"
    fees.put(desk, request.id, Fee(copying=600, supplies=75, postage=160))
    with pytest.raises(RequestUnclear, match="fee-told"):  # another sum is told anew
        handing.prepare(desk, request.id, proof(desk))
    fees.told(desk, request.id, FeeTold.AT_THE_DESK)
    handing.on_paper(desk, handing.prepare(desk, request.id, proof(desk)))
    (line,) = requests.every(desk)
    assert line.request.fee == Fee(600, 75, 160, TODAY, FeeTold.AT_THE_DESK)
    complaint = requests.take(desk, "pat-1", Asked.COMPLAINT)
    with pytest.raises(RequestUnclear, match="fee"):
        fees.put(desk, complaint.id, Fee(copying=1))


@pytest.mark.req("REQ-41", "REQ-39")
def test_a_copy_goes_to_somebody_else_on_a_signed_writing_that_names_them(
    stocked: Workstation, tmp_path: Path
) -> None:
    desk = officer(stocked)
    request = requests.take(desk, "pat-1", Asked.ACCESS, identity=Identity.SIGNATURE)
    whole = Directed("Ruth Adeyemi", "12 Prairie Road, Peoria", TODAY)
    for wrong in (
        replace(whole, name=" "),
        replace(whole, address=""),
        replace(whole, signed_on=TODAY + timedelta(days=1)),
    ):
        with pytest.raises(RequestUnclear):
            directing.direct(desk, request.id, wrong)
    with pytest.raises(NotPermitted):
        directing.direct(stocked.desk, request.id, whole)
    directing.direct(desk, request.id, whole)
    handed = handing.prepare(desk, request.id, proof(desk))
    handing.in_container(desk, handed, lambda: b"%PDF", tmp_path / "record.zip", proof(desk))
    assert accounting.report(desk, "pat-1").entries == (), "the patient asked for it"
    (entry,) = accounting.report(desk, "pat-1", full=True).entries
    assert (entry.recipient, entry.address, entry.basis) == (
        "Ruth Adeyemi",
        "12 Prairie Road, Peoria",
        Basis.PATIENT,
    )
    own = requests.take(desk, "pat-1", Asked.ACCESS, identity=Identity.PHOTO)
    directing.direct(desk, own.id, whole)
    assert directing.to_the_patient(desk, own.id).to is None
    handing.on_paper(desk, handing.prepare(desk, own.id, proof(desk)))
    assert len(accounting.report(desk, "pat-1", full=True).entries) == 1


@pytest.mark.req("REQ-39")
def test_the_first_accounting_in_twelve_months_is_free_and_its_copy_is_kept(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    first = requests.take(desk, "pat-1", Asked.ACCOUNTING, identity=Identity.PHOTO)
    with pytest.raises(RequestUnclear, match="free"):
        fees.put(desk, first.id, Fee(copying=500))
    handed = handing.prepare(desk, first.id, proof(desk))
    handing.on_paper(desk, handed)
    (copy,) = handing.given(desk, first.id)
    assert json.loads(copy.content)["format"] == "ck-accounting-1"
    stocked.clock.advance(days=200)
    second = requests.take(desk, "pat-1", Asked.ACCOUNTING, identity=Identity.PHOTO)
    assert fees.put(desk, second.id, Fee(copying=500)).fee.cents == 500
    stocked.clock.advance(days=200)
    third = requests.take(desk, "pat-1", Asked.ACCOUNTING)
    with pytest.raises(RequestUnclear, match="free"):
        fees.put(desk, third.id, Fee(copying=500))
    stocked.clock.advance(days=365 * 5 - 60)
    dispose(stocked)
    assert count(stocked, "copy_given") == 1


@pytest.mark.req("REQ-39")
def test_an_authority_may_ask_that_the_patient_is_not_told_for_a_while(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    accounting.record(
        desk, "pat-1", Told("County Sheriff", "address", "search", Basis.POLICE, "2026-11-21")
    )
    with pytest.raises(RequestUnclear):  # a spoken request counts for thirty days at most
        accounting.suspend(desk, "pat-1", "County Sheriff", "2027-01-23", written=False)
    accounting.suspend(desk, "pat-1", "County Sheriff", "2026-12-23", written=False)
    assert accounting.report(desk, "pat-1").entries == ()
    request = requests.take(desk, "pat-1", Asked.ACCESS, identity=Identity.PHOTO)
    assert "suspension" not in handing.prepare(desk, request.id, proof(desk)).everything
    stocked.clock.advance(days=31)
    assert len(accounting.report(desk, "pat-1").entries) == 1


@pytest.mark.req("REQ-39", "REQ-84")
def test_somebody_who_was_erased_still_gets_an_accounting(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    desk = officer(stocked)
    accounting.record(
        desk, "pat-1", Told("County Court", "dates", "subpoena", Basis.COURT, "2026-11-21")
    )
    with stocked.store.read() as unit:
        number = str(unit.value("SELECT number FROM booking WHERE id = 'book-1'"))
    unshare(exchange, 1)
    stocked.cycle()
    assert count(stocked, "patient", "id = 'pat-1'") == 0
    found = accounting.found_by_number(desk, number)
    assert [each.recipient for each in accounting.report(desk, found).entries] == ["County Court"]
    with pytest.raises(NoLongerThere):
        accounting.found_by_number(desk, "CK-0000-0000")
    request = after_erasure.take(desk, f" {number} ", Asked.ACCOUNTING)
    requests.check_identity(desk, request.id, Identity.PHOTO)
    handed = handing.prepare(desk, request.id, proof(desk))
    assert handed.report is not None
    assert [each.recipient for each in handed.report.entries] == ["County Court"]
    with stocked.store.write() as unit:
        unit.run("UPDATE booking SET number = 'CK-7Q2M-HERE' WHERE id = 'book-2'")
    for wrong, why in (("CK-0000-0000", "number$"), ("CK-7Q2M-HERE", "number-here")):
        with pytest.raises(RequestUnclear, match=why):
            after_erasure.take(desk, wrong, Asked.ACCOUNTING)
    with pytest.raises(RequestUnclear, match="kind"):
        after_erasure.take(desk, number, Asked.COMPLAINT)
    with pytest.raises(NotPermitted):
        after_erasure.take(stocked.desk, number, Asked.ACCOUNTING)


# ------------------------------------------------------------------ authorizations


@pytest.mark.req("REQ-42")
@pytest.mark.parametrize(
    "paper",
    [
        replace(PAPER, description=" "),
        replace(PAPER, recipient=""),
        replace(PAPER, purpose=""),
        replace(PAPER, discloser=""),
        replace(PAPER, signed_on=""),
        replace(PAPER, expires_on=""),
        replace(PAPER, expires_event="the end of the matter"),
        replace(PAPER, says_revocation=False),
        replace(PAPER, says_redisclosure=False),
        replace(PAPER, expires_on="some day"),
    ],
)
def test_an_authorization_without_each_element_is_none(stocked: Workstation, paper: Signed) -> None:
    with pytest.raises(RequestUnclear):
        authorizations.record(officer(stocked), "pat-1", paper)


@pytest.mark.req("REQ-42")
def test_what_needs_an_authorization_is_refused_without_a_valid_one(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    one = authorizations.record(desk, "pat-1", PAPER)
    with stocked.store.write() as unit:
        unit.run("INSERT INTO permission VALUES ('perm-1', 1, 'pat-1', '', NULL)")

    def give(authorization: str, *, later: Callable[[], None] = lambda: None) -> None:
        request = requests.take(desk, "pat-1", Asked.ACCESS, identity=Identity.SIGNATURE)
        to = Directed("somebody", "12 Prairie Road", TODAY, authorization)
        directed = directing.direct(desk, request.id, to)
        assert directed.to is not None
        assert directed.to.name == PAPER.recipient, "the paper says who gets it"
        later()
        handing.on_paper(desk, handing.prepare(desk, request.id, proof(desk)))

    for wrong in ("auth-0", "perm-1"):  # a permission to book is never one
        with pytest.raises(NotAuthorized, match="missing"):
            give(wrong)
    give(one.id)
    assert accounting.report(desk, "pat-1").entries == ()
    assert len(accounting.report(desk, "pat-1", full=True).entries) == 1
    with pytest.raises(NotAuthorized, match="revoked"):
        give(one.id, later=lambda: authorizations.revoke(desk, one.id))
    # What was done before it was taken back stays on record.
    assert len(accounting.report(desk, "pat-1", full=True).entries) == 1
    later = authorizations.record(desk, "pat-1", PAPER)
    stocked.clock.advance(days=120)
    assert directing.authorized(desk, "pat-1") == ()
    with pytest.raises(NotAuthorized, match="expired"):
        give(later.id)
    by_event = replace(PAPER, expires_on="", expires_event="the end of the matter")
    until = authorizations.record(desk, "pat-1", by_event)
    give(until.id)
    authorizations.event_came(desk, until.id)
    with pytest.raises(NotAuthorized, match="expired"):
        give(until.id)


# ------------------------------------------------------------------ representatives


@pytest.mark.req("REQ-44")
def test_a_parents_word_ends_with_the_eighteenth_birthday(stocked: Workstation) -> None:
    desk = officer(stocked)
    shown = Shown("Given9 Family2", Authority.PARENT, Scope.ALL, "Passport", "2026-11-01")
    parent = representatives.record(desk, "pat-2", shown)
    assert parent.verified_by == "staff-9"
    requests.take(desk, "pat-2", Asked.ACCESS, representative_id=parent.id)
    stocked.clock.advance(days=108)  # 2027-03-11, the day before
    assert requests.nightly(desk) == 0
    requests.take(desk, "pat-2", Asked.ACCESS, representative_id=parent.id)
    stocked.clock.advance(days=1)
    with pytest.raises(RequestUnclear, match="aged-out"):
        requests.take(desk, "pat-2", Asked.ACCESS, representative_id=parent.id)
    assert requests.nightly(desk) == 1
    assert representatives.of(desk, "pat-2")[0].ends_on.startswith("202")
    with pytest.raises(RequestUnclear, match="ended"):
        requests.take(desk, "pat-2", Asked.ACCESS, representative_id=parent.id)


@pytest.mark.req("REQ-44")
def test_a_representative_acts_within_scope_and_time_and_never_when_they_may_endanger(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    desk = officer(stocked)
    guardian = {
        "relationship": [{"coding": [{"code": "GUARD"}]}],
        "name": {"text": "Given9 Family2"},
        "telecom": [{"system": "phone", "value": "312-555-0122"}],
    }
    exchange.put(
        samples.patient("pat-2", given="Given2", birth_date="2015-03-12", contact=[guardian], v=2)
    )
    stocked.cycle()
    assert calls.number(desk, "book-2") == "312-555-0122"
    common = Shown("Given9 Family2", Authority.GUARDIAN, Scope.ALL, "Order 7", "2026-11-01")
    one = representatives.record(desk, "pat-2", common)
    representatives.warn(desk, one.id, endangers=True)
    # Neither asks for the record, nor is called, nor shown.
    with pytest.raises(RequestUnclear, match="endangers"):
        requests.take(desk, "pat-2", Asked.ACCESS, representative_id=one.id)
    assert persons.card(desk, "pat-2").patient.guardian is None
    assert calls.number(desk, "book-2") == ""
    for shown, why in (
        (replace(common, scope=Scope.BOOKINGS), "scope"),
        (replace(common, starts_on="2027-01-01"), "not-yet"),
        (replace(common, ends_on="2026-11-22"), "ended"),
        (replace(common, exception=Minor.CONSENTED_ALONE.value), "minor-alone"),
    ):
        other = representatives.record(desk, "pat-2", shown)
        with pytest.raises(RequestUnclear, match=why):
            requests.take(desk, "pat-2", Asked.ACCESS, representative_id=other.id)
    with pytest.raises(RequestUnclear):
        representatives.record(desk, "pat-2", replace(common, document=""))


# ------------------------------------------------------------------ restrictions


@pytest.mark.req("REQ-45")
def test_another_number_and_address_win_on_every_list_copy_and_sheet(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    wishes.agree(desk, "pat-1", Agreed(WishKind.PHONE, "312-555-0111"))
    wishes.agree(desk, "pat-1", Agreed(WishKind.ADDRESS, "PO Box 9, Chicago, IL"))
    found = persons.card(desk, "pat-1").patient
    assert (found.phone, found.address) == ("312-555-0111", "PO Box 9, Chicago, IL")
    assert calls.number(desk, "book-1") == "312-555-0111"
    sheet = paper.call_list(desk)
    assert {call.number for call in sheet if call.line.seen.entry.patient_id == "pat-1"} == {
        "312-555-0111"
    }
    let_copy(stocked.desk)
    copied = handover.copy(desk, "book-1")
    assert "312-555-0187" not in copied
    assert "12 Example Street" not in copied
    (wish, *_) = [w for w in wishes.of(desk, "pat-1") if w.kind is WishKind.PHONE]
    wishes.end(desk, wish.id)
    assert persons.card(desk, "pat-1").patient.phone == "312-555-0187"
    with pytest.raises(NoLongerThere):
        wishes.end(desk, wish.id)
    for wrong in (Agreed(WishKind.PHONE, "call me"), Agreed(WishKind.ADDRESS, "x")):
        with pytest.raises(RequestUnclear):
            wishes.agree(desk, "pat-1", wrong)


@pytest.mark.req("REQ-45")
def test_whoever_wants_no_calls_is_on_no_list_of_calls(stocked: Workstation) -> None:
    desk = officer(stocked)
    assert {line.seen.entry.id for line in calls.to_call(desk)} == {"book-1", "book-2"}
    no_contact.mark(desk, "pat-1", on=True)
    assert {line.seen.entry.id for line in calls.to_call(desk)} == {"book-2"}
    assert len(paper.call_list(desk)) == 1


def _everything(seat: Workstation, patient_id: str) -> handing.Everything:
    with seat.store.read() as unit:
        return records.everything(unit, patient_id)


@pytest.mark.req("REQ-45", "REQ-76")
def test_what_was_paid_in_full_is_told_to_no_plan_by_a_referral(stocked: Workstation) -> None:
    desk = officer(stocked)
    permission = Permission(
        id="perm-1",
        version=1,
        patient_id="pat-1",
        office_npi="1234567893",
        targets=frozenset(),
        specialties=frozenset(),
        share_contact=True,
        share_demographic=True,
        share_insurance=True,
        max_bookings=1,
        valid_from=0,
        valid_until=2**40,
        granted_by=Grantor.SELF,
        payer_code="PRAIRIE",
        plan_code="SILVER",
    )

    def told(visit_id: str) -> tuple[str, str, str]:
        with stocked.store.read() as unit:
            found = copied(unit, permission, today=TODAY, wants_sex=False, visit_id=visit_id)
        return found.payer_code, found.plan_code, found.phone

    assert told("book-1") == ("PRAIRIE", "SILVER", "+13125550187")
    wish = wishes.agree(desk, "pat-1", Agreed(WishKind.NO_PLAN, booking_id="book-1"))
    wishes.agree(desk, "pat-1", Agreed(WishKind.PHONE, "312-555-0111"))
    assert told("book-1") == ("", "", "+13125550111")
    # Of that item only.
    assert told("book-7")[0] == "PRAIRIE"
    wishes.end(desk, wish.id)
    assert told("book-1")[0] == "PRAIRIE"
