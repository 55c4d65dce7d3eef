"""Long-polls: woken by news at once, sent home when replaced or when the exchange stops."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from carekraft_desktop.hub import feed
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import steady
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import NOON, Desk, Hub

QUICK = 1.0
"""Seconds; far below the wait that is asked for, so passing it means waiting was cut short."""


def until_waiting(hub: Hub, count: int) -> None:
    """Wait until so many requests are held back."""
    until = steady() + 10
    while hub.exchange.wakeups.count != count:
        assert steady() < until, f"{hub.exchange.wakeups.count} wait, not {count}"
        requests.get(f"{hub.url}/healthz", timeout=5)


def test_news_wake_a_waiting_page_at_once(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the look that finds commits of other processes, which would wake it within a second.
    monkeypatch.setattr("carekraft_desktop.hub.feed.heads", lambda *_: {})
    desk = hub.enrol()
    _, cursor = desk.everything()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.page, cursor, wait=20)
        until_waiting(hub, 1)
        begun = steady()
        booking = hub.play("patient/book")["done"]
        page = waiting.result(QUICK * 5)
    assert steady() - begun < QUICK
    assert booking in {item.id for item in page.items}


def test_waiting_costs_no_thread_so_others_are_answered(hub: Hub) -> None:
    desks = [hub.enrol(f"Desk {number}") for number in range(3)]
    _, cursor = desks[0].everything()
    hub.settings.waits_per_client = 40
    with ThreadPoolExecutor(30) as pool:
        waiting = [pool.submit(long_poll, desks[number % 3], cursor) for number in range(30)]
        until_waiting(hub, 30)
        begun = steady()
        assert requests.get(f"{hub.url}/v1/meta", timeout=5).ok
        assert steady() - begun < QUICK
        hub.play("patient/book")
        pages = [each.result(20) for each in waiting]
    assert all(page.json()["items"] for page in pages)


def long_poll(desk: Desk, cursor: str) -> requests.Response:
    """A waiting request on a connection of its own."""
    return requests.get(
        f"{desk.hub.office_url}/changes",
        params={"cursor": cursor, "wait": "20"},
        headers={"Authorization": str(desk.session.headers["Authorization"])},
        timeout=40,
    )


def test_a_wait_that_brings_nothing_ends_with_an_empty_page(hub: Hub) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    begun = steady()
    page = desk.page(cursor, wait=1)
    assert steady() - begun >= 1
    assert (page.items, page.cursor) == ([], cursor)


def test_a_workstations_oldest_wait_makes_room_for_a_new_one(hub: Hub) -> None:
    hub.settings.waits_per_client = 1
    desk = hub.enrol()
    _, cursor = desk.everything()
    other = Desk(hub, desk.client_id, desk.key, hub.session())
    other.session.headers["Authorization"] = desk.session.headers["Authorization"]
    with ThreadPoolExecutor(2) as pool:
        old = pool.submit(desk.page, cursor, wait=20)
        until_waiting(hub, 1)
        new = pool.submit(other.page, cursor, wait=20)
        assert old.result(QUICK * 5).items == []
        assert not new.done()
        hub.play("patient/book")
        assert new.result(QUICK * 5).items


def test_who_hangs_up_is_not_waited_for(hub: Hub) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    with pytest.raises(requests.Timeout):
        desk.session.get(
            f"{hub.office_url}/changes", params={"cursor": cursor, "wait": "20"}, timeout=0.3
        )
    until_waiting(hub, 0)


def test_commits_of_another_process_wake_too(hub: Hub) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    other = Database(str(hub.database.url))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.page, cursor, wait=20)
        until_waiting(hub, 1)
        change = Change(kind="notice", id="from-elsewhere", body="{}")
        other.write(lambda connection: feed.write(connection, OFFICE_ID, [change], NOON))
        page = waiting.result(10)
    other.close()
    assert [item.id for item in page.items] == ["from-elsewhere"]


def test_stopping_sends_everybody_home(hub: Hub) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.page, cursor, wait=20)
        until_waiting(hub, 1)
        begun = steady()
        hub.stop()
        assert waiting.result(QUICK * 5).items == []
    assert steady() - begun < QUICK * 3
