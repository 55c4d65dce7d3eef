"""Bytes to values and back: strict, bounded in size and depth, with one kind of failure."""

from typing import Any, TypeVar

import msgspec

from carekraft_desktop.contract.limits import DEPTH, PAGE_BYTES

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
    if too_deep(raw):
        raise Malformed("too-deep")
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    try:
        value: T = decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # msgspec quotes field names and types, and never a value, but for one message.
        raise Malformed(_without_value(str(error))) from None
    except RecursionError:
        raise Malformed("too-deep") from None
    return value


def too_deep(raw: bytes) -> bool:
    """Whether brackets nest deeper than the contract allows; strings are skipped.

    Most documents are cleared by a count alone: they hold fewer brackets than the limit or,
    after the cheap pass over their bytes, never nest that deep.
    """
    if raw.count(b"[") + raw.count(b"{") <= DEPTH:
        return False
    depth = 0
    inside = False
    escaped = False
    for byte in raw:
        if inside:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                inside = False
        elif byte == 0x22:
            inside = True
        elif byte in (0x5B, 0x7B):
            depth += 1
            if depth > DEPTH:
                return True
        elif byte in (0x5D, 0x7D):
            depth -= 1
    return False


def _without_value(message: str) -> str:
    """msgspec's "Invalid enum value 'x'" and tag messages quote what came in; leave that out."""
    if message.startswith("Invalid") and "'" in message:
        head, _, rest = message.partition("'")
        tail = rest.rpartition("'")[2]
        return f"{head.strip()}{tail}"
    return message
