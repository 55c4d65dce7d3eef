"""Every reason why a patient's permission does not cover a booking, one by one."""

from datetime import date

import pytest

from carekraft_desktop.contract.referrals import Grantor
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.permissions import Refusal, a_minor, refusal, stale
from carekraft_desktop.value import replace
from tests.messages import DAY, NOON, OTHER, PERMISSION, USE, minors_permission

BEHAVIORAL = frozenset({Specialty.BEHAVIORAL})


@pytest.mark.req("REQ-66")
def test_a_permission_covers_what_it_says() -> None:
    assert refusal(PERMISSION, USE) is None


def test_without_a_permission_nothing_is_booked() -> None:
    assert refusal(None, USE) is Refusal.NONE


@pytest.mark.req("REQ-69")
def test_a_permission_is_of_no_use_for_another_patient() -> None:
    assert refusal(PERMISSION, replace(USE, patient_id="somebody-else")) is Refusal.NONE


def test_a_permission_is_of_no_use_for_another_office() -> None:
    assert refusal(PERMISSION, replace(USE, office_npi=OTHER)) is Refusal.WRONG_OFFICE


@pytest.mark.parametrize("now", [NOON - DAY - 1, NOON + 30 * DAY])
def test_a_permission_holds_in_its_term_only(now: int) -> None:
    assert refusal(PERMISSION, replace(USE, now=now)) is Refusal.EXPIRED


@pytest.mark.req("REQ-66")
def test_a_revoked_permission_is_over() -> None:
    assert refusal(replace(PERMISSION, revoked_at=NOON), USE) is Refusal.REVOKED


def test_a_provider_who_is_not_named_and_of_no_named_group_is_the_wrong_one() -> None:
    use = replace(USE, target=OTHER, groups=frozenset({Specialty.DERMATOLOGY}))
    assert refusal(PERMISSION, use) is Refusal.WRONG_TARGET


def test_a_group_that_is_not_named_is_the_wrong_one() -> None:
    permission = replace(PERMISSION, targets=frozenset())
    use = replace(USE, groups=frozenset({Specialty.DERMATOLOGY}))
    assert refusal(permission, use) is Refusal.WRONG_SPECIALTY


def test_a_named_provider_of_a_telling_group_needs_the_group_named_too() -> None:
    use = replace(USE, groups=BEHAVIORAL)
    assert refusal(PERMISSION, use) is Refusal.WRONG_SPECIALTY
    named = replace(PERMISSION, specialties=BEHAVIORAL)
    assert refusal(named, use) is None


def test_a_permission_is_used_as_often_as_it_says() -> None:
    assert refusal(PERMISSION, replace(USE, used=1)) is Refusal.COUNT_USED
    assert refusal(replace(PERMISSION, max_bookings=2), replace(USE, used=1)) is None


def test_a_minor_needs_a_guardians_permission() -> None:
    use = replace(USE, born=date(2012, 5, 1))
    assert refusal(PERMISSION, use) is Refusal.GUARDIAN_REQUIRED
    assert refusal(minors_permission(), use) is None
    without = replace(minors_permission(), representative_id="")
    assert refusal(without, use) is Refusal.GUARDIAN_REQUIRED
    assert refusal(replace(minors_permission(), guardian=None), use) is Refusal.GUARDIAN_REQUIRED


@pytest.mark.req("REQ-72")
@pytest.mark.parametrize(
    ("born", "today", "minor"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), True),
        (date(2008, 11, 24), date(2026, 11, 24), False),
        (date(2008, 11, 24), date(2026, 11, 25), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (date(2010, 3, 1), date(2028, 2, 29), True),
        (date(2010, 3, 1), date(2028, 3, 1), False),
        (date(2008, 12, 31), date(2026, 12, 30), True),
        (date(2009, 1, 1), date(2027, 1, 1), False),
    ],
)
def test_a_guardians_permission_ends_at_the_midnight_of_the_eighteenth_birthday(
    born: date, today: date, *, minor: bool
) -> None:
    assert a_minor(born, today) is minor
    use = replace(USE, born=born, today=today)
    assert refusal(minors_permission(), use) is (None if minor else Refusal.AGED_OUT)
    own = replace(PERMISSION, granted_by=Grantor.SELF)
    assert refusal(own, use) is (Refusal.GUARDIAN_REQUIRED if minor else None)


@pytest.mark.parametrize(
    ("heard", "is_stale"),
    [(None, True), (NOON - 901, True), (NOON - 900, False), (NOON, False), (NOON + 901, True)],
)
def test_a_permission_is_known_for_a_quarter_of_an_hour(
    heard: int | None, *, is_stale: bool
) -> None:
    assert stale(heard, NOON) is is_stale


def test_before_a_provider_is_chosen_the_scope_is_not_asked() -> None:
    assert refusal(PERMISSION, replace(USE, target="", groups=frozenset())) is None
