"""The audit of a file: progress, stopping, what is found, and what is left behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from carekraft_desktop.errors import CheckerBroken
from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.check_replies import AT_ONCE, CheckPresenter, CheckState
from carekraft_desktop.presenters.tasks import Outcome, attempt
from carekraft_desktop.services import audit, judging
from tests.fakes.office import WHEN, desk


class Later:
    """Work that waits until the test lets the next piece be done."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Outcome[Any]], None]]] = []

    def submit(self, work: Callable[[], Any], report: Callable[[Outcome[Any]], None]) -> None:
        self.waiting.append((work, report))

    def next(self) -> None:
        work, report = self.waiting.pop(0)
        report(attempt(work))

    def all(self) -> None:
        while self.waiting:
            self.next()


class Screen:
    """The presenter with what it shows."""

    def __init__(self) -> None:
        self.later, self.states = Later(), list[CheckState]()
        self.presenter = CheckPresenter(
            desk(), self.states.append, audit=audit, runner=self.later, when=WHEN
        )

    @property
    def state(self) -> CheckState:
        return self.states[-1]


def file_of(tmp_path: Path, count: int) -> Path:
    path = tmp_path / "replies.jsonl"
    lines = [{"id": n, "reviewer": "R", "review": "", "reply": "Thank you."} for n in range(count)]
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return path


def test_a_long_file_is_checked_in_stretches_with_progress(tmp_path: Path) -> None:
    screen = Screen()
    screen.presenter.check(file_of(tmp_path, 2 * AT_ONCE + 1))
    screen.later.next()
    screen.later.next()
    running = [screen.state.running]
    assert screen.state.progress == f"{AT_ONCE} of {2 * AT_ONCE + 1} replies"
    assert (screen.state.done, screen.state.total) == (AT_ONCE, 2 * AT_ONCE + 1)
    screen.later.all()
    running.append(screen.state.running)
    assert running == [True, False]
    assert len(screen.state.rows) == 2 * AT_ONCE + 1


def test_stopping_keeps_what_was_found_so_far_and_does_no_more(tmp_path: Path) -> None:
    screen = Screen()
    screen.presenter.check(file_of(tmp_path, 3 * AT_ONCE))
    screen.later.next()
    screen.later.next()
    screen.presenter.stop()
    assert len(screen.state.rows) == AT_ONCE
    screen.later.all()
    assert len(screen.state.rows) == AT_ONCE
    assert not screen.state.running


def test_another_file_takes_the_place_of_the_one_that_is_being_checked(tmp_path: Path) -> None:
    screen = Screen()
    first = file_of(tmp_path, 2 * AT_ONCE)
    screen.presenter.check(first)
    screen.later.next()
    second = tmp_path / "second.csv"
    second.write_text("id,reply\n1,Your crown was placed on Monday.\n", "utf-8")
    screen.presenter.check(second)
    screen.later.all()
    assert screen.state.total == 1
    assert screen.state.report is not None
    assert screen.state.report.title.startswith("Replies in second.csv")


def test_leaving_the_page_forgets_the_file(tmp_path: Path) -> None:
    screen = Screen()
    screen.presenter.check(file_of(tmp_path, 5))
    screen.later.all()
    assert screen.presenter.may_leave()
    assert screen.state == CheckState()
    screen.presenter.refresh()
    assert screen.state.empty is not None
    assert screen.state.empty.title == wording.AUDIT_NONE.title


def test_lines_that_cannot_be_read_are_counted_and_named(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"id": 1, "reply": "Thank you."}\n{"id": 2}\n{broken\n', "utf-8")
    screen = Screen()
    screen.presenter.check(path)
    screen.later.all()
    assert "2 lines were not readable" in screen.state.summary
    assert any(
        cell.spoken == wording.AUDIT_UNREAD for row in screen.state.rows for cell in row.cells
    )


def test_a_damaged_checker_is_said_and_nothing_is_called_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "checker", lambda: None)
    screen = Screen()
    screen.presenter.check(file_of(tmp_path, 2))
    screen.later.all()
    assert screen.state.problem is not None
    assert screen.state.problem.code == CheckerBroken.code
    assert screen.state.rows == ()


@pytest.mark.parametrize(
    "head", ["id,reviewer,review,reply", "Review ID,Reviewer Name,Comment,Owner Response"]
)
def test_the_heads_of_known_exports_are_understood(tmp_path: Path, head: str) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{head}\n7,Maple,Nice,Your crown was placed on Monday.\n8,J,x,\n", "utf-8-sig")
    (item,) = audit.of_path(path)
    assert (item.id, item.reviewer, item.review) == ("7", "Maple", "Nice")
    (found,) = audit.check_some([item])
    assert found.severity == "block"
    assert "condition_treatment" in found.labels
