"""The pages of what is kept and what patients ask, privacy on the card, and what goes on paper."""

from datetime import date, timedelta

import pytest

from carekraft_desktop.domain.asking import Asked, Delay, Identity, Result, Urgency
from carekraft_desktop.domain.copying import Directed, Fee
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import Held, NoLongerThere, RequestUnclear
from carekraft_desktop.presenters import (
    asked_sheet,
    record_words,
    wiring_life,
    wording_asked,
    wording_kept,
    wording_privacy,
)
from carekraft_desktop.presenters.kept import HoldWish, KeptPresenter, KeptState
from carekraft_desktop.presenters.kept_due import SHOWN
from carekraft_desktop.presenters.letters import Letters
from carekraft_desktop.presenters.on_file import FORMS, KINDS, OnFilePresenter, OnFileState
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.privacy import PrivacyPresenter, PrivacyState
from carekraft_desktop.services import accounting
from carekraft_desktop.services.accounting import Basis, Entry, Report
from carekraft_desktop.services.handing import Handed
from carekraft_desktop.services.requests import Line
from carekraft_desktop.store import records
from carekraft_desktop.store.rights import Amendment
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.fakes.life import NIGHT, TODAY, FakeKept, FakeOnFile, FakePrivacy, request, things_due
from tests.fakes.office import WHEN, lakeside
from tests.fakes.officer import NAMES
from tests.keeping import officer as at_the_seat
from tests.staged_officer import officer


def kept(fake: FakeKept, role: Role = Role.PRIVACY_OFFICER) -> KeptPresenter:
    seen: list[KeptState] = []
    presenter = KeptPresenter(officer(role), seen.append, kept=fake, names=NAMES, when=WHEN)
    presenter.refresh()
    return presenter


@pytest.mark.req("REQ-81")
def test_the_numbers_are_called_defaults_until_somebody_confirms_them() -> None:
    fake = FakeKept(confirmed=False)
    page = kept(fake)
    assert page.state.table_note == wording_kept.DEFAULTS
    assert "not law" in page.state.table_note
    values = {number.name: number.value for number in page.state.numbers}
    page.confirm({**values, "seen_years": 7}, "il")
    assert page.state.table_note.startswith("Confirmed by Rosa Alvarez")
    assert page.state.said == wording_kept.DID_SHORTEN
    assert (fake.table.state, fake.table.seen_years) == ("IL", 7)


@pytest.mark.req("REQ-83")
def test_what_is_held_says_so_and_a_hold_is_set_and_released_here() -> None:
    fake = FakeKept()
    page = kept(fake)
    marks = [row.cells[-1].mark for row in page.state.due]
    assert [mark.word for mark in marks if mark is not None] == ["HELD"]
    assert [row.cells[-1].mark.word for row in page.state.holds if row.cells[-1].mark] == [
        wording_kept.COUNTS,
        wording_kept.WAITS,
        "Released Thu, Oct 15",
    ]
    wish = HoldWish("all", "M-2026-09")
    page.set_hold(wish)
    page.choose_hold("h-2")
    page.release()  # it has been released already
    page.choose_hold("h-1")
    page.release()
    assert fake.did == [wish, "h-1"]
    fake.refuses = Held()
    page.dispose()
    assert page.state.problem is not None
    assert page.state.problem.code == "held"


def test_many_things_that_are_due_are_counted_and_not_all_listed() -> None:
    first = things_due()[0]
    many = tuple(
        replace(
            first,
            id=f"b-{n}",
            life=replace(first.life, start=first.life.start - timedelta(days=n // 2)),
        )
        for n in range(2 * SHOWN + 30)
    )
    page = kept(FakeKept(things=many))
    assert len(page.state.due) == SHOWN
    assert {row.cells[0].text for row in page.state.due} == {"Booking: 2"}
    assert page.state.last.startswith(f"The first {2 * SHOWN} of {2 * SHOWN + 30} are listed.")
    page.dispose()
    assert page.state.said == "4 destroyed, 1 kept by a hold."
    assert page.state.nothing_due is not None


def test_what_is_kept_of_somebody_is_open_until_one_leaves() -> None:
    page = kept(FakeKept())
    page.open("p-9")
    assert ("Name", "Elif Demir") in page.state.facts
    page.leave()
    assert page.state.facts == ()
    assert kept(FakeKept(), Role.PROVIDER).state.empty is not None


# ------------------------------------------------------------------ the card


class Card:
    """Privacy on a card, with what it told."""

    def __init__(self, fake: FakePrivacy, role: Role = Role.PRIVACY_OFFICER) -> None:
        self.told: list[Toast] = []
        self.changed = 0
        self.states: list[PrivacyState] = []
        self.presenter = PrivacyPresenter(
            officer(role),
            self.states.append,
            privacy=fake,
            told=self.told.append,
            changed=self._change,
        )
        self.presenter.follow("p-1")

    def _change(self) -> None:
        self.changed += 1


@pytest.mark.req("REQ-45")
def test_what_is_agreed_is_listed_added_and_ended_on_the_card() -> None:
    card = Card(FakePrivacy())
    card.presenter.toggle()
    state = card.presenter.state
    assert [each.words for each in state.wishes] == ["Call this number only: 312-555-0111"]
    assert state.kept.startswith("Kept until Oct 2, 2036")
    card.presenter.agree(2, "")
    card.presenter.end("w-1")
    assert [each.words for each in card.presenter.state.wishes] == [
        "Paid in full: do not tell the health plan"
    ]
    assert card.changed == 2
    card.presenter.hold("M-2026-04")
    assert card.presenter.state.held
    assert card.told[-1].words == wording_privacy.DID_HOLD
    card.presenter.toggle()
    assert not card.presenter.state.shown


def test_the_desk_takes_a_request_and_sees_neither_holds_nor_dates() -> None:
    card = Card(FakePrivacy(is_held=True), Role.FRONT_DESK)
    card.presenter.toggle()
    state = card.presenter.state
    assert (state.may_take, state.may_hold, state.held, state.kept) == (True, False, False, "")
    card.presenter.take(0, "")
    assert card.told[-1].words.startswith("On the register. Answer by Dec 23, 2026")
    card.presenter.take(1, "")
    assert card.presenter.state.problem is not None
    card.presenter.follow("p-2")
    assert not card.presenter.state.shown


def test_what_cannot_be_agreed_is_said() -> None:
    card = Card(FakePrivacy(refuses=RequestUnclear("phone")))
    card.presenter.toggle()
    card.presenter.agree(0, "x")
    assert card.presenter.state.problem is not None


# ------------------------------------------------------------------ on paper


def letters() -> Letters:
    return Letters(lakeside(), lambda _: "Jo Park", lambda: WHEN)


@pytest.mark.req("REQ-41")
def test_every_table_that_is_handed_out_has_a_title_a_patient_understands() -> None:
    assert set(record_words.TITLE) == set(records.WHERE)


@pytest.mark.req("REQ-41")
def test_a_record_on_paper_names_each_part_and_spells_times_as_people_do() -> None:
    found: dict[str, tuple[records.Record, ...]] = {
        "patient": ({"id": "p", "name": "Ama Boateng", "birth_date": "1979-03-12", "version": 3},),
        "booking": ({"id": "b", "start": NIGHT, "purpose": ""}, {"id": "c", "start": NIGHT}),
        "kept": ({"kind": "booking", "body": '{"purpose": "Knee pain"}'},),
    }
    handed = Handed(request(1, Asked.ACCESS, TODAY), found, None, "")
    sheet = letters().sheet(officer(), handed, "Ama Boateng")
    assert sheet.title == "Lakeside Family Practice: everything held on Ama Boateng"
    assert ("", "Birth date", "Mar 12, 1979") in sheet.rows
    assert ("", "Start", "Mon, Nov 23, 02:04") in sheet.rows
    assert ("", "Purpose", "Knee pain") in sheet.rows
    assert {row[0] for row in sheet.rows} == {
        "About you",
        "Booking 1",
        "Booking 2",
        "Kept after you withdrew your share",
        "",
    }


@pytest.mark.req("REQ-39")
def test_an_accounting_on_paper_says_when_nothing_was_told() -> None:
    entry = Entry(NIGHT, "County Court", "1 Main Street", "dates", "subpoena", Basis.COURT)
    report = Report("p-1", date(2020, 11, 23), TODAY, full=False, entries=(entry,))
    handed = Handed(request(2, Asked.ACCOUNTING, TODAY), {}, report, "")
    sheet = letters().sheet(officer(), handed, "Elif Demir")
    assert sheet.rows == (
        ("Mon, Nov 23, 2026", "County Court", "1 Main Street", "dates", "subpoena"),
    )
    none = replace(handed, report=replace(report, entries=()))
    assert wording_asked.NOTHING_TOLD in letters().sheet(officer(), none, "").said


@pytest.mark.req("REQ-40")
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "We answer it by"),
        ({"extended_to": date(2027, 1, 22), "reason": Delay.OFF_SITE}, "part of the record"),
        ({"open": False, "outcome": Result.DENIED}, "it is accurate and complete"),
        ({"open": False, "outcome": Result.CORRECT_AT_SOURCE}, "CareKraft profile"),
        ({"open": False, "outcome": Result.HANDED_OVER, "fee": Fee(copying=500)}, "goes to you"),
        *[({"open": False, "outcome": each}, "") for each in Result],
    ],
)
def test_a_letter_says_how_the_request_stands(changes: dict[str, object], says: str) -> None:
    asked = request(3, Asked.AMENDMENT, TODAY, identity=Identity.PHOTO, **changes)
    line = Line(asked, "Tomas Okafor", asked.urgency(TODAY))
    denied = Amendment("q-3", "patient", "p-3", "x", "denied", "accurate")
    sheet = letters().letter(officer(), line, denied)
    text = " ".join(sheet.said)
    assert says in text
    assert "Dear Tomas Okafor," in text
    assert "Jo Park, privacy official" in text
    assert "{" not in text
    assert ("$5.00" in text) is (asked.fee.cents == 500)


@pytest.mark.req("REQ-41")
def test_letter_and_copy_say_the_fee_and_who_else_gets_it() -> None:
    asked = request(1, Asked.ACCESS, TODAY, identity=Identity.PHOTO, fee=Fee(600, 75, 160))
    text = " ".join(letters().letter(officer(), Line(asked, "Ama", Urgency.NONE), None).said)
    assert "$8.35: copying $6.00, supplies $0.75, postage $1.60" in text
    assert "before you have answered" in text
    to = Directed("Ruth Adeyemi", "12 Prairie Road", TODAY)
    sent = replace(asked, open=False, outcome=Result.HANDED_OVER, to=to)
    text = " ".join(letters().letter(officer(), Line(sent, "Ama", Urgency.NONE), None).said)
    assert "it goes to Ruth Adeyemi, 12 Prairie Road" in text
    assert "before you have answered" not in text
    (said,) = letters().sheet(officer(), Handed(sent, {}, None, "{}"), "Ama").said
    assert said.startswith("Given to Ruth Adeyemi, 12 Prairie Road")


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("", 0), ("6.5", 650), ("$12", 1200), (" .75 ", 75), ("6,50", None), ("-1", None)],
)
def test_a_sum_is_typed_in_dollars(typed: str, cents: int | None) -> None:
    if cents is not None:
        assert asked_sheet.cents(typed) == cents
        return
    with pytest.raises(RequestUnclear, match="fee"):
        asked_sheet.cents(typed)


def test_no_letter_speaks_of_a_hold() -> None:
    said = " ".join((*wording_asked.LETTER.values(), wording_asked.KEEPS))
    assert "hold" not in said.lower()


# ------------------------------------------------------------------ on file


def on_file(fake: FakeOnFile, role: Role = Role.PRIVACY_OFFICER) -> OnFilePresenter:
    seen: list[OnFileState] = []
    presenter = OnFilePresenter(
        officer(role), seen.append, on_file=fake, told=lambda _: None, changed=lambda: None
    )
    presenter.follow("p-1")
    presenter.toggle()
    return presenter


@pytest.mark.req("REQ-42", "REQ-44")
def test_what_is_on_file_is_listed_with_what_can_be_done_about_it() -> None:
    fake = FakeOnFile()
    pane = on_file(fake)
    assert [paper.words for paper in pane.state.papers] == [
        "Ama Boateng, parent, for: everything",
        "Kwesi Boateng may endanger the patient: hidden from them, and not called",
        "Authorization for Prairie Legal Aid: Dates of visits",
    ]
    for paper in pane.state.papers:
        for code, _ in paper.acts:
            pane.act(paper.id, code)
    assert fake.did == ["r-1 True", "end r-1", "r-2 False", "revoke a-1"]
    assert not on_file(fake, Role.FRONT_DESK).state.shown


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_each_form_has_its_fields_with_words_and_choices(kind: int) -> None:
    fake = FakeOnFile()
    pane = on_file(fake)
    pane.choose(kind)
    assert [field.name for field in pane.state.fields] == list(FORMS[KINDS[kind]])
    assert all(field.words for field in pane.state.fields)
    before = pane.state.stamp
    pane.add({"recipient": "Somebody"})
    assert fake.added == [(KINDS[kind], {"recipient": "Somebody"})]
    assert pane.state.stamp > before
    fake.refuses = RequestUnclear("x")
    pane.add({})
    assert pane.state.problem is not None


@pytest.mark.req("REQ-42", "REQ-44", "REQ-39")
def test_the_forms_reach_their_use_cases(seat: Workstation, exchange: FakeGateway) -> None:
    exchange.put(*samples.whole_office())
    seat.cycle()
    desk = at_the_seat(seat)
    uses = wiring_life.OnFileAtHand()
    with seat.store.write() as unit:
        unit.run("INSERT INTO disclosure VALUES ('d-1', ?, 'public', 'reply', 'none', 'i')", NIGHT)
    day = "2026-11-20"
    typed = {
        "representative": ("Ama Boateng", "parent", "all", "Passport", day, "", ""),
        "authorization": ("Dates", "We", "Legal Aid", "asked", day, "2027-03-01", "", "yes"),
        "disclosure": ("County Court", "", "dates", "order", "court", "", day),
        "link": ("d-1",),
        "suspension": ("County Court", "2026-11-30", ""),
    }
    for kind, values in typed.items():
        uses.add(desk, "pat-1", kind, dict(zip(FORMS[kind], values, strict=True)))
    (person,) = uses.representatives(desk, "pat-1")
    (signed,) = uses.authorizations(desk, "pat-1")
    assert uses.loose(desk) == ()
    uses.warn(desk, person.id, endangers=True)
    uses.end(desk, person.id)
    uses.revoke(desk, signed.id)
    with pytest.raises(NoLongerThere):
        uses.revoke(desk, signed.id)
    assert [e.recipient for e in accounting.report(desk, "pat-1").entries] == ["public"]
