"""Backups: when one is due, when it is late, and how long it is kept (REQ-95).

What a patient withdraws is gone from this computer at once and from the backups when the last one
that still holds it expires. So a backup never outlives `PROMISED`, and goes a few days earlier,
lest a long weekend break the promise.
"""

from collections.abc import Sequence
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value

HOUR, DAY = 3600, 86_400
DUE = 12 * HOUR
"""Seconds after the last one when the next is made; an office is open for some hours of a day."""
LATE = 36 * HOUR
"""From here on the page warns."""
VERY_LATE = 48 * HOUR
"""From here on the bar above all pages says it."""
PROMISED = 35 * DAY
"""No backup is older than this; what was withdrawn is gone from all of them then."""
GOES = 30 * DAY
"""A backup goes at this age."""
ALL = 2 * DAY
"""So far back nothing is thinned out: somebody may have made one before something dangerous."""
EACH_DAY = 7 * DAY
"""So far back there is one for each day; further back one for each week."""
DRILL = 30 * DAY
"""After this time somebody is asked to try a restore."""
DRILL_LATE = 45 * DAY
"""From here on the bar above all pages says it."""


class Why(StrEnum):
    """What made somebody, or the program, make a backup."""

    DUE = "due"
    ASKED = "asked"
    MIGRATION = "migration"
    ROTATION = "rotation"
    PAPER = "paper"
    """A new recovery key: the backups before open with the old one only."""
    ENDING = "ending"
    """The workstation is taken out of service, and this one is the last."""


class Backup(Value, frozen=True, kw_only=True):
    """What is known of one backup without any key."""

    id: str
    place: str
    """The folder it lies in."""
    made_at: Moment
    why: str
    program: str
    """Version of the program that made it."""
    schema: int
    store: str
    """Id of the store it is of."""
    size: int
    """Bytes."""
    patients: int
    bookings: int
    entries: int
    """How many entries the journal had."""

    @property
    def goes_at(self) -> Moment:
        """When it is removed."""
        return self.made_at + GOES


class Step(StrEnum):
    """What a restore, a salvage or the making of a backup is at."""

    COPY = "copy"
    CHECK = "check"
    DELIVER = "deliver"
    UPGRADE = "upgrade"
    CARRY = "carry"
    """What is newer than the backup is taken over from the store of before."""
    CATCH_UP = "catch-up"
    """What changed at the exchange since then."""
    SWAP = "swap"
    """From here on it cannot be broken off."""
    SALVAGE = "salvage"


class Freshness(StrEnum):
    """How the age of the newest backup is judged."""

    FRESH = "fresh"
    LATE = "late"
    VERY_LATE = "very-late"
    NEVER = "never"


def is_due(last: Moment, now: Moment) -> bool:
    """Whether the next is to be made; `last` is 0 where there is none."""
    return not 0 <= now - last < DUE


def freshness(last: Moment, now: Moment) -> Freshness:
    """How old the newest is; a clock that was set back counts as late, not as fresh."""
    if not last:
        return Freshness.NEVER
    age = abs(now - last)
    if age < LATE:
        return Freshness.FRESH
    return Freshness.LATE if age < VERY_LATE else Freshness.VERY_LATE


def shredded_by(withdrawn_at: Moment) -> Moment:
    """When no backup holds any more what was withdrawn then."""
    return withdrawn_at + PROMISED


def surplus(backups: Sequence[Backup], now: Moment) -> tuple[Backup, ...]:
    """Which may go: the too old ones, and all but the newest of each day or week.

    The newest of all always stays, however old it is.
    """
    newest_first = sorted(backups, key=lambda each: (each.made_at, each.id), reverse=True)
    kept: set[tuple[str, int]] = set()
    gone = []
    for place, each in enumerate(newest_first):
        age = now - each.made_at
        slot = (
            ("day", each.made_at // DAY) if age < EACH_DAY else ("week", each.made_at // 7 // DAY)
        )
        if place and (age >= GOES or (slot in kept and age >= ALL)):
            gone.append(each)
        kept.add(slot)
    return tuple(gone)
