"""Old entries of the journal are packed into segments, and go after six years (REQ-32).

A segment is proved like the entries it holds: the chain runs through it. When its six years are
over its content goes and its two ends stay, so that the chain of what is left is still proved.
"""

from carekraft_desktop.domain.retention import paper
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.withdrawal import Around
from carekraft_desktop.store import disposals, holds, journal_segments, retention
from carekraft_desktop.store.disposals import DISPOSED, HELD, Line

PACKED_AFTER = 2 * 365 * 86_400
"""Seconds after which an entry is packed; what people look at is younger."""
IN_SEGMENT = 10_000
"""Entries in one segment."""
LEAST = 1_000
"""Fewer entries than this wait for more."""


def archive(desk: Desk, how: Around) -> None:
    """Pack what is old, and empty the segments whose six years are over; within a disposal."""
    while True:
        with desk.store.write() as unit:
            made = desk.journal.pack(
                unit, before=how.now - PACKED_AFTER, most=IN_SEGMENT, least=LEAST
            )
            if made is None:
                break
            desk.note(unit, "journal.pack", detail=f"{made.first}-{made.last}")
    with desk.store.read() as unit:
        old = journal_segments.full(unit, how.today)
    for segment in old:
        with desk.store.write() as unit:
            stays = holds.on_paper(unit)
            if not stays:
                desk.journal.empty(unit, segment)
            run = disposals.runs(unit, most=1)[0]
            life = paper(retention.day_of(segment.until_at, how.zone))
            name = f"{segment.first}-{segment.last}"
            outcome = HELD if stays else DISPOSED
            disposals.add(unit, run.id, Line("journal", name, life, outcome))
            if not stays:
                desk.note(unit, "journal.disposed", detail=name)
