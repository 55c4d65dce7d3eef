"""Taking this computer out of service: what stands in the way, what goes, and what stays."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QVBoxLayout, QWidget

from carekraft_desktop.presenters import wording_retiring as words
from carekraft_desktop.presenters.retiring import Point, RetiringPresenter, RetiringState
from ui.theme import Theme
from ui.widgets.fields import Tick
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    empty_layout,
    label,
    limited,
    line,
    scrolled,
)
from ui.widgets.rows import Rows


class RetiringPage(PartPage):
    """Shows a `RetiringState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._presenter: RetiringPresenter | None = None
        self._problem, self._note = NoteBox(theme), NoteBox(theme)
        self._free, self._only_here = NoteBox(theme), NoteBox(theme)
        self._points_shown: tuple[Point, ...] = ()
        self._points = column(gap=12)
        self._notes = label("", "quiet", wrap=True)
        self.again = button(words.LOOK_AGAIN)
        self.here = Tick(theme, "")
        self.untold = Tick(theme, words.UNTOLD)
        self._untold_advice = label(words.UNTOLD_ADVICE, "quiet", wrap=True)
        self.rows = Rows(theme, words.STAYS_HEADS, name=words.WHAT_STAYS, weights=(26, 54, 20))
        self._none = label(words.NONE_STAYS, "quiet")
        self.certificate = button(words.CERTIFICATE, "primary")
        self.go, self.no = button(words.GO, "danger"), button(words.NOT_NOW)
        self.break_off = button(words.BREAK_OFF)
        self._asked = label("", "quiet", wrap=True)
        self._empty = EmptyView(theme)
        self._asking: QFrame
        self._way: QFrame
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        for part in (self._problem, self.untold, self._untold_advice, self._note):
            inside.addWidget(part)
        self._asking = self._ask_card()
        self._way = self._way_card()
        cards = (self._asking, self._way, self._goes_card(), self._stays_card(), self._foot())
        for frame in cards:
            inside.addLayout(limited(frame, self._theme.px(1100)))
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def _framed(self, title: str) -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card(16)
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.setSpacing(10)
        if title:
            inside.addWidget(label(title, "head", wrap=True))
        return frame, inside

    def _ask_card(self) -> QFrame:
        frame, inside = self._framed(words.ASK.title)
        inside.addWidget(self._asked)
        inside.addLayout(_row(self.go, self.no))
        return frame

    def _way_card(self) -> QFrame:
        """What has to be seen to first."""
        frame, inside = self._framed(words.IN_THE_WAY)
        inside.addLayout(self._points)
        inside.addLayout(_row(self.again))
        return frame

    def _goes_card(self) -> QFrame:
        frame, inside = self._framed(words.WHAT_GOES)
        for each in (*words.GOES, words.GOES_ON):
            inside.addWidget(label(each, wrap=True))
        inside.addWidget(self.here)
        inside.addWidget(label(words.WORTH_KNOWING, "label"))
        inside.addWidget(self._notes)
        return frame

    def _stays_card(self) -> QFrame:
        frame, inside = self._framed(words.WHAT_STAYS)
        inside.addWidget(self._only_here)
        self.rows.setMinimumHeight(self._theme.px(150))
        inside.addWidget(self.rows)
        inside.addWidget(self._none)
        inside.addWidget(label(words.NOBODY_REMOVES, "quiet", wrap=True))
        return frame

    def _foot(self) -> QFrame:
        frame, inside = self._framed("")
        inside.addWidget(self._free)
        inside.addLayout(_row(self.certificate, self.break_off))
        return frame

    def bind(self, presenter: RetiringPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.again.clicked.connect(presenter.refresh)
        self.here.clicked.connect(lambda on: presenter.with_backups(on=on))
        self.untold.clicked.connect(lambda on: presenter.without_telling(on=on))
        self.certificate.clicked.connect(lambda: self._choose(presenter))
        self.go.clicked.connect(presenter.destroy)
        self.no.clicked.connect(presenter.not_now)
        self.break_off.clicked.connect(presenter.break_off)

    def _choose(self, presenter: RetiringPresenter) -> None:
        # Our own dialog: it is hidden with the window when the program locks.
        place, _ = QFileDialog.getSaveFileName(
            self,
            words.CERTIFICATE,
            words.SUGGESTED,
            words.KIND_OF_FILE,
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        presenter.ask(place)

    def show_state(self, state: RetiringState) -> None:
        """Look like the state."""
        asked_before = self._asking.isVisibleTo(self)
        self._scroll.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        self._problem.show_problem(state.problem)
        _say(self._note, state.busy, "quiet", "hourglass")
        self._asking.setVisible(bool(state.asking))
        self._asked.setText(words.ASK.advice.format(place=state.asking))
        self._way.setVisible(bool(state.points))
        self._show_points(state.points)
        free = f"{words.FREE.title}. {words.FREE.advice}" if state.can_go else ""
        _say(self._free, free, "quiet", "circle-check")
        self.here.setText(words.BACKUPS_HERE.format(number=state.here))
        self.here.setVisible(state.can_choose)
        self.here.setChecked(state.backups_here)
        only = words.ONLY_HERE if state.ready and state.here and not state.can_choose else ""
        _say(self._only_here, only, "warn", "triangle-alert")
        self._notes.setText(" ".join(state.notes))
        self.rows.setVisible(bool(state.stays))
        self.rows.show_rows(state.stays, "")
        self._none.setVisible(not state.stays)
        for each in (self.untold, self._untold_advice):
            each.setVisible(state.offer_untold)
        self.untold.setChecked(state.untold)
        self.certificate.setEnabled(state.can_go and not state.asking)
        self.break_off.setVisible(bool(state.busy) and state.ready)
        if state.asking and not asked_before:
            self._scroll.ensureWidgetVisible(self._asking)
            self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_points(self, points: tuple[Point, ...]) -> None:
        if points == self._points_shown:
            return
        self._points_shown = points
        empty_layout(self._points)
        for point in points:
            self._add(point)

    def _add(self, point: Point) -> None:
        found = NoteBox(self._theme)
        self._points.addWidget(found)  # before it shows itself, lest it be a window of its own
        found.button.setAccessibleDescription(point.title)
        found.button.clicked.connect(lambda: self._go(point))
        found.say(
            point.title,
            point.advice,
            tone="warn",
            icon_name="triangle-alert",
            action=words.GO_THERE,
        )

    def _go(self, point: Point) -> None:
        if self._presenter is not None:
            self._presenter.go(point.page)

    def start(self) -> None:
        """Where the keyboard begins."""
        first = self.certificate if self.certificate.isEnabled() else self.again
        self.start_at(first)


def _row(*widgets: QWidget) -> QVBoxLayout:
    found = column()
    across = line(gap=8)
    for each in widgets:
        across.addWidget(each)
    across.addStretch(1)
    found.addLayout(across)
    return found


def _say(note: NoteBox, said: str, tone: str, icon: str) -> None:
    if said:
        note.say(said, tone=tone, icon_name=icon)
    note.setVisible(bool(said))
