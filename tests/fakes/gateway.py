"""An exchange in memory behind `ports.Gateway`: a compacted feed and scripted answers."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.commands import BODY_OF, Command, Result, ResultStatus
from carekraft_desktop.contract.enrolment import Meta
from carekraft_desktop.contract.feed import Acks, Item, Page
from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.errors import FeedRestarted

Answer = Callable[[Command], Result]


def applied(version: int) -> Answer:
    """The command was carried out and the booking now has `version`."""
    return lambda command: Result(key=command.key, status=ResultStatus.APPLIED, v=version)


def refused(status: ResultStatus, slug: Slug) -> Answer:
    """The command was not carried out."""
    return lambda command: Result(command.key, status, problem=problem(slug, "No."))


def said(command: Command) -> Any:
    """A command's body, read as the exchange reads it."""
    assert not isinstance(command.body, msgspec.UnsetType)
    return decode(command.body, BODY_OF[command.type])


@dataclass
class FakeGateway:
    """What a test puts in comes out page by page; what the desk says is kept for the test."""

    epoch: str = "epoch-1"
    page_items: int = 1_000
    feed: dict[tuple[str, str], Item] = field(default_factory=dict)
    sent: list[tuple[Command, ...]] = field(default_factory=list)
    acks: list[Acks] = field(default_factory=list)
    polls: list[tuple[str, int]] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)
    faults: deque[Exception | None] = field(default_factory=deque)
    """One is taken for each call; None means that this call goes well."""
    watch: Callable[[], None] = lambda: None
    """Called at each call; a test asserts there that no unit is open."""
    cut_short: bool = False
    """The next waiting ends before anything is asked."""
    seq: int = 0

    def put(self, *items: Item) -> None:
        """Change the exchange's state."""
        for item in items:
            self.seq += 1
            self.feed[item.kind, item.id] = msgspec.structs.replace(item, seq=self.seq)

    def restore(self) -> None:
        """The exchange lives on from a backup: a new epoch."""
        self.epoch = f"{self.epoch}x"

    def _call(self) -> None:
        self.watch()
        if self.faults and (fault := self.faults.popleft()) is not None:
            raise fault

    def meta(self) -> Meta:
        self._call()
        return Meta(self.epoch, 1, "0.0.1", datetime(2026, 11, 23, tzinfo=UTC), 1000, 25)

    def changes(self, cursor: str, *, limit: int, wait: int) -> Page | None:
        if wait and self.cut_short:
            self.cut_short = False
            return None
        self._call()
        self.polls.append((cursor, wait))
        epoch, _, place = (cursor or f"{self.epoch}_0").rpartition("_")
        if epoch != self.epoch:
            raise FeedRestarted
        most = min(limit, self.page_items)
        later = sorted((i for i in self.feed.values() if i.seq > int(place)), key=lambda i: i.seq)
        page = later[:most]
        last = page[-1].seq if page else int(place)
        return Page(self.epoch, page, f"{self.epoch}_{last}", len(later) > most, self.seq, 30.0)

    def send(self, commands: tuple[Command, ...]) -> tuple[Result, ...]:
        self._call()
        self.sent.append(commands)
        results = []
        for command in commands:
            answer = self.answers.popleft() if self.answers else applied(command.if_version + 1)
            results.append(answer(command))
        return tuple(results)

    def acknowledge(self, acks: Acks) -> None:
        self._call()
        self.acks.append(acks)

    def cut(self) -> None:
        self.cut_short = True
