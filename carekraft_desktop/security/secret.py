"""Key material that can be wiped, and that does not show itself by accident.

Wiping is honest about what it can do: it overwrites our own buffer. Libraries make copies that
Python cannot reach, which is why a hard lock ends the process that held the key.
"""

import hmac
import secrets
from types import TracebackType
from typing import NoReturn, Self


class Secret:
    """Some bytes in a buffer of their own; use it in a `with`, or call `wipe`."""

    __slots__ = ("_buffer", "_wiped")

    def __init__(self, content: bytes | bytearray) -> None:
        """Takes a copy of `content`; whoever made a bytearray wipes the original."""
        self._buffer = bytearray(content)
        self._wiped = False

    @classmethod
    def random(cls, length: int = 32) -> Self:
        """`length` bytes that nobody can guess."""
        return cls(secrets.token_bytes(length))

    @property
    def content(self) -> bytearray:
        """The buffer itself, not a copy.

        Raises:
            ValueError: it was wiped; using it would mean a key of zeros.
        """
        if self._wiped:
            message = "this secret was wiped"
            raise ValueError(message)
        return self._buffer

    @property
    def is_wiped(self) -> bool:
        """Whether it can no longer be used."""
        return self._wiped

    def wipe(self) -> None:
        """Overwrite it; may be called again."""
        self._buffer[:] = bytes(len(self._buffer))
        self._wiped = True

    def matches(self, other: "Secret") -> bool:
        """Whether both hold the same, compared in constant time."""
        return hmac.compare_digest(self.content, other.content)

    def __len__(self) -> int:
        return len(self._buffer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return "<Secret>"

    def __reduce__(self) -> NoReturn:
        message = "a secret is not written anywhere"
        raise TypeError(message)

    def __copy__(self) -> NoReturn:
        self.__reduce__()

    def __deepcopy__(self, memo: object) -> NoReturn:
        self.__reduce__()
