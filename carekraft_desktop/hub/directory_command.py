"""`hub directory put`: the directory of who can be booked, from a file of JSON lines."""

import argparse

from msgspec import Struct

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.directory import Entry
from carekraft_desktop.contract.limits import Id
from carekraft_desktop.contract.opaque import tells_something
from carekraft_desktop.contract.referrals import is_npi
from carekraft_desktop.hub import directory
from carekraft_desktop.hub.database import Database

LINES = '{"office": ID, "provider": ID, "entry": {...}} on each line; see Entry in the OpenAPI file'


class Listed(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a directory's file: an entry and who is behind it."""

    office: Id
    provider: Id
    entry: Entry


def put(chosen: argparse.Namespace, database: Database) -> list[str]:
    """All lines or none: a file with a mistake changes nothing."""
    lines = chosen.file.read_bytes().splitlines()
    found: list[tuple[Entry, str, str]] = []
    for number, line in enumerate(lines, 1):
        try:
            listed = decode(line, Listed)
        except Malformed as refusal:
            where = f"line {number}: {refusal.reason}"
            raise Malformed(where) from None
        if not is_npi(listed.entry.npi) or tells_something(listed.entry.location_id):
            where = f"line {number}: a number or place that is not taken"
            raise Malformed(where)
        found.append((listed.entry, listed.office, listed.provider))
    database.write(lambda connection: directory.put(connection, found))
    return [f"{len(found)} entries"]
