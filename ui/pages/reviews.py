"""The inbox of public reviews, and the reply beside it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Empty
from carekraft_desktop.presenters.reply import ReplyPresenter
from carekraft_desktop.presenters.reply_state import ReplyState
from carekraft_desktop.presenters.reviews import FILTERS, HEADS, ReviewsPresenter, ReviewsState
from ui.keys import REVIEWS, keys_of
from ui.theme import Theme
from ui.widgets.fields import Picker
from ui.widgets.parts import (
    Elided,
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    empty_layout,
    label,
    line,
    scrolled,
)
from ui.widgets.reply_box import ReplyBox
from ui.widgets.review_pane import ReviewPane
from ui.widgets.rows import Rows

_BESIDE = 700
"""Width at 100 % from which a text and what to change in it stand beside each other."""


class ReviewsPage(QWidget):
    """Shows a `ReviewsState`, and a `ReplyState` while a reply is written."""

    to_papers = Signal()
    to_check = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self.state: ReviewsState | None = None
        self.reply_state: ReplyState | None = None
        self._note = Elided("quiet")
        self._shows = Picker(theme, "Which reviews")
        self._shows.setMinimumContentsLength(10)
        self._shows.addItems([wording.FILTER[name] for name in FILTERS])
        self._rating = Picker(theme, "Stars")
        self._rating.setMinimumContentsLength(7)
        self._rating.addItems(list(wording.RATING))
        self._papers = button(wording.PAPERS_TITLE)
        self._check = button(wording.AUDIT_SHORT, tip=wording.AUDIT_TITLE)
        self.rows = Rows(theme, HEADS, name="Reviews", weights=(13, 15, 21, 31, 20), narrow=460)
        self._empty = EmptyView(theme)
        self._nothing = EmptyView(theme)
        self._problem = NoteBox(theme)
        self._tasks = column(gap=6)
        self.pane = ReviewPane(theme)
        self.reply = ReplyBox(theme)
        self._listing, self._listed = card(1)
        self._top = QWidget()
        self._beside, self._besides = card(1)
        self._presenter: ReviewsPresenter | None = None
        self._build()

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header, gap=12)
        across.setContentsMargins(16, 15, 16, 15)
        across.addWidget(label("Reviews", "title"))
        across.addWidget(self._note, 1)
        for each in (self._check, self._papers):
            across.addWidget(each)
        outer.addWidget(header)
        body = QWidget()
        sides = line(body, margin=16, gap=12)
        self._list_side(sides)
        self._pane_side(sides)
        outer.addWidget(body, 1)

    def _list_side(self, sides: QHBoxLayout) -> None:
        inside = self._listed
        above = column(self._top, margin=12, gap=6)
        filters = line(gap=8)
        filters.addWidget(self._shows, 2)
        filters.addWidget(self._rating, 1)
        above.addLayout(filters)
        above.addWidget(self._problem)
        above.addLayout(self._tasks)
        inside.addWidget(self._top)
        inside.addWidget(self.rows, 1)
        inside.addWidget(self._empty, 1)
        sides.addWidget(self._listing, 5)

    def _pane_side(self, sides: QHBoxLayout) -> None:
        inside = self._besides
        body = QWidget()
        within = column(body, margin=18, gap=14)
        within.addWidget(self.pane)
        within.addWidget(self.reply)
        within.addStretch(1)
        self._scroll = scrolled(body, "Review")
        inside.addWidget(self._scroll, 1)
        inside.addWidget(self._nothing, 1)
        sides.addWidget(self._beside, 5)

    def bind(self, presenter: ReviewsPresenter, editor: ReplyPresenter) -> None:
        """Every gesture goes to a presenter."""
        self._presenter = presenter
        self.rows.chosen.connect(presenter.choose)
        self.rows.opened.connect(lambda _key: self.pane.start())
        self._shows.activated.connect(lambda n: presenter.filter(FILTERS[n]))
        self._rating.activated.connect(lambda n: presenter.only(6 - n if n else 0))
        self._papers.clicked.connect(self.to_papers)
        self._check.clicked.connect(self.to_check)
        self.pane.picked.connect(presenter.do)
        self.reply.bind(editor)
        does: dict[str, Callable[[], None]] = {
            "send": editor.send,
            "send-also": editor.send_also,
            "safer": editor.take_offer,
            "close": presenter.back,
            "undo": lambda: presenter.do("take-back"),
        }
        for name, keys in keys_of(REVIEWS).items():
            for key in keys:
                self._shortcut(key, does[name])
        for number in range(1, 10):
            self._shortcut(str(number), partial(presenter.do_number, number))

    def _shortcut(self, key: str, call: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(call)

    def show_state(self, state: ReviewsState) -> None:
        """Look like the state."""
        before, self.state = self.state, state
        self._note.say(state.note)
        self._top.setVisible(not state.denied)
        self._shows.setCurrentIndex(FILTERS.index(state.shows))
        self._rating.setCurrentIndex(6 - state.rating if state.rating else 0)
        self._problem.show_problem(state.problem)
        self.rows.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, state.selected)
        self._empty.show_empty(state.empty)
        if before is None or before.tasks != state.tasks:
            self._show_tasks(state)
        self._show_pane()

    def show_reply(self, state: ReplyState | None) -> None:
        """Look like the editor's state; None closes it."""
        before, self.reply_state = self.reply_state, state
        self.reply.setVisible(state is not None)
        self.reply.show_state(state)
        writing = state is not None
        for each in (self.rows, self._shows, self._rating, self._check, self._papers):
            each.setEnabled(not writing)
        self._listing.setVisible(not writing)
        if (before is None) is not (state is None):
            self._show_pane()
            if writing:
                self.reply.start()
            elif self.isVisible():
                self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif state is not None and before is not None and state.gone is not before.gone:
            self._show_pane()
            self.reply.shut.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """By the page's width, which no scroll bar changes."""
        super().resizeEvent(event)
        self.reply.stand(beside=self.width() / self._theme.factor >= _BESIDE)

    def _show_pane(self) -> None:
        state = self.state
        pane = state.pane if state is not None else None
        writing = self.reply_state is not None
        self._scroll.setVisible(pane is not None)
        # What is gone is told once, by the editor that was open over it.
        gone = self.reply_state is not None and self.reply_state.gone
        self.pane.show_pane(None if gone else pane, choices=not writing)
        words = wording.NOTHING_SELECTED
        listed = state is not None and bool(state.rows)
        empty = Empty(words.title, words.advice, icon="message-square-text") if listed else None
        self._nothing.show_empty(empty if pane is None else None)
        self._beside.setVisible(pane is not None or writing or listed)
        self.reply.setVisible(writing)

    def _show_tasks(self, state: ReviewsState) -> None:
        empty_layout(self._tasks)
        for task in state.tasks:
            across = line(gap=8)
            across.addWidget(label(task.words, wrap=True), 1)
            done: QPushButton = button(wording.TASK_DONE)
            done.setAccessibleName(f"{wording.TASK_DONE}: {task.words}")
            if self._presenter is not None:
                done.clicked.connect(partial(self._presenter.deal_with, task.name))
            across.addWidget(done)
            self._tasks.addLayout(across)

    def start(self) -> None:
        """Where the keyboard begins."""
        if self.reply_state is not None:
            self.reply.start()
        elif self.rows.isVisibleTo(self):
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._shows.setFocus(Qt.FocusReason.OtherFocusReason)
