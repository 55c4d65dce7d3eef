"""How long each thing is kept: seven classes, a table the office confirms, and dates made of both.

No federal rule says how long a care record is kept; states do, and differently for children. So
the numbers for records are the office's own, shipped as defaults and called defaults (REQ-81).
The six years for paperwork are federal (45 CFR 164.316(b)(2)(i), 164.530(j)) and cannot be
shortened here (REQ-30). A date is a day in the office's zone; on that day a thing is due.
"""

import calendar
from datetime import date, timedelta
from enum import StrEnum

from carekraft_desktop.domain.ages import ADULT
from carekraft_desktop.domain.codes import Status
from carekraft_desktop.value import Value

PAPER_YEARS = 6
"""Years for permissions, the journal and paperwork; the least that is lawful."""
BACKUP_DAYS = 35
"""Days in which a backup is gone; a longer rotation would keep what was erased."""
DRAFT_MOST = 7
"""Days that a draft, or something set aside, is kept at most."""


class Kept(StrEnum):
    """The classes of what is kept (K1 to K7)."""

    NEVER_CAME = "K1"
    """A booking whose visit never happened, and whoever has no other."""
    SEEN = "K2"
    """A booking of a patient who was seen, and the patient's record."""
    REFERRAL = "K3"
    """What was sent to another office, and what came back."""
    PERMISSION = "K4"
    """Permissions, authorizations and their endings."""
    PAPER = "K5"
    """The journal, the accounting, incidents, policies, training, posted replies."""
    DRAFT = "K6"
    """Drafts, what was set aside, caches."""
    BACKUP = "K7"


class Table(Value, frozen=True):
    """The numbers that the office decides on; these are defaults, not law."""

    state: str = ""
    """The state whose rules the office looked up, e.g. `IL`; empty while nobody has."""
    never_came_days: int = 90
    """After the day of a visit that never happened."""
    seen_years: int = 10
    """After the last visit."""
    minor_years: int = 7
    """After the eighteenth birthday, if that is later."""
    referral_years: int = 1
    """For a referral of somebody who was not seen here."""
    draft_days: int = DRAFT_MOST


LEAST = Table(never_came_days=1, seen_years=1, minor_years=0, referral_years=1, draft_days=1)
MOST = Table(
    never_came_days=3_650, seen_years=99, minor_years=30, referral_years=99, draft_days=DRAFT_MOST
)
NUMBERS = ("never_came_days", "seen_years", "minor_years", "referral_years", "draft_days")
DEFAULTS = Table()


def shortens(before: Table, after: Table) -> bool:
    """Whether any number becomes smaller, so that something is destroyed earlier."""
    return any(getattr(after, name) < getattr(before, name) for name in NUMBERS)


def lawful(table: Table) -> bool:
    """Whether every number is within what the program can keep to."""
    state = table.state
    spelled = state == "" or (len(state) == 2 and state.isascii() and state.isalpha())
    return spelled and all(
        getattr(LEAST, name) <= getattr(table, name) <= getattr(MOST, name) for name in NUMBERS
    )


class Life(Value, frozen=True):
    """One thing's class, the day its time began, and the day it is due."""

    kept: Kept
    start: date
    due: date


def years_after(day: date, years: int) -> date:
    """The same day some years later; a 29th of February becomes the 1st of March."""
    year = min(day.year + years, date.max.year)
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def latest_birth(written: str) -> date | None:
    """The latest day that a birth date may mean: a year may be given alone, or with a month."""
    parts = written.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 12, 31)
        if len(numbers) == 2:
            year, month = numbers
            return date(year, month, calendar.monthrange(year, month)[1])
        year, month, day = numbers
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None


def happened(status: Status, *, over: bool) -> bool:
    """Whether the patient was seen.

    A confirmed visit whose time has passed counts as one: nobody has said that the patient did
    not come, and a record of care must not be lost for a forgotten mark.
    """
    return status in {Status.ARRIVED, Status.COMPLETED} or (status is Status.CONFIRMED and over)


def never_came(visit: date, table: Table) -> Life:
    """K1: the clock starts on the day the visit was for."""
    return Life(Kept.NEVER_CAME, visit, visit + timedelta(days=table.never_came_days))


def seen(last_visit: date, birth_date: str, table: Table, *, guardian: bool = False) -> Life:
    """K2: the later of the normal period and, for a child, some years after coming of age.

    Args:
        last_visit: the clock's start.
        birth_date: ISO date, or a year, or a year and month; empty when it is not shared.
        table: the office's numbers.
        guardian: somebody acts for the patient. Without a birth date they are then taken to be
            as young as can be, so that a child's record is never destroyed too early.
    """
    due = years_after(last_visit, table.seen_years)
    born = latest_birth(birth_date)
    if born is None and guardian:
        born = last_visit
    if born is not None and last_visit < years_after(born, ADULT):
        due = max(due, years_after(years_after(born, ADULT), table.minor_years))
    return Life(Kept.SEEN, last_visit, due)


def referral(sent: date, of_seen: Life | None, table: Table) -> Life:
    """K3: as the patient's record where they were seen, else from the day it was sent."""
    if of_seen is not None:
        return Life(Kept.REFERRAL, of_seen.start, of_seen.due)
    return Life(Kept.REFERRAL, sent, years_after(sent, table.referral_years))


def paper(made: date, last_effective: date | None = None, *, kept: Kept = Kept.PAPER) -> Life:
    """K4 and K5: six years from when it was made or last in effect, whichever is later."""
    start = max(made, last_effective) if last_effective is not None else made
    return Life(kept, start, years_after(start, PAPER_YEARS))


def draft(touched: date, table: Table) -> Life:
    """K6: some days after somebody touched it last."""
    return Life(Kept.DRAFT, touched, touched + timedelta(days=table.draft_days))


class Outcome(StrEnum):
    """What becomes of a patient's record when the share is withdrawn (REQ-84)."""

    SHRED = "shred"
    RESTRICT = "restrict"
    PARTIAL = "partial"


class Receipt(StrEnum):
    """What the exchange is told of it, and nothing more (REQ-86)."""

    DELETED = "deleted"
    RETAINED_BY_LAW = "retained-by-law"
    PARTIAL = "partial"


RECEIPT: dict[Outcome, Receipt] = {
    Outcome.SHRED: Receipt.DELETED,
    Outcome.RESTRICT: Receipt.RETAINED_BY_LAW,
    Outcome.PARTIAL: Receipt.PARTIAL,
}


class Part(Value, frozen=True):
    """A booking or a referral of somebody who withdraws."""

    id: str
    life: Life


def must_stay(part: Part, today: date, *, held: bool) -> bool:
    """Whether a legal period runs on it, or a hold lies on it."""
    by_law = part.life.kept in {Kept.SEEN, Kept.REFERRAL} and part.life.due > today
    return held or by_law


def outcome(parts: list[Part], today: date, *, held: bool) -> Outcome:
    """Decided by rule and never by hand.

    `held`: a hold lies on the patient. Then all stays, and nothing that is told outside differs
    from a period that runs.
    """
    if held:
        return Outcome.RESTRICT
    stay = [part for part in parts if must_stay(part, today, held=False)]
    if not stay:
        return Outcome.SHRED
    return Outcome.RESTRICT if len(stay) == len(parts) else Outcome.PARTIAL


def month_of(day: date) -> str:
    """A month as the receipt names it, e.g. `2036-11`."""
    return f"{day:%Y-%m}"
