"""What the office asked for, and how much of it is looked at to show a day."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from carekraft_desktop.store import outbox
from carekraft_desktop.store.unit import Reading
from tests.benchmarks import sample


def test_no_look_at_a_day_goes_through_the_acts_of_years(tmp_path: Path) -> None:
    asked: list[str] = []
    store = sample.new_store(tmp_path / "office")
    with store.read() as unit:

        class Noting(Reading):
            """Says what it was asked."""

            def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
                asked.append(sql)
                return unit.rows(sql, *values)

        def unused(sql: str, values: Sequence[Any]) -> Any:
            raise AssertionError((sql, values))

        outbox.showing(Noting(unused))
        outbox.marks_showing(Noting(unused))
        plans = [str(row[3]) for sql in asked for row in unit.rows(f"EXPLAIN QUERY PLAN {sql}")]
    store.close()
    of_outbox = [step for step in plans if "outbox" in step]
    assert any("outbox_ahead" in step for step in of_outbox)
    assert any("outbox_open" in step for step in of_outbox)
    assert not [step for step in of_outbox if "INDEX" not in step]
