"""Check a whole file of replies that are already out; reads it once and keeps nothing.

The same reading and the same answers for the command line and for the page.
"""

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from carekraft_desktop.errors import CheckerBroken, FileUnreadable
from carekraft_desktop.guardrail.checker import Checker, PublicContext, Verdict
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.services import judging
from carekraft_desktop.value import Value

SEVERITY = {
    Severity.BLOCK: "block",
    Severity.REVIEW: "warn",
    # The reviewer's own display name is all that is reminded of: known to every reader.
    Severity.REMIND: "ok",
    Severity.PASS: "ok",
}
ID, REVIEWER, REVIEW, REPLY = "id", "reviewer", "review", "reply"
NAMES: dict[str, tuple[str, ...]] = {
    ID: ("id", "review id", "reviewid", "review_id"),
    REVIEWER: ("reviewer", "reviewer name", "author", "author_alias", "display name", "name"),
    REVIEW: ("review", "review text", "comment", "text", "content"),
    REPLY: ("reply", "reply text", "response", "owner response", "owner reply", "answer"),
}
"""Heads that exports are known to use, for each member that is needed."""


class Unreadable(Exception):
    """The file is no CSV in UTF-8 and no JSON Lines."""


class Item(Value, frozen=True):
    """One line of the file."""

    number: int
    """Of its line, counted from 1."""
    id: str | int | None
    reviewer: str = ""
    review: str = ""
    reply: str | None = None
    """None if the line holds no reply that can be read."""


def of_json(lines: Iterable[bytes]) -> Iterator[Item]:
    """Items of JSON Lines; a line that cannot be read is an item without a reply."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            found = None
        yield _item(number, found if isinstance(found, dict) else {})


def of_csv(text: Iterable[str]) -> Iterator[Item]:
    """Items of a CSV table, by the names of its columns.

    Raises:
        csv.Error: it is no table.
    """
    reader = csv.DictReader(text)
    for row in reader:
        low = {str(name).strip().lower(): value for name, value in row.items() if name}
        found = {
            member: next((low[name] for name in names if name in low), None)
            for member, names in NAMES.items()
        }
        found[ID] = found[ID] or str(reader.line_num)
        yield _item(reader.line_num, found)


def of_file(content: bytes) -> list[Item]:
    """Items of a file, whichever of the two it is; rows without a reply are left out.

    Raises:
        Unreadable: it is neither.
    """
    first = content.lstrip()[:1]
    try:
        if first == b"{":
            return list(of_json(content.splitlines()))
        table = io.StringIO(content.decode("utf-8-sig"), newline="")
        return [item for item in of_csv(table) if item.reply is None or item.reply.strip()]
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable from None


def _item(number: int, found: dict[str, object]) -> Item:
    id_, reply = found.get(ID), found.get(REPLY)
    good = isinstance(reply, str) and isinstance(id_, str | int)
    return Item(
        number,
        id_ if isinstance(id_, str | int) else None,
        _text(found.get(REVIEWER)),
        _text(found.get(REVIEW)),
        reply if good and isinstance(reply, str) else None,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def answer(checker: Checker, item: Item) -> dict[str, object]:
    """The answer to one item, in the plain words of the labelled corpus."""
    started = time.perf_counter()
    reply = item.reply or ""
    verdict = checker.check(reply, PublicContext(reviewer=item.reviewer, review=item.review))
    spent = (time.perf_counter() - started) * 1000
    return told(item.id, verdict, spent)


def told(number: object, verdict: Verdict, spent: float) -> dict[str, object]:
    """A verdict as `check-replies` writes it."""
    shown = [each for each in verdict.findings if each.severity > Severity.REMIND]
    spans = [
        {"start": each.start, "end": each.end, "label": each.label.value}
        for each in shown
        if each.label is not None
    ]
    return {
        "id": number,
        "severity": SEVERITY[verdict.severity],
        "labels": sorted({each.label.value for each in shown if each.label is not None}),
        "spans": spans,
        "ms": round(spent, 3),
    }


class Found(Value, frozen=True):
    """What was found in one reply, with what is needed to find it again."""

    item: Item
    severity: str
    """block, warn or ok; empty for a line that could not be read."""
    labels: tuple[str, ...] = ()


def of_path(path: Path) -> list[Item]:
    """Items of a file on this computer.

    Raises:
        FileUnreadable: it is not there, or neither CSV nor JSON Lines.
    """
    try:
        return of_file(path.read_bytes())
    except (OSError, Unreadable) as failure:
        raise FileUnreadable(type(failure).__name__) from None


def check_some(items: Iterable[Item]) -> list[Found]:
    """Check some items; nothing is kept.

    Raises:
        CheckerBroken: the checker's files are damaged.
    """
    if judging.checker() is None:
        raise CheckerBroken
    return [_found(item) for item in items]


def _found(item: Item) -> Found:
    if item.reply is None:
        return Found(item, "")
    verdict = judging.judge(item.reply, PublicContext(item.reviewer, item.review))
    shown = [each for each in verdict.findings if each.severity > Severity.REMIND]
    labels = {each.label.value for each in shown if each.label is not None}
    return Found(item, SEVERITY[verdict.severity], tuple(sorted(labels)))
