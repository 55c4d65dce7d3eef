"""This workstation was reported lost: its keys are destroyed, and it stays shut (REQ-96).

The order is believed only with the signature of the exchange's key that the store knows. With the
wrapped keys and the keyring's secret gone, the store is random bytes to everybody, its owner too.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from carekraft_desktop.errors import KeyringMissing, KeyringRefused, KeysDestroyed, StoreError
from carekraft_desktop.exchange import seals
from carekraft_desktop.ports import Clock, Vault
from carekraft_desktop.store import permissions
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Store

MARK = "lost"
"""A file beside the store, so that the lock page can say what has happened."""


class Loss:
    """Carries the order out; for one open store."""

    def __init__(
        self,
        store: Store,
        journal: Journal,
        device: str,
        *,
        clock: Clock,
        destroy: Callable[[], None],
    ) -> None:
        """`device`: this workstation's id, which the order has to name; `destroy` ends its keys."""
        self._store, self._journal, self._device = store, journal, device
        self._clock, self._destroy = clock, destroy
        self.done = False
        """The keys are gone; what is still open has to be closed now."""

    def obey(self, order: str) -> bool:
        """Destroy every way to the data key; False for an order that nothing proves."""
        with self._store.read() as unit:
            keys = permissions.keys(unit)
        if self.done or not seals.ordered(order, keys, self._device):
            return False
        now = int(self._clock.now().timestamp())
        with suppress(StoreError), self._store.write() as unit:  # it is done all the same
            self._journal.append(unit, Entry(now, "", self._device, "keys.destroy"))
        self._destroy()
        self.done = True
        return True


def destroy(keys: Path, vault: Vault, secrets: Iterable[str]) -> None:
    """Remove the wrapped keys and the keyring's secret, for good.

    Args:
        keys: the key file; what lies beside it under its name goes as well.
        vault: the keyring.
        secrets: the names under which the keyring holds what is this workstation's.
    """
    (keys.parent / MARK).touch(mode=0o600)
    for path in sorted(keys.parent.glob(f"{keys.name}*")):
        path.write_bytes(bytes(path.stat().st_size))
        path.unlink()
    with suppress(KeyringMissing, KeyringRefused):  # the wraps are gone; it opens nothing alone
        for each in secrets:
            vault.forget(each)


def require_keys(folder: Path) -> None:
    """Say what has happened where the keys were destroyed.

    Raises:
        KeysDestroyed: this workstation was reported lost.
    """
    if (folder / MARK).exists():
        raise KeysDestroyed
