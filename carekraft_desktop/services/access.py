"""Come in and go out: set a workstation up, unlock it, recover it, lock it.

A set-up is made in a folder of its own that gets its name at the very end, so that one cut
short leaves nothing half: the next start simply offers set-up again.
"""

import json
import shutil
from pathlib import Path

from carekraft_desktop.config import private_folder, translated
from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import KeyringMissing, KeyringUnsafe
from carekraft_desktop.exchange.gateway import enrol
from carekraft_desktop.security.keys import KeyRing, NewStaff, Unlocked, device_name
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.workstation import WorkstationCode
from carekraft_desktop.services import attesting, generations, swap
from carekraft_desktop.services.opening import Opened, open_office
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import (
    Surroundings,
    anchor_of,
    device_secret,
    journal_of,
    keys_in,
    ring_of,
    staff_of,
    store_in,
)
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry
from carekraft_desktop.store.unit import Store
from carekraft_desktop.value import Guarded, replace


class SetUp(Guarded, frozen=True):
    """What a person answers at the first start."""

    exchange: str
    """Address of the exchange."""
    code: str
    """One-time enrolment code from the office's administrator."""
    workstation: str
    """What this workstation is called."""
    name: str
    """Sign-in name of the first person."""
    display: str
    roles: frozenset[Role]
    password: str
    confirms: frozenset[Subject] = frozenset()
    """What the first person confirms already; the rest stands before the first patient (REQ-25)."""


def set_up(around: Surroundings, answers: SetUp) -> Opened:
    """Make keys and store, enrol, and let the first person in; all or nothing.

    Raises:
        AccessError: name or password are not taken.
        CodeRefused: the code is wrong, used or out of date.
        ExchangeError: the exchange was not reached.
        StoreError: the folder cannot be written.
    """
    folder = around.folders.setting_up
    _clear(folder)
    private_folder(folder)
    store_id = around.ids.new()
    device, code, backend = _new_device(around, store_id)
    try:
        unlocked, paper = KeyRing.create(
            keys_in(folder),
            store_id=store_id,
            device_secret=device,
            staff=NewStaff(
                id=around.ids.new(),
                name=answers.name,
                display=answers.display,
                roles=tuple(sorted(answers.roles)),
            ),
            password=answers.password,
            backend=backend,
            clock=around.clock,
        )
        _enrolled_store(around, folder, store_id, unlocked, answers)
        folder.rename(around.folders.office)
    except BaseException as failure:
        if backend:
            around.vault.forget(device_name(store_id, 1))
        _clear(folder)
        if isinstance(failure, OSError):
            raise translated(failure) from failure
        raise
    finally:
        device.wipe()
    opened = open_office(around, store_id, unlocked)
    for subject in sorted(answers.confirms):
        attesting.confirm(opened.desk, subject)
    opened = replace(opened, desk=attesting.freed(opened.desk))
    return replace(opened, recovery_key=paper.text, workstation_code=code)


def unlock(
    around: Surroundings,
    staff_id: str,
    password: str,
    *,
    workstation_code: str = "",
    accept_older: bool = False,
) -> Opened:
    """Let a person in.

    Raises:
        AccessError: password, workstation code or keyring do not open the keys.
        StoreError: the keys are right and the store is not.
    """
    swap.settle(around.folders.office)
    ring = ring_of(around)
    failures = ring.failures(staff_id)
    with device_secret(around, ring, workstation_code) as device:
        unlocked = generations.settle(
            ring,
            store_in(around.folders.office),
            ring.unlock(staff_id, password, device),
            lambda: ring.unlock_next(staff_id, password, device),
        )
    return open_office(
        around, ring.store_id, unlocked, accept_older=accept_older, failures=failures
    )


def confirm(
    around: Surroundings, staff_id: str, password: str, *, workstation_code: str = ""
) -> StepUp:
    """Prove once more who somebody is, while the store stays open (REQ-19).

    Raises:
        AccessError: password, workstation code or keyring do not open this person's key.
    """
    ring = ring_of(around)
    with (
        device_secret(around, ring, workstation_code) as device,
        ring.unlock(staff_id, password, device) as unlocked,
    ):
        now, ticks = around.clock.now(), around.clock.monotonic()
        return StepUp(staff_of(unlocked.staff), int(now.timestamp()), ticks)


def recover(around: Surroundings, recovery_key: str, *, staff_id: str, new_password: str) -> Opened:
    """Come in by the paper, for a lost password, keyring or workstation code.

    Where a keyring works, the device secret is rescued into it and everybody else's way in
    stays as it is. Otherwise there is a new workstation code, and colleagues wait for an
    administrator's new password.

    Raises:
        WrongRecoveryKey: mistyped, or another office's.
        WeakPassword: the new password is not taken.
    """
    swap.settle(around.folders.office)
    ring = ring_of(around)
    generations.settle_by_paper(ring, store_in(around.folders.office), recovery_key)
    device = ring.rescue_device(recovery_key)
    backend = code = ""
    if ring.backend:
        backend = _keep(around, ring.device_name, device)
    if not backend:
        device.wipe()
        paper = WorkstationCode.new()
        device, code = paper.device_secret(), paper.text
        paper.wipe()
    with device:
        unlocked = ring.recover(
            recovery_key,
            staff_id=staff_id,
            new_password=new_password,
            new_device_secret=device,
            new_backend=backend,
        )
    opened = open_office(around, ring.store_id, unlocked)
    return replace(opened, workstation_code=code)


def _new_device(around: Surroundings, store_id: str) -> tuple[Secret, str, str]:
    """The device secret, the code that stands for it (if no keyring), the keyring's name."""
    device = Secret.random()
    backend = _keep(around, device_name(store_id, 1), device)
    if backend:
        return device, "", backend
    device.wipe()
    paper = WorkstationCode.new()
    secret, text = paper.device_secret(), paper.text
    paper.wipe()
    return secret, text, ""


def _keep(around: Surroundings, name: str, device: Secret) -> str:
    """Give a secret to the keyring; the keyring's name, empty where there is none."""
    try:
        backend = around.vault.backend
        around.vault.keep(name, bytes(device.content))
    except (KeyringMissing, KeyringUnsafe):
        return ""
    return backend


def _enrolled_store(
    around: Surroundings, folder: Path, store_id: str, unlocked: Unlocked, answers: SetUp
) -> None:
    """A new store that knows its place at the exchange."""
    store = Store.create(
        store_in(folder),
        unlocked.key.content,
        anchor=anchor_of(folder, unlocked.key),
        store_id=store_id,
    )
    try:
        enrolled, device = enrol(
            answers.exchange,
            code=answers.code,
            name=answers.workstation,
            clock=around.clock,
            ids=around.ids,
        )
        with store.write() as unit:
            facts.put(unit, Fact.EXCHANGE, answers.exchange)
            facts.put(unit, Fact.CLIENT_ID, enrolled.client_id)
            facts.put(unit, Fact.OFFICE_ID, enrolled.office_id)
            facts.put(unit, Fact.DEVICE_KEY, json.dumps(device.key))
            facts.put(unit, Fact.KEY_SINCE, str(int(around.clock.now().timestamp())))
            journal_of(unlocked).append(
                unit,
                Entry(
                    int(around.clock.now().timestamp()),
                    unlocked.staff.id,
                    enrolled.client_id,
                    "access.set-up",
                ),
            )
    finally:
        store.close()


def _clear(folder: Path) -> None:
    """Remove what a set-up that was cut short has left; it never held a patient's data."""
    if folder.exists():
        shutil.rmtree(folder)
