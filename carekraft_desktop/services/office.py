"""The office and its providers, as every page needs them."""

from carekraft_desktop.domain.visits import Office, Provider
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import office as offices


def office(desk: Desk) -> Office | None:
    """The office of this workstation, None before it has arrived."""
    with desk.store.read() as unit:
        return offices.office(unit)


def providers(desk: Desk) -> tuple[Provider, ...]:
    """All providers by name, those who have left included."""
    with desk.store.read() as unit:
        return offices.providers(unit)
