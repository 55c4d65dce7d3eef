"""What two copies of a message are compared by."""

import hashlib


def digest(data: bytes) -> str:
    """SHA-256 of a message's bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
