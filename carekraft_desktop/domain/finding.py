"""What somebody typed to find a patient: name parts, a telephone tail, a birth date, a number.

Pure functions. The same spelling is used for what is kept in the index and for what is
looked for: no case, no accents, digits only.
"""

import re
import unicodedata
from datetime import date

from carekraft_desktop.value import Value

LONGEST = 100
"""Characters of what was typed; the rest is passed over."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"\b(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})\.? ([a-z]{3})[a-z]*\.?,? (\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})\b")
_EIGHT = re.compile(r"\b(\d{8})\b")
_NUMBER = re.compile(r"\bck[- ]?([0-9a-z]{1,4})(?:[- ]?([0-9a-z]{1,4}))?\b")
_DIGITS = re.compile(r"[\d()+.\- ]*\d[\d()+.\- ]*")
_WORD = re.compile(r"[^\W\d_]+")


class Wanted(Value, frozen=True):
    """What was understood. Several kinds narrow each other down."""

    words: tuple[str, ...] = ()
    """Beginnings of name parts, in any order."""
    tail: str = ""
    """Last digits of a telephone number."""
    births: tuple[str, ...] = ()
    """ISO dates; two when day and month could be either way round."""
    number: str = ""
    """Beginning of a booking number, as it is printed."""

    @property
    def nothing(self) -> bool:
        """Whether there is anything to look for."""
        return not (self.words or self.tail or self.births or self.number)


def plain(text: str) -> str:
    """Without case and accents; letters of other scripts stay."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))


def understand(typed: str) -> Wanted:
    """What somebody is looking for, from what they typed."""
    text = plain(typed[:LONGEST]).strip()
    number = _NUMBER.search(text)
    if number is not None:
        parts = [part.upper() for part in number.groups() if part]
        return Wanted(number="-".join(["CK", *parts]))
    births, text = _births(text)
    digits = "".join(re.findall(r"\d", " ".join(_DIGITS.findall(text))))
    tail = digits if len(digits) >= 3 else ""
    return Wanted(words=tuple(_WORD.findall(text)), tail=tail, births=births)


def _births(text: str) -> tuple[tuple[str, ...], str]:
    """The dates in `text`, and the text without them."""
    for pattern, read in (
        (_DATE, _numbers),
        (_DAY_FIRST, lambda d, m, y: _named(m, d, y)),
        (_MONTH_FIRST, lambda m, d, y: _named(m, d, y)),
        (_EIGHT, lambda eight: _eight(eight)),
    ):
        found = pattern.search(text)
        dates = read(*found.groups()) if found else ()
        if found and dates:
            return tuple(sorted(set(dates))), text[: found.start()] + " " + text[found.end() :]
    return (), text


def _numbers(first: str, second: str, third: str) -> tuple[str, ...]:
    if len(first) == 4:
        return _dates((first, second, third))
    if len(third) not in {2, 4}:
        return ()
    years = [third] if len(third) == 4 else [f"19{third}", f"20{third}"]
    return tuple(
        iso
        for year in years
        for month, day in ((first, second), (second, first))
        for iso in _dates((year, month, day))
    )


def _named(month: str, day: str, year: str) -> tuple[str, ...]:
    return _dates((year, str(_MONTHS.index(month) + 1), day)) if month in _MONTHS else ()


def _eight(digits: str) -> tuple[str, ...]:
    """Month, day, year as Americans write it, or year, month, day."""
    american = _dates((digits[4:], digits[:2], digits[2:4]))
    return american or _dates((digits[:4], digits[4:6], digits[6:]))


def _dates(parts: tuple[str, str, str]) -> tuple[str, ...]:
    year, month, day = (int(part) for part in parts)
    if not 1870 <= year <= 2100:
        return ()
    try:
        return (date(year, month, day).isoformat(),)
    except ValueError:
        return ()


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a single wrong, missing, extra or swapped letter turns one into the other."""
    if one == other:
        return False
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = long[at : at + 2][::-1]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at : at + 2] == swapped and short[at + 2 :] == long[at + 2 :]
    )
