"""Where the keys and the store of this workstation lie, and who is known here."""

from pathlib import Path

from msgspec import field

from carekraft_desktop.config import Folders
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.ports import Clock, Ids, Vault
from carekraft_desktop.security.keys import KeyRing, Unlocked
from carekraft_desktop.security.people import Person
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand
from carekraft_desktop.security.tries import Tries
from carekraft_desktop.security.vault import held
from carekraft_desktop.security.workstation import WorkstationCode
from carekraft_desktop.services.losing import require_keys
from carekraft_desktop.services.tries_watch import TriesWatch
from carekraft_desktop.store import facts
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.backups import looking_at
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Journal
from carekraft_desktop.store.unit import Store, warm
from carekraft_desktop.value import Value


class Surroundings(Value, frozen=True):
    """What access needs of the machine."""

    folders: Folders
    clock: Clock
    ids: Ids
    vault: Vault
    tries: dict[Path, Tries] = field(default_factory=dict)
    """Of each key file that was read: waiting is counted from the failure, not from the reading."""
    watch: TriesWatch = field(default_factory=TriesWatch)
    """Whose passwords did not fit lately."""


def keys_in(folder: Path) -> Path:
    """The file with the wrapped keys."""
    return folder / "office.keys"


def store_in(folder: Path) -> Path:
    """The encrypted store."""
    return folder / "office.store"


def ring_of(around: Surroundings) -> KeyRing:
    """The keys of this workstation, as they are on the disk now.

    Raises:
        KeyFileDamaged, StoreTooNew: they cannot be read.
        KeysDestroyed: this workstation was reported lost.
    """
    path = keys_in(around.folders.office)
    require_keys(around.folders.office)
    ring = KeyRing.load(path, clock=around.clock, tries=around.tries.get(path))
    around.tries[path] = ring.tries
    return ring


def is_set_up(folders: Folders) -> bool:
    """Whether there is an office on this workstation; looks at the folder only."""
    return folders.office.exists()


def people(around: Surroundings) -> tuple[Person, ...]:
    """Who may sign in here.

    Asked for while the lock page is up, so what an unlock needs is loaded on the way: the
    person is still typing.
    """
    warm()
    ring = ring_of(around)
    return tuple(p for p in ring.people() if not p.disabled)


def needs_code(around: Surroundings) -> bool:
    """Whether the workstation code from paper takes the place of a keyring."""
    return not ring_of(around).backend


def device_secret(around: Surroundings, ring: KeyRing, workstation_code: str) -> Secret:
    """This workstation's half of the way in: from its keyring, or from the code on paper."""
    if ring.backend:
        return held(around.vault, ring.device_name)
    return WorkstationCode.typed(workstation_code).device_secret()


def staff_of(person: Person) -> Staff:
    """A person of the key file, as somebody who acts."""
    roles = frozenset(Role(role) for role in person.roles)
    return Staff(person.id, person.name, person.display, roles)


def anchor_of(folder: Path, key: Secret) -> Anchor:
    """The anchor of a store with this data key."""
    return anchor_at(folder / "office.anchor", key)


def anchor_at(place: Path, key: Secret) -> Anchor:
    """The same in a file of another name, for a store that is being made."""
    with expand(key, "carekraft anchor/v1") as code:
        return Anchor(place, bytes(code.content))


def journal_of(unlocked: Unlocked, store: Store | None = None) -> Journal:
    """The journal with its key, which stays the same when the store gets another one."""
    noted = store.entries_noted if store is not None else lambda: 0
    if store is not None:
        with store.read() as unit:
            kept = facts.get(unit, Fact.JOURNAL_KEY)
        if kept:
            return Journal(bytes.fromhex(kept), noted)
    with unlocked.derive("audit/v1") as key:
        return Journal(bytes(key.content), noted)


def journal_of_file(unlocked: Unlocked, file: Path) -> Journal:
    """The journal of a store that is not open yet, for a copy of it.

    Raises:
        StoreDamaged: it does not open.
    """
    with looking_at(file, unlocked.key.content) as unit:
        kept = facts.get(unit, Fact.JOURNAL_KEY)
    if kept:
        return Journal(bytes.fromhex(kept))
    return journal_of(unlocked)
