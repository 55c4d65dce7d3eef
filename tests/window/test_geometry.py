"""Lanes, pixels and neighbours of the painted day, without a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.presenters.day import Block
from carekraft_desktop.presenters.pieces import Mark, Tone
from ui.widgets.calendar.geometry import Grid, place, step

GRID = Grid(480, 1080, columns=3, hour=88, axis=60, head=52, width=960, narrowest=132)


def block(visit_id: str, column: int, start: int, end: int) -> Block:
    mark = Mark("Confirmed", Tone.CONFIRMED)
    return Block(visit_id, column, start, end, visit_id, "", mark, "", False, visit_id)


def test_what_only_touches_stands_below_not_beside() -> None:
    placed = place([block("a", 0, 540, 570), block("b", 0, 570, 600)])
    assert [(each.lane, each.lanes) for each in placed] == [(0, 1), (0, 1)]


def test_overlaps_stand_side_by_side_and_reuse_a_free_lane() -> None:
    placed = place([block("a", 0, 540, 600), block("b", 0, 550, 570), block("c", 0, 575, 640)])
    lanes = {each.block.visit_id: (each.lane, each.lanes) for each in placed}
    assert lanes == {"a": (0, 2), "b": (1, 2), "c": (1, 2)}


def test_columns_do_not_push_each_other() -> None:
    placed = place([block("a", 0, 540, 600), block("b", 1, 540, 600)])
    assert {each.lanes for each in placed} == {1}


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(480, 1000), st.integers(10, 80)), max_size=24)
)
def test_no_two_blocks_ever_cover_each_other(visits: list[tuple[int, int, int]]) -> None:
    blocks = [block(str(n), c, s, s + length) for n, (c, s, length) in enumerate(visits)]
    placed = place(blocks)
    assert {each.block.visit_id for each in placed} == {each.visit_id for each in blocks}
    for one in placed:
        for two in placed:
            if one is two or one.block.column != two.block.column:
                continue
            same_time = one.block.start < two.block.end and two.block.start < one.block.end
            assert not (same_time and one.lane == two.lane)
            assert one.lane < one.lanes


def test_a_minute_becomes_a_place_and_back() -> None:
    placed = place([block("a", 1, 540, 600)])
    box = GRID.box(placed[0])
    middle = GRID.column + box.x + box.width / 2
    assert GRID.hit(placed, middle, box.y + 5) is placed[0]
    assert GRID.hit(placed, middle, box.y - 5) is None
    assert GRID.hit(placed, 5, box.y + 5) is None
    assert GRID.y(600) - GRID.y(540) == pytest.approx(88)


def test_columns_never_get_too_narrow_to_read() -> None:
    crowd = Grid(480, 1080, columns=12, hour=88, axis=60, head=52, width=960, narrowest=132)
    assert crowd.column == 132
    assert crowd.breadth > crowd.width
    assert Grid(480, 1080, 0, 88, 60, 52, 960, 132).hit((), 10, 10) is None


def test_arrows_walk_down_a_column_and_across_to_the_nearest_in_time() -> None:
    placed = place(
        [
            block("a", 0, 540, 600),
            block("b", 0, 660, 700),
            block("c", 2, 530, 550),
            block("d", 2, 650, 700),
        ]
    )
    assert step(placed, "a", across=0, down=1) == "b"
    assert step(placed, "b", across=0, down=1) == "b"
    assert step(placed, "a", across=0, down=-1) == "a"
    assert step(placed, "b", across=1, down=0) == "d"
    assert step(placed, "a", across=-1, down=0) == "a"
    assert step(placed, "d", across=-1, down=0) == "b"
    assert step(placed, "", across=0, down=1) == "a"
    assert step((), "", across=0, down=1) == ""
