"""Partners outside the exchange: filled in, tried, and what is wrong said in words."""

import pytest

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import PartnerUnclear
from carekraft_desktop.presenters import carried
from carekraft_desktop.presenters import wording_partners as words
from carekraft_desktop.presenters.partners import (
    KEY_SECONDS,
    PartnersPresenter,
    PartnersState,
    Typed,
)
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.services.referrals import Way
from tests.fakes.clipboard import FakeClipboard
from tests.fakes.partners import FakePartners
from tests.staged_officer import officer

LAKESIDE = Typed("", "Lakeside", "https://fhir.example.com/r4", "office-17", ("1000040018",))


class Screen:
    """A page over partners in memory."""

    def __init__(
        self, partners: FakePartners | None = None, role: Role = Role.PRIVACY_OFFICER
    ) -> None:
        self.partners, self.clipboard = partners or FakePartners(), FakeClipboard()
        self.states: list[PartnersState] = []
        self.presenter = PartnersPresenter(
            officer(role),
            self.states.append,
            partners=self.partners,
            runner=InlineRunner(),
            clipboard=self.clipboard,
        )
        self.presenter.refresh()

    @property
    def state(self) -> PartnersState:
        return self.presenter.state


def test_each_is_listed_with_whom_it_reaches_and_how_the_connection_is() -> None:
    rows = Screen().state.rows
    assert [row.cells[0].text for row in rows] == ["Lakeside Heart Center", "Oak Park Skin"]
    assert [row.cells[2].text for row in rows] == ["Dr. Wei Zhang", "Dr. Ingrid Lindqvist"]
    assert [row.cells[3].spoken for row in rows] == [words.WELL, words.FAILS]


def test_a_new_one_is_kept_chosen_and_can_be_tested_at_once() -> None:
    screen = Screen(FakePartners(there=[]))
    assert screen.state.nobody is not None
    screen.presenter.save(LAKESIDE)
    assert (screen.state.said, screen.state.selected) == (words.SAVED, "partner-1")
    assert screen.state.verdict == ("", "")
    screen.presenter.test()
    assert any(state.busy == words.TESTING for state in screen.states)
    assert (screen.state.works, screen.state.busy) == (True, "")
    assert screen.state.verdict[0] == words.WORKS.title


@pytest.mark.parametrize("code", sorted(words.WRONG))
def test_what_is_wrong_with_a_connection_is_said_with_who_can_help(code: str) -> None:
    screen = Screen(FakePartners(finds=code))
    screen.presenter.choose("partner-1")
    screen.presenter.test()
    found = words.WRONG[code]
    assert screen.state.verdict == (found.title, found.advice)
    assert not screen.state.works


@pytest.mark.parametrize("detail", sorted(words.UNCLEAR))
def test_what_is_missing_in_the_form_is_said_and_the_form_stays(detail: str) -> None:
    screen = Screen(FakePartners(refuses=PartnerUnclear(detail)))
    stamp = screen.state.stamp
    screen.presenter.save(LAKESIDE)
    assert (screen.state.wrong, screen.state.stamp) == (words.UNCLEAR[detail], stamp)


def test_one_that_has_referrals_is_not_removed() -> None:
    screen = Screen(FakePartners(open=1))
    screen.presenter.choose("partner-1")
    screen.presenter.remove()
    assert screen.state.wrong == words.IN_USE
    screen.partners.open = 0
    screen.presenter.remove()
    assert screen.partners.did == ["remove partner-1"]
    assert (screen.state.selected, screen.state.said) == ("", words.REMOVED)


def test_only_the_public_half_of_the_key_is_copied() -> None:
    screen = Screen()
    screen.presenter.choose("partner-1")
    screen.presenter.copy_key()
    ((text, seconds),) = screen.clipboard.held
    assert "secret-half" not in text
    assert seconds == KEY_SECONDS
    assert "secret-half" not in repr(screen.partners.there)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.PROVIDER, Role.IT_ADMINISTRATOR])
def test_whoever_may_not_is_told_whom_to_ask_and_can_do_nothing(role: Role) -> None:
    screen = Screen(role=role)
    assert screen.state.empty is not None
    assert "privacy officer" in screen.state.empty.advice
    screen.presenter.save(LAKESIDE)
    screen.presenter.test()
    assert (screen.partners.did, screen.state.rows) == ([], ())


@pytest.mark.parametrize(
    ("way", "stage", "said"),
    [
        (Way("L", Delivery.WAITING), Stage.SAVED, words.WAITS_EXCHANGE),
        (Way("L", Delivery.WAITING, taken=True), Stage.PROPOSED, words.WAITS),
        (Way("L", Delivery.DEFERRED, "offline", taken=True), Stage.PROPOSED, words.AWAY),
        (Way("L", Delivery.DEFERRED, "signed-out", taken=True), Stage.PROPOSED, words.SHUT_OUT),
        (Way("L", Delivery.APPLIED, taken=True), Stage.BOOKED, words.DELIVERED),
        (
            Way("L", Delivery.REJECTED, "partner-refused", taken=True),
            Stage.DECLINED,
            words.NOT_TAKEN,
        ),
        (Way("L", Delivery.REJECTED, "permission-revoked"), Stage.CANCELLED, words.STOPPED),
    ],
)
def test_how_a_referral_stands_on_its_way_to_a_partner_is_said(
    way: Way, stage: Stage, said: str
) -> None:
    assert carried.sentences(way, stage) == (said.format(name="L"),)


def test_a_stale_cancellation_and_the_exchanges_own_way_are_told_apart() -> None:
    way = Way("L", Delivery.APPLIED, recalled=Delivery.CONFLICT, taken=True)
    assert carried.sentences(way, Stage.RESCHEDULED)[1] == words.RECALL_CHANGED.format(name="L")
    assert carried.sentences(Way("L", Delivery.APPLIED), Stage.CANCELLED) == ()
    assert carried.sentences(None, Stage.BOOKED) == ()
