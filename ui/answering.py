"""The pages about reviews with their presenters, each made when somebody first goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import Done
from ui.rooms import Room, Rooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.check_replies import CheckPresenter
    from carekraft_desktop.presenters.reviews import ReviewsPresenter
    from carekraft_desktop.presenters.tasks import Outcome
    from carekraft_desktop.presenters.wiring import ReviewServices
    from ui.around import Around


class Answering:
    """Reviews, the reply editor, papers on file and the audit of old replies."""

    def __init__(self, around: Around, hide_patients: Callable[[], None]) -> None:
        """Nothing is made yet; `hide_patients` closes whatever shows one, before a reply opens."""
        self._around, self._hide_patients = around, hide_patients
        self._desk, self._shell = around.desk, around.shell
        self._services: ReviewServices | None = None
        self._reviews: ReviewsPresenter | None = None
        self._check: CheckPresenter | None = None

    def furnish(self, rooms: Rooms) -> None:
        """There are these pages."""
        rooms.add(Page.REVIEWS, self._make_reviews)
        rooms.add(Page.PAPERS, self._make_papers)
        rooms.add(Page.CHECK, self._make_check)

    def begin(self) -> None:
        """After the store has been opened: forget what was left, judge public replies anew."""
        desk = self._desk

        def work() -> ReviewServices:
            uses = wiring.load_reviews()
            uses.replies.forget_held(desk)
            uses.live.recheck_live(desk)
            return uses

        self._around.runner.submit(work, self._begun)

    def _begun(self, outcome: Outcome[ReviewServices]) -> None:
        if isinstance(outcome, Done):
            self._services = outcome.value
            self._shell.refresh_counts()

    @property
    def _uses(self) -> ReviewServices:
        """The services, loaded now if somebody goes there before the worker has."""
        if self._services is None:
            self._services = wiring.load_reviews()
        return self._services

    @property
    def editing(self) -> bool:
        """Whether a reply is open, and so no patient may come on the screen."""
        return self._reviews is not None and self._reviews.editing

    def count(self) -> int:
        """How many reviews or replies wait for somebody; 0 until the services are there."""
        return self._services.reviews.count(self._desk) if self._services is not None else 0

    def undo(self, key: str) -> bool:
        """Take something back; False if it is not about a review."""
        return self._reviews is not None and self._reviews.undo(key)

    def open(self, review_id: str) -> None:
        """Show a review, on its page."""
        if self._reviews is not None:
            self._reviews.show_review(review_id)

    def take_back(self, key: str) -> bool:
        """Take something about a review back from the outbox; a reply becomes a draft again."""
        from carekraft_desktop.errors import CareKraftError
        from carekraft_desktop.presenters import wording_reviews
        from carekraft_desktop.presenters.pieces import Problem, Toast

        try:
            self._uses.replies.undo(self._desk, key)
        except CareKraftError as error:
            self._shell.tell(Toast(Problem.of(error).title))
        else:
            self._shell.tell(Toast(wording_reviews.UNDONE))
            self._shell.acted()
        return True

    def keep(self) -> None:
        """A reply that is being written is kept now."""
        if self._reviews is not None:
            self._reviews.keep()

    def leave(self) -> None:
        """The program locks: drafts are kept, files forgotten."""
        if self._reviews is not None:
            self._reviews.leave()
        if self._check is not None:
            self._check.leave()

    def _make_reviews(self) -> Room:
        from carekraft_desktop.presenters.reply import ReplyPresenter
        from carekraft_desktop.presenters.reviews import ReviewsPresenter
        from ui.pages.reviews import ReviewsPage

        page, uses = ReviewsPage(self._around.theme), self._uses
        presenter = ReviewsPresenter(
            self._desk,
            page.show_state,
            reviews=uses.reviews,
            replies=uses.replies,
            posting=uses.posting,
            live=uses.live,
            timers=self._around.timers,
            told=self._shell.tell,
            acted=self._shell.acted,
            to_papers=lambda: self._shell.go(Page.PAPERS),
            when=self._around.when(),
            before_writing=self._hide_patients,
        )
        editor = ReplyPresenter(
            self._desk,
            page.show_reply,
            replies=uses.replies,
            posting=uses.posting,
            confirm=wiring.Confirming(self._around.program, self._around.runner),
            timers=self._around.timers,
            done=presenter.editor_done,
            when=self._around.when(),
        )
        presenter.edits_in(editor)
        page.bind(presenter, editor)
        page.to_papers.connect(lambda: self._shell.go(Page.PAPERS))
        page.to_check.connect(lambda: self._shell.go(Page.CHECK))
        self._reviews = presenter
        return Room(page, presenter)

    def _make_papers(self) -> Room:
        from carekraft_desktop.presenters.papers import PapersPresenter
        from ui.pages.papers import PapersPage

        page = PapersPage(self._around.theme)
        presenter = PapersPresenter(
            self._desk, page.show_state, papers=self._uses.papers, told=self._shell.tell
        )
        page.bind(presenter)
        page.left.connect(lambda: self._shell.go(Page.REVIEWS))
        return Room(page, presenter)

    def _make_check(self) -> Room:
        from carekraft_desktop.presenters.check_replies import CheckPresenter
        from ui.pages.check_replies import CheckRepliesPage

        page = CheckRepliesPage(self._around.theme)
        presenter = CheckPresenter(
            self._desk,
            page.show_state,
            audit=self._uses.audit,
            runner=self._around.runner,
            when=self._around.when(),
        )
        page.bind(presenter)
        page.left.connect(lambda: self._shell.go(Page.REVIEWS))
        self._check = presenter
        return Room(page, presenter)
