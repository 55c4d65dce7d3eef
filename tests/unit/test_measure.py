"""The benchmarks' judge: medians of paired ratios, floors and ceilings, unsteady limits."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import line, main
from tests.benchmarks.bench import Size
from tests.benchmarks.measure import TRIES, Check, Verdict, high, interleave

TINY = Size(held=2_000, stored=400, rounds=2, starts=1)


def test_a_check_is_judged_by_the_median_of_its_rounds() -> None:
    assert Check(1, "a", "b", 1.5, (1.0, 1.4, 9.0)).verdict is Verdict.MET
    assert Check(1, "a", "b", 1.5, (1.0, 1.6, 1.7)).verdict is Verdict.MISSED


def test_a_floor_is_met_from_above() -> None:
    assert Check(5, "a", "b", 25.0, (30.0,), at_least=True).verdict is Verdict.MET
    assert Check(5, "a", "b", 25.0, (24.0,), at_least=True).verdict is Verdict.MISSED


def test_what_was_skipped_or_unsteady_is_never_met() -> None:
    skipped = Check(1, "a", "b", 1.5, skipped="not installed")
    assert skipped.verdict is Verdict.SKIPPED
    assert "not installed" in line(skipped)
    assert Check(1, "a", "b", 1.5, (1.0,), steady=False).verdict is Verdict.UNSTEADY
    assert Check(1, "a", "b", None, (9.0,)).verdict is Verdict.NOTED


def test_ratios_pair_the_costs_of_one_round() -> None:
    limit, ours = iter([1.0, 2.0, 1.0]), iter([2.0, 4.0, 3.0])
    cases = {"limit": lambda: next(limit), "ours": lambda: next(ours)}
    measured = interleave(cases, rounds=3, limit="limit")
    assert measured.steady
    assert measured.ratios("ours", "limit") == (2.0, 2.0, 3.0)


def test_cases_take_turns_at_being_first() -> None:
    order: list[str] = []

    def case(name: str) -> float:
        order.append(name)
        return 1.0

    interleave({"a": lambda: case("a"), "b": lambda: case("b")}, rounds=2, limit="a")
    assert order == ["a", "b", "b", "a"]


def test_a_limit_that_varies_is_measured_again_and_then_left_open() -> None:
    costs: Iterator[float] = iter([1.0, 2.5] * TRIES)
    measured = interleave({"limit": lambda: next(costs)}, rounds=2, limit="limit")
    assert not measured.steady
    assert list(costs) == []

    better: Iterator[float] = iter([1.0, 2.5, 1.0, 1.1])
    assert interleave({"limit": lambda: next(better)}, rounds=2, limit="limit").steady


def test_high_is_the_value_that_a_share_does_not_exceed() -> None:
    assert high(range(1, 101), 0.99) == 100
    assert high([3.0], 0.99) == 3.0


def test_one_goal_is_chosen_measured_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    figures = tmp_path / "bench.json"
    assert main(["--only", "9", "--json", str(figures)], size=TINY) in {0, 1}
    checks = json.loads(figures.read_text())["checks"]
    assert {check["goal"] for check in checks} == {9}
    assert checks[0]["median"] > 0
    assert "raw rows of the clustered table" in capsys.readouterr().out


def test_a_goal_that_is_not_ours_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "99"]) == 2
    assert "99" in capsys.readouterr().err
