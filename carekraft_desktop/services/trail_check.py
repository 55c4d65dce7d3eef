"""Whether the journal here is the one that the exchange remembers (REQ-14).

Somebody who puts yesterday's files back, with everything that lies beside them, has a journal whose
chain fits. The exchange knows how far it had come and the chain's code there; it knows nothing of
what it says.
"""

import json

from carekraft_desktop.contract.workstations import Trail
from carekraft_desktop.domain.incidents import Entered, File, Kind
from carekraft_desktop.ports import Clock, Ids
from carekraft_desktop.store import facts, incidents, journal
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Reading, Store, Writing
from carekraft_desktop.value import Value

EXPLAINED = 30 * 86_400
"""Seconds for which a backup that was put back explains entries that are missing."""


class TrailCheck(Value, frozen=True):
    """Compares, and opens an incident's file where entries are missing and nothing explains it."""

    store: Store
    journal: Journal
    device: str
    clock: Clock
    ids: Ids

    def here(self) -> Trail | None:
        """How far the journal has come."""
        with self.store.read() as unit:
            last = journal.last_code(unit)
        return Trail(last[0], last[1].hex()) if last is not None else None

    def compare(self, furthest: Trail) -> None:
        """Once for each point that the exchange remembers and that is not in the journal here."""
        seen = f"{furthest.entries}:{furthest.code}"
        with self.store.read() as unit:
            code = journal.code_of(unit, furthest.entries)
            if code is not None and code.hex() == furthest.code:
                return
            if facts.get(unit, Fact.TRAIL_TOLD) == seen:
                return
        with self.store.write() as unit:
            facts.put(unit, Fact.TRAIL_TOLD, seen)
            self._tell(unit, furthest)

    def _tell(self, unit: Writing, furthest: Trail) -> None:
        now = int(self.clock.now().timestamp())
        last = journal.last_code(unit)
        here = last[0] if last is not None else 0

        def note(action: str, about: str, detail: str) -> None:
            self.journal.append(unit, Entry(now, "", self.device, action, about, detail))

        detail = f"{here} of {furthest.entries}"
        if _was_put_back(unit, now - EXPLAINED):
            note("journal.restored", "", detail)
            return
        note("journal.behind", "", detail)
        file = File(self.ids.new(), Kind.MALWARE, self.device, now, "", "", "")
        incidents.open_file(unit, file)
        evidence = json.dumps({"journal_here": here, "journal_known": furthest.entries})
        for kind, value in ((Entered.DISCOVERED, str(now)), (Entered.EVIDENCE, evidence)):
            incidents.add(unit, file.id, kind, value, staff="", at=now)
        note("incident.open", file.id, Kind.MALWARE.value)


def _was_put_back(unit: Reading, since: int) -> bool:
    return bool(
        unit.value(
            "SELECT EXISTS (SELECT 1 FROM journal WHERE action = 'restore.done' AND at >= ?)", since
        )
    )
