"""Bytes to values and back: strict, bounded in size and depth, with one kind of failure."""

from typing import Any, TypeVar

import msgspec

from carekraft_desktop.contract.limits import PAGE_BYTES

T = TypeVar("T")

_encoder = msgspec.json.Encoder()
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


class Malformed(ValueError):
    """The bytes are not the value that was expected; `reason` names the place, never a value."""

    def __init__(self, reason: str) -> None:
        """`reason`: what was wrong and where, as a path such as `$.items[3].seq`."""
        super().__init__(reason)
        self.reason = reason


def encode(value: object) -> bytes:
    """The JSON of a contract value."""
    return _encoder.encode(value)


def decode(data: bytes | msgspec.Raw, kind: type[T], *, most: int = PAGE_BYTES) -> T:
    """Read `data` as a `kind`.

    Raises:
        Malformed: it is too long, nested too deep, not JSON, or not a `kind`.
    """
    raw = bytes(data)
    if len(raw) > most:
        raise Malformed("too-long")
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    try:
        value: T = decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # msgspec quotes field names and types, and never a value, but for one message.
        raise Malformed(_without_value(str(error))) from None
    except RecursionError:
        # msgspec counts its depth, also in elements that it skips.
        raise Malformed("too-deep") from None
    return value


def _without_value(message: str) -> str:
    """Msgspec's "Invalid enum value 'x'" and tag messages quote what came in; leave that out."""
    if message.startswith("Invalid") and "'" in message:
        head, _, rest = message.partition("'")
        tail = rest.rpartition("'")[2]
        return f"{head.strip()}{tail}"
    return message
