"""The pages about reviews, filled as in an office's day over a real store, for pictures and tests."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast
from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.staff import Staff
from carekraft_desktop.errors import Offline
from carekraft_desktop.presenters.check_replies import CheckPresenter
from carekraft_desktop.presenters.papers import PapersPresenter
from carekraft_desktop.presenters.reply import ReplyPresenter
from carekraft_desktop.presenters.reviews import ReviewsPresenter
from carekraft_desktop.presenters.shell import Page, ShellState
from carekraft_desktop.presenters.tasks import Failed, InlineRunner, Outcome
from carekraft_desktop.services import (
    audit,
    judging,
    live_replies,
    papers,
    posting,
    replies,
    reviews,
)
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store.unit import Store
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import KEY, STORE_ID, Workstation, anchor
from tests.fakes.gateway import FakeGateway
from tests.fakes.office import WHEN
from tests.fakes.timers import FakeTimers
from tests.repliers import (
    AUTHOR,
    OFFICER,
    OWNER,
    PROVIDER,
    SAFE,
    STOPPED,
    pass_posting_delay,
    sits,
    stock,
)
from ui.frame import Frame
from ui.pages.check_replies import CheckRepliesPage
from ui.pages.papers import PapersPage
from ui.pages.reviews import ReviewsPage
from ui.rooms import Room
from ui.theme import Theme

TEXTS = (
    ("rev-2", "Juniper", 5, "Friendly people, and I was seen on time."),
    ("rev-3", "T. from Oak Park", 1, "They billed me for a visit that I had cancelled."),
    ("rev-4", "grateful grandpa", 5, "Thank you for the patience with an old man."),
    ("rev-5", "cyclist_77", 2, "Twenty minutes on hold with the same song."),
    ("rev-6", "Tired Parent", 1, "Waited an hour and a half with a feverish child. Never again."),
    ("rev-7", "Quiet Reader", 4, "Good care, parking is hard."),
)


@dataclass
class FakeConfirm:
    """Proves whom it is told to prove."""

    desk: Desk
    people: tuple[Staff, ...]
    fails: Offline | None = None
    needs_code: bool = False

    def ask(
        self, staff_id: str, password: str, code: str, report: Callable[[Outcome[StepUp]], None]
    ) -> None:
        del password, code
        if self.fails is not None:
            report(Failed(self.fails))
            return
        who = next(each for each in self.people if each.id == staff_id)
        from carekraft_desktop.presenters.tasks import Done

        report(Done(StepUp(who, self.desk.now())))


@lru_cache(maxsize=1)
def _template() -> Path:
    """An empty store, made once; it goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="carekraft-template-")
    atexit.register(folder.cleanup)
    path = Path(folder.name)
    Store.create(path / "office.store", KEY, anchor=anchor(path), store_id=STORE_ID).close()
    return path


class ReviewStage:
    """The pages of reviews with their presenters over a real store and a fake exchange."""

    def __init__(
        self, theme: Theme, who: Staff = PROVIDER, *, alone: bool = False, on_file: bool = True
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="carekraft-stage-")
        folder = Path(self._folder.name)
        shutil.copytree(_template(), folder, dirs_exist_ok=True)
        self.exchange = FakeGateway()
        self.seat = Workstation(folder, self.exchange)
        stock(self.seat, on_file=on_file)
        for number, (id_, author, rating, text) in enumerate(TEXTS, 1):
            self.exchange.put(
                samples.review(
                    id_,
                    author=author,
                    rating=rating,
                    text=text,
                    reply=SAFE if id_ == "rev-7" else "",
                    created=(samples.NOON - timedelta(days=2 * number + 1)).isoformat(),
                )
            )
        self.seat.cycle()
        self.theme, self.timers = theme, FakeTimers()
        self.toasts: list[str] = []
        self.acts: list[str] = []
        self.went: list[str] = []
        self.sit(who, alone=alone)

    def sit(self, who: Staff, *, alone: bool = False) -> None:
        """Somebody else signs in."""
        desk = self.desk = sits(self.seat, who, alone=alone)
        self.confirm = FakeConfirm(desk, (AUTHOR, PROVIDER, OFFICER, OWNER))
        self.frame = Frame(self.theme)
        self.page = ReviewsPage(self.theme)
        self.frame.stack.addWidget(self.page)
        for name in ("papers", "papers_page", "check", "check_page"):
            vars(self).pop(name, None)  # made anew for whoever sits here now
        self.reviews = ReviewsPresenter(
            desk,
            self.page.show_state,
            reviews=reviews,
            replies=replies,
            posting=posting,
            live=live_replies,
            timers=self.timers,
            told=lambda toast: self.toasts.append(toast.words),
            acted=lambda: self.acts.append("reviews"),
            to_papers=lambda: self.went.append("papers"),
            when=WHEN,
        )
        self.editor = ReplyPresenter(
            desk,
            self.page.show_reply,
            replies=replies,
            posting=posting,
            confirm=self.confirm,
            timers=self.timers,
            done=self.reviews.editor_done,
            when=WHEN,
        )
        self.reviews.edits_in(self.editor)
        self.page.bind(self.reviews, self.editor)
        self.reviews.refresh()

    @cached_property
    def papers_page(self) -> PapersPage:
        page = PapersPage(self.theme)
        self.frame.stack.addWidget(page)
        return page

    @cached_property
    def papers(self) -> PapersPresenter:
        made = PapersPresenter(
            self.desk,
            self.papers_page.show_state,
            papers=papers,
            told=lambda toast: self.toasts.append(toast.words),
        )
        self.papers_page.bind(made)
        return made

    @cached_property
    def check_page(self) -> CheckRepliesPage:
        page = CheckRepliesPage(self.theme)
        self.frame.stack.addWidget(page)
        return page

    @cached_property
    def check(self) -> CheckPresenter:
        made = CheckPresenter(
            self.desk, self.check_page.show_state, audit=audit, runner=InlineRunner(), when=WHEN
        )
        self.check_page.bind(made)
        return made

    def show(self, page: Page) -> QWidget:
        """In the frame, as the window shows it."""
        rooms = self.frame.rooms
        rooms.add(Page.REVIEWS, lambda: Room(self.page, self.reviews))
        rooms.add(Page.PAPERS, lambda: Room(self.papers_page, self.papers))
        rooms.add(Page.CHECK, lambda: Room(self.check_page, self.check))
        state = ShellState(page, "Lakeside Family Practice", self.desk.staff.display, to_review=5)
        self.frame.show_shell(state)
        return self.frame

    def write(self, text: str, review: str = "rev-1") -> None:
        """Open the editor and type."""
        self.reviews.choose(review)
        self.reviews.do("own")
        self.reviews.do_number(1)
        self.page.reply.text.setPlainText(text)

    def close(self) -> None:
        """The stage is taken down."""
        self.seat.close()
        self._folder.cleanup()


_alive: list[object] = []


def _scene(
    do: Callable[[ReviewStage], None],
    *,
    who: Staff = PROVIDER,
    page: Page = Page.REVIEWS,
    alone: bool = False,
    on_file: bool = True,
) -> Callable[[Theme], QWidget]:
    def make(theme: Theme) -> QWidget:
        stage = ReviewStage(theme, who, alone=alone, on_file=on_file)
        for each in _alive:
            cast("ReviewStage", each).close()
        _alive[:] = [stage]
        widget = stage.show(page)
        do(stage)
        return widget

    return make


def _inbox(stage: ReviewStage) -> None:
    """An old reply that today's rules would stop, one reply on its way, one to approve."""
    stage.exchange.put(samples.review("old", author="Nobody's Fool", rating=2, reply=STOPPED))
    stage.seat.cycle()
    replies.suggest(sits(stage.seat, AUTHOR), "rev-2", SAFE)
    posting.publish(stage.desk, "rev-5", SAFE, acknowledged=1)
    reviews.no_reply(stage.desk, "rev-4")
    stage.reviews.refresh()
    stage.reviews.filter("all")
    stage.reviews.choose("rev-1")


def _empty(stage: ReviewStage) -> None:
    for id_ in ("rev-1", "rev-2", "rev-3", "rev-4", "rev-5", "rev-6"):
        reviews.no_reply(stage.desk, id_)
    stage.reviews.refresh()


def _entry(stage: ReviewStage) -> None:
    stage.reviews.choose("rev-3")
    stage.reviews.do("own")


def _blocked(stage: ReviewStage) -> None:
    stage.write(
        "Thank you for the feedback. You missed two appointments before your root canal, and "
        "your insurance was billed correctly.",
        "rev-3",
    )


def _doubtful(stage: ReviewStage) -> None:
    stage.write("Thank you for the feedback. We are sorry you had a bad experience.")


def _safe(stage: ReviewStage) -> None:
    stage.write(SAFE)
    stage.timers.advance(2)


def _closing(stage: ReviewStage) -> None:
    _blocked(stage)
    stage.reviews.back()


def _release(stage: ReviewStage) -> None:
    stage.write("Dr. Osei follows the guideline for your knee.")
    stage.editor.ask_release()


def _approve(stage: ReviewStage) -> None:
    replies.suggest(sits(stage.seat, AUTHOR), "rev-1", "We are sorry you had a bad experience.")
    stage.reviews.refresh()
    stage.reviews.choose("rev-1")


def _waiting(stage: ReviewStage) -> None:
    posting.publish(stage.desk, "rev-1", SAFE, acknowledged=1)
    stage.reviews.refresh()
    stage.reviews.choose("rev-1")


def _back(stage: ReviewStage) -> None:
    posting.publish(stage.desk, "rev-1", SAFE, acknowledged=1)
    stage.exchange.put(samples.review(text="Edited: now I am really angry.", rating=1, v=2))
    stage.seat.cycle()
    pass_posting_delay(stage.seat)
    stage.reviews.refresh()
    stage.reviews.choose("rev-1")


def _unknown(stage: ReviewStage) -> None:
    posting.publish(stage.desk, "rev-1", SAFE, acknowledged=1)
    stage.exchange.faults.append(Offline())
    pass_posting_delay(stage.seat)
    stage.reviews.refresh()
    stage.reviews.choose("rev-1")


def _take_down(stage: ReviewStage) -> None:
    stage.exchange.put(samples.review("old", author="Nobody's Fool", rating=2, reply=STOPPED))
    stage.seat.cycle()
    stage.reviews.refresh()
    stage.reviews.choose("old")
    stage.reviews.do("take-down")


def _changed(stage: ReviewStage) -> None:
    _safe(stage)
    stage.exchange.put(samples.review(text="Edited: now I am really angry.", rating=1, v=2))
    stage.seat.cycle()
    stage.reviews.refresh()


def _gone(stage: ReviewStage) -> None:
    _safe(stage)
    stage.exchange.put(samples.gone("review", "rev-1", v=2))
    stage.seat.cycle()
    stage.reviews.refresh()


def _broken(stage: ReviewStage) -> None:
    with patch.object(judging, "checker", lambda: None):
        stage.write(SAFE)


def _papers(stage: ReviewStage) -> None:
    stage.papers.refresh()


def _audit(stage: ReviewStage) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "replies-2016-2026.csv"
        path.write_text(OLD_REPLIES, "utf-8")
        stage.check.check(path)


def _audit_empty(stage: ReviewStage) -> None:
    stage.check.refresh()


OLD_REPLIES = """id,reviewer,review,reply
118,MapleFan22,Great,Thank you for the kind words.
119,Juniper,Waited an hour,"You missed two appointments before your root canal."
120,T. from Oak Park,Too expensive,Our office aims to explain fees in advance to everyone.
121,Marlo,Rude,"That is not what happened."
122,R. R.,ok,Thank you for trusting us with your care!
123,Poppy,Nice,
"""

SCENES: dict[str, Callable[[Theme], QWidget]] = {
    "reviews": _scene(_inbox),
    "reviews-empty": _scene(_empty),
    "reviews-no-right": _scene(
        lambda _stage: None, who=replace(AUTHOR, id="x", display="Rosa Alvarez", roles=frozenset())
    ),
    "reply-entry": _scene(_entry),
    "reply-blocked": _scene(_blocked),
    "reply-doubtful": _scene(_doubtful, who=AUTHOR),
    "reply-safe": _scene(_safe),
    "reply-closing": _scene(_closing),
    "reply-release": _scene(_release),
    "reply-approve": _scene(_approve, who=OFFICER),
    "reply-waiting": _scene(_waiting),
    "reply-back": _scene(_back),
    "reply-unknown": _scene(_unknown),
    "reply-take-down": _scene(_take_down, who=OFFICER),
    "reply-changed": _scene(_changed),
    "reply-gone": _scene(_gone),
    "reply-broken": _scene(_broken),
    "papers": _scene(_papers, who=OFFICER, page=Page.PAPERS),
    "papers-missing": _scene(_papers, page=Page.PAPERS, on_file=False),
    "check-replies": _scene(_audit, page=Page.CHECK),
    "check-replies-empty": _scene(_audit_empty, page=Page.CHECK),
}
