"""What leaves the office in a session of all kinds of acts: where to, and with which headers.

Every connection and every look-up of a name is recorded while it happens, and every byte that the
program sends. The rest of the suite refuses anything but this computer; here it is only the one
address that the office was enrolled at.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from carekraft_desktop.domain.acts import Cancel
from carekraft_desktop.domain.incidents import Kind
from carekraft_desktop.domain.marks import CallOutcome
from carekraft_desktop.services import (
    calls,
    find,
    handover,
    incidents,
    marks,
    persons,
    posture,
    support,
    visits,
)
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub
from tests.keeping import let_copy

HEADERS = {
    "accept",
    "accept-encoding",
    "authorization",
    "carekraft-client",
    "connection",
    "content-length",
    "content-type",
    "host",
}
"""All that a request carries about itself."""


class Wire:
    """Everything that was connected to, looked up and sent."""

    def __init__(self) -> None:
        self.places: set[tuple[str, int]] = set()
        self.names: set[str] = set()
        self.sent = bytearray()


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """Listen to this process's sockets."""
    wire = Wire()
    connect, sendall, lookup = socket.socket.connect, socket.socket.sendall, socket.getaddrinfo

    def connected(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX:
            wire.places.add((str(address[0]), int(address[1])))
        return connect(self, address)

    def sent(self: socket.socket, data: Any, *more: Any) -> Any:
        wire.sent += bytes(data)
        return sendall(self, data, *more)

    def looked_up(host: Any, *more: Any, **named: Any) -> Any:
        wire.names.add(str(host))
        return lookup(host, *more, **named)

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", connected)
        patch.setattr(socket.socket, "sendall", sent)
        patch.setattr(socket, "getaddrinfo", looked_up)
        yield wire


def a_day_at_the_desk(seat: Seat) -> None:
    """One of everything that a front desk does."""
    desk = seat.opened.desk
    first = seat.request()
    visits.card(desk, first)
    marks.claim(desk, first)
    visits.accept(desk, first)
    seat.settle()
    marks.enter(desk, first)
    let_copy(desk)
    handover.copy(desk, first)
    marks.call(desk, first, CallOutcome.REACHED)
    visits.cancel(desk, first, Cancel.OFFICE_CLOSED)
    patient = visits.card(desk, first).visit.patient_id
    persons.card(desk, patient)
    find.find(desk, "a")
    calls.to_call(desk)
    incidents.open_one(desk, Kind.MISSENT)
    seat.settle()


@pytest.mark.req("REQ-38")
def test_no_other_place_than_the_exchange_is_reached_and_no_trace_of_the_machine_is_sent(
    tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = urlsplit(hub.url)
    hub.play("patient/book")
    with recorded(monkeypatch) as wire:
        seat = Seat(hub, tmp_path / "home")
        seat.settle()
        a_day_at_the_desk(seat)
        posture.outside(seat.program._around(), idle_minutes=5)
        support.bundle(seat.program.stands(), seat.opened.desk)
        seat.program.cover("person")
        seat.settle()
        seat.program.lock()
        seat.program.wait_until_closed(5)
    assert wire.places == {("127.0.0.1", exchange.port)}
    assert wire.names <= {"127.0.0.1"}
    text = bytes(wire.sent).decode("utf-8", errors="replace")
    heads = re.findall(r"(?:GET|POST) \S+ HTTP/1\.1\r\n(.*?)\r\n\r\n", text, re.DOTALL)
    assert len(heads) > 10
    names = {line.partition(":")[0].lower() for head in heads for line in head.split("\r\n")}
    assert names <= HEADERS
    clients = set(re.findall(r"(?i)carekraft-client: (\S+)", text))
    assert all(re.fullmatch(r"desktop/\d+\.\d+\.\d+", client) for client in clients)
    assert socket.gethostname() not in text or len(socket.gethostname()) < 6


@pytest.mark.req("REQ-38")
def test_no_patients_name_or_number_leaves_in_a_day_at_the_front_desk(
    tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.play("patient/book")
    with recorded(monkeypatch) as wire:
        seat = Seat(hub, tmp_path / "home")
        seat.settle()
        a_day_at_the_desk(seat)
        with seat.opened.store.read() as unit:
            told = [
                value
                for row in unit.rows("SELECT name, phone, email, address FROM patient")
                for value in row
                if len(value) > 6
            ]
        seat.program.lock()
        seat.program.wait_until_closed(5)
    sent = bytes(wire.sent).decode("utf-8", errors="replace")
    assert len(told) > 50
    assert [value for value in told if value in sent] == []
