"""Whether a backup that brings an office to a new computer is that office's own (REQ-95).

Whoever can write to the folder of backups can wrap one of their own making to the paper, since the
public half is enough for that; and its key file would then be theirs as well. So the signature of
somebody in the key file is not enough on a computer that knows nothing yet. What nobody can make up
is the workstation's key at the exchange: the exchange proves it even where it shuts the workstation
out, and answers otherwise to a key that it never saw.
"""

from collections.abc import Sequence

from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.errors import ExchangeError, Offline, ReportedLost, SignedOut, Unavailable
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway
from carekraft_desktop.security import backup_file
from carekraft_desktop.security.backup_file import Manifest
from carekraft_desktop.services.workplace import Surroundings

_KNOWN = frozenset({Slug.DEVICE_REVOKED, Slug.KEY_REPLACED})
"""Refusals by which the exchange says that it has seen this key."""


def is_signed_here(manifest: Manifest, verifying: Sequence[bytes]) -> bool:
    """Whether somebody in the key file signed it."""
    return backup_file.is_by(manifest, verifying)


def is_known_there(around: Surroundings, address: str, device: Device) -> bool:
    """Whether the exchange knows this key as a workstation's, shut out, replaced or neither.

    Where the exchange does not answer, nothing is shown: False.
    """
    try:
        _prove(around, address, device)
    except ReportedLost:
        return True  # it proved who it is, and got its order
    except SignedOut as refusal:
        return refusal.detail in _KNOWN
    except (Offline, Unavailable):
        return False
    return True


def is_shut_out(around: Surroundings, address: str, device: Device) -> bool:
    """Whether the exchange lets this workstation in no more; False where it does not answer."""
    try:
        _prove(around, address, device)
    except SignedOut:
        return True
    except ExchangeError:
        return False
    return False


def _prove(around: Surroundings, address: str, device: Device) -> None:
    gateway = ExchangeGateway(address, device, clock=around.clock, ids=around.ids)
    try:
        gateway.prove()
    finally:
        gateway.close()
