"""A request that comes while somebody works on another page: shown there, answered from there.

It lies inside the program's own window, so it may name the patient, which the operating system's
alert never does. It does not show over a reply that is being written (REQ-51) or under the cover.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.acts import Act, Decline
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_desk
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.presenters.referral_state import Option, digit
from carekraft_desktop.presenters.times import ago
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.domain.visits import Opening
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import OfficeUses, VisitUses
    from carekraft_desktop.services.desk import Desk


OFFERED = 5
"""Free times among which one is chosen here; all others are on the day itself."""
OFFERED_DAYS = 14
_DAY = 86_400


class KnockState(Value, frozen=True):
    """One request, and how many wait behind it."""

    head: str
    """What it is, and since when it waits."""
    name: str
    wants: str
    """When, and with whom."""
    more: str = ""
    ask: str = ""
    """What is asked before it is answered; empty while nothing is."""
    answers: tuple[Option, ...] = ()
    """Reasons or times, of which one is taken."""
    on_its_day: bool = False
    """Whether what is asked for can also be chosen on the day itself."""


class Knock:
    """Shows what has just come, oldest first, until it is answered or put off."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[KnockState | None], None],
        *,
        visits: VisitUses,
        office: OfficeUses,
        when: OfficeTime,
        elsewhere: Callable[[], bool],
        told: Callable[[Toast], None],
        acted: Callable[[], None],
        open_request: Callable[[str, Act | None], None],
        seen: Callable[[str, Sequence[str]], None],
    ) -> None:
        """Make it.

        Args:
            desk: at which desk.
            show: puts it on the screen, or takes it away.
            visits: the use cases.
            office: knows the providers' names.
            when: the office's spelling of times.
            elsewhere: whether somebody works on a page where patients may be shown and that does
                not show the inbox itself.
            told: shows a toast.
            acted: called after each act.
            open_request: goes to a request, and asks at once what an act needs.
            seen: told whose name was shown, for the journal (REQ-12).
        """
        self._desk, self._show, self._visits, self._office = desk, show, visits, office
        self._when, self._elsewhere = when, elsewhere
        self._told, self._acted = told, acted
        self._open_request, self._seen = open_request, seen
        self._waiting: list[str] = []
        self._asked: Act | None = None
        """What is asked about the first one: a reason to decline it, or another time."""
        self._times: tuple[Opening, ...] = ()
        self.state: KnockState | None = None

    def come(self, visit_ids: Iterable[str]) -> None:
        """These requests are new."""
        self._waiting += [id_ for id_ in visit_ids if id_ not in self._waiting]
        self.look()

    def look(self) -> None:
        """Show the first that still waits, or nothing; after each news and change of page."""
        if not self._waiting:
            return
        if not self._elsewhere() or not self._desk.staff.may(Right.ANSWER_BOOKINGS):
            self.leave()
            return
        try:
            found = {seen.entry.id: seen for seen in self._visits.inbox(self._desk)}
        except CareKraftError:
            self.leave()  # told elsewhere; the inbox has them
            return
        asked = self._waiting[0] if self._asked is not None else ""
        # The oldest first; but what somebody is answering stays under their hands.
        self._waiting = sorted(
            (id_ for id_ in found if id_ in self._waiting), key=lambda id_: id_ != asked
        )
        if not self._waiting:
            self.leave()
            return
        if self._waiting[0] != asked:
            self._asked = None
        first = found[self._waiting[0]]
        state = self._state(first, len(self._waiting) - 1)
        if state != self.state:
            self._seen("knock", (first.entry.id,))
            self.state = state
            self._show(state)

    def accept(self) -> None:
        """Take the booking that is shown; it can be undone like any other."""
        self._answer(Act.ACCEPT, lambda id_: self._visits.accept(self._desk, id_))

    def ask(self, act: Act) -> None:
        """Ask for the reason of a `DECLINE`, or the time of a `PROPOSE`, right here."""
        if not self._waiting:
            return
        self._times = ()
        if act is Act.PROPOSE:
            try:
                self._times = self._free_times(self._waiting[0])
            except CareKraftError as error:
                self._told(Toast(Problem.of(error).title))
                return
        self._asked = act
        self.look()

    def pick(self, row: int) -> None:
        """Take the reason or the time in a row."""
        reasons = tuple(Decline)
        if self._asked is Act.DECLINE and 0 <= row < len(reasons):
            self._answer(
                Act.DECLINE, lambda id_: self._visits.decline(self._desk, id_, reasons[row])
            )
        elif self._asked is Act.PROPOSE and 0 <= row < len(self._times):
            to = self._times[row]
            self._answer(Act.PROPOSE, lambda id_: self._visits.propose(self._desk, id_, to))

    def on_its_day(self) -> None:
        """Go to the request, where the day is seen and any time can be chosen."""
        if self._waiting:
            visit_id, act = self._waiting[0], self._asked
            self.leave()
            self._open_request(visit_id, act)

    def back(self) -> None:
        """Out of the question; without one, not now."""
        if self._asked is None:
            self.later()
            return
        self._asked = None
        self.look()

    def later(self) -> None:
        """Not now: it stays in the inbox, and the next one is shown."""
        self._next()

    def leave(self) -> None:
        """Nothing is shown any more; what waited is in the inbox."""
        self._waiting.clear()
        self._asked = None
        if self.state is not None:
            self.state = None
            self._show(None)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.look()

    def _answer(self, act: Act, do: Callable[[str], Intention]) -> None:
        if not self._waiting:
            return
        try:
            made = do(self._waiting[0])
        except CareKraftError as error:
            self._told(Toast(Problem.of(error).title))
        else:
            words = wording.did(act, Status.REQUESTED)
            self._told(Toast(words, undo=made.key, seconds=self._desk.undo_seconds))
            self._acted()
        self._next()

    def _free_times(self, visit_id: str) -> tuple[Opening, ...]:
        """Those nearest to what the patient asked for, in their order."""
        seen = next((s for s in self._visits.inbox(self._desk) if s.entry.id == visit_id), None)
        if seen is None:
            return ()
        now = self._desk.now()
        last = max(now, seen.start) + OFFERED_DAYS * _DAY
        free = self._visits.openings(self._desk, seen.provider_id, now, last)
        near = sorted(free, key=lambda each: (abs(each.start - seen.start), each.start))
        return tuple(sorted(near[:OFFERED], key=lambda each: each.start))

    def _next(self) -> None:
        self._asked = None
        del self._waiting[:1]
        if self._waiting:
            self.look()
        else:
            self.leave()

    def _state(self, seen: Seen, behind: int) -> KnockState:
        names = {each.id: each.name for each in self._office.providers(self._desk)}
        return KnockState(
            wording_desk.knock(ago(max(0, self._desk.now() - seen.entry.requested_at))),
            seen.entry.name or wording.NAME_MISSING,
            wording_desk.KNOCK_WANTS.format(
                time=self._when.day_and_clock(seen.start),
                provider=names.get(seen.provider_id, wording.NAME_MISSING),
            ),
            wording_desk.knock_more(behind),
            *self._question(),
        )

    def _question(self) -> tuple[str, tuple[Option, ...], bool]:
        if self._asked is None:
            return "", (), False
        if self._asked is Act.DECLINE:
            reasons = enumerate(wording.DECLINE.values())
            rows = tuple(Option(text, digit=digit(n)) for n, text in reasons)
            return wording_desk.KNOCK_WHY, rows, False
        rows = tuple(
            Option(self._when.day_and_clock(each.start), digit=digit(n))
            for n, each in enumerate(self._times)
        )
        asked = wording_desk.KNOCK_WHEN if rows else wording_desk.KNOCK_NO_TIME
        return asked, rows, True
