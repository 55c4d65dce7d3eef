"""What support may see: versions, codes and counts, from a list of what is allowed, to be read first.

Nothing is taken that is not named here. No id, no name, no address, no text that anybody typed: a
patient cannot be in it because nothing of a patient is asked for. Whoever sends it has seen it.
"""

import json
import platform
from pathlib import Path

from carekraft_desktop import __version__
from carekraft_desktop.config import translated
from carekraft_desktop.domain.posture import Line
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import support
from carekraft_desktop.store.unit import SCHEMA

ALLOWED = frozenset(
    {
        "version",
        "system",
        "cipher",
        "derivation",
        "fips",
        "keyring",
        "idle",
        "people",
        "capture",
        "spool",
        "backup",
        "restore-drill",
        "paper-drill",
        "access-review",
        "rotation",
        "journal-proof",
        "weekly-review",
        "papers",
        "incidents",
        "quarantine",
        "agreement",
        "contact",
    }
)
"""Lines of the posture that may leave; the destinations, which name partners, may not."""
COUNTED = ("patient", "booking", "review", "referral", "outbox", "quarantine", "journal")
"""Tables of which the number of rows is told."""
WEEK = 7 * 86_400


def bundle(outside: tuple[Line, ...], desk: Desk | None = None) -> str:
    """The whole text, as it would leave; with an open office also counts and codes."""
    said: dict[str, object] = {
        "program": __version__,
        "system": f"{platform.system()} {platform.release()}".strip(),
        "python": platform.python_version(),
        "schema": SCHEMA,
        "stands": _lines(outside),
    }
    if desk is not None:
        desk.require(Right.RUN_SYNC, "support.bundle")
        with desk.store.write() as unit:
            said["counts"] = support.counts(unit, COUNTED)
            said["acts_of_seven_days"] = support.acts(unit, desk.now() - WEEK)
            said["waiting"] = support.deliveries(unit)
            said["not_understood"] = support.errors(unit)
            desk.note(unit, "support.bundle")
    return json.dumps(said, indent=2, sort_keys=True, ensure_ascii=True) + "\n"


def write(text: str, place: Path) -> None:
    """Keep what was read and found good.

    Raises:
        StoreReadOnly, DiskFull: the file cannot be written.
    """
    try:
        place.write_text(text, encoding="ascii")
    except OSError as failure:
        raise translated(failure) from failure


def _lines(lines: tuple[Line, ...]) -> list[dict[str, object]]:
    return [
        {"what": each.subject, "standing": each.standing.value, "said": each.value, "at": each.at}
        for each in lines
        if each.subject in ALLOWED
    ]
