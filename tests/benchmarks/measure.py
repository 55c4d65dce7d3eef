"""How the benchmarks measure and judge: interleaved rounds, ratios to a limit, medians.

A ratio compares two costs of the same round, so that a busy machine burdens both. When the
limit itself differs by more than `UNSTEADY` between rounds, the measurement is repeated; if
that does not help it is reported as unsteady and judged neither met nor missed.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

UNSTEADY = 2.0
"""Most by which the limit's largest cost may exceed its smallest."""
TRIES = 3
"""How often an unsteady measurement is made in all."""

Case = Callable[[], float]
"""Does its work once and returns what it cost: seconds or bytes."""
Costs = Mapping[str, Sequence[float]]


class Verdict(StrEnum):
    """What became of a check."""

    MET = "met"
    MISSED = "NOT MET"
    UNSTEADY = "unsteady"
    SKIPPED = "skipped"
    NOTED = "noted"
    """Measured for information; nothing is asked of it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison that a goal asks for."""

    goal: int
    what: str
    """What was measured, in words."""
    limit: str
    """What it was measured against."""
    target: float | None = None
    """None: nothing is asked."""
    ratios: tuple[float, ...] = ()
    """One a round; empty when skipped."""
    at_least: bool = False
    """The target is a floor, not a ceiling."""
    steady: bool = True
    skipped: str = ""
    """Why nothing was measured."""
    scale: str = ""
    """The median costs behind the ratio, for orientation."""

    @property
    def median(self) -> float:
        """Of the ratios."""
        return statistics.median(self.ratios)

    @property
    def verdict(self) -> Verdict:
        """Judged by the median."""
        if self.skipped or not self.ratios:
            return Verdict.SKIPPED
        if self.target is None:
            return Verdict.NOTED
        if not self.steady:
            return Verdict.UNSTEADY
        good = self.median >= self.target if self.at_least else self.median <= self.target
        return Verdict.MET if good else Verdict.MISSED


@dataclass(frozen=True, slots=True)
class Measured:
    """The costs of all cases, round by round."""

    costs: Costs
    steady: bool

    def ratios(self, ours: str, limit: str) -> tuple[float, ...]:
        """`ours` in units of `limit`, one a round."""
        pairs = zip(self.costs[ours], self.costs[limit], strict=True)
        return tuple(mine / theirs for mine, theirs in pairs)

    def check(
        self,
        goal: int,
        what: str,
        limit: str,
        target: float | None,
        *,
        ours: str,
        against: str,
        at_least: bool = False,
        unit: str = "ms",
    ) -> Check:
        """A check of the case `ours` by the case `against`."""
        return Check(
            goal,
            what,
            limit,
            target,
            self.ratios(ours, against),
            at_least=at_least,
            steady=self.steady,
            scale=f"{self.told(ours, unit)} : {self.told(against, unit)}",
        )

    def told(self, case: str, unit: str = "ms") -> str:
        """The median cost of a case in words."""
        median = statistics.median(self.costs[case])
        factor = {"ms": 1e3, "us": 1e6, "MiB": 1 / 2**20}[unit]
        return f"{median * factor:,.3g} {unit}"


def interleave(cases: Mapping[str, Case], *, rounds: int, limit: str) -> Measured:
    """Run each case once a round, beginning with another one each time.

    Args:
        cases: by name.
        rounds: how many.
        limit: the case that the others are compared with; the measurement is repeated while
            its costs are too far apart, at most `TRIES` times in all.
    """
    names = list(cases)
    measured = Measured({}, steady=False)
    for _ in range(TRIES):
        costs: dict[str, list[float]] = {name: [] for name in names}
        for number in range(rounds):
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                costs[name].append(cases[name]())
        measured = Measured(costs, steady=is_steady(costs[limit]))
        if measured.steady:
            break
    return measured


def is_steady(costs: Sequence[float]) -> bool:
    """Whether a limit's costs are close enough together to compare anything with it."""
    return max(costs) <= UNSTEADY * min(costs)


def cpu(work: Callable[[], object], *, times: int = 1) -> Case:
    """CPU seconds of this thread for one call, on average of `times`."""

    def case() -> float:
        began = time.thread_time()
        for _ in range(times):
            work()
        return (time.thread_time() - began) / times

    return case


def wall(work: Callable[[], object], *, times: int = 1) -> Case:
    """Seconds by the clock on the wall for one call, on average of `times`."""

    def case() -> float:
        began = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - began) / times

    return case


def high(costs: Sequence[float], share: float) -> float:
    """The value that `share` of the costs do not exceed."""
    ordered = sorted(costs)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
