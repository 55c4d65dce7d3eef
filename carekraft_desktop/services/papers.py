"""Policies and officials on file; without them the reply editor stays closed (REQ-23, 31, 46)."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import EditorClosed
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import register
from carekraft_desktop.store.register import NEEDED, Paper
from carekraft_desktop.store.unit import Reading


def in_force(desk: Desk) -> dict[Paper, str]:
    """What is on file now."""
    desk.require(Right.SEE_REVIEWS, "papers.see")
    with desk.store.read() as unit:
        return register.in_force(unit, desk.now())


def on_day(desk: Desk, at: Moment) -> dict[Paper, str]:
    """What was in force at a moment of the past."""
    desk.require(Right.KEEP_PAPERS, "papers.see")
    with desk.store.read() as unit:
        return register.in_force(unit, at)


def official(desk: Desk, which: Paper) -> str:
    """The name of an official, as it stands below a letter; empty while nobody is named."""
    with desk.store.read() as unit:
        return register.in_force(unit, desk.now()).get(which, "")


def missing(unit: Reading, now: Moment) -> tuple[Paper, ...]:
    """What still has to be put on file."""
    there = register.in_force(unit, now)
    return tuple(paper for paper in NEEDED if paper not in there)


def require(unit: Reading, now: Moment) -> None:
    """Let a person go on only when everything needed is on file.

    Raises:
        EditorClosed: something is missing.
    """
    if missing(unit, now):
        raise EditorClosed


def put(desk: Desk, values: dict[Paper, str]) -> None:
    """Put versions on file from now on; what has not changed is left as it is."""
    desk.require(Right.KEEP_PAPERS, "papers.put")
    now = desk.now()
    with desk.store.write() as unit:
        there = register.in_force(unit, now)
        for paper, value in values.items():
            tidy = " ".join(value.split())
            if tidy == there.get(paper, ""):
                continue
            register.file_paper(unit, paper, tidy, from_at=now, staff=desk.staff.id, at=now)
            desk.note(unit, "papers.put", detail=paper)
