"""A week in an office by the services that its pages use: what a privacy officer finds afterwards."""

import contextlib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.domain.asking import Asked
from carekraft_desktop.domain.retention import Table
from carekraft_desktop.domain.reviews import Stage
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.worst_day import Kind, Step
from carekraft_desktop.errors import NotPermitted
from carekraft_desktop.services import (
    attesting,
    backup,
    disposal,
    holds,
    incidents,
    journal,
    paper,
    papers,
    persons,
    replies,
    requests,
    retention,
    reviews,
)
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.store.holds import Scope
from carekraft_desktop.store.journal import Sieve
from carekraft_desktop.value import replace
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON
from tests.keeping import let_confirm
from tests.repliers import PAPERS, SAFE

PASSWORD = "copper-harbor-lantern-31"
BEGAN = NOON - timedelta(days=8)


@dataclass
class Lived:
    """What people did in the office; all of it by the services that the pages use."""

    program: Program
    opened: Opened
    clock: FakeClock
    colleagues: list[Desk] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return self.opened.desk

    def patients(self) -> list[str]:
        with self.opened.store.read() as look:
            return [str(id_) for (id_,) in look.rows("SELECT id FROM patient ORDER BY id")]

    def first_day(self) -> None:
        """People, the table, a backup and its trial."""
        proof = self.program.confirm(self.desk.staff.id, PASSWORD)
        papers.put(self.desk, PAPERS)
        for subject in attesting.due(self.desk):
            attesting.confirm(self.desk, subject)
        for name, display, role in (
            ("m.chen", "Mei Chen", Role.FRONT_DESK),
            ("k.boateng", "Kofi Boateng", Role.REPLY_AUTHOR),
            ("a.osei", "Dr. Amara Osei", Role.PROVIDER),
        ):
            newcomer = Newcomer(name, display, frozenset({role}), PASSWORD)
            staff = self.program.let_in(newcomer, proof=proof)
            let_confirm(self.desk, staff)
            self.colleagues.append(replace(self.desk, staff=staff))
        team = (self.desk.staff, *(each.staff for each in self.colleagues))
        self.colleagues = [replace(each, team=team) for each in self.colleagues]
        retention.confirm(self.desk, Table(state="IL", never_came_days=21), proof)

    def day(self) -> None:
        """Telephones ring, people look up, and now and then something stands out."""
        seen = self.patients()
        day = (self.clock.now() - BEGAN).days
        for desk in self.colleagues[::2]:
            for patient in seen[day * 40 : day * 40 + 12]:
                persons.card(desk, patient)
        front, author, _ = self.colleagues
        with contextlib.suppress(NotPermitted):
            journal.page(author, Sieve())
        disposal.run(self.desk)
        if day % 3 == 0:
            paper.printed(front, "day", pages=2, patients=18)

    def last_day(self) -> None:
        """What waits for the officer on the morning of the round."""
        proof = self.program.confirm(self.desk.staff.id, PASSWORD)
        front, author, _ = self.colleagues
        seen, today = self.patients(), self.clock.now().date()
        for number, (kind, days) in enumerate(
            ((Asked.ACCESS, 24), (Asked.AMENDMENT, 12), (Asked.ACCOUNTING, 3), (Asked.COMPLAINT, 1))
        ):
            requests.take(front, seen[number], kind, received=today - timedelta(days=days))
        file = incidents.open_one(front, Kind.MISSENT)
        incidents.tick(self.desk, file.id, Step.STAY_CALM)
        holds.put(self.desk, holds.Wish(Scope.PATIENT, "M-2026-07", seen[5]), proof)
        holds.put(
            self.desk, holds.Wish(Scope.DATES, "M-2026-08", "", "2026-11-03", "2026-11-04"), proof
        )
        open_ones = [line.review.id for line in reviews.inbox(author) if line.stage is Stage.NEW]
        replies.begin(author, open_ones[0])
        replies.suggest(author, open_ones[0], SAFE)
        made = backup.make(self.program._around(), self.opened, "", proof)
        self.program.backups.try_restore(Path(made.backup.place), PASSWORD, "")
