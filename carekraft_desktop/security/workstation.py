"""The workstation code: the device secret on paper, for computers without a keyring.

It is typed when the program starts. That protects less than a keyring which only this account
can open, so passwords have to be longer there (REQ-33) and the screen says so.
"""

from typing import Self

from carekraft_desktop.errors import WrongWorkstationCode
from carekraft_desktop.security import papercode
from carekraft_desktop.security.papercode import Paper
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand


class WorkstationCode:
    """160 random bits from which the device secret is derived."""

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
            WrongWorkstationCode: mistyped, or the paper is the recovery key.
        """
        try:
            value = papercode.read(text, Paper.WORKSTATION)
        except papercode.Mistyped:
            raise WrongWorkstationCode("mistyped") from None
        return cls(Secret(value))

    @property
    def text(self) -> str:
        """Nine groups of four characters, for the paper and for nothing else."""
        return papercode.write(self._value.content, Paper.WORKSTATION)

    def device_secret(self) -> Secret:
        """What a keyring would have kept: 32 bytes."""
        return expand(self._value, "carekraft workstation code v1")

    def wipe(self) -> None:
        """Forget it."""
        self._value.wipe()

    def __repr__(self) -> str:
        return "<WorkstationCode>"
