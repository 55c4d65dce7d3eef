"""What the exchange does with requests that are not what they should be."""

import gzip

import pytest
import requests

from carekraft_desktop.contract.commands import Commands, CommandType
from carekraft_desktop.contract.feed import Acks, Erased, Erasing, Quarantined
from carekraft_desktop.hub import tables
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from tests.hub_fixture import NOON, Desk, Hub, new_key
from tests.unit.hub.bench import make_command

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def told(answer: requests.Response) -> str:
    """The kind of problem, after checking that it is one."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["title"]
    return str(document["type"]).removeprefix("urn:carekraft:problem:")


def posts(desk: Desk) -> list[tuple[str, dict[str, str]]]:
    """Every address that takes a body, with the type that it takes."""
    hub = desk.hub
    return [
        (f"{hub.url}/v1/enroll", JSON),
        (f"{hub.url}/oauth/token", FORM),
        (f"{hub.office_url}/commands", JSON),
        (f"{hub.office_url}/acks", JSON),
    ]


def nested(depth: int) -> bytes:
    return b'{"commands":' + b"[" * depth + b"]" * depth + b"}"


BODIES: dict[bytes, int] = {
    b"": 400,
    b"\x00\xff\xfe garbage": 400,
    b"[]": 400,
    b'{"commands":': 400,
    b'{"commands":[]}': 400,
    b"null": 400,
    nested(50): 400,
    nested(100_000): 400,
    b'{"a":"' + b"x" * 2_000_000 + b'"}': 413,
}


def test_bad_bodies_are_refused_everywhere(hub: Hub) -> None:
    desk = hub.enrol()
    for body, status in BODIES.items():
        for url, headers in posts(desk):
            answer = desk.session.post(url, data=body, headers=headers, timeout=20)
            small = len(body) > 16_000 and ("enroll" in url or "token" in url)
            assert answer.status_code == (413 if small else status), (url, body[:20])
            assert told(answer) in ("invalid-request", "too-large")
    assert desk.get("/changes").ok


def test_an_endless_body_is_cut_off(hub: Hub) -> None:
    desk = hub.enrol()

    chunks = (b"x" * 65_536 for _ in range(200))
    answer = desk.session.post(f"{hub.office_url}/commands", data=chunks, headers=JSON, timeout=20)
    assert (answer.status_code, told(answer)) == (413, "too-large")


def test_other_content_types_are_refused(hub: Hub) -> None:
    desk = hub.enrol()
    for content_type in ("text/plain", "", "application/fhir+json", "multipart/x"):
        for url, _ in posts(desk):
            headers = {"Content-Type": content_type}
            answer = desk.session.post(url, data=b"{}", headers=headers, timeout=20)
            assert (answer.status_code, told(answer)) == (415, "invalid-request"), content_type


def test_compressed_bodies_are_refused(hub: Hub) -> None:
    desk = hub.enrol()
    headers = {"Content-Encoding": "gzip"}
    answer = desk.post("/commands", gzip.compress(b" " * 10**7), headers=headers)
    assert (answer.status_code, told(answer)) == (415, "invalid-request")


BAD_QUERIES = (
    *("limit=0", "limit=1001", "limit=x", "limit=-1", "limit=1e3", "limit=٣", "wait=26", "wait=x"),
    *("cursor=%00", "cursor=" + "a" * 201, "cursor=abc", "kinds=" + "a," * 21),
)


def test_bad_queries_are_refused(hub: Hub) -> None:
    desk = hub.enrol()
    for query in BAD_QUERIES:
        answer = desk.get(f"/changes?{query}")
        assert (answer.status_code, told(answer)) == (400, "invalid-request"), query


def test_more_than_fifty_commands_are_refused(hub: Hub) -> None:
    desk = hub.enrol()
    many = [make_command(CommandType.ACCEPT, "b", 1) for _ in range(51)]
    answer = desk.post("/commands", {"commands": many})
    assert (answer.status_code, told(answer)) == (400, "invalid-request")
    assert len(desk.send(*many[:50])) == 50


def test_unknown_members_are_ignored(hub: Hub) -> None:
    desk = hub.enrol()
    body = b'{"cursor":"","surprise":{"a":[1]},"erased":[]}'
    assert desk.post("/acks", body).status_code == 204


def test_unknown_addresses_and_methods_are_problems(hub: Hub) -> None:
    desk = hub.enrol()
    for url in ("/", "/v2/meta", "/v1/offices", "/v1/offices/a/b/c", "/sandbox/none"):
        answer = requests.get(hub.url + url, timeout=20)
        assert (answer.status_code, told(answer)) == (404, "not-found")
    answer = desk.session.delete(f"{hub.office_url}/changes", timeout=20)
    assert (answer.status_code, told(answer)) == (405, "invalid-request")
    assert "GET" in answer.headers["Allow"]


def test_a_program_that_is_too_old_is_told_so(hub: Hub) -> None:
    desk = hub.enrol()
    hub.play("settings", min_client="0.2.0")
    desk.session.headers["CareKraft-Client"] = "desktop/0.1.9"
    for answer in (
        desk.get("/changes"),
        desk.post("/commands", b"{}"),
        hub.sign_in("x", desk.session),
    ):
        assert (answer.status_code, told(answer)) == (426, "client-too-old")
    meta = desk.session.get(f"{hub.url}/v1/meta", timeout=20).json()
    assert meta["min_client"] == "0.2.0"
    desk.session.headers["CareKraft-Client"] = "desktop/0.2.0"
    assert desk.get("/changes").ok


def test_meta_and_configuration_need_no_token(hub: Hub) -> None:
    meta = requests.get(f"{hub.url}/v1/meta", timeout=20).json()
    assert meta["now"].startswith("2026-11-24T16:30")
    assert (meta["api"], meta["page_items"], meta["wait_seconds"]) == (1, 1_000, 25)
    where = requests.get(f"{hub.url}/.well-known/smart-configuration", timeout=20).json()
    assert where["token_endpoint"] == hub.settings.token_endpoint
    for path in ("/healthz", "/readyz"):
        assert requests.get(hub.url + path, timeout=20).ok


def test_an_item_has_its_version_as_etag(hub: Hub) -> None:
    desk = hub.enrol()
    booking = hub.play("patient/book")["done"]
    answer = desk.get(f"/items/booking/{booking}")
    assert answer.headers["ETag"] == 'W/"1"'
    assert answer.json()["id"] == booking
    same = desk.get(f"/items/booking/{booking}", headers={"If-None-Match": 'W/"1"'})
    assert (same.status_code, same.content) == (304, b"")
    missing = desk.get("/items/booking/none")
    assert (missing.status_code, told(missing)) == (404, "not-found")


def test_an_item_that_is_gone_says_why(hub: Hub) -> None:
    desk = hub.enrol()
    gone = next(item for item in desk.everything()[0] if item.kind == "patient").id
    hub.play("patient/unshare", patient=gone)
    answer = desk.get(f"/items/patient/{gone}")
    assert (answer.status_code, told(answer)) == (410, "gone")
    assert answer.json()["errors"] == ["unshared"]


def test_a_restored_exchange_sends_cursors_back(hub: Hub) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    hub.play("restore")
    answer = desk.get("/changes", params={"cursor": cursor})
    assert (answer.status_code, told(answer)) == (410, "epoch-changed")


def test_pages_are_compressed_when_the_client_takes_it(hub: Hub) -> None:
    desk = hub.enrol()
    packed = desk.get("/changes", stream=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    plain = desk.get("/changes", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content


def test_reports_and_receipts_are_kept_and_may_be_repeated(hub: Hub) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    acks = Acks(
        cursor=cursor,
        quarantined=[Quarantined(kind="booking", id="b1", v=2, error="bad-payload")],
        erased=[
            Erased(
                kind="patient",
                id="p1",
                v=3,
                key=new_key(),
                at=NOON,
                outcome=Erasing.PARTIAL,
                dispose="2036-11",
            )
        ],
    )
    for _ in range(2):
        assert desk.post("/acks", acks).status_code == 204
    receipts = hub.read(lambda connection: connection.execute(tables.receipt.select()).all())
    assert [(row.kind, row.id, row.v) for row in receipts] == [("patient", "p1", 3)]
    assert [(row.outcome, row.dispose) for row in receipts] == [("partial", "2036-11")]
    progress = hub.read(lambda connection: connection.execute(tables.progress.select()).one())
    assert (progress.client_id, progress.cursor) == (desk.client_id, cursor)
    assert "bad-payload" in progress.quarantined


def test_a_storm_asks_for_patience(hub: Hub) -> None:
    desk = hub.enrol()
    hub.sandbox.faults.order(Fault(kind=FaultKind.UNAVAILABLE, path="/changes", seconds=7))
    hub.sandbox.faults.order(Fault(kind=FaultKind.SLOW_DOWN, path="/changes", times=2))
    storm = [desk.get("/changes") for _ in range(4)]
    assert [answer.status_code for answer in storm] == [503, 429, 429, 200]
    assert [told(answer) for answer in storm[:3]] == ["unavailable", "slow-down", "slow-down"]
    assert storm[0].headers["Retry-After"] == "7"


def test_the_date_header_may_lie(hub: Hub) -> None:
    assert hub.enrol().get("/changes").headers["Date"] == "Tue, 24 Nov 2026 16:30:00 GMT"
    hub.play("clock", header=3 * 86_400)
    answer = requests.get(f"{hub.url}/v1/meta", timeout=20)
    assert answer.headers["Date"] == "Fri, 27 Nov 2026 16:30:00 GMT"
    assert answer.json()["now"].startswith("2026-11-24")


def test_commands_value_is_what_the_wire_takes(hub: Hub) -> None:
    desk = hub.enrol()
    command = make_command(CommandType.ACCEPT, hub.play("patient/book")["done"], 1)
    answer = desk.post("/commands", Commands(commands=[command]))
    assert answer.json()["results"][0]["status"] == "applied"


@pytest.mark.logs
def test_a_mistake_of_ours_is_a_problem_that_tells_nothing(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = hub.enrol()

    def broken(*_: object, **__: object) -> None:
        message = "a patient's name"
        raise RuntimeError(message)

    monkeypatch.setattr("carekraft_desktop.hub.feed.page", broken)
    answer = desk.get("/changes")
    assert (answer.status_code, told(answer)) == (500, "unavailable")
    assert "patient's name" not in answer.text


def test_a_restored_backup_forgets_what_came_later(hub: Hub) -> None:
    desk = hub.enrol()
    booking = hub.play("patient/book")["done"]
    before, _ = desk.everything()
    assert hub.play("snapshot")["items"] == len(before)
    command = make_command(CommandType.ACCEPT, booking, 1)
    assert desk.send(command)[0].v == 2
    hub.play("restore")
    after, _ = desk.everything()
    assert {(item.kind, item.id, item.v) for item in after} == {
        (item.kind, item.id, item.v) for item in before
    }
    # The exchange does not remember the command, so its repetition is done, not a duplicate.
    assert desk.send(command)[0].status == "applied"


def test_odd_characters_are_refused_or_kept_but_break_nothing(hub: Hub) -> None:
    desk = hub.enrol()
    for text in (b"\\u0000", b"\\ud800", b"\\udfff\\ud800", b"\xed\xa0\x80"):
        answer = desk.post("/acks", b'{"cursor":"","quarantined":[],"x":"' + text + b'"}')
        assert answer.status_code in (204, 400), text
    for path in ("/items/booking/%00", "/items/%F0%9F%98%80/x", "/items/booking/" + "a" * 65):
        answer = desk.get(path)
        assert (answer.status_code, told(answer)) == (404, "not-found")
