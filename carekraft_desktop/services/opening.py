"""Open the store with keys that are right, and put somebody at its desk."""

import json
import threading
from collections.abc import Callable

from msgspec import field

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.domain.staff import UNATTENDED
from carekraft_desktop.exchange.directory import ExchangeDirectory
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway
from carekraft_desktop.exchange.partner_link import PartnerLink
from carekraft_desktop.security.cover import Cover
from carekraft_desktop.security.keys import Unlocked
from carekraft_desktop.security.seats import Seats
from carekraft_desktop.services import attesting as confirming
from carekraft_desktop.services import backup_upgrade, page_check, referral_care
from carekraft_desktop.services.carrier import Carrier, Connect
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.device_key import KeyCare
from carekraft_desktop.services.heartbeat import Heart
from carekraft_desktop.services.losing import Loss
from carekraft_desktop.services.nightly import Nightly, together
from carekraft_desktop.services.standing import heart_of, loss_of
from carekraft_desktop.services.sync import Sync
from carekraft_desktop.services.ways import ByWay
from carekraft_desktop.services.workplace import (
    Surroundings,
    anchor_of,
    journal_of,
    people,
    staff_of,
    store_in,
)
from carekraft_desktop.store import attesting, facts
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.screened import ScreenStore
from carekraft_desktop.store.unit import Reading, Store, Writing
from carekraft_desktop.value import Guarded, Value, replace


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


def open_office(
    around: Surroundings,
    store_id: str,
    unlocked: Unlocked,
    *,
    accept_older: bool = False,
    failures: int = 0,
) -> Opened:
    """Open the store; the person whose key opened it sits at its desk.

    Args:
        around: the machine.
        store_id: which store the keys are for.
        unlocked: the keys; they are wiped when the store does not open.
        accept_older: a store that was set back is taken, and everything fetched anew.
        failures: wrong passwords since this person's last sign-in.

    Raises:
        StoreError: the keys are right and the store is not.
    """
    folder = around.folders.office
    try:
        store = Store.open(
            store_in(folder),
            unlocked.key.content,
            anchor=anchor_of(folder, unlocked.key),
            store_id=store_id,
            accept_older=accept_older,
            before_upgrade=lambda: backup_upgrade.back_up(around, unlocked),
        )
        page_check.at_opening(around, store)
    except BaseException:
        unlocked.wipe()
        raise
    with store.read() as unit:
        barred = confirming.bars(unit, unlocked.staff.id, int(around.clock.now().timestamp()))
        before = Before(attesting.last_seen(unit).get(unlocked.staff.id), failures)
        address, device = facts.get(unit, Fact.EXCHANGE), _device(unit)
    cover = Cover()
    desk = Desk(
        store=ScreenStore(store, cover.check),
        clock=around.clock,
        ids=around.ids,
        journal=journal_of(unlocked, store),
        staff=replace(staff_of(unlocked.staff), unconfirmed=barred),
        device=device.client_id,
        signed_in=int(around.clock.now().timestamp()),
        team=tuple(staff_of(person) for person in people(around)),
    )
    with desk.store.write() as unit:
        _come_in(unit, desk, failures=failures, accept_older=accept_older)

    def link(partner: Partner) -> PartnerLink:
        return PartnerLink(partner, clock=around.clock, ids=around.ids)

    gateway = ExchangeGateway(address, device, clock=around.clock, ids=around.ids)
    # A connection of its own: somebody looks up times while the sync waits for news.
    asked = ExchangeDirectory(
        lambda: ExchangeGateway(address, device, clock=around.clock, ids=around.ids)
    )
    heart = heart_of(around, desk, store, gateway, lambda: cover.drawn)
    loss = loss_of(around, desk, store)
    return Opened(
        desk,
        _sync(around, desk, store, gateway, device, link, heart=heart, loss=loss),
        gateway,
        unlocked,
        ByWay(store, asked, link),
        link,
        store,
        cover,
        Seats(unlocked, around.clock.monotonic()),
        before,
        heart=heart,
        loss=loss,
    )


def _device(unit: Reading) -> Device:
    """What this workstation is at the exchange."""
    return Device(
        facts.get(unit, Fact.CLIENT_ID),
        facts.get(unit, Fact.OFFICE_ID),
        json.loads(facts.get(unit, Fact.DEVICE_KEY)),
        json.loads(facts.get(unit, Fact.NEXT_KEY) or "null"),
    )


def _come_in(unit: Writing, desk: Desk, *, failures: int, accept_older: bool) -> None:
    """Write down that somebody came, and end what ended while the office was locked."""
    if failures:
        # While the store was shut they could only be counted; now they are written down.
        desk.note(unit, "access.failed", desk.staff.id, detail=str(failures), outcome="refused")
    desk.note(unit, "access.unlock", detail="older" if accept_older else "")
    if accept_older:
        # What is missing is fetched again: the exchange has every booking.
        facts.put(unit, Fact.RESYNC, "yes")
        facts.put(unit, Fact.CURSOR, "")
    # What ended while the office was locked ends before anything is shown (REQ-68).
    referral_care.care(
        unit,
        referral_care.due(unit, desk.now()),
        desk.now(),
        desk.ids,
        lambda open_, action, about, detail: desk.note(open_, action, about, detail=detail),
    )


def _sync(
    around: Surroundings,
    desk: Desk,
    store: Store,
    gateway: ExchangeGateway,
    device: Device,
    link: Connect,
    *,
    heart: Heart,
    loss: Loss,
) -> Sync:
    care = KeyCare(store, gateway, device, clock=around.clock, journal=desk.journal)

    night = Nightly(replace(desk, store=store, staff=UNATTENDED))
    return Sync(
        store,
        gateway,
        clock=around.clock,
        ids=around.ids,
        journal=desk.journal,
        device=device.client_id,
        chores=together(care.turn, heart.turn, night.turn),
        carrier=Carrier(store, link, clock=around.clock, ids=around.ids),
        lost=loss.obey,
    )
