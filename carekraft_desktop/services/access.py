"""Come in and go out: set a workstation up, unlock it, recover it, lock it.

A set-up is made in a folder of its own that gets its name at the very end, so that one cut
short leaves nothing half: the next start simply offers set-up again.
"""

import json
import shutil
from pathlib import Path

from carekraft_desktop.config import Folders, private_folder, translated
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.domain.staff import Right, Role, Staff
from carekraft_desktop.errors import KeyringMissing
from carekraft_desktop.exchange.directory import ExchangeDirectory
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway, enrol
from carekraft_desktop.exchange.partner_link import PartnerLink
from carekraft_desktop.ports import Clock, Ids, Vault
from carekraft_desktop.security.keys import KeyRing, NewStaff, Unlocked, device_name
from carekraft_desktop.security.people import Person
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.vault import held
from carekraft_desktop.security.workstation import WorkstationCode
from carekraft_desktop.services import referral_care
from carekraft_desktop.services.carrier import Carrier, Connect
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.sync import Sync
from carekraft_desktop.services.ways import ByWay
from carekraft_desktop.store import facts
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Store, warm
from carekraft_desktop.value import Guarded, Value, replace


class Surroundings(Value, frozen=True):
    """What access needs of the machine."""

    folders: Folders
    clock: Clock
    ids: Ids
    vault: Vault


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


class Newcomer(Guarded, frozen=True):
    """A colleague who shall be able to sign in here."""

    name: str
    """Sign-in name."""
    display: str
    roles: frozenset[Role]
    password: str
    """The first one; a colleague who reads it can do nothing that is not theirs to do."""


class Opened(Guarded, frozen=True):
    """An unlocked workstation with somebody at its desk."""

    desk: Desk
    sync: Sync
    gateway: ExchangeGateway
    unlocked: Unlocked
    directory: ByWay
    link: Connect
    """Makes a connection to a partner, to try it."""
    recovery_key: str = ""
    """Only after set-up: shown once, then gone."""
    workstation_code: str = ""
    """Only after set-up where there is no keyring: shown once, then gone."""

    def close(self) -> None:
        """Lock: nothing new begins, the store is closed and the keys are wiped.

        Returns at once; a sync that is under way is broken off and closes the store itself.
        """
        self.sync.stop(self._wipe)
        self.gateway.close()
        self.sync.break_off()
        self.directory.close()

    def _wipe(self) -> None:
        self.desk.store.close()
        self.unlocked.wipe()


def keys_in(folder: Path) -> Path:
    """The file with the wrapped keys."""
    return folder / "office.keys"


def store_in(folder: Path) -> Path:
    """The encrypted store."""
    return folder / "office.store"


def is_set_up(folders: Folders) -> bool:
    """Whether there is an office on this workstation; looks at the folder only."""
    return folders.office.exists()


def people(around: Surroundings) -> tuple[Person, ...]:
    """Who may sign in here.

    Asked for while the lock page is up, so what an unlock needs is loaded on the way: the
    person is still typing.
    """
    warm()
    ring = KeyRing.load(keys_in(around.folders.office), clock=around.clock)
    return tuple(p for p in ring.people() if not p.disabled)


def needs_code(around: Surroundings) -> bool:
    """Whether the workstation code from paper takes the place of a keyring."""
    return not KeyRing.load(keys_in(around.folders.office), clock=around.clock).backend


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
    opened = _open(around, store_id, unlocked)
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
    ring = KeyRing.load(keys_in(around.folders.office), clock=around.clock)
    failures = ring.failures(staff_id)
    with _device(around, ring, workstation_code) as device:
        unlocked = ring.unlock(staff_id, password, device)
    return _open(around, ring.store_id, unlocked, accept_older=accept_older, failures=failures)


def confirm(
    around: Surroundings, staff_id: str, password: str, *, workstation_code: str = ""
) -> StepUp:
    """Prove once more who somebody is, while the store stays open (REQ-19).

    Raises:
        AccessError: password, workstation code or keyring do not open this person's key.
    """
    ring = KeyRing.load(keys_in(around.folders.office), clock=around.clock)
    with (
        _device(around, ring, workstation_code) as device,
        ring.unlock(staff_id, password, device) as unlocked,
    ):
        return StepUp(_staff(unlocked.staff), int(around.clock.now().timestamp()))


def let_in(
    around: Surroundings, opened: Opened, who: Newcomer, *, workstation_code: str = ""
) -> Staff:
    """Let a colleague sign in at this workstation; counts from the next unlock on.

    Raises:
        NotPermitted: this person's role lets nobody in.
        AccessError: name or password are not taken, or the workstation code is wrong.
    """
    desk = opened.desk
    desk.require(Right.ADMIT_PEOPLE, "access.let-in")
    ring = KeyRing.load(keys_in(around.folders.office), clock=around.clock)
    staff = NewStaff(
        id=around.ids.new(), name=who.name, display=who.display, roles=tuple(sorted(who.roles))
    )
    with _device(around, ring, workstation_code) as device:
        person = ring.add_staff(opened.unlocked, staff, who.password, device)
    with desk.store.write() as unit:
        desk.note(unit, "access.let-in", person.id, detail=" ".join(sorted(who.roles)))
    return _staff(person)


def recover(around: Surroundings, recovery_key: str, *, staff_id: str, new_password: str) -> Opened:
    """Come in by the paper, for a lost password, keyring or workstation code.

    Where a keyring works, the device secret is rescued into it and everybody else's way in
    stays as it is. Otherwise there is a new workstation code, and colleagues wait for an
    administrator's new password.

    Raises:
        WrongRecoveryKey: mistyped, or another office's.
        WeakPassword: the new password is not taken.
    """
    ring = KeyRing.load(keys_in(around.folders.office), clock=around.clock)
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
    opened = _open(around, ring.store_id, unlocked)
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
    except KeyringMissing:
        return ""
    return backend


def _device(around: Surroundings, ring: KeyRing, workstation_code: str) -> Secret:
    if ring.backend:
        return held(around.vault, ring.device_name)
    return WorkstationCode.typed(workstation_code).device_secret()


def _enrolled_store(
    around: Surroundings, folder: Path, store_id: str, unlocked: Unlocked, answers: SetUp
) -> None:
    """A new store that knows its place at the exchange."""
    store = Store.create(
        store_in(folder),
        unlocked.key.content,
        anchor=_anchor(folder, unlocked),
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
            _journal(unlocked).append(
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


def _open(
    around: Surroundings,
    store_id: str,
    unlocked: Unlocked,
    *,
    accept_older: bool = False,
    failures: int = 0,
) -> Opened:
    folder = around.folders.office
    try:
        store = Store.open(
            store_in(folder),
            unlocked.key.content,
            anchor=_anchor(folder, unlocked),
            store_id=store_id,
            accept_older=accept_older,
        )
    except BaseException:
        unlocked.wipe()
        raise
    with store.read() as unit:
        address = facts.get(unit, Fact.EXCHANGE)
        device = Device(
            facts.get(unit, Fact.CLIENT_ID),
            facts.get(unit, Fact.OFFICE_ID),
            json.loads(facts.get(unit, Fact.DEVICE_KEY)),
        )
    journal = _journal(unlocked, _anchor(folder, unlocked))
    desk = Desk(
        store=store,
        clock=around.clock,
        ids=around.ids,
        journal=journal,
        staff=_staff(unlocked.staff),
        device=device.client_id,
        team=tuple(_staff(person) for person in people(around)),
    )
    with store.write() as unit:
        if failures:
            # While the store was shut they could only be counted; now they are written down.
            desk.note(unit, "access.failed", desk.staff.id, detail=str(failures), outcome="refused")
        desk.note(unit, "access.unlock", detail="older" if accept_older else "")
        if accept_older:
            # What is missing is fetched again: the exchange has every booking.
            facts.put(unit, Fact.RESYNC, "yes")
            facts.put(unit, Fact.CURSOR, "")
        # What ended while the office was locked ends before anything is shown (REQ-68).
        due = referral_care.due(unit, desk.now())
        referral_care.care(
            unit,
            due,
            desk.now(),
            around.ids,
            lambda open_, action, about, detail: desk.note(open_, action, about, detail=detail),
        )
    gateway = ExchangeGateway(address, device, clock=around.clock, ids=around.ids)

    def link(partner: Partner) -> PartnerLink:
        return PartnerLink(partner, clock=around.clock, ids=around.ids)

    sync = Sync(
        store,
        gateway,
        clock=around.clock,
        ids=around.ids,
        journal=journal,
        device=device.client_id,
        carrier=Carrier(store, link, clock=around.clock, ids=around.ids),
    )
    # A connection of its own: somebody looks up times while the sync waits for news.
    asked = ByWay(
        store,
        ExchangeDirectory(
            lambda: ExchangeGateway(address, device, clock=around.clock, ids=around.ids)
        ),
        link,
    )
    return Opened(desk, sync, gateway, unlocked, asked, link)


def _staff(person: Person) -> Staff:
    roles = frozenset(Role(role) for role in person.roles)
    return Staff(person.id, person.name, person.display, roles)


def _anchor(folder: Path, unlocked: Unlocked) -> Anchor:
    with unlocked.derive("anchor/v1") as key:
        return Anchor(folder / "office.anchor", bytes(key.content))


def _journal(unlocked: Unlocked, anchor: Anchor | None = None) -> Journal:
    with unlocked.derive("audit/v1") as key:
        if anchor is None:
            return Journal(bytes(key.content))
        return Journal(bytes(key.content), anchor.entries)


def _clear(folder: Path) -> None:
    """Remove what a set-up that was cut short has left; it never held a patient's data."""
    if folder.exists():
        shutil.rmtree(folder)
