"""Puts the pages about reviews together with their presenters, once a store is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters.check_replies import CheckPresenter
from carekraft_desktop.presenters.papers import PapersPresenter
from carekraft_desktop.presenters.reply import ReplyPresenter, ReplyState
from carekraft_desktop.presenters.reviews import ReviewsPresenter
from carekraft_desktop.presenters.shell import Page, Screen, Shell

if TYPE_CHECKING:
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_reviews import Confirm
    from carekraft_desktop.presenters.wiring import Uses
    from carekraft_desktop.services.desk import Desk
    from ui.frame import Frame


class Answering:
    """Reviews, the reply editor, papers on file and the audit of old replies."""

    def __init__(
        self,
        desk: Desk,
        frame: Frame,
        uses: Uses,
        *,
        confirm: Confirm,
        chores: Runner,
        timers: Timers,
        shell: Shell,
        when: OfficeTime,
    ) -> None:
        """Make the presenters and bind the frame's pages to them."""
        self._desk, self._uses, self._chores, self._shell = desk, uses, chores, shell
        self._frame = frame
        self.reviews = ReviewsPresenter(
            desk,
            frame.reviews.show_state,
            reviews=uses.reviews,
            replies=uses.replies,
            posting=uses.posting,
            live=uses.live,
            timers=timers,
            told=shell.tell,
            acted=shell.acted,
            to_papers=lambda: shell.go(Page.PAPERS),
            when=when,
        )
        self.editor = ReplyPresenter(
            desk,
            self._show_reply,
            replies=uses.replies,
            posting=uses.posting,
            confirm=confirm,
            timers=timers,
            done=self.reviews.editor_done,
            when=when,
        )
        self.reviews.edits_in(self.editor)
        self.papers = PapersPresenter(
            desk, frame.papers.show_state, papers=uses.papers, told=shell.tell
        )
        self.check = CheckPresenter(
            desk, frame.check.show_state, audit=uses.audit, runner=chores, when=when
        )
        frame.reviews.bind(self.reviews, self.editor)
        frame.papers.bind(self.papers)
        frame.check.bind(self.check)
        self.screens: dict[Page, Screen] = {
            Page.REVIEWS: self.reviews,
            Page.PAPERS: self.papers,
            Page.CHECK: self.check,
        }

    def begin(self) -> None:
        """After the store has been opened: forget what was left, judge public replies anew."""
        desk, uses = self._desk, self._uses

        def work() -> None:
            uses.replies.forget_held(desk)
            uses.live.recheck_live(desk)

        self._chores.submit(work, lambda _outcome: self._shell.refresh_counts())

    def _show_reply(self, state: ReplyState | None) -> None:
        self._frame.reviews.show_reply(state)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self.reviews.respell(when)
        self.check.respell(when)

    def leave(self) -> None:
        """The program locks: drafts are kept, files forgotten."""
        self.reviews.leave()
        self.check.leave()
