"""The ring of keys of one workstation's store: made, opened by a person, recovered, handed on.

    person's password + device secret  ->  person's private keys  ->  the store's key
    paper                              ->  recovery private key   ->  the store's key

Wrong password, a device secret that is not this workstation's, and a damaged or altered file
are told apart, because a person can do something different about each.
"""

import hmac
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from carekraft_desktop.config import private_folder, translated
from carekraft_desktop.errors import (
    BackupShut,
    DiskFull,
    KeyFileDamaged,
    KeyringLost,
    NameNotAllowed,
    NotPermitted,
    StoreReadOnly,
    WrongPassword,
    WrongRecoveryKey,
    WrongWorkstationCode,
)
from carekraft_desktop.security import keyfile, names, passwords
from carekraft_desktop.security.keyfile import KeyFile, Slot
from carekraft_desktop.security.people import NewStaff, Person, Unlocked
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import (
    CEILING,
    FLOOR,
    STANDARD,
    Cost,
    NotOpened,
    StaffKeys,
    unwrap,
    wrap,
)
from carekraft_desktop.security.tries import Tries
from carekraft_desktop.security.waysin import (
    Place,
    as_new,
    data_purpose,
    device_check,
    device_purpose,
    file_code,
    make_slot,
    next_generation,
    open_slot,
    person_of,
    recovery_slot,
    with_slot,
)
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from carekraft_desktop.ports import Clock

__all__ = ["KeyRing", "NewStaff", "Person", "RecoveryKey", "Unlocked", "device_name"]

LONGEST_DISPLAY = 200  # code points


def _tries_path(path: Path) -> Path:
    return path.with_name(path.name + ".tries")


def _welcome(staff: NewStaff, *, people: tuple[Person, ...]) -> NewStaff:
    """A new person with the name in the form that is stored.

    Raises:
        NameNotAllowed: name or id is taken or ever was, the name is shared, or nothing is
            there for colleagues to read.
    """
    wanted = names.check_name(staff.name, taken=[person.name for person in people])
    if staff.id in {person.id for person in people}:
        raise NameNotAllowed("taken")
    if not 0 < len(staff.display.strip()) <= LONGEST_DISPLAY:
        raise NameNotAllowed("display")
    return replace(staff, name=wanted)


class KeyRing:
    """The key file of one workstation, and who may open it.

    Used by one thread at a time; deriving a key takes a moment, so that is a worker's.
    """

    def __init__(
        self, path: Path, file: KeyFile, content: bytes, *, tries: Tries, cost: Cost
    ) -> None:
        """Use `load` or `create`."""
        self._path = path
        self._file = file
        self._content = content
        self._tries = tries
        self._cost = cost

    # -------------------------------------------------------------- making and reading

    @staticmethod
    def exists(path: Path) -> bool:
        """Whether this workstation was set up: then a missing store is a loss, not a start."""
        return path.exists() or keyfile.previous(path).exists()

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        store_id: str,
        device_secret: Secret,
        staff: NewStaff,
        password: str,
        backend: str,
        clock: "Clock",
        cost: Cost = STANDARD,
    ) -> tuple[Unlocked, RecoveryKey]:
        """Set up a workstation: a new store key, its first person, its recovery key.

        Args:
            path: where the key file is to be.
            store_id: the store's own id.
            device_secret: 32 bytes that the keyring keeps, or that the workstation code gives.
            staff: the first person.
            password: as typed.
            backend: the keyring's class name; "" for a workstation code.
            clock: for the pauses between tries.
            cost: what a guess costs; less than the standard is for tests only, and a file made
                with less is refused by `load`.

        Returns:
            The person, already in, and the recovery key to be printed and wiped.

        Raises:
            ValueError: there is a key file already, or the device secret has a wrong length.
            WeakPassword, NameNotAllowed: nothing was made.
            StoreReadOnly, DiskFull: the file could not be written.
        """
        if cls.exists(path):
            message = "there is a key file already"
            raise ValueError(message)
        staff = _welcome(staff, people=())
        passwords.check_new(password, keyring=bool(backend), names=(staff.name, staff.display))
        key, keys, paper = Secret.random(), StaffKeys.new(), RecoveryKey.new()
        place = Place(store=store_id, generation=1, device=1, cost=cost)
        slot = make_slot(place, staff, keys, password=password, device=device_secret, key=key)
        file = KeyFile(
            format=keyfile.FORMAT,
            store=store_id,
            generation=1,
            backend=backend,
            device=1,
            device_check=device_check(device_secret, store_id),
            recovery=recovery_slot(place, paper, key=key, device=device_secret),
            staff=(slot,),
        )
        try:
            tries = Tries.new(_tries_path(private_folder(path.parent) / path.name), clock=clock)
        except OSError as failure:
            raise translated(failure) from failure
        cls(path, file, b"", tries=tries, cost=cost)._store(file, key, fresh=True)  # noqa: SLF001
        keys.unwrapping.wipe()
        return Unlocked(key=key, signing=keys.signing, staff=person_of(slot)), paper

    @classmethod
    def adopt(cls, path: Path, content: bytes, *, clock: "Clock") -> Self:
        """Put the key file of a backup on a computer that has none; nobody has tried here yet.

        Raises:
            KeyFileDamaged, StoreTooNew: it is no key file of ours.
            StoreReadOnly, DiskFull: it could not be written.
        """
        keyfile.decode(content)
        keyfile.write(path, content, before=None)
        try:
            tries = Tries.new(_tries_path(path), clock=clock)
        except OSError as failure:
            raise translated(failure) from failure
        return cls.load(path, clock=clock, tries=tries)

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        clock: "Clock",
        floor: Cost = FLOOR,
        cost: Cost = STANDARD,
        tries: Tries | None = None,
    ) -> Self:
        """Read the key file; nothing is unlocked yet.

        Args:
            path: the key file.
            clock: for the pauses between tries.
            floor: the least that a guess at a password must cost; lower in tests only.
            cost: what a new way in costs; lower in tests only.
            tries: as a ring that was loaded before in this process gave them, so that waiting
                goes on from the failure and not from this moment.

        Raises:
            KeyFileDamaged: it cannot be read, was damaged, or asks for too cheap a guess.
            StoreTooNew: it was written by a newer version.
        """
        file, content = keyfile.read(path)
        if not all(slot.header.cost.is_between(floor, CEILING) for slot in file.staff):
            raise KeyFileDamaged("cost")
        tries = tries or Tries(_tries_path(path), clock=clock)
        return cls(path, file, content, tries=tries, cost=cost)

    # -------------------------------------------------------------- what it says of itself

    @property
    def tries(self) -> Tries:
        """The failures, and when they were; for the next `load` in this process."""
        return self._tries

    @property
    def store_id(self) -> str:
        """The store that these keys belong to."""
        return self._file.store

    @property
    def generation(self) -> int:
        """Which of the store's keys this is, counted from 1."""
        return self._file.generation

    @property
    def backend(self) -> str:
        """Class name of the keyring that holds the device secret; "" for a workstation code."""
        return self._file.backend

    @property
    def device_name(self) -> str:
        """Under which name the keyring keeps the device secret."""
        return device_name(self._file.store, self._file.device)

    @property
    def next_device_name(self) -> str:
        """Under which name to keep a new device secret before `recover` is called with it."""
        return device_name(self._file.store, self._file.device + 1)

    def device_names(self) -> tuple[str, ...]:
        """Every name under which a keyring may hold a device secret of this store."""
        if not self.backend:
            return ()
        return tuple(device_name(self._file.store, n + 1) for n in range(self._file.device))

    def wrapped_for(self) -> dict[str, bytes]:
        """By staff id: for whose public key the store's key is wrapped."""
        return {slot.header.staff: slot.header.public for slot in self._file.staff if slot.is_open}

    @property
    def content(self) -> bytes:
        """The file as it is, for a backup of it."""
        return self._content

    @property
    def recovery_public(self) -> bytes:
        """What is wrapped for the holder of the paper."""
        return self._file.recovery.public

    def public_keys(self, roles: Collection[str]) -> dict[str, bytes]:
        """By staff id, of everybody with one of these roles who may come in."""
        return {
            slot.header.staff: slot.header.public
            for slot in self._file.staff
            if slot.is_open and set(roles) & set(slot.header.roles)
        }

    def verifying_keys(self) -> tuple[bytes, ...]:
        """By what the signatures of the people here are checked."""
        return tuple(slot.header.verifying for slot in self._file.staff)

    def people(self) -> tuple[Person, ...]:
        """Everybody it ever knew, in the order of their coming."""
        return tuple(person_of(slot) for slot in self._file.staff)

    def seconds_to_wait(self, staff_id: str) -> float:
        """How long until this person's next try is taken; infinite when locked."""
        return self._tries.wait(staff_id)

    def failures(self, staff_id: str) -> int:
        """How often a password did not fit since this person last came in."""
        return self._tries.failures(staff_id)

    def unlock(self, staff_id: str, password: str, device_secret: Secret) -> Unlocked:
        """Let a person in; a way in that was made when guesses cost less is made anew.

        Raises:
            TooManyTries: not yet; `seconds` is infinite when only an administrator or the
                paper can help.
            WrongPassword: also for somebody unknown, disabled or waiting.
            KeyringLost, WrongWorkstationCode: this is another workstation's device secret; no
                try was counted.
            KeyFileDamaged: the password was right and the file was altered.
        """
        slot, keys = self._opened(staff_id, password, device_secret)
        if slot.header.cost.is_between(self._cost, CEILING) or self.rotating:
            return self._enter(slot, keys)
        kept = keys.copy()
        try:
            unlocked = self._enter(slot, keys)
            with suppress(StoreReadOnly, DiskFull):  # the old one stands until next time
                self._renew_slot(slot, kept, password, device_secret, unlocked.key)
        finally:
            kept.wipe()
        return unlocked

    def unwrap(
        self, staff_id: str, password: str, device_secret: Secret, wrapped: bytes, *, purpose: str
    ) -> Secret:
        """Open with a person's password what was wrapped for that person.

        Raises:
            TooManyTries, WrongPassword, KeyringLost, WrongWorkstationCode: as for `unlock`.
            BackupShut: it was wrapped for somebody else, or for keys of before.
        """
        _, keys = self._opened(staff_id, password, device_secret)
        try:
            return unwrap(wrapped, keys.unwrapping, purpose=purpose)
        except NotOpened:
            raise BackupShut("another key") from None
        finally:
            keys.wipe()

    def recover(
        self,
        recovery_key_text: str,
        *,
        staff_id: str,
        new_password: str,
        new_device_secret: Secret,
        new_backend: str | None = None,
    ) -> Unlocked:
        """Come in by the paper: a person gets a new password and the workstation its secret.

        With the device secret that is in force everybody else's way in stays as it is; with a
        new one they wait for an administrator's new password.

        Args:
            recovery_key_text: as typed from paper.
            staff_id: who this is.
            new_password: as typed.
            new_device_secret: kept as `next_device_name` if it is new, `device_name` if not.
            new_backend: the keyring's class name now; None when it is the same.

        Raises:
            WrongRecoveryKey: mistyped, or another office's.
            WeakPassword, NameNotAllowed: nothing was changed.
            KeyFileDamaged: the file was altered.
            StoreReadOnly, DiskFull: nothing was changed.
        """
        slot = self._known(staff_id)
        backend = self.backend if new_backend is None else new_backend
        self._check_password(new_password, slot, backend=backend)
        key, keys = self._key_by_paper(recovery_key_text), StaffKeys.new()
        try:
            file = self._with_device(new_device_secret, backend=backend)
            fresh = make_slot(
                self._place(file),
                as_new(slot),
                keys,
                password=new_password,
                device=new_device_secret,
                key=key,
            )
            self._store(with_slot(file, fresh), key)
        except BaseException:
            key.wipe()
            keys.wipe()
            raise
        self._tries.forgive(staff_id)
        keys.unwrapping.wipe()
        return Unlocked(key=key, signing=keys.signing, staff=person_of(fresh))

    def rescue_device(self, recovery_key_text: str) -> Secret:
        """The device secret in force, by the paper; kept in a new keyring it locks nobody out.

        Call `moved` once somebody is in, when the new keyring is of another kind.

        Raises:
            WrongRecoveryKey: mistyped, or another office's.
            KeyFileDamaged: the file was altered.
        """
        self._key_by_paper(recovery_key_text).wipe()
        purpose = device_purpose(self._file.store, self._file.device)
        return self._unwrapped_by_paper(
            recovery_key_text, self._file.recovery.device, purpose=purpose
        )

    # -------------------------------------------------------------- changes

    def change_password(
        self, staff_id: str, *, old_password: str, new_password: str, device_secret: Secret
    ) -> None:
        """A person changes the own password; the keys stay the same.

        Raises:
            WrongPassword, TooManyTries: as for `unlock`.
            WeakPassword: the new one is not taken.
            StoreReadOnly, DiskFull: the old one stands.
        """
        slot, keys = self._opened(staff_id, old_password, device_secret)
        try:
            with self._enter(slot, keys.copy()) as unlocked:
                self._check_password(new_password, slot, backend=self.backend)
                self._renew_slot(slot, keys, new_password, device_secret, unlocked.key)
        finally:
            keys.wipe()

    def add_staff(
        self, unlocked: Unlocked, staff: NewStaff, password: str, device_secret: Secret
    ) -> Person:
        """Let a new person in; whether the one who adds may do so is for the service to say.

        Raises:
            NameNotAllowed: the name or id is taken, ever was, or is shared.
            WeakPassword: the first password is not taken.
            KeyringLost, WrongWorkstationCode: this is another workstation's device secret.
            KeyFileDamaged: the file was altered since it was unlocked.
        """
        self._check_device(device_secret)
        self._check_file(unlocked.key)
        staff = _welcome(staff, people=self.people())
        called = (staff.name, staff.display)
        passwords.check_new(password, keyring=bool(self.backend), names=called)
        return self._put(unlocked, staff, password, device_secret)

    def renew_staff(
        self,
        unlocked: Unlocked,
        staff_id: str,
        password: str,
        device_secret: Secret,
        *,
        roles: tuple[str, ...] | None = None,
    ) -> Person:
        """Give a colleague a new password and new keys: forgotten, locked out, or waiting.

        The roles are sealed together with the keys, so other ones come this way too.

        Raises:
            NotPermitted: one's own way in is changed with `change_password`.
            NameNotAllowed: nobody of that id, or the person left.
            WeakPassword, KeyringLost, WrongWorkstationCode, KeyFileDamaged: as for `add_staff`.
        """
        slot = self._colleague(unlocked, staff_id)
        self._check_device(device_secret)
        self._check_file(unlocked.key)
        self._check_password(password, slot, backend=self.backend)
        who = as_new(slot) if roles is None else replace(as_new(slot), roles=roles)
        person = self._put(unlocked, who, password, device_secret)
        self._tries.forgive(staff_id)
        return person

    def allow_again(self, unlocked: Unlocked, staff_id: str) -> None:
        """Let a colleague who was locked out try again with the same password.

        Raises:
            NotPermitted: nobody does this for oneself.
            NameNotAllowed: nobody of that id, or the person left.
        """
        self._colleague(unlocked, staff_id)
        self._tries.forgive(staff_id)

    def disable_staff(self, unlocked: Unlocked, staff_id: str) -> None:
        """Take a colleague's way in away for good; the name is never given again (REQ-01).

        Raises:
            NotPermitted: nobody does this to oneself, or the office could be locked out.
            NameNotAllowed: nobody of that id, or the person already left.
            KeyFileDamaged: the file was altered since it was unlocked.
        """
        slot = self._colleague(unlocked, staff_id)
        self._check_file(unlocked.key)
        self._store(with_slot(self._file, slot.closed(disabled=True)), unlocked.key)

    def renew_recovery(self, unlocked: Unlocked, device_secret: Secret) -> RecoveryKey:
        """Print a new paper; the old one opens nothing any more.

        Raises:
            KeyringLost, WrongWorkstationCode, KeyFileDamaged: as for `add_staff`.
        """
        self._check_device(device_secret)
        self._check_file(unlocked.key)
        paper = RecoveryKey.new()
        slot = recovery_slot(self._place(), paper, key=unlocked.key, device=device_secret)
        self._store(replace(self._file, recovery=slot), unlocked.key)
        return paper

    def moved(self, unlocked: Unlocked, *, backend: str) -> None:
        """Note that the same device secret is now kept by another kind of keyring.

        Raises:
            KeyFileDamaged: the file was altered since it was unlocked.
        """
        self._check_file(unlocked.key)
        self._store(replace(self._file, backend=backend), unlocked.key)

    # -------------------------------------------------------------- another store key

    def begin_rotation(self, unlocked: Unlocked) -> Secret:
        """A new store key, wrapped for everybody who may come in and for the paper.

        It lies beside the file in force until `finish_rotation`, so that at every moment one of
        the two opens the store.

        Raises:
            KeyFileDamaged: the file was altered since it was unlocked.
            StoreReadOnly, DiskFull: nothing was changed.
        """
        self._check_file(unlocked.key)
        key = Secret.random()
        content = self._sealed(next_generation(self._file, key), key).encoded()
        try:
            keyfile.replace_durably(keyfile.upcoming(self._path), content)
        except OSError as failure:
            key.wipe()
            raise translated(failure) from failure
        return key

    def finish_rotation(self) -> None:
        """The store has the new key: its file takes the place of the one before.

        Raises:
            KeyFileDamaged: there is none; the store would be lost without it, so it was checked
                when it was written.
            StoreReadOnly, DiskFull: both files stay; the next start finishes it.
        """
        beside = keyfile.upcoming(self._path)
        content = self._upcoming()
        self._file = keyfile.decode(content)
        keyfile.write(self._path, content, before=self._content)
        self._content = content
        beside.unlink(missing_ok=True)

    def drop_rotation(self) -> None:
        """The store still has the key of before."""
        keyfile.upcoming(self._path).unlink(missing_ok=True)

    @property
    def rotating(self) -> bool:
        """Whether a rotation was cut short, so that the store has this key or the next one."""
        return keyfile.upcoming(self._path).exists()

    def unlock_next(self, staff_id: str, password: str, device_secret: Secret) -> Unlocked:
        """Come in by the file for the next key; only after `unlock`, so no try is counted.

        Raises:
            WrongPassword, KeyFileDamaged: it does not open.
        """
        after = self._after()
        slot = after._known(staff_id)  # noqa: SLF001
        keys = open_slot(slot, password=password, device=device_secret)
        return after._enter(slot, keys)  # noqa: SLF001

    def next_by_paper(self, recovery_key_text: str) -> Secret:
        """The next store key, by the paper.

        Raises:
            WrongRecoveryKey, KeyFileDamaged: it does not open.
        """
        return self._after()._key_by_paper(recovery_key_text)  # noqa: SLF001

    def key_by_paper(self, recovery_key_text: str) -> Secret:
        """The store's key, by the paper: proves the paper, and changes nothing.

        Raises:
            WrongRecoveryKey, KeyFileDamaged: it does not open.
        """
        return self._key_by_paper(recovery_key_text)

    def _after(self) -> "KeyRing":
        """This ring as it will be once the rotation is finished."""
        content = self._upcoming()
        file = keyfile.decode(content)
        return KeyRing(self._path, file, content, tries=self._tries, cost=self._cost)

    def _upcoming(self) -> bytes:
        try:
            return keyfile.upcoming(self._path).read_bytes()
        except OSError:
            raise KeyFileDamaged("no next file") from None

    # -------------------------------------------------------------- inside

    def _place(self, file: KeyFile | None = None) -> Place:
        """Where a new slot belongs: in the file as it is, or as it is about to be."""
        file = file or self._file
        return Place(
            store=file.store, generation=file.generation, device=file.device, cost=self._cost
        )

    def _known(self, staff_id: str) -> Slot:
        for slot in self._file.staff:
            if slot.header.staff == staff_id and not slot.disabled:
                return slot
        raise NameNotAllowed("unknown")

    def _colleague(self, unlocked: Unlocked, staff_id: str) -> Slot:
        if unlocked.staff.id == staff_id:
            raise NotPermitted("oneself")
        return self._known(staff_id)

    def _check_password(self, password: str, slot: Slot, *, backend: str) -> None:
        called = (slot.header.name, slot.header.display)
        passwords.check_new(password, keyring=bool(backend), names=called)

    def _check_device(self, device: Secret) -> None:
        """Refuse another workstation's device secret before anything is tried with it."""
        mine = device_check(device, self._file.store)
        if not hmac.compare_digest(mine, self._file.device_check):
            raise KeyringLost("another secret") if self.backend else WrongWorkstationCode("another")

    def _check_file(self, key: Secret) -> None:
        """Refuse a file that somebody without the store's key wrote."""
        if not hmac.compare_digest(file_code(self._file, key), self._file.seal):
            raise KeyFileDamaged("altered")

    def _opened(self, staff_id: str, password: str, device: Secret) -> tuple[Slot, StaffKeys]:
        """A person's slot and what the password opens in it; counts the try."""
        self._check_device(device)
        slot = next((each for each in self._file.staff if each.header.staff == staff_id), None)
        if slot is None or not slot.is_open:
            raise WrongPassword
        self._tries.begin(staff_id)
        keys = open_slot(slot, password=password, device=device)
        self._tries.forgive(staff_id)
        return slot, keys

    def _enter(self, slot: Slot, keys: StaffKeys) -> Unlocked:
        """From a person's keys to the store's."""
        purpose = data_purpose(self._file.store, self._file.generation)
        try:
            with keys.unwrapping:
                key = unwrap(slot.data, keys.unwrapping, purpose=purpose)
            self._check_file(key)
        except NotOpened:
            keys.wipe()
            raise KeyFileDamaged("slot") from None
        except KeyFileDamaged:
            keys.wipe()
            key.wipe()
            raise
        return Unlocked(key=key, signing=keys.signing, staff=person_of(slot))

    def _unwrapped_by_paper(self, text: str, wrapped: bytes, *, purpose: str) -> Secret:
        paper = RecoveryKey.typed(text)
        try:
            with paper.private_key() as private:
                if not hmac.compare_digest(paper.public_key(), self._file.recovery.public):
                    raise WrongRecoveryKey("another office")
                return unwrap(wrapped, private, purpose=purpose)
        except NotOpened:
            raise KeyFileDamaged("recovery") from None
        finally:
            paper.wipe()

    def _key_by_paper(self, text: str) -> Secret:
        """The store's key, and the proof that the file is ours."""
        purpose = data_purpose(self._file.store, self._file.generation)
        key = self._unwrapped_by_paper(text, self._file.recovery.data, purpose=purpose)
        try:
            self._check_file(key)
        except KeyFileDamaged:
            key.wipe()
            raise
        return key

    def _with_device(self, device: Secret, *, backend: str) -> KeyFile:
        """The file with `device` in force; others lose their way in only if it is new."""
        file = replace(self._file, backend=backend)
        check = device_check(device, file.store)
        if hmac.compare_digest(check, file.device_check):
            return file
        number = file.device + 1
        wrapped = wrap(device, file.recovery.public, purpose=device_purpose(file.store, number))
        return replace(
            file,
            device=number,
            device_check=check,
            recovery=replace(file.recovery, device=wrapped),
            staff=tuple(slot.closed() for slot in file.staff),
        )

    def _renew_slot(
        self, slot: Slot, keys: StaffKeys, password: str, device: Secret, key: Secret
    ) -> None:
        """Seal the keys that a person has once more."""
        fresh = make_slot(
            self._place(), as_new(slot), keys, password=password, device=device, key=key
        )
        self._store(with_slot(self._file, fresh), key)

    def _put(self, unlocked: Unlocked, staff: NewStaff, password: str, device: Secret) -> Person:
        """Make and keep a way in with new keys."""
        keys = StaffKeys.new()
        slot = make_slot(
            self._place(), staff, keys, password=password, device=device, key=unlocked.key
        )
        keys.wipe()
        self._store(with_slot(self._file, slot), unlocked.key)
        return person_of(slot)

    @staticmethod
    def _sealed(file: KeyFile, key: Secret) -> KeyFile:
        sealed = replace(file, seal=file_code(file, key))
        keyfile.decode(sealed.encoded())  # what we could not read again is not written
        return sealed

    def _store(self, file: KeyFile, key: Secret, *, fresh: bool = False) -> None:
        """Seal, write, and only then believe it."""
        sealed = self._sealed(file, key)
        content = sealed.encoded()
        keyfile.write(self._path, content, before=None if fresh else self._content)
        self._file, self._content = sealed, content


def device_name(store_id: str, number: int) -> str:
    """Under which name a keyring keeps the device secret of a store; the first is number 1."""
    return f"{store_id}/{number}"
