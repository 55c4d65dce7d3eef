"""Brings referrals to partners outside the exchange, hears their answers, and takes them back.

A part of the sync's turn. The exchange has taken the permission before; here the last step
before the socket is looked at once more, with nothing let through on account of an earlier
attempt: a partner takes the same request twice as one. What a partner answers goes to the
exchange, and comes back from there like any office's answer.
"""

from collections.abc import Callable

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.referrals import (
    CancelCode,
    CancelReferral,
    DeclineCode,
    ReferralStatus,
    ReportReferral,
)
from carekraft_desktop.domain import Moment, payload
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.digest import digest
from carekraft_desktop.domain.intentions import OPEN, REFERRAL, Delivery, Intention
from carekraft_desktop.domain.partners import Answer, Carried, Partner
from carekraft_desktop.errors import (
    ChangedThere,
    ExchangeError,
    PartnerRefused,
    SignedOut,
)
from carekraft_desktop.exchange import pace, partner
from carekraft_desktop.ports import Clock, Ids, PartnerLink
from carekraft_desktop.services import referral_gate
from carekraft_desktop.services.carried_jobs import (
    ASK_EVERY,
    Job,
    booking_of,
    carried_of,
    job_of,
    report_of,
)
from carekraft_desktop.services.referral_care import PROGRAM, recalling
from carekraft_desktop.store import outbox, partners, referrals
from carekraft_desktop.store.unit import Store, Writing
from carekraft_desktop.value import replace

UNTRUSTED_PAUSE = 300
"""Seconds after which a partner who does not let us in is tried again."""
Note = Callable[[Writing, str, str, str], None]
"""Adds a journal line: action, about, detail."""
Connect = Callable[[Partner], PartnerLink]


class Carrier:
    """The office's own way to its partners; used by the sync's thread alone, but for `close`."""

    def __init__(self, store: Store, connect: Connect, *, clock: Clock, ids: Ids) -> None:
        """`connect`: makes the connection to a partner, at the first question."""
        self._store, self._connect, self._clock, self._ids = store, connect, clock, ids
        self._links: dict[str, tuple[Partner, PartnerLink]] = {}
        self._away: dict[str, Moment] = {}
        """Until when a partner that did not answer is left alone: the sync does not wait for it."""
        self._closed = False

    def close(self) -> None:
        """Break off whatever is under way; from any thread."""
        self._closed = True
        for _, link in list(self._links.values()):
            link.close()

    # ------------------------------------------------------------------ on the way there

    def carry_out(self, intention: Intention, note: Note) -> None:
        """Bring a referral to its partner, or take it back there."""
        with self._store.read() as unit:
            job = job_of(unit, intention)
        if intention.act is Act.DELIVER and not self._may_leave(job, note):
            return
        if job.partner is None:
            self._failed(job, "partner-gone", note)
            return
        until = self._away.get(job.partner.id, 0)
        if until > self._now():
            with self._store.write() as unit:
                outbox.put_off(unit, intention.key, until)
            return
        with self._store.write() as unit:
            outbox.mark_sent(unit, [intention.key])
        self._try(job, job.partner, note)

    def _may_leave(self, job: Job, note: Note) -> bool:
        """The last look before the socket; what may not leave is settled."""
        with self._store.read() as unit:
            taken = any(
                each.act is Act.CARRY and each.delivery is Delivery.APPLIED
                for each in outbox.about(unit, job.intention.about)
            )
            refusal = referral_gate.stops(unit, job.intention, self._now())
        if not taken:
            with self._store.write() as unit:
                outbox.void(unit, job.intention.key)
            return False
        if refusal:
            self._stopped(job, refusal, note)
        return not refusal

    def _try(self, job: Job, there: Partner, note: Note) -> None:
        do = self._bring if job.intention.act is Act.DELIVER else self._recall
        try:
            answer = do(job, self._open(there))
        except ChangedThere:
            self._changed(job, note)
        except PartnerRefused as refused:
            self._failed(job, refused.code, note)
        except ExchangeError as failure:
            self._put_off(job, failure, note)
        else:
            self._done(job, answer, note)

    def _bring(self, job: Job, link: PartnerLink) -> Answer:
        return link.bring(payload.read(job.intention.body.encode()).booking)

    def _recall(self, job: Job, link: PartnerLink) -> Answer | None:
        """Cancel it as the desk saw it; None where it never arrived."""
        booking = payload.read(job.message).booking
        code = decode(job.intention.body.encode(), CancelReferral).cancel_code
        carried = job.carried
        if carried is None or job.intention.actor == PROGRAM:
            there = link.find(booking)
            if there is None or there.status is ReferralStatus.CANCELLED:
                return there
            return link.recall(booking, code, id_=there.id, version=there.version)
        return link.recall(booking, code, id_=carried.id, version=carried.version)

    def _done(self, job: Job, answer: Answer | None, note: Note) -> None:
        intention, now = job.intention, self._now()
        with self._store.write() as unit:
            outbox.settle(unit, intention.key, Delivery.APPLIED, next_at=now)
            if answer is not None and job.partner is not None:
                status = "CANCELLED" if intention.act is Act.RECALL else ""
                partners.carry(unit, carried_of(job, job.partner.id, answer, status, now))
            if intention.act is Act.DELIVER:
                data = partner.appointment(payload.read(intention.body.encode()).booking)
                note(unit, "partner.delivered", intention.about, digest(data)[:16])
            else:
                note(unit, "partner.recalled", intention.about, "")
            if answer is not None and answer.dropped:
                note(unit, "partner.dropped", intention.about, str(answer.dropped))

    def _stopped(self, job: Job, problem: str, note: Note) -> None:
        """It may not leave any more; where it may have arrived, it is taken back there."""
        intention, now = job.intention, self._now()
        with self._store.write() as unit:
            if problem == referral_gate.LATER:
                outbox.put_off(unit, intention.key, now + referral_gate.ASK_AGAIN)
                return
            outbox.settle(unit, intention.key, Delivery.REJECTED, problem=problem)
            note(unit, "partner.stopped", intention.about, problem)
            self._give_up(unit, job, maybe_there=intention.tries > 0)

    def _failed(self, job: Job, problem: str, note: Note) -> None:
        """The partner will never take it."""
        with self._store.write() as unit:
            outbox.settle(unit, job.intention.key, Delivery.REJECTED, problem=problem)
            note(unit, "partner.rejected", job.intention.about, problem)
            if job.intention.act is Act.DELIVER:
                self._give_up(unit, job, maybe_there=False)
            else:
                self._void_cancel(unit, job.intention.about)

    def _changed(self, job: Job, note: Note) -> None:
        """The partner has changed it: nothing was cancelled, and the desk looks again."""
        about = job.intention.about
        with self._store.write() as unit:
            if job.intention.actor == PROGRAM:
                # Nobody has to look: it is over, and is taken back as it is now.
                outbox.put_off(unit, job.intention.key, self._now() + referral_gate.ASK_AGAIN)
                return
            outbox.settle(unit, job.intention.key, Delivery.CONFLICT, problem=ChangedThere.code)
            self._void_cancel(unit, about)
            if job.carried is not None:
                partners.carry(unit, replace(job.carried, next_at=0))
            note(unit, "partner.conflict", about, job.intention.act)

    def _put_off(self, job: Job, failure: ExchangeError, note: Note) -> None:
        """Not reached, busy, or not letting us in: what was asked for stays asked for."""
        intention, now = job.intention, self._now()
        pause = pace.after_failure(intention.tries + 1, self._ids.chance())
        if isinstance(failure, SignedOut):
            pause = UNTRUSTED_PAUSE
        if job.partner is not None:
            self._away[job.partner.id] = now + int(pause)
        with self._store.write() as unit:
            if intention.act is Act.DELIVER and now >= intention.visit_start:
                outbox.settle(unit, intention.key, Delivery.EXPIRED, problem=failure.code)
                note(unit, "partner.expired", intention.about, failure.code)
                self._give_up(unit, job, maybe_there=True)
                return
            outbox.settle(
                unit,
                intention.key,
                Delivery.DEFERRED,
                problem=failure.code,
                next_at=now + int(pause),
            )
            if not intention.tries:
                note(unit, "partner.waits", intention.about, failure.code)

    def _give_up(self, unit: Writing, job: Job, *, maybe_there: bool) -> None:
        """The exchange learns that it could not be brought; the permission is free again."""
        about = job.intention.about
        if maybe_there:
            referral = referrals.get(unit, about)
            if referral is not None:
                code = CancelCode.FROM_OFFICE
                made = recalling(
                    referral, code, key=self._ids.new(), actor=PROGRAM, now=self._now()
                )
                outbox.append(unit, made)
        declined = ReportReferral(ReferralStatus.DECLINED, decline_code=DeclineCode.UNREACHABLE)
        self._report(unit, about, declined)

    def _void_cancel(self, unit: Writing, about: str) -> None:
        for each in outbox.about(unit, about):
            if each.act is Act.CANCEL_REFERRAL and each.delivery in OPEN and not each.tries:
                outbox.void(unit, each.key)

    # ------------------------------------------------------------------ on the way back

    def hear(self, note: Note) -> bool:
        """Ask partners what has become of referrals; whether anything is new."""
        with self._store.read() as unit:
            due = partners.to_ask(unit, self._now())
            over = partners.to_recall(unit)
        news = False
        if over:
            self._end(over)
            news = True
        for carried in due:
            if not self._closed:
                news |= self._ask(carried, note)
        return news

    def _end(self, over: tuple[Carried, ...]) -> None:
        """Take back what ended at the exchange by itself (REQ-68)."""
        with self._store.write() as unit:
            for carried in over:
                referral = referrals.get(unit, carried.referral_id)
                if referral is not None:
                    code = CancelCode(referral.cancel_code or CancelCode.FROM_OFFICE)
                    made = recalling(
                        referral, code, key=self._ids.new(), actor=PROGRAM, now=self._now()
                    )
                    outbox.append(unit, made)

    def _ask(self, carried: Carried, note: Note) -> bool:
        with self._store.read() as unit:
            found = partners.get(unit, carried.partner_id)
            booking = booking_of(unit, carried.referral_id)
        now = self._now()
        later = replace(carried, next_at=now + ASK_EVERY)
        answer = None
        if found is not None and booking is not None and self._away.get(found.id, 0) <= now:
            try:
                answer = self._open(found).ask(booking, carried.id)
            except ExchangeError:
                self._away[found.id] = now + ASK_EVERY
        if answer is None or booking is None:
            with self._store.write() as unit:
                partners.carry(unit, later)
            return False
        report = report_of(answer)
        start = int(answer.start.timestamp()) if answer.start else carried.start
        new = report is not None and (report.status, start) != (carried.status, carried.start)
        with self._store.write() as unit:
            partners.carry(
                unit,
                replace(
                    later,
                    version=answer.version or carried.version,
                    status=report.status.value if report and new else carried.status,
                    start=start if new else carried.start,
                    dropped=answer.dropped,
                ),
            )
            if report is not None and new:
                self._report(unit, carried.referral_id, report)
                note(unit, "partner.answered", carried.referral_id, report.status.value)
            if answer.dropped and answer.dropped != carried.dropped:
                note(unit, "partner.dropped", carried.referral_id, str(answer.dropped))
        return new

    def _report(self, unit: Writing, about: str, what: ReportReferral) -> None:
        now = self._now()
        outbox.append(
            unit,
            Intention(
                key=self._ids.new(),
                about=about,
                act=Act.REPORT_ANSWER,
                if_version=0,
                actor=PROGRAM,
                made_at=now,
                visit_start=0,
                next_at=now,
                kind=REFERRAL,
                body=encode(what).decode(),
            ),
        )

    # ------------------------------------------------------------------ connections

    def _open(self, wanted: Partner) -> PartnerLink:
        """The connection to a partner; a new one where its settings have changed."""
        known = self._links.get(wanted.id)
        same = known is not None and (known[0].address, known[0].client_id, known[0].key) == (
            wanted.address,
            wanted.client_id,
            wanted.key,
        )
        if known is not None and same:
            return known[1]
        if known is not None:
            known[1].close()
        link = self._connect(wanted)
        self._links[wanted.id] = (wanted, link)
        return link

    def _now(self) -> Moment:
        return int(self._clock.now().timestamp())
