"""`python -m tests.benchmarks`: measure the goals, print the table, write the figures."""

import argparse
import gc
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from carekraft_desktop.collector import calm_collector
from tests.benchmarks.bench import FULL, QUICK, Bench, Size
from tests.benchmarks.goals import GOALS, Goal
from tests.benchmarks.measure import Check, Verdict

OUTPUT = Path("bench-output/bench.json")


def main(argv: Sequence[str] | None = None, *, size: Size | None = None) -> int:
    """Measure; 1 when a goal is missed. `size` takes the place of the options' choice."""
    chosen = _parser().parse_args(argv)
    wanted = [goal for goal in GOALS if not chosen.only or goal.number in chosen.only]
    unknown = sorted(set(chosen.only) - {goal.number for goal in GOALS})
    if unknown:
        print(f"No such goal here: {unknown}", file=sys.stderr)
        return 2
    if size is None:
        size = QUICK if chosen.quick else FULL
    if not chosen.screen:
        # Real windows are painted by another process, at another pace on each machine.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = Path(tempfile.mkdtemp(prefix="carekraft-bench-"))
    try:
        checks = _measure(wanted, Bench(folder, size))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _write(chosen.json, checks, size)
    print(f"\nFigures are in {chosen.json}.")
    missed = [check for check in checks if check.verdict is Verdict.MISSED]
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure the speed goals.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument(
        "--only",
        type=lambda text: [int(word) for word in text.split(",")],
        default=[],
        metavar="N,N",
        help="only these goals",
    )
    parser.add_argument(
        "--screen",
        action="store_true",
        help="open real windows on this display; starts and memory were aimed at with one",
    )
    parser.add_argument("--json", type=Path, default=OUTPUT, metavar="FILE")
    return parser


def _measure(goals: Sequence[Goal], bench: Bench) -> list[Check]:
    checks: list[Check] = []
    for goal in goals:
        began = time.perf_counter()
        found = goal.measure(bench)
        print(f"\n{goal.number}. {goal.words}  ({time.perf_counter() - began:.0f} s)")
        for check in found:
            print(line(check), flush=True)
        checks += found
    return checks


def line(check: Check) -> str:
    """One check for people."""
    told = f"   {check.verdict:8}  {check.what}; against {check.limit}"
    if check.skipped:
        return f"{told}: {check.skipped}"
    spread = f"{check.median:.2f}x ({min(check.ratios):.2f}-{max(check.ratios):.2f})"
    target = ""
    if check.target is not None:
        target = f", target {'>=' if check.at_least else '<='} {check.target:g}x"
    return f"{told}: {spread}{target}  [{check.scale}]"


def _write(path: Path, checks: Sequence[Check], size: Size) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "size": asdict(size),
        "checks": [
            asdict(check)
            | {
                "verdict": check.verdict.value,
                "median": check.median if check.ratios else None,
                "low": min(check.ratios, default=None),
                "high": max(check.ratios, default=None),
            }
            for check in checks
        ],
    }
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    # As the program does it, for its own cases and for their limits alike.
    calm_collector()
    gc.freeze()
    sys.exit(main())
