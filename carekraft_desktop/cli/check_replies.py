"""`carekraft-desktop check-replies`: what the replies that are already out disclose.

Reads JSON Lines on standard input, or a CSV export, and writes a line for each reply. Nothing
is sent anywhere and no record of the office is opened.
"""

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import complain
from carekraft_desktop.guardrail.checker import Checker
from carekraft_desktop.services import audit
from carekraft_desktop.services.audit import Item


def run(csv_file: Path | None) -> Exit:
    """Check every reply of the input; 1 if a line could not be read."""
    try:
        checker = Checker.shipped()
    except Exception:  # noqa: BLE001 - without its files the checker refuses everything
        complain("the checker's files are damaged; reinstall the program. Nothing was checked.")
        return Exit.FAILED
    if csv_file is None:
        return _answer(checker, audit.of_json(sys.stdin.buffer), sys.stdout)
    try:
        with csv_file.open(encoding="utf-8-sig", newline="", errors="strict") as table:
            return _answer(checker, audit.of_csv(table), sys.stdout)
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        complain(f"the CSV file cannot be read ({type(failure).__name__})")
        return Exit.FAILED


def _answer(checker: Checker, items: Iterable[Item], out: IO[str]) -> Exit:
    bad = 0
    for item in items:
        if item.reply is None:
            number = item.number
            complain(f'line {number}: not a reply with "id" and "reply"; it was not checked')
            bad += 1
            continue
        out.write(json.dumps(audit.answer(checker, item), ensure_ascii=True) + "\n")
    out.flush()
    return Exit.FAILED if bad else Exit.DONE
