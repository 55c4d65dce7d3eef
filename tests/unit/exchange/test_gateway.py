"""The one socket: whatever comes back, the answer is a value of the contract or one of our errors."""

import gzip
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.feed import Acks, Page
from carekraft_desktop.contract.limits import PAGE_BYTES
from carekraft_desktop.contract.problems import CONTENT_TYPE, Slug, problem
from carekraft_desktop.errors import (
    ExchangeError,
    FeedRestarted,
    Garbled,
    Offline,
    Refused,
    SignedOut,
    TooOld,
    Unavailable,
)
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.exchange.connection import Connection
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.scripted_server import Handler, Reply, Script, answer, cut, raw, serve

PAGE = encode(Page("epoch-1", [], "c1", more=False, head=0))


def token(life: int = 600) -> Reply:
    return answer(
        json.dumps({"access_token": "t", "token_type": "bearer", "expires_in": life}).encode()
    )


def configuration(handler: Handler) -> None:
    url = f"http://{handler.headers['Host']}/oauth/token"
    body = {
        "token_endpoint": url,
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES384"],
    }
    answer(json.dumps(body).encode())(handler)


def refusal(slug: Slug, **headers: str) -> Reply:
    document = problem(slug, "No.")
    return answer(
        encode(document), status=document.status, content_type=CONTENT_TYPE, headers=headers
    )


@pytest.fixture
def exchange() -> Iterator[Script]:
    """An exchange that answers an empty page."""
    with serve(answer(PAGE)) as script:
        script.replies.extend([configuration, token()])
        yield script


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def gateway(exchange: Script, clock: FakeClock) -> Iterator[ExchangeGateway]:
    """A workstation's gateway to it, not signed in yet."""
    device = Device("ws-1", "office-1", sign_in.new_key())
    gateway = ExchangeGateway(exchange.url, device, clock=clock, ids=FakeIds())
    yield gateway
    gateway.close()


def poll(gateway: ExchangeGateway, wait: int = 0) -> Page | None:
    return gateway.changes("", limit=100, wait=wait)


def test_it_signs_in_once_and_asks_with_its_token(
    gateway: ExchangeGateway, exchange: Script
) -> None:
    poll(gateway)
    poll(gateway)
    paths = [path.partition("?")[0] for _, path, _, _ in exchange.requests]
    assert paths == [
        "/.well-known/smart-configuration",
        "/oauth/token",
        "/v1/offices/office-1/changes",
        "/v1/offices/office-1/changes",
    ]
    assert exchange.requests[-1][2]["Authorization"] == "Bearer t"
    assert exchange.requests[-1][2]["CareKraft-Client"].startswith("desktop/")


def test_a_token_is_renewed_before_it_ends(
    gateway: ExchangeGateway, exchange: Script, clock: FakeClock
) -> None:
    poll(gateway)
    clock.advance(minutes=9.6)
    exchange.replies.append(token())
    poll(gateway)
    assert [path for _, path, _, _ in exchange.requests].count("/oauth/token") == 2


def test_a_token_that_the_exchange_forgot_is_renewed_once(
    gateway: ExchangeGateway, exchange: Script
) -> None:
    poll(gateway)
    exchange.replies.extend([refusal(Slug.TOKEN_INVALID), token()])
    assert poll(gateway) is not None
    exchange.replies.extend([refusal(Slug.TOKEN_INVALID), token(), refusal(Slug.TOKEN_INVALID)])
    with pytest.raises(SignedOut):
        poll(gateway)


def test_a_clock_that_is_days_off_still_signs_in(
    gateway: ExchangeGateway, exchange: Script, clock: FakeClock
) -> None:
    there = clock.now() + timedelta(days=3)
    date = format_datetime(there, usegmt=True)

    def dated(reply: Reply) -> Reply:
        def with_date(handler: Handler) -> None:
            handler.date_time_string = lambda _=None: date  # type: ignore[assignment,method-assign]
            reply(handler)

        return with_date

    exchange.replies.clear()
    exchange.replies.extend(
        [configuration, dated(refusal(Slug.TOKEN_INVALID)), dated(token()), dated(answer(PAGE))]
    )
    assert poll(gateway) is not None
    assert abs(gateway.clock_offset - 3 * 86400) < 2


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (cut(), Offline),
        (cut(PAGE[:20]), Offline),
        (raw(b"\x00\x01 not http at all\r\n\r\n"), Offline),
        (raw(b""), Offline),
        (answer(b""), Garbled),
        (answer(PAGE[:-3]), Garbled),
        (answer(b"[" * 100_000), Garbled),
        (answer(b'{"epoch":1}'), Garbled),
        (answer(b"\xff\xfe\x00"), Garbled),
        (answer(PAGE, content_type="text/html"), Garbled),
        (answer(b"<html>", status=403, content_type="text/html"), Garbled),
        (answer(b"{}", status=404, content_type=CONTENT_TYPE), Garbled),
        (answer(b" " * (PAGE_BYTES + 1)), Garbled),
        (answer(gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"}), Garbled),
        (answer(b"not gzip", headers={"Content-Encoding": "gzip"}), Garbled),
        (answer(b"", status=302, headers={"Location": "http://example.com/"}), Garbled),
        (answer(b"oops", status=500, content_type="text/plain"), Unavailable),
        (refusal(Slug.UNAVAILABLE), Unavailable),
        (refusal(Slug.SLOW_DOWN), Unavailable),
        (refusal(Slug.DEVICE_REVOKED), SignedOut),
        (refusal(Slug.NOT_YOUR_OFFICE), SignedOut),
        (refusal(Slug.EPOCH_CHANGED), FeedRestarted),
        (refusal(Slug.CURSOR_EXPIRED), FeedRestarted),
        (refusal(Slug.CLIENT_TOO_OLD), TooOld),
        (refusal(Slug.NOT_FOUND), Refused),
    ],
)
def test_every_bad_answer_is_one_of_our_errors_and_the_next_good_one_is_taken(
    gateway: ExchangeGateway, exchange: Script, reply: Reply, error: type[ExchangeError]
) -> None:
    poll(gateway)
    exchange.replies.append(reply)
    with pytest.raises(error) as caught:
        poll(gateway)
    assert caught.type is error
    assert "office-1" not in str(caught.value)
    assert poll(gateway) is not None


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("999999", 3600.0), ("soon", None), ("-5", 0.0)]
)
def test_it_heeds_the_time_the_exchange_asks_for(
    gateway: ExchangeGateway, exchange: Script, header: str, seconds: float | None
) -> None:
    poll(gateway)
    exchange.replies.append(refusal(Slug.SLOW_DOWN, **{"Retry-After": header}))
    with pytest.raises(Unavailable) as caught:
        poll(gateway)
    assert caught.value.retry_after == seconds


def test_nobody_at_the_address_is_being_offline(clock: FakeClock) -> None:
    with serve(answer(b"")) as gone:
        address = gone.url
    device = Device("ws-1", "office-1", sign_in.new_key())
    gateway = ExchangeGateway(address, device, clock=clock, ids=FakeIds())
    with pytest.raises(Offline):
        poll(gateway)
    gateway.close()


@pytest.mark.req("REQ-20")
@pytest.mark.parametrize(
    "address", ["http://exchange.example.com", "ftp://127.0.0.1", "exchange", "https://", ""]
)
def test_only_https_or_this_computer_itself(address: str) -> None:
    with pytest.raises(Garbled):
        Connection(address)


@pytest.mark.req("REQ-20", "REQ-38")
def test_a_token_address_on_another_host_is_not_followed(
    gateway: ExchangeGateway, exchange: Script
) -> None:
    elsewhere = {
        "token_endpoint": "https://example.com/token",
        "token_endpoint_auth_methods_supported": [],
        "token_endpoint_auth_signing_alg_values_supported": [],
    }
    exchange.replies.clear()
    exchange.replies.append(answer(json.dumps(elsewhere).encode()))
    with pytest.raises(Garbled):
        poll(gateway)


def test_waiting_is_cut_from_another_thread(gateway: ExchangeGateway, exchange: Script) -> None:
    poll(gateway)
    asked, release = threading.Event(), threading.Event()

    def holds(handler: Handler) -> None:
        asked.set()
        release.wait(10)
        handler.close_connection = True

    exchange.replies.append(holds)
    found: list[Page | None] = []
    thread = threading.Thread(target=lambda: found.append(poll(gateway, wait=25)))
    thread.start()
    assert asked.wait(10)
    gateway.cut()
    thread.join(10)
    release.set()
    assert found == [None]
    assert poll(gateway) is not None


def test_a_cut_before_the_waiting_begins_is_not_lost(
    gateway: ExchangeGateway, exchange: Script
) -> None:
    gateway.cut()
    assert poll(gateway, wait=25) is None
    assert poll(gateway, wait=25) is not None


def test_a_command_is_not_cut_off(gateway: ExchangeGateway, exchange: Script) -> None:
    poll(gateway)
    gateway.cut()
    exchange.replies.append(answer(b"{}", status=202))
    gateway.acknowledge(Acks(cursor=""))


def test_the_key_does_not_show(gateway: ExchangeGateway) -> None:
    device = gateway._device
    assert device.key["d"] not in repr(device)
