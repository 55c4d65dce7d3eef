"""Which records somebody had before their eyes: every row that was painted (REQ-11, REQ-12).

One entry holds the ids of many rows of one list, so that a day of five hundred visits is a dozen
entries; nothing of what stood in a row is in it.
"""

from collections.abc import Iterable, Mapping

from carekraft_desktop.services.desk import Desk

AT_ONCE = 50
"""Ids in one entry."""


def seen(desk: Desk, rows: Mapping[str, Iterable[str]]) -> int:
    """Write down that these rows were painted, by the list they were in; how many.

    Raises:
        StoreError: it cannot be written down, so it must not be shown (REQ-15).
    """
    count = 0
    with desk.store.write() as unit:
        for place, found in sorted(rows.items()):
            ids = list(found)
            count += len(ids)
            for at in range(0, len(ids), AT_ONCE):
                desk.note(unit, "rows.seen", place, detail=" ".join(ids[at : at + AT_ONCE]))
    return count
