"""Times as the office reads them: its own zone, one spelling for clock times and days."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.ages import years
from carekraft_desktop.value import Value

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT = 3
_NOON = 12
_MINUTE = 60
_HOUR = 3600
_DAY = 86400


@lru_cache(maxsize=4096)
def _local(zone: ZoneInfo, moment: Moment) -> datetime:
    """Kept, since the visits of a day share few starts and ends."""
    return datetime.fromtimestamp(moment, zone)


class OfficeTime(Value, frozen=True):
    """How this office writes times."""

    zone: ZoneInfo
    twelve: bool = False
    """Whether clock times read 2:30 PM instead of 14:30."""

    @classmethod
    def of(cls, name: str, *, twelve: bool = False) -> "OfficeTime":
        """For an IANA zone name; a name nobody knows falls back to UTC."""
        try:
            return cls(ZoneInfo(name), twelve)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return cls(ZoneInfo("UTC"), twelve)

    def local(self, moment: Moment) -> datetime:
        """The moment on the office's wall clock."""
        return _local(self.zone, moment)

    def day(self, moment: Moment) -> date:
        """The office's calendar day of a moment."""
        return self.local(moment).date()

    def midnight(self, day: date) -> Moment:
        """The moment at which the office's day begins."""
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp())

    def span(self, day: date) -> tuple[Moment, Moment]:
        """Beginning of the day and of the next; 23 to 25 hours apart."""
        return self.midnight(day), self.midnight(day + timedelta(days=1))

    def moment(self, day: date, minute: int) -> Moment:
        """The moment of a wall-clock time; where an hour is left out, the one after it."""
        hour, rest = divmod(minute, 60)
        local = datetime(day.year, day.month, day.day, hour, rest, tzinfo=self.zone)
        return int(local.timestamp())

    def minute(self, moment: Moment, day: date) -> int:
        """Minutes on the wall clock since `day` began: negative before, above 1440 after."""
        local = self.local(moment)
        return (local.date() - day).days * 1440 + local.hour * 60 + local.minute

    def clock(self, moment: Moment) -> str:
        """09:42, or 9:42 AM."""
        local = self.local(moment)
        return self.of_minute(local.hour * 60 + local.minute)

    def of_minute(self, minute: int) -> str:
        """The wall clock at so many minutes after midnight."""
        hour, rest = divmod(minute % 1440, 60)
        if not self.twelve:
            return f"{hour:02}:{rest:02}"
        return f"{hour % _NOON or _NOON}:{rest:02} {'AM' if hour < _NOON else 'PM'}"

    def stretch(self, start: Moment, end: Moment) -> str:
        """09:30 to 10:00."""
        return f"{self.clock(start)} to {self.clock(end)}"

    def short_day(self, moment: Moment) -> str:
        """Tue, Nov 24."""
        return short_day(self.day(moment))

    def shortly(self, moment: Moment, now: Moment) -> str:
        """At 14:30 when it is of today, else on Tue, Nov 24, 14:30."""
        if self.day(moment) == self.day(now):
            return f"at {self.clock(moment)}"
        return f"on {self.day_and_clock(moment)}"

    def day_and_clock(self, moment: Moment) -> str:
        """Tue, Nov 24, 14:30."""
        return f"{self.short_day(moment)}, {self.clock(moment)}"


def long_day(day: date) -> str:
    """Thursday, November 26."""
    return f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"


def short_day(day: date) -> str:
    """Thu, Nov 26."""
    return f"{DAYS[day.weekday()][:_SHORT]}, {MONTHS[day.month - 1][:_SHORT]} {day.day}"


def week_of(first: date, last: date) -> str:
    """November 23 to 29; November 30 to December 6."""
    start = f"{MONTHS[first.month - 1]} {first.day}"
    if first.month == last.month:
        return f"{start} to {last.day}"
    return f"{start} to {MONTHS[last.month - 1]} {last.day}"


def written_date(iso: str) -> str:
    """An ISO date, month or year as people write it; whatever else comes is left as it is.

    Mar 12, 1979; March 1979; 1979.
    """
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts):
        return iso
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= len(MONTHS):
        return iso
    match numbers:
        case [year, month, day]:
            return f"{MONTHS[month - 1][:_SHORT]} {day}, {year}"
        case [year, month]:
            return f"{MONTHS[month - 1]} {year}"
        case _:
            return iso


def age_in_years(iso: str, today: date) -> int | None:
    """Full years since a birth date; None when it is not a whole date or lies ahead."""
    return years(iso, today)


def ago(seconds: int) -> str:
    """How long something has waited: just now, 12 min, 3 h, 2 days."""
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h"
    days = seconds // _DAY
    return "1 day" if days == 1 else f"{days} days"
