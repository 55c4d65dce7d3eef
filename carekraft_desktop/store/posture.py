"""What the store knows of how the installation stands."""

import json
from collections.abc import Sequence

from carekraft_desktop.store.unit import Reading


def last(unit: Reading, actions: Sequence[str]) -> tuple[int, str, str]:
    """Moment, outcome and detail of the newest journal entry of these actions; 0 for none."""
    row = unit.row(
        """SELECT at, outcome, detail FROM journal
        WHERE action IN (SELECT value FROM json_each(?)) ORDER BY n DESC LIMIT 1""",
        json.dumps(list(actions)),
    )
    return (0, "", "") if row is None else (int(row[0]), str(row[1]), str(row[2]))


def open_incidents(unit: Reading) -> int:
    """Incidents that nobody has brought to an end."""
    return int(unit.value("SELECT count(*) FROM incident WHERE closed_at = 0"))
