"""A day or a time as somebody types it: dec 3, 12/3, tomorrow, +2w; 14:30, 2:30 pm."""

import re
from calendar import monthrange
from datetime import date, timedelta

from carekraft_desktop.presenters.times import DAYS, MONTHS

_PASSED = 60
"""Days; a date without a year that lies further back is meant for the year to come."""
_FURTHEST = 3660
"""Days; what lies further away was mistyped."""
_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_SHORTEST = 3
"""Letters that name a month or a day of the week."""
_AHEAD = re.compile(r"([+-])\s*(\d{1,4})\s*(d|days?|w|weeks?|m|months?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*([a-z]{3,9})\.?(?:,?\s+(\d{4}))?")
_WEEKDAY = re.compile(r"(next\s+)?([a-z]{3,9})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a|p)?")
_HALF = 12


def day_of(typed: str, today: date) -> date | None:
    """The day that is meant, None when it cannot be told.

    A date with a slash has the month first. Without a year it is the next such day, or the
    last one when that was within two months. A day of the week is the next one after today.
    """
    text = " ".join(typed.casefold().split())
    try:
        found = _relative(text, today) or _written(text, today)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and abs((found - today).days) <= _FURTHEST else None


def _relative(text: str, today: date) -> date | None:
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    if ahead := _AHEAD.fullmatch(text):
        sign, number, unit = ahead.groups()
        count = int(number) if sign == "+" else -int(number)
        kind = (unit or "d")[0]
        return _months(today, count) if kind == "m" else _days(today, count, kind)
    if named := _WEEKDAY.fullmatch(text):
        later, word = named.groups()
        number_ = _place(word, DAYS)
        if number_ is not None:
            away = (number_ - today.weekday() - 1) % 7 + 1
            return today + timedelta(days=away + (7 if later and away < 7 else 0))
    return None


def _days(today: date, count: int, kind: str) -> date:
    return today + timedelta(days=count * (7 if kind == "w" else 1))


def _months(today: date, count: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _written(text: str, today: date) -> date | None:
    if iso := _ISO.fullmatch(text):
        return date(*map(int, iso.groups()))
    if numbers := _NUMBERS.fullmatch(text):
        month, day, year = numbers.groups()
        return _nearest(int(month), int(day), year, today)
    if first := _MONTH_FIRST.fullmatch(text):
        word, day, year = first.groups()
    elif last := _DAY_FIRST.fullmatch(text):
        day, word, year = last.groups()
    else:
        return None
    place = _place(word, MONTHS)
    return _nearest(place + 1, int(day), year, today) if place is not None else None


def _nearest(month: int, day: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == len("26") else 0), month, day)
    # Feb 29 is meant for the next year that has one.
    for guess in range(today.year, today.year + 9):
        if day > monthrange(guess, month)[1]:
            continue
        found = date(guess, month, day)
        if (today - found).days <= _PASSED:
            return found
    raise ValueError(day)


def _place(word: str, names: tuple[str, ...]) -> int | None:
    fits = [n for n, name in enumerate(names) if name.casefold().startswith(word)]
    return fits[0] if len(fits) == 1 and len(word) >= _SHORTEST else None


def time_of(typed: str) -> int | None:
    """Minutes after midnight, None when it cannot be told: 14:30, 9, 2:30 pm, 2p."""
    found = _TIME.fullmatch(typed.strip().casefold())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= _HALF:
            return None
        hour = hour % _HALF + (_HALF if half.startswith("p") else 0)
    return hour * 60 + minute if hour < 2 * _HALF and minute < 60 else None


def moment_of(typed: str, today: date, otherwise: date) -> tuple[date, int] | None:
    """A time, with a day before it or not; `otherwise` is the day when none is named.

    dec 3 14:30; tomorrow 9; 10:15 am.
    """
    words = typed.split()
    # The time is the end: the longest end that reads as one, so that "2 pm" is not "pm".
    for cut in range(max(0, len(words) - 2), len(words)):
        minute = time_of(" ".join(words[cut:]))
        if minute is None:
            continue
        before = " ".join(words[:cut])
        day = day_of(before, today) if before else otherwise
        if day is not None:
            return day, minute
    return None
