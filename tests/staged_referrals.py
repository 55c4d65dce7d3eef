"""The referral pages as they look in an office's day, for pictures and tests of the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from carekraft_desktop.domain.directory import Slot, Times
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import Refused
from carekraft_desktop.presenters.referral_board_state import ReferralsState
from carekraft_desktop.presenters.referral_state import WizardState
from carekraft_desktop.presenters.referral_wizard import Wizard
from carekraft_desktop.presenters.referrals import ReferralsPresenter
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.services.referrals import Way
from carekraft_desktop.store.ledger import Line as LedgerLine
from carekraft_desktop.value import replace
from tests.fakes.office import WHEN, at
from tests.fakes.referring import FAR, GROUP, HEART, MIND, SKIN, FakeReferring

if TYPE_CHECKING:
    from tests.staged import Stage as Staged

OFFICER = frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER})


def staged_referrals(stage: "Staged", show: Callable[[ReferralsState], None]) -> ReferralsPresenter:
    """The presenter of a stage, over its made-up referrals."""
    uses = stage.referring

    def wizard(
        show_step: Callable[[WizardState], None], sent: Callable[[str], None], when: OfficeTime
    ) -> Wizard:
        return Wizard(
            stage.desk,
            show_step,
            referrals=uses,
            directory=uses,
            staff=stage.office,
            runner=InlineRunner(),
            online=lambda: not uses.offline,
            sent=sent,
            when=when,
            office="Lakeside Family Practice",
        )

    return ReferralsPresenter(
        stage.desk,
        show,
        referrals=uses,
        make_wizard=wizard,
        told=stage.toasts.append,
        acted=lambda: stage.acts.append("referrals"),
        when=WHEN,
    )


def fill(uses: FakeReferring, now: int) -> None:
    """A desk with something in every folder."""
    soon, late = at("14:30", 3), at("09:00", 9)
    uses.add(
        "r-1",
        HEART,
        Stage.DECLINED,
        name="Miguel Santos",
        start=soon,
        now=now,
        decline_code="NO_CAPACITY",
    )
    uses.add(
        "r-2", SKIN, Stage.PROPOSED, name="Aisha Rahman", start=at("11:00", 0) + 86_000, now=now
    )
    uses.add("r-3", FAR, Stage.REFUSED, name="Jonas Weber", start=soon, now=now)
    uses.add("r-4", HEART, Stage.PROPOSED, name="Linh Nguyen", start=late, now=now)
    uses.add("r-5", SKIN, Stage.SAVED, name="Peter Novak", start=late, now=now)
    uses.add("r-6", GROUP, Stage.BOOKED, name="Sara Lindgren", start=late, now=now)
    uses.add(
        "r-7", MIND, Stage.CANCELLED, name="Omar Haddad", start=late, now=now, cancel_code="PATIENT"
    )
    uses.add("r-8", SKIN, Stage.DRAFT, name="Rita Kowalska", start=0, now=now)
    uses.arrive("x-1", "Maria Gomez", start=at("10:00", 2), now=now)
    uses.arrive("x-2", "Thomas Reed", start=0, now=now)
    uses.ledger.append(
        (
            LedgerLine(
                "r-6",
                now - 7_200,
                "p-r-6",
                GROUP.npi,
                "scheduling data",
                "appointment booking",
                "perm-1",
                "ab" * 32,
                "staff-1",
            ),
            "Sara Lindgren",
        )
    )


def on_page(do: Callable[["Staged"], None]) -> Callable[["Staged"], None]:
    """Go to the referrals, filled, and do something there."""

    def done(stage: "Staged") -> None:
        fill(stage.referring, stage.desk.now())
        stage.shell_state(page=Page.REFERRALS)
        stage.referrals.refresh()
        do(stage)

    return done


def board(stage: "Staged") -> None:
    """What needs attention."""


def waiting(stage: "Staged") -> None:
    """What waits for an answer."""
    stage.referrals.choose_folder("waiting")


def received(stage: "Staged") -> None:
    """What other offices booked here, with the reasons to decline."""
    stage.referrals.choose_folder("received")
    stage.referrals.do("decline")


def nothing(stage: "Staged") -> None:
    """An empty desk, and no agreement."""
    stage.referring.works.clear()
    stage.referring.agreement = False
    stage.desk = replace(stage.desk, staff=replace(stage.desk.staff, roles=OFFICER))
    stage.referrals = staged_referrals(stage, stage.referrals_page.show_state)
    stage.referrals.refresh()


def disclosures(stage: "Staged") -> None:
    """The accounting of disclosures."""
    stage.desk = replace(stage.desk, staff=replace(stage.desk.staff, roles=OFFICER))
    stage.referrals = staged_referrals(stage, stage.referrals_page.show_state)
    stage.referrals.refresh()
    stage.referrals.choose_folder("accounting")


def who(stage: "Staged") -> None:
    """For whom?"""
    stage.referrals.begin()


def refused(stage: "Staged") -> None:
    """The permission has run out."""
    stage.referring.refuses = Refusal.EXPIRED
    who(stage)
    _wizard(stage).take(0)


def agreement(stage: "Staged") -> None:
    """The patient is asked."""
    who(stage)
    _wizard(stage).take(0)


def provider(stage: "Staged") -> None:
    """Looking for somebody."""
    agreement(stage)
    _wizard(stage).agree(agreed=True)


def time(stage: "Staged") -> None:
    """Open times, in another time zone."""
    provider(stage)
    _take(stage, FAR.name)


def taken(stage: "Staged") -> None:
    """Somebody else was quicker."""
    stage.referring.hold_fails = Refused("slot-taken")
    time(stage)
    _wizard(stage).take(0)


def no_times(stage: "Staged") -> None:
    """No time to be had: parts of days."""
    stage.referring.slots[HEART.npi] = ()
    provider(stage)
    _take(stage, HEART.name)
    _wizard(stage).take(1)
    _wizard(stage).take(4)


def call(stage: "Staged") -> None:
    """What to say on the telephone."""
    no_times(stage)
    _wizard(stage).call()


def check(stage: "Staged") -> None:
    """What will leave."""
    time(stage)
    _wizard(stage).take(1)


def carried(stage: "Staged") -> None:
    """One that goes to a partner outside the exchange, who is away just now."""
    way = Way("Lakeside Heart Center", Delivery.DEFERRED, "offline", taken=True)
    stage.referring.ways[HEART.npi] = way
    stage.referrals.refresh()
    stage.referrals.choose_folder("waiting")
    stage.referrals.show_one("r-4")


def check_carried(stage: "Staged") -> None:
    """What will leave by way of a partner."""
    stage.referring.ways[FAR.npi] = Way("Lakeside Heart Center")
    check(stage)


def check_offline(stage: "Staged") -> None:
    """The same without a network, with a provider whose specialty tells much."""
    stage.referring.offline = True
    now = stage.desk.now()
    old = Times(now - 7_200, (Slot("slot-1", now + 90_000, now + 91_800),))
    stage.referring.old_times[MIND.npi] = old
    provider(stage)
    _take(stage, MIND.name)
    _wizard(stage).take(0)


def _wizard(stage: "Staged") -> Wizard:
    assert stage.referrals.wizard is not None
    return stage.referrals.wizard


def _take(stage: "Staged", name: str) -> None:
    state = _wizard(stage).state
    assert state is not None
    rows = [n for n, option in enumerate(state.options) if option.text == name]
    _wizard(stage).take(rows[0])


SCENES: dict[str, Callable[["Staged"], None]] = {
    "referrals": on_page(board),
    "referrals-received": on_page(received),
    "refer-provider": on_page(provider),
    "refer-no-times": on_page(no_times),
    "refer-check-offline": on_page(check_offline),
}
MORE: dict[str, Callable[["Staged"], None]] = {
    "refer-time": on_page(time),
    "refer-agreement": on_page(agreement),
    "referrals-empty": on_page(nothing),
    "referrals-waiting": on_page(waiting),
    "referrals-disclosures": on_page(disclosures),
    "refer-who": on_page(who),
    "refer-refused": on_page(refused),
    "refer-taken": on_page(taken),
    "refer-call": on_page(call),
    "refer-check": on_page(check),
    "refer-carried": on_page(carried),
    "refer-check-carried": on_page(check_carried),
}
