"""The lock page: who, with which password, and what to do when it does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.errors import (
    CareKraftError,
    KeyringLost,
    KeyringMissing,
    KeyringUnsafe,
    PinsUsedUp,
    StoreDamaged,
    StoreMissing,
    StoreRolledBack,
    TooManyTries,
)
from carekraft_desktop.presenters import wording, wording_errors, wording_lock
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.services.opening import Opened


class Known(Protocol):
    """Someone who may unlock, as the key file tells."""

    @property
    def id(self) -> str:
        """Opaque."""
        ...

    @property
    def display(self) -> str:
        """What colleagues read."""
        ...


class Door(Protocol):
    """The part of the program that opens the store."""

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        ...

    def people(self) -> Sequence[Known]:
        """Who may unlock."""
        ...

    def may_use_pin(self) -> frozenset[str]:
        """Ids of those who come back by PIN."""
        ...

    def unlock(
        self,
        staff_id: str,
        password: str,
        workstation_code: str = "",
        *,
        accept_older: bool = False,
    ) -> Opened:
        """Open the store; slow."""
        ...

    def recover(self, recovery_key: str, staff_id: str, new_password: str) -> Opened:
        """Open it with the paper; slow."""
        ...


class Choosable(Value, frozen=True):
    """One person to pick."""

    id: str
    display: str
    pin: bool = False
    """Comes back by PIN as well."""


class UnlockState(Value, frozen=True):
    """Everything on the screen. What is typed stays in its fields and is never kept here."""

    people: tuple[Choosable, ...] = ()
    chosen: str = ""
    why: str = ""
    """Why the screen is locked, empty at the start."""
    needs_code: bool = False
    recovering: bool = False
    """The recovery key from paper is asked for, and a new password."""
    busy: str = ""
    """What is being done, empty when nothing is."""
    problem: Problem | None = None
    beside: str = ""
    """Beside which field the problem stands: password, code, key, new, or empty for above."""
    wait: int = 0
    """Seconds until the next try is taken."""
    older: bool = False
    """The store is an older copy; it can be used when the person says so."""
    clear: int = 0
    """Grows each time the typed secrets must be emptied."""
    covered: bool = False
    """The office is open below: the exchange is heard, and a PIN may do."""
    news: tuple[str, ...] = ()
    """What has come since then: counts and kinds, the newest last."""
    ask_who: bool = False
    """The keyboard begins at the choice of the person."""

    @property
    def asks_for(self) -> str:
        """What the field above the button is called."""
        pin = any(person.pin for person in self.people if person.id == self.chosen)
        return wording_lock.PIN_OR_WORD if pin and self.covered else wording_lock.WORD

    @property
    def live(self) -> bool:
        """Whether the button can be pressed."""
        return not self.busy and not self.wait and bool(self.chosen)


MOST_NEWS = 4
"""Lines of what has come; older ones give way."""
_FIELD = {
    "wrong-password": "password",
    "wrong-pin": "password",
    "pin-needs-password": "password",
    "pins-used-up": "password",
    "too-many-tries": "password",
    "wrong-workstation-code": "code",
    "keyring-missing": "code",
    "wrong-recovery-key": "key",
    "weak-password": "new",
}


class UnlockPresenter:
    """Lets one person in."""

    def __init__(
        self,
        door: Door,
        runner: Runner,
        show: Callable[[UnlockState], None],
        *,
        timers: Timers,
        opened: Callable[[Opened], None],
        used_up: Callable[[], None] = lambda: None,
        damaged: Callable[[str, tuple[str, str]], None] = lambda *_: None,
    ) -> None:
        """Make it.

        `opened` is called once the store is open, or somebody is back behind the cover;
        `used_up` when wrong PINs have closed it; `damaged` when the password was right and the
        store is not, with the error's code and whose password it was.
        """
        self._used_up, self._damaged = used_up, damaged
        self._door = door
        self._runner = runner
        self._show = show
        self._timers = timers
        self._opened = opened
        self._stop: Callable[[], None] | None = None
        self.state = UnlockState()

    def begin(self, cause: str, *, covered: bool = False) -> None:
        """Show the page; `cause` is a key of `wording.LOCKED_BY`.

        `covered`: over an open office, to which a PIN may be enough to come back.
        """
        before = self.state
        self._put(
            UnlockState(
                people=before.people,
                chosen=before.chosen,
                why=wording.LOCKED_BY[cause],
                needs_code=before.needs_code,
                clear=before.clear + 1,
                covered=covered,
                ask_who=cause == "switch",
            )
        )
        self._runner.submit(self._look, self._looked)

    def tell(self, at: str, words: str) -> None:
        """Something has come while nobody sits here: a count and a kind."""
        if self.state.covered:
            news = (*self.state.news, f"{at}  {words}")[-MOST_NEWS:]
            self._put(replace(self.state, news=news))

    def _look(self) -> tuple[tuple[Choosable, ...], bool]:
        """Who may come in; reads the key file, so it is done in the worker."""
        pins = self._door.may_use_pin()
        people = tuple(
            Choosable(found.id, found.display, found.id in pins) for found in self._door.people()
        )
        return people, self._door.needs_code

    def _looked(self, outcome: Outcome[tuple[tuple[Choosable, ...], bool]]) -> None:
        match outcome:
            case Done((people, needs_code)):
                chosen = self.state.chosen
                if chosen not in {person.id for person in people}:
                    chosen = people[0].id if people else ""
                self._put(replace(self.state, people=people, chosen=chosen, needs_code=needs_code))
            case Failed(error):
                self._put(replace(self.state, problem=Problem.of(error)))

    def _put(self, state: UnlockState) -> None:
        self.state = state
        self._show(state)

    def choose(self, staff_id: str) -> None:
        """Another person sits here."""
        if staff_id != self.state.chosen:
            self._put(replace(self.state, chosen=staff_id, problem=None, beside=""))

    def use_recovery_key(self, *, on: bool) -> None:
        """Go to the paper key, or back."""
        self._put(replace(self.state, recovering=on, problem=None, beside=""))

    def unlock(self, password: str, code: str = "", *, older: bool = False) -> None:
        """Try the password; `older` says that an older copy of the store is to be used."""
        if not self.state.live:
            return
        chosen = self.state.chosen
        self._put(replace(self.state, busy=wording.UNLOCKING, problem=None, beside="", older=False))
        self._runner.submit(
            lambda: self._door.unlock(chosen, password, code, accept_older=older), self._report
        )

    def recover(self, key: str, password: str, again: str) -> None:
        """Try the paper key and set a new password."""
        if not self.state.live:
            return
        hint = wording.password_hint(password, again)
        if hint:
            problem = Problem(hint, "", "weak-password")
            self._put(replace(self.state, problem=problem, beside="new"))
            return
        chosen = self.state.chosen
        self._put(replace(self.state, busy=wording.UNLOCKING, problem=None, beside=""))
        self._runner.submit(lambda: self._door.recover(key, chosen, password), self._report)

    def _report(self, outcome: Outcome[Opened]) -> None:
        match outcome:
            case Done(opened):
                self._put(replace(self.state, busy="", why="", news=(), clear=self.state.clear + 1))
                self._opened(opened)
            case Failed(error):
                self._refused(error)

    def _refused(self, error: CareKraftError) -> None:
        if isinstance(error, PinsUsedUp):
            self._used_up()
        state = replace(
            self.state,
            busy="",
            problem=Problem.of(error),
            beside=_FIELD.get(error.code, ""),
            needs_code=self.state.needs_code or isinstance(error, KeyringMissing),
            recovering=self.state.recovering or isinstance(error, KeyringLost | KeyringUnsafe),
            older=isinstance(error, StoreRolledBack),
        )
        if isinstance(error, TooManyTries):
            state = replace(state, wait=max(1, round(error.seconds)))
            self._stop = self._timers.after(1, self._second)
        self._put(state)
        if isinstance(error, StoreDamaged | StoreMissing):
            name = next((p.display for p in state.people if p.id == state.chosen), "")
            self._put(replace(state, clear=state.clear + 1))
            self._damaged(error.code, (state.chosen, name))

    def _second(self) -> None:
        left = self.state.wait - 1
        if left <= 0:
            self._put(replace(self.state, wait=0, problem=None, beside=""))
            return
        words = wording_errors.of_error(TooManyTries(left))
        self._stop = self._timers.after(1, self._second)
        problem = Problem(words.title, words.advice, TooManyTries.code)
        self._put(replace(self.state, wait=left, problem=problem))

    def leave(self) -> None:
        """The page goes away: nothing stays timed."""
        if self._stop is not None:
            self._stop()
            self._stop = None
