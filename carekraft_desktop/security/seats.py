"""Everybody who has typed the password since the store was opened, with their keys.

They share the open store, one at a time. A PIN brings back only somebody who has a seat: it
proves that the same person is there again, not that somebody may come in (REQ-09).
"""

from carekraft_desktop.security.lock import LONGEST_SESSION
from carekraft_desktop.security.people import Unlocked
from carekraft_desktop.security.secret import Secret

PIN_TRIES = 3
"""Wrong PINs in a row, whoever's, after which the store is closed."""


class Seats:
    """The people at one open store; wiped when it is closed."""

    def __init__(self, first: Unlocked, now: float) -> None:
        """`first` opened the store, `now` on the monotonic clock."""
        self._taken = {first.staff.id: first}
        self._typed = {first.staff.id: now}
        self._wrong_pins = 0

    def take(self, unlocked: Unlocked, now: float) -> Unlocked:
        """A seat for somebody who came in; who had one keeps it, and the second set is wiped."""
        mine = self._taken.setdefault(unlocked.staff.id, unlocked)
        self._typed[unlocked.staff.id] = now
        if mine is not unlocked:
            unlocked.wipe()
        self._wrong_pins = 0
        return mine

    def of(self, staff_id: str) -> Unlocked | None:
        """Their keys; None for somebody who has not typed the password here."""
        return self._taken.get(staff_id)

    def typed_at(self, staff_id: str) -> float | None:
        """When they typed the password, on the monotonic clock; None for nobody with a seat."""
        return self._typed.get(staff_id)

    def is_new(self, staff_id: str, now: float) -> bool:
        """Whether the password was typed within the longest session; a PIN does not prolong it."""
        return now - self._typed.get(staff_id, -LONGEST_SESSION) < LONGEST_SESSION

    def everybody(self) -> tuple[Unlocked, ...]:
        """All who have a seat."""
        return tuple(self._taken.values())

    def leave(self, staff_id: str) -> None:
        """They lose their seat, and their keys are wiped."""
        unlocked = self._taken.pop(staff_id, None)
        if unlocked is not None:
            unlocked.wipe()

    def rekey(self, key: Secret) -> None:
        """The store has a new key from now on."""
        for unlocked in self._taken.values():
            before, unlocked.key = unlocked.key, Secret(key.content)
            before.wipe()

    def wrong_pin(self) -> bool:
        """A PIN did not fit; whether that was the last try."""
        self._wrong_pins += 1
        return self._wrong_pins >= PIN_TRIES

    def right_pin(self) -> None:
        """A PIN did fit."""
        self._wrong_pins = 0

    def wipe(self) -> None:
        """Everybody's keys are overwritten."""
        for unlocked in self._taken.values():
            unlocked.wipe()
        self._taken.clear()
