"""Keep the store and the exchange in step: gather, talk, apply.

No transaction is open while a socket is. One cycle sends what is due, reports what was erased, and takes what is new. Whatever breaks,
nothing is lost: intentions stay in the outbox with their keys, and a page and its cursor are
kept in one transaction or not at all.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from carekraft_desktop import __version__
from carekraft_desktop.contract.commands import Result, ResultStatus
from carekraft_desktop.contract.feed import Acks, Erased, Erasing, Page, Quarantined
from carekraft_desktop.contract.limits import BATCH_COMMANDS, PAGE_ITEMS
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import ENDS_UNSEEN, TO_PARTNER, Act
from carekraft_desktop.domain.intentions import Delivery, Intention
from carekraft_desktop.errors import (
    CareKraftError,
    ExchangeError,
    FeedRestarted,
    Garbled,
    Offline,
    Refused,
    ReportedLost,
    SignedOut,
    StoreError,
    TooOld,
    Unavailable,
)
from carekraft_desktop.exchange import outgoing, pace
from carekraft_desktop.ports import Clock, Gateway, Ids
from carekraft_desktop.security.redaction import fields
from carekraft_desktop.services import arrivals as applying
from carekraft_desktop.services import notice_care, referral_care, terms
from carekraft_desktop.services.arrivals import Applied, Circumstances
from carekraft_desktop.services.carrier import Carrier
from carekraft_desktop.services.desk import Topic
from carekraft_desktop.services.gates import GATES, GO, Gate, Verdict
from carekraft_desktop.store import arrivals, facts, outbox
from carekraft_desktop.store import held as held_back
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Reading, Store, Writing
from carekraft_desktop.value import Value, replace

_log = logging.getLogger(__name__)

AT_ONCE = 20_000
"""Most items that are gathered before they are written; large writes are cheap ones.

They are written page by page, and the transaction ends early when a person waits to act.
"""
MOST_DEFERRALS = 12
"""How often the exchange may put an intention off before a person has to look at it."""
MOST_REPORTS = 200
TERMS_PAUSE = 5.0
"""Seconds between two looks whether the terms have been confirmed."""
NOTE_HEARD = 300
"""Seconds after which it is noted anew that the exchange has told everything."""
REPORT_SECONDS = 900.0
"""How often the place in the feed is reported, for the exchange's operator, if it has moved."""


class Link(StrEnum):
    """How things stand between this workstation and the exchange."""

    NEVER = "never"
    CONNECTING = "connecting"
    UP_TO_DATE = "up-to-date"
    RECEIVING = "receiving"
    OFFLINE = "offline"
    BUSY = "busy"
    SIGNED_OUT = "signed-out"
    TOO_OLD = "too-old"
    GARBLED = "garbled"
    REFUSED = "refused"
    STOPPED = "stopped"
    """The store could not be written, so nothing is taken from the exchange."""
    TERMS = "terms"
    """A new version of the terms came; receiving goes on once somebody has confirmed it."""
    PAUSED = "paused"
    """Somebody chose to work offline."""


_HEARD = frozenset({Link.UP_TO_DATE, Link.RECEIVING})
"""The exchange was heard."""
_LINK: tuple[tuple[type[CareKraftError], Link], ...] = (
    (Unavailable, Link.BUSY),
    (SignedOut, Link.SIGNED_OUT),
    (TooOld, Link.TOO_OLD),
    (Garbled, Link.GARBLED),
    (Offline, Link.OFFLINE),
    (ExchangeError, Link.REFUSED),
    (StoreError, Link.STOPPED),
)


class SyncState(Value, frozen=True):
    """What the banner needs to know."""

    link: Link = Link.NEVER
    last_contact: Moment | None = None
    waiting: int = 0
    """Acts that the exchange has not confirmed."""
    unread: int = 0
    """Acts that ended otherwise than meant, unread."""
    receiving: tuple[int, int] | None = None
    """Items applied and items announced, while a long stretch is being received."""
    quarantined: int = 0
    error: str = ""
    """Code of what went wrong, empty when nothing did."""
    next_try: Moment | None = None


class Cycle(Value, frozen=True):
    """What one cycle did and when the next is due."""

    state: SyncState
    topics: frozenset[Topic]
    pause: float
    """Seconds; 0 means at once."""


class Sync:
    """The conversation of one open store with the exchange; one thread at a time, but for cut."""

    def __init__(
        self,
        store: Store,
        gateway: Gateway,
        *,
        clock: Clock,
        ids: Ids,
        journal: Journal,
        device: str,
        gates: Mapping[Act, Gate] = GATES,
        chores: Callable[[], None] = lambda: None,
        carrier: Carrier | None = None,
        lost: Callable[[str], object] = lambda _order: False,
    ) -> None:
        """Make it.

        Args:
            store: the open store.
            gateway: the exchange.
            clock: the time.
            ids: keys and chance.
            journal: where the program's own acts are noted.
            device: this workstation's id at the exchange.
            gates: who looks at what leaves.
            chores: called in each cycle, no unit being open; it may talk to the exchange.
            carrier: the way to partners outside the exchange, where there is one.
            lost: carries out the exchange's order where this workstation was reported lost.
        """
        self._store = store
        self._gates = gates
        self._chores = chores
        self._carrier = carrier
        self._lost = lost
        self._gateway = gateway
        self._clock = clock
        self._ids = ids
        self._journal = journal
        self._device = device
        self._failures = 0
        self._batch = BATCH_COMMANDS
        self._applied = 0
        self._reported = ""
        self._reported_at = clock.monotonic()
        self._first = True
        self._cut_short = False
        self._heard_at = 0
        self._guard = threading.Lock()
        self._running = False
        self._after: Callable[[], None] | None = None
        with store.read() as unit:
            contact = facts.get(unit, Fact.LAST_CONTACT)
            waiting, unread = outbox.count(unit)
            self._state = SyncState(
                last_contact=int(contact) if contact else None,
                waiting=waiting,
                unread=unread,
                quarantined=held_back.count_unread(unit),
            )

    @property
    def state(self) -> SyncState:
        """How things stood after the last cycle."""
        return self._state

    def cut(self) -> None:
        """End a request that is being held open, from any thread."""
        self._gateway.cut()

    def break_off(self) -> None:
        """End what is under way with partners, for good; from any thread."""
        if self._carrier is not None:
            self._carrier.close()

    def stop(self, then: Callable[[], None]) -> None:
        """Begin no further cycle; `then` is called once, as soon as none is under way.

        From any thread. `then` closes the store, which a cycle must not lose under its hands.
        """
        with self._guard:
            running, stopped = self._running, self._after is not None
            if not stopped:
                self._after = then
        if not running and not stopped:
            then()

    def cycle(self, *, wait: int) -> Cycle:
        """Send, report, receive.

        `wait`: seconds the exchange may hold an empty answer back. Failures of the exchange
        and of the store become the state's link; only a bug is raised.
        """
        if not self._begin():
            return Cycle(replace(self._state, link=Link.STOPPED), frozenset(), pace.LONGEST)
        try:
            return self._cycle(wait)
        finally:
            after = self._finish()
            if after is not None:
                after()

    def _begin(self) -> bool:
        with self._guard:
            self._running = self._after is None
            return self._running

    def _finish(self) -> Callable[[], None] | None:
        with self._guard:
            self._running = False
            return self._after

    def _cycle(self, wait: int) -> Cycle:
        topics: set[Topic] = {Topic.SYNC}
        try:
            topics |= self._care()
            topics |= self._send()
            topics |= self._hear_partners()
            self._report()
            self._chores()
            if self._terms_wait():
                return self._end(Link.TERMS, topics, TERMS_PAUSE)
            began = self._clock.monotonic()
            # Where it is not known how things stand, a look comes before the waiting.
            look = wait > 0 and (self._cut_short or self._state.link not in _HEARD)
            wait = 0 if look else int(self._until_due(wait))
            page, got = self._receive(wait)
            topics |= got
            if page is not None and not page.more:
                self._heard()
            topics |= self._care()
        except FeedRestarted:
            self._start_over()
            return self._end(Link.CONNECTING, topics, 0.0)
        except CareKraftError as failure:
            return self._failed(failure, topics)
        self._failures = 0
        self._cut_short = page is None
        if page is None:
            before = self._state
            return self._end(
                before.link, topics, 0.0, error=before.error, receiving=before.receiving
            )
        if page.more:
            receiving = (self._applied, max(page.head, self._applied))
            return self._end(Link.RECEIVING, topics, 0.0, receiving=receiving)
        self._applied = 0
        held_open = wait > 0 and self._clock.monotonic() - began >= wait / 2
        again_at_once = look or held_open or bool(page.items)
        pause = 0.0 if again_at_once else pace.between_polls(page.poll_after, self._ids.chance())
        return self._end(Link.UP_TO_DATE, topics, self._until_due(pause))

    def _heard(self) -> None:
        """Note that the exchange has told all it knew; what hangs on that goes by the note."""
        now = self._now()
        if not 0 <= now - self._heard_at < NOTE_HEARD:
            with self._store.write() as unit:
                facts.put(unit, Fact.HEARD, str(now))
            self._heard_at = now

    def _care(self) -> set[Topic]:
        """Let referrals end whose permission has ended, and drafts that were forgotten."""
        now = self._now()
        topics: set[Topic] = set()
        with self._store.read() as unit:
            due = referral_care.due(unit, now)
            told = notice_care.due(unit)
        if due:
            with self._store.write() as unit:
                referral_care.care(unit, due, now, self._ids, self._note)
            topics |= {Topic.REFERRALS, Topic.OUTBOX}
        if told:
            with self._store.write() as unit:
                notice_care.care(unit, told, now, self._ids, self._note)
            topics.add(Topic.NOTICES)
        return topics

    # ------------------------------------------------------------------ sending

    def _send(self) -> set[Topic]:
        touched: set[Topic] = set()
        while batch := self._gather():
            touched.add(Topic.OUTBOX)
            if batch[0].act in TO_PARTNER:
                touched |= self._to_partner(batch[0])
                continue
            batch = tuple(i for i in batch if i.act not in TO_PARTNER)
            with self._store.write() as unit:
                outbox.mark_sent(unit, [i.key for i in batch])
            try:
                commands = tuple(outgoing.command(i, device=self._device) for i in batch)
                results = self._gateway.send(commands)
            except Refused as refusal:
                self._refused(batch, refusal)
                continue
            self._batch = BATCH_COMMANDS
            self._settle(batch, results)
            touched |= {Topic.VISITS, Topic.REFERRALS}
        return touched

    def _to_partner(self, intention: Intention) -> set[Topic]:
        """Something for a partner outside the exchange; its failures stop nothing else."""
        if self._carrier is None:
            with self._store.write() as unit:
                outbox.put_off(unit, intention.key, self._now() + int(pace.LONGEST))
        else:
            self._carrier.carry_out(intention, self._note)
        return {Topic.REFERRALS}

    def _hear_partners(self) -> set[Topic]:
        if self._carrier is None or not self._carrier.hear(self._note):
            return set()
        return {Topic.REFERRALS, Topic.OUTBOX} | self._send()

    def _gather(self) -> tuple[Intention, ...]:
        """What is due; what has become meaningless is closed instead of sent."""
        now = self._now()
        with self._store.read() as unit:
            due = outbox.due(unit, now, most=self._batch)
            held = [(i, said) for i in due if (said := self._verdict(unit, i, now)) is not GO]
        # One that may have been applied is sent again, late or not, to learn what became of it.
        late = [i for i in due if i.tries == 0 and i.expired(now)]
        if late or held:
            with self._store.write() as unit:
                for intention in late:
                    outbox.settle(unit, intention.key, Delivery.EXPIRED)
                    if intention.act in ENDS_UNSEEN:
                        outbox.mark_read(unit, intention.key)
                    self._note(unit, f"{intention.subject}.expired", intention.about, intention.act)
                for intention, verdict in held:
                    self._hold(unit, intention, verdict)
            return self._gather()
        return due

    def _verdict(self, unit: Reading, intention: Intention, now: Moment) -> Verdict:
        gate = self._gates.get(intention.act)
        verdict = gate(unit, intention, now) if gate is not None else GO
        return verdict if verdict.problem or verdict.until > now else GO

    def _hold(self, unit: Writing, intention: Intention, verdict: Verdict) -> None:
        if verdict.problem:
            outbox.settle(unit, intention.key, Delivery.REJECTED, problem=verdict.problem)
            subject = intention.subject
            self._note(unit, f"{subject}.stopped", intention.about, verdict.problem)
        else:
            outbox.put_off(unit, intention.key, verdict.until)

    def _refused(self, batch: Sequence[Intention], refusal: Refused) -> None:
        """The exchange will not take the request: find the one command it cannot take."""
        if len(batch) > 1:
            self._batch = len(batch) // 2
            return
        self._batch = BATCH_COMMANDS
        with self._store.write() as unit:
            for intention in batch:
                outbox.settle(unit, intention.key, Delivery.REJECTED, problem=refusal.problem)
                self._note(unit, f"{intention.subject}.rejected", intention.about, refusal.problem)

    def _settle(self, batch: Sequence[Intention], results: Sequence[Result]) -> None:
        answers = {result.key: result for result in results}
        now = self._now()
        with self._store.write() as unit:
            for intention in batch:
                result = answers.get(intention.key)
                if result is None:
                    # Not a word about it: it stays unknown and is asked about again.
                    outbox.settle(unit, intention.key, Delivery.UNKNOWN, next_at=now + 30)
                    continue
                delivery = self._delivery(result, intention)
                pause = pace.after_failure(intention.tries + 1, self._ids.chance())
                outbox.settle(
                    unit,
                    intention.key,
                    delivery,
                    problem=result.problem.slug if result.problem else "",
                    version=result.v or 0 if delivery is Delivery.APPLIED else 0,
                    next_at=now + int(pause) if delivery is Delivery.DEFERRED else now,
                )
                self._note(unit, f"{intention.subject}.{delivery}", intention.about, intention.act)

    @staticmethod
    def _delivery(result: Result, intention: Intention) -> Delivery:
        status = result.status
        if status is ResultStatus.DUPLICATE:
            status = result.was or ResultStatus.APPLIED
        if status is ResultStatus.APPLIED:
            return Delivery.APPLIED
        if status is ResultStatus.CONFLICT:
            return Delivery.CONFLICT
        if status is ResultStatus.DEFERRED and intention.tries < MOST_DEFERRALS:
            return Delivery.DEFERRED
        return Delivery.REJECTED

    # ------------------------------------------------------------------ reporting

    def _report(self) -> None:
        with self._store.read() as unit:
            cursor = facts.get(unit, Fact.CURSOR)
            receipts = arrivals.receipts(unit, most=MOST_REPORTS)
            held = arrivals.unreported(unit, most=MOST_REPORTS)
        stale = self._clock.monotonic() - self._reported_at >= REPORT_SECONDS
        moved = bool(cursor) and cursor != self._reported and stale
        if not receipts and not held and not moved:
            return
        self._gateway.acknowledge(
            Acks(
                cursor=cursor,
                quarantined=[Quarantined(k, i, v, _code(error)) for k, i, v, error in held],
                erased=[
                    Erased(r.kind, r.id, r.version, r.key, outgoing.instant(r.at), *_said(r))
                    for r in receipts
                ],
            )
        )
        self._reported, self._reported_at = cursor, self._clock.monotonic()
        if receipts or held:
            with self._store.write() as unit:
                arrivals.reported(unit, [r[0] for r in receipts], [(h[0], h[1]) for h in held])

    # ------------------------------------------------------------------ receiving

    def _receive(self, wait: int) -> tuple[Page | None, set[Topic]]:
        """Take the next stretch; None for the page when the waiting was cut short."""
        with self._store.read() as unit:
            cursor = facts.get(unit, Fact.CURSOR)
            epoch = facts.get(unit, Fact.EPOCH)
            resync = bool(facts.get(unit, Fact.RESYNC))
        if self._first:
            self._retry_quarantined()
            self._first = False
        pages: list[Page] = []
        while not pages or (pages[-1].more and sum(len(p.items) for p in pages) < AT_ONCE):
            after = pages[-1].cursor if pages else cursor
            page = self._gateway.changes(after, limit=PAGE_ITEMS, wait=0 if pages else wait)
            if page is None:
                return None, set()
            if epoch and page.epoch != epoch:
                raise FeedRestarted
            pages.append(page)
        topics: set[Topic] = set()
        if any(p.items for p in pages) or resync or pages[-1].cursor != cursor:
            topics |= self._apply(pages, resync=resync)
        return pages[-1], topics

    def _apply(self, pages: Sequence[Page], *, resync: bool) -> set[Topic]:
        topics: set[Topic] = set()
        returned = False
        left = list(pages)
        while left:
            with self._store.write() as unit:
                while left:
                    page = left.pop(0)
                    how = self._circumstances(resync=resync)
                    most = terms.cut(unit, page.items)
                    items = page.items[:most]
                    done = applying.apply(unit, items, how)
                    returned |= done.returned
                    topics |= self._took(unit, done)
                    terms.note_arrivals(unit, items)
                    if most < len(page.items) or (items and terms.waits(unit)):
                        # The rest waits at the exchange; it comes again from the same place.
                        left.clear()
                        break
                    if resync and not page.more:
                        topics |= self._took(unit, applying.finish_resync(unit, how))
                        outbox.send_again_after_restore(unit)
                        facts.put(unit, Fact.RESYNC, "")
                    facts.put(unit, Fact.CURSOR, page.cursor)
                    facts.put(unit, Fact.EPOCH, page.epoch)
                    facts.put(unit, Fact.LAST_CONTACT, str(self._now()))
                    self._applied += len(page.items)
                    if self._store.somebody_waits:
                        # A person acts: this much is whole, the rest follows after them.
                        break
        if returned:
            # Somebody books again whose record was disposed of: it is told only from zero.
            self._start_over()
        return topics

    def _took(self, unit: Writing, done: Applied) -> set[Topic]:
        for patient_id, code in done.withdrawn.items():
            action = "patient.erased" if code == "deleted" else "patient.restricted"
            self._note(unit, action, patient_id, "withdrawn" if code == "deleted" else code)
        for patient_id, code in done.held.items():
            self._note(unit, "patient.held", patient_id, code)
        for patient_id in sorted(done.let_go):
            self._note(unit, "patient.released", patient_id, "")
        return done.topics

    def _retry_quarantined(self) -> None:
        with self._store.read() as unit:
            any_held = bool(arrivals.quarantined(unit, not_by=__version__))
            left_out = facts.get(unit, Fact.LEFT_OUT)
            somebody_held = bool(held_back.ids(unit))
        if left_out and left_out != __version__:
            with self._store.write() as unit:
                facts.put(unit, Fact.LEFT_OUT, "")
            raise FeedRestarted
        if somebody_held:
            with self._store.write() as unit:
                self._took(unit, applying.retry_held(unit, self._circumstances(resync=False)))
        if any_held:
            with self._store.write() as unit:
                done = applying.retry_quarantined(unit, self._circumstances(resync=False))
                self._took(unit, done)

    def _terms_wait(self) -> bool:
        with self._store.read() as unit:
            return terms.waits(unit)

    def _start_over(self) -> None:
        with self._store.write() as unit:
            arrivals.forget_met(unit)
            facts.put(unit, Fact.CURSOR, "")
            facts.put(unit, Fact.EPOCH, "")
            facts.put(unit, Fact.RESYNC, "yes")
            self._note(unit, "sync.restart", "", "")
        self._applied = 0

    # ------------------------------------------------------------------ ending

    def _failed(self, failure: CareKraftError, topics: set[Topic]) -> Cycle:
        if isinstance(failure, ReportedLost):
            self._lost(failure.order)
        link = next(link for kind, link in _LINK if isinstance(failure, kind))
        self._failures += 1
        asked = failure.retry_after if isinstance(failure, Unavailable) else None
        pause = pace.after_failure(self._failures, self._ids.chance(), asked=asked)
        if link in {Link.SIGNED_OUT, Link.TOO_OLD}:
            pause = pace.LONGEST
        return self._end(link, topics, pause, error=failure.code)

    def _end(
        self,
        link: Link,
        topics: set[Topic],
        pause: float,
        *,
        error: str = "",
        receiving: tuple[int, int] | None = None,
    ) -> Cycle:
        now = self._now()
        with self._store.read() as unit:
            waiting, unread = outbox.count(unit)
            held = held_back.count_unread(unit)
        if link is not self._state.link:
            _log.info("link", extra=fields(state=link.value, code=error, waiting=waiting))
        heard = link in _HEARD and not self._cut_short
        self._state = replace(
            self._state,
            link=link,
            last_contact=now if heard else self._state.last_contact,
            waiting=waiting,
            unread=unread,
            receiving=receiving,
            quarantined=held,
            error=error,
            next_try=now + int(pause) if error else None,
        )
        return Cycle(self._state, frozenset(topics), pause)

    def _until_due(self, pause: float) -> float:
        """Not longer than until the next intention may leave."""
        with self._store.read() as unit:
            due = outbox.next_due(unit)
        return pause if due is None else min(pause, max(0.0, float(due - self._now())))

    def _circumstances(self, *, resync: bool) -> Circumstances:
        return Circumstances(now=self._now(), ids=self._ids, program=__version__, resync=resync)

    def _note(self, unit: Writing, action: str, about: str, detail: str) -> None:
        self._journal.append(unit, Entry(self._now(), "", self._device, action, about, detail))

    def _now(self) -> Moment:
        return int(self._clock.now().timestamp())


def _said(receipt: arrivals.Receipt) -> tuple[Erasing, str | None]:
    """What a receipt tells of the outcome: a code and a month, never why (REQ-86)."""
    return Erasing(receipt.outcome), receipt.month or None


def _code(error: str) -> str:
    """A refusal's reason as a code of the contract; paths and patterns are left out."""
    return error if error.replace("-", "").isalpha() and error.islower() else "invalid-request"
