"""A seat at which the privacy officer keeps, holds and disposes; for tests of the life of the data."""

from datetime import UTC, datetime, timedelta

from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.services import attesting, copying, disposal
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store.disposals import Run
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway

OFFICER = Staff("staff-9", "j.park", "Jo Park", frozenset({Role.PRIVACY_OFFICER, Role.FRONT_DESK}))
"""The officer also stands at the desk, as in most small offices."""
DAY = 86_400


def officer(seat: Workstation) -> Desk:
    """The officer's desk at a seat."""
    return replace(seat.desk, staff=OFFICER)


def proof(desk: Desk) -> StepUp:
    """That the password was typed just now."""
    return StepUp(desk.staff, desk.now(), desk.clock.monotonic())


def patient(
    exchange: FakeGateway,
    number: int,
    status: str,
    *,
    when: datetime = samples.NOON,
    birth: str = "1979-03-12",
    v: int = 1,
) -> tuple[str, str]:
    """Somebody with one booking in a FHIR status; ids of patient and booking."""
    patient_id, booking_id = f"pat-{number}", f"book-{number}"
    exchange.put(
        samples.patient(
            patient_id, given=f"Given{number}", family=f"Family{number}", birth_date=birth, v=v
        ),
        samples.consent(f"cons-{number}", patient_id=patient_id, v=v),
        samples.coverage(f"cov-{number}", patient_id=patient_id, v=v),
        samples.booking(booking_id, patient_id=patient_id, status=status, start=when, v=v),
    )
    return patient_id, booking_id


def unshare(exchange: FakeGateway, number: int, *, v: int = 2) -> None:
    """The patient withdraws everything, in the order in which the exchange tells it."""
    for kind, name in (("booking", "book"), ("consent", "cons"), ("coverage", "cov")):
        exchange.put(samples.gone(kind, f"{name}-{number}", v=v, reason="unshared"))
    exchange.put(samples.gone("patient", f"pat-{number}", v=v, reason="unshared"))


def dispose(seat: Workstation) -> Run:
    """One night."""
    return disposal.run(officer(seat))


def day(text: str) -> datetime:
    """Noon in Chicago of an ISO date."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(hours=18)


def count(seat: Workstation, table: str, where: str = "1") -> int:
    """Rows of a table."""
    with seat.store.read() as unit:
        return int(unit.value(f"SELECT count(*) FROM {table} WHERE {where}"))


def let_copy(desk: Desk) -> None:
    """The officer lets bookings be copied at this desk's workstation."""
    answers = replace(desk, staff=OFFICER)
    copying.let(answers, proof(answers), on=True)


def let_confirm(desk: Desk, staff: Staff) -> None:
    """A colleague has had the training and read the policy."""
    for subject in sorted(FIRST):
        attesting.confirm(replace(desk, staff=staff), subject)
