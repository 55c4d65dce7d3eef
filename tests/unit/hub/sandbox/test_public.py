"""What patients do in the sandbox, by themselves and by order."""

import json
from collections import Counter, defaultdict
from typing import Any

import pytest
import requests
from sqlalchemy import select

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.feed import Item
from carekraft_desktop.contract.fhir import Consent, Patient
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.sandbox.public import WEIGHTS, Public
from carekraft_desktop.hub.settings import Settings
from carekraft_desktop.hub.sharing import CLASSES, Withdrawn, sharing_of
from carekraft_desktop.hub.slots import LIVE, SLOT_OF
from tests.hub_fixture import NOON, Desk, Hub
from tests.unit.hub.bench import Bench, make_bench

Json = dict[str, Any]


def check_soundness(bench: Bench) -> None:
    """Rows, slots and bodies say the same; no slot is held twice."""
    with_slot: dict[str, list[str]] = defaultdict(list)
    rows = bench.read(lambda connection: connection.execute(select(tables.booking)).all())
    for row in rows:
        body = bench.booking(row.id)
        assert body.status == row.status
        assert body.start is not None
        assert int(body.start.timestamp()) == row.start_at
        if row.slot_id is not None and row.status in LIVE:
            with_slot[row.slot_id].append(row.status)
    for slot in bench.slots():
        states = with_slot.get(slot.id, [])
        assert len(states) <= 1
        assert slot.status == (SLOT_OF[states[0]] if states else "free")


def public_of(bench: Bench, seed: int) -> Public:
    exchange = Exchange(bench.database, Settings(url="http://here"), now=bench.now)
    return Public(exchange, OFFICE_ID, seed=seed)


def test_the_public_does_everything_and_leaves_a_sound_state(bench: Bench) -> None:
    public = public_of(bench, 9)
    done = Counter(public.step() for _ in range(250))
    assert done.keys() >= WEIGHTS.keys() - {"answer", "review-delete"}
    check_soundness(bench)


def test_somebody_under_18_books_alone_and_a_guardian_comes_along(hub: Hub) -> None:
    alone = hub.play("minors/book")

    def patient() -> Patient:
        row = hub.read(lambda c: feed.one(c, OFFICE_ID, "patient", alone["patient"]))
        assert row is not None
        return decode(row["body"].encode(), Patient)

    was = patient()
    assert (was.contact, bool(was.telecom)) == ([], True)
    assert was.birth_date is not None
    assert 13 <= NOON.year - int(was.birth_date[:4]) <= 17
    assert hub.play("minors/guardian") == {"patient": alone["patient"]}
    named = patient()
    assert (len(named.contact), named.telecom) == (1, [])
    assert hub.play("minors/guardian") == {"patient": ""}


def test_the_public_answers_proposals(bench: Bench) -> None:
    bookings = [bench.in_state("pending") for _ in range(6)]
    public = public_of(bench, 2)
    for _ in bookings:
        public.happen("answer")
    assert {bench.booking(each).status for each in bookings} <= {"booked", "cancelled"}
    check_soundness(bench)


def test_the_same_seed_does_the_same_things(tmp_path_factory: pytest.TempPathFactory) -> None:
    histories = []
    for _ in range(2):
        bench = make_bench(tmp_path_factory.mktemp("bench"))
        public = public_of(bench, 4)
        events = [public.step() for _ in range(60)]
        bodies = bench.read(
            lambda connection: connection.execute(
                select(tables.item.c.seq, tables.item.c.body).order_by(tables.item.c.seq)
            ).all()
        )
        histories.append((events, [tuple(row) for row in bodies]))
        bench.database.close()
    assert histories[0] == histories[1]


def patient_with_everything(desk: Desk) -> tuple[str, dict[str, list[Item]]]:
    """A patient who shares all four classes and has a booking with medical data."""
    items, _ = desk.everything()
    found: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if item.op == "put" and item.kind in ("patient", "consent", "coverage", "booking"):
            found[subject(item)][item.kind].append(item)
    for patient, of in found.items():
        text = b"".join(bytes(each.data) for each in of["booking"])  # type: ignore[arg-type]
        full = b'"telecom"' in bytes(of["patient"][0].data)  # type: ignore[arg-type]
        if of["coverage"] and b'"reasonCode"' in text and full and b"birthDate" in body(of):
            return patient, of
    pytest.fail("no such patient in this office")


def body(of: dict[str, list[Item]]) -> bytes:
    return bytes(of["patient"][0].data)  # type: ignore[arg-type]


def subject(item: Item) -> str:
    resource = json.loads(bytes(item.data))  # type: ignore[arg-type]
    reference: str = {
        "patient": lambda: f"Patient/{resource['id']}",
        "consent": lambda: resource["patient"]["reference"],
        "coverage": lambda: resource["beneficiary"]["reference"],
        "booking": lambda: resource["participant"][0]["actor"]["reference"],
    }[item.kind]()
    return reference.removeprefix("Patient/")


def test_withdrawing_class_by_class_empties_what_was_sent(hub: Hub) -> None:
    desk = hub.enrol()
    patient, of = patient_with_everything(desk)
    consent = of["consent"][0].id
    for name in CLASSES:
        _, cursor = desk.everything()
        hub.play("patient/unshare-class", patient=patient, data_class=name)
        changed = {(item.kind, item.id): item for item in desk.everything(cursor)[0]}
        told = decode(desk.get(f"/items/consent/{consent}").content, Consent)
        assert isinstance(sharing_of(told)[name], Withdrawn)
        assert ("consent", consent) in changed
        if name == "insurance":
            coverage = changed["coverage", of["coverage"][0].id]
            assert (coverage.op, coverage.reason) == ("del", "unshared")
        elif name == "medical":
            assert any(kind == "booking" for kind, _ in changed)
        else:
            assert ("patient", patient) in changed
    left = desk.get(f"/items/patient/{patient}").json()
    assert left.keys() <= {"resourceType", "id", "name", "contact"}
    for booking in of["booking"]:
        left = desk.get(f"/items/booking/{booking.id}").json()
        assert not {"reasonCode", "comment", "extension"} & left.keys()
    again = requests.post(
        f"{hub.url}/sandbox/patient/unshare-class",
        json={"patient": patient, "data_class": "medical"},
        timeout=20,
    )
    assert again.status_code == 409


def test_withdrawing_the_share_leaves_tombstones_and_no_trace(hub: Hub) -> None:
    desk = hub.enrol()
    patient, of = patient_with_everything(desk)
    name = json.loads(body(of))["name"][0]["text"]
    _, cursor = desk.everything()
    hub.play("patient/unshare", patient=patient)
    items, _ = desk.everything(cursor)
    gone = {(item.kind, item.id) for item in items if item.op == "del"}
    marks = {each for each in gone if each[0] == "mark"}
    assert gone - marks == {(kind, each.id) for kind, many in of.items() for each in many}
    assert {item.reason for item in items if item.op == "del"} == {"unshared"}
    assert {item.kind for item in items if item.op == "put"} <= {"slot"}
    bodies = hub.read(lambda c: c.execute(select(tables.item.c.body)).scalars().all())
    assert not any(name in (each or "") for each in bodies)
    hub.database.close()
    files = list(hub.folder.glob("exchange.db*"))
    # On PostgreSQL freed pages are the server's; here they are ours and must be overwritten.
    assert bool(files) is hub.database.sqlite
    assert all(name.encode() not in path.read_bytes() for path in files if path.suffix == ".db")


def test_a_known_patient_books_moves_and_cancels(hub: Hub) -> None:
    desk = hub.enrol()
    patient = next(item.id for item in desk.everything()[0] if item.kind == "patient")
    booking = hub.play("patient/book", patient=patient)["done"]
    before = desk.get(f"/items/booking/{booking}").json()
    assert before["participant"][0]["actor"]["reference"] == f"Patient/{patient}"
    hub.play("patient/move", booking=booking)
    after = desk.get(f"/items/booking/{booking}").json()
    assert after["status"] == "proposed"
    assert after["slot"] != before["slot"]
    hub.play("patient/cancel", booking=booking)
    last = desk.get(f"/items/booking/{booking}").json()
    assert last["status"] == "cancelled"
    assert last["cancelationReason"]["coding"][0]["code"] == "pat"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("patient/cancel", {}, 400),
        ("patient/cancel", {"booking": "none"}, 404),
        ("patient/unshare", {"patient": "none"}, 404),
        ("patient/book", {"slot": "none"}, 404),
        ("patient/book", {"patient": 5}, 400),
        ("faults", {"kind": "earthquake"}, 400),
        ("revoke", {"client_id": "none"}, 404),
        ("settings", {"min_client": "1.x"}, 400),
    ],
)
def test_levers_refuse_what_makes_no_sense(hub: Hub, path: str, body: Json, status: int) -> None:
    answer = requests.post(f"{hub.url}/sandbox/{path}", json=body, timeout=20)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_public_is_paused_and_goes_on(hub: Hub) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    hub.play("public/pace", per_minute=6_000)
    assert desk.page(cursor, wait=20).items
    assert hub.play("public/pace", per_minute=0) == {"per_minute": 0.0}
    _, cursor = desk.everything()
    assert desk.page(cursor).items == []
    assert hub.play("public/step")["event"] in WEIGHTS
