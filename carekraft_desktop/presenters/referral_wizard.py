"""Begin a referral and bring it to the send button: agreement, provider, time, check.

Nothing is typed but what the directory is searched by. The summary stays beside every step, and
going back keeps everything. What is slow or needs the network happens in a worker; without it
the copies are used and their age is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING

from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain import payload
from carekraft_desktop.domain.directory import Entry, Slot, Times, Wanted
from carekraft_desktop.domain.permissions import Refusal, needs_naming
from carekraft_desktop.domain.referrals import Work
from carekraft_desktop.errors import (
    CareKraftError,
    MessageRefused,
    ReferralRefused,
    Refused,
)
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Empty, Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.times import OfficeTime, ago, short_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.visits import Provider
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.uses_referrals import (
        DirectoryUses,
        ReferralUses,
        StaffUses,
    )
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.directory import Shelf
    from carekraft_desktop.services.referrals import Open

DIGITS = 9
"""Rows that a digit takes."""
WISH_DAYS = 8
MOST_WISHES = 3


class At(IntEnum):
    """The steps, in their order."""

    WHO = 0
    AGREE = 1
    PROVIDER = 2
    TIME = 3
    CHECK = 4


@dataclass(frozen=True, slots=True)
class Option:
    """One row to take."""

    text: str
    detail: str = ""
    group: str = ""
    """The heading above it."""
    digit: str = ""
    marked: bool = False
    """A favourite, or a part of a day that was named."""
    live: bool = True


@dataclass(frozen=True, slots=True)
class Filters:
    """What the directory is narrowed by: the words of each choice, and which one is taken."""

    groups: tuple[str, ...] = ()
    group: int = 0
    distances: tuple[str, ...] = ()
    distance: int = 0
    plans: tuple[str, ...] = ()
    plan: int = 0
    languages: tuple[str, ...] = ()
    language: int = 0
    new_only: bool = False
    typed: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """The small choices on the last step."""

    first_visit: bool = True
    modes: tuple[str, ...] = ()
    mode: int = 0
    earliest_ok: bool = False


@dataclass(frozen=True, slots=True)
class WizardState:
    """One step with the summary beside it."""

    at: At
    title: str
    advice: str
    summary: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    note: str = ""
    """The age of what is shown."""
    busy: bool = False
    empty: Empty | None = None
    problem: Problem | None = None
    warning: str = ""
    """That the specialty itself tells much."""
    agreed: bool = False
    filters: Filters | None = None
    referring: tuple[str, ...] = ()
    """The office's own providers, of whom one is acted for."""
    acting_for: int = 0
    script: tuple[str, ...] = ()
    """What to say on the telephone, line by line."""
    how: How | None = None
    message: tuple[tuple[str, str], ...] = ()
    """What will leave, member by member."""
    residual: str = ""
    proof: str = ""
    """Number of bytes and fingerprint."""
    can_send: bool = False
    send: str = ""
    can_call: bool = False


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
        self._referrals, self._directory, self._staff = referrals, directory, staff
        self._runner, self._online, self._sent = runner, online, sent
        self._when, self._office = when, office
        self.id = ""
        self._at = At.WHO
        self._open: Open | None = None
        self._patients: tuple[tuple[str, str], ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._wanted = Wanted()
        self._allowed_only = True
        self._rows: tuple[Callable[[], None], ...] = ()
        self._times: Times | None = None
        self._asking = False
        self._unreached = False
        self._calling = False
        self._held_until = 0
        self._held: tuple[str, str, str] | None = None
        self._digest = ""
        self._over = False
        self._problem: Problem | None = None
        self.state: WizardState | None = None

    # -- where we are -------------------------------------------------------------------

    def ask_who(self) -> None:
        """Begin with the patients who wait for a referral."""
        self._patients = self._referrals.waiting_patients(self._desk)
        self._go(At.WHO)

    def begin(self, patient_id: str, *, visit_id: str = "", referring: str = "") -> bool:
        """Begin for a patient; False when no permission allows it, which is then shown."""
        try:
            self.id = self._referrals.begin(
                self._desk, patient_id, visit_id=visit_id, referring=referring
            )
        except CareKraftError as error:
            self._problem = problem_of(error)
            self._paint()
            return False
        self.resume(self.id)
        return True

    def resume(self, referral_id: str) -> None:
        """Go on with a draft where it was left."""
        self.id = referral_id
        self._read()
        work = self._work()
        self._refresh_directory()
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
        self._let_go()

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
        if 0 <= row < len(self._rows):
            self._rows[row]()

    def agree(self, *, agreed: bool) -> None:
        """The patient was asked; on to the provider."""
        if self._do(lambda: self._referrals.agree(self._desk, self.id, agreed=agreed)) and agreed:
            self._go(At.PROVIDER)

    def act_for(self, row: int) -> None:
        """On whose behalf; never leaves the office."""
        providers = self._own()
        if 0 <= row <= len(providers):
            chosen = providers[row - 1].id if row else ""
            self._do(lambda: self._referrals.act_for(self._desk, self.id, chosen))

    def narrow(
        self,
        *,
        group: int | None = None,
        distance: int | None = None,
        plan: int | None = None,
        language: int | None = None,
        new_only: bool | None = None,
        typed: str | None = None,
    ) -> None:
        """Narrow the directory down."""
        wanted = self._wanted
        if group is not None:
            # First what the permission names, then anybody, then group by group.
            self._allowed_only = group == 0
            wanted = replace(wanted, group=_GROUPS[group - 2] if group > 1 else None)
        if distance is not None:
            wanted = replace(wanted, within=float(words.DISTANCES[distance][0]))
        if plan is not None:
            wanted = replace(wanted, plan=self._payer() if plan else "")
        if language is not None:
            wanted = replace(wanted, language=_LANGUAGES[language - 1] if language else "")
        if new_only is not None:
            wanted = replace(wanted, new_patients=new_only)
        if typed is not None:
            wanted = replace(wanted, words=typed)
        self._wanted = wanted
        self._paint()

    def star(self, row: int) -> None:
        """Make the provider of a row a favourite, or no longer."""
        if self._at is not At.PROVIDER or not 0 <= row < len(self._entries):
            return
        entry, referring = self._entries[row], self._work().referring
        favourites, _ = self._directory.known(self._desk, referring)
        on = entry.key not in {each.key for each in favourites}
        self._directory.mark(self._desk, referring, entry.npi, entry.location_id, on=on)
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
        entry = self._entry()
        modes = entry.modes if entry is not None and entry.modes else ("IN_PERSON",)
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
        if self._at is At.TIME and self._work().wishes:
            self._to_check()

    def send(self) -> None:
        """Confirm what is shown."""
        if self._at is not At.CHECK or not self._digest:
            return
        digest = self._digest
        if self._do(lambda: self._referrals.send(self._desk, self.id, digest)):
            self._held = None  # the slot is wanted: it is not let go
            self._over = True
            self._sent(self.id)

    # -- choosing -----------------------------------------------------------------------

    def _choose_patient(self, patient_id: str) -> None:
        self.begin(patient_id)

    def _choose_provider(self, entry: Entry, specialty: str = "") -> None:
        refusal: list[Refusal | None] = []

        def choose() -> None:
            refusal.append(
                self._referrals.choose_provider(
                    self._desk, self.id, entry.npi, entry.location_id, specialty=specialty
                )
            )

        self._let_go()
        if not self._do(choose):
            return
        if refusal[0] is not None:
            self._problem = _refused(refusal[0])
            self._paint()
            return
        self._to_time()

    def _to_time(self) -> None:
        entry = self._entry()
        if entry is None:
            self._go(At.PROVIDER)
            return
        self._times = self._directory.times_known(self._desk, entry.npi, entry.location_id)
        self._asking, self._unreached = True, False
        self._go(At.TIME)
        self._runner.submit(
            lambda: self._directory.look_up_times(self._desk, entry.npi, entry.location_id),
            partial(self._got_times, entry.key),
        )

    def _got_times(self, key: tuple[str, str], outcome: Outcome[Times]) -> None:
        entry = self._entry()
        if self._over or entry is None or entry.key != key:
            return
        self._asking = False
        match outcome:
            case Done(times):
                self._times = times
            case Failed():
                self._unreached = True
        if self._at is At.TIME:
            self._paint()

    def _choose_slot(self, slot: Slot) -> None:
        entry = self._entry()
        if entry is None:
            return
        if not self._do(
            lambda: self._referrals.choose_time(self._desk, self.id, slot.id, slot.start, slot.end)
        ):
            return
        self._let_go()
        self._held_until = 0
        self._to_check()
        self._runner.submit(
            lambda: self._directory.hold(self._desk, entry.npi, entry.location_id, slot.id),
            partial(self._held_it, (entry.npi, entry.location_id, slot.id)),
        )

    def _held_it(self, held: tuple[str, str, str], outcome: Outcome[int]) -> None:
        match outcome:
            case Done(until):
                if self._over:
                    return
                self._held, self._held_until = held, until
            case Failed(error):
                if self._over or self._work().slot_id != held[2]:
                    return
                if isinstance(error, Refused):
                    self._taken()
                    return
                self._held_until = -1
        if self._at is At.CHECK:
            self._paint()

    def _taken(self) -> None:
        """Somebody else has the slot: choose anew, from what is free now."""
        self._to_time()
        taken = words.HELD_BUT_TAKEN
        self._problem = Problem(taken.title, taken.advice, "slot-taken")
        self._paint()

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._runner.submit(lambda: self._directory.let_go(self._desk, *held), _nobody_waits)

    def _toggle_wish(self, wish: tuple[str, str]) -> None:
        wishes = self._work().wishes
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

    # -- the directory's copy -----------------------------------------------------------

    def _refresh_directory(self) -> None:
        if self._directory.is_old(self._desk):
            self._runner.submit(lambda: self._directory.refresh(self._desk), self._refreshed)

    def _refreshed(self, outcome: Outcome[int]) -> None:
        del outcome  # either way the copy's age is shown
        if not self._over and self._at is At.PROVIDER:
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
            self._open = self._referrals.open_one(self._desk, self.id)
        except CareKraftError as error:
            self._problem = problem_of(error)

    def _work(self) -> Work:
        return self._open.line.referral.work if self._open is not None else Work("", "")

    def _entry(self) -> Entry | None:
        return self._open.line.entry if self._open is not None else None

    def _own(self) -> list[Provider]:
        return [each for each in self._staff.providers(self._desk) if each.active]

    def _payer(self) -> str:
        permission = self._open.permission if self._open is not None else None
        return permission.payer_code if permission is not None else ""

    # -- painting -----------------------------------------------------------------------

    def _paint(self) -> None:
        if self._over:
            return
        self.state = replace(self._step(), problem=self._problem, summary=self._summary())
        self._show(self.state)

    def _step(self) -> WizardState:
        self._rows = ()
        if self._calling:
            return self._script()
        return {
            At.WHO: self._who,
            At.AGREE: self._agreement,
            At.PROVIDER: self._provider,
            At.TIME: self._time,
            At.CHECK: self._check,
        }[self._at]()

    def _who(self) -> WizardState:
        self._rows = tuple(partial(self._choose_patient, id_) for id_, _ in self._patients)
        options = tuple(Option(name, digit=_digit(n)) for n, (_, name) in enumerate(self._patients))
        empty = Empty(words.NOBODY.title, words.NOBODY.advice, icon="users")
        return WizardState(
            At.WHO,
            words.WHO.title,
            words.WHO.advice,
            options=options,
            empty=None if options else empty,
        )

    def _agreement(self) -> WizardState:
        own = self._own()
        ids = [each.id for each in own]
        referring = self._work().referring
        return WizardState(
            At.AGREE,
            words.AGREE.title,
            words.AGREE.advice,
            note=words.AGREE_SAY,
            agreed=bool(self._work().agreed_by),
            referring=("Nobody in particular", *(each.name for each in own)),
            acting_for=ids.index(referring) + 1 if referring in ids else 0,
        )

    def _provider(self) -> WizardState:
        wanted, allowed, named = self._wanted, frozenset[Specialty](), frozenset[str]()
        permission = self._open.permission if self._open is not None else None
        if permission is not None and self._allowed_only:
            allowed, named = permission.specialties, permission.targets
        shelf = self._directory.find(self._desk, replace(wanted, allowed=allowed, named=named))
        favourites, recents = self._directory.known(self._desk, self._work().referring)
        stars = {each.key for each in favourites}
        listed: list[tuple[Entry, str, float | None]] = []
        if not wanted.words and wanted.group is None:
            listed += [(each, words.FAVOURITES, None) for each in favourites]
            listed += [(each, words.RECENTS, None) for each in recents]
        known = {each.key for each, _, _ in listed}
        listed += [
            (found.entry, words.FOUND, found.miles)
            for found in shelf.found
            if found.entry.key not in known
        ]
        chosen = [
            (entry, heading, distance, group)
            for entry, heading, distance in listed
            for group in _groups_of(entry, allowed)
        ]
        self._entries = tuple(entry for entry, _, _, _ in chosen)
        self._rows = tuple(
            partial(self._choose_provider, entry, str(group or "")) for entry, _, _, group in chosen
        )
        options = tuple(
            _offer(entry, heading, distance, group, digit=_digit(n), starred=entry.key in stars)
            for n, (entry, heading, distance, group) in enumerate(chosen)
        )
        at = self._when.day_and_clock(shelf.at) if shelf.at is not None else ""
        return WizardState(
            At.PROVIDER,
            words.FIND.title,
            words.FIND.advice,
            options=options,
            note=words.directory_as_of(at, len(options)) if at else "",
            empty=_nobody(shelf) if not options else None,
            filters=self._filters(),
        )

    def _filters(self) -> Filters:
        wanted, payer = self._wanted, self._payer()
        distances = [miles for miles, _ in words.DISTANCES]
        return Filters(
            groups=(
                words.ALLOWED,
                words.ANY_SPECIALTY,
                *(words.SPECIALTY[each] for each in _GROUPS),
            ),
            group=self._group(),
            distances=tuple(text for _, text in words.DISTANCES),
            distance=distances.index(int(wanted.within)),
            plans=(words.ANY_PLAN, *([f"Takes {payer}"] if payer else [])),
            plan=1 if wanted.plan else 0,
            languages=(words.ANY_LANGUAGE, *(words.LANGUAGE[each] for each in _LANGUAGES)),
            language=_LANGUAGES.index(wanted.language) + 1 if wanted.language else 0,
            new_only=wanted.new_patients,
            typed=wanted.words,
        )

    def _group(self) -> int:
        if self._wanted.group is not None:
            return _GROUPS.index(self._wanted.group) + 2
        return 0 if self._allowed_only else 1

    def _time(self) -> WizardState:
        entry, times, now = self._entry(), self._times, self._desk.now()
        slots = [slot for slot in times.slots if slot.start > now] if times is not None else []
        note = words.ASKING if self._asking else ""
        if times is not None and not self._asking:
            age = "now" if now - times.at < 60 else f"{ago(now - times.at)} ago"
            note = words.times_as_of(age)
        problem = None
        if self._unreached and not self._problem:
            problem = words.OFFLINE_TIMES
            note = f"{problem.title}. {note}" if slots else problem.title
        options: list[Option] = []
        rows: list[Callable[[], None]] = []
        for slot in slots:
            options.append(
                Option(self._clock(slot, entry), "", self._day(slot), _digit(len(options)))
            )
            rows.append(partial(self._choose_slot, slot))
        if not slots and not self._asking:
            for wish in self._wishes():
                day, part = wish
                options.append(
                    Option(
                        f"{short_day(_date(day))}, {words.PART[part]}",
                        "",
                        words.WISHES,
                        _digit(len(options)),
                        wish in self._work().wishes,
                    )
                )
                rows.append(partial(self._toggle_wish, wish))
        self._rows = tuple(rows)
        advice = words.TIMES if slots or self._asking else words.NO_TIMES
        title = words.TIMES.title if slots or self._asking else words.NO_TIMES.title
        return WizardState(
            At.TIME,
            title,
            advice.advice,
            options=tuple(options),
            note=note,
            busy=self._asking,
            can_call=not slots and not self._asking,
            can_send=bool(self._work().wishes),
            send=words.ON,
            warning=self._warning(),
        )

    def _script(self) -> WizardState:
        entry = self._entry()
        title = words.SCRIPT_TITLE
        return WizardState(
            self._at,
            title.title,
            title.advice,
            script=words.script(self._office, entry.phone if entry is not None else ""),
        )

    def _check(self) -> WizardState:
        work, entry = self._work(), self._entry()
        message = self._message()
        modes = entry.modes if entry is not None and entry.modes else ("IN_PERSON",)
        note = ""
        if self._held_until > 0:
            note = words.kept_until(self._when.clock(self._held_until))
        elif self._held_until < 0:
            note = words.NOT_HELD
        online = self._online() and self._held_until >= 0
        return WizardState(
            At.CHECK,
            words.CHECK.title,
            words.CHECK.advice,
            note=note,
            how=How(
                work.visit_class == "NEW",
                tuple(words.MODE[mode] for mode in modes),
                modes.index(work.mode) if work.mode in modes else 0,
                work.earliest_ok,
            ),
            message=message,
            residual=words.RESIDUAL if message else "",
            proof=words.bytes_note(len(work.message), work.digest) if message else "",
            can_send=bool(self._digest) and bool(work.agreed_by),
            send=words.SEND if online else words.SAVE,
            warning=self._warning(),
        )

    def _message(self) -> tuple[tuple[str, str], ...]:
        """The members of the bytes that are kept to be sent, read from those bytes."""
        data = self._work().message
        if not data or not self._digest:
            return ()
        parts = payload.parts(payload.read(data).booking)
        return tuple((words.field(name), value) for name, value in parts)

    def _warning(self) -> str:
        entry, work = self._entry(), self._work()
        if entry is None:
            return ""
        groups = frozenset({Specialty(work.specialty)} if work.specialty else entry.groups)
        return words.SENSITIVE if needs_naming(groups) else ""

    def _summary(self) -> tuple[tuple[str, str], ...]:
        if self._open is None:
            return ()
        line, work, entry = self._open.line, self._work(), self._entry()
        own = {each.id: each.name for each in self._own()}
        found = [("Patient", line.name or wording.NAME_MISSING)]
        found.append(("Asked", "Yes, agrees" if work.agreed_by else "Not yet"))
        if work.referring in own:
            found.append(("For", own[work.referring]))
        if entry is not None:
            found.append(("Provider", entry.name))
            found.append(("Place", f"{entry.line}, {entry.city} {entry.state} {entry.zip5}"))
        if work.slot_id:
            found.append(("Time", self._when.day_and_clock(work.start)))
            there = self._there(work.start, entry)
            if there:
                found.append(("There", there))
        for number, (day, part) in enumerate(work.wishes, 1):
            found.append((f"Suits {number}", f"{short_day(_date(day))}, {words.PART[part]}"))
        return tuple(found)

    def _day(self, slot: Slot) -> str:
        return self._when.short_day(slot.start)

    def _clock(self, slot: Slot, entry: Entry | None) -> str:
        there = self._there(slot.start, entry)
        own = self._when.stretch(slot.start, slot.end)
        return f"{own} ({there} there)" if there else own

    def _there(self, moment: int, entry: Entry | None) -> str:
        """The other office's own clock, where it is another one than ours."""
        if entry is None:
            return ""
        there = OfficeTime.of(entry.zone, twelve=self._when.twelve)
        if there.local(moment).utcoffset() == self._when.local(moment).utcoffset():
            return ""
        clock = there.clock(moment)
        same = there.day(moment) == self._when.day(moment)
        return clock if same else f"{there.short_day(moment)}, {clock}"

    def _wishes(self) -> list[tuple[str, str]]:
        """Mornings and afternoons of the next working days."""
        day, found = self._when.day(self._desk.now()), list[tuple[str, str]]()
        while len(found) < WISH_DAYS * 2:
            day += timedelta(days=1)
            if day.weekday() < 5:
                found += [(day.isoformat(), "AM"), (day.isoformat(), "PM")]
        return found


_GROUPS = tuple(sorted(Specialty, key=lambda each: words.SPECIALTY[each]))
_LANGUAGES = tuple(str(code) for code in words.LANGUAGE if code != "en")


def _groups_of(entry: Entry, allowed: frozenset[Specialty]) -> tuple[Specialty | None, ...]:
    """For an organisation one row for each group that can be booked; one row for a person."""
    if not entry.organisation:
        return (None,)
    return tuple(each for each in entry.groups if each in allowed) or entry.groups


def _offer(
    entry: Entry,
    heading: str,
    distance: float | None,
    group: Specialty | None,
    *,
    digit: str,
    starred: bool,
) -> Option:
    parts = (
        words.SPECIALTY[group or entry.groups[0]],
        f"{entry.city} {entry.zip5}",
        words.miles(distance),
        "" if entry.new_patients else words.NO_NEW,
    )
    return Option(entry.name, ", ".join(filter(None, parts)), heading, digit, marked=starred)


def _nobody(shelf: Shelf) -> Empty:
    if shelf.wrong_number:
        return Empty(words.WRONG_NUMBER.title, words.WRONG_NUMBER.advice, icon="hash")
    if shelf.at is None:
        return Empty(words.NO_DIRECTORY.title, words.NO_DIRECTORY.advice, icon="cloud-off")
    return Empty(words.NOBODY_FITS.title, words.NOBODY_FITS.advice, icon="search")


def problem_of(error: CareKraftError) -> Problem:
    """A failure in the words of the referral pages, where they have some."""
    if isinstance(error, ReferralRefused):
        return _refused(Refusal(error.refusal))
    if isinstance(error, MessageRefused):
        return _refused(Refusal.SCHEMA)
    if isinstance(error, Refused) and error.problem in words.PROBLEM:
        found = words.PROBLEM[error.problem]
        return Problem(found.title, found.advice, error.problem)
    return Problem.of(error)


def _refused(refusal: Refusal) -> Problem:
    found = words.REFUSAL[refusal]
    return Problem(found.title, found.advice, refusal.value)


def _digit(row: int) -> str:
    return str(row + 1) if row < DIGITS else ""


def _date(iso: str) -> date:
    return date.fromisoformat(iso)


def _nobody_waits(outcome: object) -> None:
    """A slot that could not be let go is let go by itself."""
    del outcome
