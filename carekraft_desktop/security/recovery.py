"""The recovery key: 160 random bits on paper that open the store when nothing else does.

From those bits an X25519 key pair is derived. Its public half lies in the key file, where the
store's key and the device secret are wrapped to it; so the paper is needed to recover, and
never to add a person or to change a key.
"""

from typing import Self

from carekraft_desktop.errors import WrongRecoveryKey
from carekraft_desktop.security import papercode
from carekraft_desktop.security.papercode import Paper
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand, public_half


class RecoveryKey:
    """The key as it is while it is being printed or was just typed; wipe it afterwards."""

    __slots__ = ("_value",)

    def __init__(self, value: Secret) -> None:
        """`value`: the 160 bits; this object owns them from now on."""
        self._value = value

    @classmethod
    def new(cls) -> Self:
        """A fresh one."""
        return cls(Secret.random(papercode.VALUE_BYTES))

    @classmethod
    def typed(cls, text: str) -> Self:
        """From the characters on paper.

        Raises:
            WrongRecoveryKey: mistyped; nothing was tried yet.
        """
        try:
            value = papercode.read(text, Paper.RECOVERY)
        except papercode.Mistyped:
            raise WrongRecoveryKey("mistyped") from None
        return cls(Secret(value))

    @property
    def text(self) -> str:
        """Nine groups of four characters, for the paper and for nothing else."""
        return papercode.write(self._value.content, Paper.RECOVERY)

    @property
    def groups(self) -> tuple[str, ...]:
        """The nine groups, to ask some of them back."""
        return tuple(self.text.split("-"))

    def private_key(self) -> Secret:
        """The private half of its key pair."""
        return expand(self._value, "carekraft recovery key v1")

    def public_key(self) -> bytes:
        """The public half."""
        with self.private_key() as private:
            return public_half(private)

    def wipe(self) -> None:
        """Forget it."""
        self._value.wipe()

    def __repr__(self) -> str:
        return "<RecoveryKey>"
