"""What the program does by itself for backups, and when it says something."""

import pytest

from carekraft_desktop.domain.backups import (
    DAY,
    DUE,
    GOES,
    HOUR,
    LATE,
    VERY_LATE,
    Freshness,
    freshness,
    is_due,
    surplus,
)
from carekraft_desktop.errors import CareKraftError, DiskFull, StoreDamaged
from carekraft_desktop.presenters.backup_care import AGAIN, BackupCare
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.tasks import InlineRunner
from tests.fakes.backups import NOW, backup


class Care:
    """Implements `CareUses`; what it raises is up to the test."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.due, self.checks = True, False
        self.raises: CareKraftError | None = None

    def backup_due(self) -> bool:
        return self.due

    def check_due(self) -> bool:
        return self.checks

    def turn(self) -> None:
        self._do("turn")

    def check(self) -> None:
        self._do("check")

    def _do(self, what: str) -> None:
        self.did.append(what)
        if self.raises is not None:
            raise self.raises


class Stage:
    """A care with everything it says."""

    def __init__(self) -> None:
        self.uses, self.now = Care(), NOW
        self.told: list[Toast] = []
        self.damaged = 0
        self.care = BackupCare(
            self.uses,
            InlineRunner(),
            now=lambda: self.now,
            told=self.told.append,
            damaged=self._damage,
        )

    def _damage(self) -> None:
        self.damaged += 1


def test_what_is_due_is_done_and_the_daily_look_comes_first() -> None:
    stage = Stage()
    stage.care.look()
    stage.uses.checks = True
    stage.care.look()
    stage.uses.checks = stage.uses.due = False
    stage.care.look()
    assert stage.uses.did == ["turn", "check"]


def test_a_failure_is_said_once_and_tried_again_after_ten_minutes() -> None:
    stage = Stage()
    stage.uses.raises = DiskFull()
    stage.care.look()
    stage.care.look()
    stage.now += AGAIN
    stage.care.look()
    assert stage.uses.did == ["turn", "turn"]
    assert len(stage.told) == 1
    stage.now += AGAIN
    stage.uses.raises = None
    stage.care.look()
    stage.uses.raises = DiskFull()
    stage.care.look()
    assert len(stage.told) == 2


@pytest.mark.req("REQ-17")
def test_damage_shuts_the_office() -> None:
    stage = Stage()
    stage.uses.checks, stage.uses.raises = True, StoreDamaged()
    stage.care.look()
    assert stage.damaged == 1
    assert not stage.told


def test_nothing_is_done_once_the_office_is_being_locked() -> None:
    stage = Stage()
    stage.care.leave()
    stage.care.look()
    assert not stage.uses.did


@pytest.mark.req("REQ-95")
@pytest.mark.parametrize(
    ("age", "stands"),
    [
        (0, Freshness.FRESH),
        (LATE - 1, Freshness.FRESH),
        (LATE, Freshness.LATE),
        (VERY_LATE - 1, Freshness.LATE),
        (VERY_LATE, Freshness.VERY_LATE),
        (-VERY_LATE, Freshness.VERY_LATE),
    ],
)
def test_a_backup_is_late_after_36_hours_and_very_late_after_48(
    age: int, stands: Freshness
) -> None:
    assert freshness(NOW - age, NOW) is stands
    assert freshness(0, NOW) is Freshness.NEVER


@pytest.mark.req("REQ-95")
def test_one_is_due_well_within_24_hours_also_when_the_clock_was_set_back() -> None:
    assert DUE <= 24 * HOUR
    assert is_due(0, NOW)
    assert not is_due(NOW - DUE + 1, NOW)
    assert is_due(NOW - DUE, NOW)
    assert is_due(NOW + 1, NOW)


@pytest.mark.req("REQ-95")
def test_none_is_older_than_the_promise_and_the_newest_never_goes() -> None:
    many = tuple(backup(hours, number=hours) for hours in range(0, 60 * 24, 12))
    left = {each.id for each in many} - {each.id for each in surplus(many, NOW)}
    ages = sorted(NOW - each.made_at for each in many if each.id in left)
    assert max(ages) < GOES
    assert len([age for age in ages if age < 2 * DAY]) == 4
    assert 4 + 5 <= len([age for age in ages if age < 7 * DAY]) <= 4 + 6
    assert 3 <= len([age for age in ages if age >= 7 * DAY]) <= 5
    alone = (backup(90 * 24),)
    assert surplus(alone, NOW) == ()
