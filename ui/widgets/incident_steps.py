"""The worst day on the screen: one thing after the other, each ticked with who and when."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from carekraft_desktop.domain.worst_day import Step
from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters.incident_state import StepLine
from ui.theme import Theme
from ui.widgets.incident_card import whole_card
from ui.widgets.parts import Picture, button, column, empty_layout, label


class IncidentSteps(QWidget):
    """Shows the steps of one incident."""

    ticked = Signal(Step)

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_steps`."""
        super().__init__()
        self._theme = theme
        self._shown: tuple[StepLine, ...] = ()
        self.buttons: dict[Step, QPushButton] = {}
        frame, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.FIRST, "head"))
        inside.addWidget(label(words.FIRST_ADVICE, "quiet", wrap=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        inside.addLayout(self._grid)
        column(self).addWidget(frame)

    def show_steps(self, steps: tuple[StepLine, ...]) -> None:
        """Hold these."""
        if steps == self._shown:
            return
        had_focus = any(each.hasFocus() for each in self.buttons.values())
        self._shown = steps
        self.buttons.clear()
        empty_layout(self._grid)
        for row, step in enumerate(steps):
            self._line(row, step)
        if had_focus:
            self.start()

    def _line(self, row: int, step: StepLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        icon, colour = ("check", "text_3") if step.done else ("circle-dashed", "text_3")
        if step.now:
            icon, colour = "triangle-alert", "danger"
        self._grid.addWidget(Picture(self._theme, icon, colour), row, 0, top)
        self._grid.addWidget(self._words(row, step), row, 1)
        if step.done:
            self._grid.addWidget(label(step.done, "small", wrap=True), row, 2, top)
            return
        done = button(words.DONE, "primary" if step.now else "")
        done.setAccessibleName(f"{words.DONE}: {step.title}")
        done.clicked.connect(partial(self.ticked.emit, step.step))
        self.buttons[step.step] = done
        self._grid.addWidget(done, row, 2, top)

    def _words(self, row: int, step: StepLine) -> QFrame:
        part = QFrame()
        inside = column(part, gap=2)
        title: QLabel = label(
            f"{row + 1}. {step.title}", "head" if step.now else "value", wrap=True
        )
        inside.addWidget(title)
        if not step.done:
            inside.addWidget(label(step.advice, "quiet", wrap=True))
        return part

    def start(self) -> None:
        """The keyboard goes to what has to be done now."""
        turn = next((each.step for each in self._shown if each.now), None)
        if turn in self.buttons:
            self.buttons[turn].setFocus(Qt.FocusReason.OtherFocusReason)
