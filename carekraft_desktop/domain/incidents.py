"""What went wrong: an incident's file as a list of entries that only grows (REQ-99, 45 CFR 164.308).

Everything known of an incident is the sum of its entries. A correction is a newer entry; the older
one stays and can be read. Nothing here looks at a clock or a store.
"""

import json
from collections.abc import Iterable
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.worst_day import Kind, Step, steps_of
from carekraft_desktop.value import Value

__all__ = ["Kind", "Step"]

DRILL = "drill"
"""What an exercise is about."""


class Entered(StrEnum):
    """What an entry of an incident's file says."""

    WHAT = "what"
    """In the office's own words; stays in the encrypted store."""
    OCCURRED = "occurred"
    """A moment: when it happened, as far as is known."""
    DISCOVERED = "discovered"
    """A moment: the first day on which it was known, or would have been with due diligence."""
    WHO = "who"
    SYSTEMS = "systems"
    PATIENTS = "patients"
    """Ids, as a JSON list."""
    INDIVIDUALS = "individuals"
    """How many people, where they cannot be named one by one."""
    RESIDENTS = "residents"
    """How many of them live in which state, as a JSON object."""
    CLASSES = "classes"
    """Which of the four classes of data, as a JSON list."""
    SECURED = "secured"
    CONTAINMENT = "containment"
    JOURNAL = "journal"
    """First and last entry of the journal that belong to it, such as `120-188`."""
    STEP = "step"
    """A step of the worst day was done."""
    ASSESSED = "assessed"
    """The four factors, as a JSON object (REQ-100)."""
    CONCLUDED = "concluded"
    SIGNED = "signed"
    """A second person agrees with the conclusion."""
    DELAY = "delay"
    """Law enforcement asked to wait, as a JSON object (45 CFR 164.412)."""
    NOTICE = "notice"
    """A notice was made or sent, as a JSON object."""
    VIOLATION = "violation"
    """Somebody broke a rule: staff id, or empty for nobody."""
    SANCTION = "sanction"
    """What was done about it (REQ-27)."""
    EVIDENCE = "evidence"
    """An evidence pack, as a JSON object (REQ-96)."""
    TOLD = "told"
    """CareKraft was told, with closed codes only."""
    CLOSED = "closed"


class Secured(StrEnum):
    """Whether the data could be read by whoever got it (45 CFR 164.402, "unsecured")."""

    YES = "encrypted"
    NO = "readable"
    NOT_KNOWN = "not-known"


class Containment(StrEnum):
    """What has been done so that it goes no further."""

    NONE = "none"
    TAKEN_DOWN = "taken-down"
    LOCKED_OUT = "locked-out"
    MACHINE_REVOKED = "machine-revoked"
    CALLED_BACK = "called-back"
    MACHINE_OFF = "machine-off"


class Sanction(StrEnum):
    """What came of a violation; "none" is an outcome as well, with its reason in the file."""

    NONE_NEEDED = "none-needed"
    TRAINING = "training"
    WARNING = "warning"
    ACCESS_LIMITED = "access-limited"
    SUSPENDED = "suspended"
    DISMISSED = "dismissed"


class Entry(Value, frozen=True):
    """One line of an incident's file."""

    n: int
    at: Moment
    staff: str
    kind: Entered
    value: str


class Done(Value, frozen=True):
    """A step, by whom and when."""

    step: Step
    staff: str
    at: Moment


class File(Value, frozen=True):
    """An incident as it stands: the newest of each, and everything that only adds up."""

    id: str
    kind: Kind
    about: str
    """Opaque id of what it is about: a review, a workstation."""
    opened_at: Moment
    opened_by: str
    concerns: str
    """Staff id of who caused it, empty for nobody."""
    evidence: str
    """What was public, word for word."""
    entries: tuple[Entry, ...] = ()

    def newest(self, kind: Entered) -> Entry | None:
        """The entry that counts; None where there is none."""
        return next((each for each in reversed(self.entries) if each.kind is kind), None)

    def said(self, kind: Entered) -> str:
        """What counts, empty where nothing was said."""
        found = self.newest(kind)
        return found.value if found is not None else ""

    def all_of(self, kind: Entered) -> tuple[Entry, ...]:
        """Every entry of a kind, in their order."""
        return tuple(each for each in self.entries if each.kind is kind)

    @property
    def discovered(self) -> Moment:
        """When the clocks began: as it was put down last, and never later than the opening."""
        given = [int(each.value) for each in self.all_of(Entered.DISCOVERED)]
        return min([*given[-1:], self.opened_at])

    @property
    def occurred(self) -> Moment | None:
        """When it happened, as far as is known."""
        said = self.said(Entered.OCCURRED)
        return int(said) if said else None

    @property
    def patients(self) -> tuple[str, ...]:
        """Ids of those whose data it is about."""
        return tuple(json.loads(self.said(Entered.PATIENTS) or "[]"))

    @property
    def individuals(self) -> int:
        """How many people; at least as many as are named."""
        return max(int(self.said(Entered.INDIVIDUALS) or 0), len(self.patients))

    @property
    def residents(self) -> dict[str, int]:
        """How many of them live in which state."""
        found: dict[str, int] = json.loads(self.said(Entered.RESIDENTS) or "{}")
        return found

    @property
    def classes(self) -> tuple[str, ...]:
        """Which classes of data."""
        return tuple(json.loads(self.said(Entered.CLASSES) or "[]"))

    @property
    def closed_at(self) -> Moment | None:
        """When it was brought to an end; None while it is open."""
        found = self.newest(Entered.CLOSED)
        return found.at if found is not None else None

    @property
    def drill(self) -> bool:
        """Whether it is an exercise."""
        return self.about == DRILL

    def done(self) -> dict[Step, Done]:
        """The steps that were taken, by whom and when; the first time counts."""
        found: dict[Step, Done] = {}
        for each in self.all_of(Entered.STEP):
            step = Step(each.value)
            found.setdefault(step, Done(step, each.staff, each.at))
        return found

    def next_step(self) -> Step | None:
        """What to do now; None when all of it is done."""
        taken = self.done()
        return next((step for step in steps_of(self.kind) if step not in taken), None)

    def violations(self) -> dict[str, str]:
        """Who broke a rule, and what was done about it; empty while nothing was."""
        found = {each.value: "" for each in self.all_of(Entered.VIOLATION)}
        for each in self.all_of(Entered.SANCTION):
            outcome = json.loads(each.value)
            if outcome["staff"] in found:
                found[outcome["staff"]] = outcome["outcome"]
        return found


def folded(file: File, entries: Iterable[Entry]) -> File:
    """The same incident with its entries."""
    return File(
        file.id,
        file.kind,
        file.about,
        file.opened_at,
        file.opened_by,
        file.concerns,
        file.evidence,
        tuple(entries),
    )
