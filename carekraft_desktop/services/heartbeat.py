"""This workstation's word to the others of its office: how it stands, signed (REQ-96).

Said when it is opened, covered or closed, and every ten minutes in between. It holds nothing of a
patient and no name, and it is what proves, after a loss, in which state the machine was.
"""

from collections.abc import Callable

from carekraft_desktop.contract.workstations import EVERY, State, Trail, Word, WrapKind
from carekraft_desktop.errors import Garbled, Offline, Refused, Unavailable
from carekraft_desktop.exchange.gateway import ExchangeGateway
from carekraft_desktop.ports import Clock
from carekraft_desktop.security.slots import FLOOR
from carekraft_desktop.value import Value

DAY = 86_400


class Standing(Value, frozen=True):
    """What does not change while the store is open."""

    device: str
    cipher: str
    keyring: bool
    """The second factor is in a keyring; else it is the code on paper."""


class Heart:
    """Says the word; used by the sync's thread, and once more when the store is closed."""

    def __init__(
        self,
        gateway: ExchangeGateway,
        standing: Standing,
        *,
        clock: Clock,
        covered: Callable[[], bool],
        idle_minutes: Callable[[], int],
        backup_at: Callable[[], int | None] = lambda: None,
        trail: Callable[[], Trail | None] = lambda: None,
        compare: Callable[[Trail], None] = lambda _trail: None,
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        """`covered` and `idle_minutes` are asked each time; `backup_at`: when one was made.

        `trail` says how far the journal is, `compare` is told how far it was by the exchange's
        memory (REQ-14). `heard` is called whenever the exchange has just taken a word.
        """
        self._trail, self._compare, self._heard = trail, compare, heard
        self._gateway, self._standing, self._clock = gateway, standing, clock
        self._covered, self._idle, self._backup = covered, idle_minutes, backup_at
        self._said: State | None = None
        self._next = 0.0
        self._begun = False

    def turn(self) -> None:
        """Say it where it is due.

        Raises:
            ReportedLost, SignedOut: there is nothing to say any more.
        """
        if not self._begun:
            self._begun = True  # first comes what is new: somebody has just sat down
            return
        state = State.COVERED if self._covered() else State.OPEN
        now = self._clock.monotonic()
        if state is self._said and now < self._next:
            return
        try:
            furthest = self._gateway.say(self._word(state))
        except Refused:
            # An exchange that does not know of this.
            self._said, self._next = state, now + DAY
        except (Offline, Unavailable, Garbled):
            return  # the rest of the cycle says how things stand
        else:
            self._said, self._next = state, now + EVERY
            if furthest is not None:
                self._compare(furthest)
            self._heard()

    def last_word(self) -> Callable[[], None] | None:
        """Signed now, to be sent while everything is being closed; None where nobody listens."""
        if self._said is None:
            return None
        return self._gateway.last_word(self._word(State.CLOSED))

    def _word(self, state: State) -> Word:
        cost = FLOOR
        return Word(
            iss=self._standing.device,
            iat=0,
            state=state,
            idle_minutes=self._idle(),
            cipher=self._standing.cipher,
            derivation=f"Argon2id, {cost.memory // 1024} MiB, {cost.passes} passes",
            wrap=WrapKind.KEYRING if self._standing.keyring else WrapKind.PAPER,
            backup_at=self._backup(),
            trail=self._trail(),
        )
