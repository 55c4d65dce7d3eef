"""The other office's times: ask for them, list them or parts of days, and keep one for a while."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from carekraft_desktop.domain.directory import Slot
from carekraft_desktop.errors import Refused
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_state import At, Option, WizardState, digit
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.times import OfficeTime, ago, short_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.directory import Entry, Times
    from carekraft_desktop.presenters.referral_in_hand import InHand
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.uses_referrals import DirectoryUses
    from carekraft_desktop.services.desk import Desk

WISH_DAYS = 8


class OtherTimes:
    """The times of the provider in hand, and the slot that is kept there, if one is."""

    def __init__(
        self,
        desk: Desk,
        directory: DirectoryUses,
        hand: InHand,
        runner: Runner,
        *,
        changed: Callable[[At], None],
        taken: Callable[[], None],
    ) -> None:
        """Make it.

        Args:
            desk: who asks.
            directory: what the other office is asked through.
            hand: the draft, which says of whom.
            runner: does what needs the network.
            changed: told the step that shows what has been heard.
            taken: told that somebody else has the slot that was chosen.
        """
        self._desk, self._directory, self._hand, self._runner = desk, directory, hand, runner
        self._changed, self._taken = changed, taken
        self._times: Times | None = None
        self._asking = False
        self._unreached = False
        self._kept: tuple[str, str, str] | None = None
        self._over = False
        self._booked = False
        self.kept_until: Moment = 0
        """Until when the slot is kept; 0 while nobody has answered, -1 when nobody could."""
        self.rows: tuple[Slot | tuple[str, str], ...] = ()
        """What the rows stand for: slots, or parts of days where there are none."""

    def ask(self, entry: Entry) -> None:
        """Show the times as they were known, and ask for them as they are."""
        self._times = self._directory.times_known(self._desk, entry.npi, entry.location_id)
        self._asking, self._unreached = True, False
        self._changed(At.TIME)
        self._runner.submit(
            lambda: self._directory.look_up_times(self._desk, entry.npi, entry.location_id),
            partial(self._heard, entry.key),
        )

    def keep(self, entry: Entry, slot: Slot) -> None:
        """Have the other office keep a slot until it is booked."""
        self._runner.submit(
            lambda: self._directory.hold(self._desk, entry.npi, entry.location_id, slot.id),
            partial(self._answered, (entry.npi, entry.location_id, slot.id)),
        )

    def let_go(self) -> None:
        """A slot that is kept is kept no longer."""
        kept, self._kept = self._kept, None
        self.kept_until = 0
        if kept is not None:
            self._runner.submit(lambda: self._directory.let_go(self._desk, *kept), _nobody_waits)

    def end(self, *, booked: bool) -> None:
        """Nobody looks any more; what is kept is let go unless it was booked."""
        self._over, self._booked = True, booked
        if booked:
            self._kept = None
        self.let_go()

    def _heard(self, key: tuple[str, str], outcome: Outcome[Times]) -> None:
        entry = self._hand.entry
        if self._over or entry is None or entry.key != key:
            return
        self._asking = False
        match outcome:
            case Done(times):
                self._times = times
            case Failed():
                self._unreached = True
        self._changed(At.TIME)

    def _answered(self, slot: tuple[str, str, str], outcome: Outcome[Moment]) -> None:
        left = self._over or self._hand.work.slot_id != slot[2]
        if left:
            # Granted when nobody wants it any more: others may have it at once.
            if isinstance(outcome, Done) and not self._booked:
                self._runner.submit(
                    lambda: self._directory.let_go(self._desk, *slot), _nobody_waits
                )
            return
        match outcome:
            case Done(until):
                self._kept, self.kept_until = slot, until
            case Failed(error):
                if isinstance(error, Refused):
                    self._taken()
                    return
                self.kept_until = -1
        self._changed(At.CHECK)

    def step(self, when: OfficeTime, *, quiet: bool) -> WizardState:
        """The step at which the time is chosen; `quiet` where another problem is shown."""
        entry, times, now = self._hand.entry, self._times, self._desk.now()
        slots = [slot for slot in times.slots if slot.start > now] if times is not None else []
        note = words.ASKING if self._asking else ""
        if times is not None and not self._asking:
            age = "now" if now - times.at < 60 else f"{ago(now - times.at)} ago"
            note = words.times_as_of(age)
        if self._unreached and not quiet:
            problem = words.OFFLINE_TIMES
            note = f"{problem.title}. {note}" if slots else problem.title
        options: list[Option] = []
        rows: list[Slot | tuple[str, str]] = []
        for slot in slots:
            options.append(
                Option(
                    _clock(slot, entry, when), "", when.short_day(slot.start), digit(len(options))
                )
            )
            rows.append(slot)
        if not slots and not self._asking:
            for wish in _wishes(when, now):
                day, part = wish
                options.append(
                    Option(
                        f"{short_day(date.fromisoformat(day))}, {words.PART[part]}",
                        "",
                        words.WISHES,
                        digit(len(options)),
                        wish in self._hand.work.wishes,
                    )
                )
                rows.append(wish)
        self.rows = tuple(rows)
        advice = words.TIMES if slots or self._asking else words.NO_TIMES
        title = words.TIMES.title if slots or self._asking else words.NO_TIMES.title
        return WizardState(
            At.TIME,
            title,
            advice.advice,
            options=tuple(options),
            note=note,
            busy=self._asking,
            can_call=not slots and not self._asking,
            can_send=bool(self._hand.work.wishes),
            send=words.ON,
            warning=self._hand.warning,
        )


def _clock(slot: Slot, entry: Entry | None, when: OfficeTime) -> str:
    theirs = there(slot.start, entry, when)
    own = when.stretch(slot.start, slot.end)
    return f"{own} ({theirs} there)" if theirs else own


def there(moment: Moment, entry: Entry | None, when: OfficeTime) -> str:
    """The other office's own clock, where it is another one than ours."""
    if entry is None:
        return ""
    theirs = OfficeTime.of(entry.zone, twelve=when.twelve)
    if theirs.local(moment).utcoffset() == when.local(moment).utcoffset():
        return ""
    clock = theirs.clock(moment)
    same = theirs.day(moment) == when.day(moment)
    return clock if same else f"{theirs.short_day(moment)}, {clock}"


def _wishes(when: OfficeTime, now: Moment) -> list[tuple[str, str]]:
    """Mornings and afternoons of the next working days."""
    day, found = when.day(now), list[tuple[str, str]]()
    while len(found) < WISH_DAYS * 2:
        day += timedelta(days=1)
        if day.weekday() < 5:
            found += [(day.isoformat(), "AM"), (day.isoformat(), "PM")]
    return found


def _nobody_waits(outcome: object) -> None:
    """A slot that could not be let go is let go by itself."""
    del outcome
