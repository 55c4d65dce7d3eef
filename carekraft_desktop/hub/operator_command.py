"""The operator's commands: `hub office …`, `hub code …`, `hub workstation …`."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from carekraft_desktop.contract.codec import Malformed
from carekraft_desktop.hub import (
    directory_command,
    feed,
    incident_command,
    lag_command,
    operating,
    partner_command,
    public_command,
    sign_in,
)
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.exits import NOT_FOUND, REFUSED, fail
from carekraft_desktop.hub.fhir.partners import NoRights
from carekraft_desktop.hub.now import utc_now
from carekraft_desktop.hub.operating import NotAZone, Taken, Unknown
from carekraft_desktop.hub.sandbox.crowd import Inhabited

Work = Callable[[Connection], list[str]]


def add_to(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the operator's commands to the parser."""
    _action(actions, "upgrade", "bring the database's schema up to date", _upgrade)
    office = _group(actions, "office", "add, list, measure, export or erase offices")
    add = _action(office, "add", "open an office", _add)
    add.add_argument("office_id", metavar="OFFICE")
    add.add_argument("--name", required=True)
    add.add_argument("--zone", required=True, help="IANA name, e.g. America/Chicago")
    add.add_argument("--phone", default="")
    add.add_argument("--npi", default="", help="the office's national number, for referrals")
    _action(office, "list", "all offices with their feeds and workstations", _list)
    lag = _action(
        office, "lag", "how far behind each office's workstations are", lag_command.by_office
    )
    lag.add_argument("office_id", metavar="OFFICE", nargs="?", default="")
    export = _action(office, "export", "write an office's feed to a file, patients included", None)
    export.add_argument("office_id", metavar="OFFICE")
    export.add_argument("file", type=Path, metavar="FILE", help="must not exist")
    export.set_defaults(do=_export)
    erase = _action(office, "erase", "remove an office for good", _erase)
    erase.add_argument("office_id", metavar="OFFICE")
    erase.add_argument("--yes", metavar="OFFICE", help="the same id again, as a confirmation")
    code = _group(actions, "code", "issue or void enrolment codes")
    for name, words, do in (
        ("issue", "a code for one workstation, good for 15 minutes", _issue),
        ("void", "make every open code of an office useless", _void),
    ):
        _action(code, name, words, do).add_argument("office_id", metavar="OFFICE")
    listing = _group(actions, "directory", "fill the directory of who can be booked")
    put = _action(listing, "put", "add or replace entries from a file of JSON lines", None)
    put.add_argument("file", type=Path, metavar="FILE", help=directory_command.LINES)
    put.set_defaults(do=directory_command.put)
    epoch = _group(actions, "epoch", "the name of the database's life")
    _action(epoch, "show", "say which it is", _epoch)
    _action(
        epoch,
        "renew",
        "begin a new one, after a backup was restored or a standby promoted with commits missing; "
        "workstations then read everything anew and send again what is missing",
        _new_epoch,
    )
    partner = _group(actions, "partner", "register, name or list partners' systems (FHIR)")
    partner_command.add_arguments(
        _action(partner, "add", "register a partner's system", partner_command.add)
    )
    words = "note what a partner calls something of the office's"
    partner_command.map_arguments(_action(partner, "map", words, partner_command.name_thing))
    _action(partner, "list", "all partners with their scopes", partner_command.listed)
    public = _group(actions, "public", "invented offices and their public, for trials of size")
    for name, words, arguments, work in (
        ("fill", "make invented offices", public_command.fill_arguments, public_command.fill),
        ("play", "let a day pass", public_command.play_arguments, public_command.play),
    ):
        parser = _action(public, name, words, None)
        parser.set_defaults(do=work)
        arguments(parser)
    incident_command.add_to(_group(actions, "incident", incident_command.WORDS), _action)
    workstation = _group(actions, "workstation", "list or revoke workstations")
    every = _action(
        workstation, "list", "all workstations, revoked ones included", lag_command.by_workstation
    )
    every.add_argument("office_id", metavar="OFFICE", nargs="?", default="")
    revoke = _action(workstation, "revoke", "shut a workstation or partner out", _revoke)
    revoke.add_argument("client_id", metavar="WORKSTATION")


def run(chosen: argparse.Namespace, database: Database) -> int:
    """Carry one out; the exit code."""
    try:
        lines = chosen.do(chosen, database)
    except Unknown as unknown:
        return fail(NOT_FOUND, f"there is no {unknown}")
    except Malformed as refusal:
        return fail(REFUSED, refusal.reason)
    except (Taken, NotAZone, FileExistsError, NoRights, Inhabited) as refusal:
        return fail(REFUSED, _why(refusal))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _why(refusal: Exception) -> str:
    if isinstance(refusal, Taken):
        return f"there is an office {refusal} already"
    if isinstance(refusal, NotAZone):
        return f"nobody knows the time zone {refusal}"
    if isinstance(refusal, Inhabited):
        return "the database has offices that are not invented"
    if isinstance(refusal, NoRights):
        return "no scope of those gives anything here"
    return "the file exists already"


def _group(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    parser = actions.add_parser(name, help=words, description=words.capitalize() + ".")
    return parser.add_subparsers(dest="what", required=True, metavar="WHAT")


def _action(
    group: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    words: str,
    do: Callable[[argparse.Namespace, Connection], list[str]] | None,
) -> argparse.ArgumentParser:
    parser = group.add_parser(name, help=words, description=words.capitalize() + ".")
    parser.add_argument("--database", metavar="URL", required=True, help="SQLAlchemy URL")
    if do is not None:
        parser.set_defaults(
            do=lambda chosen, database: database.write(lambda connection: do(chosen, connection))
        )
    return parser


def _upgrade(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    """Opening it has done the work."""
    del chosen, connection
    return ["the schema is up to date"]


def _epoch(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    del chosen
    return [feed.current_epoch(connection)]


def _new_epoch(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    del chosen
    return [feed.new_epoch(connection)]


def _add(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    operating.add_office(
        connection,
        chosen.office_id,
        name=chosen.name,
        zone=chosen.zone,
        phone=chosen.phone,
        npi=chosen.npi,
        at=utc_now(),
    )
    return [f"opened {chosen.office_id}"]


def _list(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    del chosen
    return [
        f"{each.office_id}\t{each.name}\tfeed at {each.head}\t{each.workstations} workstations"
        for each in operating.offices(connection)
    ]


def _issue(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    return [operating.issue_code(connection, chosen.office_id, utc_now())]


def _void(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    return [f"voided {operating.void_codes(connection, chosen.office_id)}"]


def _revoke(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    if not sign_in.revoke(connection, chosen.client_id, utc_now()):
        raise Unknown(chosen.client_id)
    return [f"revoked {chosen.client_id}"]


def _erase(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    if chosen.yes != chosen.office_id:
        return [f"nothing done; to erase it for good add --yes {chosen.office_id}"]
    return [f"erased {operating.erase(connection, chosen.office_id)} rows"]


def _export(chosen: argparse.Namespace, database: Database) -> list[str]:
    """Owner-only, whole or not at all."""
    part = chosen.file.with_name(chosen.file.name + ".part")
    if chosen.file.exists():
        raise FileExistsError
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            count = database.read(
                lambda connection: sum(
                    bool(file.write(line))
                    for line in operating.export(connection, chosen.office_id)
                )
            )
        part.rename(chosen.file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return [f"wrote {count} items"]
