"""The reply editor: the text with its marks, why and what instead, and what the public will see."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Tone
from carekraft_desktop.presenters.reply import ReplyPresenter
from carekraft_desktop.presenters.reply_state import ReplyState
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.ask_box import AskBox
from ui.widgets.fields import Picker
from ui.widgets.parts import Chip, Elided, NoteBox, button, column, label, line
from ui.widgets.quoted import Texts
from ui.widgets.risk_text import RiskText

_PICTURE = {
    Tone.BAD: ("circle-alert", "danger"),
    Tone.WARN: ("triangle-alert", "text_2"),
    Tone.QUIET: ("info", "text_2"),
    Tone.GOOD: ("info", "text_2"),
}


_ROWS = 4
"""So many hints are seen at once."""
_BORDER = 4


class Hints(QListWidget):
    """What may not stand, each with why and what to write instead; Enter chooses the words."""

    taken = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_hints`."""
        super().__init__()
        self._theme = theme
        self.setAccessibleName("What to change")
        self.setWordWrap(True)
        self.setProperty("ownFocus", "yes")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.taken.emit(self.row(item)))
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item)))

    def show_hints(self, state: ReplyState) -> None:
        """These hints."""
        self.setVisible(bool(state.hints))
        words = [f"{hint.why}\n{wording.INSTEAD}{hint.instead}" for hint in state.hints]
        if words != [self.item(n).text() for n in range(self.count())]:
            self.clear()
            for each, hint in zip(words, state.hints, strict=True):
                picture = icon(self._theme, *_PICTURE[hint.tone])
                self.addItem(QListWidgetItem(picture, each))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, the same words take more lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Each row as high as its words; Qt's own measure leaves the style sheet's air out."""
        px, flags = self._theme.px, Qt.TextFlag.TextWordWrap
        self.setIconSize(QSize(px(16), px(16)))
        room = QRect(0, 0, max(px(60), self.viewport().width() - px(20 + 16 + 12)), 1 << 16)
        heights = []
        for item in map(self.item, range(self.count())):
            words = self.fontMetrics().boundingRect(room, flags, item.text())
            heights.append(words.height() + px(16) + _BORDER)
            item.setSizeHint(QSize(room.width(), heights[-1]))
        self.setFixedHeight(sum(heights[:_ROWS]) + px(8))


class ReplyBox(QWidget):
    """Shows a `ReplyState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self._theme = theme
        self._stamp = 0
        self._presenter: ReplyPresenter | None = None
        self._verdict = Chip(theme)
        self._counter = label("", "small")
        self._saved = Elided("small")
        self._saved.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.text = RiskText(theme)
        self.hints = Hints(theme)
        self._to_change = label(wording.TO_CHANGE, "label")
        self._notice = NoteBox(theme)
        self._problem = NoteBox(theme)
        self._templates = Picker(theme, wording.CHOICE_TEMPLATE)
        self._offer = Texts(wording.SAFER)
        self.use_offer = button(wording.USE_SAFER, tip="Take the safe wording (Alt+S)")
        self._public = Texts(wording.PREVIEW)
        self._why_not = label("", "quiet", wrap=True)
        self.main = button("", "primary", tip="Ctrl+Enter")
        self.also = button("", tip="Ctrl+Shift+Enter")
        self.release = button(wording.RELEASE_BUTTON)
        self.shut = button(wording.CLOSE, tip="Keep the draft and close (Esc)")
        self.discard = button(wording.OFFER["discard"], "danger")
        self.ask = AskBox(theme)
        self._build()

    def _build(self) -> None:
        outer = column(self, gap=10)
        outer.addWidget(self._notice)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(16)
        self._sides.addLayout(self._writing_side(), 1)
        self._sides.addLayout(self._advice_side(), 1)
        outer.addLayout(self._sides)

    def _writing_side(self) -> QVBoxLayout:
        side = column(gap=10)
        head = line(gap=10)
        head.addWidget(self._verdict)
        # The verdict is read whole; that the draft is kept may end in dots.
        head.addWidget(self._saved, 1)
        head.addWidget(self._counter)
        side.addLayout(head)
        side.addWidget(self.text)
        side.addWidget(self._why_not)
        side.addWidget(self._problem)
        side.addWidget(self.ask)
        foot = line(gap=8)
        for each in (self.main, self.also, self.shut):
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(self.discard)
        side.addLayout(foot)
        side.addWidget(self.release, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self._public)
        side.addStretch(1)
        return side

    def _advice_side(self) -> QVBoxLayout:
        side = column(gap=10)
        side.addWidget(self._templates)
        side.addWidget(self._to_change)
        side.addWidget(self.hints)
        side.addWidget(self._offer)
        side.addWidget(self.use_offer, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        self._templates.setMinimumContentsLength(20)
        return side

    def stand(self, *, beside: bool) -> None:
        """Text and advice beside each other where there is room, else one below the other."""
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def bind(self, presenter: ReplyPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.text.typed.connect(presenter.edited)
        self.text.shortened.connect(
            lambda: self._problem.say(wording.PASTED_SHORT, tone="quiet", icon_name="info")
        )
        self.hints.taken.connect(self.text.select)
        self._templates.activated.connect(lambda n: presenter.take_template(n - 1))
        self.use_offer.clicked.connect(presenter.take_offer)
        self.main.clicked.connect(presenter.send)
        self.also.clicked.connect(presenter.send_also)
        self.release.clicked.connect(presenter.ask_release)
        self.discard.clicked.connect(presenter.discard)
        self.shut.clicked.connect(lambda: presenter.close())
        self.ask.answered.connect(presenter.answer)
        self.ask.closed.connect(lambda: presenter.close())
        self._notice.button.clicked.connect(self._noticed)

    def _noticed(self) -> None:
        presenter = self._presenter
        if presenter is None or presenter.state is None:
            return
        if presenter.state.closing:
            presenter.close(sure=True)
        elif presenter.state.changed:
            presenter.reread()

    def show_state(self, state: ReplyState | None) -> None:
        """Look like the state; None forgets everything that was typed."""
        if state is None:
            self._stamp = 0
            self.text.forget()
            self.ask.show_ask(None)
            for texts in (self._public, self._offer):
                texts.show_text("", "")
            self.hints.clear()
            return
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            self.text.put(state.text)
        self.text.setReadOnly(state.gone or state.ask is not None)
        for part in (self.text, self._saved, self._counter, self._templates):
            part.setVisible(not state.gone)
        self.text.show_hints(state.hints, state.marks)
        self.text.setAccessibleDescription(state.verdict.word if state.verdict is not None else "")
        self.hints.show_hints(state)
        self._to_change.setVisible(bool(state.hints))
        self._verdict.show_mark(None if state.gone else state.verdict)
        self._counter.setText(state.counter)
        self._counter.setObjectName("error" if state.over else "small")
        self._counter.style().polish(self._counter)
        self._saved.say(state.saved)
        self._show_notice(state)
        self._problem.show_problem(state.problem)
        self._offer.show_text(wording.SAFER, state.offer)
        self.use_offer.setVisible(bool(state.offer))
        self._show_templates(state)
        self._public.show_text(
            f"{wording.PREVIEW}: {wording.response_from(state.office)}",
            "" if state.gone else state.public,
        )
        self._why_not.setText(state.why_not)
        self._why_not.setVisible(bool(state.why_not))
        self._show_buttons(state)
        self.ask.show_ask(state.ask)

    def _show_buttons(self, state: ReplyState) -> None:
        asking = state.ask is not None
        self.main.setText(state.main or wording.CANNOT)
        self.main.setEnabled(bool(state.main) and not asking)
        self.main.setVisible(not asking and not state.gone)
        self.also.setText(state.also)
        self.also.setVisible(bool(state.also) and not asking and not state.gone)
        self.release.setVisible(state.can_release and not asking)
        self.discard.setVisible(not asking and not state.gone)
        self.shut.setVisible(not asking)

    def _show_templates(self, state: ReplyState) -> None:
        wanted = [wording.CHOOSE_TEMPLATE, *state.templates]
        picker = self._templates
        if [picker.itemText(n) for n in range(picker.count())] != wanted:
            picker.clear()
            picker.addItems(wanted)
        shown = state.templates.index(state.text) + 1 if state.text in state.templates else 0
        picker.setCurrentIndex(shown)
        picker.setEnabled(bool(state.templates) and not state.gone)

    def _show_notice(self, state: ReplyState) -> None:
        notice = self._notice
        if state.gone:
            notice.say(wording.GONE.title, wording.GONE.advice, tone="bad", icon_name="circle-x")
        elif state.closing:
            words = wording.CLOSING
            notice.say(
                words.title,
                words.advice,
                tone="warn",
                icon_name="triangle-alert",
                action=wording.FORGET,
            )
        elif state.changed:
            words = wording.CHANGED_WHILE
            notice.say(
                words.title,
                words.advice,
                tone="warn",
                icon_name="triangle-alert",
                action=wording.OFFER["read"],
            )
        elif state.broken:
            words = wording.BROKEN
            notice.say(words.title, words.advice, tone="bad", icon_name="shield-off")
        elif state.returned:
            notice.say(state.returned, tone="quiet", icon_name="undo-2")
        else:
            notice.hide()

    def start(self) -> None:
        """The keyboard goes into the text, behind what stands there."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.text.setTextCursor(cursor)
