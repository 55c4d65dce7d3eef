"""Keys that cost a test milliseconds instead of a fifth of a second each."""

from typing import Any, cast

import pytest

from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.slots import Cost

CHEAP = Cost(memory=64, passes=1, lanes=1)


def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what is done with keys, not of how long they take to guess."""
    for made, name in (
        (KeyRing.create, "cost"),
        (KeyRing.load, "floor"),
        (KeyRing.load, "cost"),
    ):
        defaults = cast("Any", made).__func__.__kwdefaults__
        monkeypatch.setitem(defaults, name, CHEAP)
