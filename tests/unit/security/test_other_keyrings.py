"""The keyrings of Windows and macOS behind the same port, with their limits."""

import pytest

from carekraft_desktop.errors import KeyringLost, KeyringRefused
from carekraft_desktop.security.vault import KeyringVault, held
from tests.fakes.rings import BLOB, Keychain, WinVault

NAME = "0191a0b0-0000-7000-8000-00000000000a/1"
SECRET = bytes(range(32))
Ring = WinVault | Keychain


@pytest.fixture(params=[WinVault, Keychain], ids=["windows", "macos"])
def ring(request: pytest.FixtureRequest) -> Ring:
    made: Ring = request.param()
    return made


def test_the_secret_comes_back_and_goes(ring: Ring) -> None:
    vault = KeyringVault(find=lambda: ring)
    vault.keep(NAME, SECRET)
    vault.keep(NAME, SECRET[::-1])
    assert held(vault, NAME).content == SECRET[::-1]
    assert len(ring.kept) == 1
    vault.forget(NAME)
    vault.forget(NAME)
    assert ring.kept == {}


@pytest.mark.req("REQ-09")
def test_a_keyring_that_was_reset_has_lost_it_and_nothing_is_made_anew(ring: Ring) -> None:
    vault = KeyringVault(find=lambda: ring)
    vault.keep(NAME, SECRET)
    ring.reset()
    with pytest.raises(KeyringLost):
        held(vault, NAME)
    assert ring.kept == {}


@pytest.mark.req("REQ-09")
def test_on_windows_nothing_roams_and_what_is_too_long_is_refused_and_keeps_the_old() -> None:
    ring = WinVault()
    vault = KeyringVault(find=lambda: ring)
    vault.keep(NAME, SECRET)
    assert ring.elsewhere == {}
    with pytest.raises(KeyringRefused):
        vault.keep(NAME, bytes(BLOB))
    assert vault.fetch(NAME) == SECRET


def test_on_macos_a_person_who_says_no_is_heard_and_nothing_is_lost() -> None:
    ring = Keychain()
    vault = KeyringVault(find=lambda: ring)
    vault.keep(NAME, SECRET)
    ring.denies = True
    for ask in (
        lambda: vault.fetch(NAME),
        lambda: vault.keep(NAME, b"other"),
        lambda: vault.forget(NAME),
    ):
        with pytest.raises(KeyringRefused):
            ask()
    ring.denies = False
    assert vault.fetch(NAME) == SECRET
