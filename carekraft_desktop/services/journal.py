"""The journal for whoever answers for privacy: read it, prove it, take a signed copy along.

Looking at it is journalled as well, once for each visit to it and not for each page.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import astuple

from carekraft_desktop.config import translated
from carekraft_desktop.domain import trail
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.security.people import Unlocked
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import facts, journal
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Sieve
from carekraft_desktop.value import Value

AT_ONCE = 2_000
"""Entries read at a time for an export."""


class Proof(Value, frozen=True):
    """What a look at the whole chain found."""

    entries: int
    first_wrong: int | None
    """Number of the first entry that was altered, removed or put in; None if all fit."""


def opened(desk: Desk) -> tuple[str, ...]:
    """Somebody begins to read; ids of the people who occur in it."""
    desk.require(Right.SEE_JOURNAL, "journal.open")
    with desk.store.write() as unit:
        desk.note(unit, "journal.open")
        return journal.staff_in(unit)


def page(desk: Desk, sieve: Sieve, *, before: int = 0, most: int = 200) -> list[tuple[int, Entry]]:
    """Entries, newest first; `before` is the number of the last one that is shown already."""
    desk.require(Right.SEE_JOURNAL, "journal.open")
    with desk.store.read() as unit:
        return journal.page(unit, sieve, before=before, most=most)


def proof(desk: Desk) -> Proof:
    """Check the whole chain; takes a while, so for a worker."""
    desk.require(Right.SEE_JOURNAL, "journal.prove")
    with desk.store.read() as unit:
        wrong = desk.journal.first_wrong(unit)
        count = int(unit.value("SELECT coalesce(max(n), 0) FROM journal"))
    with desk.store.write() as unit:
        desk.note(unit, "journal.prove", detail=str(wrong or ""))
    return Proof(count, wrong)


def export(
    desk: Desk, unlocked: Unlocked, place: Path, told: Callable[[int, int], None] = lambda *_: None
) -> trail.Report:
    """Write a signed copy and check it as a stranger would; for a worker.

    Args:
        desk: who takes it.
        unlocked: signs it.
        place: a file that is made anew.
        told: called with how many entries are written, and of how many.

    Raises:
        StoreReadOnly, DiskFull: the file cannot be written.
    """
    from carekraft_desktop.security.signatures import holds

    found = proof(desk)
    with desk.store.read() as unit:
        store_id = facts.get(unit, Fact.STORE_ID)
    head = trail.Head(
        store=store_id,
        made_at=desk.now(),
        made_by=desk.staff.id,
        key=unlocked.verifying,
        whole=found.first_wrong is None,
    )
    try:
        with place.open("wb") as copy:
            for number, line in enumerate(trail.written(head, _lines(desk), unlocked.sign)):
                copy.write(line)
                if number % AT_ONCE == 0:
                    told(number, found.entries)
        with place.open("rb") as copy:
            report = trail.checked(copy, holds)
    except OSError as failure:
        raise translated(failure) from failure
    with desk.store.write() as unit:
        desk.note(unit, "journal.export", detail=str(report.entries))
    return report


def _lines(desk: Desk) -> Iterator[trail.Line]:
    """All entries in their order, over short looks at the store."""
    last = 0
    while True:
        with desk.store.read() as unit:
            entries = journal.after(unit, last, most=AT_ONCE)
        if not entries:
            return
        for n, entry in entries:
            yield trail.Line(n, *astuple(entry))
        last = entries[-1][0]
