"""What somebody is alerted of, over a real store."""

from datetime import timedelta

import msgspec
import pytest

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


def test_what_comes_in_the_second_of_what_was_told_is_told_too(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    seat.cycle()
    alerts.told(seat.desk, alerts.news(seat.desk).place)
    exchange.put(later(samples.booking("book-4"), 1))
    seat.cycle()
    first = alerts.news(seat.desk)
    alerts.told(seat.desk, first.place)
    exchange.put(later(samples.booking("book-5"), 1))
    seat.cycle()
    second = alerts.news(seat.desk)
    assert first.requests == {"book-4"}
    assert second.requests == {"book-5"}
    alerts.told(seat.desk, second.place)
    assert alerts.news(seat.desk).total == 0


def test_where_everything_came_in_one_second_all_of_it_is_told(
    seat: Workstation, exchange: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "_MOST", 2)
    exchange.put(*samples.whole_office())
    exchange.put(*(samples.booking(f"book-{n}") for n in range(10, 16)))
    seat.cycle()
    place = alerts.news(seat.desk).place
    assert place.told is None
    alerts.told(seat.desk, place)
    assert alerts.news(seat.desk).total == 0
