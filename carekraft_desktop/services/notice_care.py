"""Acts on notices that have come: an incident of CareKraft's opens a file with its own clock."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.incidents import Entered, File, Kind
from carekraft_desktop.domain.notices import Notice, NoticeKind
from carekraft_desktop.ports import Ids
from carekraft_desktop.store import incidents, notices
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.unit import Reading, Writing

Note = Callable[[Writing, str, str, str], None]


def due(unit: Reading) -> tuple[Notice, ...]:
    """What nobody has acted on."""
    return notices.new(unit, NoticeKind.INCIDENT)


def care(unit: Writing, found: tuple[Notice, ...], now: Moment, ids: Ids, note: Note) -> None:
    """Open a file for each; the clock begins with the receipt (45 CFR 164.410, 164.404)."""
    there = {file.about for file in incidents.files(unit) if file.kind is Kind.TOLD}
    for notice in found:
        notices.seen(unit, notice.id)
        if notice.id in there:
            continue
        file = File(ids.new(), Kind.TOLD, notice.id, now, "", "", "")
        incidents.open_file(unit, file)
        said = json.loads(notice.body)
        lines = [(Entered.WHAT, str(said["what"])), (Entered.DISCOVERED, str(now))]
        if said["day"]:
            happened = min(now, _begin(unit, date.fromisoformat(said["day"])))
            lines.append((Entered.OCCURRED, str(happened)))
        if said["classes"]:
            lines.append((Entered.CLASSES, json.dumps(sorted(said["classes"]))))
        for kind, value in lines:
            incidents.add(unit, file.id, kind, value, staff="", at=now)
        note(unit, "incident.open", file.id, Kind.TOLD.value)


def _begin(unit: Reading, day: date) -> Moment:
    office = offices.office(unit)
    zone = ZoneInfo(office.zone if office is not None else "UTC")
    return int(datetime.combine(day, time(0), zone).timestamp())
