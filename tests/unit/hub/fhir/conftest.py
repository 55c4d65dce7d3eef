"""Fixtures of the facade's tests: an exchange on SQLite and on PostgreSQL, and its partners."""

import pytest

from tests.hub_fixture import Hub
from tests.unit.hub.fhir.partner import Partner, register


@pytest.fixture
def system(hub: Hub) -> Partner:
    """The office's own system, which publishes times and confirms bookings."""
    return register(hub)


@pytest.fixture
def portal(hub: Hub) -> Partner:
    """A system through which people ask for visits."""
    return register(hub, role="books")
