"""The exchange under random input: any bytes are answered, any order of acts leaves it sound."""

import contextlib
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.commands import Body, Commands, CommandType, ResultStatus
from carekraft_desktop.contract.enrolment import EnrolRequest
from carekraft_desktop.contract.feed import Acks
from carekraft_desktop.contract.fhir import RESOURCE_OF
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.sandbox import acts
from carekraft_desktop.hub.sandbox.office import OFFICE_ID, changes, make_office
from carekraft_desktop.hub.slots import LIVE, SLOT_OF, SlotTaken
from tests.hub_fixture import NOON, Hub, hub, new_key
from tests.unit.hub.bench import TINY, Bench, make_bench

__all__ = ["hub"]

SHARED = [HealthCheck.function_scoped_fixture]

anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
GOOD: dict[str, Any] = {
    "key": new_key(),
    "type": "booking.accept",
    "id": "b1",
    "if_version": 1,
    "actor": {"sub": "s", "device": "d"},
    "made_at": "2026-12-01T07:58:40Z",
    "body": {"reason": "no-time", "start": "2026-12-01T07:58:40Z", "slot": "s1"},
}
nearly = some.builds(
    lambda name, value: json.dumps({"commands": [GOOD | {name: value}]}).encode(),
    some.sampled_from(sorted(GOOD)),
    anything,
)


@settings(max_examples=120, suppress_health_check=SHARED)
@given(
    data=some.binary(max_size=200) | anything.map(lambda each: json.dumps(each).encode()) | nearly
)
def test_any_body_is_answered_with_a_result_or_a_problem(hub: Hub, data: bytes) -> None:
    desk = hub.enrolled()
    for path in ("/commands", "/acks"):
        answer = desk.post(path, data)
        if answer.status_code >= 400:
            assert answer.status_code in (400, 413), answer.text
            assert answer.headers["Content-Type"] == "application/problem+json"
        else:
            assert answer.status_code in (200, 204)


@settings(max_examples=300)
@given(
    data=some.binary(max_size=300) | anything.map(lambda each: json.dumps(each).encode()) | nearly
)
def test_decoding_has_one_kind_of_failure(data: bytes) -> None:
    for kind in (Commands, Acks, EnrolRequest, *RESOURCE_OF.values()):
        with contextlib.suppress(Malformed):
            decode(data, kind)


BODIES = [
    json.loads(change.body)
    for change in list(changes(make_office(5, NOON, TINY)))[::7]
    if change.body is not None and change.kind in RESOURCE_OF
]


@settings(max_examples=300)
@given(
    resource=some.sampled_from(BODIES),
    place=some.integers(min_value=0, max_value=30),
    value=anything,
)
def test_a_resource_with_any_field_replaced_is_read_or_refused(
    resource: dict[str, Any], place: int, value: object
) -> None:
    name = sorted(resource)[place % len(resource)]
    spoiled = json.dumps(resource | {name: value}).encode()
    kinds = {kind.__name__: kind for kind in RESOURCE_OF.values()}
    try:
        read = decode(spoiled, kinds[resource["resourceType"]])
    except Malformed:
        return
    assert read.id


step = some.tuples(
    some.sampled_from(
        [*CommandType, "book", "p-cancel", "p-move", "p-agree", "p-refuse", "unshare", "later"]
    ),
    some.integers(min_value=0, max_value=200),
    some.integers(min_value=0, max_value=200),
)


@settings(max_examples=25)
@given(steps=some.lists(step, min_size=5, max_size=40))
def test_any_order_of_acts_leaves_the_exchange_sound(
    steps: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    bench = make_bench(tmp_path_factory.mktemp("exchange"))
    try:
        for act, first, second in steps:
            take(bench, act, first, second)
        check(bench)
    finally:
        bench.database.close()
        remove(Path(str(bench.database.url).removeprefix("sqlite:///")).parent)


def remove(folder: Path) -> None:
    """Hypothesis makes many; they need not pile up."""
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def take(bench: Bench, act: str, first: int, second: int) -> None:
    """One act of the office or of the public; it may be refused, it may not break."""
    rows = bench.read(
        lambda connection: connection.execute(
            select(tables.booking).order_by(tables.booking.c.id)
        ).all()
    )
    if act == "later":
        bench.at += timedelta(minutes=second)
        return
    if not rows:
        return
    row = rows[first % len(rows)]
    slots = bench.slots()
    slot = slots[second % len(slots)]
    if act in set(CommandType):
        reason = ("no-time", "duplicate", "office-closed", None)[second % 4]
        body = Body(reason=reason, start=slot.start, end=slot.end, slot=slot.id)
        if second % 5 == 0:
            body = Body(reason=reason, start=slot.start, end=slot.end)
        result = bench.do(CommandType(act), row.id, body)
        assert result.status in (ResultStatus.APPLIED, ResultStatus.REJECTED)
        return
    try:
        bench.write(lambda connection: public(bench, connection, act, row, slot.id))
    except (acts.NotPossible, NotThere, SlotTaken):
        return


def public(bench: Bench, connection: Any, act: str, row: Any, slot: str) -> None:
    now = bench.at
    if act == "book":
        acts.book(connection, bench.chance, OFFICE_ID, now, patient_id=row.patient_id, slot_id=slot)
    elif act == "p-move":
        acts.move(connection, bench.chance, OFFICE_ID, row.id, now, slot_id=slot)
    elif act == "unshare":
        acts.unshare(connection, OFFICE_ID, row.patient_id, now)
    else:
        simple = {"p-cancel": acts.cancel, "p-agree": acts.agree, "p-refuse": acts.refuse}
        simple[act](connection, OFFICE_ID, row.id, now)


def check(bench: Bench) -> None:
    """Rows, slots and bodies agree, and the feed has each place once."""
    rows = bench.read(lambda connection: connection.execute(select(tables.booking)).all())
    held = Counter(row.slot_id for row in rows if row.slot_id and row.status in LIVE)
    assert all(count == 1 for count in held.values())
    by_slot = {row.slot_id: row.status for row in rows if row.status in LIVE}
    for slot in bench.slots():
        assert slot.status == (SLOT_OF[by_slot[slot.id]] if slot.id in by_slot else "free")
    for row in rows:
        body = bench.booking(row.id)
        assert (body.status, body.id) == (row.status, row.id)
        assert bool(body.slot) == (row.slot_id is not None)
    seqs, last = bench.read(
        lambda connection: (
            connection.scalar(select(func.count(func.distinct(tables.item.c.seq)))),
            feed.head(connection, OFFICE_ID),
        )
    )
    items = bench.read(
        lambda connection: connection.scalar(select(func.count()).select_from(tables.item))
    )
    assert seqs == items
    assert last >= (items or 0)
