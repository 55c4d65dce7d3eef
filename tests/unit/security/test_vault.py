"""The keyring's adapter against keyrings that behave as real ones were seen to."""

import threading
from collections.abc import Callable, Iterator

import keyring as library
import pytest
from keyring.backends.fail import Keyring as Fail
from keyring.backends.null import Keyring as Null
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError

from carekraft_desktop.errors import KeyringLost, KeyringMissing, KeyringRefused
from carekraft_desktop.security import vault as module
from carekraft_desktop.security.vault import KeyringVault, acceptable, class_name, held
from tests.fakes.vault import FakeVault, Trouble

NAME = "0191a0b0-0000-7000-8000-00000000000a/1"
SECRET = bytes(range(32))


class Ring:
    """A keyring in memory, under the class name of a real one."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.calls: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.calls.append("get")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.calls.append("set")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.calls.append("delete")
        del self.kept[service, username]


def named(full_name: str, ring: type[Ring] = Ring) -> Ring:
    """A ring whose class says it is another."""
    where, _, name = full_name.rpartition(".")
    made = type(name, (ring,), {"__module__": where, "__qualname__": name})()
    assert isinstance(made, Ring)
    return made


@pytest.fixture
def ring() -> Ring:
    return named("keyring.backends.SecretService.Keyring")


@pytest.fixture
def vault(ring: Ring) -> KeyringVault:
    return KeyringVault(find=lambda: ring)


def test_what_is_kept_comes_back(vault: KeyringVault, ring: Ring) -> None:
    assert vault.backend == "keyring.backends.SecretService.Keyring"
    assert vault.fetch(NAME) is None
    vault.keep(NAME, SECRET)
    assert vault.fetch(NAME) == SECRET
    assert len(ring.kept) == 1
    assert all(len(text) < 1280 for text in ring.kept.values())  # what Windows can hold
    vault.forget(NAME)
    vault.forget(NAME)
    assert vault.fetch(NAME) is None
    assert not ring.kept


def test_nothing_is_overwritten_in_place(vault: KeyringVault, ring: Ring) -> None:
    for number in range(5):
        vault.keep(NAME, bytes([number]) * 32)
        assert vault.fetch(NAME) == bytes([number]) * 32
        assert len(ring.kept) == 1
    ring.calls.clear()
    vault.keep(NAME, SECRET)
    assert ring.calls.index("set") < ring.calls.index("delete")


def test_a_start_between_the_new_and_the_old_takes_the_new(vault: KeyringVault, ring: Ring) -> None:
    vault.keep(NAME, b"old" * 10)
    before = dict(ring.kept)
    vault.keep(NAME, SECRET)
    ring.kept.update(before)
    assert vault.fetch(NAME) == SECRET
    vault.keep(NAME, b"newest" * 5)
    assert vault.fetch(NAME) == b"newest" * 5
    assert len(ring.kept) == 1


@pytest.mark.parametrize("text", ["", "2:1:AAAA", "1:1:A", "1:x:AAAA", "plain"])
def test_an_entry_that_is_not_ours_is_no_secret(vault: KeyringVault, ring: Ring, text: str) -> None:
    ring.kept[module.SERVICE, f"{NAME}/a"] = text
    assert vault.fetch(NAME) is None
    vault.keep(NAME, SECRET)
    assert vault.fetch(NAME) == SECRET


def test_a_keyring_that_forgets_is_found_out_at_once() -> None:
    class Forgetting(Ring):
        def set_password(self, service: str, username: str, password: str) -> None:
            del service, username, password

    vault = KeyringVault(find=lambda: named("keyring.backends.SecretService.Keyring", Forgetting))
    with pytest.raises(KeyringRefused):
        vault.keep(NAME, SECRET)


def test_a_refused_write_keeps_the_old_secret(vault: KeyringVault, ring: Ring) -> None:
    vault.keep(NAME, b"old" * 10)

    def refuse(service: str, username: str, password: str) -> None:
        raise PasswordSetError(service, username, len(password))

    ring.set_password = refuse  # type: ignore[method-assign]
    with pytest.raises(KeyringRefused):
        vault.keep(NAME, SECRET)
    assert vault.fetch(NAME) == b"old" * 10


@pytest.mark.parametrize(
    "failure",
    [
        KeyringLocked("Prompt dismissed"),
        PasswordDeleteError("no"),
        OSError(5, "bus"),
        KeyError("x"),
    ],
)
def test_whatever_a_keyring_raises_is_translated(ring: Ring, failure: Exception) -> None:
    def refuse(service: str, username: str) -> str | None:
        del service, username
        raise failure

    ring.get_password = refuse  # type: ignore[method-assign]
    with pytest.raises(KeyringRefused) as refused:
        KeyringVault(find=lambda: ring).fetch(NAME)
    assert refused.value.detail == type(failure).__name__
    assert "Prompt" not in str(refused.value)


def test_no_keyring_is_missing_and_not_refused() -> None:
    for find in (Fail, lambda: broken()):
        vault = KeyringVault(find=find)
        for attempt in (
            lambda v: v.fetch(NAME),
            lambda v: v.keep(NAME, SECRET),
            lambda v: v.backend,
        ):
            with pytest.raises(KeyringMissing):
                attempt(vault)


def broken() -> Ring:
    from keyring.errors import NoKeyringError

    raise NoKeyringError


@pytest.mark.req("REQ-09", "REQ-34")
def test_the_null_keyring_is_refused() -> None:
    with pytest.raises(KeyringRefused):
        KeyringVault(find=Null).keep(NAME, SECRET)


@pytest.mark.req("REQ-09", "REQ-34")
@pytest.mark.parametrize(
    "name",
    ["keyrings.alt.file.PlaintextKeyring", "keyring.backends.libsecret.Keyring", "x.Keyring"],
)
def test_an_unknown_kind_is_refused(name: str) -> None:
    with pytest.raises(KeyringRefused):
        KeyringVault(find=lambda: named(name)).fetch(NAME)


def chain(*parts: Ring) -> Ring:
    made = named(module.CHAIN)
    made.backends = list(parts)  # type: ignore[attr-defined]
    return made


def test_a_chain_is_as_good_as_its_worst_part() -> None:
    good = [named(name) for name in sorted(module.ALLOWED)]
    assert acceptable(chain(*good)) is good[0]
    for parts in ([good[0], named("keyrings.alt.file.PlaintextKeyring")], []):
        with pytest.raises(KeyringRefused):
            acceptable(chain(*parts))


@pytest.mark.req("REQ-09")
def test_on_windows_the_secret_does_not_roam() -> None:
    ring = named(module.WINDOWS)
    vault = KeyringVault(find=lambda: ring)
    vault.keep(NAME, SECRET)
    assert vars(ring)["persist"] == "local machine"


@pytest.fixture
def patience_ends() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_a_keyring_that_hangs_hangs_alone(ring: Ring, patience_ends: threading.Event) -> None:
    def wait(service: str, username: str) -> str | None:
        del service, username
        patience_ends.wait(30)
        return None

    ring.get_password = wait  # type: ignore[method-assign]
    with pytest.raises(KeyringRefused) as refused:
        KeyringVault(find=lambda: ring, patience=0.05).fetch(NAME)
    assert refused.value.detail == "no answer in time"
    patience_ends.set()


def test_it_asks_the_library_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, ring: Ring
) -> None:
    monkeypatch.setattr(library, "get_keyring", lambda: ring)
    vault = KeyringVault()
    vault.keep(NAME, SECRET)
    assert vault.fetch(NAME) == SECRET
    assert threading.current_thread() is threading.main_thread()


def test_every_call_is_made_outside_the_callers_thread(ring: Ring) -> None:
    seen: set[int] = set()

    def find() -> Ring:
        seen.add(threading.get_ident())
        return ring

    assert KeyringVault(find=find).fetch(NAME) is None
    assert threading.get_ident() not in seen


@pytest.mark.req("REQ-09")
def test_a_secret_that_is_gone_is_lost_and_never_made_anew(vault: KeyringVault) -> None:
    with pytest.raises(KeyringLost):
        held(vault, NAME)
    vault.keep(NAME, SECRET)
    assert held(vault, NAME).content == SECRET


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble.MISSING, KeyringMissing),
        (Trouble.REFUSED, KeyringRefused),
        (Trouble.LOST, KeyringLost),
        (Trouble.SLOW, KeyringRefused),
        (Trouble.FORGETTING, KeyringRefused),
    ],
)
def test_the_fake_fails_as_the_real_one_does(trouble: Trouble, error: type[Exception]) -> None:
    fake = FakeVault()
    fake.keep(NAME, SECRET)
    assert held(fake, NAME).content == SECRET
    assert fake.backend in module.ALLOWED
    fake.trouble = trouble
    fake.patience.set()
    with pytest.raises(error):
        fake.keep(NAME, SECRET)
    fake.trouble = Trouble.NONE
    fake.forget(NAME)
    fake.keep(NAME, SECRET)
    fake.wipe()
    with pytest.raises(KeyringLost):
        held(fake, NAME)


def test_class_names_are_whole() -> None:
    attempt: Callable[[object], str] = class_name
    assert attempt(Null()) == "keyring.backends.null.Keyring"
