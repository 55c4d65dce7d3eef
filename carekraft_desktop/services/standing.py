"""What an open store says of its workstation, and what it does when it was reported lost."""

from collections.abc import Callable

from carekraft_desktop.config import read_settings
from carekraft_desktop.exchange.gateway import ExchangeGateway
from carekraft_desktop.services import slip
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.heartbeat import Heart, Standing
from carekraft_desktop.services.losing import Loss, destroy
from carekraft_desktop.services.trail_check import TrailCheck
from carekraft_desktop.services.workplace import Surroundings, keys_in, ring_of
from carekraft_desktop.store import posture
from carekraft_desktop.store.unit import Store

BACKUPS = ("backup.made", "backup.make", "backup.done")
"""Journal entries that tell of a backup."""


def heart_of(
    around: Surroundings,
    desk: Desk,
    store: Store,
    gateway: ExchangeGateway,
    covered: Callable[[], bool],
) -> Heart:
    """What this workstation tells the others of its office, and asks of its own journal."""
    check = TrailCheck(store, desk.journal, desk.device, around.clock, around.ids)
    with store.read() as unit:
        cipher = f"SQLCipher {unit.value('PRAGMA cipher_version')}"

    def backup_at() -> int | None:
        with store.read() as unit:
            return posture.last(unit, BACKUPS)[0] or None

    return Heart(
        gateway,
        Standing(desk.device, cipher, keyring=bool(ring_of(around).backend)),
        clock=around.clock,
        covered=covered,
        idle_minutes=lambda: read_settings(around.folders).idle_minutes,
        backup_at=backup_at,
        trail=check.here,
        compare=check.compare,
        heard=slip.leaver(around, gateway, desk.device),
    )


def loss_of(around: Surroundings, desk: Desk, store: Store) -> Loss:
    """Carries out the exchange's order where this workstation was reported lost."""
    ring = ring_of(around)
    names = (ring.device_name, slip.name_in_keyring(ring.store_id))
    return Loss(
        store,
        desk.journal,
        desk.device,
        clock=around.clock,
        destroy=lambda: destroy(keys_in(around.folders.office), around.vault, names),
    )
