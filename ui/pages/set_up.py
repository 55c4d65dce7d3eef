"""The first start, in three steps: the office, the first person, the paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording, wording_bring_back, wording_set_up
from carekraft_desktop.presenters.set_up import SetUpPresenter, SetUpState, Step, Typed
from ui.theme import Theme
from ui.widgets.brand import CentredCard
from ui.widgets.fields import Field, Tick
from ui.widgets.parts import NoteBox, button, column, empty_layout, label, line, sized_icon

_STEPS = ("1  Office", "2  First person", "3  Recovery key")
_HEADS = (
    ("Connect this computer", "The address and the code are on the office's CareKraft page."),
    ("The first person", "You can add colleagues later. Everybody has a name of their own."),
    (
        "Write down or print the recovery key",
        "It opens the store when every password is lost. It is shown once and kept nowhere:"
        " put the paper where only the practice's owner can reach it.",
    ),
)
_CODE_HEAD = (
    "Write down or print the new workstation code",
    "This computer has no keyring, so the code is typed at each start. It is shown once.",
)


class SetUpPage(CentredCard):
    """Shows a `SetUpState`."""

    brought_back = Signal()
    """There was an office before: a backup brings it here."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, "Set up", 560)
        self._theme = theme
        self._presenter: SetUpPresenter | None = None
        self._filling = False
        self._state = SetUpState()
        self._exchange = Field(theme, "Address of the exchange")
        self._code = Field(theme, "Enrolment code", hint="It works once")
        self._workstation = Field(theme, "Name of this computer", hint="Such as Front desk 1")
        self._display = Field(theme, "Your name", hint="As colleagues read it")
        self._name = Field(theme, "Sign-in name", hint="Such as r.alvarez")
        self._password = Field(theme, "Password", secret=True)
        self._again = Field(theme, "Password, again", secret=True)
        self._roles = {role: Tick(theme, wording.ROLE[role].title) for role in Role}
        self._confirms = {
            subject: Tick(theme, said) for subject, said in wording_set_up.CONFIRM.items()
        }
        self._later = label("", "small", wrap=True)
        self._one = Field(theme, "Group 3")
        self._two = Field(theme, "Group 7")
        self._note = NoteBox(theme)
        self._title = label("", "title", wrap=True)
        self._advice = label("", "quiet", wrap=True)
        self._step_labels = [label(words, "stepoff") for words in _STEPS]
        self._hint = label("", "quiet", wrap=True)
        self._back = button("Back")
        self._go = button("Continue", "primary")
        self._print = button("Print")
        self.bring_back = button(wording_bring_back.LINK, "link")
        self.bring_back.clicked.connect(self.brought_back)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._groups = QGridLayout()
        self._stack = QStackedWidget()
        self._build()

    def _build(self) -> None:
        for page in (self._office(), self._person(), self._paper()):
            self._stack.addWidget(page)
        self.lay_out(
            self._step_labels,
            (self._title, self._advice, self._note, self._stack, self._busy),
            (self._hint, self._back, self._go),
        )

    def _office(self) -> QWidget:
        found = _column(self._exchange, self._code, self._workstation)
        inside = found.layout()
        assert isinstance(inside, QVBoxLayout)  # noqa: S101 - for the type checker
        inside.addSpacing(6)
        inside.addWidget(label(wording_bring_back.LINK_ADVICE, "quiet", wrap=True))
        across = line()
        across.addWidget(self.bring_back)
        across.addStretch(1)
        inside.addLayout(across)
        return found

    def _person(self) -> QWidget:
        found = QWidget()
        inside = column(found, gap=12)
        inside.addLayout(_beside(self._display, self._name))
        inside.addWidget(label("Roles", "label"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (role, box) in enumerate(self._roles.items()):
            words = wording.ROLE[role]
            box.setAccessibleDescription(words.advice)
            grid.addWidget(box, row, 0)
            grid.addWidget(label(words.advice, "small", wrap=True), row, 1)
        inside.addLayout(grid)
        inside.addLayout(_beside(self._password, self._again))
        inside.addWidget(label(wording_set_up.TITLE, "label"))
        for box in self._confirms.values():
            inside.addWidget(box)
        inside.addWidget(self._later)
        return found

    def _paper(self) -> QWidget:
        found = QWidget()
        inside = column(found, gap=14)
        self._groups.setSpacing(8)
        inside.addLayout(self._groups)
        self._extra = label("", "label", wrap=True)
        inside.addWidget(self._extra)
        sized_icon(self._theme, self._print, "printer", "text")
        across = line()
        across.addWidget(self._print)
        across.addStretch(1)
        inside.addLayout(across)
        inside.addWidget(
            label("Type two groups back from the paper, as proof that it is readable.", wrap=True)
        )
        inside.addLayout(_beside(self._one, self._two))
        return found

    def _typing(self) -> tuple[Field, ...]:
        return (
            self._exchange,
            self._code,
            self._workstation,
            self._display,
            self._name,
            self._password,
            self._again,
        )

    def bind(self, presenter: SetUpPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        for field in self._typing():
            field.edited.connect(self._edited)
            field.entered.connect(presenter.go_on)
        for box in (*self._roles.values(), *self._confirms.values()):
            box.clicked.connect(self._edited)
        for field in (self._one, self._two):
            field.edited.connect(lambda: presenter.prove(self._one.text, self._two.text))
            field.entered.connect(presenter.go_on)
        self._back.clicked.connect(presenter.back)
        self._go.clicked.connect(presenter.go_on)
        self._print.clicked.connect(self._print_sheet)

    def _edited(self) -> None:
        if self._presenter is None or self._filling:
            return
        self._presenter.edit(
            Typed(
                exchange=self._exchange.text,
                code=self._code.text,
                workstation=self._workstation.text,
                display=self._display.text,
                name=self._name.text,
                roles=frozenset(role for role, box in self._roles.items() if box.isChecked()),
                password=self._password.text,
                again=self._again.text,
                confirms=frozenset(
                    subject for subject, box in self._confirms.items() if box.isChecked()
                ),
            )
        )

    def show_typed(self, typed: Typed) -> None:
        """Fill in what is known from the start, or was typed before."""
        self._filling = True
        for field, text in (
            (self._exchange, typed.exchange),
            (self._code, typed.code),
            (self._workstation, typed.workstation),
            (self._display, typed.display),
            (self._name, typed.name),
            (self._password, typed.password),
            (self._again, typed.again),
        ):
            field.put(text)
        for role, box in self._roles.items():
            box.setChecked(role in typed.roles)
        for subject, box in self._confirms.items():
            box.setChecked(subject in typed.confirms)
        self._filling = False

    def show_state(self, state: SetUpState) -> None:
        """Look like the state."""
        before, self._state = self._state, state
        if self._presenter is not None:
            self.show_typed(self._presenter.typed)
        title, advice = _CODE_HEAD if state.only_code else _HEADS[state.step]
        self._title.setText(title)
        self._advice.setText(advice)
        for number, each in enumerate(self._step_labels):
            _rename(each, "stepon" if number == state.step else "stepoff")
        self._turn_to(int(state.step))
        self._show_problem(state)
        self._password.say(
            state.problem.title if state.problem and state.beside == "password" else "",
            state.password_hint or "Good",
        )
        self._later.setText(state.later)
        self._later.setVisible(bool(state.later))
        busy = bool(state.busy)
        self._stack.setEnabled(not busy)
        self._busy.setVisible(busy)
        self._hint.setText(state.busy or state.hint if state.step is not Step.PAPER else "")
        self._back.setVisible(state.step is Step.PERSON)
        self._back.setEnabled(not busy)
        self._go.setEnabled(state.can_go_on)
        self._go.setText(("Continue", "Connect", "Finish")[state.step])
        if state.step is Step.PAPER and state.key_groups:
            self._show_paper(state)
        elif before.step is Step.PAPER:
            self._forget_paper()
        if before.step is not state.step:
            self.start()

    def _turn_to(self, step: int) -> None:
        """The card is as high as the step that shows, not as the highest one."""
        self._stack.setCurrentIndex(step)
        for number in range(self._stack.count()):
            shown = QSizePolicy.Policy.Preferred if number == step else QSizePolicy.Policy.Ignored
            page = self._stack.widget(number)
            if page is not None:
                page.setSizePolicy(QSizePolicy.Policy.Preferred, shown)
        self._stack.adjustSize()

    def _show_problem(self, state: SetUpState) -> None:
        places = {"exchange": self._exchange, "code": self._code, "name": self._name}
        problem = state.problem
        for name, field in places.items():
            here = problem is not None and state.beside == name
            field.say(f"{problem.title}. {problem.advice}" if here and problem else "")
        above = problem is not None and state.beside not in {*places, "password"}
        self._note.show_problem(problem if above else None)

    def _show_paper(self, state: SetUpState) -> None:
        if self._groups.count() == 0:
            for number, group in enumerate(state.key_groups):
                found = label(group, "code")
                found.setAlignment(Qt.AlignmentFlag.AlignCenter)
                found.setAccessibleName(f"Group {number + 1}: {' '.join(group)}")
                self._groups.addWidget(found, number // 3, number % 3)
        for field, place in ((self._one, state.asked[0]), (self._two, state.asked[1])):
            field.findChildren(QLabel)[0].setText(f"Group {place + 1}")
            field.input.setAccessibleName(f"Group {place + 1}")
        code = state.workstation_code
        self._extra.setText(f"Workstation code, typed at each start: {code}" if code else "")
        self._extra.setVisible(bool(code))
        printers = bool(real_printers())
        self._print.setEnabled(printers)
        self._print.setToolTip("" if printers else "No printer is set up on this computer")

    def _forget_paper(self) -> None:
        empty_layout(self._groups)
        self._extra.setText("")
        for field in (self._one, self._two):
            field.wipe()

    def _print_sheet(self) -> None:
        """To a real printer only: the key is never written to a file."""
        printers = real_printers()
        if not printers:
            return
        printer = QPrinter(QPrinterInfo.printerInfo(printers[0]))
        printer.setDocName("CareKraft")
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        if dialog.exec() == QDialog.DialogCode.Accepted and not printer.outputFileName():
            paint_sheet(printer, self._state)

    def start(self) -> None:
        """Where the keyboard begins."""
        first = (self._exchange, self._display, self._one)[self._state.step]
        first.focus()


def paint_sheet(printer: QPrinter, state: SetUpState) -> None:
    """The recovery key on one page, large enough to be typed back."""
    painter = QPainter(printer)
    unit = printer.logicalDpiY() / 72.0
    font = QFont(painter.font())

    def write(words: str, points: int, down: float, x: float = 0) -> None:
        font.setPixelSize(round(points * unit))
        painter.setFont(font)
        painter.drawText(round(x * unit), round(down * unit), words)

    if state.only_code:
        write("CareKraft workstation code", 20, 40)
        write("Typed at each start of the program on this computer.", 11, 64)
    else:
        write("CareKraft recovery key", 20, 40)
        write("Opens this office's store when every password is lost.", 11, 64)
    for number, group in enumerate(state.key_groups):
        write(f"{number + 1}   {group}", 18, 110 + (number // 3) * 36, (number % 3) * 150)
    if state.workstation_code:
        write("Workstation code, typed at each start:", 11, 240)
        write(state.workstation_code, 14, 262)
    painter.end()


def real_printers() -> list[str]:
    """Real printers; those that write files are left out."""
    names: list[str] = QPrinterInfo.availablePrinterNames()
    files = ("pdf", "xps", "onenote", "fax")
    return [name for name in names if not any(word in name.lower() for word in files)]


def _rename(found: QLabel, kind: str) -> None:
    if found.objectName() != kind:
        found.setObjectName(kind)
        found.style().unpolish(found)
        found.style().polish(found)


def _column(*widgets: QWidget) -> QWidget:
    found = QWidget()
    inside = column(found, gap=12)
    for each in widgets:
        inside.addWidget(each)
    inside.addStretch(1)
    return found


def _beside(one: QWidget, two: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(one, 0, 0, top)
    grid.addWidget(two, 0, 1, top)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
