"""One word that a closed workstation can still say: many passwords did not fit here (REQ-26).

While the office is open the device's key signs a slip that says this and nothing else, and the slip
goes into the computer's keyring; the key itself stays in the encrypted store. Whoever steals a slip
can raise one false alarm. The exchange takes each once.
"""

import logging
from collections.abc import Callable

import msgspec

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.errors import AccessError, CareKraftError, ExchangeError
from carekraft_desktop.exchange.gateway import ExchangeGateway, tell_of_tries
from carekraft_desktop.security.redaction import fields
from carekraft_desktop.services.workplace import Surroundings, ring_of

_log = logging.getLogger(__name__)


class Kept(msgspec.Struct, frozen=True):
    """What lies in the keyring."""

    exchange: str
    client_id: str
    slip: str


def leaver(around: Surroundings, gateway: ExchangeGateway, device: str) -> Callable[[], None]:
    """What puts a slip into the keyring; to be called whenever the exchange was just heard."""
    left: list[str] = []

    def leave() -> None:
        key = gateway.key_in_use
        if left[-1:] == [key]:
            return
        left.append(key)  # a keyring that refuses is not asked again and again
        try:
            ring = ring_of(around)
            if ring.backend:
                kept = Kept(gateway.address, device, gateway.slip())
                around.vault.keep(name_in_keyring(ring.store_id), encode(kept))
        except CareKraftError as failure:
            _log.info("slip", extra=fields(code=failure.code))

    return leave


def spend(around: Surroundings) -> bool:
    """Tell the office's other workstations, with the office closed here; whether they heard.

    Without a slip, or without a network, they hear of it at the next sign-in.
    """
    try:
        name = name_in_keyring(ring_of(around).store_id)
        found = around.vault.fetch(name)
        if not found:
            return False
        kept = decode(found, Kept)
        tell_of_tries(kept.exchange, kept.client_id, kept.slip)
        around.vault.forget(name)
    except (AccessError, ExchangeError, Malformed) as failure:
        _log.info("slip", extra=fields(code=getattr(failure, "code", "malformed")))
        return False
    around.watch.take()  # it is told; the next sign-in needs not tell it again
    return True


def name_in_keyring(store_id: str) -> str:
    """Under which name of the keyring it lies; goes with the keys."""
    return f"slip.{store_id}"
