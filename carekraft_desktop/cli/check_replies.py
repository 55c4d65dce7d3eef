"""`carekraft-desktop check-replies`: what the replies that are already out disclose.

Reads JSON Lines on standard input, or a CSV export, and writes a line for each reply. Nothing
is sent anywhere and no record of the office is opened.
"""

import csv
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from carekraft_desktop.cli.exits import Exit, complain
from carekraft_desktop.guardrail.checker import Checker, PublicContext, Verdict, refusal
from carekraft_desktop.guardrail.rules import Severity

_SEVERITY = {
    Severity.BLOCK: "block",
    Severity.REVIEW: "warn",
    # The reviewer's own display name is all that is reminded of: known to every reader.
    Severity.REMIND: "ok",
    Severity.PASS: "ok",
}

Line = tuple[int, dict[str, object] | None]
"""Its number in the input, and what it holds; nothing if it cannot be read."""


def run(csv_file: Path | None) -> Exit:
    """Check every reply of the input; 1 if a line could not be read."""
    try:
        checker = Checker.shipped()
    except Exception:  # noqa: BLE001 - without its files the checker refuses everything
        complain("the checker's files are damaged; reinstall the program. Nothing was checked.")
        return Exit.FAILED
    if csv_file is None:
        return _answer(checker, _of_json(sys.stdin.buffer), sys.stdout)
    try:
        with csv_file.open(encoding="utf-8-sig", newline="", errors="strict") as table:
            return _answer(checker, _of_csv(table), sys.stdout)
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        complain(f"the CSV file cannot be read ({type(failure).__name__})")
        return Exit.FAILED


def _of_json(stream: Iterable[bytes]) -> Iterator[Line]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            item = None
        yield number, item if isinstance(item, dict) else None


def _of_csv(table: IO[str]) -> Iterator[Line]:
    reader = csv.DictReader(table)
    for row in reader:
        low = {str(name).strip().lower(): value for name, value in row.items() if name}
        low.setdefault("id", str(reader.line_num))
        yield reader.line_num, dict(low)


def _answer(checker: Checker, lines: Iterable[Line], out: IO[str]) -> Exit:
    bad = 0
    for number, item in lines:
        reply = item.get("reply") if item is not None else None
        if item is None or not isinstance(reply, str) or not isinstance(item.get("id"), str | int):
            complain(f'line {number}: not a reply with "id" and "reply"; it was not checked')
            bad += 1
            continue
        reviewer, review = item.get("reviewer"), item.get("review")
        context = PublicContext(
            reviewer=reviewer if isinstance(reviewer, str) else "",
            review=review if isinstance(review, str) else "",
        )
        started = time.perf_counter()
        verdict = checker.check(reply, context)
        spent = (time.perf_counter() - started) * 1000
        out.write(json.dumps(answer(item["id"], verdict, spent), ensure_ascii=True) + "\n")
    out.flush()
    return Exit.FAILED if bad else Exit.DONE


def answer(number: object, verdict: Verdict, spent: float) -> dict[str, object]:
    """A verdict in the plain words of the labelled corpus."""
    told = [each for each in verdict.findings if each.severity > Severity.REMIND]
    spans = [
        {"start": each.start, "end": each.end, "label": each.label.value}
        for each in told
        if each.label is not None
    ]
    return {
        "id": number,
        "severity": _SEVERITY[verdict.severity],
        "labels": sorted({each.label.value for each in told if each.label is not None}),
        "spans": spans,
        "ms": round(spent, 3),
    }


__all__ = ["answer", "refusal", "run"]
