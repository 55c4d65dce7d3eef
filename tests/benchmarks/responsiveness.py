"""Goal 13: how late the window's thread comes to its turn while a sync runs in the worker."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer

from carekraft_desktop.presenters.tasks import Done, Outcome
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link, Sync
from carekraft_desktop.store.unit import Store
from tests.benchmarks import exchange, sample
from tests.benchmarks.bench import Bench
from tests.benchmarks.exchange import Exchange
from tests.benchmarks.measure import Check, high, is_steady
from tests.benchmarks.painting import HEIGHT, WIDTH, filled_day
from tests.benchmarks.receiving import Stores, opened, sync_of
from ui.app import application
from ui.runner import Worker
from ui.theme import Theme
from ui.widgets.calendar import Calendar

BEAT = 16
"""Milliseconds between two turns: sixty frames a second."""
LOOK_EVERY = 25
"""Beats after which the day is read from the store and painted."""
IDLE_SECONDS = 2.0
ROUNDS = 3


@dataclass
class Beats:
    """Lateness of each turn in seconds, without the turns in which we worked ourselves."""

    look: Callable[[], None]
    late: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._since = QElapsedTimer()
        self._number = 0

    def start(self) -> None:
        """Begin."""
        self._since.start()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def _beat(self) -> None:
        self.late.append(max(0.0, self._since.nsecsElapsed() / 1e9 - BEAT / 1000))
        self._number += 1
        if self._number % LOOK_EVERY == 0:
            self.look()
        self._since.restart()
        # Counted from now: a late turn does not make the next one early.
        self._timer.start()


def beats(bench: Bench) -> list[Check]:
    """The same beat idle and during a first sync; and that sync without a window."""
    bookings = max(1_000, bench.size.stored * 3 // 10)
    app = application([])
    theme = Theme(app)
    theme.put_on("light", 100)
    calendar = Calendar(theme)
    calendar.resize(WIDTH, HEIGHT)
    calendar.show()
    calendar.show_day(filled_day())
    stores = Stores(bench)
    idle: list[list[float]] = []
    busy: list[list[float]] = []
    rates: list[float] = []
    with exchange.running(bench.place("exchange"), bookings) as there:
        _alone(stores, there)  # pages become ready
        for _ in range(ROUNDS):
            alone = _alone(stores, there)
            store = opened(stores.folder())
            idle.append(_with_beats(calendar, store, None)[0])
            late, seconds = _with_beats(calendar, store, sync_of(store, there))
            busy.append(late)
            rates.append(alone / seconds)
            store.close()
    calendar.close()
    calendar.deleteLater()
    p99 = [high(each, 0.99) for each in idle]
    mine = [high(each, 0.99) for each in busy]
    scale = f"{sorted(mine)[1] * 1e3:.1f} ms : {sorted(p99)[1] * 1e3:.1f} ms"
    what = f"lateness of the window's turns while {bookings:,} bookings arrive, "
    return [
        Check(
            13,
            what + "p99",
            "the same, idle",
            4.0,
            tuple(b / max(i, 0.001) for b, i in zip(mine, p99, strict=True)),
            steady=is_steady([max(i, 0.001) for i in p99]),
            scale=scale,
        ),
        Check(13, what + "p99", "16 ms", 1.0, tuple(each / 0.016 for each in mine)),
        Check(13, what + "longest", "50 ms", 1.0, tuple(max(each) / 0.050 for each in busy)),
        Check(
            13,
            "that sync's rate",
            "the same sync without a window",
            0.8,
            tuple(rates),
            at_least=True,
        ),
    ]


def _receive(sync: Sync) -> None:
    while sync.cycle(wait=0).state.link is Link.RECEIVING:
        pass


def _alone(stores: Stores, there: Exchange) -> float:
    """Seconds of the sync in this thread, with nothing beside it."""
    store = opened(stores.folder())
    sync = sync_of(store, there)
    began = time.perf_counter()
    _receive(sync)
    seconds = time.perf_counter() - began
    store.close()
    return seconds


def _with_beats(calendar: Calendar, store: Store, sync: Sync | None) -> tuple[list[float], float]:
    """Lateness of each beat, and how long it went on."""
    desk = sample.desk_of(store)
    first = sample.NOW - sample.NOW % sample.DAY

    def look() -> None:
        visits.day(desk, first, first + sample.DAY)
        calendar.viewport().update()

    found = Beats(look)
    loop = QEventLoop()
    worker = Worker("sync")

    def ended(outcome: Outcome[None]) -> None:
        assert isinstance(outcome, Done), outcome
        loop.quit()

    found.start()
    began = time.perf_counter()
    if sync is None:
        QTimer.singleShot(round(IDLE_SECONDS * 1000), loop.quit)
    else:
        worker.submit(lambda: _receive(sync), ended)
    loop.exec()
    seconds = time.perf_counter() - began
    found.stop()
    worker.close(5.0)
    return found.late, seconds
