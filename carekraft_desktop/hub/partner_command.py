"""The operator's commands for partners' systems: `hub partner add`, `map` and `list`."""

import argparse
from pathlib import Path

from sqlalchemy import Connection, select

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.enrolment import PublicKey
from carekraft_desktop.hub import feed, operating
from carekraft_desktop.hub.fhir import partners
from carekraft_desktop.hub.fhir.shown import KIND_OF
from carekraft_desktop.hub.now import utc_now
from carekraft_desktop.hub.operating import Unknown
from carekraft_desktop.hub.scopes import KNOWN
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.tables import device

BOOKS = "system/Slot.rs system/Schedule.rs system/Appointment.crus system/Patient.crus "
BOOKS += "system/Practitioner.rs system/Location.rs system/Organization.rs"
PUBLISHES = BOOKS.replace("Slot.rs", "Slot.crus").replace("Schedule.rs", "Schedule.crs")
PUBLISHES += " system/AppointmentResponse.c"
ROLES = {"books": BOOKS, "publishes": PUBLISHES}
"""Scopes by what a partner is for."""


def add_arguments(add: argparse.ArgumentParser) -> None:
    """What `partner add` is told."""
    add.add_argument("office_id", metavar="OFFICE")
    add.add_argument("--name", required=True, help="what the operator calls it")
    add.add_argument(
        "--key",
        type=Path,
        required=True,
        metavar="FILE",
        help="its public key: a JWK (RFC 7517) on P-384 with kid, as JSON",
    )
    add.add_argument(
        "--role",
        choices=sorted(ROLES),
        default="books",
        help="books: makes requests that the office answers; publishes: is the office's own "
        "system, with schedules, slots and confirmed bookings [%(default)s]",
    )
    add.add_argument("--scope", default="", help="SMART scopes in place of the role's")


def map_arguments(parser: argparse.ArgumentParser) -> None:
    """What `partner map` is told."""
    parser.add_argument("client_id", metavar="PARTNER")
    parser.add_argument("type", choices=[kind for kind in KNOWN if kind in KIND_OF])
    parser.add_argument("number", metavar="SYSTEM|VALUE", help="the partner's own identifier")
    parser.add_argument("id", metavar="ID", help="our id of the same thing")


def add(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    """Register a partner; its client id is printed."""
    operating.require(connection, chosen.office_id)
    key = _key(chosen.key)
    client_id = partners.register(
        connection,
        chosen.office_id,
        name=chosen.name,
        key=key,
        scopes=chosen.scope or ROLES[chosen.role],
        at=utc_now(),
    )
    return [client_id]


def name_thing(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    """Note what a partner calls something of the office's."""
    row = connection.execute(
        select(device).where(device.c.client_id == chosen.client_id, device.c.scopes != "")
    ).one_or_none()
    if row is None:
        raise Unknown(chosen.client_id)
    partner = Device(row.client_id, row.office_id, row.scopes)
    there = feed.one(connection, row.office_id, KIND_OF[chosen.type], chosen.id)
    if there is None or there["gone"]:
        raise Unknown(chosen.id)
    system, _, value = chosen.number.rpartition("|")
    partners.call(connection, partner, chosen.type, chosen.id, [(system, value)])
    return [f"{chosen.type} {chosen.id} is {chosen.number} to {chosen.client_id}"]


def listed(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    """All partners with their scopes."""
    del chosen
    rows = connection.execute(
        select(device).where(device.c.scopes != "").order_by(device.c.office_id, device.c.name)
    )
    return [
        f"{row.office_id}\t{row.client_id}\t{row.name}\t{row.scopes}"
        + ("\trevoked" if row.revoked_at is not None else "")
        for row in rows
    ]


def _key(path: Path) -> PublicKey:
    """The public key in a file.

    Raises:
        Malformed: it is none, or it is a private one.
    """
    try:
        data = path.read_bytes()
    except OSError:
        reason = "the key's file cannot be read"
        raise Malformed(reason) from None
    if b'"d"' in data:
        reason = "that is a private key; it stays with the partner"
        raise Malformed(reason)
    return decode(data, PublicKey)
