"""Where things stand in the day: lanes for overlaps, pixels for minutes, and who is next to whom.

Pure numbers, no Qt, so that every corner of it is tested without a window.
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from carekraft_desktop.presenters.day import Block
from carekraft_desktop.value import Value

HOUR = 60
_GAP = 2.0
"""Pixels left between blocks."""
_reading_order = attrgetter("column", "start", "end", "visit_id")
_SHORTEST_SIDE = 18.0
"""Pixels; no block is drawn lower than one line of text."""


class Placed(Value, frozen=True):
    """A block and its place among those that overlap it."""

    block: Block
    lane: int
    lanes: int


class Box(Value, frozen=True):
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def place(blocks: Iterable[Block]) -> tuple[Placed, ...]:
    """Put overlapping blocks of the same column side by side.

    Blocks that touch, one ending when the next begins, do not overlap. All blocks of one
    chain of overlaps get the same number of lanes, so that they line up.
    """
    done: list[Placed] = []
    chain: list[tuple[Block, int]] = []
    ends: list[int] = []
    column, last = -1, 0
    for block in sorted(blocks, key=_reading_order):
        if block.column != column or last <= block.start:
            done += [Placed(each, lane, len(ends)) for each, lane in chain]
            chain, ends, column, last = [(block, 0)], [block.end], block.column, block.end
            continue
        lane = next((n for n, end in enumerate(ends) if end <= block.start), len(ends))
        ends[lane : lane + 1] = [block.end]
        chain.append((block, lane))
        last = max(last, block.end)
    done += [Placed(each, lane, len(ends)) for each, lane in chain]
    return tuple(done)


class Grid(Value, frozen=True):
    """The day's paper: how minutes and columns become pixels."""

    first: int
    last: int
    columns: int
    hour: float
    """Height of an hour."""
    axis: float
    """Width of the strip with the hours."""
    head: float
    """Height of the strip with the providers."""
    width: float
    """Of the whole view."""
    narrowest: float
    """No column is narrower; the view scrolls sideways instead."""

    @property
    def column(self) -> float:
        """Width of a column."""
        if not self.columns:
            return 0.0
        return max(self.narrowest, (self.width - self.axis) / self.columns)

    @property
    def height(self) -> float:
        """Of the paper without the head, with air for the last hour's label."""
        return (self.last - self.first) / HOUR * self.hour + self.hour / 6

    @property
    def breadth(self) -> float:
        """Of all columns."""
        return self.column * self.columns

    def y(self, minute: float) -> float:
        """How far below the head's edge a minute lies."""
        return (minute - self.first) / HOUR * self.hour + self.hour / 12

    def span(self, block: Block) -> tuple[float, float]:
        """Top and bottom of a block, counted from the head's edge."""
        a_minute = self.hour / HOUR
        top = (block.start - self.first) * a_minute + self.hour / 12 + _GAP / 2
        return top, top + max((block.end - block.start) * a_minute - _GAP, _SHORTEST_SIDE)

    def box(self, placed: Placed) -> Box:
        """Where a block lies, counted from the top left of its own column."""
        top, bottom = self.span(placed.block)
        lane = (self.column - 3 * _GAP) / placed.lanes
        return Box(2 * _GAP + lane * placed.lane, top, max(lane - _GAP, 1.0), bottom - top)

    def hit(self, placed: Sequence[Placed], x: float, y: float) -> Placed | None:
        """The block at a point of the paper; `x` counts from the first column's edge."""
        if self.column <= 0:
            return None
        number = int(x // self.column)
        inside = x - number * self.column
        for each in reversed(placed):
            if each.block.column == number and self.box(each).holds(inside, y):
                return each
        return None


def step(placed: Sequence[Placed], at: str, *, across: int, down: int) -> str:
    """The visit that an arrow key leads to.

    Args:
        placed: all blocks of the day.
        at: the visit where we are, empty for none.
        across: -1 for the column before, 1 for the one after, 0 to stay.
        down: -1 for the visit before, 1 for the one after.

    Returns:
        The id of the next visit; `at` itself where there is none.
    """
    here = next((each for each in placed if each.block.visit_id == at), None)
    if here is None:
        return placed[0].block.visit_id if placed else ""
    if down:
        column = [each for each in placed if each.block.column == here.block.column]
        place_ = column.index(here) + down
        return column[place_].block.visit_id if 0 <= place_ < len(column) else at
    return _across(placed, here, across)


def _across(placed: Sequence[Placed], here: Placed, across: int) -> str:
    """The visit nearest in time in the next column that has any."""
    ahead = [each for each in placed if (each.block.column - here.block.column) * across > 0]
    if not ahead:
        return here.block.visit_id
    nearest = min(abs(each.block.column - here.block.column) for each in ahead)
    row = [each for each in ahead if abs(each.block.column - here.block.column) == nearest]
    best = min(row, key=lambda each: abs(each.block.start - here.block.start))
    return best.block.visit_id
