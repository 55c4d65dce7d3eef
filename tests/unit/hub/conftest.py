"""Fixtures of the exchange's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub_fixture import hub
from tests.unit.hub.bench import Bench, make_bench

__all__ = ["bench", "hub"]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """An exchange's tables with a small office, and no server."""
    made = make_bench(tmp_path)
    yield made
    made.database.close()
