"""The palette: one box for people, days and actions."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import fields

from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import StoreBusy
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.palette import (
    MOST,
    Kind,
    PalettePresenter,
    PaletteRow,
    PaletteState,
)
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.store.search import Hit
from tests.fakes.office import ROSA, WHEN, FakeOffice, at, desk, lakeside


class Box:
    """A palette and all that came of it."""

    def __init__(self, office: FakeOffice | None = None, staff: Staff = ROSA) -> None:
        self.office = office or lakeside()
        self.state: PaletteState | None = None
        self.did: list[str] = []
        self.visits: list[str] = []
        self.persons: list[str] = []
        self.days: list[date] = []
        self.presenter = PalettePresenter(
            desk(staff=staff),
            self._show,
            find=self.office,
            does={name: self._doing(name) for name in wording.ACTIONS},
            keys={"lock": "Ctrl+L"},
            open_visit=self.visits.append,
            open_person=self.persons.append,
            go_to=self.days.append,
            when=WHEN,
        )
        self.presenter.open()

    def _show(self, state: PaletteState | None) -> None:
        self.state = state

    def _doing(self, name: str) -> Callable[[], None]:
        return lambda: self.did.append(name)

    @property
    def rows(self) -> tuple[PaletteRow, ...]:
        assert self.state is not None
        return self.state.rows

    def texts(self, kind: Kind) -> list[str]:
        return [row.text for row in self.rows if row.kind is kind]


@pytest.fixture
def box() -> Box:
    return Box()


def test_it_opens_with_every_action_and_its_shortcut(box: Box) -> None:
    assert box.texts(Kind.ACTION) == list(wording.ACTIONS.values())
    assert next(row.keys for row in box.rows if row.key == "lock") == "Ctrl+L"
    assert box.state is not None
    assert box.state.at == -1
    assert box.office.calls[-1][0] != "find"


def test_enter_in_the_empty_box_does_nothing(box: Box) -> None:
    box.presenter.take()
    assert box.state is not None
    assert not box.did


def test_typing_finds_people_and_enter_opens_the_visit(box: Box) -> None:
    box.presenter.type("dem")
    assert box.rows[0].text == "Elif Demir"
    assert box.rows[0].detail == "Tue, Nov 24, 10:30"
    assert box.rows[0].mark is not None
    assert box.rows[0].mark.word == "Confirmed"
    box.presenter.take()
    assert box.visits == ["a5"]
    assert box.state is None


def test_of_a_patient_nothing_but_name_time_and_status_is_on_a_row(box: Box) -> None:
    box.presenter.type("demir")
    row = next(row for row in box.rows if row.kind is Kind.PATIENT)
    patient = box.office.patients["pat-a5"]
    shown = " ".join(str(getattr(row, each.name)) for each in fields(row)) + row.spoken
    for hidden in (patient.phone, patient.email, patient.birth_date, patient.postal_code):
        assert hidden not in shown
    assert row.spoken == "Elif Demir, Tue, Nov 24, 10:30, Confirmed"


def test_an_action_is_found_by_any_of_its_words(box: Box) -> None:
    box.presenter.type("now sy")
    assert box.texts(Kind.ACTION) == ["Sync now"]
    box.presenter.take()
    assert box.did == ["sync"]


def test_a_day_is_offered_and_gone_to(box: Box) -> None:
    box.presenter.type("dec 3")
    assert box.texts(Kind.DAY) == ["Thursday, December 3, 2026"]
    box.presenter.take()
    assert box.days == [date(2026, 12, 3)]


def test_down_in_the_empty_box_brings_the_recent_patients(box: Box) -> None:
    box.presenter.step(1)
    assert box.texts(Kind.PATIENT) == ["Elif Demir", "ليلى حداد", "Viktor Petrov"]
    assert box.state is not None
    assert box.state.at == 0
    box.presenter.step(1)
    box.presenter.take()
    assert box.visits == ["d2"]


def test_the_walk_stops_at_both_ends(box: Box) -> None:
    box.presenter.step(-1)
    assert box.state is not None
    assert box.state.at == len(wording.ACTIONS) - 1
    box.presenter.step(8)
    assert box.state.at == len(wording.ACTIONS) - 1
    box.presenter.step(-99)
    assert box.state.at == 0


def test_no_more_than_twenty_and_a_hint_to_type_on() -> None:
    office = FakeOffice()
    for number in range(MOST + 5):
        office.book(f"v{number}", "osei", "09:00", 30, f"Demir {number:02}")
    box = Box(office)
    box.presenter.type("demir")
    assert len(box.texts(Kind.PATIENT)) == MOST
    assert box.state is not None
    assert box.state.note == wording.MORE_FIT
    box.presenter.type("demir 03")
    assert box.state.note == ""


def test_nobody_fits_is_said(box: Box) -> None:
    box.presenter.type("zzz")
    assert box.state is not None
    assert box.state.note == wording.NOBODY_FITS
    assert box.state.at == -1
    box.presenter.type("")
    assert box.state.note == ""
    assert box.texts(Kind.ACTION)


def test_a_role_without_patients_is_never_asked_for_any() -> None:
    box = Box(staff=Staff("s", "it", "It", frozenset({Role.IT_ADMINISTRATOR})))
    before = len(box.office.calls)
    box.presenter.step(1)
    box.presenter.type("demir")
    assert box.texts(Kind.PATIENT) == []
    assert len(box.office.calls) == before
    assert box.state is not None
    assert box.state.note == wording.NOTHING_FITS


@pytest.mark.parametrize("recent", [True, False])
def test_a_failure_is_told_and_the_actions_stay(box: Box, *, recent: bool) -> None:
    box.office.fails = StoreBusy()
    if recent:
        box.presenter.step(1)
    else:
        box.presenter.type("s")
    assert box.state is not None
    assert box.state.problem is not None
    assert box.state.problem.code == "store-busy"
    assert box.texts(Kind.ACTION)


def test_a_patient_without_a_visit_opens_with_their_card(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = Hit("pat-a5", "Elif Demir", "", 0, None)
    monkeypatch.setattr(box.office, "find", lambda *_args, **_more: (alone,))
    box.presenter.type("demir")
    assert box.rows[0].detail == ""
    box.presenter.take()
    assert (box.visits, box.persons) == ([], ["pat-a5"])


def test_ctrl_enter_opens_the_card_of_a_patient_and_nothing_else(box: Box) -> None:
    box.presenter.type("demir")
    box.presenter.take_card()
    assert (box.visits, box.persons) == ([], ["pat-a5"])
    box.presenter.open()
    box.presenter.type("lock")
    box.presenter.take_card()
    assert len(box.persons) == 1


def test_closing_keeps_nothing(box: Box) -> None:
    box.presenter.type("demir")
    box.presenter.close()
    assert box.state is None
    assert box.presenter.state is None
    box.presenter.type("demir")
    box.presenter.step(1)
    box.presenter.take()
    assert box.state is None
    assert not box.visits


def test_the_key_opens_and_closes(box: Box) -> None:
    box.presenter.open()
    assert box.state is None
    box.presenter.open()
    assert box.rows


def test_times_follow_the_office(box: Box) -> None:
    box.presenter.respell(OfficeTime.of("America/New_York", twelve=True))
    box.presenter.type("demir")
    assert box.rows[0].detail == "Tue, Nov 24, 11:30 AM"
    assert box.office.visits["a5"].start == at("10:30")
