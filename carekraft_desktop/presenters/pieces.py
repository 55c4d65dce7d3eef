"""Small values that several screens are made of."""

from enum import StrEnum

from carekraft_desktop.domain.codes import Status
from carekraft_desktop.errors import CareKraftError, Remedy
from carekraft_desktop.presenters import wording_errors
from carekraft_desktop.value import Value


class Tone(StrEnum):
    """What a mark means; the theme gives it a colour, and an icon and a word always go along."""

    REQUESTED = "requested"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"
    LATE = "late"
    GOOD = "good"
    QUIET = "quiet"
    WARN = "warn"
    BAD = "bad"


ICON: dict[Tone, str] = {
    Tone.REQUESTED: "circle-dashed",
    Tone.OFFERED: "calendar-clock",
    Tone.CONFIRMED: "circle-check",
    Tone.ARRIVED: "log-in",
    Tone.COMPLETED: "check-check",
    Tone.NO_SHOW: "user-x",
    Tone.CANCELLED: "ban",
    Tone.LATE: "clock",
    Tone.GOOD: "cloud-check",
    Tone.QUIET: "refresh-cw",
    Tone.WARN: "triangle-alert",
    Tone.BAD: "circle-alert",
}
"""The picture that goes with a tone."""

TONE_OF: dict[Status, Tone] = {status: Tone(status.value) for status in Status}


class Mark(Value, frozen=True):
    """A status as a word with its tone."""

    word: str
    tone: Tone
    icon: str = ""
    """Another icon than the tone's own, empty for that."""

    @property
    def picture(self) -> str:
        """The icon to draw."""
        return self.icon or ICON[self.tone]


class Problem(Value, frozen=True):
    """A failure in words, drawn beside what failed."""

    title: str
    advice: str
    code: str
    retry: bool = False
    """Whether trying again may help."""

    @classmethod
    def of(cls, error: CareKraftError) -> "Problem":
        """In the words of `wording.py`."""
        words = wording_errors.of_error(error)
        return cls(words.title, words.advice, error.code, retry=error.remedy is Remedy.RETRY)


class Empty(Value, frozen=True):
    """Why there is nothing, and the one thing to do about it."""

    title: str
    advice: str
    icon: str = "info"
    action: str = ""
    """Label of the one action, empty when there is none."""


class Cell(Value, frozen=True):
    """One field of a list."""

    text: str
    tip: str = ""
    """The exact value, for hovering."""
    mark: Mark | None = None
    """A status instead of plain text."""
    strong: bool = False
    quiet: bool = False
    action: str = ""
    """A button's words: pressing it acts on the row."""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return self.action or (self.mark.word if self.mark is not None else self.text)


class Row(Value, frozen=True):
    """One line of a list."""

    key: str
    cells: tuple[Cell, ...]
    marked: bool = False
    """Chosen together with others."""


class Toast(Value, frozen=True):
    """A short message at the foot of the window that goes by itself."""

    words: str
    undo: str = ""
    """Key of the act that can be taken back; empty when there is none."""
    seconds: int = 6
