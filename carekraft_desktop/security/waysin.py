"""The ways in: how a person's slot and the paper's slot are made and opened.

Every wrapped thing is bound to its place, that is to the store, the generation of the store's
key and the number of the device secret, so that none can be moved to another file or time.
"""

import hashlib
import hmac
import secrets

from carekraft_desktop.errors import WrongPassword
from carekraft_desktop.security import passwords
from carekraft_desktop.security.keyfile import KeyFile, RecoverySlot, Slot, SlotHeader
from carekraft_desktop.security.people import NewStaff, Person
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import (
    KEY_LENGTH,
    SALT_LENGTH,
    Cost,
    NotOpened,
    StaffKeys,
    expand,
    seal,
    slot_key,
    unseal,
    wrap,
)
from carekraft_desktop.value import Value, replace


class Place(Value, frozen=True, kw_only=True):
    """Where a slot belongs: bound into its header."""

    store: str
    generation: int
    device: int
    cost: Cost


def data_purpose(store: str, generation: int) -> str:
    """What the store's key is wrapped for."""
    return f"carekraft store key v1|{store}|{generation}"


def device_purpose(store: str, number: int) -> str:
    """What a device secret is wrapped for."""
    return f"carekraft device secret v1|{store}|{number}"


def device_check(device: Secret, store: str) -> bytes:
    """A fingerprint of the device secret; 256 random bits cannot be guessed from it.

    Raises:
        ValueError: it is shorter or longer, so it is no device secret.
    """
    if len(device) != KEY_LENGTH:
        message = f"a device secret has {KEY_LENGTH} bytes"
        raise ValueError(message)
    with expand(device, f"carekraft device check v1|{store}") as check:
        return bytes(check.content)


def file_code(file: KeyFile, key: Secret) -> bytes:
    """The code over the whole file, under a key that only the store's key gives."""
    with expand(key, "carekraft key file v1") as under:
        return hmac.digest(under.content, file.sealable(), hashlib.sha256)


def _typed(password: str) -> Secret:
    """A password as it goes into the derivation.

    Raises:
        WrongPassword: no text that could ever have been set.
    """
    content = passwords.as_bytes(password)
    if content is None:
        raise WrongPassword
    return Secret(content)


def make_slot(
    place: Place, staff: NewStaff, keys: StaffKeys, *, password: str, device: Secret, key: Secret
) -> Slot:
    """A way in for one person: the private keys sealed, the store's key wrapped."""
    header = SlotHeader(
        store=place.store,
        staff=staff.id,
        name=staff.name,
        display=staff.display,
        roles=staff.roles,
        generation=place.generation,
        device=place.device,
        cost=place.cost,
        salt=secrets.token_bytes(SALT_LENGTH),
        public=keys.public,
        verifying=keys.verifying,
    )
    with (
        _typed(password) as typed,
        slot_key(typed, device, salt=header.salt, cost=header.cost) as sealing,
        keys.sealable() as both,
    ):
        sealed = seal(sealing, both, header=header.encoded())
    purpose = data_purpose(place.store, place.generation)
    return Slot(header=header, sealed=sealed, data=wrap(key, keys.public, purpose=purpose))


def open_slot(slot: Slot, *, password: str, device: Secret) -> StaffKeys:
    """A person's private keys.

    Raises:
        WrongPassword: the password is wrong, or the slot was altered, which is the same to us.
    """
    header = slot.header
    try:
        with (
            _typed(password) as typed,
            slot_key(typed, device, salt=header.salt, cost=header.cost) as sealing,
            unseal(sealing, slot.sealed, header=header.encoded()) as both,
        ):
            return StaffKeys.joined(both)
    except NotOpened:
        raise WrongPassword from None


def person_of(slot: Slot) -> Person:
    """Whose slot it is."""
    header = slot.header
    return Person(
        id=header.staff,
        name=header.name,
        display=header.display,
        roles=header.roles,
        disabled=slot.disabled,
        waiting=not slot.is_open and not slot.disabled,
    )


def as_new(slot: Slot) -> NewStaff:
    """The same person, to be given a new slot."""
    header = slot.header
    return NewStaff(id=header.staff, name=header.name, display=header.display, roles=header.roles)


def recovery_slot(place: Place, paper: RecoveryKey, *, key: Secret, device: Secret) -> RecoverySlot:
    """The store's key and the device secret, for the holder of the paper."""
    public = paper.public_key()
    return RecoverySlot(
        public=public,
        data=wrap(key, public, purpose=data_purpose(place.store, place.generation)),
        device=wrap(device, public, purpose=device_purpose(place.store, place.device)),
    )


def with_slot(file: KeyFile, slot: Slot) -> KeyFile:
    """The file with one person's slot put in its place, or at the end."""
    ids = [each.header.staff for each in file.staff]
    if slot.header.staff not in ids:
        return replace(file, staff=(*file.staff, slot))
    at = ids.index(slot.header.staff)
    return replace(file, staff=(*file.staff[:at], slot, *file.staff[at + 1 :]))
