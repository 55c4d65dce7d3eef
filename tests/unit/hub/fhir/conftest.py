"""Fixtures of the facade's tests: an exchange on SQLite, and its partners.

What differs between the engines is run on PostgreSQL by `test_on_postgres.py`.
"""

import pytest

from tests.hub_fixture import Hub
from tests.unit.hub.fhir.partner import Partner, register


@pytest.fixture
def server() -> None:
    """SQLite."""


@pytest.fixture
def system(hub: Hub) -> Partner:
    """The office's own system, which publishes times and confirms bookings."""
    return register(hub)


@pytest.fixture
def portal(hub: Hub) -> Partner:
    """A system through which people ask for visits."""
    return register(hub, role="books")
