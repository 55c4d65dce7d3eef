"""The audit of replies that are already out: a file in, progress, a list, a report to print."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Failed
from carekraft_desktop.presenters.times import long_day
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_reviews import AuditUses
    from carekraft_desktop.services.audit import Found, Item
    from carekraft_desktop.services.desk import Desk

HEADS = ("Id", "Reviewer", "Reply", "Verdict", "What it tells")
AT_ONCE = 100
"""Replies that are checked between two looks at whether to stop."""
_TONE = {"block": Tone.BAD, "warn": Tone.WARN, "ok": Tone.GOOD, "": Tone.QUIET}
_RANK = {"block": 0, "warn": 1, "": 2, "ok": 3}


class Report(Value, frozen=True):
    """What is printed."""

    title: str
    summary: str
    lines: tuple[tuple[str, str, str, str, str], ...]
    """Id, reviewer, reply, verdict, and what it tells, of everything but what is harmless."""


class CheckState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    progress: str = ""
    done: int = 0
    total: int = 0
    running: bool = False
    summary: str = ""
    report: Report | None = None
    empty: Empty | None = None
    problem: Problem | None = None


class CheckPresenter:
    """Checks a file in stretches elsewhere; forgets it when the page is left."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[CheckState], None],
        *,
        audit: AuditUses,
        runner: Runner,
        when: OfficeTime,
    ) -> None:
        """`runner` does the checking, so that the window stays alive."""
        self._desk, self._show = desk, show
        self._audit, self._runner, self._when = audit, runner, when
        self._items: list[Item] = []
        self._found: list[Found] = []
        self._name = ""
        self._run = 0
        self.state = CheckState()

    def refresh(self) -> None:
        """Show what there is."""
        self._put(replace(self.state, empty=self._empty()))

    def respell(self, when: OfficeTime) -> None:
        """Another zone."""
        self._when = when

    def check(self, path: Path) -> None:
        """Check a file; one that is being checked is left."""
        self._run += 1
        run, self._name, self._found, self._items = self._run, path.name, [], []
        self._put(CheckState(running=True))
        self._runner.submit(
            lambda: self._audit.of_path(path), lambda outcome: self._read(run, outcome)
        )

    def stop(self) -> None:
        """Enough; what was found so far stays."""
        if self.state.running:
            self._run += 1
            self._finish()

    def may_leave(self) -> bool:
        """The page is left: nothing of the file is kept."""
        self.leave()
        return True

    def leave(self) -> None:
        """Forget the file."""
        self._run += 1
        self._items, self._found = [], []
        self._put(CheckState())

    def _put(self, state: CheckState) -> None:
        self.state = state
        self._show(state)

    def _read(self, run: int, outcome: Outcome[list[Item]]) -> None:
        if run != self._run:
            return
        if isinstance(outcome, Failed):
            self._put(CheckState(problem=Problem.of(outcome.error), empty=self._empty()))
            return
        self._items = outcome.value
        if not self._items:
            words = wording.AUDIT_EMPTY
            self._put(CheckState(empty=Empty(words.title, words.advice, icon="file-check")))
            return
        self._go_on(run)

    def _go_on(self, run: int) -> None:
        done, total = len(self._found), len(self._items)
        progress = wording.audit_progress(done, total)
        self._put(CheckState(progress=progress, done=done, total=total, running=True))
        some = self._items[done : done + AT_ONCE]
        self._runner.submit(
            lambda: self._audit.check_some(some), lambda outcome: self._checked(run, outcome)
        )

    def _checked(self, run: int, outcome: Outcome[list[Found]]) -> None:
        if run != self._run:
            return
        if isinstance(outcome, Failed):
            self._put(CheckState(problem=Problem.of(outcome.error), empty=self._empty()))
            return
        self._found += outcome.value
        if len(self._found) < len(self._items):
            self._go_on(run)
        else:
            self._finish()

    def _finish(self) -> None:
        ordered = sorted(self._found, key=lambda found: _RANK[found.severity])
        counts = Counter(found.severity for found in ordered)
        summary = wording.audit_result(counts["block"], counts["warn"], counts["ok"], counts[""])
        self._put(
            CheckState(
                rows=tuple(_row(found) for found in ordered),
                progress=wording.audit_progress(len(self._found), len(self._items)),
                done=len(self._found),
                total=len(self._items),
                summary=summary,
                report=self._report(ordered, summary),
                empty=self._empty() if not ordered else None,
            )
        )

    def _report(self, ordered: list[Found], summary: str) -> Report:
        day = long_day(self._when.day(self._desk.now()))
        return Report(
            wording.report_title(self._name, day),
            summary,
            tuple(
                (
                    str(found.item.id),
                    found.item.reviewer,
                    found.item.reply or "",
                    _verdict(found),
                    _told(found),
                )
                for found in ordered
                if found.severity in {"block", "warn"}
            ),
        )

    def _empty(self) -> Empty | None:
        if self.state.rows or self.state.running:
            return None
        words = wording.AUDIT_NONE
        return Empty(words.title, words.advice, icon="file-check")


def _row(found: Found) -> Row:
    item = found.item
    return Row(
        f"{item.number}",
        (
            Cell(str(item.id) if item.id is not None else f"line {item.number}", quiet=True),
            Cell(item.reviewer, strong=True),
            Cell(" ".join((item.reply or "").split())),
            Cell("", mark=_mark(found)),
            Cell(_told(found)),
        ),
    )


def _mark(found: Found) -> Mark:
    icon = "shield-check" if found.severity == "ok" else ""
    return Mark(_verdict(found), _TONE[found.severity], icon)


def _verdict(found: Found) -> str:
    return wording.AUDIT_VERDICT.get(found.severity, wording.AUDIT_UNREAD)


def _told(found: Found) -> str:
    return "; ".join(wording.LABEL[label] for label in found.labels)
