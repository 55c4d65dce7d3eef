"""Settings: look, size of text, when to lock, work offline, and what this program is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from carekraft_desktop.presenters import wording, wording_desk
from carekraft_desktop.presenters.settings import (
    IDLE_LEAST,
    IDLE_MOST,
    SCALE_LEAST,
    SCALE_MOST,
    SCALE_STEP,
    Look,
    SettingsPresenter,
    SettingsState,
)
from carekraft_desktop.presenters.shell import Page
from ui.theme import Theme
from ui.widgets.fields import Choice, Field, Picker, Tick
from ui.widgets.parts import NoteBox, button, card, column, label, limited, line, scrolled
from ui.widgets.template_card import TemplateCard

_LOOKS = {
    Look.SYSTEM: "As the system",
    Look.LIGHT: "Light",
    Look.DARK: "Dark",
    Look.HIGH_CONTRAST: "High contrast",
}


_WAYS = (
    ("Your sign-in", Page.OWN),
    ("People who may sign in", Page.PEOPLE),
    ("Access and keys", Page.ACCESS),
    ("Journal of who did and saw what", Page.JOURNAL),
    ("Weekly review", Page.WEEK),
    ("What patients ask for", Page.ASKED),
    ("What is kept, and how long", Page.KEPT),
    ("Something went wrong", Page.INCIDENTS),
    ("Terms, agreements and support", Page.TERMS),
    ("How this installation stands", Page.POSTURE),
    ("Partners outside the exchange", Page.PARTNERS),
    ("Backups and restore", Page.BACKUPS),
    ("Hand data out", Page.EXPORT),
    ("Take this computer out of service", Page.RETIRE),
)
"""The pages that belong to Settings, as they are offered."""


class SettingsPage(QWidget):
    """Shows a `SettingsState`."""

    to_page = Signal(Page)
    """A page that belongs to Settings."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self._problem = NoteBox(theme)
        self._looks = QButtonGroup(self)
        self._look_of: dict[Look, Choice] = {}
        self._scale = self._slider("Size of text in percent", SCALE_LEAST, SCALE_MOST, SCALE_STEP)
        self._scale_words = label("", "label")
        self._idle = self._slider("Minutes until the lock", IDLE_LEAST, IDLE_MOST, 1)
        self._idle_words = label("", "label")
        self._offline = Tick(theme, "Work offline")
        self._alerts = Tick(theme, "Tell me when bookings come, move or are cancelled")
        self._sound = Tick(theme, "With a sound")
        self._quiet = Tick(theme, "Quiet hours from")
        self._from, self._to = self._hour("Quiet from"), self._hour("Quiet until")
        self.template = TemplateCard(theme)
        self._packet = Field(theme, "Also write it to this folder", hint=wording_desk.PACKET_HINT)
        self._about = QGridLayout()
        self._values: list[tuple[QWidget, QLabel]] = []
        self._build()

    def _hour(self, name: str) -> Picker:
        found = Picker(self._theme, name)
        found.addItems([f"{hour:02}:00" for hour in range(24)])
        found.setMinimumWidth(self._theme.px(104))
        return found

    def _slider(self, name: str, least: int, most: int, step: int) -> QSlider:
        found = QSlider(Qt.Orientation.Horizontal)
        found.setRange(least // step, most // step)
        found.setPageStep(1)
        found.setAccessibleName(name)
        found.setMinimumHeight(24)
        return found

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header)
        across.setContentsMargins(16, 15, 16, 15)
        across.addWidget(label("Settings", "title"))
        across.addStretch(1)
        outer.addWidget(header)
        body = QWidget()
        inside = column(body, margin=16, gap=16)
        inside.addWidget(self._problem)
        for frame in (
            self._look_card(),
            self._lock_card(),
            self._alert_card(),
            self.template,
            self._paper_card(),
            self._office_card(),
            self._about_card(),
        ):
            inside.addLayout(limited(frame, self._theme.px(1100)))
        inside.addStretch(1)
        outer.addWidget(scrolled(body, "Settings"), 1)

    def _titled(self, title: str) -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card(18)
        inside.setSpacing(10)
        inside.addWidget(label(title, "head"))
        return frame, inside

    def _office_card(self) -> QFrame:
        """The ways to what a privacy officer looks after."""
        frame, inside = self._titled("People and journal")
        places = QGridLayout()
        places.setSpacing(8)
        places.setColumnStretch(2, 1)
        for number, (words, page) in enumerate(_WAYS):
            place = button(words)
            place.clicked.connect(lambda _=False, page=page: self.to_page.emit(page))
            places.addWidget(place, number // 2, number % 2)
        inside.addLayout(places)
        return frame

    def _look_card(self) -> QFrame:
        frame, inside = self._titled("How it looks")
        choices = line(gap=22)
        for look, words in _LOOKS.items():
            found = Choice(self._theme, words)
            self._looks.addButton(found)
            self._look_of[look] = found
            choices.addWidget(found)
        choices.addStretch(1)
        inside.addLayout(choices)
        inside.addSpacing(6)
        inside.addLayout(self._sized("Size of text", self._scale, self._scale_words))
        return frame

    def _sized(self, words: str, slider: QSlider, value: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        name = label(words)
        name.setMinimumWidth(120)
        slider.setMaximumWidth(320)
        grid.addWidget(name, 0, 0)
        grid.addWidget(slider, 0, 1)
        grid.addWidget(value, 0, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        return grid

    def _lock_card(self) -> QFrame:
        frame, inside = self._titled("Lock and connection")
        inside.addLayout(self._sized("Lock after", self._idle, self._idle_words))
        inside.addWidget(
            label(
                "Nobody can choose more than fifteen minutes. Ctrl+L locks at once.",
                "quiet",
                wrap=True,
            )
        )
        inside.addSpacing(6)
        inside.addWidget(self._offline)
        inside.addWidget(
            label(
                "Nothing is sent or fetched until you switch it off or start the program again."
                " What you do is kept.",
                "quiet",
                wrap=True,
            )
        )
        return frame

    def _alert_card(self) -> QFrame:
        frame, inside = self._titled("Alerts")
        inside.addWidget(self._alerts)
        inside.addWidget(label(wording_desk.ALERTS_ADVICE, "quiet", wrap=True))
        inside.addWidget(self._sound)
        hours = line(gap=8)
        for each in (self._quiet, self._from, label("to"), self._to):
            hours.addWidget(each)
        hours.addStretch(1)
        inside.addLayout(hours)
        inside.addWidget(label(wording_desk.QUIET_ADVICE, "quiet", wrap=True))
        return frame

    def _paper_card(self) -> QFrame:
        frame, inside = self._titled("When no computer works")
        inside.addWidget(label(wording_desk.PACKET_ADVICE, "quiet", wrap=True))
        inside.addWidget(self._packet)
        return frame

    def _about_card(self) -> QFrame:
        frame, inside = self._titled("About")
        self._about.setHorizontalSpacing(18)
        self._about.setVerticalSpacing(5)
        self._about.setColumnStretch(1, 1)
        for row, words in enumerate(("Version", "Office", "Exchange", "Signed in", "Roles")):
            value = label("", "value", wrap=True)
            name = label(words, "quiet")
            self._about.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._about.addWidget(value, row, 1)
            self._values.append((name, value))
        inside.addLayout(self._about)
        inside.addSpacing(4)
        inside.addWidget(
            label(
                "Icons: Lucide (ISC). Typeface: Inter (SIL Open Font License). Windows: Qt for"
                " Python (LGPL).",
                "small",
                wrap=True,
            )
        )
        return frame

    def bind(self, presenter: SettingsPresenter) -> None:
        """Every gesture goes to the presenter."""
        for look, found in self._look_of.items():
            found.clicked.connect(lambda _=False, look=look: presenter.look(look))
        self._scale.valueChanged.connect(lambda value: presenter.scale(value * SCALE_STEP))
        self._idle.valueChanged.connect(presenter.idle)
        self._offline.clicked.connect(lambda on: presenter.work_offline(on=on))
        self._alerts.clicked.connect(lambda on: presenter.alerts(on=on))
        self._sound.clicked.connect(lambda on: presenter.sound(on=on))
        self._quiet.clicked.connect(lambda on: presenter.quiet(on=on))
        self._packet.input.editingFinished.connect(
            lambda: presenter.packet_folder(self._packet.text)
        )
        for picker in (self._from, self._to):
            picker.activated.connect(
                lambda _at: presenter.quiet_hours(
                    self._from.currentIndex(), self._to.currentIndex()
                )
            )

    def show_state(self, state: SettingsState) -> None:
        """Look like the state."""
        chosen = state.preferences
        self._problem.show_problem(state.problem)
        self._look_of[chosen.look].setChecked(True)
        for slider, place in (
            (self._scale, chosen.scale // SCALE_STEP),
            (self._idle, chosen.idle_minutes),
        ):
            blocked = slider.blockSignals(True)  # noqa: FBT003 - Qt takes no name
            slider.setValue(place)
            slider.blockSignals(blocked)
        self._scale_words.setText(f"{chosen.scale} %")
        self._idle_words.setText(wording.count(chosen.idle_minutes, "minute", "minutes"))
        self._offline.setChecked(chosen.work_offline)
        self._packet.put(chosen.packet_folder)
        self._alerts.setChecked(chosen.alerts)
        self._sound.setChecked(chosen.sound)
        self._sound.setEnabled(chosen.alerts)
        self._quiet.setChecked(chosen.quiet)
        self._quiet.setEnabled(chosen.alerts)
        for picker, minutes in ((self._from, chosen.quiet_from), (self._to, chosen.quiet_to)):
            picker.setCurrentIndex(minutes // 60)
            picker.setEnabled(chosen.alerts and chosen.quiet)
        about = state.about
        texts = (about.version, about.office, about.exchange, about.person, about.roles)
        for (name, value), text in zip(self._values, texts, strict=True):
            value.setText(text)
            name.setVisible(bool(text))
            value.setVisible(bool(text))

    def start(self) -> None:
        """Where the keyboard begins."""
        chosen = self._looks.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
