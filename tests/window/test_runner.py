"""The one worker thread."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from carekraft_desktop.errors import Offline
from carekraft_desktop.presenters.tasks import Done, Failed, Outcome
from ui.runner import QtTimers, Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Worker:
    del qtbot
    return Worker("test-worker")


def test_work_is_done_elsewhere_and_reported_here(worker: Worker, qtbot: QtBot) -> None:
    seen: list[tuple[Outcome[str], str]] = []
    worker.submit(
        lambda: threading.current_thread().name,
        lambda outcome: seen.append((outcome, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen == [(Done("test-worker"), threading.main_thread().name)]
    assert worker.close(5)


def test_pieces_are_done_in_order(worker: Worker, qtbot: QtBot) -> None:
    seen: list[object] = []
    for number in range(20):
        worker.submit(lambda number=number: number, seen.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == [Done(number) for number in range(20)]
    assert worker.close(5)


def test_an_expected_failure_is_reported(worker: Worker, qtbot: QtBot) -> None:
    def work() -> None:
        raise Offline

    seen: list[Outcome[None]] = []
    worker.submit(work, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert isinstance(seen[0], Failed)
    assert worker.close(5)


def test_a_bug_is_raised_again_in_the_qt_thread(worker: Worker, qtbot: QtBot) -> None:
    def work() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        worker.submit(work, lambda _outcome: None)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is ZeroDivisionError
    assert worker.close(5)


def test_close_waits_no_longer_than_told_and_nothing_is_reported_after(
    worker: Worker, qtbot: QtBot
) -> None:
    gate, started = threading.Event(), threading.Event()
    seen: list[object] = []

    def work() -> None:
        started.set()
        gate.wait(10)

    worker.submit(work, seen.append)
    assert started.wait(5)
    assert worker.close(0.05) is False
    gate.set()
    assert worker.close(5)
    worker.submit(lambda: None, seen.append)
    qtbot.wait(10)
    assert seen == []


def test_a_worker_that_never_worked_closes_at_once() -> None:
    assert Worker("idle").close(0)


def test_a_timer_calls_once_and_can_be_taken_back(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtCore import QObject

    assert isinstance(qapp, QObject)
    timers, seen = QtTimers(qapp), []
    stop = timers.after(0.001, lambda: seen.append("never"))
    stop()
    stop()
    timers.after(0.001, lambda: seen.append("once"))
    qtbot.waitUntil(lambda: seen == ["once"])
