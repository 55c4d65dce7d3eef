"""Come in and go out: set a workstation up, unlock it, recover it, lock it.

A set-up is made in a folder of its own that gets its name at the very end, so that one cut
short leaves nothing half: the next start simply offers set-up again.
"""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec import field

from carekraft_desktop.config import Folders, private_folder, read_settings, translated
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.domain.staff import UNATTENDED, Right, Role, Staff
from carekraft_desktop.errors import AccessError, KeyringMissing, KeyringUnsafe, LastOfficer
from carekraft_desktop.exchange.directory import ExchangeDirectory
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway, enrol
from carekraft_desktop.exchange.partner_link import PartnerLink
from carekraft_desktop.ports import Clock, Ids, Vault
from carekraft_desktop.security.cover import Cover
from carekraft_desktop.security.keys import KeyRing, NewStaff, Unlocked, device_name
from carekraft_desktop.security.people import Person
from carekraft_desktop.security.seats import Seats
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand
from carekraft_desktop.security.tries import Tries
from carekraft_desktop.security.vault import held
from carekraft_desktop.security.workstation import WorkstationCode
from carekraft_desktop.services import attesting as confirming
from carekraft_desktop.services import generations, referral_care, step_up
from carekraft_desktop.services.carrier import Carrier, Connect
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.device_key import KeyCare
from carekraft_desktop.services.heartbeat import Heart, Standing
from carekraft_desktop.services.losing import Loss, destroy, require_keys
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.sync import Sync
from carekraft_desktop.services.tries_watch import TriesWatch
from carekraft_desktop.services.ways import ByWay
from carekraft_desktop.store import attesting, facts, pins, posture
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.screened import ScreenStore
from carekraft_desktop.store.unit import Store, warm
from carekraft_desktop.value import Guarded, Value, replace


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


class Before(Value, frozen=True):
    """What whoever comes in is told of the time before (REQ-26)."""

    last: Moment | None = None
    """When they last came in; None for never."""
    failures: int = 0
    """Passwords that did not fit since then."""


class Opened(Guarded, frozen=True):
    """An unlocked workstation with somebody at its desk."""

    desk: Desk
    sync: Sync
    gateway: ExchangeGateway
    unlocked: Unlocked
    directory: ByWay
    link: Connect
    """Makes a connection to a partner, to try it."""
    store: Store
    """Open for what the program does by itself; a person's use cases go over the desk's."""
    cover: Cover
    seats: Seats
    before: Before
    recovery_key: str = ""
    """Only after set-up: shown once, then gone."""
    workstation_code: str = ""
    """Only after set-up where there is no keyring: shown once, then gone."""
    gone: threading.Event = field(default_factory=threading.Event)
    """Set once the store is closed and the keys are wiped."""
    heart: Heart | None = None
    """Says how this workstation stands."""
    loss: Loss | None = None
    """Destroys its keys where it was reported lost."""
    said: threading.Event = field(default_factory=threading.Event)
    """Set once the last word has been said, or there is none."""

    @property
    def unattended(self) -> Desk:
        """The same workstation with nobody at it: for what goes on while it is covered."""
        return replace(self.desk, store=self.store, staff=UNATTENDED)

    def without_paper(self) -> "Opened":
        """The same, with what is on paper shown and gone."""
        return replace(self, recovery_key="", workstation_code="")

    def close(self) -> None:
        """Lock: nothing new begins, the store is closed and the keys are wiped.

        Returns at once; a sync that is under way is broken off and closes the store itself.
        """
        last = self.heart.last_word() if self.heart is not None else None
        self.sync.stop(self._wipe)
        self.gateway.close()
        self.sync.break_off()
        self.directory.close()
        if last is None:
            self.said.set()
        else:
            threading.Thread(target=self._say, args=(last,), name="last word").start()

    def _say(self, last: Callable[[], None]) -> None:
        """Tell the others that this workstation is locked, with what was signed before it was."""
        try:
            last()
        finally:
            self.said.set()

    def _wipe(self) -> None:
        try:
            self.store.close()
        finally:
            self.seats.wipe()
            self.gone.set()


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
    ring = ring_of(around)
    failures = ring.failures(staff_id)
    with device_secret(around, ring, workstation_code) as device:
        unlocked = generations.settle(
            ring,
            store_in(around.folders.office),
            ring.unlock(staff_id, password, device),
            lambda: ring.unlock_next(staff_id, password, device),
        )
    return _open(around, ring.store_id, unlocked, accept_older=accept_older, failures=failures)


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


def let_in(
    around: Surroundings,
    opened: Opened,
    who: Newcomer,
    *,
    proof: StepUp | None,
    workstation_code: str = "",
) -> Staff:
    """Let a colleague sign in at this workstation; counts from the next unlock on.

    Raises:
        PasswordAgain: the password was not typed just now (REQ-19).
        NotPermitted: this person's role lets nobody in.
        AccessError: name or password are not taken, or the workstation code is wrong.
    """
    desk = opened.desk
    desk.require(Right.ADMIT_PEOPLE, "access.let-in")
    step_up.require(desk, proof, "access.let-in")
    ring = ring_of(around)
    staff = NewStaff(
        id=around.ids.new(), name=who.name, display=who.display, roles=tuple(sorted(who.roles))
    )
    with device_secret(around, ring, workstation_code) as device:
        person = ring.add_staff(opened.unlocked, staff, who.password, device)
    with desk.store.write() as unit:
        desk.note(unit, "access.let-in", person.id, detail=" ".join(sorted(who.roles)))
    return staff_of(person)


def change_password(
    around: Surroundings, opened: Opened, old: str, new: str, *, workstation_code: str = ""
) -> None:
    """Whoever sits here takes another password; the PIN of before goes with the old one.

    Raises:
        AccessError: the old one does not fit, or the new one is not taken.
    """
    desk = opened.desk
    ring = ring_of(around)
    try:
        with device_secret(around, ring, workstation_code) as device:
            ring.change_password(
                desk.staff.id, old_password=old, new_password=new, device_secret=device
            )
    except AccessError as refusal:
        with opened.store.write() as unit:
            desk.note(unit, "access.password", detail=refusal.code, outcome="refused")
        raise
    with opened.store.write() as unit:
        pins.drop(unit, desk.staff.id)
        desk.note(unit, "access.password")


def renew(
    around: Surroundings,
    opened: Opened,
    staff_id: str,
    password: str,
    roles: frozenset[Role],
    *,
    proof: StepUp | None,
    workstation_code: str = "",
) -> Staff:
    """Give a colleague a new password, and these roles: both are sealed together.

    For a password that was forgotten, an account that is locked, somebody who waits after a lost
    keyring, and for another role. The colleague types the password.

    Raises:
        NotPermitted: the role does not allow it, or it is oneself.
        PasswordAgain: the password of whoever does it was not typed just now (REQ-19).
        LastOfficer: nobody would be left who answers for privacy.
        AccessError: the password is not taken, or the workstation code is wrong.
    """
    desk = opened.desk
    desk.require(Right.ADMIT_PEOPLE, "access.renew", staff_id)
    step_up.require(desk, proof, "access.renew", staff_id)
    ring = ring_of(around)
    others = [p for p in ring.people() if not p.disabled and p.id != staff_id]
    if not any(Role.PRIVACY_OFFICER in roles for roles in (roles, *(p.roles for p in others))):
        raise LastOfficer
    with device_secret(around, ring, workstation_code) as device:
        person = ring.renew_staff(
            opened.unlocked, staff_id, password, device, roles=tuple(sorted(roles))
        )
    opened.seats.leave(staff_id)
    with opened.store.write() as unit:
        pins.drop(unit, staff_id)
        desk.note(unit, "access.renew", staff_id, detail=" ".join(sorted(roles)))
    return staff_of(person)


def allow_again(
    around: Surroundings, opened: Opened, staff_id: str, *, proof: StepUp | None
) -> None:
    """Let a colleague who was locked out try again with the same password.

    Raises:
        NotPermitted: the role does not allow it, or it is oneself.
        PasswordAgain: the password was not typed just now.
    """
    desk = opened.desk
    desk.require(Right.ADMIT_PEOPLE, "access.allow-again", staff_id)
    step_up.require(desk, proof, "access.allow-again", staff_id)
    ring = ring_of(around)
    ring.allow_again(opened.unlocked, staff_id)
    with opened.store.write() as unit:
        desk.note(unit, "access.allow-again", staff_id)


def recover(around: Surroundings, recovery_key: str, *, staff_id: str, new_password: str) -> Opened:
    """Come in by the paper, for a lost password, keyring or workstation code.

    Where a keyring works, the device secret is rescued into it and everybody else's way in
    stays as it is. Otherwise there is a new workstation code, and colleagues wait for an
    administrator's new password.

    Raises:
        WrongRecoveryKey: mistyped, or another office's.
        WeakPassword: the new password is not taken.
    """
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
    except (KeyringMissing, KeyringUnsafe):
        return ""
    return backend


def device_secret(around: Surroundings, ring: KeyRing, workstation_code: str) -> Secret:
    """This workstation's half of the way in: from its keyring, or from the code on paper."""
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
            facts.put(unit, Fact.KEY_SINCE, str(int(around.clock.now().timestamp())))
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
        barred = confirming.bars(unit, unlocked.staff.id, int(around.clock.now().timestamp()))
        before = Before(attesting.last_seen(unit).get(unlocked.staff.id), failures)
        address = facts.get(unit, Fact.EXCHANGE)
        device = Device(
            facts.get(unit, Fact.CLIENT_ID),
            facts.get(unit, Fact.OFFICE_ID),
            json.loads(facts.get(unit, Fact.DEVICE_KEY)),
            json.loads(facts.get(unit, Fact.NEXT_KEY) or "null"),
        )
    journal = _journal(unlocked, store)
    cover = Cover()
    desk = Desk(
        store=ScreenStore(store, cover.check),
        clock=around.clock,
        ids=around.ids,
        journal=journal,
        staff=replace(staff_of(unlocked.staff), unconfirmed=barred),
        device=device.client_id,
        signed_in=int(around.clock.now().timestamp()),
        team=tuple(staff_of(person) for person in people(around)),
    )
    with desk.store.write() as unit:
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

    heart = _heart(around, store, gateway, device.client_id, cover)
    keys = ring_of(around)
    loss = Loss(
        store,
        journal,
        device.client_id,
        clock=around.clock,
        destroy=lambda: destroy(keys_in(folder), around.vault, keys.device_name),
    )
    care = KeyCare(store, gateway, device, clock=around.clock, journal=journal)

    def chores() -> None:
        care.turn()
        heart.turn()

    def link(partner: Partner) -> PartnerLink:
        return PartnerLink(partner, clock=around.clock, ids=around.ids)

    sync = Sync(
        store,
        gateway,
        clock=around.clock,
        ids=around.ids,
        journal=journal,
        device=device.client_id,
        chores=chores,
        carrier=Carrier(store, link, clock=around.clock, ids=around.ids),
        lost=loss.obey,
    )
    # A connection of its own: somebody looks up times while the sync waits for news.
    asked = ByWay(
        store,
        ExchangeDirectory(
            lambda: ExchangeGateway(address, device, clock=around.clock, ids=around.ids)
        ),
        link,
    )
    return Opened(
        desk,
        sync,
        gateway,
        unlocked,
        asked,
        link,
        store,
        cover,
        Seats(unlocked, around.clock.monotonic()),
        before,
        heart=heart,
        loss=loss,
    )


def _heart(
    around: Surroundings, store: Store, gateway: ExchangeGateway, device: str, cover: Cover
) -> Heart:
    """What this workstation says of itself to the others."""
    with store.read() as unit:
        cipher = f"SQLCipher {unit.value('PRAGMA cipher_version')}"

    def backup_at() -> int | None:
        with store.read() as unit:
            return posture.last(unit, ("backup.made", "backup.make", "backup.done"))[0] or None

    return Heart(
        gateway,
        Standing(device, cipher, keyring=bool(ring_of(around).backend)),
        clock=around.clock,
        covered=lambda: cover.drawn,
        idle_minutes=lambda: read_settings(around.folders).idle_minutes,
        backup_at=backup_at,
    )


def staff_of(person: Person) -> Staff:
    """A person of the key file, as somebody who acts."""
    roles = frozenset(Role(role) for role in person.roles)
    return Staff(person.id, person.name, person.display, roles)


def anchor_of(folder: Path, key: Secret) -> Anchor:
    """The anchor of a store with this data key."""
    with expand(key, "carekraft anchor/v1") as code:
        return Anchor(folder / "office.anchor", bytes(code.content))


def _anchor(folder: Path, unlocked: Unlocked) -> Anchor:
    return anchor_of(folder, unlocked.key)


def _journal(unlocked: Unlocked, store: Store | None = None) -> Journal:
    """The journal with its key, which stays the same when the store gets another one."""
    noted = store.entries_noted if store is not None else lambda: 0
    if store is not None:
        with store.read() as unit:
            kept = facts.get(unit, Fact.JOURNAL_KEY)
        if kept:
            return Journal(bytes.fromhex(kept), noted)
    with unlocked.derive("audit/v1") as key:
        return Journal(bytes(key.content), noted)


def _clear(folder: Path) -> None:
    """Remove what a set-up that was cut short has left; it never held a patient's data."""
    if folder.exists():
        shutil.rmtree(folder)
