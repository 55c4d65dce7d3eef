"""`hub incident ...`: tell an office of an incident, publish terms, read what offices told."""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection

from carekraft_desktop.contract.notices import Notice, NoticeKind
from carekraft_desktop.hub import notices, operating
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.now import utc_now

WORDS = "tell offices of incidents, publish terms, and read what offices told"
Add = Callable[..., argparse.ArgumentParser]


def add_to(group: object, action: Add) -> None:
    """Add the commands to the parser."""
    action(group, "list", "incidents of which offices told, in closed codes", None).set_defaults(
        do=listed
    )
    warn = action(group, "warn", "tell an office of an incident on our side", None)
    warn.set_defaults(do=_warn)
    warn.add_argument("office_id", metavar="OFFICE")
    warn.add_argument("incident_id", metavar="ID", help="the same for everybody it concerns")
    warn.add_argument("--what", required=True, help="a code, e.g. wrong-office")
    warn.add_argument("--day", required=True, type=date.fromisoformat, help="when it happened")
    warn.add_argument("--class", dest="classes", action="append", default=[], metavar="CLASS")
    terms = action(group, "terms", "publish a version of the terms to an office", None)
    terms.set_defaults(do=_terms)
    terms.add_argument("office_id", metavar="OFFICE")
    terms.add_argument("version", metavar="VERSION")
    terms.add_argument("--title", required=True)
    terms.add_argument("--day", required=True, type=date.fromisoformat, help="counts from")
    terms.add_argument("--changes", type=Path, metavar="FILE", help="a sentence on each line")


def listed(_chosen: argparse.Namespace, database: Database) -> list[str]:
    """What offices told, the newest first."""
    return [
        f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}  {office}  {id_}  {body}"
        for office, id_, at, body in database.read(notices.listed)
    ]


def _warn(chosen: argparse.Namespace, database: Database) -> list[str]:
    at = utc_now()

    def work(connection: Connection) -> None:
        operating.require(connection, chosen.office_id)
        notices.warn(
            connection,
            chosen.office_id,
            chosen.incident_id,
            what=chosen.what,
            day=chosen.day,
            classes=chosen.classes,
            at=at,
        )

    database.write(work)
    return [f"{chosen.office_id} is told"]


def _terms(chosen: argparse.Namespace, database: Database) -> list[str]:
    at = utc_now()
    lines = chosen.changes.read_text("utf-8").splitlines() if chosen.changes else []
    notice = Notice(
        id=f"terms.{chosen.version}",
        kind=NoticeKind.TERMS,
        at=at,
        day=chosen.day,
        version=chosen.version,
        title=chosen.title,
        lines=[line.strip() for line in lines if line.strip()],
    )

    def work(connection: Connection) -> None:
        operating.require(connection, chosen.office_id)
        notices.put(connection, chosen.office_id, notice, at)

    database.write(work)
    return [f"{chosen.office_id} is told"]
