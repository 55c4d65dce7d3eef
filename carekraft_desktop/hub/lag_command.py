"""`hub office lag` and `hub workstation list`: how far behind the offices' workstations are."""

import argparse

from sqlalchemy import Connection

from carekraft_desktop.hub import operating
from carekraft_desktop.hub.now import utc_now
from carekraft_desktop.hub.operating import LagLine


def by_office(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    """One line for each office: its workstation that is furthest behind, and the most silent."""
    stations_of: dict[str, list[LagLine]] = {}
    for each in operating.lag(connection, utc_now(), chosen.office_id):
        if not each.revoked:
            stations_of.setdefault(each.office_id, []).append(each)
    lines = []
    for office_id, stations in sorted(stations_of.items()):
        told = [each.behind for each in stations if each.behind is not None]
        silent = [each.silent for each in stations if each.silent is not None]
        behind = f"{max(told)} behind" if told else "no report yet"
        heard = f"\tall reported within {max(silent)} s" if len(silent) == len(stations) else ""
        missing = len(stations) - len(silent)
        never = f"\t{missing} never reported" if missing and told else ""
        held = sum(each.quarantined for each in stations)
        aside = f"\t{held} set aside" if held else ""
        count = f"{len(stations)} workstations"
        lines.append(f"{office_id}\t{count}\t{behind}{heard}{never}{aside}")
    return lines


def by_workstation(chosen: argparse.Namespace, connection: Connection) -> list[str]:
    """One line for each workstation."""
    lines = []
    for each in operating.lag(connection, utc_now(), chosen.office_id):
        behind = "no report yet" if each.behind is None else f"{each.behind} behind"
        silent = "" if each.silent is None else f"\treported {each.silent} s ago"
        held = f"\t{each.quarantined} set aside" if each.quarantined else ""
        state = "\trevoked" if each.revoked else ""
        lines.append(
            f"{each.office_id}\t{each.client_id}\t{each.name}\t{behind}{silent}{held}{state}"
        )
    return lines
