"""A slot that is granted when nobody wants it any more is let go by the desk."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from carekraft_desktop.domain.directory import Slot
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters.referral_in_hand import InHand
from carekraft_desktop.presenters.referral_state import At
from carekraft_desktop.presenters.referral_times import OtherTimes
from carekraft_desktop.presenters.tasks import Done, Failed
from tests.fakes.office import desk
from tests.fakes.referring import HEART, FakeReferring

FIRST, SECOND = Slot("slot-1", 1_000, 2_800), Slot("slot-2", 5_000, 6_800)


class LateRunner:
    """Does nothing until it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, work: Callable[[], Any], report: Callable[[Any], None]) -> None:
        def do() -> None:
            try:
                outcome: Any = Done(work())
            except CareKraftError as error:
                outcome = Failed(error)
            report(outcome)

        self.waiting.append(do)

    def answer(self) -> None:
        """All that was asked is answered, in its order."""
        while self.waiting:
            self.waiting.pop(0)()


class Scene:
    """The time step of a wizard, over an exchange that answers late."""

    def __init__(self) -> None:
        self.referring, self.runner = FakeReferring(), LateRunner()
        self.hand = SimpleNamespace(work=SimpleNamespace(slot_id=""), entry=HEART, warning="")
        self.changed: list[At] = []
        self.times = OtherTimes(
            desk("12:00"),
            self.referring,
            cast("InHand", self.hand),
            cast("Any", self.runner),
            changed=self.changed.append,
            taken=lambda: pytest.fail("nobody has taken it"),
        )

    def choose(self, slot: Slot) -> None:
        self.hand.work.slot_id = slot.id
        self.times.keep(HEART, slot)


def test_a_hold_granted_after_the_wizard_was_left_is_let_go() -> None:
    scene = Scene()
    scene.choose(FIRST)
    scene.times.end(booked=False)
    scene.runner.answer()
    assert scene.referring.let_go_of == [FIRST.id]


def test_a_hold_granted_after_another_time_was_chosen_is_let_go_and_the_other_stays() -> None:
    scene = Scene()
    scene.choose(FIRST)
    scene.choose(SECOND)
    scene.runner.answer()
    assert scene.referring.let_go_of == [FIRST.id]
    assert scene.times.kept_until > 0


def test_a_hold_granted_after_booking_stays_for_the_request_on_its_way() -> None:
    scene = Scene()
    scene.choose(FIRST)
    scene.times.end(booked=True)
    scene.runner.answer()
    assert scene.referring.let_go_of == []
    assert scene.referring.held == [FIRST.id]
