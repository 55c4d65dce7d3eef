"""Several processes of the exchange on one socket, watched by a parent that serves nobody itself.

The parent opens the socket and starts the same command again for each worker, which inherits
it. A worker that ends is replaced; when the parent is asked to stop, or is killed, all end.
Only systems with `fork` and signals can do this; elsewhere one process serves.
"""

import logging
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from prometheus_client import multiprocess

from carekraft_desktop.hub.now import steady

log = logging.getLogger(__name__)

POSSIBLE = hasattr(signal, "sigtimedwait")
"""Whether this system can run workers."""
PATIENCE = 20.0
"""Seconds that workers have to finish what is under way; then they are killed."""
SHORTEST, LONGEST = 0.5, 30.0
"""Seconds before a worker that died is replaced: doubled with each early death."""
STEADY_AFTER = 60.0
"""Seconds after which a worker counts as one that works."""


class Worker:
    """One process, and the pipes that tie it to us."""

    def __init__(self, command: Sequence[str], place: socket.socket, figures: Path) -> None:
        """Start it; `figures`: the folder where all workers keep what they counted."""
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(figures)}
        self.began = steady()
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--on-socket", str(place.fileno())],
            pass_fds=[place.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    def is_ready(self) -> bool:
        """Wait until it answers requests; False when it ended instead."""
        stdout = self.process.stdout
        return bool(stdout and stdout.readline())

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return self.process.poll()

    def close(self) -> None:
        """Let go of what tied it to us."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


class Workers:
    """A fixed number of workers."""

    def __init__(
        self, command: Sequence[str], count: int, place: socket.socket, figures: Path
    ) -> None:
        """`command`: how one is started; `place`: the listening socket they share."""
        self._command = command
        self._count = count
        self._place = place
        self._figures = figures
        self._running: list[Worker] = []
        self._pause = SHORTEST

    def run(self, ready: Callable[[], None]) -> int:
        """Serve until SIGTERM or SIGINT; the exit code.

        `ready` is called once all answer. A worker that cannot even begin ends everything, with
        its code: the next one would fail in the same way.
        """
        waited = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
        before = signal.pthread_sigmask(signal.SIG_BLOCK, waited)
        try:
            self._running = [self._start() for _ in range(self._count)]
            for worker in self._running:
                if not worker.is_ready():
                    return worker.process.wait() or 1
            ready()
            while signal.sigwait(waited) == signal.SIGCHLD:
                if not self._replace_ended({signal.SIGTERM, signal.SIGINT}):
                    break
            return 0
        finally:
            self._stop()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _start(self) -> Worker:
        return Worker(self._command, self._place, self._figures)

    def _replace_ended(self, stops: set[signal.Signals]) -> bool:
        """Start anew what has ended; False when we were asked to stop meanwhile."""
        while gone := [each for each in self._running if each.ended() is not None]:
            for worker in gone:
                facts = {"code": worker.ended(), "worker": worker.process.pid}
                log.warning("a worker ended", extra={"facts": facts})
                multiprocess.mark_process_dead(  # type: ignore[no-untyped-call]
                    worker.process.pid, str(self._figures)
                )
                worker.close()
                lived = steady() - worker.began
                self._pause = SHORTEST if lived > STEADY_AFTER else min(LONGEST, self._pause * 2)
                self._running.remove(worker)
            if signal.sigtimedwait(stops, self._pause) is not None:
                return False
            self._running += [self._start() for _ in gone]
        return True

    def _stop(self) -> None:
        for worker in self._running:
            if worker.ended() is None:
                worker.process.terminate()
        until = steady() + PATIENCE
        for worker in self._running:
            try:
                worker.process.wait(max(0.1, until - steady()))
            except subprocess.TimeoutExpired:
                log.warning("a worker was killed", extra={"facts": {"worker": worker.process.pid}})
                worker.process.kill()
                worker.process.wait()
            worker.close()


def let_signals_through() -> None:
    """In a worker: its parent holds them back, and what it holds back is inherited."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})
