"""Begin a referral and bring it to the send button: agreement, provider, time, check.

Nothing is typed but what the directory is searched by. The summary stays beside every step, and
going back keeps everything. What is slow or needs the network happens in a worker; without it
the copies are used and their age is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.directory import Slot
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import referral_steps as steps
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.referral_in_hand import InHand
from carekraft_desktop.presenters.referral_search import Search
from carekraft_desktop.presenters.referral_state import At, WizardState, problem_of, refused
from carekraft_desktop.presenters.referral_times import OtherTimes
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from carekraft_desktop.domain.directory import Entry
    from carekraft_desktop.domain.permissions import Refusal
    from carekraft_desktop.presenters.referral_search import Narrowing
    from carekraft_desktop.presenters.tasks import Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_referrals import (
        DirectoryUses,
        ReferralUses,
        StaffUses,
    )
    from carekraft_desktop.services.desk import Desk

MOST_WISHES = 3


class Wizard:
    """One draft on its way; `left` is told when it is over."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[WizardState], None],
        *,
        referrals: ReferralUses,
        directory: DirectoryUses,
        staff: StaffUses,
        runner: Runner,
        online: Callable[[], bool],
        sent: Callable[[str], None],
        when: OfficeTime,
        office: str,
    ) -> None:
        """Make it; `begin` or `ask_who` shows its first step.

        Args:
            desk: who works with it.
            show: puts a step on the screen.
            referrals: the use cases.
            directory: finding and holding.
            staff: the office's own providers.
            runner: does what needs the network.
            online: whether the exchange was reached lately; only words hang on it.
            sent: told the id of what was confirmed.
            when: the office's spelling of times.
            office: its name, for the telephone.
        """
        self._desk, self._show = desk, show
        self._referrals = referrals
        self._runner, self._online, self._sent = runner, online, sent
        self._when, self._office = when, office
        self._hand = InHand(desk, referrals, staff)
        self._search = Search(desk, directory, self._hand, changed=self._paint_at)
        self._times = OtherTimes(
            desk, directory, self._hand, runner, changed=self._paint_at, taken=self._taken
        )
        self._at = At.WHO
        self._patients: tuple[tuple[str, str], ...] = ()
        self._calling = False
        self._digest = ""
        self._over = False
        self._problem: Problem | None = None
        self.state: WizardState | None = None

    @property
    def id(self) -> str:
        """Of the draft; empty before there is one."""
        return self._hand.id

    # -- where we are -------------------------------------------------------------------

    def ask_who(self) -> None:
        """Begin with the patients who wait for a referral."""
        self._patients = self._referrals.waiting_patients(self._desk)
        self._go(At.WHO)

    def begin(self, patient_id: str, *, visit_id: str = "", referring: str = "") -> bool:
        """Begin for a patient; False when no permission allows it, which is then shown."""
        try:
            begun = self._referrals.begin(
                self._desk, patient_id, visit_id=visit_id, referring=referring
            )
        except CareKraftError as error:
            self._problem = problem_of(error)
            self._paint()
            return False
        self.resume(begun)
        return True

    def resume(self, referral_id: str) -> None:
        """Go on with a draft where it was left."""
        self._hand.id = referral_id
        self._read()
        work = self._hand.work
        self._search.refresh(self._runner)
        if not work.agreed_by:
            self._go(At.AGREE)
        elif not work.provider_npi:
            self._go(At.PROVIDER)
        elif not (work.slot_id or work.wishes):
            self._to_time()
        else:
            self._to_check()

    def back(self) -> bool:
        """One step back; False from the first one."""
        first = At.AGREE if self.id else At.WHO
        if self._calling:
            self._calling = False
            self._paint()
            return True
        if self._at <= first:
            return False
        self._go(At(self._at - 1))
        return True

    def leave(self) -> None:
        """It is left; a slot that was kept is let go."""
        self._over = True
        self._times.end(booked=False)

    def refresh(self) -> None:
        """Read the draft anew; a draft that ended meanwhile is said."""
        if self.id:
            self._read()
        self._paint()

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self._paint()

    def _go(self, at: At) -> None:
        self._at, self._problem, self._calling = at, None, False
        self._paint()

    # -- gestures -----------------------------------------------------------------------

    def take(self, row: int) -> None:
        """Take a row of the list."""
        if row < 0 or self._calling:
            return
        if self._at is At.WHO and row < len(self._patients):
            self.begin(self._patients[row][0])
        elif self._at is At.PROVIDER and row < len(self._search.listed):
            self._choose_provider(*self._search.listed[row])
        elif self._at is At.TIME and row < len(self._times.rows):
            match self._times.rows[row]:
                case Slot() as slot:
                    self._choose_slot(slot)
                case wish:
                    self._toggle_wish(wish)

    def agree(self, *, agreed: bool) -> None:
        """The patient was asked; on to the provider."""
        if self._do(lambda: self._referrals.agree(self._desk, self.id, agreed=agreed)) and agreed:
            self._go(At.PROVIDER)

    def act_for(self, row: int) -> None:
        """On whose behalf; never leaves the office."""
        providers = self._hand.own()
        if 0 <= row <= len(providers):
            chosen = providers[row - 1].id if row else ""
            self._do(lambda: self._referrals.act_for(self._desk, self.id, chosen))

    def narrow(self, **by: Unpack[Narrowing]) -> None:
        """Narrow the directory down."""
        self._search.narrow(**by)
        self._paint()

    def star(self, row: int) -> None:
        """Make the provider of a row a favourite, or no longer."""
        if self._at is At.PROVIDER and self._search.star(row):
            self._paint()

    def call(self) -> None:
        """No time can be had here: what to say on the telephone."""
        self._calling = True
        self._paint()

    def choose_how(
        self,
        *,
        first_visit: bool | None = None,
        mode: int | None = None,
        earliest_ok: bool | None = None,
    ) -> None:
        """The small choices; the message is made anew."""
        modes = self._hand.modes
        visit_class = None if first_visit is None else ("NEW" if first_visit else "RETURNING")
        if self._do(
            lambda: self._referrals.choose_how(
                self._desk,
                self.id,
                visit_class=visit_class,
                mode=None if mode is None else modes[mode],
                earliest_ok=earliest_ok,
            )
        ):
            self._to_check()

    def next(self) -> None:
        """On from parts of days to the check."""
        if self._at is At.TIME and self._hand.work.wishes:
            self._to_check()

    def send(self) -> None:
        """Confirm what is shown."""
        if self._at is not At.CHECK or not self._digest:
            return
        digest = self._digest
        if self._do(lambda: self._referrals.send(self._desk, self.id, digest)):
            self._over = True
            self._times.end(booked=True)
            self._sent(self.id)

    # -- choosing -----------------------------------------------------------------------

    def _choose_provider(self, entry: Entry, specialty: str) -> None:
        refusal: list[Refusal | None] = []

        def choose() -> None:
            refusal.append(
                self._referrals.choose_provider(
                    self._desk, self.id, entry.npi, entry.location_id, specialty=specialty
                )
            )

        self._times.let_go()
        if not self._do(choose):
            return
        if refusal[0] is not None:
            self._problem = refused(refusal[0])
            self._paint()
            return
        self._to_time()

    def _to_time(self) -> None:
        entry = self._hand.entry
        if entry is None:
            self._go(At.PROVIDER)
            return
        self._at, self._problem, self._calling = At.TIME, None, False
        self._times.ask(entry)

    def _choose_slot(self, slot: Slot) -> None:
        entry = self._hand.entry
        if entry is not None and self._do(
            lambda: self._referrals.choose_time(self._desk, self.id, slot.id, slot.start, slot.end)
        ):
            self._times.let_go()
            self._to_check()
            self._times.keep(entry, slot)

    def _taken(self) -> None:
        """Somebody else has the slot: choose anew, from what is free now."""
        self._to_time()
        taken = words.HELD_BUT_TAKEN
        self._problem = Problem(taken.title, taken.advice, "slot-taken")
        self._paint()

    def _toggle_wish(self, wish: tuple[str, str]) -> None:
        wishes = self._hand.work.wishes
        if wish in wishes:
            wishes = tuple(each for each in wishes if each != wish)
        elif len(wishes) < MOST_WISHES:
            wishes = tuple(sorted((*wishes, wish)))
        self._do(lambda: self._referrals.choose_wishes(self._desk, self.id, wishes))

    def _to_check(self) -> None:
        """Show the message; once it is there, so that the keyboard finds the send button."""
        self._digest, problem = "", None
        try:
            self._digest = self._referrals.preview(self._desk, self.id).digest
        except CareKraftError as error:
            problem = problem_of(error)
        self._read()
        self._at, self._calling, self._problem = At.CHECK, False, problem
        self._paint()

    # -- what is so ---------------------------------------------------------------------

    def _do(self, act: Callable[[], object]) -> bool:
        """Let a use case happen; what went wrong stands beside it."""
        try:
            act()
        except CareKraftError as error:
            self._problem = problem_of(error)
            done = False
        else:
            self._problem, done = None, True
        self._read()
        self._paint()
        return done

    def _read(self) -> None:
        try:
            self._hand.read()
        except CareKraftError as error:
            self._problem = problem_of(error)

    # -- painting -----------------------------------------------------------------------

    def _paint(self) -> None:
        if self._over:
            return
        summary = steps.summary(self._hand, self._when)
        self.state = replace(self._step(), problem=self._problem, summary=summary)
        self._show(self.state)

    def _paint_at(self, at: At) -> None:
        """Paint what has changed on one step, if that is the one on the screen."""
        if self._at is at:
            self._paint()

    def _step(self) -> WizardState:
        hand, when = self._hand, self._when
        if self._calling:
            return steps.script(self._at, hand, self._office)
        match self._at:
            case At.WHO:
                return steps.who(self._patients)
            case At.AGREE:
                return steps.agreement(hand)
            case At.PROVIDER:
                return self._search.step(when)
            case At.TIME:
                return self._times.step(when, quiet=self._problem is not None)
            case At.CHECK:
                until, online = self._times.kept_until, self._online()
                return steps.check(hand, when, self._digest, kept_until=until, online=online)
