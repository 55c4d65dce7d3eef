"""The referral pages: few actions, one field to type in, and no way round the preview."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain import payload
from carekraft_desktop.domain.directory import Slot
from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.domain.referrals import Stage as Standing
from carekraft_desktop.errors import Refused
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_state import At
from carekraft_desktop.presenters.shell import Page
from tests.fakes.office import WHEN
from tests.fakes.referring import FAR, GROUP, HEART, MIND, SKIN
from tests.staged import PICTURES, Stage
from tests.staged_referrals import MORE, SCENES, fill
from ui.pages.referrals import ReferralsPage
from ui.theme import Theme
from ui.widgets.facts import Whole

KEY = Qt.Key


@pytest.fixture
def stage(theme: Theme, qtbot: QtBot) -> Stage:
    """A frame on its referrals, with somebody in every folder."""
    made = Stage(theme)
    qtbot.addWidget(made.frame)
    fill(made.referring, made.desk.now())
    made.frame.resize(1440, 900)
    made.shell_state(page=Page.REFERRALS)
    with qtbot.waitActive(made.frame):
        made.frame.show()
    made.referrals.refresh()
    made.referrals_page.start()
    return made


def press(stage: Stage, *keys: KEY, modifier: Qt.KeyboardModifier | None = None) -> None:
    """What a person presses, wherever the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget() or stage.frame
        QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()


def at(stage: Stage) -> At:
    assert stage.referrals.state.wizard is not None
    return stage.referrals.state.wizard.at


def test_from_a_visit_to_a_saved_referral_in_seven_actions(stage: Stage, qtbot: QtBot) -> None:
    stage.shell_state(page=Page.TODAY)
    stage.frame.today.referred.connect(stage.referrals.begin_for_visit)
    stage.frame.today.referred.connect(lambda _: stage.shell_state(page=Page.REFERRALS))
    stage.today.visit.choose("a5")
    stage.frame.today.start()
    actions = 0

    def act(key: KEY) -> None:
        nonlocal actions
        actions += 1
        press(stage, key)

    act(KEY.Key_F)
    assert at(stage) is At.AGREE
    act(KEY.Key_Space)  # the patient agrees
    assert at(stage) is At.PROVIDER
    act(KEY.Key_1)  # the favourite
    assert at(stage) is At.TIME
    act(KEY.Key_1)  # the first open time
    assert at(stage) is At.CHECK
    act(KEY.Key_Space)  # Send has the keyboard, after the preview was looked at
    assert stage.referring.did == ["send"]
    assert actions <= 7
    assert stage.referrals.state.wizard is None
    assert stage.referrals.state.chosen == "waiting"
    pane = stage.referrals.state.pane
    assert pane is not None
    assert pane.mark.word == "Saved request"
    assert "not an appointment" in pane.sentences[0]
    assert stage.toasts[-1].words == words.SENT


def test_ctrl_return_sends_and_nothing_is_sent_before_the_agreement(stage: Stage) -> None:
    press(stage, KEY.Key_N, KEY.Key_1)
    press(stage, KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert stage.referring.did == []
    press(stage, KEY.Key_Space, KEY.Key_1, KEY.Key_1)
    press(stage, KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert stage.referring.did == ["send"]


EDITABLE = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)


def editable(root: QWidget) -> list[QWidget]:
    """Every widget in which something can be written."""
    written = [
        each
        for each in root.findChildren(QWidget)
        if isinstance(each, EDITABLE) and not each.isReadOnly()
    ]
    chosen = [each for each in root.findChildren(QComboBox) if each.isEditable()]
    return [*written, *chosen]


@pytest.mark.req("REQ-64")
@pytest.mark.parametrize("scene", [*SCENES, *MORE])
def test_nothing_can_be_written_but_what_the_directory_is_searched_by(
    scene: str, theme: Theme, qtbot: QtBot
) -> None:
    frame = PICTURES[scene](theme)
    qtbot.addWidget(frame)
    (page,) = frame.findChildren(ReferralsPage)
    assert editable(page) == [page.steps.search]


def test_what_is_searched_is_looked_up_here_and_forgotten(stage: Stage) -> None:
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space)
    search = stage.referrals_page.steps.search
    search.setFocus()
    QTest.keyClicks(search, "haddad")
    assert stage.referring.searched[-1].words == "haddad"
    state = stage.referrals.state.wizard
    assert state is not None
    assert [option.text for option in state.options] == [FAR.name]
    press(stage, KEY.Key_Down, KEY.Key_Return)
    assert at(stage) is At.TIME
    press(stage, KEY.Key_Escape, KEY.Key_Escape, KEY.Key_Escape)
    assert stage.referrals.wizard is None
    assert search.text() == ""
    assert not any("haddad" in str(work) for work in stage.referring.works.values())


@pytest.mark.req("REQ-65")
def test_the_preview_shows_what_is_sent_and_changes_with_a_choice(stage: Stage) -> None:
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space, KEY.Key_1, KEY.Key_1)
    before = stage.referrals.state.wizard
    assert before is not None
    assert dict(before.message)["How"] == "IN_PERSON"
    assert before.residual == words.RESIDUAL
    stage.referrals_page.steps.chose_how.emit("mode", 1)
    after = stage.referrals.state.wizard
    assert after is not None
    assert dict(after.message)["How"] == "VIDEO"
    assert before.proof != after.proof
    (work,) = [each for each in stage.referring.works.values() if each.patient_id == "p-demir"]
    assert after.proof == words.bytes_note(len(work.message), work.digest)


def test_a_slot_that_somebody_else_took_leads_back_to_the_times(stage: Stage) -> None:
    stage.referring.hold_fails = Refused("slot-taken")
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space, KEY.Key_1, KEY.Key_1)
    assert at(stage) is At.TIME
    state = stage.referrals.state.wizard
    assert state is not None
    assert state.problem is not None
    assert state.problem.title == words.HELD_BUT_TAKEN.title


def test_a_slot_is_let_go_when_the_way_is_left(stage: Stage) -> None:
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space, KEY.Key_1, KEY.Key_1)
    assert stage.referring.held == ["slot-0"]
    press(stage, KEY.Key_Escape, KEY.Key_Escape, KEY.Key_Escape, KEY.Key_Escape)
    assert stage.referring.let_go_of == ["slot-0"]
    (work,) = [each for each in stage.referring.works.values() if each.patient_id == "p-demir"]
    assert work.slot_id == "slot-0"  # the draft keeps everything


def test_without_a_network_it_is_a_saved_request_and_never_called_booked(stage: Stage) -> None:
    stage.referring.offline = True
    stage.referring.slots.clear()
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space, KEY.Key_1)
    state = stage.referrals.state.wizard
    assert state is not None
    assert words.OFFLINE_TIMES.title in state.note
    press(stage, KEY.Key_2)
    stage.referrals_page.steps.on.click()
    state = stage.referrals.state.wizard
    assert state is not None
    assert (state.at, state.send) == (At.CHECK, words.SAVE)
    press(stage, KEY.Key_Space)
    pane = stage.referrals.state.pane
    assert pane is not None
    assert pane.mark.word == "Saved request"
    assert "Booked" not in pane.mark.word


def test_where_there_is_no_time_parts_of_days_or_the_telephone(stage: Stage) -> None:
    stage.referring.slots[HEART.npi] = ()
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space, KEY.Key_1)
    press(stage, KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4)
    (work,) = [each for each in stage.referring.works.values() if each.patient_id == "p-demir"]
    assert len(work.wishes) == 3
    stage.referrals_page.steps.call.click()
    state = stage.referrals.state.wizard
    assert state is not None
    assert state.advice.startswith("Booking details only")
    assert any("why" in sentence for sentence in state.script)
    press(stage, KEY.Key_Escape)
    assert at(stage) is At.TIME


def test_a_refusal_is_said_in_words_and_leaves_the_page_as_it_was(stage: Stage) -> None:
    stage.referring.refuses = Refusal.GUARDIAN_REQUIRED
    press(stage, KEY.Key_N, KEY.Key_1)
    state = stage.referrals.state.wizard
    assert state is not None
    assert state.problem is not None
    assert state.problem.title == words.REFUSAL[Refusal.GUARDIAN_REQUIRED].title
    stage.referrals.leave_wizard()
    stage.referrals.begin_for_visit("a5")
    assert stage.referrals.wizard is None
    problem = stage.referrals.state.problem
    assert problem is not None
    assert problem.code == "GUARDIAN_REQUIRED"


def test_a_provider_out_of_scope_is_not_taken(stage: Stage) -> None:
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space)
    state = stage.referrals.state.wizard
    assert state is not None
    row = next(n for n, option in enumerate(state.options) if option.text == SKIN.name)
    stage.referrals_page.steps.taken.emit(row)
    state = stage.referrals.state.wizard
    assert state is not None
    assert (state.at, state.problem is not None) == (At.PROVIDER, True)


def test_a_group_that_tells_much_is_warned_of_and_an_organisation_asks_which(
    stage: Stage,
) -> None:
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space)
    state = stage.referrals.state.wizard
    assert state is not None
    groups = [o.detail.split(",")[0] for o in state.options if o.text == GROUP.name]
    assert groups == ["Cardiology"]  # the one that the patient allows
    row = next(n for n, option in enumerate(state.options) if option.text == MIND.name)
    stage.referrals_page.steps.taken.emit(row)
    state = stage.referrals.state.wizard
    assert state is not None
    assert state.warning == words.SENSITIVE


def test_a_favourite_comes_and_goes_by_one_key(stage: Stage) -> None:
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space, KEY.Key_S)
    assert stage.referring.starred == []
    press(stage, KEY.Key_S)
    assert [each.name for each in stage.referring.starred] == [HEART.name]


@pytest.mark.parametrize(
    ("folder", "key", "did"),
    [
        ("attention", KEY.Key_B, "again"),
        ("attention", KEY.Key_R, "seen"),
        ("waiting", KEY.Key_Z, ""),
        ("booked", KEY.Key_C, "cancel"),
        ("draft", KEY.Key_Delete, "discard"),
        ("received", KEY.Key_A, "accept"),
    ],
)
def test_each_deed_has_a_key(stage: Stage, folder: str, key: KEY, did: str) -> None:
    stage.referrals.choose_folder(folder)
    stage.referrals_page.rows.setFocus()
    press(stage, key)
    assert stage.referring.did == ([did] if did else [])


def test_only_what_has_not_left_can_be_taken_back(stage: Stage) -> None:
    stage.referrals.choose_folder("waiting")
    stage.referrals.choose("r-5")
    press(stage, KEY.Key_Z)
    assert stage.referring.did == ["take_back"]
    assert stage.referrals.state.chosen == Standing.DRAFT.value


def test_a_refusal_of_what_came_needs_a_reason(stage: Stage) -> None:
    stage.referrals.choose_folder("received")
    stage.referrals_page.rows.setFocus()
    press(stage, KEY.Key_D)
    assert stage.referring.did == []
    press(stage, KEY.Key_3)
    assert stage.referring.did == ["decline NOT_TAKING_NEW"]


def test_a_day_of_another_zone_shows_both_clocks(stage: Stage) -> None:
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space)
    state = stage.referrals.state.wizard
    assert state is not None
    row = next(n for n, option in enumerate(state.options) if option.text == FAR.name)
    stage.referrals_page.steps.taken.emit(row)
    state = stage.referrals.state.wizard
    assert state is not None
    assert state.options[0].text == "09:00 to 09:30 (10:00 there)"


def test_the_folders_count_and_the_overdue_is_flagged(stage: Stage) -> None:
    stage.referring.add(
        "late",
        HEART,
        Standing.PROPOSED,
        name="Noor Haddad",
        start=stage.desk.now() + 9 * 86_400,
        now=stage.desk.now(),
        sent_at=stage.desk.now() - 3 * 86_400,
    )
    stage.referrals.refresh()
    counts = {each.key: each.count for each in stage.referrals.state.folders}
    assert counts["attention"] == 4
    stage.referrals.show_one("late")
    pane = stage.referrals.state.pane
    assert pane is not None
    assert pane.mark.word == words.OVERDUE
    assert any("booking details only" in each for each in pane.sentences)


def test_the_night_on_which_the_clocks_go_back_has_two_half_past_ones(stage: Stage) -> None:
    first = int(datetime(2026, 11, 1, 6, 30, tzinfo=UTC).timestamp())
    night = tuple(Slot(f"n-{n}", first + n * 3_600, first + n * 3_600 + 1_800) for n in range(3))
    stage.referring.slots[FAR.npi] = night
    stage.desk.clock.set_wall(datetime(2026, 10, 30, 15, tzinfo=UTC))  # type: ignore[attr-defined]
    press(stage, KEY.Key_N, KEY.Key_1, KEY.Key_Space)
    state = stage.referrals.state.wizard
    assert state is not None
    row = next(n for n, option in enumerate(state.options) if option.text == FAR.name)
    stage.referrals_page.steps.taken.emit(row)
    state = stage.referrals.state.wizard
    assert state is not None
    # Half past one comes twice here; the other office, an hour ahead but for this hour, once.
    assert [option.text for option in state.options] == [
        "01:30 to 01:00",
        "01:30 to 02:00 (02:30 there)",
        "02:30 to 03:00 (03:30 there)",
    ]
    stage.referrals_page.steps.taken.emit(1)
    (work,) = [each for each in stage.referring.works.values() if each.patient_id == "p-demir"]
    assert (work.start, work.end) == (night[1].start, night[1].end)
    sent = dict(payload.parts(payload.read(work.message).booking))
    assert sent["slot_start"] == "2026-11-01T07:30:00Z"


@pytest.mark.parametrize("scale", [100, 150])
def test_every_value_that_was_sent_is_seen_whole(
    theme: Theme, qtbot: QtBot, stage: Stage, scale: int
) -> None:
    theme.put_on("light", scale)
    stage.referrals.choose_folder("waiting")
    pane = stage.referrals.state.pane
    assert pane is not None
    qtbot.waitUntil(lambda: bool(stage.referrals_page.pane.findChildren(Whole)))
    QApplication.processEvents()
    shown = [each for each in stage.referrals_page.pane.findChildren(Whole) if each.isVisible()]
    assert {value for _, value in pane.message} <= {each.text() for each in shown}
    for each in shown:
        assert each.height() >= each.heightForWidth(each.width())
        assert max(each.line_widths()) <= each.width()


def test_times_that_were_sent_are_read_on_the_offices_clock_with_the_letter_in_the_tip(
    stage: Stage,
) -> None:
    stage.referrals.choose_folder("waiting")
    pane = stage.referrals.state.pane
    assert pane is not None
    work = stage.referring.works[stage.referrals.state.selected]
    sent = dict(payload.parts(payload.read(work.message).booking))
    start = int(datetime.fromisoformat(sent["slot_start"]).timestamp())
    assert dict(pane.message)["From"] == WHEN.day_and_clock(start)
    assert pane.raw == tuple(sent.values())
    tips = {each.toolTip() for each in stage.referrals_page.pane.findChildren(Whole)}
    assert {sent["created_at"], sent["slot_start"], sent["slot_end"], sent["birth_date"]} <= tips
    assert sent["patient_id"] not in tips
