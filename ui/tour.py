"""Walks through the program as a person would, with keys and clicks, and takes pictures.

For the demonstration where there is no display. It drives the real window from outside; the
program does not know that nobody sits there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.presenters import wording_own, wording_set_up
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_state import At
from carekraft_desktop.presenters.shell import Page
from ui import first
from ui.app import Run

if TYPE_CHECKING:
    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.referral_state import WizardState
    from carekraft_desktop.presenters.referrals import ReferralsPresenter
    from carekraft_desktop.presenters.shell import ShellState
    from carekraft_desktop.presenters.today_state import TodayState
    from ui.pages.referrals import ReferralsPage

PATIENCE = 40_000
"""Milliseconds after which a step has failed."""
NAME, DISPLAY = "r.alvarez", "Rosa Alvarez"
PIN = "493817"


class Exchange(Protocol):
    """The demonstration's exchange, as far as the walk needs it."""

    url: str
    code: str

    def start(self) -> None:
        """Answer at `url` again."""
        ...

    def stop(self) -> None:
        """Be gone, as when the network is."""
        ...

    def patient(self, act: str, **details: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Let somebody on the other side do something."""
        ...


class StepFailed(Exception):
    """A step of the walk did not find what it looked for."""


@dataclass
class Found:
    """What the walk did."""

    accepted: list[str] = field(default_factory=list)
    """Bookings that were accepted; the first online, the second offline."""
    workstation_code: str = ""
    failed: str = ""


def walk(program: Program, exchange: Exchange, password: str, pictures: Path) -> Found:
    """Set up, receive, answer online and offline, lock, unlock; never raises StepFailed."""
    app, frame = first.show(sys.argv[:1])
    run = Run(app, frame, program, ())
    tour = _Tour(run, exchange, password, pictures)
    try:
        run.begin()
        # The screen that is not there is small; a desk's is not.
        frame.resize(*first.SIZE)
        frame.activateWindow()
        QTest.qWaitForWindowActive(frame)
        for step in tour.steps():
            step()
    except StepFailed as failure:
        tour.found.failed = str(failure)
    finally:
        run.end()
    return tour.found


class _Tour:
    def __init__(self, run: Run, exchange: Exchange, password: str, pictures: Path) -> None:
        self._run, self._window = run, run.window
        self._exchange, self._password = exchange, password
        self._pictures = pictures
        self.found = Found()
        pictures.mkdir(parents=True, exist_ok=True)

    def steps(self) -> tuple[Callable[[], None], ...]:
        return (
            self.set_up,
            self.receive,
            self.accept_online,
            self.work_the_desk,
            self.look_around,
            self.refer,
            self.accept_offline,
            self.come_back,
            self.answer_a_review,
            self.answer_for_privacy,
            self.look_after_the_doors,
            self.lock_and_unlock,
        )

    # -- steps --------------------------------------------------------------------------

    def set_up(self) -> None:
        self._until(lambda: self._window.set_up is not None, "the set-up page")
        page = self._window.set_up
        if page is None:
            raise StepFailed("the set-up page")
        self._type(page, "Address of the exchange", self._exchange.url)
        self._type(page, "Enrolment code", self._exchange.code)
        self._type(page, "Name of this computer", "Front desk 1")
        self._picture("01-set-up-office")
        self._press(page, "Continue")
        self._type(page, "Your name", DISPLAY)
        self._type(page, "Sign-in name", NAME)
        for box in page.findChildren(QCheckBox):
            wanted = {"Front desk", "Provider", "Privacy officer", *wording_set_up.CONFIRM.values()}
            if box.text() in wanted and not box.isChecked():
                QTest.mouseClick(box, Qt.MouseButton.LeftButton)
        self._type(page, "Password", self._password)
        self._type(page, "Password, again", self._password)
        self._picture("02-set-up-person")
        self._press(page, "Connect")
        self._until(lambda: bool(_codes(page)), "the recovery key")
        self._picture("03-set-up-recovery-key")
        self._prove_paper(page)
        self._say("Enrolled with the exchange and wrote the recovery key down.")

    def _prove_paper(self, page: QWidget) -> None:
        groups = _codes(page)
        for line in page.findChildren(QLineEdit):
            words = line.accessibleName()
            if line.isVisible() and words.startswith("Group "):
                QTest.keyClicks(line, groups[int(words.removeprefix("Group ")) - 1])
        prefix = "Workstation code, typed at each start: "
        for each in page.findChildren(QLabel):
            if each.text().startswith(prefix):
                self.found.workstation_code = each.text().removeprefix(prefix)
        self._press(page, "Finish")

    def receive(self) -> None:
        self._until(lambda: self._shell.page is Page.TODAY, "the day")
        self._until(lambda: "Up to date" in self._link(), "the first synchronization")
        self._until(lambda: bool(self._today.inbox), "requests in the inbox")
        self._say(
            f"Received the office: {len(self._today.blocks)} visits today, "
            f"{len(self._today.inbox)} requests to answer. {self._link()}."
        )

    def accept_online(self) -> None:
        self._choose_first()
        self._picture("04-today")
        self._accept()
        self._picture("05-today-accepted-undo")
        self._until(lambda: not self._shell.waiting, "the exchange's answer")
        self._until(lambda: "Up to date" in self._link(), "being up to date")
        self._say("Accepted a booking; the exchange confirmed it.")

    def work_the_desk(self) -> None:
        """Take a request, see the patient's card, walk the lists."""
        self._choose_first()
        self._key(Qt.Key.Key_T)
        self._picture("05a-today-taken")
        self._key(Qt.Key.Key_T)
        self._key(Qt.Key.Key_O)
        self._until(lambda: self._shell.page is Page.PERSON, "the patient's card")
        self._picture("05b-patient")
        self._key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        self._until(lambda: self._shell.page is Page.LISTS, "the lists")
        self._picture("05c-to-enter")
        for number, name in ((Qt.Key.Key_2, "05d-to-call"), (Qt.Key.Key_3, "05e-end-of-day")):
            self._key(number, Qt.KeyboardModifier.AltModifier)
            self._picture(name)
        self._key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        self._until(lambda: not self._shell.waiting, "the exchange's answer to the claim")
        self._say("Took a request and let it go, saw the patient's card, walked the lists.")

    def look_around(self) -> None:
        theme = self._run.theme
        self._choose_first()
        for look, scale, name in (
            ("dark", 100, "06-today-dark"),
            ("high-contrast", 100, "07-today-high-contrast"),
            ("light", 150, "08-today-large-text"),
        ):
            theme.put_on(look, scale)
            self._picture(name)
        theme.put_on("light", 100)
        self._key(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
        self._picture("09-settings")
        self._key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        self._say("Looked at the day in light, dark, high contrast and large text.")

    def refer(self) -> None:
        """Book with another office for a patient who allowed it, and hear its answer."""
        self._key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        page, presenter = self._referrals()
        self._until(lambda: presenter.state.notice is not None, "the missing agreement")
        self._picture("14-referrals-no-agreement")
        self._press(page, words.RECORD_AGREEMENT)
        self._until(lambda: presenter.state.may_begin, "the recorded agreement")
        self._key(Qt.Key.Key_N)
        self._key(Qt.Key.Key_1)
        self._picture("15-referral-agreement")
        self._key(Qt.Key.Key_Space)
        self._until(lambda: self._step().at is At.PROVIDER, "the directory")
        self._until(lambda: bool(self._step().options), "providers in the directory")
        self._picture("16-referral-provider")
        self._book(presenter)
        self._picture("17-referral-check")
        self._key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._until(lambda: presenter.wizard is None, "the referral to be saved")
        request = presenter.state.selected
        self._until(lambda: not self._shell.waiting, "the referral to leave")
        self._exchange.patient("far/answer", referral=request, how="accept")

        def booked() -> bool:
            presenter.choose_folder("booked")
            return any(row.key == request for row in presenter.state.rows)

        self._until(booked, "the other office's answer", every=200)
        self._picture("18-referral-booked")
        self._key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        self._say("Booked a referral with another office; its answer came back.")

    def _book(self, presenter: ReferralsPresenter) -> None:
        """Take the first provider who has an open time."""
        for row in range(len(self._step().options)):
            page = self._referrals()[0]
            page.steps.taken.emit(row)
            self._until(lambda: not self._step().busy, "open times")
            if self._step().at is At.TIME and not self._step().can_call:
                self._key(Qt.Key.Key_1)
                self._until(lambda: self._step().at is At.CHECK, "the preview")
                self._until(lambda: bool(self._step().note), "the held slot")
                return
            if self._step().at is At.TIME:
                presenter.leave_wizard()
        raise StepFailed("a provider with an open time")

    def _referrals(self) -> tuple[ReferralsPage, ReferralsPresenter]:
        frame = self._window.frame
        if frame is None:
            raise StepFailed("the referrals")
        room = frame.rooms[Page.REFERRALS]
        return cast("ReferralsPage", room.page), cast("ReferralsPresenter", room.screen)

    def _step(self) -> WizardState:
        state = self._referrals()[1].state.wizard
        if state is None:
            raise StepFailed("the way to a referral")
        return state

    def accept_offline(self) -> None:
        self._exchange.stop()
        self._key(Qt.Key.Key_F5)
        self._until(lambda: "Offline" in self._link(), "noticing that the network is gone")
        self._choose_first()
        self._accept()
        self._until(lambda: self._shell.waiting == 1, "the answer in the outbox")
        self._picture("10-today-offline")
        self._key(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
        self._picture("11-outbox-offline")
        self._key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        self._say(f"Went offline and accepted another booking. {self._link()}.")

    def come_back(self) -> None:
        self._exchange.start()

        def settled() -> bool:
            self._key(Qt.Key.Key_F5)
            return not self._shell.waiting and "Up to date" in self._link()

        self._until(settled, "sending what waited", every=500)
        self._picture("12-today-back-online")
        self._say(f"Came back online; what waited was sent. {self._link()}.")

    def answer_a_review(self) -> None:
        self._key(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        self._until(lambda: self._shell.page is Page.REVIEWS, "the reviews")
        self._put_on_file()
        page = self._page("reviews")
        self._until(lambda: bool(page.findChildren(QTableView)), "the list of reviews")
        self._key(Qt.Key.Key_Return)
        self._picture("19-reviews")
        self._key(Qt.Key.Key_4)
        self._picture("20-before-you-write")
        self._key(Qt.Key.Key_1)
        field = QApplication.focusWidget()
        if not isinstance(field, QPlainTextEdit):
            raise StepFailed("the reply editor")
        QTest.keyClicks(field, "Thank you for the feedback. You missed two appointments.")
        self._picture("21-reply-marked")
        self._key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
        self._picture("22-reply-safe-wording")
        self._key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._until(lambda: self._shell.waiting == 1, "the reply in the outbox")
        self._picture("23-reply-waits")
        self._key(Qt.Key.Key_Z)
        self._until(lambda: not self._shell.waiting, "the reply taken back")
        self._say("Wrote a reply: what told of a person was marked, a safe wording took its place.")

    def _put_on_file(self) -> None:
        self._press(self._page("reviews"), "Policies and officials")
        self._until(lambda: self._shell.page is Page.PAPERS, "the policies on file")
        page = self._page("papers")
        for name, value in (
            ("Social media policy, version", "2026-03"),
            ("Notice of privacy practices, version", "2026-01"),
            ("Privacy official", DISPLAY),
        ):
            self._type(page, name, value)
        self._press(page, "Put on file")
        self._press(page, "Back to the reviews")
        self._until(lambda: self._shell.page is Page.REVIEWS, "the reviews again")

    def _page(self, name: str) -> QWidget:
        frame = self._window.frame
        if frame is None:
            raise StepFailed(name)
        return frame.rooms[Page(name)].page

    def answer_for_privacy(self) -> None:
        """What the privacy officer reads: how it stands, the week, the partners."""
        shell = self._window.shell
        for page, name in (
            (Page.POSTURE, "23a-how-it-stands"),
            (Page.WEEK, "23b-weekly-review"),
            (Page.PARTNERS, "23c-partners"),
            (Page.EXPORT, "23d-hand-data-out"),
            (Page.ASKED, "23d-what-patients-ask-for"),
            (Page.KEPT, "23e-what-is-kept"),
        ):
            shell.go(page)
            made = self._page(page.value)
            if page is Page.POSTURE:
                lists = made.findChildren(QTableView)
                self._until(
                    lambda lists=lists: bool(lists[0].model().rowCount()),  # type: ignore[misc]
                    "how the installation stands",
                )
            self._picture(name)
        self._back_up()
        shell.go(Page.INCIDENTS)
        self._press(self._page("incidents"), "Something went to the wrong place")
        self._press(self._page("incidents"), "Done")
        self._picture("23g-something-went-wrong")
        shell.go(Page.TERMS)
        self._picture("23h-terms-agreements-support")
        shell.go(Page.TODAY)
        self._say("Looked at how the installation stands, the weekly review, and the partners,")
        self._say("at what patients ask for, and at what is kept and how long.")
        self._say("Opened an incident, and did what comes first.")

    def _back_up(self) -> None:
        """The backup that the program has made by itself, or will within a minute."""
        self._window.shell.go(Page.BACKUPS)
        page = self._page(Page.BACKUPS.value)
        lists = page.findChildren(QTableView)
        self._press(page, "Make one now")
        if self._window.frame is not None and self._window.frame.again is not None:
            self._password_again()
        self._until(lambda: _says(page, "A backup was made"), "a backup")
        self._until(lambda: bool(lists[0].model().rowCount()), "the list of backups")
        self._picture("23e-backups")
        self._say("Made a backup, tried it out, and saw it in the list.")
        self._window.shell.go(Page.RETIRE)
        end = self._page(Page.RETIRE.value)
        self._until(lambda: _says(end, "can sign in here"), "what is only on this computer")
        self._picture("23f-out-of-service")

    def look_after_the_doors(self) -> None:
        """A PIN of one's own, and who may do what."""
        self._window.shell.go(Page.OWN)
        self._until(lambda: self._shell.page is Page.OWN, "your sign-in")
        page = self._page("own")
        self._type(page, "New PIN", PIN)
        self._type(page, "The same PIN again", PIN)
        office = self._window.office
        if office is None:
            raise StepFailed("the open office")
        office.again.leave()  # as some minutes after coming in
        self._press(page, "Keep this PIN")
        self._password_again()
        self._until(lambda: _button(page, "Have no PIN any more").isVisible(), "the PIN kept")
        self._picture("24-your-sign-in")
        self._window.shell.go(Page.ACCESS)
        self._until(lambda: self._shell.page is Page.ACCESS, "access and keys")
        page = self._page("access")
        self._press(page, "I have looked through it")
        self._until(lambda: _says(page, "looked through it on"), "the signed review")
        self._picture("25-access-and-keys")
        self._say("Chose a PIN, looked through who may do what, and signed it.")

    def _password_again(self) -> None:
        frame = self._window.frame
        self._until(lambda: frame is not None and frame.again is not None, "the password question")
        if frame is None or frame.again is None:
            raise StepFailed("the password question")
        sheet = frame.again
        self._type(sheet, "Password", self._password)
        if self.found.workstation_code:
            self._type(sheet, "Workstation code", self.found.workstation_code)
        self._press(sheet, "Go on")
        self._until(lambda: frame.again is None, "the password taken")

    def lock_and_unlock(self) -> None:
        """Quickly with the PIN while bookings come in, and completely with the password."""
        self._window.shell.go(Page.TODAY)
        self._key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self._until(lambda: self._shell.covered, "the quick lock")
        page = self._window.unlock
        self._until(lambda: _line(page, "PIN or password") is not None, "the PIN field")
        self._exchange.patient("patient/book")
        self._until(lambda: _says(page, "1 new booking"), "the news on the lock page")
        self._picture("26-locked-quickly")
        self._type(page, "PIN or password", PIN)
        self._press(page, "Unlock")
        self._until(lambda: self._shell.open, "the day after the PIN")
        self._window.lock("sleep")
        self._until(lambda: self._shell.page is Page.UNLOCK, "the lock page")
        self._until(lambda: _line(page, "Password") is not None, "the password field")
        self._until(lambda: _button(page, "Unlock").isEnabled(), "the people of the office")
        self._type(page, "Password", self._password)
        if self.found.workstation_code:
            self._type(page, "Workstation code", self.found.workstation_code)
        self._picture("27-unlock")
        self._press(page, "Unlock")
        self._confirm_the_policy()
        self._until(lambda: bool(self._today.blocks or self._today.inbox), "the visits")
        self._say("Locked quickly and came back by PIN; locked completely and came back.")

    def _confirm_the_policy(self) -> None:
        """It has a version since the reviews, so nobody sees a patient before it is confirmed."""
        self._until(lambda: self._shell.page is Page.OWN, "what has to be confirmed")
        self._picture("28-confirmed-first")
        self._press(self._page("own"), wording_own.CONFIRM[Subject.POLICY].title)
        self._window.shell.go(Page.TODAY)
        self._until(lambda: bool(self._today.blocks), "the day once the policy is confirmed")
        self._say("Confirmed the office's policy, which comes before any patient.")

    # -- hands and eyes -----------------------------------------------------------------

    @property
    def _shell(self) -> ShellState:
        return self._window.shell.state

    @property
    def _today(self) -> TodayState:
        frame = self._window.frame
        if frame is None or frame.today.state is None:
            raise StepFailed("the day")
        return frame.today.state

    def _link(self) -> str:
        banner = self._shell.banner
        return banner.mark.word if banner is not None else ""

    def _choose_first(self) -> None:
        frame = self._window.frame
        if frame is None:
            raise StepFailed("the day")
        self._key(Qt.Key.Key_I)
        self._until(lambda: bool(self._today.inbox), "a request")
        number = next(
            (n for n, row in enumerate(self._today.inbox) if row.key not in self.found.accepted), -1
        )
        frame.today.inbox.setCurrentIndex(frame.today.inbox.model().index(max(number, 0), 0))
        self._until(lambda: self._today.detail is not None, "the request's details")

    def _accept(self) -> None:
        chosen = self._today.selected
        before = len(self._today.inbox)
        self._key(Qt.Key.Key_A)
        self._until(lambda: len(self._today.inbox) < before, "the accepted request leaving")
        self.found.accepted.append(chosen)

    def _type(self, page: QWidget, name: str, text: str) -> None:
        line = _line(page, name)
        if line is None:
            raise StepFailed(name)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)

    def _press(self, page: QWidget, words: str) -> None:
        button = _button(page, words)
        self._until(button.isEnabled, f"the button {words} to be live")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifier)
        QTest.qWait(30)

    def _until(self, met: Callable[[], bool], what: str, *, every: int = 20) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not met():
            if clock.elapsed() > PATIENCE:
                raise StepFailed(what)
            QTest.qWait(every)

    def _picture(self, name: str) -> None:
        QTest.qWait(80)
        self._window.grab().save(str(self._pictures / f"{name}.png"))

    def _say(self, words: str) -> None:
        sys.stdout.write(f"  {words}\n")
        sys.stdout.flush()


def _codes(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.objectName() == "code"]


def _line(page: QWidget, name: str) -> QLineEdit | None:
    for line in page.findChildren(QLineEdit):
        if line.accessibleName() == name and line.isVisible():
            return line
    return None


def _says(page: QWidget, words: str) -> bool:
    return any(words in each.text() for each in page.findChildren(QLabel) if each.isVisible())


def _button(page: QWidget, words: str) -> QPushButton:
    for each in page.findChildren(QPushButton):
        if each.text() == words:
            return each
    raise StepFailed(words)
