"""Key material does not show itself and can be wiped."""

import copy
import pickle

import pytest

from carekraft_desktop.security.secret import Secret


def test_wiping_overwrites_and_forbids_use() -> None:
    secret = Secret(b"material")
    buffer = secret.content
    secret.wipe()
    secret.wipe()
    assert secret.is_wiped
    assert bytes(buffer) == bytes(8)
    assert len(secret) == 8
    with pytest.raises(ValueError, match="wiped"):
        _ = secret.content


def test_leaving_the_block_wipes_even_after_an_error() -> None:
    with pytest.raises(KeyError), Secret(b"material") as secret:
        raise KeyError
    assert secret.is_wiped


def test_it_is_not_shown_copied_or_written() -> None:
    secret = Secret(b"material")
    assert repr(secret) == str(secret) == f"{secret}" == "<Secret>"
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(secret)


def test_random_ones_differ_and_equal_ones_match() -> None:
    one, two = Secret.random(), Secret.random()
    assert len(one) == 32
    assert not one.matches(two)
    assert one.matches(Secret(one.content))
