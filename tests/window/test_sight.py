"""What comes into sight is told once, however one scrolls."""

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.calendar.sight import Sight

spans = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), min_size=1, max_size=40).map(
    lambda each: [(first, first + high - 1, f"v{n}") for n, (first, high) in enumerate(each)]
)
looks = st.lists(st.tuples(st.integers(0, 340), st.integers(1, 120)), max_size=12)


@given(spans, looks)
def test_exactly_what_a_look_covers_is_told_and_never_twice(
    there: list[tuple[int, int, str]], looked: list[tuple[int, int]]
) -> None:
    sight, seen = Sight(there), set[str]()
    for top, height in looked:
        bottom = top + height
        new = sight.come(top, bottom)
        assert len(new) == len(set(new))
        covered = {key for first, last, key in there if first < bottom and last >= top}
        assert set(new) == covered - seen
        seen |= covered
