"""What somebody is alerted of, over a real store."""

from datetime import timedelta

import msgspec

from carekraft_desktop.contract.feed import Item
from carekraft_desktop.contract.fhir import CANCELLED_BY
from carekraft_desktop.services import alerts
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.samples import NOON

BY_PATIENT = {"coding": [{"system": CANCELLED_BY, "code": "pat"}]}


def later(item: Item, minutes: int) -> Item:
    return msgspec.structs.replace(item, at=NOON + timedelta(minutes=minutes))


def test_what_was_there_before_the_first_look_is_no_news(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    seat.cycle()
    news = alerts.news(seat.desk)
    assert news.total == 0
    alerts.told(seat.desk, news.place)
    assert alerts.news(seat.desk).total == 0


def test_new_moved_and_cancelled_are_counted_apart(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    exchange.put(samples.booking("book-2", status="booked"), samples.booking("book-3"))
    seat.cycle()
    alerts.told(seat.desk, alerts.news(seat.desk).place)
    hour = timedelta(hours=1)
    exchange.put(
        later(samples.booking("book-4"), 1),
        later(samples.booking("book-2", status="booked", start=NOON + hour, v=2), 2),
        later(samples.booking("book-3", status="cancelled", cancelationReason=BY_PATIENT, v=2), 3),
    )
    seat.cycle()
    news = alerts.news(seat.desk)
    assert (news.new, news.moved, news.cancelled, news.changed) == (1, 1, 1, 0)
    alerts.told(seat.desk, news.place)
    assert alerts.news(seat.desk).total == 0


def test_a_confirmed_visit_that_the_patient_moves_counts_as_moved(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    exchange.put(samples.booking("book-2", status="booked"))
    seat.cycle()
    alerts.told(seat.desk, alerts.news(seat.desk).place)
    hour = timedelta(hours=1)
    exchange.put(later(samples.booking("book-2", status="proposed", start=NOON + hour, v=2), 2))
    seat.cycle()
    news = alerts.news(seat.desk)
    assert (news.new, news.moved) == (0, 1)


def test_nothing_is_forgotten_over_a_restart(seat: Workstation, exchange: FakeGateway) -> None:
    exchange.put(*samples.whole_office())
    seat.cycle()
    alerts.told(seat.desk, alerts.news(seat.desk).place)
    exchange.put(later(samples.booking("book-4"), 1))
    seat.cycle()
    seat.close()
    seat.open()
    assert alerts.news(seat.desk).new == 1
