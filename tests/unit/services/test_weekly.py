"""The weekly review from a real journal: read, signed once, overdue."""

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.weekly import Kind
from carekraft_desktop.errors import NoLongerThere, NotPermitted
from carekraft_desktop.services import journal, visits, weekly
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store.journal import Sieve
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation, exchange, seat, template
from tests.fakes.gateway import FakeGateway

__all__ = ["exchange", "seat", "template"]
ADA = Staff("staff-9", "a.osei", "Ada Osei", frozenset({Role.PRIVACY_OFFICER}))


@pytest.fixture
def officer(seat: Workstation, exchange: FakeGateway) -> Desk:
    """The officer, after a week in which a visit was opened and the journal refused."""
    exchange.put(*samples.whole_office())
    seat.cycle()
    visits.card(seat.desk, "book-1")
    with pytest.raises(NotPermitted):
        journal.opened(seat.desk)
    return replace(seat.desk, staff=ADA, team=(seat.desk.staff, ADA))


def a_week_later(seat: Workstation, weeks: int = 1) -> None:
    seat.clock.advance(seconds=weeks * 7 * 24 * 3_600)


@pytest.mark.req("REQ-22")
def test_a_week_is_read_signed_once_and_the_signature_stays(
    officer: Desk, seat: Workstation
) -> None:
    assert weekly.weeks(officer) == ()
    a_week_later(seat)
    (week,) = weekly.weeks(officer)
    assert (week.signature, week.overdue) == (None, False)
    report = weekly.report(officer, week.start)
    assert [each.kind for each in report.findings if each.kind is Kind.DENIED] == [Kind.DENIED]
    signed = weekly.sign(officer, week.start)
    assert (signed.signed_by, signed.findings) == (ADA.id, len(report.findings))
    assert weekly.weeks(officer)[0].signature == signed
    with pytest.raises(NoLongerThere):
        weekly.sign(officer, week.start)
    with pytest.raises(IntegrityError), seat.store.write() as unit:
        unit.run("DELETE FROM weekly_review")
    said = [(e.action, e.staff) for _, e in journal.page(officer, Sieve(), most=4)]
    assert ("weekly.sign", ADA.id) in said


@pytest.mark.req("REQ-22")
def test_a_week_that_nobody_signed_for_seven_days_is_overdue(
    officer: Desk, seat: Workstation
) -> None:
    a_week_later(seat)
    assert weekly.overdue(officer) == 0
    a_week_later(seat)
    assert weekly.overdue(officer) == 1
    assert weekly.overdue(seat.desk) == 0
    weekly.sign(officer, weekly.weeks(officer)[-1].start)
    assert weekly.overdue(officer) == 0


@pytest.mark.req("REQ-22")
def test_somebody_who_looks_at_their_own_family_is_named(officer: Desk, seat: Workstation) -> None:
    with seat.store.read() as unit:
        name = str(unit.value("SELECT sort_name FROM patient")).partition(",")[0]
    relative = replace(seat.desk.staff, display=f"Rosa {name}")
    here = replace(officer, team=(relative, ADA))
    a_week_later(seat)
    report = weekly.report(here, weekly.weeks(here)[0].start)
    (one,) = [each for each in report.findings if each.kind is Kind.SURNAME]
    assert (one.about, one.staff) == ("book-1", relative.id)
    assert name in report.names["book-1"]


@pytest.mark.req("REQ-02")
def test_nobody_else_reads_it(seat: Workstation, officer: Desk) -> None:
    a_week_later(seat)
    with pytest.raises(NotPermitted):
        weekly.weeks(seat.desk)
    with pytest.raises(NotPermitted):
        weekly.sign(seat.desk, weekly.weeks(officer)[0].start)
