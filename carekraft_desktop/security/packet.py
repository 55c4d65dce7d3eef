"""A sealed file that only the recovery key on paper opens, on any computer with this program.

    content --AES-256-GCM--> under a fresh key --HPKE (RFC 9180)--> the recovery key's public half

Writing needs the public half alone, which lies in the key file; so the program can seal a packet
every hour without anybody's secret at hand.
"""

import base64
import binascii
import json

from carekraft_desktop.errors import PacketDamaged, WrongRecoveryKey
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import NotOpened, seal, unseal, unwrap, wrap

_PURPOSE = "carekraft downtime packet v1"
LARGEST = 16 * 1024 * 1024
"""Bytes; a day of a large office has a hundredth of it."""


def sealed(content: str, public: bytes) -> bytes:
    """The file that hides `content` from everybody but the holder of the recovery key."""
    with Secret.random() as key, Secret(content.encode()) as plain:
        parts = {
            "format": 1,
            "key": _text(wrap(key, public, purpose=_PURPOSE)),
            "content": _text(seal(key, plain, header=_PURPOSE.encode())),
        }
    return json.dumps(parts).encode()


def opened(file: bytes, paper: RecoveryKey) -> str:
    """What is in the file.

    Raises:
        WrongRecoveryKey: it is sealed for another office's paper.
        PacketDamaged: it is not such a file, or was altered.
    """
    try:
        parts = json.loads(file[:LARGEST])
        wrapped, content = _bytes(parts["key"]), _bytes(parts["content"])
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        raise PacketDamaged("format") from None
    with paper.private_key() as private:
        try:
            key = unwrap(wrapped, private, purpose=_PURPOSE)
        except NotOpened:
            raise WrongRecoveryKey("packet") from None
    with key:
        try:
            with unseal(key, content, header=_PURPOSE.encode()) as plain:
                return bytes(plain.content).decode()
        except NotOpened:
            raise PacketDamaged("altered") from None


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
