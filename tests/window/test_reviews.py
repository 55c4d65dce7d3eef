"""The pages about reviews by keys: what is offered, marked, kept, handed on and posted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.reviews import COOLING, Stage, Step
from carekraft_desktop.domain.staff import Staff
from carekraft_desktop.errors import Offline
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.reply_state import ReplyState
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.services import judging, papers, replies, reviews
from carekraft_desktop.store import reviews as rows
from tests import samples
from tests.repliers import (
    AUTHOR,
    DOUBTFUL,
    OFFICER,
    OWNER,
    PROVIDER,
    SAFE,
    STOPPED,
    pass_posting_delay,
    sits,
)
from tests.staged_reviews import OLD_REPLIES, ReviewStage
from ui.theme import Theme
from ui.widgets.risk_text import MOST_PASTED, RiskText, units

Opens = Callable[..., ReviewStage]


@pytest.fixture
def opens(theme: Theme, qtbot: QtBot) -> Iterator[Opens]:
    """Shows the page to somebody; the keyboard is in the list."""
    stages: list[ReviewStage] = []

    def open_(who: Staff = PROVIDER, *, alone: bool = False, on_file: bool = True) -> ReviewStage:
        stage = ReviewStage(theme, who, alone=alone, on_file=on_file)
        stages.append(stage)
        show(stage, qtbot)
        return stage

    yield open_
    for stage in stages:
        stage.editor.leave()
        stage.close()


def show(stage: ReviewStage, qtbot: QtBot) -> None:
    frame = stage.show(Page.REVIEWS)
    qtbot.addWidget(frame)
    frame.resize(1440, 900)
    with qtbot.waitActive(frame):
        frame.show()
    stage.page.start()


class Hands:
    """Presses keys and counts them as actions; typing a text is one thought, not an action."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.actions = qtbot, 0

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.actions += 1
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifier)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        target = QApplication.focusWidget()
        assert isinstance(target, RiskText)
        QTest.keyClicks(target, text)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


def state(stage: ReviewStage) -> ReplyState:
    found = stage.editor.state
    assert found is not None
    return found


def stage_of(stage: ReviewStage, id_: str = "rev-1") -> Stage:
    return reviews.sheet(stage.desk, id_).stage


def texts(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


CONTROL = Qt.KeyboardModifier.ControlModifier

# ------------------------------------------------------------------ task 12 of the desk's day


def test_a_reply_takes_the_drafter_four_actions_and_the_approver_three(
    opens: Opens, hands: Hands, qtbot: QtBot
) -> None:
    stage = opens(AUTHOR)
    hands.press(Qt.Key.Key_Return)  # the newest review
    hands.press(Qt.Key.Key_4)  # write a reply
    hands.press(Qt.Key.Key_1)  # I understand
    hands.write(SAFE)
    hands.press(Qt.Key.Key_Return, CONTROL)  # hand on
    assert hands.actions == 4
    assert stage_of(stage) is Stage.SUGGESTED
    stage.sit(PROVIDER)
    show(stage, qtbot)
    approver = Hands(qtbot)
    approver.press(Qt.Key.Key_Return)
    approver.press(Qt.Key.Key_1)  # I read it as a stranger would
    approver.press(Qt.Key.Key_1)  # publish
    assert approver.actions == 3
    assert stage_of(stage) is Stage.ON_ITS_WAY
    pass_posting_delay(stage.seat)
    assert len(stage.exchange.sent) == 1


def test_a_safe_reply_takes_no_typing_at_all(opens: Opens, hands: Hands) -> None:
    stage = opens(PROVIDER)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_3, Qt.Key.Key_1):
        hands.press(key)
    assert state(stage).text == state(stage).templates[0]
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert hands.actions == 4
    assert stage_of(stage) is Stage.ON_ITS_WAY


# ------------------------------------------------------------------ choices


def test_the_choices_come_in_the_order_of_the_rules(opens: Opens, hands: Hands) -> None:
    stage = opens(PROVIDER)
    hands.press(Qt.Key.Key_Return)
    pane = stage.reviews.state.pane
    assert pane is not None
    assert [offer.name for offer in pane.offers] == ["no-reply", "report", "template", "own"]
    hands.press(Qt.Key.Key_2)
    assert stage.reviews.state.pane is not None
    assert stage.reviews.state.pane.question == wording.REPORTING
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_4)
    stage.seat.send()
    assert len(stage.exchange.sent) == 1
    stage.reviews.refresh()
    hands.press(Qt.Key.Key_1)
    assert stage_of(stage) is Stage.NO_REPLY


def test_the_entry_reminder_comes_before_every_reply(opens: Opens) -> None:
    stage = opens(PROVIDER)
    for review in ("rev-1", "rev-2"):
        stage.reviews.choose(review)
        stage.reviews.do("own")
        before = stage.editor.editing
        pane = stage.reviews.state.pane
        assert pane is not None
        assert pane.question == wording.ENTRY.title
        stage.reviews.do_number(1)
        assert (before, stage.editor.editing) == (False, True)
        stage.reviews.back()


def test_without_papers_on_file_the_editor_stays_closed_and_leads_there(opens: Opens) -> None:
    stage = opens(AUTHOR, on_file=False)
    stage.reviews.choose("rev-1")
    stage.reviews.do("own")
    stage.reviews.do_number(1)
    assert not stage.editor.editing
    assert stage.went == ["papers"]


def test_what_one_may_not_see_is_said_in_words(opens: Opens) -> None:
    stage = opens(Staff("x", "x.y", "X", frozenset()))
    assert wording.NO_RIGHT.title in texts(stage.page)


def test_filters_by_stage_and_stars(opens: Opens) -> None:
    stage = opens(PROVIDER)
    assert len(stage.reviews.state.rows) == 6
    stage.reviews.filter("answered")
    assert [row.key for row in stage.reviews.state.rows] == ["rev-7"]
    stage.reviews.filter("all")
    stage.reviews.only(5)
    assert [row.key for row in stage.reviews.state.rows] == ["rev-2", "rev-4"]
    stage.reviews.filter("second")
    assert stage.reviews.state.empty is not None


# ------------------------------------------------------------------ marks and words


def test_risky_words_are_marked_as_they_are_typed_and_told_beside(
    opens: Opens, hands: Hands
) -> None:
    stage = opens(PROVIDER)
    stage.write("")
    hands.write("Thank you. You missed two appointments.")
    found = state(stage)
    assert found.verdict is not None
    assert found.verdict.word == wording.VERDICT[Severity.BLOCK]
    assert found.hints
    assert all(each.why and each.instead for each in found.hints)
    block = stage.page.reply.text.document().firstBlock()
    spans = block.layout().formats()
    assert spans
    assert all(each.start >= len("Thank you. ") for each in spans)
    assert stage.page.reply.hints.isVisible()
    assert not stage.page.reply.main.isEnabled()


def test_a_hint_leads_to_its_words(opens: Opens) -> None:
    stage = opens(PROVIDER)
    stage.write("Fine 😀😀. You missed two appointments.")
    stage.page.reply.hints.taken.emit(0)
    chosen = stage.page.reply.text.textCursor().selectedText()
    assert chosen.startswith("You missed")


def test_the_safe_wording_keeps_what_was_safe_and_can_be_taken_back(
    opens: Opens, hands: Hands
) -> None:
    stage = opens(PROVIDER)
    stage.write("Thank you for the feedback. You missed two appointments.")
    offer = state(stage).offer
    assert offer.startswith("Thank you for the feedback.")
    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert stage.page.reply.text.toPlainText() == offer == state(stage).text
    assert stage.page.reply.main.isEnabled()
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert "You missed" in stage.page.reply.text.toPlainText()


def test_it_counts_to_the_limit(opens: Opens) -> None:
    stage = opens(PROVIDER)
    stage.write("We read every comment. " * 27)
    assert not state(stage).over or state(stage).counter
    stage.page.reply.text.setPlainText("x" * 601)
    assert state(stage).over
    assert state(stage).counter == "1 characters too many"
    assert not stage.page.reply.main.isEnabled()


def test_the_public_page_is_shown_as_it_will_be(opens: Opens) -> None:
    stage = opens(PROVIDER)
    stage.write(f"  {SAFE}\n\n")
    assert state(stage).public == SAFE
    assert any("Lakeside Family Practice" in text for text in texts(stage.page.reply))


def test_paste_brings_words_only_and_never_too_many(opens: Opens) -> None:
    stage = opens(PROVIDER)
    stage.write("")
    field = stage.page.reply.text
    rich = QMimeData()
    rich.setHtml("<b>Thank you</b> <img src='x.png'/>")
    rich.setText("Thank you")
    rich.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    field.insertFromMimeData(rich)
    assert field.toPlainText() == "Thank you"
    files = QMimeData()
    files.setUrls([QUrl("file:///xray.png")])
    assert not field.canInsertFromMimeData(files)
    field.insertFromMimeData(files)
    assert field.toPlainText() == "Thank you"
    much = QMimeData()
    much.setText("word " * 20_000)
    field.insertFromMimeData(much)
    assert len(field.toPlainText()) <= MOST_PASTED + len("Thank you")
    assert state(stage).over


@pytest.mark.parametrize(
    "text", ["a😀b", "e\u0301x", "\u202eabc", "\ud800x", "＜ｆｕｌｌ＞", "न\u093f", ""]
)
def test_places_are_counted_as_qt_counts_them(text: str) -> None:
    for place in range(len(text) + 1):
        assert units(text, place) == sum(2 if ord(each) > 0xFFFF else 1 for each in text[:place])


# ------------------------------------------------------------------ drafts


def test_a_draft_is_kept_within_a_second_and_through_a_lock(opens: Opens) -> None:
    stage = opens(AUTHOR)
    stage.write(SAFE[:20])
    stage.timers.advance(1.1)
    with stage.seat.store.read() as unit:
        kept = rows.draft(unit, "rev-1")
    assert kept is not None
    assert kept.text == SAFE[:20]
    stage.page.reply.text.setPlainText(SAFE)
    stage.reviews.leave()
    assert stage.page.reply.text.toPlainText() == ""
    assert not stage.page.reply.text.document().isUndoAvailable()
    stage.sit(AUTHOR)
    stage.reviews.choose("rev-1")
    stage.reviews.do("edit-go-on")
    assert state(stage).text == SAFE


def test_closing_a_stopped_text_asks_once_and_forgets_it(opens: Opens, hands: Hands) -> None:
    stage = opens(AUTHOR)
    stage.write(STOPPED)
    hands.press(Qt.Key.Key_Escape)
    assert state(stage).closing
    assert wording.CLOSING.title in texts(stage.page)
    hands.write(" ")
    assert not state(stage).closing
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    assert not stage.editor.editing
    assert stage.toasts == [wording.FORGOTTEN]
    assert stage_of(stage) is Stage.NEW


def test_another_page_closes_the_editor_and_asks_when_it_would_forget(opens: Opens) -> None:
    stage = opens(AUTHOR)
    stage.write(SAFE)
    assert stage.reviews.may_leave()
    assert stage_of(stage) is Stage.DRAFTED
    stage.reviews.choose("rev-2")
    stage.reviews.do("own")
    stage.reviews.do_number(1)
    stage.page.reply.text.setPlainText(STOPPED)
    assert not stage.reviews.may_leave()
    assert stage.editor.editing


def test_a_colleague_s_draft_is_read_and_taken_over(opens: Opens) -> None:
    stage = opens(PROVIDER)
    replies.keep(sits(stage.seat, AUTHOR), "rev-1", SAFE)
    stage.reviews.refresh()
    stage.reviews.choose("rev-1")
    pane = stage.reviews.state.pane
    assert pane is not None
    assert [offer.name for offer in pane.offers] == ["take-over"]
    assert pane.quotes[0].text == SAFE
    stage.reviews.do("take-over")
    stage.reviews.do_number(1)
    assert state(stage).text == SAFE


def test_a_review_that_changes_while_it_is_answered_has_to_be_read_again(
    opens: Opens, hands: Hands
) -> None:
    stage = opens(PROVIDER)
    stage.write(SAFE)
    stage.exchange.put(samples.review(text="Worse than I thought.", v=2))
    stage.seat.cycle()
    stage.reviews.refresh()
    assert state(stage).changed
    assert state(stage).main == ""
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert stage_of(stage) is Stage.DRAFTED
    assert "Worse than I thought." in texts(stage.page)
    stage.page.reply._notice.button.click()
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert stage_of(stage) is Stage.ON_ITS_WAY


def test_a_review_that_is_deleted_while_it_is_answered_says_so(opens: Opens, hands: Hands) -> None:
    stage = opens(PROVIDER)
    stage.write(SAFE)
    stage.timers.advance(2)
    stage.exchange.put(samples.gone("review", "rev-1", v=2))
    stage.seat.cycle()
    stage.reviews.refresh()
    assert state(stage).gone
    assert wording.GONE.title in texts(stage.page)
    hands.press(Qt.Key.Key_Escape)
    assert not stage.editor.editing


# ------------------------------------------------------------------ posting


def test_a_waiting_reply_counts_down_and_is_taken_back_with_z(opens: Opens, hands: Hands) -> None:
    stage = opens(PROVIDER)
    stage.write(SAFE)
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert "It leaves in 2 min 00 s. Until then it can be taken back." in texts(stage.page)
    stage.seat.clock.advance(seconds=61)
    stage.timers.advance(1)
    assert "It leaves in 59 s. Until then it can be taken back." in texts(stage.page)
    hands.press(Qt.Key.Key_Z)
    assert stage_of(stage) is Stage.DRAFTED
    pass_posting_delay(stage.seat)
    assert stage.exchange.sent == []


def test_a_doubtful_text_is_handed_on_and_only_an_officer_may_approve(opens: Opens) -> None:
    stage = opens(PROVIDER)
    stage.write(DOUBTFUL)
    assert state(stage).main == wording.STEP[Step.SUGGEST]
    stage.editor.send()
    stage.reviews.choose("rev-1")
    pane = stage.reviews.state.pane
    assert pane is not None
    assert "stranger" not in [offer.name for offer in pane.offers]
    stage.sit(OFFICER)
    stage.reviews.choose("rev-1")
    stage.reviews.do("stranger")
    stage.reviews.do("publish")
    assert stage_of(stage) is Stage.ON_ITS_WAY


def test_an_approver_gives_back_with_a_reason_that_the_author_reads(opens: Opens) -> None:
    stage = opens(PROVIDER)
    replies.suggest(sits(stage.seat, AUTHOR), "rev-1", SAFE)
    stage.reviews.refresh()
    stage.reviews.choose("rev-1")
    stage.reviews.do("give-back")
    stage.reviews.do("because-tone")
    stage.sit(AUTHOR)
    stage.reviews.choose("rev-1")
    stage.reviews.do("edit-go-on")
    assert state(stage).returned == wording.RETURNED + wording.GIVE_BACK["tone"]


def test_a_privacy_officer_releases_with_the_password_here_and_now(opens: Opens) -> None:
    stage = opens(AUTHOR)
    stage.write(STOPPED)
    assert state(stage).can_release
    stage.page.reply.release.click()
    ask = state(stage).ask
    assert ask is not None
    assert ask.officers == (OFFICER.display,)
    stage.confirm.fails = Offline()
    stage.page.reply.ask.answered.emit(0, 2, "secret words", "")
    ask = state(stage).ask
    assert ask is not None
    assert ask.problem is not None
    stage.confirm.fails = None
    stage.page.reply.ask._password.put("secret words")
    stage.page.reply.ask._go.click()
    assert not stage.editor.editing
    assert stage.page.reply.ask._password.text == ""
    assert stage_of(stage) is Stage.ON_ITS_WAY


def test_a_text_that_changed_after_the_release_was_asked_for_is_another_text(
    opens: Opens,
) -> None:
    stage = opens(AUTHOR)
    stage.write(STOPPED)
    stage.editor.ask_release()
    assert stage.page.reply.text.isReadOnly()
    stage.editor.close()
    assert stage.editor.editing
    assert not stage.page.reply.text.isReadOnly()


def test_nobody_releases_where_no_other_officer_signs_in(opens: Opens) -> None:
    stage = opens(OWNER, alone=True)
    stage.write(STOPPED)
    assert not state(stage).can_release


def test_a_one_person_office_sleeps_on_it_and_confirms_with_the_password(opens: Opens) -> None:
    stage = opens(OWNER, alone=True)
    stage.write(DOUBTFUL)
    assert state(stage).main == wording.STEP[Step.COOL]
    stage.editor.send()
    assert stage_of(stage) is Stage.COOLING
    stage.reviews.choose("rev-1")
    stage.reviews.do("edit-go-on")
    assert state(stage).main == ""
    assert state(stage).why_not
    stage.editor.close()
    stage.seat.clock.advance(seconds=COOLING + 1)
    stage.reviews.do("edit-go-on")
    assert state(stage).main == wording.STEP[Step.FINISH]
    stage.editor.send()
    assert state(stage).ask is not None
    stage.editor.answer(-1, 0, "", "")
    assert state(stage).ask is not None
    stage.editor.answer(-1, 0, "secret words", "")
    assert stage_of(stage) is Stage.ON_ITS_WAY


def test_damaged_files_of_the_checker_stop_everything_and_say_so(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "checker", lambda: None)
    stage = opens(PROVIDER)
    stage.write(SAFE)
    assert state(stage).broken
    assert not stage.page.reply.main.isEnabled()
    assert not state(stage).can_release
    assert wording.BROKEN.title in texts(stage.page)


# ------------------------------------------------------------------ public replies


def test_a_public_reply_is_taken_down_with_an_incident(opens: Opens) -> None:
    stage = opens(OFFICER)
    stage.reviews.filter("answered")
    stage.reviews.choose("rev-7")
    stage.reviews.do("take-down")
    stage.reviews.do("take-down-now")
    stage.seat.cycle()
    assert len(stage.exchange.sent) == 1
    assert wording.INCIDENT.title in texts(stage.page)


def test_the_officer_deals_with_a_task_at_the_top_of_the_list(opens: Opens) -> None:
    stage = opens(OFFICER)
    author = sits(stage.seat, AUTHOR)
    for _ in range(3):
        replies.begin(author, "rev-1")
        replies.close(author, "rev-1", STOPPED)
    stage.reviews.refresh()
    (task,) = stage.reviews.state.tasks
    assert "Kofi Boateng" in task.words
    stage.reviews.deal_with(task.name)
    assert stage.reviews.state.tasks == ()


# ------------------------------------------------------------------ papers and the audit


def test_papers_are_put_on_file_and_open_the_editor(opens: Opens) -> None:
    stage = opens(OFFICER, on_file=False)
    stage.papers.refresh()
    assert stage.papers.state.missing
    for kind, field in stage.papers_page.fields.items():
        field.put(f"  {kind}  1 ")
    stage.papers_page.keep.click()
    assert stage.papers.state.missing == ""
    assert papers.in_force(stage.desk)
    stage.write(SAFE)
    assert stage.editor.editing


def test_a_file_of_old_replies_is_checked_and_its_report_saved(
    opens: Opens, tmp_path: Path
) -> None:
    stage = opens(PROVIDER)
    path = tmp_path / "replies.csv"
    path.write_text(OLD_REPLIES, "utf-8")
    stage.check.check(path)
    found = stage.check.state
    assert found.summary.startswith("2 replies tell something, 1 needs a look, in 2 nothing")
    assert [row.cells[0].text for row in found.rows][:2] == ["119", "122"]
    stage.check_page.write(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert found.report is not None
    assert len(found.report.lines) == 3
    stage.check_page.write(tmp_path / "missing" / "report.pdf")
    assert wording.AUDIT_NOT_SAVED in {
        each.text() for each in stage.check_page.findChildren(QLabel)
    }
    stage.check.may_leave()
    assert stage.check.state.rows == ()


@pytest.mark.parametrize(
    ("name", "content"), [("none.csv", None), ("bad.csv", b"\xff\xfe\x00x"), ("empty.csv", b"")]
)
def test_a_file_that_holds_no_replies_is_said(
    opens: Opens, tmp_path: Path, name: str, content: bytes | None
) -> None:
    stage = opens(PROVIDER)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    stage.check.check(tmp_path / name)
    found = stage.check.state
    assert (found.problem is not None) is not (found.empty is not None and content == b"")
    assert not found.running
