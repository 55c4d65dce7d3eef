"""One review beside the list: what it says, what the office did, and what can be done."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from carekraft_desktop.presenters.review_offers import Note, Offer, Pane, Quote
from ui.theme import Theme
from ui.widgets.parts import (
    Chip,
    Elided,
    NoteBox,
    button,
    column,
    empty_layout,
    label,
    line,
)
from ui.widgets.quoted import Texts


class ReviewPane(QWidget):
    """Shows a `Pane`; what is unchanged stays, so that a countdown moves no focus."""

    picked = Signal(str)
    """Name of an offer."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_pane`."""
        super().__init__()
        self._theme = theme
        self._name = Elided("name")
        self._stars = label("", "head")
        self._written = label("", "quiet", wrap=True)
        self._mark = Chip(theme)
        self._reported = label("Reported to the platform", "small")
        self._text = label("", "value", wrap=True)
        self._advice = label("", "quiet", wrap=True)
        self._notes, self._quotes, self._offers = column(gap=8), column(gap=8), column(gap=8)
        self._note_boxes: list[NoteBox] = []
        self._question = label("", "head", wrap=True)
        self._question_advice = label("", "quiet", wrap=True)
        self.buttons: list[QPushButton] = []
        self._quoted: tuple[Quote, ...] = ()
        self._offered: tuple[tuple[str, str], ...] = ()
        self._build()

    def _build(self) -> None:
        inside = column(self, gap=10)
        head = line(gap=10)
        head.addWidget(self._name, 1)
        head.addWidget(self._mark)
        inside.addLayout(head)
        below = line(gap=10)
        below.addWidget(self._stars)
        below.addWidget(self._written, 1)
        below.addWidget(self._reported)
        inside.addLayout(below)
        inside.addWidget(self._text)
        inside.addWidget(self._advice)
        inside.addLayout(self._notes)
        inside.addLayout(self._quotes)
        inside.addWidget(self._question)
        inside.addWidget(self._question_advice)
        inside.addLayout(self._offers)

    def show_pane(self, pane: Pane | None, *, choices: bool = True) -> None:
        """Look like the pane; without `choices` while a reply is written."""
        self.setVisible(pane is not None)
        if pane is None:
            self._fill_offers(())
            return
        self._name.say(pane.title)
        self._mark.show_mark(pane.mark)
        self._stars.setText(pane.stars)
        self._stars.setAccessibleName(pane.spoken_stars)
        self._stars.setVisible(bool(pane.stars))
        self._written.setText(pane.written)
        self._reported.setVisible(pane.reported)
        self._text.setText(pane.text)
        self._advice.setText(pane.advice)
        self._advice.setVisible(bool(pane.advice))
        self._show_notes(pane.notes)
        # While a reply is written its draft stands in the editor.
        quotes = tuple(quote for quote in pane.quotes if choices or quote.public)
        if quotes != self._quoted:
            self._quoted = quotes
            self._show_quotes(quotes)
        self._question.setText(pane.question)
        self._question.setVisible(choices and bool(pane.question))
        self._question_advice.setText(pane.question_advice)
        self._question_advice.setVisible(choices and bool(pane.question_advice))
        self._fill_offers(pane.offers if choices else ())

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        while len(self._note_boxes) < len(notes):
            box = NoteBox(self._theme)
            self._notes.addWidget(box)
            self._note_boxes.append(box)
        for number, box in enumerate(self._note_boxes):
            if number < len(notes):
                note = notes[number]
                box.say(note.title, note.advice, tone=note.tone, icon_name=note.icon)
            else:
                box.hide()

    def _show_quotes(self, quotes: tuple[Quote, ...]) -> None:
        empty_layout(self._quotes)
        for quote in quotes:
            made = Texts(quote.title)
            # First its place, then its words: shown without one it would be a window.
            self._quotes.addWidget(made)
            made.show_text(quote.title, quote.text)

    def _fill_offers(self, offers: tuple[Offer, ...]) -> None:
        key = tuple((offer.name, offer.words) for offer in offers)
        if key == self._offered:
            return
        self._offered = key
        here = any(each.hasFocus() for each in self.buttons)
        empty_layout(self._offers)
        self.buttons = []
        for number, offer in enumerate(offers, 1):
            made = button(f"{number}   {offer.words}", offer.kind, tip=f"{offer.words} ({number})")
            made.setProperty("wide", "yes")
            made.setAccessibleName(offer.words)
            made.setAccessibleDescription(offer.advice)
            made.clicked.connect(partial(self.picked.emit, offer.name))
            self.buttons.append(made)
            self._offers.addLayout(_with_advice(made, offer.advice))
        if here:
            # The keyboard stays where the choices are.
            self.start()

    def start(self) -> None:
        """The keyboard goes to the first offer."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _with_advice(made: QPushButton, advice: str) -> QVBoxLayout:
    inside = column(gap=2)
    inside.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
    if advice:
        inside.addWidget(label(advice, "small", wrap=True))
    return inside
