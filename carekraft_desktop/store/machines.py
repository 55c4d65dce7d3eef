"""The office's workstations with their last word."""

import json
from collections.abc import Sequence

from msgspec.structs import asdict

from carekraft_desktop.domain.machines import Machine, MachineState, Wrap
from carekraft_desktop.store.unit import Reading, Writing


def put(unit: Writing, machines: Sequence[Machine], *, force: bool) -> None:
    """Keep each as it spoke last."""
    wins = int(force)
    unit.run_many(
        """INSERT INTO machine VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, name = excluded.name, at = excluded.at,
        word = excluded.word, statement = excluded.statement, lost_at = excluded.lost_at
        WHERE excluded.version > machine.version OR ?""",
        [
            (
                each.device,
                each.version,
                each.name,
                each.at,
                json.dumps(_word(each)),
                each.statement,
                each.lost_at or 0,
                wins,
            )
            for each in machines
        ],
    )


def others(unit: Reading, device: str) -> tuple[Machine, ...]:
    """Every workstation but this one, by name."""
    rows = unit.rows(
        """SELECT id, version, name, at, word, statement, lost_at FROM machine WHERE id <> ?
        ORDER BY name, id""",
        device,
    )
    return tuple(_machine(*row) for row in rows)


def _word(machine: Machine) -> dict[str, object]:
    left_out = {"device", "version", "name", "at", "statement", "lost_at"}
    return {name: value for name, value in asdict(machine).items() if name not in left_out}


def _machine(
    device: str, version: int, name: str, at: int, word: str, statement: str, lost_at: int
) -> Machine:
    said = json.loads(word)
    said["state"], said["wrap"] = MachineState(said["state"]), Wrap(said["wrap"])
    return Machine(
        device=device,
        version=version,
        name=name,
        at=at,
        statement=statement,
        lost_at=lost_at or None,
        **said,
    )
