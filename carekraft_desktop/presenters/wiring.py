"""Fetches the services when a store is about to be opened, and hands them to the presenters.

Imported by the window at once, but its own imports wait inside the functions: the database
library takes longer to load than the first window to paint.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.settings import About, Look, Preferences
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from carekraft_desktop.bootstrap import Program as Root
    from carekraft_desktop.domain.directory import Times
    from carekraft_desktop.domain.leaving import Cause, Chore
    from carekraft_desktop.domain.posture import Line as PostureLine
    from carekraft_desktop.domain.staff import Role, Staff
    from carekraft_desktop.domain.trail import Report
    from carekraft_desktop.presenters.looks import LookUses
    from carekraft_desktop.presenters.partners import Typed as PartnerTyped
    from carekraft_desktop.presenters.people import Candidate
    from carekraft_desktop.presenters.set_up import Typed
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.uses import (
        AlertUses,
        CallUses,
        ChangeUses,
        FindUses,
        HandoverUses,
        MarkUses,
        OfficeUses,
        OutboxUses,
        PaperUses,
        PersonUses,
        VisitUses,
    )
    from carekraft_desktop.presenters.uses_referrals import ReferralUses
    from carekraft_desktop.presenters.uses_reviews import (
        AuditUses,
        LiveUses,
        PolicyUses,
        PostingUses,
        ReplyUses,
        ReviewUses,
    )
    from carekraft_desktop.services.access_review import Member
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.leaving import Farewell
    from carekraft_desktop.services.opening import Opened
    from carekraft_desktop.services.partners import Known
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.services.sync import Link
    from carekraft_desktop.store.search import Hit


class Uses(Value, frozen=True):
    """The services that the pages ask."""

    visits: VisitUses
    changes: ChangeUses
    marks: MarkUses
    handover: HandoverUses
    alerts: AlertUses
    persons: PersonUses
    paper: PaperUses
    calls: CallUses
    outbox: OutboxUses
    office: OfficeUses
    find: FindUses
    referrals: ReferralUses
    directory: ModuleType
    looks: LookUses


class ReviewServices(Value, frozen=True):
    """The services that the pages about reviews ask; apart, since the checker takes its time."""

    reviews: ReviewUses
    replies: ReplyUses
    posting: PostingUses
    live: LiveUses
    papers: PolicyUses
    audit: AuditUses


def load() -> Uses:
    """Import the services of the day, slow the first time; the others come when first asked.

    `warm` imports those as well, in a worker while somebody types their password.
    """
    from carekraft_desktop.services import changes, handover, marks, office, outbox, visits

    return Uses(
        visits=visits,
        changes=changes,
        marks=marks,
        handover=handover,
        outbox=outbox,
        office=office,
        **cast("dict[str, Any]", {name: Later(name) for name in _LATER}),
    )


def warm() -> None:
    """Import every service, so that nobody waits for one on the way to another page."""
    load()
    for name in _LATER:
        import_module(f"{_SERVICES}.{name}")


_SERVICES = "carekraft_desktop.services"
_LATER = ("alerts", "persons", "paper", "calls", "find", "referrals", "directory", "looks")


class Later:
    """A module of the services that is imported when something of it is first asked for."""

    def __init__(self, name: str) -> None:
        """Nothing is imported yet."""
        self._module = f"{_SERVICES}.{name}"

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        """What the module has."""
        return getattr(import_module(self._module), name)


def load_reviews() -> ReviewServices:
    """Import the services of reviews with the checker; in a worker after the day is shown."""
    from carekraft_desktop.services import (
        audit,
        live_replies,
        papers,
        posting,
        replies,
        reviews,
    )

    return ReviewServices(reviews, replies, posting, live_replies, papers, audit)


GUESSED = 5
"""Wrong passwords in a row that a privacy officer is told of (REQ-26)."""


class Confirming:
    """Proves with a password who somebody is, in a worker."""

    def __init__(self, program: Root, runner: Runner) -> None:
        """For the program's own key file."""
        self._program, self._runner = program, runner

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        return self._program.needs_code

    def ask(
        self, staff_id: str, password: str, code: str, report: Callable[[Outcome[StepUp]], None]
    ) -> None:
        """Try it and report."""
        self._runner.submit(lambda: self._program.confirm(staff_id, password, code), report)

    def is_fresh(self, desk: Desk, proof: StepUp | None) -> bool:
        """Whether it was typed within the last minutes, by whoever sits here."""
        from carekraft_desktop.services import step_up

        return step_up.is_fresh(desk, proof)


def came_in(opened: Opened) -> StepUp | None:
    """The proof that the password was typed to come in; None for whoever came otherwise."""
    from carekraft_desktop.services.step_up import StepUp

    desk = opened.desk
    ticks = opened.seats.typed_at(desk.staff.id)
    return StepUp(desk.staff, desk.signed_in, ticks) if ticks is not None else None


class JournalAtHand:
    """The journal's use cases with the keys of whoever is signed in."""

    def __init__(self, opened: Opened) -> None:
        """For one open office."""
        from carekraft_desktop.services import journal
        from carekraft_desktop.store.journal import Sieve

        self._unlocked = opened.unlocked
        self._export = journal.export
        self.opened, self.page, self.proof = journal.opened, journal.page, journal.proof
        self.sieve = Sieve

    def export(
        self, desk: Desk, place: Path, told: Callable[[int, int], None], again: StepUp | None
    ) -> Report:
        """Write a signed copy and check it."""
        return self._export(desk, self._unlocked, place, told, again=again)


class PeopleAtHand:
    """Who is known at this workstation, and the way in for a colleague."""

    def __init__(self, program: Root) -> None:
        """For the program's own key file."""
        self._program = program

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        return self._program.needs_code

    def everybody(self, desk: Desk) -> tuple[Member, ...]:
        """Everybody who has a name here, and how they stand."""
        return self._program.everybody(desk)

    def renew(
        self,
        staff_id: str,
        password: str,
        roles: frozenset[Role],
        proof: StepUp | None,
        code: str,
    ) -> Staff:
        """A new password and these roles."""
        return self._program.renew(staff_id, password, roles, proof, code)

    def allow_again(self, staff_id: str, proof: StepUp | None) -> None:
        """They may try again."""
        self._program.allow_again(staff_id, proof)

    def let_go(self, staff_id: str, cause: Cause, proof: StepUp | None) -> Farewell:
        """Close the way in."""
        return self._program.let_go(staff_id, cause, proof)

    def farewell(self, desk: Desk, staff_id: str) -> Farewell:
        """How a leaving stands."""
        from carekraft_desktop.services import leaving

        return leaving.farewell(desk, staff_id)

    def tick(self, desk: Desk, staff_id: str, chore: Chore, *, done: bool) -> Farewell:
        """Something has been seen to, or not."""
        from carekraft_desktop.services import leaving

        return leaving.tick(desk, staff_id, chore, done=done)

    def rotate(self, proof: StepUp | None, told: Callable[[int, int], None]) -> None:
        """New keys for the store."""
        self._program.rotate(proof, told)

    def let_in(self, who: Candidate, proof: StepUp | None = None) -> Staff:
        """Make a key for them."""
        from carekraft_desktop.services.admitting import Newcomer

        newcomer = Newcomer(who.name, who.display, who.roles, who.password)
        return self._program.let_in(newcomer, who.code, proof=proof)


class OwnAtHand:
    """What one does for oneself."""

    def __init__(self, program: Root) -> None:
        """For the program's own key file."""
        from carekraft_desktop.services import attesting, pins

        self._program = program
        self.have, self.choose, self.give_up = pins.have, pins.choose, pins.give_up
        self.due, self.confirm = attesting.due, attesting.confirm

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        return self._program.needs_code

    def change_password(self, desk: Desk, old: str, new: str, code: str) -> None:
        """Another password."""
        del desk
        self._program.change_password(old, new, code)


class AccessAtHand:
    """Looking after access and keys."""

    def __init__(self, program: Root) -> None:
        """For the program's own key file."""
        from carekraft_desktop.services import access_review, copying, drill, emergency

        self.copying, self.let_copy = copying.is_on, copying.let
        self._program = program
        self.review_every, self.drill_every = access_review.QUARTER, drill.EVERY
        self.everybody, self.last_review = program.everybody, access_review.last
        self.sign_review = program.sign_review
        self.unsigned, self.sign_emergency = emergency.unsigned, emergency.sign
        self.last_drill = drill.last
        self.check_paper, self.rotate = program.check_recovery_key, program.rotate

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        return self._program.needs_code

    def new_paper(self, proof: StepUp | None, code: str) -> str:
        """A new paper; its text."""
        return self._program.new_recovery_key(proof, code)


class Greeting(Value, frozen=True):
    """What whoever came in has to know at once."""

    last: int | None
    """When they last came in."""
    failures: int
    """Passwords that did not fit since then."""
    emergencies: int
    """To look into."""
    tried: tuple[str, ...]
    """Colleagues at whose passwords somebody has been guessing."""


def greeting(program: Root, opened: Opened) -> Greeting:
    """Read it."""
    from carekraft_desktop.domain.staff import Right
    from carekraft_desktop.services import emergency

    desk = opened.desk
    officer = desk.staff.may(Right.REVIEW_ACCESS)
    people = program.everybody(desk) if officer else ()
    return Greeting(
        opened.before.last,
        opened.before.failures,
        emergency.count_unsigned(desk),
        tuple(
            each.display
            for each in people
            if each.failures >= GUESSED and not each.disabled and each.id != desk.staff.id
        ),
    )


class PartnersAtHand:
    """Partners outside the exchange, with the way to them."""

    def __init__(self, opened: Opened) -> None:
        """For one open office."""
        from carekraft_desktop.services import partners

        self._uses, self._link = partners, opened.link
        self.every, self.remove = partners.every, partners.remove

    def keep(self, desk: Desk, typed: PartnerTyped) -> str:
        """Keep one."""
        return self._uses.keep(
            desk,
            self._uses.Wish(typed.id, typed.name, typed.address, typed.client_id, typed.numbers),
        )

    def test(self, desk: Desk, partner_id: str) -> str:
        """Try the connection."""
        return self._uses.test(desk, self._link, partner_id)

    def public_key(self, known: Known) -> str:
        """What the partner needs to know us by."""
        return self._uses.public_key(known.partner)


class WeeklyAtHand:
    """The weekly review's use cases."""

    def __init__(self) -> None:
        """Import them."""
        from carekraft_desktop.services import weekly

        self.weeks, self.report, self.sign = weekly.weeks, weekly.report, weekly.sign


class PostureAtHand:
    """How the installation stands, with the machine around it."""

    def __init__(self, program: Root) -> None:
        """For one program."""
        self._program = program

    def lines(self, desk: Desk) -> tuple[PostureLine, ...]:
        """What can be shown from outside, then what the open store tells."""
        from carekraft_desktop.services import posture

        told = posture.inside(desk)
        return (*self._program.stands(), *told)


def weekly_overdue(desk: Desk) -> int:
    """How many weekly reviews are overdue, for whoever signs them."""
    from carekraft_desktop.services import weekly

    return weekly.overdue(desk)


def names(program: Root) -> dict[str, str]:
    """What colleagues read, by staff id, of everybody who may sign in here."""
    return {person.id: person.display for person in program.people()}


def take_work(opened: Opened) -> str:
    """What this person was doing when the office was closed over it."""
    from carekraft_desktop.services import covering

    return covering.take_work(opened.desk)


class NoPatients:
    """Finds nobody while a reply is written, so that no patient comes on the screen (REQ-51)."""

    def __init__(self, find: FindUses, editing: Callable[[], bool]) -> None:
        """`editing`: whether a reply is open."""
        self._find, self._editing = find, editing

    def find(self, desk: Desk, typed: str, *, most: int = 20) -> tuple[Hit, ...]:
        """Patients who fit, or nobody."""
        return () if self._editing() else self._find.find(desk, typed, most=most)

    def recent(self, desk: Desk) -> tuple[Hit, ...]:
        """Patients opened last, or nobody."""
        return () if self._editing() else self._find.recent(desk)


class DirectoryAtHand:
    """The directory's use cases with the connection that they ask."""

    def __init__(self, uses: Uses, opened: Opened) -> None:
        """For one open office."""
        self._uses, self._exchange = uses.directory, opened.directory
        self.find, self.known, self.mark = self._uses.find, self._uses.known, self._uses.mark
        self.times_known, self.is_old = self._uses.times_known, self._uses.is_old

    def refresh(self, desk: Desk) -> int:
        """Bring the copy up to date."""
        changed: int = self._uses.refresh(desk, self._exchange)
        return changed

    def look_up_times(self, desk: Desk, npi: str, location_id: str) -> Times:
        """Ask for open times now."""
        found: Times = self._uses.look_up_times(desk, self._exchange, npi, location_id)
        return found

    def hold(self, desk: Desk, npi: str, location_id: str, slot_id: str) -> int:
        """Keep a slot for a few minutes."""
        until: int = self._uses.hold(desk, self._exchange, npi, location_id, slot_id)
        return until

    def let_go(self, desk: Desk, npi: str, location_id: str, slot_id: str) -> None:
        """Keep it no longer."""
        self._uses.let_go(desk, self._exchange, npi, location_id, slot_id)


def paused() -> Link:
    """The link's value for "work offline"."""
    from carekraft_desktop.services.sync import Link

    return Link.PAUSED


def enrol(program: Root, typed: Typed) -> Opened:
    """Do the set-up with what was typed."""
    from carekraft_desktop.services.access import SetUp

    return program.set_up(
        SetUp(
            exchange=typed.exchange.strip(),
            code=typed.code.strip(),
            workstation=typed.workstation.strip(),
            name=typed.name.strip(),
            display=typed.display.strip(),
            roles=typed.roles,
            password=typed.password,
            confirms=typed.confirms,
        )
    )


def preferences(program: Root) -> Preferences:
    """What was chosen at this workstation."""
    settings = program.settings
    return Preferences(
        look=Look(settings.theme.value),
        scale=settings.text_scale,
        idle_minutes=settings.idle_minutes,
        alerts=settings.alerts,
        sound=settings.sound,
        quiet=settings.quiet,
        quiet_from=settings.quiet_from,
        quiet_to=settings.quiet_to,
        packet_folder=settings.packet_folder,
    ).tidy()


def about(program: Root, opened: Opened, office: OfficeUses, version: str) -> About:
    """What the settings page says of the program and of who is signed in."""
    found = office.office(opened.desk)
    staff = opened.desk.staff
    return About(
        version=version,
        office=found.name if found is not None else "",
        exchange=program.settings.exchange,
        person=f"{staff.display} ({staff.name})",
        roles=", ".join(wording.ROLE[role].title for role in sorted(staff.roles)),
    )


def packet_places(program: Root, chosen: Preferences) -> tuple[Path, tuple[Path, ...]]:
    """The key file, and every folder that the downtime packet goes to."""
    from pathlib import Path

    from carekraft_desktop.services.workplace import keys_in

    folders = program.folders
    more = (Path(chosen.packet_folder),) if chosen.packet_folder else ()
    return keys_in(folders.office), (folders.downtime, *more)


class SettingsFile:
    """Keeps preferences in the program's settings file."""

    def __init__(self, program: Root) -> None:
        """For the program whose folders hold the file."""
        self._program = program

    def keep(self, chosen: Preferences) -> None:
        """Replace the file; the exchange's address in it stays."""
        from carekraft_desktop.config import Theme, read_settings, write_settings

        settings = replace(
            read_settings(self._program.folders),
            theme=Theme(chosen.look.value),
            text_scale=chosen.scale,
            idle_minutes=chosen.idle_minutes,
            alerts=chosen.alerts,
            sound=chosen.sound,
            quiet=chosen.quiet,
            quiet_from=chosen.quiet_from,
            quiet_to=chosen.quiet_to,
            packet_folder=chosen.packet_folder,
        )
        write_settings(self._program.folders, settings)
