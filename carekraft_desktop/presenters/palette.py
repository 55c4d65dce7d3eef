"""One box for everything: people, days and actions, over whatever page one is on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_desk
from carekraft_desktop.presenters.pieces import TONE_OF, Mark, Problem
from carekraft_desktop.presenters.times import long_day
from carekraft_desktop.presenters.typed import day_of
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import FindUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.store.search import Hit

MOST = 20
"""Patients shown at once; more are narrowed down by typing on."""


class Kind(StrEnum):
    """What a row leads to."""

    PATIENT = "patient"
    DAY = "day"
    ACTION = "action"


_ICON = {
    "today": "calendar-check",
    "outbox": "send",
    "reviews": "message-square-text",
    "check": "file-check",
    "papers": "shield-check",
    "referrals": "waypoints",
    "new-referral": "calendar-plus",
    "settings": "settings",
    "lists": "list-checks",
    "journal": "shield-check",
    "people": "users",
    "partners": "waypoints",
    "week-review": "list-checks",
    "incidents": "triangle-alert",
    "terms": "file-check",
    "posture": "shield-check",
    "kept": "clock",
    "asked": "inbox",
    "own": "key-round",
    "access": "shield-check",
    "backups": "cloud-upload",
    "export": "send",
    "retire": "monitor",
    "copy": "copy",
    "entered": "check",
    "claim": "users",
    "person": "id-card",
    "print": "printer",
    "lock": "lock",
    "switch": "users",
    "sync": "refresh-cw",
    "before": "chevron-left",
    "after": "chevron-right",
    "home": "calendar-check",
    "week": "calendar-days",
    "everyone": "users",
    "cancelled": "ban",
    "inbox": "inbox",
    "undo": "undo-2",
    "keys": "keyboard",
}


class PaletteRow(Value, frozen=True):
    """One thing to take. Of a patient: name, day, time and status, never more (REQ-03)."""

    kind: Kind
    key: str
    """Id of a visit, an ISO day, or the name of an action."""
    text: str
    icon: str
    group: str
    """The heading above it."""
    detail: str = ""
    """Day and time of the patient's visit."""
    mark: Mark | None = None
    keys: str = ""
    """The action's own shortcut."""
    patient: str = ""
    """Id of the patient."""

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        status = self.mark.word if self.mark is not None else ""
        return ", ".join(part for part in (self.text, self.detail, status, self.keys) if part)


class PaletteState(Value, frozen=True):
    """Everything in the palette."""

    typed: str = ""
    rows: tuple[PaletteRow, ...] = ()
    at: int = -1
    """The row that Enter takes; -1 for none."""
    note: str = ""
    """What else there is to know: nobody fits, more than are shown."""
    problem: Problem | None = None


class PalettePresenter:
    """Open, typed into, walked, taken from; holds nothing while it is closed."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[PaletteState | None], None],
        *,
        find: FindUses,
        does: Mapping[str, Callable[[], None]],
        keys: Mapping[str, str],
        open_visit: Callable[[str], None],
        open_person: Callable[[str], None],
        go_to: Callable[[date], None],
        when: OfficeTime,
        seen: Callable[[str, Sequence[str]], None] = lambda _place, _keys: None,
    ) -> None:
        """Make it, closed.

        Args:
            desk: who looks, and in which store.
            show: puts a state on the screen; None closes.
            find: the service that finds patients.
            does: what each action of `wording.ACTIONS` does, by its name.
            keys: the shortcut of an action by its name, where it has one.
            open_visit: shows a visit on its day.
            open_person: shows the card of a patient who has no visit.
            go_to: shows a day.
            when: the office's zone and spelling of times.
            seen: told whose names were painted among what was found.
        """
        self._seen = seen
        self._desk, self._show, self._find = desk, show, find
        self._does, self._keys = does, keys
        self._open_visit, self._go_to, self._when = open_visit, go_to, when
        self._open_person = open_person
        self.state: PaletteState | None = None

    def _put(self, state: PaletteState | None) -> None:
        self.state = state
        self._show(state)

    def painted(self, patient_id: str) -> None:
        """A patient's row was painted."""
        self._seen("found", (patient_id,))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when

    # -- gestures -----------------------------------------------------------------------

    def open(self) -> None:
        """An empty box over all actions; once more closes it."""
        if self.state is not None:
            self.close()
            return
        self._put(PaletteState(rows=self._actions("")))

    def close(self) -> None:
        """Nothing of what was found is kept."""
        if self.state is not None:
            self._put(None)

    def type(self, typed: str) -> None:
        """What stands in the box now."""
        if self.state is None or typed == self.state.typed:
            return
        if not typed.strip():
            self._put(PaletteState(typed, self._actions("")))
            return
        found, note, problem = self._found(typed)
        rows = (*self._day(typed), *found, *self._actions(typed))
        at = 0 if rows else -1
        self._put(PaletteState(typed, rows, at, note or self._nothing(rows), problem))

    def step(self, by: int) -> None:
        """Some rows up or down; from the empty box, down to the recent patients."""
        state = self.state
        if state is None:
            return
        if not state.typed.strip() and state.at < 0 and by > 0:
            state = self._with_recent(state)
        elif state.rows:
            last = len(state.rows) - 1
            # From none, up leads to the last row; at the ends the walk stops.
            at = last if state.at < 0 else min(last, max(0, state.at + by))
            state = replace(state, at=at)
        self._put(state)

    def take(self, row: int | None = None) -> None:
        """Do what the row says; without a number, the chosen one."""
        state = self.state
        if state is None:
            return
        at = state.at if row is None else row
        if not 0 <= at < len(state.rows):
            return
        taken = state.rows[at]
        self.close()
        match taken.kind:
            case Kind.PATIENT if not taken.key:
                self._open_person(taken.patient)
            case Kind.PATIENT:
                self._open_visit(taken.key)
            case Kind.DAY:
                self._go_to(date.fromisoformat(taken.key))
            case Kind.ACTION:
                self._does[taken.key]()

    def take_card(self) -> None:
        """The card of the chosen patient, also of one who has a visit."""
        state = self.state
        if state is None or not 0 <= state.at < len(state.rows):
            return
        taken = state.rows[state.at]
        if taken.kind is Kind.PATIENT:
            self.close()
            self._open_person(taken.patient)

    # -- what there is ------------------------------------------------------------------

    def _today(self) -> date:
        return self._when.day(self._desk.now())

    def _sees_patients(self) -> bool:
        return self._desk.staff.may(Right.SEE_SCHEDULE)

    def _actions(self, typed: str) -> tuple[PaletteRow, ...]:
        wanted = typed.casefold().split()
        return tuple(
            PaletteRow(
                Kind.ACTION,
                name,
                words,
                _ICON[name],
                wording.GROUP_ACTIONS,
                keys=self._keys.get(name, ""),
            )
            for name, words in wording.ACTIONS.items()
            if all(any(word.startswith(w) for word in words.casefold().split()) for w in wanted)
        )

    def _day(self, typed: str) -> tuple[PaletteRow, ...]:
        found = day_of(typed, self._today())
        if found is None:
            return ()
        words = f"{long_day(found)}, {found.year}"
        return (PaletteRow(Kind.DAY, found.isoformat(), words, "calendar-days", wording.GROUP_DAY),)

    def _found(self, typed: str) -> tuple[tuple[PaletteRow, ...], str, Problem | None]:
        """Patients who fit, what to say of them, and what went wrong."""
        if not self._sees_patients():
            return (), "", None
        try:
            hits = self._find.find(self._desk, typed, most=MOST + 1)
        except CareKraftError as error:
            return (), "", Problem.of(error)
        note = wording.MORE_FIT if len(hits) > MOST else ""
        return tuple(self._row(hit, wording.GROUP_PATIENTS) for hit in hits[:MOST]), note, None

    def _with_recent(self, state: PaletteState) -> PaletteState:
        problem: Problem | None = None
        recent: tuple[PaletteRow, ...] = ()
        if self._sees_patients():
            try:
                hits = self._find.recent(self._desk)
                recent = tuple(self._row(hit, wording.GROUP_RECENT) for hit in hits)
            except CareKraftError as error:
                problem = Problem.of(error)
        rows = (*recent, *self._actions(""))
        return replace(state, rows=rows, at=0, problem=problem)

    def _row(self, hit: Hit, group: str) -> PaletteRow:
        status = hit.status
        return PaletteRow(
            Kind.PATIENT,
            hit.visit_id,
            hit.name or wording.NAME_MISSING,
            "user",
            group,
            detail=self._visit_of(hit),
            mark=Mark(wording.STATUS[status], TONE_OF[status]) if status is not None else None,
            patient=hit.patient_id,
        )

    def _visit_of(self, hit: Hit) -> str:
        parts = [self._when.day_and_clock(hit.start)] if hit.visit_id else []
        if hit.records > 1:
            parts.append(wording_desk.RECORDS.format(number=hit.records))
        return " · ".join(parts)

    def _nothing(self, rows: tuple[PaletteRow, ...]) -> str:
        if rows:
            return ""
        return wording.NOBODY_FITS if self._sees_patients() else wording.NOTHING_FITS
