"""The certificate that a workstation was destroyed: key ids, what goes, what stays (REQ-98).

It is signed by whoever does it, in the form of the office's other signed papers, so that
`carekraft-desktop audit verify` and anybody without our program can check it.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from carekraft_desktop.config import Folders
from carekraft_desktop.domain import trail
from carekraft_desktop.domain.backups import Backup
from carekraft_desktop.domain.retiring import Certificate, Key, KeyKind, Stays, Told
from carekraft_desktop.security.keys import KeyRing, Unlocked
from carekraft_desktop.services import paper, swap
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.store import facts, retiring
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading


def made(
    opened: Opened,
    folders: Folders,
    ring: KeyRing,
    going: Sequence[Backup],
    stays: tuple[Stays, ...],
) -> Certificate:
    """What is about to be certified; the exchange has not been told yet."""
    desk = opened.desk
    with opened.store.read() as unit:
        name, keys = retiring.name_of(unit, desk.device), key_ids(unit, ring)
    aside = (f"store-put-aside:{path.name[-15:]}" for path in swap.set_aside(folders.office))
    packet = ("downtime-packet",) if (folders.downtime / paper.PACKET).exists() else ()
    return Certificate(
        at=desk.now(),
        person=desk.staff.id,
        display=desk.staff.display,
        device=desk.device,
        name=name,
        told=Told.NOT_CONFIRMED,
        keys=keys,
        destroyed=(
            "key-file",
            "store",
            "journal-and-segments",
            "anchor",
            *aside,
            *packet,
            *(f"backup:{each.id}" for each in going),
        ),
        stays=stays,
    )


def key_ids(unit: Reading, ring: KeyRing) -> tuple[Key, ...]:
    """Ids of every key that is destroyed; each is a name or a fingerprint of the public half."""
    people = sorted(ring.wrapped_for().items())
    jwk = json.loads(facts.get(unit, Fact.DEVICE_KEY))
    thumb = hashlib.sha256(f"{jwk['x']}.{jwk['y']}".encode()).digest()
    return (
        Key(KeyKind.DATA, f"{ring.store_id}/generation-{ring.generation}"),
        *(Key(KeyKind.WRAP, f"{staff} {trail.fingerprint(public)}") for staff, public in people),
        Key(KeyKind.PAPER, trail.fingerprint(ring.recovery_public)),
        *(Key(KeyKind.DEVICE, name) for name in ring.device_names()),
        Key(KeyKind.EXCHANGE, f"{facts.get(unit, Fact.CLIENT_ID)} {trail.fingerprint(thumb)}"),
    )


def signed(certificate: Certificate, unlocked: Unlocked, store_id: str, *, whole: bool) -> bytes:
    """The certificate's bytes, checked as a stranger would.

    Args:
        certificate: what is certified.
        unlocked: the keys of whoever certifies it.
        store_id: of the store that is destroyed.
        whole: whether its journal's chain held to the end.
    """
    from carekraft_desktop.security.signatures import holds

    head = trail.Head(store_id, certificate.at, certificate.person, unlocked.verifying, whole)
    content = b"".join(trail.written(head, certificate.lines(), unlocked.sign))
    report = trail.checked(content.splitlines(keepends=True), holds)
    if report.flaw is not None:
        raise AssertionError(report.flaw)  # it was written by the lines above
    return content


def packets(folders: Folders, elsewhere: str) -> tuple[Path, ...]:
    """Where a downtime packet lies outside the program's own folder."""
    found = Path(elsewhere) / paper.PACKET if elsewhere else folders.downtime / paper.PACKET
    return (found,) if elsewhere and found.is_file() else ()
