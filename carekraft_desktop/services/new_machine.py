"""The whole computer is lost: set another one up from a backup and the recovery key on paper.

    backup + paper --> key file and store in a folder of its own --catch up--> the office's folder

As at a first set-up, the folder gets its name at the very end. What the lost computer was at the
exchange goes on here; where it has been revoked there, a fresh enrolment code takes its place.
What was withdrawn since the backup only the exchange knows, so nothing is shown without it.
"""

import json
import shutil
from pathlib import Path

from carekraft_desktop.config import private_folder, translated
from carekraft_desktop.domain.backups import Backup, Step
from carekraft_desktop.errors import (
    BackupOfAnother,
    BackupTooNew,
    CatchUpNeeded,
    CodeNeeded,
    KeyFileDamaged,
    KeyringMissing,
    KeyringRefused,
    NameNotAllowed,
    NotPermitted,
)
from carekraft_desktop.exchange.gateway import enrol
from carekraft_desktop.security import backup_file, backup_keys, keyfile, passwords
from carekraft_desktop.security.backup_file import STORE
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.people import Person
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.services import backup_shelf, origin, restore
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.catch_up import catch_up, device_in
from carekraft_desktop.services.workplace import Surroundings, anchor_of, keys_in, store_in
from carekraft_desktop.store import backups, carrying, facts
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry
from carekraft_desktop.store.unit import SCHEMA, Store
from carekraft_desktop.value import Guarded, Value


class Answers(Guarded, frozen=True):
    """What somebody at the new computer answers."""

    recovery_key: str
    """As typed from paper."""
    staff_id: str
    """Who it is, of those whom the backup knows."""
    code: str = ""
    """A fresh enrolment code, where the lost computer was revoked at the exchange."""
    workstation: str = ""
    """What this computer is called, with a fresh code."""


class Moved(Value, frozen=True):
    """An office that lives on another computer now."""

    backup: Backup
    to_look_at: int
    """Acts that were not sent and wait for somebody in the outbox."""
    exchange: str = ""
    """Its address."""
    ours: bool = True
    """Whether it is shown to be this office's: signed by somebody in its key file, and made on a
    workstation whose key the exchange knows."""


class Inside(Value, frozen=True):
    """What a backup says to the holder of the paper, before anything is made of it."""

    backup: Backup
    people: tuple[Person, ...]
    """Who may sign in."""
    by_code: bool
    """The lost computer had no keyring: a workstation code on paper took its place."""


def look_into(place: Path, recovery_key: str) -> Inside:
    """Whom a backup knows, for the holder of the paper.

    Raises:
        WrongRecoveryKey: mistyped, another office's, or one that was replaced.
        BackupMissing, BackupDamaged, BackupTooNew: it cannot be used.
    """
    place = backup_shelf.chosen(place)
    manifest = backup_shelf.manifest_in(place)
    with backup_keys.by_paper(manifest, recovery_key) as key:
        content = backup_file.key_file_in(manifest, key)
    file = keyfile.decode(content)
    people = tuple(
        Person(
            id=slot.header.staff,
            name=slot.header.name,
            display=slot.header.display,
            roles=slot.header.roles,
            disabled=slot.disabled,
            waiting=False,
        )
        for slot in file.staff
        if not slot.disabled
    )
    return Inside(manifest.backup(str(place)), people, not file.backend)


def check_password(around: Surroundings, inside: Inside, staff_id: str, password: str) -> None:
    """Whether this may become the person's password, before anything is made.

    Raises:
        WeakPassword: it is not taken; without a keyring it has to be longer (REQ-33).
        NameNotAllowed: the backup knows nobody of that id.
    """
    person = next((each for each in inside.people if each.id == staff_id), None)
    if person is None:
        raise NameNotAllowed("unknown")
    try:
        keyring = not inside.by_code and bool(around.vault.backend)
    except (KeyringMissing, KeyringRefused):
        keyring = False
    passwords.check_new(password, keyring=keyring, names=(person.name, person.display))


def take_back(around: Surroundings) -> None:
    """An office that was just brought here, and that nobody has worked in, goes again.

    The backup stays where it is.

    Raises:
        StoreReadOnly: it could not be removed.
    """
    folders = around.folders
    try:
        shutil.rmtree(folders.setting_up, ignore_errors=True)
        folders.office.rename(folders.setting_up)  # from here on there is no office
        shutil.rmtree(folders.setting_up)
    except OSError as failure:
        raise translated(failure) from failure


def move_in(around: Surroundings, place: Path, answers: Answers, told: Told = quiet) -> Moved:
    """Put a backup's office on this computer; slow, for a worker.

    Afterwards `access.recover` lets this person in by the same paper, which also gives the
    computer's keyring its secret.

    Args:
        around: the machine; there is no office on it.
        place: a backup's folder, or the folder they lie in.
        answers: the paper, who it is, perhaps a fresh enrolment code.
        told: how far it is; what it raises breaks it off.

    Raises:
        WrongRecoveryKey, CodeRefused, BackupOfAnother: nothing was made.
        BackupMissing, BackupDamaged, BackupTooNew: the backup is not used.
        CodeNeeded: the exchange lets the lost computer in no more, and no fresh code was given.
        CatchUpNeeded: the exchange was not reached.
        DiskFull, StoreReadOnly: there is no room.
    """
    if around.folders.office.exists():
        raise NotPermitted("there is an office")
    place = backup_shelf.chosen(place)
    manifest = backup_shelf.manifest_in(place)
    if manifest.schema > SCHEMA:
        raise BackupTooNew(str(manifest.schema))
    folder = around.folders.setting_up
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with backup_keys.by_paper(manifest, answers.recovery_key) as key:
            backup_shelf.check_bytes(place, manifest, lambda done, of: told(Step.CHECK, done, of))
            content = backup_file.key_file_in(manifest, key)
            restore.tried(place / STORE, key)
            private_folder(folder)
            ring = _ring(around, folder, content, manifest.store)
            signed = origin.is_signed_here(manifest, ring.verifying_keys())
            source = (place, key, signed)
            waiting, ours, exchange = _store(around, folder, ring, source, answers, told)
        told(Step.SWAP, 0, 1)
        folder.rename(around.folders.office)
    except BaseException as failure:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(failure, OSError):
            raise translated(failure) from failure
        raise
    return Moved(manifest.backup(str(place)), waiting, exchange, ours)


def _ring(around: Surroundings, folder: Path, content: bytes, store: str) -> KeyRing:
    ring = KeyRing.adopt(keys_in(folder), content, clock=around.clock)
    if ring.store_id != store:
        raise KeyFileDamaged("store")
    return ring


def _store(
    around: Surroundings,
    folder: Path,
    ring: KeyRing,
    source: tuple[Path, Secret, bool],
    answers: Answers,
    told: Told,
) -> tuple[int, bool, str]:
    """Acts that wait for somebody, whether the backup is shown to be the office's, the exchange."""
    place, backup_key, signed = source
    with ring.key_by_paper(answers.recovery_key) as key:
        fresh = store_in(folder)
        backups.put_back(
            place / STORE,
            backup_key.content,
            fresh,
            key.content,
            lambda done, of: told(Step.COPY, done, of),
        )
        told(Step.UPGRADE, 0, 1)
        store = Store.open(
            fresh, key.content, anchor=anchor_of(folder, key), store_id=ring.store_id
        )
        try:
            ours = signed and (not answers.code or _is_known(around, store))
            if answers.code:
                _enrol(around, store, answers)
            with store.write() as unit:
                waiting = carrying.sends_nothing_unasked(unit)
            journal = restore.journal_in(store)
            if not catch_up(around, store, journal, lambda done, of: told(Step.CATCH_UP, done, of)):
                if not answers.code and _is_shut_out(around, store):
                    raise CodeNeeded
                raise CatchUpNeeded("new machine")
            with store.write() as unit:
                device, exchange = facts.get(unit, Fact.CLIENT_ID), facts.get(unit, Fact.EXCHANGE)
                now = int(around.clock.now().timestamp())
                journal.append(
                    unit, Entry(now, answers.staff_id, device, "restore.moved", place.name[-8:])
                )
                if not ours:
                    journal.append(
                        unit, Entry(now, answers.staff_id, device, "restore.not-shown-ours")
                    )
        finally:
            store.close()
    return waiting, ours, exchange


def _is_shut_out(around: Surroundings, store: Store) -> bool:
    with store.read() as unit:
        address, device = device_in(unit)
    return origin.is_shut_out(around, address, device)


def _is_known(around: Surroundings, store: Store) -> bool:
    """With the lost computer's own key; without a fresh code catching up proves the same."""
    with store.read() as unit:
        address, device = device_in(unit)
    return origin.is_known_there(around, address, device)


def _enrol(around: Surroundings, store: Store, answers: Answers) -> None:
    """This computer takes the lost one's place at the exchange."""
    with store.read() as unit:
        address, office = facts.get(unit, Fact.EXCHANGE), facts.get(unit, Fact.OFFICE_ID)
    enrolled, device = enrol(
        address,
        code=answers.code,
        name=answers.workstation,
        clock=around.clock,
        ids=around.ids,
    )
    if enrolled.office_id != office:
        raise BackupOfAnother("office")
    with store.write() as unit:
        facts.put(unit, Fact.CLIENT_ID, enrolled.client_id)
        facts.put(unit, Fact.DEVICE_KEY, json.dumps(device.key))
        facts.put(unit, Fact.NEXT_KEY, "null")
        facts.put(unit, Fact.KEY_SINCE, str(int(around.clock.now().timestamp())))
