"""What is done once a night, or at the next unlock after it: each job by itself, in its own time.

    JOBS = (Job("disposal", disposal.run), ...)

A job gets a desk of nobody's; it works in small transactions of its own and may be broken off at
any time. A job that fails is tried again an hour later. The day on which each was last done is
kept in the store, so that several jobs of different branches of the program know nothing of each
other.
"""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from carekraft_desktop.domain import Moment
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.security.redaction import fields
from carekraft_desktop.services import disposal, requests
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import facts, retention
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

_log = logging.getLogger(__name__)

HOUR = 2
"""The office's hour from which on a night's work is done."""
AGAIN_AFTER = 3_600.0
"""Seconds after which a job that failed is tried again."""
HEARD_WITHIN = 86_400
"""The exchange told everything within so many seconds: else what seems due may have changed."""


class Job(Value, frozen=True):
    """One thing that is done each night."""

    name: str
    run: Callable[[Desk], object]
    when_heard: bool = True
    """Only while what the exchange knows is known here."""


JOBS: tuple[Job, ...] = (
    Job("disposal", disposal.run),
    Job("requests", requests.nightly, when_heard=False),
)


class Nightly:
    """Looks at each turn of the sync whether a night's work waits."""

    def __init__(self, desk: Desk, jobs: Sequence[Job] = JOBS) -> None:
        """`desk`: nobody's, over the store itself, so that it also works behind a cover."""
        self._desk, self._jobs = desk, jobs
        self._not_before: dict[str, float] = {}

    def turn(self) -> None:
        """Do what waits; usually nothing."""
        desk = self._desk
        with desk.store.read() as unit:
            done = _done(unit)
            local = datetime.fromtimestamp(desk.now(), retention.zone(unit))
            heard = _heard(unit, desk.now())
        today = local.date().isoformat()
        if local.hour < HOUR:
            return
        for job in self._jobs:
            waits = self._not_before.get(job.name, 0.0) > desk.clock.monotonic()
            if done.get(job.name) == today or waits or (job.when_heard and not heard):
                continue
            self._do(job, today)

    def _do(self, job: Job, today: str) -> None:
        desk = self._desk
        try:
            job.run(desk)
        except CareKraftError as failure:
            self._not_before[job.name] = desk.clock.monotonic() + AGAIN_AFTER
            _log.warning("nightly", extra=fields(job=job.name, code=failure.code))
            return
        with desk.store.write() as unit:
            facts.put(unit, Fact.NIGHTLY, json.dumps({**_done(unit), job.name: today}))


def _done(unit: Reading) -> dict[str, str]:
    found: dict[str, str] = json.loads(facts.get(unit, Fact.NIGHTLY) or "{}")
    return found


def _heard(unit: Reading, now: Moment) -> bool:
    heard = facts.get(unit, Fact.HEARD)
    return (
        bool(heard) and abs(now - int(heard)) <= HEARD_WITHIN and not facts.get(unit, Fact.RESYNC)
    )


def together(*turns: Callable[[], None]) -> Callable[[], None]:
    """Several things that are done at each turn of the sync, one after the other."""

    def turn() -> None:
        for each in turns:
            each()

    return turn
