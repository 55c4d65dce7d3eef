"""The desk's own lists: what is to be entered next door, whom to call, what is left of the day.

Each list gives rows, says what its keys do, and does it; the page around them is `lists.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.marks import CallOutcome
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.presenters import wording, wording_desk
from carekraft_desktop.presenters.day import mark_of
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Row, Tone
from carekraft_desktop.presenters.times import ago
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from datetime import date

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import CallUses, HandoverUses, MarkUses, VisitUses
    from carekraft_desktop.services.calls import ToCall
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.handover import Waiting

OUTCOMES = tuple(CallOutcome)


class Step(Value, frozen=True):
    """A button of a list, and its key."""

    name: str
    label: str
    key: str
    icon: str
    live: bool = True


class Done(Value, frozen=True):
    """What came of a step."""

    words: str = ""
    """For the toast; empty for none."""
    undo: str = ""
    """Key of the act that can be taken back."""
    copied: str = ""
    """Text for the clipboard."""
    dial: str = ""
    """The number to be shown in large type."""
    left: bool = False
    """The list is left for the day."""


class Worklist(Protocol):
    """One of the lists."""

    title: str
    advice: str
    when: OfficeTime
    heads: tuple[str, ...]
    empty: Empty

    def read(self) -> tuple[Row, ...]:
        """Everything that is on it now."""
        ...

    def sentence(self, key: str) -> str:
        """The chosen line in words."""
        ...

    def steps(self, key: str) -> tuple[Step, ...]:
        """What can be done with the chosen line; "" for none chosen."""
        ...

    def do(self, name: str, key: str) -> Done | None:
        """Do a step; None when the line does not allow it. May raise a CareKraftError."""
        ...


class _List:
    def __init__(self, desk: Desk, when: OfficeTime, names: dict[str, str]) -> None:
        self._desk, self.when, self._names = desk, when, names

    def _may(self) -> bool:
        return self._desk.staff.may(Right.ANSWER_BOOKINGS)

    def _provider(self, seen: Seen) -> str:
        return self._names.get(seen.provider_id, wording.OTHER_PROVIDER)

    def _visit(self, seen: Seen) -> tuple[Cell, ...]:
        return (
            Cell(seen.entry.name or wording.NAME_MISSING, strong=True),
            Cell(self.when.day_and_clock(seen.start), tip=self.when.stretch(seen.start, seen.end)),
            Cell(self._provider(seen)),
        )


class ToEnter(_List):
    """What the practice system does not have yet, the oldest first."""

    title, advice = wording_desk.TO_ENTER, wording_desk.TO_ENTER_ADVICE
    heads: tuple[str, ...] = ("Waiting", "Patient", "Visit", "With", "In our system")
    empty = Empty(
        wording_desk.ALL_ENTERED.title, wording_desk.ALL_ENTERED.advice, icon="check-check"
    )

    def __init__(
        self,
        desk: Desk,
        when: OfficeTime,
        names: dict[str, str],
        *,
        handover: HandoverUses,
        marks: MarkUses,
    ) -> None:
        """`names`: of the providers, by id."""
        super().__init__(desk, when, names)
        self._handover, self._marks = handover, marks
        self._lines: dict[str, Waiting] = {}

    def read(self) -> tuple[Row, ...]:
        """With the age of each."""
        self._lines = {line.seen.entry.id: line for line in self._handover.to_enter(self._desk)}
        now = self._desk.now()
        return tuple(self._row(line, now) for line in self._lines.values())

    def _row(self, line: Waiting, now: Moment) -> Row:
        words = wording_desk.NOT_ENTERED if line.entered is None else wording_desk.ENTERED_BEFORE
        tone = Tone.REQUESTED if line.entered is None else Tone.LATE
        since = self.when.day_and_clock(line.since) if line.since else ""
        return Row(
            line.seen.entry.id,
            (
                Cell(ago(max(0, now - line.since)) if line.since else "", tip=since, quiet=True),
                *self._visit(line.seen),
                Cell("", mark=Mark(words, tone, "monitor")),
            ),
        )

    def sentence(self, key: str) -> str:
        """Who entered it before, where somebody has."""
        line = self._lines.get(key)
        if line is None or line.entered is None:
            return ""
        at = self.when.day_and_clock(line.entered.at)
        return (
            f"{wording_desk.entered_by(line.entered.name, at)}. "
            f"{wording_desk.CHANGED_SINCE_ENTERED}."
        )

    def steps(self, key: str) -> tuple[Step, ...]:
        """Copy, then tick off."""
        live = bool(key)
        return (
            Step("copy", "Copy", "Y", "copy", live and self._desk.staff.may(Right.REVEAL_CONTACT)),
            Step("entered", "Entered", "B", "check", live and self._may()),
        )

    def do(self, name: str, key: str) -> Done | None:
        """Two keys for a booking: copy, entered."""
        line = self._lines.get(key)
        if line is None:
            return None
        if name == "copy":
            text = self._handover.copy(self._desk, key)
            return Done(copied=text, words=self._handover.chosen(self._desk).title)
        if name == "entered":
            if line.entered is not None:
                self._marks.unenter(self._desk, key)
            made = self._marks.enter(self._desk, key)
            return Done(wording_desk.ENTERED, undo=made.key)
        return None


class Calls(_List):
    """Whom to call, with the number in large type once somebody dials."""

    title, advice = wording_desk.TO_CALL, wording_desk.TO_CALL_ADVICE
    heads: tuple[str, ...] = ("Visit", "Patient", "With", "Why", "Wishes", "Last call")
    empty = Empty(
        wording_desk.NOBODY_TO_CALL.title, wording_desk.NOBODY_TO_CALL.advice, icon="phone"
    )

    def __init__(
        self,
        desk: Desk,
        when: OfficeTime,
        names: dict[str, str],
        *,
        calls: CallUses,
        marks: MarkUses,
    ) -> None:
        """`names`: of the providers, by id."""
        super().__init__(desk, when, names)
        self._calls, self._marks = calls, marks
        self._lines: dict[str, ToCall] = {}

    def read(self) -> tuple[Row, ...]:
        """By the start of the visit."""
        self._lines = {line.seen.entry.id: line for line in self._calls.to_call(self._desk)}
        return tuple(self._row(line) for line in self._lines.values())

    def _row(self, line: ToCall) -> Row:
        seen, last = line.seen, line.last
        why = ", ".join(wording_desk.WHY_CALL[each.value] for each in line.why)
        tone = Tone.LATE if "insurance" in {each.value for each in line.why} else Tone.REQUESTED
        name, visit, provider = self._visit(seen)
        wishes = wording_desk.PREFERS.get(line.prefers, wording_desk.PREFERS[""])
        if not line.reachable:
            wishes = wording_desk.NO_NUMBER
        called = (
            wording_desk.last_call(last.outcome, last.name, self.when.day_and_clock(last.at))
            if last is not None
            else ""
        )
        return Row(
            seen.entry.id,
            (
                visit,
                name,
                provider,
                Cell("", mark=Mark(why, tone, "phone")),
                Cell(wishes, quiet=not line.prefers),
                Cell(called, quiet=True),
            ),
        )

    def sentence(self, key: str) -> str:
        """To whom the call goes."""
        line = self._lines.get(key)
        return wording_desk.GUARDIAN_CALL if line is not None and line.guardian else ""

    def steps(self, key: str) -> tuple[Step, ...]:
        """Dial, then the outcome."""
        line = self._lines.get(key)
        live = line is not None and line.reachable and self._may()
        return (
            Step("call", "Call", "P", "phone", live),
            Step("print", "Print the list", "Ctrl+P", "printer", bool(self._lines)),
        )

    def do(self, name: str, key: str) -> Done | None:
        """Show the number, or log how the call ended."""
        line = self._lines.get(key)
        if line is None or not line.reachable:
            return None
        if name == "call":
            return Done(dial=self._calls.number(self._desk, key))
        if name.startswith("outcome-"):
            outcome = OUTCOMES[int(name.removeprefix("outcome-"))]
            made = self._marks.call(self._desk, key, outcome)
            words = wording_desk.CALL_LOGGED.format(outcome=wording_desk.OUTCOME[outcome])
            return Done(words, undo=made.key)
        return None


class Sweep(_List):
    """What is left of the day: came, did not come, done; one key each."""

    title, advice = wording_desk.SWEEP, wording_desk.SWEEP_ADVICE
    heads: tuple[str, ...] = ("Time", "Patient", "With", "Status")
    empty = Empty(wording_desk.DAY_SWEPT.title, wording_desk.DAY_SWEPT.advice, icon="check-check")

    def __init__(
        self, desk: Desk, when: OfficeTime, names: dict[str, str], *, visits: VisitUses
    ) -> None:
        """`names`: of the providers, by id."""
        super().__init__(desk, when, names)
        self._visits = visits
        self._lines: dict[str, Seen] = {}
        self._day: date | None = None
        self._marked = 0

    def read(self) -> tuple[Row, ...]:
        """Visits of today that have begun and are neither over nor missed."""
        now = self._desk.now()
        day = self.when.day(now)
        if day != self._day:
            self._day, self._marked = day, 0
        seen = self._visits.day(self._desk, *self.when.span(day))
        self._lines = {
            each.entry.id: each
            for each in seen
            if each.start <= now and each.status in {Status.CONFIRMED, Status.ARRIVED}
        }
        return tuple(self._row(each, now) for each in self._lines.values())

    def _row(self, seen: Seen, now: Moment) -> Row:
        return Row(
            seen.entry.id,
            (
                Cell(self.when.stretch(seen.start, seen.end)),
                Cell(seen.entry.name or wording.NAME_MISSING, strong=True),
                Cell(self._provider(seen)),
                Cell("", mark=mark_of(seen, now)),
            ),
        )

    def sentence(self, key: str) -> str:
        """Nothing more is to be said."""
        del key
        return ""

    def steps(self, key: str) -> tuple[Step, ...]:
        """As the visit stands."""
        seen = self._lines.get(key)
        status = seen.status if seen is not None and self._may() else None
        return (
            Step("came", "Came", "V", "log-in", status is Status.CONFIRMED),
            Step("missed", "Did not come", "N", "user-x", status is Status.CONFIRMED),
            Step("over", "Completed", "E", "check-check", status is Status.ARRIVED),
            Step("finish", "Finish", "Enter", "check"),
        )

    def do(self, name: str, key: str) -> Done | None:
        """Mark, or leave the list for the day."""
        if name == "finish":
            return Done(wording_desk.swept(self._marked, len(self._lines)), left=True)
        step = next((each for each in self.steps(key) if each.name == name), None)
        if step is None or not step.live:
            return None
        made = self._act(name, key)
        self._marked += 1
        return Done(wording.did(made.act, self._lines[key].status), undo=made.key)

    def _act(self, name: str, key: str) -> Intention:
        act = {
            "came": self._visits.arrive,
            "missed": self._visits.no_show,
            "over": self._visits.complete,
        }[name]
        return act(self._desk, key)

    def taken_back(self) -> None:
        """One mark fewer."""
        self._marked = max(0, self._marked - 1)
