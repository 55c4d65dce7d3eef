"""What the page of incidents shows: the register, and the sheet of the one that is chosen."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from carekraft_desktop.presenters.pieces import Empty, Mark, Problem, Row
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.domain.worst_day import Step
    from carekraft_desktop.presenters.words import Words


class StepLine(Value, frozen=True):
    """One thing to do."""

    step: Step
    title: str
    advice: str
    done: str = ""
    """By whom and when; empty while nobody has."""
    now: bool = False
    """It is this one's turn."""


class Known(Value, frozen=True):
    """What is known, as it is typed and chosen."""

    what: str = ""
    who: str = ""
    systems: str = ""
    noticed: str = ""
    """ISO day."""
    occurred: str = ""
    journal: str = ""
    individuals: str = ""
    residents: str = ""
    classes: frozenset[str] = frozenset()
    secured: str = ""
    containment: str = ""


class FactorLine(Value, frozen=True):
    """One of the four."""

    name: str
    title: str
    advice: str
    options: tuple[tuple[str, str], ...]
    """Code and words of each choice, the first for "not answered yet"."""
    chosen: str
    link: str
    fixed: bool


class DutyLine(Value, frozen=True):
    """One who has to be told."""

    key: str
    """Addressee and state, such as `media:NY`."""
    who: str
    by: str
    late: bool


class Part(StrEnum):
    """Beside which part of the sheet something is said."""

    TOP = "top"
    KNOWN = "known"
    BREACH = "breach"
    DUTIES = "duties"
    END = "end"
    LOST = "lost"


class Sheet(Value, frozen=True):
    """One incident."""

    id: str
    title: str
    opened: str
    mark: Mark
    steps: tuple[StepLine, ...]
    keeps: bool = False
    """Whoever looks keeps the register; others see the steps, and what waits for a signature."""
    known: Known = Known()
    patients: str = ""
    factors: tuple[FactorLine, ...] = ()
    public: bool = False
    conclusions: tuple[tuple[str, str], ...] = ()
    waits: str = ""
    """What waits for the second person, and who concluded it."""
    can_sign: bool = False
    day: str = ""
    reminder: str = ""
    duties: tuple[DutyLine, ...] = ()
    told: bool = False
    """CareKraft has been told."""
    people: tuple[tuple[str, str], ...] = ()
    violations: tuple[tuple[str, str, str], ...] = ()
    """Staff id, name, and what came of it."""
    open_points: tuple[str, ...] = ()
    closed: str = ""
    machines: tuple[Row, ...] | None = None
    """The office's other computers; None for an incident that is about none."""
    evidence: str = ""
    """What a lost computer's last word says."""
    stamp: int = 0
    """Grows when fields have to be filled anew."""


class IncidentsState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    none: Empty | None = None
    chosen: str = ""
    sheet: Sheet | None = None
    may_practise: bool = False
    practice: str = ""
    """How far an exercise is; empty while nobody practises."""
    banner: Words | None = None
    said: str = ""
    beside: Part = Part.TOP
    busy: bool = False
    problem: Problem | None = None
    empty: Empty | None = None
