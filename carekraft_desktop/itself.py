"""How this program is started once more: from a checkout, installed, or as the bundle of an office."""

import sys


def is_bundled() -> bool:
    """Whether this is the bundle, which is its own interpreter."""
    return bool(getattr(sys, "frozen", False))


def command(*words: str) -> list[str]:
    """What starts this program with these words on its command line."""
    if is_bundled():
        return [sys.executable, *words]
    return [sys.executable, "-m", "carekraft_desktop", *words]
