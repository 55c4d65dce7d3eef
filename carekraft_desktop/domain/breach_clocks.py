"""By when who has to be told of a breach (45 CFR 164.404, 164.406, 164.408, 164.412; REQ-102).

Days are calendar days of the office. Two different counts decide: 500 or more individuals in all
for the Secretary at once, more than 500 residents of one state for the media. A state's own law may
be shorter; the office confirms that table, none is shipped as law.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from carekraft_desktop.value import Value

DAYS = 60
"""Calendar days from discovery, "without unreasonable delay and in no case later"."""
MANY = 500
ALERTS = (15, 30, 45, 55)
"""Days from discovery on which whoever answers for privacy is reminded."""
ORAL_DAYS = 30
"""Days that an oral request of law enforcement holds."""


class Addressee(StrEnum):
    """Who is to be told."""

    INDIVIDUALS = "individuals"
    SECRETARY = "secretary"
    """The Secretary of Health and Human Services."""
    MEDIA = "media"


class Delay(Value, frozen=True):
    """Law enforcement asked to wait."""

    asked: date
    until: date | None = None
    """The end of the period that a written request names; None for an oral one."""

    @property
    def ends(self) -> date:
        """The last day of waiting."""
        return self.until if self.until is not None else self.asked + timedelta(days=ORAL_DAYS)


class Due(Value, frozen=True):
    """One duty."""

    who: Addressee
    by: date
    state: str = ""
    """For the media: which state's. For individuals: the state whose law is shorter."""
    yearly: bool = False
    """With the others of the year, not by itself."""
    delayed: bool = False


def due(
    discovered: date,
    individuals: int,
    residents: Mapping[str, int],
    *,
    shorter: Mapping[str, int] = {},
    delays: Sequence[Delay] = (),
) -> tuple[Due, ...]:
    """Every duty with its day, the most pressing first.

    Args:
        discovered: first day on which it was known or would have been with due diligence.
        individuals: how many people it is about; 0 where nobody's data was touched.
        residents: how many of them live in each state.
        shorter: days that a state's own law allows, by state, as the office confirmed them.
        delays: requests of law enforcement to wait.
    """
    if individuals < 1:
        return ()
    latest = discovered + timedelta(days=DAYS)
    states = {
        state: shorter[state] for state, count in residents.items() if count and state in shorter
    }
    soonest = min(states, key=lambda each: states[each], default="")
    own = discovered + timedelta(days=states[soonest]) if soonest else latest
    found = [Due(Addressee.INDIVIDUALS, min(latest, own), soonest if own < latest else "")]
    if individuals >= MANY:
        found.append(Due(Addressee.SECRETARY, latest))
    else:
        found.append(Due(Addressee.SECRETARY, end_of_year(discovered), yearly=True))
    found += [
        Due(Addressee.MEDIA, latest, state) for state, n in sorted(residents.items()) if n > MANY
    ]
    waits = max((each.ends for each in delays), default=None)
    if waits is not None:
        found = [_put_off(each, waits) for each in found]
    return tuple(sorted(found, key=lambda each: (each.by, each.who.value, each.state)))


def end_of_year(discovered: date) -> date:
    """Sixty days after the end of the calendar year of discovery."""
    return date(discovered.year, 12, 31) + timedelta(days=DAYS)


def _put_off(one: Due, waits: date) -> Due:
    if waits <= one.by:
        return one
    return Due(one.who, waits, one.state, one.yearly, delayed=True)


def reached(discovered: date, today: date) -> int:
    """The last of the reminding days that has come, 0 for none."""
    passed = (today - discovered).days
    return max((day for day in ALERTS if passed >= day), default=0)


def overdue(one: Due, today: date) -> bool:
    """Whether its day is over."""
    return today > one.by
