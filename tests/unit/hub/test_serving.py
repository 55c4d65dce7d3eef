"""The exchange answers on a port without delay, and breaks as it is told to."""

import asyncio
import socket

import pytest
import requests
from starlette.applications import Starlette

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.feed import Page
from carekraft_desktop.hub import serve
from carekraft_desktop.hub.now import steady
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from tests.hub_fixture import Hub


def test_a_workstation_enrols_and_reads_the_whole_feed(hub: Hub) -> None:
    desk = hub.enrol()
    items, _ = desk.everything(limit=50)
    kinds = {item.kind for item in items}
    assert kinds >= {"office", "provider", "schedule", "slot", "patient", "consent", "booking"}
    seqs = [item.seq for item in items]
    assert seqs == sorted(set(seqs))


def test_connections_send_without_waiting_for_acknowledgements(hub: Hub) -> None:
    hub.enrol()
    sockets = [each.get_extra_info("socket") for each in hub.exchange.connections.transports()]
    assert sockets
    assert all(each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for each in sockets)


@pytest.mark.parametrize("kind", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER, FaultKind.CUT_MIDWAY])
def test_a_connection_is_cut(hub: Hub, kind: FaultKind) -> None:
    desk = hub.enrol()
    hub.play("faults", kind=kind, path="/changes")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        desk.get("/changes")
    assert desk.get("/changes").ok


def test_answers_are_spoiled(hub: Hub) -> None:
    desk = hub.enrol()
    for kind in (FaultKind.GARBAGE, FaultKind.TRUNCATED):
        hub.sandbox.faults.order(Fault(kind=kind, path="/changes"))
        answer = desk.get("/changes")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        with pytest.raises(Malformed):
            decode(answer.content, Page)
    hub.sandbox.faults.order(Fault(kind=FaultKind.WRONG_TYPE, path="/changes"))
    answer = desk.get("/changes")
    assert answer.headers["Content-Type"] == "text/html"
    assert decode(answer.content, Page).items


def test_an_answer_is_late(hub: Hub) -> None:
    desk = hub.enrol()
    hub.sandbox.faults.order(Fault(kind=FaultKind.SLOW, path="/changes", seconds=0.3))
    begun = steady()
    assert desk.page().items
    assert steady() - begun >= 0.3


def test_orders_skip_are_counted_and_are_called_off(hub: Hub) -> None:
    desk = hub.enrol()
    hub.play("faults", kind="unavailable", path="/changes", times=2, skip=1)
    assert [desk.get("/changes").status_code for _ in range(4)] == [200, 503, 503, 200]
    hub.play("faults", kind="unavailable", times=5)
    assert requests.delete(f"{hub.url}/sandbox/faults", timeout=20).json() == {"left": 0}
    assert desk.get("/changes").ok


def _answer_at_the_door(hub: Hub, turns: int) -> bytes:
    """What somebody hears who came that many turns of the loop after the exchange was to stop."""

    async def ask() -> bytes:
        place = serve.bind("127.0.0.1", 0)
        server = serve.Server(Starlette(), hub.exchange)
        serving = asyncio.create_task(server.serve(sockets=[place]))
        while not server.started:
            await asyncio.sleep(0)
        door = place.getsockname()
        server.ask_to_stop()
        for _ in range(turns):
            await asyncio.sleep(0)
        with socket.create_connection(door, timeout=5) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: exchange\r\n\r\n")
            await serving
            return client.recv(100)

    return asyncio.run(ask())


@pytest.mark.parametrize("turns", range(8))
def test_whoever_is_at_the_door_when_it_stops_is_not_left_waiting(hub: Hub, turns: int) -> None:
    try:
        answer = _answer_at_the_door(hub, turns)
    except ConnectionError:
        return  # refused or reset: told at once as well
    assert answer.startswith(b"HTTP/1.1 ") or not answer
