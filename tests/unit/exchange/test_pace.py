"""When to try again."""

from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.exchange import pace

chances = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), chances)
def test_a_pause_after_a_failure_is_bounded(failures: int, chance: float) -> None:
    assert pace.FIRST <= pace.after_failure(failures, chance) <= pace.LONGEST


@given(st.integers(1, 50), chances, st.floats(0, 3600))
def test_the_exchanges_wish_is_never_undercut(failures: int, chance: float, asked: float) -> None:
    assert pace.after_failure(failures, chance, asked=asked) >= asked


def test_the_ceiling_doubles() -> None:
    ceilings = [pace.after_failure(n, 0.999999) for n in range(1, 9)]
    assert [round(c) for c in ceilings] == [2, 4, 8, 16, 32, 64, 128, 256]


@given(st.floats(1, 3600), chances)
def test_polls_of_many_workstations_drift_apart(poll_after: float, chance: float) -> None:
    pause = pace.between_polls(poll_after, chance)
    assert 0.7 * poll_after <= pause <= 1.3 * poll_after
