"""Each clause of the privacy policy that binds the office's program, by a test of its name.

The store is a real encrypted one; the exchange is a fake with invented people. What a clause asks
of the wire as a whole is in `test_on_the_wire.py`.
"""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from carekraft_desktop.contract.commands import BODY_OF, CommandType
from carekraft_desktop.contract.referrals import ReferralBooking
from carekraft_desktop.domain import terms as rules
from carekraft_desktop.domain.ages import Gate, gate
from carekraft_desktop.domain.attesting import FIRST, Subject
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import NotPermitted, PartnerUnclear
from carekraft_desktop.guardrail.checker import PublicContext
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.presenters import wording, wording_terms
from carekraft_desktop.presenters.shared_data import Held, classes
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.services import (
    agreements,
    attesting,
    calls,
    changes,
    find,
    handover,
    holding_back,
    incident_telling,
    incidents,
    judging,
    no_contact,
    paper,
    persons,
    support,
    terms,
    training_record,
    visits,
)
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.sync import Link
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation, exchange, seat, template
from tests.fakes.gateway import FakeGateway
from tests.keeping import let_copy
from tests.samples import NOON

__all__ = ["exchange", "seat", "template"]
ADA = Staff("staff-9", "a.osei", "Ada Osei", frozenset({Role.PRIVACY_OFFICER}))
JONAS = Staff("staff-8", "j.weber", "Jonas Weber", frozenset({Role.PROVIDER}))
WHEN = OfficeTime.of("America/Chicago")
ROOT = Path(__file__).parents[2]
VISIT = NOON + timedelta(hours=3)


@pytest.fixture
def office(seat: Workstation, exchange: FakeGateway) -> Workstation:
    exchange.put(*samples.whole_office())
    exchange.put(samples.booking(start=VISIT, status="booked", v=2))
    seat.cycle()
    return seat


def officer(seat: Workstation) -> Desk:
    return replace(seat.desk, staff=ADA, team=(seat.desk.staff, ADA, JONAS))


def journalled(seat: Workstation, action: str) -> list[tuple[str, str, str]]:
    with seat.store.read() as unit:
        return [
            tuple(row)
            for row in unit.rows(
                "SELECT object, detail, outcome FROM journal WHERE action = ?", action
            )
        ]


def on_disk(seat: Workstation, *words: str) -> list[str]:
    """Those of the words that lie readable in any file of the seat."""
    seat.store.checkpoint()
    content = b"".join(path.read_bytes() for path in seat.folder.rglob("*") if path.is_file())
    return [word for word in words if word.encode() in content or word.encode("utf-16") in content]


def held(seat: Workstation) -> Held:
    card = persons.card(seat.desk, "pat-1")
    visit = visits.card(seat.desk, "book-1").visit
    return Held(card.patient, card.shares, card.insurance, visit)


def bulletin(version: str, since: date, *, v: int = 1, seq: int = 0) -> Any:
    data = {
        "id": f"terms.{version}",
        "kind": "terms",
        "at": NOON.isoformat(),
        "day": since.isoformat(),
        "version": version,
        "title": "Privacy policy",
        "lines": ["Something new."],
    }
    return samples.item("bulletin", f"terms.{version}", data, v=v, seq=seq)


def test_clause_preamble_the_office_sees_the_terms_and_the_version_in_force(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(bulletin("2026-1", date(2026, 1, 1)))
    office.cycle()
    shown = terms.shown(office.desk)
    assert (shown.in_force, shown.versions[0].title) == ("2026-1", "Privacy policy")
    assert {wording.DATA[each] for each in DataClass} >= {"Contact", "Insurance", "Medical"}


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("1.1(1) contact data", ("312-555-0187", "elif.demir@example.com", "12 Example Street")),
        ("1.1(2) demographic data", ("1979-03-12", "60601")),
        ("1.1(3) insurance data", ("Prairie Mutual", "PM-4410-22")),
        ("1.1(4) medical data", ("Knee pain", "Ilse Brandt")),
        ("1.1(5) what the patient adds", ("hurts on stairs",)),
    ],
)
def test_clause_1_1_each_class_is_kept_encrypted(
    office: Workstation, clause: str, words: tuple[str, ...]
) -> None:
    assert on_disk(office, *words) == [], clause
    with office.store.read() as unit:
        whole = str(unit.rows("SELECT * FROM patient")) + str(unit.rows("SELECT * FROM coverage"))
        whole += str(unit.rows("SELECT * FROM booking"))
    assert all(word in whole for word in words)


def test_clause_1_1_1_contact_data_is_covered_until_revealed_and_then_journalled(
    office: Workstation,
) -> None:
    calls.number(office.desk, "book-1")
    assert ("book-1", "contact", "done") in journalled(office, "patient.reveal")


def test_clause_1_1_3_insurance_is_said_to_be_as_the_patient_stated_it(office: Workstation) -> None:
    found = classes(held(office), staff=ADA, when=WHEN, now=office.desk.now(), revealed=frozenset())
    insurance = next(each for each in found if each.data is DataClass.INSURANCE)
    assert insurance.advice == wording.UNVERIFIED


def test_clause_1_1_4_medical_data_is_opened_by_role_only_and_leaves_in_no_referral(
    office: Workstation,
) -> None:
    with pytest.raises(NotPermitted):
        persons.reveal(office.desk, "pat-1", DataClass.MEDICAL)
    persons.reveal(officer(office), "pat-1", DataClass.MEDICAL)
    assert [row[2] for row in journalled(office, "patient.reveal")] == ["denied", "done"]
    members = {field.name for field in msgspec.structs.fields(ReferralBooking)}
    assert not members & {"purpose", "reason", "comment", "notes", "previous", "diagnosis"}


def test_clause_1_1_5_the_patients_own_words_stay_out_of_search_copies_and_paper(
    office: Workstation,
) -> None:
    medical = next(
        each
        for each in classes(
            held(office),
            staff=JONAS,
            when=WHEN,
            now=office.desk.now(),
            revealed=frozenset(DataClass),
        )
        if each.data is DataClass.MEDICAL
    )
    assert [fact.label for fact in medical.facts if "stairs" in fact.value] == [
        "The patient's own words"
    ]
    assert medical.advice == wording.OWN_WORDS
    for typed in ("stairs", "hurts", "Knee"):
        assert find.find(office.desk, typed) == ()
    let_copy(office.desk)
    assert "stairs" not in handover.copy(office.desk, "book-1")
    start = int(VISIT.timestamp())
    sheet = paper.day(office.desk, start - 3_600, start + 3_600, "2026-11-23")
    assert "stairs" not in str(sheet)
    assert "stairs" not in str(calls.to_call(office.desk))


def test_clause_1_1_last_there_is_no_place_for_letters_and_attachments(office: Workstation) -> None:
    with office.store.read() as unit:
        tables = [name for (name,) in unit.rows("SELECT name FROM sqlite_master")]
    assert not [name for name in tables if re.search("attach|document|file$|letter|message", name)]


def test_clause_1_2_browser_address_and_device_of_a_patient_are_not_taken_in(
    office: Workstation, exchange: FakeGateway
) -> None:
    traces: dict[str, Any] = {
        "browser": "Mozilla/5.0 canary",
        "ipAddress": "203.0.113.77",
        "deviceId": "canary-device-1",
        "referringUrl": "https://example.com/canary",
        "pagesViewed": ["canary-page"],
    }
    exchange.put(samples.patient(v=3, **traces), samples.booking(v=3, **traces))
    office.cycle()
    with office.store.read() as unit:
        tables = [
            name
            for (name,) in unit.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("search")
        ]
        whole = "".join(str(unit.rows(f"SELECT * FROM {name}")) for name in tables)
    assert "203.0.113.77" not in whole
    assert "canary" not in whole
    assert "Mozilla" not in whole


def test_clause_1_2_second_part_nothing_watches_what_people_do() -> None:
    watchers = re.compile(
        r"sentry|analytics|mixpanel|segment|amplitude|posthog|bugsnag|rollbar|matomo|telemetry"
    )
    imports = re.compile(r"^\s*(?:import|from)\s+([\w.]+)", re.MULTILINE)
    names: set[str] = set()
    for folder in ("carekraft_desktop", "ui"):
        for path in (ROOT / folder).rglob("*.py"):
            names |= set(imports.findall(path.read_text("utf-8")))
    assert len(names) > 100
    theirs = [name for name in sorted(names) if not name.startswith(("carekraft_desktop.", "ui."))]
    assert [name for name in theirs if watchers.search(name)] == []
    locked = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    assert not watchers.search(locked)


def test_clause_1_3_local_settings_hold_nothing_of_a_patient() -> None:
    from carekraft_desktop.config import Settings

    assert {field.name for field in msgspec.structs.fields(Settings)} <= {
        "exchange",
        "theme",
        "text_scale",
        "idle_minutes",
        "alerts",
        "sound",
        "quiet",
        "quiet_from",
        "quiet_to",
        "packet_folder",
        "backup_folder",
        "backup_folders",
    }


def test_clause_1_4_a_child_without_a_guardian_is_held_and_reported_by_its_code(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.patient("pat-2", given="Mina", birth_date="2018-05-05", alone=True))
    office.cycle()
    office.cycle()
    with office.store.read() as unit:
        assert unit.rows("SELECT id FROM patient") == [("pat-1",)]
    told = [(each.id, each.error) for acks in exchange.acks for each in acks.quarantined]
    assert told == [("pat-2", "child-without-guardian")]


def test_clause_1_4_an_account_of_somebody_under_18_is_held_and_told_by_a_code_alone(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(
        samples.patient("pat-2", given="Mina", birth_date="2010-05-05", alone=True),
        samples.consent("con-2", patient_id="pat-2"),
        samples.booking("book-2", patient_id="pat-2", start=VISIT),
    )
    office.cycle()
    office.cycle()
    with office.store.read() as unit:
        assert unit.rows("SELECT id FROM patient") == [("pat-1",)]
        assert unit.rows("SELECT id FROM booking") == [("book-1",)]
    told = {(each.id, each.error) for acks in exchange.acks for each in acks.quarantined}
    assert told == {
        ("pat-2", "minor-without-guardian"),
        ("con-2", "held-with-patient"),
        ("book-2", "held-with-patient"),
    }
    (one,) = holding_back.listed(officer(office))
    assert one.why.value == "minor-without-guardian"
    assert journalled(office, "patient.held") == [("pat-2", "minor-without-guardian", "done")]


def test_clause_1_4_a_record_of_care_of_somebody_under_18_is_flagged_and_not_called(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.booking(start=VISIT, status="fulfilled", v=3))
    office.cycle()
    exchange.put(
        samples.patient(v=3, birth_date="2010-05-05", alone=True),
        samples.booking("book-2", start=VISIT + timedelta(hours=1), status="booked"),
    )
    office.cycle()
    card = persons.card(office.desk, "pat-1")
    found = gate(card.patient.birth_date, date(2026, 11, 23), guardian=False, by_guardian=False)
    assert found is Gate.NO_GUARDIAN
    (line,) = calls.to_call(office.desk)
    assert not line.reachable  # nobody dials a minor's own number
    assert holding_back.listed(officer(office)) == ()


def test_clause_2_opening_there_is_no_way_to_advertise() -> None:
    said = {each.value for each in CommandType}
    assert not [
        each for each in said if re.search("market|campaign|message|mail|invite|promo", each)
    ]
    assert set(BODY_OF) == set(CommandType)


def test_clause_2_bullet_1_what_is_missing_is_said_and_nothing_invented(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.patient(v=3, telecom=[{"system": "email", "value": "e@example.com"}]))
    office.cycle()
    found = classes(held(office), staff=ADA, when=WHEN, now=office.desk.now(), revealed=frozenset())
    contact = next(each for each in found if each.data is DataClass.CONTACT)
    assert contact.advice.endswith("Not given: telephone.")
    assert "Telephone" not in [fact.label for fact in contact.facts]


def test_clause_2_bullet_2_no_reply_tells_of_a_patient_and_a_review_can_be_reported() -> None:
    verdict = judging.judge(
        "Elif, we treated your knee on Monday and billed Prairie Mutual.",
        PublicContext("MapleFan22", "Waited forty minutes."),
    )
    assert verdict.severity is Severity.BLOCK
    assert CommandType.REVIEW_REPORT in BODY_OF


def test_clause_2_bullet_3_nobody_is_invited_and_no_address_book_is_read() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "ui").rglob("*.py"))
    assert not re.search(r"addressbook|AddressBook|Contacts\.framework|IAddrBook|libebook", source)


def test_clause_3_opening_every_copy_needs_a_role_and_leaves_a_line(office: Workstation) -> None:
    start = int(VISIT.timestamp())
    author = replace(office.desk, staff=replace(JONAS, roles=frozenset({Role.REPLY_AUTHOR})))
    with pytest.raises(NotPermitted):
        paper.day(author, start - 3_600, start + 3_600, "2026-11-23")
    paper.day(office.desk, start - 3_600, start + 3_600, "2026-11-23")
    assert [row[2] for row in journalled(office, "print.day-sheet")] == ["denied", "done"]


def test_clause_3_1_c_partners_of_the_office_are_on_file_with_their_agreement(
    office: Workstation,
) -> None:
    desk = officer(office)
    agreements.record(desk, "Lakeside Computers", "Computers", "2027-01-31")
    agreements.record(desk, "lakeside computers", "Computers and backup", "2026-01-31")
    (one,) = agreements.listed(desk)
    assert (one.does, one.over) == ("Computers and backup", True)
    with pytest.raises(PartnerUnclear):
        agreements.record(desk, "", "Computers", "")
    with pytest.raises(NotPermitted):
        agreements.listed(office.desk)


def test_clause_3_2_support_sees_codes_and_counts_and_nothing_of_a_patient(
    office: Workstation, tmp_path: Path
) -> None:
    text = support.bundle((), officer(office))
    said = json.loads(text)
    assert said["counts"]["booking"] == 1
    for word in ("Elif", "Demir", "555-", "Prairie", "Knee", "stairs", "pat-1", "book-1", "Ada"):
        assert word not in text
    place = tmp_path / "support.json"
    support.write(text, place)
    assert place.read_text("ascii") == text
    assert journalled(office, "support.bundle") == [("", "", "done")]


@pytest.mark.req("REQ-25")
def test_clause_3_4_a_training_is_confirmed_each_year_and_the_record_can_be_taken_along(
    office: Workstation, tmp_path: Path
) -> None:
    attesting.confirm(office.desk, Subject.TRAINING)
    assert Subject.TRAINING not in attesting.due(office.desk)
    office.clock.advance(days=366)
    assert Subject.TRAINING in attesting.due(office.desk)
    place = tmp_path / "training.csv"
    assert training_record.export(officer(office), place) == 1
    assert "Rosa Alvarez,training,1,2026-11-23" in place.read_text("utf-8-sig")
    with pytest.raises(NotPermitted):
        training_record.export(office.desk, place)


def test_clause_3_4_b_where_support_is_written_to_it_is_said_that_no_patient_belongs_there() -> (
    None
):
    assert "promises no secrecy" in wording_terms.SUPPORT_ADVICE
    assert "never write a patient's data" in wording_terms.SUPPORT_ADVICE


def test_clause_4_bullet_1_nothing_is_typed_twice(office: Workstation) -> None:
    let_copy(office.desk)
    text = handover.copy(office.desk, "book-1")
    assert all(word in text for word in ("Demir, Elif", "Prairie Mutual", "312-555-0187"))


def test_clause_4_bullet_2_whoever_does_not_want_it_is_neither_called_nor_reminded(
    office: Workstation,
) -> None:
    assert [line.seen.entry.id for line in calls.to_call(office.desk)] == ["book-1"]
    no_contact.mark(office.desk, "pat-1", on=True)
    assert calls.to_call(office.desk) == ()
    assert no_contact.is_marked(office.desk, "pat-1")
    assert persons.card(office.desk, "pat-1").no_contact
    no_contact.mark(office.desk, "pat-1", on=False)
    assert len(calls.to_call(office.desk)) == 1
    assert [row[1] for row in journalled(office, "no-contact.mark")] == ["on", "off"]


def test_clause_4_closing_b_booking_is_the_sole_purpose_of_a_referral() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"note": "knee pain"}', type=ReferralBooking)
    kinds = {field.name: field.type for field in msgspec.structs.fields(ReferralBooking)}
    assert "note" not in kinds
    assert "text" not in kinds


def test_clause_changing_a_correction_is_taken_as_a_new_version_and_shown_as_news(
    office: Workstation, exchange: FakeGateway
) -> None:
    assert changes.changed(office.desk) == ()
    exchange.put(samples.booking(start=VISIT + timedelta(hours=1), status="booked", v=3))
    office.cycle()
    (found,) = changes.changed(office.desk)
    assert found.seen.entry.id == "book-1"
    assert visits.card(office.desk, "book-1").visit.version == 3


def test_clause_deleting_a_withdrawn_share_erases_and_is_confirmed_back(
    office: Workstation, exchange: FakeGateway
) -> None:
    no_contact.mark(office.desk, "pat-1", on=True)
    exchange.put(samples.gone("patient", "pat-1", v=9, reason="unshared"))
    office.cycle()
    office.cycle()
    with office.store.read() as unit:
        assert unit.rows("SELECT * FROM patient") == []
        assert unit.rows("SELECT * FROM no_contact") == []
        stones = unit.rows("SELECT kind, id, reason FROM tombstone WHERE kind = 'patient'")
    assert stones == [("patient", "pat-1", "unshared")]
    assert [each.id for acks in exchange.acks for each in acks.erased] == ["pat-1"]


def test_clause_deleting_b_what_stays_is_named_by_id_only(
    office: Workstation, exchange: FakeGateway
) -> None:
    calls.number(office.desk, "book-1")
    exchange.put(samples.gone("patient", "pat-1", v=9, reason="unshared"))
    office.cycle()
    with office.store.read() as unit:
        left = str(unit.rows("SELECT * FROM journal")) + str(unit.rows("SELECT * FROM tombstone"))
    assert "pat-1" in left
    assert "Demir" not in left
    assert "555-" not in left


def test_clause_security_b_nothing_claims_perfect_safety() -> None:
    claims = re.compile(
        r"100 ?%|completely (safe|secure)|perfectly (safe|secure)|unbreakable|HIPAA[- ]compliant"
        r"|fool-?proof|guarantees? (the )?(security|privacy)",
        re.IGNORECASE,
    )
    said = [
        f"{path.name}: {found.group()}"
        for path in (ROOT / "carekraft_desktop" / "presenters").glob("wording*.py")
        for found in claims.finditer(path.read_text("utf-8"))
    ]
    assert said == []


def test_clause_security_c_an_incident_is_told_to_carekraft_without_a_patient(
    office: Workstation, exchange: FakeGateway
) -> None:
    from carekraft_desktop.domain.incidents import Entered, Kind

    desk = officer(office)
    file = incidents.open_one(desk, Kind.MISSENT)
    incidents.put_down(desk, file.id, Entered.WHAT, "The list of Elif Demir went astray")
    incidents.everybody_here(desk, file.id)
    incident_telling.tell(desk, file.id)
    office.send()
    (sent,) = exchange.sent[-1]
    assert sent.type is CommandType.NOTICE_TOLD
    body = json.loads(bytes(sent.body))  # type: ignore[arg-type]
    assert body == {"what": "missent", "day": "2026-11-23", "band": "under-500"}


@pytest.mark.req("REQ-31")
def test_clause_updates_a_each_record_keeps_the_version_under_which_it_came(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(bulletin("2026-1", date(2026, 1, 1)), samples.patient(v=4))
    office.cycle()
    assert terms.under(office.desk, "patient", "pat-1") == "2026-1"
    assert persons.card(office.desk, "pat-1").terms == "2026-1"
    exchange.put(bulletin("2027-1", date(2027, 1, 1)))
    office.cycle()
    attesting.confirm(office.desk, Subject.TERMS)
    exchange.put(
        samples.patient("pat-3", given="Omar"), samples.consent("con-3", patient_id="pat-3")
    )
    office.cycle()
    assert terms.under(office.desk, "patient", "pat-3") == "2027-1"
    assert terms.under(office.desk, "patient", "pat-1") == "2026-1"
    with office.store.read() as unit:
        from carekraft_desktop.store import terms as rows

        found = rows.versions(unit)
    for day, version in ((date(2026, 12, 31), "2026-1"), (date(2027, 1, 1), "2027-1")):
        force = rules.in_force(found, day)
        assert force is not None
        assert force.version == version
    assert rules.in_force(found, date(2025, 12, 31)) is None


@pytest.mark.req("REQ-25")
def test_clause_updates_b_new_terms_are_confirmed_by_each_person_before_new_data_is_accepted(
    office: Workstation, exchange: FakeGateway
) -> None:
    for desk in (office.desk, officer(office)):
        for subject in FIRST:
            attesting.confirm(desk, subject)
    exchange.put(bulletin("2026-1", date(2026, 1, 1)))
    office.cycle()
    assert not terms.shown(office.desk).waits  # the one that the office came with
    exchange.put(
        samples.patient("pat-2", given="Ama"),
        bulletin("2027-1", date(2027, 1, 1)),
        samples.patient("pat-3", given="Omar"),
        samples.consent("con-3", patient_id="pat-3"),
    )
    office.cycle()
    cycle = office.cycle()
    assert cycle.state.link is Link.TERMS
    with office.store.read() as unit:
        assert unit.rows("SELECT id FROM patient ORDER BY id") == [("pat-1",), ("pat-2",)]
        assert attesting.bars(unit, office.desk.staff.id, office.desk.now())
    assert terms.shown(office.desk).waits
    attesting.confirm(office.desk, Subject.TERMS)
    assert office.cycle().state.link is Link.UP_TO_DATE
    with office.store.read() as unit:
        assert len(unit.rows("SELECT id FROM patient")) == 3  # nothing was lost
        assert not attesting.bars(unit, office.desk.staff.id, office.desk.now())
        assert attesting.bars(unit, ADA.id, office.desk.now())  # each person for themselves
    assert terms.shown(office.desk).confirmed == (office.desk.staff.id,)
